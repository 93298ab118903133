//! Words in dates: months in the languages that spreadsheets write, weekdays, zones.
//!
//! In: one word. Out: what it stands for. No word stands for two months. Also the words of lines that add up others.

/// Returns the month (1 to 12) that a word or its usual short form names.
pub(super) fn month(word: &str) -> Option<u8> {
    // A word names a month when it begins with one of these; the longer ones set twins apart.
    const BEGINNINGS: [(&str, u8); 35] = [
        ("jan", 1),
        ("ene", 1),
        ("gen", 1),
        ("jän", 1),
        ("feb", 2),
        ("fév", 2),
        ("fev", 2),
        ("mar", 3),
        ("mär", 3),
        ("mrz", 3),
        ("mrt", 3),
        ("maa", 3),
        ("apr", 4),
        ("avr", 4),
        ("abr", 4),
        ("may", 5),
        ("mai", 5),
        ("mei", 5),
        ("mag", 5),
        ("juin", 6),
        ("jun", 6),
        ("giu", 6),
        ("juil", 7),
        ("jul", 7),
        ("lug", 7),
        ("aug", 8),
        ("aoû", 8),
        ("aou", 8),
        ("ago", 8),
        ("sep", 9),
        ("set", 9),
        ("oct", 10),
        ("okt", 10),
        ("ott", 10),
        ("nov", 11),
    ];
    let word = word.to_lowercase();
    let letters = word.chars().count();
    if !(3..=10).contains(&letters) {
        return None;
    }
    if word.starts_with('d') {
        return ["dec", "dez", "déc", "dic"].iter().any(|start| word.starts_with(start)).then_some(12);
    }
    if word.starts_with("out") {
        return Some(10);
    }
    BEGINNINGS.iter().find(|(start, _)| word.starts_with(start)).map(|&(_, month)| month)
}

/// Says whether a text that stands where a date should names the sum of the other rows: `Service total`, `Summe`.
pub(super) fn is_total(text: &str) -> bool {
    const WORDS: [&str; 10] =
        ["total", "totals", "totale", "totaal", "sum", "summe", "somme", "suma", "gesamt", "gesamtergebnis"];
    let is_one = |word: &str| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word.trim_end_matches(':')));
    let words = || text.split_whitespace();
    (words().next().is_some_and(is_one) || words().next_back().is_some_and(is_one)) && words().take(5).count() < 5
}

/// Says whether a word is a day of the week or a filler: `Wed`, `at`, `de`.
pub(super) fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 10] = ["at", "um", "de", "del", "of", "the", "le", "den", "alle", "on"];
    const WEEKDAYS: [&str; 29] = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so", "lun", "mardi",
        "mer", "jeu", "ven", "sam", "dim", "martes", "mié", "jue", "vie", "sáb", "dom", "gio", "sab",
    ];
    let word = word.to_lowercase();
    FILLERS.contains(&word.as_str())
        || WEEKDAYS.contains(&word.as_str())
        || word.ends_with("day")
        || ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"].contains(&word.as_str())
        || ["lundi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"].contains(&word.as_str())
}

/// Returns the offset in seconds of an abbreviation that has only one meaning (RFC 5322, and those of Central and
/// Eastern Europe).
pub(super) fn zone(word: &str) -> Option<i32> {
    let hours = match word.to_ascii_uppercase().as_str() {
        "Z" | "UTC" | "GMT" | "UT" | "WET" => 0,
        "CET" | "WEST" => 1,
        "CEST" | "EET" => 2,
        "EEST" => 3,
        "EST" => -5,
        "EDT" => -4,
        "CDT" => -5,
        "MST" => -7,
        "MDT" => -6,
        "PST" => -8,
        "PDT" => -7,
        _ => return None,
    };
    Some(hours * 3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_several_languages_are_known() {
        for (word, expected) in [
            ("Jan", 1),
            ("janv", 1),
            ("gennaio", 1),
            ("Enero", 1),
            ("février", 2),
            ("März", 3),
            ("mars", 3),
            ("avril", 4),
            ("MAI", 5),
            ("mei", 5),
            ("juin", 6),
            ("Juni", 6),
            ("juillet", 7),
            ("Juli", 7),
            ("août", 8),
            ("Sept", 9),
            ("outubro", 10),
            ("Okt", 10),
            ("November", 11),
            ("Dez", 12),
            ("déc", 12),
            ("diciembre", 12),
        ] {
            assert_eq!(month(word), Some(expected), "{word}");
        }
        for word in ["", "j", "ju", "day", "data", "max", "total", "severity-of-all"] {
            assert_eq!(month(word), None, "{word}");
        }
    }

    #[test]
    fn abbreviations_with_two_meanings_are_no_zones() {
        assert_eq!(zone("utc"), Some(0));
        assert_eq!(zone("PDT"), Some(-25_200));
        assert_eq!(zone("IST"), None);
        assert_eq!(zone("CST"), None, "China's and Chicago's");
    }

    #[test]
    fn sums_are_told_from_dates_and_names() {
        for text in ["Total", "TOTAL:", "Service total", "Summe", "total of three rows"] {
            assert!(is_total(text), "{text}");
        }
        for text in ["", "2026-07-01", "totally", "a total of all that there is", "the sum is 7"] {
            assert!(!is_total(text), "{text}");
        }
    }
}
