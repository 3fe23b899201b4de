//! What has to hold of every graph, tried on many small ones against a slow and plain
//! reference.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test panics when it fails, and says what it looked at"
)]

use std::collections::BTreeMap;

use crate::oracle::Oracle;
use crate::shared::{self, Case, CaseJoint, Edge, Node};
use crate::verifier;
use proptest::prelude::*;
use scruple_model::Answer;
use scruple_ownership::{close, verify};
use serde_json::json;

const RULES: [&str; 3] = ["OFAC_50", "EU_2024", "UK_OFSI"];

fn list_of(preset: &str) -> &'static str {
    match preset {
        "OFAC_50" => "OFAC_SDN",
        "EU_2024" => "EU_FSF",
        _ => "UK_OFSI",
    }
}

fn arb_node(no: usize) -> impl Strategy<Value = Node> {
    (0..10u8, 0..4u8, 0..8u8).prop_map(move |(kind, listed, remainder)| Node {
        id: format!("n{no}"),
        kind: Some(
            match kind {
                0..=1 => "person",
                2 => "anonymous",
                _ => "entity",
            }
            .to_owned(),
        ),
        listed: listed > 1 && kind != 2 && no.is_multiple_of(3),
        perhaps: listed == 3,
        list: Some(String::new()),
        listed_from: None,
        listed_to: None,
        remainder: match remainder {
            0..=3 => Some(json!("none")),
            4 => Some(json!("clear")),
            5 => Some(json!({ "max_each": 100_000 })),
            _ => None,
        },
        country: None,
    })
}

fn arb_edge(nodes: usize) -> impl Strategy<Value = Edge> {
    (
        0..nodes,
        0..nodes,
        0..=20i64,
        0..=6i64,
        0..12u8,
        0..8u8,
        (0..10u8, 0..10u8, 0..14u8),
    )
        .prop_map(
            |(owner, owned, lo, width, layer, dates, (source, tranche, rare))| Edge {
                owner: format!("n{owner}"),
                owned: format!("n{owned}"),
                lo: lo * 50_000,
                // Most are exact; the step is a twentieth, so that sums meet thresholds.
                hi: (lo + (width - 3).max(0)).min(20) * 50_000,
                layer: match layer {
                    0..=6 => "shares",
                    7..=8 => "votes",
                    9 => "appointment",
                    10 => "consolidation",
                    _ => "influence",
                }
                .to_owned(),
                start: (dates == 0)
                    .then(|| "2026-06-01".to_owned())
                    .or((dates == 1).then(|| "2026-06-02".to_owned())),
                end: (dates == 2)
                    .then(|| "2026-06-01".to_owned())
                    .or((dates == 3).then(|| "2026-06-02".to_owned())),
                source: if source < 8 { "a" } else { "b" }.to_owned(),
                tranche: (tranche == 0).then(|| "t".to_owned()),
                nominee_for: (rare == 0).then(|| "n0".to_owned()),
                unit_ambiguous: false,
                indirect: rare == 1,
                record: None,
            },
        )
}

fn arb_case() -> impl Strategy<Value = Case> {
    of_size(3..8, 1..14)
}

/// More than the few that are looked at first.
fn arb_larger_case() -> impl Strategy<Value = Case> {
    of_size(8..24, 10..48)
}

fn of_size(
    nodes: std::ops::Range<usize>,
    edges: std::ops::Range<usize>,
) -> impl Strategy<Value = Case> {
    nodes.prop_flat_map(move |count| {
        let nodes: Vec<_> = (0..count).map(arb_node).collect();
        let joint = proptest::option::weighted(0.3, (0..count, 0..count, 0..count));
        (
            nodes,
            prop::collection::vec(arb_edge(count), edges.clone()),
            joint,
            0..3usize,
        )
            .prop_map(|(mut nodes, edges, joint, rule)| {
                let preset = RULES[rule];
                for node in &mut nodes {
                    node.list = Some(list_of(preset).to_owned());
                }
                let joint = joint.map(|(a, b, of)| CaseJoint {
                    id: "j".into(),
                    members: vec![format!("n{a}"), format!("n{b}")],
                    entity: (of % 2 == 0).then(|| format!("n{of}")),
                    layer: None,
                    start: None,
                    end: None,
                });
                // A person is not owned.
                let is_entity = |id: &str| {
                    nodes
                        .iter()
                        .any(|n| n.id == id && n.kind.as_deref() == Some("entity"))
                };
                let edges = edges
                    .into_iter()
                    .filter(|e| is_entity(&e.owned))
                    .zip(1..)
                    .map(|(e, no)| Edge {
                        record: Some(no),
                        ..e
                    })
                    .collect();
                Case {
                    id: "random".into(),
                    title: String::new(),
                    operator: String::new(),
                    preset: preset.into(),
                    params: Default::default(),
                    as_of: "2026-06-01".into(),
                    nodes,
                    edges,
                    joint_arrangements: joint.into_iter().collect(),
                    expect: BTreeMap::new(),
                    expect_reason: String::new(),
                    expect_flags: BTreeMap::new(),
                    expect_rounds: None,
                    expect_look_through_ppm: BTreeMap::new(),
                }
            })
    })
}

