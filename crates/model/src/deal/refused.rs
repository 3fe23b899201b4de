//! Fields about what a person is, which no deal may carry.
//!
//! The words stand in `packs/refused.toml`, in six languages. Only *keys* are
//! looked at, and columns of party tables: the text of a description may speak
//! of religion, since what a deal does to believers is what it is checked for.
//! A word counts as a whole word (`race`, not `trace`); in Chinese, which has no
//! spaces, anywhere in the key.

use std::collections::HashMap;
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
    class: &'static Class,
    word: &'static str,
}

impl Word {
    fn refusal(&self) -> Refusal {
        Refusal {
            class: &self.class.id,
            about: &self.class.about,
            word: self.word,
        }
    }
}

/// The words, each under its normal form.
struct Words {
    /// Looked up by the words of a key, one to [`MOST_WORDS`] together.
    spaced: HashMap<String, Word>,
    /// Looked for anywhere in a key.
    han: Vec<(String, Word)>,
}

/// The longest entry of the pack, in words.
const MOST_WORDS: usize = 4;

/// Why a key is refused, if it is.
pub fn check(key: &str) -> Option<Refusal> {
    // Longer than any field's name: not looked at, and not known either.
    if key.len() > 400 {
        return None;
    }
    let words = words();
    // `healthStatus` is two words; `GesundheitsZustand` is one.
    for key in [normal(key), normal(&key.to_lowercase())] {
        let parts: Vec<&str> = key.split(' ').collect();
        // More words together say more: `political party` before `party`.
        for together in (1..=MOST_WORDS).rev() {
            let found = parts
                .windows(together)
                .find_map(|window| words.spaced.get(&window.join(" ")));
            if let Some(word) = found {
                return Some(word.refusal());
            }
        }
        if !key.is_ascii()
            && let Some((_, word)) = words.han.iter().find(|(han, _)| key.contains(han))
        {
            return Some(word.refusal());
        }
    }
    None
}

fn pack() -> &'static Pack {
    static READ: OnceLock<Pack> = OnceLock::new();
    // The text is embedded and a test reads it: this cannot fail in a build that passed.
    READ.get_or_init(|| toml::from_str(PACK).expect("a test reads packs/refused.toml"))
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words {
            spaced: HashMap::new(),
            han: Vec::new(),
        };
        for class in &pack().class {
            for word in class.languages().into_iter().flat_map(|(_, list)| list) {
                let key = normal(word);
                let word = Word { class, word };
                if is_han(&key) {
                    words.han.push((key, word));
                } else {
                    words.spaced.insert(key, word);
                }
            }
        }
        // The longest first, since a shorter one may stand in it.
        words
            .han
            .sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
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
                    assert!(normal(word).split(' ').count() <= MOST_WORDS, "{word}");
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
