//! Letters of another alphabet that look the same inside a word.
//!
//! Belarusian and Ukrainian names are often typed with a Latin `i`, and a Latin
//! name may hide a Cyrillic `а`. Within one word, letters of the alphabet that
//! has fewer are replaced by their lookalikes, if every one of them has one.

use crate::script::Script;

/// Lookalikes as `(Cyrillic, Latin)`.
const PAIRS: [(char, char); 26] = [
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ё', 'ë'),
    ('ї', 'ï'),
    ('ј', 'j'),
    ('ѕ', 's'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('І', 'I'),
    ('Ё', 'Ë'),
    ('У', 'Y'),
];

/// Replaces lookalikes word by word.
pub(crate) fn mend(chars: &mut [char]) {
    for word in chars.split_mut(|c| !c.is_alphabetic()) {
        let count = |script| word.iter().filter(|c| Script::of(**c) == script).count();
        let (cyrillic, latin) = (count(Script::Cyrillic), count(Script::Latin));
        if cyrillic == 0 || latin == 0 {
            continue;
        }
        let to_cyrillic = |c: char| PAIRS.iter().find(|p| p.1 == c).map(|p| p.0);
        let to_latin = |c: char| PAIRS.iter().find(|p| p.0 == c).map(|p| p.1);
        let (from, swap): (Script, &dyn Fn(char) -> Option<char>) = if cyrillic >= latin {
            (Script::Latin, &to_cyrillic)
        } else {
            (Script::Cyrillic, &to_latin)
        };
        let strange = |c: &char| Script::of(*c) == from;
        if word
            .iter()
            .filter(|c| strange(c))
            .all(|c| swap(*c).is_some())
        {
            for c in word.iter_mut().filter(|c| strange(c)) {
                *c = swap(*c).unwrap_or(*c);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn the_smaller_alphabet_gives_way() {
        let cases = [
            ("Васiльевiч", "Васільевіч"),
            ("Iван", "Іван"),
            ("Pëтр", "Рётр"),
            ("Hikvisiоn", "Hikvision"),
            ("Хайvision", "Хайvision"),
            ("ООО Acme", "ООО Acme"),
        ];
        for (text, want) in cases {
            let mut chars: Vec<char> = text.chars().collect();
            mend(&mut chars);
            assert_eq!(chars.into_iter().collect::<String>(), want, "{text}");
        }
    }
}
