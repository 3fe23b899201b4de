//! Whom a rule may reach: the same fixpoint over what nobody ruled out.
//!
//! Nearly every company has owners nobody reported, so the set of all entities that
//! may be reached is nearly everything and nobody wants it. This answers for one
//! entity: it walks up to its owners and theirs, and stops wherever an answer
//! stands by itself: at a person, at a party nobody named, at an entity whose
//! unreported holders alone would suffice, at one that nobody could tip.
//!
//! Listed parties are not the only ones who matter. The holder nobody reported may
//! be listed and stand nowhere in the graph; it is a party of its own here
//! ([`NOBODY`]), and may hold every remainder there is.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::NodeNo;
use crate::closure::Closure;
use crate::holding::Kind;
use crate::rule::Pool;
use crate::weigh::Scales;

/// The listed party that stands nowhere in the graph.
pub(crate) const NOBODY: u32 = u32::MAX;

/// How many nodes are looked at first, and by how much more each time that did not
/// settle it. Most answers are settled near the entity.
const FIRST_NODES: usize = 4;
const MORE: usize = 8;
/// How many nodes are looked at for one answer. Beyond it nothing is ruled out.
const MOST_NODES: usize = 2_000_000;
/// How many steps are spent on looking at parties one by one.
const MOST_WORK: usize = 200_000_000;

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
    /// Whether the walk was given up.
    pub(crate) gave_up: bool,
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

struct Local {
    nodes: Vec<u32>,
    place: FxHashMap<u32, usize>,
    alone: Vec<Alone>,
    /// Nodes that hold something of a node, and nodes of which it holds something.
    owned_by: Vec<Vec<usize>>,
}

/// What may reach `entity`.
///
/// It looks at the nearest owners first. Where what was not looked at counts as out of
/// reach and the entity is reached all the same, it is reached, and nothing more has to
/// be looked at. A No is only given when everything above was.
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
    let mut limit = FIRST_NODES;
    let mut work = MOST_WORK;
    loop {
        let local = explore(scales, closure, entity, each_alone, limit);
        let whole = !local.alone.contains(&Alone::Edge);
        let near = settle(scales, closure, &local, each_alone, &mut work);
        if work > 0 && (whole || near.reached) {
            return near;
        }
        if work == 0 || limit >= MOST_NODES {
            return Possible {
                reached: true,
                gave_up: true,
                ..Possible::default()
            };
        }
        limit *= MORE;
    }
}

