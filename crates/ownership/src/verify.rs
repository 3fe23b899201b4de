//! Checks a proof against the holdings, by other code than found it.
//!
//! It reads holdings through the public door, adds them up in its own plain way and
//! believes nothing that the proof says but which owners to look at. A step may rest
//! only on listed parties and on steps before it.

use std::collections::{BTreeMap, BTreeSet};

use scruple_model::{Answer, Date};

use crate::proof::{Against, Because, Proof, Step, Sum};
use crate::rule::{Listed, Pool, RuleBody, Unquantified};
use crate::{Graph, Held, Joint, Kind, Layer, NodeNo, Remainder};

const WHOLE: u64 = 1_000_000;

/// Why a proof does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the proof does not hold at {entity}: {what}")]
pub struct ProofFault {
    /// Where.
    pub entity: String,
    /// What is wrong.
    pub what: String,
}

fn fault(entity: &str, what: impl Into<String>) -> ProofFault {
    ProofFault {
        entity: entity.to_owned(),
        what: what.into(),
    }
}

/// Checks a proof: every stake against the graph, every sum, every step.
///
/// # Errors
///
/// The first step that does not hold. A Cannot Tell claims nothing, and holds.
pub fn verify<B: AsRef<[u8]>>(
    proof: &Proof,
    graph: &Graph<B>,
    rule: &RuleBody,
    listed: &[Listed],
) -> Result<(), ProofFault> {
    let seeds: BTreeSet<&str> = listed
        .iter()
        .filter(|party| rule.seeds_from(party) && party.stands_on(proof.as_of))
        // Who may be listed proves no Yes, and has to be reckoned with for a No.
        .filter(|party| proof.answer == Answer::No || party.doubt.is_none())
        .filter_map(|party| graph.find(&party.id))
        .map(|node| graph.id(node))
        .collect();
    match proof.answer {
        Answer::CannotTell => Ok(()),
        Answer::Yes => yes(proof, graph, rule, &seeds),
        Answer::No => no(proof, graph, rule, &seeds),
    }
}

fn yes<B: AsRef<[u8]>>(
    proof: &Proof,
    graph: &Graph<B>,
    rule: &RuleBody,
    seeds: &BTreeSet<&str>,
) -> Result<(), ProofFault> {
    let mut together: BTreeSet<&str> = BTreeSet::new();
    let mut alone: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for step in &proof.steps {
        let at = |what: &str| fault(&step.entity, what);
        let allowed = rule.tests.iter().find(|test| {
            (test.layer, test.threshold, test.strict) == (step.layer, step.threshold, step.strict)
                && (test.pool == Pool::Aggregate || step.alone.is_some())
        });
        let test = allowed.ok_or_else(|| at("the rule has no such test"))?;
        let known = |owner: &str| match &step.alone {
            Some(root) => {
                owner == root
                    || alone
                        .get(root.as_str())
                        .is_some_and(|of| of.contains(owner))
            }
            None => seeds.contains(owner) || together.contains(owner),
        };
        for counted in &step.counted {
            let may = match &counted.because {
                Because::Listed { .. } => {
                    seeds.contains(counted.owner.as_str()) && known(&counted.owner)
                }
                Because::Reached { .. } | Because::Itself => known(&counted.owner),
                Because::Joint { arrangement } => graph.joints().iter().any(|joint| {
                    joint.id == *arrangement
                        && step.alone.is_some()
                        && is_about(joint, graph, &step.entity, step.layer, proof.as_of)
                        && joint.members.contains(&counted.owner)
                        && joint.members.iter().any(|member| known(member))
                }),
                Because::Not => false,
            };
            if !may || counted.owner == step.entity {
                return Err(at(&format!("{} does not count", counted.owner)));
            }
        }
        if !adds_up(step, graph, proof.as_of, rule, test.own_left_out)? {
            return Err(at("the sum does not pass the test"));
        }
        match &step.alone {
            Some(root) => {
                alone.entry(root).or_default().insert(&step.entity);
                if seeds.contains(root.as_str()) || together.contains(root.as_str()) {
                    together.insert(&step.entity);
                }
            }
            None => {
                together.insert(&step.entity);
            }
        }
    }
    if seeds.contains(proof.entity.as_str()) || together.contains(proof.entity.as_str()) {
        Ok(())
    } else {
        Err(fault(&proof.entity, "no step reaches it"))
    }
}

fn stands_on(held: &Held<'_>, day: Date) -> bool {
    held.from.is_none_or(|from| from <= day) && held.until.is_none_or(|until| day < until)
}

