//! A book's own look, as docs/theming.md tells it: each recipe is run as it stands there, and its tables are made of what
//! the program knows.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::{SMALL_BOOK, folder_with, root, run};

/// A recipe of the document.
#[derive(Default)]
struct Recipe {
    title: String,
    files: Vec<(String, String)>,
    commands: Vec<String>,
    /// A file of the site and what it has to show.
    shows: Vec<(String, String)>,
    /// What `check` has to say.
    says: Vec<String>,
}

/// Reads the recipes: sections with files in fences that name their paths, commands, and what comes of them.
fn recipes(text: &str) -> Vec<Recipe> {
    let mut recipes: Vec<Recipe> = Vec::new();
    let mut fence: Option<(String, String)> = None;
    for line in text.lines() {
        let Some(recipe) = recipes.last_mut() else {
            if let Some(title) = line.strip_prefix("### ") {
                recipes.push(Recipe { title: title.to_owned(), ..Recipe::default() });
            }
            continue;
        };
        match (&mut fence, line.strip_prefix("```")) {
            (None, Some(info)) => {
                fence = Some((info.split_once(' ').map_or("", |(_, path)| path).to_owned(), String::new()));
            }
            (Some(_), Some(_)) => {
                let (path, text) = fence.take().expect("open");
                if path.is_empty() {
                    recipe
                        .commands
                        .extend(text.lines().filter_map(|line| Some(line.strip_prefix("$ okrbook ")?.to_owned())));
                } else {
                    recipe.files.push((path, text));
                }
            }
            (Some((_, text)), None) => *text += &format!("{line}\n"),
            (None, None) => {
                let quoted = || line.split_once('`').and_then(|(_, rest)| rest.strip_suffix('`')).map(str::to_owned);
                if let Some(path) = line.strip_prefix("> shows in ").and_then(|rest| rest.split_once(": `")) {
                    recipe.shows.push((path.0.to_owned(), quoted().expect("a text")));
                } else if line.starts_with("> says: ") {
                    recipe.says.push(quoted().expect("a text"));
                } else if let Some(title) = line.strip_prefix("### ") {
                    recipes.push(Recipe { title: title.to_owned(), ..Recipe::default() });
                } else if line.starts_with("## ") {
                    break;
                }
            }
        }
    }
    recipes
}

fn document() -> String {
    fs::read_to_string(root().join("docs/theming.md")).expect("written")
}

fn put(book: &Path, path: &str, bytes: &[u8]) {
    let path = book.join(path);
    fs::create_dir_all(path.parent().expect("inside")).expect("made");
    fs::write(path, bytes).expect("written");
}

/// Returns a book of one team with an owner and a review, and with fonts that a recipe may name.
fn book() -> tempfile::TempDir {
    let folder = folder_with(SMALL_BOOK);
    let team = SMALL_BOOK[1].1.replace("to 98%\n", "to 98%\n        owners: [ana]\n        proposed_by: team\n");
    put(folder.path(), SMALL_BOOK[1].0, team.as_bytes());
    let review = "## trust/success\n\n### What we learned\nIt moved.\n\n### Carry forward?\nYes: it goes on.\n";
    put(folder.path(), "quarters/2026-Q3/shop.review.md", review.as_bytes());
    put(folder.path(), "assets/inter.woff2", b"wOF2\0\x01\0\0");
    put(folder.path(), "assets/inter.ttf", b"\0\x01\0\0\0\0\0\0");
    folder
}

/// Does what the third recipe says in words.
fn carried_first(book: &Path) {
    let path = book.join("templates/retrospective.html");
    let text = fs::read_to_string(&path).expect("copied");
    let start = text.find("{%- block carried %}").expect("a block");
    let end = start + text[start..].find("{% endblock %}").expect("its end") + "{% endblock %}".len();
    let (block, rest) = (&text[start..end], [&text[..start], &text[end..]].concat());
    let head = rest.find("<header").expect("a head");
    let line = head + rest[head..].find('\n').expect("its end") + 1;
    fs::write(path, [&rest[..line], block, "\n", &rest[line..]].concat()).expect("written");
}

