//! Whom a rule may reach: the same fixpoint over what nobody ruled out.
//!
//! Nearly every company has owners nobody reported, so the set of all entities that
//! may be reached is nearly everything and nobody wants it. This answers for one
//! entity: it walks up to its owners and theirs, and stops wherever an answer
//! stands by itself: at a person, at a party nobody named, at an entity whose
//! unreported holders alone would suffice, at one that nobody could tip.
//!
//! What stands above may still be most of a country. So the nearest owners are looked
//! at first, and those beyond count once as out of reach and once as reached. Reached
//! with the first is reached; not reached with the second is not; only where the two
//! differ are more looked at. Both are proofs, and short ones. Beyond a bound nothing
//! is ruled out, and the answer says how many were looked at.
//!
//! Listed parties are not the only ones who matter. The holder nobody reported may
//! be listed and stand nowhere in the graph; it is a party of its own here
//! ([`NOBODY`]), and may hold every remainder there is.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::NodeNo;
use crate::closure::Closure;
use crate::holding::Kind;
use crate::rule::Pool;
use crate::weigh::Scales;

/// The listed party that stands nowhere in the graph.
pub(crate) const NOBODY: u32 = u32::MAX;

/// How many nodes are looked at, one after another until an answer is settled.
const SIZES: [usize; 4] = [4, 32, 256, 4_096];
/// How many holdings are read for one answer: some milliseconds of work.
const MOST_ROWS: u64 = 150_000;

/// What may reach an entity.
#[derive(Clone, Debug, Default)]
pub(crate) struct Possible {
    /// Whether the entity asked about may be reached.
    pub(crate) reached: bool,
    /// Nodes above it that may be reached by themselves: what leaves it open, nearest
    /// first.
    pub(crate) open: Vec<u32>,
    /// The proof of a No: for everybody together (`None`) or for one party alone, the
    /// nodes above it, itself included, that cannot be reached.
    pub(crate) closed: Vec<(Option<u32>, Vec<u32>)>,
    /// How many nodes were looked at, where that was too few to settle it.
    pub(crate) gave_up: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Alone {
    /// A person nobody listed, or an entity nobody could tip.
    Never,
    /// Reached with nobody else's help.
    Always,
    /// It depends on its owners.
    Depends,
    /// It depends on its owners, who were not looked at this time.
    Edge,
}

/// What counts of nodes whose owners were not looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beyond {
    OutOfReach,
    Reached,
}

struct Local {
    nodes: Vec<u32>,
    place: FxHashMap<u32, usize>,
    alone: Vec<Alone>,
    /// Nodes that depend on their owners and of which a node holds something.
    owned_by: Vec<Vec<usize>>,
}

impl Local {
    /// Nodes that are reached whoever else is.
    fn first(&self, beyond: Beyond) -> Vec<bool> {
        let is_first = |alone: &Alone| match alone {
            Alone::Always => true,
            Alone::Edge => beyond == Beyond::Reached,
            Alone::Never | Alone::Depends => false,
        };
        self.alone.iter().map(is_first).collect()
    }

    /// Nodes not yet in the set of which somebody in the frontier holds something.
    fn touched(&self, frontier: &[usize], set: &[bool]) -> Vec<usize> {
        let mut touched: Vec<usize> = frontier
            .iter()
            .flat_map(|at| &self.owned_by[*at])
            .copied()
            .filter(|owned| !set[*owned])
            .collect();
        touched.sort_unstable();
        touched.dedup();
        touched
    }

    fn in_set(&self, set: &[bool], owner: u32) -> bool {
        self.place.get(&owner).is_some_and(|at| set[*at])
    }
}

/// What may reach `entity`.
pub(crate) fn possible<B: AsRef<[u8]>>(
    scales: Scales<'_, B>,
    closure: &Closure,
    entity: u32,
) -> Possible {
    let each_alone = scales
        .rule
        .tests
        .iter()
        .any(|test| test.pool == Pool::EachAlone);
    let mut left = MOST_ROWS;
    let mut looked_at = 0;
    for size in SIZES {
        let local = explore(scales, closure, entity, each_alone, size, &mut left);
        looked_at = local.nodes.len();
        let is_whole = !local.alone.contains(&Alone::Edge);
        let least = settle(
            scales,
            closure,
            &local,
            each_alone,
            Beyond::OutOfReach,
            &mut left,
        );
        if left > 0 && (is_whole || least.reached) {
            return least;
        }
        let most = settle(
            scales,
            closure,
            &local,
            each_alone,
            Beyond::Reached,
            &mut left,
        );
        if left == 0 {
            break;
        }
        if !most.reached {
            return most;
        }
    }
    Possible {
        reached: true,
        gave_up: Some(looked_at),
        ..Possible::default()
    }
}

