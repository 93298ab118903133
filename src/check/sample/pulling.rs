//! A team whose sign-in rate is pulled from an engine: what edited exports and changed queries are shown by.

/// A file by its path.
type File = (&'static str, &'static str);

pub(in crate::check) const METRIC: File = (
    "metrics.yaml",
    "sign-in:
  file: sign-in.csv
  source: Identity provider
  unit: \"%\"
  pull: { connection: logins, query: sign-in.sql }
",
);
pub(in crate::check) const QUERY: File = ("metrics/sign-in.sql", "select date, value from sign_ins\n");
/// The receipt of what signing-in's export of July holds, pulled by that query.
pub(in crate::check) const RECEIPT: File = (
    "metrics/sign-in.pull.json",
    r#"{
  "form": 1,
  "export": "metrics/sign-in.csv",
  "sha256": "8361775b263d25e65932725eb566a72305751e269228275167d3388955a30366",
  "rows": 1,
  "columns": [],
  "connection": "logins",
  "engine": "PostgreSQL 15.18",
  "driver": "ADBC PostgreSQL Driver 1.13.0",
  "query_sha256": "6af03026426ab88f47101f76883ed4549754963469503976a4916820d622f2e2",
  "started": "2026-07-16T06:00:00Z",
  "seconds": "0.210",
  "pulled_on": "2026-07-16",
  "complete_through": "2026-07-15"
}
"#,
);
