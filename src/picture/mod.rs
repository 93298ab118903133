//! What a picture claims to be, read before anything decodes it, and whether setting it has a bound.
//!
//! In: a file's bytes. Out: its format with the size that its header claims, or what is wrong with it, in words that
//! follow its name. Nothing is decompressed here, so that a small file which claims to be a large picture costs nothing.

mod raster;
mod svg;
mod xml;

/// The formats that pages and packets can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Portable Network Graphics.
    Png,
    /// Joint Photographic Experts Group.
    Jpeg,
    /// Graphics Interchange Format.
    Gif,
    /// WebP.
    Webp,
    /// Scalable Vector Graphics.
    Svg,
}

impl Format {
    /// Returns the usual ending of its files' names.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Svg => "svg",
        }
    }

    /// Returns the name that people know it by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Svg => "SVG",
        }
    }

    /// Returns the format that a file's name claims.
    #[must_use]
    pub fn of_name(path: &str) -> Option<Self> {
        let (_, ending) = path.rsplit_once('.')?;
        Some(match &*ending.to_ascii_lowercase() {
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "gif" => Self::Gif,
            "webp" => Self::Webp,
            "svg" => Self::Svg,
            _ => return None,
        })
    }

    /// Returns the format that a file's first bytes claim.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(raster::PNG) {
            Some(Self::Png)
        } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
            Some(Self::Gif)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::Webp)
        } else {
            let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
            text.trim_ascii_start().starts_with(b"<").then_some(Self::Svg)
        }
    }
}

/// What a picture claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The format, told by its content.
    pub format: Format,
    /// Its size in pixels; nothing for drawings, which have no pixels.
    pub pixels: Option<(u32, u32)>,
}

/// What is wrong with a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line and column, in texts.
    pub place: Option<(usize, usize)>,
    /// What is wrong, as what the file is or has: `is empty`.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// The most bytes of a picture's file.
pub const BYTES: u64 = 16 << 20;

/// The most pixels along a side.
pub const SIDE: u32 = 10_000;

/// The most pixels altogether.
pub const PIXELS: u64 = 16_000_000;

const SMALLER: &str = "save it smaller: a logo on paper is 16 mm high and needs a few hundred pixels";
const REPLACE: &str = "save it as SVG, PNG, JPEG, GIF or WebP";

fn fault(message: impl Into<String>, help: &'static str) -> Fault {
    Fault { place: None, message: message.into(), help }
}

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
            svg::check(bytes)?;
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
