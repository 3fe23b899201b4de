//! Holdings in, a file out.
//!
//! Sources come in any order and speak of parties by their own ids. The builder
//! takes what they claim, joins ids that a source says are the same, puts the
//! principal in the place of a nominee, and lays the rest out as sorted rows. The
//! same claims give the same bytes in whatever order they came.
//!
//! Nothing is dropped for being wrong. A stake of 140% is kept as a stake of
//! unknown size; an id that two entities claim joins neither; and each is a
//! problem that says so.

use std::collections::{BTreeMap, BTreeSet};

use scruple_model::{Date, Problem, Span};

use crate::graph::{Joint, SourceInfo, lane, word};
use crate::holding::{Behalf, Holding, Kind, Marks, Remainder};
use crate::intern::Interner;
use crate::share::{Share, WHOLE};

mod claims;
mod layout;
mod parties;
mod rows;
mod take;

/// The most sources one file holds.
const MOST_SOURCES: usize = 1 << 14;

/// A source as the builder knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceNo(u16);

/// Why no file can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// More than the layout can number.
    #[error(
        "too many {what} for one holdings file ({found}, at most {most}): import fewer sources at once"
    )]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        found: u64,
        /// How many there may be.
        most: u64,
    },
}

#[derive(Clone, Copy)]
struct Raw {
    owned: u32,
    owner: u32,
    word: u64,
    from: i32,
    until: i32,
    record: u32,
    /// Place in `details`, from 1; 0 for none.
    detail: u32,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct RawDetail {
    tranche: u32,
    nominee: u32,
    record: u32,
}

#[derive(Clone, Copy, Default)]
struct NodeFacts {
    kind: Option<Kind>,
    remainder: Option<Remainder>,
    country: u32,
}

/// Takes holdings, gives a file.
pub struct Builder {
    ids: Interner,
    strings: Interner,
    rows: Vec<Raw>,
    details: Vec<RawDetail>,
    /// By the number of an id; as far as anything was said.
    facts: Vec<NodeFacts>,
    same: BTreeSet<(String, String)>,
    /// Ids that another file found claimed by two entities: they join neither.
    torn: BTreeSet<String>,
    nominees: BTreeSet<(u16, String, Option<String>, String)>,
    sources: Vec<SourceInfo>,
    joints: Vec<Joint>,
    withdrawn: BTreeMap<(u16, String), u32>,
    problems: Vec<Problem>,
    too_many: Option<BuildError>,
}

/// A file, and what was wrong on the way.
#[derive(Debug)]
pub struct Built {
    /// For [`crate::Graph::open`].
    pub bytes: Vec<u8>,
    /// What was kept otherwise than it was given, and why.
    pub problems: Vec<Problem>,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            ids: Interner::new(),
            strings: Interner::new(),
            rows: Vec::new(),
            details: Vec::new(),
            facts: Vec::new(),
            same: BTreeSet::new(),
            torn: BTreeSet::new(),
            nominees: BTreeSet::new(),
            sources: Vec::new(),
            joints: Vec::new(),
            withdrawn: BTreeMap::new(),
            problems: Vec::new(),
            too_many: None,
        }
    }

    /// Adds a source. Two sources' words on one stake are never added up, so a
    /// register that comes in several files is one source with one id.
    pub fn source(&mut self, info: SourceInfo) -> SourceNo {
        if let Some(no) = self.sources.iter().position(|known| known.id == info.id) {
            return SourceNo(no as u16);
        }
        if self.sources.len() >= MOST_SOURCES {
            self.too_many = Some(BuildError::TooMany {
                what: "sources",
                found: self.sources.len() as u64 + 1,
                most: MOST_SOURCES as u64,
            });
            return SourceNo(0);
        }
        self.sources.push(info);
        SourceNo((self.sources.len() - 1) as u16)
    }

    /// Says of which day a source is, where its file said so on the way.
    pub fn dated(&mut self, source: SourceNo, day: Date) {
        if let Some(info) = self.sources.get_mut(usize::from(source.0)) {
            info.date = info.date.max(Some(day));
        }
    }

    /// How many holdings came in.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether none came in.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Makes an id known as a party of which nothing is held yet.
    pub fn node(&mut self, id: &str) {
        let _ = self.ids.number(id);
    }

    fn fact(&mut self, no: u32) -> &mut NodeFacts {
        let no = no as usize;
        if no >= self.facts.len() {
            self.facts.resize(no + 1, NodeFacts::default());
        }
        &mut self.facts[no]
    }

    /// Says what kind of party an id is. Ids that begin with `person:` and `anon:`
    /// need not be said.
    pub fn kind(&mut self, id: &str, kind: Kind) {
        let no = self.ids.number(id);
        let fact = self.fact(no);
        if let Some(before) = fact.kind.replace(kind)
            && before != kind
        {
            fact.kind = Some(Kind::Entity);
            self.problems.push(problem(
                id,
                format!("one id for two: {id} is said to be a person and to be an entity"),
                "it is taken for an entity, whose owners may be unknown; compare the two records",
            ));
        }
    }

    /// Says what is known of the holders of an entity that nobody reported.
    pub fn remainder(&mut self, id: &str, remainder: Remainder) {
        let no = self.ids.number(id);
        let fact = self.fact(no);
        if fact.remainder.is_some_and(|before| before != remainder) {
            fact.remainder = Some(Remainder::Unknown);
            self.problems.push(problem(
                id,
                format!("two answers to whether the holders of {id} are complete"),
                "they are taken as incomplete; say it once",
            ));
        } else {
            fact.remainder = Some(remainder);
        }
    }

    /// Says where an entity is established: two letters. Others are ignored.
    pub fn country(&mut self, id: &str, code: &str) {
        if let [a, b] = code.as_bytes()
            && a.is_ascii_alphabetic()
            && b.is_ascii_alphabetic()
        {
            let letter = |c: &u8| u32::from(c.to_ascii_lowercase() - b'a');
            let no = self.ids.number(id);
            let code = letter(a) * 26 + letter(b) + 1;
            let fact = self.fact(no);
            fact.country = agree(fact.country, code);
        }
    }

    /// Says that two ids mean one party.
    pub fn same(&mut self, a: &str, b: &str) {
        if a != b {
            let (a, b) = if a < b { (a, b) } else { (b, a) };
            self.same.insert((a.to_owned(), b.to_owned()));
        }
    }

    /// Says that in one source `holder` holds for `principal`: its stake in
    /// `owned`, or every stake where none is named.
    pub fn nominee(
        &mut self,
        source: SourceNo,
        holder: &str,
        principal: &str,
        owned: Option<&str>,
    ) {
        self.nominees.insert((
            source.0,
            holder.to_owned(),
            owned.map(str::to_owned),
            principal.to_owned(),
        ));
    }

    /// Takes back what a source said earlier under a record id: holdings whose record
    /// number is below `before`.
    pub fn withdraw(&mut self, source: SourceNo, record_id: &str, before: u32) {
        let known = self.withdrawn.entry((source.0, record_id.to_owned()));
        let until = known.or_insert(before);
        *until = (*until).max(before);
    }

    /// Adds a joint arrangement.
    pub fn joint(&mut self, joint: Joint) {
        self.joints.push(joint);
    }

    /// Reads where these ids stand, before each is looked up.
    pub(crate) fn read_ahead<'a>(&self, ids: impl Iterator<Item = &'a str>) {
        self.ids.read_ahead(ids);
    }

    /// Adds a holding.
    pub fn hold(&mut self, source: SourceNo, holding: &Holding<'_>) {
        let mut marks = holding.marks;
        let mut period = holding.period;
        let mut share = holding.share;
        if share.lo > share.hi || share.hi > WHOLE {
            share = Share::UNKNOWN;
            marks = marks.with(Marks::BAD_INTERVAL);
        }
        if period.is_backwards() {
            self.problems.push(problem(
                holding.record.id.unwrap_or(holding.owned),
                format!(
                    "record {} of {}: the holding of {} in {} ends before it begins",
                    holding.record.number,
                    self.sources[usize::from(source.0)].id,
                    holding.owner,
                    holding.owned
                ),
                "it is kept as one that may stand on any day; correct the dates in the source",
            ));
            period = crate::Period::ALWAYS;
            share.lo = 0;
            marks = marks.with(Marks::UNSURE_PERIOD);
        }
        let owned = self.ids.number(holding.owned);
        let (owner, nominee) = match holding.behalf {
            Behalf::Own => (self.ids.number(holding.owner), 0),
            Behalf::Of(principal) => {
                marks = marks.with(Marks::NOMINEE);
                (
                    self.ids.number(principal),
                    self.strings.number(holding.owner) + 1,
                )
            }
            Behalf::Unknown => {
                marks = marks.with(Marks::NOMINEE);
                let unnamed = format!("anon:{}:{}", holding.owner, holding.owned);
                (
                    self.ids.number(&unnamed),
                    self.strings.number(holding.owner) + 1,
                )
            }
        };
        let detail = RawDetail {
            tranche: holding.tranche.map_or(0, |t| self.strings.number(t) + 1),
            nominee,
            record: holding.record.id.map_or(0, |t| self.strings.number(t) + 1),
        };
        let detail = if detail == RawDetail::default() {
            0
        } else {
            self.details.push(detail);
            self.details.len() as u32
        };
        let lane = lane(holding.layer, holding.indirect);
        for (from, until, sure) in period.stretches() {
            let (share, marks) = if sure {
                (share, marks)
            } else {
                let none = Share { lo: 0, ..share };
                (none, marks.with(Marks::UNSURE_PERIOD))
            };
            self.rows.push(Raw {
                owned,
                owner,
                word: word(share, lane, source.0, marks),
                from,
                until,
                record: holding.record.number,
                detail,
            });
        }
    }
}

/// Two words on a country: 0 for none, a code, or that they differ.
fn agree(a: u32, b: u32) -> u32 {
    const DIFFER: u32 = 1023;
    match (a, b) {
        (0, one) | (one, 0) => one,
        (a, b) if a == b => a,
        _ => DIFFER,
    }
}

fn problem(field: &str, what: String, next: &str) -> Problem {
    Problem {
        at: Span::default(),
        field: field.to_owned(),
        what,
        expected: None,
        nearest: None,
        next: next.to_owned(),
    }
}
