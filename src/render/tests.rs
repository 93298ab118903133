//! The fixture's whole site: every page renders, every link leads somewhere.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Overrides, Site};
use crate::model::calendar::Day;
use crate::model::levels::{Level, LevelKind};
use crate::model::quantity::{Number, Quantity, Unit};
use crate::model::scorecard::Reason;
use crate::model::step::Step;
use crate::report::Report;
use crate::report::fixture::Fixture;

/// Returns all files of the fixture's site by path.
fn site() -> BTreeMap<String, String> {
    let fixture = Fixture::new();
    let report = Report::new(fixture.inputs());
    let site = Site::new(&report, &Overrides::default()).expect("built-in templates");
    let files: BTreeMap<String, String> = site
        .routes()
        .iter()
        .map(|route| {
            let file = site.render(route).unwrap_or_else(|error| panic!("{}: {error}", route.path));
            (file.path, String::from_utf8(file.content).expect("text"))
        })
        .collect();
    // For people who want to look at it.
    if let Some(folder) = std::env::var_os("OKRBOOK_WRITE_SITE") {
        for (path, text) in &files {
            let path = Path::new(&folder).join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
            std::fs::write(path, text).expect("writable");
        }
    }
    files
}

/// Returns the values of an attribute in a page.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    html.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_leads_to_a_file_and_every_fragment_to_a_place_in_it() {
    let files = site();
    for (path, html) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_outside = |href: &&str| href.starts_with("https://");
        let all = attributes(html, "href").into_iter().chain(attributes(html, "src"));
        for href in all.filter(|href| !is_outside(href)) {
            let (file, fragment) = href.split_once('#').unwrap_or((href, ""));
            let target = if file.is_empty() { path.clone() } else { joined(folder, file) };
            let found = files.get(&target).unwrap_or_else(|| panic!("{path} links to {href}, which is not there"));
            let has_place = fragment.is_empty() || attributes(found, "id").contains(&fragment);
            assert!(has_place, "{path} links to {href}: no such place");
        }
    }
}

/// Returns the path that `link` leads to from a folder.
fn joined(folder: &str, link: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn ids_are_unique_headings_descend_by_one_and_nothing_is_inline() {
    for (path, html) in site().iter().filter(|(path, _)| path.ends_with(".html")) {
        let mut ids = attributes(html, "id");
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(all, ids.len(), "{path}: an id stands twice");
        let mut before = 0;
        for rest in html.split("<h").skip(1) {
            let Some(level) = rest.chars().next().and_then(|c| c.to_digit(10)) else { continue };
            assert!(level <= before + 1, "{path}: h{level} behind h{before}");
            before = level;
        }
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        assert_eq!(html.matches("Content-Security-Policy").count(), 1, "{path}");
        for inline in [" style=", "<script>", " onclick=", "javascript:"] {
            assert!(!html.contains(inline), "{path}: {inline}");
        }
    }
}

#[test]
fn every_page_says_where_it_stands() {
    for (path, html) in site().iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(html.contains(" aria-current=\""), "{path} marks nothing as current");
        assert_eq!(html.matches("aria-label=\"Breadcrumb\"").count(), usize::from(path != "index.html"), "{path}");
        let tags = html.split("<nav ").skip(1).filter_map(|rest| rest.split('>').next());
        let mut names: Vec<&str> =
            tags.filter_map(|tag| tag.split("aria-label").nth(1)?.split("=\"").nth(1)?.split('"').next()).collect();
        let all = html.matches("<nav").count();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "{path}: each landmark has a name of its own: {names:?}");
        let scripts = usize::from(!html.contains("http-equiv=\"refresh\""));
        assert_eq!(
            html.matches("<script defer src=\"").count(),
            scripts,
            "{path}: it leads on at once, or has the script"
        );
    }
    let site = site();
    let packet = &site["2026-Q3/platform.packet.html"];
    let crumbs = packet.split("class=\"crumbs\"").nth(1).and_then(|rest| rest.split("</nav>").next()).expect("crumbs");
    assert_eq!(attributes(crumbs, "href"), ["../index.html", "../2026-Q3/index.html", "../2026-Q3/platform.html"]);
    assert!(site["teams/index.html"].contains("href=\"../teams/platform.html\""));
    assert!(site["archive/index.html"].contains("<summary aria-current=\"true\">More"));
    assert!(site["2026-Q3/index.html"].contains("<a href=\"#scores\">"), "a long page lists its parts");
}