#[test]
fn every_recipe_works_as_it_is_written() {
    let recipes = recipes(&document());
    assert_eq!(recipes.len(), 10, "ten recipes");
    for recipe in recipes {
        let folder = book();
        let path = folder.path().to_str().expect("UTF-8");
        for (file, text) in &recipe.files {
            put(folder.path(), file, text.as_bytes());
        }
        for command in &recipe.commands {
            let words: Vec<&str> = ["-C", path].into_iter().chain(command.split_whitespace()).collect();
            let (code, _, stderr) = run(&words);
            assert_eq!(code, 0, "{}: okrbook {command}: {stderr}", recipe.title);
        }
        if recipe.title.starts_with("3.") {
            carried_first(folder.path());
        }
        let (code, lines, stderr) = run(&["check", "--format", "short", path]);
        assert_eq!(code, 0, "{}: {lines}{stderr}", recipe.title);
        let ours =
            |line: &&str| ["templates/", "assets/", "pages/", "okrbook.yaml"].iter().any(|part| line.starts_with(part));
        match &recipe.says[..] {
            [] => assert_eq!(lines.lines().filter(ours).collect::<Vec<_>>(), Vec::<&str>::new(), "{}", recipe.title),
            all => all.iter().for_each(|said| assert!(lines.contains(said), "{}: {lines}", recipe.title)),
        }
        let (code, _, stderr) = run(&["build", "--strict", path]);
        assert_eq!(code, 0, "{}: {stderr}", recipe.title);
        assert!(!recipe.shows.is_empty() || !recipe.says.is_empty(), "{} says what comes of it", recipe.title);
        for (file, expected) in &recipe.shows {
            let page = fs::read_to_string(folder.path().join("site").join(file)).expect("a page");
            assert!(page.contains(expected), "{}: {file} shows no {expected}", recipe.title);
        }
        if recipe.title.starts_with("3.") {
            let page = fs::read_to_string(folder.path().join("site/2026-Q3/retrospective.html")).expect("a page");
            let [carried, learned] = ["id=\"carried\"", "id=\"lessons\""].map(|part| page.find(part).expect("a part"));
            assert!(carried < learned, "what is carried stands first");
        }
    }
}

/// Returns what each template is given, as the program itself says where a name isn't known.
fn variables() -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    let (_, listed, _) = run(&["template", "list"]);
    let names = listed.lines().filter_map(|line| line.get(2..)?.split_whitespace().next());
    for name in names.filter(|name| name.ends_with(".html")) {
        // All pages are made with it, each with what it shows.
        if name == "base.html" {
            continue;
        }
        let folder = book();
        put(folder.path(), "pages/how.md", b"---\ntitle: How\n---\nSo.\n");
        put(folder.path(), &format!("templates/{name}"), b"{{ unknown_name }}");
        let path = folder.path().to_str().expect("UTF-8");
        let (_, _, stderr) = run(&["check", path]);
        let told = stderr.split_once("known here: ").and_then(|(_, rest)| rest.lines().next()).unwrap_or_default();
        // What all templates know is told once.
        let own: Vec<&str> = told.split(", ").filter(|name| !["page", "site", "t", ""].contains(name)).collect();
        known.insert(name.to_owned(), own.join(", "));
    }
    known
}

#[test]
fn the_table_of_templates_is_what_the_program_knows() {
    let mut table = String::from("| template | blocks | what it is given |\n|---|---|---|\n");
    let (_, listed, _) = run(&["template", "list"]);
    let known = variables();
    for line in listed.lines().filter_map(|line| line.get(2..)) {
        let mut words = line.split_whitespace();
        let Some(name) = words.next().filter(|name| name.ends_with(".html")) else { continue };
        let blocks: Vec<&str> = words.collect();
        let given = known.get(name).map_or("", String::as_str);
        table += &format!("| `{name}` | {} | {given} |\n", blocks.join(", "));
    }
    let text = document();
    const HEAD: &str = "## Templates, blocks and variables\n";
    let (before, behind) = text.split_once(HEAD).expect("a section");
    let lead = behind.split("| template |").next().unwrap_or_default();
    let expected = [before, HEAD, lead, &table].concat();
    if text != expected {
        let new = root().join("target/tmp/docs/theming.md");
        fs::create_dir_all(new.parent().expect("inside")).expect("made");
        fs::write(&new, expected).expect("written");
        panic!("docs/theming.md has another table than the program knows; put {} in its place", new.display());
    }
}

#[test]
fn a_navigation_names_what_the_book_says_and_leads_out_by_whole_addresses_only() {
    let settings = |nav: &str| format!("{}nav:\n{nav}", SMALL_BOOK[0].1);
    let folder = book();
    let path = folder.path().to_str().expect("UTF-8");
    for (nav, told) in [
        ("  - teems\n", "did you mean `teams`?"),
        ("  - nonsense\n", "known: teams, people"),
        ("  - { title: Chat, href: \"javascript:a()\" }\n", "no whole address"),
        ("  - { title: Chat, href: \"//evil.example\" }\n", "no whole address"),
        ("  - { title: Chat }\n", "has no `href`"),
        ("  - pages/gone.md\n", "names pages/gone.md, which is not in the book"),
        ("  teams: yes\n", "a list of parts"),
    ] {
        put(folder.path(), "okrbook.yaml", settings(nav).as_bytes());
        let (code, _, stderr) = run(&["check", path]);
        assert!(code != 0 && stderr.contains(told), "{nav}: {stderr}");
    }
    put(folder.path(), "okrbook.yaml", settings("  - metrics\n  - teams\n").as_bytes());
    assert_eq!(run(&["build", "--strict", path]).0, 0);
    let page = fs::read_to_string(folder.path().join("site/index.html")).expect("a page");
    let nav = page.split("<nav").nth(1).and_then(|rest| rest.split("</nav>").next()).expect("a navigation");
    let place = |part: &str| nav.find(part);
    assert!(place("metrics/index.html") < place("teams/index.html"), "{nav}");
    assert!(place("outcomes.html").is_none() && place("archive").is_none(), "what isn't named is left out: {nav}");
    assert!(place("checks") > place("class=\"menu\" name=\"menu\"><summary>"), "the checks stay a step away: {nav}");
}

