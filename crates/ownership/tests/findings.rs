//! Findings, trees and drawings of answers; what changes between two days.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test panics when it fails, and says what it looked at"
)]

use crate::shared;
use scruple_model::{Answer, Band, Effect, Finding, Force, Subject};
use scruple_ownership::{
    About, Builder, Changed, Graph, Holding, Listed, Period, Share, close, diff, findings, svg,
    tree,
};

fn graph(rows: &[(&str, &str, u32)]) -> Graph<Vec<u8>> {
    let mut builder = Builder::new();
    let source = builder.source(shared::source("register"));
    for (owner, owned, percent) in rows {
        let share = Share::exact(percent * 10_000);
        builder.hold(source, &Holding::new(owner, owned, share));
    }
    builder.country("id:a", "de");
    Graph::open(builder.finish().unwrap().bytes).unwrap()
}

fn listed(list: &str) -> Vec<Listed> {
    vec![Listed {
        id: "id:x".into(),
        list: list.into(),
        programmes: vec![],
        from: None,
        until: None,
        doubt: None,
    }]
}

fn found(graph: &Graph<Vec<u8>>, rule: &str, list: &str, day: &str, id: &str) -> Vec<Finding> {
    let (entry, listed) = (shared::rule(rule), listed(list));
    let closed = close(graph, &entry, &listed, shared::day(day));
    let reach = closed.answer(graph.find(id).unwrap());
    let about = About {
        subject: Subject::Party { id: "buyer".into() },
        party: "Buyer Ltd",
        applies_because: "US persons take part".into(),
        regime: Answer::Yes,
        regime_questions: vec![],
        pack: ("ownership", "0"),
        label: &|id| (id == "id:x").then(|| "Listed Holding".to_owned()),
    };
    findings(&closed, &reach, &about)
}

#[test]
fn covered_is_what_the_rule_demands_with_every_holding_as_evidence() {
    let graph = graph(&[("id:x", "id:a", 50), ("id:a", "id:b", 60)]);
    let found = found(&graph, "us.ofac.50", "us-ofac-sdn", "2026-06-01", "id:b");
    let [finding] = &found[..] else {
        panic!("{found:?}")
    };
    assert!(finding.is_stop());
    assert_eq!(
        finding.title,
        "Buyer Ltd is owned 50% or more by parties blocked by OFAC"
    );
    assert_eq!(finding.confidence.band, Band::Strong);
    let texts: Vec<&str> = finding
        .evidence
        .iter()
        .skip(1)
        .map(|e| e.text.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "Listed Holding holds 50% of the shares of id:a; Listed Holding is listed on us-ofac-sdn",
            "id:a holds 60% of the shares of id:b; it was reached in round 1",
        ]
    );
}

#[test]
fn an_unknown_owner_is_a_note_and_a_listed_one_of_unknown_share_asks_first() {
    let unknown = graph(&[("id:q", "id:a", 30)]);
    let [finding] = &found(&unknown, "us.ofac.50", "us-ofac-sdn", "2026-06-01", "id:a")[..] else {
        panic!()
    };
    assert_eq!(
        (finding.answer, finding.effect),
        (Answer::CannotTell, Effect::Note)
    );
    assert!(!finding.questions.is_empty() && !finding.is_stop());
    let minority = graph(&[("id:x", "id:a", 30)]);
    let [finding] = &found(&minority, "us.ofac.50", "us-ofac-sdn", "2026-06-01", "id:a")[..] else {
        panic!()
    };
    assert_eq!(finding.effect, Effect::AskFirst);
    assert!(
        finding.next[0].0.contains("70% unaccounted for"),
        "{:?}",
        finding.next
    );
}

#[test]
fn an_unknown_share_of_a_listed_party_is_a_red_flag_of_its_own() {
    let graph = graph(&[("id:x", "id:a", 30)]);
    let found = found(
        &graph,
        "us.bis.affiliates",
        "us-bis-el",
        "2025-10-15",
        "id:a",
    );
    let rules: Vec<&str> = found.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["us.bis.affiliates", "us.bis.red-flag-29"]);
    assert!(found[0].id != found[1].id);
}

