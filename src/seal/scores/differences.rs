//! What is different in two scores of the same quarter, in words.

use super::Scores;
use super::stored;
use crate::model::scorecard::{KeyResultScore, ObjectiveScore, TeamScore};

fn objectives(team: &mut TeamScore) -> impl Iterator<Item = &mut ObjectiveScore> {
    team.objectives.iter_mut().chain(&mut team.dropped)
}

impl Scores {
    /// Returns what is different in other scores of the same quarter, key result by key result, in words.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<String> {
        // What was sealed before movements were told holds none.
        let is_older = self.all().iter().all(|(_, known)| known.movement.is_none());
        if is_older && other.all().iter().any(|(_, known)| known.movement.is_some()) {
            return self.differences(&other.without_movements());
        }
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

    fn without_movements(&self) -> Self {
        let mut scores = self.clone();
        for objective in scores.teams.iter_mut().flat_map(objectives) {
            for key_result in objective.key_results.iter_mut().chain(&mut objective.dropped) {
                key_result.movement = None;
                if let Some(amended) = &mut key_result.amended {
                    amended.movement = None;
                }
            }
        }
        scores
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
