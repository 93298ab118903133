//! Kinds of files: what a name promises, and whether the bytes keep it.

use super::refusal::Refusal;

/// How much of a file decides where it isn't looked at as a whole.
pub const BEGINNING: usize = 64;
use crate::unseen::{Unseen, unseen};

/// A kind of file that may be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Png,
    Jpeg,
    Gif,
    Webp,
    Avif,
    Icon,
    Woff,
    Woff2,
    OpenType,
    /// SVG.
    Drawing,
    /// CSS.
    Sheet,
    /// HTML, as okrbook makes it.
    Page,
    /// The Atom feed.
    Feed,
    /// JSON.
    Data,
    /// CSV.
    Table,
    /// The script of okrbook's pages.
    Script,
}

/// Endings under which a server or a browser runs what it finds.
const ACTIVE: [&str; 58] = [
    "appcache", "asis", "asp", "aspx", "bat", "br", "cfm", "cgi", "class", "cjs", "cmd", "com", "dll", "exe", "fcgi",
    "gz", "hta", "htc", "htm", "html", "jar", "js", "jse", "jsp", "jspx", "lua", "mht", "mhtml", "mjs", "pdf", "phar",
    "php", "php3", "php4", "php5", "php7", "phps", "phtml", "pl", "ps1", "py", "rb", "rdf", "sh", "shtm", "shtml",
    "svgz", "swf", "ts", "vbs", "wasm", "wsf", "xht", "xhtml", "xml", "xsd", "xsl", "xslt",
];

const KINDS: &str = "a book may bring along pictures (svg, png, jpg, gif, webp, avif, ico), style sheets (css) and fonts \
                     (woff2, woff, ttf, otf); keep other files outside of assets/";

/// Returns the kind of a book's file by its path.
pub(super) fn of_asset(path: &str) -> Result<Kind, Refusal> {
    let name = checked_name(path)?;
    let ending = ending(name);
    match of_ending(&ending) {
        Some(kind) => Ok(kind),
        None if ending.is_empty() => Err(Refusal::unknown("its name has no ending that says what it is", KINDS)),
        None if ACTIVE.contains(&ending.as_str()) => {
            Err(Refusal::active(format!("files that end in `.{ending}` can run or load something"), KINDS))
        }
        None => Err(Refusal::unknown(format!("files that end in `.{ending}` are not known to be harmless"), KINDS)),
    }
}

/// Returns the kind of a file of a sealed quarter's site by its path.
pub(super) fn of_site(path: &str) -> Result<Kind, Refusal> {
    const HELP: &str = "no okrbook sealed such a file; restore the seal from a backup or from version control";
    let name = checked_name(path)?;
    match (ending(name).as_str(), path) {
        (_, "feed.xml") => Ok(Kind::Feed),
        ("html", _) if !path.starts_with("assets/") => Ok(Kind::Page),
        ("js", _) if path.starts_with("assets/okrbook.") => Ok(Kind::Script),
        ("json", _) if path.starts_with("data/") => Ok(Kind::Data),
        ("csv", _) if path.starts_with("data/") || path.starts_with("metrics/") => Ok(Kind::Table),
        (ending, _) => match of_ending(ending).filter(|_| path.starts_with("assets/")) {
            Some(kind) => Ok(kind),
            None => Err(Refusal::active("files of this name are not those of a site that okrbook makes", HELP)),
        },
    }
}

fn of_ending(ending: &str) -> Option<Kind> {
    Some(match ending {
        "png" => Kind::Png,
        "jpg" | "jpeg" => Kind::Jpeg,
        "gif" => Kind::Gif,
        "webp" => Kind::Webp,
        "avif" => Kind::Avif,
        "ico" => Kind::Icon,
        "woff" => Kind::Woff,
        "woff2" => Kind::Woff2,
        "ttf" | "otf" => Kind::OpenType,
        "svg" => Kind::Drawing,
        "css" => Kind::Sheet,
        _ => return None,
    })
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase()
}

