//! What is asked, and what is worked out from it once before anything is compared.

use schemars::JsonSchema;
use scruple_model::{Country, PartialDate, Schema};
use scruple_names::{
    LegalForms, Part, PartKind, Script, Way, fold, read, skeleton, without_ship_prefix,
};
use serde::{Deserialize, Serialize};

use crate::alike::{Alike, Known, Word};
use crate::cognate;
use crate::doubt::mistyped;
use crate::index::Index;
use crate::keys::{acronym, identifier, joined, serial, whole};
use crate::patronymic::is_patronymic;
use crate::role::{self, Role, Written};
use crate::score::beside::SERIAL;
use crate::score::features::Says;
use crate::scratch::Scratch;
use crate::sense::is_title;

/// A name to look for, with whatever else is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Query {
    /// The name, in any script.
    pub name: String,
    /// Other names of the same party.
    pub other_names: Vec<String>,
    /// What kind of thing it is, if known.
    pub schema: Option<Schema>,
    /// Countries it is connected with.
    pub countries: Vec<Country>,
    /// Identifiers as `(FollowTheMoney property, value)`.
    pub identifiers: Vec<(String, String)>,
    /// When it was born, for a person.
    #[schemars(with = "Option<String>")]
    pub birth_date: Option<PartialDate>,
}

impl Query {
    /// A query for a name and nothing else.
    pub fn of(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }
}

/// A part of the query where it stands in one reading.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Its number among [`Prepared::words`].
    pub(crate) word: usize,
    pub(crate) shown: String,
    pub(crate) run: u16,
    /// What it is, as far as the name says by how it is written.
    pub(crate) role: Role,
}

/// One reading of one name of the query.
#[derive(Clone, Debug)]
pub(crate) struct AskedReading {
    /// Which of the query's names, from 0.
    pub(crate) name: usize,
    pub(crate) way: Way,
    pub(crate) asked: Vec<Asked>,
    /// Its first word, and its last but for a father's name; the given name and the family
    /// name instead, where the name says by how it is written which they are.
    pub(crate) first: Option<u8>,
    pub(crate) last: Option<u8>,
    /// Its initials, where they may stand for it.
    pub(crate) acronym: Option<String>,
    /// Its words in order of the alphabet.
    pub(crate) whole: Option<String>,
    /// The folds of neighbours that others write as one word.
    pub(crate) joined: Vec<String>,
    /// What its words and numbers say together.
    pub(crate) says: Says,
}

/// A query read once against one index.
#[derive(Debug)]
pub(crate) struct Prepared<'q> {
    pub(crate) query: &'q Query,
    pub(crate) names: Vec<&'q str>,
    pub(crate) readings: Vec<AskedReading>,
    /// Every part of every reading, each text once.
    pub(crate) words: Vec<Word>,
    /// The listed words that each may stand for.
    pub(crate) known: Known,
    /// Property and compared value of every identifier that was not mistyped.
    pub(crate) identifiers: Vec<(&'q str, String)>,
    /// Compared values of the numbers that the maker of an aircraft gave it.
    pub(crate) serials: Vec<String>,
}

/// Most parts of a name that are compared. Nobody's name is longer, and pairs grow
/// with the square.
pub(crate) const LONGEST: usize = 40;

