//! The shape of movements in `scores.json`: a verdict, and what it was told by under the name of its test.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::stored::{self, Stored};
use crate::model::movement::{self, Basis, Changes, Counts, MovementVerdict, Weeks, Windows};
use crate::model::quantity::Number;

#[derive(Serialize, Deserialize)]
struct Movement {
    verdict: String,
    by: By,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum By {
    Windows { days: i32, windows: u32, as_large: u32, either_way: bool, seasonal: bool },
    Weeks { before: u32, within: u32 },
    Counts(Counted),
    Changes { windows: u32, months: bool },
    TooFew { before: u32, within: u32 },
}

#[derive(Serialize, Deserialize)]
struct Counted {
    before: u64,
    days_before: i32,
    within: u64,
    days_within: i32,
    #[serde(with = "stored")]
    chance: Number,
}

impl Stored for movement::Movement {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let by = match &self.basis {
            Basis::Windows(Windows { days, windows, as_large, either_way, seasonal }) => By::Windows {
                days: *days,
                windows: *windows,
                as_large: *as_large,
                either_way: *either_way,
                seasonal: *seasonal,
            },
            Basis::Weeks(Weeks { before, within }) => By::Weeks { before: *before, within: *within },
            Basis::Counts(Counts { before, days_before, within, days_within, chance }) => By::Counts(Counted {
                before: *before,
                days_before: *days_before,
                within: *within,
                days_within: *days_within,
                chance: *chance,
            }),
            Basis::Changes(Changes { windows, months }) => By::Changes { windows: *windows, months: *months },
            Basis::TooFew(Weeks { before, within }) => By::TooFew { before: *before, within: *within },
        };
        Movement { verdict: self.verdict.name().to_owned(), by }.serialize(to)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let Movement { verdict, by } = Movement::deserialize(from)?;
        let verdict = MovementVerdict::named(&verdict).ok_or_else(|| de::Error::custom("no movement is called so"))?;
        let basis = match by {
            By::Windows { days, windows, as_large, either_way, seasonal } => {
                Basis::Windows(Windows { days, windows, as_large, either_way, seasonal })
            }
            By::Weeks { before, within } => Basis::Weeks(Weeks { before, within }),
            By::Counts(Counted { before, days_before, within, days_within, chance }) => {
                Basis::Counts(Counts { before, days_before, within, days_within, chance })
            }
            By::Changes { windows, months } => Basis::Changes(Changes { windows, months }),
            By::TooFew { before, within } => Basis::TooFew(Weeks { before, within }),
        };
        Ok(Self { verdict, basis })
    }
}
