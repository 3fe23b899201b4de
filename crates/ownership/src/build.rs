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

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use scruple_model::{Date, Problem, Span};

use crate::file::{self, SECTIONS, Section};
use crate::graph::{Extra, Joint, KIND_SAID, REMAINDER_SAID, ROW, SourceInfo, lane, word};
use crate::holding::{Behalf, Holding, Kind, Marks, Remainder};
use crate::intern::Interner;
use crate::share::{Share, WHOLE};

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
    facts: BTreeMap<u32, NodeFacts>,
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
            facts: BTreeMap::new(),
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

    /// Says what kind of party an id is. Ids that begin with `person:` and `anon:`
    /// need not be said.
    pub fn kind(&mut self, id: &str, kind: Kind) {
        let no = self.ids.number(id);
        let fact = self.facts.entry(no).or_default();
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
        let fact = self.facts.entry(no).or_default();
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
            let fact = self.facts.entry(no).or_default();
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

    /// Lays everything out.
    pub fn finish(mut self) -> Result<Built, BuildError> {
        if let Some(error) = self.too_many {
            return Err(error);
        }
        limit("holdings", self.rows.len(), u32::MAX as usize - 1)?;
        self.withdraw_rows();
        self.replace_nominees();
        self.sort_sources();
        let joint_ids: Vec<String> = self
            .joints
            .iter()
            .flat_map(|joint| joint.members.iter().chain(&joint.entity).cloned())
            .collect();
        for id in &joint_ids {
            self.node(id);
        }
        let roots = self.join();
        let (order, place) = self.number(&roots);
        let mut joints = std::mem::take(&mut self.joints);
        for joint in &mut joints {
            for id in joint.members.iter_mut().chain(&mut joint.entity) {
                let no = self.ids.number(id);
                let shown = self.shown(roots[no as usize]).into_owned();
                *id = shown;
            }
            joint.members.sort_unstable();
        }
        self.joints = joints;
        limit("bytes of ids", self.ids_len(&order), u32::MAX as usize)?;
        self.rename(&roots, &place);

        let mut sections: [Vec<u8>; SECTIONS] = Default::default();
        let mut put = |section: Section, bytes: Vec<u8>| sections[section as usize] = bytes;
        let (ends, text) = run_together(order.iter().map(|&no| self.shown(no)));
        put(Section::IdEnds, ends);
        put(Section::Ids, text);

        let (words, bounds) = self.node_words(&order, &roots, &place);
        put(Section::Nodes, words);
        put(Section::MaxEach, bounds);

        let mut aliases: Vec<(String, u32)> = Vec::new();
        for no in 0..self.ids.len() as u32 {
            let node = place[roots[no as usize] as usize];
            if self.ids.str(no) != self.shown(roots[no as usize]) {
                aliases.push((self.ids.str(no).to_owned(), node));
            }
        }
        aliases.sort_unstable();
        aliases.dedup();
        let (ends, text) = run_together(aliases.iter().map(|(id, _)| id));
        put(Section::AliasEnds, ends);
        put(Section::AliasText, text);
        put(
            Section::AliasNodes,
            aliases
                .iter()
                .flat_map(|(_, no)| no.to_le_bytes())
                .collect(),
        );
        drop(aliases);

        // Strings sorted, so that a detail's number says nothing of the order they came in.
        let mut sorted: Vec<u32> = (0..self.strings.len() as u32).collect();
        sorted.sort_unstable_by(|a, b| self.strings.get(*a).cmp(self.strings.get(*b)));
        let mut string_place = vec![0u32; sorted.len() + 1];
        for (place, no) in sorted.iter().enumerate() {
            string_place[*no as usize + 1] = place as u32 + 1;
        }
        let (ends, text) = run_together(sorted.iter().map(|no| self.strings.str(*no)));
        put(Section::Strings, ends);
        put(Section::Text, text);
        for detail in &mut self.details {
            for no in [&mut detail.tranche, &mut detail.nominee, &mut detail.record] {
                *no = string_place[*no as usize];
            }
        }

        let (rows, starts) = by_owned(std::mem::take(&mut self.rows), order.len());
        let mut rows = rows;
        settle_units_and_sort(&mut rows, &starts, &self.details);
        let (outs, out_starts) = by_owner(&rows, order.len());
        put(Section::InStarts, le(&starts));
        put(Section::OutStarts, le(&out_starts));
        drop(out_starts);
        put(Section::Outs, le(&outs));
        drop(outs);
        let mut details = Vec::new();
        let mut bytes = Vec::with_capacity(rows.len() * ROW);
        for (no, row) in rows.iter().enumerate() {
            let mut word = row.word;
            if row.detail != 0 {
                let detail = self.details[row.detail as usize - 1];
                word |= u64::from(Marks::DETAIL.0) << 58;
                for part in [no as u32, detail.tranche, detail.nominee, detail.record] {
                    details.extend_from_slice(&part.to_le_bytes());
                }
            }
            bytes.extend_from_slice(&row.owner.to_le_bytes());
            bytes.extend_from_slice(&row.record.to_le_bytes());
            bytes.extend_from_slice(&word.to_le_bytes());
            bytes.extend_from_slice(&row.from.to_le_bytes());
            bytes.extend_from_slice(&row.until.to_le_bytes());
        }
        drop(rows);
        put(Section::Holdings, bytes);
        put(Section::Details, details);

        self.joints
            .sort_unstable_by(|a, b| (&a.id, &a.entity).cmp(&(&b.id, &b.entity)));
        let extra = Extra {
            sources: std::mem::take(&mut self.sources),
            joints: std::mem::take(&mut self.joints),
            torn: std::mem::take(&mut self.torn).into_iter().collect(),
        };
        // Plain structures of strings and days: writing them cannot fail.
        put(
            Section::Json,
            serde_json::to_vec(&extra).unwrap_or_else(|_| b"{}".to_vec()),
        );
        self.problems
            .sort_unstable_by(|a, b| (&a.field, &a.what).cmp(&(&b.field, &b.what)));
        self.problems.dedup();
        Ok(Built {
            bytes: file::write(sections),
            problems: self.problems,
        })
    }

    fn ids_len(&self, order: &[u32]) -> usize {
        order.iter().map(|&no| self.ids.get(no).len() + 8).sum()
    }

    /// Numbers sources by their ids, whatever order they came in.
    fn sort_sources(&mut self) {
        let mut order: Vec<usize> = (0..self.sources.len()).collect();
        order.sort_unstable_by(|a, b| self.sources[*a].id.cmp(&self.sources[*b].id));
        if order.is_sorted() {
            return;
        }
        let mut place = vec![0u64; order.len()];
        for (at, no) in order.iter().enumerate() {
            place[*no] = at as u64;
        }
        for row in &mut self.rows {
            let source = (row.word >> 44 & 0x3fff) as usize;
            row.word = row.word & !(0x3fff << 44) | place[source] << 44;
        }
        self.sources.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    }

    /// Drops holdings that their source took back.
    fn withdraw_rows(&mut self) {
        let mut withdrawn: BTreeMap<(u16, u32), u32> = BTreeMap::new();
        for ((source, id), before) in std::mem::take(&mut self.withdrawn) {
            withdrawn.insert((source, self.strings.number(&id) + 1), before);
        }
        if withdrawn.is_empty() {
            return;
        }
        let details = &self.details;
        self.rows.retain(|row| {
            let record = match row.detail {
                0 => 0,
                no => details[no as usize - 1].record,
            };
            let source = (row.word >> 44 & 0x3fff) as u16;
            withdrawn
                .get(&(source, record))
                .is_none_or(|before| row.record >= *before)
        });
    }

    /// Puts principals in the place of nominees that a source names elsewhere.
    fn replace_nominees(&mut self) {
        let mut known: BTreeMap<(u16, u32, Option<u32>), Vec<u32>> = BTreeMap::new();
        for (source, holder, owned, principal) in std::mem::take(&mut self.nominees) {
            let holder = self.ids.number(&holder);
            let owned = owned.map(|id| self.ids.number(&id));
            let principal = self.ids.number(&principal);
            known
                .entry((source, holder, owned))
                .or_default()
                .push(principal);
        }
        if known.is_empty() {
            return;
        }
        for at in 0..self.rows.len() {
            let row = self.rows[at];
            let source = (row.word >> 44 & 0x3fff) as u16;
            let Some(principals) = known
                .get(&(source, row.owner, Some(row.owned)))
                .or_else(|| known.get(&(source, row.owner, None)))
            else {
                continue;
            };
            // Of two principals nobody knows who stands behind which share.
            let principal = match principals[..] {
                [only] => only,
                _ => {
                    let unnamed = format!(
                        "anon:{}:{}",
                        self.ids.str(row.owner),
                        self.ids.str(row.owned)
                    );
                    self.ids.number(&unnamed)
                }
            };
            let holder = self.ids.str(row.owner).to_owned();
            let nominee = self.strings.number(&holder) + 1;
            let mut detail = match row.detail {
                0 => RawDetail::default(),
                no => self.details[no as usize - 1],
            };
            detail.nominee = nominee;
            self.details.push(detail);
            let row = &mut self.rows[at];
            row.detail = self.details.len() as u32;
            row.owner = principal;
            row.word |= u64::from(Marks::NOMINEE.0) << 58;
        }
    }

    /// For each id the id that stands for its party.
    fn join(&mut self) -> Vec<u32> {
        let same = std::mem::take(&mut self.same);
        // An id that two LEIs claim names neither: one id for two entities.
        let mut claims: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (a, b) in &same {
            for (id, other) in [(a, b), (b, a)] {
                if other.starts_with("lei:") {
                    claims.entry(id).or_default().insert(other);
                }
            }
        }
        let mut torn: BTreeSet<String> = claims
            .into_iter()
            .filter(|(_, leis)| leis.len() > 1)
            .map(|(id, leis)| {
                self.problems.push(problem(
                    id,
                    format!(
                        "one id for two entities: {id} is claimed by {}",
                        leis.into_iter().collect::<Vec<_>>().join(" and ")
                    ),
                    "they are kept apart, and the id joins neither; compare the records",
                ));
                id.to_owned()
            })
            .collect();
        torn.append(&mut self.torn);
        let mut parents: Vec<u32> = Vec::new();
        let mut pairs = Vec::new();
        for (a, b) in same {
            if torn.contains(&a) || torn.contains(&b) {
                let _ = (self.ids.number(&a), self.ids.number(&b));
                continue;
            }
            pairs.push((self.ids.number(&a), self.ids.number(&b)));
        }
        self.torn = torn;
        parents.extend(0..self.ids.len() as u32);
        for (a, b) in pairs {
            let (a, b) = (root(&mut parents, a), root(&mut parents, b));
            let (a, b) = match self.rank(a).cmp(&self.rank(b)) {
                std::cmp::Ordering::Greater => (b, a),
                _ => (a, b),
            };
            if a == b {
                continue;
            }
            if self.ids.get(a).starts_with(b"lei:") && self.ids.get(b).starts_with(b"lei:") {
                self.problems.push(problem(
                    self.ids.str(b),
                    format!(
                        "one id for two entities: {} and {} are joined through another id",
                        self.ids.str(a),
                        self.ids.str(b)
                    ),
                    "they are kept apart; compare the records",
                ));
                continue;
            }
            parents[b as usize] = a;
        }
        (0..parents.len() as u32)
            .map(|no| root(&mut parents, no))
            .collect()
    }

    /// Which id stands for a party: its LEI, its registration, the first by name.
    fn rank(&self, no: u32) -> (u8, &[u8]) {
        let id = self.ids.get(no);
        let scheme = if id.starts_with(b"lei:") {
            0
        } else if id.starts_with(b"reg:") {
            1
        } else {
            2
        };
        (scheme, id)
    }

    /// The id as shown: of people always `person:…`.
    fn shown(&self, no: u32) -> Cow<'_, str> {
        let id = self.ids.str(no);
        let kind = self.facts.get(&no).and_then(|fact| fact.kind);
        if kind == Some(Kind::Person) && !id.starts_with("person:") {
            Cow::Owned(format!("person:{id}"))
        } else {
            Cow::Borrowed(id)
        }
    }

    /// Parties in the order of their ids, and the place of each.
    fn number(&mut self, roots: &[u32]) -> (Vec<u32>, Vec<u32>) {
        // What was said of any of a party's ids holds for it.
        let said: Vec<(u32, NodeFacts)> =
            self.facts.iter().map(|(no, fact)| (*no, *fact)).collect();
        for (no, fact) in said {
            let root = roots[no as usize];
            if root == no {
                continue;
            }
            let known = self.facts.entry(root).or_default();
            if let (Some(a), Some(b)) = (known.kind, fact.kind)
                && a != b
            {
                known.kind = Some(Kind::Entity);
                self.problems.push(problem(
                    self.ids.str(root),
                    format!(
                        "one id for two: {} is said to be a person and to be an entity",
                        self.ids.str(root)
                    ),
                    "it is taken for an entity, whose owners may be unknown; compare the two records",
                ));
            }
            let known = self.facts.entry(root).or_default();
            known.kind = known.kind.or(fact.kind);
            known.remainder = match (known.remainder, fact.remainder) {
                (Some(a), Some(b)) if a != b => Some(Remainder::Unknown),
                (a, b) => a.or(b),
            };
            known.country = agree(known.country, fact.country);
        }
        let mut keyed: Vec<(u128, u32)> = (0..roots.len() as u32)
            .filter(|no| roots[*no as usize] == *no)
            .map(|no| {
                let shown = self.shown(no);
                let mut key = [0u8; 16];
                let len = shown.len().min(16);
                key[..len].copy_from_slice(&shown.as_bytes()[..len]);
                (u128::from_be_bytes(key), no)
            })
            .collect();
        keyed.par_sort_unstable_by(|(ka, a), (kb, b)| {
            ka.cmp(kb).then_with(|| self.shown(*a).cmp(&self.shown(*b)))
        });
        let order: Vec<u32> = keyed.into_iter().map(|(_, no)| no).collect();
        let mut place = vec![0u32; roots.len()];
        for (at, no) in order.iter().enumerate() {
            place[*no as usize] = at as u32;
        }
        (order, place)
    }

    fn rename(&mut self, roots: &[u32], place: &[u32]) {
        self.rows.par_iter_mut().for_each(|row| {
            row.owner = place[roots[row.owner as usize] as usize];
            row.owned = place[roots[row.owned as usize] as usize];
        });
    }

    fn node_words(&self, order: &[u32], roots: &[u32], place: &[u32]) -> (Vec<u8>, Vec<u8>) {
        let mut words: Vec<u32> = order
            .iter()
            .map(|&no| {
                let id = self.ids.get(no);
                if id.starts_with(b"person:") {
                    Kind::Person as u32
                } else if id.starts_with(b"anon:") {
                    Kind::Anonymous as u32
                } else {
                    Kind::Entity as u32
                }
            })
            .collect();
        let mut bounds: BTreeMap<u32, u32> = BTreeMap::new();
        for (no, fact) in &self.facts {
            if roots[*no as usize] != *no {
                continue;
            }
            let at = place[*no as usize];
            let word = &mut words[at as usize];
            if let Some(kind) = fact.kind {
                *word = *word & !3 | kind as u32 | KIND_SAID;
            }
            if fact.remainder.is_some() {
                *word |= REMAINDER_SAID;
            }
            let remainder = match fact.remainder.unwrap_or_default() {
                Remainder::Unknown => 0,
                Remainder::None => 1,
                Remainder::Clear => 2,
                Remainder::MaxEach(ppm) => {
                    bounds.insert(at, ppm.min(WHOLE));
                    3
                }
            };
            *word |= remainder << 2 | fact.country << 4;
        }
        let bounds = bounds
            .into_iter()
            .flat_map(|(node, ppm)| [node, ppm])
            .flat_map(u32::to_le_bytes)
            .collect();
        (le(&words), bounds)
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

fn root(parents: &mut [u32], mut no: u32) -> u32 {
    while parents[no as usize] != no {
        parents[no as usize] = parents[parents[no as usize] as usize];
        no = parents[no as usize];
    }
    no
}

fn limit(what: &'static str, found: usize, most: usize) -> Result<(), BuildError> {
    if found > most {
        return Err(BuildError::TooMany {
            what,
            found: found as u64,
            most: most as u64,
        });
    }
    Ok(())
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

fn le(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|no| no.to_le_bytes()).collect()
}

/// Ends and text of strings.
fn run_together(strings: impl Iterator<Item = impl AsRef<str>>) -> (Vec<u8>, Vec<u8>) {
    let mut ends = vec![0u8; 4];
    let mut text = Vec::new();
    for string in strings {
        text.extend_from_slice(string.as_ref().as_bytes());
        ends.extend_from_slice(&(text.len() as u32).to_le_bytes());
    }
    (ends, text)
}

/// Rows in the order of the owned, and where each owned starts.
fn by_owned(rows: Vec<Raw>, nodes: usize) -> (Vec<Raw>, Vec<u32>) {
    let mut starts = vec![0u32; nodes + 1];
    for row in &rows {
        starts[row.owned as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let Some(&blank) = rows.first() else {
        return (rows, starts);
    };
    let mut sorted = vec![blank; rows.len()];
    for row in rows {
        let at = &mut next[row.owned as usize];
        sorted[*at as usize] = row;
        *at += 1;
    }
    (sorted, starts)
}

/// Owned nodes in the order of the owner, without repeats.
fn by_owner(rows: &[Raw], nodes: usize) -> (Vec<u32>, Vec<u32>) {
    // Rows of one owned stand together, sorted by lane and then owner: a repeat in
    // another lane is found by looking at what the owner got last.
    let mut counts = vec![0u32; nodes + 1];
    let mut last = vec![u32::MAX; nodes];
    for row in rows {
        if std::mem::replace(&mut last[row.owner as usize], row.owned) != row.owned {
            counts[row.owner as usize + 1] += 1;
        }
    }
    for at in 1..counts.len() {
        counts[at] += counts[at - 1];
    }
    let mut next = counts.clone();
    let mut outs = vec![0u32; *counts.last().unwrap_or(&0) as usize];
    last.fill(u32::MAX);
    for row in rows {
        if std::mem::replace(&mut last[row.owner as usize], row.owned) != row.owned {
            let at = &mut next[row.owner as usize];
            outs[*at as usize] = row.owned;
            *at += 1;
        }
    }
    (outs, counts)
}

/// Sorts the holdings in each node, and settles a unit that its siblings give
/// away: 0.60 and 0.40 in one register are fractions.
fn settle_units_and_sort(rows: &mut [Raw], starts: &[u32], details: &[RawDetail]) {
    let mut parts: Vec<&mut [Raw]> = Vec::new();
    // About a thousand nodes to a piece: the pieces are cut where a node ends.
    let mut rest = rows;
    let mut done = 0usize;
    for end in starts.iter().skip(1).step_by(1024).chain(starts.last()) {
        let len = (*end as usize).saturating_sub(done);
        let (piece, after) = rest.split_at_mut(len);
        rest = after;
        done += len;
        parts.push(piece);
    }
    parts.into_par_iter().for_each(|piece| {
        for bucket in piece.chunk_by_mut(|a, b| a.owned == b.owned) {
            settle_units(bucket);
            bucket.sort_unstable_by_key(|row| {
                let detail = match row.detail {
                    0 => RawDetail::default(),
                    no => details[no as usize - 1],
                };
                (
                    row.word >> 40 & 0xf,
                    row.owner,
                    row.word >> 44 & 0x3fff,
                    detail,
                    (row.from, row.until),
                    row.word,
                    row.record,
                )
            });
        }
    });
}

fn settle_units(bucket: &mut [Raw]) {
    let ambiguous = |row: &Raw| Marks((row.word >> 58) as u8).has(Marks::UNIT_AMBIGUOUS);
    if !bucket.iter().any(ambiguous) {
        return;
    }
    // Lane and source.
    let register = |row: &Raw| row.word >> 40 & 0x3_ffff;
    let mut sums: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
    for row in bucket.iter() {
        let sum = sums.entry(register(row)).or_default();
        sum.0 += 1;
        if ambiguous(row) {
            // Of an ambiguous number the upper end is what it is as a fraction.
            sum.1 += row.word >> 20 & 0xf_ffff;
        } else {
            sum.1 = u64::MAX / 2;
        }
    }
    for row in bucket.iter_mut() {
        let (count, sum) = sums[&register(row)];
        if count > 1 && sum.abs_diff(u64::from(WHOLE)) <= count {
            let fraction = row.word >> 20 & 0xf_ffff;
            row.word = row.word & !0xf_ffff | fraction;
            row.word &= !(u64::from(Marks::UNIT_AMBIGUOUS.0) << 58);
        }
    }
}
