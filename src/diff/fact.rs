//! What is said of a thing in a build's data: each fact has a name and a figure.

use crate::model::words::words;

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// What it is called.
    Title,
    /// The first day of a quarter.
    Start,
    /// The day after a quarter's last.
    End,
    /// Whether a quarter is upcoming, open, over or sealed.
    Phase,
    /// The business need that an objective serves.
    Outcome,
    /// The lever that an objective pulls.
    Lever,
    /// Aspirational or committed.
    Ambition,
    /// What is to become true of a key result.
    Goal,
    /// What is promised and what is hoped for beside a goal's end.
    Levels,
    /// The check points of a milestone, and which of them were passed.
    CheckPoints,
    /// Which metric measures a key result.
    Metric,
    /// A metric's unit.
    Unit,
    /// How a metric's rows become one value.
    Aggregate,
    /// Who measures a metric.
    Source,
    /// What the lock says of a key result.
    Lock,
    /// A reviewer's judgement.
    Final,
    /// The measured value.
    Value,
    /// Progress before it is clamped.
    Progress,
    /// The score.
    Score,
    /// The score by the terms of today, where they were moved after the lock.
    ScoreToday,
    /// The score floored to a tenth.
    Grade,
    /// The score with everything that isn't measured counted as 0.
    Pessimistic,
    /// How many key results are measured.
    Measured,
    /// Whether there is a value, and of what kind.
    State,
    /// Where a running key result is heading.
    Status,
    /// Whether the metric moved by more than it does anyway.
    Movement,
    /// How sure the team is.
    Confidence,
}

words!(What {
    Title => "title",
    Start => "start",
    End => "end",
    Phase => "phase",
    Outcome => "outcome",
    Lever => "lever",
    Ambition => "ambition",
    Goal => "goal",
    Levels => "levels",
    CheckPoints => "check-points",
    Metric => "metric",
    Unit => "unit",
    Aggregate => "aggregate",
    Source => "source",
    Lock => "lock",
    Final => "final",
    Value => "value",
    Progress => "progress",
    Score => "score",
    ScoreToday => "score-today",
    Grade => "grade",
    Pessimistic => "pessimistic",
    Measured => "measured",
    State => "state",
    Status => "status",
    Movement => "movement",
    Confidence => "confidence",
});

impl What {
    /// Returns the words that people read.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Final => "judged",
            Self::ScoreToday => "score by today's terms",
            Self::Pessimistic => "pessimistic score",
            Self::CheckPoints => "check points",
            other => other.name(),
        }
    }

    /// Says whether somebody decided it, rather than that it came of the data.
    #[must_use]
    pub const fn is_decided(self) -> bool {
        !matches!(
            self,
            Self::Phase
                | Self::Value
                | Self::Progress
                | Self::Score
                | Self::ScoreToday
                | Self::Grade
                | Self::Pessimistic
                | Self::Measured
                | Self::State
                | Self::Status
                | Self::Movement
                | Self::Confidence
        )
    }

    /// Says whether it may not change any more once a quarter is over.
    pub(super) const fn is_past(self) -> bool {
        matches!(self, Self::Goal | Self::Metric | Self::Value | Self::Score | Self::Grade)
    }
}

/// What a fact says: words or an exact number, and the unit beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The words, or the number with all its digits.
    pub text: String,
    /// The unit; empty where there is none.
    pub unit: String,
}

impl Figure {
    /// Returns the figure as people read it: `96.8 %`.
    pub(super) fn shown(&self) -> String {
        if self.unit.is_empty() { self.text.clone() } else { format!("{} {}", self.text, self.unit) }
    }
}
