//! What stops a run: the disk, the arguments, a book that cannot be read at all.
//!
//! Mistakes in a book are diagnostics (see `diag`), not errors.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A reason why okrbook could not do what it was asked.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The arguments or the place are wrong (exit code 2).
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// A file or folder could not be read or written (exit code 3).
    Io {
        /// What was being done, as in "could not write".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A template can't be made into what it is for (exit code 4).
    Template {
        /// Names the kind of mistake for ever.
        code: &'static str,
        /// What is wrong.
        message: String,
        /// Where: the place and the template's text around it, line by line.
        place: Vec<String>,
        /// What to do, where that isn't in the message.
        help: Option<String>,
    },
    /// Something that must hold doesn't, such as a sealed hash (exit code 4).
    Integrity {
        /// What doesn't hold.
        message: String,
    },
}

/// The result of something that may not be possible.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Returns an error about the arguments or the place, without help.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: None }
    }

    /// Returns an error about the arguments or the place that says what to do.
    pub fn usage_with_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: Some(help.into()) }
    }

    /// Returns an error about a template that can't be made into what it is for.
    pub fn template(message: impl Into<String>, place: Vec<String>) -> Self {
        Self::Template { code: "broken-template", message: message.into(), place, help: None }
    }

    /// Returns a function for `map_err` that names the path and what was being done with it.
    pub fn io<'a>(doing: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> Self + 'a {
        move |source| Self::Io { doing, path: path.to_path_buf(), source }
    }

    /// Returns the exit code that stands for this error: 2 usage, 3 input and output, 4 integrity.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Usage { .. } => 2,
            Self::Io { .. } => 3,
            Self::Template { .. } | Self::Integrity { .. } => 4,
        }
    }

    /// Returns what to do, where that is known.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::Usage { help, .. } | Self::Template { help, .. } => help.as_deref(),
            Self::Io { .. } | Self::Integrity { .. } => None,
        }
    }

    /// Returns what is wrong, as one message.
    #[must_use]
    pub fn message(&self) -> Cow<'_, str> {
        match self {
            Self::Usage { message, .. } | Self::Template { message, .. } | Self::Integrity { message } => {
                message.into()
            }
            Self::Io { doing, path, source } => format!("could not {doing} {}: {source}", path.display()).into(),
        }
    }

    /// Returns the text around what is wrong, line by line; none where there is no such text.
    #[must_use]
    pub fn place(&self) -> &[String] {
        match self {
            Self::Template { place, .. } => place,
            Self::Usage { .. } | Self::Io { .. } | Self::Integrity { .. } => &[],
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        self.place().iter().try_for_each(|line| write!(f, "\n{line}"))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Usage { .. } | Self::Template { .. } | Self::Integrity { .. } => None,
        }
    }
}