/// Runs the fixpoint over the local nodes. Once nothing is left to read with, what it
/// gives is worth nothing.
fn settle<B: AsRef<[u8]>>(
    scales: Scales<'_, B>,
    closure: &Closure,
    local: &Local,
    each_alone: bool,
    beyond: Beyond,
    left: &mut u64,
) -> Possible {
    let mut sets: Vec<(Option<u32>, Vec<bool>)> = Vec::new();
    let reached = if scales.rule.aggregates() {
        let (all, alone) = together(scales, closure, local, each_alone, beyond, left);
        sets.push((None, all.clone()));
        let mut alone: Vec<_> = alone.into_iter().collect();
        alone.sort_unstable();
        sets.extend(alone.into_iter().map(|(root, set)| (Some(root), set)));
        all
    } else {
        let mut all = vec![false; local.nodes.len()];
        for root in roots(closure, local) {
            let set = grow(scales, local, root, beyond, left);
            for (known, new) in all.iter_mut().zip(&set) {
                *known |= new;
            }
            sets.push((Some(root), set));
        }
        for (at, node) in local.nodes.iter().enumerate() {
            all[at] |= closure.has(*node);
        }
        all
    };
    let mut found = Possible {
        reached: reached[0],
        ..Possible::default()
    };
    if found.reached {
        for (node, alone) in local.nodes.iter().zip(&local.alone) {
            if *alone == Alone::Always && closure.seeds.binary_search(node).is_err() {
                found.open.push(*node);
            }
        }
        return found;
    }
    let entities = |set: &[bool]| {
        local
            .nodes
            .iter()
            .zip(set)
            .filter(|(node, reached)| {
                !**reached && scales.graph.kind(NodeNo(**node)) == Kind::Entity
            })
            .map(|(node, _)| *node)
            .collect()
    };
    found.closed = sets
        .iter()
        .map(|(root, set)| (*root, entities(set)))
        .collect();
    found
}

/// Walks up from an entity, nearest first, as far as answers depend on owners, and no
/// further than about `size` nodes.
fn explore<B: AsRef<[u8]>>(
    scales: Scales<'_, B>,
    closure: &Closure,
    entity: u32,
    each_alone: bool,
    size: usize,
    left: &mut u64,
) -> Local {
    let mut local = Local {
        nodes: vec![entity],
        place: FxHashMap::from_iter([(entity, 0)]),
        alone: Vec::new(),
        owned_by: Vec::new(),
    };
    let mut queue = VecDeque::from([entity]);
    let mut holds: Vec<(usize, usize)> = Vec::new();
    while let Some(node) = queue.pop_front() {
        let at = local.alone.len();
        let is_seed = closure.seeds.binary_search(&node).is_ok();
        // The first is looked at however many hold in it.
        let is_full = at > 0 && (local.nodes.len() >= size || *left == 0);
        let alone = match stands_by_kind(scales, node, is_seed, each_alone) {
            Some(alone) => alone,
            None if is_full => Alone::Edge,
            None => {
                *left = left.saturating_sub(2 * scales.graph.row_count(node));
                stands_alone(scales, node, is_seed)
            }
        };
        local.alone.push(alone);
        if alone != Alone::Depends {
            continue;
        }
        *left = left.saturating_sub(scales.graph.row_count(node));
        let mut owners: Vec<u32> = scales
            .graph
            .rows(node)
            .filter(|row| row.stands_on(scales.day) && row.owner != node)
            .map(|row| row.owner)
            .collect();
        if each_alone {
            for layer in crate::Layer::ALL {
                let joints = scales.graph.joints_on(node, layer, scales.day);
                owners.extend(joints.flat_map(|joint| joint.members.iter().copied()));
            }
        }
        owners.sort_unstable();
        owners.dedup();
        for owner in owners {
            let place = *local.place.entry(owner).or_insert_with(|| {
                local.nodes.push(owner);
                queue.push_back(owner);
                local.nodes.len() - 1
            });
            holds.push((place, at));
        }
    }
    local.owned_by = vec![Vec::new(); local.nodes.len()];
    for (owner, owned) in holds {
        local.owned_by[owner].push(owned);
    }
    local
}

/// Whether it follows from what a node is that it counts.
fn stands_by_kind<B: AsRef<[u8]>>(
    scales: Scales<'_, B>,
    node: u32,
    is_seed: bool,
    each_alone: bool,
) -> Option<Alone> {
    match scales.graph.kind(NodeNo(node)) {
        Kind::Anonymous => Some(Alone::Always),
        Kind::Person if is_seed => Some(Alone::Always),
        Kind::Person => Some(Alone::Never),
        Kind::Entity if is_seed && !each_alone => Some(Alone::Always),
        Kind::Entity => None,
    }
}

