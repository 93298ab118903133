//! Units as people write them.
//!
//! In: a unit's word or sign. Out: the unit. Never reads a number, and never takes `m` for minutes or millions.

use crate::model::quantity::{ByteUnit, Per, TimeUnit, Unit, UnitName};

/// Returns the unit that `text` names; a text that is none of the known ones is a name of its own.
///
/// Returns nothing for an empty text, for `m` (minutes, metres or millions), and for what can't be a name.
#[must_use]
pub fn unit(text: &str) -> Option<Unit> {
    let text = text.trim();
    if let Some(unit) = known(text) {
        return Some(unit);
    }
    let mut parts = text.split('/');
    let is_money = parts.next().and_then(money).is_some();
    let is_name = text.starts_with(char::is_alphabetic)
        && text.len() <= 40
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '/' | '-' | '_' | '.' | '²' | '³' | '·'));
    (is_name && !is_money && !matches!(text, "m" | "N/A" | "n/a")).then(|| Unit::Named(text.into()))
}

/// Returns what `text` counts over: `quarter`, `/quarter`, `per active user`.
#[must_use]
pub fn per(text: &str) -> Option<Per> {
    let text = text.trim();
    let text = text.strip_prefix('/').or_else(|| text.strip_prefix("per ")).unwrap_or(text).trim();
    let whole = (text == "cycle").then_some(TimeUnit::Cycle);
    if let Some(unit) = whole.or_else(|| time(text)).or_else(|| short_time(text)) {
        return Some(Per::Time(unit));
    }
    let is_thing = text.starts_with(char::is_alphabetic)
        && text.len() <= 40
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    is_thing.then(|| Per::Thing(text.into()))
}

/// Returns the unit that `text` is a usual word or sign of.
pub(super) fn known(text: &str) -> Option<Unit> {
    let lower = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if let Some(unit) = time(text) {
        return Some(Unit::Duration(unit));
    }
    if let Some(unit) = bytes(text) {
        return Some(Unit::Bytes(unit));
    }
    if lower(&["%", "percent", "per cent", "pct"]) {
        return Some(Unit::Percent);
    }
    if lower(&["points", "point", "pts", "pt", "pp", "percentage points", "percentage point", "%-points", "ppt"]) {
        return Some(Unit::Points);
    }
    if lower(&["count", "number"]) {
        return Some(Unit::Count);
    }
    if lower(&["x", "×", "times", "factor"]) {
        return Some(Unit::Factor);
    }
    money(text).map(Unit::Money)
}

/// Returns the unit of time that `text` names.
pub(super) fn time(text: &str) -> Option<TimeUnit> {
    // One letter is a sign and means something else in upper case.
    match text {
        "s" => return Some(TimeUnit::Second),
        "h" => return Some(TimeUnit::Hour),
        "d" => return Some(TimeUnit::Day),
        _ => {}
    }
    const WORDS: [(TimeUnit, &[&str]); 12] = [
        (TimeUnit::Microsecond, &["µs", "μs", "microsecond", "microseconds", "usec"]),
        (TimeUnit::Millisecond, &["ms", "msec", "msecs", "millisecond", "milliseconds", "millis"]),
        (TimeUnit::Second, &["sec", "secs", "second", "seconds"]),
        (TimeUnit::Minute, &["min", "mins", "minute", "minutes"]),
        (TimeUnit::Hour, &["hr", "hrs", "hour", "hours"]),
        (TimeUnit::Day, &["day", "days", "calendar days"]),
        (TimeUnit::Week, &["wk", "wks", "week", "weeks"]),
        (TimeUnit::Month, &["mo", "mos", "month", "months"]),
        (TimeUnit::Quarter, &["qtr", "qtrs", "quarter", "quarters"]),
        (TimeUnit::HalfYear, &["half-year", "half-years", "half year", "half years", "semester", "semesters"]),
        (TimeUnit::Year, &["yr", "yrs", "year", "years"]),
        (
            TimeUnit::WorkingDay,
            &["working days", "working day", "business days", "business day", "workdays", "workday", "weekdays"],
        ),
    ];
    let is_one = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    WORDS.iter().find(|(_, words)| is_one(words)).map(|&(unit, _)| unit)
}

