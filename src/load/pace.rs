//! How a key result expects progress over time.
//!
//! In: the node of `pace`. Out: a pace whose stages are in order, or nothing and a diagnostic.

use crate::diag::Diagnostic;
use crate::model::calendar::Day;
use crate::model::plan::{Pace, PlainPace};
use crate::model::quantity::Number;
use crate::source::{Span, Spanned};
use crate::yaml::{Kind, Node, Reader};

/// Returns the pace that a node states.
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Pace> {
    let Kind::Map(map) = &node.kind else {
        return reader.choice(node, "`pace`", PlainPace::WORDS).map(|pace| pace.value.into());
    };
    let mut stages: Vec<Stage> = Vec::new();
    for entry in &map.entries {
        let day = reader.day_of(&entry.key.value, entry.key.span, "a stage of `pace`");
        let share = reader.number(&entry.value, "the expected progress");
        let (Some(day), Some(share)) = (day, share) else { continue };
        if share.value < Number::ZERO || share.value > Number::ONE {
            let message = format!("the expected progress is between 0 and 1, and here is {}", share.value);
            reader.report(Diagnostic::error("bad-value", &share, message).help("write 0.3 for 30%"));
            continue;
        }
        stages.push(Stage { day, share, span: entry.key.span });
    }
    stages.sort_by_key(|stage| stage.day);
    rises(reader, &stages)
        .then(|| Pace::Stages(stages.into_iter().map(|stage| (stage.day, stage.share.value)).collect()))
}

/// A stage of a pace.
struct Stage {
    day: Day,
    share: Spanned<Number>,
    span: Span,
}

/// Says whether no stage expects less than the one before it, and reports the first that does.
fn rises(reader: &mut Reader<'_>, stages: &[Stage]) -> bool {
    let falls = |pair: &&[Stage]| pair[1].share.value < pair[0].share.value;
    let Some([first, second]) = stages.windows(2).find(falls) else { return true };
    let mut shares: Vec<Number> = stages.iter().map(|stage| stage.share.value).collect();
    shares.sort_unstable();
    let right: Vec<String> =
        stages.iter().zip(shares).map(|(stage, share)| format!("{}: {share}", stage.day)).collect();
    let (early, late) = (first.share.value, second.share.value);
    let message = format!("the expected progress falls from {early} on {} to {late} on {}", first.day, second.day);
    let diagnostic = Diagnostic::error("bad-value", second.span, message).label("the later day");
    let help = format!("progress adds up: `pace: {{ {} }}`; until then it is linear", right.join(", "));
    reader.report(diagnostic.related(first.span, "more was expected before").help(help));
    false
}
