//! A book's accent as a style sheet: as it is where it can be read, else as little darker or lighter as needed.
//!
//! In: a colour in hexadecimal digits. Out: custom properties for paper and for dark screens, each with the
//! contrast that small text needs (WCAG 2.2, 1.4.3: 4.5 to 1).

/// The contrast that small text needs, and a little for the approximation of luminance.
const ENOUGH: f64 = 4.7;
const PAPER: Colour = Colour([255, 254, 251]);
const DARK: Colour = Colour([21, 23, 26]);

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Colour([u8; 3]);

/// Returns the style sheet of an accent, or nothing where it isn't `#rgb` or `#rrggbb`.
#[must_use]
pub fn style_sheet(accent: &str) -> Option<String> {
    let accent = Colour::parse(accent)?;
    let on_paper = readable(accent, PAPER, Colour([0, 0, 0]));
    let on_dark = readable(accent, DARK, Colour([255, 255, 255]));
    Some(format!(":root{{--brand-on-paper:{};--brand-on-dark:{}}}\n", on_paper.hex(), on_dark.hex()))
}

/// Returns an accent as it can be read on paper, or nothing where it isn't `#rgb` or `#rrggbb`.
#[must_use]
pub fn on_paper(accent: &str) -> Option<String> {
    Some(readable(Colour::parse(accent)?, PAPER, Colour([0, 0, 0])).hex())
}

/// Returns the colour, mixed with as little of `towards` as makes it readable on `ground`.
fn readable(colour: Colour, ground: Colour, towards: Colour) -> Colour {
    let steps = (0..=20_u16).map(|step| colour.mixed(towards, step));
    steps.into_iter().find(|mixed| mixed.contrast(ground) >= ENOUGH).unwrap_or(towards)
}

impl Colour {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let channel = |place: usize| match digits.len() {
            3 => u8::from_str_radix(&digits[place..=place], 16).ok().map(|digit| digit * 17),
            6 => u8::from_str_radix(&digits[place * 2..place * 2 + 2], 16).ok(),
            _ => None,
        };
        Some(Self([channel(0)?, channel(1)?, channel(2)?]))
    }

    fn hex(self) -> String {
        let [r, g, b] = self.0;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// Returns this colour with `step` twentieths of the other.
    fn mixed(self, other: Self, step: u16) -> Self {
        let mix = |a: u8, b: u8| {
            let sum = u16::from(a) * (20 - step) + u16::from(b) * step;
            u8::try_from(sum / 20).unwrap_or(u8::MAX)
        };
        Self([0, 1, 2].map(|place| mix(self.0[place], other.0[place])))
    }

    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if a > b { a / b } else { b / a }
    }

    /// Returns the relative luminance; the cube stands for the standard's power of 2.4 and is within 0.01 of it.
    fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let c = f64::from(byte) / 255.0;
            c * (c * (c * 0.305_306_011 + 0.682_171_111) + 0.012_522_878)
        };
        let [r, g, b] = self.0.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readable_accent_stays_and_a_pale_one_is_darkened_on_paper() {
        let sheet = style_sheet("#12436D").expect("a colour");
        assert!(sheet.contains("--brand-on-paper:#12436d"), "{sheet}");
        for accent in ["#ffcc00", "#fff", "#000", "#7f7f7f", "#12436d", "#e30613"] {
            let colour = Colour::parse(accent).expect("a colour");
            for (ground, towards) in [(PAPER, Colour([0; 3])), (DARK, Colour([255; 3]))] {
                assert!(readable(colour, ground, towards).contrast(ground) >= ENOUGH, "{accent}");
            }
        }
    }

    #[test]
    fn only_a_colour_gets_into_the_style_sheet() {
        for bad in ["red", "#12436", "#12436D}body{display:none", "url(x)", "", "#ggg", "#12é36", "##12436"] {
            assert!(style_sheet(bad).is_none(), "{bad}");
        }
    }
}
