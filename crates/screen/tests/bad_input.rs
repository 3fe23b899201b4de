//! Whatever somebody pastes into the field for a name, an answer comes, and the work
//! grows no faster than the text.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::list;
use scruple_model::Schema;
use scruple_screen::fit::{Work, work};
use scruple_screen::{Index, Options, Query, build, search};

const ALL: Options = Options {
    threshold: 0,
    limit: 5,
};

#[test]
fn odd_texts_are_answered() {
    let index = list::index();
    for name in [
        "",
        " ",
        "a",
        "ل",
        "李",
        "!",
        "…—–",
        "\u{202E}moc.elpmaxe\u{202C}",
        "🚢🚢🚢",
        "🚢 Sea Prajna",
        "Hikvisiоn",
        "海康Hikvision視",
        "\u{0301}\u{0301}",
        "\0\0",
        "-Ltd-",
        "1",
        "١٢٣",
        "Ltd Ltd Ltd",
        "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    ] {
        for found in search(&index, &Query::of(name), &ALL) {
            assert!(found.score <= 10_000, "{name:?}");
        }
    }
}

#[test]
fn one_text_in_two_normal_forms_has_one_answer() {
    let index = list::index();
    let weight = |name: &str| search(&index, &Query::of(name), &ALL)[0].weight;
    assert_eq!(
        weight("M\u{fc}ller Pr\u{e4}zision GmbH"),
        weight("Mu\u{308}ller Pra\u{308}zision GmbH")
    );
}

#[test]
fn marks_of_direction_and_lookalikes_change_nothing() {
    let index = list::index();
    let weight = |name: &str| search(&index, &Query::of(name), &ALL)[0].weight;
    assert_eq!(weight("Sea \u{202E}Prajna\u{202C}"), weight("Sea Prajna"));
    assert_eq!(
        weight("Hikvisi\u{43e}n Hangzhou"),
        weight("Hikvision Hangzhou")
    );
}

fn total(work: Work) -> u64 {
    work.compared + work.walked + work.aligned
}

#[test]
fn the_work_grows_no_faster_than_the_text() {
    let index = list::index();
    for unit in [
        "Hikvison Technolgy ",
        "x",
        "Абдулрахманов",
        "海康威视",
        "ياسر عزيز ",
        "a-b.c/d ",
    ] {
        let mut before = None;
        for length in [125, 250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 20_000] {
            let name: String = unit.chars().cycle().take(length).collect();
            let now = total(work(&index, &Query::of(name))).max(1);
            if let Some(before) = before {
                assert!(
                    now * 10 <= before * 22,
                    "{unit:?} at {length}: {before} to {now}"
                );
            }
            // Where little is done, a single word more is a large part of it.
            before = Some(now.max(200));
        }
    }
}

/// A list in which one name stands a thousand times, and a customer file that holds
/// nothing else.
#[test]
fn a_name_that_everybody_shares_costs_no_more_than_its_bound() {
    let entities = (0..4_000).map(|no| {
        let name = format!(
            "Mohammed Ali{}",
            if no % 4 == 0 {
                String::new()
            } else {
                format!(" Number{no}")
            }
        );
        list::entity(&format!("test:{no}"), Schema::Person, &[("name", &name)])
    });
    let index = Index::open(build(entities)).unwrap();
    let query = Query::of("Mohammed Ali");
    let done = work(&index, &query);
    assert!(done.walked < 40_000, "{done:?}");
    let first = search(&index, &query, &Options::default());
    assert_eq!(first.len(), Options::default().limit);
    for _ in 0..50 {
        assert_eq!(search(&index, &query, &Options::default()), first);
    }
}
