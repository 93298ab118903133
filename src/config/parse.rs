//! `okrbook.yaml` as a [`Config`].
//!
//! In: the file's tree. Out: settings and diagnostics. A setting that is wrong is reported and takes its default.

use std::sync::Arc;

use super::{Brand, CheckLevel, Config, Paper, Scoring, calendar, holidays, nav, people, words};
use crate::diag::{Diagnostic, Place};
use crate::keys::book::{BOOK, BRAND, SCORING, TEAM};
use crate::model::ids::RESERVED_TEAMS;
use crate::model::plan::Team;
use crate::model::scorecard::FinalMissing;
use crate::read::Workspace;
use crate::sentence;
use crate::source::{Sources, Spanned};
use crate::yaml::{self, Entry, Fields, Kind, Named, Node, Reader, Text};

/// Returns the book's settings; nothing where there are none that could be used, which a blocking diagnostic says.
#[must_use]
pub fn read(workspace: &Workspace) -> (Option<Config>, Vec<Diagnostic>) {
    let sources = &workspace.sources;
    let Some(file) = sources.id_of("okrbook.yaml") else {
        let (place, help) = match sources.id_of("okrbook.yml") {
            Some(_) => (Place::file("okrbook.yml"), "rename okrbook.yml to okrbook.yaml"),
            None => (Place::file("okrbook.yaml"), "write one with a single line: `organisation: Your name`"),
        };
        return (
            None,
            vec![Diagnostic::error("no-settings", place, "the book has no okrbook.yaml").help(help).blocking()],
        );
    };
    let (mut config, mut diagnostics, off) = settings(Text::whole(file, &sources.get(file).text));
    if let Some(config) = &mut config {
        diagnostics.extend(off.map(|off| days_off(config, sources, &off)).unwrap_or_default());
        if let Some(file) = sources.id_of("words.yaml") {
            let (words, found) = words::read(Text::whole(file, &sources.get(file).text));
            config.words = words;
            diagnostics.extend(found);
        }
        // What may not be published is told where it stands.
        let assets: Vec<&Arc<str>> =
            workspace.assets.iter().map(|asset| &asset.path).chain(&workspace.refused).collect();
        let has = |path: &str| assets.iter().any(|known| &***known == path);
        if let Some(logo) = config.brand.logo.as_deref().filter(|logo| !has(logo)) {
            let message = format!("the logo `{logo}` is not in the book");
            diagnostics.push(
                Diagnostic::error("no-file", Place::file("okrbook.yaml"), message).help("put the file under assets/"),
            );
        }
        if let Some(font) = config.brand.font.clone() {
            diagnostics.extend(font_faults(&font, &has));
        }
        diagnostics.extend(config.nav.iter().flatten().filter_map(|item| nav::missing(item, sources)));
        if let Some(catalogue) = config.catalogue.as_ref().filter(|path| sources.id_of(&path.value).is_none()) {
            let message = format!("the catalogue `{}` is not in the book", catalogue.value);
            diagnostics.push(
                Diagnostic::error("no-file", catalogue, message).help("name it catalogue.yaml, beside okrbook.yaml"),
            );
        }
    }
    (config, diagnostics)
}

/// Says where a font isn't there, or where packets can't use it.
fn font_faults(font: &str, has: &dyn Fn(&str) -> bool) -> Option<Diagnostic> {
    let place = Place::file("okrbook.yaml");
    if !has(font) {
        let message = format!("the font `{font}` is not in the book");
        return Some(Diagnostic::error("no-file", place, message).help("put the file under assets/"));
    }
    let stem = font.strip_suffix(".woff2")?;
    let fits = [".ttf", ".otf"].iter().any(|ending| has(&format!("{stem}{ending}")));
    (!fits).then(|| {
        let message = format!("packets are set in okrbook's own font, as `{font}` is for browsers only");
        Diagnostic::warning("font-for-pages-only", place, message)
            .help(format!("put the same font beside it as `{stem}.ttf` or `{stem}.otf`"))
    })
}

