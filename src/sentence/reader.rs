//! Reading an amount: its number with sign, scale, unit, noun, and what it is counted over.
//!
//! In: a sentence's tokens and the place of a number. Out: the amount, or nothing where the number is a name, a version,
//! a date or a time. Never looks at the verb.

use crate::model::quantity::{Number, Per, TimeUnit, Unit};

use super::amount::{Amount, Flaw, Shape};
use super::name;
use super::number::{self, NotANumber};
use super::suffix;
use super::unit;
use crate::words::{Class, Text, WordKind};

/// Returns the amount whose number is the token at place `at`.
pub(super) fn amount(text: &Text<'_>, at: usize) -> Option<Amount> {
    let token = text.get(at)?;
    let mut reader = Reader { text, amount: Amount::nameless(at..at + 1), money: None, at: at + 1 };
    match token.kind {
        WordKind::Word => {
            reader.amount.number = number::word(text.word(at))?;
            reader.amount.shape = Shape::Word;
        }
        WordKind::Number => {
            reader.prefix(at)?;
            reader.literal(at);
        }
        WordKind::Sign(_) | WordKind::Placeholder => return None,
    }
    let digits = text.word(at);
    if token.kind == WordKind::Number && number::literal(digits).is_err_and(|why| !matches!(why, NotANumber::Comma(_)))
    {
        return None;
    }
    reader.suffix()?;
    reader.behind()?;
    let amount = reader.finish(digits)?;
    (!name::is_name(text, at, &amount)).then_some(amount)
}

struct Reader<'t, 'a> {
    text: &'t Text<'a>,
    amount: Amount,
    /// Whether a currency stands before the number.
    money: Option<Unit>,
    /// The first token that isn't read yet.
    at: usize,
}

impl Reader<'_, '_> {
    /// Reads currency and sign before the number; nothing where what stands there makes a name of it.
    fn prefix(&mut self, at: usize) -> Option<()> {
        let text = self.text;
        let mut first = at;
        if first > 0 && text.is_sign(first - 1, &['$', '€', '£', '¥', '₹']) {
            first -= 1;
            self.money = unit::money(text.word(first)).map(Unit::Money);
            if first > 0 && text.is_glued(first) && text.is_word(first - 1) {
                let code = unit::dollar(text.word(first - 1))?;
                self.money = Some(Unit::Money(code.into()));
                first -= 1;
            }
        } else if first > 0
            && text.is_word(first - 1)
            && text.word(first - 1).len() == 3
            && let Some(code) = unit::money(text.word(first - 1))
        {
            self.money = Some(Unit::Money(code));
            first -= 1;
        }
        if first > 0 && text.is_glued(first) {
            let before = text.get(first - 1)?;
            let ok = matches!(before.kind, WordKind::Sign(c) if "~<>≤≥→(+-–±,;:/|=[".contains(c));
            let after_digits = first > 1 && text.is_number(first - 2) && text.is_glued(first - 1);
            if !ok || after_digits && text.is_sign(first - 1, &[':', '/']) {
                return None;
            }
        }
        self.sign(&mut first)?;
        self.amount.tokens.start = first;
        Some(())
    }

    /// Reads `-` or `+` before the number: a sign, a range, or a part of a name.
    fn sign(&mut self, first: &mut usize) -> Option<()> {
        let text = self.text;
        let Some(before) = first.checked_sub(1) else { return Some(()) };
        if !text.is_sign(before, &['-', '–', '+', '±']) {
            return Some(());
        }
        // "Within ±5% of 200"
        if text.is_sign(before, &['±']) {
            return text.is(before.wrapping_sub(1), &["within"]).then_some(());
        }
        let earlier = before.checked_sub(1);
        let touches = text.is_glued(before);
        let after_number = earlier.is_some_and(|it| text.is_number(it) || text.is_sign(it, &['%', '$', '€', '£']))
            || earlier.is_some_and(|it| it > 0 && text.is_number(it - 1) && text.is_word(it));
        if text.is_sign(before, &['+']) {
            if text.is_glued(*first) {
                self.amount.shape = Shape::Signed;
                *first = before;
            }
        } else if after_number && (touches || !text.is_glued(*first)) {
            self.amount.flaw = Some(Flaw::Range);
        } else if touches && earlier.is_some_and(|it| text.is_word(it)) {
            return text.is(before - 1, &["sub"]).then_some(());
        } else if text.is_glued(*first) && text.is_sign(before, &['-']) {
            self.amount.shape = Shape::Signed;
            *first = before;
        }
        Some(())
    }

