//! One given name in two languages, or as a short form: what is found, and what is not.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use scruple_model::{RecordId, Schema};
use scruple_screen::{Agreement, Index, Match, Options, Query, build, score, search};

use crate::list;

/// An index of people with these names, among others of the same surnames.
fn people(names: &[&str]) -> Index<Vec<u8>> {
    of(Schema::Person, names)
}

fn of(schema: Schema, names: &[&str]) -> Index<Vec<u8>> {
    let entities = names
        .iter()
        .map(|name| list::entity(&format!("test:{name}"), schema, &[("name", name)]));
    Index::open(build(entities)).unwrap()
}

fn person(name: &str) -> Query {
    Query {
        schema: Some(Schema::Person),
        ..Query::of(name)
    }
}

/// The texts that agree as one given name.
fn cognates(found: &Match) -> Vec<(&str, &str)> {
    let pairs = found.explanation.pairs.iter();
    pairs
        .filter(|pair| pair.agreement == Agreement::Cognate)
        .map(|pair| (pair.query.as_str(), pair.listed.as_str()))
        .collect()
}

#[test]
fn a_short_form_and_a_form_in_another_language_are_found_and_said() {
    let index = people(&[
        "William Zbrzeski",
        "Yusuf Karahanoglu-Tepe",
        "Александр Врублевский",
        "Margaret Oyelaran",
        "يوسف قره خانيان",
        "Francisco Etxeberrigaray",
    ]);
    for (asked, id, pair) in [
        ("Bill Zbrzeski", "William Zbrzeski", ("Bill", "William")),
        ("ZBRZESKI, Billy", "William Zbrzeski", ("Billy", "William")),
        (
            "Joseph Karahanoglu Tepe",
            "Yusuf Karahanoglu-Tepe",
            ("Joseph", "Yusuf"),
        ),
        (
            "Sasha Vrublevskiy",
            "Александр Врублевский",
            ("Sasha", "Александр"),
        ),
        (
            "Саша Врублевский",
            "Александр Врублевский",
            ("Саша", "Александр"),
        ),
        ("Peggy Oyelaran", "Margaret Oyelaran", ("Peggy", "Margaret")),
        (
            "Paco Etxeberrigaray",
            "Francisco Etxeberrigaray",
            ("Paco", "Francisco"),
        ),
    ] {
        let id = format!("test:{id}");
        for query in [person(asked), Query::of(asked)] {
            let found = search(&index, &query, &Options::default());
            let found = found
                .first()
                .unwrap_or_else(|| panic!("{asked}: nothing is found"));
            assert_eq!(found.id.as_str(), id, "{asked}");
            assert_eq!(cognates(found), [pair], "{asked}");
        }
    }
}

#[test]
fn a_name_without_vowels_is_one_with_its_form_in_another_language() {
    let index = people(&["Joseph Zbrzeski", "Amr Wroblewicz"]);
    let found = search(&index, &person("يوسف Zbrzeski"), &Options::default());
    assert_eq!(cognates(&found[0]), [("يوسف", "Joseph")]);
    // Amr is not Umar, though a script without vowels writes their consonants alike.
    let found = search(
        &index,
        &person("Umar Wroblewicz"),
        &Options {
            threshold: 0,
            limit: 1,
        },
    );
    assert_eq!(found[0].id.as_str(), "test:Amr Wroblewicz");
    assert!(cognates(&found[0]).is_empty(), "{:#?}", found[0]);
}

/// What a short form costs, and how much worse another given name is.
#[test]
fn one_name_in_two_forms_scores_between_the_same_name_and_another() {
    let index = people(&["William Zbrzeski"]);
    let weight = |name: &str| {
        let no = index.find(&"test:William Zbrzeski".into()).unwrap();
        score(&index, &person(name), no).unwrap().weight
    };
    let (same, short, other) = (
        weight("William Zbrzeski"),
        weight("Bill Zbrzeski"),
        weight("Peter Zbrzeski"),
    );
    assert!(same > short && short > other, "{same} {short} {other}");
}

