//! A proof checked against the plain list of holdings, with the sums of the slow
//! reference and nothing of the crate but the proof's own shape.
#![allow(unreachable_pub, reason = "shared by tests")]

use std::collections::BTreeMap;

use scruple_model::Answer;
use scruple_ownership::{Against, Pool, Proof, Sum};

use super::oracle::{Names, Oracle};

/// Whether every step follows from the holdings and the steps before it.
pub fn holds(proof: &Proof, oracle: &Oracle<'_>) -> bool {
    match proof.answer {
        Answer::Yes => reaches(proof, oracle),
        Answer::No if oracle.is(&proof.entity, "person") => !oracle.seeds.contains(&proof.entity),
        Answer::No => is_closed(proof, oracle),
        Answer::CannotTell => true,
    }
}

fn reaches(proof: &Proof, oracle: &Oracle<'_>) -> bool {
    let mut reached = oracle.seeds.clone();
    let mut alone: BTreeMap<&String, Names> = BTreeMap::new();
    for step in &proof.steps {
        let known = match &step.alone {
            Some(root) => alone.entry(root).or_insert_with(|| [root.clone()].into()),
            None => &mut reached,
        };
        let is_shown = oracle.rule.tests.iter().any(|test| {
            let counts = oracle.with_partners(&step.entity, test, known);
            let stakes = oracle.stakes(&step.entity, test.layer.name(), step.by == Sum::Indirect);
            test.layer == step.layer
                && (step.alone.is_some() || test.pool == Pool::Aggregate)
                && step.counted.iter().all(|one| {
                    counts.contains(&one.owner) && stakes[&one.owner].0 == i64::from(one.ppm)
                })
                && test.passes(step.sum, step.base)
                && oracle.certain(&step.entity, test, known)
        });
        known.insert(step.entity.clone());
        if !is_shown {
            return false;
        }
        if step
            .alone
            .as_ref()
            .is_some_and(|root| reached.contains(root))
        {
            reached.insert(step.entity.clone());
        }
    }
    reached.contains(&proof.entity)
}

fn is_closed(proof: &Proof, oracle: &Oracle<'_>) -> bool {
    let mut sets: BTreeMap<Against, Names> = BTreeMap::new();
    for one in &proof.closed {
        let set = sets.entry(one.against.clone()).or_default();
        set.insert(one.entity.clone());
    }
    let ids = || oracle.case.nodes.iter().map(|node| node.id.clone());
    // Whether nobody outside can tip one of a set; people count where they are named.
    let stays = |set: &Names, named: &dyn Fn(&str) -> bool, pools: &[Pool]| {
        let counts = |id: &String| named(id) || !(set.contains(id) || oracle.is(id, "person"));
        let outside: Names = ids().filter(counts).collect();
        set.iter().all(|entity| {
            let tests = oracle.rule.tests.iter();
            let mut tests = tests.filter(|test| pools.contains(&test.pool));
            !oracle.controls(entity, &outside)
                && tests.all(|test| !oracle.possible(entity, test, &outside))
        })
    };
    let both = [Pool::Aggregate, Pool::EachAlone];
    let is_seed = |id: &str| oracle.seeds.contains(id);
    let mut asked: Names = [proof.entity.clone()].into();
    let mut roots: Names = oracle.seeds.clone();
    if oracle
        .rule
        .tests
        .iter()
        .any(|test| test.pool == Pool::Aggregate)
    {
        let Some(all) = sets.get(&Against::Everybody) else {
            return false;
        };
        if !all.contains(&proof.entity) || !stays(all, &is_seed, &[Pool::Aggregate]) {
            return false;
        }
        if stays(all, &is_seed, &both) {
            return true;
        }
        asked.extend(all.iter().cloned());
        roots.extend(ids().filter(|id| !all.contains(id) && !oracle.is(id, "person")));
    }
    let shut = |against: &Against, named: &dyn Fn(&str) -> bool| {
        sets.get(against)
            .is_some_and(|set| asked.is_subset(set) && stays(set, named, &both))
    };
    shut(&Against::Unnamed, &|_| false)
        && roots.iter().all(|root| {
            let party = Against::Alone {
                party: root.clone(),
            };
            shut(&Against::Unnamed, &|id| id == root) || shut(&party, &|id| id == root)
        })
}
