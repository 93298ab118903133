//! A book's digest: what it says now beside what it said on an earlier day.
//!
//! In: the book opened twice, as of two days. Out: text that somebody posts or mails. Sends nothing.

use super::book::{Book, Told};
use super::digest::{self, Form};
use super::render;
use super::report::digest::{Since, digest, since};
use crate::error::Result;
use crate::model::calendar::Day;
use crate::report::shown::Target;

impl Book {
    /// Returns the day from which a digest tells, where nobody says: that of the last check-in before the as-of day, else a
    /// week before it.
    #[must_use]
    pub fn digest_since(&self) -> Day {
        since(&self.plan.quarters, self.scorecard.as_of)
    }

    /// Returns what somebody should know who last looked on the as-of day of `before`, which is the same book.
    ///
    /// # Errors
    ///
    /// Never by itself; the type is that of everything that is made of a report.
    pub fn digest(&self, told: Told<'_>, before: &Self, form: Form) -> Result<String> {
        let before = &before.scorecard;
        self.with_report_and(told, None, &[], |report, _, _| {
            let base = report.inputs.identity.base_url.as_deref();
            let address = |target: &Target<'_>| Some([base?, &render::address(report, target)].concat());
            Ok(digest::written(&digest(report, Since { on: before.as_of, before }), form, &address))
        })
    }
}
