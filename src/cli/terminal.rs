//! Text for a terminal: wrapped to its width, headings in bold where colour is wanted.

use clap::Command;

/// The longest line that is easy to read.
const WIDEST: usize = 80;

/// The narrowest that text is set.
const NARROWEST: usize = 24;

/// How text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    width: usize,
    color: bool,
}

impl Terminal {
    /// Returns how results are set: as wide as the terminal where they go to one, in `color` where that is wanted.
    pub(super) fn new(is_terminal: bool, color: bool) -> Self {
        let width = if is_terminal { width() } else { WIDEST };
        Self { width: width.clamp(NARROWEST, WIDEST), color }
    }

    /// Returns how many letters a line has.
    pub(super) const fn width(self) -> usize {
        self.width
    }

    /// Returns a heading.
    pub(super) fn heading(self, text: &str) -> String {
        self.styled("1;4", text)
    }

    /// Returns what stands out in a line.
    pub(super) fn strong(self, text: &str) -> String {
        self.styled("1", text)
    }

    /// Returns what stands back.
    pub(super) fn quiet(self, text: &str) -> String {
        self.styled("2", text)
    }

    fn styled(self, style: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Returns the text in lines that fit, each indented; code in backticks isn't broken.
    pub(super) fn wrapped(self, text: &str, indent: usize) -> String {
        let indent = indent.min(self.width / 2);
        let mut out = String::new();
        let mut length = 0;
        for word in words(text) {
            let letters = word.chars().count();
            if length > 0 && indent + length + 1 + letters > self.width {
                out.push('\n');
                length = 0;
            }
            if length == 0 {
                out.extend(std::iter::repeat_n(' ', indent));
            } else {
                out.push(' ');
                length += 1;
            }
            out.push_str(word);
            length += letters;
        }
        out
    }
}

/// Returns the words of a text; what stands in backticks is one.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut in_code = false;
    for (place, character) in text.char_indices() {
        match character {
            '`' => in_code = !in_code,
            ' ' if !in_code => {
                words.push(&text[start..place]);
                start = place + 1;
            }
            _ => {}
        }
    }
    words.push(&text[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// Returns the terminal's width, as the help is wrapped to it: a text of short words fills its lines.
fn width() -> usize {
    let mut command = Command::new("okrbook").help_template("{about}").about("x ".repeat(WIDEST));
    let help = command.render_help().to_string();
    help.lines().map(|line| line.trim_end().len() + 1).max().unwrap_or(WIDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_at_words_and_never_inside_code() {
        let terminal = |width| Terminal { width, color: false };
        let text = "one two three `a b c d` end";
        assert_eq!(terminal(80).wrapped(text, 2), "  one two three `a b c d` end");
        assert_eq!(terminal(16).wrapped(text, 2), "  one two three\n  `a b c d` end");
        assert_eq!(
            terminal(24).wrapped("a-word-of-more-than-twenty-letters x", 4),
            "    a-word-of-more-than-twenty-letters\n    x"
        );
        assert_eq!(terminal(80).wrapped("", 2), "");
        assert_eq!(terminal(80).wrapped("an `open end", 0), "an `open end");
    }

    #[test]
    fn nothing_is_styled_without_colour() {
        let plain = Terminal { width: 80, color: false };
        assert_eq!([plain.heading("a"), plain.strong("b"), plain.quiet("c")].concat(), "abc");
        assert!(Terminal { width: 80, color: true }.heading("a").starts_with('\u{1b}'));
    }
}
