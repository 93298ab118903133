//! Sizes of pictures made of pixels, read from their headers.

use super::fault::{Fault, REPLACE, SMALLER, fault};

/// How a PNG begins.
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The most bytes of a colour profile that is compressed, which may hold a thousand times as many.
const PROFILE: u32 = 64 << 10;

/// The most passes over a JPEG; each goes over all its pixels. Ten are usual.
const PASSES: usize = 64;

type Size = Result<(u32, u32), Fault>;

fn cut_off(format: &str) -> Fault {
    fault(format!("is a {format} that ends before its size is said"), REPLACE)
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

pub(super) fn png(bytes: &[u8]) -> Size {
    let head = bytes.get(12..16);
    let sides = (number(bytes, 16).map(u32::from_be_bytes), number(bytes, 20).map(u32::from_be_bytes));
    let (Some(b"IHDR"), (Some(width), Some(height))) = (head, sides) else { return Err(cut_off("PNG")) };
    let mut at = PNG.len();
    while let (Some(length), Some(kind)) = (number(bytes, at).map(u32::from_be_bytes), bytes.get(at + 4..at + 8)) {
        if kind == b"iCCP" && length > PROFILE {
            let message =
                format!("has a compressed colour profile of {} kB, more than {}", length >> 10, PROFILE >> 10);
            return Err(fault(message, "save it without its colour profile"));
        }
        // Length, kind and checksum take twelve bytes.
        at = at.saturating_add(length as usize).saturating_add(12);
    }
    Ok((width, height))
}

pub(super) fn jpeg(bytes: &[u8]) -> Size {
    let mut size = None;
    let mut passes = 0;
    let mut at = 2;
    while let Some(&marker) = bytes.get(at + 1) {
        if bytes[at] != 0xFF || matches!(marker, 0x00 | 0x01 | 0xD0..=0xD8 | 0xFF) {
            // Pixels, what fills, and marks without a segment.
            at += 1;
            continue;
        }
        if marker == 0xD9 {
            break;
        }
        let Some(length) = number(bytes, at + 2).map(u16::from_be_bytes) else { break };
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let height = number(bytes, at + 5).map(u16::from_be_bytes);
            let width = number(bytes, at + 7).map(u16::from_be_bytes);
            let (Some(width), Some(height)) = (width, height) else { break };
            // Where a second size is claimed, decoders differ about which one counts.
            let (most_wide, most_high) = size.unwrap_or_default();
            size = Some((u32::from(width).max(most_wide), u32::from(height).max(most_high)));
        }
        passes += usize::from(marker == 0xDA);
        at = at.saturating_add(2 + usize::from(length));
    }
    if passes > PASSES {
        let message = format!("is a JPEG of {passes} passes over its pixels, more than {PASSES}");
        return Err(fault(message, "save it anew, not as a progressive JPEG"));
    }
    size.ok_or_else(|| cut_off("JPEG"))
}

pub(super) fn gif(bytes: &[u8]) -> Size {
    let side = |at: usize| number(bytes, at).map(|side| u32::from(u16::from_le_bytes(side)));
    let (Some(width), Some(height), Some(&flags)) = (side(6), side(8), bytes.get(10)) else {
        return Err(cut_off("GIF"));
    };
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + colours(flags);
    while bytes.get(at) == Some(&0x21) {
        at += 2;
        while let Some(&length) = bytes.get(at).filter(|length| **length > 0) {
            at += 1 + usize::from(length);
        }
        at += 1;
    }
    if bytes.get(at) != Some(&0x2C) {
        return Err(cut_off("GIF"));
    }
    let (Some(wide), Some(high)) = (side(at + 5), side(at + 7)) else { return Err(cut_off("GIF")) };
    if wide > width || high > height {
        return Err(fault(format!("has a frame of {wide} × {high} pixels on {width} × {height}"), SMALLER));
    }
    Ok((width, height))
}

pub(super) fn webp(bytes: &[u8]) -> Size {
    let mut size: Option<(u32, u32)> = None;
    let mut at = 12;
    while let (Some(kind), Some(length)) = (bytes.get(at..at + 4), number(bytes, at + 4).map(u32::from_le_bytes)) {
        // A file may hold a picture that is larger than its canvas.
        if let Some((width, height)) = chunk_size(kind, bytes.get(at + 8..).unwrap_or_default()) {
            let (most_wide, most_high) = size.unwrap_or_default();
            size = Some((width.max(most_wide), height.max(most_high)));
        }
        let padded = (length as usize).saturating_add(length as usize % 2);
        at = at.saturating_add(8).saturating_add(padded);
    }
    size.ok_or_else(|| cut_off("WebP"))
}

/// Returns the size that a part of a WebP claims; nothing for parts that claim none.
fn chunk_size(kind: &[u8], body: &[u8]) -> Option<(u32, u32)> {
    let short = |at: usize| number(body, at).map(|side| u32::from(u16::from_le_bytes(side) & 0x3FFF));
    let long = |at: usize| {
        let [low, middle, high] = number(body, at)?;
        Some(u32::from_le_bytes([low, middle, high, 0]) + 1)
    };
    match kind {
        b"VP8 " => short(6).zip(short(8)),
        b"VP8L" => number(body, 1).map(u32::from_le_bytes).map(|bits| ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)),
        b"VP8X" => long(4).zip(long(7)),
        b"ANMF" => long(6).zip(long(9)),
        _ => None,
    }
}
