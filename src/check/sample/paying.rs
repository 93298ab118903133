//! A team whose checkout is to load faster, in a quarter that is over: what reviews and gaps are shown by.

/// A file by its path.
type File = (&'static str, &'static str);

pub(in crate::check) const SETTINGS: File = ("okrbook.yaml", "organisation: Sample\nas_of: 2026-07-02\n");
pub(in crate::check) const METRICS: File =
    ("metrics.yaml", "page:\n  file: page.csv\n  source: Real user monitoring\n  unit: s\n");
pub(in crate::check) const PAGE: File =
    ("metrics/page.csv", "date,value\n2026-03-30,3.2\n2026-05-11,2.6\n2026-06-29,2.3\n");
pub(in crate::check) const TEAM: File = ("quarters/2026-Q2/shop.yaml", OBJECTIVE);
/// Where the team's review stands.
pub(in crate::check) const REVIEW: &str = "quarters/2026-Q2/shop.review.md";

/// The objective, for samples of other quarters.
pub(in crate::check) const OBJECTIVE: &str = "objectives:
  - id: quick
    title: Paying is so quick that nobody gives up
    outcome: Grow revenue
    lever: Improve conversion rate
    changes: No new payment method until the existing ones work
    key_results:
      - page: Reduce checkout page load time from 3.2 s to 1.5 s
";
