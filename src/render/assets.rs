//! Style sheets, pictures and scripts, named after their content so that no browser keeps an old one.
//!
//! In: the built-in assets and the book's own. Out: files under `assets/`. A book's asset of the same name
//! replaces the built-in one.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::error::Result;
use crate::hash::Digest;
use crate::report::{Identity, brand};

use super::paper;
use super::sheets;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets");

/// The style sheets, in the order in which pages load them.
const STYLES: [&str; 7] = ["site.css", "chart.css", "way.css", "brand.css", "print.css", "paper.css", "custom.css"];

/// The script of all pages, which works without being there.
pub(super) const SCRIPT: &str = "okrbook.js";

/// What a book brings along to look different.
#[derive(Debug, Clone, Copy, Default)]
pub struct Overrides<'a> {
    /// Templates: name (`index.html`) and text.
    pub templates: &'a [(&'a str, &'a str)],
    /// Assets: path (`assets/logo.svg`) and bytes.
    pub assets: &'a [(&'a str, Vec<u8>)],
    /// The pages of sealed quarters, where the book has any.
    pub frozen: Option<&'a dyn FrozenFiles>,
    /// Whether each packet's page has its PDF file beside it.
    pub pdf: bool,
}

/// Pages that were rendered when their quarter was sealed, and never are again.
pub trait FrozenFiles: std::fmt::Debug + Sync {
    /// Says whether a file of the site can be had exactly as it was sealed.
    fn holds(&self, path: &str) -> bool;

    /// Returns the bytes of a file of the site, exactly as they were sealed.
    ///
    /// # Errors
    ///
    /// Where they can't be read, or are others by now.
    fn bytes(&self, path: &str) -> Result<Vec<u8>>;
}

/// All assets of a site.
#[derive(Debug)]
pub(super) struct Assets {
    items: Vec<Asset>,
}

#[derive(Debug)]
struct Asset {
    /// The name before its content's digest is put in: `site.css`.
    name: String,
    /// Path in the site.
    path: String,
    bytes: Vec<u8>,
}

impl Assets {
    pub(super) fn new(identity: &Identity, overrides: &Overrides<'_>) -> Self {
        let mut items: Vec<Asset> = Vec::new();
        let mut add = |name: &str, bytes: &[u8]| {
            if !items.iter().any(|item| item.name == name) {
                items.push(Asset { name: name.to_owned(), path: hashed(name, bytes), bytes: bytes.to_vec() });
            }
        };
        let own = |is_sheet: bool| {
            let bare =
                overrides.assets.iter().map(|(path, bytes)| (path.strip_prefix("assets/").unwrap_or(path), bytes));
            bare.filter(move |(name, _)| name.ends_with(".css") == is_sheet)
        };
        for (name, bytes) in own(false) {
            add(name, bytes);
        }
        // A sheet may name any file of the book, so that all others have their names by now.
        let known: BTreeMap<&str, String> = own(false).map(|(name, bytes)| (name, hashed(name, bytes))).collect();
        let path_of = |name: &str| known.get(name).cloned();
        for (name, bytes) in own(true) {
            match std::str::from_utf8(bytes) {
                Ok(text) => add(name, sheets::published(name, text, &path_of).as_bytes()),
                Err(_) => add(name, bytes),
            }
        }
        let font = identity.font.as_deref().and_then(|font| path_of(font.strip_prefix("assets/").unwrap_or(font)));
        let accent = identity.accent.as_deref().and_then(brand::style_sheet);
        let sheet = accent.into_iter().chain(font.as_deref().map(face)).collect::<String>();
        if !sheet.is_empty() {
            add("brand.css", sheet.as_bytes());
        }
        add("paper.css", paper::style_sheet(identity).as_bytes());
        for file in BUILT_IN.files() {
            let name = file.path().to_str().unwrap_or_default();
            if [".css", ".svg", ".js"].iter().any(|ending| name.ends_with(ending)) {
                add(name, file.contents());
            }
        }
        items.sort_by(|a, b| a.name.cmp(&b.name));
        Self { items }
    }

    /// Returns the paths of all assets in the site by their names.
    pub(super) fn by_name(&self) -> BTreeMap<String, String> {
        self.items.iter().map(|item| (item.name.clone(), item.path.clone())).collect()
    }

    /// Returns the paths of all assets in the site.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(|item| item.path.as_str())
    }

    /// Returns the bytes of the asset at a place among all.
    pub(super) fn bytes(&self, place: usize) -> &[u8] {
        self.items.get(place).map_or(&[], |item| &item.bytes)
    }

    /// Returns the path in the site of an asset by its name, with or without `assets/`.
    pub(super) fn path(&self, name: &str) -> Option<&str> {
        let name = name.strip_prefix("assets/").unwrap_or(name);
        self.items.iter().find(|item| item.name == name).map(|item| item.path.as_str())
    }

    /// Says whether the book brings fonts along.
    pub(super) fn has_fonts(&self) -> bool {
        let ending = |item: &Asset| item.name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        self.items.iter().any(|item| FONTS.contains(&ending(item).as_str()))
    }

    /// Returns the paths of the style sheets, in the order in which pages load them.
    pub(super) fn styles(&self) -> Vec<&str> {
        STYLES.iter().filter_map(|name| self.path(name)).collect()
    }
}

