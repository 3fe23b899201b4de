//! Cyrillic to Latin, as passports and lists romanise it.
//!
//! The base is Russian. The letters that other languages add have one value
//! each, so they need no guess about the language; only `г`, `и`, `й` and `щ`
//! differ between languages that share them. Ukrainian and Belarusian values are
//! the second reading, Bulgarian ones are left to the tolerance of the comparison.

/// Which values the shared letters take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Values {
    Russian,
    Ukrainian,
}

/// Whether the text holds a letter that only Ukrainian or Belarusian writes.
pub(crate) fn is_ukrainian(text: &str) -> bool {
    text.contains(['і', 'ї', 'є', 'ґ', 'ў']) && !text.contains(['ә', 'қ', 'ғ', 'ң', 'ұ', 'ү', 'ө'])
}

/// Romanises lower-case Cyrillic.
pub(crate) fn latin(text: &str, values: Values) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    for c in text.chars() {
        out.push_str(letter(c, before, values));
        if !is_known(c) {
            any_ascii_into(c, &mut out);
        }
        before = Some(c);
    }
    out
}

fn any_ascii_into(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c);
    } else {
        out.push_str(&any_ascii::any_ascii_char(c).to_ascii_lowercase());
    }
}

fn is_known(c: char) -> bool {
    matches!(c, 'ь' | 'ъ') || !letter(c, None, Values::Russian).is_empty()
}

fn letter(c: char, before: Option<char>, values: Values) -> &'static str {
    let ukrainian = values == Values::Ukrainian;
    // `е` is `ye` at the start of a word and after a vowel or a sign in some
    // systems; lists mostly print `e`, and the comparison forgives the `y`.
    let start = before.is_none();
    match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' if ukrainian => "h",
        'г' => "g",
        'д' => "d",
        'е' => "e",
        'ё' => "yo",
        'ж' => "zh",
        'з' => "z",
        'и' if ukrainian => "y",
        'и' => "i",
        'й' if ukrainian && !start => "i",
        'й' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        'э' => "e",
        'ю' => "yu",
        'я' => "ya",
        // Ukrainian, Belarusian
        'і' => "i",
        'ї' => "yi",
        'є' => "ye",
        'ґ' => "g",
        'ў' => "u",
        // Kazakh, Kyrgyz, Tatar, Uyghur
        'ә' => "a",
        'ғ' => "gh",
        'қ' => "q",
        'ң' | 'ҥ' => "ng",
        'ө' => "o",
        'ұ' | 'ү' => "u",
        'һ' => "h",
        'җ' => "j",
        // Tajik, Uzbek
        'ӣ' => "i",
        'ӯ' => "u",
        'ҳ' => "h",
        'ҷ' => "j",
        // Serbian, Macedonian
        'ђ' => "dj",
        'ј' => "j",
        'љ' => "lj",
        'њ' => "nj",
        'ћ' => "c",
        'џ' => "dz",
        'ѓ' => "gj",
        'ѕ' => "dz",
        'ќ' => "kj",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_lists_print_them() {
        let cases = [
            ("хизри", Values::Russian, "khizri"),
            ("абакаров", Values::Russian, "abakarov"),
            ("щербаков", Values::Russian, "shcherbakov"),
            ("кадыров", Values::Russian, "kadyrov"),
            ("григорій", Values::Ukrainian, "hryhorii"),
            ("нұрсұлтан", Values::Russian, "nursultan"),
            ("қазақстан", Values::Russian, "qazaqstan"),
            ("шинҗаң", Values::Russian, "shinjang"),
            ("вучић", Values::Russian, "vuchic"),
            ("подъезд", Values::Russian, "podezd"),
        ];
        for (text, values, want) in cases {
            assert_eq!(latin(text, values), want, "{text}");
        }
    }

    #[test]
    fn ukrainian_is_told_by_its_own_letters() {
        assert!(is_ukrainian("григорій"));
        assert!(!is_ukrainian("григорий"));
        assert!(!is_ukrainian("әкім"));
    }
}