/// Returns the settings that a text holds.
#[must_use]
pub fn read_text(source: Text<'_>) -> (Option<Config>, Vec<Diagnostic>) {
    let (config, diagnostics, _) = settings(source);
    (config, diagnostics)
}

/// Returns the settings that a text holds, and the file of days off that it names.
fn settings(source: Text<'_>) -> (Option<Config>, Vec<Diagnostic>, Option<Spanned<Arc<str>>>) {
    let (node, mut diagnostics) = yaml::read(source);
    let Some(node) = node else { return (None, diagnostics, None) };
    let mut reader = Reader::new(source);
    let mut off = None;
    let config = book(&mut reader, &node, &mut off);
    diagnostics.extend(reader.finish());
    (config, diagnostics, off)
}

/// Puts the days off of a file into the calendar; returns what is wrong with it.
fn days_off(config: &mut Config, sources: &Sources, path: &Spanned<Arc<str>>) -> Vec<Diagnostic> {
    let known = sources.id_of(&path.value).filter(|_| path.value.starts_with("holidays."));
    let Some(file) = known else {
        let message = format!("the file of holidays `{}` is not in the book", path.value);
        let help = "name it holidays.yaml, holidays.csv or holidays.txt, beside okrbook.yaml, with a date on each line";
        return vec![Diagnostic::error("no-file", path, message).help(help)];
    };
    let (days, diagnostics) = holidays::of_file(Text::whole(file, &sources.get(file).text));
    config.calendar.holidays = days;
    diagnostics
}

fn book<'a>(reader: &mut Reader<'a>, node: &Node<'a>, off: &mut Option<Spanned<Arc<str>>>) -> Option<Config> {
    let misspelt = misspelt_organisation(node);
    let is_told = |entry: &Entry<'a>| misspelt.is_some_and(|misspelt| misspelt.key.span == entry.key.span);
    let fields = if node.is_empty() { None } else { reader.fields_but(node, BOOK, |_, entry| is_told(entry)) };
    let organisation =
        fields.and_then(|fields| fields.get("organisation")).and_then(|node| reader.prose(node, "`organisation`"));
    if let Some(entry) = misspelt {
        let message = format!("okrbook.yaml says whose book this is under `organisation`, not `{}`", entry.key.value);
        let help = format!("write `organisation: {}`", entry.value.as_text().unwrap_or("Your name"));
        let diagnostic = Diagnostic::error("no-organisation", entry.key.span, message);
        reader.report(diagnostic.label("spelt `organisation`").help(help).blocking());
        return None;
    }
    let (Some(fields), Some(organisation)) = (fields, organisation) else {
        let place = reader.first_line(node.span);
        let diagnostic = Diagnostic::error("no-organisation", place, "okrbook.yaml doesn't say whose book this is");
        reader.report(diagnostic.help("add a line `organisation: Your name`").blocking());
        return None;
    };
    let text = |reader: &mut Reader<'a>, key: &str| {
        fields.get(key).and_then(|node| reader.text(node, &format!("`{key}`")).map(|text| text.map(str::to_owned)))
    };
    let calendar::Read { calendar, places, holidays } =
        fields.get("calendar").map(|node| calendar::read(reader, node)).unwrap_or_default();
    *off = holidays;
    Some(Config {
        organisation: organisation.value,
        calendar,
        quarter_places: places,
        as_of: fields.get("as_of").and_then(|node| reader.day(node, "`as_of`")).map(|day| day.value),
        base_url: text(reader, "base_url").and_then(|url| base_url(reader, url)),
        locale: text(reader, "locale").map_or_else(|| "en".to_owned(), |locale| locale.value),
        paper: fields
            .get("paper")
            .and_then(|node| reader.choice(node, "`paper`", Paper::WORDS))
            .map(|paper| paper.value)
            .unwrap_or_default(),
        people: fields.get("people").map(|node| people::read(reader, node)).unwrap_or_default(),
        people_pages: fields
            .get("people_pages")
            .and_then(|node| reader.choice(node, "`people_pages`", &[("on", true), ("off", false)]))
            .is_none_or(|on| on.value),
        teams: fields.get("teams").map(|node| teams(reader, node)).unwrap_or_default(),
        scoring: fields.get("scoring").map(|node| scoring(reader, node)).unwrap_or_default(),
        checks: fields.get("checks").map(|node| checks(reader, node)).unwrap_or_default(),
        catalogue: text(reader, "catalogue").map(|path| path.map(Arc::from)),
        brand: fields.entry("brand").map(|entry| brand(reader, &entry.value)).unwrap_or_default(),
        nav: fields.get("nav").map(|node| nav::read(reader, node)),
        words: Vec::new(),
    })
}