#[test]
fn every_page_may_be_published_beside_a_template_of_the_books_own() {
    let known = |fixture: &mut Fixture| fixture.identity.base_url = Some("https://okr.example/a/".to_owned());
    let own = [("own.html", "never used")];
    let overrides = Overrides { templates: &own, ..Overrides::default() };
    let files = [site_of(|_| (), &overrides), site_of(known, &overrides)];
    assert!(files.iter().all(|files| files.keys().filter(|path| path.ends_with(".html")).count() > 40));
}

#[test]
fn a_page_that_could_run_something_is_not_made() {
    let fixture = Fixture::new();
    let report = Report::new(fixture.inputs());
    for (name, text, path) in [
        ("404.html", "<!doctype html><title>x</title><script src=\"https://evil.example/x.js\"></script>", "404.html"),
        (
            "quarter.html",
            "{% extends \"builtin/quarter.html\" %}{% block footer %}<script>a()</script>{% endblock %}",
            "2026-Q4/index.html",
        ),
        ("grade.html", "<b onclick=\"a()\">x</b>", "index.html"),
        (
            "base.html",
            "<!doctype html><html><head><title>{% block title %}{% endblock %}</title>{% block head %}{% endblock %}</head>\
             <body>{% block masthead %}{% endblock %}{% block main %}{% endblock %}{% block footer %}{% endblock %}</body>\
             </html>",
            "checks.html",
        ),
    ] {
        let own = [(name, text)];
        let site = Site::new(&report, &Overrides { templates: &own, ..Overrides::default() });
        let site = match site {
            Ok(site) => site,
            Err(error) => panic!("{name}: {error}"),
        };
        let route = site.routes().iter().find(|route| route.path == path).expect("a page");
        let error = site.render(route).expect_err("active").to_string();
        assert!(error.contains(&format!("{path} is not published")), "{error}");
        assert!(error.contains(&format!("--> templates/{name}")), "{error}");
    }
}

#[test]
fn a_site_is_the_same_every_time() {
    assert_eq!(site(), site());
}

#[test]
fn pages_are_the_same_cut_and_rendered_by_the_engine() {
    // The second organisation's name holds what marks a string while a page is cut.
    for organisation in ["Northwind", "\u{E000}\u{E002}"] {
        let mut fixture = Fixture::new();
        fixture.identity.organisation = organisation.to_owned();
        let report = Report::new(fixture.inputs());
        let cut = Site::new(&report, &Overrides::default()).expect("built-in templates");
        let mut whole = Site::new(&report, &Overrides::default()).expect("built-in templates");
        whole.templates.forget_stencils();
        for route in cut.routes() {
            let [cut, whole] = [&cut, &whole].map(|site| site.render(route).expect("a file").content);
            assert_eq!(String::from_utf8_lossy(&cut), String::from_utf8_lossy(&whole), "{}", route.path);
        }
    }
}

/// Returns all files of a site made of a changed fixture.
fn site_of(change: impl FnOnce(&mut Fixture), overrides: &Overrides<'_>) -> BTreeMap<String, String> {
    let mut fixture = Fixture::new();
    change(&mut fixture);
    let report = Report::new(fixture.inputs());
    let site = Site::new(&report, overrides).expect("fine templates");
    let file = |route| site.render(route).expect("a file");
    site.routes()
        .iter()
        .map(file)
        .map(|file| (file.path, String::from_utf8_lossy(&file.content).into_owned()))
        .collect()
}

#[test]
fn an_empty_book_has_a_first_page_that_says_what_to_do() {
    let empty = |fixture: &mut Fixture| {
        fixture.plan = crate::model::plan::Plan::default();
        fixture.scorecard.quarters.clear();
        fixture.findings.clear();
    };
    let files = site_of(empty, &Overrides::default());
    assert!(files["index.html"].contains("okrbook start 2026-Q3"));
    assert!(files["metrics/index.html"].contains("metrics/"));
    assert!(files["checks.html"].contains("Nothing to say about this book"));
}

