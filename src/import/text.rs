//! Bytes to text.
//!
//! In: a file's name and bytes. Out: its text, or what is wrong with it.

use super::input::Input;
use crate::diag::{Diagnostic, Place};

/// Returns a file's text, without a byte-order mark.
///
/// # Errors
///
/// Where it is no text that can be told for sure.
pub fn decode(input: &Input<'_>) -> Result<String, Box<Diagnostic>> {
    let bytes = input.bytes;
    let wide = |bytes: &[u8], order: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        bytes => std::str::from_utf8(bytes).ok().map(str::to_owned),
    };
    text.filter(|text| !text.contains('\0')).ok_or_else(|| {
        let message = format!("{} is neither UTF-8 nor UTF-16", input.name);
        let help = "save it as UTF-8, or run `iconv -f WINDOWS-1252 -t UTF-8`";
        Box::new(Diagnostic::error("encoding", Place::file(input.name), message).help(help))
    })
}
