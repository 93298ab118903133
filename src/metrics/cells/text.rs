//! Bytes of a cell as text.
//!
//! In: bytes in an encoding that keeps ASCII. Out: text, whatever they are.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// Returns bytes as text; what isn't UTF-8 is read as windows-1252.
pub(in crate::metrics) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| WINDOWS_1252.decode_without_bom_handling(bytes).0, Cow::Borrowed)
}
