//! What a picture claims to be, read before anything decodes it, and whether setting it has a bound.
//!
//! In: a file's bytes. Out: its format with the size that its header claims, or what is wrong with it, in words that
//! follow its name. Nothing is decompressed here, so that a small file which claims to be a large picture costs nothing.

mod fault;
mod format;
mod numbers;
mod raster;
mod svg;
mod xml;

pub use fault::Fault;
pub use format::{Claim, Format};

use fault::{REPLACE, SMALLER, fault};

/// The most bytes of a picture's file.
pub const BYTES: u64 = 16 << 20;

/// The most pixels along a side.
pub const SIDE: u32 = 10_000;

/// The most pixels altogether.
pub const PIXELS: u64 = 16_000_000;

/// Says whether a file is too large for a picture.
///
/// # Errors
///
/// Where it is.
pub fn size(bytes: u64) -> Result<(), Fault> {
    if bytes <= BYTES {
        return Ok(());
    }
    Err(fault(format!("has {} MiB, more than the {} that pictures may have", bytes >> 20, BYTES >> 20), SMALLER))
}

/// Returns what a picture claims.
///
/// # Errors
///
/// Where the file is no picture, is broken where its size should stand, or claims what nobody can afford to show.
pub fn claim(bytes: &[u8]) -> Result<Claim, Fault> {
    if bytes.is_empty() {
        return Err(fault("is empty", REPLACE));
    }
    size(bytes.len() as u64)?;
    let Some(format) = Format::of_bytes(bytes) else { return Err(unknown(bytes)) };
    let pixels = match format {
        Format::Svg => {
            svg::check(bytes, claim)?;
            None
        }
        Format::Png => Some(raster::png(bytes)?),
        Format::Jpeg => Some(raster::jpeg(bytes)?),
        Format::Gif => Some(raster::gif(bytes)?),
        Format::Webp => Some(raster::webp(bytes)?),
    };
    if let Some((width, height)) = pixels {
        affordable(width, height)?;
    }
    Ok(Claim { format, pixels })
}

/// Returns what a picture claims whose name claims something too.
///
/// # Errors
///
/// As [`claim`], and where the two differ: browsers go by the name.
pub fn claim_of_file(path: &str, bytes: &[u8]) -> Result<Claim, Fault> {
    let named = Format::of_name(path);
    let found = Format::of_bytes(bytes);
    if let (Some(named), Some(found)) = (named, found)
        && named != found
    {
        let message = format!("is named like {} and holds {}", article(named), article(found));
        return Err(fault(message, "give it the ending of what it holds"));
    }
    claim(bytes)
}

const fn article(format: Format) -> &'static str {
    match format {
        Format::Png => "a PNG",
        Format::Jpeg => "a JPEG",
        Format::Gif => "a GIF",
        Format::Webp => "a WebP",
        Format::Svg => "an SVG",
    }
}

fn unknown(bytes: &[u8]) -> Fault {
    if bytes.starts_with(&[0x1F, 0x8B]) {
        fault("is compressed (SVGZ)", "unpack it: `gunzip --suffix .svgz`")
    } else if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        fault("is UTF-16, not UTF-8", "save it as UTF-8")
    } else {
        fault("is no picture that is known here", REPLACE)
    }
}

fn affordable(width: u32, height: u32) -> Result<(), Fault> {
    if width == 0 || height == 0 {
        return Err(fault(format!("claims to be {width} × {height} pixels"), REPLACE));
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > SIDE || height > SIDE || pixels > PIXELS {
        let most = PIXELS / 1_000_000;
        let message = format!(
            "claims to be {width} × {height} pixels, more than {SIDE} along a side or {most} million altogether"
        );
        return Err(fault(message, SMALLER));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
