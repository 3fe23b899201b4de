//! What two romanisations of one word have in common.
//!
//! [`fold`] unites spellings that differ by convention only (`kh` and `h`, `ou`
//! and `u`, `y` and `i`, doubled letters). [`skeleton`] drops the vowels as
//! well, for words that come from a script that does not write them. Both are
//! pure functions of the text, so an index and a query made years apart agree.

/// The spelling without its conventions. Text that is not Latin stays as it is.
pub fn fold(text: &str) -> String {
    let bytes = text.as_bytes();
    if !text.is_ascii() || !bytes.iter().any(u8::is_ascii_alphabetic) {
        return text.to_owned();
    }
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (byte, used): (&[u8], usize) = match rest {
            [b's', b'h', b'c', b'h', ..] => (b"x", 4),
            [b's', b'c', b'h', ..] => (b"x", 3),
            [b't', b's', b'c', b'h', ..] => (b"c", 4),
            [b't', b'c', b'h', ..] => (b"c", 3),
            [b'd', b'z', b'h', ..] => (b"j", 3),
            [b's', b'h', ..] => (b"x", 2),
            [b'c', b'h', ..] => (b"c", 2),
            [b'z', b'h', ..] => (b"q", 2),
            [b'd', b'j', ..] => (b"j", 2),
            [b'k', b'h', ..] => (b"h", 2),
            [b'g', b'h', ..] => (b"g", 2),
            [b'd', b'h', ..] => (b"d", 2),
            [b't', b'h', ..] => (b"t", 2),
            [b'p', b'h', ..] => (b"f", 2),
            [b'c', b'k', ..] => (b"k", 2),
            [b'o', b'u' | b'o', ..] => (b"u", 2),
            [b'e', b'e', ..] => (b"i", 2),
            [b'c', b'e' | b'i' | b'y', ..] => (b"s", 1),
            [b'c' | b'q', ..] => (b"k", 1),
            [b'x', ..] => (b"ks", 1),
            [b'w', ..] => (b"v", 1),
            [b'y', ..] => (b"i", 1),
            // A closing h after a vowel is not heard: Fatimah, Abdullah.
            [b'h'] if out.last().is_some_and(|b| is_vowel(*b)) && out.len() > 2 => (b"", 1),
            [byte, ..] => (std::slice::from_ref(byte), 1),
            [] => break,
        };
        for &byte in byte {
            if out.last() != Some(&byte) || byte.is_ascii_digit() {
                out.push(byte);
            }
        }
        at += used;
    }
    // Osmakoff, Osmakov.
    if let [.., b'o' | b'e', last @ b'f'] = &mut out[..]
        && bytes.len() >= 5
    {
        *last = b'v';
    }
    // Only ASCII bytes were pushed.
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Whether a byte of a fold is a vowel.
pub fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The consonants, with a mark for an opening vowel. Empty where nothing is left.
///
/// `w`, `v` and `y` go too, except at the start: they are consonants or long
/// vowels, and the script does not say which.
pub fn skeleton(text: &str) -> String {
    if !text.is_ascii() {
        return String::new();
    }
    let opening = match text.as_bytes() {
        [b'y', ..] => Some('y'),
        [b'w' | b'v', ..] => Some('v'),
        [first, ..] if is_vowel(*first) => Some('a'),
        _ => None,
    };
    let fold = fold(text);
    let skip = usize::from(opening.is_some());
    let mut out: String = opening.into_iter().collect();
    for byte in fold.bytes().skip(skip) {
        let same = out.as_bytes().last() == Some(&byte);
        if !is_vowel(byte) && byte != b'v' && (!same || byte.is_ascii_digit()) {
            out.push(char::from(byte));
        }
    }
    if out.len() > 2 && out.ends_with('h') {
        out.pop();
    }
    out
}

/// The text and every text with one character less: two words one typing error
/// apart share at least one of these.
pub fn deletions(text: &str) -> Vec<String> {
    let mut out = vec![text.to_owned()];
    for (at, c) in text.char_indices() {
        let mut less = String::with_capacity(text.len());
        less.push_str(&text[..at]);
        less.push_str(&text[at + c.len_utf8()..]);
        out.push(less);
    }
    out.sort();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conventions_of_one_word_fold_together() {
        let groups: &[&[&str]] = &[
            &["khizri", "hizri", "khizry"],
            &["osmakoff", "osmakov"],
            &["haqqani", "hakani"],
            &["youssef", "yusef", "yousef"],
            &["fatimah", "fatima"],
            &["schmidt", "shmidt"],
            &["filipp", "philip"],
            &["dzhamal", "djamal", "jamal"],
            &["aleksei", "alexey", "aleksey"],
        ];
        for group in groups {
            let folds: Vec<String> = group.iter().map(|t| fold(t)).collect();
            assert!(folds.iter().all(|f| *f == folds[0]), "{group:?} {folds:?}");
        }
        for (a, b) in [
            ("zhang", "jang"),
            ("chen", "shen"),
            ("lin", "ling"),
            ("r5", "r55"),
        ] {
            assert_ne!(fold(a), fold(b), "{a} {b}");
        }
    }

    #[test]
    fn skeletons_meet_where_vowels_are_not_written() {
        for (latin, arabic) in [
            ("yasir", "yasr"),
            ("aziz", "aziz"),
            ("abbas", "abas"),
            ("davani", "dvani"),
            ("mahmoud", "mhmud"),
            ("reza", "rza"),
            ("mohammed", "mhmd"),
            ("omar", "amr"),
        ] {
            assert_eq!(skeleton(latin), skeleton(arabic), "{latin} {arabic}");
        }
        assert_ne!(skeleton("ahmad"), skeleton("hamid"));
        assert_eq!(skeleton("康"), "");
    }

    #[test]
    fn one_typing_error_leaves_a_shared_deletion() {
        let of = |t| deletions(t);
        for typo in ["hikvison", "hikvisiom", "hikvisionn", "hikvisino"] {
            let ours = of("hikvision");
            assert!(of(typo).iter().any(|d| ours.contains(d)), "{typo}");
        }
    }
}
