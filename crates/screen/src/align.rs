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

use rustc_hash::FxHashMap;
use scruple_names::PartKind;

use crate::alike::{APART, Word, agreement, allowed};
use crate::edit;
use crate::index::{Index, ListedPart};
use crate::matched::Agreement;
use crate::patronymic::father;
use crate::query::{AskedReading, LONGEST, Prepared};
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
    /// Letters of the shorter side.
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

/// Which words are a piece of which legal form: asked of the same few again and
/// again, for one query.
#[derive(Clone, Debug, Default)]
struct Pieces {
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

/// Distances that were worked out for this query: the same listed words come again
/// with one candidate after another. A cell that another pair needs is given up.
#[derive(Clone, Debug, Default)]
struct Memo(Vec<(u64, Option<u32>)>);

impl Memo {
    const CELLS: usize = 1 << 10;

    fn distance(
        &mut self,
        word: usize,
        term: u32,
        bare: bool,
        find: impl FnOnce() -> Option<u32>,
    ) -> Option<u32> {
        if self.0.is_empty() {
            self.0.resize(Self::CELLS, (0, None));
        }
        // Never 0, which stands for an empty cell.
        let key = u64::from(term) << 32 | (word as u64 & 0x3fff_ffff) << 1 | u64::from(bare);
        let key = key | 1 << 31;
        let at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize;
        let cell = &mut self.0[at % Self::CELLS];
        if cell.0 != key {
            *cell = (key, find());
        }
        cell.1
    }
}

/// Most that words written together may differ by, in eight letters or more, in
/// fewer, and by their consonants.
const JOINED_LONG: u32 = 110;
const JOINED: u32 = 60;
const JOINED_ACROSS: u32 = 60;
/// The same where both sides have several words: a letter has crossed the space, no more.
const JOINED_BOTH: u32 = 35;

/// What is known of a spelling before it is put together: enough to rule most out.
#[derive(Clone, Copy)]
struct Sketch {
    /// Bytes, at most and at least: a letter doubled at a seam is one.
    most: usize,
    least: usize,
    letters: u32,
}

impl Sketch {
    fn of_word(word: &Word) -> Self {
        let len = word.fold.len();
        Self {
            most: len,
            least: len,
            letters: word.letters,
        }
    }

    fn of_part(part: &ListedPart) -> Self {
        let len = usize::from(part.fold_len);
        Self {
            most: len,
            least: len,
            letters: part.letters,
        }
    }

    fn and(self, next: Self) -> Self {
        Self {
            most: self.most + next.most,
            least: (self.least + next.least).saturating_sub(1),
            letters: self.letters | next.letters,
        }
    }

    /// Whether the two cannot agree, whatever the order of their letters.
    fn excludes(self, other: Self, bridged: bool) -> bool {
        if bridged {
            return edit::at_least_bare(self.letters, other.letters) > JOINED_ACROSS;
        }
        self.least > other.most + 1
            || other.least > self.most + 1
            || edit::at_least(self.letters, other.letters) > JOINED_LONG
    }
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
            self.near(index, prepared, reading, listed);
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
        self.oppose(&word, listed);
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
        self.pairings.push(Pairing {
            asked: (asked as u8, 1),
            listed: (listed as u8, 1),
            agreement: how,
            cost: 0,
            letters: word.fold.len() as u32,
            bits,
            known: word.known,
            bridged: false,
            gain: bits,
            tie: (0, 0),
        });
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