/// How the names of fonts end.
const FONTS: [&str; 4] = ["woff2", "woff", "ttf", "otf"];

/// Returns the rules that set texts and headings in a font, by its path in the site.
fn face(path: &str) -> String {
    let name = path.strip_prefix("assets/").unwrap_or(path);
    format!(
        "@font-face{{font-family:\"Brand\";src:url(\"{name}\");font-weight:100 900;font-display:swap}}\
         :root{{--sans:\"Brand\",sans-serif;--serif:\"Brand\",serif}}\n"
    )
}

/// The longest name of a file that every system takes, in bytes, and the longest ending that says what a file is.
const NAME: usize = 255;
const ENDING: usize = 16;

/// Returns `assets/site.0123456789ab.css` for `site.css`; a name that would be too long with its digest is cut.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let digest = Digest::of(bytes).short();
    let path = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => format!("assets/{stem}.{digest}.{ending}"),
        _ => format!("assets/{name}.{digest}"),
    };
    if path.split('/').all(|part| part.len() <= NAME) {
        return path;
    }
    let (folder, file) = name.rfind('/').map_or(("", name), |slash| name.split_at(slash + 1));
    let (stem, ending) = match file.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= ENDING => (stem, format!(".{digest}.{ending}")),
        _ => (file, format!(".{digest}")),
    };
    let mut length = NAME.saturating_sub(ending.len()).min(stem.len());
    while !stem.is_char_boundary(length) {
        length -= 1;
    }
    format!("assets/{folder}{}{ending}", &stem[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leaves_room_for_its_digest() {
        let ends = |path: &str, ending: &str| path.split('/').all(|part| part.len() <= NAME) && path.ends_with(ending);
        for (name, ending) in [
            ("x".repeat(251) + ".png", ".png"),
            ("a.b/".to_owned() + &"ü".repeat(127), ""),
            ("a/".to_owned() + &"ü".repeat(124) + ".woff2", ".woff2"),
            ("a.".to_owned() + &"x".repeat(253), ""),
            (".".to_owned() + &"x".repeat(254), ""),
        ] {
            let path = hashed(&name, b"x");
            assert!(ends(&path, ending) && path.starts_with("assets/") && path.matches('/').count() <= 2, "{path}");
            assert_ne!(path, hashed(&name, b"y"));
        }
        assert!(
            hashed(&("x".repeat(238) + ".png"), b"").starts_with(&format!("assets/{}.", "x".repeat(238))),
            "it fits"
        );
    }

    #[test]
    fn a_books_font_is_named_with_its_digest_and_own_styles_come_last() {
        let own = [("assets/inter.woff2", b"wOF2".to_vec()), ("assets/custom.css", b"a{b:url(inter.woff2)}".to_vec())];
        let overrides = Overrides { assets: &own, ..Overrides::default() };
        let identity = Identity { font: Some("assets/inter.woff2".to_owned()), ..Identity::default() };
        let assets = Assets::new(&identity, &overrides);
        let font = assets.path("inter.woff2").and_then(|path| path.strip_prefix("assets/")).expect("a font");
        let text = |name: &str| {
            let place = assets.items.iter().position(|item| item.name == name).expect("a sheet");
            String::from_utf8_lossy(assets.bytes(place)).into_owned()
        };
        assert!(text("brand.css").contains(&format!("src:url(\"{font}\")")), "{}", text("brand.css"));
        assert_eq!(text("custom.css"), format!("a{{b:url(\"{font}\")}}"));
        assert!(assets.styles().last().is_some_and(|path| path.starts_with("assets/custom.")));
        assert!(assets.has_fonts() && !Assets::new(&Identity::default(), &Overrides::default()).has_fonts());
    }

    #[test]
    fn names_change_with_the_content_and_a_book_replaces_what_is_built_in() {
        let own = [("assets/site.css", b"body{}".to_vec())];
        let built_in = Assets::new(&Identity::default(), &Overrides::default());
        let replaced = Assets::new(&Identity::default(), &Overrides { assets: &own, ..Overrides::default() });
        let path = |assets: &Assets| assets.path("assets/site.css").expect("a style sheet").to_owned();
        assert!(path(&built_in).starts_with("assets/site.") && path(&built_in).ends_with(".css"));
        assert_ne!(path(&built_in), path(&replaced));
    }
}
