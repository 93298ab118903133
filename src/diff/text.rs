//! A difference as text for people: an outline of what is not the same, was → is.

use std::fmt::Write as _;

use super::compare::{Change, Difference, Node, Presence};
use super::fact::{Figure, What};
use super::form::Finding;
use super::one_line::on_one_line;

/// Returns the difference as text, with a line end; titles and messages can't steer a terminal.
#[must_use]
pub fn text(difference: &Difference) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", on_one_line(&difference.outside().join("; ")));
    let _ = writeln!(out, "{}", difference.sentence());
    for quarter in difference.rewritten() {
        let _ = writeln!(out, "{} was over already, and its numbers were changed", on_one_line(quarter));
    }
    for quarter in &difference.quarters {
        out.push('\n');
        outline(&mut out, quarter, 0);
    }
    if !difference.metrics.is_empty() {
        let _ = writeln!(out, "\nmetrics");
        for metric in &difference.metrics {
            outline(&mut out, metric, 1);
        }
    }
    findings(&mut out, difference);
    out
}

fn outline(out: &mut String, node: &Node, depth: usize) {
    let sign = match node.presence {
        Presence::Added => "+ ",
        Presence::Removed => "- ",
        Presence::Kept => "",
    };
    let indent = "  ".repeat(depth);
    let title = if node.title == node.id { String::new() } else { on_one_line(&node.title) };
    let name = format!("{sign}{}  {title}", on_one_line(&node.id));
    let _ = writeln!(out, "{indent}{}", name.trim_end());
    let shown: Vec<&Change> = node.shown_changes().collect();
    let widest = shown.iter().map(|change| change.what.words().len()).max().unwrap_or(0);
    for change in shown {
        let _ =
            writeln!(out, "{indent}    {:widest$}  {}", change.what.words(), on_one_line(&change.shown(node.presence)));
    }
    for part in &node.parts {
        outline(out, part, depth + 1);
    }
}

impl Node {
    /// Returns the changes that people are told of: of a thing that came or went only what it is and where it stands,
    /// and what repeats another line not at all.
    pub(super) fn shown_changes(&self) -> impl Iterator<Item = &Change> {
        let is_told = |what| matches!(what, What::Goal | What::Metric | What::Score | What::State | What::Phase);
        let is_kept = self.presence == Presence::Kept;
        self.changes.iter().filter(move |change| if is_kept { !self.is_repeated(change) } else { is_told(change.what) })
    }

    /// Says whether the score's line says it already: progress, and the pessimistic score where all is measured.
    fn is_repeated(&self, change: &Change) -> bool {
        let Some(score) = self.change(What::Score) else { return false };
        match change.what {
            What::Progress => true,
            What::Pessimistic => (&change.was, &change.is) == (&score.was, &score.is),
            _ => false,
        }
    }
}

impl Change {
    /// Returns `was → is`, or the one that there is of a thing that came or went.
    fn shown(&self, presence: Presence) -> String {
        let side = |figure: &Option<Figure>| figure.as_ref().map_or_else(|| "none".to_owned(), Figure::shown);
        match presence {
            Presence::Added => side(&self.is),
            Presence::Removed => side(&self.was),
            Presence::Kept => format!("{} → {}", side(&self.was), side(&self.is)),
        }
    }
}

fn findings(out: &mut String, difference: &Difference) {
    let found = &difference.findings;
    if found.new.is_empty() && found.gone.is_empty() && found.changed.is_empty() {
        return;
    }
    let line = |sign: &str, finding: &Finding| {
        let Finding { code, level, message, .. } = finding;
        format!("  {sign} {}\n", on_one_line(&format!("{}: {level}[{code}]: {message}", finding.place())))
    };
    out.push_str("\nfindings\n");
    out.extend(found.new.iter().map(|finding| line("+", finding)));
    out.extend(found.gone.iter().map(|finding| line("-", finding)));
    for (was, is) in &found.changed {
        out.push_str(&line("~", is));
        let _ = writeln!(out, "      was {}", on_one_line(&format!("{}: {}", was.level, was.message)));
    }
}
