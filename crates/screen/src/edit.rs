//! How far apart two spellings are, in hundredths of a letter.
//!
//! A plain error, such as a letter typed for another, costs 100. What two roads
//! between scripts differ in costs less: a vowel, an `h`, `s` for `z`, two
//! neighbours swapped. Where one side comes from a script that leaves short
//! vowels out, a vowel that only the other side has costs next to nothing.
//!
//! Both spellings are folds ([`scruple_names::fold`]), in which doubled letters,
//! `kh` and `h`, `y` and `i` and their like have become one already. The costs are
//! of letters; nothing here knows languages.

use scruple_names::is_vowel;

/// One plain error.
pub(crate) const LETTER: u32 = 100;

/// Longest spelling that is compared letter by letter.
pub(crate) const LONGEST: usize = 40;

/// What a comparison costs.
trait Costs {
    /// A letter that only the first spelling has.
    fn only_first(letter: u8) -> u32;
    /// A letter that only the second spelling has.
    fn only_second(letter: u8) -> u32;
    /// A letter in place of another.
    fn swap(x: u8, y: u8) -> u32;
}

/// Both sides write their vowels.
struct Written;

impl Costs for Written {
    fn only_first(letter: u8) -> u32 {
        gap(letter)
    }

    fn only_second(letter: u8) -> u32 {
        gap(letter)
    }

    fn swap(x: u8, y: u8) -> u32 {
        if x == y {
            0
        } else if x.is_ascii_lowercase() && y.is_ascii_lowercase() {
            u32::from(SWAPS[usize::from(x & 31)][usize::from(y & 31)])
        } else {
            LETTER
        }
    }
}

/// The first side leaves short vowels out.
struct Bare;

impl Costs for Bare {
    fn only_first(letter: u8) -> u32 {
        // A long vowel that romanisation dropped, or a consonant read as one.
        if is_vowel(letter) || letter == b'v' {
            25
        } else {
            gap(letter)
        }
    }

    fn only_second(letter: u8) -> u32 {
        match letter {
            b'a' | b'e' | b'i' | b'o' | b'u' => 5,
            b'v' => 60,
            _ => gap(letter),
        }
    }

    fn swap(x: u8, y: u8) -> u32 {
        let soft = |letter: u8| is_vowel(letter) || letter == b'v';
        // Letters of one sound or nearly, that romanisations render by another.
        let like = |a: &[u8]| a.contains(&x) && a.contains(&y);
        if x == y {
            0
        } else if soft(x) && soft(y) {
            10
        } else if like(b"tdzs") || like(b"kgqh") || like(b"jgz") || like(b"bvpf") {
            30
        } else {
            Written::swap(x, y)
        }
    }
}

fn gap(letter: u8) -> u32 {
    match letter {
        b'h' => 35,
        b'i' => 40,
        _ if is_vowel(letter) => 45,
        _ => LETTER,
    }
}

/// Letters that romanisations take for each other, with the cost. `x`, `c`, `q`
/// stand for `sh`, `ch`, `zh` in folds.
const LIKE: [(u8, u8, u8); 22] = [
    (b's', b'z', 40),
    (b'k', b'g', 50),
    (b'b', b'p', 55),
    (b'd', b't', 50),
    (b'v', b'f', 45),
    (b'v', b'b', 45),
    (b'v', b'u', 35),
    (b'v', b'o', 60),
    (b'j', b'i', 45),
    (b'j', b'g', 45),
    (b'j', b'h', 60),
    (b'j', b'z', 55),
    (b'x', b's', 40),
    (b'x', b'c', 50),
    (b'q', b'j', 40),
    (b'q', b'z', 40),
    (b'q', b'c', 45),
    (b'c', b'j', 55),
    (b'c', b's', 60),
    (b'c', b'k', 60),
    (b'k', b'h', 50),
    (b'r', b'l', 75),
];

/// Cost of every letter in place of every other.
static SWAPS: [[u8; 32]; 32] = {
    let mut table = [[LETTER as u8; 32]; 32];
    let vowels = b"aeiou";
    let mut i = 0;
    while i < vowels.len() {
        let mut j = 0;
        while j < vowels.len() {
            table[(vowels[i] & 31) as usize][(vowels[j] & 31) as usize] = 40;
            j += 1;
        }
        i += 1;
    }
    let mut at = 0;
    while at < LIKE.len() {
        let (x, y) = ((LIKE[at].0 & 31) as usize, (LIKE[at].1 & 31) as usize);
        table[x][y] = LIKE[at].2;
        table[y][x] = LIKE[at].2;
        at += 1;
    }
    table
};

/// Two neighbours in the wrong order.
const TURNED: u32 = 70;
/// An error in the first letter: few err there.
const FIRST: u32 = 20;

/// Cheapest way from one fold to the other; `None` where it costs more than `allowed`.
pub(crate) fn written(a: &[u8], b: &[u8], allowed: u32) -> Option<u32> {
    cost::<Written>(a, b, allowed)
}

/// The same where `bare` leaves short vowels out and `full` does not.
pub(crate) fn bridged(bare: &[u8], full: &[u8], allowed: u32) -> Option<u32> {
    cost::<Bare>(bare, full, allowed)
}

