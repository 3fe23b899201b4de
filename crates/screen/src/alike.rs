//! Which listed words a word of the query may stand for, and how far apart they are.
//!
//! The index is asked for words of the same fold, of a fold with one letter more,
//! less or other, of the same consonants, and for a long word that is on no list,
//! of many of the same runs of three letters. Each is then compared by
//! [`crate::edit`]. What is found is kept by listed word, so that a name is later
//! laid beside the query without comparing any letters again.

use scruple_names::{PartKind, Script, deletions, is_pinyin};

use crate::background;
use crate::cognate::{self, Cognate};
use crate::edit::{self, at_least, at_least_bare, at_least_bridged, letters};
use crate::index::Index;
use crate::keys::{Class, LONG, NEAR, acronym_text, coarse, grams, key_of};
use crate::matched::Agreement;
use crate::patronymic::is_patronymic;
use crate::scratch::Scratch;
use crate::sense::{is_distinctive, is_force, is_place, is_title, meaning};
use crate::weight::{counted, log2, rarity, weight};

/// A text of the query in the shapes in which it is compared.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) fold: String,
    pub(crate) skeleton: String,
    pub(crate) script: Script,
    pub(crate) kind: PartKind,
    /// The same text in the index, if it is there.
    pub(crate) term: Option<u32>,
    /// What it says, in bits / 256.
    pub(crate) bits: u32,
    /// How well known this spelling is as a part of names, 0 to 256: a known
    /// spelling is less likely to be an error for another.
    pub(crate) known: u32,
    pub(crate) letters: u32,
    /// What it means, as [`meaning`] has it.
    pub(crate) meaning: u32,
    /// Whether it says where.
    pub(crate) place: bool,
    /// Whether it names an armed force or a corps.
    pub(crate) force: bool,
    /// Whether it is a title.
    pub(crate) title: bool,
    /// Whether it is a name of its own rather than a word for what a body is, or where.
    pub(crate) distinctive: bool,
    /// Whether it is spelt in whole syllables of pinyin.
    pub(crate) pinyin: bool,
    /// Whether its letters can be compared one by one.
    pub(crate) spelt: bool,
    /// Whether it has the ending of a name after the father.
    pub(crate) patronymic: bool,
    /// Whether it may be the initials of others.
    pub(crate) acronym: bool,
    /// Its place in the order of texts.
    pub(crate) rank: u32,
}

impl Word {
    pub(crate) fn new<B: AsRef<[u8]>>(
        index: &Index<B>,
        text: String,
        fold: String,
        skeleton: String,
        script: Script,
        kind: PartKind,
    ) -> Self {
        let term = index.term(&text);
        let holding = term.map_or_else(|| background::count(&text), |term| index.holding(term));
        let rare = term.map_or_else(|| spelling_rarity(index, &fold), |term| index.rarity(term));
        let holding = holding.max(holding_spelling(index, &fold));
        Self {
            bits: weight(kind, script, &text, rare),
            known: (log2(u64::from(holding) + 1) / 5).min(256),
            letters: letters(fold.as_bytes()),
            spelt: kind == PartKind::Word && fold.is_ascii() && fold.len() <= edit::LONGEST,
            patronymic: kind == PartKind::Word && is_patronymic(&text),
            acronym: kind == PartKind::Word && acronym_text(&text),
            meaning: if kind == PartKind::Word {
                meaning(&text)
            } else {
                0
            },
            place: kind == PartKind::Word && is_place(&text),
            force: kind == PartKind::Word && is_force(&text),
            title: kind == PartKind::Word && is_title(&text),
            pinyin: kind == PartKind::Word && is_pinyin(&text),
            distinctive: kind == PartKind::Word && is_distinctive(&text),
            term,
            text,
            fold,
            skeleton,
            script,
            kind,
            rank: 0,
        }
    }

