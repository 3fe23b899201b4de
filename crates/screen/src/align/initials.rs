//! A letter for a name, and the first letters of several words.

use scruple_names::PartKind;

use super::{Alignment, Pairing};
use crate::alike::Word;
use crate::index::ListedPart;
use crate::matched::Agreement;
use crate::query::AskedReading;
use crate::weight::BIT;

impl Alignment {
    /// A letter for a name, and the first letters of several words.
    pub(super) fn initials(
        &mut self,
        reading: &AskedReading,
        words: &[Word],
        listed: &[ListedPart],
    ) {
        let single = |text: &str| text.len() == 1 && text.is_ascii();
        let any_letter = listed.iter().any(|part| part.traits.is_letter());
        for a in 0..self.free_asked.len() {
            if !self.free_asked[a] {
                continue;
            }
            let word = &words[reading.asked[a].word];
            let beside = if any_letter || single(&word.text) {
                listed
            } else {
                &[]
            };
            for (l, part) in beside.iter().enumerate() {
                if !self.free_listed[l] {
                    continue;
                }
                let ours = single(&word.text) && part.kind == PartKind::Word;
                let theirs = part.kind == PartKind::Particle && word.kind == PartKind::Word;
                if !ours && !theirs {
                    continue;
                }
                let initial = word.text.as_bytes().first() == Some(&part.traits.initial());
                if initial && (ours || part.traits.is_letter()) {
                    let bits = (2 * BIT).min(word.bits.max(part.bits));
                    self.more.push(Pairing {
                        gain: bits / 4,
                        tie: (part.term, word.rank),
                        ..Pairing::new(Agreement::Initial, (a, 1), (l, 1), bits)
                    });
                }
            }
            // An acronym of the listed words, in their order.
            if word.acronym && listed.len() >= 3 {
                self.acronym(a, word, listed);
            }
        }
    }

    fn acronym(&mut self, a: usize, word: &Word, listed: &[ListedPart]) {
        let letters = word.text.as_bytes();
        for start in 0..listed.len() {
            let (mut at, mut used) = (start, 0);
            while used < letters.len() && at < listed.len() && self.free_listed[at] {
                let part = &listed[at];
                let initial = part.traits.initial();
                if part.kind == PartKind::Word && initial == letters[used] {
                    used += 1;
                } else if part.kind == PartKind::Word || used == 0 {
                    break;
                }
                at += 1;
            }
            if used == letters.len() {
                let bits = (letters.len() as u32) * 3 * BIT;
                self.more.push(Pairing {
                    gain: bits / 2,
                    tie: (listed[start].term, word.rank),
                    ..Pairing::new(Agreement::Acronym, (a, 1), (start, at - start), bits)
                });
                return;
            }
        }
    }
}
