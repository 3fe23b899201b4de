//! What the matcher promises to find, and what moves its score.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use proptest::prelude::*;
use scruple_model::{Band, Country, Entity, RecordId, Schema};
use scruple_screen::{Agreement, Index, Options, Query, build, score, search};

use crate::list::{self, best, entities, index};

#[test]
fn names_are_found_in_any_script_order_form_and_with_typing_errors() {
    use Band::{Moderate, Strong};
    let index = index();
    let cases = [
        (
            "Hangzhou Hikvision Digital Technology Co., Ltd.",
            "us-bis-el:hik",
            Strong,
        ),
        ("海康威视", "us-bis-el:hik", Strong),
        ("杭州海康威视数字技术股份有限公司", "us-bis-el:hik", Strong),
        ("Hai Kang Wei Shi", "us-bis-el:hik", Strong),
        ("Haikang Weishi", "us-bis-el:hik", Strong),
        ("Haikangweishi", "us-bis-el:hik", Moderate),
        (
            "hikvision digital technology hangzhou",
            "us-bis-el:hik",
            Strong,
        ),
        (
            "Hangzhou Hikvision Digital Technology GmbH",
            "us-bis-el:hik",
            Strong,
        ),
        (
            "Hangzhou Hikvison Digital Technology",
            "us-bis-el:hik",
            Strong,
        ),
        ("大华", "us-bis-el:dahua", Moderate),
        ("Dahau Technology", "us-bis-el:dahua", Moderate),
        ("新疆维吾尔自治区公安厅", "us-bis-el:psb", Strong),
        ("Хизри Магомедович Абакаров", "gb-uksl:1", Strong),
        ("Абакаров, Хизри", "gb-uksl:1", Strong),
        ("Hizri Abakarov Magomedovich", "gb-uksl:1", Strong),
        ("ياسر عزيز عباس", "gb-uksl:2", Strong),
        ("Tengri Treid LLP", "gb-uksl:3", Moderate),
        ("Тенгри Трейд", "gb-uksl:3", Strong),
        ("김정식", "un-sc:1", Moderate),
        ("Sik, Kim Jong", "un-sc:1", Strong),
        ("Eleftheria Naftiliaki", "eu-fsf:1", Strong),
        ("Mueller Praezision", "eu-fsf:2", Strong),
        ("MULLER PRAZISION GMBH", "eu-fsf:2", Strong),
        ("Abdul Rahman al-Shammari", "eu-fsf:3", Strong),
        ("ＳＥＡ ＰＲＡＪＮＡ", "us-ofac-sdn:9", Strong),
    ];
    for (name, id, least) in cases {
        let found = best(&index, name).unwrap_or_else(|| panic!("{name}: nothing"));
        assert_eq!(found.id.as_str(), id, "{name}");
        // The strongest band comes first in their order.
        assert!(
            found.band <= least,
            "{name}: {} is {:?} {:#?}",
            found.score,
            found.band,
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
        let moved: i32 = found[0]
            .explanation
            .adjustments
            .iter()
            .map(|a| a.points)
            .sum();
        assert!(moved > 0);
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
fn kind_country_and_birth_move_the_weight_and_say_so() {
    let index = index();
    let plain = Query::of("Yasir Aziz Abbas");
    let moved = |query: Query| {
        let options = Options {
            threshold: 0,
            limit: 1,
        };
        let found = search(&index, &query, &options).remove(0);
        let points: Vec<i32> = found
            .explanation
            .adjustments
            .into_iter()
            .map(|a| a.points)
            .collect();
        (found.weight, points)
    };
    let (weight, none) = moved(plain.clone());
    assert!(none.is_empty());
    let by = |query: Query| {
        let (now, points) = moved(query);
        assert_eq!(points.len(), 1);
        assert_eq!(now - weight, points[0]);
        points[0]
    };
    let kind = by(Query {
        schema: Some(Schema::Company),
        ..plain.clone()
    });
    assert!(kind < -300, "{kind}");
    let country = |code: &str| Query {
        countries: Country::parse(code).into_iter().collect(),
        ..plain.clone()
    };
    // A country says little, for or against.
    assert!((-1_000..0).contains(&by(country("fr"))));
    assert!((0..1_000).contains(&by(country("sy"))));
    let born = |date: &str| Query {
        birth_date: date.parse().ok(),
        ..plain.clone()
    };
    assert!(by(born("1990-01-02")) < -3_000);
    assert!(by(born("1978-05-06")) > 0);
    // Nothing is known of the birth of this one.
    let (_, points) = moved(Query {
        birth_date: "1978".parse().ok(),
        ..Query::of("Khizri Magomedovich Abakarov")
    });
    assert!(points.is_empty());
}

#[test]
fn another_number_of_the_same_kind_speaks_against() {
    let index = index();
    let query = |number: &str| Query {
        identifiers: vec![("imoNumber".into(), number.into())],
        ..Query::of("Sea Prajna")
    };
    let of = |number| {
        let found = search(
            &index,
            &query(number),
            &Options {
                threshold: 0,
                limit: 1,
            },
        );
        assert_eq!(found[0].id.as_str(), "us-ofac-sdn:9");
        found[0].weight
    };
    assert!(of("9079171") > of("9079183"));
}

#[test]
fn a_number_with_a_wrong_check_digit_neither_finds_nor_lowers() {
    let index = index();
    let query = |name: &str, number: &str| Query {
        schema: Some(Schema::Vessel),
        identifiers: vec![("imoNumber".into(), number.into())],
        ..Query::of(name)
    };
    // The last digit of the listed 9079171 is its check digit.
    let wrong = query("Sea Prajna", "9079172");
    assert_eq!(scruple_screen::doubts(&wrong).len(), 1);
    let without = Query {
        identifiers: Vec::new(),
        ..wrong.clone()
    };
    let weight = |query: &Query| search(&index, query, &Options::default())[0].weight;
    assert_eq!(weight(&wrong), weight(&without));
    // A listed number that was mistyped is found by nobody's mistyped number either.
    let typo = list::entity(
        "test:typo",
        Schema::Vessel,
        &[("name", "Northern Gannet"), ("imoNumber", "9079172")],
    );
    let index = Index::open(build(std::iter::once(typo))).unwrap();
    let found = search(&index, &query("Ocean Star", "9079172"), &Options::default());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_stands_before_a_ships_name_moves_nothing() {
    let index = index();
    let weight = |name: &str| {
        let query = Query {
            schema: Some(Schema::Vessel),
            ..Query::of(name)
        };
        let found = search(&index, &query, &Options::default());
        assert_eq!(found[0].id.as_str(), "us-ofac-sdn:9", "{name}");
        found[0].weight
    };
    for name in ["M/V Sea Prajna", "MT SEA PRAJNA", "S/S Sea Prajna"] {
        assert_eq!(weight(name), weight("Sea Prajna"), "{name}");
    }
}

#[test]
fn a_number_that_differs_is_another_unit() {
    let entity = |id: &str, name: &str| list::entity(id, Schema::Organization, &[("name", name)]);
    let entities = [
        entity("test:28", "28th Research Institute"),
        entity("test:38", "38th Research Institute"),
    ];
    let index = Index::open(build(entities.into_iter())).unwrap();
    let found = search(
        &index,
        &Query::of("28th Research Institute"),
        &Options {
            threshold: 0,
            limit: 2,
        },
    );
    assert_eq!(found[0].id.as_str(), "test:28");
    assert_eq!(found[0].band, Band::Strong);
    assert!(found[1].score < Options::THRESHOLD, "{:#?}", found[1]);
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
        (found[0].id.as_str(), found[0].band),
        ("us-bis-el:dahua", Band::Strong)
    );
    assert_eq!(found[0].explanation.query_name, "Dahua Technology");
}

#[test]
fn a_weak_alias_weighs_less_than_a_name() {
    let index = index();
    let weak = best(&index, "Sik").unwrap();
    assert_eq!(weak.id.as_str(), "un-sc:1");
    let mut primary = entities();
    for entity in primary
        .iter_mut()
        .filter(|entity| entity.id.as_str() == "un-sc:1")
    {
        let names = entity.properties.remove("weakAlias").unwrap();
        entity.properties.insert("alias".into(), names);
    }
    let index = Index::open(build(primary.into_iter())).unwrap();
    assert!(best(&index, "Sik").unwrap().weight > weak.weight);
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
    assert!(found.iter().all(|m| {
        m.score
            == scruple_screen::score(
                &index,
                &Query::of("Global Trading Technology"),
                index.find(&m.id).unwrap(),
            )
            .unwrap()
            .score
    }));
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

    /// A name that agrees in full has the same score in any order of its words.
    #[test]
    fn the_order_of_words_does_not_change_the_score_of_a_name_that_agrees(
        which in 0_usize..3,
        seed in 0_usize..24,
    ) {
        let index = index();
        let names = ["Hangzhou Hikvision Digital Technology", "Yasir Aziz Abbas", "Sea Prajna"];
        let mut words: Vec<&str> = names[which].split(' ').collect();
        let mut mixed = Vec::new();
        let mut rest = seed;
        while !words.is_empty() {
            let at = rest % words.len();
            rest /= words.len();
            mixed.push(words.remove(at));
        }
        let no = index.find(&["us-bis-el:hik", "gb-uksl:2", "us-ofac-sdn:9"][which].into()).unwrap();
        let of = |name: &str| score(&index, &Query::of(name), no).unwrap();
        prop_assert_eq!(of(names[which]).score, of(&mixed.join(" ")).score);
    }

    /// All points add up to the weight, whatever is asked.
    #[test]
    fn the_points_add_up_to_the_weight(name in "(Hangzhou|Hikvison|Dahua|Technology|Kim|Jong|Ltd|GmbH|عزيز|海康|Абакаров| |-){1,8}") {
        let index = index();
        let query = Query {
            schema: Some(Schema::Person),
            countries: Country::parse("fr").into_iter().collect(),
            ..Query::of(name)
        };
        for found in search(&index, &query, &Options { threshold: 0, limit: 8 }) {
            let why = &found.explanation;
            let pairs = why.pairs.iter().map(|p| p.points);
            let left = why.unmatched_query.iter().chain(&why.unmatched_listed).map(|l| l.points);
            let beside = why.adjustments.iter().map(|a| a.points);
            let points: i32 = pairs.chain(left).chain(beside).sum();
            prop_assert_eq!(points + why.whole, found.weight, "{:#?}", found);
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

/// An index of parties with these names.
fn listed(schema: Schema, names: &[&str]) -> Index<Vec<u8>> {
    let entities = names.iter().map(|name| Entity {
        id: RecordId::new(format!("us-bis-el:{name}")),
        schema,
        caption: (*name).to_owned(),
        properties: [("name".to_owned(), vec![(*name).to_owned()])].into(),
        listings: Vec::new(),
    });
    Index::open(build(entities)).unwrap()
}

#[test]
fn another_place_another_father_and_another_work_are_another_party() {
    let apart = |schema, listed_as: &str, asked: &str| {
        let index = listed(schema, &[listed_as]);
        let query = Query {
            schema: Some(schema),
            ..Query::of(asked)
        };
        let found = search(&index, &query, &Options::default());
        assert!(found.is_empty(), "{listed_as} {asked}: {}", found[0].score);
    };
    for (listed, asked) in [
        ("Kazan Aviation Plant", "Smolensk Aviation Plant"),
        ("Aksu Prefecture Public Security Bureau", "喀什地区公安局"),
        (
            "Shanghai Yunchen Trading Co Ltd",
            "Shanghai Jinding Trading Co Ltd",
        ),
        ("Polyus Design Bureau", "Polyus Insurance"),
    ] {
        apart(Schema::Organization, listed, asked);
    }
    for (listed, asked) in [
        ("IVANOV, Sergey Petrovich", "Sergey Nikolaevich Ivanov"),
        ("GAVRILOVA, Elena Ivanovna", "Elena Sergeevna Gavrilova"),
        ("LOPEZ GONZALEZ, Gustavo Enrique", "Martha Gonzalez Lopez"),
    ] {
        apart(Schema::Person, listed, asked);
    }
}

#[test]
fn one_father_in_two_spellings_agrees_and_a_title_costs_little() {
    let index = listed(
        Schema::Person,
        &["IVANOV, Sergey Nikolayevich", "HAMZA, Maulana Ameer"],
    );
    for name in ["Sergey Nikolaevich Ivanov", "Ameer Hamza"] {
        let query = Query {
            schema: Some(Schema::Person),
            ..Query::of(name)
        };
        let found = search(&index, &query, &Options::default());
        assert_eq!(found.len(), 1, "{name}");
    }
}

/// Initials in brackets say nothing that the words before them do not.
#[test]
fn initials_in_brackets_are_no_word_left_over() {
    let with = "Zagros Marine Research Institute (ZMRI)";
    let without = "Zagros Marine Research Institute";
    let weight = |listed_as: &str, asked: &str| {
        let index = listed(Schema::Organization, &[listed_as]);
        search(&index, &Query::of(asked), &Options::default())[0].weight
    };
    let same = weight(without, without);
    for (listed_as, asked) in [(with, without), (without, with)] {
        let lost = same - weight(listed_as, asked);
        assert!((0..300).contains(&lost), "{listed_as}: {lost}");
        let word = |name: &str| name.replace("ZMRI", "Vaxholm");
        let lost = same - weight(&word(listed_as), &word(asked));
        assert!(lost > 1_000, "a word of its own: {lost}");
    }
    // And by themselves they find the name that they stand in.
    let index = listed(Schema::Organization, &[with]);
    let found = search(
        &index,
        &Query::of("ZMRI"),
        &Options {
            threshold: 0,
            limit: 1,
        },
    );
    assert_eq!(found[0].explanation.pairs[0].agreement, Agreement::Exact);
}

#[test]
fn a_makers_number_finds_an_aircraft_under_its_next_registration_and_decides_nothing() {
    let aircraft = [
        ("test:a", Schema::Airplane, "EP-QFA", "24794"),
        ("test:b", Schema::Airplane, "EP-QFB", "0531"),
        ("test:c", Schema::Vessel, "QUIET FALCON", "24794"),
    ];
    let entities = aircraft.map(|(id, schema, name, serial)| {
        list::entity(id, schema, &[("name", name), ("serialNumber", serial)])
    });
    let index = Index::open(build(entities.into_iter())).unwrap();
    let query = |name: &str, serial: &str, schema| Query {
        schema,
        identifiers: vec![("serialNumber".into(), serial.into())],
        ..Query::of(name)
    };
    let found = |query: &Query| search(&index, query, &Options::default());
    let ids =
        |query: &Query| -> Vec<String> { found(query).iter().map(|m| m.id.to_string()).collect() };
    // An owner may be asked about with the number of its aircraft.
    for schema in [Some(Schema::Airplane), None, Some(Schema::Company)] {
        // Under another registration: a candidate and no more, which says what to compare.
        let moved = query("YV-3507", "24794", schema);
        assert_eq!(ids(&moved), ["test:a"], "no ship has an aircraft's number");
        let one = &found(&moved)[0];
        assert_eq!((one.score, one.band), (Options::THRESHOLD, Band::Weak));
        let said = &one.explanation.adjustments;
        assert!(
            said.iter().any(|a| a.what.contains("compare the model")),
            "{said:?}"
        );
        let pairs = &one.explanation.pairs;
        assert!(
            pairs
                .iter()
                .all(|pair| pair.agreement != Agreement::Identifier)
        );
        assert_eq!(ids(&query("YV-3507", "531", schema)), ["test:b"]);
    }
    // Beside a registration that agrees it adds, and another one speaks against.
    let weight = |serial: &str| {
        let no = index.find(&"test:a".into()).unwrap();
        score(&index, &query("EP-QFA", serial, Some(Schema::Airplane)), no)
            .unwrap()
            .weight
    };
    let plain = weight("-");
    assert!(weight("24794") > plain && plain > weight("24795"));
}

/// The corps is no part of the region's government: its bureau and the region's
/// department are two bodies of one place and one work.
#[test]
fn the_public_security_of_the_corps_is_not_that_of_the_region() {
    for (listed_as, asked) in [
        ("新疆公安厅", "新疆兵团公安局"),
        ("新疆兵团公安局", "新疆公安厅"),
    ] {
        let index = listed(Schema::PublicBody, &[listed_as]);
        let no = index
            .find(&RecordId::new(format!("us-bis-el:{listed_as}")))
            .unwrap();
        for schema in [None, Some(Schema::PublicBody)] {
            let query = Query {
                schema,
                ..Query::of(asked)
            };
            let found = score(&index, &query, no).unwrap();
            assert_ne!(found.band, Band::Strong, "{asked} {listed_as}: {found:#?}");
            let why = &found.explanation;
            let difference = why.unmatched_query.iter().chain(&why.unmatched_listed);
            let shown: String = difference.map(|part| part.text.as_str()).collect();
            assert!(shown.contains('团'), "{asked} {listed_as}: {shown}");
        }
    }
}
