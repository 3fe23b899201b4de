//! Thai to Latin, near the Royal system (RTGS), without tones and vowel lengths.
//!
//! Thai writes some vowels before the consonant they follow in speech, leaves one
//! vowel out, and changes consonants at the end of a syllable. A syllable is told by
//! simple rules here, not by a dictionary, so rare clusters come out rough; names are
//! then near enough to be compared.

/// Romanises one word.
pub(crate) fn latin(word: &str) -> String {
    let letters = spoken_order(word);
    let mut out = String::with_capacity(letters.len() * 2);
    let at_vowel = |at: usize| letters.get(at).is_some_and(|c| vowel(*c).is_some());
    let at_consonant = |at: usize| letters.get(at).is_some_and(|c| consonant(*c).is_some());
    let mut after_vowel = false;
    let mut at = 0;
    while at < letters.len() {
        let c = letters[at];
        if c == 'ย' && at > 0 && matches!(letters[at - 1], 'ไ' | 'ใ') {
            // Written, and heard in the vowel already: ไทย.
        } else if let Some(text) = vowel(c) {
            out.push_str(text);
            after_vowel = true;
            // ะ closes its syllable.
            if c == 'ะ' {
                after_vowel = false;
            }
        } else if let Some((initial, last)) = consonant(c) {
            let bare = !at_vowel(at + 1);
            if after_vowel && bare {
                out.push_str(last);
                after_vowel = false;
            } else if bare && at_consonant(at + 1) && !at_vowel(at + 2) {
                // Two bare consonants are a syllable with an unwritten o.
                let last = consonant(letters[at + 1]).map_or("", |(_, last)| last);
                out.push_str(initial);
                out.push('o');
                out.push_str(last);
                after_vowel = false;
                at += 1;
            } else {
                out.push_str(initial);
                after_vowel = false;
            }
        } else {
            out.push_str(&crate::ascii::letters(c).to_ascii_lowercase());
            after_vowel = false;
        }
        at += 1;
    }
    out
}

/// Letters in the order they are spoken, without silent letters and tones.
fn spoken_order(word: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    let mut waiting = None;
    for c in word.chars() {
        match c {
            // The sign over a silent letter.
            '\u{E4C}' => while out.pop().is_some_and(|c| vowel(c).is_some()) {},
            '\u{E47}'..='\u{E4B}' | '\u{E4E}' | '\u{E3A}' => {}
            'เ' | 'แ' | 'โ' | 'ใ' | 'ไ' => waiting = Some(c),
            _ => {
                out.push(c);
                if consonant(c).is_some()
                    && let Some(vowel) = waiting.take()
                {
                    out.push(vowel);
                }
            }
        }
    }
    out.extend(waiting);
    // A cluster is spoken before its vowel: โปร is p-r-o.
    for at in 0..out.len().saturating_sub(2) {
        let cluster = matches!(out[at], 'ก' | 'ข' | 'ค' | 'ต' | 'ป' | 'ผ' | 'พ')
            && matches!(out[at + 1], 'เ' | 'แ' | 'โ' | 'ใ' | 'ไ')
            && matches!(out[at + 2], 'ร' | 'ล');
        if cluster {
            out.swap(at + 1, at + 2);
        }
    }
    out
}

fn vowel(c: char) -> Option<&'static str> {
    Some(match c {
        'ะ' | 'ั' | 'า' => "a",
        // What is left of ำ after normalisation is this sign and า.
        '\u{E4D}' => "",
        'ำ' => "am",
        'ิ' | 'ี' => "i",
        'ึ' | 'ื' => "ue",
        'ุ' | 'ู' => "u",
        'เ' => "e",
        'แ' => "ae",
        'โ' => "o",
        'ใ' | 'ไ' => "ai",
        'ฤ' => "rue",
        _ => return None,
    })
}

/// A consonant at the start and at the end of a syllable.
fn consonant(c: char) -> Option<(&'static str, &'static str)> {
    Some(match c {
        'ก' => ("k", "k"),
        'ข' | 'ฃ' | 'ค' | 'ฅ' | 'ฆ' => ("kh", "k"),
        'ง' => ("ng", "ng"),
        'จ' => ("ch", "t"),
        'ฉ' | 'ช' | 'ฌ' => ("ch", "t"),
        'ซ' | 'ศ' | 'ษ' | 'ส' => ("s", "t"),
        'ญ' => ("y", "n"),
        'ด' | 'ฎ' => ("d", "t"),
        'ต' | 'ฏ' => ("t", "t"),
        'ฐ' | 'ฑ' | 'ฒ' | 'ถ' | 'ท' | 'ธ' => ("th", "t"),
        'น' | 'ณ' => ("n", "n"),
        'บ' => ("b", "p"),
        'ป' => ("p", "p"),
        'ผ' | 'พ' | 'ภ' => ("ph", "p"),
        'ฝ' | 'ฟ' => ("f", "p"),
        'ม' => ("m", "m"),
        'ย' => ("y", "i"),
        'ร' => ("r", "n"),
        'ล' | 'ฬ' => ("l", "n"),
        'ว' => ("w", "o"),
        'ห' | 'ฮ' => ("h", ""),
        'อ' => ("o", "o"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::latin;

    #[test]
    fn names_near_the_royal_system() {
        let cases = [
            ("สมชาย", "somchai"),
            ("ทักษิณ", "thaksin"),
            ("กรุงเทพ", "krungthep"),
            ("ประยุทธ์", "prayut"),
            ("ไทย", "thai"),
            ("ดาว", "dao"),
        ];
        for (text, want) in cases {
            assert_eq!(latin(text), want, "{text}");
        }
    }
}