    /// Most that it may differ by. A spelling that is on no list may be an error even in
    /// few letters, and a worse one in many.
    pub(crate) fn allowed(&self) -> u32 {
        match (self.fold.len(), self.known) {
            (2..=3, 0) => 100,
            (4, 0) => 140,
            (5, 0) => 200,
            (6..=7, 0) => 220,
            (8..=10, 0) => 260,
            (len, _) => allowed(len),
        }
    }

    /// Whether it cannot stand for a word of so many bytes and these letters: what
    /// [`Word::distance`] would find out with more work.
    pub(crate) fn apart(&self, letters: u32, len: usize, bare: bool) -> bool {
        if self.script.is_consonantal() == bare {
            let allowed = self.allowed();
            len.abs_diff(self.fold.len()) as u32 * LEAST_GAP > allowed
                || at_least(self.letters, letters) > allowed
        } else {
            // Of a listed word from such a script the consonants are not known here.
            let most = if bare {
                allowed_bridged(usize::MAX)
            } else {
                allowed_bridged(self.skeleton.len())
            };
            at_least_bare(self.letters, letters) > most
                || at_least_bridged(self.letters, letters) > BRIDGED_APART
        }
    }

    /// How far it is from a listed word, if it may stand for it at all. `bare` says
    /// whether the listed word comes from a script that leaves vowels out.
    pub(crate) fn distance<B: AsRef<[u8]>>(
        &self,
        index: &Index<B>,
        term: u32,
        bare: bool,
    ) -> Option<u32> {
        if !self.spelt {
            return None;
        }
        let ours_bare = self.script.is_consonantal();
        let theirs = index.letters(term);
        if ours_bare == bare {
            let allowed = self.allowed();
            if at_least(self.letters, theirs) > allowed {
                return None;
            }
            let fold = index.fold_bytes(term);
            let apart = fold.len().abs_diff(self.fold.len()) as u32;
            if apart * LEAST_GAP > allowed || !fold.is_ascii() {
                return None;
            }
            edit::written(self.fold.as_bytes(), fold, allowed)
        } else {
            if at_least_bridged(self.letters, theirs) > BRIDGED_APART {
                return None;
            }
            let (fold, own) = (index.fold_bytes(term), self.fold.as_bytes());
            if !fold.is_ascii() {
                return None;
            }
            let (short, full, skeleton) = if bare {
                (fold, own, index.term_skeleton(term).len())
            } else {
                (own, fold, self.skeleton.len())
            };
            edit::bridged(short, full, allowed_bridged(skeleton))
        }
    }
}

/// How many names hold a name of another ending that is counted as one with it.
fn holding_spelling<B: AsRef<[u8]>>(index: &Index<B>, fold: &str) -> u32 {
    let spelling = counted(fold);
    if spelling == fold {
        return 0;
    }
    let held = index.lookup(Class::Fold, spelling);
    let most = held.map(|term| index.holding(term)).max().unwrap_or(0);
    most.max(background::count_spelling(spelling))
}

/// How rare a part is that is not listed as it is written: as another spelling that is.
fn spelling_rarity<B: AsRef<[u8]>>(index: &Index<B>, fold: &str) -> u32 {
    let like = index
        .lookup(Class::Fold, fold)
        .map(|term| index.rarity(term));
    let general = background::count_spelling(counted(fold));
    like.min()
        .unwrap_or(u32::MAX)
        .min(rarity(general, index.all()))
}

/// The least that a letter of one side only costs.
const LEAST_GAP: u32 = 35;

/// From here on, letters alone say that two words do not agree by their consonants.
const BRIDGED_APART: u32 = 120;

/// Most that a word of so many letters may differ by.
pub(crate) fn allowed(len: usize) -> u32 {
    match len {
        0..=2 => 0,
        3 => 45,
        4 => 100,
        5 => 120,
        6..=7 => 160,
        8..=10 => 220,
        _ => 280,
    }
}