    /// Words a few letters apart.
    fn near<B: AsRef<[u8]>>(
        &mut self,
        index: &Index<B>,
        prepared: &Prepared<'_>,
        reading: &AskedReading,
        listed: &[ListedPart],
    ) {
        for (l, part) in listed.iter().enumerate() {
            if !self.free_listed[l] || part.kind != PartKind::Word {
                continue;
            }
            let bare = part.script.is_consonantal();
            let likes = prepared.known.standing_for(part.term);
            for a in 0..self.free_asked.len() {
                if !self.free_asked[a] {
                    continue;
                }
                let no = reading.asked[a].word;
                let word = &prepared.words[no];
                if !word.spelt {
                    continue;
                }
                if word.meaning != 0 && word.meaning == part.traits.meaning() {
                    let bits = word.bits.min(part.bits);
                    self.more.push(Pairing {
                        asked: (a as u8, 1),
                        listed: (l as u8, 1),
                        agreement: Agreement::Meaning,
                        cost: 0,
                        letters: 8,
                        bits,
                        known: 0,
                        bridged: false,
                        gain: bits * 3 / 4,
                        tie: (part.term, word.rank),
                    });
                    continue;
                }
                let bridged = word.script.is_consonantal() != bare;
                // Two fathers are two, however alike their sons' names end.
                let fathers = !bridged && word.patronymic && part.traits.is_patronymic();
                if fathers {
                    let ours = father(word.fold.as_bytes());
                    let theirs = father(index.fold_bytes(part.term));
                    // A spelling that many bear is no error for another.
                    let allowed = if word.known > 0 {
                        allowed(ours.len()).min(FATHERS)
                    } else {
                        word.allowed()
                    };
                    if let Some(cost) = edit::written(ours, theirs, allowed) {
                        let bits = word.bits.min(part.bits);
                        self.more.push(Pairing {
                            asked: (a as u8, 1),
                            listed: (l as u8, 1),
                            agreement: agreement(word, part.script, false, cost),
                            cost,
                            letters: ours.len().min(theirs.len()) as u32,
                            bits,
                            known: word.known,
                            bridged: false,
                            gain: gain(bits, cost, ours.len() as u32),
                            tie: (part.term, word.rank),
                        });
                    }
                    continue;
                }
                let found = likes.iter().find(|like| usize::from(like.word) == no);
                let cost = match found {
                    Some(like) if bridged => {
                        (like.across != APART).then_some(u32::from(like.across))
                    }
                    Some(like) => (like.same != APART).then_some(u32::from(like.same)),
                    // What the search for like words may have left out: more errors than one
                    // in a word that is on no list, or in a long one.
                    None if word.known == 0 || word.fold.len() >= 6 => {
                        if word.apart(part.letters, part.fold_len.into(), bare) {
                            continue;
                        }
                        self.memo.distance(no, part.term, bare, || {
                            word.distance(index, part.term, bare)
                        })
                    }
                    None => None,
                };
                let Some(cost) = cost else { continue };
                let mut bits = word.bits.min(part.bits);
                if bridged {
                    bits = bits.min(index.skeleton_rarity(part.term).max(BIT));
                }
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
                self.more.push(Pairing {
                    asked: (a as u8, 1),
                    listed: (l as u8, 1),
                    agreement: agreement(word, part.script, false, cost),
                    cost,
                    letters,
                    bits,
                    known: word.known,
                    bridged,
                    gain: gain(bits, cost, length),
                    tie: (part.term, word.rank),
                });
            }
        }
    }

