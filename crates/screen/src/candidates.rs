//! The few entities worth comparing in full.
//!
//! Each part of the query leads to the terms it may stand for, each term to the
//! readings that hold it. A reading collects the weight of what it shares and is
//! ranked by it, with a bonus for the share of its own weight that is explained.
//! Names equal but for order and legal form, and equal identifiers, come first.

use std::collections::BTreeMap;

use scruple_names::{PartKind, Script, deletions};

use crate::index::{EntityNo, Index};
use crate::keys::{Class, NEAR, joined, whole};
use crate::query::{Asked, AskedReading, Prepared, Query};
use crate::similar::{WHOLE, Word, similar};
use crate::weight::weight;

/// Most terms a part may stand for: the nearest are kept.
const TERMS: usize = 96;

impl<B: AsRef<[u8]>> Index<B> {
    /// At most `limit` entities that may be meant, best first.
    pub fn candidates(&self, query: &Query, limit: usize) -> Vec<EntityNo> {
        candidates(self, &Prepared::new(self, query), limit)
    }
}

pub(crate) fn candidates<B: AsRef<[u8]>>(
    index: &Index<B>,
    prepared: &Prepared<'_>,
    limit: usize,
) -> Vec<EntityNo> {
    let mut best: BTreeMap<EntityNo, u64> = BTreeMap::new();
    let mut keep = |entity: EntityNo, rank: u64| {
        let held = best.entry(entity).or_insert(0);
        *held = rank.max(*held);
    };
    for (_, value) in &prepared.identifiers {
        for entity in index.lookup(Class::Identifier, value) {
            keep(EntityNo(entity), u64::MAX);
        }
    }
    let mut tally = Tally::new(index.readings());
    for reading in &prepared.readings {
        if let Some(whole) = whole_keys(reading) {
            for found in index.lookup(Class::Whole, &whole) {
                if found < index.readings() {
                    keep(index.reading_entity(found), u64::MAX);
                }
            }
        }
        collect(index, reading, &mut tally);
        tally.drain(|reading, shared| {
            let own = u64::from(index.reading_weight(reading)).max(1);
            let shared = u64::from(shared) / u64::from(WHOLE);
            let share = (shared * 1_000 / own).min(1_000);
            keep(index.reading_entity(reading), shared * (600 + share));
        });
    }
    let len = index.len() as u32;
    let mut ranked: Vec<(EntityNo, u64)> = best.into_iter().filter(|(no, _)| no.0 < len).collect();
    let order = |a: &(EntityNo, u64), b: &(EntityNo, u64)| b.1.cmp(&a.1).then(a.0.cmp(&b.0));
    if ranked.len() > limit && limit > 0 {
        ranked.select_nth_unstable_by(limit - 1, order);
    }
    ranked.truncate(limit);
    ranked.sort_unstable_by(order);
    ranked.into_iter().map(|(no, _)| no).collect()
}

/// Weight shared by each reading, and which readings have any.
struct Tally {
    shared: Vec<u32>,
    touched: Vec<u32>,
}

impl Tally {
    fn new(readings: u32) -> Self {
        Self {
            shared: vec![0; readings as usize],
            touched: Vec::new(),
        }
    }

    fn add(&mut self, reading: u32, weight: u32) {
        if let Some(shared) = self.shared.get_mut(reading as usize) {
            if *shared == 0 {
                self.touched.push(reading);
            }
            *shared = shared.saturating_add(weight);
        }
    }

    fn drain(&mut self, mut with: impl FnMut(u32, u32)) {
        for reading in std::mem::take(&mut self.touched) {
            if let Some(shared) = self.shared.get_mut(reading as usize) {
                with(reading, std::mem::take(shared));
            }
        }
    }
}

fn whole_keys(reading: &AskedReading) -> Option<String> {
    let parts: Vec<_> = reading
        .asked
        .iter()
        .map(|asked| asked.part.clone())
        .collect();
    whole(&parts)
}

fn collect<B: AsRef<[u8]>>(index: &Index<B>, reading: &AskedReading, tally: &mut Tally) {
    for asked in &reading.asked {
        if matches!(asked.part.kind, PartKind::Form(_) | PartKind::Particle) {
            continue;
        }
        for (term, sim) in terms(index, asked) {
            // Weight × similarity, in 1/1,000; a term weighs by its own rarity.
            let own = weight(asked.part.kind, index.rarity(term));
            for reading in index.postings(term) {
                tally.add(reading, own.min(asked.weight) * sim);
            }
        }
        for reading in index.lookup(Class::Joined, &asked.fold) {
            tally.add(reading, asked.weight * 950);
        }
    }
    let parts: Vec<_> = reading
        .asked
        .iter()
        .map(|asked| asked.part.clone())
        .collect();
    for text in joined(&parts) {
        for term in index.lookup(Class::Fold, &text) {
            let own = weight(PartKind::Word, index.rarity(term));
            for reading in index.postings(term) {
                tally.add(reading, own * 950);
            }
        }
    }
}

/// The terms a part may stand for, with the agreement in 1/1,000.
fn terms<B: AsRef<[u8]>>(index: &Index<B>, asked: &Asked) -> Vec<(u32, u32)> {
    let mut found: BTreeMap<u32, u32> = BTreeMap::new();
    if let Some(term) = asked.term {
        found.insert(term, WHOLE);
    }
    if asked.part.kind == PartKind::Word {
        let ours = Word {
            text: &asked.part.text,
            fold: &asked.fold,
            skeleton: &asked.skeleton,
            script: asked.part.script,
        };
        let mut consider = |term: u32, script: Script| {
            let theirs = Word {
                text: index.term_text(term),
                fold: index.term_fold(term),
                skeleton: index.term_skeleton(term),
                script,
            };
            if let Some((sim, _)) = similar(ours, theirs) {
                let held = found.entry(term).or_insert(0);
                *held = sim.max(*held);
            }
        };
        for term in index.lookup(Class::Fold, &asked.fold) {
            consider(term, Script::Latin);
        }
        if asked.fold.chars().count() + 1 >= NEAR {
            for less in deletions(&asked.fold) {
                for term in index.lookup(Class::NearFold, &less) {
                    consider(term, Script::Latin);
                }
            }
        }
        if asked.part.text.chars().count() + 1 >= NEAR {
            let same = asked.part.text == asked.fold;
            for less in deletions(&asked.part.text) {
                for term in index.lookup(Class::NearText, &less) {
                    consider(term, Script::Latin);
                }
                if !same {
                    for term in index.lookup(Class::NearFold, &less) {
                        consider(term, Script::Latin);
                    }
                }
            }
        }
        if asked.skeleton.len() >= 2 {
            if asked.part.script.is_consonantal() {
                for term in index.lookup(Class::Skeleton, &asked.skeleton) {
                    consider(term, Script::Latin);
                }
            } else {
                for term in index.lookup(Class::ConsonantSkeleton, &asked.skeleton) {
                    consider(term, Script::Arabic);
                }
            }
        }
    }
    let mut out: Vec<(u32, u32)> = found.into_iter().collect();
    if out.len() > TERMS {
        out.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        out.truncate(TERMS);
    }
    out
}
