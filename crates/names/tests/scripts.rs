//! Every script is read into Latin letters that can be compared, and names of
//! languages that share a script meet the spelling of their passports.

use proptest::prelude::*;
use scruple_names::{LegalForms, Lexicon, PartKind, Way, fold, read, skeleton};

/// The readings in Latin letters, as text.
fn readings(name: &str) -> Vec<String> {
    read(name, LegalForms::built_in())
        .readings
        .iter()
        .filter(|reading| reading.way != Way::Characters)
        .map(|reading| {
            let words: Vec<&str> = reading.parts.iter().map(|p| p.text.as_str()).collect();
            words.join(" ")
        })
        .collect()
}

#[test]
fn languages_in_cyrillic_meet_their_passports() {
    let cases = [
        ("Russian", "Щербаков", "Shcherbakov"),
        ("Ukrainian", "Зеленський", "Zelenskyi"),
        ("Ukrainian", "Сергій", "Serhii"),
        ("Ukrainian", "Євген", "Yevhen"),
        ("Belarusian", "Васількоў", "Vasilkou"),
        ("Belarusian", "Уладзімір", "Uladzimir"),
        ("Kazakh", "Нұрсұлтан", "Nursultan"),
        ("Kazakh", "Тоқаев", "Toqaev"),
        ("Kyrgyz", "Сооронбай", "Sooronbay"),
        ("Kyrgyz", "Өмүрбек", "Omurbek"),
        ("Uyghur", "Шинҗаң", "Shinjang"),
        ("Tajik", "Эмомалӣ", "Emomali"),
        ("Tajik", "Раҳмон", "Rahmon"),
        ("Uzbek", "Тошкент", "Toshkent"),
        ("Serbian", "Ђорђевић", "Djordjevic"),
        ("Serbian", "Љубиша", "Ljubisha"),
        ("Bulgarian", "Пламен", "Plamen"),
        ("Mongolian", "Өнөрбаяр", "Onorbayar"),
    ];
    for (language, name, passport) in cases {
        let want = fold(&passport.to_lowercase());
        let got: Vec<String> = readings(name).iter().map(|r| fold(r)).collect();
        assert!(
            got.contains(&want),
            "{language}: {name} is {got:?}, not {want}"
        );
    }
}

#[test]
fn languages_in_arabic_script_share_the_consonants_of_their_passports() {
    let cases = [
        ("Arabic", "محمود", "Mahmoud"),
        ("Arabic", "ياسر", "Yasir"),
        ("Arabic", "عبدالرحمن", "Abdul Rahman"),
        ("Persian", "رضا", "Reza"),
        ("Persian", "پژمان", "Pezhman"),
        ("Persian", "گلستان", "Golestan"),
        ("Urdu", "لاہور", "Lahor"),
        ("Uyghur", "قەشقەر", "Qeshqer"),
        ("Uyghur", "ئۈرۈمچى", "Urumchi"),
        ("Pashto", "ډاکټر", "Daktar"),
        ("Pashto", "ښکلی", "Shkali"),
    ];
    for (language, name, passport) in cases {
        let bones = |text: &str| -> Vec<String> { text.split(' ').map(skeleton).collect() };
        let want = bones(&passport.to_lowercase());
        let got: Vec<Vec<String>> = readings(name).iter().map(|r| bones(r)).collect();
        assert!(
            got.contains(&want),
            "{language}: {name} is {got:?}, not {want:?}"
        );
    }
}

#[test]
fn further_scripts_meet_the_spelling_of_lists() {
    let cases = [
        ("Greek", "Παπαδόπουλος", "papadopoulos"),
        ("Georgian", "ივანიშვილი", "ivanishvili"),
        ("Armenian", "Սարգսյան", "sargsyan"),
        ("Devanagari", "नरेन्द्र मोदी", "narendra modi"),
        ("Bengali", "খালেদা", "khaleda"),
        ("Thai", "ทักษิณ", "thaksin"),
        ("Burmese", "မင်းအောင်လှိုင်", "min aung hlaing"),
        ("Ethiopic", "ኢሳያስ", "isayas"),
        ("Kana", "さとう", "sato"),
        ("Hangul, Revised", "김정은", "gim jeong eun"),
        ("Hangul, North", "김정은", "kim jong un"),
        ("Hangul, McCune-Reischauer", "장명진", "chang myong jin"),
        ("Han, pinyin", "單霽翔", "shan ji xiang"),
        ("Han, Wade-Giles", "蔡英文", "tsai ying wen"),
        ("Han, Cantonese", "李家超", "lee ka chiu"),
    ];
    for (script, name, want) in cases {
        let got = readings(name);
        assert!(got.iter().any(|r| r == want), "{script}: {name} is {got:?}");
    }
}

#[test]
fn bodies_are_read_by_their_meaning_too() {
    let cases = [
        ("新疆维吾尔自治区公安厅", "xinjiang public security bureau"),
        ("阿克苏地区公安局", "aksu prefecture public security bureau"),
        (
            "中国电子科技集团公司第三十八研究所",
            "china electronics technology group 38 research institute",
        ),
        ("Министерство обороны", "ministry defense"),
        ("وزارة الدفاع", "ministry defense"),
        ("조선광업개발무역회사", "korea mining development trading"),
    ];
    for (name, want) in cases {
        let got = readings(name);
        assert!(got.iter().any(|r| r.starts_with(want)), "{name} is {got:?}");
    }
    // A person whose given name is a word stays a person.
    let meant = |name: &str| {
        let name = read(name, LegalForms::built_in());
        name.readings.iter().any(|r| r.way == Way::Meaning)
    };
    assert!(!meant("李建设") && !meant("海康威视") && !meant("Hikvision"));
}

#[test]
fn readings_of_a_name_are_few() {
    for name in [
        "김정은",
        "李家超",
        "新疆维吾尔自治区公安厅",
        "رضا",
        "Müller",
        "さとう 太郎 김",
    ] {
        let count = read(name, LegalForms::built_in()).readings.len();
        assert!(count <= 6, "{name} has {count}");
    }
}

proptest! {
    #[test]
    fn any_word_of_a_script_becomes_ascii(
        text in "[א-תა-ჰա-և\u{900}-\u{97F}\u{980}-\u{9FF}ก-๙\u{1000}-\u{104F}ሀ-ፐ가-힣ぁ-ヿ]{1,12}"
    ) {
        // A legal form stays as written: it is compared by what it is (სს is a company).
        for part in read(&text, LegalForms::built_in()).readings.iter().flat_map(|r| {
            r.parts.iter().filter(|part| r.way != Way::Characters && !matches!(part.kind, PartKind::Form(_)))
        }) {
            prop_assert!(part.text.is_ascii(), "{text} is {}", part.text);
        }
    }

    #[test]
    fn any_text_is_read_the_same_way_twice(text in ".{0,80}") {
        let forms = LegalForms::built_in();
        prop_assert_eq!(read(&text, forms), read(&text, forms));
        let lexicon = Lexicon::built_in();
        prop_assert_eq!(lexicon.cut(&text), lexicon.cut(&text));
    }
}
