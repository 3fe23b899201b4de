//! One entity, one rule, one day: covered, cannot be ruled out, or not shown to be.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use scruple_model::{Answer, Date, Force};
use scruple_pack::Entry;
use serde::{Deserialize, Serialize};

use crate::above::Climb;
use crate::closure::{Closer, Closure};
use crate::graph::lane;
use crate::holding::{Kind, Layer, Marks};
use crate::possible::possible;
use crate::proof::{Open, Proof, Why};
use crate::rule::{Listed, RuleBody};
use crate::share::{Share, WHOLE};
use crate::stake::{Sums, stakes};
use crate::weigh::Scales;
use crate::{Graph, NodeNo, prove};

/// What a reader has to know beside the answer.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Flag {
    /// It stands in a ring of owners.
    Cycle,
    /// Information for a person to look at, no legal test.
    Review,
    /// It holds a part of itself.
    SelfOwnership,
    /// Control is reported without a percentage.
    ControlNotPercent,
    /// Several sources report one stake; their figures were not added.
    DuplicateSources,
    /// What they say cannot both be.
    SourceConflict,
    /// More than the whole is reported.
    #[serde(rename = "OVER_100")]
    Over100,
    /// The list of holders is called complete, and less than the whole is reported.
    #[serde(rename = "UNDER_100")]
    Under100,
    /// Somebody holds in another's name.
    Nominee,
    /// A number may be a percentage or a fraction.
    UnitAmbiguous,
    /// A source gives one figure for several owners.
    JointFigure,
    /// The rule does not bind on the day.
    RuleNotInForce,
    /// A record or a listing begins or ends on the very day.
    BoundaryDate,
    /// It is on a list that this rule does not start from.
    ListedElsewhere,
    /// A ring that no outside money enters: its product has no one value.
    Singular,
    /// A source gives a share that is none.
    BadInterval,
    /// Whether a holding stands on the day is not certain.
    UnsurePeriod,
    /// The rule speaks of foreign entities only, and where this one is established is
    /// not known.
    CountryUnknown,
    /// The rule does not speak of entities established where this one is.
    NotReached,
}

impl Flag {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Cycle => "it stands in a ring of owners",
            Self::Review => "information to look at, no legal test",
            Self::SelfOwnership => "it holds a part of itself",
            Self::ControlNotPercent => "control is reported without a percentage",
            Self::DuplicateSources => "several sources report one stake; they were not added",
            Self::SourceConflict => "sources contradict each other",
            Self::Over100 => "more than the whole is reported",
            Self::Under100 => "a list called complete adds up to less than the whole",
            Self::Nominee => "somebody holds in another's name",
            Self::UnitAmbiguous => "a number may be a percentage or a fraction",
            Self::JointFigure => "one figure stands for several owners",
            Self::RuleNotInForce => "the rule does not bind on the day",
            Self::BoundaryDate => "a record or a listing begins or ends on the very day",
            Self::ListedElsewhere => "it is on a list that this rule does not start from",
            Self::Singular => "a ring that no outside money enters has no one value",
            Self::BadInterval => "a source gives a share that is none",
            Self::UnsurePeriod => "whether a holding stands on the day is not certain",
            Self::CountryUnknown => "where it is established is not known",
            Self::NotReached => "the rule does not speak of entities established there",
        }
    }
}

/// The answer for one entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reach {
    /// The entity, by its id in the graph.
    pub entity: String,
    /// Yes: covered. Cannot tell: cannot be ruled out. No: not shown to be covered.
    pub answer: Answer,
    /// Whether it is itself listed.
    pub listed: Option<String>,
    /// The largest share that listed and reached parties hold for certain, and what of.
    pub largest: Option<(Share, Layer)>,
    /// What a reader has to know.
    pub flags: BTreeSet<Flag>,
    /// Why.
    pub proof: Proof,
}

/// A rule, closed over a graph on a day: answers for any entity.
pub struct Closed<'a, B> {
    pub(crate) graph: &'a Graph<B>,
    pub(crate) entry: &'a Entry<RuleBody>,
    pub(crate) as_of: Date,
    pub(crate) closer: Closer<'a, B>,
    pub(crate) closure: Closure,
    /// On which list each listed party stands, seeds first.
    pub(crate) lists: FxHashMap<u32, Vec<String>>,
    /// Since when, where a list says.
    pub(crate) since: FxHashMap<u32, Date>,
    /// Parties that may be listed ones, with what is not known of each.
    doubts: FxHashMap<u32, Vec<String>>,
    /// What is reached where all of these are; none where there are none.
    most: Option<Closure>,
    /// Listed parties whose listing begins or ends on the day.
    turned: FxHashSet<u32>,
    /// Parties that stand on lists which the rule does not start from.
    elsewhere: FxHashSet<u32>,
    /// How many listed parties of the rule stand nowhere in the graph.
    unplaced: usize,
}