fn stands_alone<B: AsRef<[u8]>>(scales: Scales<'_, B>, node: u32, is_seed: bool) -> Alone {
    let passes = |counts: &dyn Fn(u32) -> bool| {
        let counts = |owner: u32| counts(owner);
        scales.may_control(node, &counts)
            || scales
                .rule
                .tests
                .iter()
                .any(|test| scales.may_pass(node, test, &counts))
    };
    if passes(&|_| false) {
        return Alone::Always;
    }
    if is_seed {
        // As a party it counts; as an entity it depends.
        return Alone::Depends;
    }
    // Everybody who could be listed or reached, all together.
    let anybody = |owner: u32| scales.graph.kind(NodeNo(owner)) != Kind::Person || owner == node;
    let seeds_among_people = scales
        .graph
        .rows(node)
        .any(|row| scales.graph.kind(NodeNo(row.owner)) == Kind::Person);
    if !seeds_among_people && !passes(&anybody) {
        return Alone::Never;
    }
    Alone::Depends
}

/// Parties that are looked at one by one: listed ones that stand above, and nobody.
fn roots(closure: &Closure, local: &Local) -> Vec<u32> {
    let mut roots = vec![NOBODY];
    roots.extend(
        closure
            .seeds
            .iter()
            .filter(|seed| local.place.contains_key(seed)),
    );
    roots
}

/// What one party may reach alone, among the local nodes.
fn grow<B: AsRef<[u8]>>(
    scales: Scales<'_, B>,
    local: &Local,
    root: u32,
    beyond: Beyond,
    left: &mut u64,
) -> Vec<bool> {
    let mut set = local.first(beyond);
    for (at, node) in local.nodes.iter().enumerate() {
        // A listed person reaches by itself, and nobody through it.
        if scales.graph.kind(NodeNo(*node)) == Kind::Person {
            set[at] = false;
        }
    }
    if let Some(at) = local.place.get(&root) {
        set[*at] = true;
    }
    let mut frontier: Vec<usize> = (0..set.len()).filter(|at| set[*at]).collect();
    while !frontier.is_empty() && *left > 0 {
        let counts = |owner: u32| local.in_set(&set, owner);
        let mut next = local.touched(&frontier, &set);
        next.retain(|owned| {
            let entity = local.nodes[*owned];
            *left = left.saturating_sub(scales.graph.row_count(entity));
            scales.may_control(entity, &counts)
                || scales
                    .rule
                    .tests
                    .iter()
                    .any(|test| scales.may_pass(entity, test, &counts))
        });
        for at in &next {
            set[*at] = true;
        }
        frontier = next;
    }
    set
}

/// Everybody together, and where a test looks at each alone, each alone.
fn together<B: AsRef<[u8]>>(
    scales: Scales<'_, B>,
    closure: &Closure,
    local: &Local,
    each_alone: bool,
    beyond: Beyond,
    left: &mut u64,
) -> (Vec<bool>, FxHashMap<u32, Vec<bool>>) {
    let mut set = local.first(beyond);
    for (at, node) in local.nodes.iter().enumerate() {
        set[at] |= closure.has(*node);
    }
    let mut grown: FxHashMap<u32, Vec<bool>> = FxHashMap::default();
    // Each party alone depends on who is reached at all, so a new one may tip an
    // entity that it does not hold anything of: go round until nothing changes.
    loop {
        let mut changed = false;
        let mut frontier: Vec<usize> = (0..set.len()).filter(|at| set[*at]).collect();
        while !frontier.is_empty() && *left > 0 {
            let mut next = local.touched(&frontier, &set);
            next.retain(|owned| {
                let entity = local.nodes[*owned];
                *left = left.saturating_sub(scales.graph.row_count(entity));
                let counts = |owner: u32| local.in_set(&set, owner);
                scales.may_control(entity, &counts)
                    || scales.rule.tests.iter().any(|test| {
                        scales.may_pass(entity, test, &counts)
                            && (test.pool == Pool::Aggregate
                                || reached_ones(local, &set).chain([NOBODY]).any(|root| {
                                    let alone = grown
                                        .entry(root)
                                        .or_insert_with(|| grow(scales, local, root, beyond, left));
                                    scales
                                        .may_pass(entity, test, &|owner| local.in_set(alone, owner))
                                }))
                    })
            });
            for at in &next {
                set[*at] = true;
            }
            changed |= !next.is_empty();
            frontier = next;
        }
        if !changed || !each_alone || *left == 0 {
            return (set, grown);
        }
    }
}

fn reached_ones(local: &Local, set: &[bool]) -> impl Iterator<Item = u32> {
    let all = local.nodes.iter().zip(set);
    all.filter(|(_, reached)| **reached).map(|(node, _)| *node)
}
