//! Chinese characters to pinyin.
//!
//! The readings of single characters are the `pinyin` crate's. Ours are the
//! characters read differently as a surname, and the words in names of places
//! and firms where the commonest reading is the wrong one. Japanese names in
//! the same characters are read as Chinese: the characters themselves, which are
//! compared first, do not depend on it.
//!
//! Names of persons have two further readings, by other conventions than pinyin:
//! Wade-Giles (Taiwan, older lists) and Cantonese (Hong Kong, Macau).

use pinyin::ToPinyin as _;

use crate::{cantonese, wade_giles};

/// Syllables without tones, one a character; a character without a reading is `None`.
pub(crate) fn syllables(chars: &[char]) -> Vec<Option<&'static str>> {
    let mut out = words(chars);
    // A person's name: two to four characters, the surname first.
    let compound = |word: &str| chars.iter().copied().take(2).eq(word.chars());
    if (2..=4).contains(&chars.len())
        && !WORDS.iter().any(|(word, _)| compound(word))
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

/// Syllables of a name by Wade-Giles.
pub(crate) fn wade_giles(chars: &[char]) -> Vec<Option<String>> {
    syllables(chars)
        .into_iter()
        .map(|syllable| syllable.map(wade_giles::from_pinyin))
        .collect()
}

/// Syllables of a name in Cantonese, if every character is one that names use.
pub(crate) fn cantonese(chars: &[char]) -> Option<Vec<&'static str>> {
    chars.iter().map(|c| cantonese::syllable(*c)).collect()
}

/// Whether a run may be a person's name, which alone has the further readings.
pub(crate) fn is_name_long(text: &str) -> bool {
    (2..=4).contains(&text.chars().count())
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
    ('谌', "chen"),
    ('逄', "pang"),
    ('郇', "xun"),
    ('祭', "zhai"),
    ('乜', "nie"),
    ('瞿', "qu"),
    ('隗', "wei"),
    ('句', "gou"),
    ('訾', "zi"),
    ('沈', "shen"),
    ('贾', "jia"),
    ('车', "che"),
    ('冯', "feng"),
    ('柏', "bai"),
    ('薄', "bo"),
    ('石', "shi"),
    ('万', "wan"),
    ('叶', "ye"),
    ('俞', "yu"),
    ('钭', "tou"),
    ('都', "du"),
    ('那', "na"),
    ('盛', "sheng"),
    ('殷', "yin"),
    ('宿', "su"),
    ('莘', "xin"),
    ('臧', "zang"),
    ('佟', "tong"),
    ('阚', "kan"),
    ('亓', "qi"),
    ('晁', "chao"),
    ('干', "gan"),
    ('郗', "xi"),
    ('眭', "sui"),
    ('佴', "nai"),
    ('褚', "chu"),
    ('撒', "sa"),
    ('洗', "xian"),
    ('卜', "bu"),
    ('郝', "hao"),
    ('纪', "ji"),
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
    ("尉迟", ["yu", "chi"]),
    ("尉遲", ["yu", "chi"]),
    ("万俟", ["mo", "qi"]),
    ("长孙", ["zhang", "sun"]),
    ("長孫", ["zhang", "sun"]),
    ("澹台", ["tan", "tai"]),
    ("单于", ["chan", "yu"]),
    ("蚌埠", ["beng", "bu"]),
    ("六安", ["lu", "an"]),
    ("长治", ["chang", "zhi"]),
    ("長江", ["chang", "jiang"]),
    ("長沙", ["chang", "sha"]),
    ("長春", ["chang", "chun"]),
    ("長城", ["chang", "cheng"]),
    ("長安", ["chang", "an"]),
    ("台州", ["tai", "zhou"]),
    ("会计", ["kuai", "ji"]),
    ("重工", ["zhong", "gong"]),
    ("重点", ["zhong", "dian"]),
    ("重型", ["zhong", "xing"]),
    ("调度", ["diao", "du"]),
    ("调查", ["diao", "cha"]),
    ("大夫", ["dai", "fu"]),
    ("传奇", ["chuan", "qi"]),
    ("都市", ["du", "shi"]),
    ("首都", ["shou", "du"]),
    ("行政", ["xing", "zheng"]),
    ("旅行", ["lu", "xing"]),
    ("朝鲜", ["chao", "xian"]),
    ("朝鮮", ["chao", "xian"]),
    ("会稽", ["kuai", "ji"]),
    ("番禺", ["pan", "yu"]),
    ("东莞", ["dong", "guan"]),
    ("浚县", ["xun", "xian"]),
    ("乐清", ["yue", "qing"]),
    ("大厦", ["da", "sha"]),
    ("大廈", ["da", "sha"]),
    ("中行", ["zhong", "hang"]),
    ("分行", ["fen", "hang"]),
    ("商行", ["shang", "hang"]),
    ("洋行", ["yang", "hang"]),
    ("长虹", ["chang", "hong"]),
    ("长征", ["chang", "zheng"]),
    ("长三", ["chang", "san"]),
    ("校长", ["xiao", "zhang"]),
    ("部长", ["bu", "zhang"]),
    ("局长", ["ju", "zhang"]),
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
            ("曾庆红", "zeng qing hong"),
            ("仇保兴", "qiu bao xing"),
            ("解振华", "xie zhen hua"),
            ("查良镛", "zha liang yong"),
            ("区伯", "ou bo"),
            ("區諾軒", "ou nuo xuan"),
            ("尉迟恭", "yu chi gong"),
            ("欧阳修", "ou yang xiu"),
            ("单霁翔", "shan ji xiang"),
            ("任正非", "ren zheng fei"),
            ("翟天临", "zhai tian lin"),
            ("重庆重工", "chong qing zhong gong"),
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
