//! What a name can be found by: keys of several classes, hashed to 64 bits.
//!
//! A hash in place of the text keeps the table flat and quick to search. Two
//! texts that collide give a candidate too many, which its score then rejects.

use scruple_names::{Part, PartKind, fold};

/// Classes of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Class {
    /// A fold, to terms.
    Fold = b'~',
    /// A fold, or a fold with a letter less, to terms.
    NearFold = b'-',
    /// The exact text, to its term.
    Text = b'=',
    /// Three neighbouring letters of a long fold, to terms.
    Gram = b'3',
    /// The initials of a name's words, to readings.
    Acronym = b'.',
    /// A skeleton, to every term.
    Skeleton = b'%',
    /// A skeleton, to terms from scripts without short vowels.
    ConsonantSkeleton = b'&',
    /// The fold of parts written together, to readings.
    Joined = b'+',
    /// The consonants of parts written together, to readings.
    JoinedBare = b'*',
    /// Consonants by their place in the mouth ([`coarse`]), to terms.
    Coarse = b'^',
    /// What a word means, to terms.
    Meaning = b'!',
    /// A row of given names that are one name ([`crate::cognate`]), to terms.
    Cognate = b'"',
    /// All words of a name in order of the alphabet, to readings.
    Whole = b'#',
    /// An identifier's value, to entities.
    Identifier = b'@',
    /// The number that an aircraft's maker gave it ([`serial`]), to entities.
    Serial = b'?',
    /// A building by [`crate::addresses::keys`], to entities.
    Address = b'$',
}

/// FNV-1a over class and text, then mixed so that near texts lie far apart.
pub(crate) fn key(class: Class, text: &str) -> u64 {
    key_of(class, text.bytes())
}

/// The same from bytes in pieces.
pub(crate) fn key_of(class: Class, text: impl Iterator<Item = u8>) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in std::iter::once(class as u8).chain(text) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 29)
}

/// Shortest fold for which one typing error is looked for.
pub(crate) const NEAR: usize = 4;

/// Shortest fold for which more than one is.
pub(crate) const LONG: usize = 7;

/// The runs of three letters of a fold, with a mark at both ends.
pub(crate) fn grams(fold: &str) -> impl Iterator<Item = [u8; 3]> + '_ {
    let bytes = fold.as_bytes();
    let at = move |no: usize| {
        no.checked_sub(1)
            .and_then(|no| bytes.get(no))
            .copied()
            .unwrap_or(b'^')
    };
    (0..bytes.len()).map(move |no| [at(no), at(no + 1), at(no + 2)])
}

/// The consonants of a fold, those one that roads between scripts take for each
/// other: `katirji` and `qatrkhi`, `baluma` and `paloma`.
pub(crate) fn coarse(fold: &str) -> String {
    let mut out = String::with_capacity(fold.len());
    for byte in fold.bytes() {
        let one = match byte {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'v' => continue,
            b'd' | b't' | b's' | b'z' | b'x' | b'c' | b'q' => 't',
            b'g' | b'h' | b'j' | b'k' => 'k',
            b'b' | b'f' | b'p' => 'b',
            other => char::from(other),
        };
        if !out.ends_with(one) {
            out.push(one);
        }
    }
    out
}

/// The initials of the words of a name, legal forms and particles left out; `None`
/// for fewer than three words.
pub(crate) fn acronym(parts: &[Part]) -> Option<String> {
    let letters: String = parts
        .iter()
        .filter(|part| part.kind == PartKind::Word && part.text.is_ascii())
        .filter_map(|part| part.text.chars().next())
        .collect();
    (3..=8).contains(&letters.len()).then_some(letters)
}

/// The initials of every run of neighbouring words, legal forms and particles left out.
pub(crate) fn acronyms(parts: &[Part]) -> Vec<String> {
    let words = parts
        .iter()
        .filter(|part| part.kind == PartKind::Word && part.text.is_ascii());
    let letters: String = words.filter_map(|part| part.text.chars().next()).collect();
    let mut out = Vec::new();
    for start in 0..letters.len() {
        let all = start + 3..=letters.len().min(start + 8);
        out.extend(all.map(|end| letters[start..end].to_owned()));
    }
    out
}

