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

/// Phrases of which one has to stand there.
type Piece = Vec<Phrase>;

/// Pieces that have to stand in one sentence.
type Together = Vec<Piece>;

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
    /// Terms by the stems a phrase of their first piece may begin with.
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
        let mut anywhere = Vec::new();
        for part in term.split(" & ") {
            let mut together = Vec::new();
            for piece in part.split(" + ") {
                let mut phrases = Vec::new();
                for reading in readings(piece, term)? {
                    phrases.push(self.phrase(&reading, term)?);
                }
                together.push(phrases);
            }
            anywhere.push(together);
        }
        self.terms.push(Term { owner, anywhere });
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
        *self.stems.entry((plain, open)).or_insert_with_key(|key| {
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
            // Every phrase has a word, every piece a phrase, every term a piece: `phrase`
            // refuses a phrase without words, and splitting gives at least one part.
            for phrase in &term.anywhere[0][0] {
                by_first.entry(phrase.words[0]).or_default().push(index);
            }
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
                Some(rest) => {
                    !self.whole[stem]
                        || (matches!(rest, "s" | "es") && found.end() - found.start() > 3)
                }
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
    let places: Vec<Vec<Vec<Place>>> = term
        .anywhere
        .iter()
        .map(|pieces| pieces.iter().map(|piece| places_of(piece, at)).collect())
        .collect();
    if places.iter().flatten().any(Vec::is_empty) {
        return hits;
    }
    for first in &places[0][0] {
        let mut found = vec![*first];
        let mut whole = true;
        for (number, pieces) in places.iter().enumerate() {
            let start = if number == 0 { first } else { &pieces[0][0] };
            let sentence = words[start.first].sentence;
            let rest = if number == 0 {
                &pieces[1..]
            } else {
                &pieces[..]
            };
            for piece in rest {
                match piece
                    .iter()
                    .find(|place| words[place.first].sentence == sentence)
                {
                    Some(place) => found.push(*place),
                    None => whole = false,
                }
            }
        }
        if !whole {
            continue;
        }
        // A term that denies something itself, such as "without + knowledge", means it.
        let denied = !found.iter().any(|place| place.denies)
            && found
                .iter()
                .any(|place| text.denied(place.first, place.last));
        let mut quoted: Vec<&str> = Vec::new();
        for place in &found {
            let quote = text.quote(place.first, place.last);
            if !quoted.contains(&quote) {
                quoted.push(quote);
            }
        }
        hits.push(Hit {
            owner: term.owner,
            words: quoted.join(" … "),
            denied,
            first: found.iter().map(|place| place.first).min().unwrap_or(0),
            last: found.iter().map(|place| place.last).max().unwrap_or(0),
        });
    }
    hits
}

/// Where a phrase stands, and whether it denies something itself.
#[derive(Clone, Copy)]
struct Place {
    first: usize,
    last: usize,
    denies: bool,
}

/// Where any phrase of a piece stands, in the order of the text.
fn places_of(piece: &Piece, at: &BTreeMap<Stem, Vec<usize>>) -> Vec<Place> {
    let mut places: Vec<Place> = piece
        .iter()
        .flat_map(|phrase| {
            spans(phrase, at).into_iter().map(|(first, last)| Place {
                first,
                last,
                denies: phrase.denies,
            })
        })
        .collect();
    places.sort_by_key(|place| (place.first, std::cmp::Reverse(place.last)));
    places.dedup_by_key(|place| place.first);
    places
}

/// Where a phrase stands: first and last word of each place.
fn spans(phrase: &Phrase, at: &BTreeMap<Stem, Vec<usize>>) -> Vec<(usize, usize)> {
    let length = phrase.words.len();
    let stands =
        |stem: &Stem, word: usize| at.get(stem).is_some_and(|places| places.contains(&word));
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

/// A piece with its alternatives written out; brackets may stand in brackets.
fn readings(piece: &str, term: &str) -> Result<Vec<String>, String> {
    let Some(open) = piece.find('(') else {
        return Ok(vec![piece.to_owned()]);
    };
    let mut depth = 0;
    let mut cuts = vec![open + 1];
    let mut close = None;
    for (at, c) in piece[open..].char_indices().map(|(at, c)| (open + at, c)) {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '|' if depth == 1 => cuts.push(at + 1),
            _ => {}
        }
        if depth == 0 {
            close = Some(at);
            break;
        }
    }
    let close = close.ok_or_else(|| format!("\"{term}\": a bracket stays open"))?;
    let mut all = Vec::new();
    for (number, start) in cuts.iter().enumerate() {
        let end = cuts.get(number + 1).map_or(close, |next| next - 1);
        let one = format!(
            "{}{}{}",
            &piece[..open],
            piece[*start..end].trim(),
            &piece[close + 1..]
        );
        all.extend(readings(&one, term)?);
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
        assert_eq!(
            owners(&["imsi catcher"], "Two IMSI-catchers."),
            [(0, false)]
        );
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
        let terms = [
            "人脸识别",
            "распознаван* лиц",
            "(face|facial) recogni*",
            "تعرف على الوجوه",
        ];
        assert_eq!(owners(&terms, "支持人脸识别的摄像机"), [(0, false)]);
        assert_eq!(owners(&terms, "система распознавания лиц"), [(1, false)]);
        assert_eq!(owners(&terms, "نظام التعرف على الوجوه"), [(3, false)]);
    }

    #[test]
    fn what_is_denied_is_no_hit_of_its_own() {
        assert_eq!(owners(&["voice"], "voice is not collected"), [(0, true)]);
        assert_eq!(
            owners(&["without notice"], "works without notice"),
            [(0, false)]
        );
    }

    #[test]
    fn a_term_that_cannot_be_read_says_so() {
        let mut builder = Lexicon::builder();
        for term in ["(a|b", "a + ", "*x y"] {
            assert!(builder.add(0, term).is_err(), "{term}");
        }
    }
}
