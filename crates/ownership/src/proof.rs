//! A proof: rounds of newly reached entities, with the holdings that tipped each.
//!
//! Every step rests on listed parties and on earlier steps only, so nothing goes
//! round in a circle, and it can be read aloud: "A is held 50% by X, who is listed;
//! B is held 50% by A". A proof of *cannot be reached* is a set of entities of which
//! none can be tipped from outside the set. Both are checked by
//! [`crate::verify`], which shares no code with what found them.

use schemars::JsonSchema;
use scruple_model::{Answer, Date, RuleId};
use serde::{Deserialize, Serialize};

use crate::holding::Layer;
use crate::share::Share;

/// The schema of a proof.
pub const PROOF: &str = "scruple.ownership-proof/1";

/// Why an answer holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Proof {
    /// [`PROOF`].
    pub schema: String,
    /// By which rule.
    #[schemars(with = "String")]
    pub rule: RuleId,
    /// On which day.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// Of which entity.
    pub entity: String,
    /// What is shown.
    pub answer: Answer,
    /// For a Yes: what was reached, in order; the last is the entity.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// For a No: entities of which none can be reached while the others are not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<Closed>,
    /// For a Cannot Tell: what would have to be known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<Open>,
}

/// One entity reached, by one test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// In which round of this proof, from 1.
    pub round: u32,
    /// What was reached.
    pub entity: String,
    /// In which layer.
    pub layer: Layer,
    /// What is needed, in parts per million, and whether exactly that is too little.
    pub threshold: u32,
    /// Whether exactly the threshold is too little.
    pub strict: bool,
    /// The one party whose stakes were added, where the test looks at each alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<String>,
    /// What was added.
    pub counted: Vec<Counted>,
    /// What was not, where a complete list of holders leaves the rest to the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Counted>,
    /// How it was added.
    pub by: Sum,
    /// The sum, in parts per million.
    pub sum: u64,
    /// Of how much.
    pub base: u64,
}

/// How a sum was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sum {
    /// Stakes were added, less what the register reports beyond the whole.
    Added,
    /// The list is complete, and this is what others leave.
    Rest,
    /// One stake that its source reports as held through others.
    Indirect,
}

/// One owner's stake in a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counted {
    /// Who.
    pub owner: String,
    /// Why it counts.
    pub because: Because,
    /// What counts of it, in parts per million.
    pub ppm: u32,
    /// On whose word.
    pub claims: Vec<Claim>,
}

/// Why an owner counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Because {
    /// It is listed.
    Listed {
        /// On which list.
        list: String,
    },
    /// It was reached in an earlier round.
    Reached {
        /// Which.
        round: u32,
    },
    /// It is the one party looked at alone.
    Itself,
    /// It acts jointly with one that counts.
    Joint {
        /// Under which arrangement.
        arrangement: String,
    },
    /// It does not count.
    Not,
}

/// One record behind a stake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// The source.
    pub source: String,
    /// Line or number of the record in it.
    pub record: u32,
    /// The source's own id for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_id: Option<String>,
    /// What it says.
    pub share: Share,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub from: Option<Date>,
    /// The first day on which it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
    /// In whose name, where that is not the owner's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nominee: Option<String>,
    /// Which stake, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tranche: Option<String>,
}

/// Whom a closed entity is closed to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Against {
    /// To everybody listed, together, and to every holder nobody reported.
    Everybody,
    /// To one party alone, and to every holder nobody reported.
    Alone {
        /// Which.
        party: String,
    },
    /// To a listed party that stands nowhere above it, and may be any holder nobody
    /// reported.
    Unnamed,
}

/// An entity that cannot be reached while the others of the set are not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Closed {
    /// To whom.
    pub against: Against,
    /// Which.
    pub entity: String,
    /// The most that everybody outside the set may hold, test by test.
    pub most: Vec<Most>,
}

/// The most that may be held under one test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Most {
    /// In which layer.
    pub layer: Layer,
    /// At most, in parts per million.
    pub sum: u64,
    /// Of how much.
    pub base: u64,
    /// What would be needed.
    pub threshold: u32,
    /// Whether exactly that is too little.
    pub strict: bool,
}

/// What is not known, and leaves an answer open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Open {
    /// Of which entity, or which unnamed holder.
    pub entity: String,
    /// How much of it nobody accounts for.
    pub unaccounted: Share,
    /// Why.
    pub why: Why,
    /// How many parties above it were looked at, where they are too many to look at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_at: Option<u32>,
    /// What is not known of a listing, where that is why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listing: Option<String>,
}

impl Open {
    /// What settles it, with the entity called as the caller knows it.
    pub fn settles(&self, entity: &str) -> String {
        match (self.why, self.looked_at, &self.listing) {
            (Why::TooMuch, Some(number), _) => format!(
                "the owners above {entity} are too many to look at all of them, {number} were \
                 looked at: ask for its register of members, and for those of its owners"
            ),
            (Why::MayBeListed, _, Some(listing)) => {
                format!("{listing}: find out whether it is {entity}")
            }
            (why, ..) => why.settles(entity),
        }
    }

    /// The same as a question to somebody.
    pub fn question(&self, entity: &str) -> String {
        match self.why {
            Why::Remainder if self.unaccounted.hi > 0 => {
                format!("Who holds the other {} of {entity}?", self.unaccounted)
            }
            Why::Remainder => format!("Who else holds {entity}, and how much?"),
            Why::NoRecords => format!("Who holds {entity}, and how much?"),
            Why::Unnamed => format!("Who is the holder of {entity} that is not named?"),
            Why::Interval => {
                format!("Which exact share of {entity} does each of its holders have?")
            }
            Why::Unquantified => format!(
                "What does the owner that controls {entity} hold of it, and what may it decide?"
            ),
            Why::TooMuch => format!("Who holds {entity}, and who holds its owners?"),
            Why::MayBeListed => match &self.listing {
                Some(listing) => format!("Is {entity} a listed party? {listing}."),
                None => format!("Is {entity} a listed party?"),
            },
        }
    }
}

/// Why something is not known.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Nothing is reported of its owners.
    NoRecords,
    /// Some of its owners are not reported.
    Remainder,
    /// A holder is not named.
    Unnamed,
    /// A listed or reached owner's share is not known well enough.
    Interval,
    /// An owner consolidates or influences it, without a percentage.
    Unquantified,
    /// There was too much to look at.
    TooMuch,
    /// It may be a listed party, and may be another.
    MayBeListed,
}

impl Why {
    /// What settles it.
    fn settles(self, entity: &str) -> String {
        match self {
            Self::NoRecords => format!(
                "nothing is reported of who holds {entity}: ask for its register of members"
            ),
            Self::Remainder => {
                format!("not every holder of {entity} is reported: ask for its register of members")
            }
            Self::Unnamed => format!("a holder of {entity} is not named: ask who it is"),
            Self::Interval => format!(
                "a holder's share of {entity} is only known between bounds: ask for the exact share"
            ),
            Self::Unquantified => format!(
                "an owner of {entity} controls it by a way that has no percentage: ask what it holds and may decide"
            ),
            Self::TooMuch => format!(
                "the owners above {entity} are too many to look at all of them: ask for its register of members"
            ),
            Self::MayBeListed => format!("{entity} may be a listed party: compare the two"),
        }
    }
}
