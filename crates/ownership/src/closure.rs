//! Whom a rule certainly reaches: the least fixpoint, by rounds.
//!
//! Round one holds whatever the listed parties reach by themselves, round two what
//! becomes reachable with those, and so on. An entity is only ever reached through
//! entities of earlier rounds, so a ring of companies cannot prove itself, and the
//! rounds are the proof. Work goes from the listed parties outwards and touches
//! only what they touch: the size of the graph does not matter, the reach does.
//!
//! For a rule that looks at each party alone there is one such set per party. A
//! rule with both kinds of test (the EU's) closes over everybody together, and asks
//! for each alone only where together would suffice.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::graph::lane;
use crate::holding::Kind;
use crate::rule::{Pool, Test};
use crate::stake::stakes;
use crate::weigh::Scales;
use crate::{Graph, Layer, NodeNo};

/// The most reached parties above an entity among which listed ones are looked for.
const MOST_BEHIND: usize = 4_000;

/// How a node was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reached {
    /// In which round; listed parties are of round 0.
    pub(crate) round: u32,
    /// Through which party alone, by a test that looks at each alone.
    pub(crate) root: Option<u32>,
}

/// Nodes with the round each was reached in. The order of the map is never used.
pub(crate) type Rounds = FxHashMap<u32, u32>;

/// What a rule certainly reaches from its listed parties.
#[derive(Clone, Debug, Default)]
pub(crate) struct Closure {
    pub(crate) reached: FxHashMap<u32, Reached>,
    pub(crate) seeds: Vec<u32>,
}

impl Closure {
    pub(crate) fn has(&self, node: u32) -> bool {
        self.reached.contains_key(&node)
    }

    /// Reached nodes that are not themselves listed, by round and then number.
    pub(crate) fn rounds(&self) -> Vec<Vec<NodeNo>> {
        let mut rounds: BTreeMap<u32, Vec<NodeNo>> = BTreeMap::new();
        let mut all: Vec<(&u32, &Reached)> = self.reached.iter().collect();
        all.sort_unstable_by_key(|(node, _)| **node);
        for (node, reached) in all {
            if reached.round > 0 {
                rounds.entry(reached.round).or_default().push(NodeNo(*node));
            }
        }
        rounds.into_values().collect()
    }

    pub(crate) fn count(&self) -> usize {
        self.reached.len() - self.seeds.len()
    }
}

/// Closes over a graph from listed parties.
pub(crate) struct Closer<'a, B> {
    pub(crate) scales: Scales<'a, B>,
    alone: RefCell<FxHashMap<u32, Rc<Rounds>>>,
}

impl<'a, B: AsRef<[u8]>> Closer<'a, B> {
    pub(crate) fn new(scales: Scales<'a, B>) -> Self {
        Self {
            scales,
            alone: RefCell::default(),
        }
    }

