//! Exports of other products, in every form: found and told, or refused.

#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use okrbook::import::arrange::{Given, arrange};
use okrbook::import::report::{Scores, report};
use okrbook::import::{Input, Known, understand};
use okrbook::model::calendar::Calendar;
use okrbook::source::Sources;

fuzz_target!(|input: (u8, &[u8])| {
    let (form, bytes) = input;
    let name = ["a.md", "a.csv", "objectives.json", "a.zip", "a.xlsx"][usize::from(form) % 5];
    let (calendar, sealed, mut sources) = (Calendar::default(), BTreeSet::new(), Sources::default());
    let known = Known { map: None, calendar: &calendar, teams: &[] };
    let found = understand(&[Input { name, bytes }], known, &mut sources);
    let given = Given { calendar: &calendar, teams: &[], people: &[], sealed: &sealed, team: None, cycle: None };
    let _ = report(&arrange(found, &given), &Scores::new(), &sources);
});
