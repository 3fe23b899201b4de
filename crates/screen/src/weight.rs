//! How much a part of a name says: the fewer names hold it, the more.
//!
//! Rarity is counted over parts as they are written, in the lists that are held
//! and in a small background table ([`crate::background`]): a list of eleven
//! firms does not make "Technology" a rare word. It is given in bits of
//! information, in 1/256, from an integer logarithm: the platform's `ln` may
//! differ in the last digit from machine to machine, and a score would with it.

use scruple_names::{PartKind, Script};

use crate::background;
use crate::patronymic::is_patronymic;
use crate::sense::is_distinctive;

/// One bit.
pub(crate) const BIT: u32 = 256;
/// Least of a word, so that a name of common words still says something.
const LEAST: u32 = BIT * 3 / 2;
/// Most of a word: beyond this, rarity says nothing more.
const MOST: u32 = 17 * BIT;
/// Most of a word that anybody may bear: what a body is or does, or where it is.
const COMMON: u32 = 8 * BIT;
/// Most of a part that is a single syllable of a script written in syllables.
const SYLLABLE: u32 = 7 * BIT;
/// Most of a part for each of its letters.
const LETTER: u32 = 3 * BIT;
/// A legal form.
const FORM: u32 = BIT;
/// A father's name: it is one of a few hundred given names, however it is spelt.
const PATRONYMIC: u32 = 5 * BIT;
/// Most of a particle.
const PARTICLE: u32 = BIT;

/// Base-2 logarithm in 1/256, rounded down; of 0 as of 1.
pub(crate) fn log2(value: u64) -> u32 {
    let value = value.max(1);
    let whole = value.ilog2();
    // The mantissa as a fraction of 2^32 in [1, 2); squaring it doubles its logarithm.
    let mut mantissa: u64 = if whole <= 32 {
        value << (32 - whole)
    } else {
        value >> (whole - 32)
    };
    let mut fraction = 0;
    for _ in 0..8 {
        mantissa =
            u64::try_from((u128::from(mantissa) * u128::from(mantissa)) >> 32).unwrap_or(u64::MAX);
        fraction <<= 1;
        if mantissa >= 1 << 33 {
            mantissa >>= 1;
            fraction |= 1;
        }
    }
    whole * BIT + fraction
}

/// How rare something is that `holding` of `all` entities hold, the background counted in both.
pub(crate) fn rarity(holding: u32, all: u32) -> u32 {
    let all = u64::from(all) + u64::from(background::ALL);
    log2(all).saturating_sub(log2(u64::from(holding) + 1))
}

/// The spelling under which a part is counted, from its fold: a name that has one
/// ending for a man and another for a woman is one name. `Kuznetsova` is as common as
/// `Kuznetsov`, however many women are listed.
pub(crate) fn counted(fold: &str) -> &str {
    let bears = |ending: &&str| fold.len() >= 6 && fold.ends_with(*ending);
    match ["ova", "eva", "ina"].iter().find(|ending| bears(ending)) {
        Some(_) => &fold[..fold.len() - 1],
        // Folds of -skaya and -sky: -skaia, -ski.
        None if bears(&"skaia") => &fold[..fold.len() - 3],
        None if bears(&"ski") => &fold[..fold.len() - 1],
        None => fold,
    }
}

/// What a part says whose text is this rare.
pub(crate) fn weight(kind: PartKind, script: Script, text: &str, rarity: u32) -> u32 {
    // There are only so many words of two letters, whether anybody holds them or not.
    let most = MOST.min(text.len() as u32 * LETTER);
    match kind {
        PartKind::Word if is_patronymic(text) => rarity.min(PATRONYMIC),
        PartKind::Form(_) => FORM,
        PartKind::Particle => rarity.min(PARTICLE),
        PartKind::Word | PartKind::Number if script.is_syllabic() => rarity.clamp(LEAST, SYLLABLE),
        PartKind::Word if !is_distinctive(text) => rarity.clamp(LEAST, COMMON),
        PartKind::Word | PartKind::Number => rarity.min(most).max(LEAST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_those_of_the_textbook() {
        for (value, want) in [
            (0, 0),
            (1, 0),
            (2, 256),
            (3, 405),
            (4, 512),
            (1000, 2551),
            (1 << 40, 40 * 256),
        ] {
            assert_eq!(log2(value), want, "{value}");
        }
        assert!((1..5000).all(|n| log2(n) <= log2(n + 1)));
    }

    #[test]
    fn one_name_with_two_endings_is_counted_as_one() {
        for (a, b) in [("kuznetsova", "kuznetsov"), ("volkonskaia", "volkonski")] {
            assert_eq!(counted(a), counted(b));
        }
        assert_eq!(counted("nova"), "nova");
        assert_eq!(counted("hikvision"), "hikvision");
    }

    #[test]
    fn rare_words_say_more() {
        let of = |holding| {
            weight(
                PartKind::Word,
                Script::Latin,
                "hikvision",
                rarity(holding, 50_000),
            )
        };
        assert!(of(1) > of(100) && of(100) > of(5_000));
        // A word for a trade says little, however few of those listed have it.
        let trade = weight(PartKind::Word, Script::Latin, "shipyard", rarity(1, 50_000));
        assert_eq!(trade, COMMON);
        assert!(weight(PartKind::Form(0), Script::Latin, "gmbh", rarity(1, 50_000)) < of(5_000));
    }
}