/// Whether an arrangement is about an entity and a layer, and stands on the day.
fn is_about<B: AsRef<[u8]>>(
    joint: &Joint,
    graph: &Graph<B>,
    entity: &str,
    layer: Layer,
    day: Date,
) -> bool {
    let of = joint.entity.as_ref();
    joint.layer.is_none_or(|about| about == layer)
        && of.is_none_or(|of| graph.find(of) == graph.find(entity))
        && joint.from.is_none_or(|from| from <= day)
        && joint.until.is_none_or(|until| day < until)
}

/// One owner's `(lo by the largest claim, hi, lo by the smallest)` in a layer.
type Stakes = BTreeMap<String, (u64, u64, u64)>;

fn stakes<B: AsRef<[u8]>>(
    graph: &Graph<B>,
    entity: NodeNo,
    layer: Layer,
    indirect: bool,
    day: Date,
) -> Stakes {
    let stands =
        |held: &Held<'_>| held.layer == layer && held.indirect == indirect && stands_on(held, day);
    type Tranches = BTreeMap<Option<String>, (u64, u64, u64)>;
    let mut owners: BTreeMap<String, BTreeMap<String, Tranches>> = BTreeMap::new();
    for held in graph.holdings(entity).filter(stands) {
        let (lo, hi) = (u64::from(held.share.lo), u64::from(held.share.hi));
        let tranche = owners
            .entry(graph.id(held.owner).to_owned())
            .or_default()
            .entry(held.source.id.clone())
            .or_default()
            .entry(held.tranche.map(str::to_owned))
            .or_insert((lo, hi, lo));
        *tranche = (tranche.0.max(lo), tranche.1.max(hi), tranche.2.min(lo));
    }
    let of_source = |tranches: Tranches| {
        let sum = tranches
            .into_values()
            .fold((0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
        (sum.0.min(WHOLE), sum.1.min(WHOLE), sum.2.min(WHOLE))
    };
    let of_owner = |sources: BTreeMap<String, Tranches>| {
        let claims = sources.into_values().map(of_source);
        claims.fold((0, 0, u64::MAX), |a, b| {
            (a.0.max(b.0), a.1.max(b.1), a.2.min(b.2))
        })
    };
    owners
        .into_iter()
        .map(|(owner, sources)| (owner, of_owner(sources)))
        .collect()
}

fn adds_up<B: AsRef<[u8]>>(
    step: &Step,
    graph: &Graph<B>,
    day: Date,
    rule: &RuleBody,
    own_left_out: bool,
) -> Result<bool, ProofFault> {
    let node = graph
        .find(&step.entity)
        .ok_or_else(|| fault(&step.entity, "it is not in the graph"))?;
    let direct = stakes(graph, node, step.layer, false, day);
    let own = direct.get(&step.entity).copied().unwrap_or_default();
    let counted: BTreeSet<&str> = step.counted.iter().map(|c| c.owner.as_str()).collect();
    let excess = direct
        .values()
        .map(|s| s.2)
        .sum::<u64>()
        .saturating_sub(WHOLE);
    let sum = match step.by {
        Sum::Added => {
            let lo = counted
                .iter()
                .filter_map(|owner| direct.get(*owner))
                .map(|s| s.0)
                .sum::<u64>();
            lo.saturating_sub(excess).min(WHOLE)
        }
        Sum::Rest => {
            let rest = direct
                .iter()
                .filter(|(owner, _)| !counted.contains(owner.as_str()));
            let all = direct.values().map(|s| s.1).sum::<u64>();
            let mine = counted
                .iter()
                .filter_map(|owner| direct.get(*owner))
                .map(|s| s.1)
                .sum::<u64>();
            let unsure = graph.holdings(node).any(|held| {
                held.layer == step.layer
                    && !held.indirect
                    && stands_on(&held, day)
                    && held.marks.has(crate::Marks::UNSURE_PERIOD)
            });
            if graph.remainder(node) != Remainder::None || all < WHOLE || unsure {
                return Err(fault(&step.entity, "its list of holders is not complete"));
            }
            WHOLE.saturating_sub(rest.map(|(_, s)| s.1).sum()).min(mine)
        }
        Sum::Indirect if rule.indirect_counts && counted.len() == 1 => {
            let through = stakes(graph, node, step.layer, true, day);
            counted
                .iter()
                .filter_map(|owner| through.get(*owner))
                .map(|s| s.0)
                .sum()
        }
        Sum::Indirect => return Err(fault(&step.entity, "the rule does not count such a stake")),
    };
    if sum != step.sum {
        return Err(fault(
            &step.entity,
            format!("the sum is {sum}, not {}", step.sum),
        ));
    }
    let base = if own_left_out {
        WHOLE.saturating_sub(own.0).max(sum)
    } else {
        WHOLE
    };
    Ok(passes(sum, base, step.threshold, step.strict))
}

fn passes(sum: u64, base: u64, threshold: u32, strict: bool) -> bool {
    let (left, right) = (sum * WHOLE, u64::from(threshold) * base);
    sum > 0 && (left > right || (!strict && left == right))
}

fn no<B: AsRef<[u8]>>(
    proof: &Proof,
    graph: &Graph<B>,
    rule: &RuleBody,
    seeds: &BTreeSet<&str>,
) -> Result<(), ProofFault> {
    let node = graph
        .find(&proof.entity)
        .ok_or_else(|| fault(&proof.entity, "it is not in the graph"))?;
    let abroad = graph
        .country(node)
        .is_some_and(|code| rule.reaches.not_in.contains(&code));
    if graph.kind(node) == Kind::Person || abroad {
        let listed = seeds.contains(graph.id(node));
        return if listed {
            Err(fault(&proof.entity, "it is listed"))
        } else {
            Ok(())
        };
    }
    let mut sets: BTreeMap<&Against, BTreeSet<&str>> = BTreeMap::new();
    for closed in &proof.closed {
        sets.entry(&closed.against)
            .or_default()
            .insert(&closed.entity);
    }
    let needed = if rule.tests.iter().any(|test| test.pool == Pool::Aggregate) {
        Against::Everybody
    } else {
        Against::Unnamed
    };
    match sets.get(&needed) {
        Some(set) if set.contains(proof.entity.as_str()) => {}
        Some(_) => return Err(fault(&proof.entity, "it is not in the set")),
        None => {
            let what = "nothing shows that it cannot be reached";
            return Err(fault(&proof.entity, what));
        }
    }
    if needed == Against::Unnamed {
        each_alone(proof, graph, rule, &sets, seeds)?;
    }
    for (against, set) in &sets {
        let outside = |owner: &str| {
            let kind = graph.find(owner).map(|node| graph.kind(node));
            let person = kind == Some(Kind::Person);
            match against {
                Against::Everybody => !set.contains(owner) && (!person || seeds.contains(owner)),
                Against::Alone { party } => owner == party || (!set.contains(owner) && !person),
                Against::Unnamed => !set.contains(owner) && !person,
            }
        };
        let alone = **against != Against::Everybody;
        for entity in set {
            if seeds.contains(entity) && !alone {
                return Err(fault(entity, "it is listed"));
            }
            let can = tipped(graph, entity, proof.as_of, rule, &outside, alone)?;
            // Everybody together may tip a test of each alone: then each alone is shown.
            let shown_alone = || {
                sets.iter()
                    .filter(|(other, _)| **other != &Against::Everybody)
                    .all(|(_, other)| other.contains(entity))
                    && sets.len() > 1
            };
            match can {
                None => {}
                Some(Pool::EachAlone) if !alone && shown_alone() => {
                    each_alone(proof, graph, rule, &sets, seeds)?;
                }
                Some(_) => return Err(fault(entity, "somebody outside the set can tip it")),
            }
        }
    }
    Ok(())
}

/// Whether every party that has to be looked at alone was.
fn each_alone<B: AsRef<[u8]>>(
    proof: &Proof,
    graph: &Graph<B>,
    rule: &RuleBody,
    sets: &BTreeMap<&Against, BTreeSet<&str>>,
    seeds: &BTreeSet<&str>,
) -> Result<(), ProofFault> {
    let entity = proof.entity.as_str();
    let unnamed = sets.get(&Against::Unnamed);
    let unnamed = unnamed.ok_or_else(|| fault(entity, "nothing is shown of a holder unnamed"))?;
    for root in roots(graph, unnamed, proof.as_of, sets, seeds) {
        let party = Against::Alone {
            party: root.to_owned(),
        };
        let is_shown = sets.get(&party).is_some_and(|set| set.contains(entity));
        if is_shown {
            continue;
        }
        // One that adds nothing to what a holder unnamed may do needs no set of its own.
        let counts = |owner: &str| {
            let person = graph.find(owner).map(|node| graph.kind(node)) == Some(Kind::Person);
            owner == root || (!unnamed.contains(owner) && !person)
        };
        for entity in unnamed {
            if tipped(graph, entity, proof.as_of, rule, &counts, true)?.is_some() {
                return Err(fault(root, "nothing shows that it alone reaches nothing"));
            }
        }
    }
    Ok(())
}

/// Parties who hold a part of one of the set, or act jointly, and have to be looked at
/// alone: listed ones, and where everybody counts together also whom that may reach.
fn roots<'g, B: AsRef<[u8]>>(
    graph: &'g Graph<B>,
    set: &BTreeSet<&str>,
    day: Date,
    sets: &BTreeMap<&Against, BTreeSet<&str>>,
    seeds: &BTreeSet<&str>,
) -> BTreeSet<&'g str> {
    let holders = set
        .iter()
        .filter_map(|id| graph.find(id))
        .flat_map(|node| graph.holdings(node))
        .filter(|held| stands_on(held, day))
        .map(|held| graph.id(held.owner));
    let joint = graph.joints().iter().flat_map(|joint| &joint.members);
    holders
        .chain(joint.map(String::as_str))
        .filter(|id| {
            let together = sets.get(&Against::Everybody);
            let person = graph.find(id).map(|node| graph.kind(node)) == Some(Kind::Person);
            seeds.contains(id) || (!person && together.is_some_and(|all| !all.contains(id)))
        })
        .collect()
}

