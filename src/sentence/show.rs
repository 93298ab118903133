//! Readings in one line, for tests and tools.
//!
//! In: a reading. Out: text such as `gain -50 % relative; bare-relative`. Never shown to readers of a site.

use std::fmt;

use crate::model::goal::{Better, Bound, Gain, GainKind, Goal, Judge, Side, Target};
use crate::model::quantity::Quantity;

use super::reading::Reading;

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.goal {
            Some(goal) => f.write_str(&show(goal))?,
            None => f.write_str("none")?,
        }
        for (index, remark) in self.remarks.iter().enumerate() {
            write!(f, "{}{}", if index == 0 { "; " } else { ", " }, remark.kind.code())?;
        }
        Ok(())
    }
}

fn show(goal: &Goal) -> String {
    match goal {
        Goal::Move(goal) => format!("move {} → {}", amount(&goal.from), amount(&goal.to)),
        Goal::Target(Target { to, better }) => format!("target {}{}", amount(to), direction(*better)),
        Goal::Gain(Gain { by, kind, from }) => {
            let sign = if by.number.is_negative() { "" } else { "+" };
            let relative = if *kind == GainKind::Relative { " relative" } else { "" };
            let from = from.as_ref().map(|from| format!(" from {}", amount(from))).unwrap_or_default();
            format!("gain {sign}{}{relative}{from}", amount(by))
        }
        Goal::Hold(hold) => {
            let end = if hold.judge == Judge::End { " at the end" } else { "" };
            let bounds: Vec<String> = hold.bounds().map(side).collect();
            format!("hold {}{end}", bounds.join(" "))
        }
        Goal::Milestone(_) | Goal::Baseline(_) => goal.kind().name().to_owned(),
    }
}

fn side(bound: &Bound) -> String {
    let sign = match (bound.side, bound.inclusive) {
        (Side::Below, false) => "<",
        (Side::Below, true) => "≤",
        (Side::Above, false) => ">",
        (Side::Above, true) => "≥",
    };
    format!("{sign} {}", amount(&bound.limit))
}

fn amount(quantity: &Quantity) -> String {
    let per = quantity.per.as_ref().map(|per| format!("/{per}")).unwrap_or_default();
    format!("{} {}{per}", quantity.number, quantity.unit)
}

const fn direction(better: Option<Better>) -> &'static str {
    match better {
        Some(Better::Higher) => " up",
        Some(Better::Lower) => " down",
        None => "",
    }
}
