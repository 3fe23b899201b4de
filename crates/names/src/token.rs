//! Text to tokens: what a person would call the words, each in one script.
//!
//! Compatibility forms are unified (NFKC), which undoes full width, ligatures
//! and Arabic presentation forms. Case and accents go; apostrophes and invisible
//! characters go without a break (`Sa'ad` is one word), everything else that is
//! no letter or digit is a break. Dots inside an initialism do not break it:
//! `S.A.R.L.` is one word, `Co., Ltd.` two.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::lookalike;
use crate::script::Script;

/// A word as written and as compared, in its own script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) script: Script,
    /// Lower case, no accents, still in its script.
    pub(crate) plain: String,
    /// As written.
    pub(crate) shown: String,
    /// Whether it holds letters that German or Nordic spelling doubles (`ü` as `ue`).
    pub(crate) umlaut: Option<String>,
}

/// Longest text that is read, in characters. Names are far shorter; what is
/// longer is no name, and reading it whole would only cost time.
const LONGEST: usize = 1_000;

/// Splits a text into tokens.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut chars: Vec<char> = text.nfkc().take(LONGEST).collect();
    lookalike::mend(&mut chars);
    let mut out = Vec::new();
    let mut now = Building::default();
    for (at, &c) in chars.iter().enumerate() {
        if is_silent(c) {
            continue;
        }
        if c == '.' || c == '·' && now.script == Some(Script::Latin) {
            if !is_initialism(&chars, at) {
                now.finish(&mut out);
            }
            continue;
        }
        if is_mark(c) {
            continue;
        }
        if !c.is_alphanumeric() && c != '々' && !binds(c) {
            now.finish(&mut out);
            continue;
        }
        let script = Script::of(c);
        let joins = match (now.script, script) {
            (None, _) => true,
            (Some(was), Script::Common) => !was.is_syllabic(),
            (Some(Script::Common), new) => !new.is_syllabic(),
            (Some(was), new) => was == new,
        };
        if !joins {
            now.finish(&mut out);
        }
        now.push(c, script);
    }
    now.finish(&mut out);
    out
}

#[derive(Default)]
struct Building {
    script: Option<Script>,
    plain: String,
    shown: String,
    doubled: String,
}

impl Building {
    fn push(&mut self, c: char, script: Script) {
        if self.script.is_none_or(|was| was == Script::Common) {
            self.script = Some(script);
        }
        self.shown.push(c);
        for lower in c.to_lowercase() {
            let before = self.plain.len();
            plain(lower, script, &mut self.plain);
            match lower {
                'ä' => self.doubled.push_str("ae"),
                'ö' | 'ø' => self.doubled.push_str("oe"),
                'ü' => self.doubled.push_str("ue"),
                'å' => self.doubled.push_str("aa"),
                _ => self.doubled.push_str(&self.plain[before..]),
            }
        }
    }

    fn finish(&mut self, out: &mut Vec<Token>) {
        let done = std::mem::take(self);
        if let Some(script) = done.script
            && !done.plain.is_empty()
        {
            let umlaut = (done.doubled != done.plain).then_some(done.doubled);
            out.push(Token {
                script,
                plain: done.plain,
                shown: done.shown,
                umlaut,
            });
        }
    }
}

/// One lower-case character without its accents.
fn plain(c: char, script: Script, out: &mut String) {
    match c {
        'ı' => out.push('i'),
        'ł' => out.push('l'),
        'ø' => out.push('o'),
        'đ' | 'ð' => out.push('d'),
        'ħ' => out.push('h'),
        'ŧ' => out.push('t'),
        'ŋ' => out.push('n'),
        'ə' => out.push('a'),
        'ɛ' => out.push('e'),
        'ɔ' => out.push('o'),
        'ƙ' => out.push('k'),
        'ɓ' => out.push('b'),
        'ɗ' => out.push('d'),
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'þ' => out.push_str("th"),
        _ if is_combining_mark(c) && !script.has_vowel_signs() => {}
        // Cyrillic й and ї are letters of their own, as are Hangul syllables.
        _ if matches!(script, Script::Latin | Script::Greek) => {
            decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    match part {
                        'ς' => out.push('σ'),
                        _ => out.push(part),
                    }
                }
            });
        }
        _ => match c.to_digit(10) {
            Some(digit) => out.push(char::from(b'0' + digit as u8)),
            None => match arabic_digit(c) {
                Some(digit) => out.push(digit),
                None => out.push(c),
            },
        },
    }
}

fn arabic_digit(c: char) -> Option<char> {
    let zero = match c as u32 {
        0x660..=0x669 => 0x660,
        0x6F0..=0x6F9 => 0x6F0,
        0x966..=0x96F => 0x966,
        0x9E6..=0x9EF => 0x9E6,
        0xE50..=0xE59 => 0xE50,
        0x1040..=0x1049 => 0x1040,
        _ => return None,
    };
    char::from_digit(c as u32 - zero, 10)
}

/// Letters stand alone on both sides of this dot, or it ends such a run.
fn is_initialism(chars: &[char], dot: usize) -> bool {
    let letter = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(|c| c.is_alphabetic())
    };
    let before = dot.checked_sub(1);
    let single_before = letter(before) && !letter(dot.checked_sub(2));
    let single_after = letter(Some(dot + 1)) && !letter(Some(dot + 2));
    single_before && single_after
}

/// Characters that neither show nor part: zero width, direction, soft hyphen,
/// apostrophes and their like, the Arabic stretch.
fn is_silent(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{61C}' | '\u{640}'
        | '\'' | '`' | '´' | '‘' | '’' | '‛' | 'ʹ' | 'ʺ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | '′' | '״' | '׳'
        | '\u{55A}' | '\u{A78C}' | '＇')
}

/// Signs of a script that are no letters but belong to a word: they kill a vowel, close
/// a syllable, or mark a tone.
fn binds(c: char) -> bool {
    matches!(
        c,
        '\u{93C}' | '\u{94D}' | '\u{9BC}' | '\u{9CD}' | '\u{E47}'
            ..='\u{E4E}' | '\u{1037}' | '\u{1039}' | '\u{103A}'
    )
}

/// Accents left over by NFKC, Arabic and Hebrew vowel points.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5C7}'
        | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}')
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn words_as_a_person_counts_them() {
        let cases: &[(&str, &[&str])] = &[
            ("Co., Ltd.", &["co", "ltd"]),
            ("S.A.R.L. Dupont", &["sarl", "dupont"]),
            ("Sa'ad Mu’jil", &["saad", "mujil"]),
            ("AL-SHAMMARI", &["al", "shammari"]),
            (
                "İstanbul Łódź Đorđe Straße Øst",
                &["istanbul", "lodz", "dorde", "strasse", "ost"],
            ),
            ("ＨＩＫＶＩＳＩＯＮ", &["hikvision"]),
            ("hik\u{200B}vi\u{AD}sion", &["hikvision"]),
            ("е\u{301}лкин Ёлкин", &["елкин", "ёлкин"]),
            ("مُحَمَّد ١٢", &["محمد", "12"]),
            ("海康威视Hikvision2", &["海康威视", "hikvision2"]),
            ("SANAR-10", &["sanar", "10"]),
            ("Ὀδυσσεύς", &["οδυσσευσ"]),
            ("", &[]),
            (" -- .", &[]),
        ];
        for (text, want) in cases {
            let got: Vec<String> = tokens(text).into_iter().map(|t| t.plain).collect();
            assert_eq!(&got, want, "{text}");
        }
    }
}
