//! A phrase as it is looked up: the words as compared, without the small ones.

use std::borrow::Cow;

use crate::cyrillic;
use crate::script::Script;
use crate::token::tokens;
use crate::traditional::simplified;

/// Ends a stem in the automaton.
pub(super) const STEM: char = '*';

/// Words between that come and go in translation. They stand in no key.
const SMALL: [&str; 40] = [
    "of", "the", "for", "and", "on", "in", "de", "du", "des", "d", "la", "le", "les", "l", "del",
    "della", "di", "da", "do", "dos", "y", "e", "et", "der", "die", "das", "den", "fur", "und",
    "von", "ve", "и", "і", "та", "по", "для", "i", "dlya", "و", "ו",
];

/// Whether a word stands in no key.
pub(crate) fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

/// Where a phrase was found: some languages are romanised as well.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Russian,
    Ukrainian,
    Other,
}

impl Source {
    pub(super) fn of(language: &str) -> Self {
        match language {
            "ru" => Self::Russian,
            "uk" => Self::Ukrainian,
            _ => Self::Other,
        }
    }
}

/// The key of a phrase, `ministry justice` or `министерств* юстици*`; none if no
/// letter is left. A stem keeps its mark.
pub(super) fn key(written: &str) -> Option<String> {
    let mut out = String::new();
    for word in written.split_whitespace() {
        let stem = word.ends_with(STEM);
        let mut last = None;
        for token in tokens(word) {
            let plain = token.plain;
            if is_small(&plain) && written.contains(' ') {
                continue;
            }
            if last.is_some() || !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&letters(&plain, token.script));
            last = Some(());
        }
        if stem && last.is_some() {
            out.push(STEM);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// The phrase in Latin letters as lists romanise it, for those long enough not to be
/// another language's word.
pub(super) fn romanised(written: &str, source: Source) -> Vec<String> {
    let values: &[cyrillic::Values] = match source {
        Source::Russian => &[cyrillic::Values::Russian],
        Source::Ukrainian => &[cyrillic::Values::Ukrainian],
        Source::Other => return Vec::new(),
    };
    let mut out = Vec::new();
    for values in values {
        let Some(key) = key(written) else { continue };
        let latin: Vec<String> = key
            .split(' ')
            .map(|word| match word.strip_suffix(STEM) {
                Some(stem) => cyrillic::latin(stem, *values) + "*",
                None => cyrillic::latin(word, *values),
            })
            .collect();
        let latin = latin.join(" ");
        if latin.len() >= 6 {
            out.push(latin);
        }
    }
    out
}

/// How the letters of a word are looked up: Arabic without the article and without
/// the letters that spelling confuses, Chinese in simplified characters.
pub(super) fn letters(word: &str, script: Script) -> Cow<'_, str> {
    match script {
        Script::Arabic => {
            let long = |rest: &&str| rest.chars().count() >= 3;
            let bare = ["وال", "لل", "ال"]
                .iter()
                .find_map(|article| word.strip_prefix(article).filter(long))
                .unwrap_or(word);
            Cow::Owned(bare.chars().map(arabic).collect())
        }
        Script::Han if word.chars().any(|c| simplified(c) != c) => {
            Cow::Owned(word.chars().map(simplified).collect())
        }
        _ => Cow::Borrowed(word),
    }
}

fn arabic(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ة' | 'ۀ' => 'ه',
        'ى' | 'ي' | 'ې' => 'ی',
        'ك' => 'ک',
        'ؤ' => 'و',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_what_is_left_when_a_phrase_is_spoken_fast() {
        let cases = [
            ("Ministry of Justice", "ministry justice"),
            ("People's Court", "peoples court"),
            ("Gong'an Ju", "gongan ju"),
            (
                "научно-исследовательск* институт*",
                "научно исследовательск* институт*",
            ),
            ("وزارة الدفاع", "وزاره دفاع"),
            ("科學技術", "科学技术"),
            ("Müdürlüğü", "mudurlugu"),
        ];
        for (written, want) in cases {
            assert_eq!(key(written).as_deref(), Some(want), "{written}");
        }
        assert_eq!(key("—"), None);
    }

    #[test]
    fn russian_phrases_are_known_in_latin_letters_too() {
        assert_eq!(
            romanised("министерств* оборон*", Source::Russian),
            ["ministerstv* oboron*"]
        );
        assert!(romanised("газ", Source::Russian).is_empty());
    }
}
