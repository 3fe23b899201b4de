//! Korean syllables to Latin, from their letters.
//!
//! Four readings, because lists, passports and ministries do not agree: the Revised
//! Romanisation (South Korea since 2000); the plain spelling that most lists print for
//! the North (`Kim Jong Un` rather than `Gim Jeong Eun`); McCune-Reischauer without its
//! marks (`Cho`, `Chang Myong-chin`), in which a consonant is voiced between voiced
//! sounds; and the spelling South Koreans choose for themselves (`Lee Young-hoon`).
//! Surnames have customary spellings of their own. Other sound changes between
//! syllables are left to the tolerance of the comparison: names are mostly romanised
//! syllable by syllable.

/// Which romanisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Values {
    Revised,
    /// As lists print names of the North.
    Customary,
    /// As South Koreans spell their own names.
    Popular,
    /// McCune-Reischauer.
    McCune,
}

const INITIALS: [&str; 19] = [
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
];
const CUSTOMARY_INITIALS: [&str; 19] = [
    "k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
];
const MCCUNE_INITIALS: [&str; 19] = [
    "k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "ch", "tch", "ch", "k", "t",
    "p", "h",
];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
];
const CUSTOMARY_VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "u", "ui", "i",
];
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
];

/// The letters of a syllable, as numbers in the tables.
#[derive(Clone, Copy)]
struct Letters {
    initial: usize,
    vowel: usize,
    last: usize,
}

fn letters(c: char) -> Option<Letters> {
    let no = (c as u32).checked_sub(0xAC00).filter(|no| *no < 11_172)? as usize;
    // Each number is below its table's length by the arithmetic of the block.
    Some(Letters {
        initial: no / 588,
        vowel: no % 588 / 28,
        last: no % 28,
    })
}

/// The syllables of a run; a character that is none is `None`. A run of two to four
/// begins with a surname where the reading spells surnames by custom.
pub(crate) fn syllables(chars: &[char], values: Values) -> Vec<Option<String>> {
    let name = (2..=4).contains(&chars.len());
    let mut before: Option<Letters> = None;
    chars
        .iter()
        .enumerate()
        .map(|(at, &c)| {
            let letters = letters(c);
            // Surname and given name are two words, and each begins without voice.
            let opens = before.is_none() || (name && at == 1);
            let voiced = before
                .filter(|_| !opens)
                .is_some_and(|b| matches!(FINALS[b.last], "" | "n" | "m" | "ng" | "l"));
            before = letters;
            if at == 0
                && name
                && let Some(spelling) = surname(c, values)
            {
                return Some(spelling.to_owned());
            }
            letters.map(|letters| syllable(letters, values, voiced))
        })
        .collect()
}

fn syllable(at: Letters, values: Values, voiced: bool) -> String {
    let last = FINALS[at.last];
    match values {
        Values::Revised => [INITIALS[at.initial], VOWELS[at.vowel], last].concat(),
        Values::Customary => [
            CUSTOMARY_INITIALS[at.initial],
            CUSTOMARY_VOWELS[at.vowel],
            last,
        ]
        .concat(),
        Values::McCune => {
            let initial = if voiced {
                INITIALS[at.initial]
            } else {
                MCCUNE_INITIALS[at.initial]
            };
            [initial, CUSTOMARY_VOWELS[at.vowel], last].concat()
        }
        Values::Popular => {
            let initial = match INITIALS[at.initial] {
                "g" => "k",
                initial => initial,
            };
            let vowel = match (VOWELS[at.vowel], initial, last) {
                ("eo", _, last) if !last.is_empty() => "u",
                ("yeo", "", "ng") => "you",
                ("yeo", _, last) if !last.is_empty() => "yu",
                ("u", _, "" | "n") => "oo",
                ("ui", "", _) => "eui",
                ("ui", ..) => "ee",
                (vowel, ..) => vowel,
            };
            [initial, vowel, last].concat()
        }
    }
}

