//! A due-diligence report of a period, from decided briefs: `scruple.report/1`.
//!
//! It follows the headings of the UN Guiding Principles Reporting Framework, says
//! what was refused, changed and followed up, and leaves to its reader what no
//! program knows: the policy, and what was learned.
//!
//! It is made to be published. So it takes nothing of a person, no title and no
//! reason, which are free text, and shows no count so small that somebody could tell
//! which deal it was: from one to four it says "fewer than 5", and where such a count
//! could be had by subtraction from a total, a second one is withheld.

mod count;
mod headings;
mod period;

use schemars::JsonSchema;
use scruple_model::Date;
use serde::{Deserialize, Serialize};

use crate::Brief;
use crate::conditions::Log;

pub use count::{Count, LEAST, Table};
pub use period::Period;

/// The name and number of this format.
pub const SCHEMA: &str = "scruple.report/1";

/// One heading of the framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Heading {
    /// "C4".
    pub id: String,
    /// "Integrating findings and taking action".
    pub title: String,
    /// Sentences.
    pub text: Vec<String>,
    /// Counts.
    pub tables: Vec<Table>,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// `scruple.report/1`.
    pub schema: String,
    /// The period.
    pub period: Period,
    /// The day it was made.
    #[schemars(with = "String")]
    pub made: Date,
    /// How many briefs were decided in it.
    pub decided: Count,
    /// What had to be left out, and why.
    pub left_out: Vec<String>,
    /// Heading by heading.
    pub headings: Vec<Heading>,
    /// The footer.
    pub footer: String,
}

/// A brief and what was decided on it.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The brief.
    pub brief: Brief,
    /// Its decisions and follow-ups.
    pub log: Log,
}

/// Makes the report of a period from everything decided; `left_out` says what could
/// not be read.
pub fn report(all: &[Decided], period: Period, made: Date, left_out: Vec<String>) -> Report {
    let decided: Vec<&Decided> = all
        .iter()
        .filter(|one| {
            one.log
                .last()
                .is_some_and(|(_, decision)| period.holds(decision.on))
        })
        .collect();
    Report {
        schema: SCHEMA.to_owned(),
        period,
        made,
        decided: count::shown("briefs decided", decided.len()),
        left_out,
        headings: headings::headings(&decided, period, made),
        footer: crate::brief::FOOTER.to_owned(),
    }
}
