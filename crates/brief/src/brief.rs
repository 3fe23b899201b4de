//! The brief: `scruple.brief/1`.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use scruple_assess::Assessment;
use scruple_model::{
    Answer, Date, Effect, Finding, Force, Looked, PartyId, Question, RuleId, Subject, Unchecked,
};
use scruple_ownership::{Flag, Proof};
use scruple_review::Note;
use serde::{Deserialize, Serialize};

use crate::packs::RegimeKind;
use crate::since::Since;
use crate::world::Vintage;

/// The name and number of this format. Additive changes keep the number.
pub const SCHEMA: &str = "scruple.brief/1";

/// What the ids of questions begin with that ask whether two records are one party.
pub const SAME_PARTY: &str = "q.same-party-";

/// What the ids of questions begin with that ask who holds an entity.
pub const OWNERS: &str = "q.owners-";

/// Stands under every brief.
pub const FOOTER: &str =
    "An aid to diligence, not legal advice; the decision and its reasons are yours.";

/// What the reader has to do, in three values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Something was found that somebody has to decide on.
    NeedsDecision,
    /// Nothing decides it yet; a question, a missing check or an old list does.
    CannotTellYet,
    /// Nothing was found in what was looked at.
    NothingFound,
}

/// Whether a body of law binds this deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RegimeAnswer {
    /// Its id.
    pub id: RuleId,
    /// Its title.
    pub title: String,
    /// What kind of law it is.
    pub kind: RegimeKind,
    /// Whether it is law on the day.
    pub force: Force,
    /// Whether it reaches this deal.
    pub answer: Answer,
    /// Why, fact by fact.
    pub because: Vec<String>,
    /// What would settle it.
    pub questions: Vec<Question>,
    /// How far the pack's wording can be trusted.
    pub doubts: Vec<String>,
}

/// What came of screening one party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Screened {
    /// Its key in the deal; `@seller`, `@importer` and `@item-N.maker` are screened too.
    pub party: PartyId,
    /// What it does here, in words.
    pub role: String,
    /// The name screened.
    pub name: String,
    /// Whether any candidate was found.
    pub found: bool,
    /// What was found, in words: never more than "not found on N lists as of …".
    pub outcome: String,
    /// What people decided before about its matches; those set aside are not findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<Note>,
}

/// What came of asking whether listed parties own or control a party, by one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Owned {
    /// Its key in the deal.
    pub party: PartyId,
    /// Its name there.
    pub name: String,
    /// Its id in the holdings, where an identifier led to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// The rule.
    pub rule: RuleId,
    /// Its title.
    pub title: String,
    /// Whether it is law on the day.
    pub force: Force,
    /// Whether its body of law reaches this deal.
    pub regime: Answer,
    /// Yes: covered. Cannot tell: cannot be ruled out. No: not shown to be covered.
    pub answer: Answer,
    /// What the count shows, where the answer given is another: a rule whose wording
    /// nobody compared with the official text says No of nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_count: Option<Answer>,
    /// The same in words, with the largest listed share found, or with what is open.
    pub outcome: String,
    /// What a reader has to know.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub flags: BTreeSet<Flag>,
    /// Why. `scruple ownership show` has it where it is too long for a brief.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// What those in the proof are called, by id: listed parties and parties of the deal.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

/// What was asked about who owns the parties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ownership {
    /// The holdings that were looked at; none where none are held.
    pub looked_at: Vec<Looked>,
    /// Every party by every rule that binds or may.
    pub answers: Vec<Owned>,
}

/// A decision brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Brief {
    /// `scruple.brief/1`.
    pub schema: String,
    /// The deal in one line.
    pub title: String,
    /// The writer's own number for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Hash of the deal file and the parties file beside it.
    pub deal: String,
    /// The day whose facts and law were asked for.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// What the answer rests on.
    pub vintage: Vintage,
    /// What is needed.
    pub verdict: Verdict,
    /// The verdict with its counts, as a line.
    pub summary: String,
    /// The exit code of the command that made it: 0, 3 or 4.
    pub exit: u8,
    /// The day until which to keep it, at most; see docs/privacy.md.
    #[schemars(with = "String")]
    pub keep_until: Date,
    /// What changed since an earlier brief, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
    /// What bears on the whole answer, such as that only the starter pack was there.
    pub caveats: Vec<String>,
    /// What was found, in the order used everywhere.
    pub findings: Vec<Finding>,
    /// What is open, each once.
    pub questions: Vec<Question>,
    /// Which law binds.
    pub regimes: Vec<RegimeAnswer>,
    /// What came of screening, party by party.
    pub screened: Vec<Screened>,
    /// What came of asking who owns the parties, rule by rule.
    #[serde(default)]
    pub ownership: Ownership,
    /// What the items can do to people; none where no item names a capability and nothing
    /// is bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<Assessment>,
    /// Item by item: what it can do, the entries and rules, limb by limb.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<scruple_controls::Outcome>,
    /// What was looked at.
    pub looked_at: Vec<Looked>,
    /// What was not.
    pub unchecked: Vec<Unchecked>,
    /// The footer.
    pub footer: String,
    /// How much was looked at, in words: "5 lists and parts of 9".
    #[serde(default)]
    pub extent: String,
}

impl Brief {
    /// The verdict over findings and what stayed open. `incomplete` says that a
    /// check did not run on official lists within their cadence.
    pub fn verdict_of(findings: &[Finding], questions: &[Question], incomplete: bool) -> Verdict {
        // A party found on a list wants a decision, also while it is open whether
        // the list's law binds.
        let found_party = |finding: &Finding| {
            matches!(finding.subject, Subject::Party { .. })
                && finding.answer == Answer::CannotTell
                && !finding
                    .questions
                    .iter()
                    .any(|q| q.id.as_str().starts_with(SAME_PARTY))
        };
        let attention = |finding: &Finding| {
            finding.is_stop()
                || found_party(finding)
                || (finding.answer == Answer::Yes && finding.effect != Effect::Note)
        };
        if findings.iter().any(attention) {
            Verdict::NeedsDecision
        } else if incomplete
            || !questions.is_empty()
            || findings
                .iter()
                .any(|finding| finding.answer == Answer::CannotTell)
        {
            Verdict::CannotTellYet
        } else {
            Verdict::NothingFound
        }
    }

    /// The stop-level findings.
    pub fn stops(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_stop())
    }
}

impl Verdict {
    /// The exit code that says the same.
    pub fn exit(self) -> u8 {
        match self {
            Self::NothingFound => 0,
            Self::NeedsDecision => 3,
            Self::CannotTellYet => 4,
        }
    }
}