/// Every answer, each with a proof that holds.
fn answers(case: &Case) -> BTreeMap<String, Answer> {
    let (graph, rule, listed) = (case.graph(), case.rule(), case.listed());
    let closed = close(&graph, &rule, &listed, shared::day(&case.as_of));
    case.nodes
        .iter()
        .map(|node| {
            let reach = closed.answer(graph.find(&node.id).unwrap());
            let proof = || serde_json::to_string_pretty(&reach.proof).unwrap();
            if let Err(fault) = verify(&reach.proof, &graph, &rule.body, &listed) {
                panic!("{fault}\n{}", proof());
            }
            let oracle = Oracle::new(case, &rule.body);
            // The case calls people by its own ids.
            let plain = serde_json::from_str(&proof().replace("\"person:n", "\"n")).unwrap();
            assert!(verifier::holds(&plain, &oracle), "{}", proof());
            (node.id.clone(), reach.answer)
        })
        .collect()
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 4_000,
        failure_persistence: None,
        max_global_rejects: 100_000,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..config() })]

    #[test]
    fn what_stands_far_above_is_answered_as_the_slow_reference_does(case in arb_larger_case()) {
        let rule = case.rule();
        prop_assert_eq!(answers(&case), Oracle::new(&case, &rule.body).answers());
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn answers_are_those_of_the_slow_reference_and_every_proof_holds(case in arb_case()) {
        let rule = case.rule();
        prop_assert_eq!(answers(&case), Oracle::new(&case, &rule.body).answers());
    }

    #[test]
    fn a_proof_that_lacks_a_part_does_not_hold(case in arb_case()) {
        let (graph, rule, listed) = (case.graph(), case.rule(), case.listed());
        let oracle = Oracle::new(&case, &rule.body);
        let closed = close(&graph, &rule, &listed, shared::day(&case.as_of));
        for node in &case.nodes {
            let mut proof = closed.answer(graph.find(&node.id).unwrap()).proof;
            // Every step is needed by a later one, or is the last.
            let lacks = !proof.steps.is_empty() || !proof.closed.is_empty();
            proof.steps = proof.steps.split_off(1.min(proof.steps.len()));
            proof.closed.clear();
            if lacks {
                let what = serde_json::to_string_pretty(&proof).unwrap();
                let plain = serde_json::from_str(&what.replace("\"person:n", "\"n")).unwrap();
                prop_assert!(verify(&proof, &graph, &rule.body, &listed).is_err(), "{}", what);
                prop_assert!(!verifier::holds(&plain, &oracle), "{}", what);
            }
        }
    }

    #[test]
    fn adding_a_listed_party_frees_nobody(case in arb_case(), at in 0..8usize) {
        let before = answers(&case);
        let mut more = case.clone();
        let count = more.nodes.len();
        more.nodes[at % count].listed = true;
        more.nodes[at % count].perhaps = false;
        for (id, answer) in answers(&more) {
            prop_assert!(answer <= before[&id], "{} was {:?}, is {:?}", id, before[&id], answer);
        }
    }

    #[test]
    fn the_order_of_holdings_is_irrelevant(case in arb_case(), turn in 0..14usize) {
        let mut other = case.clone();
        let count = other.edges.len().max(1);
        other.edges.rotate_left(turn % count);
        other.edges.reverse();
        other.nodes.reverse();
        prop_assert!(case.graph().bytes_for_test() == other.graph().bytes_for_test());
    }

    #[test]
    fn wider_intervals_never_decide_and_narrower_ones_never_turn_an_answer_round(case in arb_case(), at in 0..14usize, down in 0..5i64, up in 0..5i64) {
        let rule = case.rule();
        prop_assume!(!case.edges.is_empty() && Oracle::new(&case, &rule.body).is_consistent());
        let mut wide = case.clone();
        let count = wide.edges.len();
        let edge = &mut wide.edges[at % count];
        edge.lo = (edge.lo - down * 50_000).max(0);
        edge.hi = (edge.hi + up * 50_000).min(1_000_000);
        let (narrow, wide) = (answers(&case), answers(&wide));
        for (id, answer) in narrow {
            match (wide[&id], answer) {
                (Answer::Yes | Answer::No, Answer::CannotTell) => prop_assert!(false, "{}: widening decided", id),
                (Answer::Yes, Answer::No) | (Answer::No, Answer::Yes) => prop_assert!(false, "{}: turned round", id),
                _ => {}
            }
        }
    }
}