/// The same by consonants, where the vowels are not written.
fn allowed_bridged(consonants: usize) -> u32 {
    match consonants {
        0 => 0,
        1 => 15,
        2 => 30,
        3 => 70,
        4 => 110,
        _ => 150,
    }
}

/// A listed word that a word of the query may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Like {
    pub(crate) term: u32,
    pub(crate) word: u16,
    /// Distance where both write vowels or both leave them out.
    pub(crate) same: u16,
    /// Distance where the listed word comes from the other kind of script.
    pub(crate) across: u16,
}

/// No way from one to the other.
pub(crate) const APART: u16 = u16::MAX;

/// All that was found, by listed word.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// In the order of words of the query, nearest first.
    found: Vec<Like>,
    /// For each word of the query, where its own begin.
    starts: Vec<usize>,
    /// In the order of terms.
    by_term: Vec<Like>,
    /// Given names that are one with a word of the query, in the order of terms.
    pub(crate) cognates: Vec<Cognate>,
    /// Which terms there are, by their last bits: most look-ups end here.
    sieve: Vec<u64>,
}

const SIEVE: u32 = 1 << 13;

impl Known {
    /// What a word of the query may stand for, nearest first.
    pub(crate) fn of(&self, word: usize) -> &[Like] {
        let start = self.starts.get(word).copied().unwrap_or(0);
        let end = self
            .starts
            .get(word + 1)
            .copied()
            .unwrap_or(self.found.len());
        self.found.get(start..end).unwrap_or(&[])
    }

    /// Whether a term may be among those that were found.
    fn may_hold(&self, term: u32) -> bool {
        let bit = term & (SIEVE - 1);
        let cell = self.sieve.get((bit / 64) as usize).copied().unwrap_or(0);
        cell & 1 << (bit % 64) != 0
    }

    /// The words of the query that may stand for a term.
    pub(crate) fn standing_for(&self, term: u32) -> &[Like] {
        if !self.may_hold(term) {
            return &[];
        }
        of_term(&self.by_term, term, |like| like.term)
    }

    /// The words of the query that are one given name with a term.
    pub(crate) fn cognates_of(&self, term: u32) -> &[Cognate] {
        if self.cognates.is_empty() || !self.may_hold(term) {
            return &[];
        }
        of_term(&self.cognates, term, |cognate| cognate.term)
    }

    /// Makes what was found ready to be asked for by term.
    pub(crate) fn index(&mut self) {
        self.by_term.clone_from(&self.found);
        self.by_term
            .sort_unstable_by_key(|like| (like.term, like.word));
        cognate::sort(&mut self.cognates);
        self.sieve = vec![0; (SIEVE / 64) as usize];
        let likes = self.by_term.iter().map(|like| like.term);
        for term in likes.chain(self.cognates.iter().map(|cognate| cognate.term)) {
            let bit = term & (SIEVE - 1);
            self.sieve[(bit / 64) as usize] |= 1 << (bit % 64);
        }
    }
}

/// The run of rows that are of one term, in rows that stand in the order of terms.
fn of_term<T>(rows: &[T], term: u32, of: impl Fn(&T) -> u32) -> &[T] {
    let start = rows.partition_point(|row| of(row) < term);
    let rest = &rows[start..];
    let len = rest.iter().take_while(|row| of(row) == term).count();
    &rest[..len]
}

/// Most words that one may stand for: the nearest are kept.
const MOST: usize = 160;

/// The search for like words.
pub(crate) struct Alike<'a, B> {
    pub(crate) index: &'a Index<B>,
    pub(crate) scratch: &'a mut Scratch,
}

