//! Ways by which somebody might talk a deal past the stop rule, and what meets each.

#![allow(clippy::unwrap_used, reason = "a test panics when it fails")]

use std::collections::BTreeMap;

use crate::shared::{self, Given, GivenMeasure};
use proptest::prelude::*;
use scruple_assess::assessment::State as MeasureState;
use scruple_assess::known::{self, State};
use scruple_assess::{Assessment, Likelihood, Packs, Side};
use scruple_model::deal::Format;
use scruple_model::{Answer, Band, Date, Severity};

fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

fn assess(given: &Given) -> Assessment {
    shared::assess(given, &shared::packs(), today())
}

/// Every capability that a pack describes.
fn capabilities() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs");
    let text = std::fs::read_to_string(format!("{folder}/capabilities.toml")).unwrap();
    let file: toml::Table = toml::from_str(&text).unwrap();
    let all = file["capability"].as_array().unwrap();
    all.iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect()
}

/// A sale of one capability to a named user in France, every answer good but one.
fn abuser(capability: &str) -> Given {
    Given {
        capabilities: vec![capability.to_owned()],
        place: Some("fr".to_owned()),
        base: Some("good".to_owned()),
        answers: BTreeMap::from([("q.user-record".to_owned(), "yes".to_owned())]),
        ..Given::default()
    }
}

#[test]
fn no_measure_but_taking_the_capability_away_answers_a_record_of_abuse() {
    let packs = shared::packs();
    for capability in capabilities() {
        let mut given = abuser(&capability);
        for entry in &packs.mitigations.entries {
            if entry.id.as_str() != "decline" && entry.id.as_str() != "remove-feature" {
                given
                    .measures
                    .push(GivenMeasure::in_place(entry.id.as_str()));
            }
        }
        let found = assess(&given);
        for impact in &found.impacts {
            let severe = impact.severity.at_most <= Severity::Serious;
            assert!(
                !severe || impact.stop != Answer::No,
                "{capability}: {}; {}",
                impact.stop_because,
                impact.residue.because
            );
        }
    }
}

#[test]
fn taking_one_capability_out_leaves_the_other_in() {
    let mut given = abuser("cap.face-recognition-vms");
    given.capabilities.push("cap.imsi-catcher".to_owned());
    given.measures = vec![GivenMeasure::in_place("remove-feature")];
    assert_ne!(assess(&given).stop, Answer::No, "it does not say which");
    given.measures[0].capability = Some("cap.face-recognition-vms".to_owned());
    let found = assess(&given);
    let of = |id: &str| {
        let mut all = found.impacts.iter();
        all.find(|one| one.capability.as_deref() == Some(id))
            .unwrap()
    };
    assert_eq!(of("cap.face-recognition-vms").stop, Answer::No);
    assert_ne!(of("cap.imsi-catcher").stop, Answer::No);
    given.capabilities.pop();
    given.measures[0].capability = None;
    assert_eq!(assess(&given).stop, Answer::No, "there is but one");
}

#[test]
fn a_day_to_look_again_counts_also_where_the_pack_names_none() {
    let mut given = abuser("cap.face-recognition-vms");
    let mut measure = GivenMeasure::in_place("decline");
    measure.again = Some("2026-11-01".to_owned());
    given.measures = vec![measure];
    let found = assess(&given);
    let decline = found.impacts[0].measures.iter().find(|m| m.id == "decline");
    assert_eq!(decline.unwrap().state, MeasureState::DueAgain);
    assert_ne!(found.stop, Answer::No);
}

#[test]
fn a_record_that_was_not_found_says_nothing_of_a_place_or_user_nobody_named() {
    let good = |place: Option<&str>, nobody: bool| {
        assess(&Given {
            capabilities: vec!["cap.face-recognition-vms".to_owned()],
            place: place.map(str::to_owned),
            base: Some("good".to_owned()),
            nobody,
            ..Given::default()
        })
    };
    assert_eq!(good(Some("fr"), false).stop, Answer::No);
    // Xinjiang lies in China, and the deal does not say where in China.
    assert_eq!(good(Some("cn"), false).stop, Answer::CannotTell);
    assert_eq!(good(None, false).stop, Answer::CannotTell);
    assert_eq!(good(Some("fr"), true).stop, Answer::CannotTell);
}

#[test]
fn what_cannot_be_found_out_is_no_answer_to_rely_on() {
    let packs = shared::packs();
    for side in [Side::Sale, Side::Purchase] {
        let answers = packs
            .questions(side)
            .iter()
            .map(|(entry, _)| (entry.id.to_string(), "unknowable".to_owned()))
            .collect();
        let found = assess(&Given {
            purchase: side == Side::Purchase,
            capabilities: match side {
                Side::Purchase => Vec::new(),
                _ => vec!["cap.face-recognition-vms".to_owned()],
            },
            place: Some("fr".to_owned()),
            answers,
            consulted: true,
            ..Given::default()
        });
        let sure = &found.impacts[0].confidence;
        assert_ne!(sure.band, Band::Strong, "{}", sure.reason);
        assert!(
            sure.reason.contains("cannot be found out"),
            "{}",
            sure.reason
        );
        assert_eq!(found.stop, Answer::Yes);
    }
}

#[test]
fn a_fact_of_the_deal_is_not_taken_back_by_saying_that_it_cannot_be_found_out() {
    let packs = shared::packs();
    let given = Given {
        capabilities: vec!["cap.face-recognition-vms".to_owned()],
        facts: BTreeMap::from([("sorts_by_origin".to_owned(), true)]),
        ..Given::default()
    };
    let deal = shared::deal(&given);
    let text = format!(
        "deal = \"{}\"\n[[answer]]\nquestion = \"q.groups-singled-out\"\nvalue = \"unknowable\"\n",
        deal.hash
    );
    let wrong = shared::answers(&text, &deal, &packs, today()).unwrap_err();
    assert!(
        wrong[0]
            .what
            .contains("the deal says facts.sorts_by_origin")
    );
}

