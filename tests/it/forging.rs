//! Seals that a stranger made: by hand, with manifests and LOG that agree. None of them brings anything active into a site,
//! and what nobody outside vouches for is named.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use okrbook::hash::{Digest, Digests};

use crate::sealing::{Shelf, faults, page};
use crate::support::contents;

/// Writes the tag files of a bag anew, so that it agrees with itself whatever was done to its payload.
fn agree(bag: &Path) {
    let payload: BTreeMap<String, Vec<u8>> = contents(bag)
        .into_iter()
        .map(|(path, bytes)| (path.to_string_lossy().into_owned(), bytes))
        .filter(|(path, _)| path.starts_with("data/"))
        .collect();
    let lines = |digest: fn(&[u8]) -> String| -> String {
        payload.iter().map(|(path, bytes)| format!("{}  {path}\n", digest(bytes))).collect()
    };
    let size: usize = payload.values().map(Vec::len).sum();
    let info = fs::read_to_string(bag.join("bag-info.txt")).expect("there");
    let info: String =
        info.lines().filter(|line| !line.starts_with("Payload-Oxum")).map(|line| format!("{line}\n")).collect();
    let put = |name: &str, text: String| fs::write(bag.join(name), text).expect("written");
    put("bag-info.txt", format!("{info}Payload-Oxum: {size}.{}\n", payload.len()));
    put("manifest-sha256.txt", lines(|bytes| Digests::of(bytes).sha256.to_string()));
    put("manifest-sha512.txt", lines(|bytes| Digests::of(bytes).sha512.to_string()));
    agree_tags(bag);
}

fn agree_tags(bag: &Path) {
    let tags = ["archive.json", "bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt"];
    let line = |name: &&str| format!("{}  {name}\n", Digest::of(&fs::read(bag.join(name)).expect("there")));
    fs::write(bag.join("tagmanifest-sha256.txt"), tags.iter().map(line).collect::<String>()).expect("written");
}

/// Writes the LOG anew: a well-chained line for each of these bags.
fn enter(shelf: &Shelf, names: &[&str]) {
    let mut previous = "0".repeat(64);
    let mut text = String::new();
    for name in names {
        let tags = fs::read(shelf.at(&format!("archive/{name}/tagmanifest-sha256.txt"))).expect("there");
        let line = format!("{name} {} {previous}\n", Digest::of(&tags));
        previous = Digest::of(line.as_bytes()).to_string();
        text.push_str(&line);
    }
    fs::write(shelf.at("archive/LOG"), text).expect("written");
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in contents(from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("made");
        fs::write(path, bytes).expect("written");
    }
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("readable");
    assert!(text.contains(from), "{} has no {from}", path.display());
    fs::write(path, text.replace(from, to)).expect("written");
}

#[test]
fn a_later_seal_that_a_stranger_made_brings_no_script_into_the_site() {
    let shelf = Shelf::sealed();
    let later = shelf.at("archive/2026-Q3.r2");
    copy(&shelf.bag(), &later);
    edit(&later.join("data/site/2026-Q3/index.html"), "</main>", "<script>alert('forged')</script></main>");
    edit(&later.join("archive.json"), "\"revision\": 1", "\"revision\": 2");
    edit(&later.join("bag-info.txt"), "External-Identifier: 2026-Q3", "External-Identifier: 2026-Q3.r2");
    agree(&later);
    enter(&shelf, &["2026-Q3", "2026-Q3.r2"]);
    let found = faults(&shelf.book());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("not publishable: data/site/2026-Q3/index.html: line "), "{found:?}");
    assert!(found[0].contains("`<script>` is none of the elements of okrbook's pages"), "{found:?}");
    let (code, stdout, _) = shelf.run(&["verify"]);
    assert!(code == 4 && stdout.contains("2026-Q3.r2: does not hold"), "{stdout}");
    let site = shelf.site();
    let index = page(&site, "2026-Q3/index.html");
    assert!(!index.contains("forged") && index.contains("Content-Security-Policy"), "the book's own files are shown");
    let (code, _, stderr) = shelf.run(&["check"]);
    assert!(code == 1 && stderr.contains("error[broken-seal]") && stderr.contains("archive/2026-Q3.r2"), "{stderr}");
}