/// The kind of test that `outside` can make an entity pass, if there is one.
fn tipped<B: AsRef<[u8]>>(
    graph: &Graph<B>,
    entity: &str,
    day: Date,
    rule: &RuleBody,
    outside: &impl Fn(&str) -> bool,
    alone: bool,
) -> Result<Option<Pool>, ProofFault> {
    let node = graph
        .find(entity)
        .ok_or_else(|| fault(entity, "it is not in the graph"))?;
    let stands = |held: &Held<'_>| stands_on(held, day);
    let without_share = |layers: &[Layer]| {
        graph.holdings(node).filter(stands).any(|held| {
            layers.contains(&held.layer) && held.owner != node && outside(graph.id(held.owner))
        })
    };
    if rule.unquantified == Unquantified::Control
        && without_share(&[Layer::Consolidation, Layer::Influence])
    {
        return Ok(Some(Pool::Aggregate));
    }
    let any = graph.holdings(node).any(|held| stands(&held));
    for test in &rule.tests {
        let direct = stakes(graph, node, test.layer, false, day);
        let through = stakes(graph, node, test.layer, true, day);
        let joint = |owner: &str| {
            (alone || test.pool == Pool::EachAlone)
                && graph.joints().iter().any(|joint| {
                    is_about(joint, graph, entity, test.layer, day)
                        && joint.members.iter().any(|member| member == owner)
                        && joint.members.iter().any(|member| outside(member))
                })
        };
        let pooled = test.pool == Pool::EachAlone;
        let counts = |owner: &str| owner != entity && (outside(owner) || (pooled && joint(owner)));
        let own = direct.get(entity).copied().unwrap_or_default();
        let excess = direct
            .values()
            .map(|s| s.2)
            .sum::<u64>()
            .saturating_sub(WHOLE);
        let rest: u64 = direct
            .iter()
            .filter(|(o, _)| !counts(o) && *o != entity)
            .map(|(_, s)| s.2)
            .sum();
        let mine: u64 = direct
            .iter()
            .filter(|(o, _)| counts(o))
            .map(|(_, s)| s.1)
            .sum();
        let indirect: u64 = through
            .iter()
            .filter(|(o, _)| counts(o))
            .map(|(_, s)| s.1)
            .sum();
        let cap = WHOLE
            .saturating_sub(own.0)
            .saturating_sub(rest.saturating_sub(excess));
        let silent = direct.is_empty() && test.layer != Layer::Shares;
        let unknown = match graph.remainder(node) {
            Remainder::Unknown => cap,
            Remainder::None if !any => cap,
            Remainder::MaxEach(_) if test.pool == Pool::Aggregate => cap,
            Remainder::MaxEach(most) => mine + u64::from(most),
            Remainder::None | Remainder::Clear => mine,
        };
        let hidden = test.layer == Layer::Shares
            && rule.unquantified == Unquantified::Share
            && without_share(&[Layer::Consolidation]);
        let most = if silent {
            indirect.min(WHOLE)
        } else {
            (if hidden { cap } else { unknown }).max(indirect).min(cap)
        };
        let base = if silent {
            WHOLE
        } else {
            WHOLE.saturating_sub(own.1).max(most)
        };
        if passes(most, base, test.threshold, test.strict) {
            return Ok(Some(test.pool));
        }
    }
    Ok(None)
}
