//! Names after the father: `Ivanovich`, `Ivanovna`, `Mammad oglu` in one word.
//!
//! What tells two of them apart is the father's name before the ending. Whether the
//! ending is a son's or a daughter's is not asked, and how it is romanised says nothing.

/// Endings of folds ([`scruple_names::fold`]), longest first.
const ENDINGS: [&[u8]; 19] = [
    b"inicna", b"ievic", b"ievna", b"ovitc", b"evitc", b"ovic", b"evic", b"ivic", b"avic", b"ovna",
    b"evna", b"ivna", b"auna", b"icna", b"oglu", b"ogli", b"kizi", b"qizi", b"uli",
];

/// The father's name in the fold of a patronymic; the whole fold where no ending is known.
pub(crate) fn father(fold: &[u8]) -> &[u8] {
    ENDINGS
        .iter()
        .find_map(|ending| fold.strip_suffix(*ending))
        .filter(|root| root.len() >= 2)
        .unwrap_or(fold)
}

/// Whether a word has the ending of a name after the father.
pub(crate) fn is_patronymic(text: &str) -> bool {
    const ENDINGS: [&str; 19] = [
        "ovich", "evich", "ovna", "evna", "ovic", "evic", "ovych", "evych", "ivna", "avich",
        "auna", "ovitch", "evitch", "inichna", "oglu", "ogly", "uly", "kyzy", "qizi",
    ];
    text.len() >= 6 && ENDINGS.iter().any(|ending| text.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use scruple_names::fold;

    use super::*;

    #[test]
    fn one_father_in_every_ending_and_spelling() {
        let of = |text: &str| String::from_utf8_lossy(father(fold(text).as_bytes())).into_owned();
        for words in [
            ["ivanovich", "ivanovna"],
            ["nikolaevich", "nikolaevna"],
            ["mammadoglu", "mammadqizi"],
            ["ivanovych", "ivanivna"],
        ] {
            assert_eq!(of(words[0]), of(words[1]), "{words:?}");
            assert!(words.iter().all(|word| is_patronymic(word)), "{words:?}");
        }
        assert_ne!(of("ivanovich"), of("nikolaevich"));
        assert!(!is_patronymic("ivanov"));
    }
}
