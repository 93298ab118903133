//! Units that columns have in their names: `latency (ms)`, `duration_seconds`, `Cost [EUR]`.
//!
//! In: a column's name. Out: the unit that it certainly states. Names that may mean something else (`p95_min`, `last 7
//! days`, `per day`) state none.

use crate::metrics::cells::marks;
use crate::model::quantity::{ByteUnit, TimeUnit, Unit};

/// What a column's name says about its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::metrics) enum Stated {
    /// Their unit.
    Unit(Unit),
    /// That they are money, in this currency.
    Money(&'static str),
    /// That each counts this much less or more than it says: `cents`, `thousands`.
    Scaled(&'static str),
}

/// Returns what a column's name states.
pub(in crate::metrics) fn stated(name: &str) -> Option<Stated> {
    let name = name.trim().trim_end_matches('.');
    let bracketed = [('(', ')'), ('[', ']'), ('{', '}')].into_iter().find_map(|(open, close)| {
        let (before, inside) = name.strip_suffix(close)?.rsplit_once(open)?;
        (!before.trim().is_empty()).then_some(inside)
    });
    let after_in = name.rsplit_once(" in ").map(|(_, after)| after);
    if let Some(unit) = bracketed.or(after_in).map(|unit| unit.trim().trim_end_matches('.')) {
        let unit = unit.strip_prefix("in ").unwrap_or(unit);
        return short(unit).or_else(|| word(unit)).or_else(|| money(unit));
    }
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if ["to", "until", "since", "between", "before", "after"].contains(&second.to_lowercase().as_str()) {
        return word(first);
    }
    let last = name.rsplit(|c: char| !c.is_alphanumeric()).next()?;
    let before = name[..name.len() - last.len()].trim_end_matches(|c: char| !c.is_alphanumeric());
    let other_word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let is_period = matches!(other_word.as_str(), "per" | "last" | "past" | "by" | "of" | "")
        || other_word.ends_with(|c: char| c.is_ascii_digit());
    if is_period {
        return None;
    }
    word(last).or_else(|| if last.len() == 3 { money(last) } else { None })
}

/// Signs that are units only in brackets.
fn short(text: &str) -> Option<Stated> {
    let time = |unit| Some(Stated::Unit(Unit::Duration(unit)));
    match text {
        "s" => time(TimeUnit::Second),
        "min" => time(TimeUnit::Minute),
        "h" | "H" => time(TimeUnit::Hour),
        "d" => time(TimeUnit::Day),
        _ => None,
    }
}

/// Words that are units wherever a name ends with them.
fn word(text: &str) -> Option<Stated> {
    let time = |unit| Some(Stated::Unit(Unit::Duration(unit)));
    let bytes = |unit| Some(Stated::Unit(Unit::Bytes(unit)));
    match text.to_lowercase().as_str() {
        "us" | "µs" | "microseconds" | "micros" => time(TimeUnit::Microsecond),
        "ms" | "msec" | "msecs" | "millis" | "milliseconds" => time(TimeUnit::Millisecond),
        "sec" | "secs" | "seconds" => time(TimeUnit::Second),
        "mins" | "minutes" => time(TimeUnit::Minute),
        "hr" | "hrs" | "hours" => time(TimeUnit::Hour),
        "days" => time(TimeUnit::Day),
        "bytes" => bytes(ByteUnit::Byte),
        "kb" => bytes(ByteUnit::Kilobyte),
        "mb" => bytes(ByteUnit::Megabyte),
        "gb" => bytes(ByteUnit::Gigabyte),
        "tb" => bytes(ByteUnit::Terabyte),
        "kib" => bytes(ByteUnit::Kibibyte),
        "mib" => bytes(ByteUnit::Mebibyte),
        "gib" => bytes(ByteUnit::Gibibyte),
        "cents" => Some(Stated::Scaled("cents")),
        _ => None,
    }
}

fn money(text: &str) -> Option<Stated> {
    let lower = text.to_lowercase();
    let thousands = ["thousand", "000", "k€", "k$", "$k", "€k", "teur", "t€", "keur", "kusd"];
    let millions = ["million", "mio", "m€", "$m", "mln", "meur", "musd"];
    if thousands.iter().any(|word| lower.contains(word)) {
        return Some(Stated::Scaled("thousands"));
    }
    if millions.iter().any(|word| lower.contains(word)) {
        return Some(Stated::Scaled("millions"));
    }
    marks::named(text).map(Stated::Money)
}

/// Says whether a name and the unit that a metric counts in contradict each other; returns the name's unit in words.
pub(in crate::metrics) fn contradicts(name: &str, unit: &Unit) -> Option<String> {
    match (stated(name)?, unit) {
        (Stated::Unit(own @ Unit::Duration(_)), Unit::Duration(_))
        | (Stated::Unit(own @ Unit::Bytes(_)), Unit::Bytes(_)) => {
            (own != *unit && !same_word(&own, unit)).then(|| own.to_string())
        }
        (Stated::Money(own), Unit::Money(code)) => {
            let known = marks::named(code)?;
            (!marks::may_be_one(own, known)).then(|| own.to_owned())
        }
        (Stated::Scaled(own), Unit::Money(_)) => Some(own.to_owned()),
        _ => None,
    }
}

/// Says whether two units of information differ only in whether they count in 1000 or 1024, which `MB` leaves open.
fn same_word(a: &Unit, b: &Unit) -> bool {
    let initial = |unit: &Unit| unit.to_string().to_lowercase().replace('i', "");
    matches!((a, b), (Unit::Bytes(_), Unit::Bytes(_))) && initial(a) == initial(b)
}

/// Says whether a column of weeks holds their last days, by its name: `Week ending`, `w/e`, `Woche bis`.
pub fn ends_weeks(name: &str) -> bool {
    let name = name.to_lowercase().replace('_', " ");
    let ends = ["ending", "week end", "w/e", "wk end", "week to", "end date", "end of week", "finissant", "se termina"];
    ends.iter().any(|end| name.contains(end))
        || name.split_whitespace().any(|word| ["bis", "hasta", "thru"].contains(&word))
}

/// Words with which names of columns end that number things and measure none.
const IDENTIFIERS: [&str; 30] = [
    "id",
    "ids",
    "key",
    "keys",
    "uuid",
    "guid",
    "pr",
    "mr",
    "ref",
    "reference",
    "serial",
    "sku",
    "zip",
    "postcode",
    "nr",
    "no",
    "num",
    "seq",
    "version",
    "phone",
    "telefon",
    "nummer",
    "numéro",
    "identifiant",
    "identificador",
    "kennung",
    "schlüssel",
    "clé",
    "référence",
    "referencia",
];

/// Nouns for one thing: a column of that name numbers them, where each of its rows has another whole number.
const THINGS: [&str; 18] = [
    "ticket", "build", "run", "row", "index", "po", "story", "item", "issue", "case", "order", "invoice", "job",
    "task", "line", "sprint", "número", "numero",
];

/// Says whether a column is called by a noun for one thing: `Ticket`, `Build`, `Work item`.
pub(in crate::metrics) fn is_thing(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    name == "number" || name.rsplit(' ').next().is_some_and(|last| THINGS.contains(&last))
}

/// Says whether a column numbers things, by its name: `id`, `Issue key`, `#`, `Case Number`, `incident_number`.
pub(in crate::metrics) fn is_identifier(name: &str) -> bool {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let is_new = c.is_uppercase() && before.is_lowercase();
        if (is_new || !c.is_alphanumeric()) && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    match words.as_slice() {
        [] => name.trim() == "#",
        // "N° de ticket" numbers tickets, "N° de tickets" counts them.
        [first, .., last] if matches!(first.as_str(), "n" | "nº") && name.contains(['°', 'º']) => {
            !last.ends_with('s')
        }
        [first, ..] if first == "numéro" => true,
        [.., before, last] if last == "number" => !matches!(before.as_str(), "total" | "the" | "a"),
        [.., last] => {
            let is_compound = |end: &str| last.len() > end.len() + 2 && last.ends_with(end);
            IDENTIFIERS.contains(&last.as_str())
                || ["nummer", "nr"].iter().any(|end| is_compound(end))
                || name.trim_end().ends_with(['#', '°', 'º'])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_state_units_only_where_they_can_mean_nothing_else() {
        for (name, expected) in [
            ("latency (ms)", "ms"),
            ("Duration (in mins.)", "min"),
            ("First response time (seconds)", "s"),
            ("Lead time [h]", "h"),
            ("Lead time in hours", "h"),
            ("duration_seconds", "s"),
            ("seconds_to_resolve", "s"),
            ("Hours since last deploy", "h"),
            ("lead hours", "h"),
            ("size_mb", "MB"),
            ("p95_min", "-"),
            ("visits last 7 days", "-"),
            ("users per days", "-"),
            ("days", "-"),
            ("ms", "-"),
            ("value", "-"),
            ("", "-"),
            ("()", "-"),
            ("(ms)", "-"),
        ] {
            let shown = match stated(name) {
                Some(Stated::Unit(unit)) => unit.to_string(),
                _ => "-".to_owned(),
            };
            assert_eq!(shown, expected, "{name}");
        }
    }

    #[test]
    fn a_name_contradicts_a_unit_of_its_own_kind_only() {
        let euros = Unit::Money("EUR".into());
        let dollars = Unit::Money("USD".into());
        let minutes = Unit::Duration(TimeUnit::Minute);
        for (name, unit, expected) in [
            ("latency (ms)", &minutes, Some("ms")),
            ("latency (min)", &minutes, None),
            ("latency (ms)", &Unit::Count, None),
            ("cost (€)", &dollars, Some("EUR")),
            ("cost_usd", &euros, Some("USD")),
            ("Cost ($)", &dollars, None),
            ("Cost ($)", &Unit::Money("CAD".into()), None),
            ("amount_cents", &dollars, Some("cents")),
            ("Revenue (k€)", &euros, Some("thousands")),
            ("Revenue in Mio. €", &euros, Some("millions")),
            ("size_mb", &Unit::Bytes(ByteUnit::Mebibyte), None),
            ("size_mb", &Unit::Bytes(ByteUnit::Gigabyte), Some("MB")),
        ] {
            assert_eq!(contradicts(name, unit).as_deref(), expected, "{name} {unit}");
        }
    }

    #[test]
    fn columns_that_number_things_are_known_by_their_names() {
        for name in [
            "id",
            "ID",
            "#",
            "PR",
            "Issue key",
            "Case Number",
            "incident_number",
            "userId",
            "Order No.",
            "Issue #",
            "Vorgangsnummer",
            "Rechnungsnr.",
            "Ordernummer",
            "N°",
            "N° de ticket",
            "Nº pedido",
            "Numéro",
        ] {
            assert!(is_identifier(name), "{name}");
        }
        for name in [
            "paid",
            "number",
            "value",
            "Number of incidents",
            "keystrokes",
            "total number",
            "",
            "grid",
            "users",
            "N° de tickets",
            "Número de incidentes",
            "Ticket",
        ] {
            assert!(!is_identifier(name), "{name}");
        }
    }
}
