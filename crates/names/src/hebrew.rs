//! Hebrew to Latin: consonants, and the vowels that letters stand for.
//!
//! Short vowels are not written, as in Arabic script, so the result is a skeleton
//! (`yosf` for Yosef) that is compared by [`crate::skeleton`]. Letters that have two
//! sounds take the one that names have more often: ב b, פ p (f at the end), כ k.

/// Romanises one word.
pub(crate) fn latin(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(chars.len() + 4);
    let mut at = 0;
    while at < chars.len() {
        let (first, last) = (at == 0, at + 1 == chars.len());
        let next = chars.get(at + 1).copied();
        let mut used = 1;
        out.push_str(match chars[at] {
            'א' if first => "a",
            'ע' if first => "a",
            'א' if last => "a",
            'א' | 'ע' => "",
            'ב' => "b",
            'ג' => "g",
            'ד' => "d",
            'ה' => "h",
            'ו' if next == Some('ו') => {
                used = 2;
                "v"
            }
            'ו' if first => "v",
            'ו' => "o",
            'ז' => "z",
            'ח' => "h",
            'ט' | 'ת' => "t",
            'י' if next == Some('י') && !first => {
                used = 2;
                "y"
            }
            'י' if first || next.is_some_and(|c| "הוא".contains(c)) => "y",
            'י' => "i",
            'כ' | 'ך' | 'ק' => "k",
            'ל' => "l",
            'מ' | 'ם' => "m",
            'נ' | 'ן' => "n",
            'ס' => "s",
            'ף' => "f",
            'פ' => "p",
            'צ' | 'ץ' => "ts",
            'ר' => "r",
            'ש' => "sh",
            c => crate::ascii::letters(c),
        });
        at += used;
    }
    out.make_ascii_lowercase();
    out
}

#[cfg(test)]
mod tests {
    use super::latin;
    use crate::skeleton;

    #[test]
    fn letters_and_the_names_they_meet() {
        let cases = [
            ("יוסף", "yosf", "Yosf"),
            ("דוד", "dod", "Dod"),
            ("משה", "mshh", "Moshe"),
            ("אברהם", "abrhm", "Abraham"),
            ("בנימין", "bnimin", "Binyamin"),
            ("נתניהו", "ntnyho", "Netanyahu"),
            ("לוי", "loi", "Levi"),
            ("ירושלים", "yroshlim", "Yerushalayim"),
            ("צבי", "tsbi", "Tsbi"),
        ];
        for (word, want, name) in cases {
            assert_eq!(latin(word), want, "{word}");
            let name = name.to_lowercase();
            assert_eq!(skeleton(want), skeleton(&name), "{word} {name}");
        }
    }
}
