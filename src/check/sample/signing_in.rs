//! A team whose sign-in is to succeed more often, in a quarter that runs: what locks, check-ins and exports are shown by.

macro_rules! team {
    ($to:literal) => {
        concat!(
            "objectives:
  - id: trust
    title: Signing in is something that nobody has to think about
    outcome: Reduce churn
    lever: Improve reliability
    changes: No roadmap work until sign-in is stable
    key_results:
      - sign-in: Improve sign-in success rate from 94% to ",
            $to,
            "%\n"
        )
    };
}

/// A file by its path.
type File = (&'static str, &'static str);

pub(in crate::check) const JULY: File = ("okrbook.yaml", "organisation: Sample\nas_of: 2026-07-16\n");
pub(in crate::check) const AUGUST: File = ("okrbook.yaml", "organisation: Sample\nas_of: 2026-08-16\n");
pub(in crate::check) const METRIC: File =
    ("metrics.yaml", "sign-in:\n  file: sign-in.csv\n  source: Identity provider\n  unit: \"%\"\n");
pub(in crate::check) const JULY_DATA: File = ("metrics/sign-in.csv", "date,value\n2026-07-15,94.4\n");
pub(in crate::check) const AUGUST_DATA: File = ("metrics/sign-in.csv", "date,value\n2026-08-15,94.4\n");
/// The goal as it was committed.
pub(in crate::check) const TEAM: File = ("quarters/2026-Q3/shop.yaml", team!("98"));
/// The goal softened.
pub(in crate::check) const SOFTENED: File = ("quarters/2026-Q3/shop.yaml", team!("96"));
/// Where the quarter's lock stands.
pub(in crate::check) const LOCK: &str = "quarters/2026-Q3/lock.yaml";

/// Returns a lock of the team's goal to reach so many per cent; what follows `also` ends it.
macro_rules! lock {
    ($day:literal, $digest:literal, $to:literal $(, also $rest:literal)?) => {
        concat!(
            "teams:\n  shop:\n    locked: ", $day, "\n    digest: ", $digest, "
    objectives:
      trust:
        title: Signing in is something that nobody has to think about
        ambition: aspirational
        key_results:
          sign-in:
            title: Improve sign-in success rate from 94% to ", $to, "%
            goal: { kind: move, from: 94 %, to: ", $to, " % }
            metric: sign-in
            definition: last; sign-in.csv; in %; by Identity provider
            weight: 1
", $($rest)?
        )
    };
}

pub(in crate::check) use lock;
