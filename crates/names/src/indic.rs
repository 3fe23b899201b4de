//! Devanagari and Bengali to Latin.
//!
//! The two blocks of Unicode are laid out alike, so one table by the place in the
//! block serves both. A consonant carries an `a` unless a vowel sign or the sign that
//! kills it follows. Speech drops that `a` at the end of a word, and between two
//! consonants that have vowels around them (`सलमान` is Salman), and so do passports.

use crate::script::Script;

/// A consonant cluster with its vowel.
struct Syllable {
    consonants: String,
    /// Number of consonant letters in the cluster.
    count: usize,
    vowel: &'static str,
    /// Whether the vowel is the one that is not written.
    inherent: bool,
}

/// Romanises one word.
pub(crate) fn latin(word: &str, script: Script) -> String {
    let base = if script == Script::Bengali {
        0x980
    } else {
        0x900
    };
    let bengali = script == Script::Bengali;
    let mut syllables: Vec<Syllable> = Vec::new();
    // Whether the last syllable waits for more consonants.
    let mut open = false;
    let chars: Vec<char> = word.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let Some(place) = (c as u32).checked_sub(base).filter(|p| *p < 0x80) else {
            let plain = crate::ascii::letters(c).to_ascii_lowercase();
            syllables.push(sound(plain, ""));
            open = false;
            continue;
        };
        let next = chars.get(at + 1).map(|c| (*c as u32).wrapping_sub(base));
        let dotted = next == Some(0x3C);
        if let Some(text) = consonant(place, dotted, bengali) {
            match syllables.last_mut().filter(|_| open) {
                Some(last) => {
                    last.consonants.push_str(text);
                    last.count += 1;
                }
                None => syllables.push(Syllable {
                    consonants: text.to_owned(),
                    count: 1,
                    vowel: "a",
                    inherent: true,
                }),
            }
            open = false;
        } else if let Some(vowel) = independent(place) {
            syllables.push(sound(String::new(), vowel));
            open = false;
        } else if let Some(vowel) = sign(place) {
            if let Some(last) = syllables.last_mut() {
                last.vowel = vowel;
                last.inherent = false;
            }
        } else {
            match place {
                // The sign that kills the vowel: the next consonant joins.
                0x4D => open = true,
                0x01 | 0x02 => {
                    let labial = next.is_some_and(|p| (0x2A..=0x2E).contains(&p));
                    syllables.push(sound(if labial { "m" } else { "n" }.to_owned(), ""));
                }
                0x03 => syllables.push(sound("h".to_owned(), "")),
                0x4E => syllables.push(sound("t".to_owned(), "")),
                _ => {}
            }
        }
    }
    if open && let Some(last) = syllables.last_mut() {
        last.vowel = "";
    }
    drop_unspoken(&mut syllables);
    syllables
        .iter()
        .flat_map(|s| [s.consonants.as_str(), s.vowel])
        .collect()
}

fn sound(consonants: String, vowel: &'static str) -> Syllable {
    Syllable {
        count: usize::from(!consonants.is_empty()),
        consonants,
        vowel,
        inherent: false,
    }
}

/// Drops the unwritten vowel where speech does.
fn drop_unspoken(syllables: &mut [Syllable]) {
    let Some(end) = syllables.len().checked_sub(1) else {
        return;
    };
    if end > 0 && syllables[end].inherent && syllables[end].count == 1 {
        syllables[end].vowel = "";
    }
    for at in (1..end).rev() {
        let (before, after) = (&syllables[at - 1], &syllables[at + 1]);
        let around = !before.vowel.is_empty() && !after.vowel.is_empty();
        let single = syllables[at].count == 1 && after.count == 1;
        if syllables[at].inherent && around && single {
            syllables[at].vowel = "";
        }
    }
}

fn consonant(place: u32, dotted: bool, bengali: bool) -> Option<&'static str> {
    Some(match place {
        0x15 if dotted => "q",
        0x15 => "k",
        0x16 => "kh",
        0x17 => "g",
        0x18 => "gh",
        0x19 => "ng",
        0x1A => "ch",
        0x1B => "chh",
        0x1C if dotted => "z",
        0x1C => "j",
        0x1D => "jh",
        0x1E => "n",
        0x1F => "t",
        0x20 => "th",
        0x21 if dotted => "r",
        0x21 => "d",
        0x22 if dotted => "rh",
        0x22 => "dh",
        0x23 => "n",
        0x24 => "t",
        0x25 => "th",
        0x26 => "d",
        0x27 => "dh",
        0x28 | 0x29 => "n",
        0x2A => "p",
        0x2B if dotted => "f",
        0x2B => "ph",
        0x2C => "b",
        0x2D => "bh",
        0x2E => "m",
        0x2F if bengali && !dotted => "j",
        0x2F => "y",
        0x30 | 0x31 => "r",
        0x32..=0x34 => "l",
        0x35 => "v",
        0x36 | 0x37 => "sh",
        0x38 => "s",
        0x39 => "h",
        _ => return None,
    })
}

fn independent(place: u32) -> Option<&'static str> {
    Some(match place {
        0x05 | 0x06 => "a",
        0x07 | 0x08 => "i",
        0x09 | 0x0A => "u",
        0x0B => "ri",
        0x0D..=0x0F => "e",
        0x10 => "ai",
        0x11..=0x13 => "o",
        0x14 => "au",
        _ => return None,
    })
}

fn sign(place: u32) -> Option<&'static str> {
    Some(match place {
        0x3E => "a",
        0x3F | 0x40 => "i",
        0x41 | 0x42 => "u",
        0x43 => "ri",
        0x45..=0x47 => "e",
        0x48 => "ai",
        0x49..=0x4B => "o",
        0x4C => "au",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devanagari_names_as_passports_print_them() {
        let cases = [
            ("नरेन्द्र", "narendra"),
            ("मोदी", "modi"),
            ("अमित", "amit"),
            ("सलमान", "salman"),
            ("राहुल", "rahul"),
            ("गांधी", "gandhi"),
            ("मुंबई", "mumbai"),
            ("ज़ाकिर", "zakir"),
            ("कृष्ण", "krishna"),
            ("दिल्ली", "dilli"),
            ("शर्मा", "sharma"),
        ];
        for (text, want) in cases {
            assert_eq!(latin(text, Script::Devanagari), want, "{text}");
        }
    }

    #[test]
    fn bengali_names_as_passports_print_them() {
        let cases = [
            ("হাসিনা", "hasina"),
            ("রহমান", "rahman"),
            ("ইসলাম", "islam"),
            ("খালেদা", "khaleda"),
            ("ঢাকা", "dhaka"),
            ("মোহাম্মদ", "mohammad"),
            ("করিম", "karim"),
        ];
        for (text, want) in cases {
            assert_eq!(latin(text, Script::Bengali), want, "{text}");
        }
    }
}