impl<B: AsRef<[u8]>> Alike<'_, B> {
    /// Finds what a word may stand for and adds it to `known`.
    pub(crate) fn find(&mut self, no: usize, word: &Word, known: &mut Known) {
        let start = known.found.len();
        known.starts.push(start);
        let no = u16::try_from(no).unwrap_or(u16::MAX);
        if let Some(term) = word.term {
            known.found.push(Like {
                term,
                word: no,
                same: 0,
                across: 0,
            });
        }
        if !word.spelt {
            return;
        }
        self.gather(word);
        self.scratch.terms.sort_unstable();
        self.scratch.terms.dedup();
        self.scratch.work.compared += self.scratch.terms.len() as u64;
        for &term in &self.scratch.terms {
            if Some(term) == word.term {
                continue;
            }
            let (letters, len) = (self.index.letters(term), self.index.fold_len(term));
            let cost = |bare| {
                if word.apart(letters, len, bare) {
                    return APART;
                }
                word.distance(self.index, term, bare)
                    .map_or(APART, |cost| u16::try_from(cost).unwrap_or(APART))
            };
            let ours = word.script.is_consonantal();
            // Across kinds of script only where one of the two is of the other kind.
            let across = if ours || self.index.traits(term).is_bare() {
                cost(!ours)
            } else {
                APART
            };
            let like = Like {
                term,
                word: no,
                same: cost(ours),
                across,
            };
            if like.same != APART || like.across != APART {
                known.found.push(like);
            }
        }
        let own = &mut known.found[start..];
        own.sort_unstable_by_key(|like| (like.same.min(like.across), like.term));
        if own.len() > MOST {
            known.found.truncate(start + MOST);
        }
    }

    /// Collects the terms worth comparing.
    fn gather(&mut self, word: &Word) {
        let Scratch {
            terms,
            grams: counts,
            ..
        } = &mut *self.scratch;
        terms.clear();
        let fold = word.fold.as_str();
        terms.extend(self.index.lookup(Class::Fold, fold));
        let chars = fold.len();
        if chars + 1 >= NEAR {
            for less in deletions(fold) {
                terms.extend(self.index.lookup(Class::NearFold, &less));
            }
        }
        if word.skeleton.len() >= 2 {
            if word.script.is_consonantal() || word.skeleton.len() >= 3 {
                terms.extend(self.index.lookup(Class::Skeleton, &word.skeleton));
            } else {
                terms.extend(self.index.lookup(Class::ConsonantSkeleton, &word.skeleton));
            }
            if word.script.is_consonantal() && word.skeleton.len() >= 4 {
                for less in deletions(&word.skeleton) {
                    terms.extend(self.index.lookup(Class::Skeleton, &less));
                }
            }
        }
        // A spelling of its own, or one without vowels, may be another romanisation.
        let least = match word.term {
            _ if word.script.is_consonantal() => 3,
            None => 5,
            Some(_) => usize::MAX,
        };
        if chars >= least {
            let coarse = coarse(fold);
            if coarse.len() >= least {
                terms.extend(self.index.lookup(Class::Coarse, &coarse));
            }
        }
        if word.term.is_none() && chars >= LONG && !word.script.is_consonantal() {
            // Two errors leave at least so many runs of three letters whole.
            let least = (chars.saturating_sub(6)).max(2) as u32;
            counts.begin(self.index.terms() as usize);
            let mut seen = Vec::new();
            for gram in grams(fold) {
                counts.step();
                for term in self.index.lookup_key(key_of(Class::Gram, gram.into_iter())) {
                    if counts.add(term, 1) {
                        seen.push(term);
                    }
                }
            }
            terms.extend(seen.into_iter().filter(|term| counts.get(*term) >= least));
        }
    }
}

/// How two words agree whose distance is known.
pub(crate) fn agreement(word: &Word, listed: Script, same_text: bool, cost: u32) -> Agreement {
    match (same_text, cost) {
        (true, _)
            if word.script == listed && !(word.script == Script::Han && word.text.is_ascii()) =>
        {
            Agreement::Exact
        }
        (true, _) | (false, 0) => Agreement::Transliterated,
        _ if word.script.is_consonantal() != listed.is_consonantal() && cost < 60 => {
            Agreement::Transliterated
        }
        _ => Agreement::Typo,
    }
}
