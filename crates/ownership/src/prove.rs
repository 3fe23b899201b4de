//! From a closure to a proof of one answer.
//!
//! A proof keeps only what its entity needs: for each step the largest stakes until
//! the test passes, and of those only owners that need a step themselves.

use scruple_model::Answer;

use crate::answer::Closed as Run;
use crate::graph::{Row, lane};
use crate::possible::NOBODY;
use crate::proof::{Against, Because, Claim, Closed, Counted, Most, PROOF, Proof, Step, Sum};
use crate::rule::{Pool, Test};
use crate::stake::{Stake, stakes};
use crate::{Kind, NodeNo};

/// A proof that says nothing yet.
pub(crate) fn empty<B: AsRef<[u8]>>(run: &Run<'_, B>, entity: u32, answer: Answer) -> Proof {
    Proof {
        schema: PROOF.to_owned(),
        rule: run.entry.id.clone(),
        as_of: run.as_of,
        entity: run.graph.id(NodeNo(entity)).to_owned(),
        answer,
        steps: Vec::new(),
        closed: Vec::new(),
        open: Vec::new(),
    }
}

/// A node that has to be shown: reached by everybody together, or by one alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Goal {
    node: u32,
    alone: Option<u32>,
}

/// Why a reached entity is reached.
pub(crate) fn yes<B: AsRef<[u8]>>(run: &Run<'_, B>, entity: u32) -> Proof {
    let mut proof = empty(run, entity, Answer::Yes);
    let mut goals = vec![Goal {
        node: entity,
        alone: None,
    }];
    let mut seen: std::collections::BTreeSet<Goal> = goals.iter().copied().collect();
    let mut steps: Vec<((bool, u32), u32, Step)> = Vec::new();
    while let Some(goal) = goals.pop() {
        let Some((round, step, needs)) = step(run, goal) else {
            continue;
        };
        steps.push(((goal.alone.is_none(), round), goal.node, step));
        for need in needs {
            if seen.insert(need) {
                goals.push(need);
            }
        }
    }
    // What one party reaches alone rests on nothing else, so it comes first.
    steps.sort_by(|(a, x, s), (b, y, t)| (a, x, &s.alone).cmp(&(b, y, &t.alone)));
    proof.steps = steps.into_iter().map(|(_, _, step)| step).collect();
    proof
}

/// The step that reaches a goal, and what it rests on. `None` for what needs none.
fn step<B: AsRef<[u8]>>(run: &Run<'_, B>, goal: Goal) -> Option<(u32, Step, Vec<Goal>)> {
    let reached = *run.closure.reached.get(&goal.node)?;
    let mut root = goal.alone;
    let mut needs = Vec::new();
    if root.is_none() {
        if reached.round == 0 {
            return None;
        }
        root = reached.root;
        if let Some(party) = root
            && run.closure.reached.get(&party).is_some_and(|r| r.round > 0)
        {
            // The party looked at alone must itself be reached.
            needs.push(Goal {
                node: party,
                alone: None,
            });
        }
    } else if root == Some(goal.node) {
        return None;
    }
    let alone = root.map(|root| run.closer.grow(root));
    // Among a party's own, rounds count from that party.
    let round_of = |node: u32| match &alone {
        Some(alone) => alone.get(&node).copied(),
        None => run.closure.reached.get(&node).map(|reached| reached.round),
    };
    let mine = match &alone {
        Some(alone) => alone.get(&goal.node).copied().unwrap_or(u32::MAX),
        None => reached.round,
    };
    let counts = |owner: u32| round_of(owner).is_some_and(|round| round < mine);
    let scales = run.closer.scales;
    let test = run.entry.body.tests.iter().find(|test| {
        (root.is_some() || test.pool == Pool::Aggregate) && scales.passes(goal.node, test, &counts)
    })?;
    let found = scales.certain(goal.node, test, &counts);
    let partners = scales.partners(goal.node, test, &counts);
    let joined = |owner: u32| counts(owner) || partners.binary_search(&owner).is_ok();
    let mut mine_stakes: Vec<Stake> = Vec::new();
    let mut others: Vec<Stake> = Vec::new();
    let of = lane(test.layer, found.indirect);
    stakes(run.graph, goal.node, of, scales.day, |stake| {
        if stake.owner != goal.node && joined(stake.owner) {
            mine_stakes.push(stake);
        } else {
            others.push(stake);
        }
    });
    mine_stakes.sort_by_key(|stake| (std::cmp::Reverse(stake.lo), stake.owner));
    let (by, sum, base) = if found.by_rest {
        (Sum::Rest, found.sum, found.base)
    } else if found.indirect {
        mine_stakes.truncate(1);
        (Sum::Indirect, found.sum, found.base)
    } else {
        // The largest until it is enough; what is reported beyond the whole is taken off.
        let excess = excess(&mine_stakes, &others);
        let mut sum = 0u64;
        let enough = mine_stakes.iter().position(|stake| {
            sum += u64::from(stake.lo);
            test.passes(
                sum.saturating_sub(excess).min(u64::from(crate::WHOLE)),
                found.base,
            )
        });
        if let Some(last) = enough {
            mine_stakes.truncate(last + 1);
        }
        let sum = sum.saturating_sub(excess).min(u64::from(crate::WHOLE));
        (Sum::Added, sum, found.base)
    };
    let counted = mine_stakes
        .iter()
        .map(|stake| {
            let because = because(run, goal.node, test, stake.owner, root, &round_of, &counts);
            as_counted(run, goal.node, of, *stake, because, stake.lo)
        })
        .collect();
    // A partner need not be reached, but the one it acts with must be.
    for stake in &mine_stakes {
        let owners: Vec<u32> = if counts(stake.owner) {
            vec![stake.owner]
        } else {
            run.graph
                .joints_on(goal.node, test.layer, scales.day)
                .filter(|joint| joint.members.contains(&stake.owner))
                .flat_map(|joint| joint.members.iter().copied())
                .filter(|member| counts(*member))
                .take(1)
                .collect()
        };
        needs.extend(owners.into_iter().map(|node| Goal { node, alone: root }));
    }
    let left = if by == Sum::Rest {
        others
            .iter()
            .map(|stake| as_counted(run, goal.node, of, *stake, Because::Not, stake.hi))
            .collect()
    } else {
        Vec::new()
    };
    let own = goal.alone.is_some() || !run.entry.body.aggregates();
    let round = if own { mine } else { reached.round };
    let step = Step {
        round,
        entity: run.graph.id(NodeNo(goal.node)).to_owned(),
        layer: test.layer,
        threshold: test.threshold,
        strict: test.strict,
        alone: root.map(|root| run.graph.id(NodeNo(root)).to_owned()),
        counted,
        left,
        by,
        sum,
        base,
    };
    Some((round, step, needs))
}