/// The words of a name sorted and joined: equal for every order of them. Legal
/// forms are left out, so that a name is found whatever its form.
pub(crate) fn whole(parts: &[Part]) -> Option<String> {
    let mut words: Vec<&str> = parts
        .iter()
        .filter(|part| !matches!(part.kind, PartKind::Form(_)))
        .map(|part| part.text.as_str())
        .collect();
    words.sort_unstable();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The folds of parts that others write as one word: neighbours, and runs of
/// syllables.
pub(crate) fn joined(parts: &[Part]) -> Vec<String> {
    let mut out = Vec::new();
    for (at, first) in parts.iter().enumerate() {
        if !joins(first) {
            continue;
        }
        let mut text = first.text.clone();
        for (more, next) in parts[at + 1..].iter().take(3).enumerate() {
            let syllables = first.script.is_syllabic() && next.run == first.run;
            let article = more == 1 && parts[at + 1].kind == PartKind::Particle;
            if !joins(next) || (more > 0 && !syllables && !article) {
                break;
            }
            // Romanisations leave an article out that stands between two names.
            if article && more == 1 {
                out.push(fold(&format!("{}{}", first.text, next.text)));
            }
            text.push_str(&next.text);
            out.push(fold(&text));
        }
    }
    out
}

fn joins(part: &Part) -> bool {
    matches!(part.kind, PartKind::Word | PartKind::Particle) && part.text.is_ascii()
}

/// Whether a word may be the initials of others.
pub(crate) fn acronym_text(text: &str) -> bool {
    (3..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase())
}

/// The letters and digits of a number, in upper case.
fn letters_and_digits(value: &str) -> String {
    let plain = value.chars().filter(char::is_ascii_alphanumeric);
    plain.map(|c| c.to_ascii_uppercase()).collect()
}

/// An identifier as compared: letters and digits in upper case; `None` where too
/// little is left to identify anything.
pub(crate) fn identifier(value: &str) -> Option<String> {
    let plain = letters_and_digits(value);
    // Ships' numbers are written with the name of the register that gives them, or without.
    let number = plain
        .strip_prefix("IMO")
        .filter(|rest| rest.len() == 7 && rest.bytes().all(|b| b.is_ascii_digit()));
    let plain = number.map(str::to_owned).unwrap_or(plain);
    (plain.len() >= 5).then_some(plain)
}

/// The number that a maker gave an aircraft, as compared; `None` where too little is left.
pub(crate) fn serial(value: &str) -> Option<String> {
    let plain = letters_and_digits(value);
    let plain = plain.trim_start_matches('0');
    (plain.len() >= 2).then(|| plain.to_owned())
}

#[cfg(test)]
mod tests {
    use scruple_names::{LegalForms, read};

    use super::*;

    fn parts(text: &str) -> Vec<Part> {
        read(text, LegalForms::built_in()).readings.remove(0).parts
    }

    #[test]
    fn whole_names_meet_in_any_order_and_form() {
        let of = |text| whole(&parts(text));
        assert_eq!(of("Hangzhou Hikvision Co., Ltd."), of("HIKVISION HANGZHOU"));
        assert_ne!(of("Hikvision"), of("Hangzhou Hikvision"));
    }

    #[test]
    fn syllables_join_up_to_four_words_only_two() {
        assert!(joined(&parts("海康威视")).contains(&fold("haikangweishi")));
        assert_eq!(joined(&parts("ali reza moradi")), ["alireza", "rezamoradi"]);
        let with_article = joined(&parts("amjad al abbas"));
        assert!(
            with_article.contains(&fold("amjadabbas")),
            "{with_article:?}"
        );
        assert!(
            with_article.contains(&fold("amjadalabbas")),
            "{with_article:?}"
        );
    }

    #[test]
    fn consonants_that_scripts_take_for_each_other_meet() {
        let of = |text: &str| coarse(&fold(text));
        for (a, b) in [
            ("qatrkhi", "katirji"),
            ("baluma", "paloma"),
            ("rukhservamator", "ruckservomotor"),
        ] {
            assert_eq!(of(a), of(b), "{a} {b}");
        }
        assert_ne!(of("baluma"), of("balura"));
    }

    #[test]
    fn every_run_of_three_words_has_initials() {
        let of = |text| acronyms(&parts(text));
        assert_eq!(
            of("Zavod Kompleksnye Dorozhnye Mashiny OOO"),
            ["zkd", "zkdm", "kdm"]
        );
        assert!(of("Sea Prajna").is_empty());
    }

    #[test]
    fn a_makers_number_is_one_however_it_is_printed() {
        assert_eq!(serial("0056-1").as_deref(), Some("561"));
        assert_eq!(serial("msn 23").as_deref(), Some("MSN23"));
        assert_eq!(serial("7"), None);
        assert_eq!(serial("-"), None);
    }

    #[test]
    fn identifiers_lose_their_punctuation() {
        assert_eq!(
            identifier("91330000 7162-5836 15").as_deref(),
            Some("91330000716258361 5".replace(' ', "").as_str())
        );
        assert_eq!(identifier("IMO 9079171").as_deref(), Some("9079171"));
        assert_eq!(identifier("12-3"), None);
    }
}
