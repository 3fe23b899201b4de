//! Which part of a person's listed name is the family name, and which is given.
//!
//! Lists say it by how they write: `IVANOV, Ivan`, `Ivan IVANOV`. Where a name is
//! written neither way, a part has the role that it has in most names that are; where
//! that is not clear, none. Nothing is guessed from the sound of a name or from where
//! it may come from, and a part that has no role is compared all the same.
//!
//! Why it matters: given names are few. Two names that share one and a father's name
//! share little, however rare the spelling, if the family names differ.

use std::collections::BTreeMap;

use scruple_names::{Part, PartKind};

use crate::keys::acronym_text;

/// What a part is in the name of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Role {
    /// Not known, or not of a person.
    #[default]
    Unknown,
    /// A family name.
    Family,
    /// A given name.
    Given,
    /// In any name: initials of the words before it, in brackets.
    Initials,
}

/// How often a text is one and the other in names that say so.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    family: u32,
    given: u32,
}

/// What the lists say of each text.
#[derive(Debug, Default)]
pub(crate) struct Roles<'a>(BTreeMap<&'a str, Counts>);

/// How a name is written, as far as it tells the roles of its parts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Written<'a> {
    /// The family name, a comma, the rest.
    Comma(&'a str, &'a str),
    /// The family name in capitals, the rest not.
    Capitals,
    /// Neither.
    Plain,
}

impl<'a> Written<'a> {
    /// How a name is written.
    pub(crate) fn of(name: &'a str) -> Self {
        if let Some((family, rest)) = name.split_once(',') {
            return Self::Comma(family, rest);
        }
        let mut words = name
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().nth(1).is_some());
        let capitals = |word: &str| word.chars().all(char::is_uppercase);
        if words.clone().any(capitals) && words.any(|word| !capitals(word)) {
            Self::Capitals
        } else {
            Self::Plain
        }
    }

    /// The role of a part that is shown like this.
    pub(crate) fn role(self, shown: &str) -> Role {
        match self {
            Self::Comma(family, rest) => match (family.contains(shown), rest.contains(shown)) {
                (true, false) => Role::Family,
                (false, true) => Role::Given,
                _ => Role::Unknown,
            },
            Self::Capitals if shown.chars().nth(1).is_none() => Role::Unknown,
            Self::Capitals if shown.chars().all(char::is_uppercase) => Role::Family,
            Self::Capitals => Role::Given,
            Self::Plain => Role::Unknown,
        }
    }
}

/// Which part of a name stands in brackets and is the initials of words before it, as in
/// `Third World Research (TWR)`. It says nothing that the words do not.
pub(crate) fn initials(name: &str, parts: &[Part]) -> Option<usize> {
    let open = |c| matches!(c, '(' | '（' | '[');
    let close = |c| matches!(c, ')' | '）' | ']');
    // Most names have no bracket.
    let mut bracketed = name.split(open).skip(1);
    bracketed.find_map(|rest| {
        let (inside, _) = rest.split_once(close)?;
        let inside: String = inside.chars().filter(|c| c.is_alphabetic()).collect();
        let stands = |part: &Part| {
            part.kind == PartKind::Word && acronym_text(&part.text) && part.shown == inside
        };
        let at = parts.iter().position(stands)?;
        // Small words have a letter in some (`Ministry of Defence, MOD`) and none in others.
        let of = |small: bool| -> String {
            let counts = |part: &&Part| {
                part.kind == PartKind::Word || (small && part.kind == PartKind::Particle)
            };
            let before = parts[..at].iter().filter(counts);
            before.filter_map(|part| part.text.chars().next()).collect()
        };
        let text = parts[at].text.as_str();
        (of(false).contains(text) || of(true).contains(text)).then_some(at)
    })
}

impl<'a> Roles<'a> {
    /// Counts a part of a name that says what it is.
    pub(crate) fn count(&mut self, text: &'a str, role: Role) {
        let counts = self.0.entry(text).or_default();
        match role {
            Role::Family => counts.family += 1,
            Role::Given => counts.given += 1,
            Role::Unknown | Role::Initials => {}
        }
    }

    /// What a text is in at least three of four names that say so.
    pub(crate) fn usual(&self, text: &str) -> Role {
        let Counts { family, given } = self.0.get(text).copied().unwrap_or_default();
        match () {
            () if family > given * 3 => Role::Family,
            () if given > family * 3 => Role::Given,
            () => Role::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_say_which_name_is_the_family_name() {
        let role = |name, part| Written::of(name).role(part);
        assert_eq!(role("IVANOV, Ivan", "IVANOV"), Role::Family);
        assert_eq!(role("IVANOV, Ivan", "Ivan"), Role::Given);
        assert_eq!(
            role("Elena Borisovna DMITRIYEVA", "DMITRIYEVA"),
            Role::Family
        );
        assert_eq!(role("Elena Borisovna DMITRIYEVA", "Elena"), Role::Given);
        assert_eq!(role("Elena Dmitriyeva", "Elena"), Role::Unknown);
        assert_eq!(role("ELENA DMITRIYEVA", "ELENA"), Role::Unknown);
    }

    #[test]
    fn initials_in_brackets_are_those_of_words_before_them() {
        use scruple_names::{LegalForms, read};
        let of = |name: &str| {
            let parts = read(name, LegalForms::built_in()).readings.remove(0).parts;
            initials(name, &parts).map(|at| parts[at].shown.clone())
        };
        for (name, want) in [
            ("Third World Research (TWR)", "TWR"),
            ("Ministry of Defence [MOD] of Nowhere", "MOD"),
            ("Zavod Kompleksnye Dorozhnye Mashiny（ZKDM）OOO", "ZKDM"),
            ("Aviation Research Institute (A.R.I.)", "ARI"),
        ] {
            assert_eq!(of(name).as_deref(), Some(want), "{name}");
        }
        for name in [
            "Third World Research TWR",
            "Third World Research (Iran)",
            "(TWR) Third World Research",
            "Third World Research (TWX)",
            "Third World Research (",
        ] {
            assert_eq!(of(name), None, "{name}");
        }
    }

    #[test]
    fn a_part_has_the_role_that_most_names_give_it() {
        let mut roles = Roles::default();
        for _ in 0..4 {
            roles.count("ivan", Role::Given);
        }
        roles.count("ivan", Role::Family);
        assert_eq!(roles.usual("ivan"), Role::Given);
        roles.count("ivan", Role::Family);
        assert_eq!(roles.usual("ivan"), Role::Unknown);
        assert_eq!(roles.usual("petr"), Role::Unknown);
    }
}
