//! Cutting a name into concepts, numbers and the rest.

use std::ops::Range;

use fst::raw::{Fst, Node};

use super::phrase::{STEM, is_small, letters};
use super::{Kind, Lexicon};
use crate::number;
use crate::script::Script;
use crate::token::{Token, tokens};

/// What a stretch of a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// A concept by its number in the [`Lexicon`].
    Concept(u16),
    /// A number that tells units apart: the 28th, No. 28, 第二十八.
    Number(u32),
    /// A small word that comes and goes in translation: of, the, и.
    Small,
    /// A name proper, or a word that the lexicon does not hold.
    Rest,
}

/// A stretch of a row of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The words it covers.
    pub words: Range<usize>,
    /// The bytes it covers of its word, where it is a part of one word (scripts
    /// without spaces); all of the words otherwise.
    pub bytes: Range<usize>,
    /// What it is.
    pub meaning: Meaning,
}

/// A stretch of a name with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// What is compared: lower case, without accents, still in its script.
    pub text: String,
    /// The script of its first word.
    pub script: Script,
    /// What it is.
    pub meaning: Meaning,
}

/// A stem may be followed by an ending of this many letters, fewer for short stems.
const LONGEST_TAIL: usize = 4;

impl Lexicon {
    /// Cuts a name as it is written.
    pub fn cut(&self, name: &str) -> Vec<Cut> {
        self.cut_tokens(&tokens(name))
            .into_iter()
            .map(|(segment, script, text)| Cut {
                text,
                script,
                meaning: segment.meaning,
            })
            .collect()
    }

    pub(crate) fn cut_tokens(&self, tokens: &[Token]) -> Vec<(Segment, Script, String)> {
        let words: Vec<&str> = tokens.iter().map(|t| t.plain.as_str()).collect();
        let mut segments = Vec::with_capacity(words.len() + 4);
        self.cut_words(&words, &mut segments);
        segments
            .into_iter()
            .map(|segment| {
                let covered = &words[segment.words.clone()];
                let text = match covered {
                    [one] => one[segment.bytes.clone()].to_owned(),
                    many => many.join(" "),
                };
                let script = tokens[segment.words.start].script;
                (segment, script, text)
            })
            .collect()
    }

    /// Cuts words that are compared already (lower case, no accents, each in one
    /// script), and appends what it finds. Every byte of every word is in one segment,
    /// but for the sign of an ordinal that goes before digits.
    pub fn cut_words(&self, words: &[&str], out: &mut Vec<Segment>) {
        let mut at = 0;
        while at < words.len() {
            let word = words[at];
            let script = word.chars().next().map_or(Script::Common, Script::of);
            let whole = |words: Range<usize>, bytes: usize, meaning| Segment {
                words,
                bytes: 0..bytes,
                meaning,
            };
            if let Some((used, no)) = self.phrase(&words[at..]) {
                let bytes = words[at + used - 1].len();
                out.push(whole(at..at + used, bytes, Meaning::Concept(no)));
                at += used;
            } else if let Some((used, value)) = number::in_words(&words[at..]) {
                let bytes = words[at + used - 1].len();
                out.push(whole(at..at + used, bytes, Meaning::Number(value)));
                at += used;
            } else if matches!(script, Script::Han | Script::Hangul | Script::Kana) {
                // The sign of an ordinal before digits belongs to the digits, and says
                // no more than they do.
                let ordinal = words
                    .get(at + 1)
                    .and_then(|next| number::ordinal_sign(word, next))
                    .unwrap_or(word.len());
                self.cut_run(at, &word[..ordinal], script, out);
                at += 1;
            } else {
                let meaning = if is_small(word) {
                    Meaning::Small
                } else {
                    Meaning::Rest
                };
                out.push(whole(at..at + 1, word.len(), meaning));
                at += 1;
            }
        }
    }

    /// The concept that these words are, all of them: `public security bureau`.
    pub fn of_words(&self, words: &[&str]) -> Option<u16> {
        self.phrase(words)
            .filter(|(used, _)| *used == words.len())
            .map(|(_, no)| no)
    }

    /// The longest phrase that the words begin with.
    fn phrase(&self, words: &[&str]) -> Option<(usize, u16)> {
        let fst = self.phrases.as_fst();
        let mut best = None;
        walk(fst, fst.root(), 0, words, 0, &mut best);
        best
    }

