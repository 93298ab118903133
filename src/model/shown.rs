//! Numbers with their units as readers see them, in any language's marks.
//!
//! In: exact values and the marks of a language. Out: text. Rounds for the eye only, and never across a target: a
//! value that missed its goal is not shown as the goal.

use super::quantity::{Number, TimeUnit, Unit};

/// The characters that a language writes numbers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Before decimals.
    pub decimal: char,
    /// Between thousands.
    pub thousands: char,
    /// Before numbers below 0.
    pub minus: char,
    /// Between a number and its unit.
    pub space: char,
}

impl Marks {
    /// The marks of messages: English, with characters that every terminal shows.
    pub const PLAIN: Self = Self { decimal: '.', thousands: ',', minus: '-', space: ' ' };

    /// Adds a number with its thousands parted.
    pub fn push(self, out: &mut String, number: Number) {
        let digits = number.digits();
        let text = digits.as_str();
        let (is_negative, plain) = match text.strip_prefix('-') {
            Some(plain) => (number.is_negative(), plain),
            None => (false, text),
        };
        let point = plain.bytes().position(|byte| byte == b'.');
        let (mut whole, decimals) = point.map_or((plain, ""), |point| (&plain[..point], &plain[point + 1..]));
        // Room for a unit, too.
        out.reserve(plain.len() + plain.len() / 3 + 12);
        if is_negative {
            out.push(self.minus);
        }
        // Digits in threes, counted from the end.
        while whole.len() > 3 {
            let (head, tail) = whole.split_at((whole.len() - 1) % 3 + 1);
            out.push_str(head);
            out.push(self.thousands);
            whole = tail;
        }
        out.push_str(whole);
        if !decimals.is_empty() {
            out.push(self.decimal);
            out.push_str(decimals);
        }
    }

    /// Returns a number with its unit: `2 h`, `14 days`, `$2.40`, `3×`.
    #[must_use]
    pub fn amount(self, number: Number, unit: &Unit) -> String {
        let mut amount = String::new();
        self.push_amount(&mut amount, number, unit);
        amount
    }

    /// Adds a number with its unit.
    pub fn push_amount(self, out: &mut String, number: Number, unit: &Unit) {
        let number = if number.places() > 6 { readable(number) } else { number };
        let start = out.len();
        self.push(out, number);
        if matches!(unit, Unit::Money(_)) && number.places() == 1 {
            out.push('0');
        }
        self.push_unit(out, start, number, unit);
    }

    /// Adds the unit of a number whose digits stand from `start` on.
    pub fn push_unit(self, out: &mut String, start: usize, number: Number, unit: &Unit) {
        let word = match unit {
            Unit::Count => return,
            Unit::Money(code) => return self.push_money(out, start, code),
            Unit::Factor => return out.push('×'),
            Unit::Percent => "%",
            Unit::Points if number == Number::ONE => "point",
            Unit::Points => "points",
            Unit::Duration(unit) => time_word(*unit),
            Unit::Bytes(unit) => unit.name(),
            Unit::Named(name) => name,
        };
        out.push(self.space);
        out.push_str(word);
        if let Unit::Duration(unit) = unit
            && is_word(*unit)
            && number != Number::ONE
        {
            out.push('s');
        }
    }

    /// Puts the sign that readers know before an amount of money whose digits stand from `start` on, else its code.
    fn push_money(self, out: &mut String, start: usize, code: &str) {
        let sign = match code {
            "USD" => "$",
            "EUR" => "€",
            "GBP" => "£",
            "JPY" => "¥",
            "INR" => "₹",
            other if other.chars().count() == 1 => other,
            other => {
                out.insert(start, self.space);
                return out.insert_str(start, other);
            }
        };
        let at = if out[start..].starts_with(self.minus) { self.minus.len_utf8() } else { 0 };
        out.insert_str(start + at, sign);
    }
}

/// Returns a measured number with as many decimals as its neighbours need and one more, and with more where rounding
/// would make it look like one of them. The last neighbour is the target.
#[must_use]
pub fn beside(number: Number, unit: &Unit, neighbours: &[Number]) -> Number {
    let least = if matches!(unit, Unit::Money(_)) { 2 } else { 1 };
    // What was measured has digits beyond all meaning; only what people wrote tells how precise they are.
    let written = neighbours.iter().map(|number| number.normal().places()).filter(|&places| places <= 6);
    let places = written.map(|places| places + 1).max().unwrap_or(2).max(least);
    let crosses =
        |rounded: Number, near: Number| near != number && (near == rounded || (near <= rounded) != (near <= number));
    // Never onto or over the target, the last neighbour; beside a start two more decimals are enough.
    let (target, starts) = neighbours.split_last().map_or((None, neighbours), |(last, rest)| (Some(*last), rest));
    let is_fair = |at: u32, rounded: Number| {
        !target.is_some_and(|target| crosses(rounded, target))
            && (at > places || !starts.iter().any(|&start| crosses(rounded, start)))
    };
    let rounded = (places..=12)
        .map(|at| (at, number.round_to(at)))
        .find(|&(at, rounded)| is_fair(at, rounded))
        .map_or(number, |(_, rounded)| rounded);
    rounded.normal()
}

/// Returns a number with three digits that count, or four decimals.
fn readable(number: Number) -> Number {
    let rounded = (4..=12).map(|places| number.round_to(places));
    let enough = rounded.map(Number::normal).find(|rounded| {
        let digits = rounded.parts().map_or(0, |(mantissa, _)| mantissa.unsigned_abs());
        digits >= 100 || *rounded == number
    });
    enough.unwrap_or(number)
}

/// Returns the sign of small units and the word of large ones.
const fn is_word(unit: TimeUnit) -> bool {
    matches!(
        unit,
        TimeUnit::Day
            | TimeUnit::Week
            | TimeUnit::Month
            | TimeUnit::Quarter
            | TimeUnit::HalfYear
            | TimeUnit::Year
            | TimeUnit::WorkingDay
            | TimeUnit::Cycle
    )
}

const fn time_word(unit: TimeUnit) -> &'static str {
    if is_word(unit) { unit.name() } else { unit.sign() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_write_numbers_in_plain_characters() {
        let number = |text: &str| Number::parse(text).expect("a number");
        let plain = |text: &str, unit: &Unit| Marks::PLAIN.amount(number(text), unit);
        assert_eq!(plain("-1721992.5", &Unit::Money("USD".into())), "-$1,721,992.50");
        assert_eq!(plain("1", &Unit::Duration(TimeUnit::Day)), "1 day");
        assert_eq!(plain("17.2", &Unit::Duration(TimeUnit::Minute)), "17.2 min");
        assert_eq!(plain("99.95", &Unit::Percent), "99.95 %");
    }
}
