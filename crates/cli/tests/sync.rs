//! Lists of the user's own: what `sync` takes, what it drops, what it says, and
//! what then answers.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;

use crate::common::{self, Place, Ran, example_path, inputs, unfolded};
use crate::snapshot;
use serde_json::Value;

fn sync(place: &Place, file: &Path, more: &[&str]) -> Ran {
    let all = ["sync", "--json", "--from", file.to_str().unwrap()];
    place.run(all.into_iter().chain(more.iter().copied()))
}

fn only(ran: Ran) -> Value {
    let json = ran.code(0).json();
    assert_eq!(json["schema"], "scruple.sync/1");
    assert_eq!(json["refused"], serde_json::json!([]));
    let lists = json["lists"].as_array().unwrap();
    assert_eq!(lists.len(), 1);
    lists[0].clone()
}

fn small() -> String {
    inputs::listed("NK-1", "Tengri Vision Trade LLP")
        + &inputs::listed("x:2/b", "Altai Optics Co., Ltd.")
        + &inputs::personal("P 3", "Somebody Listed")
}

#[test]
fn a_list_is_taken_and_its_records_keep_their_ids() {
    let place = Place::new();
    let file = place.write("My List.jsonl", small());
    let report = only(sync(&place, &file, &[]));
    assert_eq!(report["list"], "user-my-list");
    assert_eq!(report["origin"], "My List.jsonl");
    assert_eq!(report["records"], 5);
    assert_eq!(report["entities"], 3);
    assert_eq!(report["added"], 3);
    assert_eq!(report["unread"], 0);
    assert_eq!(report["unchanged"], false);
    assert_eq!(
        report["hash"],
        scruple_model::hash::sha256(small().as_bytes())
    );

    for (name, id) in [
        ("Tengri Vision Trade", "user-my-list:NK-1"),
        ("Altai Optics", "user-my-list:x:2/b"),
        ("Somebody Listed", "user-my-list:P 3"),
    ] {
        let answer = &place.run(["screen", "--json", name]).code(3).lines()[0];
        assert_eq!(answer["matches"][0]["id"], id, "{name}");
    }
    let answer = &place
        .run(["screen", "--json", "Altai Optics"])
        .code(3)
        .lines()[0];
    let listing = &answer["matches"][0]["listings"][0];
    assert_eq!(listing["list"], "us-bis-el");
    assert_eq!(listing["since"], "2019-10-09");
    assert_eq!(listing["citation"], "84 FR 54004");
    assert_eq!(
        listing["licence_requirement"],
        "All items subject to the EAR"
    );
    assert_eq!(listing["licence_policy"], "Presumption of denial");
}

#[test]
fn what_says_what_a_person_is_is_dropped_and_counted_and_the_record_stays() {
    let place = Place::new();
    let file = place.write("a.jsonl", small());
    let ran = place
        .run(["sync", "--from", file.to_str().unwrap()])
        .code(0);
    assert!(ran.out.contains("ethnicity 1"), "{}", ran.out);
    assert!(ran.out.contains("religion"), "{}", ran.out);
    snapshot!("sync.txt", place.plain(&ran.out));

    let report = only(sync(&place, &file, &["--as", "again"]));
    assert_eq!(report["dropped"]["ethnicity"], 1);
    let ran = place.run(["screen", "--json", "Somebody Listed"]).code(3);
    for word in ["ethnicity", "religion"] {
        assert!(!ran.out.contains(word), "{word}");
    }
    // Nor does it lie in the data directory: each file is unpacked and read.
    for (path, bytes) in place.listing() {
        let Some(bytes) = bytes.filter(|_| path.starts_with(place.data())) else {
            continue;
        };
        let bytes = if bytes.starts_with(b"\x28\xb5\x2f\xfd") {
            zstd::decode_all(&bytes[..]).unwrap()
        } else {
            bytes
        };
        for word in ["ethnicity", "religion"] {
            let found = bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes());
            assert!(!found, "{word} in {}", path.display());
        }
    }
}

