//! Terms: the words by which people speak of a thing, and one automaton over all.
//!
//! A term is written for a lawyer to read and to mend:
//!
//! ```text
//! imsi catcher                     these words, side by side
//! (face|facial) recogni*           one of these, and any ending
//! strongest cell + identit*        both in one sentence
//! wifi & camera*                   both anywhere in the text
//! ```
//!
//! A word also stands for its English plural. Every stem of every term in every
//! language goes into one Aho-Corasick automaton, so that a text is read once,
//! however many capabilities there are. Rejected: regular expressions (nobody sees
//! why one did not match) and statistics (nobody can say why it did).

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};

use crate::text::{Text, denies};

/// A stem, by its place in the lexicon.
type Stem = usize;

/// Words side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase {
    words: Vec<Stem>,
    /// Whether the phrase itself denies something, such as "without notice".
    denies: bool,
}

/// Pieces that have to stand in one sentence.
type Together = Vec<Phrase>;

#[derive(Clone, Debug)]
struct Term {
    /// What this term speaks for.
    owner: usize,
    /// One after the other anywhere in the text.
    anywhere: Vec<Together>,
}

/// A term found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Whose term it is: what was handed to [`Lexicon::builder`].
    pub owner: usize,
    /// The words of the text that showed it.
    pub words: String,
    /// Whether the text denies it.
    pub denied: bool,
    /// First word.
    pub first: usize,
    /// Last word.
    pub last: usize,
}

/// Every term, ready to read texts with.
#[derive(Clone, Debug)]
pub struct Lexicon {
    automaton: AhoCorasick,
    /// Whether a stem stands for a whole word.
    whole: Vec<bool>,
    terms: Vec<Term>,
    /// Terms by the stem their first phrase begins with.
    by_first: BTreeMap<Stem, Vec<usize>>,
}

/// Collects terms.
#[derive(Default)]
pub struct Builder {
    stems: BTreeMap<(String, bool), Stem>,
    order: Vec<(String, bool)>,
    terms: Vec<Term>,
}

/// The most readings that the alternatives of one term may have.
const MOST_READINGS: usize = 256;

impl Builder {
    /// Adds a term for `owner`; says what is wrong with one that cannot be read.
    pub fn add(&mut self, owner: usize, term: &str) -> Result<(), String> {
        let readings = readings(term)?;
        for reading in readings {
            let mut anywhere = Vec::new();
            for part in reading.split(" & ") {
                let mut together = Vec::new();
                for phrase in part.split(" + ") {
                    together.push(self.phrase(phrase, term)?);
                }
                anywhere.push(together);
            }
            self.terms.push(Term { owner, anywhere });
        }
        Ok(())
    }

    fn phrase(&mut self, phrase: &str, term: &str) -> Result<Phrase, String> {
        // The normal form of a text has no `*`, so the mark is taken off first.
        let mut words = Vec::new();
        let mut denying = false;
        for piece in phrase.split_whitespace() {
            let (stem, open) = match piece.strip_suffix('*') {
                Some(stem) => (stem, true),
                None => (piece, false),
            };
            if stem.contains(['*', '(', ')', '|', '+', '&']) {
                return Err(format!("\"{term}\": `{piece}` is no word"));
            }
            let cut = Text::new(stem);
            let last = cut.words().len();
            for (index, word) in cut.words().iter().enumerate() {
                denying |= denies(&word.plain);
                let open = open && index + 1 == last;
                words.push(self.stem(word.plain.clone(), open));
            }
        }
        if words.is_empty() {
            return Err(format!("\"{term}\" has a part without words"));
        }
        Ok(Phrase {
            words,
            denies: denying,
        })
    }

    fn stem(&mut self, plain: String, open: bool) -> Stem {
        let next = self.order.len();
        let order = &mut self.order;
        *self
            .stems
            .entry((plain, open))
            .or_insert_with_key(|key| {
                order.push(key.clone());
                next
            })
    }

    /// The lexicon over all terms added.
    pub fn build(self) -> Lexicon {
        let patterns = self.order.iter().map(|(stem, _)| format!(" {stem}"));
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(patterns)
            // The only errors are sizes past 2^31, and packs are read into memory.
            .expect("stems are few and short");
        let mut by_first: BTreeMap<Stem, Vec<usize>> = BTreeMap::new();
        for (index, term) in self.terms.iter().enumerate() {
            // Every phrase has a word, and every term a phrase: see `phrase`.
            by_first
                .entry(term.anywhere[0][0].words[0])
                .or_default()
                .push(index);
        }
        Lexicon {
            automaton,
            whole: self.order.iter().map(|(_, open)| !open).collect(),
            terms: self.terms,
            by_first,
        }
    }
}

impl Lexicon {
    /// Starts a lexicon.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Every term found in a text, in the order of the terms; one hit for each place
    /// where its first phrase stands.
    pub fn read(&self, text: &Text) -> Vec<Hit> {
        let at = self.places(text);
        let mut wanted: BTreeSet<usize> = BTreeSet::new();
        for stem in at.keys() {
            wanted.extend(self.by_first.get(stem).into_iter().flatten());
        }
        let mut hits = Vec::new();
        for index in wanted {
            hits.extend(find(&self.terms[index], text, &at));
        }
        hits
    }

