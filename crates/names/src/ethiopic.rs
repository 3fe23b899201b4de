//! Ethiopic script (Amharic, Tigrinya) to Latin.
//!
//! A character is a consonant with a vowel, laid out in rows of eight in Unicode, so
//! the row gives the consonant and the place in it the vowel. The sixth place has a
//! vowel so short that names leave it out.

/// Romanises one word.
pub(crate) fn latin(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        let place = (c as u32)
            .checked_sub(0x1200)
            .filter(|place| *place < 0x158)
            .map(|place| place as usize);
        let Some(place) = place else {
            out.push_str(&crate::ascii::letters(c).to_ascii_lowercase());
            continue;
        };
        // The filter above keeps the row below the length of the table.
        let consonant = CONSONANTS[place / 8];
        let throat = matches!(consonant, "" | "h");
        out.push_str(consonant);
        out.push_str(match place % 8 {
            0 if throat => "a",
            0 => "e",
            1 => "u",
            2 => "i",
            3 => "a",
            4 => "e",
            5 if consonant.is_empty() && at == 0 => "e",
            5 => "",
            6 => "o",
            _ => "wa",
        });
    }
    out
}

const CONSONANTS: [&str; 43] = [
    "h", "l", "h", "m", "s", "r", "s", "sh", "q", "qw", "q", "qw", "b", "v", "t", "ch", "h", "hw",
    "n", "ny", "", "k", "kw", "kh", "khw", "w", "", "z", "zh", "y", "d", "d", "j", "g", "gw", "g",
    "t", "ch", "p", "ts", "ts", "f", "p",
];

#[cfg(test)]
mod tests {
    use super::latin;

    #[test]
    fn names_as_passports_print_them() {
        let cases = [
            ("አቢይ", "abiy"),
            ("አህመድ", "ahmed"),
            ("ኢሳያስ", "isayas"),
            ("ተስፋዬ", "tesfaye"),
            ("ገብረ", "gebre"),
            ("መለስ", "meles"),
            ("ዜናዊ", "zenawi"),
            ("ኢትዮጵያ", "ityopya"),
            ("ደብረጽዮን", "debretsyon"),
        ];
        for (text, want) in cases {
            assert_eq!(latin(text), want, "{text}");
        }
    }
}