/// Returns the entry that was meant as `organisation`, where no key is spelt so.
fn misspelt_organisation<'n, 'a>(node: &'n Node<'a>) -> Option<&'n Entry<'a>> {
    let Kind::Map(map) = &node.kind else { return None };
    let right = |key: &str| BOOK.right(key) == Some("organisation");
    let is_there = map.entries.iter().any(|entry| entry.key.value == "organisation");
    map.entries.iter().find(|entry| !is_there && !BOOK.has(&entry.key.value) && right(&entry.key.value))
}

fn base_url(reader: &mut Reader<'_>, url: Spanned<String>) -> Option<String> {
    let rest = url.value.strip_prefix("https://").or_else(|| url.value.strip_prefix("http://"));
    let plain = |text: &str| {
        !text.is_empty()
            && !text.starts_with('/')
            && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>`\\?#".contains(c))
    };
    if !rest.is_some_and(plain) {
        let message = format!("`base_url` is a web address, and `{}` is none", url.value);
        reader.report(
            Diagnostic::error("bad-value", url.span, message).help("write it whole: `https://okr.example.com/okrs/`"),
        );
        return None;
    }
    Some(if url.value.ends_with('/') { url.value } else { format!("{}/", url.value) })
}

fn teams<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Team> {
    let Kind::Map(map) = &node.kind else {
        reader.wrong_kind(node, "`teams` is a mapping from a team's id to what is known of it");
        return Vec::new();
    };
    let mut teams: Vec<Team> = Vec::new();
    let mut places = Vec::new();
    for entry in &map.entries {
        let Some(id) = reader.slug_of(&entry.key.value, entry.key.span, "the team id") else { continue };
        if RESERVED_TEAMS.contains(&id.value.as_str()) {
            let message = format!("a team can't be called `{}`: a page has that name", id.value);
            reader.report(
                Diagnostic::error("reserved-name", id.span, message).help(format!("call it `{}-team`", id.value)),
            );
            continue;
        }
        let mut team = Team { name: id.value.as_str().to_owned(), ..Team::unnamed(id.value) };
        if entry.value.is_absent() {
            // The id is its name.
        } else if let Some(name) = entry.value.as_text() {
            name.clone_into(&mut team.name);
        } else {
            describe_team(reader, &entry.value, &mut team);
        }
        teams.push(team);
        places.push(id.span);
    }
    let named = teams.iter_mut().zip(places);
    let mut named: Vec<Named<'_>> =
        named.map(|(team, place)| Named { id: &team.id, place: Some(place), aliases: &mut team.aliases }).collect();
    yaml::settle("a team", &RESERVED_TEAMS, &mut named).into_iter().for_each(|fault| reader.report(fault));
    teams
}

fn describe_team<'a>(reader: &mut Reader<'a>, node: &Node<'a>, team: &mut Team) {
    let Some(fields) = reader.fields(node, TEAM) else { return };
    let text = |reader: &mut Reader<'a>, key: &str| {
        fields.get(key).and_then(|node| reader.prose(node, &format!("`{key}`"))).map(|text| text.value)
    };
    if let Some(name) = text(reader, "name") {
        team.name = name;
    }
    team.function = text(reader, "function");
    team.lead = text(reader, "lead");
    team.parent = fields.get("parent").and_then(|node| reader.slug(node, "the team id"));
    team.aliases = reader.aliases(fields);
    team.until = fields.get("until").and_then(|node| reader.day(node, "`until`")).map(|day| day.value);
}

