//! `unused-allow`: a comment allows what isn't found.

use crate::check::rule::{Check, Group, Rule};
use crate::check::sample::Sample;

/// The code, for the part of the program that applies allowances.
pub(in crate::check) const CODE: &str = "unused-allow";

pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    group: Group::Shape,
    summary: "A comment allows something that isn't found.",
    why: "An allowance that outlives its cause hides the next finding of its kind. It also tells readers of a problem \
          that is no longer there.",
    silent: "It is silent where the rule is switched off for the whole book, and in files with faults, where findings \
             may be missing because something was dropped.",
    example: Sample::KeyResults(
        "# okrbook-allow(milestone): agreed with the regulator\n- late: Reduce late deliveries from 9% to 3%\n",
    ),
    instead: Sample::KeyResults(
        "# okrbook-allow(milestone): agreed with the regulator\n- report: Ship the yearly report by the end of August\n",
    ),
    // Known only once all other rules have spoken.
    check: Check::Elsewhere,
};