#[test]
fn no_forged_page_or_file_is_published() {
    let shelf = Shelf::sealed();
    let kept = shelf.folder_path().join("kept");
    copy(&shelf.at("archive"), &kept);
    let policy = "<meta http-equiv=\"Content-Security-Policy\"";
    let edits: [(&str, &str, &str); 16] = [
        ("2026-Q3/index.html", policy, "<!-- <meta http-equiv=\"Content-Security-Policy\""),
        ("2026-Q3/index.html", policy, "<meta name=\"Content-Security-Policy\""),
        ("2026-Q3/index.html", policy, "<script>alert(1)</script><meta http-equiv=\"Content-Security-Policy\""),
        ("2026-Q3/index.html", "script-src 'self'", "script-src * 'unsafe-inline'"),
        ("2026-Q3/shop.html", "<main ", "<main onclick=\"alert(1)\" "),
        ("2026-Q3/shop.html", "<body>", "<body onload=\"alert(1)\">"),
        ("2026-Q3/shop.html", "href=\"../index.html\"", "href=\"javascript:alert(1)\""),
        ("2026-Q3/shop.html", "<head>", "<head><base href=\"https://evil.example/\">"),
        ("2026-Q3/shop.html", "</main>", "<iframe srcdoc=\"x\"></iframe></main>"),
        ("2026-Q3/shop.html", "</main>", "<plaintext></main>"),
        ("2026-Q3/shop.html", "<path ", "<path onfocus=\"alert(1)\" "),
        (
            "2026-Q3/retrospective.html",
            "</head>",
            "<meta http-equiv=\"refresh\" content=\"0; url=https://evil.example\"></head>",
        ),
        ("2026-Q3/packet.html", "<!doctype html>", "\u{feff}<!doctype html>"),
        ("data/2026-Q3.csv", "2026-Q3,", "=cmd|' /C calc'!A0,"),
        ("metrics/success.html", "</main>", "<script src=\"x.js\"></script></main>"),
        ("metrics/success.html", "</main>", "<form action=\"https://evil.example\"></form></main>"),
    ];
    let added: [(&str, &[u8]); 10] = [
        ("sw.js", b"alert(1)"),
        ("evil.html", b"<script>alert(1)</script>"),
        ("2026-Q3/evil.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"),
        ("assets/evil.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"),
        ("assets/evil.js", b"alert(1)"),
        ("assets/evil.html", b"x"),
        ("2026-Q3/evil.xhtml", b"<html xmlns=\"http://www.w3.org/1999/xhtml\"/>"),
        ("CNAME", b"evil.example"),
        ("_headers", b"/*\n  X: y"),
        ("2026-Q3/utf16.html", b"\xff\xfe<\0"),
    ];
    let check = |what: &str, path: &str| {
        agree(&shelf.bag());
        enter(&shelf, &["2026-Q3"]);
        let found = faults(&shelf.book());
        assert_eq!(found.len(), 1, "{what}: {found:?}");
        assert!(found[0].starts_with(&format!("not publishable: data/site/{path}: ")), "{what}: {found:?}");
        // The quarter is made from the book's own files, with everything else of the seal left out.
        let site = shelf.site();
        assert!(page(&site, "checks.html").contains(&format!("not publishable: data/site/{path}")), "{what}");
        for (path, bytes) in &site {
            let text = String::from_utf8_lossy(bytes);
            let is_named = path.ends_with("checks.html") || path.starts_with("archive") || path.starts_with("data");
            let is_active = ["alert(1)", "evil.example", "unsafe-inline"].iter().any(|word| text.contains(word));
            assert!(is_named || !is_active, "{what}: {}", path.display());
            assert!(!path.to_string_lossy().contains("evil"), "{what}: {}", path.display());
        }
        fs::remove_dir_all(shelf.at("archive")).expect("removed");
        copy(&kept, &shelf.at("archive"));
    };
    for (path, from, to) in edits {
        edit(&shelf.bag().join("data/site").join(path), from, to);
        check(&format!("{path}: {to}"), path);
    }
    for (path, bytes) in added {
        fs::write(shelf.bag().join("data/site").join(path), bytes).expect("written");
        check(path, path);
    }
    assert_eq!(faults(&shelf.book()), Vec::<String>::new());
}

