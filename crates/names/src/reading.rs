//! A name's readings: rows of parts, as written and in Latin letters.

use crate::forms::LegalForms;
use crate::lexicon::Lexicon;
use crate::pieces::{Piece, pieces};
use crate::script::Script;
use crate::token::{Token, tokens};
use crate::{
    arabic, armenian, burmese, cyrillic, ethiopic, georgian, greek, han, hangul, hebrew, indic,
    kana, meaning, thai, traditional,
};

/// How a reading was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// In Latin letters, each script by its first convention.
    Latin,
    /// In Latin letters, by the second convention of a script that has two: umlauts
    /// doubled, Ukrainian, Persian, Wade-Giles, the Korean of the North, long vowels.
    Second,
    /// By a third: Cantonese, the Korean of the South.
    Third,
    /// By a fourth: McCune-Reischauer.
    Fourth,
    /// Han and Kana in their own characters, each a part; the rest in Latin letters.
    Characters,
    /// Words of bodies and places in English, the rest as in the first reading.
    Meaning,
}

impl Way {
    /// All, in the order of a name's readings.
    pub const ALL: [Self; 6] = [
        Self::Latin,
        Self::Second,
        Self::Third,
        Self::Fourth,
        Self::Characters,
        Self::Meaning,
    ];
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// A word of the name.
    Word,
    /// Digits, or digits and letters: equal or not, never nearly.
    Number,
    /// `al`, `von`, `and`, an initial, a word of a legal form by itself: says little.
    Particle,
    /// A legal form, by its number in [`LegalForms`].
    Form(u16),
}

/// One part of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What is compared: lower case, without accents.
    pub text: String,
    /// What the name says there.
    pub shown: String,
    /// The script it is written in.
    pub script: Script,
    /// What it is.
    pub kind: PartKind,
    /// Which unbroken run of characters it belongs to, from 0; parts of one run
    /// may be one word elsewhere (`lei tao`, `leitao`).
    pub run: u16,
}

/// One way to read a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// How it was made.
    pub way: Way,
    /// Its parts in the order written; never empty.
    pub parts: Vec<Part>,
}

/// A name with its readings; none if the text holds no letter and no digit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The readings, without repeats.
    pub readings: Vec<Reading>,
}

/// Reads a name in any script.
pub fn read(text: &str, forms: &LegalForms) -> Name {
    let pieces = pieces(tokens(text), forms);
    let meant = meaning::pieces(&pieces, Lexicon::built_in());
    Name {
        readings: readings(&pieces, meant.as_deref()),
    }
}

/// The readings of a name by its letters alone, whatever its words mean.
pub(crate) fn by_letters(text: &str, forms: &LegalForms) -> Vec<Reading> {
    readings(&pieces(tokens(text), forms), None)
}

fn readings(pieces: &[Piece], meant: Option<&[Piece]>) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    for way in Way::ALL {
        let pieces = match (way, meant) {
            (Way::Meaning, Some(meant)) => meant,
            (Way::Meaning, None) => continue,
            _ => pieces,
        };
        if !is_called_for(way, pieces) {
            continue;
        }
        let parts = parts(pieces, way);
        let again = |reading: &Reading| {
            reading.parts.len() == parts.len()
                && reading
                    .parts
                    .iter()
                    .zip(&parts)
                    .all(|(a, b)| a.text == b.text)
        };
        if !parts.is_empty() && !readings.iter().any(again) {
            readings.push(Reading { way, parts });
        }
    }
    readings
}

/// Whether a way of reading can differ from the first for these tokens.
fn is_called_for(way: Way, pieces: &[Piece]) -> bool {
    let any = |test: fn(&Token) -> bool| pieces.iter().any(|p| p.form.is_none() && test(&p.token));
    match way {
        Way::Latin | Way::Meaning => true,
        Way::Second => any(|t| match t.script {
            Script::Latin => t.umlaut.is_some(),
            Script::Cyrillic => cyrillic::is_ukrainian(&t.plain),
            Script::Arabic => arabic::is_ambiguous(&t.plain),
            Script::Hangul => true,
            Script::Han => han::is_name_long(&t.plain),
            Script::Kana => kana::is_ambiguous(&t.plain),
            _ => false,
        }),
        Way::Third => any(|t| match t.script {
            Script::Hangul => true,
            Script::Han => {
                let chars: Vec<char> = t.plain.chars().collect();
                han::is_name_long(&t.plain) && han::cantonese(&chars).is_some()
            }
            _ => false,
        }),
        Way::Fourth => any(|t| t.script == Script::Hangul),
        Way::Characters => any(|t| matches!(t.script, Script::Han | Script::Kana)),
    }
}

