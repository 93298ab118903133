//! Forms of durations that a book states: `h:mm`, `mm:ss`, `d.hh:mm`.
//!
//! In: the form's text, and a cell. Out: how long the cell says that something took. The first number may be of any size,
//! `112:30` under `h:mm` are 112 and a half hours; the others stay below what makes one of the next.

use super::quantity::{Number, TimeUnit, Unit};

/// How durations are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lapse {
    units: [TimeUnit; 4],
    count: usize,
}

/// What stands between the numbers.
const PARTS: [char; 3] = [':', '.', ' '];

const ORDER: [(char, TimeUnit, i64); 4] = [
    ('d', TimeUnit::Day, i64::MAX),
    ('h', TimeUnit::Hour, 24),
    ('m', TimeUnit::Minute, 60),
    ('s', TimeUnit::Second, 60),
];

impl Lapse {
    /// Returns the form; nothing where it isn't made of two units or more, each the next smaller one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let mut lapse = Self { units: [TimeUnit::Day; 4], count: 0 };
        let mut next = None;
        for part in text.trim().split(PARTS) {
            let letter = part.chars().next()?.to_ascii_lowercase();
            if part.len() > 3 || !part.chars().all(|c| c.eq_ignore_ascii_case(&letter)) {
                return None;
            }
            let place = ORDER.iter().position(|(known, ..)| *known == letter)?;
            if next.is_some_and(|next| next != place) {
                return None;
            }
            lapse.units[lapse.count] = ORDER[place].1;
            lapse.count += 1;
            next = Some(place + 1);
        }
        (lapse.count >= 2).then_some(lapse)
    }

    /// Returns how long a cell says that something took, counted in a unit; nothing where it isn't written so.
    #[must_use]
    pub fn read(self, cell: &str, unit: TimeUnit) -> Option<Number> {
        let text = cell.trim();
        let (is_negative, text) = text.strip_prefix(['-', '−']).map_or((false, text), |rest| (true, rest));
        let mut parts: Vec<&str> = text.splitn(self.count, PARTS).collect();
        if parts.len() != self.count {
            return None;
        }
        // Decimals belong to the last part.
        let last = parts.pop()?.replace(',', ".");
        let mut sum = Number::ZERO;
        for (place, part) in parts.into_iter().chain([last.as_str()]).enumerate() {
            let of = self.units[place];
            let number = Number::parse(part).filter(|_| part.starts_with(|c: char| c.is_ascii_digit()))?;
            let limit = ORDER.iter().find(|(_, unit, _)| *unit == of)?.2;
            if place > 0 && number >= Number::whole(limit) {
                return None;
            }
            sum = sum.plus(Unit::Duration(of).convert(number, &Unit::Duration(unit))?)?;
        }
        Some(if is_negative { sum.negated() } else { sum })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_their_form_says() {
        let read = |form: &str, cell: &str, unit| {
            Lapse::new(form).expect(form).read(cell, unit).map(|number| number.normal().to_string())
        };
        for (form, cell, unit, expected) in [
            ("h:mm", "8:00", TimeUnit::Hour, Some("8")),
            ("h:mm", "5:30", TimeUnit::Hour, Some("5.5")),
            ("hh:mm", "112:30", TimeUnit::Hour, Some("112.5")),
            ("mm:ss", "1:30", TimeUnit::Second, Some("90")),
            ("m:ss", "01:30.5", TimeUnit::Second, Some("90.5")),
            ("d.hh:mm", "1.12:00", TimeUnit::Hour, Some("36")),
            ("h:mm:ss", "1:00:36", TimeUnit::Hour, Some("1.01")),
            ("h:mm", "-0:30", TimeUnit::Hour, Some("-0.5")),
            ("h:mm", "5:75", TimeUnit::Hour, None),
            ("h:mm", "5", TimeUnit::Hour, None),
            ("h:mm", "a:b", TimeUnit::Hour, None),
            ("h:mm", ":30", TimeUnit::Hour, None),
        ] {
            assert_eq!(read(form, cell, unit).as_deref(), expected, "{form} {cell}");
        }
        for wrong in ["", "h", "m:h", "h:ss", "hh:MMMM", "x:y", "h::m"] {
            assert_eq!(Lapse::new(wrong), None, "{wrong}");
        }
    }
}