#[test]
fn pages_that_the_inputs_do_not_give_are_found_by_rebuilding() {
    let shelf = Shelf::sealed();
    edit(&shelf.bag().join("data/site/2026-Q3/shop.html"), "<b>0.7</b>", "<b>1.0</b>");
    fs::remove_file(shelf.bag().join("data/site/2026-Q3/retrospective.html")).expect("removed");
    agree(&shelf.bag());
    enter(&shelf, &["2026-Q3"]);
    shelf.ok(&["verify"]);
    let (code, stdout, _) = shelf.run(&["verify", "--rebuild"]);
    assert_eq!(code, 4, "{stdout}");
    for page in ["2026-Q3/shop.html", "2026-Q3/retrospective.html"] {
        let told = format!("altered pages: data/site/{page} differs from what the inputs give");
        assert!(stdout.contains(&told), "{stdout}");
    }
    // Another version makes other pages of the same inputs; that is said, and nothing is compared.
    for name in ["archive.json", "bag-info.txt"] {
        edit(&shelf.bag().join(name), env!("CARGO_PKG_VERSION"), "0.0.9");
    }
    agree(&shelf.bag());
    enter(&shelf, &["2026-Q3"]);
    let said = shelf.ok(&["verify", "--rebuild"]);
    assert!(said.contains("its pages were not compared, which only the okrbook that made them can (0.0.9"), "{said}");
}

#[test]
fn a_digest_that_was_kept_elsewhere_is_compared_with_the_newest_seal() {
    let shelf = Shelf::new();
    let none = "0".repeat(64);
    let (code, stdout, _) = shelf.run(&["verify", "--expect", &none]);
    assert!(code == 4 && stdout.contains("there is no seal"), "{stdout}");
    let said = shelf.ok(&["seal", "2026-Q3"]);
    let digest = said.trim_end().rsplit(' ').next().expect("printed last").to_owned();
    shelf.ok(&["verify", "--expect", &digest]);
    shelf.ok(&["verify", "2026-Q3", "--expect", &digest]);
    let (code, stdout, _) = shelf.run(&["verify", "--expect", &none]);
    assert!(code == 4 && stdout.contains(&format!("2026-Q3 has {digest}")), "{stdout}");
    let (code, _, stderr) = shelf.run(&["verify", "--expect", "2026-Q3"]);
    assert!(code == 2 && stderr.contains("is not a digest"), "{stderr}");
    shelf.ok(&["seal", "2026-Q3", "--supersede", "restated"]);
    let (code, stdout, _) = shelf.run(&["verify", "--expect", &digest]);
    assert!(code == 4 && stdout.contains("which a later seal supersedes"), "{stdout}");
    fs::remove_dir_all(shelf.at("archive")).expect("removed");
    let (code, stdout, _) = shelf.run(&["verify", "--expect", &digest]);
    assert!(code == 4 && stdout.contains("there is no seal"), "{stdout}");
}

/// Runs git in the book, as somebody who has a name.
fn git(shelf: &Shelf, arguments: &[&str]) {
    let names = ["-c", "user.name=Ana", "-c", "user.email=ana@example.com", "-c", "init.defaultBranch=main"];
    let outcome =
        Command::new("git").args(names).args(arguments).current_dir(shelf.folder_path()).output().expect("git runs");
    assert!(outcome.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&outcome.stderr));
}

#[test]
fn what_another_commit_does_not_vouch_for_is_named() {
    let shelf = Shelf::new();
    let base = |more: &[&str]| shelf.run(&[&["verify", "--base", "main"], more].concat());
    let (code, _, stderr) = base(&[]);
    assert!(code == 2 && stderr.contains("git knows no commit \"main\""), "{stderr}");
    git(&shelf, &["init", "--quiet"]);
    git(&shelf, &["add", "."]);
    git(&shelf, &["commit", "--quiet", "-m", "before"]);
    git(&shelf, &["tag", "before"]);
    let said = shelf.ok(&["seal", "2026-Q3"]);
    let first = said.trim_end().rsplit(' ').next().expect("printed last").to_owned();
    let (code, stdout, stderr) = shelf.run(&["verify", "--base", "before"]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains(&format!("2026-Q3 ({first}) is not vouched for by before")), "{stdout}");
    git(&shelf, &["add", "."]);
    git(&shelf, &["commit", "--quiet", "-m", "sealed"]);
    let (code, stdout, _) = base(&[]);
    assert!(code == 0 && !stdout.contains("vouched"), "{stdout}");
    // A later seal is new, and vouched for by whoever gives its digest.
    let said = shelf.ok(&["seal", "2026-Q3", "--supersede", "restated"]);
    let second = said.trim_end().rsplit(' ').next().expect("printed last").to_owned();
    let (code, stdout, _) = base(&[]);
    assert!(code == 0 && stdout.contains("2026-Q3.r2 (") && stdout.contains("is not vouched for by main"), "{stdout}");
    let (code, stdout, _) = base(&["--expect", &second]);
    assert!(code == 0 && !stdout.contains("vouched"), "{stdout}");
    let (code, stdout, _) = base(&["--expect", &first]);
    assert!(code == 4 && stdout.contains("is not vouched for by main, nor expected"), "{stdout}");
    // Whoever rewrites the whole archive makes it agree with itself, and not with the other commit.
    edit(&shelf.bag().join("data/scores.json"), "0.7", "0.8");
    agree(&shelf.bag());
    enter(&shelf, &["2026-Q3", "2026-Q3.r2"]);
    let (code, stdout, _) = base(&[]);
    assert!(code == 4 && stdout.contains("base: line 1 of LOG is not that of main (2026-Q3)"), "{stdout}");
    fs::remove_dir_all(shelf.at("archive")).expect("removed");
    let (code, stdout, _) = base(&[]);
    assert!(code == 4 && stdout.contains("base: line 1 of LOG at main (2026-Q3) is gone"), "{stdout}");
    for bad in ["--exec=touch x", "main:archive/LOG", "nobody"] {
        let (code, _, stderr) = shelf.run(&["verify", &format!("--base={bad}")]);
        assert!(code == 2 && stderr.contains("git knows no commit"), "{bad}: {stderr}");
    }
}

