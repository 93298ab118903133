//! Addresses: where a link, a picture or a style sheet may lead.

/// Says whether an address leads to another place of the same site: it has no scheme and names no host.
pub(super) fn is_local(address: &str) -> bool {
    is_plain(address) && !address.starts_with("//") && scheme(address).is_none()
}

/// Says whether an address leads to a place of the same file.
pub(super) fn is_fragment(address: &str) -> bool {
    is_plain(address) && address.starts_with('#')
}

/// Says whether people may follow the address: to this site, to another one, or to somebody's mail.
pub(super) fn is_link(address: &str) -> bool {
    let is_known = |scheme: &str| ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    is_plain(address) && !address.starts_with("//") && scheme(address).is_none_or(is_known)
}

/// Says whether the address holds a picture of points itself.
pub(super) fn is_points(address: &str) -> bool {
    let kinds = ["png", "jpeg", "jpg", "gif", "webp", "avif"];
    data_kind(address).is_some_and(|kind| kinds.iter().any(|known| kind.eq_ignore_ascii_case(known)))
}

/// Says whether the address holds a picture itself, which browsers show without running or loading anything.
pub(super) fn is_picture(address: &str) -> bool {
    let is_svg = |rest: &str| rest.get(..7).is_some_and(|kind| kind.eq_ignore_ascii_case("svg+xml"));
    is_points(address) || data(address).is_some_and(is_svg)
}

/// Says whether the address holds a font itself.
pub(super) fn is_font(address: &str) -> bool {
    const KINDS: [&str; 5] =
        ["font/", "application/font-", "application/x-font-", "application/vnd.ms-fontobject", "x-font/"];
    let rest = address.get(..5).filter(|start| start.eq_ignore_ascii_case("data:")).map(|_| &address[5..]);
    let is_kind =
        |rest: &str, kind: &&str| rest.get(..kind.len()).is_some_and(|start| start.eq_ignore_ascii_case(kind));
    rest.is_some_and(|rest| KINDS.iter().any(|kind| is_kind(rest, kind)))
}

/// Says whether an address has nothing that browsers read as something else: control characters, backslashes, or spaces
/// at its ends.
fn is_plain(address: &str) -> bool {
    address == address.trim() && !address.chars().any(|c| c.is_control() || c == '\\')
}

fn scheme(address: &str) -> Option<&str> {
    let at = address.find([':', '/', '?', '#'])?;
    address[at..].starts_with(':').then_some(&address[..at])
}

/// Returns what stands behind `data:image/`.
fn data(address: &str) -> Option<&str> {
    const START: &str = "data:image/";
    let start = address.get(..START.len())?;
    start.eq_ignore_ascii_case(START).then_some(&address[START.len()..])
}

fn data_kind(address: &str) -> Option<&str> {
    let (kind, rest) = data(address)?.split_once(';')?;
    let is_base64 = rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("base64,"));
    is_base64.then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart_as_browsers_do() {
        for local in ["", "a.html", "../a/b.css", "#x", "?a:b", "a/b:c", "/x", "./x:y", "a b"] {
            assert!(is_local(local) && is_link(local), "{local}");
        }
        for link in ["https://x", "HTTP://x", "mailto:a@b.c"] {
            assert!(is_link(link) && !is_local(link), "{link}");
        }
        let bad = [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            " javascript:x",
            "java\tscript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "vbscript:x",
            "data:text/html,x",
            "//evil",
            "\\\\evil",
            "/\\evil",
            "blob:x",
            "file:///x",
            "x:y",
            ":x",
        ];
        for bad in bad {
            assert!(!is_link(bad) && !is_local(bad) && !is_fragment(bad), "{bad}");
        }
        assert!(is_points("data:image/png;base64,AA") && is_points("DATA:image/JPEG;BASE64,AA"));
        for bad in ["data:image/svg+xml;base64,AA", "data:image/png,AA", "data:text/html;base64,AA", "data:image/", "é"]
        {
            assert!(!is_points(bad), "{bad}");
        }
        assert!(is_picture("data:image/svg+xml,%3Csvg/%3E") && !is_picture("data:text/html,x"));
    }
}
