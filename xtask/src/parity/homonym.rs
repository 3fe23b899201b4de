//! Drawn names that are listed names.
//!
//! Somebody drawn who bears the very name of a listed party has to alert: no matcher
//! could know better by the name alone. Such names are set apart and counted, and are
//! no false alerts. Equal means: the same letters without accents, case and
//! punctuation, whatever the order, wherever a given name is parted (Lihao, Li Hao),
//! and for organisations whatever the legal form.
//!
//! The folding here is the tool's own, and small on purpose: measured by the program's
//! own reading, a fault in that would excuse itself.

use std::collections::HashSet;

use scruple_model::{Entity, Schema};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Words of legal forms, folded.
const FORMS: &[&str] = &[
    "co",
    "ltd",
    "limited",
    "company",
    "llc",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "plc",
    "llp",
    "jsc",
    "ooo",
    "oao",
    "zao",
    "pao",
    "ao",
    "too",
    "sa",
    "sarl",
    "suarl",
    "sas",
    "srl",
    "sl",
    "ltda",
    "cv",
    "de",
    "rl",
    "pvt",
    "private",
    "pte",
    "wll",
    "fze",
    "fzco",
    "fzc",
    "fz",
    "est",
    "establishment",
    "gmbh",
    "ag",
    "bv",
    "nv",
    "spa",
    "as",
    "sti",
    "anonim",
    "sirketi",
    "joint",
    "stock",
    "liability",
    "group",
    "holdings",
    "the",
    "pjsc",
    "sal",
    "sac",
    "ca",
    "s",
    "a",
    "l",
    "c",
    "w",
    "r",
];

/// The words of a name without accents, case and punctuation.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            // Inside a word: Xi'an, O'Brien.
            '\'' | '’' | 'ʻ' | '`' => {}
            _ if letter.is_alphanumeric() => {
                let at = words.len() - 1;
                words[at].extend(letter.to_lowercase().map(plain));
            }
            _ if words.last().is_some_and(|word| !word.is_empty()) => words.push(String::new()),
            _ => {}
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Letters that no mark was put on, and that are written without theirs.
fn plain(letter: char) -> char {
    match letter {
        'đ' => 'd',
        'ı' => 'i',
        'ł' => 'l',
        'ø' => 'o',
        other => other,
    }
}

/// Every way to see a name as the same as another.
fn keys(name: &str, is_person: bool) -> Vec<String> {
    let mut words = words(name);
    if !is_person {
        words.retain(|word| !FORMS.contains(&word.as_str()));
    }
    let mut keys = Vec::new();
    if (2..=5).contains(&words.len()) && is_person {
        for at in 1..words.len() {
            let (front, back) = (words[..at].concat(), words[at..].concat());
            keys.push(if front < back {
                format!("{front} {back}")
            } else {
                format!("{back} {front}")
            });
        }
    }
    words.sort_unstable();
    keys.push(words.join(" "));
    keys
}

/// The listed names, folded.
pub(super) struct Listed {
    persons: HashSet<String>,
    others: HashSet<String>,
}

impl Listed {
    /// The names of parties. Of some a list does not say whether they are persons: their
    /// names are those of either.
    pub(super) fn of_parties<'a>(parties: impl Iterator<Item = &'a Entity>) -> Self {
        let names = parties.flat_map(|party| {
            let unsaid = matches!(party.schema, Schema::LegalEntity | Schema::Thing);
            let person = party.schema == Schema::Person;
            party
                .names()
                .map(move |(_, name)| (name, person || unsaid, !person))
        });
        Self::of(names)
    }

    /// From names, each with whether a person may bear it, and whether anything else may.
    fn of<'a>(names: impl Iterator<Item = (&'a str, bool, bool)>) -> Self {
        let (mut persons, mut others) = (HashSet::new(), HashSet::new());
        for (name, person, other) in names {
            if person {
                persons.extend(keys(name, true));
            }
            if other {
                others.extend(keys(name, false));
            }
        }
        Self { persons, others }
    }

    /// Whether a drawn name is the name of somebody listed.
    pub(super) fn bears(&self, name: &str, is_person: bool) -> bool {
        let listed = if is_person {
            &self.persons
        } else {
            &self.others
        };
        keys(name, is_person).iter().any(|key| listed.contains(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_written_otherwise_is_the_same_name() {
        let listed = Listed::of(
            [
                ("ZHANG, Lihao", true, false),
                ("PÉREZ LÓPEZ, Juan", true, false),
                ("Huaxin Trading Co., Ltd.", false, true),
                ("Elena Kuznetsova", true, true),
            ]
            .into_iter(),
        );
        for name in [
            "Li Hao Zhang",
            "Zhang Li-hao",
            "Juan Perez Lopez",
            "zhang lihao",
        ] {
            assert!(listed.bears(name, true), "{name}");
        }
        for name in ["Zhang Lihua", "Juan Perez", "Zhang Hao", "Lopez Juan"] {
            assert!(!listed.bears(name, true), "{name}");
        }
        assert!(listed.bears("HUAXIN TRADING COMPANY LIMITED", false));
        assert!(!listed.bears("Ningbo Huaxin Trading Co., Ltd.", false));
        assert!(!listed.bears("Zhang Lihao", false));
        assert!(listed.bears("Kuznetsova Elena", true));
    }
}