/// Returns the last part of a path where its name means the same in a link, in a header and to every server.
fn checked_name(path: &str) -> Result<&str, Refusal> {
    const HELP: &str = "rename it: letters, digits, `-`, `_` and one dot before the ending";
    let parts = || path.split('/');
    if let Some(odd) = path.chars().find(|&c| is_odd(c)) {
        let what = format!("its name has the character {odd:?}, which links and servers read as something else");
        return Err(Refusal::unknown(what, HELP));
    }
    if parts().any(|part| part.is_empty() || part.starts_with(['.', ' ']) || part.ends_with(['.', ' '])) {
        return Err(Refusal::unknown("a part of its name is empty, or begins or ends with a dot or a space", HELP));
    }
    let name = parts().next_back().unwrap_or_default();
    let before = name.rsplit_once('.').map_or("", |(before, _)| before);
    let inner = before.split('.').skip(1).find(|inner| ACTIVE.contains(&inner.to_ascii_lowercase().as_str()));
    match inner {
        Some(inner) => {
            let what = format!("its name holds the ending `.{inner}` too, by which some servers run it");
            Err(Refusal::active(what, HELP))
        }
        None => Ok(name),
    }
}

fn is_odd(c: char) -> bool {
    let is_unseen = !matches!(unseen(c), None | Some(Unseen::Variant));
    let is_space = c.is_whitespace() && c != ' ';
    c.is_control()
        || is_unseen
        || is_space
        || matches!(c, '#' | '%' | '?' | '"' | '<' | '>' | ':' | '*' | '|' | '\\' | ';' | '`')
}

impl Kind {
    /// Says whether the beginning of the file decides.
    pub(super) const fn is_binary(self) -> bool {
        !matches!(self, Self::Drawing | Self::Sheet | Self::Page | Self::Feed | Self::Data | Self::Table | Self::Script)
    }
}

/// Looks whether a picture or a font is one.
pub(super) fn holds(kind: Kind, bytes: &[u8]) -> Result<(), Refusal> {
    let begins = |with: &[u8]| bytes.starts_with(with);
    let word = |at: usize| bytes.get(at..at + 4).unwrap_or_default();
    let (is_one, name) = match kind {
        Kind::Png => (begins(b"\x89PNG\r\n\x1a\n"), "PNG"),
        Kind::Jpeg => (begins(b"\xff\xd8\xff"), "JPEG"),
        Kind::Gif => (begins(b"GIF87a") || begins(b"GIF89a"), "GIF"),
        Kind::Webp => (begins(b"RIFF") && word(8) == b"WEBP", "WebP"),
        Kind::Avif => (word(4) == b"ftyp" && is_avif(bytes), "AVIF"),
        Kind::Icon => (begins(b"\0\0\x01\0") && bytes.get(5) == Some(&0), "ICO"),
        Kind::Woff => (begins(b"wOFF"), "WOFF"),
        Kind::Woff2 => (begins(b"wOF2"), "WOFF2"),
        Kind::OpenType => (begins(b"\0\x01\0\0") || begins(b"OTTO") || begins(b"true"), "OpenType"),
        Kind::Drawing | Kind::Sheet | Kind::Page | Kind::Feed | Kind::Data | Kind::Table | Kind::Script => (true, ""),
    };
    if is_one {
        return Ok(());
    }
    let what = format!("it doesn't hold what its ending says: it does not begin as {name} does");
    let refusal =
        Refusal::unknown(what, "save it anew in the format of its ending, or give it the ending of its format");
    let first =
        bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF | 0xFE | 0xFF | 0));
    Err(Refusal { is_active: first == Some(&b'<') || begins(b"%PDF"), ..refusal })
}

/// Says whether one of the brands at the beginning is that of AVIF.
fn is_avif(bytes: &[u8]) -> bool {
    let length = bytes.first_chunk::<4>().map_or(0, |length| u32::from_be_bytes(*length)) as usize;
    let brands = bytes.get(8..length.min(BEGINNING).min(bytes.len())).unwrap_or_default();
    brands.chunks_exact(4).enumerate().any(|(place, brand)| place != 1 && matches!(brand, b"avif" | b"avis"))
}
