//! How listed parties join the graph: by a number only in the register it is of. Where
//! that is not known, whom they reach is a question, and never a Yes nor a No.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test panics when it fails, and says what it looked at"
)]

use std::collections::BTreeMap;

use crate::shared;
use scruple_model::{Answer, Effect, Entity, Finding, REGISTERED_IN, Schema, Subject};
use scruple_ownership::read::ids::listed;
use scruple_ownership::{
    About, Builder, Flag, Graph, Holding, Kind, Listed, Reach, Remainder, Share, Why, close,
    findings, verify,
};

const LEI: &str = "001GPB6A9XPE8XJICC14";

/// Numbers 7 of two registers hold a firm each, and a person holds the rest of both.
fn graph() -> Graph<Vec<u8>> {
    let mut builder = Builder::new();
    let source = builder.source(shared::source("register"));
    for (owner, owned) in [
        ("reg:kz:7", "id:a"),
        ("reg:ru:7", "id:b"),
        ("id:a", "id:c"),
        ("reg:de:HRB7", "id:d"),
    ] {
        let share = Share::exact(600_000);
        builder.hold(source, &Holding::new(owner, owned, share));
        let share = Share::exact(400_000);
        builder.hold(source, &Holding::new("person:p", owned, share));
        builder.remainder(owned, Remainder::None);
    }
    for number in ["reg:kz:7", "reg:ru:7", "reg:de:HRB7"] {
        let whole = Share::exact(1_000_000);
        builder.hold(source, &Holding::new("person:p", number, whole));
        builder.remainder(number, Remainder::None);
    }
    builder.kind("person:p", Kind::Person);
    builder.same("reg:kz:8", &format!("lei:{LEI}"));
    Graph::open(builder.finish().unwrap().bytes).unwrap()
}

fn party(schema: Schema, properties: &[(&str, &str)]) -> Entity {
    let mut party = Entity {
        id: "us-ofac-sdn:36".into(),
        schema,
        caption: "Demo Trading".to_owned(),
        properties: BTreeMap::new(),
        listings: Vec::new(),
    };
    for (property, value) in properties {
        party.add(property, *value);
    }
    party
}

/// Where a company of these properties stands, and whether it surely does.
fn stands(properties: &[(&str, &str)]) -> Vec<(String, bool)> {
    listed(&graph(), &party(Schema::Company, properties))
        .into_iter()
        .map(|one| (one.id, one.doubt.is_none()))
        .collect()
}

fn sure(id: &str) -> Vec<(String, bool)> {
    vec![(id.to_owned(), true)]
}

/// With offices in two countries and no word on the register.
fn of_two_countries() -> Vec<Listed> {
    let properties = [
        ("registrationNumber", "7"),
        ("country", "kz"),
        ("country", "ru"),
    ];
    listed(&graph(), &party(Schema::Company, &properties))
}

fn answer(graph: &Graph<Vec<u8>>, listed: &[Listed], id: &str) -> Reach {
    let rule = shared::rule("us.ofac.50");
    let closed = close(graph, &rule, listed, shared::day("2026-06-01"));
    let reach = closed.answer(graph.find(id).unwrap());
    verify(&reach.proof, graph, &rule.body, listed).unwrap();
    reach
}

fn finding(graph: &Graph<Vec<u8>>, listed: &[Listed], id: &str) -> Vec<Finding> {
    let rule = shared::rule("us.ofac.50");
    let closed = close(graph, &rule, listed, shared::day("2026-06-01"));
    let reach = closed.answer(graph.find(id).unwrap());
    let about = About {
        subject: Subject::Party { id: "buyer".into() },
        party: "Buyer Ltd",
        applies_because: "US persons take part".into(),
        regime: Answer::Yes,
        regime_questions: vec![],
        pack: ("ownership", "0"),
        label: &|_| None,
    };
    findings(&closed, &reach, &about)
}

#[test]
fn the_country_printed_beside_a_number_decides() {
    let found = stands(&[
        ("registrationNumber", "7"),
        (REGISTERED_IN, "kz 7"),
        (REGISTERED_IN, "cy 9"),
        ("jurisdiction", "ru"),
        ("country", "kz"),
        ("country", "ru"),
        ("country", "de"),
    ]);
    assert_eq!(found, sure("reg:kz:7"));
}

#[test]
fn else_the_jurisdiction_of_the_party_does() {
    let found = stands(&[
        ("registrationNumber", "7"),
        ("jurisdiction", "ru"),
        ("country", "kz"),
    ]);
    assert_eq!(found, sure("reg:ru:7"));
}

#[test]
fn else_its_only_country_does() {
    let found = stands(&[
        ("registrationNumber", "7"),
        ("country", "Kazakhstan"),
        ("mainCountry", "kz"),
    ]);
    assert_eq!(found, sure("reg:kz:7"));
}

#[test]
fn a_number_of_one_of_several_countries_is_a_question_in_each() {
    let found = of_two_countries();
    let ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["reg:kz:7", "reg:ru:7"]);
    for one in &found {
        assert_eq!(
            one.doubt.as_deref(),
            Some(
                "Demo Trading (us-ofac-sdn:36) has the registration number 7, and its record \
                 does not say which register gave it (kz, ru)"
            )
        );
    }
    // Two jurisdictions are no more than two countries.
    let found = stands(&[
        ("registrationNumber", "7"),
        ("jurisdiction", "kz"),
        ("jurisdiction", "cy"),
    ]);
    assert_eq!(found, [("reg:kz:7".to_owned(), false)]);
    // A number of no country leads nowhere.
    assert_eq!(stands(&[("registrationNumber", "7")]), []);
}