#[test]
fn a_family_name_is_not_translated() {
    let index = people(&["ABRAHAM, Zbigniew", "Zbigniew Abraham"]);
    for (asked, listed) in [
        ("IBRAHIM, Zbigniew", "ABRAHAM, Zbigniew"),
        ("Zbigniew Ibrahim", "ABRAHAM, Zbigniew"),
        ("Zbigniew IBRAHIM", "Zbigniew Abraham"),
    ] {
        let no = index
            .find(&RecordId::new(format!("test:{listed}")))
            .unwrap();
        let found = score(&index, &person(asked), no).unwrap();
        assert!(cognates(&found).is_empty(), "{asked} {listed}: {found:#?}");
    }
}

#[test]
fn fathers_names_are_left_as_they_are() {
    let index = people(&["Anna Ivanovna Zbrzeska"]);
    let no = index.find(&"test:Anna Ivanovna Zbrzeska".into()).unwrap();
    let found = score(&index, &person("Anna John Zbrzeska"), no).unwrap();
    assert!(cognates(&found).is_empty(), "{found:#?}");
}

#[test]
fn a_firm_or_a_ship_is_called_by_its_name() {
    for schema in [Schema::Company, Schema::Vessel] {
        let index = of(schema, &["William Zbrzeski"]);
        for query in [
            Query::of("Bill Zbrzeski"),
            Query {
                schema: Some(schema),
                ..Query::of("Bill Zbrzeski")
            },
        ] {
            let no = index.find(&"test:William Zbrzeski".into()).unwrap();
            let found = score(&index, &query, no).unwrap();
            assert!(cognates(&found).is_empty(), "{found:#?}");
        }
    }
    // Nor is a firm asked for among people.
    let index = people(&["William Zbrzeski"]);
    let firm = Query {
        schema: Some(Schema::Company),
        ..Query::of("Bill Zbrzeski")
    };
    let no = index.find(&"test:William Zbrzeski".into()).unwrap();
    assert!(cognates(&score(&index, &firm, no).unwrap()).is_empty());
}

/// A given name finds nobody by itself, and what a search gives is what a comparison
/// with each record gives, in whatever order they come.
#[test]
fn a_search_agrees_with_a_comparison_of_each() {
    let names = [
        "William Zbrzeski",
        "Wilhelm Zbrzeski",
        "Willem Zbrzeska",
        "Guillermo Zbrzeski",
        "William Wroblewicz",
        "Peter Zbrzeski",
    ];
    let turned: Vec<&str> = names.iter().rev().copied().collect();
    let all = Options {
        threshold: 0,
        limit: names.len(),
    };
    let query = person("Bill Zbrzeski");
    let one = search(&people(&names), &query, &all);
    assert_eq!(one, search(&people(&turned), &query, &all));
    let index = people(&names);
    for found in one.iter().filter(|found| found.score > 0) {
        let no = index.find(&found.id).unwrap();
        assert_eq!(score(&index, &query, no).unwrap(), *found);
    }
    assert_eq!(one[0].id.as_str(), "test:William Zbrzeski");
    // `William` says nothing against the second form of the same name, and much against
    // another.
    let place = |name: &str| one.iter().position(|m| m.id.as_str() == name).unwrap();
    assert!(place("test:Guillermo Zbrzeski") > place("test:William Zbrzeski"));
    assert_eq!(place("test:William Wroblewicz"), names.len() - 1);
}

#[test]
fn of_many_that_share_a_surname_those_of_one_given_name_come_first() {
    let mut names: Vec<String> = (0..600).map(|no| format!("Anon{no}x Zbrzeski")).collect();
    names.push("William Zbrzeski".to_owned());
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let index = people(&names);
    let candidates = index.candidates(&person("Bill Zbrzeski"), 10);
    let wanted = index.find(&"test:William Zbrzeski".into()).unwrap();
    assert_eq!(candidates.first(), Some(&wanted));
}
