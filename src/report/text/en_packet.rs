//! What packets say, in English.

use super::Phrases;
use crate::model::calendar::Day;
use crate::model::ids::CycleKind;

impl Phrases {
    /// Returns the whole title of a quarter's packet.
    #[must_use]
    pub fn packet_of(self, quarter: &str) -> String {
        let how_often = match self.format.cycles() {
            Some(CycleKind::Quarter) => "Quarterly review",
            Some(CycleKind::Month) => "Monthly review",
            Some(CycleKind::Half) => "Half-yearly review",
            Some(CycleKind::Year) => "Yearly review",
            Some(CycleKind::Third | CycleKind::Named) | None => "Review",
        };
        format!("{how_often} {quarter}")
    }

    /// Says that a packet is a draft, and until when.
    #[must_use]
    pub fn draft_until(self, last: Day) -> String {
        let cycle = self.format.cycle();
        format!("Draft: the {cycle} ends on {}, and grades may change until then.", self.format.day(last))
    }

    /// Says where the teams' sections stand, if not in the quarter's packet.
    #[must_use]
    pub fn sections_elsewhere(self, limit: usize) -> String {
        format!(
            "The {} has more than {limit} teams, so their objectives stand on their own pages, which print as well.",
            self.format.cycle()
        )
    }

    /// Says whose sections hold more than a packet; nothing where nobody's do.
    #[must_use]
    pub fn sections_too_long(self, teams: &[&str]) -> String {
        const NAMED: usize = 5;
        match teams {
            [] => String::new(),
            [team] => format!(
                "{team} has more to show than a packet holds, so its objectives stand on its own page, which prints as well."
            ),
            teams => {
                let rest = teams.len().saturating_sub(NAMED);
                let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
                let names = teams.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
                format!(
                    "The objectives of {} teams, more than a packet holds, stand on their own pages, which print as well: \
                     {names}{rest}.",
                    teams.len()
                )
            }
        }
    }

    /// Says how much more there is that an honest reader should know; nothing where that is all.
    #[must_use]
    pub fn theatre_more(self, rest: usize) -> String {
        match rest {
            0 => String::new(),
            1 => "1 more stands with its findings in appendix B.".to_owned(),
            rest => format!("{rest} more stand with their findings in appendix B."),
        }
    }

    /// Says how many characters of a text are not on paper.
    #[must_use]
    pub fn characters_left_out(self, rest: usize) -> String {
        match rest {
            1 => " … 1 further character on the page".to_owned(),
            rest => format!(" … {} further characters on the page", self.format.count(rest as u64)),
        }
    }

    /// Says how many marks a character has besides those on paper.
    #[must_use]
    pub fn marks_left_out(self, rest: usize) -> String {
        match rest {
            1 => "[1 more mark]".to_owned(),
            rest => format!("[{} more marks]", self.format.count(rest as u64)),
        }
    }
}