    fn literal(&mut self, at: usize) {
        let digits = self.text.word(at);
        match number::literal(digits) {
            Ok(number) => self.amount.number = number,
            Err(NotANumber::Comma(decimal)) => {
                let is_cents = digits.split(',').nth(1).is_some_and(|cents| cents.len() == 2);
                let is_money = self.money.is_some() || self.text.is_sign(at + 1, &['€', '£', '$']);
                match decimal {
                    Some(number) if is_cents && is_money => self.amount.number = number,
                    _ => self.amount.flaw = Some(Flaw::Separator),
                }
            }
            Err(NotANumber::Parts | NotANumber::TooLong) => {}
        }
        if self.amount.shape == Shape::Signed && self.text.is_sign(self.amount.tokens.start, &['-']) {
            self.amount.number = self.amount.number.negated();
        }
    }

    /// Reads scale and unit behind the number; nothing where letters make a name of it (`5xx`).
    fn suffix(&mut self) -> Option<()> {
        self.scale()?;
        if self.amount.shape != Shape::Year && suffix::goes_on(self.text, self.amount.tokens.start, self.at) {
            self.amount.flaw = self.amount.flaw.or(Some(Flaw::Separator));
        }
        self.amount.unit = self.amount.unit.take().or(self.money.take());
        let text = self.text;
        let is_hyphened = text.is_sign(self.at, &['-']) && text.is_glued(self.at) && text.is_glued(self.at + 1);
        if is_hyphened && text.is_word(self.at + 1) {
            let word = text.word(self.at + 1);
            self.amount.unit = if word.eq_ignore_ascii_case("fold") { Some(Unit::Factor) } else { unit::known(word) };
            self.amount.shape = Shape::Adjective;
            self.at += 2;
            return self.amount.unit.is_some().then_some(());
        }
        if let Some((unit, length)) = suffix::unit(text, self.at) {
            if self.amount.unit.is_none() {
                self.amount.unit = Some(unit);
                self.at += length;
            }
        } else if let (true, Some((unit, length))) =
            (text.is_sign(self.at, &['+']) && text.is_glued(self.at), suffix::unit(text, self.at + 1))
        {
            self.amount.unit = self.amount.unit.take().or(Some(unit));
            self.at += 1 + length;
        } else if text.is_word(self.at) && text.is_glued(self.at) {
            return self.packed();
        }
        self.compound();
        Some(())
    }

    fn scale(&mut self) -> Option<()> {
        let text = self.text;
        if !text.is_word(self.at) {
            return Some(());
        }
        let money = self.money.is_some() || text.is_sign(self.at + 1, &['€', '£', '$']);
        let flaw = match text.word(self.at) {
            "m" if text.is_glued(self.at) && !money => {
                self.at += 1;
                if self.small(TimeUnit::Minute).is_some() {
                    return Some(());
                }
                self.at -= 1;
                Some(Flaw::Minutes)
            }
            "B" if !money => Some(Flaw::Billions),
            _ => None,
        };
        if flaw.is_some() {
            self.amount.flaw = self.amount.flaw.or(flaw);
            self.at += 1;
            return Some(());
        }
        let Some(scale) = number::scale(text.word(self.at), money) else { return Some(()) };
        self.amount.scale = scale;
        self.amount.number = self.amount.number.times(Number::whole(scale))?.normal();
        self.at += 1;
        Some(())
    }

    /// Reads `h30m` behind a number: hours and minutes without a gap.
    fn packed(&mut self) -> Option<()> {
        let (large, rest, small) = suffix::packed(self.text.word(self.at))?;
        self.at += 1;
        self.add(large, rest, small)
    }

