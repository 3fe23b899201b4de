//! What comes out: `scruple.assessment/1`.

use schemars::JsonSchema;
use scruple_model::{
    Answer, Confidence, Date, Finding, PartyId, QuestionId, Severity, Subject, Unchecked,
};
use serde::{Deserialize, Serialize};

use crate::likelihood::{Factor, Likelihood};
use crate::packs::{Connection, Remedy};
use crate::severity::Graded;

/// The name of the format and its version.
pub const SCHEMA: &str = "scruple.assessment/1";

/// A right at risk, with the articles that state it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Right {
    /// Its id in packs/rights.toml.
    pub id: String,
    /// Its name.
    pub label: String,
    /// "UDHR 12; ICCPR 17".
    pub articles: String,
    /// How grave an interference is in itself.
    pub scale: Severity,
    /// Why it is named: the capability, or the place.
    pub because: String,
}

/// Rights-holders, as a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Affected {
    /// The group.
    pub who: String,
    /// Why it is affected.
    pub because: String,
}

/// How far a measure is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// In place, shown, and not due to be looked at again.
    InPlace,
    /// In place once, and due to be looked at again.
    DueAgain,
    /// Agreed, and its day has passed.
    Overdue,
    /// Agreed.
    Agreed,
    /// Proposed by somebody.
    Proposed,
    /// Turned down.
    Rejected,
    /// To consider.
    Open,
}

/// A measure chosen for an impact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Measure {
    /// Its id in packs/mitigations.toml.
    pub id: String,
    /// What to call it.
    pub label: String,
    /// What it does.
    pub does: String,
    /// What it does not fix.
    pub not_fixed: String,
    /// The questions whose risk it bears on, of those that matter here.
    pub answers: Vec<QuestionId>,
    /// How far it is.
    pub state: State,
    /// Who answers for it; who should, while nobody does.
    pub owner: String,
    /// What shows it; what would, while nothing does.
    pub evidence: String,
    /// Until when it is to be in place, or since when it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub day: Option<Date>,
    /// When it is looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub again: Option<Date>,
    /// Whether it takes away what this harm comes from, once in place.
    #[serde(default)]
    pub removes: bool,
    /// Whether it may count as an answer to a harm as grave as this one, once in place.
    pub suffices: bool,
    /// Whether it does: it suffices, is in place and shown, and is not due again.
    pub counts: bool,
}

/// Whether what is left after the measures can be answered for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Residue {
    /// Yes: every risk that is open or present is answered by a measure in place.
    pub acceptable: Answer,
    /// Why, or what is not answered.
    pub because: String,
    /// Questions whose risk no measure in place answers.
    pub unanswered: Vec<QuestionId>,
}

/// Who would use it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct User {
    /// The party's key in the deal; none where the deal names nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyId>,
    /// Its name there.
    pub name: String,
}

/// One capability in the hands of one user in one place; or, for goods bought, the
/// work behind one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Impact {
    /// What about.
    pub subject: Subject,
    /// The item, as the deal calls it.
    pub item: String,
    /// The capability's id; none for goods bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capability: Option<String>,
    /// The capability in words, or "work behind it".
    pub what: String,
    /// Misuse of this kind of technology that was documented elsewhere, with the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub misuse: Vec<String>,
    /// In whose hands.
    pub user: User,
    /// Where, in words.
    pub place: String,
    /// The rights at risk.
    pub rights: Vec<Right>,
    /// Rights-holders.
    pub affected: Vec<Affected>,
    /// How bad, if it happens.
    pub severity: Graded,
    /// Whether it is likely.
    pub likelihood: Likelihood,
    /// From which facts.
    pub factors: Vec<Factor>,
    /// How the company would be tied to it; more, if open questions say so.
    pub connection: Connection,
    /// Why.
    pub connected_because: String,
    /// Measures.
    pub measures: Vec<Measure>,
    /// What is left.
    pub residue: Residue,
    /// The stop rule: severe, likely or unknowable, and not answered by measures.
    pub stop: Answer,
    /// Why.
    pub stop_because: String,
    /// How sure.
    pub confidence: Confidence,
    /// What is documented of the place, with its sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documented: Vec<Documented>,
}

/// What UN bodies and others have documented of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Documented {
    /// The entry of the pack.
    pub id: String,
    /// In our words.
    pub text: String,
    /// Where.
    pub sources: Vec<String>,
    /// What is doubtful about the wording.
    pub doubts: Vec<String>,
}

/// How many features of a documented pattern the facts show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Matched {
    /// The pattern's id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Features that are there.
    pub present: Vec<String>,
    /// Features that an answer says are not.
    pub absent: Vec<String>,
    /// Features of which nothing is known.
    pub unknown: Vec<String>,
    /// Where the pattern is documented.
    pub sources: Vec<String>,
    /// How grave it was there.
    pub severity: Severity,
    /// Whether enough are present for a finding.
    pub reaches: bool,
    /// The finding's sentence.
    pub text: String,
}

/// Who was spoken with, or why nobody was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Consultation {
    /// Whether anybody was.
    pub answer: Answer,
    /// Who, when and how, one line each; or why not.
    pub lines: Vec<String>,
}

/// Whether there is redress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Redress {
    /// What is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Remedy>,
    /// In words.
    pub text: String,
}

/// One of the six steps of due diligence, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DueStep {
    /// The step.
    pub step: String,
    /// How far it is.
    pub state: String,
}

/// An open question, with its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Asked {
    /// Its id.
    pub id: QuestionId,
    /// The question.
    pub text: String,
    /// Whom to ask.
    pub ask: String,
    /// Whether it is one for the customer or supplier, and stands in the form for them.
    #[serde(default)]
    pub of_customer: bool,
    /// Why it is asked.
    pub why: String,
    /// The answers there are: value and text.
    pub choices: Vec<(String, String)>,
    /// Why an answer that was given does not settle it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An assessment of one deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Assessment {
    /// `scruple.assessment/1`.
    pub schema: String,
    /// The deal in one line.
    pub title: String,
    /// Hash of the deal.
    pub deal: String,
    /// The day.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// Hash of the answers, where any were given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
    /// The stop rule over the whole deal.
    pub stop: Answer,
    /// The recommendation in a sentence.
    pub recommends: String,
    /// Impact by impact, the worst first.
    pub impacts: Vec<Impact>,
    /// Documented patterns of which a feature is present.
    pub patterns: Vec<Matched>,
    /// Who was consulted.
    pub consultation: Consultation,
    /// Redress.
    pub redress: Redress,
    /// The six steps.
    pub steps: Vec<DueStep>,
    /// Open questions, the most deciding first.
    pub questions: Vec<Asked>,
    /// How many questions were answered, of how many.
    pub answered: (usize, usize),
    /// The findings it gives a brief.
    pub findings: Vec<Finding>,
    /// What was not looked at.
    pub unchecked: Vec<Unchecked>,
}

impl Assessment {
    /// 3 where it recommends not to go on or something is due, 4 where it cannot tell,
    /// 0 where nothing needs attention.
    pub fn exit(&self) -> u8 {
        use scruple_model::Effect;
        let wants = |finding: &Finding| {
            finding.is_stop() || (finding.answer == Answer::Yes && finding.effect != Effect::Note)
        };
        if self.findings.iter().any(wants) {
            3
        } else if self.impacts.is_empty()
            || !self.questions.is_empty()
            || !self.unchecked.is_empty()
            || self.findings.iter().any(|f| f.answer == Answer::CannotTell)
        {
            4
        } else {
            0
        }
    }
}
