//! Characters that nobody sees: what each of them does to a text.
//!
//! In: a character. Out: its kind, where it shows nothing itself. Which kinds are refused, replaced or told of is said
//! where that happens, since it is not the same for a terminal, a path, a chart and a sentence. What is printed goes
//! through [`inert`].

pub mod inert;

/// What a character does that shows nothing itself. Control characters are none of these: see [`char::is_control`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// Shows the text behind it in another order.
    Turn,
    /// Says in which direction its neighbours are read; texts in two directions need it.
    Mark,
    /// Joins or parts its neighbours; Persian words and emoji need it.
    Joiner,
    /// Takes no room and shows nothing, anywhere.
    Nothing,
    /// Ends a line or paragraph.
    Separator,
    /// Steered digits and shapes once, and is not to be used any more.
    Retired,
    /// May become a hyphen where a line ends.
    SoftHyphen,
    /// Chooses how its neighbour looks: as text or as a picture.
    Variant,
    /// A letter that only machines read; flags of regions are written with them.
    Tag,
}

/// Returns what a character does that shows nothing itself; nothing for all that are seen.
#[must_use]
pub const fn unseen(c: char) -> Option<Unseen> {
    Some(match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Unseen::Turn,
        '\u{200e}' | '\u{200f}' | '\u{61c}' => Unseen::Mark,
        '\u{200c}' | '\u{200d}' => Unseen::Joiner,
        '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' => Unseen::Nothing,
        '\u{2028}' | '\u{2029}' => Unseen::Separator,
        '\u{206a}'..='\u{206f}' => Unseen::Retired,
        '\u{ad}' => Unseen::SoftHyphen,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => Unseen::Variant,
        '\u{e0000}'..='\u{e007f}' => Unseen::Tag,
        _ => return None,
    })
}

/// Returns how many bytes of a text's start are the flag of a region, as emoji write it: a black flag, the region's code in
/// tags (`gbsct`), and the tag that ends it. Longer codes than regions have are no flag but a text that nobody sees.
#[must_use]
pub fn region_flag(text: &str) -> Option<usize> {
    let code = text.strip_prefix('\u{1f3f4}')?;
    let is_code = |c: &char| matches!(c, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}');
    let letters = code.chars().take_while(is_code).count();
    let rest = code.chars().nth(letters);
    // All of these characters take four bytes.
    ((3..=6).contains(&letters) && rest == Some('\u{e007f}')).then_some(4 * (letters + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a text in which ASCII stands as tags.
    fn tags(text: &str) -> String {
        text.chars().filter_map(|c| char::from_u32(0xe0000 + u32::from(c))).collect()
    }

    #[test]
    fn flags_of_regions_are_told_from_hidden_texts() {
        let flag = |code: &str| format!("\u{1f3f4}{}", tags(code));
        let scotland = flag("gbsct\u{7f}");
        assert_eq!(region_flag(&scotland), Some(scotland.len()));
        assert_eq!(region_flag(&format!("{scotland}, {scotland}")), Some(scotland.len()));
        for (text, why) in [
            (flag("gbsct"), "nothing ends it"),
            (flag("\u{7f}"), "no region"),
            (flag("gb\u{7f}"), "a country has a flag of its own"),
            (flag("gbsctxx\u{7f}"), "no region has so long a code"),
            (flag("GBSCT\u{7f}"), "codes have small letters"),
            (flag("gb sc\u{7f}"), "codes have no spaces"),
            (tags("gbsct\u{7f}"), "tags without a flag"),
            (format!("\u{1f3f3}{}", tags("gbsct\u{7f}")), "a white flag"),
            ("\u{1f3f4}".to_owned(), "a black flag is one by itself"),
        ] {
            assert_eq!(region_flag(&text), None, "{why}");
        }
    }

    #[test]
    fn what_is_seen_is_of_no_kind() {
        for c in [
            'a',
            ' ',
            '\u{a0}',
            '\n',
            '\u{2027}',
            '\u{202f}',
            '\u{2070}',
            '\u{fdff}',
            '\u{fe10}',
            '\u{1f3f4}',
            '\u{e01f0}',
        ] {
            assert_eq!(unseen(c), None, "{:x}", u32::from(c));
        }
    }
}
