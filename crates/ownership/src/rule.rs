//! A rule as facts: what a pack says, and the operators that read it.
//!
//! Law stands in `packs/ownership.toml`; here stands only how a test is read. The
//! operators are three. *Aggregate* adds the stakes of everybody reached. *Each
//! party alone* adds only what one party holds itself, through what it alone
//! reaches, and with whom it acts jointly. Both let a reached entity count with
//! its whole stake further down. The third, the product of shares along chains, is
//! no test at all: it is information, in `look_through`.

use scruple_model::{Date, Effect, ListId};
use serde::{Deserialize, Serialize};

use crate::holding::Layer;
use crate::share::WHOLE;

/// Whose stakes a test adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pool {
    /// Those of everybody reached.
    Aggregate,
    /// Those of one party alone, with whatever it reaches alone.
    EachAlone,
}

/// One test: any one that passes suffices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    /// In which layer.
    pub layer: Layer,
    /// How much, in parts per million.
    pub threshold: u32,
    /// Whether exactly that much is too little.
    pub strict: bool,
    /// Whose stakes are added.
    pub pool: Pool,
    /// Whether what the entity holds in itself is left out of the base.
    #[serde(default)]
    pub own_left_out: bool,
}

impl Test {
    /// Whether `sum` of `base` passes.
    pub fn passes(&self, sum: u64, base: u64) -> bool {
        let (left, right) = (
            sum.saturating_mul(u64::from(WHOLE)),
            u64::from(self.threshold).saturating_mul(base),
        );
        if self.strict {
            left > right
        } else {
            left >= right && sum > 0
        }
    }

    /// The test in words: "50% or more of the shares".
    pub fn words(&self) -> String {
        let share = crate::share::percent(self.threshold);
        if self.strict {
            format!("more than {share} {}", self.layer.words())
        } else {
            format!("{share} or more {}", self.layer.words())
        }
    }
}

/// A list, or some programmes of it, whose parties a rule starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedList {
    /// The list.
    pub list: ListId,
    /// Programmes, as the list prints them; all where there are none.
    #[serde(default)]
    pub programmes: Vec<String>,
}

/// Which entities a rule speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reaches {
    /// Not those established in one of these countries.
    #[serde(default)]
    pub not_in: Vec<String>,
}

/// What follows for an entity that is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carries {
    /// It is treated as blocked.
    Blocking,
    /// The licence requirement and policy of its owners, the strictest of them.
    OwnersLicence,
    /// It is presumed to be controlled, until somebody shows otherwise.
    Presumption,
}

/// What a rule rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// An act or a regulation.
    Statute,
    /// A judgment.
    Court,
    /// What an authority says it will do.
    Guidance,
}

/// What consolidation or influence without a percentage may hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unquantified {
    /// A share of unknown size: consolidation counts so, influence does not.
    Share,
    /// Control, which the rule reaches whatever the share.
    Control,
}

/// What has to be said where a percentage is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedFlag {
    /// Its id.
    pub id: String,
    /// The claim.
    pub title: String,
    /// Where it stands.
    pub citation: String,
    /// What to do.
    pub next: Vec<String>,
}

/// A rule of the pack `ownership`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleBody {
    /// Its title.
    pub title: String,
    /// The regime by which it binds, as in the pack `regimes`.
    pub regime: String,
    /// Where it starts.
    pub seeds: Vec<SeedList>,
    /// Its tests.
    pub tests: Vec<Test>,
    /// What it speaks of.
    #[serde(default)]
    pub reaches: Reaches,
    /// What follows.
    pub carries: Carries,
    /// What it rests on.
    pub bindingness: Vec<Binding>,
    /// What consolidation may hide.
    pub unquantified: Unquantified,
    /// Whether a stake reported as held through others counts on its own.
    #[serde(default)]
    pub indirect_counts: bool,
    /// What it demands.
    pub effect: Effect,
    /// The claim where it holds, with `{party}`.
    pub heading: String,
    /// The claim where it cannot be told, with `{party}`.
    pub heading_open: String,
    /// What to do where it holds.
    pub next: Vec<String>,
    /// What has to be kept in mind, whatever the answer.
    #[serde(default)]
    pub notes: Vec<String>,
    /// What an unknown percentage is, where a rule has a word for it.
    #[serde(default)]
    pub red_flag: Option<RedFlag>,
    /// What a share that a listed party gave away means, where a rule has a word for it.
    #[serde(default)]
    pub transfer: Option<RedFlag>,
    /// How the party has it corrected.
    pub correction: String,
    /// The publisher's page for that.
    #[serde(default)]
    pub correction_link: Option<String>,
}

/// A party of the graph that a list names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id in the graph.
    pub id: String,
    /// Which list.
    pub list: ListId,
    /// Under which programmes.
    pub programmes: Vec<String>,
    /// Its first day on the list.
    pub from: Option<Date>,
    /// The first day it is off.
    pub until: Option<Date>,
    /// What keeps this party of the graph from being surely the listed one, in words. It
    /// covers nobody then, and frees nobody either.
    pub doubt: Option<String>,
}

impl Listed {
    /// Whether it stands on the list on a day.
    pub fn stands_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

impl RuleBody {
    /// Whether a listed party is one the rule starts from.
    pub fn seeds_from(&self, listed: &Listed) -> bool {
        self.seeds.iter().any(|seed| {
            seed.list == listed.list
                && (seed.programmes.is_empty()
                    || listed.programmes.iter().any(|programme| {
                        // Publishers put some in brackets and some not.
                        let bare = programme.trim_matches(['[', ']']);
                        seed.programmes.iter().any(|known| known == bare)
                    }))
        })
    }

    /// Whether any test adds up everybody's stakes.
    pub(crate) fn aggregates(&self) -> bool {
        self.tests.iter().any(|test| test.pool == Pool::Aggregate)
    }
}