/// Closes a rule over a graph: from the listed parties that it starts from and that
/// stand on their lists on the day.
pub fn close<'a, B: AsRef<[u8]>>(
    graph: &'a Graph<B>,
    entry: &'a Entry<RuleBody>,
    listed: &[Listed],
    as_of: Date,
) -> Closed<'a, B> {
    let scales = Scales::new(graph, &entry.body, as_of);
    let closer = Closer::new(scales);
    let mut lists: FxHashMap<u32, Vec<String>> = FxHashMap::default();
    let mut elsewhere: FxHashSet<u32> = FxHashSet::default();
    let mut since: FxHashMap<u32, Date> = FxHashMap::default();
    let mut doubts: FxHashMap<u32, Vec<String>> = FxHashMap::default();
    let mut turned: FxHashSet<u32> = FxHashSet::default();
    let mut unplaced = 0;
    let mut seeds = Vec::new();
    for party in listed {
        let seeds_from = entry.body.seeds_from(party);
        let node = graph.find(&party.id);
        if let Some(node) = node
            && seeds_from
            && (party.from == Some(as_of) || party.until == Some(as_of))
        {
            turned.insert(node.0);
        }
        if !party.stands_on(as_of) {
            continue;
        }
        let Some(node) = node else {
            unplaced += usize::from(seeds_from);
            continue;
        };
        match &party.doubt {
            Some(doubt) if seeds_from => {
                doubts.entry(node.0).or_default().push(doubt.clone());
            }
            Some(_) => {}
            None if seeds_from => {
                seeds.push(node.0);
                if let Some(from) = party.from {
                    let first = since.entry(node.0).or_insert(from);
                    *first = (*first).min(from);
                }
                let known = lists.entry(node.0).or_default();
                known.push(party.list.to_string());
                known.sort_unstable();
                known.dedup();
            }
            None => {
                elsewhere.insert(node.0);
            }
        }
    }
    seeds.sort_unstable();
    seeds.dedup();
    let closure = closer.close(&seeds);
    doubts.retain(|node, _| seeds.binary_search(node).is_err());
    let most = (!doubts.is_empty()).then(|| {
        let mut most = closure.clone();
        let all: Vec<u32> = doubts.keys().copied().collect();
        closer.extend(&mut most, &all);
        most
    });
    Closed {
        graph,
        entry,
        as_of,
        closer,
        closure,
        lists,
        since,
        doubts,
        most,
        turned,
        elsewhere,
        unplaced,
    }
}

