//! What somebody decided on a brief, appended beside it.
//!
//! A decision is a line of JSON in `BRIEF.decisions.jsonl`. Lines are only ever
//! added: a change of mind is a new line. Each carries the hash of the brief it
//! decides, so that a line cannot be read under another brief.

use schemars::JsonSchema;
use scruple_model::hash::sha256;
use scruple_model::{Date, FindingId};
use serde::{Deserialize, Serialize};

use crate::Brief;

/// The name and number of this format.
pub const SCHEMA: &str = "scruple.decision/1";

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Go on.
    Proceed,
    /// Do not.
    Stop,
    /// Go on under the conditions written down.
    Conditions,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// `scruple.decision/1`.
    pub schema: String,
    /// SHA-256 of the brief as decided on.
    pub brief: String,
    /// Hash of the deal.
    pub deal: String,
    /// Hash of the vintage it rested on.
    pub vintage: String,
    /// The day.
    #[schemars(with = "String")]
    pub on: Date,
    /// What was decided.
    pub outcome: Outcome,
    /// The conditions, where there are any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// Until when each is to be met and who answers for it, where that was said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tracked: Vec<Tracked>,
    /// Who decided: a named person.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Stop-level findings that the decision goes past.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub past_stops: Vec<FindingId>,
    /// Questions that were open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
}

/// What is known of a condition beside its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tracked {
    /// Which condition, from 1.
    pub number: usize,
    /// Until when it is to be met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub due: Option<Date>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
}

/// A condition as somebody sets it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// What must hold.
    pub text: String,
    /// Until when.
    pub due: Option<Date>,
    /// Who answers for it.
    pub owner: Option<String>,
}

/// Why a decision was not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No person.
    #[error("a decision needs the person who takes it\n  next: --by \"Name, function\"")]
    NoPerson,
    /// No reason.
    #[error("a decision needs its reason\n  next: --reason \"why\"")]
    NoReason,
    /// Conditions without any.
    #[error(
        "a decision with conditions names them\n  next: --conditions \"what must hold\", as often as needed"
    )]
    NoCondition,
    /// A day that has passed cannot remind anybody.
    #[error(
        "the condition \"{condition}\" is due before the day of the decision\n  next: give a day to come with --due"
    )]
    DueBefore {
        /// Which.
        condition: String,
    },
    /// A stop-level finding is passed by nobody in particular.
    #[error(
        "{count} stop-level finding{} stand{} against this deal; going on needs a named person, not \"{by}\", \
         and a reason of at least {least} characters\n  next: --by \"Name, function\" --reason \"…\"",
        if *.count == 1 { "" } else { "s" }, if *.count == 1 { "s" } else { "" }
    )]
    StopStands {
        /// How many.
        count: usize,
        /// Who was named.
        by: String,
        /// How long a reason must be.
        least: usize,
    },
}

/// A reason for going past a stop has to be one.
const LEAST_REASON: usize = 20;

impl Decision {
    /// Checks and makes a decision on a brief whose text is `brief_text`.
    pub fn new(
        brief: &Brief,
        brief_text: &str,
        on: Date,
        outcome: Outcome,
        conditions: Vec<Condition>,
        by: &str,
        reason: &str,
    ) -> Result<Self, Refused> {
        let (by, reason) = (by.trim(), reason.trim());
        if by.is_empty() {
            return Err(Refused::NoPerson);
        }
        if reason.is_empty() {
            return Err(Refused::NoReason);
        }
        let conditions: Vec<Condition> = conditions
            .into_iter()
            .filter(|condition| !condition.text.trim().is_empty())
            .collect();
        if let Some(past) = conditions
            .iter()
            .find(|condition| condition.due.is_some_and(|due| due < on))
        {
            return Err(Refused::DueBefore {
                condition: past.text.trim().to_owned(),
            });
        }
        let tracked = (1..)
            .zip(&conditions)
            .filter(|(_, one)| one.due.is_some() || one.owner.is_some())
            .map(|(number, one)| Tracked {
                number,
                due: one.due,
                owner: one.owner.clone(),
            })
            .collect();
        let conditions: Vec<String> = conditions
            .iter()
            .map(|condition| condition.text.trim().to_owned())
            .collect();
        if outcome == Outcome::Conditions && conditions.is_empty() {
            return Err(Refused::NoCondition);
        }
        let stops: Vec<FindingId> = brief.stops().map(|finding| finding.id.clone()).collect();
        let past_stops = if outcome == Outcome::Stop {
            Vec::new()
        } else {
            stops
        };
        if !past_stops.is_empty() && (!names_a_person(by) || reason.chars().count() < LEAST_REASON)
        {
            return Err(Refused::StopStands {
                count: past_stops.len(),
                by: by.to_owned(),
                least: LEAST_REASON,
            });
        }
        Ok(Self {
            schema: SCHEMA.to_owned(),
            brief: sha256(brief_text.as_bytes()),
            deal: brief.deal.clone(),
            vintage: brief.vintage.hash.clone(),
            on,
            outcome,
            conditions,
            tracked,
            by: by.to_owned(),
            reason: reason.to_owned(),
            past_stops,
            open: brief
                .questions
                .iter()
                .map(|question| question.id.to_string())
                .collect(),
        })
    }
}

/// A department cannot answer for going past a stop. Names have a space or are
/// written without one in their script; "Compliance" alone is no person.
pub fn names_a_person(by: &str) -> bool {
    let letters = by.chars().filter(|c| c.is_alphabetic()).count();
    let spaced = by
        .split_whitespace()
        .filter(|w| w.chars().any(char::is_alphabetic))
        .count()
        >= 2;
    letters >= 2 && (spaced || by.chars().any(|c| c.is_alphabetic() && !c.is_ascii()))
}

#[cfg(test)]
mod tests {
    use super::names_a_person;

    #[test]
    fn a_department_is_no_person() {
        assert!(!names_a_person("Compliance"));
        assert!(!names_a_person("--"));
        assert!(names_a_person("A. Muster, head of exports"));
        assert!(names_a_person("山田太郎"));
    }
}