fn scoring<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Scoring {
    let mut scoring = Scoring::default();
    let Some(fields) = reader.fields(node, SCORING) else { return scoring };
    if let Some(days) = fields.get("stale_after").and_then(|node| days(reader, node)) {
        scoring.stale_after = days;
    }
    let missing = fields.get("final_missing");
    if let Some(missing) = missing.and_then(|node| reader.choice(node, "`final_missing`", FinalMissing::WORDS)) {
        scoring.final_missing = missing.value;
    }
    scoring
}

fn days<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<i32> {
    let text = reader.text(node, "`stale_after`")?;
    let days = sentence::duration_days(text.value).filter(|&days| days > 0);
    if days.is_none() {
        let message = format!("`stale_after` is a number of days, and `{}` is none", text.value);
        reader.report(Diagnostic::error("bad-value", text.span, message).help("write `7 days` or `2 weeks`"));
    }
    days
}

fn checks<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<(Spanned<String>, CheckLevel)> {
    let Kind::Map(map) = &node.kind else {
        reader.wrong_kind(node, "`checks` is a mapping from a check's code to its level");
        return Vec::new();
    };
    let levels = map.entries.iter().filter_map(|entry| {
        let level = reader.choice(&entry.value, "a check's level", CheckLevel::WORDS)?;
        Some((Spanned::new(entry.key.value.clone().into_owned(), entry.key.span), level.value))
    });
    levels.collect()
}

fn brand<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Brand {
    let Some(fields) = (if node.is_empty() { None } else { reader.fields(node, BRAND) }) else {
        return Brand::default();
    };
    let logo = fields.get("logo").and_then(|node| reader.text(node, "`logo`").map(|text| text.map(str::to_owned)));
    let font = fields.get("font").and_then(|node| reader.text(node, "`font`").map(|text| text.map(str::to_owned)));
    Brand {
        logo: logo.and_then(|logo| logo_path(reader, &logo)),
        accent: accent(reader, fields),
        font: font.and_then(|font| font_path(reader, &font)),
    }
}

fn font_path(reader: &mut Reader<'_>, font: &Spanned<String>) -> Option<Arc<str>> {
    let path = &font.value;
    let is_inside = path.starts_with("assets/") && !path.split('/').any(|part| part == ".." || part.is_empty());
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if !is_inside || !["woff2", "ttf", "otf"].contains(&ending.as_str()) {
        let message = format!("the font `{path}` is no .woff2, .ttf or .otf file under assets/");
        reader
            .report(Diagnostic::error("bad-value", font, message).help("put it there and write `assets/inter.woff2`"));
        return None;
    }
    Some(path.as_str().into())
}

fn logo_path(reader: &mut Reader<'_>, logo: &Spanned<String>) -> Option<Arc<str>> {
    let inside =
        logo.value.starts_with("assets/") && !logo.value.split('/').any(|part| part == ".." || part.is_empty());
    if !inside {
        let message = format!("the logo `{}` is not under assets/", logo.value);
        reader.report(Diagnostic::error("bad-value", logo, message).help("put it there and write `assets/logo.svg`"));
    }
    inside.then(|| logo.value.as_str().into())
}

fn accent<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Option<String> {
    let entry = fields.entry("accent")?;
    if entry.value.is_empty() {
        let diagnostic = Diagnostic::error(
            "bad-value",
            entry.key.span,
            "`accent` is empty: YAML takes what follows `#` for a comment",
        );
        reader.report(diagnostic.help("quote the colour: `accent: \"#12436d\"`"));
        return None;
    }
    let text = reader.text(&entry.value, "`accent`")?;
    let digits = text.value.strip_prefix('#').unwrap_or_default().to_ascii_lowercase();
    let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    match digits.len() {
        6 if hexadecimal => Some(format!("#{digits}")),
        3 if hexadecimal => Some(digits.chars().fold("#".to_owned(), |sum, digit| format!("{sum}{digit}{digit}"))),
        _ => {
            let message = format!("`accent` is a colour, and `{}` is none", text.value);
            reader.report(
                Diagnostic::error("bad-value", text.span, message).help("write six hexadecimal digits: `\"#12436d\"`"),
            );
            None
        }
    }
}
