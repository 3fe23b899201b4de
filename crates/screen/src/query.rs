//! What is asked, and what is worked out from it once before anything is compared.

use schemars::JsonSchema;
use scruple_model::{Country, PartialDate, Schema};
use scruple_names::{LegalForms, Part, PartKind, Script, Way, fold, read, skeleton};
use serde::{Deserialize, Serialize};

use crate::index::Index;
use crate::keys::identifier;
use crate::weight::{rarity, weight};

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

/// A word in the shapes in which it is compared.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) part: Part,
    pub(crate) fold: String,
    pub(crate) skeleton: String,
    /// The same text in the index, if it is there.
    pub(crate) term: Option<u32>,
    pub(crate) weight: u32,
}

/// One reading of one name of the query.
#[derive(Clone, Debug)]
pub(crate) struct AskedReading {
    /// Which of the query's names, from 0.
    pub(crate) name: usize,
    pub(crate) way: Way,
    pub(crate) asked: Vec<Asked>,
}

/// A query read once against one index.
#[derive(Clone, Debug)]
pub(crate) struct Prepared<'q> {
    pub(crate) query: &'q Query,
    pub(crate) names: Vec<&'q str>,
    pub(crate) readings: Vec<AskedReading>,
    /// Property and compared value of every identifier.
    pub(crate) identifiers: Vec<(&'q str, String)>,
}

impl<'q> Prepared<'q> {
    pub(crate) fn new<B: AsRef<[u8]>>(index: &Index<B>, query: &'q Query) -> Self {
        let names: Vec<&str> = std::iter::once(query.name.as_str())
            .chain(query.other_names.iter().map(String::as_str))
            .collect();
        let mut readings = Vec::new();
        for (name, text) in names.iter().enumerate() {
            for reading in read(text, LegalForms::built_in()).readings {
                let mut parts = reading.parts;
                // Nobody's name is longer, and pairs grow with the square.
                parts.truncate(LONGEST);
                readings.push(AskedReading {
                    name,
                    way: reading.way,
                    asked: parts.into_iter().map(|part| asked(index, part)).collect(),
                });
            }
        }
        let identifiers = query
            .identifiers
            .iter()
            .filter_map(|(property, value)| Some((property.as_str(), identifier(value)?)))
            .collect();
        Self {
            query,
            names,
            readings,
            identifiers,
        }
    }
}

/// Most parts of a name that are compared.
pub(crate) const LONGEST: usize = 40;

fn asked<B: AsRef<[u8]>>(index: &Index<B>, part: Part) -> Asked {
    let term = index.term(&part.text);
    let rare = term.map_or_else(|| rarity(0, index.readings()), |term| index.rarity(term));
    let is_word = matches!(part.kind, PartKind::Word);
    Asked {
        fold: if is_word {
            fold(&part.text)
        } else {
            part.text.clone()
        },
        skeleton: if is_word && part.script != Script::Han {
            skeleton(&part.text)
        } else {
            String::new()
        },
        weight: weight(part.kind, rare),
        term,
        part,
    }
}
