//! Korean syllables to Latin, from their letters.
//!
//! Two readings: the Revised Romanisation (South Korea since 2000), and the
//! older spelling without marks that most lists print for the North (`Kim Jong
//! Un` rather than `Gim Jeong Eun`). Surnames have a customary spelling of
//! their own. Sound changes between syllables are left to the tolerance of the
//! comparison: names are mostly romanised syllable by syllable.

/// Which romanisation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Values {
    Revised,
    Customary,
}

const INITIALS: [&str; 19] = [
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
];
const CUSTOMARY_INITIALS: [&str; 19] = [
    "k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
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

/// One syllable, if it is one.
pub(crate) fn syllable(c: char, values: Values) -> Option<String> {
    let no = (c as u32).checked_sub(0xAC00).filter(|no| *no < 11_172)? as usize;
    let (initial, vowel, last) = (no / 588, no % 588 / 28, no % 28);
    // Each index is below its table's length by the arithmetic of the block.
    Some(match values {
        Values::Revised => [INITIALS[initial], VOWELS[vowel], FINALS[last]].concat(),
        Values::Customary => [
            CUSTOMARY_INITIALS[initial],
            CUSTOMARY_VOWELS[vowel],
            FINALS[last],
        ]
        .concat(),
    })
}

/// The customary spelling of a surname, for names of two to four syllables.
pub(crate) fn surname(c: char) -> Option<&'static str> {
    Some(match c {
        '김' => "kim",
        '이' => "lee",
        '리' => "ri",
        '박' => "pak",
        '최' => "choe",
        '정' => "jong",
        '조' => "jo",
        '강' => "kang",
        '장' => "jang",
        '오' => "o",
        '류' => "ryu",
        '유' => "yu",
        '로' => "ro",
        '노' => "no",
        '백' => "paek",
        '전' => "jon",
        '권' => "kwon",
        '구' => "ku",
        '고' => "ko",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_in_both_romanisations() {
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
            assert_eq!(syllable(c, Values::Revised).unwrap(), revised, "{c}");
            assert_eq!(syllable(c, Values::Customary).unwrap(), customary, "{c}");
        }
        assert_eq!(syllable('a', Values::Revised), None);
        assert_eq!(surname('김'), Some("kim"));
    }
}
