//! A team's review, laid out: its key results with the facts, and the questions that are still to be answered.
//!
//! In: the review's text, the team's key results, their facts. Out: the text with what was missing, and fresh facts. Not a
//! byte that a person wrote is changed or moved; what is answered reads the same afterwards.

use crate::error::{Error, Result};
use crate::load::{self, Outlined, Question, facts};
use crate::model::calendar::Day;
use crate::model::ids::Slug;
use crate::model::plan::Objective;
use crate::model::review::Review;

/// A team whose review is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The review's place in the book, for messages.
    pub path: &'a str,
    /// The review's text, where there is one.
    pub text: Option<&'a str>,
    /// The team's objectives.
    pub objectives: &'a [Objective],
    /// The facts of its key results.
    pub facts: &'a [Facts],
    /// The day as of which they hold.
    pub as_of: Day,
}

/// The facts of a key result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The objective.
    pub objective: Slug,
    /// The key result.
    pub key_result: Slug,
    /// What is known, in lines.
    pub lines: Vec<String>,
}

/// A review that was laid out.
#[derive(Debug, PartialEq, Eq)]
pub struct LaidOut {
    /// Its text.
    pub text: String,
    /// How many key results it has.
    pub key_results: usize,
    /// How many questions are open.
    pub open: usize,
}

/// What stands above a new review.
const HEAD: &str = "\
---
# A score that the numbers don't tell is set beside the computed one, which goes on to count; say why:
# judgements:
#   OBJECTIVE/KEY-RESULT: { final: 0.6, because: two incidents were a vendor's, by: cto }
---
<!-- The quarter in a few paragraphs: what a reader should know before the details. -->
";

/// Returns the words of a question's heading and the hint below it.
const fn asked(question: Question) -> (&'static str, &'static str) {
    match question {
        Question::Worked => ("What worked", "Which actions drove progress?"),
        Question::Failed => ("What didn't work", "Which actions failed to move the needle?"),
        Question::Learned => ("What we learned", "What would you do differently?"),
        Question::Carry => (
            "Carry forward?",
            "Does it need another quarter? Yes or no first, then why. A new target: `to: 1/quarter` on a line of its own.",
        ),
    }
}

/// Text that is put into a review: where, how much is replaced, and what with.
struct Edit {
    at: usize,
    until: usize,
    text: String,
}

/// Returns the review of a team with all its key results, their facts and questions.
///
/// # Errors
///
/// A usage error where the text can't be added to without changing what it says.
pub fn lay_out(inputs: &Inputs<'_>) -> Result<LaidOut> {
    let before = inputs.text.unwrap_or(HEAD);
    let known = load::outline(before, inputs.objectives);
    let level = known.first().map_or(2, |section| section.level.min(5));
    let mut edits: Vec<Edit> = Vec::new();
    // A key result that is missing comes behind the one that is before it in the team's file, the first before all.
    let mut behind = known.first().map_or(before.len(), |section| section.start);
    for objective in inputs.objectives {
        for key_result in &objective.key_results {
            let (objective, id) = (&objective.id.value, &key_result.id.value);
            let block = inputs.facts.iter().find(|facts| facts.objective == *objective && facts.key_result == *id);
            let block = block.map(|known| facts::block(&known.lines, inputs.as_of)).unwrap_or_default();
            match known.iter().find(|section| section.objective == *objective && section.key_result == *id) {
                Some(section) => {
                    complete(&mut edits, before, section, &block);
                    behind = section.end;
                }
                None => {
                    let heading =
                        format!("{} {objective}/{id}: {}", "#".repeat(level), in_one_line(&key_result.title.value));
                    let text = format!("{heading}\n\n{block}\n{}", questions(&Question::ALL, level + 1));
                    edits.push(Edit { at: behind, until: behind, text });
                }
            }
        }
    }
    let text = apply(before, edits);
    check(inputs, before, &text)?;
    let outline = load::outline(&text, inputs.objectives);
    let answered: usize = outline.iter().map(|section| distinct(&section.answered)).sum();
    Ok(LaidOut { text, key_results: outline.len(), open: outline.len() * Question::ALL.len() - answered })
}

