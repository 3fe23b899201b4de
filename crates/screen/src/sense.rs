//! What sort of word a part is, whatever name it stands in.
//!
//! Some words are anybody's: a town, a trade, a title. They say where a body is, what it
//! does, how a person is addressed, and two names that share them share little. The rest
//! are names of their own. The lexicon and the pack of titles say which is which.

use scruple_names::Titles;
use scruple_names::lexicon::{Kind, Lexicon, Meaning, Segment};

/// What the lexicon says of a word by itself.
fn one(text: &str) -> Option<Meaning> {
    let mut found = Vec::with_capacity(1);
    Lexicon::built_in().cut_words(&[text], &mut found);
    match found.as_slice() {
        [Segment { meaning, .. }] => Some(*meaning),
        _ => None,
    }
}

fn kind(meaning: Option<Meaning>) -> Option<(u16, Kind)> {
    match meaning {
        Some(Meaning::Concept(no)) => {
            let concept = Lexicon::built_in().concept(no)?;
            Some((no, concept.kind))
        }
        _ => None,
    }
}

/// A number for what a word means in the lexicon, from 1; 0 for a word that it does
/// not hold, or that only joins two others.
pub(crate) fn meaning(text: &str) -> u32 {
    match kind(one(text)) {
        Some((_, Kind::Link)) | None => 0,
        Some((no, _)) => u32::from(no) + 1,
    }
}

/// Whether a word is neither one for what a body is or does, nor for where it is, nor one
/// that stands in phrases for these: `supply chain`.
pub(crate) fn is_distinctive(text: &str) -> bool {
    text.len() > 1
        && matches!(one(text), None | Some(Meaning::Rest))
        && !Lexicon::built_in().stands_in_phrases(text)
}

/// Whether a word says where.
pub(crate) fn is_place(text: &str) -> bool {
    matches!(kind(one(text)), Some((_, Kind::Place)))
}

/// Whether a word names an armed force or a corps: `corps`, `navy`.
pub(crate) fn is_force(text: &str) -> bool {
    matches!(kind(one(text)), Some((_, Kind::Force)))
}

/// Whether a word is a title: `haji`, `doctor`.
pub(crate) fn is_title(text: &str) -> bool {
    text.len() > 1 && Titles::built_in().is_title(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_anybody_may_bear_are_told_from_names() {
        assert!(is_distinctive("hikvision") && is_distinctive("impuls"));
        for word in ["plant", "moscow", "supply", "chain"] {
            assert!(!is_distinctive(word), "{word}");
        }
        assert!(is_place("moscow") && is_place("kashgar") && !is_place("plant"));
        assert!(is_force("corps") && is_force("navy") && !is_force("bureau"));
        assert!(is_title("haji") && !is_title("hamza"));
        assert!(meaning("zavod") == meaning("plant") && meaning("zavod") != 0);
    }
}
