//! Conditions and assurances of a decision, followed until they are met, and opened
//! again when their day comes.
//!
//! They stand where the decision stands, in `BRIEF.decisions.jsonl`: a decision names
//! its conditions, each with owner and day; a follow-up is a further line that says
//! what showed that one was met, and when to look again. Lines are only added. What
//! stands is the last decision of the file with the follow-ups that name it by the
//! hash of its line: a follow-up on an earlier decision says nothing of a later one.
//!
//! Rejected: a table in the data directory. Then a brief sent to an auditor would
//! come without what became of it.

use std::fmt;

use schemars::JsonSchema;
use scruple_model::Date;
use scruple_model::hash::sha256;
use serde::{Deserialize, Serialize};

use crate::decision::{self, Decision, Outcome};

/// The name and number of the format of a follow-up.
pub const SCHEMA: &str = "scruple.followup/1";

/// What became of a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FollowUp {
    /// `scruple.followup/1`.
    pub schema: String,
    /// SHA-256 of the line of the decision whose condition it is.
    pub decision: String,
    /// Which condition, from 1.
    pub condition: usize,
    /// The day.
    #[schemars(with = "String")]
    pub on: Date,
    /// What showed that it was met.
    pub evidence: String,
    /// Who looked: a named person.
    pub by: String,
    /// When to look again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub again: Option<Date>,
}

/// How a condition stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Its day has passed, and nothing shows that it was met.
    Overdue,
    /// It was met, and the day to look again has come.
    DueAgain,
    /// Agreed without a day: nothing will remind anybody.
    Undated,
    /// Its day is to come.
    Open,
    /// Something showed that it was met.
    Met,
}

impl Standing {
    /// Whether somebody has to look at it.
    pub fn is_due(self) -> bool {
        matches!(self, Self::Overdue | Self::DueAgain)
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::DueAgain => "due again",
            Self::Undated => "open, without a day",
            Self::Open => "open",
            Self::Met => "met",
        }
    }
}

/// A condition as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Condition {
    /// Which, from 1.
    pub number: usize,
    /// What must hold.
    pub text: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Until when, or when to look again.
    #[schemars(with = "Option<String>")]
    pub due: Option<Date>,
    /// How it stands.
    pub standing: Standing,
    /// What showed that it was met, the last time.
    pub evidence: Option<String>,
}

impl Condition {
    /// In one line, for a finding.
    pub fn line(&self) -> String {
        let day = self
            .due
            .map_or_else(String::new, |day| format!(" since {day}"));
        let owner = self.owner.as_deref().unwrap_or("nobody is named");
        format!("{}: {}{day} ({owner})", self.text, self.standing.words())
    }
}

/// A file of decisions, read.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// Every decision with the hash of its line, in order.
    pub decisions: Vec<(String, Decision)>,
    /// Every follow-up, in order.
    pub follow_ups: Vec<FollowUp>,
}

/// A line that is neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl Log {
    /// Reads a file of decisions.
    ///
    /// # Errors
    /// Every line that is neither a decision nor a follow-up: one that is left out could
    /// be the condition that is due.
    pub fn read(text: &str) -> Result<Self, Vec<Unread>> {
        #[derive(Deserialize)]
        struct Head {
            schema: String,
        }
        let mut log = Self::default();
        let mut unread = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() {
                continue;
            }
            let mut wrong = |what: String| unread.push(Unread { line: number, what });
            let schema = match serde_json::from_str::<Head>(line) {
                Ok(head) => head.schema,
                Err(error) => {
                    wrong(format!("no whole line of JSON with a schema ({error})"));
                    continue;
                }
            };
            match schema.as_str() {
                decision::SCHEMA => match serde_json::from_str(line) {
                    Ok(decision) => log.decisions.push((sha256(line.as_bytes()), decision)),
                    Err(error) => wrong(error.to_string()),
                },
                SCHEMA => match serde_json::from_str(line) {
                    Ok(follow_up) => log.follow_ups.push(follow_up),
                    Err(error) => wrong(error.to_string()),
                },
                other => wrong(format!("the schema {other} is not known here")),
            }
        }
        if unread.is_empty() {
            Ok(log)
        } else {
            Err(unread)
        }
    }

    /// The decision that stands, with the hash of its line: the last one.
    pub fn last(&self) -> Option<&(String, Decision)> {
        self.decisions.last()
    }

    /// How the conditions of the decision that stands are on a day.
    pub fn conditions(&self, today: Date) -> Vec<Condition> {
        let Some((hash, decision)) = self.last() else {
            return Vec::new();
        };
        if decision.outcome != Outcome::Conditions {
            return Vec::new();
        }
        (1..)
            .zip(&decision.conditions)
            .map(|(number, text)| {
                let tracked = decision.tracked.iter().find(|one| one.number == number);
                let met = self.follow_ups.iter().rfind(|one| {
                    one.decision == *hash && one.condition == number && one.on <= today
                });
                let due = match met {
                    Some(met) => met.again,
                    None => tracked.and_then(|one| one.due),
                };
                let standing = match (met.is_some(), due) {
                    (true, Some(again)) if again <= today => Standing::DueAgain,
                    (true, _) => Standing::Met,
                    (false, Some(due)) if due < today => Standing::Overdue,
                    (false, Some(_)) => Standing::Open,
                    (false, None) => Standing::Undated,
                };
                Condition {
                    number,
                    text: text.clone(),
                    owner: tracked.and_then(|one| one.owner.clone()),
                    due,
                    standing,
                    evidence: met.map(|met| met.evidence.clone()),
                }
            })
            .collect()
    }
}
