//! Numbers that tell units apart: the 28th Research Institute is not the 38th.
//!
//! One number is written `28`, `28th`, `No. 28`, `twenty-eighth`, `XXVIII`, `28-й`,
//! `двадцать восьмой`, `第二十八`. All are 28 here. Roman numbers of one or two
//! letters are not read, but for `II`: they are initials and syllables far more
//! often (`I.V.`, `Xi`). Chinese numbers without the sign of an ordinal are read only
//! before a word for a unit, because `三一` is a firm and not 31.

/// Number at the start of words that are compared already: how many words, and which.
pub(crate) fn in_words(words: &[&str]) -> Option<(usize, u32)> {
    let first = *words.first()?;
    if matches!(
        first,
        "no" | "nr" | "num" | "number" | "nomer" | "номер" | "第" | "제" | "رقم" | "شماره"
    ) && let Some(value) = words.get(1).and_then(|next| digits(next))
    {
        return Some((2, value));
    }
    if let Some(value) = digits(first) {
        let ending = words.get(1).is_some_and(|next| ENDINGS.contains(next));
        return Some((1 + usize::from(ending), value));
    }
    spoken(words).or_else(|| Some((1, roman(first)?)))
}

/// Where the sign of an ordinal begins that ends `word` and belongs to the digits in
/// `next`: the `第` of `第28`.
pub(crate) fn ordinal_sign(word: &str, next: &str) -> Option<usize> {
    digits(next)?;
    let (at, sign) = word.char_indices().next_back()?;
    (at > 0 && matches!(sign, '第' | '제')).then_some(at)
}

/// Endings of ordinals that stand apart from their digits: `28-й`.
const ENDINGS: [&str; 12] = [
    "th", "st", "nd", "rd", "й", "я", "е", "ой", "ый", "ая", "го", "ое",
];

/// `28`, `28th`, `28й`, `28e`.
fn digits(word: &str) -> Option<u32> {
    let end = word
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(word.len());
    let ending = &word[end..];
    let known =
        ending.is_empty() || ENDINGS.contains(&ending) || matches!(ending, "e" | "eme" | "ème");
    // Longer numbers are codes, and are compared as they stand.
    (known && (1..=6).contains(&end)).then(|| word[..end].parse().ok())?
}

/// `xxviii`.
fn roman(word: &str) -> Option<u32> {
    if word != "ii" && word.len() < 3 {
        return None;
    }
    let mut value = 0;
    let mut rest = word;
    for (sign, worth, most) in [
        ("x", 10, 3),
        ("ix", 9, 1),
        ("v", 5, 1),
        ("iv", 4, 1),
        ("i", 1, 3),
    ] {
        for _ in 0..most {
            // `ix` and `iv` are the ends of a number, never a part of a longer one.
            let Some(after) = rest.strip_prefix(sign) else {
                break;
            };
            rest = after;
            value += worth;
        }
    }
    (rest.is_empty() && roman_of(value) == word).then_some(value)
}

fn roman_of(value: u32) -> String {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = "x".repeat((value / 10) as usize);
    tens + ONES[(value % 10) as usize]
}

/// Numbers in English and Russian words, up to 99.
fn spoken(words: &[&str]) -> Option<(usize, u32)> {
    let first = *words.first()?;
    if let Some(tens) = TENS.iter().find(|(word, _)| *word == first) {
        return match words.get(1).and_then(|next| ordinal(next)) {
            Some(ones) if ones < 10 => Some((2, tens.1 + ones)),
            _ => None,
        };
    }
    ordinal(first).map(|value| (1, value))
}

fn ordinal(word: &str) -> Option<u32> {
    if let Some(at) = ENGLISH.iter().position(|known| *known == word) {
        return u32::try_from(at + 1).ok();
    }
    if let Some((_, value)) = ENGLISH_TENS.iter().find(|(known, _)| *known == word) {
        return Some(*value);
    }
    RUSSIAN
        .iter()
        .find(|(stem, _)| {
            word.strip_prefix(stem)
                .is_some_and(|tail| RUSSIAN_ENDINGS.contains(&tail))
        })
        .map(|(_, value)| *value)
}

const TENS: [(&str, u32); 16] = [
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("двадцать", 20),
    ("тридцать", 30),
    ("сорок", 40),
    ("пятьдесят", 50),
    ("шестьдесят", 60),
    ("семьдесят", 70),
    ("восемьдесят", 80),
    ("девяносто", 90),
];

