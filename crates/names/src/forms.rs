//! Legal forms: phrases in many scripts that say what kind of firm a name is.
//!
//! The phrases are data (`packs/legal-forms.toml`). They are matched before
//! transliteration, longest first. A form is kept as a part of the name: two
//! names that differ in it alone are close, not equal.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::script::Script;
use crate::sound::deletions;
use crate::token::tokens;

/// The pack, typed and indexed by phrase.
#[derive(Debug)]
pub struct LegalForms {
    ids: Vec<String>,
    /// By number: whether it says what a body does rather than how it is owned.
    works: Vec<bool>,
    /// Words joined by a space, to the number of the form.
    phrases: HashMap<String, u16>,
    /// Phrases without word boundaries (Han, Kana, Hangul), longest first.
    joined: Vec<(String, u16)>,
    /// Longest phrase in words.
    longest: usize,
    /// Long single words with one letter missing, for typing errors.
    typos: HashMap<String, u16>,
    /// Words of phrases that say little alone, and the long ones with a letter less.
    strays: HashSet<String>,
}

/// Shortest word in which a typing error is forgiven: shorter ones are too often
/// a letter from a word that means something.
const LONG: usize = 6;

/// Why a pack of legal forms cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FormsError {
    /// Not the layout that is expected.
    #[error("the pack of legal forms cannot be read: {0}")]
    Layout(#[from] Box<toml::de::Error>),
    /// One phrase under two forms.
    #[error("the phrase \"{phrase}\" stands under \"{first}\" and \"{second}\": keep one")]
    Twice {
        /// The phrase as normalised.
        phrase: String,
        /// A form it stands under.
        first: String,
        /// The other.
        second: String,
    },
    /// A phrase of which nothing is left, or more forms than can be numbered.
    #[error("the form \"{0}\" holds a phrase without a letter, or is one form too many")]
    Empty(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    #[expect(dead_code, reason = "read so that a pack of another kind is refused")]
    pack: KindOfPack,
    stray: Vec<String>,
    form: Vec<Form>,
}

#[derive(Deserialize)]
enum KindOfPack {
    #[serde(rename = "legal-forms")]
    LegalForms,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    id: String,
    #[expect(dead_code, reason = "for the reader of the pack")]
    about: String,
    /// Whether it says what a body does, a group of firms, a works with its institute,
    /// rather than how it is owned: two bodies of one name may differ in it.
    #[serde(default)]
    works: bool,
    phrases: BTreeMap<String, Vec<String>>,
}

impl LegalForms {
    /// The text of the pack that comes with this crate.
    pub const BUILT_IN: &'static str = include_str!("../../../packs/legal-forms.toml");

    /// The pack that comes with this crate.
    pub fn built_in() -> &'static Self {
        static FORMS: OnceLock<LegalForms> = OnceLock::new();
        FORMS.get_or_init(|| {
            // The text is part of the program and a test reads it.
            #[expect(clippy::expect_used, reason = "the embedded pack is read by a test")]
            Self::parse(Self::BUILT_IN).expect("the built-in pack of legal forms is well formed")
        })
    }

    /// Reads a pack.
    ///
    /// # Errors
    /// A text that is no such pack, or a phrase that stands under two forms.
    pub fn parse(text: &str) -> Result<Self, FormsError> {
        let pack: Pack = toml::from_str(text).map_err(Box::new)?;
        let mut out = Self {
            ids: Vec::new(),
            works: Vec::new(),
            phrases: HashMap::new(),
            joined: Vec::new(),
            longest: 1,
            typos: HashMap::new(),
            strays: HashSet::new(),
        };
        for word in pack.stray.iter().flat_map(|word| tokens(word)) {
            if word.plain.chars().count() >= LONG {
                out.strays.extend(deletions(&word.plain));
            }
            out.strays.insert(word.plain);
        }
        for form in &pack.form {
            let no =
                u16::try_from(out.ids.len()).map_err(|_| FormsError::Empty(form.id.clone()))?;
            out.ids.push(form.id.clone());
            out.works.push(form.works);
            for phrase in form.phrases.values().flatten() {
                out.add(phrase, no, form)?;
            }
        }
        out.joined.sort_by(|a, b| {
            b.0.chars()
                .count()
                .cmp(&a.0.chars().count())
                .then_with(|| a.cmp(b))
        });
        Ok(out)
    }

    fn add(&mut self, phrase: &str, no: u16, form: &Form) -> Result<(), FormsError> {
        let words = tokens(phrase);
        let Some(first) = words.first() else {
            return Err(FormsError::Empty(form.id.clone()));
        };
        let key = words
            .iter()
            .map(|w| w.plain.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        self.longest = self.longest.max(words.len());
        if words.len() == 1 && has_no_spaces(first.script) {
            self.joined.push((key.clone(), no));
        }
        if words.len() == 1 && first.script == Script::Latin && key.len() >= LONG {
            for less in deletions(&key) {
                self.typos.entry(less).or_insert(no);
            }
        }
        match self.phrases.insert(key.clone(), no) {
            Some(other) if other != no => Err(FormsError::Twice {
                phrase: key,
                first: self.ids[usize::from(other)].clone(),
                second: form.id.clone(),
            }),
            _ => Ok(()),
        }
    }

    /// The id of a form by its number, `limited`; empty for a number not given out.
    pub fn id(&self, no: u16) -> &str {
        self.ids.get(usize::from(no)).map_or("", String::as_str)
    }

    /// Whether a form says what a body does, a holding, a foundation, rather than how it
    /// is owned. False for a number not given out.
    pub fn says_what_it_does(&self, no: u16) -> bool {
        self.works.get(usize::from(no)).copied().unwrap_or(false)
    }

    /// The longest phrase that `words` begins with: how many words, and which form.
    pub(crate) fn starting(&self, words: &[&str]) -> Option<(usize, u16)> {
        (1..=self.longest.min(words.len())).rev().find_map(|take| {
            self.phrases
                .get(&words[..take].join(" "))
                .map(|no| (take, *no))
        })
    }

    /// A long word one typing error away from a form of one word.
    pub(crate) fn misspelt(&self, word: &str) -> Option<u16> {
        if word.len() < LONG || !word.is_ascii() {
            return None;
        }
        deletions(word)
            .iter()
            .find_map(|less| self.typos.get(less))
            .copied()
    }

    /// A word that is part of a form and says little alone, or one typing error from it.
    pub(crate) fn is_stray(&self, word: &str) -> bool {
        self.strays.contains(word)
            || (word.chars().count() >= LONG
                && deletions(word)
                    .iter()
                    .any(|less| self.strays.contains(less)))
    }

    /// A phrase that ends a run of characters without spaces: its byte length and form.
    pub(crate) fn ending(&self, run: &str) -> Option<(usize, u16)> {
        self.joined
            .iter()
            .find(|(phrase, _)| run.len() > phrase.len() && run.ends_with(phrase.as_str()))
            .map(|(phrase, no)| (phrase.len(), *no))
    }

    /// The same at the beginning.
    pub(crate) fn opening(&self, run: &str) -> Option<(usize, u16)> {
        self.joined
            .iter()
            .find(|(phrase, _)| run.len() > phrase.len() && run.starts_with(phrase.as_str()))
            .map(|(phrase, no)| (phrase.len(), *no))
    }
}

fn has_no_spaces(script: Script) -> bool {
    matches!(script, Script::Han | Script::Hangul | Script::Kana)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_pack_is_well_formed() {
        let forms = LegalForms::parse(LegalForms::BUILT_IN).unwrap();
        assert!(forms.ids.len() > 10);
        let sorted: std::collections::BTreeSet<_> = forms.ids.iter().collect();
        assert_eq!(sorted.len(), forms.ids.len(), "ids repeat");
    }

    #[test]
    fn phrases_of_one_form_meet_across_scripts() {
        let forms = LegalForms::built_in();
        for phrase in [
            "Co., Ltd.",
            "Company Limited",
            "GmbH",
            "S.r.l.",
            "OOO",
            "ООО",
            "有限公司",
            "Ltd",
        ] {
            let words = tokens(phrase);
            let words: Vec<&str> = words.iter().map(|w| w.plain.as_str()).collect();
            let (used, no) = forms.starting(&words).unwrap_or_else(|| panic!("{phrase}"));
            assert_eq!((used, forms.id(no)), (words.len(), "limited"), "{phrase}");
        }
    }

    #[test]
    fn a_phrase_under_two_forms_is_refused() {
        let text = r#"pack = "legal-forms"
            stray = []
            [[form]]
            id = "a"
            about = ""
            phrases = { en = ["Ltd"] }
            [[form]]
            id = "b"
            about = ""
            phrases = { en = ["LTD."] }"#;
        assert!(matches!(
            LegalForms::parse(text),
            Err(FormsError::Twice { .. })
        ));
    }

    #[test]
    fn a_misspelt_form_is_still_a_form() {
        let forms = LegalForms::built_in();
        assert!(forms.misspelt("limted").is_some());
        assert!(forms.misspelt("unlimited2x").is_none());
        assert!(forms.misspelt("hikvision").is_none());
        assert!(forms.is_stray("liability") && forms.is_stray("libility"));
        assert!(!forms.is_stray("mining") && !forms.is_stray("hikvision"));
    }
}