#[test]
fn a_seal_that_the_log_knows_and_that_is_gone_is_an_error_everywhere() {
    let shelf = Shelf::sealed();
    shelf.ok(&["seal", "2026-Q3", "--supersede", "restated"]);
    for gone in [&["2026-Q3"][..], &["2026-Q3.r2"], &["2026-Q3", "2026-Q3.r2"]] {
        for name in gone {
            fs::rename(shelf.at(&format!("archive/{name}")), shelf.folder_path().join(name)).expect("moved");
        }
        let out = shelf.folder_path().join("site");
        for arguments in [&["check"][..], &["build", "--strict", "-o", out.to_str().expect("UTF-8")]] {
            let (code, _, stderr) = shelf.run(arguments);
            assert_eq!(code, 1, "{arguments:?}: {stderr}");
            for name in gone {
                assert!(stderr.contains(&format!("the sealed {name} can't be trusted: it stands in LOG")), "{stderr}");
            }
        }
        let (code, stdout, _) = shelf.run(&["verify"]);
        assert_eq!(code, 4, "{stdout}");
        assert!(
            stdout.contains(&format!("incomplete: archive/{} is in LOG and not in the archive", gone[0])),
            "{stdout}"
        );
        let archive = page(&shelf.site(), "archive/index.html");
        assert!(archive.contains("can’t be trusted"), "{archive}");
        for supersede in [&[][..], &["--supersede", "again"]] {
            let (code, _, stderr) = shelf.run(&[&["seal", "2026-Q3"], supersede].concat());
            assert!(code == 4 && stderr.contains("was sealed and is gone"), "{stderr}");
        }
        for name in gone {
            fs::rename(shelf.folder_path().join(name), shelf.at(&format!("archive/{name}"))).expect("moved back");
        }
    }
    // The other way: bags of which the LOG knows nothing, and something else in a bag's place.
    fs::rename(shelf.at("archive/LOG"), shelf.folder_path().join("LOG")).expect("moved");
    let (code, _, stderr) = shelf.run(&["check"]);
    assert!(code == 1 && stderr.contains("it is missing from LOG"), "{stderr}");
    fs::rename(shelf.folder_path().join("LOG"), shelf.at("archive/LOG")).expect("moved back");
    let elsewhere = shelf.at("pages/bag");
    fs::create_dir_all(shelf.at("pages")).expect("made");
    fs::rename(shelf.bag(), &elsewhere).expect("moved");
    fs::write(shelf.bag(), "a file").expect("written");
    let (code, stdout, _) = shelf.run(&["verify"]);
    assert!(code == 4 && stdout.contains("it is not a plain folder"), "{stdout}");
    fs::remove_file(shelf.bag()).expect("removed");
    symlink("../pages/bag", shelf.bag()).expect("linked");
    let (code, stdout, _) = shelf.run(&["verify"]);
    assert!(code == 4 && stdout.contains("it is not a plain folder"), "{stdout}");
    let (code, _, stderr) = shelf.run(&["check"]);
    assert!(code == 1 && stderr.contains("it is not a plain folder"), "{stderr}");
}

