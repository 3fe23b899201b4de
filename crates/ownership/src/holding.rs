//! One holding as a source reports it, before it is part of a graph.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Period, Share};

/// What a holding gives its owner. Layers are never added to each other: thirty
/// percent of the shares and thirty of the votes are not sixty of anything.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Layer {
    /// Capital.
    Shares = 0,
    /// Votes in the general meeting.
    Votes = 1,
    /// The right to appoint or remove members of the board, as a part of it.
    Appointment = 2,
    /// The owner consolidates the owned in its accounts. A sign of control without
    /// a percentage, whatever number stands beside it.
    Consolidation = 3,
    /// Any other influence or control, without a percentage.
    Influence = 4,
}

impl Layer {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Shares,
        Self::Votes,
        Self::Appointment,
        Self::Consolidation,
        Self::Influence,
    ];

    pub(crate) fn of(no: u8) -> Self {
        Self::ALL
            .get(usize::from(no))
            .copied()
            .unwrap_or(Self::Influence)
    }

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shares => "shares",
            Self::Votes => "votes",
            Self::Appointment => "appointment",
            Self::Consolidation => "consolidation",
            Self::Influence => "influence",
        }
    }

    /// Reads its name in files.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.name() == name)
    }

    /// As part of a sentence: "of the shares".
    pub fn words(self) -> &'static str {
        match self {
            Self::Shares => "of the shares",
            Self::Votes => "of the votes",
            Self::Appointment => "of the right to appoint the board",
            Self::Consolidation => "by consolidation",
            Self::Influence => "by influence",
        }
    }
}

/// What is peculiar about a holding, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Marks(pub(crate) u8);

impl Marks {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// There are further particulars in a table of their own.
    pub(crate) const DETAIL: Self = Self(1);
    /// The source writes a number that may be a percentage or a fraction.
    pub const UNIT_AMBIGUOUS: Self = Self(2);
    /// What the source writes is no share; the holding is kept as unknown.
    pub const BAD_INTERVAL: Self = Self(4);
    /// Held in the name of somebody else.
    pub const NOMINEE: Self = Self(8);
    /// The source gives one figure for several owners.
    pub const JOINT_FIGURE: Self = Self(16);
    /// Whether it stands is not certain: a date is known only in part, or the source
    /// ended it before it began.
    pub const UNSURE_PERIOD: Self = Self(32);

    /// Both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has all of these.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// On whose behalf the reported owner holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Behalf<'a> {
    /// Its own.
    #[default]
    Own,
    /// Of this one.
    Of(&'a str),
    /// Of somebody the source does not name.
    Unknown,
}

/// Where in its source a holding stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record<'a> {
    /// The line, or the number of the record in the file, from 1.
    pub number: u32,
    /// The source's own id for it.
    pub id: Option<&'a str>,
}

/// One holding: `owner` holds `share` of `owned`.
#[derive(Clone, Copy, Debug)]
pub struct Holding<'a> {
    /// Id of the owner.
    pub owner: &'a str,
    /// Id of the owned.
    pub owned: &'a str,
    /// How much.
    pub share: Share,
    /// Of what.
    pub layer: Layer,
    /// Whether the source says that it is held through others.
    pub indirect: bool,
    /// When.
    pub period: Period,
    /// Where it is reported.
    pub record: Record<'a>,
    /// Which shares, where a source reports several stakes of one owner.
    pub tranche: Option<&'a str>,
    /// For whom.
    pub behalf: Behalf<'a>,
    /// What is peculiar about it.
    pub marks: Marks,
}

impl<'a> Holding<'a> {
    /// A direct holding of shares without a date.
    pub fn new(owner: &'a str, owned: &'a str, share: Share) -> Self {
        Self {
            owner,
            owned,
            share,
            layer: Layer::Shares,
            indirect: false,
            period: Period::ALWAYS,
            record: Record::default(),
            tranche: None,
            behalf: Behalf::Own,
            marks: Marks::NONE,
        }
    }
}

/// What kind of party a node is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Kind {
    /// Something that can be owned.
    #[default]
    Entity = 0,
    /// A natural person who is known, and cannot be owned.
    Person = 1,
    /// Somebody the source does not name: may be anyone, a listed party included.
    Anonymous = 2,
}

/// What is known of the holders nobody reported.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Remainder {
    /// Nothing: any of them may be listed.
    #[default]
    Unknown,
    /// There are none: the list of holders is complete.
    None,
    /// There are others, and somebody checked them.
    Clear,
    /// There are others, and none of them holds more than this, in parts per million.
    MaxEach(u32),
}