#[test]
fn a_fact_of_one_item_does_not_answer_for_the_next() {
    let packs = shared::packs();
    let state = |second: &str| {
        let text = format!(
            "title = \"Two\"\n[[items]]\nname = \"a\"\nfacts = {{ minors = false }}\n\
             [[items]]\nname = \"b\"\n{second}"
        );
        let deal = scruple_model::deal::read(&text, Format::Toml).unwrap();
        let all = known::known(&deal, &packs, Side::Sale, None);
        let one = all.into_iter().find(|one| one.id.as_str() == "q.children");
        match one.unwrap().state {
            State::Choice(choice) => choice.value.clone(),
            State::Unknowable => "unknowable".to_owned(),
            State::Open => "open".to_owned(),
        }
    };
    assert_eq!(state(""), "open");
    assert_eq!(state("facts = { minors = true }"), "yes");
    assert_eq!(state("facts = { minors = false }"), "no");
}

#[test]
fn a_feature_of_a_place_is_not_absent_while_the_region_is_open() {
    let packs = shared::packs();
    let in_xinjiang: Vec<&str> = packs
        .patterns
        .entries
        .iter()
        .flat_map(|entry| &entry.body.features)
        .filter(|feature| feature.places.iter().any(|place| place == "cn-xj"))
        .map(|feature| feature.text.as_str())
        .collect();
    assert!(!in_xinjiang.is_empty());
    for purchase in [false, true] {
        let found = assess(&Given {
            purchase,
            capabilities: if purchase { Vec::new() } else { capabilities() },
            place: Some("cn".to_owned()),
            base: Some("good".to_owned()),
            ..Given::default()
        });
        for pattern in &found.patterns {
            for text in &pattern.absent {
                assert!(
                    !in_xinjiang.contains(&text.as_str()),
                    "{}: {text}",
                    pattern.id
                );
            }
        }
    }
}

/// The answers that a seed picks, all on one word.
fn answered(packs: &Packs, side: Side, word: &str, seed: &[u8]) -> Given {
    let mut bytes = seed.iter().copied().cycle();
    let mut pick = |of: usize| usize::from(bytes.next().unwrap()) % of;
    let mut given = Given {
        purchase: side == Side::Purchase,
        place: Some(["fr", "kz", "cn-xj"][pick(3)].to_owned()),
        word: Some(word.to_owned()),
        consulted: true,
        ..Given::default()
    };
    if side != Side::Purchase {
        let all = capabilities();
        given.capabilities = vec![all[pick(all.len())].clone()];
    }
    for (entry, question) in packs.questions(side) {
        // Good answers more often than others: they are what might let a deal go.
        let value = match pick(4) {
            0 => question.choices[pick(question.choices.len())].value.clone(),
            _ => shared::best(question).to_owned(),
        };
        given.answers.insert(entry.id.to_string(), value);
    }
    given
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn on_a_customers_own_word_alone_nothing_goes(
        seed in prop::collection::vec(any::<u8>(), 120),
        purchase in any::<bool>(),
    ) {
        let packs = shared::packs();
        let side = if purchase { Side::Purchase } else { Side::Sale };
        let found = assess(&answered(&packs, side, "customer", &seed));
        prop_assert_ne!(found.stop, Answer::No);
    }

    #[test]
    fn a_customers_own_word_makes_no_harm_smaller(
        seed in prop::collection::vec(any::<u8>(), 120),
        purchase in any::<bool>(),
    ) {
        let packs = shared::packs();
        let side = if purchase { Side::Purchase } else { Side::Sale };
        let said = answered(&packs, side, "customer", &seed);
        let silent = Given { answers: BTreeMap::new(), ..said.clone() };
        let (said, silent) = (assess(&said), assess(&silent));
        for (said, silent) in said.impacts.iter().zip(&silent.impacts) {
            // Severity orders the gravest first.
            prop_assert!(said.severity.at_most <= silent.severity.at_most);
            prop_assert!(said.severity.at_least <= silent.severity.at_least);
        }
    }

    #[test]
    fn a_better_word_never_hides_what_a_weaker_one_said_against_the_deal(
        seed in prop::collection::vec(any::<u8>(), 120),
        purchase in any::<bool>(),
    ) {
        let packs = shared::packs();
        let side = if purchase { Side::Purchase } else { Side::Sale };
        let weak = assess(&answered(&packs, side, "customer", &seed));
        let strong = assess(&answered(&packs, side, "independent", &seed));
        let likely = |found: &Assessment| found.impacts[0].likelihood == Likelihood::Likely;
        prop_assert_eq!(likely(&weak), likely(&strong));
        prop_assert_eq!(weak.impacts[0].severity.at_least, strong.impacts[0].severity.at_least);
    }

    #[test]
    fn an_audit_from_where_none_can_be_independent_never_makes_an_answer_surer(
        seed in prop::collection::vec(any::<u8>(), 120),
        value in 0usize..4,
    ) {
        let packs = shared::packs();
        let mut given = answered(&packs, Side::Purchase, "independent", &seed);
        given.place = Some("cn-xj".to_owned());
        given.answers.remove("q.fl-audit");
        let without = assess(&given).impacts[0].confidence.band;
        let question = packs.question("q.fl-audit").unwrap();
        let value = question.choices.get(value).map_or("unknowable", |c| &c.value);
        given.answers.insert("q.fl-audit".to_owned(), value.to_owned());
        let with = assess(&given).impacts[0].confidence.band;
        // The bands stand from the strongest to the weakest.
        prop_assert!(with >= without);
    }
}
