//! The few names worth comparing in full.
//!
//! Each part of the query leads to the listed words it may stand for, each word to
//! the readings that hold it. A reading collects what it shares, in bits, each part
//! of the query counted once, and is ranked by that less a share of its own length.
//! Rare parts go first. Once enough readings are held, words that very many names
//! hold bring in no new ones and only add to those held: they cannot lift a reading
//! that shares nothing else above one that shares a rare part.
//! Names equal but for order and legal form, and equal identifiers, come first.
//!
//! Which are worth comparing depends on what is asked for: whoever wants a score of 0.70
//! is not served by names that share a tenth of the query.

use scruple_names::{PartKind, skeleton};

use crate::alike::APART;
use crate::index::{EntityNo, Index};
use crate::keys::Class;
use crate::query::{AskedReading, Prepared, Query};
use crate::scratch::{self, Scratch};
use crate::weight::BIT;

/// Entities that are compared in full, at least.
pub(crate) const COMPARED: usize = 200;

/// Readings that are compared in full, at most, for each entity on average.
const READINGS: usize = 2;

/// What shares less than this part of what the query says is not compared.
const LEAST_SHARE: u32 = 4;

/// Nor what shares less than this part of what the best shares.
const LEAST_OF_BEST: u32 = 3;

/// But whatever shares so much is a candidate, however long the query.
const RARE: u32 = 7 * BIT;

/// And is compared that shares as much as one word that hardly any name holds.
const RAREST: u32 = 11 * BIT;

/// Of what else is compared: for a score of 0.70, what shares 0.35 of what the query says.
fn worth(all: u32, threshold: u16) -> u32 {
    let share = u64::from(all) * u64::from(threshold) / 20_000;
    u32::try_from(share).unwrap_or(u32::MAX).min(RAREST)
}

/// A threshold for all candidates there are.
pub(crate) const LOWEST: u16 = 1;

/// How much more what is shared counts than the length of the listed name.
const SHARED: i64 = 12;

/// So many are compared whatever they share: where a name has few look-alikes, the one
/// that is meant may be among those that share little.
const FEWEST: usize = 200;

/// So many readings that share most of a query are kept to find its crowd among.
const AROUND: usize = 600;

/// So many of these are compared for it, those that have least of their own.
const CROWD: usize = 96;

/// From so many readings on, a common word brings in no more.
const ENOUGH: usize = 4_000;

/// A word is common that so many readings hold.
const COMMON: usize = 2_000;

impl<B: AsRef<[u8]>> Index<B> {
    /// At most `limit` entities that may be meant, best first.
    pub fn candidates(&self, query: &Query, limit: usize) -> Vec<EntityNo> {
        scratch::with(|scratch| {
            let prepared = Prepared::new(self, query, scratch);
            let found = candidates(self, &prepared, scratch, limit, LOWEST);
            let mut out: Vec<EntityNo> = Vec::new();
            for (no, _) in found {
                if !out.contains(&no) {
                    out.push(no);
                }
            }
            out
        })
    }
}

