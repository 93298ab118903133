//! Settings, right and wrong.

use super::*;
use crate::diag::Diagnostic;
use crate::model::calendar::NameBy;
use crate::model::ids::CycleId;
use crate::read::Workspace;
use crate::source::{SourceFile, Sources};

fn settings(text: &str) -> (Option<Config>, Vec<Diagnostic>) {
    let file = SourceFile { path: "okrbook.yaml".into(), text: text.into() };
    read(&Workspace { sources: Sources::new(vec![file]), ..Workspace::default() })
}

fn codes(text: &str) -> Vec<&'static str> {
    settings(text).1.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn an_organisation_is_enough() {
    let (config, diagnostics) = settings("organisation: Northwind\n");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let config = config.expect("settings");
    assert_eq!(config.organisation, "Northwind");
    assert_eq!(config.calendar, Calendar::default());
    assert_eq!((config.locale.as_str(), config.paper), ("en", Paper::A4));
    assert_eq!(config.scoring, Scoring { stale_after: 7, final_missing: FinalMissing::Zero });
    assert_eq!((config.as_of, config.base_url, config.brand), (None, None, Brand::default()));
}

#[test]
fn every_setting_is_read() {
    let text = "\
organisation: Northwind
calendar: { year_starts: february, name_by: end, zone: Europe/Berlin, quarters: { 2026-Q1: { from: 2025-02-03, to: 2025-05-04 } } }
as_of: 2026-11-20
base_url: https://okr.example.com/okrs
locale: de
paper: letter
teams:
  platform: { name: Platform, function: platform, lead: Ana Ruiz, parent: engineering }
  data: Data
  web:
scoring: { stale_after: 2 weeks, final_missing: no-data }
checks: { milestone: error, handed-down: off }
brand: { accent: \"#ABC\" }
";
    let (config, diagnostics) = settings(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let config = config.expect("settings");
    assert_eq!((config.calendar.first_month, config.calendar.name_by), (2, NameBy::End));
    let quarter = config.calendar.quarter(CycleId::quarter(2026, 1)).expect("a quarter");
    assert_eq!(quarter.window.end.to_string(), "2025-05-05", "`to` is the last day");
    assert_eq!(config.as_of.map(|day| day.to_string()).as_deref(), Some("2026-11-20"));
    assert_eq!(config.base_url.as_deref(), Some("https://okr.example.com/okrs/"));
    let teams: Vec<_> = config.teams.iter().map(|team| (team.id.as_str(), team.name.as_str())).collect();
    assert_eq!(teams, [("platform", "Platform"), ("data", "Data"), ("web", "web")]);
    assert_eq!(config.scoring, Scoring { stale_after: 14, final_missing: FinalMissing::NoData });
    let checks: Vec<_> = config.checks.iter().map(|(code, level)| (code.value.as_str(), *level)).collect();
    assert_eq!(checks, [("milestone", CheckLevel::Error), ("handed-down", CheckLevel::Off)]);
    assert_eq!(config.brand.accent.as_deref(), Some("#aabbcc"));
}

#[test]
fn wrong_settings_are_reported_and_the_rest_is_used() {
    let cases = [
        ("base_url: ftp://x", "bad-value"),
        ("base_url: https://x/\"><script>", "bad-value"),
        ("base_url: \"https:///x\"", "bad-value"),
        ("as_of: 20.11.2026", "bad-date"),
        ("brand: { accent: red }", "bad-value"),
        ("brand: { accent: \"#12345g\" }", "bad-value"),
        ("brand: { logo: ../logo.svg }", "bad-value"),
        ("brand: { logo: assets/../../x.svg }", "bad-value"),
        ("brand: { logo: assets/gone.svg }", "no-file"),
        ("catalogue: gone.yaml", "no-file"),
        ("teams: [platform]", "wrong-kind"),
        ("teams: { index: X }", "reserved-name"),
        ("teams: { a b: X }", "bad-id"),
        ("scoring: { stale_after: 7 }", "bad-value"),
        ("scoring: { stale_after: -7 days }", "bad-value"),
        ("calendar: { quarters: { 2026-Q5: {} } }", "bad-quarter"),
        ("calendar: { quarters: { 2026-Q1: { from: 2026-04-01, to: 2026-01-01 } } }", "bad-quarter"),
        (
            "calendar: { quarters: { 2026-Q1: { from: 2026-01-01, to: 2026-04-01 }, 2026-Q2: { from: 2026-04-01, to: 2026-06-30 } } }",
            "bad-quarter",
        ),
        ("calendar: { quarters: { 2026-Q1: { from: 2026-01-01 } } }", "missing-key"),
        ("calendar: february", "wrong-kind"),
        ("calendar: { holidays: [2026-02-30] }", "bad-date"),
        ("calendar: { holidays: { easter: 2026-04-05 } }", "wrong-kind"),
        ("calendar: { holidays: holidays.yaml }", "no-file"),
        ("calendar: { holidays: metrics.yaml }", "no-file"),
        ("calendar: { holidays: [holidays.yaml] }", "no-file"),
        ("calendar: { year_starts: 13 }", "bad-value"),
    ];
    for (line, code) in cases {
        let text = format!("organisation: X\n{line}\n");
        let (config, diagnostics) = settings(&text);
        assert_eq!(codes(&text), [code], "{line}");
        assert!(config.is_some() && diagnostics.iter().all(|diagnostic| !diagnostic.blocks), "{line}");
    }
}

#[test]
fn without_usable_settings_nothing_may_be_published() {
    for text in ["", "- a\n", "just words", "calendar: {}\n", "organisation:\n", "organisation: [a]\n", "a: b: c\n"] {
        let (config, diagnostics) = settings(text);
        assert!(config.is_none(), "{text:?}");
        assert!(diagnostics.iter().any(|diagnostic| diagnostic.blocks), "{text:?}");
    }
    let (config, diagnostics) = read(&Workspace::default());
    assert!(config.is_none() && diagnostics[0].blocks && diagnostics[0].code == "no-settings");
}
