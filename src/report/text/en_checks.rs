//! What pages say about findings, in English.
//!
//! In: topics, qualities, counts. Out: headings, sentences and phrases. Findings bring their own words.

use super::Phrases;
use crate::check::Group;
use crate::report::quality::{Quality, Tally, Topic};

impl Phrases {
    /// Returns the heading of a topic.
    #[must_use]
    pub const fn topic(self, topic: Topic) -> &'static str {
        match topic {
            Topic::Honesty => "What an honest reader should know",
            Topic::Data => "What the data lacks",
            Topic::Evidence => "Who measured it",
            Topic::Review => "What reviews leave open",
            Topic::Shape => "How objectives are put together",
            Topic::Wording => "How key results are worded",
            Topic::Input => "Faults of the input",
        }
    }

    /// Returns what a topic's findings have in common, in a sentence.
    #[must_use]
    pub const fn topic_lead(self, topic: Topic) -> &'static str {
        match topic {
            Topic::Honesty => "Numbers here look better than what they stand for. Talk about these first.",
            Topic::Data => "Values are missing, old or doubtful, so that scores rest on less than they seem to.",
            Topic::Evidence => "A number is worth more where somebody other than the team measured it.",
            Topic::Review => "A review is where a quarter’s lessons are kept.",
            Topic::Shape => "Few objectives, shared by a team, each with a reason, can change how the team works.",
            Topic::Wording => "A sentence with start, end and measure leaves nothing to argue about later.",
            Topic::Input => "Something could not be read as it was meant, and was left out.",
        }
    }

    /// Returns how much the checks found, in a sentence or two.
    #[must_use]
    pub fn checks_lead(self, honesty: usize, others: usize, allowed: usize) -> String {
        let mut text = match (honesty, others) {
            (0, 0) => "Nothing to say about this book.".to_owned(),
            (0, others) => format!("No number was found that looks better than it is. {}.", remarks(others)),
            (1, 0) => "1 thing that an honest reader should know.".to_owned(),
            (honesty, 0) => format!("{honesty} things that an honest reader should know."),
            (1, others) => format!("1 thing that an honest reader should know, and {}.", more_remarks(others)),
            (honesty, others) => {
                format!("{honesty} things that an honest reader should know, and {}.", more_remarks(others))
            }
        };
        if allowed > 0 {
            text.push_str(&format!(" {allowed} allowed with a reason."));
        }
        text
    }

    /// Returns `1 remark`, `2 remarks`.
    #[must_use]
    pub fn remarks(self, count: usize) -> String {
        remarks(count)
    }

    /// Returns what an earlier quarter's fold is called.
    #[must_use]
    pub fn quarter_remarks(self, honesty: usize, all: usize) -> String {
        match honesty {
            0 if all == 0 => "nothing to say".to_owned(),
            0 => remarks(all),
            1 => format!("{}, 1 of them on a number that looks better than it is", remarks(all)),
            honesty => format!("{}, {honesty} of them on numbers that look better than they are", remarks(all)),
        }
    }

    /// Returns the label of a fold with further findings.
    #[must_use]
    pub fn more(self, count: usize) -> String {
        format!("{count} more of this kind")
    }

    /// Says how many findings a page leaves out.
    #[must_use]
    pub fn not_shown(self, count: usize) -> String {
        match count {
            0 => String::new(),
            1 => "1 more is in data/book.json.".to_owned(),
            count => format!("{} more are in data/book.json.", self.format.count(count as u64)),
        }
    }

    /// Returns what a group of rules is about.
    #[must_use]
    pub const fn group(self, group: Group) -> &'static str {
        match group {
            Group::Wording => "Wording",
            Group::Evidence => "Evidence",
            Group::Shape => "Shape",
            Group::Data => "Data",
            Group::Review => "Review",
        }
    }

    /// Returns the word for a quality that a key result has or lacks.
    #[must_use]
    pub const fn quality(self, quality: Quality, holds: bool) -> &'static str {
        match (quality, holds) {
            (Quality::Measurable, true) => "measurable",
            (Quality::Measurable, false) => "not measurable",
            (Quality::TimeBound, true) => "time-bound",
            (Quality::TimeBound, false) => "not time-bound",
            (Quality::HardToGame, true) => "hard to game",
            (Quality::HardToGame, false) => "easy to game",
        }
    }

    /// Returns why a quality holds, or why it doesn't where no finding says it.
    #[must_use]
    pub fn quality_reason(self, quality: Quality, holds: bool) -> String {
        let cycle = self.format.cycle();
        match (quality, holds) {
            (Quality::Measurable, true) => "start, end and metric are known".to_owned(),
            (Quality::Measurable, false) => "no goal with a metric is known".to_owned(),
            (Quality::TimeBound, true) => format!("it ends with its {cycle}"),
            (Quality::TimeBound, false) => format!("it doesn’t end with its {cycle}"),
            (Quality::HardToGame, true) => {
                "nothing was found that would let it be reached without the change".to_owned()
            }
            (Quality::HardToGame, false) => "it could be reached without the change".to_owned(),
        }
    }

    /// Returns how many of a team's key results are well made.
    #[must_use]
    pub fn quality_line(self, tally: Tally) -> String {
        match (tally.good, tally.all) {
            // What is as it should be needs no words.
            (good, all) if good == all => String::new(),
            (good, all) => format!("{good} of {all} measurable and hard to game"),
        }
    }

    /// Returns how a rule's level is set.
    #[must_use]
    pub fn rule_level(self, code: &str) -> String {
        format!("checks: {{ {code}: error }}   # or warning, or off")
    }

    /// Returns the comment that allows a rule's finding at one place.
    #[must_use]
    pub fn rule_allow(self, code: &str) -> String {
        format!("# okrbook-allow({code}): why it stands")
    }

    /// Returns how often a rule spoke.
    #[must_use]
    pub fn found_times(self, count: usize) -> String {
        match count {
            0 => "not found".to_owned(),
            1 => "found once".to_owned(),
            count => format!("found {} times", self.format.count(count as u64)),
        }
    }

    /// Returns why a finding is allowed.
    #[must_use]
    pub fn allowed_because(self, reason: &str) -> String {
        format!("Allowed: {reason}")
    }
}

fn remarks(count: usize) -> String {
    if count == 1 { "1 remark".to_owned() } else { format!("{count} remarks") }
}

fn more_remarks(count: usize) -> String {
    if count == 1 { "1 further remark".to_owned() } else { format!("{count} further remarks") }
}
