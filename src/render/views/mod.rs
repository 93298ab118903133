//! Views: what each page's template prints, as finished strings.
//!
//! In: the report and a route. Out: a page's text. One file for each page; a view decides everything, its
//! template nothing.

mod alignment;
mod archive;
mod check_ins;
mod checks;
mod contents;
mod cycle;
mod facts;
mod fold;
mod index;
mod key_result;
mod maker;
mod map;
mod matter;
mod metric;
mod metrics;
mod moves;
mod nav;
mod not_found;
mod outcomes;
mod own_page;
mod packet;
mod people;
mod person;
mod quality;
mod quarter;
mod redirect;
mod remarks;
mod retrospective;
mod rule;
mod scores;
mod shell;
mod standing;
mod team;
mod team_quarter;
mod teams;

pub(super) use maker::Maker;
pub(super) use shell::Shell;

use super::markup::Markup;
use super::routes::Page;
use crate::error::Result;

/// Adds the text of a page.
///
/// # Errors
///
/// Where one of the book's own templates asks for something that the page doesn't have.
pub(super) fn add_page(out: &mut Markup, maker: Maker<'_>, page: Page) -> Result<()> {
    let templates = maker.templates;
    match page {
        Page::Index => index::add(out, maker),
        Page::Quarter(place) => templates.add_page(out, "quarter.html", &quarter::view(maker, place)?),
        Page::TeamQuarter(place) => team_quarter::add(out, maker, place),
        Page::Retrospective(place) => {
            templates.add_page(out, "retrospective.html", &retrospective::view(maker, place)?)
        }
        Page::Packet(scope) => templates.add_page(out, "packet.html", &packet::view(maker, scope)),
        Page::Team(place) => templates.add_page(out, "team.html", &team::view(maker, place)?),
        Page::Teams => templates.add_page(out, "teams.html", &teams::view(maker)),
        Page::Metrics => templates.add_page(out, "metrics.html", &metrics::view(maker)),
        Page::Metric(place) => metric::add(out, maker, place),
        Page::Outcomes => templates.add_page(out, "outcomes.html", &outcomes::view(maker)),
        Page::Alignment => templates.add_page(out, "alignment.html", &alignment::view(maker)),
        Page::People => templates.add_page(out, "people.html", &people::view(maker)),
        Page::Person(place) => templates.add_page(out, "person.html", &person::view(maker, place)?),
        Page::Checks => templates.add_page(out, "checks.html", &checks::view(maker)?),
        Page::Rule(place) => templates.add_page(out, "rule.html", &rule::view(maker, place)?),
        Page::Archive => templates.add_page(out, "archive.html", &archive::view(maker)),
        Page::Redirect(target) => templates.add_page(out, "redirect.html", &redirect::view(maker, target)),
        Page::Own(place) => templates.add_page(out, "page.html", &own_page::view(maker, place)),
        _ => templates.add_page(out, "404.html", &not_found::view(maker)),
    }
}
