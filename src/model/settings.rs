//! What a book's settings choose among.

use super::words::words;

/// The paper of packets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 mm × 297 mm.
    #[default]
    A4,
    /// 8.5 in × 11 in.
    Letter,
}

words!(Paper { A4 => "a4", Letter => "letter" });

/// How much a check's findings matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckLevel {
    /// They fail a strict build.
    Error,
    /// They are said.
    Warning,
    /// They are not looked for.
    Off,
}

words!(CheckLevel { Error => "error", Warning => "warning" | "warn", Off => "off" });
