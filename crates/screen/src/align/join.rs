//! Words that are written together on one side only, or parted otherwise.

use scruple_names::PartKind;

use super::{Alignment, Pairing, gain};
use crate::alike::Word;
use crate::edit;
use crate::index::{Index, ListedPart};
use crate::matched::Agreement;
use crate::query::AskedReading;

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

impl Alignment {
    /// One word on one side, neighbours on the other.
    pub(super) fn joins<B: AsRef<[u8]>>(
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
                cost,
                letters: letters as u32,
                bridged,
                gain: gain(bits, cost + 10, letters as u32),
                tie,
                ..Pairing::new(Agreement::Joined, (a, a_len), (l, l_len), bits)
            });
        }
    }
}

/// Puts two folds together; a letter doubled at the seam is one.
fn append(bytes: &mut Vec<u8>, more: &[u8]) {
    let same = bytes.last() == more.first();
    bytes.extend_from_slice(more.get(usize::from(same)..).unwrap_or(&[]));
}