#[test]
fn hostile_texts_stay_texts_in_every_file() {
    const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{ 7919*7919 }}\u{202e}";
    let spoil = |fixture: &mut Fixture| {
        fixture.identity.organisation = HOSTILE.to_owned();
        for team in &mut fixture.plan.teams {
            team.name = HOSTILE.to_owned();
            team.lead = Some(HOSTILE.to_owned());
        }
        for objective in fixture.plan.quarters.iter_mut().flat_map(|q| &mut q.teams).flat_map(|t| &mut t.objectives) {
            objective.title.value = HOSTILE.to_owned();
            objective.outcome.as_mut().expect("stated").value = HOSTILE.to_owned();
            for key_result in &mut objective.key_results {
                key_result.title.value = HOSTILE.to_owned();
                key_result.doubts = vec![HOSTILE.to_owned()];
            }
        }
        for metric in fixture.plan.metrics.values_mut() {
            metric.title = HOSTILE.to_owned();
            metric.description = Some(HOSTILE.to_owned());
        }
        for finding in &mut fixture.findings {
            finding.message = HOSTILE.to_owned();
        }
    };
    for (path, text) in site_of(spoil, &Overrides::default()) {
        let is_markup = [".html", ".xml"].iter().any(|ending| path.ends_with(ending));
        let scripts = text.matches("<script").count() - text.matches("<script defer src=\"").count();
        assert!(!is_markup || scripts == 0, "{path}");
        assert!(!is_markup || !text.contains("<img src=x"), "{path}");
        assert!(!is_markup || !text.contains("62710561"), "{path}: a text was run as a template");
    }
}

#[test]
fn the_first_page_has_the_books_own_template_and_style() {
    let templates = [("index.html", "{% extends \"builtin/index.html\" %}{% block footer %}<p>ours</p>{% endblock %}")];
    let assets = [("assets/site.css", b"body{}".to_vec())];
    let files = site_of(|_| (), &Overrides { templates: &templates, assets: &assets, frozen: None, pdf: false });
    assert!(files["index.html"].contains("<p>ours</p>"));
    assert!(!files["checks.html"].contains("<p>ours</p>"));
    assert!(files.iter().any(|(path, text)| path.starts_with("assets/site.") && text == "body{}"));
}

#[test]
fn a_known_address_makes_full_links_where_relative_ones_would_fail() {
    let known = |fixture: &mut Fixture| fixture.identity.base_url = Some("https://okr.example/a/".to_owned());
    let files = site_of(known, &Overrides::default());
    assert!(files["404.html"].contains("href=\"https://okr.example/a/index.html\""));
    assert!(files["sitemap.xml"].contains("<loc>https://okr.example/a/2026-Q3/platform.html</loc>"));
    assert!(files["feed.xml"].contains("<link href=\"https://okr.example/a/2026-Q4/index.html\"/>"));
    assert!(!site().contains_key("sitemap.xml"));
}

#[test]
fn a_quarter_for_machines_has_exactly_the_agreed_shape() {
    let files = site();
    let quarter: serde_json::Value = serde_json::from_str(&files["data/2026-Q4.json"]).expect("JSON");
    let keys = |value: &serde_json::Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&quarter), ["schema", "okrbook", "as_of", "quarter", "teams", "findings"]);
    assert_eq!(keys(&quarter["quarter"]), ["id", "start", "end", "state"]);
    assert_eq!(quarter["quarter"]["end"], "2027-01-01");
    let platform = &quarter["teams"][2];
    assert_eq!(keys(platform), ["id", "name", "score", "grade", "objectives"]);
    let objective = &platform["objectives"][0];
    let expected = [
        "id",
        "title",
        "outcome",
        "lever",
        "ambition",
        "score",
        "grade",
        "pessimistic",
        "measured",
        "of",
        "note",
        "links",
        "key_results",
    ];
    assert_eq!(keys(objective), expected);
    let mttr = &objective["key_results"][2];
    let expected = [
        "id",
        "title",
        "goal",
        "value",
        "progress",
        "score",
        "grade",
        "band",
        "state",
        "status",
        "expected",
        "expected_by",
        "final",
        "metric",
        "note",
        "links",
        "receipt",
    ];
    assert_eq!(keys(mttr), expected);
    let goal = ["kind", "from", "to", "by", "bound", "inclusive", "unit", "per", "better"];
    assert_eq!(keys(&mttr["goal"]), goal);
    assert_eq!((&mttr["goal"]["to"], &mttr["goal"]["unit"]), (&"0.5".into(), &"h".into()), "in the start's unit");
    assert_eq!(keys(&mttr["receipt"]), ["files", "rows", "left_out", "aggregate", "filter", "window"]);
    assert_eq!(keys(&mttr["receipt"]["files"][0]), ["path", "sha256", "rows", "first_line", "last_line"]);
    assert_eq!(keys(&quarter["findings"][0]), ["code", "level", "message", "file", "line", "column", "help"]);
    let over: serde_json::Value = serde_json::from_str(&files["data/2026-Q3.json"]).expect("JSON");
    let judged = &over["teams"][2]["objectives"][0]["key_results"][2];
    assert_eq!(keys(&judged["final"]), ["score", "because", "by"]);
    assert!(judged["status"].is_null());
}