    /// Where each stem stands, by word.
    fn places(&self, text: &Text) -> BTreeMap<Stem, Vec<usize>> {
        let mut joined = String::new();
        let mut starts = Vec::with_capacity(text.words().len());
        for word in text.words() {
            starts.push(joined.len());
            joined.push(' ');
            joined.push_str(&word.plain);
        }
        let mut at: BTreeMap<Stem, Vec<usize>> = BTreeMap::new();
        for found in self.automaton.find_overlapping_iter(&joined) {
            let Ok(word) = starts.binary_search(&found.start()) else {
                continue;
            };
            let end = starts.get(word + 1).copied().unwrap_or(joined.len());
            let stem = found.pattern().as_usize();
            let rest = joined.get(found.end()..end);
            let fits = match rest {
                None => false,
                Some("") => true,
                Some(rest) => !self.whole[stem] || (matches!(rest, "s" | "es") && found.end() - found.start() > 3),
            };
            if fits {
                at.entry(stem).or_default().push(word);
            }
        }
        at
    }
}

fn find(term: &Term, text: &Text, at: &BTreeMap<Stem, Vec<usize>>) -> Vec<Hit> {
    let words = text.words();
    let mut hits = Vec::new();
    let together: Vec<Vec<Vec<(usize, usize)>>> = term
        .anywhere
        .iter()
        .map(|phrases| phrases.iter().map(|phrase| spans(phrase, at)).collect())
        .collect();
    if together.iter().flatten().any(Vec::is_empty) {
        return hits;
    }
    for first in &together[0][0] {
        let mut found = Vec::new();
        let mut whole = true;
        for (part, phrases) in together.iter().zip(&term.anywhere) {
            let sentence = if std::ptr::eq(part, &together[0]) {
                Some(words[first.0].sentence)
            } else {
                part[0].first().map(|span| words[span.0].sentence)
            };
            for (spans, phrase) in part.iter().zip(phrases) {
                let span = if found.is_empty() {
                    Some(first)
                } else {
                    spans
                        .iter()
                        .find(|span| Some(words[span.0].sentence) == sentence)
                };
                match span {
                    Some(span) => found.push((*span, phrase.denies)),
                    None => whole = false,
                }
            }
        }
        if !whole {
            continue;
        }
        let denied = found
            .iter()
            .any(|((from, to), own)| !own && text.denied(*from, *to));
        let quoted: Vec<&str> = found
            .iter()
            .map(|((from, to), _)| text.quote(*from, *to))
            .collect();
        hits.push(Hit {
            owner: term.owner,
            words: quoted.join(" … "),
            denied,
            first: found.iter().map(|(span, _)| span.0).min().unwrap_or(0),
            last: found.iter().map(|(span, _)| span.1).max().unwrap_or(0),
        });
    }
    hits
}

/// Where a phrase stands: first and last word of each place.
fn spans(phrase: &Phrase, at: &BTreeMap<Stem, Vec<usize>>) -> Vec<(usize, usize)> {
    let length = phrase.words.len();
    let stands = |stem: &Stem, word: usize| at.get(stem).is_some_and(|places| places.contains(&word));
    at.get(&phrase.words[0])
        .into_iter()
        .flatten()
        .filter(|start| {
            phrase
                .words
                .iter()
                .enumerate()
                .all(|(offset, stem)| stands(stem, **start + offset))
        })
        .map(|start| (*start, start + length - 1))
        .collect()
}

/// A term with its alternatives written out.
fn readings(term: &str) -> Result<Vec<String>, String> {
    let Some(open) = term.find('(') else {
        return Ok(vec![term.to_owned()]);
    };
    let close = term[open..]
        .find(')')
        .map(|at| open + at)
        .ok_or_else(|| format!("\"{term}\": a bracket stays open"))?;
    let mut all = Vec::new();
    for choice in term[open + 1..close].split('|') {
        let one = format!("{}{}{}", &term[..open], choice.trim(), &term[close + 1..]);
        all.extend(readings(&one)?);
        if all.len() > MOST_READINGS {
            return Err(format!("\"{term}\" has more than {MOST_READINGS} readings"));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(terms: &[&str]) -> Lexicon {
        let mut builder = Lexicon::builder();
        for (owner, term) in terms.iter().enumerate() {
            builder.add(owner, term).unwrap();
        }
        builder.build()
    }

    fn owners(terms: &[&str], text: &str) -> Vec<(usize, bool)> {
        lexicon(terms)
            .read(&Text::new(text))
            .into_iter()
            .map(|hit| (hit.owner, hit.denied))
            .collect()
    }

    #[test]
    fn words_stand_side_by_side_and_take_a_plural() {
        assert_eq!(owners(&["imsi catcher"], "Two IMSI-catchers."), [(0, false)]);
        assert_eq!(owners(&["imsi catcher"], "IMSI and catcher"), []);
        assert_eq!(owners(&["cat"], "category"), []);
        assert_eq!(owners(&["recogni*"], "recognising"), [(0, false)]);
    }

    #[test]
    fn pieces_stand_in_one_sentence_or_anywhere() {
        let text = "The strongest cell. It takes identities.";
        assert_eq!(owners(&["strongest cell + identit*"], text), []);
        assert_eq!(owners(&["strongest cell & identit*"], text), [(0, false)]);
    }

    #[test]
    fn every_script_is_read() {
        let terms = ["人脸识别", "распознаван* лиц", "(face|facial) recogni*", "تعرف على الوجوه"];
        assert_eq!(owners(&terms, "支持人脸识别的摄像机"), [(0, false)]);
        assert_eq!(owners(&terms, "система распознавания лиц"), [(1, false)]);
        assert_eq!(owners(&terms, "نظام التعرف على الوجوه"), [(3, false)]);
    }

    #[test]
    fn what_is_denied_is_no_hit_of_its_own() {
        assert_eq!(owners(&["voice"], "voice is not collected"), [(0, true)]);
        assert_eq!(owners(&["without notice"], "works without notice"), [(0, false)]);
    }

    #[test]
    fn a_term_that_cannot_be_read_says_so() {
        let mut builder = Lexicon::builder();
        for term in ["(a|b", "a + ", "*x y"] {
            assert!(builder.add(0, term).is_err(), "{term}");
        }
    }
}
