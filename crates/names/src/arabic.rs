//! Arabic script to Latin: consonants, the long vowels that are written, and the
//! few things a reader adds without thinking.
//!
//! Short vowels are not written, so the result is a skeleton with some flesh
//! (`yasr` for Yasir). Comparison allows for it by skeletons ([`crate::skeleton`])
//! where one side is Arabic. Some letters are read differently in Arabic and in
//! Persian (`ض` as d or z, `و` as w or v): two readings. The article `al-` is a
//! part of its own, and the servant names (`عبدالرحمن`) are two words, as in most
//! romanisations.

/// Whose values the shared letters take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Values {
    Arabic,
    Persian,
}

/// Whether the two ways of reading differ on this text.
pub(crate) fn is_ambiguous(text: &str) -> bool {
    text.contains(['ض', 'ث', 'ذ', 'ظ', 'ق', 'و'])
}

/// The second half of many given names: Abdullah, Nasrullah. Written apart or not.
pub(crate) const ALLAH: &str = "الله";

/// One word into the words that Latin writing makes of it, as Arabic letters.
pub(crate) fn words(word: &str) -> Vec<&str> {
    let long = |rest: &str| rest.chars().count() >= 3;
    if let Some(rest) = word.strip_prefix("عبدال")
        && long(rest)
        && !rest.starts_with("له")
    {
        return vec!["عبد", rest];
    }
    if let Some(rest) = word.strip_prefix("وال")
        && long(rest)
    {
        return vec!["و", "ال", rest];
    }
    if let Some(rest) = word.strip_prefix("ال")
        && long(rest)
    {
        return vec!["ال", rest];
    }
    vec![word]
}

/// Vowels that Uyghur writes and Arabic and Persian do not.
const UYGHUR: [char; 6] = ['ې', 'ۇ', 'ۆ', 'ۈ', 'ە', 'ۋ'];

/// Romanises one word.
pub(crate) fn latin(word: &str, values: Values) -> String {
    match word {
        "ال" => return "al".into(),
        // The servant names are one word with the article, in most romanisations.
        "عبد" => return "abdul".into(),
        "بن" | "ابن" => return "bin".into(),
        "و" => return "wa".into(),
        ALLAH => return "allah".into(),
        _ => {}
    }
    if let Some(servant) = word.strip_suffix(ALLAH) {
        if servant == "عبد" {
            return "abdullah".into();
        }
        return latin(servant, values) + "ullah";
    }
    let chars: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(chars.len() + 4);
    for (at, &c) in chars.iter().enumerate() {
        let first = at == 0;
        let next = chars.get(at + 1).copied();
        let vowel_next = next.is_some_and(|c| "اآأىةو".contains(c));
        match consonant(c, values) {
            Some(text) => {
                // Two letters, not the one that `sh` or `kh` stand for.
                if text == "h" && out.ends_with(['s', 'k', 'g', 'd', 't', 'z', 'c', 'p']) {
                    out.push('a');
                }
                out.push_str(text);
            }
            None => match c {
                'ا' | 'أ' | 'آ' | 'ٱ' => out.push('a'),
                'ە' | 'ێ' => out.push('e'),
                'إ' => out.push('i'),
                'ع' if first && !next.is_some_and(|c| "يیاو".contains(c)) => out.push('a'),
                'ع' | 'ء' | 'ئ' | 'ؤ' => {}
                // Uyghur writes its i so; it is told by the vowels that only it writes.
                'ى' if word.contains(UYGHUR) => out.push('i'),
                'ى' => out.push('a'),
                'ة' => out.push('a'),
                'و' if first || vowel_next => {
                    out.push(if values == Values::Persian { 'v' } else { 'w' });
                }
                'و' | 'ۇ' | 'ۈ' => out.push('u'),
                'ۆ' => out.push('o'),
                'ۋ' => out.push('w'),
                'ې' | 'ۍ' => out.push('e'),
                'ي' | 'ی' if first || vowel_next => out.push('y'),
                'ي' | 'ی' | 'ے' => out.push('i'),
                _ if c.is_ascii() => out.push(c),
                _ => out.push_str(&any_ascii::any_ascii_char(c).to_ascii_lowercase()),
            },
        }
    }
    out
}

fn consonant(c: char, values: Values) -> Option<&'static str> {
    let persian = values == Values::Persian;
    Some(match c {
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' | 'ٹ' | 'ټ' => "t",
        'څ' => "ts",
        'ځ' => "dz",
        'ث' if persian => "s",
        'ث' => "th",
        'ج' => "j",
        'چ' => "ch",
        'ح' | 'ه' | 'ھ' | 'ہ' => "h",
        'خ' => "kh",
        'د' | 'ڈ' | 'ډ' => "d",
        'ذ' | 'ض' | 'ظ' if persian => "z",
        'ذ' => "dh",
        'ض' => "d",
        'ظ' => "z",
        'ر' | 'ڑ' | 'ړ' | 'ڕ' => "r",
        'ز' => "z",
        'ژ' | 'ږ' => "zh",
        'س' | 'ص' => "s",
        'ش' | 'ښ' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ڤ' => "v",
        'ق' if persian => "gh",
        'ق' => "q",
        'ك' | 'ک' => "k",
        'گ' | 'ګ' => "g",
        'ڭ' => "ng",
        'ل' | 'ڵ' => "l",
        'م' => "m",
        'ن' | 'ں' | 'ڼ' => "n",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_latin_writing_parts_them() {
        assert_eq!(words("الشمري"), ["ال", "شمري"]);
        assert_eq!(words("عبدالرحمن"), ["عبد", "رحمن"]);
        assert_eq!(words("عبدالله"), ["عبدالله"]);
        assert_eq!(words("الى"), ["الى"]);
        assert_eq!(words("ياسر"), ["ياسر"]);
    }

    #[test]
    fn consonants_and_long_vowels() {
        let cases = [
            ("ياسر", Values::Arabic, "yasr"),
            ("عزيز", Values::Arabic, "aziz"),
            ("عباس", Values::Arabic, "abas"),
            ("عبدالله", Values::Arabic, "abdullah"),
            ("قدرتالله", Values::Arabic, "qdrtullah"),
            ("رضا", Values::Arabic, "rda"),
            ("رضا", Values::Persian, "rza"),
            ("دوانی", Values::Persian, "dvani"),
            ("دوانی", Values::Arabic, "dwani"),
            ("محمود", Values::Arabic, "mhmud"),
            // Uyghur, Pashto, Urdu, Kurdish.
            ("قەشقەر", Values::Arabic, "qeshqer"),
            ("خوتەن", Values::Arabic, "khuten"),
            ("ئۈرۈمچى", Values::Arabic, "urumchi"),
            ("پښتون", Values::Arabic, "pshtun"),
            ("ډاکټر", Values::Arabic, "daktr"),
            ("څنګه", Values::Arabic, "tsngah"),
            ("گڑھ", Values::Arabic, "grh"),
            ("ھەولێر", Values::Arabic, "heuler"),
        ];
        for (word, values, want) in cases {
            assert_eq!(latin(word, values), want, "{word}");
        }
    }
}
