//! Chinese characters to pinyin.
//!
//! The readings of single characters are the `pinyin` crate's. Ours are the
//! characters read differently as a surname, and the words in names of places
//! and firms where the commonest reading is the wrong one. Japanese names in
//! the same characters are read as Chinese: the characters themselves, which are
//! compared first, do not depend on it.

use pinyin::ToPinyin as _;

/// Syllables without tones, one a character; a character without a reading is `None`.
pub(crate) fn syllables(chars: &[char]) -> Vec<Option<&'static str>> {
    let mut out = words(chars);
    // A person's name: two to four characters, the surname first.
    if (2..=4).contains(&chars.len())
        && let Some((_, reading)) = SURNAMES.iter().find(|(c, _)| *c == chars[0])
    {
        out[0] = Some(reading);
    }
    out
}

/// The same for words that are no person's name.
pub(crate) fn words(chars: &[char]) -> Vec<Option<&'static str>> {
    let mut out: Vec<Option<&'static str>> = chars
        .iter()
        .map(|c| c.to_pinyin().map(|reading| reading.plain()))
        .collect();
    for at in 0..chars.len() {
        for (word, readings) in WORDS {
            if chars[at..].iter().copied().take(2).eq(word.chars()) {
                out[at] = Some(readings[0]);
                if let Some(next) = out.get_mut(at + 1) {
                    *next = Some(readings[1]);
                }
            }
        }
    }
    // `ü` is written `u` or `v` without tones; lists print `u`, and `yu` after l and n rarely.
    out.iter_mut().flatten().for_each(|syllable| {
        *syllable = match *syllable {
            "lü" | "lv" => "lu",
            "nü" | "nv" => "nu",
            "lüe" | "lve" => "lue",
            "nüe" | "nve" => "nue",
            other => other,
        }
    });
    out
}

/// Characters with a reading of their own as a surname.
const SURNAMES: &[(char, &str)] = &[
    ('曾', "zeng"),
    ('单', "shan"),
    ('單', "shan"),
    ('解', "xie"),
    ('仇', "qiu"),
    ('区', "ou"),
    ('區', "ou"),
    ('查', "zha"),
    ('盖', "ge"),
    ('蓋', "ge"),
    ('朴', "piao"),
    ('缪', "miao"),
    ('繆', "miao"),
    ('翟', "zhai"),
    ('覃', "qin"),
    ('冼', "xian"),
    ('任', "ren"),
    ('华', "hua"),
    ('華', "hua"),
    ('燕', "yan"),
    ('葛', "ge"),
    ('宁', "ning"),
    ('乐', "yue"),
    ('樂', "yue"),
    ('员', "yun"),
    ('召', "shao"),
    ('折', "she"),
    ('黑', "he"),
    ('秘', "bi"),
    ('繁', "po"),
    ('种', "chong"),
    ('尉', "wei"),
    ('长', "zhang"),
];

/// Words whose characters are read otherwise than alone.
const WORDS: &[(&str, [&str; 2])] = &[
    ("重庆", ["chong", "qing"]),
    ("重慶", ["chong", "qing"]),
    ("长沙", ["chang", "sha"]),
    ("长春", ["chang", "chun"]),
    ("长江", ["chang", "jiang"]),
    ("长城", ["chang", "cheng"]),
    ("长安", ["chang", "an"]),
    ("银行", ["yin", "hang"]),
    ("銀行", ["yin", "hang"]),
    ("西藏", ["xi", "zang"]),
    ("成都", ["cheng", "du"]),
    ("厦门", ["xia", "men"]),
    ("廈門", ["xia", "men"]),
    ("音乐", ["yin", "yue"]),
    ("行业", ["hang", "ye"]),
    ("航天", ["hang", "tian"]),
    ("朝阳", ["chao", "yang"]),
];

#[cfg(test)]
mod tests {
    use super::syllables;

    #[test]
    fn characters_words_and_surnames() {
        let cases = [
            ("海康威视", "hai kang wei shi"),
            ("重庆长安", "chong qing chang an"),
            ("单田芳", "shan tian fang"),
            ("中国工商银行", "zhong guo gong shang yin hang"),
            ("吕布", "lu bu"),
            ("新疆", "xin jiang"),
        ];
        for (text, want) in cases {
            let chars: Vec<char> = text.chars().collect();
            let got: Vec<&str> = syllables(&chars)
                .into_iter()
                .map(|s| s.unwrap_or("?"))
                .collect();
            assert_eq!(got.join(" "), want, "{text}");
        }
    }
}
