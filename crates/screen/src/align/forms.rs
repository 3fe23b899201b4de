//! Pieces of legal forms.

use rustc_hash::FxHashMap;
use scruple_names::PartKind;

use super::{Alignment, Pairing};
use crate::alike::{Word, allowed};
use crate::edit;
use crate::index::{Index, ListedPart};
use crate::matched::Agreement;
use crate::query::AskedReading;
use crate::weight::BIT;

/// Which words are a piece of which legal form: asked of the same few again and
/// again, for one query.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces {
    /// By word of the query and term, and whether the form is the listed one.
    known: FxHashMap<(usize, u32, bool), bool>,
    /// The words of a form as folds, by its text.
    folds: FxHashMap<String, Vec<(String, u32)>>,
}

impl Pieces {
    /// Whether a part is a piece of a phrase: a shorter form all of whose words it has, a
    /// small word that it has, a word that it has or that is a typing error from one.
    fn has<'t>(
        &mut self,
        pair: (usize, u32, bool),
        find: impl FnOnce() -> (PartKind, &'t str, &'t [u8], &'t str),
    ) -> bool {
        let folds = &mut self.folds;
        *self.known.entry(pair).or_insert_with(|| {
            let (kind, text, fold, phrase) = find();
            let mut words = phrase.split(' ');
            match kind {
                PartKind::Number => false,
                PartKind::Form(_) => text
                    .split(' ')
                    .all(|word| words.clone().any(|of| of == word)),
                PartKind::Particle => words.any(|of| of == text),
                PartKind::Word => {
                    if !folds.contains_key(phrase) {
                        let folded = words.map(|of| {
                            let of = scruple_names::fold(of);
                            let letters = edit::letters(of.as_bytes());
                            (of, letters)
                        });
                        let folded = folded.filter(|(of, _)| of.len() >= 3).collect();
                        folds.insert(phrase.to_owned(), folded);
                    }
                    spells_one(fold, folds.get(phrase).map_or(&[], Vec::as_slice))
                }
            }
        })
    }
}

/// Whether a word is one of these or a typing error from one.
fn spells_one(fold: &[u8], words: &[(String, u32)]) -> bool {
    let allowed = if fold.len() < 5 {
        100
    } else {
        allowed(fold.len())
    };
    let letters = edit::letters(fold);
    (2..=edit::LONGEST).contains(&fold.len())
        && words.iter().any(|(of, theirs)| {
            edit::at_least(letters, *theirs) <= allowed
                && edit::written(fold, of.as_bytes(), allowed).is_some()
        })
}

impl Alignment {
    /// Words that are a piece of the other side's legal form, spelt wrong or cut off
    /// from the rest of it, are part of it.
    pub(super) fn forms<B: AsRef<[u8]>>(
        &mut self,
        reading: &AskedReading,
        words: &[Word],
        index: &Index<B>,
        listed: &[ListedPart],
    ) {
        for a in 0..self.free_asked.len() {
            let word = &words[reading.asked[a].word];
            if !self.free_asked[a] || word.kind == PartKind::Number {
                continue;
            }
            let no = reading.asked[a].word;
            let form = (0..listed.len()).find(|l| {
                let part = &listed[*l];
                matches!(part.kind, PartKind::Form(_))
                    && self.pieces.has((no, part.term, true), || {
                        let phrase = index.term_text(part.term);
                        (word.kind, &word.text, word.fold.as_bytes(), phrase)
                    })
            });
            if let Some(l) = form {
                self.free_asked[a] = false;
                self.free_listed[l] = false;
                self.part_of_form(a, l);
            }
        }
        for (l, part) in listed.iter().enumerate() {
            if !self.free_listed[l] || part.kind == PartKind::Number {
                continue;
            }
            let form = (0..self.free_asked.len()).find(|a| {
                let no = reading.asked[*a].word;
                let word = &words[no];
                matches!(word.kind, PartKind::Form(_))
                    && self.pieces.has((no, part.term, false), || {
                        let text = index.term_text(part.term);
                        let fold = index.fold_bytes(part.term);
                        (part.kind, text, fold, &word.text)
                    })
            });
            if let Some(a) = form {
                self.free_asked[a] = false;
                self.free_listed[l] = false;
                self.part_of_form(a, l);
            }
        }
    }

    fn part_of_form(&mut self, asked: usize, listed: usize) {
        let pair = Pairing::new(Agreement::LegalForm, (asked, 1), (listed, 1), BIT / 2);
        self.pairings.push(pair);
    }
}
