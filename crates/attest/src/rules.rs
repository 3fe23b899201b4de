//! What the packs say: where nobody can audit freely, and what a fault of a
//! credential means for a deal.

use scruple_model::{Effect, Severity};
use serde::Deserialize;

/// The pack of places, by name.
pub const IMPOSSIBLE: &str = "audit-impossible";
/// The pack of findings, by name.
pub const RULES: &str = "attest";

/// Who says it, and where.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaidBy {
    /// Who.
    pub who: String,
    /// When, as precisely as is known.
    pub when: String,
    /// What it said, in our words.
    pub what: String,
    /// Where.
    #[serde(default)]
    pub link: Option<String>,
}

/// Places where independent audit is impossible.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImpossibleBody {
    /// Countries and regions.
    pub places: Vec<String>,
    /// One line that a page shows: `{place}` stands for the place.
    pub says: String,
    /// On whose word.
    pub sources: Vec<SaidBy>,
}

/// What became of a credential that a deal relies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// Its signature does not hold, or another than its issuer signed.
    Broken,
    /// Something about it cannot be told.
    Unverified,
    /// The day lies outside its validity.
    Expired,
    /// Its issuer withdrew it.
    Withdrawn,
    /// It is about something else than it was given for.
    OutOfScope,
    /// It was made where nobody can audit freely.
    ImpossiblePlace,
    /// How it was made lowers what it can show.
    Weak,
    /// It says that something does not conform.
    NonConformity,
    /// Workers or affected groups say otherwise.
    Contested,
    /// The file could not be read.
    Unread,
}

/// What follows for a deal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleBody {
    /// In which case.
    pub when: When,
    /// What it demands.
    pub effect: Effect,
    /// How bad for people.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// The claim: `{name}` is the attestation's name.
    pub heading: String,
    /// What to do.
    pub next: Vec<String>,
}
