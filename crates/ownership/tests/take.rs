//! Holdings files put together from those of single sources.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared;
use proptest::prelude::*;
use scruple_model::Answer;
use scruple_ownership::{
    Behalf, Builder, Graph, Holding, Joint, Kind, Layer, Listed, Marks, Record, Remainder, Share,
    close,
};

fn built(builder: Builder) -> Graph<Vec<u8>> {
    Graph::open(builder.finish().unwrap().bytes).unwrap()
}

fn together(parts: &[&Graph<Vec<u8>>]) -> Graph<Vec<u8>> {
    let mut builder = Builder::new();
    for part in parts {
        builder.take(part);
    }
    built(builder)
}

/// One fact as a source may state it.
#[derive(Clone, Debug)]
enum Fact {
    Hold(u8, u8, u32, u32, u8, bool, u8),
    Nominee(u8, u8, u8),
    Person(u8),
    Entity(u8),
    Country(u8, bool),
    Remainder(u8, u8),
    Same(u8, u8),
    Joint(u8, u8, u8),
}

fn id(no: u8) -> String {
    match no % 5 {
        0 => format!("reg:gb:{no:08}"),
        1 => format!("anon:{no}"),
        2 => format!("person:x:{no}"),
        _ => format!("own:{no}"),
    }
}

fn say(builder: &mut Builder, source: &str, facts: &[Fact]) {
    let no = builder.source(shared::source(source));
    for (at, fact) in facts.iter().enumerate() {
        match fact {
            Fact::Hold(owner, owned, a, b, layer, marked, record) => {
                let (owner, owned) = (id(*owner), id(*owned));
                let record_id = format!("r{record}");
                let share = Share {
                    lo: *a.min(b),
                    hi: *a.max(b),
                };
                let holding = Holding {
                    layer: Layer::ALL[usize::from(*layer % 5)],
                    indirect: layer % 2 == 1,
                    record: Record {
                        number: at as u32,
                        id: (record % 3 == 0).then_some(&record_id),
                    },
                    tranche: (record % 4 == 0).then_some("a"),
                    marks: if *marked {
                        Marks::JOINT_FIGURE
                    } else {
                        Marks::NONE
                    },
                    ..Holding::new(&owner, &owned, share)
                };
                builder.hold(no, &holding);
            }
            Fact::Nominee(holder, principal, owned) => {
                let (holder, principal, owned) = (id(*holder), id(*principal), id(*owned));
                let share = Share::exact(300_000);
                let holding = Holding {
                    behalf: Behalf::Of(&principal),
                    ..Holding::new(&holder, &owned, share)
                };
                builder.hold(no, &holding);
            }
            Fact::Person(who) => builder.kind(&id(*who), Kind::Person),
            Fact::Entity(who) => builder.kind(&id(*who), Kind::Entity),
            Fact::Country(who, us) => builder.country(&id(*who), if *us { "us" } else { "de" }),
            Fact::Remainder(who, which) => builder.remainder(
                &id(*who),
                [
                    Remainder::Unknown,
                    Remainder::None,
                    Remainder::Clear,
                    Remainder::MaxEach(u32::from(*who) * 1_000),
                ][usize::from(which % 4)],
            ),
            Fact::Same(a, b) => builder.same(&id(*a), &id(*b)),
            Fact::Joint(a, b, about) => builder.joint(Joint {
                id: format!("j{a}-{b}"),
                members: vec![id(*a), id(*b)],
                entity: Some(id(*about)),
                layer: None,
                from: None,
                until: None,
            }),
        }
    }
}