#[test]
fn notes_and_links_stand_on_cards_and_below_objectives() {
    let files = site();
    let outside = |to: &str, name: &str| format!("<a href=\"{to}\" rel=\"noopener noreferrer external\">{name}</a>");
    let epic = outside("https://tracker.example/1", "Epic");
    let book = outside("https://wiki.example/a_(b)?c=1&amp;d", "Run [book]");
    for path in ["2026-Q4/platform.html", "2026-Q4/packet.html"] {
        let html = &files[path];
        assert!(html.contains("<p>Opened after the <em>outage</em> in May.</p>"), "{path}");
        assert!(html.contains(&format!("<p>{epic} · <a href=\"../pages/how-we-score.html\">How</a></p>")), "{path}");
        assert!(
            html.contains(&format!("<p>Opened by on-call; <em>test</em> alerts aside.</p>\n<p>{book}</p>")),
            "{path}"
        );
    }
}

#[test]
fn levels_are_marked_on_bar_and_chart_and_told_once_the_quarter_is_over() {
    let files = site_of(
        |fixture| {
            let levels = [(LevelKind::Commit, 97), (LevelKind::Stretch, 99)]
                .map(|(kind, at)| Level { kind, at: Quantity::new(Number::whole(at), Unit::Percent) });
            let teams = fixture.plan.quarters.iter_mut().flat_map(|quarter| &mut quarter.teams);
            let key_results = teams.flat_map(|team| &mut team.objectives).flat_map(|known| &mut known.key_results);
            for key_result in key_results.filter(|known| known.id.value.as_str() == "checkout") {
                key_result.levels = levels.to_vec();
            }
        },
        &Overrides::default(),
    );
    let plain = |path: &str| files[path].replace('\u{a0}', " ");
    let (over, running) = (plain("2026-Q3/platform.html"), plain("2026-Q4/platform.html"));
    assert!(over.contains("<dt>Levels</dt><dd>below commit 97 %, stretch 99 %</dd>"));
    assert!(running.contains("<dt>Levels</dt><dd>commit 97 %, stretch 99 %</dd>"), "no verdict while it runs");
    assert!(over.contains("mark below-commit") && !running.contains("mark below-commit"));
    let bar = "<i class=\"bar g7 c7 hatched\"></i>";
    assert!(over.contains(bar) && plain("2026-Q3/packet.html").contains(bar));
    assert!(running.contains("Level: commit 97 %. Level: stretch 99 %."), "on the chart");
}

#[test]
fn bars_tell_what_was_expected_by_now_and_whether_their_length_is_to_be_believed() {
    let files = site();
    let judged = "<b>0.0</b><i class=\"bar g0 hatched\"></i><span class=\"word\">missed</span>\
                  <span class=\"judged\">judged 0.6</span>";
    let tick = "The tick on a bar is where its pace expects the grade by now.";
    for form in ["platform", "packet"] {
        let (over, running) = (&files[&format!("2026-Q3/{form}.html")], &files[&format!("2026-Q4/{form}.html")]);
        assert!(
            running.contains("<i class=\"bar g7 e5 hatched\"></i>"),
            "{form}: ahead of 0.55, with a broken guardrail"
        );
        assert!(over.contains("<i class=\"bar g7 hatched\"></i>"), "{form}: nothing is expected of what is over");
        assert!(over.contains(judged), "{form}: both scores stand side by side");
        assert!(running.contains(tick), "{form}: a key tells of the tick");
        assert!(over.contains("A hatched bar is to be read with care"), "{form}");
    }
    assert!(!files["2026-Q3/platform.html"].contains(tick), "the key tells of what is there only");
}

