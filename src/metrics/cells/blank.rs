//! Cells that say nothing: empty ones, words for "no value", numbers that stand for it.
//!
//! In: a cell. Out: whether there is a value in it.

use crate::metrics::cells::text::decode;

/// Says whether a cell says nothing.
pub(in crate::metrics) fn is_blank(cell: &[u8]) -> bool {
    cell.is_empty() || (cell.len() <= 16 && is_missing(&decode(cell)))
}

/// Says whether a cell stands for "no value".
pub(in crate::metrics) fn is_missing_cell(cell: &[u8]) -> bool {
    !cell.first().is_some_and(u8::is_ascii_digit) && is_missing(&decode(cell))
}

/// Says whether a text stands for "no value".
pub(in crate::metrics) fn is_missing(text: &str) -> bool {
    const WORDS: [&str; 23] = [
        "null",
        "nil",
        "none",
        "nan",
        "n/a",
        "na",
        "#n/a",
        "undefined",
        "(null)",
        "\\n",
        "<na>",
        "missing",
        "(blank)",
        "no data",
        "nat",
        "n.a.",
        "n.a",
        "#n/d",
        "#nv",
        "#div/0!",
        "(none)",
        "(empty)",
        "(not set)",
    ];
    let text = text.trim();
    text.is_empty()
        || text.chars().all(|c| matches!(c, '-' | '–' | '—' | '−' | '.' | '?' | '…' | '∅'))
        || (text.len() <= 9 && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)))
}

/// Says whether a number is `-999`, `-9999.0`, `-999.9` or the like, which many exports write for "no value".
pub(in crate::metrics) fn is_placeholder(mantissa: i64, places: u32) -> bool {
    if mantissa > -999 {
        return false;
    }
    let all_nines = |number: u64| number.to_string().bytes().all(|digit| digit == b'9');
    let Some(scale) = 10_u64.checked_pow(places) else { return false };
    let (whole, decimals) = (mantissa.unsigned_abs() / scale, mantissa.unsigned_abs() % scale);
    whole >= 999 && all_nines(whole) && (decimals == 0 || decimals == scale - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quantity::Number;

    #[test]
    fn what_says_nothing_is_missing_and_not_zero() {
        for cell in [
            "",
            " ",
            "-",
            "--",
            "–",
            "null",
            "NULL",
            "NaN",
            "N/A",
            "n/a",
            "#N/A",
            "NA",
            "None",
            "\\N",
            ".",
            "?",
            "∅",
            "NaT",
            "#DIV/0!",
            "(not set)",
        ] {
            assert!(is_missing(cell), "{cell}");
        }
        for cell in ["0", "#REF!", "unknown", "x"] {
            assert!(!is_missing(cell), "{cell}");
        }
    }

    #[test]
    fn nines_below_zero_stand_for_no_value() {
        for (cell, expected) in [
            ("-999", true),
            ("-9999.00", true),
            ("-999.9", true),
            ("-99", false),
            ("-9.99", false),
            ("-99.9", false),
            ("-998", false),
            ("-999.5", false),
            ("999", false),
        ] {
            let (mantissa, places) = Number::parse(cell).and_then(Number::parts).expect(cell);
            assert_eq!(is_placeholder(mantissa, places), expected, "{cell}");
        }
    }
}