    /// Reads `30 min` behind `2 h`.
    fn compound(&mut self) {
        if let Some(Unit::Duration(large)) = self.amount.unit {
            let _ = self.small(large);
        }
    }

    /// Reads a number of a smaller unit behind the larger one.
    fn small(&mut self, large: TimeUnit) -> Option<()> {
        let text = self.text;
        let number = Some(self.at).filter(|&at| text.is_number(at) && text.is_word(at + 1))?;
        let small = suffix::smaller(large, text.word(number + 1))?;
        self.add(large, number::literal(text.word(number)).ok()?, small)?;
        self.at += 2;
        Some(())
    }

    fn add(&mut self, large: TimeUnit, rest: Number, small: TimeUnit) -> Option<()> {
        let (large, small) = (Unit::Duration(large), Unit::Duration(small));
        self.amount.number = large.convert(self.amount.number, &small)?.plus(rest)?;
        self.amount.unit = Some(small);
        Some(())
    }

    /// Reads what stands behind number and unit: a scale's end, the noun, and what it is counted over.
    fn behind(&mut self) -> Option<()> {
        let text = self.text;
        self.amount.tokens.end = self.at;
        self.of_all()?;
        if is_range_sign(text, self.at) {
            self.amount.flaw = Some(Flaw::Range);
        }
        let plus = usize::from(text.is_sign(self.at, &['+']));
        let from = self.at + plus;
        let is_noun = |at: usize| text.is_word(at) && !text.has(at, Class::STOP) && !text.is(at, &["or"]);
        let averages = |at: usize| text.is(at, &["average", "avg"]) && !text.is(at + 1, &["of"]);
        let from = from + usize::from(averages(from));
        let mut end = from;
        while end < from + 5 && is_noun(end) {
            end += 1;
        }
        self.amount.noun = from..end;
        self.compound_unit();
        let skipped = match () {
            () if text.is(end, &["on"]) && averages(end + 1) => 2,
            // "95 g of CO2 per km"
            () if text.is(end, &["of"]) && self.amount.noun.len() == 1 => {
                1 + (end + 1..end + 4).take_while(|&at| is_noun(at)).count()
            }
            () => 0,
        };
        self.per(end + skipped);
        Some(())
    }

    /// Takes "business hours", "story points" and "person-days" for units of their own, not for a count.
    fn compound_unit(&mut self) {
        let (text, noun) = (self.text, self.amount.noun.clone());
        let is_unit = |word: &str| {
            word.len() > 2 && matches!(unit::known(word), Some(Unit::Duration(_) | Unit::Points | Unit::Bytes(_)))
        };
        let length = match text.word(noun.start).rsplit_once('-') {
            Some((_, last)) if is_unit(last) => 1,
            _ if is_unit(text.word(noun.start + 1)) => 2,
            _ => return,
        };
        if self.amount.unit.is_none() && noun.len() >= length {
            let end = noun.start + length;
            self.amount.unit = Some(Unit::Named(text.text[text.bytes(noun.start..end)].into()));
            self.amount.tokens.end = end;
            self.amount.noun.start = end;
        }
    }

    /// Reads what the number is a part of: "4.5/5", "4 out of 5", "2 of 6", "9 in 10"; nothing where it is a name.
    fn of_all(&mut self) -> Option<()> {
        let text = self.text;
        let at = self.at;
        let slashed = text.is_sign(at, &['/']) && text.is_number(at + 1);
        let words = match () {
            () if slashed => 1,
            () if text.is(at, &["out"]) && text.is(at + 1, &["of"]) => 2,
            () if text.is(at, &["of", "in"]) => 1,
            () if text.is_sign(at, &[':']) && text.is_number(at + 1) => {
                return (!text.is_glued(at) || self.amount.unit.is_some()).then_some(());
            }
            () => return Some(()),
        };
        let written = text.word(at + words);
        let end =
            number::literal(written).ok().filter(|_| text.is_number(at + words)).or_else(|| number::word(written));
        let Some(end) = end else { return Some(()) };
        let is_part = self.amount.is_bare() && self.amount.flaw.is_none() && self.amount.number <= end;
        let is_whole = self.amount.number.places() == 0 && end.places() == 0;
        let is_scale = [5, 7, 10, 100].iter().any(|&scale| Number::whole(scale) == end);
        let behind = at + words + 1;
        match () {
            () if text.is(at, &["in"]) => self.share(end),
            () if is_part
                && suffix::unit(text, behind).is_none()
                && (is_whole || is_scale && words + usize::from(slashed) == 2) =>
            {
                self.amount.out_of = Some(end);
                self.at = behind;
                self.amount.tokens.end = behind;
            }
            () if slashed && text.is_glued(at) && self.amount.unit.is_none() => return None,
            () if slashed => self.amount.flaw = self.amount.flaw.or(Some(Flaw::Range)),
            () if words == 2 => return None,
            () => {}
        }
        Some(())
    }