fn parts(pieces: &[Piece], way: Way) -> Vec<Part> {
    let mut out = Vec::new();
    for (run, piece) in pieces.iter().enumerate() {
        let run = u16::try_from(run).unwrap_or(u16::MAX);
        let token = &piece.token;
        let mut push = |text: String, shown: &str, kind: PartKind| {
            if !text.is_empty() {
                out.push(Part {
                    text,
                    shown: shown.to_owned(),
                    script: token.script,
                    kind,
                    run,
                });
            }
        };
        if let Some(no) = piece.form {
            push(token.plain.clone(), &token.shown, PartKind::Form(no));
            continue;
        }
        let mut word = |text: String, shown: &str| {
            for text in text.split_whitespace() {
                let kind = match kind_of(text) {
                    PartKind::Word if piece.slight => PartKind::Particle,
                    kind => kind,
                };
                push(text.to_owned(), shown, kind);
            }
        };
        let plain = token.plain.as_str();
        let second = way == Way::Second;
        match token.script {
            Script::Common => word(plain.to_owned(), &token.shown),
            Script::Latin => {
                let text = token.umlaut.as_deref().filter(|_| second).unwrap_or(plain);
                for text in latin_words(text) {
                    word(text.to_owned(), &token.shown);
                }
            }
            Script::Cyrillic => {
                let values = if second {
                    cyrillic::Values::Ukrainian
                } else {
                    cyrillic::Values::Russian
                };
                word(cyrillic::latin(plain, values), &token.shown);
            }
            Script::Greek => word(greek::latin(plain), &token.shown),
            Script::Arabic => {
                let values = if second {
                    arabic::Values::Persian
                } else {
                    arabic::Values::Arabic
                };
                for text in arabic::words(plain) {
                    let whole = if text == plain {
                        token.shown.as_str()
                    } else {
                        text
                    };
                    word(arabic::latin(text, values), whole);
                }
            }
            Script::Han if way == Way::Characters => {
                for c in plain.chars() {
                    word(traditional::simplified(c).to_string(), &c.to_string());
                }
            }
            Script::Kana if way == Way::Characters => word(plain.to_owned(), &token.shown),
            Script::Han => {
                let chars: Vec<char> = plain.chars().collect();
                let owned = |row: Vec<Option<&str>>| {
                    row.into_iter()
                        .map(|s| s.map(str::to_owned))
                        .collect::<Vec<_>>()
                };
                let name = han::is_name_long(plain);
                let row = match way {
                    Way::Second if name => han::wade_giles(&chars),
                    Way::Third if name => match han::cantonese(&chars) {
                        Some(row) => owned(row.into_iter().map(Some).collect()),
                        None => owned(han::syllables(&chars)),
                    },
                    _ => owned(han::syllables(&chars)),
                };
                syllables(&chars, row, word);
            }
            Script::Kana => {
                let long = if second {
                    kana::Long::Typed
                } else {
                    kana::Long::Short
                };
                word(kana::latin(plain, long), &token.shown);
            }
            Script::Hangul => {
                let values = match way {
                    Way::Second => hangul::Values::Customary,
                    Way::Third => hangul::Values::Popular,
                    Way::Fourth => hangul::Values::McCune,
                    _ => hangul::Values::Revised,
                };
                let chars: Vec<char> = plain.chars().collect();
                syllables(&chars, hangul::syllables(&chars, values), word);
            }
            Script::Hebrew => word(hebrew::latin(plain), &token.shown),
            Script::Georgian => word(georgian::latin(plain), &token.shown),
            Script::Armenian => word(armenian::latin(plain), &token.shown),
            Script::Devanagari | Script::Bengali => {
                word(indic::latin(plain, token.script), &token.shown);
            }
            Script::Thai => word(thai::latin(plain), &token.shown),
            Script::Burmese => word(burmese::latin(plain), &token.shown),
            Script::Ethiopic => word(ethiopic::latin(plain), &token.shown),
            Script::Other => word(general(plain), &token.shown),
        }
    }
    out
}

/// Each character with its syllable; one without is romanised in general.
fn syllables(chars: &[char], row: Vec<Option<String>>, mut word: impl FnMut(String, &str)) {
    for (c, syllable) in chars.iter().zip(row) {
        let shown = c.to_string();
        word(syllable.unwrap_or_else(|| general(&shown)), &shown);
    }
}

/// Scripts we have no table for.
fn general(text: &str) -> String {
    any_ascii::any_ascii(text)
        .to_ascii_lowercase()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == ' ')
        .collect()
}

/// Servant names, and names of faith, in one word become two, as other romanisations
/// write them: Abdulrahman and Abderrahman as `abdul rahman`, Shahabuddin as `shahab din`.
fn latin_words(text: &str) -> Vec<&str> {
    const SERVANT: [&str; 5] = ["abdul", "abdel", "abdal", "abdol", "abdoul"];
    const FAITH: [&str; 12] = [
        "uddin", "ouddin", "oddin", "eddin", "aldin", "eldin", "uldin", "uddine", "eddine",
        "aldeen", "uddeen", "eldine",
    ];
    if matches!(
        text,
        "abdallah" | "abdalla" | "abdulla" | "abdollah" | "abdoullah"
    ) {
        return vec!["abdullah"];
    }
    if !text.is_ascii() {
        return vec![text];
    }
    for end in FAITH {
        if let Some(first) = text.strip_suffix(end)
            && first.len() >= 3
        {
            return vec![first, "din"];
        }
    }
    // The article takes on the letter that follows: Abderrahman, Abdussalam.
    if let [b'a', b'b', b'd', b'a' | b'e' | b'i' | b'o' | b'u', x, y, ..] = text.as_bytes()
        && x == y
        && *x != b'l'
        && text.len() >= 9
    {
        return vec!["abdul", &text[5..]];
    }
    if text == "abd" {
        return vec!["abdul"];
    }
    for start in SERVANT {
        if text == start {
            return vec!["abdul"];
        }
        if let Some(rest) = text.strip_prefix(start)
            && rest.len() >= 4
            && !rest.starts_with("lah")
            && text.is_ascii()
        {
            return vec!["abdul", rest];
        }
    }
    vec![text]
}

