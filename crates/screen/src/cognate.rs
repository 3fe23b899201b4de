//! Given names that are one name: in another language, or as a short form.
//!
//! `Joseph` and `Yusuf` share few letters, `William` and `Bill` hardly one. The pack of
//! given names ([`GivenNames`]) says which are one person's name; here the listed words of
//! a row are found, once for each word of a query. What such a pair says is how rare the
//! name is in all its forms together: somebody else is called `Vova` or `Uladzimir` as
//! easily as `Vladimir`, however rare that spelling.
//!
//! It is asked of names of people only. A family name is not translated: Ibrahim and
//! Abraham are two families. A father's name is compared as it is written.

use scruple_names::{GivenNames, PartKind};

use crate::alike::Word;
use crate::index::Index;
use crate::keys::Class;
use crate::weight::rarity;

/// A listed word that is one given name with a word of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cognate {
    pub(crate) term: u32,
    /// Number of the word of the query.
    pub(crate) word: u16,
    /// Whether it is so where the listed word comes from a script that leaves vowels out,
    /// or where it does not.
    pub(crate) bare: bool,
    /// How rare the name is in all its forms, in bits / 256.
    pub(crate) bits: u32,
}

/// What the terms of a word's rows are found by.
pub(crate) fn keys(text: &str, bare: bool) -> impl Iterator<Item = String> {
    let rows = GivenNames::built_in().rows(text, bare);
    rows.iter().map(move |row| key(*row, bare))
}

fn key(row: u16, bare: bool) -> String {
    format!("{row}{}", if bare { '&' } else { '~' })
}

/// Adds the listed words that are one given name with a word of the query.
pub(crate) fn find<B: AsRef<[u8]>>(
    index: &Index<B>,
    no: usize,
    word: &Word,
    out: &mut Vec<Cognate>,
) {
    if word.kind != PartKind::Word || word.patronymic {
        return;
    }
    let names = GivenNames::built_in();
    for row in names.rows(&word.text, word.script.is_consonantal()) {
        let start = out.len();
        let mut holding: u32 = 0;
        for bare in [false, true] {
            for term in index.lookup(Class::Cognate, &key(*row, bare)) {
                holding = holding.saturating_add(index.holding(term));
                if Some(term) != word.term {
                    out.push(Cognate {
                        term,
                        word: u16::try_from(no).unwrap_or(u16::MAX),
                        bare,
                        bits: 0,
                    });
                }
            }
        }
        let bits = rarity(holding, index.all());
        for found in &mut out[start..] {
            found.bits = bits;
        }
    }
}

/// Sorts by term. Where two rows join the same words, they are as common as in the
/// commoner one.
pub(crate) fn sort(found: &mut Vec<Cognate>) {
    found.sort_unstable();
    found.dedup_by_key(|found| (found.term, found.word, found.bare));
}
