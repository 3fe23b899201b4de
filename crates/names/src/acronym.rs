//! Acronyms that a name may have: the first letters of its words.
//!
//! "Islamic Revolutionary Guard Corps" is IRGC, "University of Science and Technology
//! of China" is USTC, and the small words are left out or not. Only names of three
//! words or more have one here: two letters are anybody's.

use crate::lexicon::is_small;

/// The acronyms of words that are compared already: without small words, and with
/// them where that differs. Empty for fewer than three words.
pub fn acronyms(words: &[&str]) -> Vec<String> {
    let letters = |small: bool| -> String {
        words
            .iter()
            .filter(|word| small || !is_small(word))
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_ascii_lowercase())
            .take(LONGEST)
            .collect()
    };
    let mut out = vec![letters(false), letters(true)];
    out.retain(|acronym| acronym.len() >= 3);
    out.dedup();
    out
}

/// Longer ones do not occur.
const LONGEST: usize = 10;

#[cfg(test)]
mod tests {
    use super::acronyms;

    #[test]
    fn first_letters_with_and_without_small_words() {
        let cases: &[(&str, &[&str])] = &[
            ("islamic revolutionary guard corps", &["irgc"]),
            (
                "university of science and technology of china",
                &["ustc", "uosatoc"],
            ),
            ("chinese academy of sciences", &["cas", "caos"]),
            ("china mobile", &[]),
            ("", &[]),
        ];
        for (name, want) in cases {
            let words: Vec<&str> = name.split_whitespace().collect();
            assert_eq!(&acronyms(&words), want, "{name}");
        }
    }
}
