//! A packet as a page that is made for paper.

use serde::Serialize;

use super::Maker;
use super::key_result::body;
use super::shell::{Chrome, Link};
use crate::chart::Svg;
use crate::render::markup::Markup;
use crate::render::routes;
use crate::report::Ages;
use crate::report::packet::{Extent, Leaves, Packet, Scope, packet};

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    packet: Packet<Markup, Markup>,
    /// The page that shows the same on screens.
    back: Link,
    /// What leads to the quarter's folder.
    folder: String,
    /// The PDF file; empty where none was built.
    pdf: String,
}

/// Charts and texts as markup.
struct OnPage<'a> {
    maker: Maker<'a>,
}

impl Leaves for OnPage<'_> {
    type Drawing = Markup;
    type Prose = Markup;

    fn drawing(&mut self, svg: Svg, _alternative: &str) -> Markup {
        Markup::from(svg)
    }

    fn prose(&mut self, text: &str, below: u8) -> Markup {
        body(self.maker, text, below)
    }
}

/// Returns the page of a packet.
pub(super) fn view(maker: Maker<'_>, scope: Scope) -> Option<View> {
    let (quarter, team) = match scope {
        Scope::Quarter(quarter) => (maker.report.quarters.get(quarter)?, None),
        Scope::Team(place) => (maker.report.quarters.get(place.quarter)?, maker.report.at(place)),
    };
    let packet = packet(maker.report, scope, Extent::Whole, &mut OnPage { maker })?;
    let id = quarter.id();
    let mut ages = Ages::default();
    team.as_slice()
        .iter()
        .chain(quarter.teams.iter().filter(|_| team.is_none()))
        .for_each(|team| ages.add(maker.report, *team));
    let back = match team {
        None => Link { text: quarter.plan.heading(), href: maker.link(&routes::quarter(id)) },
        Some(team) => Link { text: team.name.to_owned(), href: maker.link(&routes::team_quarter(id, &team.plan.team)) },
    };
    let page = team.map_or_else(|| routes::quarter_packet(id), |team| routes::team_packet(id, &team.plan.team));
    let title = format!("{}, {}", maker.words.packet, packet.cover.full_title);
    let mut chrome = Chrome::new(maker, maker.part_of(id), title, ages)
        .crumb(quarter.plan.heading(), maker.link(&routes::quarter(id)))
        .here(maker.words.packet);
    if team.is_some() {
        chrome = chrome.crumb(back.text.clone(), back.href.clone());
    }
    Some(View { page: chrome, packet, back, folder: maker.link(&format!("{id}/")), pdf: maker.pdf_link(&page) })
}
