//! How common name parts are in general, beside the lists that are held.
//!
//! A list of a dozen firms cannot tell that "Technology" is a common word, nor
//! that "Nguyen" is a name many people share. This table can: parts as they are
//! written, in classes by the logarithm of how often they occur among
//! [`ALL`] names. It holds words of company names, and given names and family
//! names in common use in many countries. It knows parts of names, not people,
//! and says nothing about where a name is from.

use std::collections::HashMap;
use std::sync::OnceLock;

use scruple_names::fold;

use crate::weight::counted;

/// How many names the table stands for.
pub(crate) const ALL: u32 = 1 << 16;

/// One line for each class: `class: part part …`; a part of class `n` stands in about 2^n names.
pub(crate) const TABLE: &str = include_str!("background.txt");

/// In how many of [`ALL`] names a part occurs; 0 where it is not known as common.
pub(crate) fn count(part: &str) -> u32 {
    counts().texts.get(part).copied().unwrap_or(0)
}

/// In how many a part occurs in any of the spellings that are counted as one
/// ([`counted`]).
pub(crate) fn count_spelling(spelling: &str) -> u32 {
    counts().spellings.get(spelling).copied().unwrap_or(0)
}

struct Counts {
    texts: HashMap<&'static str, u32>,
    spellings: HashMap<String, u32>,
}

fn counts() -> &'static Counts {
    static COUNTS: OnceLock<Counts> = OnceLock::new();
    COUNTS.get_or_init(|| {
        let mut texts = HashMap::new();
        let mut spellings = HashMap::new();
        for line in TABLE.lines() {
            let Some((class, parts)) = line.split_once(':') else {
                continue;
            };
            let Ok(class) = class.trim().parse::<u32>() else {
                continue;
            };
            let of_class = 1 << class.min(16);
            for part in parts.split_whitespace() {
                let count = texts.entry(part).or_insert(0);
                *count = of_class.max(*count);
                let spelling = counted(&fold(part)).to_owned();
                let count = spellings.entry(spelling).or_insert(0);
                *count = of_class.max(*count);
            }
        }
        Counts { texts, spellings }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_known_and_rare_ones_are_not() {
        assert!(count("company") > count("shipping"));
        assert!(count("shipping") > 0 && count("wang") > 0);
        assert_eq!(count("hikvision"), 0);
    }

    #[test]
    fn every_line_is_a_class_and_lower_case_parts() {
        for line in TABLE
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            let (class, parts) = line.split_once(':').expect(line);
            assert!(
                class.trim().parse::<u32>().is_ok_and(|class| class <= 13),
                "{class}"
            );
            for part in parts.split_whitespace() {
                assert!(part.chars().all(|c| c.is_ascii_lowercase()), "{part}");
            }
        }
    }
}
