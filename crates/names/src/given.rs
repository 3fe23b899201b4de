//! Given names that are one name in many forms: Yusuf and Joseph, Aleksandr and Sasha.
//!
//! Some pairs no rule of spelling joins. They are data (`packs/given-names.toml`), and
//! say that two words may be one person's name, never whence the person comes.
//!
//! A name is looked up as it is compared: by its reading in Latin letters, so that `Саша`
//! is found wherever `Sasha` is. A script that leaves vowels out gives readings of
//! another sort (`amr` is `عمر`, Umar, there, and the name Amr elsewhere), so the two are
//! kept apart.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::forms::LegalForms;
use crate::person::PersonError;
use crate::reading::{PartKind, Way, by_letters};
use crate::token::tokens;

/// Cognates and short forms, by what is compared of them.
#[derive(Debug, Default)]
pub struct GivenNames {
    written: HashMap<String, Vec<u16>>,
    /// From scripts that leave vowels out.
    bare: HashMap<String, Vec<u16>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    #[expect(dead_code, reason = "read so that a pack of another kind is refused")]
    pack: KindOfPack,
    groups: Vec<String>,
}

#[derive(Deserialize)]
enum KindOfPack {
    #[serde(rename = "given-names")]
    GivenNames,
}

impl GivenNames {
    /// The text of the pack that comes with this crate.
    pub const BUILT_IN: &'static str = include_str!("../../../packs/given-names.toml");

