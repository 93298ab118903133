//! What is different in two scores of the same quarter, in words.

use super::Scores;
use super::stored;
use crate::model::scorecard::KeyResultScore;

impl Scores {
    /// Returns what is different in other scores of the same quarter, key result by key result, in words.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let mut found = Vec::new();
        let shown = |known: &KeyResultScore| known.score.map_or_else(|| "no score".to_owned(), |it| it.to_string());
        let (known, new) = (self.all(), other.all());
        for (name, mine) in &known {
            match new.iter().find(|(other, _)| other == name) {
                None => found.push(format!("{name}: sealed, and not there any more")),
                Some((_, theirs)) if stored::text(*mine) != stored::text(*theirs) => {
                    let (mine, theirs) = (shown(mine), shown(theirs));
                    let what = if mine == theirs { "the same score from other evidence".to_owned() } else { theirs };
                    found.push(format!("{name}: sealed {mine}, rebuilt {what}"));
                }
                Some(_) => {}
            }
        }
        let is_new = |name: &String| !known.iter().any(|(other, _)| other == name);
        found.extend(new.iter().filter(|(name, _)| is_new(name)).map(|(name, _)| format!("{name}: not sealed")));
        if found.is_empty() && stored::text(&self.teams) != stored::text(&other.teams) {
            found.push("the means of teams or objectives differ".to_owned());
        }
        found
    }

    fn all(&self) -> Vec<(String, &KeyResultScore)> {
        let mut all = Vec::new();
        for team in &self.teams {
            for objective in team.objectives.iter().chain(&team.dropped) {
                for key_result in objective.key_results.iter().chain(&objective.dropped) {
                    all.push((format!("{}/{}/{}", team.team, objective.id, key_result.id), key_result));
                }
            }
        }
        all
    }
}
