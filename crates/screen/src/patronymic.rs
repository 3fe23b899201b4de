//! Names after the father: `Ivanovich`, `Ivanovna`, `Mammad oglu` in one word.
//!
//! What tells two of them apart is the father's name before the ending. Whether the
//! ending is a son's or a daughter's is not asked, and how it is romanised says nothing.

/// Endings as written, and as their folds ([`scruple_names::fold`]), the longest folds first.
const ENDINGS: [(&str, &str); 21] = [
    ("inichna", "inicna"),
    ("ievich", "ievic"),
    ("ievna", "ievna"),
    ("ovich", "ovic"),
    ("evich", "evic"),
    ("avich", "avic"),
    ("ovic", "ovik"),
    ("evic", "evik"),
    ("ovych", "ovic"),
    ("evych", "evic"),
    ("ovitch", "ovic"),
    ("evitch", "evic"),
    ("ovna", "ovna"),
    ("evna", "evna"),
    ("ivna", "ivna"),
    ("auna", "auna"),
    ("oglu", "oglu"),
    ("ogly", "ogli"),
    ("kyzy", "kizi"),
    ("qizi", "kizi"),
    ("uly", "uli"),
];

/// The father's name in the fold of a patronymic; the whole fold where no ending is known.
pub(crate) fn father(fold: &[u8]) -> &[u8] {
    ENDINGS
        .iter()
        .find_map(|(_, ending)| fold.strip_suffix(ending.as_bytes()))
        .filter(|root| root.len() >= 2)
        .unwrap_or(fold)
}

/// Whether a word has the ending of a name after the father.
pub(crate) fn is_patronymic(text: &str) -> bool {
    text.len() >= 6 && ENDINGS.iter().any(|(ending, _)| text.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use scruple_names::fold;

    use super::*;

    #[test]
    fn folds_are_those_of_the_endings_and_the_longest_come_first() {
        for (ending, want) in ENDINGS {
            assert_eq!(fold(ending), want);
        }
        assert!(ENDINGS.is_sorted_by_key(|(_, fold)| std::cmp::Reverse(fold.len())));
    }

    #[test]
    fn one_father_in_every_ending_and_spelling() {
        let of = |text: &str| String::from_utf8_lossy(father(fold(text).as_bytes())).into_owned();
        for words in [
            ["ivanovich", "ivanovna"],
            ["nikolaevich", "nikolaevna"],
            ["mammadoglu", "mammadqizi"],
            ["ivanovych", "ivanivna"],
            ["ivanovich", "ivanovic"],
        ] {
            assert_eq!(of(words[0]), of(words[1]), "{words:?}");
            assert!(words.iter().all(|word| is_patronymic(word)), "{words:?}");
        }
        assert_ne!(of("ivanovich"), of("nikolaevich"));
        assert!(!is_patronymic("ivanov"));
    }
}
