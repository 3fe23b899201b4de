//! Answers to the questions of an assessment: `scruple.answers/1`.
//!
//! An answers file is bound to one deal by its hash, because an answer about one
//! end user must never be read as one about another. It says whose word each
//! answer is and of which day. Two ways lead to the same answers: the TOML that
//! `scruple assess --questionnaire` writes, and the line that the HTML form gives,
//! which needs no script ([`form`]).
//!
//! Nothing here has a place for a person who is affected: groups are named, people
//! are not, and a field for what a person is is refused as in a deal.

pub mod form;
pub mod put;
mod read;
mod walk;

use scruple_model::{Date, QuestionId};

use crate::packs::Word;

pub use read::read;

/// The name of the format and its version.
pub const SCHEMA: &str = "scruple.answers/1";

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One of the question's choices, by its value.
    Choice(String),
    /// Asked, and it cannot be found out.
    Unknowable,
    /// Nobody knows yet.
    Unknown,
}

impl Value {
    /// Reads a value as it stands in a file.
    pub fn parse(text: &str) -> Self {
        match text {
            "unknown" => Self::Unknown,
            "unknowable" => Self::Unknowable,
            other => Self::Choice(other.to_owned()),
        }
    }

    /// As it stands in a file.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Choice(value) => value,
            Self::Unknowable => "unknowable",
            Self::Unknown => "unknown",
        }
    }
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The question.
    pub question: QuestionId,
    /// The answer.
    pub value: Value,
    /// Whose word it is.
    pub word: Word,
    /// Who answered, as an office or a firm.
    pub by: Option<String>,
    /// On which day.
    pub on: Option<Date>,
    /// The text or document it rests on.
    pub why: Option<String>,
}

/// A group of people who may be harmed, in the user's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The group.
    pub who: String,
    /// Why it is affected.
    pub why: Option<String>,
}

/// Somebody who was spoken with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consulted {
    /// The organisation or kind of people, never a name that puts somebody in danger.
    pub who: String,
    /// When.
    pub on: Date,
    /// How.
    pub how: String,
    /// What changed because of it.
    pub changed: Option<String>,
}

/// How far a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Somebody proposed it.
    Proposed,
    /// It is agreed, with an owner and a day.
    Agreed,
    /// It is in place, and something shows it.
    InPlace,
    /// It was turned down.
    Rejected,
}

/// A measure as taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Which, by its id in the pack.
    pub id: String,
    /// How far it is.
    pub stage: Stage,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Until when it is to be in place.
    pub due: Option<Date>,
    /// Since when it is in place.
    pub since: Option<Date>,
    /// What shows it.
    pub evidence: Option<String>,
    /// When to look again; the pack's interval where left out.
    pub again: Option<Date>,
    /// The capability it takes out, of a measure that takes one out.
    pub capability: Option<String>,
}

/// All answers on one deal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Hash of the deal they are about.
    pub deal: String,
    /// Hash of the text they were read from.
    pub hash: String,
    /// The answers, in the order given.
    pub answers: Vec<Answered>,
    /// Groups affected.
    pub groups: Vec<Group>,
    /// Who was consulted.
    pub consulted: Vec<Consulted>,
    /// Why nobody was.
    pub not_consulted: Option<String>,
    /// Measures.
    pub measures: Vec<Measure>,
}

impl Answers {
    /// The answer to a question.
    pub fn to(&self, id: &QuestionId) -> Option<&Answered> {
        self.answers.iter().find(|answer| answer.question == *id)
    }

    /// The measure with this id.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id == id)
    }
}