#[test]
fn the_starter_pack_is_left_out_as_soon_as_a_list_is_held() {
    let place = Place::new();
    let hikvision = ["screen", "--json", "Hangzhou Hikvision Digital Technology"];
    place.run(hikvision).code(3);
    let file = place.write("a.jsonl", small());
    only(sync(&place, &file, &[]));
    let answer = &place.run(hikvision).code(4).lines()[0];
    let unchecked = answer["unchecked"].to_string();
    assert!(unchecked.contains("the starter pack"), "{unchecked}");
    let looked: Vec<&str> = answer["looked_at"]
        .as_array()
        .unwrap()
        .iter()
        .map(|looked| looked["source"].as_str().unwrap())
        .collect();
    assert_eq!(looked, ["user-a"]);

    let ran = place.run(["check", &example_path("cameras")]).code(3);
    let not = ran.out.split("NOT LOOKED AT").nth(1).unwrap();
    let folded = unfolded(not);
    assert!(folded.contains("the starter pack"), "{folded}");
    let brief = place
        .run(["check", &example_path("cameras"), "--json"])
        .code(3)
        .json();
    let unchecked = brief["unchecked"].to_string();
    assert!(unchecked.contains("the starter pack"), "{unchecked}");
    assert!(!ran.out.contains("starter:"), "{}", ran.out);
}

#[test]
fn a_second_taking_says_what_changed() {
    let place = Place::new();
    let file = place.write("a.jsonl", small());
    only(sync(&place, &file, &[]));
    let again = only(sync(&place, &file, &[]));
    assert_eq!(again["unchanged"], true);
    for what in ["added", "removed", "amended"] {
        assert_eq!(again[what], 0, "{what}");
    }
    // One goes, one comes, one has another name.
    let next = inputs::listed("NK-1", "Tengri Vision Trading LLP")
        + &inputs::personal("P 3", "Somebody Listed")
        + &inputs::listed("N-4", "Newly Listed Works");
    std::fs::write(&file, next).unwrap();
    let third = only(sync(&place, &file, &[]));
    assert_eq!(third["unchanged"], false);
    assert_eq!(
        [&third["added"], &third["removed"], &third["amended"]],
        [1, 1, 1]
    );
    place.run(["screen", "Altai Optics"]).code(4);
    place.run(["screen", "Newly Listed Works"]).code(3);
}

#[test]
fn a_list_can_be_named_dated_and_packed() {
    let place = Place::new();
    let packed = zstd::encode_all(small().as_bytes(), 3).unwrap();
    let file = place.write("список.jsonl.zst", packed);
    let ran = sync(&place, &file, &[]).code(2);
    assert!(ran.err.contains("--as"), "{}", ran.err);
    let report = only(sync(
        &place,
        &file,
        &["--as", "Acme Watch", "--dated", "2026-10-01"],
    ));
    assert_eq!(report["list"], "user-acme-watch");
    assert_eq!(report["published"], "2026-10-01");
    assert_eq!(report["entities"], 3);
    let answer = &place
        .run(["screen", "--json", "Altai Optics"])
        .code(3)
        .lines()[0];
    assert_eq!(answer["looked_at"][0]["date"], "2026-10-01");
    assert_eq!(answer["matches"][0]["id"], "user-acme-watch:x:2/b");
    let doctor = place.run(["doctor", "--json"]).code(0).json();
    assert_eq!(doctor["lists"][0]["list"], "user-acme-watch");
    assert_eq!(doctor["lists"][0]["day"], "2026-10-01");
    assert_eq!(doctor["lists"][0]["age_days"], 52);

    let ran = sync(&place, &file, &["--as", "b", "--dated", "2026-12-01"]).code(2);
    assert!(ran.err.contains("future"), "{}", ran.err);
    let twice = [
        "sync",
        "--as",
        "b",
        "--from",
        "one.jsonl",
        "--from",
        "two.jsonl",
    ];
    place.run(twice).code(2);
}

#[test]
fn a_record_that_cannot_be_read_is_named_with_its_line_and_shown_wherever_the_list_answers() {
    let place = Place::new();
    let text = format!("{}{{\"id\": \"torn\", \"sch\n{{\"id\": 7}}\n", small());
    let file = place.write("a.jsonl", text);
    let report = only(sync(&place, &file, &[]));
    assert_eq!(report["unread"], 2);
    assert_eq!(report["entities"], 3, "the rest is taken");
    let first = report["unread_first"].to_string();
    assert!(
        first.contains("line 6") && first.contains("line 7"),
        "{first}"
    );

    let ran = place.run(["screen", "Nobody At All Ever"]).code(4);
    assert!(
        unfolded(&ran.out).contains("2 records of user-a"),
        "{}",
        ran.out
    );
    let answer = &place
        .run(["screen", "--json", "Nobody At All Ever"])
        .code(4)
        .lines()[0];
    assert!(
        answer["unchecked"]
            .to_string()
            .contains("2 records of user-a")
    );
    let brief = place
        .run(["check", "--json", &example_path("firewall")])
        .code(4)
        .json();
    assert!(
        brief["unchecked"]
            .to_string()
            .contains("2 records of user-a")
    );
    let ran = place.run(["doctor"]).code(0);
    assert!(
        ran.out.contains("user-a: 2 records and 0 fields unread"),
        "{}",
        ran.out
    );
}

