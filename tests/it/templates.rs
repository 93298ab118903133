//! A book's own templates: what they may do, and what is said about those that do more.

use std::fs;
use std::path::Path;

use crate::support::{SMALL_BOOK, contents, folder_with, root, run};

/// Returns a book with a template of its own.
fn book(name: &str, text: &str) -> tempfile::TempDir {
    let folder = folder_with(SMALL_BOOK);
    put(folder.path(), name, text);
    folder
}

fn put(book: &Path, name: &str, text: &str) {
    fs::create_dir_all(book.join("templates")).expect("made");
    fs::write(book.join("templates").join(name), text).expect("written");
}

/// Checks and builds a book; returns the exit codes and what was said.
fn said(book: &Path) -> ((i32, String), (i32, String)) {
    let path = book.to_str().expect("UTF-8");
    let (checked, lines, _) = run(&["check", "--format", "short", path]);
    let (built, _, stderr) = run(&["build", "-q", "--strict", path]);
    ((checked, lines), (built, stderr))
}

#[test]
fn a_template_that_makes_an_active_page_is_refused_by_check_and_by_build() {
    for (name, text, place) in [
        (
            "404.html",
            "<!doctype html><title>x</title><script src=\"https://evil.example/x.js\"></script>",
            "templates/404.html:1:16",
        ),
        (
            "quarter.html",
            "{% extends \"builtin/quarter.html\" %}\n{% block footer %}<script>a()</script>{% endblock %}",
            "templates/quarter.html:2:19",
        ),
        ("grade.html", "<b>x</b>\n<b onclick=\"a()\">x</b>", "templates/grade.html:2:4"),
        ("redirect.html", "<meta http-equiv=\"refresh\" content=\"0; url=https://evil.example\">", ""),
    ] {
        let folder = book(name, text);
        let ((checked, lines), (built, stderr)) = said(folder.path());
        if place.is_empty() {
            assert!(checked == 0 && built == 0, "a template that makes no page: {lines}{stderr}");
            continue;
        }
        assert!(checked == 1 && lines.contains(&format!("{place}: error[active-page]")), "{lines}");
        assert!(built == 4 && stderr.contains(&format!("--> {place}")), "{stderr}");
        assert!(stderr.contains("is not published: ") && stderr.contains("help: "), "{stderr}");
        assert!(!folder.path().join("site").exists());
    }
}

#[test]
fn a_template_that_is_none_is_refused_by_check_and_by_build_at_the_authors_place() {
    for (text, place) in [
        ("{{ get_env(name=\"HOME\") }}", "templates/404.html:1:4"),
        ("{{ 1/0 }}", "templates/404.html:1:6"),
        ("\n{% if %}", "templates/404.html:2:7"),
        (
            "{% for i in range(end=90000) %}\n{% for j in range(end=90000) %}{% endfor %}{% endfor %}",
            "templates/404.html:2:",
        ),
    ] {
        let folder = book("404.html", text);
        let ((checked, lines), (built, stderr)) = said(folder.path());
        assert!(checked == 1 && lines.contains(place) && lines.contains("error[broken-template]"), "{lines}");
        assert!(built == 4 && stderr.contains(&format!("--> {place}")) && !stderr.contains("okrbook_"), "{stderr}");
        let path = folder.path().join("quarters/2026-Q3/shop.yaml");
        let (code, ..) = run(&["check", path.to_str().expect("UTF-8")]);
        assert_eq!(code, 0, "of other files nothing is said about templates");
    }
}

#[test]
fn templates_that_copy_or_extend_the_built_in_ones_are_fine() {
    let folder = book("index.html", "{% extends \"builtin/index.html\" %}{% block footer %}<p>ours</p>{% endblock %}");
    for entry in fs::read_dir(root().join("templates")).expect("readable") {
        let entry = entry.expect("readable");
        let name = entry.file_name().into_string().expect("UTF-8");
        if name != "index.html" && name.ends_with(".html") {
            put(folder.path(), &name, &fs::read_to_string(entry.path()).expect("readable"));
        }
    }
    let ((checked, lines), (built, stderr)) = said(folder.path());
    assert!(checked == 0 && built == 0, "{lines}{stderr}");
    let site = contents(&folder.path().join("site"));
    assert!(String::from_utf8_lossy(&site[Path::new("index.html")]).contains("<p>ours</p>"));
}