/// Entities with one of their readings each, best first; an entity may come several
/// times, and at most `limit` come. Those that share too little to reach the threshold are
/// left out; without one, nothing is that shares anything.
pub(crate) fn candidates<B: AsRef<[u8]>>(
    index: &Index<B>,
    prepared: &Prepared<'_>,
    scratch: &mut Scratch,
    limit: usize,
    threshold: u16,
) -> Vec<(EntityNo, u32)> {
    let mut ranked: Vec<(i64, u32)> = Vec::new();
    scratch.around.clear();
    let mut rest: Vec<(u32, u32)> = Vec::new();
    for (_, value) in &prepared.identifiers {
        for entity in index.lookup(Class::Identifier, value) {
            let readings = index.entity_readings(EntityNo(entity));
            ranked.extend(readings.map(|reading| (i64::MAX, reading)));
        }
    }
    for value in &prepared.serials {
        for entity in index.lookup(Class::Serial, value) {
            let readings = index.entity_readings(EntityNo(entity));
            ranked.extend(readings.map(|reading| (i64::MAX, reading)));
        }
    }
    for reading in &prepared.readings {
        if let Some(whole) = &reading.whole {
            let same = index.lookup(Class::Whole, whole);
            ranked.extend(
                same.filter(|found| *found < index.readings())
                    .map(|found| (i64::MAX, found)),
            );
        }
        collect(index, prepared, reading, scratch);
        let all = reading.says.bits;
        let Scratch {
            shared,
            touched,
            around,
            ..
        } = &mut *scratch;
        let worth = worth(all, threshold);
        let held = touched
            .iter()
            .map(|found| (shared.get(*found), *found))
            .filter(|(shared, _)| *shared >= worth);
        let all_shared = touched.iter().map(|found| shared.get(*found));
        let most = all_shared.max().unwrap_or(0);
        let least = if threshold == 0 {
            0
        } else {
            let part = all.div_ceil(LEAST_SHARE);
            part.max(most.div_ceil(LEAST_OF_BEST)).min(RARE)
        };
        let place = |shared, found| place(index, shared, found);
        // What is near is not asked of the threshold: it is the same for every one.
        rest.clear();
        let near = touched.iter().map(|found| (shared.get(*found), *found));
        rest.extend(near.filter(|(shared, _)| *shared >= most / 4));
        if rest.len() > AROUND {
            rest.select_nth_unstable_by(AROUND - 1, by_share);
            rest.truncate(AROUND);
        }
        around.extend(rest.iter());
        let before = ranked.len();
        ranked.extend(
            held.clone()
                .filter(|(shared, _)| *shared >= least)
                .map(|(shared, found)| place(shared, found)),
        );
        let missing = FEWEST.saturating_sub(ranked.len() - before);
        if missing > 0 {
            // Of thousands that share little the rank of none need be worked out but of
            // those that share most of it.
            rest.clear();
            rest.extend(held.filter(|(shared, _)| *shared < least));
            if rest.len() > missing * 8 {
                rest.select_nth_unstable_by(missing * 8, by_share);
                rest.truncate(missing * 8);
            }
            let mut more: Vec<(i64, u32)> = rest
                .iter()
                .map(|(shared, found)| place(*shared, *found))
                .collect();
            more.sort_unstable_by(order);
            ranked.extend(more.into_iter().take(missing));
        }
    }
    let most = limit.saturating_mul(READINGS).max(limit);
    if ranked.len() > most && most > 0 {
        ranked.select_nth_unstable_by(most - 1, order);
        ranked.truncate(most);
    }
    ranked.sort_unstable_by(order);
    scratch.work.aligned += ranked.len() as u64;
    let mut out: Vec<(EntityNo, u32)> = Vec::with_capacity(ranked.len());
    scratch.shared.begin(index.readings() as usize);
    let mut entities: Vec<u32> = Vec::with_capacity(limit);
    for (_, reading) in ranked {
        let entity = index.reading_entity(reading);
        if entity.0 as usize >= index.len() {
            continue;
        }
        if let Err(at) = entities.binary_search(&entity.0) {
            if entities.len() >= limit {
                continue;
            }
            entities.insert(at, entity.0);
        }
        if scratch.shared.add(reading, 1) {
            out.push((entity, reading));
        }
    }
    out
}

/// Where a reading stands among the candidates.
fn place<B: AsRef<[u8]>>(index: &Index<B>, shared: u32, reading: u32) -> (i64, u32) {
    let own = i64::from(index.reading_weight(reading));
    (i64::from(shared) * SHARED - own, reading)
}

/// Best first.
fn order(a: &(i64, u32), b: &(i64, u32)) -> std::cmp::Ordering {
    b.0.cmp(&a.0).then(a.1.cmp(&b.1))
}

/// What shares most first.
fn by_share(a: &(u32, u32), b: &(u32, u32)) -> std::cmp::Ordering {
    b.0.cmp(&a.0).then(a.1.cmp(&b.1))
}

/// The names that come nearest to the query whose candidates were looked for last, by
/// entity, whatever they were looked for with.
pub(crate) fn crowd<B: AsRef<[u8]>>(index: &Index<B>, scratch: &Scratch) -> Vec<(EntityNo, u32)> {
    let around = scratch.around.iter();
    let mut near: Vec<(i64, u32)> = around
        .map(|(shared, found)| place(index, *shared, *found))
        .collect();
    near.sort_unstable_by(order);
    // A party of many names is one of the crowd, and has two of them compared.
    let mut crowd: Vec<(EntityNo, u32)> = Vec::with_capacity(CROWD);
    for (_, found) in near {
        let entity = index.reading_entity(found);
        let held = crowd.iter().filter(|(no, _)| *no == entity);
        // A query of several readings has met some of them several times.
        if held.clone().count() < 2 && held.clone().all(|(_, reading)| *reading != found) {
            crowd.push((entity, found));
            if crowd.len() == CROWD {
                break;
            }
        }
    }
    crowd.sort_unstable();
    crowd
}

