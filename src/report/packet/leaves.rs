//! What a document makes of a packet's drawings and texts.
//!
//! In: a chart, a Markdown text. Out: whatever the document prints of it; a page and a PDF differ in nothing else.

use serde::Serialize;

use crate::chart::Svg;
use crate::model::ids::Slug;

/// Turns charts and Markdown texts into what a document prints.
pub trait Leaves {
    /// A drawing.
    type Drawing: Serialize;
    /// A text with paragraphs, lists, links.
    type Prose: Serialize;

    /// Returns a drawing; `alternative` says what it shows.
    fn drawing(&mut self, svg: Svg, alternative: &str) -> Self::Drawing;

    /// Returns a Markdown text that stands below a heading of a level.
    fn prose(&mut self, markdown: &str, below: u8) -> Self::Prose;

    /// Says whether a document has room for the section of a team.
    fn has_room(&self, _team: &Slug) -> bool {
        true
    }
}
