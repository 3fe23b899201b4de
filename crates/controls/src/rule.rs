//! Rules of use, user and place: what the law asks of items on no list too.

use schemars::JsonSchema;
use scruple_model::{Effect, Severity};
use serde::{Deserialize, Serialize};

use crate::entry::Limb;

/// At which step of the path a rule stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// What the item is.
    Item,
    /// What it is used for.
    Use,
    /// Who uses it.
    User,
    /// Where it goes, and what comes in.
    Place,
    /// What we owe people whatever the law says.
    Rights,
}

/// What the seller has to do next.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Duty {
    /// The law forbids it.
    Prohibited,
    /// Stop; whatever comes next needs advice.
    Stop,
    /// Ask for a licence.
    ApplyLicence,
    /// Tell the authority, which decides.
    NotifyAuthority,
    /// Have it looked at by counsel.
    LegalReview,
    /// Ask what is open.
    Ask,
    /// The law lets it pass; our own duty does not.
    DeclineOnPolicy,
    /// Write down the exception that is used.
    RecordException,
    /// Write down why one goes on.
    RecordRationale,
    /// Nothing of its own.
    None,
}

/// The body of an entry of `packs/use-rules.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleBody {
    /// The regime by which it binds; none where it speaks to everybody.
    #[serde(default)]
    pub law: Option<String>,
    /// Its step.
    pub stage: Stage,
    /// Whether it speaks of the deal and not of each item.
    #[serde(default)]
    pub of_deal: bool,
    /// What all has to hold.
    pub limbs: Vec<Limb>,
    /// What takes the case out.
    #[serde(default)]
    pub unless: Vec<Limb>,
    /// Only looked at where this is not a No: keeps a rule silent in deals it has
    /// nothing to say to.
    #[serde(default)]
    pub only: Option<String>,
    /// What it demands.
    pub effect: Effect,
    /// The next duty when it holds.
    #[serde(default)]
    pub duty: Option<Duty>,
    /// The next duty while it is open; to ask, where left out.
    #[serde(default)]
    pub duty_open: Option<Duty>,
    /// Whether it decides if a licence is needed: policy and guidance do not.
    #[serde(default)]
    pub decides_licence: bool,
    /// Whether it leaves open if a licence is needed where it holds, as a notification
    /// does on which an authority then decides.
    #[serde(default)]
    pub opens_licence: bool,
    /// Harm to people.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// The claim where it holds, with `{item}`.
    pub heading: String,
    /// The claim where it is open.
    #[serde(default)]
    pub heading_open: Option<String>,
    /// Whether it is told only where it holds.
    #[serde(default)]
    pub quiet: bool,
    /// Whether another check tells of it: its result is used here and not told again.
    #[serde(default)]
    pub elsewhere: bool,
    /// What to do.
    #[serde(default)]
    pub next: Vec<String>,
    /// Facts to ask for beside those of the limbs.
    #[serde(default)]
    pub ask: Vec<String>,
}

/// `packs/red-flags.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagFile {
    /// The flags.
    pub flag: Vec<FlagEntry>,
}

/// A warning sign.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagEntry {
    /// `police_end_user`.
    pub id: String,
    /// What it says.
    pub label: String,
    /// When it is raised; left out where no fact of a deal shows it.
    #[serde(default)]
    pub when: Option<String>,
    /// What would resolve it.
    pub question: String,
    /// Whom to ask.
    pub ask: String,
    /// Where it is published.
    pub source: Vec<String>,
    /// Rights that what it warns of bears on: ids of `packs/rights.toml`.
    #[serde(default)]
    pub rights: Vec<String>,
}
