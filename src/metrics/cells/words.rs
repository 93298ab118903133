//! Words in dates: months in the languages that spreadsheets write, weekdays, zones.
//!
//! In: one word. Out: what it stands for. No word stands for two months. Also the words of lines that add up others.

use std::sync::LazyLock;

/// The months' names in the languages that spreadsheets write, with short forms that are no beginning of a name.
const MONTHS: [&str; 12] = [
    "january januar jänner jaenner janvier enero gennaio janeiro januari styczeń stycznia январь января ocak",
    "february februar feber février fevrier febrero febbraio fevereiro februari luty lutego февраль февраля şubat",
    "march märz maerz mrz mars marzo março marco maart mrt marts marzec marca март марта mart",
    "april avril abril aprile kwiecień kwietnia апрель апреля nisan",
    "may mai mayo maggio maio mei maj maja май мая mayıs",
    "june juni juin junio giugno junho czerwiec czerwca июнь июня haziran",
    "july juli juillet julio luglio julho lipiec lipca июль июля temmuz",
    "august août aout agosto augustus augusti sierpień sierpnia август августа ağustos",
    "september septembre septiembre setiembre settembre setembro wrzesień września сентябрь сентября eylül",
    "october oktober octobre octubre ottobre outubro październik października октябрь октября ekim",
    "november novembre noviembre novembro listopad listopada ноябрь ноября kasım",
    "december dezember décembre decembre diciembre dicembre dezembro desember grudzień grudnia декабрь декабря aralık",
];

/// Returns the month (1 to 12) that a word names, or that it is the beginning of: at least three letters, and none
/// with which the names of two months begin.
pub(in crate::metrics) fn month(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    if !(3..=12).contains(&word.chars().count()) {
        return None;
    }
    let names = &SORTED_MONTHS[SORTED_MONTHS.partition_point(|(name, _)| *name < word.as_str())..];
    let mut begun = names.iter().take_while(|(name, _)| name.starts_with(&word));
    let (first, month) = begun.next()?;
    (*first == word || begun.all(|(_, other)| other == month)).then_some(*month)
}

/// The months' names with their numbers, sorted by name.
static SORTED_MONTHS: LazyLock<Vec<(&str, u8)>> = LazyLock::new(|| {
    let named = (1_u8..).zip(MONTHS).flat_map(|(month, names)| names.split(' ').map(move |name| (name, month)));
    let mut sorted: Vec<(&str, u8)> = named.collect();
    sorted.sort_unstable();
    sorted
});

/// Says whether a text that stands where a date should names the sum of the other rows: `Service total`, `Summe`.
pub(in crate::metrics) fn is_total(text: &str) -> bool {
    const WORDS: [&str; 10] =
        ["total", "totals", "totale", "totaal", "sum", "summe", "somme", "suma", "gesamt", "gesamtergebnis"];
    let is_one = |word: &str| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word.trim_end_matches(':')));
    let words = || text.split_whitespace();
    (words().next().is_some_and(is_one) || words().next_back().is_some_and(is_one)) && words().take(5).count() < 5
}

/// Says whether a text in any column says that its row is the sum of others: `Total`, `Grand total`, `Total: Search`.
pub(in crate::metrics) fn is_total_row(cell: &[u8]) -> bool {
    let has_letter = |letters: &[u8]| cell.first().is_some_and(|first| letters.contains(first));
    if !has_letter(b"TtSsGg") || !(3..=40).contains(&cell.len()) {
        return false;
    }
    let Ok(text) = std::str::from_utf8(cell) else { return false };
    let text = text.trim();
    let head = text.split_once(':').map_or(text, |(head, _)| head);
    let of_all = ["grand ", "overall ", "sub"].iter().find_map(|word| {
        let (before, rest) = head.split_at_checked(word.len())?;
        before.eq_ignore_ascii_case(word).then_some(rest)
    });
    let word = of_all.unwrap_or(head).trim();
    is_total(word) && !word.contains(' ')
}

/// Says whether a word is a day of the week or a filler: `Wed`, `at`, `de`.
pub(in crate::metrics) fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 19] = [
        "at", "um", "de", "del", "of", "the", "le", "den", "alle", "on", "º", "ª", "г", "年", "月", "日", "년", "월",
        "일",
    ];
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
pub(in crate::metrics) fn zone(word: &str) -> Option<i32> {
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
            ("maj", 5),
            ("stycznia", 1),
            ("июля", 7),
            ("Ağu", 8),
            ("juil", 7),
        ] {
            assert_eq!(month(word), Some(expected), "{word}");
        }
        for word in
            ["", "j", "ju", "day", "data", "max", "total", "severity-of-all", "jui", "market", "general", "section"]
        {
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