#[test]
fn a_suspended_rule_says_would_be_covered_and_one_that_is_back_asks_to_confirm() {
    let graph = graph(&[("id:x", "id:a", 50)]);
    let suspended = found(
        &graph,
        "us.bis.affiliates",
        "us-bis-el",
        "2026-03-01",
        "id:a",
    );
    assert!(suspended[0].title.starts_with("Would be covered"));
    assert!(matches!(suspended[0].force, Force::Suspended { .. }) && !suspended[0].is_stop());
    let back = found(
        &graph,
        "us.bis.affiliates",
        "us-bis-el",
        "2026-11-22",
        "id:a",
    );
    assert_eq!(back[0].force, Force::InForce);
    assert!(
        back[0]
            .unchecked
            .iter()
            .any(|one| one.why.contains("confirm")),
        "{:?}",
        back[0].unchecked
    );
}

#[test]
fn nothing_listed_above_with_every_owner_known_is_no_finding() {
    let graph = graph(&[("person:p", "id:a", 100)]);
    assert!(found(&graph, "us.ofac.50", "us-ofac-sdn", "2026-06-01", "id:a").is_empty());
}

#[test]
fn a_tree_is_read_from_the_entity_down_to_the_listed() {
    let graph = graph(&[("id:x", "id:a", 50), ("id:a", "id:b", 60)]);
    let (entry, listed) = (shared::rule("us.ofac.50"), listed("us-ofac-sdn"));
    let closed = close(&graph, &entry, &listed, shared::day("2026-06-01"));
    let reach = closed.answer(graph.find("id:b").unwrap());
    assert_eq!(
        tree(&reach.proof, &|_| None),
        "\
id:b: covered
  id:b is held 60% of the shares (at least 50% needed)
    60% by id:a, itself reached, see below (register record 0)
    id:a is held 50% of the shares (at least 50% needed)
      50% by id:x, listed on us-ofac-sdn (register record 0)
"
    );
    let drawing = svg(&reach.proof, &|id| {
        (id == "id:a").then(|| "A & Co <i>".into())
    })
    .unwrap();
    assert!(drawing.contains("<desc>id:b: covered") && drawing.contains("A &amp; Co &lt;i&gt;"));
    assert_eq!(
        drawing,
        svg(&reach.proof, &|id| (id == "id:a")
            .then(|| "A & Co <i>".into()))
        .unwrap()
    );
}

#[test]
fn who_is_no_longer_reached_by_count_is_said_with_what_stays() {
    let mut builder = Builder::new();
    let source = builder.source(shared::source("register"));
    let sold = Period::new(None, Some("2026-03-01".parse().unwrap()));
    let share = Share::exact(600_000);
    builder.hold(
        source,
        &Holding {
            period: sold,
            ..Holding::new("id:x", "id:a", share)
        },
    );
    let bought = Period::new(Some("2026-04-01".parse().unwrap()), None);
    builder.hold(
        source,
        &Holding {
            period: bought,
            ..Holding::new("id:x", "id:b", share)
        },
    );
    let graph = Graph::open(builder.finish().unwrap().bytes).unwrap();
    let (entry, listed) = (shared::rule("us.ofac.50"), listed("us-ofac-sdn"));
    let changed = diff(
        &graph,
        &entry,
        &listed,
        shared::day("2026-02-01"),
        shared::day("2026-06-01"),
    );
    let since = |all: &[Changed]| -> Vec<(String, String)> {
        all.iter()
            .map(|one| (one.entity.clone(), one.since.unwrap().to_string()))
            .collect()
    };
    let of = |id: &str, day: &str| vec![(id.to_owned(), day.to_owned())];
    assert_eq!(since(&changed.newly), of("id:b", "2026-04-01"));
    assert_eq!(since(&changed.no_longer_by_count), of("id:a", "2026-03-01"));
    assert!(changed.note.contains("stays blocked"));
}

#[test]
fn what_if_gives_the_reach_of_a_coming_listing_only() {
    let graph = graph(&[
        ("id:x", "id:a", 50),
        ("id:y", "id:b", 30),
        ("id:z", "id:b", 20),
        ("id:b", "id:c", 90),
    ]);
    let (entry, listed) = (shared::rule("us.ofac.50"), listed("us-ofac-sdn"));
    let mut closed = close(&graph, &entry, &listed, shared::day("2026-06-01"));
    let new = closed.what_if(&["id:y".into(), "id:z".into()], "what-if");
    let names: Vec<&str> = new.iter().map(|node| graph.id(*node)).collect();
    assert_eq!(names, ["id:b", "id:c", "id:y", "id:z"]);
}