#[test]
fn a_template_that_is_copied_is_listed_and_told_when_the_built_in_one_changes() {
    let folder = folder_with(SMALL_BOOK);
    let path = folder.path().to_str().expect("UTF-8");
    let (code, _, stderr) = run(&["-C", path, "template", "eject", "score-row.html"]);
    assert!(code == 0 && stderr.contains("templates/score-row.html is yours now"), "{stderr}");
    let (_, listed, _) = run(&["-C", path, "template", "list"]);
    assert!(listed.contains("\n* score-row.html") && listed.contains("\n  base.html"), "{listed}");
    let ((checked, lines), (built, _)) = said(folder.path());
    assert!(checked == 0 && built == 0 && !lines.contains("template"), "a copy is as new as the built-in one: {lines}");
    let (code, differences, stderr) = run(&["-C", path, "template", "diff", "score-row.html"]);
    assert!(code == 0 && differences.is_empty() && stderr.contains("says what okrbook's own does"), "{differences}");
    let file = folder.path().join("templates/score-row.html");
    let text = fs::read_to_string(&file).expect("written");
    let (first, rest) = text.split_once('\n').expect("lines");
    let digest = first.split_whitespace().nth(4).expect("a digest");
    fs::write(&file, format!("{}\n{rest}", first.replace(digest, "0123456789ab"))).expect("written");
    let ((checked, lines), (built, _)) = said(folder.path());
    assert!(checked == 0 && built == 0 && lines.contains("templates/score-row.html:1:36: warning[stale-template]"));
    assert!(lines.contains("has changed since"), "{lines}");
    let (_, _, stderr) = run(&["build", path]);
    assert!(stderr.contains("stale-template"), "a build tells it, too: {stderr}");
}

#[test]
fn blocks_are_copied_into_one_file_and_nothing_is_overwritten() {
    let folder = folder_with(SMALL_BOOK);
    let path = folder.path().to_str().expect("UTF-8");
    let eject = |arguments: &[&str]| {
        let all: Vec<&str> = ["-C", path, "template", "eject"].into_iter().chain(arguments.iter().copied()).collect();
        let (code, _, stderr) = run(&all);
        (code, stderr)
    };
    for block in ["footer", "head"] {
        assert_eq!(eject(&["base.html", "--block", block]).0, 0, "{block}");
        let ((checked, lines), (built, stderr)) = said(folder.path());
        assert!(checked == 0 && built == 0 && !lines.contains("template"), "{lines}{stderr}");
    }
    for (arguments, told) in [
        (&["base.html", "--block", "head"][..], "has a block `head` already"),
        (&["base.html"], "is there already"),
        (&["base.html", "--block", "foot"], "its blocks: title, head"),
        (&["bas.html"], "did you mean `base.html`?"),
        (&["grade.html", "--block", "main"], "it has none"),
    ] {
        let (code, stderr) = eject(arguments);
        assert!(code == 2 && stderr.contains(told), "{stderr}");
    }
    let (code, _, stderr) = run(&["-C", path, "template", "diff", "team.html"]);
    assert!(code == 2 && stderr.contains("has no templates/team.html of its own"), "{stderr}");
}

#[test]
fn a_template_that_no_page_asks_for_is_told() {
    let folder = book("teams.htm", "x");
    let ((checked, lines), _) = said(folder.path());
    assert!(checked == 0 && lines.contains("warning[unknown-template]"), "{lines}");
}

/// Returns a book with a copy of a built-in template in which `what` is another text.
fn changed(name: &str, what: &str, other: &str) -> tempfile::TempDir {
    let text = fs::read_to_string(root().join("templates").join(name)).expect("a template");
    assert!(text.contains(what), "{name} prints {what}");
    book(name, &text.replace(what, other))
}