    fn graph(&self) -> &'a Graph<B> {
        self.scales.graph
    }

    pub(crate) fn close(&self, seeds: &[u32]) -> Closure {
        let mut closure = Closure::default();
        self.extend(&mut closure, seeds);
        closure
    }

    /// Adds listed parties to a closure: what was reached stays reached.
    pub(crate) fn extend(&self, closure: &mut Closure, seeds: &[u32]) {
        let mut new: Vec<u32> = seeds
            .iter()
            .copied()
            .filter(|seed| !closure.seeds.contains(seed))
            .collect();
        new.sort_unstable();
        new.dedup();
        if closure.seeds.is_empty() {
            closure.seeds = new.clone();
        } else {
            closure.seeds.extend(&new);
            closure.seeds.sort_unstable();
        }
        for seed in &new {
            let listed = Reached {
                round: 0,
                root: None,
            };
            closure.reached.insert(*seed, listed);
        }
        if self.scales.rule.aggregates() {
            self.together(closure, new);
        } else {
            for seed in new {
                let alone = self.grow(seed);
                for (node, round) in sorted(&alone) {
                    let found = Reached {
                        round,
                        root: (round > 0).then_some(seed),
                    };
                    let known = closure.reached.entry(node).or_insert(found);
                    if found.round < known.round {
                        *known = found;
                    }
                }
            }
        }
    }

    /// Rounds over everybody together, from a first frontier.
    fn together(&self, closure: &mut Closure, mut frontier: Vec<u32>) {
        let tests = &self.scales.rule.tests;
        let start = closure
            .reached
            .values()
            .map(|reached| reached.round)
            .max()
            .unwrap_or(0);
        let mut round = start;
        while !frontier.is_empty() {
            round += 1;
            let mut next = Vec::new();
            for entity in self.touched(&frontier, |node| closure.has(node)) {
                let counts = |owner: u32| closure.has(owner);
                let together = tests.iter().any(|test| {
                    test.pool == Pool::Aggregate && self.scales.passes(entity, test, &counts)
                });
                let root = if together {
                    None
                } else {
                    let alone = tests
                        .iter()
                        .filter(|test| test.pool == Pool::EachAlone)
                        .find_map(|test| self.root_of(entity, test, closure));
                    match alone {
                        Some(root) => Some(root),
                        None => continue,
                    }
                };
                next.push((entity, Reached { round, root }));
            }
            frontier = next.iter().map(|(entity, _)| *entity).collect();
            closure.reached.extend(next);
        }
    }

    /// Entities that somebody in the frontier holds something of, once each, in order.
    fn touched(&self, frontier: &[u32], done: impl Fn(u32) -> bool) -> Vec<u32> {
        let mut touched: Vec<u32> = frontier
            .iter()
            .flat_map(|owner| {
                let graph = self.graph();
                graph.outs(*owner).chain(graph.joint_outs(*owner))
            })
            .filter(|entity| !done(*entity))
            .collect();
        touched.sort_unstable();
        touched.dedup();
        touched.retain(|entity| self.graph().kind(NodeNo(*entity)) == Kind::Entity);
        touched
    }

    /// What one party reaches alone: every test with only its own stakes, those of
    /// what it reaches, and those of its partners in a joint arrangement.
    pub(crate) fn grow(&self, root: u32) -> Rc<Rounds> {
        if let Some(known) = self.alone.borrow().get(&root) {
            return Rc::clone(known);
        }
        let mut rounds = Rounds::default();
        rounds.insert(root, 0);
        let mut frontier = vec![root];
        let mut round = 0;
        while !frontier.is_empty() {
            round += 1;
            let counts = |owner: u32| rounds.contains_key(&owner);
            let touched = self.touched(&frontier, counts);
            frontier = touched
                .into_iter()
                .filter(|entity| {
                    self.scales
                        .rule
                        .tests
                        .iter()
                        .any(|test| self.scales.passes(*entity, test, &counts))
                })
                .collect();
            rounds.extend(frontier.iter().map(|entity| (*entity, round)));
        }
        let rounds = Rc::new(rounds);
        self.alone.borrow_mut().insert(root, Rc::clone(&rounds));
        rounds
    }

    /// A reached party that passes a test alone, if there is one.
    fn root_of(&self, entity: u32, test: &Test, closure: &Closure) -> Option<u32> {
        let counts = |owner: u32| closure.has(owner);
        // Together they do not suffice: no one of them does.
        if !self.scales.passes(entity, test, &counts) {
            return None;
        }
        let mut owners = Vec::new();
        for lane in [lane(test.layer, false), lane(test.layer, true)] {
            stakes(self.graph(), entity, lane, self.scales.day, |stake| {
                if counts(stake.owner) && stake.owner != entity {
                    owners.push(stake.owner);
                }
            });
        }
        let joints = self.graph().joints_on(entity, test.layer, self.scales.day);
        let members = joints.flat_map(|joint| joint.members.iter().copied());
        owners.extend(members.filter(|member| counts(*member) && *member != entity));
        owners.sort_unstable();
        owners.dedup();
        // The nearest first: an owner itself, then whoever stands behind it.
        let mut seen: FxHashSet<u32> = owners.iter().copied().collect();
        let mut at = 0;
        while at < owners.len() {
            let root = owners[at];
            at += 1;
            let alone = self.grow(root);
            if self
                .scales
                .passes(entity, test, &|owner| alone.contains_key(&owner))
            {
                return Some(root);
            }
            let behind: Vec<u32> = self
                .graph()
                .rows(root)
                .filter(|row| row.stands_on(self.scales.day) && counts(row.owner))
                .map(|row| row.owner)
                .collect();
            for owner in behind {
                if seen.insert(owner) {
                    owners.push(owner);
                }
            }
        }
        None
    }

    /// The most that parties who count hold for certain, over the tests of a rule:
    /// for a rule that looks at each alone, the most of one. With the test it is of.
    pub(crate) fn largest(&self, entity: u32, closure: &Closure) -> Option<(u64, u64, usize)> {
        let mut best: Option<(u64, u64, usize)> = None;
        let mut keep = |sum: u64, base: u64, test: usize| {
            let better = best.is_none_or(|(s, b, _)| {
                u128::from(sum) * u128::from(b) > u128::from(s) * u128::from(base)
            });
            if sum > 0 && better {
                best = Some((sum, base, test));
            }
        };
        let mut behind = None;
        for (no, test) in self.scales.rule.tests.iter().enumerate() {
            if test.pool == Pool::Aggregate {
                let found = self
                    .scales
                    .certain(entity, test, &|owner| closure.has(owner));
                keep(found.sum, found.base, no);
                continue;
            }
            for seed in behind.get_or_insert_with(|| self.behind(entity, closure)) {
                let alone = self.grow(*seed);
                let found = self
                    .scales
                    .certain(entity, test, &|owner| alone.contains_key(&owner));
                keep(found.sum, found.base, no);
            }
        }
        best
    }

    /// Listed parties above an entity through those that are reached: of nobody else
    /// can it be held alone. The nearest, where there are very many.
    fn behind(&self, entity: u32, closure: &Closure) -> Vec<u32> {
        let day = self.scales.day;
        let mut seen: FxHashSet<u32> = FxHashSet::default();
        let mut nodes = vec![entity];
        let mut at = 0;
        while at < nodes.len() && nodes.len() < MOST_BEHIND {
            let owned = nodes[at];
            at += 1;
            let holders = self.graph().rows(owned).filter(|row| row.stands_on(day));
            let joints = Layer::ALL
                .into_iter()
                .flat_map(|layer| self.graph().joints_on(owned, layer, day))
                .flat_map(|joint| joint.members.iter().copied());
            let reached = holders
                .map(|row| row.owner)
                .chain(joints)
                .filter(|owner| *owner != entity && closure.has(*owner))
                .filter(|owner| seen.insert(*owner));
            nodes.extend(reached);
        }
        nodes.retain(|node| *node != entity && closure.seeds.binary_search(node).is_ok());
        nodes.sort_unstable();
        nodes
    }
}

/// A map in the order of nodes.
pub(crate) fn sorted(rounds: &Rounds) -> Vec<(u32, u32)> {
    let mut all: Vec<(u32, u32)> = rounds.iter().map(|(node, round)| (*node, *round)).collect();
    all.sort_unstable();
    all
}
