//! Lays the parts of two names side by side.
//!
//! Equal parts are paired first, so that nothing inexact ever takes a part that has
//! its equal. Then every other pair that may be meant is weighed: words a few
//! letters apart, words written together on one side only, initials, an acronym.
//! The pair that explains most is taken, and the next, until nothing agrees. What
//! is left on both sides is set against each other: a surname where the other name
//! has another surname speaks louder than a word that one of them leaves out.
//!
//! Ties are broken by the words themselves, never by their place. Memory is used
//! again from one alignment to the next.

mod forms;
mod initials;
mod join;
mod memo;

use self::forms::Pieces;
use self::memo::Memo;

use scruple_names::PartKind;

use crate::alike::{APART, Like, Word, agreement, allowed};
use crate::edit;
use crate::index::{Index, ListedPart};
use crate::matched::Agreement;
use crate::patronymic::father;
use crate::query::{AskedReading, LONGEST, Prepared};
use crate::role::Role;
use crate::score::features::Mode;
use crate::weight::BIT;

/// Parts of the query and parts of the listed name that go together; each a first
/// part and how many.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pairing {
    pub(crate) asked: (u8, u8),
    pub(crate) listed: (u8, u8),
    pub(crate) agreement: Agreement,
    /// Distance in hundredths of a letter.
    pub(crate) cost: u32,
    /// Letters of the shorter side; 0 where no letter was compared.
    pub(crate) letters: u32,
    /// What the pair says, in bits / 256, before the cost.
    pub(crate) bits: u32,
    /// How well known the query's spelling is, 0 to 256.
    pub(crate) known: u32,
    /// Whether vowels had to be guessed.
    pub(crate) bridged: bool,
    gain: u32,
    tie: (u32, u32),
}

impl Pairing {
    /// A pair that agrees in full and says so much.
    fn new(agreement: Agreement, asked: (usize, usize), listed: (usize, usize), bits: u32) -> Self {
        // Names are cut to a few dozen parts.
        let span = |(first, count): (usize, usize)| (first as u8, count as u8);
        Self {
            asked: span(asked),
            listed: span(listed),
            agreement,
            cost: 0,
            letters: 0,
            bits,
            known: 0,
            bridged: false,
            gain: bits,
            tie: (0, 0),
        }
    }

    /// What is left of its bits after the cost.
    pub(crate) fn agreed(&self) -> u32 {
        self.gain
    }
}

/// What agrees, and the parts that are left.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alignment {
    pub(crate) pairings: Vec<Pairing>,
    pub(crate) left_asked: Vec<u8>,
    pub(crate) left_listed: Vec<u8>,
    /// Parts left on both sides, set against each other.
    pub(crate) against: Vec<(u8, u8)>,
    free_asked: Vec<bool>,
    free_listed: Vec<bool>,
    more: Vec<Pairing>,
    bytes: Vec<u8>,
    theirs: Vec<u8>,
    pieces: Pieces,
    memo: Memo,
    ours: Vec<u8>,
    others: Vec<u8>,
}

/// Most that two fathers' names may differ by and be one.
const FATHERS: u32 = 110;

fn gain(bits: u32, cost: u32, letters: u32) -> u32 {
    // Half the letters wrong is nothing in common.
    let lost = bits * cost * 2 / (letters.max(3) * 100);
    bits.saturating_sub(lost).max(bits / 16)
}

impl Alignment {
    /// Aligns a reading of the query with a reading of a listed name.
    pub(crate) fn run<B: AsRef<[u8]>>(
        &mut self,
        index: &Index<B>,
        prepared: &Prepared<'_>,
        reading: &AskedReading,
        listed: &[ListedPart],
        mode: Mode,
    ) {
        let words = &prepared.words;
        let word = |at: usize| &words[reading.asked[at].word];
        let count = reading.asked.len().min(LONGEST);
        self.pairings.clear();
        self.more.clear();
        self.left_asked.clear();
        self.left_listed.clear();
        self.against.clear();
        self.free_asked.clear();
        self.free_asked.resize(count, true);
        self.free_listed.clear();
        self.free_listed.resize(listed.len(), true);
        self.exact(reading, words, listed);
        if self.free_asked.contains(&true) && self.free_listed.contains(&true) {
            self.near(index, prepared, reading, listed, mode);
            self.joins(index, reading, words, listed);
            self.initials(reading, words, listed);
            self.take();
            self.forms(reading, words, index, listed);
        }
        for at in 0..count {
            if self.free_asked[at] {
                self.left_asked.push(at as u8);
            }
        }
        for at in 0..listed.len() {
            if self.free_listed[at] {
                self.left_listed.push(at as u8);
            }
        }
        self.oppose(reading, &word, listed);
    }

