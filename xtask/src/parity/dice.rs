//! Chance that comes out the same everywhere: a seed, whole numbers, no library.

use std::sync::LazyLock;

/// Numbers by splitmix64.
pub(super) struct Dice(u64);

impl Dice {
    /// Dice of their own for one purpose: what is drawn for one origin does not move
    /// what is drawn for another.
    pub(super) fn of(seed: u64, purpose: &str) -> Self {
        // FNV-1a, so that the purpose counts and no library has to stay as it is.
        let hash = purpose.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut dice = Self(seed ^ hash);
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to below `most`.
    pub(super) fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    /// True `percent` times in a hundred.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of a table, the first ones more often.
    pub(super) fn pick(&mut self, table: &Table) -> &'static str {
        let at = self.below(table.total);
        table.words[table.ends.partition_point(|end| *end <= at)]
    }
}

/// Name parts in rough order of how common they are.
///
/// The part at place `n`, from 0, weighs as `1 / (n + 8)`: the common ones come up
/// often, as in life, and the long tail is not lost. True frequencies would be a data
/// file for each origin, would differ by country and year, and would change little.
pub(super) struct Table {
    words: Vec<&'static str>,
    ends: Vec<usize>,
    total: usize,
}

/// Lets a part of several words stand in a list of words.
const SPACE: char = '_';

impl Table {
    /// Parts from a text, parted by white space.
    pub(super) fn of(text: &'static str) -> Self {
        let words: Vec<&'static str> = text.split_whitespace().collect();
        let mut total = 0;
        let ends = (0..words.len())
            .map(|at| {
                total += 1_000_000 / (at + 8);
                total
            })
            .collect();
        Self { words, ends, total }
    }
}

/// A table that is made when it is first used.
pub(super) type Parts = LazyLock<Table>;

/// Puts parts together with single spaces; empty ones are left out, and the sign for
/// a space inside a part becomes one.
pub(super) fn phrase(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
    }
    text.replace(SPACE, " ")
}

/// Declares tables: `parts! { FAMILY = "Wang Li"; }`.
macro_rules! parts {
    ($($name:ident = $text:literal;)+) => {
        $(static $name: $crate::parity::dice::Parts =
            std::sync::LazyLock::new(|| $crate::parity::dice::Table::of($text));)+
    };
}
pub(super) use parts;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_parts_come_more_often_and_none_is_lost() {
        let table = Table::of("a b c d_e f g h i j k");
        let mut dice = Dice::of(1, "test");
        let drawn: Vec<&str> = (0..10_000).map(|_| dice.pick(&table)).collect();
        let count = |word: &str| drawn.iter().filter(|one| **one == word).count();
        assert!(count("a") > count("k") * 3 / 2 && count("k") > 300);
        assert_eq!(phrase(&["", "d_e", "", "f"]), "d e f");
    }

    #[test]
    fn one_seed_gives_one_row_and_purposes_do_not_mix() {
        let row = |seed, purpose| {
            let mut dice = Dice::of(seed, purpose);
            [(); 8].map(|()| dice.below(1_000))
        };
        assert_eq!(row(1, "x"), row(1, "x"));
        assert_ne!(row(1, "x"), row(2, "x"));
        assert_ne!(row(1, "x"), row(1, "y"));
    }
}
