//! Organisation words and place names: what the words of a name mean, in many
//! languages and scripts.
//!
//! `新疆维吾尔自治区公安厅` and "Xinjiang Uyghur Autonomous Region Public Security
//! Bureau" share no letter. They share meanings: a place and a kind of office. The
//! lexicon cuts a name into such concepts, numbers (`第二十八` is 28), and the rest,
//! which is a name proper and is read by its sound.
//!
//! The phrases are data: `packs/organisation-words.toml` and
//! `packs/place-names.toml`. They stand in one sorted automaton (`fst`), which is
//! walked letter by letter: no hashing, no allocation for a word, the same answer on
//! every machine. Where words are parted by spaces the longest phrase at each word
//! wins; in scripts without spaces the longest at each character.
//!
//! Rejected: machine translation (a model of hundreds of megabytes that gives
//! another answer each year); an entry for every inflected form (a stem with a short
//! tail says the same in a tenth of the lines); one-character words anywhere (`局` is
//! an office after a place and a syllable elsewhere, so it counts after a concept
//! only).

mod cut;
mod pack;
mod phrase;

use std::collections::HashSet;
use std::sync::OnceLock;

use fst::Map;

pub use cut::{Meaning, Segment};
pub use pack::LexiconError;

/// What sort of meaning a concept is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What a body is or does: bureau, shipping.
    Word,
    /// An armed force or a corps: a body with offices of its own beside the state's.
    Force,
    /// The level of a state: municipal, provincial. Comes and goes in translation.
    Level,
    /// Joins two words: and.
    Link,
    /// A country, a region, a city or a people's name for one.
    Place,
}

/// A meaning that words of several languages share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// Its name in the pack, `public-security-bureau`, `cn-xinjiang`.
    pub id: String,
    /// What sort it is.
    pub kind: Kind,
    /// How it is put in the Latin alphabet: lower case, without accents.
    pub english: String,
}

/// The packs, typed, with every phrase in one automaton.
#[derive(Debug)]
pub struct Lexicon {
    concepts: Vec<Concept>,
    /// Phrase to number of its concept.
    phrases: Map<Vec<u8>>,
    /// Words of the phrases of several words that say what a body is or does.
    inner: HashSet<String>,
}

impl Lexicon {
    /// The text of the pack of organisation words that comes with this crate.
    pub const WORDS: &'static str = include_str!("../../../../packs/organisation-words.toml");
    /// The text of the pack of place names that comes with this crate.
    pub const PLACES: &'static str = include_str!("../../../../packs/place-names.toml");

    /// The packs that come with this crate.
    pub fn built_in() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            #[expect(clippy::expect_used, reason = "the embedded packs are read by a test")]
            Self::parse(Self::WORDS, Self::PLACES).expect("the built-in lexicon is well formed")
        })
    }

    /// Reads a pack of words and a pack of places.
    ///
    /// # Errors
    /// A text that is no such pack, a phrase of which nothing is left, or one that
    /// stands under two concepts.
    pub fn parse(words: &str, places: &str) -> Result<Self, LexiconError> {
        pack::build(words, places)
    }

    /// A concept by its number, which a [`Segment`] carries.
    pub fn concept(&self, no: u16) -> Option<&Concept> {
        self.concepts.get(usize::from(no))
    }

    /// The number of a concept by its id.
    pub fn find(&self, id: &str) -> Option<u16> {
        let at = self.concepts.iter().position(|c| c.id == id)?;
        u16::try_from(at).ok()
    }

    /// Whether a word, which is compared already, stands in a phrase of several words that
    /// says what a body is or does: `chain` in `supply chain`. A stem counts as it stands.
    pub fn stands_in_phrases(&self, word: &str) -> bool {
        self.inner.contains(word)
    }

    /// Every concept in the order of the numbers.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }
}

#[cfg(test)]
mod tests;