fn in_one_line(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn distinct(questions: &[Question]) -> usize {
    Question::ALL.iter().filter(|question| questions.contains(question)).count()
}

fn questions(questions: &[Question], level: usize) -> String {
    let one = |question: &Question| {
        let (heading, hint) = asked(*question);
        format!("{} {heading}\n<!-- {hint} -->\n", "#".repeat(level))
    };
    questions.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Adds what a section lacks: fresh facts below its heading, and questions at its end.
fn complete(edits: &mut Vec<Edit>, before: &str, section: &Outlined, block: &str) {
    match &section.facts {
        Some(range) => {
            let ends = before[range.clone()].ends_with('\n');
            let text = if ends { block } else { block.trim_end() };
            edits.push(Edit { at: range.start, until: range.end, text: text.to_owned() });
        }
        None => {
            let is_apart = before[section.below..].trim_start_matches('\r').starts_with('\n');
            let behind = if is_apart || section.below == before.len() { "" } else { "\n" };
            edits.push(Edit { at: section.below, until: section.below, text: format!("\n{block}{behind}") });
        }
    }
    let missing: Vec<Question> =
        Question::ALL.into_iter().filter(|question| !section.asked.contains(question)).collect();
    if !missing.is_empty() {
        let text = questions(&missing, (section.level + 1).min(6));
        edits.push(Edit { at: section.end, until: section.end, text });
    }
}

/// Returns the text with the edits in it. Whole paragraphs that are added stand apart from what is around them.
fn apply(before: &str, mut edits: Vec<Edit>) -> String {
    // Stable: what is added at one place stays in the order in which it was.
    edits.sort_by_key(|edit| edit.at);
    let newline = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = String::with_capacity(before.len() * 2);
    let mut from = 0;
    for edit in &edits {
        text.push_str(&before[from..edit.at]);
        let is_block = edit.text.starts_with('#');
        if !text.is_empty() && !text.ends_with('\n') {
            text.push_str(newline);
        }
        if is_block && !text.is_empty() && !text.ends_with("\n\n") && !text.ends_with("\n\r\n") {
            text.push_str(newline);
        }
        text.push_str(&edit.text.replace('\n', newline));
        from = edit.until;
        if is_block && from < before.len() {
            text.push_str(newline);
        }
    }
    text.push_str(&before[from..]);
    text
}

/// Refuses a text in which what was added isn't found, or in which an answer isn't what it was.
fn check(inputs: &Inputs<'_>, before: &str, after: &str) -> Result<()> {
    let outline = load::outline(after, inputs.objectives);
    let count: usize = inputs.objectives.iter().map(|objective| objective.key_results.len()).sum();
    let is_whole =
        outline.len() == count && outline.iter().all(|section| distinct(&section.asked) == Question::ALL.len());
    let said = |text: &str| said(&load::read_review(text, inputs.objectives));
    if is_whole && said(before) == said(after) {
        return Ok(());
    }
    Err(Error::usage_with_help(
        format!("{} can't be added to without changing what it says", inputs.path),
        "look for a comment or a block of code that is never closed; nothing was written",
    ))
}

/// Returns all that people wrote, by key result; sections without a word are left out.
fn said(review: &Review) -> Vec<(String, Vec<String>)> {
    let body = |body: &crate::model::plan::Body| body.markdown().to_owned();
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for answers in &review.answers {
        let single = [&answers.worked, &answers.failed, &answers.learned].map(|answer| answer.as_ref().map(body));
        let carry =
            answers.carry.as_ref().map(|carry| format!("{:?} {:?} {}", carry.decision, carry.to, body(&carry.body)));
        let mut words: Vec<String> = single.into_iter().chain([carry]).map(Option::unwrap_or_default).collect();
        words.extend(answers.loose.iter().map(body));
        if words.iter().any(|words| !words.is_empty()) {
            all.push((format!("{}/{}", answers.objective, answers.key_result.value), words));
        }
    }
    all.sort();
    let apart = review.story.iter().chain(&review.loose).map(body).collect();
    all.push((String::new(), apart));
    all
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::config;
    use crate::model::plan::Plan;
    use crate::read::Workspace;
    use crate::source::Sources;

    const TEAM: &str = "objectives:
  - id: trust
    title: T
    key_results:
      - p1: Cut incidents from 8 to 2
      - { id: mttr, title: Cut hours from 8 to 2, aliases: [repair] }
  - id: fast
    title: T
    key_results:
      - lcp: Cut seconds from 8 to 2
";

    fn plan() -> Plan {
        let mut sources = Sources::default();
        sources.add("okrbook.yaml", "organisation: New\n");
        sources.add("quarters/2026-Q3/shop.yaml", TEAM);
        let workspace = Workspace { sources, ..Workspace::default() };
        let (config, _) = config::read(&workspace);
        load::load(&workspace, &config.expect("settings")).0
    }

    fn facts(grade: &str) -> Vec<Facts> {
        let slug = |text: &str| Slug::new(text).expect("a slug");
        let one = |(objective, key_result)| Facts {
            objective: slug(objective),
            key_result: slug(key_result),
            lines: vec![grade.to_owned(), format!("{key_result} fell.")],
        };
        [("trust", "p1"), ("trust", "mttr"), ("fast", "lcp")].map(one).to_vec()
    }

    fn laid_out(text: Option<&str>, grade: &str) -> Result<LaidOut> {
        let plan = plan();
        let objectives = &plan.quarters[0].teams[0].objectives;
        let as_of = Day::parse("2026-09-30").expect("a day");
        lay_out(&Inputs { path: "shop.review.md", text, objectives, facts: &facts(grade), as_of })
    }

    /// Returns the lines of a text that no program wrote.
    fn own_lines(text: &str) -> Vec<String> {
        let mut kept = String::new();
        let mut from = 0;
        for block in facts::find(text, 0..text.len()) {
            kept.push_str(&text[from..block.start]);
            from = block.end;
        }
        kept.push_str(&text[from..]);
        kept.split_inclusive('\n').map(str::to_owned).collect()
    }

    /// Says whether all lines stand in the text in their order, byte for byte; the last may have got an end.
    fn survive(lines: &[String], text: &str) -> bool {
        let mut rest = text.split_inclusive('\n');
        lines.iter().all(|line| {
            let is_last = !line.ends_with('\n');
            rest.any(|known| known == line || is_last && known.trim_end_matches(['\n', '\r']) == line)
        })
    }

    #[test]
    fn a_new_review_asks_everything_and_says_nothing() {
        let laid = laid_out(None, "0.8").expect("laid out");
        assert_eq!((laid.key_results, laid.open), (3, 12));
        insta::assert_snapshot!("new_review", laid.text);
        let plan = plan();
        let review = load::read_review(&laid.text, &plan.quarters[0].teams[0].objectives);
        assert!(review.answers.iter().all(|answers| !answers.has_words()), "{review:?}");
        assert!(review.story.is_none() && review.loose.is_empty(), "{review:?}");
        assert_eq!(laid_out(Some(&laid.text), "0.8").expect("laid out"), laid, "a second run adds nothing");
    }

    #[test]
    fn facts_are_refreshed_and_answers_stay() {
        let first = laid_out(None, "0.8 so far").expect("laid out").text;
        let answered = first
            .replacen("Which actions drove progress? -->\n", "Which actions drove progress? -->\nAlerts.\n", 1)
            .replacen(": `to: 1/quarter` on a line of its own. -->", " -->\nYes: one more.", 1);
        let laid = laid_out(Some(&answered), "0.7 strong").expect("laid out");
        assert_eq!(laid.open, 10);
        assert!(!laid.text.contains("so far") && laid.text.matches("> - 0.7 strong").count() == 3, "{}", laid.text);
        assert!(survive(&own_lines(&answered), &laid.text));
    }

    #[test]
    fn facts_that_somebody_changed_are_theirs() {
        let first = laid_out(None, "0.8").expect("laid out").text;
        let changed = first.replacen("> - p1 fell.", "> - p1 fell, thanks to Ana.", 1);
        let laid = laid_out(Some(&changed), "0.9").expect("laid out");
        assert!(laid.text.contains("thanks to Ana") && laid.text.matches("> - 0.9").count() == 3, "{}", laid.text);
        assert!(laid.text.matches("> - 0.8").count() == 1, "{}", laid.text);
        assert_eq!(laid_out(Some(&laid.text), "0.9").expect("laid out").text, laid.text);
    }

    #[test]
    fn what_is_missing_is_added_where_it_belongs() {
        let text = "Our quarter.\r\n\r\n### mttr\r\n#### What worked\r\nRollbacks.\r\n## Outlook\r\nGood.";
        let laid = laid_out(Some(text), "0.8").expect("laid out");
        insta::assert_snapshot!("completed_review", laid.text.replace("\r\n", "\n"));
        assert_eq!(laid.text.matches('\n').count(), laid.text.matches("\r\n").count(), "line ends stay as they are");
        assert!(survive(&own_lines(text), &laid.text));
    }

    #[test]
    fn a_text_that_swallows_what_is_added_is_refused() {
        for open in ["## trust/p1\n```\ncode", "## trust/p1\n<!-- a hint that never ends\n"] {
            let error = laid_out(Some(open), "0.8").expect_err("refused");
            assert_eq!(error.exit_code(), 2);
            assert!(error.to_string().contains("shop.review.md can't be added to"), "{error}");
        }
    }

    /// Pieces that reviews are made of, and what could be mistaken for what the program writes.
    fn pieces() -> Vec<String> {
        let block = facts::block(&["0.8".to_owned(), "p1 fell.".to_owned()], Day::parse("2026-09-29").expect("a day"));
        let texts = [
            "## trust/p1\n",
            "## trust/p1: Cut incidents\r\n",
            "### mttr\n",
            "## trust/repair\n",
            "# fast/lcp\n",
            "## fast/none\n",
            "### What worked\n",
            "#### what went well\n",
            "### What didn't\n",
            "### What we learned ###\n",
            "## Carry forward?\n",
            "Yes: again.\n",
            "No\n",
            "to: 1/quarter\n",
            "<!-- hint -->\n",
            "<!--\n",
            "-->\n",
            "```\n",
            "~~~\n",
            "---\n",
            "## Outlook\n",
            "#### Details\n",
            "Alerts.\n",
            "Alerts",
            "> quoted\n",
            "\n",
            "\r\n",
            "    ## code\n",
            "<!-- end of facts; write below -->\n",
            "<!-- okrbook facts as of 2026-09-30, 000000000000 -->\n",
            "> - 0.8\n",
            "é🚀 \u{a0}\n",
            "#\n",
            "judgements:\n  trust/p1: { final: 0.6, because: x }\n",
        ];
        texts
            .into_iter()
            .map(str::to_owned)
            .chain([block.clone(), block.replace('\n', "\r\n"), block[..40].to_owned()])
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

        #[test]
        fn what_people_wrote_survives_byte_for_byte(pieces in prop::collection::vec(prop::sample::select(pieces()), 0..24)) {
            let text: String = pieces.concat();
            let Ok(laid) = laid_out(Some(&text), "0.7 strong") else { return Ok(()) };
            prop_assert!(survive(&own_lines(&text), &laid.text), "{text:?}\n{:?}", laid.text);
            let again = laid_out(Some(&laid.text), "0.7 strong").expect("laid out");
            prop_assert_eq!(&again.text, &laid.text, "a second run adds nothing");
            let later = laid_out(Some(&laid.text), "0.9 strong").expect("laid out");
            prop_assert!(survive(&own_lines(&laid.text), &later.text));
            prop_assert_eq!(later.open, laid.open);
        }

        #[test]
        fn what_is_typed_anywhere_into_a_review_survives(at in 0.0..1.0_f64, typed in "[ -~é\n]{0,30}") {
            let mut text = laid_out(None, "0.8").expect("laid out").text;
            let mut place = (at * text.len() as f64) as usize;
            while !text.is_char_boundary(place) {
                place += 1;
            }
            text.insert_str(place, &typed);
            let shared: Arc<str> = text.as_str().into();
            let Ok(laid) = laid_out(Some(&shared), "0.9") else { return Ok(()) };
            prop_assert!(survive(&own_lines(&text), &laid.text), "{text}\n----\n{}", laid.text);
        }
    }
}
