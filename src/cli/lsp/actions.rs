//! Changes that do what the help of a finding proposes.

use okrbook::diag::Place;
use okrbook::unseen::inert;

use super::desk::Desk;
use super::place::{Lines, Stretch};
use super::protocol::Mending;

/// Returns the changes for what was found in a stretch of a document.
pub(super) fn at(desk: &Desk<'_>, address: &str, asked: Stretch) -> Vec<Mending> {
    let home = desk.document(address).and_then(|document| document.home.as_ref());
    let found = home.into_iter().flat_map(|home| desk.findings_of(home));
    let mendings = found.filter_map(|(found, sources)| {
        let (Place::Text(span), Some(proposal)) = (&found.place, &found.proposal) else { return None };
        let text = &sources.get(span.file).text;
        let stretch = Lines::of(text).stretch(span.range());
        // A text in quotes stays in quotes.
        let quote =
            text.get(span.range()).and_then(|written| written.chars().next()).filter(|c| matches!(c, '"' | '\''));
        let text = quote.map_or_else(|| proposal.clone(), |quote| format!("{quote}{proposal}{quote}"));
        let title = format!("write `{}`", inert::line(proposal));
        stretch.touches(asked).then_some(Mending { title, stretch, text })
    });
    mendings.collect()
}
