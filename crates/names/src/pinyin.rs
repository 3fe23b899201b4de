//! Words that are spelt in whole syllables of pinyin.
//!
//! There are some four hundred syllables. A letter changed in one mostly gives another,
//! and with it another name: Fangjing and Mingjing are two people, where Hikvison is
//! Hikvision. So what costs an error in a letter has to know whether both spellings
//! are such syllables. It is a fact about a spelling: `Lina` is two of them as well.

const INITIALS: [&str; 24] = [
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r",
    "z", "c", "s", "y", "w", "",
];

const FINALS: [&str; 34] = [
    "iang", "iong", "uang", "ang", "eng", "ong", "iao", "ian", "ing", "uai", "uan", "ai", "ei",
    "ao", "ou", "an", "en", "er", "ia", "ie", "iu", "in", "ua", "uo", "ui", "un", "ue", "a", "o",
    "e", "i", "u", "v", "",
];

/// Whether a word in small Latin letters is one to three syllables of pinyin and
/// nothing else.
pub fn is_pinyin(word: &str) -> bool {
    word.len() >= 2 && word.len() <= 18 && word.is_ascii() && parts(word, 3)
}

fn parts(rest: &str, most: usize) -> bool {
    if rest.is_empty() {
        return true;
    }
    if most == 0 {
        return false;
    }
    INITIALS.iter().any(|initial| {
        let Some(after) = rest.strip_prefix(initial) else {
            return false;
        };
        FINALS.iter().any(|last| {
            !last.is_empty()
                && goes_with(initial, last)
                && after
                    .strip_prefix(last)
                    .is_some_and(|rest| parts(rest, most - 1))
        })
    })
}

/// Rules that leave out what is no syllable.
fn goes_with(initial: &str, last: &str) -> bool {
    match initial {
        "" => matches!(
            last,
            "a" | "o" | "e" | "ai" | "ei" | "ao" | "ou" | "an" | "en" | "ang" | "er"
        ),
        "j" | "q" | "x" => {
            last.starts_with(['i', 'u']) && !matches!(last, "ua" | "uo" | "uai" | "ui" | "uang")
        }
        "y" => matches!(
            last,
            "a" | "e"
                | "ao"
                | "ou"
                | "an"
                | "ang"
                | "i"
                | "in"
                | "ing"
                | "ong"
                | "u"
                | "ue"
                | "uan"
                | "un"
                | "o"
        ),
        "w" => matches!(
            last,
            "a" | "o" | "ai" | "ei" | "an" | "en" | "ang" | "eng" | "u"
        ),
        "b" | "p" | "m" | "f" => !last.starts_with('u') || last == "u",
        "zh" | "ch" | "sh" | "r" | "z" | "c" | "s" | "g" | "k" | "h" => {
            !last.starts_with('i') || (last == "i" && !matches!(initial, "g" | "k" | "h"))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::is_pinyin;

    #[test]
    fn whole_syllables_are_told_from_other_words() {
        for word in [
            "fangjing", "mingjing", "li", "wang", "xiaoyan", "zhiqiang", "lina",
        ] {
            assert!(is_pinyin(word), "{word}");
        }
        for word in ["hikvision", "ivanov", "hikvison", "smith", "ramon", "", "a"] {
            assert!(!is_pinyin(word), "{word}");
        }
    }
}
