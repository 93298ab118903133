//! A book's site, published: pages, packets and machine forms.
//!
//! In: an opened book. Out: the site's folder, replaced whole; or single machine forms as texts.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::book::{Book, Told};
use super::packets::{self, Published};
use super::{packet, par, render, write};
use crate::error::Result;
use crate::model::ids::CycleId;
use crate::render::{Overrides, Page, Route, Site};
use crate::write::{Output, Swap, TakePiece, Written};

/// Where and how a site is published.
#[derive(Debug)]
pub struct Target<'a> {
    /// The folder.
    pub out: &'a Output,
    /// How the folder is replaced.
    pub swap: Swap,
    /// Where the site will be found, where that isn't what the book says.
    pub base_url: Option<&'a str>,
    /// Whether packets are published as PDF files too.
    pub packets: bool,
}

/// What a build made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Built {
    /// What was written.
    pub written: Written,
    /// How many of the files are pages.
    pub pages: usize,
    /// How many charts the pages show.
    pub charts: usize,
}

impl Book {
    /// Makes the site and publishes it; `begin` is told the number of files, `step` is called after each.
    ///
    /// # Errors
    ///
    /// Where a template of the book's own is wrong, or the disk says no; the old site is then untouched.
    pub fn publish(
        &self,
        told: Told<'_>,
        target: &Target<'_>,
        begin: impl FnOnce(usize),
        step: impl Fn() + Sync + Send,
    ) -> Result<Built> {
        self.with_report(told, target.base_url, |report, templates, assets| {
            let overrides = Overrides { templates, assets, frozen: Some(&self.seals), pdf: target.packets };
            let site = Site::new(report, &overrides)?;
            let extras = packet::Extras {
                templates,
                assets,
                attachments: &[],
                at_once: par::jobs(),
                ..packet::Extras::default()
            };
            let files: Vec<Published<'_>> = packets::files(&site);
            begin(files.len());
            let charts = AtomicUsize::new(0);
            let put = |file: &Published<'_>, content: &mut Vec<u8>, take_piece: &mut TakePiece<'_>| {
                match file {
                    Published::Packet(_, scope) => *content = packets::make(report, *scope, &extras)?.bytes,
                    Published::Page(route) => {
                        site.render_into(route, content, take_piece)?;
                        charts.fetch_add(render::charts(&route.path, content), Ordering::Relaxed);
                    }
                }
                step();
                Ok(())
            };
            let written = write::publish(target.out, target.swap, &files, Published::path, put)?;
            let pages = site.routes().iter().filter(|route| route.is_page()).count();
            Ok(Built { written, pages, charts: charts.into_inner() })
        })
    }

    /// Returns the machine forms of the quarters, `data/2026-Q3.json`, earliest first.
    ///
    /// # Errors
    ///
    /// Where a template of the book's own is wrong.
    pub fn quarter_data(&self, told: Told<'_>) -> Result<Vec<String>> {
        self.data(told, |route| is_quarter_json(&route.path))
    }

    /// Returns the machine form of the book, `data/book.json`.
    ///
    /// # Errors
    ///
    /// Where a template of the book's own is wrong.
    pub fn book_data(&self, told: Told<'_>) -> Result<String> {
        Ok(self.data(told, |route| route.page == Page::BookJson)?.concat())
    }

    fn data(&self, told: Told<'_>, is_wanted: impl Fn(&Route) -> bool) -> Result<Vec<String>> {
        self.with_site(told, None, |site| {
            let wanted = site.routes().iter().filter(|route| is_wanted(route));
            wanted.map(|route| Ok(String::from_utf8_lossy(&site.render(route)?.content).into_owned())).collect()
        })
    }
}

/// Says whether a path of the site is that of a quarter for machines.
fn is_quarter_json(path: &str) -> bool {
    let name = path.strip_prefix("data/").and_then(|name| name.strip_suffix(".json"));
    name.is_some_and(|name| CycleId::parse(name).is_some())
}