    /// One word on one side, neighbours on the other.
    fn joins<B: AsRef<[u8]>>(
        &mut self,
        index: &Index<B>,
        reading: &AskedReading,
        words: &[Word],
        listed: &[ListedPart],
    ) {
        let mut bytes = std::mem::take(&mut self.bytes);
        let joins_up = |kind| matches!(kind, PartKind::Word | PartKind::Particle);
        // Neighbours of the listed name, one word of the query.
        for l in 0..listed.len() {
            if !self.free_listed[l] || !joins_up(listed[l].kind) {
                continue;
            }
            let first = listed[l];
            let mut sketch = Sketch::of_part(&first);
            let mut bits = first.bits;
            let mut tie = first.term;
            for more in 1..4_usize {
                let Some(next) = listed.get(l + more) else {
                    break;
                };
                let run = first.script.is_syllabic() && next.run == first.run;
                let article = more == 2 && listed[l + 1].kind == PartKind::Particle;
                if !self.free_listed[l + more]
                    || !joins_up(next.kind)
                    || (more > 1 && !run && !article)
                {
                    break;
                }
                sketch = sketch.and(Sketch::of_part(next));
                bits += next.bits;
                tie = tie.min(next.term);
                bytes.clear();
                for a in 0..self.free_asked.len() {
                    let word = &words[reading.asked[a].word];
                    if !self.free_asked[a] || !word.spelt {
                        continue;
                    }
                    let bare = (word.script.is_consonantal(), first.script.is_consonantal());
                    if Sketch::of_word(word).excludes(sketch, bare.0 != bare.1) {
                        continue;
                    }
                    if bytes.is_empty() {
                        for part in &listed[l..=l + more] {
                            append(&mut bytes, index.fold_bytes(part.term));
                        }
                    }
                    let pieces = (a, 1, l, more + 1);
                    let (bits, tie) = ((word.bits, bits), (tie, word.rank));
                    self.join(word.fold.as_bytes(), &bytes, bare, pieces, bits, tie);
                }
            }
        }
        // Neighbours of the query, one listed word.
        for a in 0..self.free_asked.len() {
            let first = &words[reading.asked[a].word];
            if !self.free_asked[a] || !joins_up(first.kind) || !first.fold.is_ascii() {
                continue;
            }
            let mut sketch = Sketch::of_word(first);
            let mut bits = first.bits;
            for more in 1..4_usize {
                let Some(next) = reading.asked.get(a + more) else {
                    break;
                };
                let word = &words[next.word];
                let run = first.script.is_syllabic() && next.run == reading.asked[a].run;
                let article =
                    more == 2 && words[reading.asked[a + 1].word].kind == PartKind::Particle;
                if !self.free_asked[a + more]
                    || !joins_up(word.kind)
                    || (more > 1 && !run && !article)
                {
                    break;
                }
                sketch = sketch.and(Sketch::of_word(word));
                bits += word.bits;
                bytes.clear();
                for (l, part) in listed.iter().enumerate() {
                    if !self.free_listed[l] || part.kind != PartKind::Word {
                        continue;
                    }
                    let bare = (first.script.is_consonantal(), part.script.is_consonantal());
                    if Sketch::of_part(part).excludes(sketch, bare.0 != bare.1) {
                        continue;
                    }
                    if bytes.is_empty() {
                        for asked in &reading.asked[a..=a + more] {
                            append(&mut bytes, words[asked.word].fold.as_bytes());
                        }
                    }
                    let fold = index.fold_bytes(part.term);
                    let pieces = (a, more + 1, l, 1);
                    let (bits, tie) = ((bits, part.bits), (part.term, first.rank));
                    self.join(&bytes, fold, bare, pieces, bits, tie);
                }
            }
        }
        // Neighbours on both sides, where a letter has crossed the space between them.
        let mut theirs = std::mem::take(&mut self.theirs);
        for a in 1..self.free_asked.len() {
            let (first, second) = (
                &words[reading.asked[a - 1].word],
                &words[reading.asked[a].word],
            );
            let both = self.free_asked[a - 1] && self.free_asked[a];
            if !both || !first.spelt || !second.spelt {
                continue;
            }
            let sketch = Sketch::of_word(first).and(Sketch::of_word(second));
            for l in 1..listed.len() {
                let (x, y) = (&listed[l - 1], &listed[l]);
                let words = x.kind == PartKind::Word && y.kind == PartKind::Word;
                if !words || !self.free_listed[l - 1] || !self.free_listed[l] {
                    continue;
                }
                let bare = (first.script.is_consonantal(), x.script.is_consonantal());
                let other = Sketch::of_part(x).and(Sketch::of_part(y));
                if sketch.excludes(other, bare.0 != bare.1) {
                    continue;
                }
                bytes.clear();
                append(&mut bytes, first.fold.as_bytes());
                append(&mut bytes, second.fold.as_bytes());
                theirs.clear();
                append(&mut theirs, index.fold_bytes(x.term));
                append(&mut theirs, index.fold_bytes(y.term));
                let pieces = (a - 1, 2, l - 1, 2);
                let bits = (first.bits + second.bits, x.bits + y.bits);
                self.join(&bytes, &theirs, bare, pieces, bits, (x.term, first.rank));
            }
        }
        self.theirs = theirs;
        self.bytes = bytes;
    }