/// Runs the fixpoint over the local nodes; those at the edge count as out of reach.
fn settle<B: AsRef<[u8]>>(
    scales: Scales<'_, B>,
    closure: &Closure,
    local: &Local,
    each_alone: bool,
    work: &mut usize,
) -> Possible {
    let mut sets: Vec<(Option<u32>, Vec<bool>)> = Vec::new();
    let reached = if scales.rule.aggregates() {
        let (all, alone) = together(scales, closure, local, each_alone, work);
        sets.push((None, all.clone()));
        let mut alone: Vec<_> = alone.into_iter().collect();
        alone.sort_unstable();
        sets.extend(alone.into_iter().map(|(root, set)| (Some(root), set)));
        all
    } else {
        let mut all = vec![false; local.nodes.len()];
        for root in roots(closure, local) {
            let set = grow(scales, local, root, work);
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
/// further than about `limit` nodes.
fn explore<B: AsRef<[u8]>>(
    scales: Scales<'_, B>,
    closure: &Closure,
    entity: u32,
    each_alone: bool,
    limit: usize,
) -> Local {
    let seeds: FxHashSet<u32> = closure.seeds.iter().copied().collect();
    let mut local = Local {
        nodes: Vec::new(),
        place: FxHashMap::default(),
        alone: Vec::new(),
        owned_by: Vec::new(),
    };
    let mut queue = VecDeque::from([entity]);
    local.place.insert(entity, 0);
    local.nodes.push(entity);
    while let Some(node) = queue.pop_front() {
        let at = local.place[&node];
        let is_seed = seeds.contains(&node);
        let mut alone = stands_alone(scales, node, is_seed, each_alone);
        let full = local.nodes.len() >= limit;
        if full && alone == Alone::Depends {
            alone = Alone::Edge;
        }
        debug_assert_eq!(local.alone.len(), at);
        local.alone.push(alone);
        local.owned_by.push(Vec::new());
        let walk = alone == Alone::Depends
            || (each_alone && is_seed && !full && scales.graph.kind(NodeNo(node)) == Kind::Entity);
        if !walk {
            continue;
        }
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
            if !local.place.contains_key(&owner) {
                local.place.insert(owner, local.nodes.len());
                local.nodes.push(owner);
                queue.push_back(owner);
            }
        }
    }
    for at in 0..local.nodes.len() {
        let node = local.nodes[at];
        for row in scales.graph.rows(node) {
            if row.stands_on(scales.day)
                && let Some(owner) = local.place.get(&row.owner)
            {
                local.owned_by[*owner].push(at);
            }
        }
        if each_alone {
            for layer in crate::Layer::ALL {
                for joint in scales.graph.joints_on(node, layer, scales.day) {
                    for member in &joint.members {
                        if let Some(member) = local.place.get(member) {
                            local.owned_by[*member].push(at);
                        }
                    }
                }
            }
        }
    }
    for owned in &mut local.owned_by {
        owned.sort_unstable();
        owned.dedup();
    }
    local
}

fn stands_alone<B: AsRef<[u8]>>(
    scales: Scales<'_, B>,
    node: u32,
    is_seed: bool,
    each_alone: bool,
) -> Alone {
    match scales.graph.kind(NodeNo(node)) {
        Kind::Anonymous => return Alone::Always,
        Kind::Person => return if is_seed { Alone::Always } else { Alone::Never },
        Kind::Entity if is_seed && !each_alone => return Alone::Always,
        Kind::Entity => {}
    }
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
    work: &mut usize,
) -> Vec<bool> {
    let mut set = vec![false; local.nodes.len()];
    let start = local.place.get(&root).copied();
    if let Some(at) = start {
        set[at] = true;
    }
    let mut queue: VecDeque<usize> = (0..local.nodes.len())
        .filter(|at| {
            local.alone[*at] == Alone::Always
                && match scales.graph.kind(NodeNo(local.nodes[*at])) {
                    Kind::Anonymous | Kind::Entity => true,
                    Kind::Person => false,
                }
        })
        .collect();
    for at in &queue {
        set[*at] = true;
    }
    queue.extend(start);
    while let Some(at) = queue.pop_front() {
        for owned in &local.owned_by[at] {
            if set[*owned] || local.alone[*owned] != Alone::Depends {
                continue;
            }
            let entity = local.nodes[*owned];
            if scales.graph.kind(NodeNo(entity)) != Kind::Entity {
                continue;
            }
            *work = work.saturating_sub(1);
            if *work == 0 {
                return vec![true; local.nodes.len()];
            }
            let counts = |owner: u32| local.place.get(&owner).is_some_and(|at| set[*at]);
            let passes = scales.may_control(entity, &counts)
                || scales
                    .rule
                    .tests
                    .iter()
                    .any(|test| scales.may_pass(entity, test, &counts));
            if passes {
                set[*owned] = true;
                queue.push_back(*owned);
            }
        }
    }
    set
}

/// Everybody together, and where a test looks at each alone, each alone.
fn together<B: AsRef<[u8]>>(
    scales: Scales<'_, B>,
    closure: &Closure,
    local: &Local,
    each_alone: bool,
    work: &mut usize,
) -> (Vec<bool>, FxHashMap<u32, Vec<bool>>) {
    let seeds: FxHashSet<u32> = closure.seeds.iter().copied().collect();
    let mut set: Vec<bool> = local
        .nodes
        .iter()
        .zip(&local.alone)
        .map(|(node, alone)| *alone == Alone::Always || seeds.contains(node) || closure.has(*node))
        .collect();
    let mut grown: FxHashMap<u32, Vec<bool>> = FxHashMap::default();
    // Each party alone depends on who is reached at all, so a new one may tip an
    // entity that does not hold anything of it: go round until nothing changes.
    loop {
        let mut changed = false;
        let mut queue: VecDeque<usize> = (0..local.nodes.len()).filter(|at| set[*at]).collect();
        while let Some(at) = queue.pop_front() {
            for owned in &local.owned_by[at] {
                if set[*owned] || local.alone[*owned] != Alone::Depends {
                    continue;
                }
                let entity = local.nodes[*owned];
                *work = work.saturating_sub(1);
                if *work == 0 {
                    return (vec![true; local.nodes.len()], grown);
                }
                if scales.graph.kind(NodeNo(entity)) != Kind::Entity {
                    continue;
                }
                let counts = |owner: u32| local.place.get(&owner).is_some_and(|at| set[*at]);
                let mut passes = scales.may_control(entity, &counts);
                for test in &scales.rule.tests {
                    if passes {
                        break;
                    }
                    if !scales.may_pass(entity, test, &counts) {
                        continue;
                    }
                    passes = test.pool == Pool::Aggregate
                        || local
                            .nodes
                            .iter()
                            .zip(&set)
                            .filter(|(_, reached)| **reached)
                            .map(|(node, _)| *node)
                            .chain([NOBODY])
                            .any(|root| {
                                let alone = grown
                                    .entry(root)
                                    .or_insert_with(|| grow(scales, local, root, work));
                                scales.may_pass(entity, test, &|owner| {
                                    local.place.get(&owner).is_some_and(|at| alone[*at])
                                })
                            });
                }
                if passes {
                    set[*owned] = true;
                    changed = true;
                    queue.push_back(*owned);
                }
            }
        }
        if !changed || !each_alone {
            return (set, grown);
        }
    }
}
