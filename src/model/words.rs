//! Closed vocabularies: each word of a file that stands for one of a few things is spelled once.

/// Gives a type without data its words: `NAMES`, `WORDS`, `name()` and `named()`. Behind a word may stand others that are
/// read as it is: `Warning => "warning" | "warn"`.
macro_rules! words {
    ($Type:ident { $($Variant:ident => $word:literal $(| $other:literal)*),+ $(,)? }) => {
        impl $Type {
            /// The words, in the order in which they are told.
            pub const NAMES: &'static [&'static str] = &[$($word $(, $other)*),+];

            /// The words, each with what it stands for.
            pub const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$Variant) $(, ($other, Self::$Variant))*),+];

            /// All of them, in the same order; `value as usize` is a value's place.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// Returns the word in files and machine forms.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$Variant => $word),+
                }
            }

            /// Returns what a word stands for; nothing where it is none of these.
            #[must_use]
            pub fn named(word: &str) -> Option<Self> {
                Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
            }
        }
    };
}

pub(crate) use words;
