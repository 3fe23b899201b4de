//! A text as words: what a term is compared with.
//!
//! Descriptions of products are short, come in any language, and are written by
//! people who sell. So a text is only cut, never understood: into words in one
//! normal form, with the sentence and the clause each stands in. Letters and digits
//! part (`9Hz` is two words), a Han character is a word of its own, and an Arabic
//! article is dropped, because it is written onto the word.
//!
//! What is *denied* is found too: "voice is not collected" must not read as the
//! collecting of voice. The rule is the plainest that serves: a negation up to four
//! words before, or up to two after, in the same clause. Rejected: a parser of
//! sentences, whose errors nobody could see in a trace.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word in its normal form, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Lower case, without accents.
    pub plain: String,
    /// First byte in the original.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// Number of its sentence.
    pub sentence: usize,
    /// Number of its clause, counted through the whole text.
    pub clause: usize,
}

/// A text, cut.
#[derive(Clone, Debug, Default)]
pub struct Text {
    original: String,
    words: Vec<Word>,
}

/// Words that deny what follows them.
const DENY_NEXT: &[&str] = &[
    "no",
    "not",
    "never",
    "without",
    "cannot",
    "neither",
    "nor",
    "non",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "nicht",
    "ohne",
    "nie",
    "sans",
    "pas",
    "aucun",
    "aucune",
    "jamais",
    "sin",
    "nunca",
    "ningun",
    "ninguna",
    "не",
    "без",
    "нет",
    "никогда",
    "不",
    "无",
    "沒",
    "没",
    "未",
    "بدون",
    "لا",
    "ولا",
    "لن",
    "ولن",
    "لم",
    "ولم",
    "ليس",
    "غير",
    "weder",
    "ni",
    "tampoco",
    "ни",
    "nothing",
    "nobody",
];

/// Words that deny what stands before them.
const DENY_BEFORE: &[&str] = &[
    "not", "never", "nicht", "pas", "не", "jamais", "nunca", "none", "nie",
];

/// Words that turn a clause.
const TURN: &[&str] = &[
    "but", "however", "although", "aber", "mais", "pero", "но", "但",
];

/// What may be written onto an Arabic word before it.
const ARABIC: &[&str] = &["وال", "بال", "كال", "فال", "لل", "ال"];

impl Text {
    /// Cuts a text.
    pub fn new(original: &str) -> Self {
        let mut cut = Cutter::default();
        for (at, c) in original.char_indices() {
            cut.take(at, c, original);
        }
        cut.finish(original.len());
        Self {
            original: original.to_owned(),
            words: cut.words,
        }
    }

    /// Its words.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The original between two words, both included.
    pub fn quote(&self, first: usize, last: usize) -> &str {
        match (self.words.get(first), self.words.get(last)) {
            (Some(first), Some(last)) => &self.original[first.start..last.end],
            _ => "",
        }
    }

    /// Whether the words from `first` to `last` are denied where they stand.
    pub fn denied(&self, first: usize, last: usize) -> bool {
        let Some(here) = self.words.get(first) else {
            return false;
        };
        let same = |word: &&Word| word.clause == here.clause;
        let before = self.words[first.saturating_sub(4)..first]
            .iter()
            .rev()
            .take_while(same)
            .take_while(|word| !TURN.contains(&word.plain.as_str()))
            .any(|word| DENY_NEXT.contains(&word.plain.as_str()));
        let within = self.words[first..=last.min(self.words.len() - 1)]
            .iter()
            .any(|word| DENY_NEXT.contains(&word.plain.as_str()));
        let after = self.words[last + 1..]
            .iter()
            .take(2)
            .take_while(same)
            .any(|word| DENY_BEFORE.contains(&word.plain.as_str()));
        before || within || after
    }

    /// Numbers with the first and last word of each, in thousandths.
    pub fn numbers(&self) -> Vec<(i64, usize, usize)> {
        let digits = |index: usize| {
            let word = self.words.get(index)?;
            word.plain
                .bytes()
                .all(|byte| byte.is_ascii_digit())
                .then_some(word)
        };
        let mut found = Vec::new();
        let mut index = 0;
        while index < self.words.len() {
            let Some(word) = digits(index) else {
                index += 1;
                continue;
            };
            let first = index;
            let mut text = word.plain.clone();
            // Thousands apart by a space, a comma or an apostrophe: 15 800.
            if text.len() <= 3 {
                while let Some(next) = digits(index + 1) {
                    let gap = &self.original[self.words[index].end..next.start];
                    if next.plain.len() != 3
                        || !matches!(gap, " " | "," | "'" | "\u{a0}" | "\u{202f}")
                    {
                        break;
                    }
                    text.push_str(&next.plain);
                    index += 1;
                }
            }
            let mut part = String::new();
            if let Some(next) = digits(index + 1)
                && self.original[self.words[index].end..next.start] == *"."
            {
                part = next.plain.chars().take(3).collect();
                index += 1;
            }
            if let (Ok(whole), Ok(part)) =
                (text.parse::<i64>(), format!("{part:0<3}").parse::<i64>())
                && let Some(number) = whole.checked_mul(1000).and_then(|n| n.checked_add(part))
            {
                found.push((number, first, index));
            }
            index += 1;
        }
        found
    }
}