#[test]
fn several_files_are_several_lists_and_a_bad_one_keeps_no_good_one_out() {
    let place = Place::new();
    let one = place.write("one.jsonl", inputs::listed("1", "Tengri Vision Trade LLP"));
    let two = place.write("two.jsonl", "<!doctype html><html>sign in</html>");
    let three = place.write("three.jsonl", inputs::listed("1", "Altai Optics Co., Ltd."));
    let mut arguments = vec!["sync"];
    for file in [&one, &two, &three] {
        arguments.extend(["--from", file.to_str().unwrap()]);
    }
    let ran = place.run(arguments).code(2);
    assert!(
        ran.err.contains("two.jsonl") && ran.err.contains("a web page"),
        "{}",
        ran.err
    );
    place.run(["screen", "Tengri Vision Trade"]).code(3);
    let answer = &place
        .run(["screen", "--json", "Altai Optics"])
        .code(3)
        .lines()[0];
    assert_eq!(answer["matches"][0]["id"], "user-three:1");
    assert_eq!(answer["looked_at"].as_array().unwrap().len(), 2);
}

#[test]
fn a_set_without_its_aliases_answers_and_says_what_it_does_not_have() {
    let place = Place::new();
    let sdn = common::root().join("crates/lists/tests/us/sdn.csv");
    let sdn = place.write("sdn.csv", std::fs::read(sdn).unwrap());
    let sdn = sdn.to_str().unwrap();
    place
        .run(["sync", "--dated", "2026-01-02", "--from", sdn])
        .code(0);

    let lists = place.run(["lists", "--json"]).code(0).json();
    let not_whole = lists[0]["not_whole"].to_string();
    assert!(not_whole.contains("no \\\"alt\\\" file"), "{not_whole}");
    assert!(not_whole.contains("an excerpt"), "{not_whole}");
    let shown = place.run(["lists"]).code(0).out;
    assert!(
        shown.contains("us-ofac-sdn: not whole: the set has no \"alt\" file"),
        "{shown}"
    );

    let answer = &place
        .run(["screen", "--json", "Demo Orbital Optics"])
        .code(3)
        .lines()[0];
    let unchecked = answer["unchecked"].to_string();
    assert!(
        unchecked.contains("part of us-ofac-sdn (aliases are not screened,"),
        "{unchecked}"
    );
    assert!(
        unchecked.contains("aliases are not screened"),
        "{unchecked}"
    );
    assert!(
        unchecked.contains("a whole one has at least"),
        "{unchecked}"
    );
}

#[test]
fn a_list_that_nobody_knows_may_not_shrink() {
    let place = Place::new();
    let file = place.write("a.jsonl", small());
    let ran = sync(&place, &file, &["--accept-shrink", "nosuch"]).code(2);
    assert!(ran.err.contains("nosuch"), "{}", ran.err);
    assert_eq!(place.run(["lists", "--json"]).json(), serde_json::json!([]));
    sync(&place, &file, &["--accept-shrink", "us-bis-el"]).code(0);
    sync(&place, &file, &["--accept-shrink", "us_bis_entity"]).code(0);
    sync(&place, &file, &["--accept-shrink", "user-a"]).code(0);
}

#[test]
fn explain_says_which_lists_and_files_are_read() {
    let place = Place::new();
    let ran = place.run(["explain", "lists"]).code(0);
    for name in ["us-ofac-sdn", "seco-xml", "FollowTheMoney JSON lines"] {
        assert!(ran.out.contains(name), "{}", ran.out);
    }
    let names = place.run(["explain"]).code(0).out;
    assert!(names.lines().any(|name| name == "lists"), "{names}");
}

#[test]
fn who_stands_twice_in_a_file_is_named() {
    let place = Place::new();
    let line = inputs::listed("a57c", "Tengri Vision Trade LLP");
    let file = place.write("a.jsonl", line.clone() + &line);
    let ran = place
        .run(["sync", "--from", file.to_str().unwrap()])
        .code(0);
    let says = "repeated: Tengri Vision Trade LLP (a57c) stands in line 1 and again in line 3";
    assert!(ran.out.contains(says), "{}", ran.out);
}