/// Counts what every reading shares with one reading of the query.
fn collect<B: AsRef<[u8]>>(
    index: &Index<B>,
    prepared: &Prepared<'_>,
    reading: &AskedReading,
    scratch: &mut Scratch,
) {
    let Scratch {
        shared,
        touched,
        work,
        ..
    } = scratch;
    shared.begin(index.readings() as usize);
    touched.clear();
    let mut order: Vec<usize> = reading.asked.iter().map(|asked| asked.word).collect();
    order.sort_unstable_by_key(|no| {
        let word = &prepared.words[*no];
        (std::cmp::Reverse(word.bits), word.rank)
    });
    order.dedup();
    for &no in &order {
        let word = &prepared.words[no];
        if matches!(word.kind, PartKind::Form(_) | PartKind::Particle) {
            continue;
        }
        shared.step();
        for like in prepared.known.of(no) {
            let cost = u32::from(like.same.min(like.across));
            if cost == u32::from(APART) {
                continue;
            }
            let rarity = index.rarity(like.term).max(BIT);
            // A father's name says little of who somebody is, and finds him all the same.
            let bits = if word.patronymic {
                rarity
            } else {
                word.bits.min(rarity)
            };
            // A letter in error costs a share of the word, and half as much again.
            let letters = word.fold.len().max(3) as u32;
            let value = bits - (bits * cost * 3 / (letters * 200)).min(bits * 3 / 4);
            let postings = index.postings(like.term);
            work.walked += postings.len() as u64;
            // A common word brings in no new reading once enough are held.
            if postings.len() > COMMON && touched.len() > ENOUGH {
                postings.for_each(|found| shared.add_more(found, value));
            } else {
                postings.for_each(|found| {
                    if shared.add(found, value) {
                        touched.push(found);
                    }
                });
            }
        }
        if word.meaning != 0 {
            for term in index.lookup(Class::Meaning, &word.meaning.to_string()) {
                let value = word.bits.min(index.rarity(term)) * 3 / 4;
                let postings = index.postings(term);
                work.walked += postings.len() as u64;
                if postings.len() > COMMON && touched.len() > ENOUGH {
                    postings.for_each(|found| shared.add_more(found, value));
                    continue;
                }
                for found in postings {
                    if shared.add(found, value) {
                        touched.push(found);
                    }
                }
            }
        }
        if word.script.is_consonantal() && word.skeleton.len() >= 4 {
            for found in index.lookup(Class::JoinedBare, &word.skeleton) {
                if shared.add(found, word.bits * 8 / 10) {
                    touched.push(found);
                }
            }
        }
        if word.spelt {
            for found in index.lookup(Class::Joined, &word.fold) {
                if shared.add(found, word.bits * 9 / 10) {
                    touched.push(found);
                }
            }
            if word.acronym {
                let value = word.text.len() as u32 * 3 * BIT;
                for found in index.lookup(Class::Acronym, &word.text) {
                    if shared.add(found, value) {
                        touched.push(found);
                    }
                }
            }
        }
    }
    // A given name alone finds nobody. It tells those apart that share the family name,
    // so it is counted where something is shared already.
    for &no in &order {
        shared.step();
        let cognates = prepared.known.cognates.iter();
        for cognate in cognates.filter(|cognate| usize::from(cognate.word) == no) {
            let likes = prepared.known.standing_for(cognate.term);
            if likes.iter().any(|like| usize::from(like.word) == no) {
                continue;
            }
            let value = prepared.words[no].bits.min(cognate.bits) * 3 / 4;
            let postings = index.postings(cognate.term);
            work.walked += postings.len() as u64;
            postings.for_each(|found| shared.add_more(found, value));
        }
    }
    let bare = reading
        .asked
        .iter()
        .any(|asked| prepared.words[asked.word].script.is_consonantal());
    for text in &reading.joined {
        shared.step();
        let consonants = if bare { skeleton(text) } else { String::new() };
        if consonants.len() >= 4 {
            for term in index.lookup(Class::Skeleton, &consonants) {
                let value = index.rarity(term) * 8 / 10;
                for found in index.postings(term) {
                    if shared.add(found, value) {
                        touched.push(found);
                    }
                }
            }
        }
        for term in index.lookup(Class::Fold, text) {
            let value = index.rarity(term) * 9 / 10;
            for found in index.postings(term) {
                if shared.add(found, value) {
                    touched.push(found);
                }
            }
        }
    }
    if let Some(term) = reading
        .acronym
        .as_ref()
        .and_then(|letters| index.term(letters))
    {
        shared.step();
        for found in index.postings(term) {
            if shared.add(found, 8 * BIT) {
                touched.push(found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_score_asks_for_a_larger_share_up_to_a_rare_word() {
        assert_eq!(worth(20 * BIT, 0), 0);
        assert_eq!(worth(20 * BIT, 7_000), 7 * BIT);
        assert!(worth(20 * BIT, 5_000) < worth(20 * BIT, 7_000));
        // However long the query, a name that shares a word of its own is compared.
        assert_eq!(worth(400 * BIT, 7_000), RAREST);
        assert_eq!(worth(u32::MAX, 10_000), RAREST);
    }
}