fn cost<C: Costs>(a: &[u8], b: &[u8], allowed: u32) -> Option<u32> {
    // What both begin and end with costs nothing.
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let first = if start == 0 && !a.is_empty() && !b.is_empty() {
        // A vowel, or two letters swapped, at the start are as likely as elsewhere.
        let turned = a.get(1) == b.first() || b.get(1) == a.first();
        if C::swap(a[0], b[0]) < LETTER || turned {
            0
        } else {
            FIRST
        }
    } else {
        0
    };
    let (a, b) = (&a[start..], &b[start..]);
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    if a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    if b.is_empty() || a.is_empty() {
        let only_first: u32 = a.iter().map(|x| C::only_first(*x)).sum();
        let only_second: u32 = b.iter().map(|y| C::only_second(*y)).sum();
        let total = only_first + only_second;
        let total = if total > 0 { total + first } else { 0 };
        return (total <= allowed).then_some(total);
    }
    let mut rows = [[0_u32; LONGEST + 1]; 3];
    for (at, &letter) in b.iter().enumerate() {
        rows[0][at + 1] = rows[0][at] + C::only_second(letter);
    }
    for (i, &x) in a.iter().enumerate() {
        let (now, last, before) = ((i + 1) % 3, i % 3, (i + 2) % 3);
        let gap = C::only_first(x);
        rows[now][0] = rows[last][0] + gap;
        let mut least = rows[now][0];
        for (j, &y) in b.iter().enumerate() {
            let mut best = (rows[last][j] + C::swap(x, y))
                .min(rows[last][j + 1] + gap)
                .min(rows[now][j] + C::only_second(y));
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                best = best.min(rows[before][j - 1] + TURNED);
            }
            rows[now][j + 1] = best;
            least = least.min(best);
        }
        // A swap reaches back two rows, so one row above the limit is not the end.
        if least > allowed + LETTER {
            return None;
        }
    }
    let total = rows[a.len() % 3][b.len()];
    let total = if total > 0 { total + first } else { 0 };
    (total <= allowed).then_some(total)
}

/// The letters of a word as a set, for [`at_least`].
pub(crate) fn letters(word: &[u8]) -> u32 {
    word.iter().fold(0, |set, byte| set | 1 << (byte & 31))
}

const fn set(letters: &[u8]) -> u32 {
    let (mut set, mut at) = (0, 0);
    while at < letters.len() {
        set |= 1 << (letters[at] & 31);
        at += 1;
    }
    set
}

/// Letters that cost less than an error to lose or to change, by the least that it costs.
const CHEAP: u32 = set(b"ahvuo");
const SOFT: u32 = set(b"eiszxqjbfc");
const FIRM: u32 = set(b"kgdtplr");
/// Those that may cost next to nothing where vowels are left out.
const VOWELS: u32 = set(b"aeiouv");

/// What two words cost at the very least, from their letters alone: a letter that
/// only one has must be dropped or replaced, each by a step of its own.
#[inline]
pub(crate) fn at_least(a: u32, b: u32) -> u32 {
    let cost = |only: u32| {
        (only & CHEAP).count_ones() * 35
            + (only & SOFT).count_ones() * 40
            + (only & FIRM).count_ones() * 50
            + (only & !(CHEAP | SOFT | FIRM)).count_ones() * LETTER
    };
    cost(a & !b).max(cost(b & !a))
}

/// The same where one side leaves vowels out.
pub(crate) fn at_least_bridged(a: u32, b: u32) -> u32 {
    at_least(a & !VOWELS, b & !VOWELS)
}

/// Those that have a letter of nearly their sound across scripts, and what is next to that.
const NEAR_BARE: u32 = set(b"tdzskgqhjbpf");
const SOFT_BARE: u32 = set(b"xc");

/// What [`bridged`] costs at the very least, from letters alone.
#[inline]
pub(crate) fn at_least_bare(a: u32, b: u32) -> u32 {
    let cost = |only: u32| {
        let only = only & !VOWELS;
        (only & NEAR_BARE).count_ones() * 30
            + (only & SOFT_BARE).count_ones() * 40
            + (only & !(NEAR_BARE | SOFT_BARE)).count_ones() * 75
    };
    cost(a & !b).max(cost(b & !a))
}

#[cfg(test)]
mod tests {
    use scruple_names::fold;

    use super::*;

    fn of(a: &str, b: &str) -> u32 {
        let (a, b) = (fold(a), fold(b));
        written(a.as_bytes(), b.as_bytes(), 10_000).unwrap_or(u32::MAX)
    }

    #[test]
    fn conventions_cost_less_than_errors() {
        assert_eq!(of("khizri", "hizri"), 0);
        assert!(of("mohammed", "muhammad") < of("mohammed", "mohabbed"));
        assert!(of("sergei", "serhiy") < 2 * LETTER);
        assert_eq!(of("hikvision", "hikvixion"), LETTER);
        assert!(of("hikvision", "hikvisoin") <= TURNED);
    }

    #[test]
    fn short_vowels_cost_nothing_across_scripts_that_leave_them_out() {
        let of = |bare: &str, full: &str| {
            let (bare, full) = (fold(bare), fold(full));
            bridged(bare.as_bytes(), full.as_bytes(), 10_000).unwrap_or(u32::MAX)
        };
        assert!(of("mhmd", "mohammed") < 20);
        assert!(of("dvani", "davani") < 20);
        assert!(of("mhmud", "mahmoud") < 20);
        assert!(of("hmd", "hmr") >= LETTER);
    }

    #[test]
    fn the_cost_is_the_same_both_ways_and_never_below_the_bound() {
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
            "li",
            "lu",
        ];
        for a in words {
            for b in words {
                let there = written(a.as_bytes(), b.as_bytes(), 10_000);
                let back = written(b.as_bytes(), a.as_bytes(), 10_000);
                assert_eq!(there, back, "{a} {b}");
                let bound = at_least(letters(a.as_bytes()), letters(b.as_bytes()));
                assert!(bound <= there.unwrap_or(0), "{a} {b}");
                let across = bridged(a.as_bytes(), b.as_bytes(), 10_000);
                let bound = at_least_bare(letters(a.as_bytes()), letters(b.as_bytes()));
                assert!(bound <= across.unwrap_or(0), "{a} {b}");
            }
        }
    }
}
