//! Which fonts a packet can afford, told by their headers.
//!
//! In: a font's file. Out: how many fonts it holds, or what is wrong with it, in words that follow its name. An engine
//! believes a font: it makes as many of it as the header claims, and notes each character that its tables claim.

/// The most bytes of a font's file. Fonts with all of Chinese take half of it.
pub(super) const BYTES: u64 = 32 << 20;

/// The most bytes of all fonts of a book.
pub(super) const ALL_BYTES: u64 = 64 << 20;

/// The most fonts of a book, each of a collection counted.
pub(super) const FACES: u32 = 64;

/// The most characters that a file's tables may claim, each as often as it is claimed. Unicode has room for a million.
const CHARACTERS: u64 = 8_000_000;

/// The most tables that map characters, of one font. Five are many.
const MAPS: u16 = 32;

/// Returns how many fonts a file holds.
pub(super) fn faces(bytes: &[u8]) -> Result<u32, String> {
    if bytes.is_empty() {
        return Err("is empty".to_owned());
    }
    let offsets = match bytes.get(..4) {
        Some(b"ttcf") => {
            let count = long(bytes, 8).ok_or("is a collection of fonts that ends too early")?;
            if count > FACES {
                return Err(format!("claims to hold {count} fonts, more than {FACES}"));
            }
            let offset = |at: u32| long(bytes, 12 + 4 * at as usize);
            (0..count)
                .map(offset)
                .collect::<Option<Vec<u32>>>()
                .ok_or("is a collection of fonts that ends too early")?
        }
        Some(b"\0\x01\0\0" | b"OTTO" | b"true") => vec![0],
        Some(b"wOFF" | b"wOF2") => return Err("is a font for web pages (WOFF)".to_owned()),
        _ => return Err("is no font".to_owned()),
    };
    let mut characters = 0_u64;
    for offset in &offsets {
        characters = characters.saturating_add(claimed(bytes, *offset as usize)?);
        if characters > CHARACTERS {
            return Err(format!("claims more than {} million characters", CHARACTERS / 1_000_000));
        }
    }
    Ok(offsets.len() as u32)
}

/// Returns how many characters the font at an offset claims.
fn claimed(bytes: &[u8], offset: usize) -> Result<u64, String> {
    let Some(map) = table(bytes, offset, b"cmap") else { return Err("has no table of its characters".to_owned()) };
    let count = short(bytes, map + 2).unwrap_or_default();
    if count > MAPS {
        return Err(format!("has {count} tables of its characters, more than {MAPS}"));
    }
    let offset = |at: u16| long(bytes, map + 4 + 8 * usize::from(at) + 4);
    let places = (0..count).filter_map(offset).filter_map(|offset| map.checked_add(offset as usize));
    Ok(places.fold(0, |sum, place| sum.saturating_add(characters(bytes, place))))
}

/// Returns where a table of a font begins.
fn table(bytes: &[u8], offset: usize, name: &[u8]) -> Option<usize> {
    let count = short(bytes, offset.checked_add(4)?)?;
    let records = (0..usize::from(count)).map_while(|at| bytes.get(offset + 12 + 16 * at..offset + 28 + 16 * at));
    let found = records.into_iter().find(|record| record.starts_with(name))?;
    long(found, 8).map(|at| at as usize)
}