#[test]
fn no_output_pronounces_anybody_to_be_in_order() {
    let graph = graph(&[
        ("id:x", "id:a", 50),
        ("id:x", "id:b", 20),
        ("person:p", "id:b", 80),
    ]);
    let mut all = String::new();
    for (rule, list) in [
        ("us.ofac.50", "us-ofac-sdn"),
        ("us.bis.affiliates", "us-bis-el"),
        ("eu.ownership-control", "eu-fsf"),
        ("gb.ownership-control", "gb-uksl"),
    ] {
        for id in ["id:a", "id:b", "id:x"] {
            all.push_str(
                &serde_json::to_string(&found(&graph, rule, list, "2026-06-01", id)).unwrap(),
            );
        }
    }
    assert!(all.contains("Buyer Ltd"));
    for word in ["cleared", "safe", "approved", "clean party", "guilty"] {
        assert!(!all.to_lowercase().contains(word), "{word}");
    }
}

/// `id:a` is held by `id:hub`, and that by more than one question reads; among these
/// a listed party, and one that was listed and sold.
fn crowded() -> Graph<Vec<u8>> {
    let mut builder = Builder::new();
    let source = builder.source(shared::source("register"));
    let hold = |builder: &mut Builder, owner: &str, owned: &str, share| {
        builder.hold(source, &Holding::new(owner, owned, share));
    };
    hold(&mut builder, "id:hub", "id:a", Share::exact(400_000));
    for no in 0..200_000 {
        let small = Share { lo: 0, hi: 10 };
        hold(&mut builder, &format!("id:m{no}"), "id:hub", small);
    }
    hold(&mut builder, "id:x", "id:hub", Share::exact(100_000));
    let sold = Period::new(None, Some("2026-03-01".parse().unwrap()));
    builder.hold(
        source,
        &Holding {
            period: sold,
            ..Holding::new("id:x", "id:sold", Share::exact(100_000))
        },
    );
    hold(&mut builder, "id:hub", "id:sold", Share::exact(100_000));
    builder.country("id:a", "de");
    builder.country("id:hub", "de");
    Graph::open(builder.finish().unwrap().bytes).unwrap()
}

#[test]
fn where_too_much_stands_above_nobody_is_said_to_be_listed_there() {
    let graph = crowded();
    let found = found(
        &graph,
        "us.bis.affiliates",
        "us-bis-el",
        "2025-10-15",
        "id:a",
    );
    let [finding] = &found[..] else {
        panic!("a red flag that nobody saw: {found:?}")
    };
    assert_eq!(finding.answer, Answer::CannotTell);
    assert_eq!(finding.effect, Effect::AskFirst);
    assert_eq!(finding.confidence.band, Band::Weak);
    assert!(finding.confidence.reason.contains("too many holdings"));
}

#[test]
fn the_owners_of_the_entity_itself_are_all_read() {
    let graph = crowded();
    let (entry, listed) = (shared::rule("us.ofac.50"), listed("us-ofac-sdn"));
    let closed = close(&graph, &entry, &listed, shared::day("2026-06-01"));
    let above = |id: &str| closed.listed_above(&closed.answer(graph.find(id).unwrap()));
    assert_eq!(above("id:hub"), Answer::Yes);
    assert_eq!(above("id:a"), Answer::CannotTell);
    assert_eq!(above("id:m7"), Answer::No);
}

#[test]
fn what_was_not_read_for_transfers_is_said() {
    let graph = crowded();
    let (entry, listed) = (shared::rule("us.ofac.50"), listed("us-ofac-sdn"));
    let closed = close(&graph, &entry, &listed, shared::day("2026-06-01"));
    let of = |id: &str| closed.transfers(graph.find(id).unwrap());
    let sold = of("id:sold");
    assert_eq!(sold.found.len(), 1);
    assert!(sold.doubt().unwrap().contains("too many holdings"));
    assert!(of("id:hub").doubt().is_none() && of("id:hub").found.is_empty());
}