#[test]
fn a_number_that_an_lei_confirms_is_no_question() {
    let found = stands(&[
        ("leiCode", LEI),
        ("registrationNumber", "8"),
        ("country", "kz"),
        ("country", "ru"),
    ]);
    assert_eq!(found, sure(&format!("lei:{LEI}")));
}

#[test]
fn a_number_that_may_be_another_s_is_a_question() {
    let of = |schema, properties: &[(&str, &str)]| -> Vec<(String, Option<String>)> {
        listed(&graph(), &party(schema, properties))
            .into_iter()
            .map(|one| (one.id, one.doubt))
            .collect()
    };
    // The register of a court, and there are many.
    let found = of(
        Schema::Company,
        &[("registrationNumber", "HRB 7"), ("jurisdiction", "de")],
    );
    assert_eq!(found[0].0, "reg:de:HRB7");
    assert!(found[0].1.as_ref().unwrap().contains("every court"));
    // A person, of whose firm the number may be.
    let kz = [("registrationNumber", "7"), ("jurisdiction", "kz")];
    let found = of(Schema::Person, &kz);
    assert!(found[0].1.as_ref().unwrap().contains("of a firm"));
    // A ship is in no register of companies.
    assert_eq!(of(Schema::Vessel, &kz), []);
}

#[test]
fn whoever_may_be_listed_covers_nobody_and_frees_nobody() {
    let (graph, listed) = (graph(), of_two_countries());
    assert_eq!(answer(&graph, &[], "id:c").answer, Answer::No);
    for (id, at) in [("id:c", "reg:kz:7"), ("id:b", "reg:ru:7")] {
        let reach = answer(&graph, &listed, id);
        assert_eq!(reach.answer, Answer::CannotTell, "{id}");
        let [open] = &reach.proof.open[..] else {
            panic!("{:?}", reach.proof.open)
        };
        assert_eq!((open.entity.as_str(), open.why), (at, Why::MayBeListed));
        let settles = open.settles(at);
        assert!(
            settles.starts_with("Demo Trading (us-ofac-sdn:36) has the registration number 7")
                && settles.ends_with(&format!("find out whether it is {at}")),
            "{settles}"
        );
    }
    // The party itself, and one that it holds nothing of.
    assert_eq!(
        answer(&graph, &listed, "reg:kz:7").answer,
        Answer::CannotTell
    );
    assert_eq!(answer(&graph, &listed, "id:d").answer, Answer::No);
    // Where it is known which it is, one is covered and the other is not.
    let known = [Listed {
        doubt: None,
        ..listed[0].clone()
    }];
    assert_eq!(answer(&graph, &known, "id:c").answer, Answer::Yes);
    assert_eq!(answer(&graph, &known, "id:b").answer, Answer::No);
}

#[test]
fn a_proof_of_no_has_to_reckon_with_whoever_may_be_listed() {
    let (graph, listed) = (graph(), of_two_countries());
    let proof = answer(&graph, &[], "id:c").proof;
    let rule = shared::rule("us.ofac.50").body;
    assert!(verify(&proof, &graph, &rule, &listed).is_err());
    let known = [Listed {
        doubt: None,
        ..listed[0].clone()
    }];
    let proof = answer(&graph, &known, "id:c").proof;
    assert_eq!(proof.answer, Answer::Yes);
    assert!(verify(&proof, &graph, &rule, &listed).is_err());
}

#[test]
fn a_finding_asks_which_register_gave_the_number() {
    let (graph, listed) = (graph(), of_two_countries());
    for id in ["id:a", "reg:kz:7"] {
        let found = finding(&graph, &listed, id);
        let [finding] = &found[..] else {
            panic!("{found:?}")
        };
        assert_eq!(
            (finding.answer, finding.effect),
            (Answer::CannotTell, Effect::AskFirst)
        );
        assert_eq!(finding.questions[0].id.as_str(), "q.listed-reg-kz-7");
        assert!(
            finding.questions[0]
                .text
                .contains("which register gave it (kz, ru)")
        );
        assert!(finding.confidence.reason.contains("is not settled"));
    }
    let evidence = &finding(&graph, &listed, "id:a")[0].evidence;
    assert!(
        evidence.iter().any(|one| one
            .text
            .ends_with("whether it is listed or reached is not settled")),
        "{evidence:?}"
    );
}

#[test]
fn a_listing_that_begins_or_ends_on_the_day_is_flagged() {
    let graph = graph();
    let on = |from: &str, until: Option<&str>, id: &str| {
        let listed = [Listed {
            id: "reg:kz:7".into(),
            list: "us-ofac-sdn".into(),
            programmes: vec![],
            from: Some(shared::day(from)),
            until: until.map(shared::day),
            doubt: None,
        }];
        let reach = answer(&graph, &listed, id);
        (reach.answer, reach.flags.contains(&Flag::BoundaryDate))
    };
    let day = "2026-06-01";
    for id in ["reg:kz:7", "id:a", "id:c"] {
        assert_eq!(on(day, None, id), (Answer::Yes, true), "{id}");
        assert_eq!(on("2026-05-31", None, id), (Answer::Yes, false), "{id}");
    }
    assert_eq!(on("2020-01-01", Some(day), "id:a"), (Answer::No, true));
    assert_eq!(on(day, None, "id:b"), (Answer::No, false));
}