#[test]
fn what_never_had_data_is_not_called_measurable() {
    let of = |reason: Option<Reason>| {
        let change = |fixture: &mut Fixture| {
            let teams = fixture.scorecard.quarters.iter_mut().flat_map(|quarter| &mut quarter.teams);
            let scores = teams.flat_map(|team| &mut team.objectives).flat_map(|known| &mut known.key_results);
            for score in scores {
                score.value = None;
                score.reasons = reason.clone().into_iter().collect();
            }
        };
        site_of(change, &Overrides::default())["2026-Q4/platform.html"].matches("✓</span> measurable").count()
    };
    let ended = Some(Reason::NoDataInWindow(Day::parse("2026-09-01")));
    assert_eq!((of(None) > 0, of(ended.clone())), (true, of(None)), "there was data once");
    assert_eq!((of(Some(Reason::NoDataInWindow(None))), of(Some(Reason::SilenceUnknown))), (0, 0));
}

#[test]
fn check_points_stand_on_the_card_with_their_days() {
    let files = site_of(
        |fixture| {
            let step = |name: &str, done: Option<&str>| Step { name: name.to_owned(), done: done.and_then(Day::parse) };
            let teams = fixture.plan.quarters.iter_mut().flat_map(|quarter| &mut quarter.teams);
            let key_results = teams.flat_map(|team| &mut team.objectives).flat_map(|known| &mut known.key_results);
            for key_result in key_results.filter(|known| known.id.value.as_str() == "launch") {
                let later = step("all <shops>", Some("2026-12-24"));
                key_result.steps = vec![step("signed", Some("2026-10-14")), step("pilot live", None), later];
            }
        },
        &Overrides::default(),
    );
    for path in ["2026-Q4/product.html", "2026-Q4/packet.html"] {
        let html = files[path].replace('\u{a0}', " ");
        let told = "1. signed 14 Oct; 2. pilot live: not yet; 3. all &lt;shops&gt;: not yet";
        assert!(
            html.contains(&format!("<dt>Check points</dt><dd>{told}</dd>")),
            "{path}: what lies ahead isn't passed"
        );
    }
}

#[test]
fn a_quarter_that_was_brought_in_blames_no_team() {
    let pages = |imported: bool| {
        let change = |fixture: &mut Fixture| {
            let quarters = fixture.plan.quarters.iter_mut();
            for quarter in quarters.filter(|quarter| quarter.quarter.id.to_string() == "2026-Q3") {
                let story = quarter.story.as_mut().expect("a story");
                story.imported = imported.then_some(story.body.span);
                quarter.teams.iter_mut().for_each(|team| team.review = None);
            }
        };
        let files = site_of(change, &Overrides::default());
        [files["2026-Q3/index.html"].clone(), files["2026-Q3/retrospective.html"].clone()]
    };
    let [quarter, retrospective] = pages(false);
    assert!(!quarter.contains("Brought in from elsewhere") && retrospective.contains("id=\"unanswered\""));
    let [quarter, retrospective] = pages(true);
    assert!(quarter.contains("Brought in from elsewhere: no goals were committed here while the quarter ran."));
    assert!(!retrospective.contains("id=\"unanswered\""), "nobody was asked");
}

#[test]
fn a_packet_holds_every_key_result_with_its_grade_and_a_team_its_own() {
    let files = site();
    let whole = files.get("2026-Q3/packet.html").expect("the quarter's packet");
    let teams = files.iter().filter(|(path, _)| path.starts_with("2026-Q3/") && path.ends_with(".packet.html"));
    let (mut cards, mut count) = (0, 0);
    for (path, html) in teams {
        for id in attributes(html, "id").into_iter().filter(|id| id.matches('/').count() == 2 && !id.contains('.')) {
            assert!(
                whole.contains(&format!("<article class=\"kr\" id=\"{id}\">")),
                "{path}: {id} is not in the quarter's"
            );
            cards += 1;
        }
        count += 1;
    }
    assert!(count > 1 && cards > 3, "{count} teams with {cards} cards");
    assert_eq!(whole.matches("<article class=\"kr\"").count(), cards);
}

#[test]
fn a_metric_shows_one_number_wherever_it_stands() {
    let files = site();
    let plain = |path: &str| files[path].replace('\u{a0}', " ");
    for path in ["metrics/p1.html", "metrics/index.html"] {
        assert!(plain(path).contains("2 so far, heading for 3"), "{path}");
    }
    let team = plain("2026-Q4/platform.html");
    assert!(team.contains("2 so far <span class=\"chain\">heading for 3</span>"), "in the table");
    assert!(team.contains("fall from 8 to 3 this quarter at the rate of the first 51 of 92 days, with 2 so far"));
}
