//! What a book brings along for its packets, held against what a packet can afford.
//!
//! In: paths and bytes of assets. Out: the name under which the template reads the logo, and the fonts; or the file that
//! won't do, what is wrong with it, and what to do.

use super::extras::Extras;
use super::fonts::{ALL_BYTES, BYTES, FACES, faces};
use crate::error::{Error, Result};
use crate::picture;

/// Says whether a file is a font that packets use.
pub(super) fn is_font(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    path.ends_with(".ttf") || path.ends_with(".otf")
}

/// Returns the name under which the template reads a logo.
pub(super) fn logo(path: &str, bytes: &[u8]) -> Result<String> {
    let claim = picture::claim_of_file(path, bytes).map_err(|fault| told(path, &fault))?;
    Ok(format!("/logo.{}", claim.format.ending()))
}

/// Says where a logo's file is too large to be read.
#[cfg(feature = "pdf")]
pub(super) fn logo_fits(path: &str, bytes: u64) -> Result<()> {
    picture::size(bytes).map_err(|fault| told(path, &fault))
}

fn told(path: &str, fault: &picture::Fault) -> Error {
    let place = fault.place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
    Error::usage_with_help(format!("{path}{place}: the logo {}", fault.message), fault.help)
}

/// Returns the fonts that a book brings along.
pub(super) fn fonts<'a>(extras: &Extras<'a>) -> Result<Vec<(&'a str, &'a [u8])>> {
    let found: Vec<(&str, &[u8])> =
        extras.assets.iter().filter(|(path, _)| is_font(path)).map(|(path, bytes)| (*path, &**bytes)).collect();
    let mut all = Sizes::default();
    let mut held = 0;
    for (path, bytes) in &found {
        all.add(path, bytes.len() as u64)?;
        let count = faces(bytes).map_err(|wrong| refused(path, &wrong))?;
        held += count;
        if held > FACES {
            return Err(refused(path, &format!("is one too many: the book's fonts are more than {FACES}")));
        }
    }
    Ok(found)
}

/// Returns the font that a book wants its texts set in, as the engine reads it: the file itself, or one of another form
/// beside it.
pub(super) fn of_brand<'a>(wanted: &str, extras: &Extras<'a>) -> Option<&'a [u8]> {
    let stem = |path: &str| path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned();
    let fits = |path: &str| is_font(path) && (path == wanted || stem(path) == stem(wanted));
    extras.assets.iter().find(|(path, _)| fits(path)).map(|(_, bytes)| &**bytes)
}

/// Adds up how large fonts are.
#[derive(Default)]
pub(super) struct Sizes(u64);

impl Sizes {
    /// Adds a file, and says where it is too large, by itself or with the others.
    pub(super) fn add(&mut self, path: &str, bytes: u64) -> Result<()> {
        if bytes > BYTES {
            return Err(refused(path, &format!("has {} MiB, more than {}", bytes >> 20, BYTES >> 20)));
        }
        self.0 = self.0.saturating_add(bytes);
        if self.0 > ALL_BYTES {
            let message = format!("is one too many: the book's fonts have more than {} MiB", ALL_BYTES >> 20);
            return Err(refused(path, &message));
        }
        Ok(())
    }
}

/// Returns what is wrong with a font.
pub(super) fn refused(path: &str, wrong: &str) -> Error {
    Error::usage_with_help(
        format!("{path}: the font {wrong}"),
        "bring a .ttf or .otf file with the characters that the packet needs, or take it out of assets/",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(error: Result<impl std::fmt::Debug>) -> String {
        let error = error.expect_err("refused");
        assert_eq!(error.exit_code(), 2);
        assert!(error.help().is_some());
        error.to_string()
    }

    #[test]
    fn a_logo_is_read_by_what_it_holds_and_refused_by_name() {
        assert_eq!(logo("assets/logo.SVG", b"<svg/>").expect("a logo"), "/logo.svg");
        assert_eq!(
            said(logo("assets/logo.svg", b"<svg>\n<g></svg>")),
            "assets/logo.svg:2:4: the logo is no SVG: `</svg>` closes `<g>`"
        );
        assert_eq!(said(logo("assets/logo.png", b"")), "assets/logo.png: the logo is empty");
        assert_eq!(
            said(logo("assets/logo.svg", b"\x89PNG\r\n\x1a\n")),
            "assets/logo.svg: the logo is named like an SVG and holds a PNG"
        );
        assert_eq!(said(logo("assets/logo.svgz", b"\x1f\x8b")), "assets/logo.svgz: the logo is compressed (SVGZ)");
    }

    #[test]
    fn the_font_of_a_brand_is_found_in_the_form_that_the_engine_reads() {
        let assets = [("assets/a.css", vec![0]), ("assets/a.ttf", vec![1]), ("assets/a.woff2", vec![2])];
        let extras = Extras { assets: &assets, ..Extras::default() };
        assert_eq!(of_brand("assets/a.woff2", &extras), Some(&[1][..]));
        assert_eq!(of_brand("assets/a.ttf", &extras), Some(&[1][..]));
        assert_eq!(of_brand("assets/b.woff2", &extras), None);
    }

    #[test]
    fn a_font_that_will_not_do_is_refused_by_name() {
        let inter = include_bytes!("../../fonts/Inter-Regular.ttf").to_vec();
        let fonts =
            |assets: &[(&str, Vec<u8>)]| fonts(&Extras { assets, ..Extras::default() }).map(|fonts| fonts.len());
        let usual = [("assets/a.TTF", inter.clone()), ("assets/b.css", Vec::new()), ("assets/c.otf", inter.clone())];
        assert_eq!(fonts(&usual).expect("fonts"), 2);
        assert_eq!(said(fonts(&[("assets/a.ttf", b"no".to_vec())])), "assets/a.ttf: the font is no font");
        let many: Vec<(&str, Vec<u8>)> = vec![("assets/a.ttf", inter); 65];
        assert!(said(fonts(&many)).contains("more than 64"));
        assert!(said(Sizes::default().add("assets/a.ttf", 33 << 20)).contains("has 33 MiB, more than 32"));
        let mut sizes = Sizes::default();
        assert!(sizes.add("assets/a.ttf", 32 << 20).is_ok() && sizes.add("assets/b.ttf", 32 << 20).is_ok());
        assert!(said(sizes.add("assets/c.ttf", 1)).starts_with("assets/c.ttf: the font is one too many"));
    }
}