/// Whether a plain word denies: a term that holds one means what it says.
pub fn denies(plain: &str) -> bool {
    DENY_NEXT.contains(&plain)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Han,
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        '0'..='9' => Kind::Digit,
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' => Kind::Han,
        // An accent written after its letter belongs to the word.
        c if c.is_alphabetic() || is_combining_mark(c) || c == 'ـ' => Kind::Letter,
        c if c.is_numeric() => Kind::Digit,
        _ => Kind::Other,
    }
}

#[derive(Default)]
struct Cutter {
    words: Vec<Word>,
    open: Option<(usize, Kind)>,
    sentence: usize,
    clause: usize,
    text: String,
}

impl Cutter {
    fn take(&mut self, at: usize, c: char, original: &str) {
        let kind = kind(c);
        if let Some((_, open)) = self.open
            && (open != kind || kind == Kind::Han)
        {
            self.close(at);
        }
        if kind == Kind::Other {
            let next = original[at + c.len_utf8()..].chars().next();
            match c {
                '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '\n'
                    if next.is_none_or(|n| n.is_whitespace() || kind_is_wide(n)) =>
                {
                    self.sentence += 1;
                    self.clause += 1;
                }
                ',' | ';' | ':' | '(' | ')' | '，' | '；' | '：' | '、' | '،' | '؛' | '–' | '—' =>
                {
                    self.clause += 1;
                }
                _ => {}
            }
            return;
        }
        if self.open.is_none() {
            self.open = Some((at, kind));
        }
        self.text.push(c);
    }

    fn close(&mut self, end: usize) {
        let Some((start, _)) = self.open.take() else {
            return;
        };
        let text = std::mem::take(&mut self.text);
        self.words.push(Word {
            plain: plain(&text),
            start,
            end,
            sentence: self.sentence,
            clause: self.clause,
        });
    }

    fn finish(&mut self, end: usize) {
        self.close(end);
    }
}

fn kind_is_wide(c: char) -> bool {
    kind(c) == Kind::Han
}

/// A word in its normal form.
fn plain(word: &str) -> String {
    let plain: String = word
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && *c != 'ـ')
        .flat_map(char::to_lowercase)
        .collect();
    for prefix in ARABIC {
        if let Some(rest) = plain.strip_prefix(prefix)
            && rest.chars().count() >= 3
        {
            return rest.to_owned();
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain_words(text: &str) -> Vec<String> {
        Text::new(text)
            .words()
            .iter()
            .map(|word| word.plain.clone())
            .collect()
    }

    #[test]
    fn letters_digits_and_han_part() {
        assert_eq!(plain_words("9Hz Wi-Fi"), ["9", "hz", "wi", "fi"]);
        assert_eq!(plain_words("人脸识别"), ["人", "脸", "识", "别"]);
        assert_eq!(
            plain_words("Überwachung, Écoute"),
            ["uberwachung", "ecoute"]
        );
        assert_eq!(plain_words("التعرف"), ["تعرف"]);
    }

    #[test]
    fn what_is_denied_is_seen_as_denied() {
        let text = Text::new("Works on 2G; voice content is not collected. It has no search.");
        let at = |word: &str| text.words().iter().position(|w| w.plain == word).unwrap();
        assert!(text.denied(at("voice"), at("content")));
        assert!(text.denied(at("search"), at("search")));
        assert!(!text.denied(at("works"), at("works")));
    }

    #[test]
    fn a_denial_ends_with_its_clause() {
        let text = Text::new("No training is given, it records voice.");
        let at = text
            .words()
            .iter()
            .position(|w| w.plain == "voice")
            .unwrap();
        assert!(!text.denied(at, at));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read = |text: &str| {
            Text::new(text)
                .numbers()
                .into_iter()
                .map(|(n, ..)| n)
                .collect::<Vec<_>>()
        };
        assert_eq!(read("performance of 15 800"), [15_800_000]);
        assert_eq!(read("15,800 points and 9Hz"), [15_800_000, 9_000]);
        assert_eq!(read("5.92 of 4800"), [5_920, 4_800_000]);
        assert_eq!(read("320 by 240"), [320_000, 240_000]);
    }
}