fn fact() -> impl Strategy<Value = Fact> {
    let who = || 0u8..20;
    prop_oneof![
        6 => (who(), who(), 0u32..=1_000_000, 0u32..=1_000_000, 0u8..10, any::<bool>(), any::<u8>())
            .prop_map(|(a, b, lo, hi, l, m, r)| Fact::Hold(a, b, lo, hi, l, m, r)),
        1 => (who(), who(), who()).prop_map(|(a, b, c)| Fact::Nominee(a, b, c)),
        1 => who().prop_map(Fact::Person),
        1 => who().prop_map(Fact::Entity),
        1 => (who(), any::<bool>()).prop_map(|(a, b)| Fact::Country(a, b)),
        1 => (who(), any::<u8>()).prop_map(|(a, b)| Fact::Remainder(a, b)),
        1 => (who(), who()).prop_map(|(a, b)| Fact::Same(a, b)),
        1 => (who(), who(), who()).prop_map(|(a, b, c)| Fact::Joint(a, b, c)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// A file taken into an empty builder is that file.
    #[test]
    fn one_source_taken_is_the_same_bytes(facts in prop::collection::vec(fact(), 0..40)) {
        let mut builder = Builder::new();
        say(&mut builder, "a", &facts);
        let one = built(builder);
        prop_assert!(one.bytes_for_test() == together(&[&one]).bytes_for_test());
    }

    /// Sources put together in any order are the same bytes.
    #[test]
    fn the_order_of_sources_is_irrelevant(
        a in prop::collection::vec(fact(), 0..25),
        b in prop::collection::vec(fact(), 0..25),
        c in prop::collection::vec(fact(), 0..25),
    ) {
        let of = |source: &str, facts: &[Fact]| {
            let mut builder = Builder::new();
            say(&mut builder, source, facts);
            built(builder)
        };
        let (a, b, c) = (of("a", &a), of("b", &b), of("c", &c));
        let one = together(&[&a, &b, &c]);
        prop_assert!(one.bytes_for_test() == together(&[&c, &a, &b]).bytes_for_test());
    }
}

#[test]
fn a_newer_edition_takes_back_that_a_list_of_holders_was_complete() {
    let edition = |complete: bool| {
        let mut builder = Builder::new();
        let no = builder.source(shared::source("user-own"));
        let share = Share::exact(400_000);
        builder.hold(no, &Holding::new("id:p", "id:a", share));
        builder.kind("id:p", Kind::Person);
        builder.remainder(
            "id:a",
            if complete {
                Remainder::Clear
            } else {
                Remainder::Unknown
            },
        );
        built(builder)
    };
    let other = {
        let mut builder = Builder::new();
        let no = builder.source(shared::source("register"));
        let share = Share::exact(100_000);
        builder.hold(no, &Holding::new("id:x", "id:b", share));
        built(builder)
    };
    let rule = shared::rule("us.ofac.50");
    let listed = [Listed {
        id: "id:x".into(),
        list: "us-ofac-sdn".into(),
        programmes: vec![],
        from: None,
        until: None,
        doubt: None,
    }];
    let answer = |graph: &Graph<Vec<u8>>| {
        close(graph, &rule, &listed, shared::day("2026-06-01"))
            .answer(graph.find("id:a").unwrap())
            .answer
    };
    assert_eq!(answer(&together(&[&other, &edition(true)])), Answer::No);
    assert_eq!(
        answer(&together(&[&other, &edition(false)])),
        Answer::CannotTell
    );
}

#[test]
fn what_one_source_calls_an_entity_is_no_person_because_another_says_so() {
    let of = |source: &str, kind: Kind| {
        let mut builder = Builder::new();
        let no = builder.source(shared::source(source));
        builder.kind("id:a", kind);
        let share = Share::exact(100_000);
        builder.hold(no, &Holding::new("id:a", "id:b", share));
        built(builder)
    };
    let graph = together(&[&of("a", Kind::Entity), &of("b", Kind::Person)]);
    assert_eq!(graph.kind(graph.find("id:a").unwrap()), Kind::Entity);
}

#[test]
fn an_id_that_two_entities_claimed_in_one_source_joins_neither_with_another() {
    let (x, y) = ("lei:001GPB6A9XPE8XJICC14", "lei:5493001KJTIIGC8Y1R12");
    let mut builder = Builder::new();
    let no = builder.source(shared::source("a"));
    let share = Share::exact(100_000);
    builder.hold(no, &Holding::new(x, "id:b", share));
    builder.same(x, "reg:gb:00000001");
    builder.same(y, "reg:gb:00000001");
    let torn = built(builder);
    let mut builder = Builder::new();
    builder.source(shared::source("b"));
    builder.same(x, "reg:gb:00000001");
    let sure = built(builder);
    let graph = together(&[&torn, &sure]);
    assert_ne!(graph.find(x), graph.find("reg:gb:00000001"));
}

#[test]
fn what_was_taken_back_leaves_nothing_behind() {
    let mut builder = Builder::new();
    let source = builder.source(shared::source("register"));
    let mut holding = Holding::new("id:x", "id:a", Share::exact(500_000));
    holding.record = Record {
        number: 1,
        id: Some("statement 1"),
    };
    builder.hold(source, &holding);
    builder.withdraw(source, "statement 1", 2);
    builder.withdraw(source, "statement 0", 2);
    let bytes = builder.finish().unwrap().bytes;
    assert!(!bytes.windows(9).any(|part| part == b"statement"));
    let mut again = Builder::new();
    again.take(&Graph::open(bytes.clone()).unwrap());
    assert_eq!(again.finish().unwrap().bytes, bytes);
}