#[test]
fn styles_of_a_book_load_nothing_from_elsewhere() {
    let folder = book();
    let path = folder.path().to_str().expect("UTF-8");
    put(folder.path(), "assets/custom.css", b"@font-face { font-family: x; src: url(https://evil.example/x.woff2); }");
    let (code, lines, _) = run(&["check", "--format", "short", path]);
    assert!(code == 1 && lines.contains("assets/custom.css:1:") && lines.contains("active-asset"), "{lines}");
    put(folder.path(), "assets/custom.css", b"@font-face { font-family: x; src: url(inter.woff2); }");
    assert_eq!(run(&["build", "--strict", path]).0, 0);
    let page = fs::read_to_string(folder.path().join("site/index.html")).expect("a page");
    let sheets: Vec<&str> =
        page.split("<link rel=\"stylesheet\" href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let last = sheets.last().expect("a sheet");
    assert!(last.starts_with("assets/custom."), "{sheets:?}");
    let sheet = fs::read_to_string(folder.path().join("site").join(last)).expect("published");
    let font = sheet.split('"').nth(1).expect("an address");
    assert!(folder.path().join("site/assets").join(font).exists(), "{sheet}");
}

#[test]
fn a_font_that_packets_cannot_use_is_told() {
    let folder = book();
    let path = folder.path().to_str().expect("UTF-8");
    let check = |font: &str| {
        put(folder.path(), "okrbook.yaml", format!("{}brand: {{ font: {font} }}\n", SMALL_BOOK[0].1).as_bytes());
        let (code, lines, _) = run(&["check", "--format", "short", path]);
        (code, lines)
    };
    assert!(!check("assets/inter.woff2").1.contains("okrbook.yaml"));
    fs::remove_file(folder.path().join("assets/inter.ttf")).expect("there");
    let (code, lines) = check("assets/inter.woff2");
    assert!(code == 0 && lines.contains("warning[font-for-pages-only]"), "{lines}");
    for (font, told) in
        [("assets/gone.woff2", "is not in the book"), ("inter.woff2", "is no .woff2"), ("assets/a.css", "is no .woff2")]
    {
        let (code, lines) = check(font);
        assert!(code != 0 && lines.contains(told), "{font}: {lines}");
    }
}

#[test]
fn words_of_the_interface_are_the_books() {
    let folder = book();
    let path = folder.path().to_str().expect("UTF-8");
    let (code, words, _) = run(&["template", "words"]);
    assert!(code == 0 && words.contains("\nteams: \"Teams\"\n"), "{words}");
    put(folder.path(), "words.yaml", words.as_bytes());
    let (_, lines, _) = run(&["check", "--format", "short", path]);
    assert!(!lines.contains("words.yaml"), "what is printed can be read: {lines}");
    put(folder.path(), "words.yaml", "teams: Mann<schaften>\nteam: Team A\npage: Seite\nteems: x\n".as_bytes());
    let (code, lines, _) = run(&["check", "--format", "short", path]);
    assert!(code == 0 && lines.contains("words.yaml:4:1: warning[unknown-word]"), "{lines}");
    assert_eq!(run(&["build", "--strict", path]).0, 0);
    let page = fs::read_to_string(folder.path().join("site/index.html")).expect("a page");
    assert!(page.contains(">Mann&lt;schaften&gt;</a>") && page.contains("<h2 id=\"teams\">Mann&lt;schaften&gt;</h2>"));
    assert!(page.contains(">Metrics</a>"), "all other words are as they were");
}

#[test]
fn links_and_pictures_that_lead_nowhere_are_told() {
    let folder = book();
    let path = folder.path().to_str().expect("UTF-8");
    put(
        folder.path(),
        "pages/how.md",
        b"---\ntitle: How\n---\n![x](../assets/gone.png) [y](howe.md) [z](../assets/inter.ttf)\n",
    );
    let (code, lines, _) = run(&["check", "--format", "short", path]);
    assert!(code == 0 && lines.contains("pages/how.md:4:6: warning[dead-link]: this picture is not there"), "{lines}");
    assert!(lines.contains("pages/how.md:4:30: warning[dead-link]: this link leads nowhere"), "{lines}");
    assert_eq!(lines.matches("dead-link").count(), 2, "{lines}");
}
