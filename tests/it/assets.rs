//! Nothing active is published: of a book's files those that run and load nothing, and of pages what okrbook prints.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use okrbook::publishable;

use crate::support::{SMALL_BOOK, contents, folder_with, root, run};

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9\"/></svg>";

/// Builds a book and returns what was said and the files of its site.
fn built(book: &Path, arguments: &[&str]) -> (String, BTreeMap<PathBuf, Vec<u8>>) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("site");
    let (book, out_text) = (book.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
    let (code, _, stderr) = run(&[&["build", book, "-o", out_text], arguments].concat());
    assert_eq!(code, 0, "{stderr}");
    (stderr, contents(&out))
}

/// Returns the names under `assets/` without the digests that are put into them.
fn assets(site: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<String> {
    let names = site.keys().filter_map(|path| path.strip_prefix("assets").ok());
    names
        .map(|name| {
            let name = name.to_string_lossy().into_owned();
            let parts: Vec<&str> = name.split('.').collect();
            let is_digest = |part: &str| part.len() == 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
            parts.into_iter().filter(|part| !is_digest(part)).collect::<Vec<_>>().join(".")
        })
        .collect()
}

#[test]
fn of_every_kind_of_file_only_harmless_ones_are_published() {
    let book = root().join("tests/browser/naughty");
    let (said, site) = built(&book, &[]);
    let ours =
        ["chart.css", "favicon.svg", "okrbook.js", "paper.css", "polyglot.gif", "print.css", "site.css", "way.css"];
    assert_eq!(assets(&site), ours, "a picture that begins as one is shown as one, whatever else it holds");
    let refused = fs::read_dir(book.join("assets")).expect("readable").count() - 1;
    let told = said.matches("error[active-asset]").count() + said.matches("error[unknown-asset]").count();
    assert_eq!(told, refused, "{said}");
    assert!(said.contains(" --> assets/handler.svg:1:41"), "{said}");
    assert!(!said.contains("no-file"), "a logo that is refused is told once: {said}");
    for (path, bytes) in &site {
        let text = String::from_utf8_lossy(bytes);
        assert!(!path.starts_with("assets") || !text.contains("naughty.example"), "{}", path.display());
        let is_page = path.extension().is_some_and(|ending| ending == "html");
        assert!(!is_page || !text.contains("index.html\"><img"), "the logo is left out: {}", path.display());
    }
    let (code, _, _) = run(&["check", book.to_str().expect("UTF-8")]);
    assert_eq!(code, 1);
}

#[test]
fn harmless_files_are_published_as_they_are() {
    let folder = folder_with(SMALL_BOOK);
    let put = |path: &str, bytes: &[u8]| {
        fs::create_dir_all(folder.path().join("assets")).expect("made");
        fs::write(folder.path().join("assets").join(path), bytes).expect("written");
    };
    put("logo.svg", LOGO.as_bytes());
    put("site.css", b"body { color: red }");
    put("a.png", b"\x89PNG\r\n\x1a\n");
    put("inter.woff2", b"wOF2");
    let settings = format!("{}brand: {{ logo: assets/logo.svg }}\n", SMALL_BOOK[0].1);
    fs::write(folder.path().join("okrbook.yaml"), settings).expect("written");
    let (said, site) = built(folder.path(), &["--strict"]);
    assert!(!said.contains("-asset"), "{said}");
    let names = assets(&site);
    for name in ["logo.svg", "site.css", "a.png", "inter.woff2"] {
        assert!(names.contains(&name.to_owned()), "{name}: {names:?}");
    }
    let logo = site.iter().find(|(path, _)| path.to_string_lossy().contains("assets/logo.")).expect("published").1;
    assert_eq!(logo, LOGO.as_bytes());
    assert!(String::from_utf8_lossy(&site[Path::new("index.html")]).contains("<img src=\"assets/logo."));
}

#[test]
fn a_script_takes_the_place_of_nothing_and_a_link_is_looked_at_as_what_it_leads_to() {
    let folder = folder_with(SMALL_BOOK);
    let assets_folder = folder.path().join("assets");
    fs::create_dir_all(assets_folder.join("deep")).expect("made");
    fs::create_dir_all(folder.path().join("pages")).expect("made");
    for name in ["site.js", "site.css.js", "sw.js", "deep/site.mjs", "SITE.JS"] {
        fs::write(assets_folder.join(name), "alert(1)").expect("written");
    }
    fs::write(folder.path().join("pages/evil.md"), "<script>alert(1)</script>").expect("written");
    std::os::unix::fs::symlink("../pages/evil.md", assets_folder.join("x.png")).expect("linked");
    std::os::unix::fs::symlink("../pages", assets_folder.join("more")).expect("linked");
    let (said, site) = built(folder.path(), &[]);
    assert_eq!(
        assets(&site),
        ["chart.css", "favicon.svg", "okrbook.js", "paper.css", "print.css", "site.css", "way.css"]
    );
    assert_eq!(said.matches("error[active-asset]").count(), 6, "{said}");
    assert_eq!(said.matches("error[unknown-asset]").count(), 1, "{said}");
}

/// Holds every file of a site to what may be sealed, but those that no seal keeps.
fn hold(site: &BTreeMap<PathBuf, Vec<u8>>) {
    assert!(site.len() > 20, "{}", site.len());
    for (path, bytes) in site {
        let path = path.to_string_lossy();
        if path.starts_with('.') || path.starts_with("search/") || path == "sitemap.xml" || path == "404.html" {
            continue;
        }
        if let Err(refusal) = publishable::sealed(&path, bytes) {
            panic!("{path}: {}", refusal.told(bytes));
        }
    }
}

#[test]
fn every_page_that_okrbook_makes_is_let_through() {
    hold(&built(&root().join("content"), &["--base-url", "https://okr.example/book"]).1);
    hold(&built(&root().join("tests/browser/naughty"), &[]).1);
    for entry in fs::read_dir(root().join("tests/golden")).expect("readable") {
        let book = entry.expect("there").path();
        hold(&contents(&book.join("archive/2026-Q3/data/site")));
    }
}
