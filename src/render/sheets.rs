//! Style sheets of a book's own: what they name in `url(…)` goes by its name with a digest in the site.
//!
//! In: a sheet's text, where it stands, and the paths of assets by their names. Out: the text with these paths in it. What
//! names no asset stays as it is.

/// Returns a sheet as it is published.
pub(super) fn published(name: &str, text: &str, path_of: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['/', 'u', 'U']) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        if here.starts_with("/*") {
            let end = here.get(2..).and_then(|inside| inside.find("*/")).map_or(here.len(), |end| end + 4);
            out.push_str(&here[..end]);
            rest = &here[end..];
            continue;
        }
        let Some(inside) = here.get(..4).filter(|word| word.eq_ignore_ascii_case("url(")).map(|_| &here[4..]) else {
            out.push_str(&here[..1]);
            rest = &here[1..];
            continue;
        };
        let end = inside.find(')').unwrap_or(inside.len());
        let (written, after) = inside.split_at(end);
        out.push_str(&here[..4]);
        out.push_str(&address(name, written, path_of).unwrap_or_else(|| written.to_owned()));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Returns the address that stands in `url(…)` in a sheet as the site knows it.
fn address(sheet: &str, written: &str, path_of: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let bare = written.trim().trim_matches(['"', '\'']);
    let (file, behind) = bare.split_at(bare.find(['?', '#']).unwrap_or(bare.len()));
    let mut steps: Vec<&str> = sheet.split('/').collect();
    steps.pop();
    let depth = steps.len();
    for step in file.split('/') {
        match step {
            "." => {}
            ".." => drop(steps.pop()?),
            step => steps.push(step),
        }
    }
    let path = path_of(&steps.join("/"))?;
    let inside = path.strip_prefix("assets/").unwrap_or(&path);
    Some(format!("\"{}{inside}{behind}\"", "../".repeat(depth)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_assets_get_their_digests_and_all_else_stays() {
        let path_of = |name: &str| {
            ["inter.woff2", "img/a b.png"].contains(&name).then(|| format!("assets/{}", name.replace('.', ".0123.")))
        };
        for (sheet, text, expected) in [
            ("custom.css", "src: url(inter.woff2) format('woff2')", "src: url(\"inter.0123.woff2\") format('woff2')"),
            ("custom.css", "a{b:URL( \"./inter.woff2#x\" )}", "a{b:URL(\"inter.0123.woff2#x\")}"),
            (
                "css/a.css",
                "url('../inter.woff2')url(\"../img/a b.png\")",
                "url(\"../inter.0123.woff2\")url(\"../img/a b.0123.png\")",
            ),
            ("custom.css", "/* url(inter.woff2) */ui{}", "/* url(inter.woff2) */ui{}"),
            (
                "custom.css",
                "url(other.png)url(data:image/png;base64,AA)url(../inter.woff2)",
                "url(other.png)url(data:image/png;base64,AA)url(../inter.woff2)",
            ),
            ("custom.css", "\u{e9}url(", "\u{e9}url("),
            ("custom.css", "/* open url(inter.woff2)", "/* open url(inter.woff2)"),
        ] {
            assert_eq!(published(sheet, text, &path_of), expected);
        }
    }
}