fn excess(mine: &[Stake], others: &[Stake]) -> u64 {
    mine.iter()
        .chain(others)
        .map(|stake| u64::from(stake.least))
        .sum::<u64>()
        .saturating_sub(u64::from(crate::WHOLE))
}

fn because<B: AsRef<[u8]>>(
    run: &Run<'_, B>,
    entity: u32,
    test: &Test,
    owner: u32,
    root: Option<u32>,
    round_of: &impl Fn(u32) -> Option<u32>,
    counts: &impl Fn(u32) -> bool,
) -> Because {
    if !counts(owner) {
        let joint = run
            .graph
            .joints_on(entity, test.layer, run.closer.scales.day)
            .find(|joint| {
                joint.members.contains(&owner) && joint.members.iter().any(|m| counts(*m))
            });
        if let Some(joint) = joint {
            return Because::Joint {
                arrangement: run.graph.joints()[joint.no].id.clone(),
            };
        }
    }
    let is_seed = run.closure.seeds.binary_search(&owner).is_ok();
    if is_seed && (root.is_none() || root == Some(owner)) {
        let list = run
            .lists
            .get(&owner)
            .map_or(String::new(), |l| l.join(", "));
        return Because::Listed { list };
    }
    if root == Some(owner) {
        return Because::Itself;
    }
    Because::Reached {
        round: round_of(owner).unwrap_or(0),
    }
}

fn as_counted<B: AsRef<[u8]>>(
    run: &Run<'_, B>,
    entity: u32,
    lane: u8,
    stake: Stake,
    because: Because,
    ppm: u32,
) -> Counted {
    let day = run.closer.scales.day;
    let claims = run
        .graph
        .rows(entity)
        .filter(|row| row.lane() == lane && row.owner == stake.owner && row.stands_on(day))
        .filter_map(|row| claim(run, row))
        .collect();
    Counted {
        owner: run.graph.id(NodeNo(stake.owner)).to_owned(),
        because,
        ppm,
        claims,
    }
}

fn claim<B: AsRef<[u8]>>(run: &Run<'_, B>, row: Row) -> Option<Claim> {
    let held = run.graph.held(row)?;
    Some(Claim {
        source: held.source.id.clone(),
        record: held.record,
        record_id: held.record_id.map(str::to_owned),
        share: held.share,
        from: held.from,
        until: held.until,
        nominee: held.nominee.map(str::to_owned),
        tranche: held.tranche.map(str::to_owned),
    })
}

/// Why an entity cannot be reached: sets that nothing outside them can tip.
pub(crate) fn no<B: AsRef<[u8]>>(
    run: &Run<'_, B>,
    entity: u32,
    sets: &[(Option<u32>, Vec<u32>)],
) -> Proof {
    let mut proof = empty(run, entity, Answer::No);
    let name = |node: u32| run.graph.id(NodeNo(node)).to_owned();
    let is_seed = |node: u32| run.most().seeds.binary_search(&node).is_ok();
    let is_person = |node: u32| run.graph.kind(NodeNo(node)) == Kind::Person;
    for (root, nodes) in sets {
        let inside: rustc_hash::FxHashSet<u32> = nodes.iter().copied().collect();
        let counts = |owner: u32| match root {
            None => !inside.contains(&owner) && (!is_person(owner) || is_seed(owner)),
            Some(root) => owner == *root || (!inside.contains(&owner) && !is_person(owner)),
        };
        let tests = run.entry.body.tests.iter();
        let tests: Vec<&Test> = tests
            .filter(|test| root.is_some() || test.pool == Pool::Aggregate)
            .collect();
        for node in nodes {
            let most = tests.iter().map(|test| {
                let (sum, base) = run.closer.scales.possible(*node, test, &counts);
                Most {
                    layer: test.layer,
                    sum,
                    base,
                    threshold: test.threshold,
                    strict: test.strict,
                }
            });
            proof.closed.push(Closed {
                against: match root {
                    None => Against::Everybody,
                    Some(NOBODY) => Against::Unnamed,
                    Some(root) => Against::Alone { party: name(*root) },
                },
                entity: name(*node),
                most: most.collect(),
            });
        }
    }
    proof
}
