//! A finding: one claim, on whose word, how sure, what is unknown, what next.
//!
//! How bad ([`Severity`]) and how sure ([`Confidence`]) are two fields and are
//! never multiplied. An [`Answer`] of `No` means *not found in what was looked
//! at*; a missing fact gives `CannotTell` and the question that settles it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::hash::sha256_parts;
use crate::{Date, FindingId, ListId, PartyId, QuestionId, RecordId, RuleId};

/// Does the rule's proposition hold of the subject?
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It holds.
    Yes,
    /// A fact is missing; a question says which.
    CannotTell,
    /// Not found in what was looked at.
    No,
}

impl Answer {
    /// Both must hold (Kleene): one No decides, else one unknown leaves it open.
    pub fn and(self, other: Self) -> Self {
        self.max(other)
    }

    /// Either suffices (Kleene).
    pub fn or(self, other: Self) -> Self {
        self.min(other)
    }
}

/// Does the rule bind on the day?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Force {
    /// It binds.
    InForce,
    /// It is law, but does not bind until the day given, if one is.
    Suspended {
        /// When it binds again.
        #[schemars(with = "Option<String>")]
        until: Option<Date>,
    },
    /// It will bind from this day.
    NotYet {
        /// The first day.
        #[schemars(with = "String")]
        from: Date,
    },
    /// It no longer binds since this day.
    Ended {
        /// The first day it did not bind.
        #[schemars(with = "String")]
        on: Date,
    },
    /// Nobody has adopted it.
    Proposed,
    /// It never binds as law: guidance, soft law, our own duty of care.
    Guidance,
}

/// What the rule demands, hardest first: the order findings are shown in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The law forbids it.
    Prohibited,
    /// Our own duty forbids it, whatever a licence says.
    Refuse,
    /// A licence is needed first.
    LicenceNeeded,
    /// An authority has to be told, and decides.
    NotifyAuthority,
    /// Ask before going on.
    AskFirst,
    /// Know it.
    Note,
}

/// Harm to people if true: the largest of scale, scope and irremediability (UNGP 14).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Lives, liberty or the existence of a group.
    Grave,
    /// Many people, or hard to put right.
    Serious,
    /// Some people, and it can be put right.
    Moderate,
    /// Little, and easily put right.
    Minor,
}

/// How sure, as a band.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// What was compared agrees where it counts.
    Strong,
    /// A person should look at it.
    Moderate,
    /// A hint.
    Weak,
}

/// How sure, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Confidence {
    /// The band.
    pub band: Band,
    /// Why this band.
    pub reason: String,
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Subject {
    /// The deal as a whole.
    Deal,
    /// A party, by its key in the deal.
    Party {
        /// The key.
        id: PartyId,
    },
    /// An item, by its place in the deal, from 1.
    Item {
        /// The place.
        number: usize,
    },
    /// A place: the destination, a transit point, where it is used.
    Place {
        /// `cn-xj`.
        code: String,
    },
}

impl Subject {
    fn key(&self) -> String {
        match self {
            Self::Deal => "deal".into(),
            Self::Party { id } => format!("party:{id}"),
            Self::Item { number } => format!("item:{number}"),
            Self::Place { code } => format!("place:{code}"),
        }
    }
}

/// A text that bears on a finding, with where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Whose word: a list id, a pack, `deal` for the deal file itself.
    pub source: String,
    /// Hash of the snapshot or pack; `None` for the deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<String>,
    /// The record, where the source has records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
    /// The field: `name`, `listingDate`, `nexus.us_content_percent`.
    pub field: String,
    /// The text in it.
    pub text: String,
    /// The day the source gives for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Whether the text is as published, or in our words.
    pub published: bool,
}

/// Something that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Looked {
    /// A list or pack.
    pub source: String,
    /// What it is called.
    pub title: String,
    /// Its day.
    pub date: String,
    /// How much was in it, in words.
    pub extent: String,
    /// Hash of what was read.
    pub hash: String,
}

/// Something that was not looked at, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Unchecked {
    /// A list, a pack or a check.
    pub what: String,
    /// Why not.
    pub why: String,
}

/// A question whose answer settles something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// Stable from deal to deal.
    pub id: QuestionId,
    /// The question.
    pub text: String,
    /// Whom to ask.
    pub ask: String,
    /// Where the answer goes in the deal file.
    pub field: String,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Step(pub String);

/// How to have a finding corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contest {
    /// What the named party, or anybody else it is wrong about, can do.
    pub how: String,
    /// The publisher's page for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// One claim about one subject under one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Stable over vintages.
    pub id: FindingId,
    /// The rule.
    pub rule: RuleId,
    /// About what.
    pub subject: Subject,
    /// The claim, as a person would say it aloud.
    pub title: String,
    /// The nexus: why the rule binds here.
    pub applies_because: String,
    /// Does it hold.
    pub answer: Answer,
    /// Does it bind on the day.
    pub force: Force,
    /// What it demands.
    pub effect: Effect,
    /// How bad for people; none for a purely legal rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// How sure.
    pub confidence: Confidence,
    /// The texts it rests on.
    pub evidence: Vec<Evidence>,
    /// What was looked at for it.
    pub looked_at: Vec<Looked>,
    /// What was not.
    pub unchecked: Vec<Unchecked>,
    /// What would settle it.
    pub questions: Vec<Question>,
    /// What to do.
    pub next: Vec<Step>,
    /// How to have it corrected.
    pub contest: Contest,
}

impl Finding {
    /// Stop-level: not a No, in force, and prohibited or refused.
    pub fn is_stop(&self) -> bool {
        self.answer != Answer::No
            && self.force == Force::InForce
            && matches!(self.effect, Effect::Prohibited | Effect::Refuse)
    }

    /// Sort key of the order used everywhere: stop-level, effect, severity,
    /// confidence, rule, subject.
    pub fn order(&self) -> impl Ord + use<> {
        (
            !self.is_stop(),
            self.effect,
            // A purely legal rule (None) comes after every stated harm.
            self.severity.map_or(u8::MAX, |severity| severity as u8),
            self.confidence.band,
            self.rule.clone(),
            self.subject.clone(),
            self.id.clone(),
        )
    }

    /// The id of a finding: a hash of rule, subject and record ids.
    pub fn id_of(rule: &RuleId, subject: &Subject, records: &[RecordId]) -> FindingId {
        let mut records: Vec<&str> = records.iter().map(RecordId::as_str).collect();
        records.sort_unstable();
        let subject = subject.key();
        let parts = [rule.as_str(), &subject]
            .into_iter()
            .chain(records)
            .map(str::as_bytes);
        FindingId::new(&sha256_parts(parts)[..12])
    }
}

/// A list as the brief names it when nothing was looked at in it.
impl Unchecked {
    /// A list that is known and was not read.
    pub fn list(list: &ListId, title: &str, why: &str) -> Self {
        Self {
            what: format!("{list} ({title})"),
            why: why.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Answer::{CannotTell, No, Yes};

    #[test]
    fn unknown_never_becomes_no() {
        assert_eq!(CannotTell.and(Yes), CannotTell);
        assert_eq!(CannotTell.or(No), CannotTell);
        assert_eq!(CannotTell.and(No), No);
        assert_eq!(CannotTell.or(Yes), Yes);
    }
}
