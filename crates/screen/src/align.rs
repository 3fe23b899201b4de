//! Lays the parts of two names side by side.
//!
//! Exact parts are paired first, so that nothing inexact ever takes a part that
//! has its equal. Then the pairing that explains most is taken, and the next,
//! until nothing agrees. Ties are broken by the words themselves, never by their
//! place: the order of words does not change the outcome.

use scruple_names::{PartKind, fold, skeleton};

use crate::index::ListedPart;
use crate::matched::Agreement;
use crate::query::Asked;
use crate::similar::{WHOLE, Word, similar};

/// Parts of the query and parts of the listed name that go together.
#[derive(Clone, Debug)]
pub(crate) struct Pairing {
    pub(crate) asked: Vec<usize>,
    pub(crate) listed: Vec<usize>,
    /// In 1/1,000.
    pub(crate) similarity: u32,
    pub(crate) weight: u32,
    pub(crate) agreement: Agreement,
}

impl Pairing {
    /// What it explains, in weight × 1,000.
    pub(crate) fn gain(&self) -> u64 {
        u64::from(self.weight) * u64::from(self.similarity)
    }
}

/// What agrees, and the parts that are left.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alignment {
    pub(crate) pairings: Vec<Pairing>,
    pub(crate) unmatched_asked: Vec<usize>,
    pub(crate) unmatched_listed: Vec<usize>,
}

/// Least agreement of words that are written together on one side only.
const JOIN: u32 = 860;
/// What an agreement costs if the query's word is itself a listed one: then it
/// is less likely to be an error.
const KNOWN: u32 = 120;

