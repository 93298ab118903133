//! What packets say, in English.

use super::Phrases;
use crate::model::calendar::Day;

impl Phrases {
    /// Returns the whole title of a quarter's packet.
    #[must_use]
    pub fn packet_of(self, quarter: &str) -> String {
        format!("Quarterly review {quarter}")
    }

    /// Says that a packet is a draft, and until when.
    #[must_use]
    pub fn draft_until(self, last: Day) -> String {
        format!("Draft: the quarter ends on {}, and grades may change until then.", self.format.day(last))
    }

    /// Says where the teams' sections stand, if not in the quarter's packet.
    #[must_use]
    pub fn sections_elsewhere(self, limit: usize) -> String {
        format!(
            "The quarter has more than {limit} teams, so their objectives stand on their own pages, which print as well."
        )
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
}
