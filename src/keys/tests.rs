//! Every key of the tables is one that a reader asks for.

use std::fs;
use std::path::{Path, PathBuf};

use super::FILES;
use crate::yaml::{Form, Shape, asked};
use crate::{Clock, open};

/// A book of mappings that neither the example nor the valid cases have.
const FURTHER: [(&str, &str); 6] = [
    (
        "okrbook.yaml",
        "organisation: Small\nbrand: { accent: \"#12436d\", font: assets/a.ttf }\nnav: [teams, { title: Chat, href: \"https://chat.example\" }]\ncalendar:\n  quarters:\n    2026-Q1: { from: 2026-01-05, to: 2026-04-03 }\n  \
         named:\n    v4: { from: 2026-03-01, to: 2026-05-15, title: Release 4 }\n",
    ),
    (
        "metrics.yaml",
        "age:\n  date: { year: Year, month: Month }\n  where: { age: { from: 18, to: 65 } }\n\
         weekly: { file: age.csv, date: { year: Year, week: Month } }\n\
         quarterly: { file: age.csv, date: { year: Year, quarter: Month } }\n\
         took: { file: age.csv, value: { from: Year, to: Month } }\n\
         net: { file: age.csv, value: { column: age, minus: value } }\n\
         asked: { file: age.csv, value: age, pull: { connection: shop, query: select 1 } }\n\
         open: { file: age.csv, stock: { from: Year, until: Month } }\n",
    ),
    ("metrics/age.csv", "Year,Month,age,value\n2026,7,20,1\n"),
    ("quarters/2026-Q3/index.md", "---\ntitle: The quarter of the checkout\n---\n"),
    ("quarters/2026-Q3/shop.yaml", "objectives: []\n"),
    (
        "quarters/2026-Q3/lock.yaml",
        "teams:
  shop:
    locked: 2026-07-06
    objectives:
      trust:
        title: People trust checkout
        amendments:
          - { on: 2026-08-03, because: the market moved, title: People trust us }
        key_results:
          success:
            title: Keep success above 99%
            goal: { kind: hold, above: 99 % }
            levels: { commit: 98 %, stretch: 99.9 % }
            guardrails: [{ metric: age, above: 2 }]
",
    ),
];

#[test]
fn each_key_of_the_tables_is_asked_for_by_a_reader() {
    let further = tempfile::tempdir().expect("a folder");
    for (path, text) in FURTHER {
        let path = further.path().join(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("folders");
        fs::write(path, text).expect("written");
    }
    for book in books().iter().map(PathBuf::as_path).chain([further.path()]) {
        open(book, &Clock { flag: None, epoch: None, now: 1_787_184_000 }).expect("readable");
    }
    let mut shapes = Vec::new();
    FILES.iter().for_each(|file| add(&file.form, file.path, &mut shapes));
    let mut faults = Vec::new();
    for (shape, path) in shapes {
        let unread = shape.keys.iter().filter(|key| !asked::has(shape.name, key.name));
        faults.extend(unread.map(|key| format!("`{}` of {} (`{}`, {path})", key.name, shape.what, shape.name)));
    }
    assert!(
        faults.is_empty(),
        "no reader asks for these keys of the tables in src/keys/:\n  {}\nAsk for it where the mapping is read, in \
         src/load/ or src/config/ (`fields.get(\"KEY\")`), or take its line out of the table. If a reader does ask, no \
         book of tests/cases/valid/ comes to the question: let one of them, or `FURTHER` in src/keys/tests.rs, hold \
         such a mapping.",
        faults.join("\n  ")
    );
}

/// Returns the example's folder and those of all valid cases.
fn books() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = fs::read_dir(root.join("tests/cases/valid")).expect("the cases");
    let cases = cases.map(|entry| entry.expect("readable").path());
    std::iter::once(root.join("content")).chain(cases.filter(|path| path.is_dir())).collect()
}

/// Adds all mappings of a form, each with the file in which it is met first.
fn add(form: &Form, path: &'static str, shapes: &mut Vec<(&'static Shape, &'static str)>) {
    match form {
        Form::Of(shape) if shapes.iter().all(|(known, _)| known.name != shape.name) => {
            shapes.push((shape, path));
            shape.keys.iter().for_each(|key| add(&key.form, path, shapes));
        }
        Form::List(item) | Form::OneOrMany(item) | Form::ByName(_, item) => add(item, path, shapes),
        Form::Either(forms) => forms.iter().for_each(|form| add(form, path, shapes)),
        _ => {}
    }
}