impl<'q> Prepared<'q> {
    pub(crate) fn new<B: AsRef<[u8]>>(
        index: &Index<B>,
        query: &'q Query,
        scratch: &mut Scratch,
    ) -> Self {
        let names: Vec<&str> = std::iter::once(query.name.as_str())
            .chain(query.other_names.iter().map(String::as_str))
            .collect();
        let mut words: Vec<Word> = Vec::new();
        let mut readings = Vec::new();
        for (name, text) in names.iter().enumerate() {
            let bare = without_ship_prefix(text, query.schema == Some(Schema::Vessel));
            for reading in read(bare, LegalForms::built_in()).readings {
                let mut parts = reading.parts;
                parts.truncate(LONGEST);
                let written = Written::of(text);
                let (first, last) = edges(&parts, written);
                let (acronym, whole, joined) = (acronym(&parts), whole(&parts), joined(&parts));
                let initials = role::initials(text, &parts);
                let role = |at: usize, part: &Part| match initials {
                    Some(of) if of == at => Role::Initials,
                    _ => written.role(&part.shown),
                };
                let asked: Vec<Asked> = (0..)
                    .zip(parts)
                    .map(|(at, part)| asked(index, role(at, &part), part, &mut words))
                    .collect();
                let of_word = |asked: &Asked| (words[asked.word].kind, words[asked.word].bits);
                readings.push(AskedReading {
                    name,
                    way: reading.way,
                    first,
                    last,
                    acronym,
                    whole,
                    joined,
                    says: Says::of(asked.iter().map(of_word)),
                    asked,
                });
            }
        }
        rank(&mut words);
        let mut known = Known::default();
        let people = query
            .schema
            .is_none_or(|asked| asked.may_be(Schema::Person));
        for (no, word) in words.iter().enumerate() {
            Alike { index, scratch }.find(no, word, &mut known);
            if people {
                cognate::find(index, no, word, &mut known.cognates);
            }
        }
        known.index();
        let identifiers = query
            .identifiers
            .iter()
            .filter(|(property, value)| {
                property != SERIAL
                    && mistyped(property, value, query.schema, &query.countries).is_none()
            })
            .filter_map(|(property, value)| Some((property.as_str(), identifier(value)?)))
            .collect();
        let serials = query
            .identifiers
            .iter()
            .filter(|(property, _)| property == SERIAL)
            .filter_map(|(_, value)| serial(value))
            .collect();
        Self {
            query,
            names,
            readings,
            words,
            known,
            identifiers,
            serials,
        }
    }
}

/// The words of a name that are its bearer's own more often than others: the first and
/// the last, or the given name and the family name. A word between them is left out often.
fn edges(parts: &[Part], written: Written<'_>) -> (Option<u8>, Option<u8>) {
    let own = |at: &usize| {
        let part = &parts[*at];
        part.kind == PartKind::Word && part.text.len() > 1 && !is_title(&part.text)
    };
    let words = (0..parts.len()).filter(own);
    let place = |at: Option<usize>| at.and_then(|at| u8::try_from(at).ok());
    let of_role = |role| {
        words
            .clone()
            .find(|at| written.role(&parts[*at].shown) == role)
    };
    if let (Some(given), Some(family)) = (of_role(Role::Given), of_role(Role::Family)) {
        return (place(Some(given)), place(Some(family)));
    }
    let first = words.clone().next();
    let last = words.clone().rfind(|at| !is_patronymic(&parts[*at].text));
    (
        place(first),
        place(last.filter(|last| Some(*last) != first)),
    )
}

fn asked<B: AsRef<[u8]>>(index: &Index<B>, role: Role, part: Part, words: &mut Vec<Word>) -> Asked {
    let same = |word: &Word| {
        word.text == part.text && word.script == part.script && word.kind == part.kind
    };
    let word = words.iter().position(same).unwrap_or_else(|| {
        let is_word = part.kind == PartKind::Word;
        let fold = if is_word {
            fold(&part.text)
        } else {
            part.text.clone()
        };
        let bare = if is_word && part.script != Script::Han {
            skeleton(&part.text)
        } else {
            String::new()
        };
        words.push(Word::new(
            index,
            part.text.clone(),
            fold,
            bare,
            part.script,
            part.kind,
        ));
        words.len() - 1
    });
    Asked {
        word,
        role,
        shown: part.shown,
        run: part.run,
    }
}

/// Numbers the words by their texts: ties are broken by what a word is, never by
/// where it stands.
fn rank(words: &mut [Word]) {
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by(|a, b| words[*a].text.cmp(&words[*b].text).then(a.cmp(b)));
    for (rank, no) in (0..).zip(order) {
        words[no].rank = rank;
    }
}
