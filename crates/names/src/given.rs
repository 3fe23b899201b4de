//! Given names that are one name in many spellings: Yusuf and Joseph, Aleksandr and
//! Sasha.
//!
//! Some pairs no rule of spelling joins. They are data (`packs/given-names.toml`), and
//! say that two words may be one person's name, never whence the person comes.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::person::PersonError;
use crate::token::tokens;

/// Cognates and short forms, by their spelling.
#[derive(Debug)]
pub struct GivenNames {
    rows: HashMap<String, Vec<u16>>,
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
    /// A text that is no such pack, or a name of which nothing is left.
    pub fn parse(text: &str) -> Result<Self, PersonError> {
        let pack: Pack = toml::from_str(text).map_err(|error| PersonError::Layout {
            pack: "given names",
            error: Box::new(error),
        })?;
        let mut rows: HashMap<String, Vec<u16>> = HashMap::new();
        // A row more than can be numbered does not fit the pack, which has hundreds.
        for (no, row) in (0..=u16::MAX).zip(&pack.groups) {
            for name in row.split(',') {
                let words = tokens(name);
                if words.is_empty() {
                    return Err(PersonError::Empty {
                        pack: "given names",
                        row: row.clone(),
                    });
                }
                let key = words.iter().map(|w| w.plain.as_str()).collect::<String>();
                let known = rows.entry(key).or_default();
                if known.last() != Some(&no) {
                    known.push(no);
                }
            }
        }
        Ok(Self { rows })
    }

    /// The rows that a name stands in, in order. The name is compared already (lower
    /// case, no accents), in its own script.
    pub fn rows(&self, name: &str) -> &[u16] {
        self.rows.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether two names share a row.
    pub fn are_one(&self, a: &str, b: &str) -> bool {
        let theirs = self.rows(b);
        self.rows(a).iter().any(|row| theirs.contains(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cognates_and_short_forms_are_one_name() {
        let names = GivenNames::built_in();
        for (a, b) in [
            ("muhammad", "mohamed"),
            ("mehmet", "магомед"),
            ("yusuf", "joseph"),
            ("aleksandr", "sasha"),
            ("aleksandra", "sasha"),
            ("ivan", "john"),
            ("иван", "hovhannes"),
            ("yuriy", "george"),
            ("محمد", "mohammed"),
            ("olena", "елена"),
        ] {
            assert!(names.are_one(a, b) && names.are_one(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("aleksandr", "aleksandra"),
            ("ivan", "igor"),
            ("hassan", "hussein"),
            ("x", "y"),
        ] {
            assert!(!names.are_one(a, b), "{a} {b}");
        }
    }

    #[test]
    fn a_pack_of_another_kind_is_refused() {
        assert!(GivenNames::parse("pack = \"person-words\"\ngroups = []").is_err());
        assert!(GivenNames::parse("pack = \"given-names\"\ngroups = [\"Ivan, -\"]").is_err());
    }
}