    fn join(
        &mut self,
        ours: &[u8],
        theirs: &[u8],
        (ours_bare, theirs_bare): (bool, bool),
        (a, a_len, l, l_len): (usize, usize, usize, usize),
        (our_bits, their_bits): (u32, u32),
        tie: (u32, u32),
    ) {
        let letters = ours.len().min(theirs.len());
        if letters < 4 {
            return;
        }
        let bridged = ours_bare != theirs_bare;
        let cost = if bridged {
            let (bare, full) = if ours_bare {
                (ours, theirs)
            } else {
                (theirs, ours)
            };
            if bare.len() > full.len() + 3 || full.len() > bare.len() * 2 + 2 {
                return;
            }
            edit::bridged(bare, full, JOINED_ACROSS)
        } else {
            if ours.len().abs_diff(theirs.len()) > 1 {
                return;
            }
            let allowed = match letters {
                _ if a_len.min(l_len) > 1 => JOINED_BOTH,
                8.. => JOINED_LONG,
                _ => JOINED,
            };
            edit::written(ours, theirs, allowed)
        };
        if let Some(cost) = cost {
            let bits = our_bits.min(their_bits);
            self.more.push(Pairing {
                asked: (a as u8, a_len as u8),
                listed: (l as u8, l_len as u8),
                agreement: Agreement::Joined,
                cost,
                letters: letters as u32,
                bits,
                known: 0,
                bridged,
                gain: gain(bits, cost + 10, letters as u32),
                tie,
            });
        }
    }

    /// A letter for a name, and the first letters of several words.
    fn initials(&mut self, reading: &AskedReading, words: &[Word], listed: &[ListedPart]) {
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
                        asked: (a as u8, 1),
                        listed: (l as u8, 1),
                        agreement: Agreement::Initial,
                        cost: 0,
                        letters: 1,
                        bits,
                        known: 0,
                        bridged: false,
                        gain: bits / 4,
                        tie: (part.term, word.rank),
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
                    asked: (a as u8, 1),
                    listed: (start as u8, (at - start) as u8),
                    agreement: Agreement::Acronym,
                    cost: 0,
                    letters: letters.len() as u32,
                    bits,
                    known: 0,
                    bridged: false,
                    gain: bits / 2,
                    tie: (listed[start].term, word.rank),
                });
                return;
            }
        }
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

    /// Words that are a piece of the other side's legal form, spelt wrong or cut off
    /// from the rest of it, are part of it.
    fn forms<B: AsRef<[u8]>>(
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
                self.part_of_form((a as u8, 1), (l as u8, 1));
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
                self.part_of_form((a as u8, 1), (l as u8, 1));
            }
        }
    }

    fn part_of_form(&mut self, asked: (u8, u8), listed: (u8, u8)) {
        self.pairings.push(Pairing {
            asked,
            listed,
            agreement: Agreement::LegalForm,
            cost: 0,
            letters: 4,
            bits: BIT / 2,
            known: 0,
            bridged: false,
            gain: BIT / 2,
            tie: (0, 0),
        });
    }

    /// Sets what is left on both sides against each other: patronymics first, then
    /// the rarest.
    fn oppose<'w>(&mut self, word: &impl Fn(usize) -> &'w Word, listed: &[ListedPart]) {
        let is_word = |kind| kind == PartKind::Word;
        let (mut ours, mut theirs) = (
            std::mem::take(&mut self.ours),
            std::mem::take(&mut self.others),
        );
        ours.clear();
        theirs.clear();
        let left = |l: &&u8| is_word(listed[usize::from(**l)].kind);
        theirs.extend(self.left_listed.iter().filter(left));
        if !theirs.is_empty() {
            let left = |a: &&u8| is_word(word(usize::from(**a)).kind);
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

/// Puts two folds together; a letter doubled at the seam is one.
fn append(bytes: &mut Vec<u8>, more: &[u8]) {
    let same = bytes.last() == more.first();
    bytes.extend_from_slice(more.get(usize::from(same)..).unwrap_or(&[]));
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