const ENGLISH: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

const ENGLISH_TENS: [(&str, u32); 7] = [
    ("thirtieth", 30),
    ("fortieth", 40),
    ("fiftieth", 50),
    ("sixtieth", 60),
    ("seventieth", 70),
    ("eightieth", 80),
    ("ninetieth", 90),
];

const RUSSIAN: [(&str, u32); 23] = [
    ("перв", 1),
    ("втор", 2),
    ("трет", 3),
    ("четверт", 4),
    ("пят", 5),
    ("шест", 6),
    ("седьм", 7),
    ("восьм", 8),
    ("девят", 9),
    ("десят", 10),
    ("одиннадцат", 11),
    ("двенадцат", 12),
    ("тринадцат", 13),
    ("четырнадцат", 14),
    ("пятнадцат", 15),
    ("шестнадцат", 16),
    ("семнадцат", 17),
    ("восемнадцат", 18),
    ("девятнадцат", 19),
    ("двадцат", 20),
    ("тридцат", 30),
    ("сороков", 40),
    ("пятидесят", 50),
];

const RUSSIAN_ENDINGS: [&str; 14] = [
    "ый", "ой", "ая", "ое", "ого", "ому", "ым", "ом", "ую", "ий", "ья", "ье", "ьего", "ьей",
];

/// A Chinese number at the start of a run: its bytes and value.
pub(crate) fn at_start(run: &str) -> Option<(usize, u32)> {
    let (sign, rest) = match run.strip_prefix('第') {
        Some(rest) => (run.len() - rest.len(), rest),
        None => (0, run),
    };
    let len: usize = rest
        .chars()
        .take_while(|c| numeral(*c).is_some())
        .map(char::len_utf8)
        .sum();
    let value = chinese(&rest[..len])?;
    let unit = rest[len..].chars().next();
    let counted = unit.is_some_and(|c| "所院厂廠局部团團师師号號旅军軍中".contains(c));
    let several = rest[..len].chars().nth(1).is_some();
    (sign > 0 || (several && counted)).then_some((sign + len, value))
}

/// What a numeral is worth; from ten on it multiplies what goes before.
fn numeral(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// `二十八`, `一百零三`, and the row of digits `七〇二`.
fn chinese(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 7 {
        return None;
    }
    let plain = text.chars().all(|c| numeral(c).is_some_and(|n| n < 10));
    let (mut total, mut digit) = (0, None);
    for c in text.chars() {
        let value = numeral(c)?;
        if plain {
            total = total * 10 + value;
        } else if value >= 10 {
            total += digit.take().unwrap_or(1) * value;
        } else {
            digit = Some(value);
        }
    }
    Some(total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_in_its_spellings() {
        let cases: &[(&[&str], usize, u32)] = &[
            (&["28th", "institute"], 1, 28),
            (&["28", "institute"], 1, 28),
            (&["no", "28"], 2, 28),
            (&["xxviii"], 1, 28),
            (&["twenty", "eighth"], 2, 28),
            (&["двадцать", "восьмой"], 2, 28),
            (&["28", "й", "институт"], 2, 28),
            (&["28й"], 1, 28),
            (&["第", "28"], 2, 28),
            (&["제", "28"], 2, 28),
            (&["third", "academy"], 1, 3),
            (&["третий"], 1, 3),
            (&["ii"], 1, 2),
        ];
        for (words, used, value) in cases {
            assert_eq!(in_words(words), Some((*used, *value)), "{words:?}");
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        for word in [
            "xi", "iv", "x", "mix", "ixi", "iiii", "vv", "12345678", "28bis", "три", "no", "",
        ] {
            assert_eq!(in_words(&[word]), None, "{word}");
        }
    }

    #[test]
    fn chinese_numbers() {
        let cases = [
            ("第二十八研究所", Some((12, 28))),
            ("第一研究院", Some((6, 1))),
            ("第十", Some((6, 10))),
            ("第五十五所", Some((12, 55))),
            ("七〇二所", Some((9, 702))),
            ("第一百零三", Some((15, 103))),
            ("三一重工", None),
            ("一汽", None),
            ("第", None),
        ];
        for (run, want) in cases {
            assert_eq!(at_start(run), want, "{run}");
        }
        assert_eq!(ordinal_sign("公司第", "38"), Some(6));
        assert_eq!(ordinal_sign("公司", "38"), None);
    }
}