/// Returns the unit of time of a single letter after a slash: `8/q`, `5/w`.
pub(super) fn short_time(text: &str) -> Option<TimeUnit> {
    match text {
        "q" | "Q" => Some(TimeUnit::Quarter),
        "w" | "W" => Some(TimeUnit::Week),
        "y" | "Y" => Some(TimeUnit::Year),
        _ => None,
    }
}

fn bytes(text: &str) -> Option<ByteUnit> {
    Some(match text {
        "B" | "byte" | "bytes" | "Bytes" => ByteUnit::Byte,
        "kB" | "KB" | "kilobyte" | "kilobytes" => ByteUnit::Kilobyte,
        "MB" | "megabyte" | "megabytes" => ByteUnit::Megabyte,
        "GB" | "gigabyte" | "gigabytes" => ByteUnit::Gigabyte,
        "TB" | "terabyte" | "terabytes" => ByteUnit::Terabyte,
        "KiB" => ByteUnit::Kibibyte,
        "MiB" => ByteUnit::Mebibyte,
        "GiB" => ByteUnit::Gibibyte,
        "TiB" => ByteUnit::Tebibyte,
        _ => return None,
    })
}

/// Returns the currency that `text` is a sign or code of.
pub(super) fn money(text: &str) -> Option<UnitName> {
    const CODES: [&str; 24] = [
        "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF",
        "BRL", "MXN", "ZAR", "SGD", "HKD", "KRW", "ILS", "TRY",
    ];
    let code = match text {
        "$" | "US$" | "dollar" | "dollars" | "Dollar" => "USD",
        "€" | "euro" | "euros" | "Euro" => "EUR",
        "£" => "GBP",
        "₹" => "INR",
        "¥" => "¥",
        _ => CODES.iter().find(|&&code| code == text)?,
    };
    Some(code.into())
}

/// Returns the currency of `C$` and its like by the letters before the sign.
pub(super) fn dollar(letters: &str) -> Option<&'static str> {
    Some(match letters {
        "US" => "USD",
        "C" | "CA" => "CAD",
        "A" | "AU" => "AUD",
        "NZ" => "NZD",
        "S" => "SGD",
        "HK" => "HKD",
        "R" => "BRL",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_have_their_usual_words_and_signs() {
        for (text, expected) in [
            ("%", "%"),
            ("percent", "%"),
            ("Minutes", "min"),
            ("h", "h"),
            ("ms", "ms"),
            ("business days", "working days"),
            ("$", "USD"),
            ("EUR", "EUR"),
            ("¥", "¥"),
            ("GiB", "GiB"),
            ("KB", "kB"),
            ("points", "points"),
            ("percentage points", "points"),
            ("count", "count"),
            ("x", "x"),
            ("req/s", "req/s"),
            ("active users", "active users"),
        ] {
            assert_eq!(unit(text).map(|unit| unit.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn texts_that_name_no_single_unit_are_none() {
        for text in ["", " ", "m", "5", "N/A", "-", "?", "$/user", "a\nb", "<script>", &"x".repeat(60)] {
            assert_eq!(unit(text), None, "{text}");
        }
    }

    #[test]
    fn things_and_times_are_counted_over() {
        assert_eq!(per("quarter"), Some(Per::Time(TimeUnit::Quarter)));
        assert_eq!(per("half-year"), Some(Per::Time(TimeUnit::HalfYear)));
        assert_eq!(per("cycle"), Some(Per::Time(TimeUnit::Cycle)));
        assert_eq!(per("/q"), Some(Per::Time(TimeUnit::Quarter)));
        assert_eq!(per("per active user"), Some(Per::Thing("active user".into())));
        assert_eq!(per("30 days"), None);
        assert_eq!(per(""), None);
    }
}
