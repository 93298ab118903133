//! Small books that show a rule: what `okrbook explain` prints, and what the rule's test builds.
//!
//! A sample is shown as it is written and becomes a whole book by what stands around it here, in which no other rule
//! finds anything: an objective with outcome, lever and change, a metric with a source for each key result. What several
//! rules' samples are made of stands in `paying` and `signing_in`, as files with their paths.

pub(super) mod paying;
pub(super) mod pulling;
pub(super) mod signing_in;

/// A piece of a book.
#[derive(Debug, Clone, Copy)]
pub enum Sample {
    /// Items as they stand under `key_results:`.
    KeyResults(&'static str),
    /// Items as they stand under `objectives:`.
    Objectives(&'static str),
    /// Files by their path. A book without settings is given some; it may pin its own `as_of`.
    Files(&'static [(&'static str, &'static str)]),
}

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-06-20\n";
const TEAM: &str = "quarters/2026-Q3/shop.yaml";
const OBJECTIVE: &str = "  - id: trust
    title: People trust checkout enough to come back
    outcome: Reduce churn
    lever: Improve reliability
    changes: The team takes no roadmap work until the error budget is back
    key_results:
";

impl Sample {
    /// Returns what readers see: texts with the path of their file.
    #[must_use]
    pub fn shown(&self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::KeyResults(text) | Self::Objectives(text) => vec![(TEAM, text)],
            Self::Files(files) => files.to_vec(),
        }
    }

    /// Returns what readers see of a bad sample: all its files, settings only where the good one has others.
    #[must_use]
    pub fn shown_before(&self, good: &Self) -> Vec<(&'static str, &'static str)> {
        let good = good.shown();
        self.shown().into_iter().filter(|file| file.0 != "okrbook.yaml" || !good.contains(file)).collect()
    }

    /// Returns what readers see of a good sample: the files that differ from the bad one's.
    #[must_use]
    pub fn shown_instead_of(&self, bad: &Self) -> Vec<(&'static str, &'static str)> {
        let bad = bad.shown();
        self.shown().into_iter().filter(|file| !bad.contains(file)).collect()
    }

    /// Returns the sample as a whole book: paths and texts.
    #[must_use]
    pub fn files(&self) -> Vec<(String, String)> {
        let mut files = match self {
            Self::KeyResults(text) => {
                let mut files = metrics(text);
                files.push((TEAM.to_owned(), format!("objectives:\n{OBJECTIVE}{}", indented(text, 6))));
                files
            }
            Self::Objectives(text) => {
                let mut files = metrics(text);
                files.push((TEAM.to_owned(), format!("objectives:\n{}", indented(text, 2))));
                files
            }
            Self::Files(files) => {
                files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())).collect::<Vec<_>>()
            }
        };
        if !files.iter().any(|(path, _)| path == "okrbook.yaml") {
            files.push(("okrbook.yaml".to_owned(), SETTINGS.to_owned()));
        }
        files
    }
}

fn indented(text: &str, by: usize) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("{:by$}{line}\n", "") }).collect()
}

/// Returns a catalogue in which every list item of the text that opens with an id has a metric of that name.
fn metrics(text: &str) -> Vec<(String, String)> {
    let mut ids: Vec<&str> = text.lines().filter_map(id_of_item).collect();
    ids.sort_unstable();
    ids.dedup();
    let define = |id: &&str| format!("{id}:\n  source: Monitoring outside the team\n  file: {id}.csv\n");
    let mut files = vec![("metrics.yaml".to_owned(), ids.iter().map(define).collect())];
    // One day long before the quarter: a metric that exists, and nothing that a rule could judge.
    files.extend(ids.iter().map(|id| (format!("metrics/{id}.csv"), "date,value\n2026-06-18,50\n".to_owned())));
    files
}

fn id_of_item(line: &str) -> Option<&str> {
    let (key, value) = line.trim_start().strip_prefix("- ")?.split_once(':')?;
    let id = if key == "id" { value.trim() } else { key };
    let is_slug = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (!id.is_empty() && id.bytes().all(is_slug)).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_samples_share_is_shown_once() {
        static BAD: [(&str, &str); 3] = [("a", "1"), ("b", "2"), ("okrbook.yaml", "organisation: S\n")];
        static GOOD: [(&str, &str); 3] = [("a", "1"), ("b", "3"), ("okrbook.yaml", "organisation: S\n")];
        let (bad, good) = (Sample::Files(&BAD), Sample::Files(&GOOD));
        assert_eq!(bad.shown_before(&good), [("a", "1"), ("b", "2")]);
        assert_eq!(good.shown_instead_of(&bad), [("b", "3")]);
    }

    #[test]
    fn each_key_result_of_a_sample_has_a_metric() {
        let sample = Sample::KeyResults("- errors: Reduce errors from 9% to 3%\n- id: speed\n  title: Faster\n");
        let paths: Vec<String> = sample.files().into_iter().map(|(path, _)| path).collect();
        let expected = ["metrics.yaml", "metrics/errors.csv", "metrics/speed.csv", TEAM, "okrbook.yaml"];
        assert_eq!(paths, expected);
    }
}
