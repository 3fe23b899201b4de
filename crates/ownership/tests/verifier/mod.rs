//! A proof checked against the plain list of holdings: by the sums of the slow reference,
//! and by nothing of the crate but the shape of a proof.
//!
//! Two functions of a screen each. They are longer than fifty lines because a No by a
//! rule that looks at each party alone has to be shown once for every party there is.
#![allow(unreachable_pub, reason = "shared by tests")]

use std::collections::BTreeMap;

use scruple_model::Answer;
use scruple_ownership::{Against, Pool, Proof, Sum};

use super::oracle::{Names, Oracle};

/// Whether a proof shows what it says.
pub fn holds(proof: &Proof, oracle: &Oracle<'_>) -> bool {
    match proof.answer {
        Answer::Yes => is_reached(proof, oracle),
        Answer::No if oracle.is(&proof.entity, "person") => !oracle.perhaps.contains(&proof.entity),
        Answer::No => is_shut(proof, oracle),
        Answer::CannotTell => true,
    }
}

/// Whether each step rests on listed parties and on steps before it, and suffices.
fn is_reached(proof: &Proof, oracle: &Oracle<'_>) -> bool {
    let mut reached = oracle.seeds.clone();
    let mut alone: BTreeMap<&String, Names> = BTreeMap::new();
    let all_hold = proof.steps.iter().all(|step| {
        let known = match &step.alone {
            Some(root) => alone.entry(root).or_insert_with(|| [root.clone()].into()),
            None => &mut reached,
        };
        let counted: Names = step.counted.iter().map(|one| one.owner.clone()).collect();
        let stakes = oracle.stakes(&step.entity, step.layer.name(), step.by == Sum::Indirect);
        let is_so = |owner: &String, ppm: u32| stakes[owner].0 == i64::from(ppm);
        let holds = oracle.rule.tests.iter().any(|test| {
            test.layer == step.layer
                && (step.alone.is_some() || test.pool == Pool::Aggregate)
                && counted.is_subset(&oracle.with_partners(&step.entity, test, known))
                && step.counted.iter().all(|one| is_so(&one.owner, one.ppm))
                && oracle.certain(&step.entity, test, &counted)
        });
        known.insert(step.entity.clone());
        let root = step.alone.as_ref();
        if root.is_some_and(|root| reached.contains(root)) {
            reached.insert(step.entity.clone());
        }
        holds
    });
    all_hold && reached.contains(&proof.entity)
}

/// Whether sets stand round the entity that nobody outside can tip: everybody together,
/// and where a test looks at each alone, each alone.
fn is_shut(proof: &Proof, oracle: &Oracle<'_>) -> bool {
    let mut sets: BTreeMap<Against, Names> = BTreeMap::new();
    for one in &proof.closed {
        let set = sets.entry(one.against.clone()).or_default();
        set.insert(one.entity.clone());
    }
    let both = [Pool::Aggregate, Pool::EachAlone];
    let shut =
        |against: &Against, asked: &Names, named: &dyn Fn(&String) -> bool, pools: &[Pool]| {
            sets.get(against).is_some_and(|set| {
                let outside = oracle.outside(set, named);
                let mut inside = set.iter();
                asked.is_subset(set) && inside.all(|one| !oracle.may_tip(one, &outside, pools))
            })
        };
    let mut asked = Names::from([proof.entity.clone()]);
    let mut roots = oracle.perhaps.clone();
    if oracle.aggregates() {
        let together = |pools: &[Pool]| {
            let listed = |id: &String| oracle.perhaps.contains(id);
            shut(&Against::Everybody, &asked, &listed, pools)
        };
        if together(&both) || !together(&[Pool::Aggregate]) {
            return together(&both);
        }
        asked = sets[&Against::Everybody].clone();
        roots.extend(oracle.outside(&asked, &|_| false));
    }
    shut(&Against::Unnamed, &asked, &|_| false, &both)
        && roots.into_iter().all(|party| {
            let is_party = |id: &String| *id == party;
            let alone = Against::Alone {
                party: party.clone(),
            };
            shut(&Against::Unnamed, &asked, &is_party, &both)
                || shut(&alone, &asked, &is_party, &both)
        })
}
