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

/// One plain error.
pub(crate) const LETTER: u32 = 100;

/// Longest spelling that is compared letter by letter.
pub(crate) const LONGEST: usize = 40;

/// What a comparison costs, a byte of a spelling at a time.
struct Costs {
    /// A letter that only the first spelling has.
    only_first: [u8; 256],
    /// A letter that only the second spelling has.
    only_second: [u8; 256],
    /// A letter in place of another, by [`place`].
    swaps: [[u8; 32]; 32],
}

/// Where a byte stands in a table of letters: 1 to 26, and 0 for what is no letter.
const fn place(byte: u8) -> usize {
    if byte.is_ascii_lowercase() {
        (byte & 31) as usize
    } else {
        0
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

/// Letters of one sound or nearly, that romanisations of consonants render by another.
const ACROSS: [&[u8]; 4] = [b"tdzs", b"kgqh", b"jgz", b"bvpf"];

/// Puts a cost into the table for every two letters of a set.
const fn every_two(table: &mut [[u8; 32]; 32], letters: &[u8], cost: u8) {
    let mut i = 0;
    while i < letters.len() {
        let mut j = 0;
        while j < letters.len() {
            table[place(letters[i])][place(letters[j])] = cost;
            j += 1;
        }
        i += 1;
    }
}

/// Both sides write their vowels.
static WRITTEN: Costs = {
    let mut gaps = [LETTER as u8; 256];
    let vowels = b"aeiou";
    let mut at = 0;
    while at < vowels.len() {
        gaps[vowels[at] as usize] = 45;
        at += 1;
    }
    gaps[b'i' as usize] = 40;
    gaps[b'h' as usize] = 35;
    let mut swaps = [[LETTER as u8; 32]; 32];
    every_two(&mut swaps, vowels, 40);
    at = 0;
    while at < LIKE.len() {
        let (x, y) = (place(LIKE[at].0), place(LIKE[at].1));
        swaps[x][y] = LIKE[at].2;
        swaps[y][x] = LIKE[at].2;
        at += 1;
    }
    Costs {
        only_first: gaps,
        only_second: gaps,
        swaps,
    }
};

/// The first side leaves short vowels out.
static BARE: Costs = {
    let mut only_first = WRITTEN.only_first;
    let mut only_second = WRITTEN.only_second;
    let mut swaps = WRITTEN.swaps;
    let vowels = b"aeiou";
    let mut at = 0;
    while at < vowels.len() {
        // A long vowel that romanisation dropped, or a consonant read as one.
        only_first[vowels[at] as usize] = 25;
        only_second[vowels[at] as usize] = 5;
        at += 1;
    }
    only_first[b'v' as usize] = 25;
    only_second[b'v' as usize] = 60;
    at = 0;
    while at < ACROSS.len() {
        every_two(&mut swaps, ACROSS[at], 30);
        at += 1;
    }
    every_two(&mut swaps, b"aeiouv", 10);
    Costs {
        only_first,
        only_second,
        swaps,
    }
};

/// Two neighbours in the wrong order.
const TURNED: u16 = 70;
/// An error in the first letter: few err there.
const FIRST: u32 = 20;

/// Cheapest way from one fold to the other; `None` where it costs more than `allowed`.
pub(crate) fn written(a: &[u8], b: &[u8], allowed: u32) -> Option<u32> {
    cost(&WRITTEN, a, b, allowed)
}

/// The same where `bare` leaves short vowels out and `full` does not.
pub(crate) fn bridged(bare: &[u8], full: &[u8], allowed: u32) -> Option<u32> {
    cost(&BARE, bare, full, allowed)
}

fn cost(costs: &Costs, a: &[u8], b: &[u8], allowed: u32) -> Option<u32> {
    let swap = |x: u8, y: u8| {
        if x == y {
            0
        } else {
            u16::from(costs.swaps[place(x)][place(y)])
        }
    };
    // What both begin and end with costs nothing.
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let first = if start == 0 && !a.is_empty() && !b.is_empty() {
        // A vowel, or two letters swapped, at the start are as likely as elsewhere.
        let turned = a.get(1) == b.first() || b.get(1) == a.first();
        if u32::from(swap(a[0], b[0])) < LETTER || turned {
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
    // Forty letters at a hundred each fit.
    let most = u16::try_from(allowed).unwrap_or(u16::MAX);
    let mut rows = [[0_u16; LONGEST + 1]; 3];
    let [before, last, now] = &mut rows;
    let (mut before, mut last, mut now) = (before, last, now);
    for (at, &y) in b.iter().enumerate() {
        last[at + 1] = last[at] + u16::from(costs.only_second[usize::from(y)]);
    }
    let mut least_before = 0;
    for (i, &x) in a.iter().enumerate() {
        let gap = u16::from(costs.only_first[usize::from(x)]);
        let mut left = last[0] + gap;
        let mut least = left;
        now[0] = left;
        let previous = i.checked_sub(1).map(|i| a[i]);
        for (j, &y) in b.iter().enumerate() {
            let mut best = (last[j] + swap(x, y))
                .min(last[j + 1] + gap)
                .min(left + u16::from(costs.only_second[usize::from(y)]));
            if j > 0 && x == b[j - 1] && previous == Some(y) {
                best = best.min(before[j - 1] + TURNED);
            }
            now[j + 1] = best;
            left = best;
            least = least.min(best);
        }
        // Every way on leads through this row, or past it by turning two neighbours.
        if least > most && least_before + TURNED > most {
            return None;
        }
        least_before = least;
        (before, last, now) = (last, now, before);
    }
    let total = u32::from(last[b.len()]);
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

/// The cost of a set of letters, summed from four tables: counting bits takes longer
/// where the machine has no instruction for it.
struct Floor([[u16; 256]; 4]);

impl Floor {
    /// The first class that holds a letter says what it costs; `rest` is for all others.
    const fn new(classes: &[(u32, u16)], rest: u16) -> Self {
        let mut one = [rest; 32];
        let mut bit = 0;
        while bit < 32 {
            let mut class = classes.len();
            while class > 0 {
                class -= 1;
                if classes[class].0 & 1 << bit != 0 {
                    one[bit] = classes[class].1;
                }
            }
            bit += 1;
        }
        let mut tables = [[0; 256]; 4];
        let mut at = 0;
        while at < 4 {
            let mut set = 1_usize;
            while set < 256 {
                let low = set.trailing_zeros() as usize;
                tables[at][set] = tables[at][set & (set - 1)] + one[at * 8 + low];
                set += 1;
            }
            at += 1;
        }
        Self(tables)
    }

    #[inline]
    fn of(&self, set: u32) -> u32 {
        let [a, b, c, d] = set.to_le_bytes();
        let [p, q, r, s] = &self.0;
        let sum = p[usize::from(a)] + q[usize::from(b)] + r[usize::from(c)] + s[usize::from(d)];
        u32::from(sum)
    }

    /// A letter that only one has must be dropped or replaced, each by a step of its own.
    #[inline]
    fn between(&self, a: u32, b: u32) -> u32 {
        self.of(a & !b).max(self.of(b & !a))
    }
}

static FLOOR: Floor = Floor::new(&[(CHEAP, 35), (SOFT, 40), (FIRM, 50)], LETTER as u16);

/// Those that have a letter of nearly their sound across scripts, and what is next to that.
const NEAR_BARE: u32 = set(b"tdzskgqhjbpf");
const SOFT_BARE: u32 = set(b"xc");

static FLOOR_BARE: Floor = Floor::new(&[(VOWELS, 0), (NEAR_BARE, 30), (SOFT_BARE, 40)], 75);

/// What two words cost at the very least, from their letters alone.
#[inline]
pub(crate) fn at_least(a: u32, b: u32) -> u32 {
    FLOOR.between(a, b)
}

/// The same where one side leaves vowels out, by a stricter measure: the letters of
/// one sound that [`bridged`] takes for each other are given their cost as spelt.
#[inline]
pub(crate) fn at_least_bridged(a: u32, b: u32) -> u32 {
    at_least(a & !VOWELS, b & !VOWELS)
}

/// What [`bridged`] costs at the very least.
#[inline]
pub(crate) fn at_least_bare(a: u32, b: u32) -> u32 {
    FLOOR_BARE.between(a, b)
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
        assert!(of("hikvision", "hikvisoin") <= u32::from(TURNED));
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
