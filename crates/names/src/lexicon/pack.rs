//! The two packs as written, checked and turned into the automaton.

use std::collections::{BTreeMap, HashSet};

use fst::{Map, MapBuilder};
use serde::Deserialize;

use super::phrase::{self, STEM, Source};
use super::{Concept, Kind, Lexicon};

/// Why a lexicon cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// Not the layout that is expected.
    #[error("the pack of {pack} cannot be read: {error}")]
    Layout {
        /// Which pack.
        pack: &'static str,
        /// What the reader says, with line and column.
        error: Box<toml::de::Error>,
    },
    /// Phrases that cannot be kept, all of them.
    #[error("the lexicon holds phrases that cannot be kept:\n{}", .0.join("\n"))]
    Phrases(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[expect(dead_code, reason = "read so that a pack of another kind is refused")]
    pack: WordsPack,
    concept: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
enum WordsPack {
    #[serde(rename = "organisation-words")]
    Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    #[expect(dead_code, reason = "read so that a pack of another kind is refused")]
    pack: PlacesPack,
    place: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
enum PlacesPack {
    #[serde(rename = "place-names")]
    Places,
}

/// A concept as written: its phrases by language, separated by commas.
#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    kind: WordKind,
    #[serde(flatten)]
    phrases: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WordKind {
    #[default]
    Word,
    Force,
    Level,
    Link,
}

impl From<WordKind> for Kind {
    fn from(kind: WordKind) -> Self {
        match kind {
            WordKind::Word => Self::Word,
            WordKind::Force => Self::Force,
            WordKind::Level => Self::Level,
            WordKind::Link => Self::Link,
        }
    }
}

pub(super) fn build(words: &str, places: &str) -> Result<Lexicon, LexiconError> {
    let layout = |pack| {
        move |error| LexiconError::Layout {
            pack,
            error: Box::new(error),
        }
    };
    let words: Words = toml::from_str(words).map_err(layout("organisation words"))?;
    let places: Places = toml::from_str(places).map_err(layout("place names"))?;

    let mut gathered = Gathered::default();
    for (id, entry) in &words.concept {
        gathered.concept(id, entry.kind.into(), &entry.phrases);
    }
    for (id, names) in &places.place {
        gathered.concept(id, Kind::Place, names);
    }
    gathered.finish()
}

/// Phrases so far, and what is wrong with some.
#[derive(Default)]
struct Gathered {
    concepts: Vec<Concept>,
    written: BTreeMap<String, u16>,
    /// Romanised by us: weaker than what is written, dropped where two concepts meet.
    derived: BTreeMap<String, Option<u16>>,
    problems: Vec<String>,
}

impl Gathered {
    fn concept(&mut self, id: &str, kind: Kind, phrases: &BTreeMap<String, String>) {
        let Ok(no) = u16::try_from(self.concepts.len()) else {
            self.problems.push(format!("{id}: one concept too many"));
            return;
        };
        let first = phrases.get("en").and_then(|list| list.split(',').next());
        let english = phrase::key(first.unwrap_or_default().trim()).unwrap_or_default();
        // A link is left out when a name is put in English.
        if english.is_empty() && kind != Kind::Link {
            self.problems
                .push(format!("{id}: has no English phrase to be read by"));
        }
        self.concepts.push(Concept {
            id: id.to_owned(),
            kind,
            english,
        });
        for (language, list) in phrases {
            for written in list.split(',').map(str::trim) {
                let Some(key) = phrase::key(written) else {
                    self.problems.push(format!(
                        "{id}: nothing is left of the phrase \"{written}\" ({language})"
                    ));
                    continue;
                };
                match self.written.insert(key, no) {
                    Some(other) if other != no => {
                        let other = &self.concepts[usize::from(other)].id;
                        self.problems.push(format!(
                            "the phrase \"{written}\" ({language}) stands under {other} and {id}: keep one"
                        ));
                    }
                    _ => {}
                }
                for key in phrase::romanised(written, Source::of(language)) {
                    self.derived
                        .entry(key)
                        .and_modify(|known| *known = known.filter(|known| *known == no))
                        .or_insert(Some(no));
                }
            }
        }
    }

    fn finish(mut self) -> Result<Lexicon, LexiconError> {
        for (key, no) in self.derived {
            if let Some(no) = no {
                self.written.entry(key).or_insert(no);
            }
        }
        let mut inner = HashSet::new();
        for (key, no) in &self.written {
            let kind = self.concepts.get(usize::from(*no)).map(|held| held.kind);
            if key.contains(' ') && kind != Some(Kind::Place) {
                inner.extend(
                    key.split(' ')
                        .map(|word| word.trim_end_matches(STEM).to_owned()),
                );
            }
        }
        let mut builder = MapBuilder::memory();
        for (key, no) in &self.written {
            // A `BTreeMap` gives its keys in order and once, which is all that can fail.
            if let Err(error) = builder.insert(key, u64::from(*no)) {
                self.problems.push(error.to_string());
            }
        }
        let bytes = builder.into_inner();
        match bytes.and_then(Map::new) {
            Ok(phrases) if self.problems.is_empty() => Ok(Lexicon {
                concepts: self.concepts,
                phrases,
                inner,
            }),
            Ok(_) => Err(LexiconError::Phrases(self.problems)),
            Err(error) => {
                self.problems.push(error.to_string());
                Err(LexiconError::Phrases(self.problems))
            }
        }
    }
}
