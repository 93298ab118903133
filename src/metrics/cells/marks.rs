//! Signs of money beside numbers, and whether they are those that a column's numbers should have.
//!
//! In: the sign that a cell has, and that of its column or metric. Out: whether they contradict each other. A number in
//! euros is none in dollars.

/// Words and signs of money, each with the currency; longer ones before those that they begin with.
pub(in crate::metrics) const CURRENCIES: [(&str, &str); 60] = [
    ("US$", "USD"),
    ("CA$", "CAD"),
    ("HK$", "HKD"),
    ("NZ$", "NZD"),
    ("AU$", "AUD"),
    ("R$", "BRL"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("GBP", "GBP"),
    ("CHF", "CHF"),
    ("JPY", "JPY"),
    ("CNY", "CNY"),
    ("INR", "INR"),
    ("AUD", "AUD"),
    ("CAD", "CAD"),
    ("NZD", "NZD"),
    ("SEK", "SEK"),
    ("NOK", "NOK"),
    ("DKK", "DKK"),
    ("PLN", "PLN"),
    ("CZK", "CZK"),
    ("HUF", "HUF"),
    ("RON", "RON"),
    ("BGN", "BGN"),
    ("TRY", "TRY"),
    ("RUB", "RUB"),
    ("UAH", "UAH"),
    ("ILS", "ILS"),
    ("ZAR", "ZAR"),
    ("BRL", "BRL"),
    ("MXN", "MXN"),
    ("ARS", "ARS"),
    ("CLP", "CLP"),
    ("COP", "COP"),
    ("KRW", "KRW"),
    ("SGD", "SGD"),
    ("HKD", "HKD"),
    ("TWD", "TWD"),
    ("THB", "THB"),
    ("IDR", "IDR"),
    ("MYR", "MYR"),
    ("PHP", "PHP"),
    ("VND", "VND"),
    ("AED", "AED"),
    ("SAR", "SAR"),
    ("EGP", "EGP"),
    ("NGN", "NGN"),
    ("KES", "KES"),
    ("kr.", "kr"),
    ("kr", "kr"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("Ft", "HUF"),
    ("lei", "RON"),
    ("Fr.", "CHF"),
    ("Rs.", "Rs"),
    ("Rs", "Rs"),
];

/// What people call currencies, in words.
const NAMES: [(&str, &str); 20] = [
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("us dollar", "USD"),
    ("us dollars", "USD"),
    ("u.s. dollar", "USD"),
    ("us-dollar", "USD"),
    ("dollar", "$"),
    ("dollars", "$"),
    ("british pound", "GBP"),
    ("pound sterling", "GBP"),
    ("pound", "£"),
    ("pounds", "£"),
    ("yen", "JPY"),
    ("japanese yen", "JPY"),
    ("swiss franc", "CHF"),
    ("schweizer franken", "CHF"),
    ("franken", "CHF"),
    ("canadian dollar", "CAD"),
    ("australian dollar", "AUD"),
    ("indian rupee", "INR"),
];

/// Returns the currency of a sign of one character.
pub(in crate::metrics) const fn currency_of(sign: char) -> Option<&'static str> {
    Some(match sign {
        '$' => "$",
        '£' => "£",
        '¥' => "¥",
        '¢' => "cents",
        '€' => "EUR",
        '₹' => "INR",
        '₽' => "RUB",
        '₩' => "KRW",
        '₺' => "TRY",
        '₴' => "UAH",
        '₪' => "ILS",
        '₫' => "VND",
        '₱' => "PHP",
        '₦' => "NGN",
        '฿' => "THB",
        '\u{20a0}'..='\u{20cf}' => "another currency",
        _ => return None,
    })
}

/// Returns the currency that a text names, whatever sign, code or word it is.
pub(in crate::metrics) fn named(text: &str) -> Option<&'static str> {
    let mut characters = text.chars();
    if let (Some(sign), None) = (characters.next(), characters.next()) {
        return currency_of(sign);
    }
    CURRENCIES.iter().chain(&NAMES).find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|&(_, code)| code)
}

/// Says whether two currencies may be one: `$` is that of many countries.
pub(in crate::metrics) fn may_be_one(a: &str, b: &str) -> bool {
    const SHARED: [(&str, &[&str]); 5] = [
        ("$", &["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP"]),
        ("£", &["GBP", "EGP"]),
        ("¥", &["JPY", "CNY"]),
        ("kr", &["SEK", "NOK", "DKK"]),
        ("Rs", &["INR"]),
    ];
    let shares = |sign: &str, code: &str| SHARED.iter().any(|(known, codes)| *known == sign && codes.contains(&code));
    a == b || shares(a, b) || shares(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_several_currencies_share_contradict_none_of_them() {
        for (a, b, expected) in [
            ("$", "USD", true),
            ("USD", "$", true),
            ("$", "CAD", true),
            ("EUR", "EUR", true),
            ("$", "EUR", false),
            ("USD", "CAD", false),
            ("kr", "NOK", true),
            ("cents", "USD", false),
        ] {
            assert_eq!(may_be_one(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn currencies_are_known_by_sign_and_code() {
        for (text, expected) in [
            ("€", Some("EUR")),
            ("usd", Some("USD")),
            ("R$", Some("BRL")),
            ("US Dollar", Some("USD")),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(named(text), expected, "{text}");
        }
    }
}