    fn push_exact(
        &mut self,
        asked: usize,
        listed: usize,
        word: &Word,
        part: &ListedPart,
        how: Agreement,
    ) {
        self.free_asked[asked] = false;
        self.free_listed[listed] = false;
        let bits = word.bits.min(part.bits);
        let pair = Pairing::new(how, (asked, 1), (listed, 1), bits);
        self.pairings.push(pair);
    }

    /// Equal texts, then legal forms of one kind.
    fn exact(&mut self, reading: &AskedReading, words: &[Word], listed: &[ListedPart]) {
        for a in 0..self.free_asked.len() {
            let word = &words[reading.asked[a].word];
            let Some(term) = word.term else { continue };
            let same = |l: &usize| self.free_listed[*l] && listed[*l].term == term;
            if let Some(l) = (0..listed.len()).find(same) {
                let part = &listed[l];
                let form = matches!(
                    (word.kind, part.kind),
                    (PartKind::Form(_), PartKind::Form(_))
                );
                let how = if form {
                    Agreement::LegalForm
                } else {
                    agreement(word, part.script, true, 0)
                };
                self.push_exact(a, l, word, part, how);
            }
        }
        for a in 0..self.free_asked.len() {
            let word = &words[reading.asked[a].word];
            let PartKind::Form(ours) = word.kind else {
                continue;
            };
            if !self.free_asked[a] {
                continue;
            }
            let same = |l: &usize| {
                self.free_listed[*l] && matches!(listed[*l].kind, PartKind::Form(no) if no == ours)
            };
            if let Some(l) = (0..listed.len()).find(same) {
                self.push_exact(a, l, word, &listed[l], Agreement::LegalForm);
            }
        }
    }

    /// Words a few letters apart, of one meaning, or one given name.
    fn near<B: AsRef<[u8]>>(
        &mut self,
        index: &Index<B>,
        prepared: &Prepared<'_>,
        reading: &AskedReading,
        listed: &[ListedPart],
        mode: Mode,
    ) {
        for (l, part) in listed.iter().enumerate() {
            if !self.free_listed[l] || part.kind != PartKind::Word {
                continue;
            }
            let likes = prepared.known.standing_for(part.term);
            let given =
                mode == Mode::Person && part.role != Role::Family && !part.traits.is_patronymic();
            let cognates = if given {
                prepared.known.cognates_of(part.term)
            } else {
                &[]
            };
            for a in 0..self.free_asked.len() {
                let asked = &reading.asked[a];
                let word = &prepared.words[asked.word];
                if !self.free_asked[a] || !word.spelt {
                    continue;
                }
                let spelling = self.like(index, asked.word, word, part, likes);
                let one = cognates.iter().find(|cognate| {
                    usize::from(cognate.word) == asked.word
                        && cognate.bare == part.script.is_consonantal()
                        && asked.role != Role::Family
                });
                let pair = match (spelling, one) {
                    (None, None) => continue,
                    // Less than a letter apart, letters say it all.
                    (Some(pair), Some(_)) if pair.cost < edit::LETTER => pair,
                    (Some(pair), None) => pair,
                    (spelling, Some(one)) => {
                        let bits = word.bits.min(part.bits).min(one.bits);
                        let given = Pairing::new(Agreement::Cognate, (0, 1), (0, 1), bits);
                        spelling
                            .filter(|pair| pair.gain >= given.gain)
                            .unwrap_or(given)
                    }
                };
                self.more.push(Pairing {
                    asked: (a as u8, 1),
                    listed: (l as u8, 1),
                    tie: (part.term, word.rank),
                    ..pair
                });
            }
        }
    }

