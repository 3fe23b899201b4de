//! What the first matcher promises to find, and what moves its score.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use proptest::prelude::*;
use scruple_model::{Band, Country, Schema};
use scruple_screen::{Agreement, Index, Options, Query, build, score, search};

mod list;

use list::{best, entities, index};

#[test]
fn names_are_found_in_any_script_order_form_and_with_one_typo() {
    let index = index();
    let cases = [
        (
            "Hangzhou Hikvision Digital Technology Co., Ltd.",
            "us-bis-el:hik",
            10_000,
        ),
        ("海康威视", "us-bis-el:hik", 10_000),
        ("杭州海康威视数字技术股份有限公司", "us-bis-el:hik", 10_000),
        ("Hai Kang Wei Shi", "us-bis-el:hik", 8_000),
        ("Haikang Weishi", "us-bis-el:hik", 8_000),
        ("Haikangweishi", "us-bis-el:hik", 8_000),
        (
            "hikvision digital technology hangzhou",
            "us-bis-el:hik",
            9_000,
        ),
        (
            "Hangzhou Hikvision Digital Technology GmbH",
            "us-bis-el:hik",
            9_000,
        ),
        (
            "Hangzhou Hikvison Digital Technology",
            "us-bis-el:hik",
            8_500,
        ),
        ("大华", "us-bis-el:dahua", 10_000),
        ("Dahau Technology", "us-bis-el:dahua", 7_000),
        ("新疆维吾尔自治区公安厅", "us-bis-el:psb", 10_000),
        ("Хизри Магомедович Абакаров", "gb-uksl:1", 9_000),
        ("Абакаров, Хизри", "gb-uksl:1", 7_000),
        ("Hizri Abakarov Magomedovich", "gb-uksl:1", 9_000),
        ("ياسر عزيز عباس", "gb-uksl:2", 8_500),
        ("Tengri Treid LLP", "gb-uksl:3", 8_000),
        ("Тенгри Трейд", "gb-uksl:3", 9_000),
        ("김정식", "un-sc:1", 10_000),
        ("Sik, Kim Jong", "un-sc:1", 9_000),
        ("Eleftheria Naftiliaki", "eu-fsf:1", 9_000),
        ("Mueller Praezision", "eu-fsf:2", 9_000),
        ("MULLER PRAZISION GMBH", "eu-fsf:2", 10_000),
        ("Abdul Rahman al-Shammari", "eu-fsf:3", 8_000),
        ("ＳＥＡ ＰＲＡＪＮＡ", "us-ofac-sdn:9", 10_000),
    ];
    for (name, id, least) in cases {
        let found = best(&index, name).unwrap_or_else(|| panic!("{name}: nothing"));
        assert_eq!(found.id.as_str(), id, "{name}");
        assert!(
            found.score >= least,
            "{name}: {} < {least} {:#?}",
            found.score,
            found.explanation
        );
    }
}

#[test]
fn names_that_share_common_words_only_stay_below_the_threshold() {
    let index = index();
    for name in [
        "Western Trading Technology Company Ltd",
        "Kim Jong Su",
        "Dahlia Systems",
        "Public Security Ltd",
    ] {
        let found = search(&index, &Query::of(name), &Options::default());
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
}

#[test]
fn an_identifier_finds_the_party_whatever_its_name() {
    let index = index();
    let query = Query {
        identifiers: vec![("imoNumber".into(), "IMO 9079171".into())],
        ..Query::of("Ocean Star")
    };
    let bare = Query {
        identifiers: vec![("imoNumber".into(), "9079171".into())],
        ..query.clone()
    };
    for query in [query, bare] {
        let found = search(&index, &query, &Options::default());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].id.as_str(), "us-ofac-sdn:9");
        assert_eq!((found[0].score, found[0].band), (9_500, Band::Strong));
        assert!(
            found[0]
                .explanation
                .pairs
                .iter()
                .any(|p| p.agreement == Agreement::Identifier)
        );
    }
}