/// The customary spelling of a surname.
fn surname(c: char, values: Values) -> Option<&'static str> {
    // North, South, McCune-Reischauer.
    let [north, south, mccune] = match c {
        '김' => ["kim", "kim", "kim"],
        '이' => ["lee", "lee", "yi"],
        '리' => ["ri", "rhee", "yi"],
        '박' => ["pak", "park", "pak"],
        '최' => ["choe", "choi", "choe"],
        '정' => ["jong", "jung", "chong"],
        '조' => ["jo", "cho", "cho"],
        '강' => ["kang", "kang", "kang"],
        '장' => ["jang", "chang", "chang"],
        '오' => ["o", "oh", "o"],
        '윤' => ["yun", "yoon", "yun"],
        '임' => ["im", "lim", "im"],
        '림' => ["rim", "lim", "im"],
        '신' => ["sin", "shin", "sin"],
        '류' => ["ryu", "ryu", "yu"],
        '유' => ["yu", "yoo", "yu"],
        '로' => ["ro", "roh", "no"],
        '노' => ["no", "noh", "no"],
        '백' => ["paek", "baek", "paek"],
        '전' => ["jon", "chun", "chon"],
        '권' => ["kwon", "kwon", "kwon"],
        '구' => ["ku", "koo", "ku"],
        '고' => ["ko", "ko", "ko"],
        '문' => ["mun", "moon", "mun"],
        '안' => ["an", "ahn", "an"],
        '허' => ["ho", "huh", "ho"],
        '심' => ["sim", "shim", "sim"],
        '주' => ["ju", "joo", "chu"],
        '우' => ["u", "woo", "u"],
        '라' => ["ra", "rah", "na"],
        '나' => ["na", "na", "na"],
        '량' => ["ryang", "yang", "yang"],
        '곽' => ["kwak", "kwak", "kwak"],
        '성' => ["song", "sung", "song"],
        '배' => ["pae", "bae", "pae"],
        '변' => ["pyon", "byun", "pyon"],
        _ => return None,
    };
    match values {
        Values::Revised => None,
        Values::Customary => Some(north),
        Values::Popular => Some(south),
        Values::McCune => Some(mccune),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, values: Values) -> String {
        let chars: Vec<char> = text.chars().collect();
        let read = syllables(&chars, values);
        let shown: Vec<&str> = read.iter().map(|s| s.as_deref().unwrap_or("?")).collect();
        shown.join(" ")
    }

    #[test]
    fn names_in_four_romanisations() {
        use Values::{Customary, McCune, Popular, Revised};
        let cases = [
            (
                "김정은",
                [Revised, Customary, McCune, Popular],
                [
                    "gim jeong eun",
                    "kim jong un",
                    "kim chong un",
                    "kim jung eun",
                ],
            ),
            (
                "이영훈",
                [Revised, Customary, McCune, Popular],
                [
                    "i yeong hun",
                    "lee yong hun",
                    "yi yong hun",
                    "lee young hoon",
                ],
            ),
            (
                "박도춘",
                [Revised, Customary, McCune, Popular],
                ["bak do chun", "pak to chun", "pak to chun", "park do choon"],
            ),
            (
                "장명진",
                [Revised, Customary, McCune, Popular],
                [
                    "jang myeong jin",
                    "jang myong jin",
                    "chang myong jin",
                    "chang myung jin",
                ],
            ),
            (
                "최부일",
                [Revised, Customary, McCune, Popular],
                ["choe bu il", "choe pu il", "choe pu il", "choi boo il"],
            ),
        ];
        for (name, values, want) in cases {
            for (values, want) in values.into_iter().zip(want) {
                assert_eq!(read(name, values), want, "{name} {values:?}");
            }
        }
    }

    #[test]
    fn syllables_by_their_letters() {
        let cases = [
            ('정', "jeong", "jong"),
            ('은', "eun", "un"),
            ('한', "han", "han"),
            ('국', "guk", "kuk"),
            ('값', "gap", "kap"),
            ('힣', "hit", "hit"),
            ('가', "ga", "ka"),
        ];
        for (c, revised, customary) in cases {
            assert_eq!(read(&c.to_string(), Values::Revised), revised, "{c}");
            assert_eq!(read(&c.to_string(), Values::Customary), customary, "{c}");
        }
        assert_eq!(read("a", Values::Revised), "?");
    }
}