    /// The pack that comes with this crate.
    pub fn built_in() -> &'static Self {
        static NAMES: OnceLock<GivenNames> = OnceLock::new();
        NAMES.get_or_init(|| {
            #[expect(clippy::expect_used, reason = "the embedded pack is read by a test")]
            Self::parse(Self::BUILT_IN).expect("the built-in pack of given names is well formed")
        })
    }

    /// Reads a pack.
    ///
    /// # Errors
    /// A text that is no such pack, a name of which nothing is left, or one that is read
    /// as several words or as none: it would never be found.
    pub fn parse(text: &str) -> Result<Self, PersonError> {
        let pack: Pack = toml::from_str(text).map_err(|error| PersonError::Layout {
            pack: "given names",
            error: Box::new(error),
        })?;
        let mut out = Self::default();
        // A row more than can be numbered does not fit the pack, which has hundreds.
        for (no, row) in (0..=u16::MAX).zip(&pack.groups) {
            for name in row.split(',') {
                if tokens(name).is_empty() {
                    return Err(PersonError::Empty {
                        pack: "given names",
                        row: row.clone(),
                    });
                }
                if !out.add(name, no) {
                    return Err(PersonError::NotOneWord {
                        name: name.trim().to_owned(),
                        row: row.clone(),
                    });
                }
            }
        }
        Ok(out)
    }

    /// Adds every reading of a name that is one word; false where there is none.
    fn add(&mut self, name: &str, row: u16) -> bool {
        let mut found = false;
        for reading in by_letters(name, LegalForms::built_in()) {
            let [part] = reading.parts.as_slice() else {
                continue;
            };
            if part.kind != PartKind::Word || reading.way == Way::Characters {
                continue;
            }
            let rows = if part.script.is_consonantal() {
                &mut self.bare
            } else {
                &mut self.written
            };
            let known = rows.entry(part.text.clone()).or_default();
            if known.last() != Some(&row) {
                known.push(row);
            }
            found = true;
        }
        found
    }

    /// The rows that a word stands in, in order. The word is [`crate::Part::text`]; `bare`
    /// says whether its script leaves vowels out ([`crate::Script::is_consonantal`]).
    pub fn rows(&self, text: &str, bare: bool) -> &[u16] {
        let rows = if bare { &self.bare } else { &self.written };
        rows.get(text).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::reading::read;

    /// The rows that the readings of a name stand in.
    fn rows(name: &str) -> Vec<u16> {
        let readings = read(name, LegalForms::built_in()).readings;
        let parts = readings.iter().map(|reading| &reading.parts[0]);
        parts
            .flat_map(|part| GivenNames::built_in().rows(&part.text, part.script.is_consonantal()))
            .copied()
            .collect()
    }

    fn are_one(a: &str, b: &str) -> bool {
        let theirs = rows(b);
        rows(a).iter().any(|row| theirs.contains(row))
    }

    #[test]
    fn cognates_and_short_forms_are_one_name_in_any_script() {
        for (a, b) in [
            ("Muhammad", "Mohamed"),
            ("Mehmet", "Магомед"),
            ("Yusuf", "Joseph"),
            ("يوسف", "Joseph"),
            ("יוסף", "Joseph"),
            ("Aleksandr", "Sasha"),
            ("Саша", "Alexander"),
            ("Aleksandra", "Sasha"),
            ("Ivan", "John"),
            ("Иван", "Hovhannes"),
            ("Yuriy", "George"),
            ("محمد", "Mohammed"),
            ("Olena", "Елена"),
            ("Bill", "William"),
            ("Peggy", "Margaret"),
            ("Paco", "Francisco"),
            ("Дима", "Dmytro"),
            ("Ömer", "Umar"),
        ] {
            assert!(are_one(a, b) && are_one(b, a), "{a} {b}");
        }
    }

    #[test]
    fn names_that_only_share_an_origin_are_several() {
        for (a, b) in [
            ("Aleksandr", "Aleksandra"),
            ("Ivan", "Igor"),
            ("Ivan", "Juan"),
            ("Hassan", "Hussein"),
            ("James", "Jacob"),
            ("Diego", "Jacob"),
            ("Giuseppe", "Yusuf"),
            ("Salah", "Saleh"),
            ("صلاح", "صالح"),
            ("x", "y"),
        ] {
            assert!(!are_one(a, b), "{a} {b}");
        }
        // Amr and Umar are two names whose consonants are one.
        assert!(are_one("عمر", "Umar") && !are_one("Amr", "Umar"));
    }

    /// A reading without vowels says less than a name: two names of the pack that came
    /// out alike would be taken for one.
    #[test]
    fn no_two_names_without_vowels_are_read_alike() {
        let mut spellings: BTreeMap<String, String> = BTreeMap::new();
        for name in GivenNames::BUILT_IN
            .lines()
            .filter(|line| line.starts_with("    \""))
            .flat_map(|line| line.trim().trim_matches(['"', ',']).split(','))
        {
            let plain: String = tokens(name).iter().map(|t| t.plain.as_str()).collect();
            // One letter in the spellings of Arabic and Persian.
            let plain = plain
                .replace(['ی', 'ى'], "ي")
                .replace('ک', "ك")
                .replace(['أ', 'إ', 'آ'], "ا")
                .replace('ة', "ه");
            for reading in read(name, LegalForms::built_in()).readings {
                let part = &reading.parts[0];
                if !part.script.is_consonantal() {
                    continue;
                }
                let of = format!("{:?} {}", part.script, part.text);
                let first = spellings.entry(of).or_insert_with(|| plain.clone());
                let (a, b) = (first.clone(), plain.clone());
                assert!(a == b || are_one(&a, &b), "{a} {b}: {}", part.text);
            }
        }
        assert!(spellings.len() > 100);
    }

    #[test]
    fn a_pack_of_another_kind_is_refused() {
        let of = |groups: &str| {
            GivenNames::parse(&format!("pack = \"given-names\"\ngroups = [\"{groups}\"]"))
        };
        assert!(GivenNames::parse("pack = \"person-words\"\ngroups = []").is_err());
        assert!(of("Ivan, -").is_err());
        let error = of("Anna, Anne Marie").unwrap_err().to_string();
        assert!(error.contains("\"Anne Marie\""), "{error}");
        assert!(of("Anna, Anne").is_ok());
    }
}