#[test]
fn kind_country_and_birth_that_exclude_each_other_lower_the_score_and_say_so() {
    let index = index();
    let plain = Query::of("Yasir Aziz Abbas");
    let moved = |query: Query| {
        let found = search(
            &index,
            &query,
            &Options {
                threshold: 0,
                limit: 1,
            },
        )
        .remove(0);
        (
            found.score,
            found
                .explanation
                .adjustments
                .into_iter()
                .map(|a| a.points)
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(moved(plain.clone()), (10_000, vec![]));
    let company = Query {
        schema: Some(Schema::Company),
        ..plain.clone()
    };
    assert_eq!(moved(company), (8_500, vec![-1_500]));
    let country = |code: &str| Query {
        countries: Country::parse(code).into_iter().collect(),
        ..plain.clone()
    };
    assert_eq!(moved(country("fr")), (9_600, vec![-400]));
    assert_eq!(moved(country("sy")), (10_000, vec![]));
    let born = |date: &str| Query {
        birth_date: date.parse().ok(),
        ..plain.clone()
    };
    assert_eq!(moved(born("1990-01-02")), (8_500, vec![-1_500]));
    assert_eq!(moved(born("1978-05-06")), (10_000, vec![]));
}

#[test]
fn the_best_of_several_names_stands() {
    let index = index();
    let query = Query {
        other_names: vec!["Dahua Technology".into()],
        ..Query::of("Something Else")
    };
    let found = search(&index, &query, &Options::default());
    assert_eq!(
        (found[0].id.as_str(), found[0].score),
        ("us-bis-el:dahua", 10_000)
    );
    assert_eq!(found[0].explanation.query_name, "Dahua Technology");
}

#[test]
fn a_weak_alias_weighs_less_than_a_name() {
    let index = index();
    let found = best(&index, "Sik").unwrap();
    assert_eq!((found.id.as_str(), found.score), ("un-sc:1", 9_500));
}

#[test]
fn threshold_zero_gives_the_best_candidates_and_the_order_is_by_score_then_id() {
    let index = index();
    let found = search(
        &index,
        &Query::of("Global Trading Technology"),
        &Options {
            threshold: 0,
            limit: 15,
        },
    );
    assert_eq!(found.len(), 15);
    let order: Vec<_> = found
        .iter()
        .map(|m| (std::cmp::Reverse(m.score), m.id.clone()))
        .collect();
    assert!(order.is_sorted());
}

#[test]
fn nothing_is_found_for_a_query_without_letters() {
    let index = index();
    for name in ["", "   ", "!?…"] {
        assert!(
            search(
                &index,
                &Query::of(name),
                &Options {
                    threshold: 0,
                    limit: 5
                }
            )
            .is_empty()
        );
    }
}

#[test]
fn the_same_entities_in_another_order_give_the_same_bytes() {
    let mut other = entities();
    other.reverse();
    assert!(build(entities().into_iter()) == build(other.into_iter()));
}

#[test]
fn an_empty_index_answers() {
    let index = Index::open(build(std::iter::empty())).unwrap();
    assert!(index.is_empty());
    assert!(search(&index, &Query::of("anything"), &Options::default()).is_empty());
}

#[test]
fn entities_come_back_as_they_went_in() {
    let index = index();
    for entity in entities() {
        let no = index.find(&entity.id).unwrap();
        assert_eq!(index.entity(no), Some(entity));
    }
    assert_eq!(index.find(&"us-bis-el:none".into()), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Words of no legal form, in any order: the same score.
    #[test]
    fn the_order_of_words_does_not_change_the_score(
        which in 0_usize..3,
        more in proptest::collection::vec("[b-z][a-z]{3,8}", 0..3),
        seed in 0_usize..720,
    ) {
        let index = index();
        let names = ["Hangzhou Hikvision Digital Technology", "Yasir Aziz Abbas", "Sea Prajna"];
        let mut words: Vec<String> = names[which].split(' ').map(str::to_owned).chain(more).collect();
        // Words one error from a legal form become one, and forms are phrases.
        let forms = scruple_names::LegalForms::built_in();
        let plain = |w: &String| scruple_names::read(&format!("x9 {w} x9"), forms).readings[0].parts[1].kind
            == scruple_names::PartKind::Word;
        prop_assume!(words.iter().all(plain));
        let straight = words.join(" ");
        let mut mixed = Vec::new();
        let mut rest = seed;
        while !words.is_empty() {
            let at = rest % words.len();
            rest /= words.len().max(2);
            mixed.push(words.remove(at));
        }
        let no = index.find(&["us-bis-el:hik", "gb-uksl:2", "us-ofac-sdn:9"][which].into()).unwrap();
        let of = |name: &str| score(&index, &Query::of(name), no).unwrap();
        prop_assert_eq!(of(&straight).score, of(&mixed.join(" ")).score);
    }

    /// Points of pairs and adjustments add up, whatever is asked.
    #[test]
    fn the_points_add_up_to_the_score(name in "(Hangzhou|Hikvison|Dahua|Technology|Kim|Jong|Ltd|GmbH|عزيز|海康|Абакаров| |-){1,8}") {
        let index = index();
        let query = Query {
            schema: Some(Schema::Person),
            countries: Country::parse("fr").into_iter().collect(),
            ..Query::of(name)
        };
        for found in search(&index, &query, &Options { threshold: 0, limit: 8 }) {
            let why = &found.explanation;
            let points: i32 = why.pairs.iter().map(|p| p.points).chain(why.adjustments.iter().map(|a| a.points)).sum();
            prop_assert_eq!(points, i32::from(found.score), "{:#?}", found);
        }
    }

    /// Any text at all is answered.
    #[test]
    fn any_text_is_answered(name in "\\PC{0,80}") {
        let index = index();
        for found in search(&index, &Query::of(name), &Options { threshold: 0, limit: 3 }) {
            prop_assert!(found.score <= 10_000);
        }
    }
}
