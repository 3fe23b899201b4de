use super::*;

/// What a name is cut into, as ids, numbers and the rest in brackets.
fn cut(name: &str) -> String {
    let lexicon = Lexicon::built_in();
    lexicon
        .cut(name)
        .into_iter()
        .filter(|cut| cut.meaning != Meaning::Small)
        .map(|cut| match cut.meaning {
            Meaning::Concept(no) => lexicon.concept(no).unwrap().id.clone(),
            Meaning::Number(value) => format!("#{value}"),
            Meaning::Small | Meaning::Rest => format!("[{}]", cut.text),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn the_built_in_packs_are_well_formed() {
    let lexicon = Lexicon::parse(Lexicon::WORDS, Lexicon::PLACES).unwrap();
    let words = lexicon.concepts().iter().filter(|c| c.kind != Kind::Place);
    assert!(words.count() >= 250);
    let ids: std::collections::BTreeSet<_> = lexicon.concepts().iter().map(|c| &c.id).collect();
    assert_eq!(ids.len(), lexicon.concepts().len(), "an id is given twice");
    for concept in lexicon.concepts() {
        assert!(concept.english.is_ascii(), "{}", concept.id);
    }
}

#[test]
fn one_body_in_several_languages_is_one_row_of_concepts() {
    let groups: &[(&str, &[&str])] = &[
        (
            "cn-xj public-security-bureau",
            &[
                "新疆维吾尔自治区公安厅",
                "新疆公安廳",
                "Xinjiang Uyghur Autonomous Region Public Security Bureau",
                "XUAR Public Security Department",
                "Xinjiang Gong'an Ting",
            ],
        ),
        (
            "cn-aksu prefecture public-security-bureau",
            &[
                "阿克苏地区公安局",
                "Akesu Prefecture Public Security Bureau",
            ],
        ),
        (
            "ministry defense",
            &[
                "Ministry of Defence",
                "Министерство обороны",
                "Министерства Обороны",
                "Ministerstvo oborony",
                "وزارة الدفاع",
                "وزارت دفاع",
                "Ministère de la Défense",
                "Ministerio de Defensa",
            ],
        ),
        (
            "#28 research-institute",
            &[
                "第二十八研究所",
                "28th Research Institute",
                "No. 28 Research Institute",
                "第28研究所",
                "28-й научно-исследовательский институт",
                "XXVIII Research Institute",
            ],
        ),
        (
            "cn-xj production-construction-corps",
            &[
                "新疆生产建设兵团",
                "Xinjiang Production and Construction Corps",
                "新疆兵团",
            ],
        ),
        (
            "cn electronics technology group #38 research-institute",
            &[
                "中国电子科技集团公司第三十八研究所",
                "中国电子科技集团公司第38研究所",
                "China Electronics Technology Group Corporation 38th Research Institute",
            ],
        ),
        (
            "korea mining development trading company",
            &[
                "조선광업개발무역회사",
                "Korea Mining Development Trading Corporation",
            ],
        ),
        ("ir shipping", &["ایران کشتیرانی", "Iran Shipping Lines"]),
    ];
    for (want, names) in groups {
        for name in *names {
            assert_eq!(&cut(name), want, "{name}");
        }
    }
}

#[test]
fn what_is_no_word_is_left_as_it_stands() {
    let cases = [
        (
            "杭州海康威视数字技术",
            "cn-hangzhou [海康威视] digital technology",
        ),
        ("华为技术", "[华为] technology"),
        (
            "Hikvision Digital Technology",
            "[hikvision] digital technology",
        ),
        ("Ромашка", "[ромашка]"),
        ("三一重工", "[三一] heavy-industry"),
        ("", ""),
    ];
    for (name, want) in cases {
        assert_eq!(cut(name), want, "{name}");
    }
}

#[test]
fn one_character_is_a_word_only_behind_another() {
    // 局 alone is a syllable, 北京市 is a city, 市 elsewhere is not.
    assert_eq!(cut("喀什市"), "cn-kashgar municipal");
    assert_eq!(cut("市原"), "[市原]");
    assert_eq!(cut("工业和信息化部"), "miit");
    assert_eq!(cut("教育和文化"), "education and culture");
}

#[test]
fn every_byte_is_in_one_segment() {
    let lexicon = Lexicon::built_in();
    let words = [
        "中国电子科技集团公司第三十八研究所",
        "public",
        "security",
        "bureau",
        "x",
    ];
    let mut segments = Vec::new();
    lexicon.cut_words(&words, &mut segments);
    let mut at = (0, 0);
    for segment in segments {
        if segment.words.len() > 1 {
            assert_eq!(at, (segment.words.start, 0));
            at = (segment.words.end, 0);
            continue;
        }
        assert_eq!(at, (segment.words.start, segment.bytes.start));
        at = if segment.bytes.end == words[segment.words.start].len() {
            (segment.words.end, 0)
        } else {
            (segment.words.start, segment.bytes.end)
        };
    }
    assert_eq!(at, (words.len(), 0));
}

#[test]
fn all_that_is_wrong_with_a_pack_is_said_at_once() {
    let words = r#"pack = "organisation-words"
        [concept.a]
        en = "one, two"
        [concept.b]
        en = "two, —"
        [concept.c]
        zh = "三" "#;
    let places = "pack = \"place-names\"\n[place]\n";
    let Err(LexiconError::Phrases(problems)) = Lexicon::parse(words, places) else {
        panic!("the pack was taken");
    };
    assert_eq!(problems.len(), 3, "{problems:?}");
}

#[test]
fn pinyin_in_the_pack_is_the_pinyin_of_its_characters() {
    // Every pinyin phrase is a reading of a Chinese phrase of its concept.
    #[derive(serde::Deserialize)]
    struct Pack {
        concept: std::collections::BTreeMap<String, std::collections::BTreeMap<String, String>>,
    }
    let pack: Pack = toml::from_str(Lexicon::WORDS).unwrap();
    let pinyin = |han: &str| -> String {
        let chars: Vec<char> = han.chars().collect();
        crate::han::words(&chars).into_iter().flatten().collect()
    };
    let mut wrong = Vec::new();
    for (id, phrases) in &pack.concept {
        let Some(written) = phrases.get("py") else {
            continue;
        };
        let han = phrases.get("zh").map(String::as_str).unwrap_or_default();
        let read: Vec<String> = han.split(',').map(|p| pinyin(p.trim())).collect();
        for py in written.split(',') {
            // `ü` is typed `v` as often as `u`.
            let joined = py
                .replace([' ', '\''], "")
                .to_lowercase()
                .replace("lv", "lu");
            if !read.contains(&joined) {
                wrong.push(format!("{id}: {py} is not among {read:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

proptest::proptest! {
    #[test]
    fn any_text_is_cut_the_same_way_twice(text in ".{0,80}") {
        let lexicon = Lexicon::built_in();
        proptest::prop_assert_eq!(lexicon.cut(&text), lexicon.cut(&text));
    }

    #[test]
    fn nothing_of_a_name_is_lost(text in "[a-z二十中国公安局市 ]{0,40}") {
        let lexicon = Lexicon::built_in();
        let letters = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let cut: String = lexicon.cut(&text).iter().map(|c| letters(&c.text)).collect();
        proptest::prop_assert_eq!(cut, letters(&text));
    }
}
