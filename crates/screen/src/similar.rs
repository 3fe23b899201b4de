//! How much two words agree, in 1/1,000, and in what way.
//!
//! A typing error costs more in a short word than in a long one. Errors that
//! come from the road between two scripts (a vowel, an `h`, `s` for `z`) cost
//! less than those that do not. Words of three letters or fewer agree only when
//! they are the same: `Li` and `Lu` are two families.

use scruple_names::{Script, is_vowel};

use crate::matched::Agreement;

/// A word in the shapes in which it is compared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    pub(crate) fold: &'a str,
    pub(crate) skeleton: &'a str,
    pub(crate) script: Script,
}

/// Full agreement.
pub(crate) const WHOLE: u32 = 1_000;

/// Cost of one plain error.
const ERROR: u32 = 100;

/// Compares two words; `None` if they have too little in common.
pub(crate) fn similar(a: Word<'_>, b: Word<'_>) -> Option<(u32, Agreement)> {
    if a.text == b.text {
        return Some(match (a.script == b.script, a.script) {
            // Two characters of one sound are two characters.
            (true, Script::Han) if a.text.is_ascii() => (820, Agreement::Transliterated),
            (true, _) => (WHOLE, Agreement::Exact),
            (false, _) => (985, Agreement::Transliterated),
        });
    }
    // Han characters, or their single syllables: the same or not.
    if !a.fold.is_ascii() || !b.fold.is_ascii() {
        return None;
    }
    if a.fold == b.fold {
        return Some((965, Agreement::Transliterated));
    }
    let bridged = a.script.is_consonantal() != b.script.is_consonantal();
    if bridged && a.skeleton == b.skeleton {
        match a.skeleton.len() {
            0 | 1 => {}
            2 => return Some((820, Agreement::Transliterated)),
            _ => return Some((930, Agreement::Transliterated)),
        }
    }
    let by_fold = near(a.fold.as_bytes(), b.fold.as_bytes());
    // Texts that are their own folds were compared already.
    let by_text = (a.text.len() != a.fold.len()
        || b.text.len() != b.fold.len()
        || a.text != a.fold
        || b.text != b.fold)
        .then(|| near(a.text.as_bytes(), b.text.as_bytes()))
        .flatten();
    by_fold.max(by_text).map(|sim| (sim, Agreement::Typo))
}

/// Agreement of two words that differ by a few letters.
fn near(a: &[u8], b: &[u8]) -> Option<u32> {
    let longest = a.len().max(b.len()) as u32;
    let allowed = match longest {
        0..=3 => return None,
        4 => 50,
        5..=7 => 110,
        8..=11 => 200,
        _ => 260,
    };
    if (a.len().abs_diff(b.len()) as u32) * 40 > allowed {
        return None;
    }
    if at_least(a, b) > allowed {
        return None;
    }
    let mut cost = cost(a, b, allowed)?;
    if longest <= 5 && cost > 50 {
        // In so few letters a vowel is a whole error: Zhang and Zheng are two families.
        cost = cost.max(ERROR);
    }
    Some(WHOLE - cost * 10 / longest)
}

/// What the two words cost at the very least: a letter that only one of them has
/// must be dropped or replaced, each by a step of its own.
fn at_least(a: &[u8], b: &[u8]) -> u32 {
    let letters = |word: &[u8]| {
        word.iter()
            .fold(0_u32, |mask, byte| mask | 1 << (byte & 31))
    };
    let (a, b) = (letters(a), letters(b));
    let cost = |only: u32| {
        (only & H).count_ones() * 50
            + (only & VOWELS).count_ones() * 55
            + (only & LIKE).count_ones() * 70
            + (only & !(H | VOWELS | LIKE)).count_ones() * ERROR
    };
    cost(a & !b).max(cost(b & !a))
}

const H: u32 = mask(b"h");
const VOWELS: u32 = mask(b"aeiou");
/// Consonants that stand for another at less than the cost of an error.
const LIKE: u32 = mask(b"szkgbpdtvfjxcq");

const fn mask(letters: &[u8]) -> u32 {
    let (mut mask, mut at) = (0, 0);
    while at < letters.len() {
        mask |= 1 << (letters[at] & 31);
        at += 1;
    }
    mask
}

/// Longest word compared letter by letter.
const LETTERS: usize = 32;

/// Cheapest way from one word to the other by inserting, deleting, replacing and
/// swapping letters; `None` where it costs more than `allowed`.
fn cost(a: &[u8], b: &[u8], allowed: u32) -> Option<u32> {
    // What both begin and end with costs nothing.
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let first = start == 0;
    let (a, b) = (&a[start..], &b[start..]);
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    if a.len() > LETTERS || b.len() > LETTERS {
        return None;
    }
    let mut rows = [[0_u32; LETTERS + 1]; 3];
    for (at, &letter) in b.iter().enumerate() {
        rows[0][at + 1] = rows[0][at] + gap(letter);
    }
    for (i, &x) in a.iter().enumerate() {
        let (now, last, before) = ((i + 1) % 3, i % 3, (i + 2) % 3);
        rows[now][0] = rows[last][0] + gap(x);
        let mut least = rows[now][0];
        for (j, &y) in b.iter().enumerate() {
            let mut best = (rows[last][j] + swap_for(x, y))
                .min(rows[last][j + 1] + gap(x))
                .min(rows[now][j] + gap(y));
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                best = best.min(rows[before][j - 1] + 90);
            }
            rows[now][j + 1] = best;
            least = least.min(best);
        }
        // A swap reaches back two rows, so one row above the limit is not the end.
        if least > allowed + ERROR {
            return None;
        }
    }
    let total = rows[a.len() % 3][b.len()];
    // Few err in the first letter.
    let total = if first && total > 0 {
        total + 20
    } else {
        total
    };
    (total <= allowed + if first { 20 } else { 0 }).then_some(total)
}