impl<'a, B: AsRef<[u8]>> Closed<'a, B> {
    /// The rule.
    pub fn rule(&self) -> &'a Entry<RuleBody> {
        self.entry
    }

    /// Whether the rule binds on the day.
    pub fn force(&self) -> Force {
        self.entry.force_on(self.as_of)
    }

    /// Entities certainly reached, by round, listed parties left out.
    pub fn rounds(&self) -> Vec<Vec<NodeNo>> {
        self.closure.rounds()
    }

    /// How many entities are certainly reached, listed parties left out.
    pub fn covered(&self) -> usize {
        self.closure.count()
    }

    /// Whether an entity is certainly reached, or listed.
    pub fn covers(&self, node: NodeNo) -> bool {
        self.closure.has(node.0)
    }

    /// What is reached where every party that may be a listed one is.
    pub(crate) fn most(&self) -> &Closure {
        self.most.as_ref().unwrap_or(&self.closure)
    }

    /// Whether an entity is reached or listed where every party that may be listed is.
    pub(crate) fn may_cover(&self, node: NodeNo) -> bool {
        self.most().has(node.0)
    }

    /// How many listed parties of the rule stand in the graph, and how many do not.
    pub fn seeds(&self) -> (usize, usize) {
        (self.closure.seeds.len(), self.unplaced)
    }

    /// Adds listed parties as if they stood on a list of the rule: the reach of a
    /// coming listing. Gives what is newly reached, in the order of ids.
    pub fn what_if(&mut self, ids: &[String], list: &str) -> Vec<NodeNo> {
        let before: rustc_hash::FxHashSet<u32> = self.closure.reached.keys().copied().collect();
        let new: Vec<u32> = ids
            .iter()
            .filter_map(|id| self.graph.find(id))
            .map(|node| node.0)
            .collect();
        for node in &new {
            self.lists.entry(*node).or_default().push(list.to_owned());
        }
        self.closer.extend(&mut self.closure, &new);
        if let Some(most) = &mut self.most {
            self.closer.extend(most, &new);
        }
        let mut found: Vec<NodeNo> = self
            .closure
            .reached
            .keys()
            .filter(|node| !before.contains(node))
            .map(|node| NodeNo(*node))
            .collect();
        found.sort_unstable();
        found
    }

    /// The answer for an entity.
    pub fn answer(&self, node: NodeNo) -> Reach {
        let scales = self.closer.scales;
        let entity = node.0;
        let mut flags = self.flags(entity);
        let listed = self.lists.get(&entity).map(|lists| lists.join(", "));
        let outside = self.outside(node, &mut flags);
        let largest = self
            .closer
            .largest(entity, &self.closure)
            .map(|(sum, base, test)| self.share_of(sum, base, test));
        let may_be_listed = self.doubts.contains_key(&entity);
        let (answer, proof) = if outside && listed.is_none() && !may_be_listed {
            (Answer::No, prove::empty(self, entity, Answer::No))
        } else if self.closure.has(entity) {
            (Answer::Yes, prove::yes(self, entity))
        } else if self.graph.kind(node) == Kind::Person && !may_be_listed {
            (Answer::No, prove::empty(self, entity, Answer::No))
        } else {
            let found = possible(scales, self.most(), entity);
            if found.reached {
                let mut proof = prove::empty(self, entity, Answer::CannotTell);
                proof.open = self.open(entity, &found.open, found.gave_up);
                (Answer::CannotTell, proof)
            } else {
                (Answer::No, prove::no(self, entity, &found.closed))
            }
        };
        if !matches!(self.force(), Force::InForce | Force::Guidance) {
            flags.insert(Flag::RuleNotInForce);
        }
        let counted = proof.steps.iter().flat_map(|step| &step.counted);
        let mut owners = counted.filter_map(|one| self.graph.find(&one.owner));
        if owners.any(|owner| self.turned.contains(&owner.0)) {
            flags.insert(Flag::BoundaryDate);
        }
        Reach {
            entity: self.graph.id(node).to_owned(),
            answer,
            listed,
            largest,
            flags,
            proof,
        }
    }

    fn share_of(&self, sum: u64, base: u64, test: usize) -> (Share, Layer) {
        let ppm = (u128::from(sum) * u128::from(WHOLE) / u128::from(base.max(1))) as u32;
        let layer = self
            .entry
            .body
            .tests
            .get(test)
            .map_or(Layer::Shares, |test| test.layer);
        (Share::exact(ppm.min(WHOLE)), layer)
    }

    /// Whether the rule does not speak of an entity established where this one is.
    fn outside(&self, node: NodeNo, flags: &mut BTreeSet<Flag>) -> bool {
        let not_in = &self.entry.body.reaches.not_in;
        if not_in.is_empty() || self.graph.kind(node) != Kind::Entity {
            return false;
        }
        match self.graph.country(node) {
            None => {
                flags.insert(Flag::CountryUnknown);
                false
            }
            Some(country) if not_in.contains(&country) => {
                flags.insert(Flag::NotReached);
                true
            }
            Some(_) => false,
        }
    }

    /// What leaves an answer open, nearest first, at most five.
    fn open(&self, entity: u32, open: &[u32], gave_up: Option<usize>) -> Vec<Open> {
        const MOST: usize = 5;
        let mut found: Vec<Open> = self.open_listings(entity);
        found.truncate(MOST);
        if let Some(number) = gave_up {
            found.push(Open {
                looked_at: u32::try_from(number).ok(),
                ..self.open_of(entity, Why::TooMuch)
            });
        }
        for node in open {
            if found.len() >= MOST {
                return found;
            }
            let why = match self.graph.kind(NodeNo(*node)) {
                Kind::Anonymous => Why::Unnamed,
                _ if !self.closer.scales.has_records(*node) => Why::NoRecords,
                _ if self.is_unquantified(*node) => Why::Unquantified,
                _ => Why::Remainder,
            };
            found.push(self.open_of(*node, why));
        }
        if found.is_empty() {
            let why = if self.is_unquantified(entity) {
                Why::Unquantified
            } else {
                Why::Interval
            };
            found.push(self.open_of(entity, why));
        }
        found
    }

    /// Parties at and above an entity of which it is open whether they are listed.
    fn open_listings(&self, entity: u32) -> Vec<Open> {
        let mut found = Vec::new();
        if self.doubts.is_empty() {
            return found;
        }
        let day = self.closer.scales.day;
        let mut climb = Climb::from(self.graph, entity);
        while let Some(node) = climb.next(self.graph) {
            if let Some(doubts) = self.doubts.get(&node) {
                let mut doubts = doubts.clone();
                doubts.sort_unstable();
                doubts.dedup();
                found.push(Open {
                    entity: self.graph.id(NodeNo(node)).to_owned(),
                    unaccounted: Share::exact(0),
                    why: Why::MayBeListed,
                    looked_at: None,
                    listing: Some(doubts.join("; ")),
                });
            }
            for row in self.graph.rows(node).filter(|row| row.stands_on(day)) {
                climb.add(row.owner);
            }
        }
        found
    }

    fn is_unquantified(&self, entity: u32) -> bool {
        let day = self.closer.scales.day;
        self.graph
            .rows(entity)
            .any(|row| row.stands_on(day) && row.lane() >= lane(Layer::Consolidation, false))
            && !self
                .graph
                .rows(entity)
                .any(|row| row.stands_on(day) && row.lane() < lane(Layer::Consolidation, false))
    }

    fn open_of(&self, entity: u32, why: Why) -> Open {
        let sums = Sums::of(
            self.graph,
            entity,
            lane(Layer::Shares, false),
            self.closer.scales.day,
            |_| false,
        );
        let whole = u64::from(WHOLE);
        let least = whole.saturating_sub(sums.all_hi) as u32;
        let most = whole.saturating_sub(sums.all_least) as u32;
        Open {
            entity: self.graph.id(NodeNo(entity)).to_owned(),
            unaccounted: Share {
                lo: least,
                hi: most,
            },
            why,
            looked_at: None,
            listing: None,
        }
    }

    fn flags(&self, entity: u32) -> BTreeSet<Flag> {
        let mut flags = BTreeSet::new();
        let day = self.closer.scales.day;
        if self.turned.contains(&entity) {
            flags.insert(Flag::BoundaryDate);
        }
        if self.elsewhere.contains(&entity) {
            flags.insert(Flag::ListedElsewhere);
        }
        for row in self.graph.rows(entity) {
            if row.from == day || row.until == day {
                flags.insert(Flag::BoundaryDate);
            }
            if !row.stands_on(day) {
                continue;
            }
            if self.turned.contains(&row.owner) {
                flags.insert(Flag::BoundaryDate);
            }
            for (mark, flag) in [
                (Marks::UNIT_AMBIGUOUS, Flag::UnitAmbiguous),
                (Marks::BAD_INTERVAL, Flag::BadInterval),
                (Marks::NOMINEE, Flag::Nominee),
                (Marks::JOINT_FIGURE, Flag::JointFigure),
                (Marks::UNSURE_PERIOD, Flag::UnsurePeriod),
            ] {
                if row.marks().has(mark) {
                    flags.insert(flag);
                }
            }
            if row.lane() >= lane(Layer::Consolidation, false) {
                flags.insert(Flag::ControlNotPercent);
            }
            if row.owner == entity {
                flags.insert(Flag::SelfOwnership);
            }
        }
        if self.graph.joint_turns_on(entity, day) {
            flags.insert(Flag::BoundaryDate);
        }
        for layer in [Layer::Shares, Layer::Votes, Layer::Appointment] {
            let lane = lane(layer, false);
            stakes(self.graph, entity, lane, day, |stake| {
                if stake.sources > 1 {
                    flags.insert(Flag::DuplicateSources);
                }
                if stake.conflict {
                    flags.insert(Flag::SourceConflict);
                }
            });
            let sums = Sums::of(self.graph, entity, lane, day, |_| false);
            if sums.all_least > u64::from(WHOLE) {
                flags.insert(Flag::Over100);
            }
            if layer == Layer::Shares
                && sums.any
                && sums.all_hi < u64::from(WHOLE)
                && self.graph.remainder(NodeNo(entity)) == crate::Remainder::None
            {
                flags.insert(Flag::Under100);
            }
        }
        if self.in_ring(entity) {
            flags.insert(Flag::Cycle);
        }
        flags
    }

    /// Whether an entity stands above itself; looked for among its nearest owners.
    fn in_ring(&self, entity: u32) -> bool {
        let day = self.closer.scales.day;
        let mut climb = Climb::near(self.graph, entity);
        while let Some(node) = climb.next(self.graph) {
            for row in self.graph.rows(node) {
                if !row.stands_on(day) || row.owner == node {
                    continue;
                }
                if row.owner == entity {
                    return true;
                }
                climb.add(row.owner);
            }
        }
        false
    }
}