/// Aligns a reading of the query with a reading of a listed name.
pub(crate) fn align(asked: &[Asked], listed: &[ListedPart<'_>]) -> Alignment {
    let mut out = Alignment::default();
    let mut free = Free {
        asked: vec![true; asked.len()],
        listed: vec![true; listed.len()],
    };
    exact(asked, listed, &mut free, &mut out);
    let mut more = Vec::new();
    words(asked, listed, &free, &mut more);
    if free.asked.contains(&true) && free.listed.contains(&true) {
        joins(asked, listed, &free, &mut more);
    }
    let order = |p: &Pairing| {
        let texts = p
            .asked
            .iter()
            .map(|a| asked[*a].part.text.as_str())
            .collect::<Vec<_>>();
        let theirs = p.listed.iter().map(|l| listed[*l].text).collect::<Vec<_>>();
        (
            std::cmp::Reverse(p.gain()),
            theirs,
            texts,
            p.asked.clone(),
            p.listed.clone(),
        )
    };
    more.sort_by_cached_key(order);
    for pairing in more {
        let is_free = pairing.asked.iter().all(|a| free.asked[*a])
            && pairing.listed.iter().all(|l| free.listed[*l]);
        if is_free {
            pairing.asked.iter().for_each(|a| free.asked[*a] = false);
            pairing.listed.iter().for_each(|l| free.listed[*l] = false);
            out.pairings.push(pairing);
        }
    }
    let left = |free: &[bool]| (0..free.len()).filter(|at| free[*at]).collect();
    out.unmatched_asked = left(&free.asked);
    out.unmatched_listed = left(&free.listed);
    out
}

struct Free {
    asked: Vec<bool>,
    listed: Vec<bool>,
}

/// Equal texts, and legal forms of one kind.
fn exact(asked: &[Asked], listed: &[ListedPart<'_>], free: &mut Free, out: &mut Alignment) {
    for same_text in [true, false] {
        for (a, ours) in asked.iter().enumerate() {
            for (l, theirs) in listed.iter().enumerate() {
                if !free.asked[a] || !free.listed[l] {
                    continue;
                }
                let forms = matches!(
                    (ours.part.kind, theirs.kind),
                    (PartKind::Form(x), PartKind::Form(y)) if x == y
                );
                let (similarity, agreement) = if same_text && ours.term == Some(theirs.term) {
                    let found = similar(word_of(ours), word_of_listed(theirs));
                    let (sim, how) = found.unwrap_or((WHOLE, Agreement::Exact));
                    (sim, if forms { Agreement::LegalForm } else { how })
                } else if !same_text && forms {
                    (900, Agreement::LegalForm)
                } else {
                    continue;
                };
                free.asked[a] = false;
                free.listed[l] = false;
                out.pairings.push(Pairing {
                    asked: vec![a],
                    listed: vec![l],
                    similarity,
                    weight: ours.weight.min(theirs.weight),
                    agreement,
                });
            }
        }
    }
}

fn words(asked: &[Asked], listed: &[ListedPart<'_>], free: &Free, out: &mut Vec<Pairing>) {
    for (a, ours) in asked
        .iter()
        .enumerate()
        .filter(|(a, o)| free.asked[*a] && is_word(o.part.kind))
    {
        for (l, theirs) in listed.iter().enumerate() {
            if !free.listed[l] || !is_word(theirs.kind) {
                continue;
            }
            let Some((mut similarity, agreement)) = similar(word_of(ours), word_of_listed(theirs))
            else {
                continue;
            };
            if agreement == Agreement::Typo && ours.term.is_some() {
                similarity = similarity.saturating_sub(KNOWN);
            }
            out.push(Pairing {
                asked: vec![a],
                listed: vec![l],
                similarity,
                weight: ours.weight.min(theirs.weight),
                agreement,
            });
        }
    }
}

/// One word on one side, several on the other.
fn joins(asked: &[Asked], listed: &[ListedPart<'_>], free: &Free, out: &mut Vec<Pairing>) {
    let ours: Vec<Piece<'_>> = asked
        .iter()
        .enumerate()
        .filter(|(at, a)| free.asked[*at] && joins_up(a.part.kind) && a.part.text.is_ascii())
        .map(|(at, a)| Piece {
            at,
            run: a.part.run,
            word: word_of(a),
            weight: a.weight,
        })
        .collect();
    let theirs: Vec<Piece<'_>> = listed
        .iter()
        .enumerate()
        .filter(|(at, l)| free.listed[*at] && joins_up(l.kind) && l.text.is_ascii())
        .map(|(at, l)| Piece {
            at,
            run: l.run,
            word: word_of_listed(l),
            weight: l.weight,
        })
        .collect();
    for (single, several, ours_single) in [(&ours, &theirs, true), (&theirs, &ours, false)] {
        for one in single.iter().filter(|one| one.word.text.len() >= 4) {
            for group in groups(several, one.word) {
                let text: String = group.iter().map(|p| p.word.text).collect();
                let (folded, bare) = (fold(&text), skeleton(&text));
                let joined = Word {
                    text: &text,
                    fold: &folded,
                    skeleton: &bare,
                    script: group[0].word.script,
                };
                let Some((similarity, _)) =
                    similar(one.word, joined).filter(|(sim, _)| *sim >= JOIN)
                else {
                    continue;
                };
                let total: u32 = group.iter().map(|p| p.weight).sum();
                let many: Vec<usize> = group.iter().map(|p| p.at).collect();
                let (asked, listed) = if ours_single {
                    (vec![one.at], many)
                } else {
                    (many, vec![one.at])
                };
                out.push(Pairing {
                    asked,
                    listed,
                    similarity: similarity * 98 / 100,
                    weight: one.weight.min(total),
                    agreement: Agreement::Joined,
                });
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Piece<'a> {
    at: usize,
    run: u16,
    word: Word<'a>,
    weight: u32,
}

/// Groups of parts that may be one word elsewhere: any two words, whatever their
/// places, and runs of up to four syllables.
fn groups<'a>(several: &[Piece<'a>], whole: Word<'_>) -> Vec<Vec<Piece<'a>>> {
    let mut out = Vec::new();
    let initial = |text: &str| text.as_bytes().first().copied();
    let fits = |first: &Piece<'_>, len: usize| {
        initial(first.word.text) == initial(whole.text) && len.abs_diff(whole.text.len()) <= 1
    };
    let bare = |first: &Piece<'_>, next: &Piece<'_>| {
        (first.word.script.is_consonantal() || whole.script.is_consonantal())
            && initial(first.word.skeleton) == initial(whole.skeleton)
            && (first.word.skeleton.len() + next.word.skeleton.len()).abs_diff(whole.skeleton.len())
                <= 2
    };
    for (i, first) in several.iter().enumerate() {
        if first.word.script.is_syllabic() {
            let mut group = vec![*first];
            let mut len = first.word.text.len();
            for next in several[i + 1..].iter().take(3) {
                if next.run != first.run || next.at != group[group.len() - 1].at + 1 {
                    break;
                }
                group.push(*next);
                len += next.word.text.len();
                if fits(first, len) {
                    out.push(group.clone());
                }
            }
            continue;
        }
        for (j, next) in several.iter().enumerate() {
            let len = first.word.text.len() + next.word.text.len();
            if i != j && (fits(first, len) || bare(first, next)) {
                out.push(vec![*first, *next]);
            }
        }
    }
    out
}

fn is_word(kind: PartKind) -> bool {
    kind == PartKind::Word
}

fn joins_up(kind: PartKind) -> bool {
    matches!(kind, PartKind::Word | PartKind::Particle)
}

fn word_of(asked: &Asked) -> Word<'_> {
    Word {
        text: &asked.part.text,
        fold: &asked.fold,
        skeleton: &asked.skeleton,
        script: asked.part.script,
    }
}

fn word_of_listed<'a>(listed: &ListedPart<'a>) -> Word<'a> {
    Word {
        text: listed.text,
        fold: listed.fold,
        skeleton: listed.skeleton,
        script: listed.script,
    }
}
