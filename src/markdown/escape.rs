//! Text that must not become markup.
//!
//! In: any text. Out: the same text for a reader, with nothing in it that markup gives a meaning to.

/// Writes `text` so that it can stand between tags and inside quoted attributes.
pub fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(place) = first_special(rest.as_bytes()) {
        out.push_str(&rest[..place]);
        out.push_str(match rest.as_bytes()[place] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[place + 1..];
    }
    out.push_str(rest);
}

/// Returns the place of the first byte that markup gives a meaning to.
fn first_special(text: &[u8]) -> Option<usize> {
    const fn is_special(byte: u8) -> bool {
        matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')
    }
    const SPECIAL: [bool; 256] = {
        let (mut special, mut byte) = ([false; 256], 0);
        while byte < 256 {
            special[byte] = is_special(byte as u8);
            byte += 1;
        }
        special
    };
    // Most texts have none: sixteen bytes are looked at in one go.
    let (blocks, rest) = text.as_chunks::<16>();
    let has_special = |block: &[u8; 16]| block.iter().fold(false, |found, &byte| found | is_special(byte));
    let start = blocks.iter().position(has_special).map_or(text.len() - rest.len(), |block| block * 16);
    let place = text[start..].iter().position(|&byte| SPECIAL[usize::from(byte)])?;
    Some(start + place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_is_escaped_wherever_it_stands() {
        for (special, escaped) in [
            ('&', "&amp;"),
            ('<', "&lt;"),
            ('>', "&gt;"),
            ('"', "&quot;"),
            ('\'', "&#39;"),
            ('é', "é"),
            ('\u{2019}', "\u{2019}"),
        ] {
            for (before, after) in (0..40).flat_map(|before| [0, 1, 15, 16, 17].map(|after| (before, after))) {
                let (before, after) = ("x".repeat(before), "y".repeat(after));
                let mut out = String::new();
                escape(&mut out, &format!("{before}{special}{after}{special}"));
                assert_eq!(out, format!("{before}{escaped}{after}{escaped}"));
            }
        }
    }
}