/// Returns how many characters a table claims, overlaps counted.
fn characters(bytes: &[u8], at: usize) -> u64 {
    match short(bytes, at) {
        Some(4) => {
            let twice = usize::from(short(bytes, at + 6).unwrap_or_default());
            let (ends, starts) = (at + 14, at + 16 + twice);
            let segment = |place: usize| {
                let (start, end) = (short(bytes, starts + 2 * place)?, short(bytes, ends + 2 * place)?);
                Some(u64::from(end.saturating_sub(start)) + 1)
            };
            (0..twice / 2).map_while(segment).sum()
        }
        Some(2) => 2_000_000,
        Some(8 | 12 | 13) => {
            // The eighth format has an array of bits before its groups; the engine doesn't read it.
            let groups = long(bytes, at + 12).unwrap_or_default() as usize;
            let group = |place: usize| {
                let start = long(bytes, at.checked_add(16)?.checked_add(place.checked_mul(12)?)?)?;
                let end = long(bytes, at + 16 + place * 12 + 4)?;
                Some(u64::from(end.saturating_sub(start)) + 1)
            };
            (0..groups).map_while(group).fold(0, u64::saturating_add)
        }
        Some(10) => u64::from(long(bytes, at + 16).unwrap_or_default()),
        Some(6) => u64::from(short(bytes, at + 8).unwrap_or_default()),
        _ => 256,
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTER: &[u8] = include_bytes!("../../fonts/Inter-Regular.ttf");

    /// Returns a font of one table, which maps characters.
    fn font(map: &[u8]) -> Vec<u8> {
        let mut out = vec![0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        out.extend(b"cmap\0\0\0\0");
        out.extend(28_u32.to_be_bytes());
        out.extend((map.len() as u32).to_be_bytes());
        out.extend(map);
        out
    }

    /// Returns a table of ranges, mentioned a number of times.
    fn ranges(format: u16, ranges: &[(u32, u32)], times: u16) -> Vec<u8> {
        let mut out = vec![0, 0];
        out.extend(times.to_be_bytes());
        for _ in 0..times {
            out.extend([0, 3, 0, 10]);
            out.extend((4 + 8 * u32::from(times)).to_be_bytes());
        }
        out.extend(format.to_be_bytes());
        out.extend([0; 10]);
        out.extend((ranges.len() as u32).to_be_bytes());
        for (start, end) in ranges {
            out.extend(start.to_be_bytes());
            out.extend(end.to_be_bytes());
            out.extend([0; 4]);
        }
        out
    }

    fn collection(count: u32) -> Vec<u8> {
        let mut out = b"ttcf\0\x01\0\0".to_vec();
        out.extend(count.to_be_bytes());
        out.extend(12_u32.to_be_bytes().repeat(count.min(100) as usize));
        out
    }

    #[test]
    fn usual_fonts_are_afforded() {
        assert_eq!(faces(INTER), Ok(1));
        assert_eq!(faces(&font(&ranges(12, &[(0, 0xFFFF), (0x10000, 0x1FFFF)], 2))), Ok(1));
    }

    #[test]
    fn headers_that_claim_too_much_are_refused() {
        for (bytes, wrong) in [
            (collection(65_535), "claims to hold 65535 fonts, more than 64"),
            (collection(u32::MAX), "claims to hold 4294967295 fonts, more than 64"),
            (font(&ranges(12, &[(0, u32::MAX)], 1)), "claims more than 8 million characters"),
            (font(&ranges(13, &[(0, 0x10FFFF); 9], 1)), "claims more than 8 million characters"),
            (font(&ranges(12, &[(0, 0x10FFFF)], 9)), "claims more than 8 million characters"),
            (font(&ranges(12, &[], 33)), "has 33 tables of its characters, more than 32"),
        ] {
            assert_eq!(faces(&bytes), Err(wrong.to_owned()));
        }
    }

    #[test]
    fn what_is_no_font_is_told_as_what_it_is() {
        for (bytes, wrong) in [
            (&b""[..], "is empty"),
            (b"<svg/>", "is no font"),
            (b"wOF2", "is a font for web pages (WOFF)"),
            (b"ttcf", "is a collection of fonts that ends too early"),
            (b"\0\x01\0\0\0\0", "has no table of its characters"),
        ] {
            assert_eq!(faces(bytes), Err(wrong.to_owned()));
        }
        assert!(faces(&collection(64)).is_err(), "its fonts are missing");
    }

    #[test]
    fn no_cut_of_a_font_panics() {
        let small = font(&ranges(12, &[(0, 9)], 2));
        let four =
            [&font(&[0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12])[..], &[0, 4, 0, 9, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0]].concat();
        for bytes in [small, four, collection(3), INTER[..2_000].to_vec()] {
            for end in 0..bytes.len() {
                let _ = faces(&bytes[..end]);
                let mut flipped = bytes.clone();
                flipped[end] ^= 0xFF;
                let _ = faces(&flipped);
            }
        }
    }
}
