//! How ledgers write numbers: `31 %`, `8 per quarter`, `0.06 USD per transaction`.
//!
//! Values in, text out, and back without loss: unlike the sentences of people, each text means one thing. Names that
//! this notation would misread are written with what they are (`named:x`, `money:x`, `thing:x`), bytes other than
//! letters and digits as `%20`.

use crate::model::quantity::{ByteUnit, Number, Per, Quantity, TimeUnit, Unit};

/// Returns the text of a quantity.
#[must_use]
pub fn quantity(quantity: &Quantity) -> String {
    let unit = match &quantity.unit {
        Unit::Count => String::new(),
        unit => format!(" {unit}"),
    };
    let per = quantity.per.as_ref().map(|per| format!(" per {per}")).unwrap_or_default();
    let plain = format!("{}{unit}{per}", quantity.number);
    if read_quantity(&plain).as_ref() == Some(quantity) { plain } else { exotic(quantity) }
}

/// Returns the quantity that a text of [`quantity`] stands for.
#[must_use]
pub fn read_quantity(text: &str) -> Option<Quantity> {
    let (number, rest) = text.split_once(' ').unwrap_or((text, ""));
    let number = Number::parse(number)?;
    let (unit, per) = match rest.strip_prefix("per ") {
        Some(per) => ("", Some(per)),
        None => rest.split_once(" per ").map_or((rest, None), |(unit, per)| (unit, Some(per))),
    };
    let per = match per {
        Some(per) => Some(read_per(per)?),
        None => None,
    };
    Some(Quantity { number, unit: read_unit(unit)?, per })
}

fn exotic(quantity: &Quantity) -> String {
    let unit = match &quantity.unit {
        Unit::Count => String::new(),
        Unit::Money(name) => format!(" money:{}", encoded(name)),
        Unit::Named(name) => format!(" named:{}", encoded(name)),
        unit => format!(" {unit}"),
    };
    let per = match &quantity.per {
        None => String::new(),
        Some(Per::Thing(name)) => format!(" per thing:{}", encoded(name)),
        Some(per) => format!(" per {per}"),
    };
    format!("{}{unit}{per}", quantity.number)
}

fn read_unit(text: &str) -> Option<Unit> {
    let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    Some(match text {
        "" => Unit::Count,
        "%" => Unit::Percent,
        "points" => Unit::Points,
        "x" => Unit::Factor,
        code if is_code => Unit::Money(code.into()),
        other => {
            let mut times = TimeUnit::WORDS.iter().map(|(_, unit)| *unit);
            let time = times.find(|unit| unit.sign() == other).map(Unit::Duration);
            let bytes = ByteUnit::named(other).map(Unit::Bytes);
            match (time.or(bytes), other.split_once(':')) {
                (Some(unit), _) => unit,
                (None, Some(("money", name))) => Unit::Money(decoded(name)?.into()),
                (None, Some(("named", name))) => Unit::Named(decoded(name)?.into()),
                (None, _) => Unit::Named(other.into()),
            }
        }
    })
}

fn read_per(text: &str) -> Option<Per> {
    if let Some(unit) = TimeUnit::named(text) {
        return Some(Per::Time(unit));
    }
    match text.strip_prefix("thing:") {
        Some(name) => Some(Per::Thing(decoded(name)?.into())),
        None => Some(Per::Thing(text.into())),
    }
}

fn encoded(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(number: &str, unit: Unit, per: Option<Per>) -> String {
        quantity(&Quantity { number: Number::parse(number).expect("a number"), unit, per })
    }

    #[test]
    fn quantities_read_like_words() {
        let quarter = Some(Per::Time(TimeUnit::Quarter));
        assert_eq!(shown("8", Unit::Count, quarter), "8 per quarter");
        assert_eq!(shown("31", Unit::Percent, None), "31 %");
        assert_eq!(
            shown("0.06", Unit::Money("USD".into()), Some(Per::Thing("transaction".into()))),
            "0.06 USD per transaction"
        );
        assert_eq!(shown("-5", Unit::Points, None), "-5 points");
        assert_eq!(shown("3", Unit::Duration(TimeUnit::WorkingDay), None), "3 working days");
    }

    #[test]
    fn names_that_look_like_something_else_are_told_apart() {
        for name in ["h", "%", "", "USD", "a per b", "per x", "named:x", " ", "käse, rot", "x", "points"] {
            for unit in [Unit::Named(name.into()), Unit::Money(name.into())] {
                for per in [None, Some(Per::Thing(name.into())), Some(Per::Thing("quarter".into()))] {
                    let known = Quantity { number: Number::ONE, unit: unit.clone(), per };
                    let text = quantity(&known);
                    assert_eq!(read_quantity(&text).as_ref(), Some(&known), "{text}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_quantity_is_none() {
        for bad in ["", "%", "x 5", "five", "5 named:%ZZ", "5 money:%F", "1e5 %", "5 h per thing:%80"] {
            assert_eq!(read_quantity(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_quantity_comes_back(mantissa: i64, scale in 0_u32..=28, name in ".{0,12}", per in proptest::option::of(".{0,12}"), kind in 0..2) {
            let unit = if kind == 0 { Unit::Named(name.as_str().into()) } else { Unit::Money(name.as_str().into()) };
            let number = Number::new(mantissa, scale).expect("few digits");
            let known = Quantity { number, unit, per: per.map(|per| Per::Thing(per.as_str().into())) };
            prop_assert_eq!(read_quantity(&quantity(&known)), Some(known));
        }
    }
}
