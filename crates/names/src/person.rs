//! What stands in the names of persons beside the name: titles.
//!
//! A title is told so that it weighs little, not so that it is cut off: `Sheikh` is a
//! family name too, and a name of nothing but titles is a name.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::token::tokens;

/// Titles and honorifics of many languages.
#[derive(Debug)]
pub struct Titles {
    phrases: HashSet<String>,
    /// Longest phrase in words.
    longest: usize,
}

/// Why a pack of words about persons cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// Not the layout that is expected.
    #[error("the pack of {pack} cannot be read: {error}")]
    Layout {
        /// Which pack.
        pack: &'static str,
        /// What the reader says, with line and column.
        error: Box<toml::de::Error>,
    },
    /// A phrase of which nothing is left.
    #[error("the pack of {pack} holds a phrase without a letter, in \"{row}\"")]
    Empty {
        /// Which pack.
        pack: &'static str,
        /// The row or the language.
        row: String,
    },
    /// A given name that is no single word, and so would never be found.
    #[error("the pack of given names holds \"{name}\", which is not one word, in \"{row}\"")]
    NotOneWord {
        /// The name.
        name: String,
        /// Its row.
        row: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TitlesPack {
    #[expect(dead_code, reason = "read so that a pack of another kind is refused")]
    pack: TitlesKind,
    titles: BTreeMap<String, String>,
}

#[derive(Deserialize)]
enum TitlesKind {
    #[serde(rename = "person-words")]
    Words,
}

impl Titles {
    /// The text of the pack that comes with this crate.
    pub const BUILT_IN: &'static str = include_str!("../../../packs/person-words.toml");

    /// The pack that comes with this crate.
    pub fn built_in() -> &'static Self {
        static TITLES: OnceLock<Titles> = OnceLock::new();
        TITLES.get_or_init(|| {
            #[expect(clippy::expect_used, reason = "the embedded pack is read by a test")]
            Self::parse(Self::BUILT_IN).expect("the built-in pack of titles is well formed")
        })
    }

    /// Reads a pack.
    ///
    /// # Errors
    /// A text that is no such pack, or a phrase of which nothing is left.
    pub fn parse(text: &str) -> Result<Self, PersonError> {
        let pack: TitlesPack = toml::from_str(text).map_err(|error| PersonError::Layout {
            pack: "titles",
            error: Box::new(error),
        })?;
        let mut out = Self {
            phrases: HashSet::new(),
            longest: 1,
        };
        for (language, list) in &pack.titles {
            for phrase in list.split(',') {
                let words = tokens(phrase);
                if words.is_empty() {
                    return Err(PersonError::Empty {
                        pack: "titles",
                        row: language.clone(),
                    });
                }
                out.longest = out.longest.max(words.len());
                let words: Vec<&str> = words.iter().map(|w| w.plain.as_str()).collect();
                out.phrases.insert(words.join(" "));
            }
        }
        Ok(out)
    }

    /// How many of the words, which are compared already, are a title at their start;
    /// 0 for none. A title that is all there is, is a name.
    pub fn starting(&self, words: &[&str]) -> usize {
        (1..=self.longest.min(words.len().saturating_sub(1)))
            .rev()
            .find(|take| self.phrases.contains(&words[..*take].join(" ")))
            .unwrap_or(0)
    }

    /// Whether a word by itself is a title: `dr`, `шейх`, `先生`.
    pub fn is_title(&self, word: &str) -> bool {
        self.phrases.contains(word)
    }

    /// A title that ends a run without spaces, and how many bytes go before it:
    /// `王伟先生`.
    pub fn ending(&self, run: &str) -> Option<usize> {
        run.char_indices()
            .skip(2)
            .map(|(at, _)| at)
            .find(|at| !run.is_ascii() && self.phrases.contains(&run[*at..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_before_and_behind_a_name() {
        let titles = Titles::built_in();
        let starting = |name: &str| titles.starting(&name.split(' ').collect::<Vec<_>>());
        let cases = [
            ("dr hans muller", 1),
            ("maulana ameer hamza", 1),
            ("lt gen john smith", 2),
            ("генерал петров", 1),
            ("الشيخ احمد", 1),
            ("hans muller", 0),
            ("sheikh", 0),
        ];
        for (name, want) in cases {
            assert_eq!(starting(name), want, "{name}");
        }
        assert!(
            titles.is_title("ayatollah") && titles.is_title("先生") && titles.is_title("hajji")
        );
        assert!(!titles.is_title("muller"));
        assert_eq!(titles.ending("王伟先生"), Some("王伟".len()));
        assert_eq!(titles.ending("王伟"), None);
    }

    #[test]
    fn a_pack_of_another_kind_is_refused() {
        assert!(Titles::parse("pack = \"given-names\"\n[titles]\n").is_err());
        assert!(Titles::parse("pack = \"person-words\"\n[titles]\nen = \"Mr, -\"\n").is_err());
    }
}
