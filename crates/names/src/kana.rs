//! Japanese syllables to Latin by `wana_kana`, with long vowels as passports leave
//! them (`Sato`, `Ono`) and as they are typed (`Satou`).

use wana_kana::ConvertJapanese as _;

/// How long vowels are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Long {
    Short,
    Typed,
}

/// Romanises a run of Hiragana or Katakana.
pub(crate) fn latin(text: &str, long: Long) -> String {
    let typed: String = text
        .to_romaji()
        .to_ascii_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    if long == Long::Typed {
        return typed;
    }
    let mut out = String::with_capacity(typed.len());
    for c in typed.chars() {
        match (out.chars().next_back(), c) {
            (Some('o'), 'o' | 'u') | (Some('u'), 'u') | (Some('a'), 'a') | (Some('e'), 'e') => {}
            _ => out.push(c),
        }
    }
    out
}

/// Whether a run has a long vowel, and so two spellings.
pub(crate) fn is_ambiguous(text: &str) -> bool {
    latin(text, Long::Short) != latin(text, Long::Typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_vowels_short_and_typed() {
        let cases = [
            ("トヨタ", "toyota", "toyota"),
            ("さとう", "sato", "satou"),
            ("おおの", "ono", "oono"),
            ("ゆうき", "yuki", "yuuki"),
            ("しんじ", "shinji", "shinji"),
            ("いいだ", "iida", "iida"),
        ];
        for (text, short, typed) in cases {
            assert_eq!(latin(text, Long::Short), short, "{text}");
            assert_eq!(latin(text, Long::Typed), typed, "{text}");
        }
    }
}