fn kind_of(text: &str) -> PartKind {
    if text.bytes().any(|b| b.is_ascii_digit()) {
        PartKind::Number
    } else if PARTICLES.contains(&text) || (text.len() == 1 && text.is_ascii()) {
        PartKind::Particle
    } else {
        PartKind::Word
    }
}

/// Articles, prepositions and words of descent that come and go between spellings.
const PARTICLES: [&str; 43] = [
    "ud", "ad", "ed", "ar", "ur", "er", "as", "us", "ol", "al", "el", "ul", "il", "bin", "ibn",
    "ben", "bint", "wa", "de", "del", "della", "da", "do", "dos", "di", "du", "la", "le", "les",
    "van", "von", "der", "den", "und", "and", "et", "y", "of", "the", "for", "in", "dlya", "i",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        read(text, LegalForms::built_in())
            .readings
            .iter()
            .map(|r| {
                r.parts
                    .iter()
                    .map(|p| p.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect()
    }

    #[test]
    fn every_script_has_its_readings() {
        let cases: &[(&str, &[&str])] = &[
            ("Müller GmbH", &["muller gmbh", "mueller gmbh"]),
            ("Хизри Абакаров", &["khizri abakarov"]),
            ("Григорій", &["grigoriy", "hryhorii"]),
            ("Ελευθερία", &["eleftheria"]),
            ("ياسر الشمري", &["yasr al shmri"]),
            ("رضا", &["rda", "rza"]),
            ("عبد الله", &["abdullah"]),
            ("Abdallah", &["abdullah"]),
            (
                "海康威视",
                &["hai kang wei shi", "hai kang wei shih", "海 康 威 视"],
            ),
            (
                "김정은",
                &[
                    "gim jeong eun",
                    "kim jong un",
                    "kim jung eun",
                    "kim chong un",
                ],
            ),
            ("トヨタ", &["toyota", "トヨタ"]),
            (
                "李家超",
                &["li jia chao", "li chia chao", "lee ka chiu", "李 家 超"],
            ),
            (
                "蔡英文",
                &["cai ying wen", "tsai ying wen", "choi ying man", "蔡 英 文"],
            ),
            ("გიორგი", &["giorgi"]),
            ("Սարգսյան", &["sargsyan"]),
            ("नरेन्द्र मोदी", &["narendra modi"]),
            ("শেখ হাসিনা", &["shekh hasina"]),
            ("သန်းရွှေ", &["than shwe"]),
            ("ประยุทธ์", &["prayut"]),
            ("አቢይ አህመድ", &["abiy ahmed"]),
            ("משה לוי", &["mshh loi"]),
            (
                "公安部",
                &[
                    "gong an bu",
                    "kung an pu",
                    "公 安 部",
                    "ministry public security",
                ],
            ),
            (
                "Министерство обороны",
                &["ministerstvo oborony", "ministry defense"],
            ),
            ("Abdulrahman", &["abdul rahman"]),
            ("Abd al-Rahman", &["abdul al rahman"]),
            ("Abdullah", &["abdullah"]),
            ("!?", &[]),
        ];
        for (text, want) in cases {
            assert_eq!(&texts(text), want, "{text}");
        }
    }

    #[test]
    fn forms_are_kept_as_parts() {
        let forms = LegalForms::built_in();
        let name = read("杭州海康威视数字技术股份有限公司", forms);
        let last = name.readings[0].parts.last().unwrap();
        assert_eq!(last.shown, "股份有限公司");
        assert!(matches!(last.kind, PartKind::Form(no) if forms.id(no) == "joint-stock"));
        let name = read("ООО «Ромашка»", forms);
        assert!(matches!(name.readings[0].parts[0].kind, PartKind::Form(_)));
        assert_eq!(name.readings[0].parts[1].text, "romashka");
    }

    #[test]
    fn a_name_of_forms_only_is_a_name() {
        let name = read("Company Limited", LegalForms::built_in());
        assert!(
            name.readings[0]
                .parts
                .iter()
                .all(|p| !matches!(p.kind, PartKind::Form(_)))
        );
    }

    #[test]
    fn shown_text_is_the_text_as_written() {
        let name = read("HIKVISION Digital", LegalForms::built_in());
        assert_eq!(name.readings[0].parts[0].shown, "HIKVISION");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in ".{0,60}") {
            for reading in read(&text, LegalForms::built_in()).readings {
                assert!(!reading.parts.is_empty());
                assert!(reading.parts.iter().all(|p| !p.text.is_empty()));
            }
        }
    }
}
