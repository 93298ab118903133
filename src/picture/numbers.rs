//! Numbers in drawings.
//!
//! In: an attribute's value, or the text of styles. Out: how large its numbers are, and how many times it scales what
//! stands inside. Engines count in binary floats of 32 bits, and give up where those end.

/// The largest number in a drawing.
pub(super) const LARGEST: f64 = 1_000_000.0;

/// The least width and height of a view; what is smaller scales without end.
const LEAST: f64 = 0.001;

/// How many times as long as the other a side of a drawing may be.
pub(super) const RATIO: f64 = 1_000.0;

/// How many times a drawing may scale what stands deepest in it.
pub(super) const GAIN: f64 = 1e12;

/// Attributes whose numbers are none, or names.
const NO_NUMBERS: [&str; 4] = ["id", "class", "href", "base"];

/// Returns the largest number of an attribute.
pub(super) fn largest(name: &str, value: &str) -> f64 {
    let is_none = NO_NUMBERS.contains(&name) || ["xmlns", "data-", "aria-"].iter().any(|begin| name.starts_with(begin));
    if is_none { 0.0 } else { largest_of(value) }
}

/// Returns the largest number of a text.
pub(super) fn largest_of(text: &str) -> f64 {
    numbers(text).fold(0.0, |most, number| most.max(number.abs()))
}

/// Returns how many times an attribute scales what stands inside its element, at most.
pub(super) fn gain(name: &str, value: &str, is_root: bool) -> f64 {
    match name {
        "transform" | "gradientTransform" | "patternTransform" => scaled(value),
        "style" => scaled(value.split_once("transform").map_or("", |(_, behind)| behind)),
        "viewBox" => {
            let sides = numbers(value).skip(2).fold(f64::INFINITY, f64::min).max(LEAST);
            // The page decides how large the whole is, and what stands inside may be as large as numbers are.
            (if is_root { RATIO } else { LARGEST } / sides).max(1.0)
        }
        _ => 1.0,
    }
}

/// Returns how many times a list of transforms scales, at most.
fn scaled(value: &str) -> f64 {
    let one = |transform: &str| if transform.contains("translate") { 1.0 } else { largest_of(transform).max(1.0) };
    value.split(')').map(one).product()
}

/// Says whether a view is too small to be scaled, or much longer than high.
pub(super) fn is_extreme(name: &str, value: &str) -> bool {
    let sides: Vec<f64> = match name {
        "viewBox" => numbers(value).skip(2).take(2).collect(),
        "width" | "height" => numbers(value).take(1).collect(),
        _ => return false,
    };
    let is_slim = matches!(sides[..], [width, height] if width > RATIO * height || height > RATIO * width);
    is_slim || sides.iter().any(|side| *side != 0.0 && side.abs() < LEAST)
}

/// Returns the numbers of a text; digits inside of words and colours are none.
fn numbers(text: &str) -> impl Iterator<Item = f64> {
    let mut rest = text;
    let mut before = ' ';
    std::iter::from_fn(move || {
        loop {
            let begin = rest.chars().next()?;
            let length = if before == '#' || before.is_alphabetic() && !is_command(before) { 0 } else { length(rest) };
            if length > 0 {
                let (number, behind) = rest.split_at(length);
                (rest, before) = (behind, ' ');
                return Some(number.parse().unwrap_or(f64::INFINITY));
            }
            // A word, and a colour, goes on to its end.
            let goes_on = before.is_alphanumeric() || before == '#' || before == '_';
            let is_word = begin.is_alphanumeric() && goes_on && !is_command(before);
            rest = &rest[begin.len_utf8()..];
            before = if is_word && before == '#' { '#' } else { begin };
        }
    })
}

/// Says whether a letter can begin a part of an outline, right before a number.
const fn is_command(letter: char) -> bool {
    matches!(letter.to_ascii_lowercase(), 'm' | 'l' | 'h' | 'v' | 'c' | 's' | 'q' | 't' | 'a' | 'z')
}

/// Returns how long the number is that a text begins with, in bytes; nothing where it begins with none.
fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits(sign);
    let mut end = sign + whole;
    let mut all = whole;
    if bytes.get(end) == Some(&b'.') {
        let part = digits(end + 1);
        all += part;
        end += 1 + part;
    }
    if all == 0 {
        return 0;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let signed = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = if signed <= bytes.len() { digits(signed) } else { 0 };
        if exponent > 0 {
            end = signed + exponent;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_where_drawings_have_them() {
        let all = |text: &str| numbers(text).collect::<Vec<_>>();
        assert_eq!(all("M0 0h9v-9.5z"), [0.0, 0.0, 9.0, -9.5]);
        assert_eq!(all("l1 1 2-1.5.25"), [1.0, 1.0, 2.0, -1.5, 0.25]);
        assert_eq!(all("scale(1e3,-2E-1)"), [1e3, -0.2]);
        assert_eq!(all("10mm 1em"), [10.0, 1.0]);
        assert_eq!(all("fill:#123456;stroke-width:3"), [3.0]);
        assert_eq!(all("url(#layer12) red x9 #9e99"), [0.0; 0]);
        assert_eq!(all("1e999"), [f64::INFINITY]);
        assert_eq!(all("+ - . e ü"), [0.0; 0]);
    }

    #[test]
    fn what_scales_is_multiplied() {
        assert!((gain("transform", "translate(500 900)", false) - 1.0).abs() < 1e-9);
        assert!((gain("transform", "scale(2) scale(.1 30)", false) - 60.0).abs() < 1e-9);
        assert!((gain("style", "fill:red;transform:scale(8)", false) - 8.0).abs() < 1e-9);
        assert!((gain("viewBox", "0 0 50 100", false) - 20_000.0).abs() < 1e-9);
        assert!((gain("viewBox", "0 0 50 100", true) - 20.0).abs() < 1e-9);
    }

    #[test]
    fn extremes_are_told() {
        assert!(is_extreme("width", "1e-30") && is_extreme("viewBox", "0 0 1 1e-9"));
        assert!(is_extreme("viewBox", "0 0 5000 1") && !is_extreme("viewBox", "0 0 500 1"));
        assert!(!is_extreme("width", "100%") && !is_extreme("r", "1e-30") && !is_extreme("width", "0"));
    }
}