#[test]
fn no_template_withholds_what_makes_numbers_weaker() {
    for (name, what) in [
        ("key-result.html", "{{ found }}"),
        ("objective.html", "{{ remarks }}"),
        ("objective.html", "{{ key_results }}"),
        ("team-quarter.html", "{{ objectives }}"),
        ("score-row.html", "{{ remarks }}"),
        ("score-group.html", "{{ rows }}"),
        ("remark.html", "{{ message }}"),
        ("checks.html", "{%- include \"findings.html\" %}"),
    ] {
        let folder = changed(name, what, "");
        let ((checked, lines), (built, stderr)) = said(folder.path());
        let told = format!("templates/{name}:1:1: error[withheld-evidence]");
        assert!(checked == 1 && lines.contains(&told), "{name} without {what}: {lines}");
        assert!(built == 4 && stderr.contains("this template withholds `"), "{name} without {what}: {stderr}");
        assert_eq!(stderr.matches("error").count(), 1, "told once: {stderr}");
        let folder = changed(name, what, &format!("<div>{what}</div>"));
        let ((checked, lines), (built, _)) = said(folder.path());
        assert!(checked == 0 && built == 0, "another form of {what} in {name}: {lines}");
    }
}

#[test]
fn moved_goalposts_and_confidence_are_owed_too() {
    let without = |name: &str, what: &str| {
        let folder = changed(name, what, "");
        let path = folder.path().to_str().expect("UTF-8");
        assert_eq!(run(&["lock", "-C", path, "2026-Q3"]).0, 0);
        let file = folder.path().join("quarters/2026-Q3/shop.yaml");
        let text = fs::read_to_string(&file).expect("there").replace("98%", "97%");
        fs::write(&file, text).expect("written");
        let checkin = "trust/success: { confidence: 7, note: Going well }\n";
        fs::create_dir_all(folder.path().join("quarters/2026-Q3/checkins")).expect("made");
        fs::write(folder.path().join("quarters/2026-Q3/checkins/2026-08-10.shop.yaml"), checkin).expect("written");
        let ((_, lines), _) = said(folder.path());
        lines
    };
    for (name, what) in [
        ("key-result.html", "{{ moves }}"),
        ("key-result.html", "{{ confidence }}"),
        ("moves.html", "{{ rows }}"),
        ("move-row.html", "{{ was }}"),
        ("said.html", "{{ confidence }}"),
        ("cycle.html", "{{ moves }}"),
    ] {
        let lines = without(name, what);
        assert!(lines.contains(&format!("templates/{name}:1:1: error[withheld-evidence]")), "{name} {what}: {lines}");
    }
}

#[test]
fn a_small_template_is_tried_even_where_no_page_needs_it() {
    let folder = book("move-row.html", "<tr><td>{{ plase }}</td></tr>");
    let (checked, _, stderr) = run(&["check", folder.path().to_str().expect("UTF-8")]);
    assert!(checked == 1 && stderr.contains("templates/move-row.html:1:12"), "{stderr}");
    assert!(stderr.contains("did you mean `place`? known here: code, href, is, place"), "{stderr}");
}

#[test]
fn what_is_meant_instead_is_said() {
    for (text, told) in [
        ("{% extends \"404.html\" %}", "write `{% extends \"builtin/404.html\" %}`"),
        ("{% extends \"builtin/40.html\" %}", "did you mean `builtin/404.html`?"),
        ("{% extends \"builtin/404.html\" %}{% block main %}{{ hedding }}{% endblock %}", "known here: "),
        ("{{ asset(name=\"favicon.sgv\") }}", "did you mean `favicon.svg`?"),
        ("{{ asset(\"favicon.svg\") }}", "`asset(name=\"logo.svg\")`"),
    ] {
        let ((checked, lines), (built, stderr)) = said(book("404.html", text).path());
        assert!(checked == 1 && built == 4, "{text}: {lines}");
        assert!(stderr.contains(told) && stderr.contains("--> templates/404.html:1:"), "{text}: {stderr}");
    }
}

#[test]
fn assets_and_addresses_can_be_made_in_templates() {
    let folder = book(
        "team.html",
        "{% extends \"builtin/team.html\" %}{% block after_title %}<p><img src=\"{{ asset(name=\"favicon.svg\") }}\" alt=\"\">\
         <a href=\"https://chat.example/{{ \"R&D\" | urlencode }}\">Chat</a></p>{% endblock %}",
    );
    assert_eq!(said(folder.path()).1.0, 0);
    let page = fs::read_to_string(folder.path().join("site/teams/shop.html")).expect("a page");
    assert!(page.contains("<img src=\"../assets/favicon.") && page.contains("href=\"https://chat.example/R%26D\""));
}