    /// Reads "9 in 10" as 90%.
    fn share(&mut self, of: Number) {
        let text = self.text;
        let behind = self.at + 2;
        let is_usual = [4, 5, 10, 100, 1000].iter().any(|&usual| Number::whole(usual) == of);
        let is_counted = suffix::unit(text, behind).is_none() && self.amount.is_bare() && self.amount.number < of;
        let is_year = of >= Number::whole(2000);
        let percent = self.amount.number.times(Number::whole(100)).and_then(|hundreds| hundreds.over(of));
        let Some(percent) =
            percent.filter(|_| is_counted && !is_year && (is_usual || self.amount.number == Number::ONE))
        else {
            return;
        };
        if percent.places() > 3 {
            self.amount.flaw = Some(Flaw::Separator);
        }
        self.amount.number = percent.normal();
        self.amount.unit = Some(Unit::Percent);
        self.at = behind;
        self.amount.tokens.end = behind;
    }

    fn per(&mut self, at: usize) {
        let text = self.text;
        let (per, length) = suffix::per(text, at);
        let Some(per) = per else { return };
        // "3 tickets/customer" is a rate, "45 updates/additions" are alternatives.
        let noun = &self.amount.noun;
        let is_rate_of_one =
            noun.len() == 1 && text.word(noun.start).ends_with('s') && !text.word(at + 1).ends_with('s');
        let joins_nouns = text.is_sign(at, &['/']) && !noun.is_empty() && !is_rate_of_one;
        if joins_nouns && matches!(per, Per::Thing(_)) {
            return;
        }
        let is_rate = matches!(per, Per::Time(TimeUnit::Second | TimeUnit::Millisecond | TimeUnit::Microsecond));
        if is_rate && text.is_sign(at, &['/']) && self.amount.unit.is_none() && self.amount.noun.len() == 1 {
            let range = text.bytes(self.amount.noun.start..at + 2);
            self.amount.unit = Some(Unit::Named(text.text[range].into()));
            self.amount.tokens.end = at + 2;
            return;
        }
        if self.amount.noun.is_empty() {
            self.amount.tokens.end = at + length;
        }
        self.amount.per = Some(per);
    }

    /// Returns the amount, unless its number was too large; notes a doubtful point.
    fn finish(mut self, digits: &str) -> Option<Amount> {
        let is_bare = self.amount.unit.is_none() && self.amount.scale == 1;
        let decimals = digits.split_once('.').map_or("", |(_, decimals)| decimals);
        let counts = self.amount.is_count() || matches!(self.amount.unit, Some(Unit::Money(_)));
        let may_be_thousands = decimals.len() == 3 && !digits.starts_with(['0', '.']) && !digits.contains(',');
        if counts && may_be_thousands && self.amount.scale == 1 {
            self.amount.flaw = self.amount.flaw.or(Some(Flaw::Separator));
        }
        let is_year = digits.len() == 4 && ("2010".."2050").contains(&digits);
        if is_bare && is_year && self.amount.shape == Shape::Plain && decimals.is_empty() {
            self.amount.shape = Shape::Year;
        }
        Some(self.amount)
    }
}

fn is_range_sign(text: &Text<'_>, at: usize) -> bool {
    (text.is_sign(at, &['-', '–']) || text.is(at, &["or"])) && {
        let behind = at + 1 + usize::from(text.is_sign(at + 1, &['$', '€', '£']));
        text.is_number(behind)
    }
}