    /// A run without spaces: the longest phrase at each character.
    fn cut_run(&self, at: usize, run: &str, script: Script, out: &mut Vec<Segment>) {
        let mut rest = 0;
        let mut from = 0;
        let mut after: Option<u16> = None;
        while from < run.len() {
            let found = self
                .at(&run[from..], script)
                .filter(|(len, no)| self.stands(*len, *no, after, &run[from..], script))
                .map(|(len, no)| (len, Meaning::Concept(no)))
                .or_else(|| {
                    number::at_start(&run[from..]).map(|(len, no)| (len, Meaning::Number(no)))
                });
            let Some((len, meaning)) = found else {
                from += run[from..].chars().next().map_or(1, char::len_utf8);
                after = None;
                continue;
            };
            let mut push = |bytes: Range<usize>, meaning| {
                out.push(Segment {
                    words: at..at + 1,
                    bytes,
                    meaning,
                });
            };
            if rest < from {
                push(rest..from, Meaning::Rest);
            }
            push(from..from + len, meaning);
            from += len;
            rest = from;
            after = match meaning {
                Meaning::Concept(no) => Some(no),
                // What follows a number is what is numbered: 28 所.
                _ => after.or(Some(0)),
            };
        }
        if rest < run.len() {
            out.push(Segment {
                words: at..at + 1,
                bytes: rest..run.len(),
                meaning: Meaning::Rest,
            });
        }
    }

    /// Whether a match may stand: a single character only where a concept goes before,
    /// a level only after a place, a link only between two.
    fn stands(&self, len: usize, no: u16, after: Option<u16>, run: &str, script: Script) -> bool {
        let single = run[..len].chars().nth(1).is_none();
        if !single {
            return true;
        }
        let Some(before) = after else { return false };
        match self.concepts[usize::from(no)].kind {
            Kind::Link => run.len() > len && self.at(&run[len..], script).is_some(),
            Kind::Level => matches!(
                self.concepts[usize::from(before)].kind,
                Kind::Place | Kind::Level
            ),
            Kind::Word | Kind::Force | Kind::Place => {
                let next = run[len..].chars().next();
                next.is_none() || self.at(&run[len..], script).is_some()
            }
        }
    }

    /// The longest phrase at the start of a run: its bytes and concept.
    fn at(&self, run: &str, script: Script) -> Option<(usize, u16)> {
        let fst = self.phrases.as_fst();
        let mut node = fst.root();
        let mut sum = 0;
        let mut best = None;
        for (from, c) in run.char_indices() {
            let c = if script == Script::Han {
                crate::traditional::simplified(c)
            } else {
                c
            };
            let Some((next, value)) = follow(fst, &node, sum, c) else {
                break;
            };
            (node, sum) = (next, value);
            if node.is_final() {
                let end = from + run[from..].chars().next().map_or(1, char::len_utf8);
                best = Some((end, number_of(sum + node.final_output().value())));
            }
        }
        best
    }
}

/// Values of the automaton are numbers of concepts, which fit.
fn number_of(value: u64) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

/// One character on from a node.
fn follow<'f>(
    fst: &'f Fst<Vec<u8>>,
    node: &Node<'f>,
    mut sum: u64,
    c: char,
) -> Option<(Node<'f>, u64)> {
    let mut buffer = [0; 4];
    let mut node = *node;
    for byte in c.encode_utf8(&mut buffer).bytes() {
        let transition = node.transition(node.find_input(byte)?);
        sum += transition.out.value();
        node = fst.node(transition.addr);
    }
    Some((node, sum))
}

/// Walks the words from a node; keeps the longest phrase that ends.
fn walk<'f>(
    fst: &'f Fst<Vec<u8>>,
    start: Node<'f>,
    sum: u64,
    words: &[&str],
    at: usize,
    best: &mut Option<(usize, u16)>,
) {
    let Some(&word) = words.get(at) else { return };
    let script = word.chars().next().map_or(Script::Common, Script::of);
    let word = letters(word, script);
    let count = word.chars().count();
    let (mut node, mut sum) = (start, sum);
    for (read, c) in word.chars().enumerate() {
        let tail = count - read;
        if read >= 3
            && tail <= LONGEST_TAIL.min(read - 2)
            && let Some((stem, value)) = follow(fst, &node, sum, STEM)
        {
            end(fst, stem, value, words, at, best);
        }
        match follow(fst, &node, sum, c) {
            Some(next) => (node, sum) = next,
            None => return,
        }
    }
    if let Some((stem, value)) = follow(fst, &node, sum, STEM) {
        end(fst, stem, value, words, at, best);
    }
    end(fst, node, sum, words, at, best);
}

/// A word has ended: a phrase may end too, or go on with the next.
fn end<'f>(
    fst: &'f Fst<Vec<u8>>,
    node: Node<'f>,
    sum: u64,
    words: &[&str],
    at: usize,
    best: &mut Option<(usize, u16)>,
) {
    // What is found later follows a longer stem, or the whole word.
    if node.is_final() && best.is_none_or(|(used, _)| at + 1 >= used) {
        *best = Some((at + 1, number_of(sum + node.final_output().value())));
    }
    let Some((node, sum)) = follow(fst, &node, sum, ' ') else {
        return;
    };
    let mut next = at + 1;
    while words.get(next).is_some_and(|word| is_small(word)) {
        next += 1;
    }
    walk(fst, node, sum, words, next, best);
}