#[test]
fn an_archive_that_is_a_link_is_read_by_no_command() {
    let shelf = Shelf::sealed();
    let elsewhere = shelf.folder_path().join("elsewhere");
    fs::rename(shelf.at("archive"), &elsewhere).expect("moved");
    symlink("../elsewhere", shelf.at("archive")).expect("linked");
    let (code, stdout, _) = shelf.run(&["verify"]);
    assert!(code == 4 && stdout.contains("unsafe path: archive is a link"), "{stdout}");
    let (code, _, stderr) = shelf.run(&["check"]);
    assert!(code == 1 && stderr.contains("error[broken-seal]: archive is a link"), "{stderr}");
    let before = contents(&elsewhere);
    for arguments in [&["seal", "2026-Q3"][..], &["seal", "2026-Q3", "--supersede", "x"]] {
        let (code, _, stderr) = shelf.run(arguments);
        assert!(code == 4 && stderr.contains("archive is a link"), "{stderr}");
    }
    assert_eq!(contents(&elsewhere), before);
    fs::remove_file(shelf.at("archive")).expect("removed");
    fs::write(shelf.at("archive"), "a file").expect("written");
    let (code, _, stderr) = shelf.run(&["check"]);
    assert!(code == 1 && stderr.contains("archive is no folder"), "{stderr}");
    fs::remove_file(shelf.at("archive")).expect("removed");
    fs::create_dir(shelf.at("archive")).expect("made");
    copy(&elsewhere.join("2026-Q3"), &shelf.at("archive/2026-Q3"));
    symlink("../../elsewhere/LOG", shelf.at("archive/LOG")).expect("linked");
    let (code, stdout, _) = shelf.run(&["verify"]);
    assert!(code == 4 && stdout.contains("is not a plain file"), "{stdout}");
}

#[test]
fn what_bag_info_says_is_held_against_what_is_there() {
    let shelf = Shelf::sealed();
    let info = shelf.bag().join("bag-info.txt");
    let before = fs::read_to_string(&info).expect("there");
    let oxum = before.lines().find(|line| line.starts_with("Payload-Oxum")).expect("written");
    for (from, to, told) in [
        (oxum, "Payload-Oxum: 1.1", "bag-info.txt says that the payload is 1.1 (bytes.files), and it is "),
        (oxum, "X: y", "bag-info.txt does not say how much the payload is"),
        ("Bagging-Date: 2026-10-05", "Bagging-Date: yesterday", "bag-info.txt says Bagging-Date: \"yesterday\""),
        ("Source-Organization: Small", "Source-Organization: Large", "archive.json says \"Small\""),
    ] {
        fs::write(&info, before.replace(from, to)).expect("written");
        agree_tags(&shelf.bag());
        enter(&shelf, &["2026-Q3"]);
        let found = faults(&shelf.book());
        assert!(found.len() == 1 && found[0].contains(told), "{to}: {found:?}");
    }
}

#[test]
fn a_page_that_could_not_be_published_later_is_not_sealed() {
    let shelf = Shelf::new();
    for (template, told) in [
        ("<script>alert(1)</script>", "`<script>` is none of the elements of okrbook's pages"),
        ("<p onclick=\"x()\">x</p>", "`p` has the attribute `onclick`"),
    ] {
        shelf.write("templates/status.html", template);
        shelf.write("templates/grade.html", template);
        let (code, _, stderr) = shelf.run(&["seal", "2026-Q3"]);
        let file = " --> templates/";
        assert!(code == 4 && stderr.contains("is not published: ") && stderr.contains(told), "{stderr}");
        assert!(stderr.contains(file), "{stderr}");
        assert!(!shelf.at("archive/LOG").exists() && !shelf.bag().exists());
    }
}

