//! Which ids mean one party, what it is called, and what it is.
//!
//! Ids are joined where a source says that they are the same, and nowhere else. An id
//! that two legal entities claim joins neither. A party is shown by its LEI where it
//! has one, else by its registration, else by the first of its ids; and parties are
//! numbered in the order of these, so that the file does not depend on the order in
//! which sources came.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Builder, agree, problem};
use crate::graph::{KIND_SAID, REMAINDER_SAID};
use crate::holding::{Kind, Remainder};
use crate::share::WHOLE;

impl Builder {
    /// For each id the id that stands for its party.
    pub(super) fn join(&mut self) -> Vec<u32> {
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
    pub(super) fn shown(&self, no: u32) -> Cow<'_, [u8]> {
        let id = self.ids.get(no);
        let kind = self.facts.get(no as usize).and_then(|fact| fact.kind);
        if kind == Some(Kind::Person) && !id.starts_with(b"person:") {
            Cow::Owned([b"person:", id].concat())
        } else {
            Cow::Borrowed(id)
        }
    }

    /// Parties in the order of their ids, and for each id the place of its party.
    pub(super) fn number(&mut self, roots: &[u32]) -> (Vec<u32>, Vec<u32>) {
        // What was said of any of a party's ids holds for it.
        for no in 0..self.facts.len() as u32 {
            let root = roots[no as usize];
            if root == no {
                continue;
            }
            let fact = self.facts[no as usize];
            let known = self.fact(root);
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
            let known = self.fact(root);
            known.kind = known.kind.or(fact.kind);
            known.remainder = match (known.remainder, fact.remainder) {
                (Some(a), Some(b)) if a != b => Some(Remainder::Unknown),
                (a, b) => a.or(b),
            };
            known.country = agree(known.country, fact.country);
        }
        // The first bytes decide nearly always: an LEI with its scheme has 24.
        let mut keyed: Vec<([u64; 3], u32)> = (0..roots.len() as u32)
            .into_par_iter()
            .filter(|no| roots[*no as usize] == *no)
            .map(|no| (first_bytes(&self.shown(no)), no))
            .collect();
        keyed.par_sort_unstable_by(|(ka, a), (kb, b)| {
            ka.cmp(kb).then_with(|| self.shown(*a).cmp(&self.shown(*b)))
        });
        let order: Vec<u32> = keyed.into_iter().map(|(_, no)| no).collect();
        let mut place = vec![0u32; roots.len()];
        for (at, no) in order.iter().enumerate() {
            place[*no as usize] = at as u32;
        }
        let place = roots.par_iter().map(|no| place[*no as usize]).collect();
        (order, place)
    }

    /// What is known of each party in one word, and bounds on holders nobody reported:
    /// party and parts per million by turns.
    pub(super) fn node_words(
        &self,
        order: &[u32],
        roots: &[u32],
        place: &[u32],
    ) -> (Vec<u32>, Vec<u32>) {
        let mut words: Vec<u32> = order
            .par_iter()
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
        for (no, fact) in self.facts.iter().enumerate() {
            if roots[no] as usize != no {
                continue;
            }
            let at = place[no];
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
        let bounds = bounds.into_iter().flat_map(|(node, ppm)| [node, ppm]);
        (words, bounds.collect())
    }
}

fn first_bytes(id: &[u8]) -> [u64; 3] {
    let mut key = [0u8; 24];
    let len = id.len().min(24);
    key[..len].copy_from_slice(&id[..len]);
    let (words, _) = key.as_chunks::<8>();
    [words[0], words[1], words[2]].map(u64::from_be_bytes)
}

fn root(parents: &mut [u32], mut no: u32) -> u32 {
    while parents[no as usize] != no {
        parents[no as usize] = parents[parents[no as usize] as usize];
        no = parents[no as usize];
    }
    no
}