/// Cost of a letter too many.
fn gap(letter: u8) -> u32 {
    match letter {
        b'h' => 50,
        _ if is_vowel(letter) => 60,
        _ => ERROR,
    }
}

/// Cost of one letter in place of another.
fn swap_for(x: u8, y: u8) -> u32 {
    if x == y {
        return 0;
    }
    if x.is_ascii_lowercase() && y.is_ascii_lowercase() {
        return u32::from(SWAPS[usize::from(x & 31)][usize::from(y & 31)]);
    }
    ERROR
}

/// Letters that romanisations take for each other. `x`, `c`, `q` stand for `sh`,
/// `ch`, `zh` in folds.
const NEAR: [(u8, u8); 14] = [
    (b's', b'z'),
    (b'k', b'g'),
    (b'b', b'p'),
    (b'd', b't'),
    (b'v', b'f'),
    (b'v', b'b'),
    (b'v', b'u'),
    (b'j', b'i'),
    (b'j', b'g'),
    (b'x', b's'),
    (b'x', b'c'),
    (b'q', b'j'),
    (b'q', b'z'),
    (b'k', b'h'),
];

/// Cost of every letter in place of every other.
static SWAPS: [[u8; 32]; 32] = {
    let mut table = [[ERROR as u8; 32]; 32];
    let vowels = b"aeiou";
    let mut i = 0;
    while i < vowels.len() {
        let mut j = 0;
        while j < vowels.len() {
            table[(vowels[i] & 31) as usize][(vowels[j] & 31) as usize] = 55;
            j += 1;
        }
        i += 1;
    }
    let mut at = 0;
    while at < NEAR.len() {
        let (x, y) = ((NEAR[at].0 & 31) as usize, (NEAR[at].1 & 31) as usize);
        table[x][y] = 70;
        table[y][x] = 70;
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use scruple_names::{fold, skeleton};

    use super::*;

    fn of(a: (&str, Script), b: (&str, Script)) -> Option<(u32, Agreement)> {
        let (fa, fb, sa, sb) = (fold(a.0), fold(b.0), skeleton(a.0), skeleton(b.0));
        similar(
            Word {
                text: a.0,
                fold: &fa,
                skeleton: &sa,
                script: a.1,
            },
            Word {
                text: b.0,
                fold: &fb,
                skeleton: &sb,
                script: b.1,
            },
        )
    }

    fn latin(a: &str, b: &str) -> Option<(u32, Agreement)> {
        of((a, Script::Latin), (b, Script::Latin))
    }

    #[test]
    fn one_error_in_five_letters_or_more_is_a_typo() {
        for typo in [
            "hikvisin",
            "hikvisiont",
            "hikvisoin",
            "hikvixion",
            "jikvision",
            "ikvision",
        ] {
            let (sim, how) = latin("hikvision", typo).unwrap_or_else(|| panic!("{typo}"));
            assert!(sim >= 800 && how == Agreement::Typo, "{typo} {sim}");
        }
        for typo in ["dahu", "dahuq", "sahua", "dahuaa", "dauha", "ahua"] {
            assert!(latin("dahua", typo).is_some(), "{typo}");
        }
    }

    #[test]
    fn short_words_agree_only_when_equal() {
        for (a, b) in [
            ("li", "lu"),
            ("kim", "kin"),
            ("wang", "wing2"),
            ("abc", "abd"),
            ("chan", "khan"),
        ] {
            assert_eq!(latin(a, b), None, "{a} {b}");
        }
    }

    #[test]
    fn conventions_cost_less_than_errors() {
        let spelling = latin("khizri", "hizri").unwrap();
        let vowel = latin("mohammed", "muhammad").unwrap();
        let error = latin("mohammed", "mohabbed").unwrap();
        assert_eq!(spelling.1, Agreement::Transliterated);
        assert!(spelling.0 > vowel.0 && vowel.0 > error.0);
    }

    #[test]
    fn skeletons_bridge_arabic_and_latin_only() {
        let arabic = ("mhmd", Script::Arabic);
        assert!(of(arabic, ("mohammed", Script::Latin)).unwrap().0 > 900);
        assert_eq!(latin("karim", "kurum").map(|s| s.1), Some(Agreement::Typo));
        assert_eq!(latin("mhmd", "mohammed"), None);
    }

    #[test]
    fn the_lower_bound_never_exceeds_the_cost() {
        let words = [
            "hikvision",
            "hikvisoin",
            "hekfisiun",
            "muhamad",
            "mohamed",
            "mehmet",
            "sergei",
            "serhi",
            "juri",
            "iuri",
            "vladimir",
            "uladzimir",
            "xarif",
            "carif",
            "ahmad",
            "hamad",
        ];
        for a in words {
            for b in words {
                let (a, b) = (a.as_bytes(), b.as_bytes());
                if let Some(cost) = cost(a, b, 2_000) {
                    assert!(at_least(a, b) <= cost, "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn comparison_is_the_same_both_ways() {
        for (a, b) in [
            ("hikvision", "hikvisoin"),
            ("dahua", "ahua"),
            ("sergey", "sergei"),
            ("abbas", "abas"),
        ] {
            assert_eq!(latin(a, b), latin(b, a), "{a} {b}");
        }
    }
}