/// Puts a seal into the archive that supersedes the quarter's, with these files in its site besides.
fn supersede(shelf: &Shelf, added: &[(&str, Vec<u8>)]) {
    let later = shelf.at("archive/2026-Q3.r2");
    if later.exists() {
        fs::remove_dir_all(&later).expect("removed");
    }
    copy(&shelf.bag(), &later);
    edit(&later.join("archive.json"), "\"revision\": 1", "\"revision\": 2");
    edit(&later.join("bag-info.txt"), "External-Identifier: 2026-Q3", "External-Identifier: 2026-Q3.r2");
    for (path, bytes) in added {
        let path = later.join("data/site").join(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("made");
        fs::write(path, bytes).expect("written");
    }
}

fn enter_later(shelf: &Shelf) {
    agree(&shelf.at("archive/2026-Q3.r2"));
    enter(shelf, &["2026-Q2", "2026-Q3", "2026-Q3.r2"]);
}

/// Places in a site that are not a bag's to fill, and whether a file there is told of where the quarter's own page names it:
/// a seal may hold pages of the living site, and never has any of the others.
const ELSEWHERE: [(&str, bool); 16] = [
    ("2026-Q2/index.html", true),
    ("2026-Q2/added.html", true),
    ("data/2026-Q2.json", true),
    ("data/2026-Q2.csv", true),
    ("2099-Q1/index.html", false),
    ("data/2099-Q1.json", false),
    ("pages/evil.html", false),
    ("teams/evil.html", false),
    ("404.html", false),
    ("data/book.json", false),
    ("evil/a/b/c/evil.html", true),
    ("assets/site.css", true),
    ("foo.html", true),
    ("2026-q3/evil.html", true),
    ("data/2026-Q3.r2/evil.json", true),
    ("metrics/deep/evil.html", true),
];

#[test]
fn a_seal_brings_nothing_into_the_site_but_its_own_quarter_and_what_that_refers_to() {
    let shelf = Shelf::new();
    let team = fs::read_to_string(shelf.at("quarters/2026-Q3/shop.yaml")).expect("there");
    shelf.write("quarters/2026-Q2/shop.yaml", &team.replace("September", "June"));
    shelf.ok(&["seal", "2026-Q2", "--with-errors", "--with-gaps"]);
    shelf.ok(&["seal", "2026-Q3", "--with-errors", "--with-gaps"]);
    assert_eq!(faults(&shelf.book()), Vec::<String>::new());
    let before = shelf.site();
    let sealed = |path: &str| fs::read(shelf.at("archive/2026-Q2/data/site").join(path)).expect("sealed");
    let forged = String::from_utf8(sealed("2026-Q2/index.html")).expect("UTF-8").replace("Small", "Forged");
    let of_kind = |path: &str| match path.rsplit_once('.').expect("an ending").1 {
        "html" => forged.clone().into_bytes(),
        "css" => b"body { color: red } /* Forged */".to_vec(),
        _ => b"{ \"Forged\": 1 }".to_vec(),
    };
    // A page of its own that names a file is no reason to publish it, but for evidence.
    let names = |path: &str| {
        let index = shelf.at("archive/2026-Q3.r2/data/site/2026-Q3/index.html");
        edit(&index, "</main>", &format!("<p><a href=\"../{path}\">x</a></p></main>"));
    };
    for (path, is_told_if_named) in ELSEWHERE {
        for is_named in [false, true] {
            supersede(&shelf, &[(path, of_kind(path))]);
            if is_named {
                names(path);
            }
            enter_later(&shelf);
            let found = faults(&shelf.book());
            let is_told = found.iter().any(|fault| fault.starts_with(&format!("not publishable: data/site/{path}: ")));
            assert_eq!(is_told, !is_named || is_told_if_named, "{path}: {found:?}");
            assert_eq!(found.len(), usize::from(is_told), "{path}: {found:?}");
            let site = shelf.site();
            for (path, bytes) in site.iter().filter(|(path, _)| !path.starts_with("archive")) {
                assert!(!String::from_utf8_lossy(bytes).contains("Forged"), "{}", path.display());
            }
            let only = |site: &BTreeMap<PathBuf, Vec<u8>>| -> Vec<PathBuf> { site.keys().cloned().collect() };
            assert_eq!(only(&site), only(&before), "{path}");
            for path in ["2026-Q2/index.html", "2026-Q2/shop.html", "data/2026-Q2.json", "data/2026-Q2.csv"] {
                assert_eq!(site[Path::new(path)], sealed(path), "{path}");
            }
        }
    }
    // Whoever leaves out that the other quarter is sealed is not told, and gets nothing published either.
    supersede(&shelf, &[("2026-Q2/index.html", of_kind("2026-Q2/index.html"))]);
    names("2026-Q2/index.html");
    fs::remove_dir_all(shelf.at("archive/2026-Q3.r2/data/sealed")).expect("removed");
    enter_later(&shelf);
    assert_eq!(shelf.site()[Path::new("2026-Q2/index.html")], sealed("2026-Q2/index.html"));
}
