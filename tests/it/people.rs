//! People by their names, and their pages: what is theirs and what waits for them.

use std::fs;

use crate::support::{folder_with, run};

const SHOP: &str = "objectives:
  - id: fast
    title: The shop answers at once
    outcome: Fewer customers leave
    lever: Faster pages
    changes: Nothing else is begun
    key_results:
      - { id: errors, title: \"Reduce errors from 50 to 30\", metric: errors, owners: [ana, \"Ben Ode\", 李] }
      - { id: gone, title: \"Reduce lost baskets from 9% to 5%\", metric: gone, owners: [ANA] }
";

fn site(settings: &str) -> (tempfile::TempDir, String) {
    let settings = format!(
        "organisation: X\nas_of: 2026-09-01\nteams: {{ shop: {{ name: The shop, lead: Ana Ruiz }} }}\n{settings}"
    );
    let folder = folder_with(&[
        ("okrbook.yaml", &settings),
        ("metrics.yaml", "errors: { source: logs, owner: ana }\ngone: { source: logs, owner: shop }\n"),
        ("metrics/errors.csv", "date,errors\n2026-06-30,50\n2026-08-31,40\n"),
        ("quarters/2026-Q3/shop.yaml", SHOP),
    ]);
    let (at, site) = (folder.path().to_str().expect("UTF-8"), folder.path().join("site"));
    let (_, _, said) = run(&["build", at, "-o", site.to_str().expect("UTF-8")]);
    (folder, said)
}

fn page(folder: &tempfile::TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join("site").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn everybody_is_called_by_their_name_and_has_one_page_whatever_files_call_them() {
    let (folder, said) = site("people: { ana: { name: Ana Ruiz, team: shop } }\n");
    let card = page(&folder, "2026-Q3/shop.html");
    assert!(card.contains("<a href=\"../people/ana.html\">Ana Ruiz</a>"), "{said}{card}");
    assert!(card.contains("<a href=\"../people/ben-ode.html\">Ben Ode</a>"), "{card}");
    let list = page(&folder, "people/index.html");
    for name in ["Ana Ruiz", "Ben Ode", "李"] {
        assert_eq!(list.matches(&format!(">{name}</a>")).count(), 1, "{name}: {list}");
    }
    assert!(!list.contains(">shop</a>"), "a team that answers for a metric is no person: {list}");
    let ana = page(&folder, "people/ana.html");
    for text in
        ["Reduce errors from 50 to 30", "Reduce lost baskets from 9% to 5%", "The shop", "there is no metrics/gone.csv"]
    {
        assert!(ana.contains(text), "{text}: {ana}");
    }
    let names: Vec<_> = fs::read_dir(folder.path().join("site/people")).expect("built").collect();
    assert_eq!(names.len(), 4, "the list and three people: {names:?}");
    let sheet = page(&folder, "data/2026-Q3.csv");
    assert!(sheet.contains("Ana Ruiz; Ben Ode; 李"), "{sheet}");
}

#[test]
fn pages_of_people_can_be_left_out() {
    let (folder, _) = site("people: { ana: Ana Ruiz }\npeople_pages: off\n");
    assert!(!folder.path().join("site/people").exists());
    let card = page(&folder, "2026-Q3/shop.html");
    assert!(card.contains("<dd>Ana Ruiz</dd>") && !card.contains("people/"), "{card}");
}

#[test]
fn what_is_wrong_with_people_is_told_in_one_run() {
    let (_folder, said) = site(
        "people: { \"a b\": A, ben: { name: Ben, team: shopp }, Ben: B, index: I, cem: { nmae: Cem } }\npeople_pages: maybe\n",
    );
    for told in [
        "`a b` can't be a person's id",
        "there is no team `shopp`",
        "write `shop`",
        "`Ben` is a person's id already",
        "`index` can't be a person's id",
        "a person has no key `nmae`",
        "`people_pages` can't be `maybe`",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
}
