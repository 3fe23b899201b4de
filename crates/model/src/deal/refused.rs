//! Fields about what a person is, which no deal may carry.
//!
//! The words stand in `packs/refused.toml`, in six languages. Only *keys* are
//! looked at, and columns of party tables: the text of a description may speak
//! of religion, since what a deal does to believers is what it is checked for.
//! A word counts as a whole word (`race`, not `trace`); in Chinese, which has no
//! spaces, anywhere in the key.

use std::sync::OnceLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

const PACK: &str = include_str!("../../../../packs/refused.toml");

/// Why a key is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The class: `ethnicity`, `religion`, `politics`, `biometrics`, `health`,
    /// `sexuality`, `movements`.
    pub class: &'static str,
    /// The class in words: `a person's religion or belief`.
    pub about: &'static str,
    /// The word of the pack that was found.
    pub word: &'static str,
}

impl Refusal {
    /// What is wrong, as a sentence without a full stop.
    pub fn why(&self) -> String {
        format!(
            "scruple keeps no field for what a person is: `{}` is about {}",
            self.word, self.about
        )
    }

    /// What to do next.
    pub fn next(&self) -> &'static str {
        "take it out; no check needs it, and a file that holds it can harm the people in it"
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    class: Vec<Class>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    id: String,
    about: String,
    en: Vec<String>,
    zh: Vec<String>,
    pinyin: Vec<String>,
    ru: Vec<String>,
    ru_latin: Vec<String>,
    ar: Vec<String>,
    fr: Vec<String>,
    de: Vec<String>,
}

struct Word {
    class: &'static str,
    about: &'static str,
    word: &'static str,
    key: String,
}

/// Why a key is refused, if it is.
pub fn check(key: &str) -> Option<Refusal> {
    // Longer than any field's name: not looked at, and not known either.
    if key.len() > 400 {
        return None;
    }
    // `healthStatus` is two words; `GesundheitsZustand` is one.
    let padded = format!(" {} | {} ", normal(key), normal(&key.to_lowercase()));
    words()
        .iter()
        .find(|word| {
            if word.key.is_ascii() || !is_han(&word.key) {
                padded.contains(&format!(" {} ", word.key))
            } else {
                padded.contains(&word.key)
            }
        })
        .map(|word| Refusal {
            class: word.class,
            about: word.about,
            word: word.word,
        })
}

fn words() -> &'static [Word] {
    static WORDS: OnceLock<Vec<Word>> = OnceLock::new();
    WORDS.get_or_init(|| {
        // The pack is embedded, and a test reads it: this cannot fail in a build that passed.
        let pack: &'static Pack = Box::leak(Box::new(
            toml::from_str(PACK).expect("packs/refused.toml is embedded and read by a test"),
        ));
        let mut words: Vec<Word> = pack
            .class
            .iter()
            .flat_map(|class| {
                class.languages().into_iter().flat_map(move |(_, list)| {
                    list.iter().map(move |word| Word {
                        class: &class.id,
                        about: &class.about,
                        word,
                        key: normal(word),
                    })
                })
            })
            .collect();
        // The longest first: `political party` before `party`-like words.
        words.sort_by_key(|word| std::cmp::Reverse(word.key.len()));
        words
    })
}

impl Class {
    fn languages(&self) -> [(&'static str, &[String]); 8] {
        [
            ("en", &self.en),
            ("zh", &self.zh),
            ("pinyin", &self.pinyin),
            ("ru", &self.ru),
            ("ru_latin", &self.ru_latin),
            ("ar", &self.ar),
            ("fr", &self.fr),
            ("de", &self.de),
        ]
    }
}

/// Lower case, without accents, words separated by one space: `religiousBelief`,
/// `Religious-Belief` and `RELIGIOUS_BELIEF` are one.
fn normal(key: &str) -> String {
    let mut normal = String::with_capacity(key.len());
    let mut small = false;
    for c in key
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c) && *c != '\u{640}')
    {
        if !c.is_alphanumeric() {
            normal.push(' ');
            small = false;
            continue;
        }
        if c.is_uppercase() && small {
            normal.push(' ');
        }
        small = c.is_lowercase();
        normal.extend(c.to_lowercase().map(|c| match c {
            'أ' | 'إ' | 'آ' => 'ا',
            'ى' => 'ي',
            'ё' => 'е',
            other => other,
        }));
    }
    normal.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_han(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\u{3400}'..='\u{9fff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_pack_is_refused_in_every_language() {
        let pack: Pack = toml::from_str(PACK).unwrap();
        assert_eq!(pack.class.len(), 7);
        for class in &pack.class {
            for (language, list) in class.languages() {
                assert!(list.len() >= 2, "{} has few words in {language}", class.id);
                for word in list {
                    let refusal = check(word).unwrap_or_else(|| panic!("{word} ({language})"));
                    assert_eq!(refusal.class, class.id, "{word} ({language})");
                }
            }
        }
    }

    #[test]
    fn spelling_case_and_company_do_not_hide_a_word() {
        for (key, class) in [
            ("religion", "religion"),
            ("Party Religion", "religion"),
            ("religious_belief", "religion"),
            ("religiousBelief", "religion"),
            ("RACE", "ethnicity"),
            ("owner_ethnicity", "ethnicity"),
            ("主要民族成分", "ethnicity"),
            ("mínzú", "ethnicity"),
            ("Национальность (этническая)", "ethnicity"),
            ("الديانة", "religion"),
            ("Opinions politiques", "politics"),
            ("Staatsreligion-Zugehörigkeit Religion", "religion"),
            ("face_template", "biometrics"),
            ("healthStatus", "health"),
            ("GesundheitsZustand", "health"),
            ("sexual-orientation", "sexuality"),
            ("travel_history", "movements"),
        ] {
            assert_eq!(check(key).map(|r| r.class), Some(class), "{key}");
        }
    }

    #[test]
    fn words_that_only_contain_one_are_not_refused() {
        for key in [
            "trace",
            "embrace",
            "traceability",
            "terrace",
            "party",
            "role",
            "position",
            "vessel_position",
            "route",
            "country",
            "nationality",
            "origin",
            "address",
            "face_value",
            "healthy_margin",
            "policy",
            "capabilities",
            "description",
            "end_use",
            "place_of_use",
            "birth_date",
            "Name",
            "名称",
            "Наименование",
            "Nom",
            "Firma",
        ] {
            assert_eq!(check(key), None, "{key}");
        }
        for section in crate::deal::field::SECTIONS {
            for field in section.fields {
                assert_eq!(check(field.name), None, "{}", field.name);
            }
        }
    }
}