    /// How a word of the query and a listed one agree by meaning or by letters, if they
    /// do, wherever they stand.
    fn like<B: AsRef<[u8]>>(
        &mut self,
        index: &Index<B>,
        no: usize,
        word: &Word,
        part: &ListedPart,
        likes: &[Like],
    ) -> Option<Pairing> {
        let bare = part.script.is_consonantal();
        let bits = word.bits.min(part.bits);
        let pair = |agreement, bits| Pairing::new(agreement, (0, 1), (0, 1), bits);
        if word.meaning != 0 && word.meaning == part.traits.meaning() {
            return Some(Pairing {
                gain: bits * 3 / 4,
                ..pair(Agreement::Meaning, bits)
            });
        }
        let bridged = word.script.is_consonantal() != bare;
        // Two fathers are two, however alike their sons' names end.
        if !bridged && word.patronymic && part.traits.is_patronymic() {
            let ours = father(word.fold.as_bytes());
            let theirs = father(index.fold_bytes(part.term));
            // A spelling that many bear is no error for another.
            let allowed = if word.known > 0 {
                allowed(ours.len()).min(FATHERS)
            } else {
                word.allowed()
            };
            let cost = edit::written(ours, theirs, allowed)?;
            return Some(Pairing {
                cost,
                letters: ours.len().min(theirs.len()) as u32,
                known: word.known,
                gain: gain(bits, cost, ours.len() as u32),
                ..pair(agreement(word, part.script, false, cost), bits)
            });
        }
        let found = likes.iter().find(|like| usize::from(like.word) == no);
        let cost = match found {
            Some(like) if bridged => (like.across != APART).then_some(u32::from(like.across)),
            Some(like) => (like.same != APART).then_some(u32::from(like.same)),
            // What the search for like words may have left out: more errors than one
            // in a word that is on no list, or in a long one.
            None if word.known == 0 || word.fold.len() >= 6 => {
                if word.apart(part.letters, part.fold_len.into(), bare) {
                    return None;
                }
                self.memo.distance(no, part.term, bare, || {
                    word.distance(index, part.term, bare)
                })
            }
            None => None,
        }?;
        let bits = if bridged {
            bits.min(index.skeleton_rarity(part.term).max(BIT))
        } else {
            bits
        };
        let whole = word.fold.len().min(part.fold_len.into());
        let ending = if bridged || cost == 0 {
            0
        } else {
            shared_ending(word.fold.as_bytes(), index.fold_bytes(part.term))
        };
        let letters = whole.saturating_sub(ending) as u32;
        let length = if bridged {
            letters.max(6)
        } else {
            whole as u32
        };
        Some(Pairing {
            cost,
            letters,
            known: word.known,
            bridged,
            gain: gain(bits, cost, length),
            ..pair(agreement(word, part.script, false, cost), bits)
        })
    }

    /// Takes the pairs that explain most.
    fn take(&mut self) {
        let mut more = std::mem::take(&mut self.more);
        more.sort_unstable_by_key(|p| {
            (std::cmp::Reverse(p.gain), p.cost, p.tie, p.asked, p.listed)
        });
        for pairing in &more {
            let asked = span(pairing.asked);
            let listed = span(pairing.listed);
            if asked.clone().all(|at| self.free_asked[at])
                && listed.clone().all(|at| self.free_listed[at])
            {
                self.free_asked[asked].fill(false);
                self.free_listed[listed].fill(false);
                self.pairings.push(*pairing);
            }
        }
        self.more = more;
    }

    /// Sets what is left on both sides against each other: patronymics first, then
    /// the rarest.
    fn oppose<'w>(
        &mut self,
        reading: &AskedReading,
        word: &impl Fn(usize) -> &'w Word,
        listed: &[ListedPart],
    ) {
        let is_word = |kind| kind == PartKind::Word;
        let (mut ours, mut theirs) = (
            std::mem::take(&mut self.ours),
            std::mem::take(&mut self.others),
        );
        ours.clear();
        theirs.clear();
        let left = |l: &&u8| {
            let part = &listed[usize::from(**l)];
            is_word(part.kind) && part.role != Role::Initials
        };
        theirs.extend(self.left_listed.iter().filter(left));
        if !theirs.is_empty() {
            let left = |a: &&u8| {
                let at = usize::from(**a);
                is_word(word(at).kind) && reading.asked[at].role != Role::Initials
            };
            ours.extend(self.left_asked.iter().filter(left));
        }
        let patronymic = |l: u8| listed[usize::from(l)].traits.is_patronymic();
        ours.retain(|a| {
            let Some(at) = theirs
                .iter()
                .position(|l| word(usize::from(*a)).patronymic && patronymic(*l))
            else {
                return true;
            };
            self.against.push((*a, theirs.remove(at)));
            false
        });
        if !ours.is_empty() {
            ours.sort_by_key(|a| {
                let word = word(usize::from(*a));
                (std::cmp::Reverse(word.bits), word.rank)
            });
            theirs.sort_by_key(|l| {
                let part = &listed[usize::from(*l)];
                (std::cmp::Reverse(part.bits), part.term)
            });
            let pairs = ours.iter().copied().zip(theirs.iter().copied());
            self.against.extend(pairs);
        }
        (self.ours, self.others) = (ours, theirs);
    }
}

/// The places of a run of parts.
pub(crate) fn span((first, count): (u8, u8)) -> std::ops::Range<usize> {
    usize::from(first)..usize::from(first) + usize::from(count)
}

/// Letters of an ending that both have and that very many names have: what differs
/// before it is a share of the rest. `Gorbunova` and `Germanova` differ in half of what
/// tells them apart.
fn shared_ending(a: &[u8], b: &[u8]) -> usize {
    const ENDINGS: [&[u8]; 14] = [
        b"ovic", b"evic", b"ovna", b"evna", b"skaia", b"enko", b"oglu", b"ova", b"eva", b"ina",
        b"ski", b"ov", b"ev", b"in",
    ];
    ENDINGS
        .iter()
        .filter(|ending| a.ends_with(ending) && b.ends_with(ending))
        .map(|ending| ending.len())
        .find(|len| a.len().min(b.len()) >= len + 2)
        .unwrap_or(0)
}
