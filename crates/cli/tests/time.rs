//! Time: which lists are held, what changed in them, what answered on a past day,
//! and how the past leaves.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{self, Place, Ran, TODAY, example_path, inputs, unfolded};
use crate::snapshot;
use serde_json::{Value, json};

/// A person, as a FollowTheMoney line.
fn person(id: &str, name: &str) -> String {
    let party = json!({
        "id": id, "schema": "Person", "caption": name, "datasets": ["us-ofac-sdn"],
        "properties": { "name": [name] },
    });
    format!("{party}\n")
}

/// Takes a text in as the list `user-watch`, on a day, with the day it is of.
fn take(place: &Place, name: &str, text: String, dated: Option<&str>, today: &str) -> Ran {
    let file = place.write(name, text);
    let mut arguments = vec![
        "sync",
        "--json",
        "--as",
        "watch",
        "--from",
        file.to_str().unwrap(),
    ];
    if let Some(day) = dated {
        arguments.extend(["--dated", day]);
    }
    on(place, today, &arguments)
}

/// Runs on another day than that of the tests.
fn on(place: &Place, today: &str, arguments: &[&str]) -> Ran {
    Ran::of(
        std::process::Command::new(env!("CARGO_BIN_EXE_scruple"))
            .current_dir(common::root())
            .env_clear()
            .env("XDG_DATA_HOME", place.path().join("home"))
            .args(["--today", today])
            .args(arguments)
            .output()
            .unwrap(),
    )
}

fn first_copy() -> String {
    inputs::listed("1", "Tengri Vision Trade LLP")
        + &inputs::listed("2", "Altai Optics Co., Ltd.")
        + &person("3", "Somebody Taken Off")
}

fn second_copy() -> String {
    let amended = inputs::listed("2", "Altai Optics Co., Ltd.").replace("2019-10-09", "2019-10-10");
    inputs::listed("1", "Tengri Vision Trading LLP") + &amended + &inputs::listed("4", "=New Works")
}

/// Two copies: of 2024, taken in on 2024-05-03, and of this week.
fn two_copies() -> Place {
    let place = Place::new();
    take(
        &place,
        "old.jsonl",
        first_copy(),
        Some("2024-05-01"),
        "2024-05-03",
    )
    .code(0);
    take(
        &place,
        "new.jsonl",
        second_copy(),
        Some("2026-11-20"),
        "2026-11-22",
    )
    .code(0);
    place
}

/// Whether a name is found, asked in one way.
fn found(place: &Place, name: &str, more: &[&str]) -> bool {
    let arguments = ["screen", "--json", name];
    let ran = place.run(arguments.iter().chain(more));
    let answer = ran.lines().remove(0);
    let matches = answer["matches"].as_array().unwrap();
    assert_eq!(ran.code, Some(if matches.is_empty() { 4 } else { 3 }));
    !matches.is_empty()
}

#[test]
fn lists_says_what_is_held_from_when_and_how_old() {
    let place = Place::new();
    let ran = place.run(["lists"]).code(0);
    assert!(ran.out.contains("No list is held"), "{}", ran.out);
    assert_eq!(place.run(["lists", "--json"]).code(0).json(), json!([]));

    let place = two_copies();
    let torn = inputs::listed("1", "Another Works") + "{\"id\": \"torn\n";
    let file = place.write("b.jsonl", torn);
    place
        .run(["sync", "--from", file.to_str().unwrap()])
        .code(0);
    let ran = place.run(["lists"]).code(0);
    snapshot!("lists.txt", short_hashes(&place.plain(&ran.out)));

    let ran = place.run(["lists", "--json"]).code(0);
    let all = ran.json();
    let ids: Vec<&Value> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|list| &list["id"])
        .collect();
    assert_eq!(ids, ["user-b", "user-watch"]);
    assert_eq!(all[0]["published"], Value::Null);
    assert_eq!(all[0]["age_days"], 0);
    assert_eq!(all[0]["unread"], 1);
    assert_eq!(all[1]["published"], "2026-11-20");
    assert_eq!(all[1]["records"], 6);
    assert_eq!(all[1]["entities"], 3);
    assert_eq!(all[1]["age_days"], 2);
    assert_eq!(all[1]["cadence_days"], Value::Null);
    assert_eq!(all[1]["proven"], true);
    assert_eq!(
        all[1]["hash"],
        scruple_model::hash::sha256(second_copy().as_bytes())
    );
    // The promised keys come first, in this order.
    let keys = [
        "id",
        "published",
        "records",
        "entities",
        "unread",
        "hash",
        "proven",
        "age_days",
        "cadence_days",
    ];
    let mut at = 0;
    for key in keys {
        let next = ran.out[at..].find(&format!("\"{key}\"")).unwrap();
        assert!(!ran.out[at..at + next].contains("\"layout\""), "{key}");
        at += next;
    }
}

#[test]
fn doctor_tells_of_a_list_what_lists_tells() {
    let place = Place::new();
    let sdn = common::root().join("crates/lists/tests/us/sdn.csv");
    let sdn = place.write("sdn.csv", std::fs::read(sdn).unwrap());
    let own = place.write("own.jsonl", first_copy());
    let files = ["sync", "--from", own.to_str().unwrap()];
    place.run(files).code(0);
    let files = [
        "sync",
        "--dated",
        "2026-01-02",
        "--from",
        sdn.to_str().unwrap(),
    ];
    place.run(files).code(0);

    let lists = place.run(["lists"]).code(0).out;
    assert!(lists.contains("not stated"), "{lists}");
    assert!(lists.contains("older than its cadence"), "{lists}");
    let doctor = place.run(["doctor"]).code(0).out;
    assert!(doctor.contains(&lists), "{doctor}");
    let doctor = place.run(["doctor", "--json"]).code(0).json();
    let own = &doctor["lists"][1];
    assert_eq!(own["list"], "user-own");
    assert_eq!(own["published"], Value::Null);
    let sdn = &doctor["lists"][0];
    assert_eq!(sdn["published"], "2026-01-02");
    assert!(sdn["not_whole"].to_string().contains("an excerpt"), "{sdn}");
    assert!(sdn["notes"].to_string().contains("cadence"), "{sdn}");
}

#[test]
fn a_copy_of_a_day_to_come_has_no_age() {
    let place = two_copies();
    let early = on(&place, "2020-01-01", &["lists"]).code(0).out;
    assert!(early.contains("  0 d  "), "{early}");
    assert!(
        early.contains("user-watch: of a day that has not come yet, 2515 days from today"),
        "{early}"
    );
}

#[test]
fn unread_records_are_shown_with_line_effect_and_next_step() {
    let place = Place::new();
    let torn = inputs::listed("1", "Another Works") + "{\"id\": \"torn\n";
    let file = place.write("b.jsonl", torn);
    place
        .run(["sync", "--from", file.to_str().unwrap()])
        .code(0);
    let ran = place.run(["lists", "unread", "b"]).code(0);
    for part in [
        "1 record and 0 fields",
        "line 3, column",
        "effect",
        "nothing of the record is looked at",
        "next",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let json = place
        .run(["lists", "unread", "user-b", "--json"])
        .code(0)
        .json();
    assert_eq!(json["rows"][0]["line"], 3);
    assert_eq!(json["rows"][0]["effect"], "record-unread");
    assert_eq!(json["unread"], 1);
}

#[test]
fn diff_tells_what_came_went_was_renamed_and_amended() {
    let place = two_copies();
    let ran = place.run(["lists", "diff", "watch"]).code(0);
    snapshot!("lists-diff.txt", short_hashes(&ran.out));
    let hash = scruple_model::hash::sha256(first_copy().as_bytes());
    let by_hash = place
        .run(["lists", "diff", "user-watch", &hash[..8], "2026-11-22"])
        .code(0);
    assert_eq!(by_hash.out, ran.out);

    let json = place
        .run(["lists", "diff", "watch", "--json"])
        .code(0)
        .json();
    assert_eq!(json["schema"], "scruple.diff/1");
    for (kind, count) in [("added", 1), ("removed", 1), ("renamed", 1), ("amended", 1)] {
        assert_eq!(json[kind], count, "{kind}");
    }
    let amended = &json["changes"][1];
    assert_eq!(amended["id"], "user-watch:2");
    assert_eq!(
        amended["fields"],
        json!([{ "field": "us-bis-el.since", "old": ["2019-10-09"], "new": ["2019-10-10"] }])
    );
    let csv = place.run(["lists", "diff", "watch", "--csv"]).code(0).out;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 5, "{csv}");
    assert!(csv.contains("'=New Works"), "no formula: {csv}");

    // Backwards it says so; against itself there is nothing.
    let back = place
        .run(["lists", "diff", "watch", "2026-11-22", "2024-05-01"])
        .code(0);
    assert!(
        unfolded(&back.out).contains("reads backwards"),
        "{}",
        back.out
    );
    let same = place
        .run(["lists", "diff", "watch", "2026-11-22", "2026-11-22"])
        .code(0);
    assert!(same.out.contains("0 added · 0 removed"), "{}", same.out);
}

#[test]
fn a_diff_that_cannot_be_made_says_what_is_held() {
    let place = two_copies();
    for (arguments, said) in [
        (["wach", "2024-05-01"], "did you mean user-watch"),
        (["watch", "2023-01-01"], "held are 2024-05-01"),
        (["watch", "soon"], "no day and no hash"),
        (["watch", "00000000"], "no copy has a hash"),
    ] {
        let ran = place
            .run(["lists", "diff"].iter().chain(&arguments))
            .code(2);
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    let place = Place::new();
    let ran = place.run(["lists", "diff", "watch"]).code(2);
    assert!(ran.err.contains("no list is held"), "{}", ran.err);
    take(&place, "a.jsonl", first_copy(), None, "2026-11-22").code(0);
    let ran = place.run(["lists", "diff", "watch"]).code(2);
    assert!(ran.err.contains("only one copy"), "{}", ran.err);
}

#[test]
fn a_past_day_is_answered_from_the_copy_of_that_day() {
    let place = two_copies();
    assert!(!found(&place, "Somebody Taken Off", &[]));
    assert!(found(
        &place,
        "Somebody Taken Off",
        &["--as-of", "2024-06-01"]
    ));
    assert!(found(&place, "New Works", &[]));
    assert!(!found(&place, "New Works", &["--as-of", "2024-06-01"]));
    // What was known then is another question than what was so then.
    assert!(!found(&place, "New Works", &["--known-at", "2026-11-21"]));
    assert!(found(
        &place,
        "Somebody Taken Off",
        &["--known-at", "2024-05-03"]
    ));
    let ran = place
        .run(["screen", "x", "--known-at", "2024-05-02"])
        .code(2);
    assert!(
        ran.err.contains("no list had been taken in by 2024-05-02"),
        "{}",
        ran.err
    );
    // The index of the past is kept, and the current one still answers.
    let past = place.data().join("indexes/past");
    assert_eq!(std::fs::read_dir(past).unwrap().count(), 1);
    assert!(found(&place, "New Works", &[]));
    place.run(["doctor"]).code(0);
}

#[test]
fn who_was_not_listed_yet_is_not_found_as_of_the_day_that_was_asked() {
    let place = two_copies();
    // Listed on 2019-10-09, on copies of 2024 and 2026.
    let asked = ["screen", "Altai Optics", "--as-of", "2018-01-01"];
    let says = "not found on 1 list, as of 2024-05-01, asked as of 2018-01-01";
    let ran = place.run(asked).code(4);
    assert!(unfolded(&ran.out).contains(says), "{}", ran.out);
    let ran = place.run(asked.iter().chain(&["--csv"])).code(4);
    assert!(ran.out.contains(says), "{}", ran.out);
    let page = place.file("proof.html");
    let report = ["--report", page.to_str().unwrap()];
    place.run(asked.iter().chain(&report)).code(4);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains(says), "{page}");
    let ran = place.run(["screen", "Nobody At All"]).code(4);
    assert!(!ran.out.contains("asked as of"), "{}", ran.out);
}

#[test]
fn an_older_file_taken_in_later_does_not_answer_today() {
    let place = Place::new();
    take(
        &place,
        "new.jsonl",
        second_copy(),
        Some("2026-11-20"),
        "2026-11-21",
    )
    .code(0);
    take(
        &place,
        "old.jsonl",
        first_copy(),
        Some("2024-05-01"),
        "2026-11-22",
    )
    .code(0);
    assert!(found(&place, "New Works", &[]));
    assert!(!found(&place, "Somebody Taken Off", &[]));
    assert!(found(
        &place,
        "Somebody Taken Off",
        &["--as-of", "2025-01-01"]
    ));
    // But on the 21st nobody here knew of the older file.
    let known = ["--as-of", "2025-01-01", "--known-at", "2026-11-21"];
    assert!(!found(&place, "Somebody Taken Off", &known));
    assert_eq!(
        place.run(["lists", "--json"]).json()[0]["published"],
        "2026-11-20"
    );
}

#[test]
fn a_brief_for_a_past_day_says_what_cannot_be_seen() {
    let place = two_copies();
    let check = |more: &[&str]| {
        let deal = example_path("firewall");
        let arguments = ["check", &deal];
        place.run(arguments.iter().chain(more))
    };
    let ran = check(&["--as-of", "2020-01-01"]).code(4);
    let text = unfolded(&ran.out);
    for part in [
        "no copy that old is held of user-watch (2024-05-01)",
        "parties taken off before then cannot be seen",
        "user-watch as it stood on 2020-01-01",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let ran = check(&["--as-of", "2024-06-01"]);
    assert!(!ran.out.contains("no copy that old"), "{}", ran.out);
    let brief = check(&[
        "--as-of",
        "2024-06-01",
        "--known-at",
        "2024-05-03",
        "--json",
    ])
    .json();
    assert_eq!(brief["vintage"]["days"]["user-watch"], "2024-05-01");
    let caveats = brief["caveats"].to_string();
    assert!(
        caveats.contains("lists taken in after 2024-05-03"),
        "{caveats}"
    );
}

#[test]
fn a_vintage_is_asked_again_by_its_hash_or_by_the_brief() {
    let place = Place::new();
    let deal = example_path("firewall");
    take(
        &place,
        "old.jsonl",
        first_copy(),
        Some("2026-11-01"),
        "2026-11-02",
    )
    .code(0);
    let then = place.run(["check", &deal, "--json"]);
    let vintage = then.json()["vintage"]["hash"].as_str().unwrap().to_owned();
    let kept = place.write("brief.json", &then.out);
    take(
        &place,
        "new.jsonl",
        second_copy(),
        Some("2026-11-20"),
        "2026-11-22",
    )
    .code(0);
    let now = place.run(["check", &deal, "--json"]);
    assert_ne!(now.json()["vintage"]["hash"], vintage.as_str());

    for asked in [&vintage[..12], &vintage, kept.to_str().unwrap()] {
        let again = place.run(["check", &deal, "--json", "--vintage", asked]);
        assert_eq!(again.out, then.out, "{asked}: the same bytes");
        assert_eq!(again.code, then.code);
    }
    for (asked, said) in [
        ("0123456", "no hash and no file"),
        ("00000000", "no state of this data directory"),
        ("nothing.json", "no hash and no file"),
    ] {
        let ran = place.run(["check", &deal, "--vintage", asked]).code(2);
        assert!(ran.err.contains(said), "{asked}: {}", ran.err);
    }
    let both = ["--vintage", &vintage[..12], "--known-at", "2026-11-22"];
    place
        .run(["check", &deal].iter().copied().chain(both))
        .code(2);
}

#[test]
fn other_packs_than_the_vintage_had_are_named() {
    let place = Place::new();
    let deal = example_path("firewall");
    take(
        &place,
        "old.jsonl",
        first_copy(),
        Some("2026-11-01"),
        "2026-11-02",
    )
    .code(0);
    let then = place.run(["check", &deal, "--json"]);
    let vintage = then.json()["vintage"]["hash"].as_str().unwrap().to_owned();
    let text = std::fs::read_to_string(common::root().join("packs/groups.toml")).unwrap();
    place.write(
        "packs/groups.toml",
        format!("{text}\n# a word of our own\n"),
    );
    let packs = place.file("packs");
    let ran = place.run([
        "check",
        &deal,
        "--json",
        "--packs",
        packs.to_str().unwrap(),
        "--vintage",
        &vintage[..16],
    ]);
    let brief = ran.json();
    assert_ne!(brief["vintage"]["hash"], vintage.as_str());
    assert_eq!(brief["vintage"]["lists"], then.json()["vintage"]["lists"]);
    let caveats = brief["caveats"].to_string();
    assert!(
        caveats.contains("other rule packs now: groups"),
        "{caveats}"
    );
}

#[test]
fn a_vintage_of_the_starter_pack_is_asked_again_after_lists_were_taken_in() {
    let place = Place::new();
    let deal = example_path("cameras");
    let then = place.run(["check", &deal, "--json"]);
    let vintage = then.json()["vintage"]["hash"].as_str().unwrap().to_owned();
    take(&place, "a.jsonl", first_copy(), None, "2026-11-22").code(0);
    let again = place.run(["check", &deal, "--json", "--vintage", &vintage[..8]]);
    assert_eq!(again.out, then.out);
}

/// `lists prune --delete` on the day of the tests, on a machine whose clock says
/// another.
fn delete(place: &Place, clock: &str, more: &[&str]) -> anyhow::Result<String> {
    use clap::Parser as _;
    let arguments = ["scruple", "lists", "prune", "--delete"];
    let edge = scruple::Edge {
        today: TODAY.parse()?,
        clock: clock.parse()?,
        now: 0,
        data: Some(place.data()),
        packs: None,
        width: 100,
        colour: false,
        progress: false,
        proxy: None,
    };
    let mut out = Vec::new();
    let command = scruple::args::Cli::try_parse_from(arguments.iter().chain(more))?.command;
    scruple::run(command, &edge, &mut out)?;
    Ok(String::from_utf8(out)?)
}

#[test]
fn nothing_is_deleted_because_of_a_day_to_come() {
    let place = two_copies();
    let before = place.listing();
    let refused = delete(&place, "2026-11-21", &[]).unwrap_err();
    assert_eq!(scruple::failure::exit_code(&refused), 2);
    let text = refused.to_string();
    assert!(text.contains("it is 2026-11-21"), "{text}");
    assert_eq!(place.listing(), before);
}

#[test]
fn a_period_that_runs_from_the_end_of_the_year_is_said_so() {
    let place = two_copies();
    let prune = ["lists", "prune", "--bound-by", "gb.export-control"];
    let ran = place.run(prune).code(0);
    let says = "kept 4 years from the end of the calendar year";
    assert!(ran.out.contains(says), "{}", ran.out);
    let ran = place.run(["explain", "keep.gb.export-control"]).code(0);
    assert!(unfolded(&ran.out).contains(&says[5..]), "{}", ran.out);
}

#[test]
fn prune_shows_then_deletes_and_never_what_answers() {
    let place = Place::new();
    take(
        &place,
        "1.jsonl",
        first_copy(),
        Some("2010-01-01"),
        "2010-01-02",
    )
    .code(0);
    take(
        &place,
        "2.jsonl",
        second_copy(),
        Some("2012-01-01"),
        "2012-01-02",
    )
    .code(0);
    let third = second_copy() + &inputs::listed("5", "Third Works");
    take(&place, "3.jsonl", third, Some("2026-11-20"), "2026-11-22").code(0);
    let then = place.run([
        "check",
        &example_path("firewall"),
        "--json",
        "--known-at",
        "2011-01-01",
    ]);
    let kept = place.write("brief.json", &then.out);

    let before = place.listing();
    let ran = place.run(["lists", "prune"]).code(0);
    snapshot!("lists-prune.txt", short_hashes(&ran.out));
    assert_eq!(place.listing(), before, "showing deletes nothing");
    let ran = place
        .run(["lists", "prune", "--bound-by", "us.moon"])
        .code(2);
    assert!(ran.err.contains("us.ofac"), "{}", ran.err);

    let json: Value = serde_json::from_str(&delete(&place, TODAY, &["--json"]).unwrap()).unwrap();
    assert_eq!(json["deleted"], true);
    assert_eq!(json["years"], 10);
    assert_eq!(json["copies"].as_array().unwrap().len(), 1);
    assert_eq!(json["copies"][0]["day"], "2010-01-01");
    assert_eq!(place.run(["lists", "--json"]).json()[0]["copies"], 2);
    assert!(found(&place, "Third Works", &[]));
    let ran = place.run(["lists", "prune"]).code(0);
    assert!(
        ran.out.contains("Nothing has been kept longer"),
        "{}",
        ran.out
    );
    place.run(["doctor"]).code(0);

    // A brief that rests on it learns when and why it went.
    let ran = place
        .run([
            "check",
            &example_path("firewall"),
            "--vintage",
            kept.to_str().unwrap(),
        ])
        .code(2);
    assert!(
        ran.err.contains("left this data directory on 2026-11-22")
            && ran.err.contains("keep.us.ofac"),
        "{}",
        ran.err
    );
}

#[test]
fn somebody_taken_off_long_ago_leaves_an_old_file_that_stays() {
    let place = Place::new();
    take(
        &place,
        "2.jsonl",
        second_copy(),
        Some("2012-01-01"),
        "2026-11-20",
    )
    .code(0);
    take(
        &place,
        "1.jsonl",
        first_copy().replace("2019-10-09", "2009-10-09"),
        Some("2010-01-01"),
        "2026-11-21",
    )
    .code(0);
    let name = "Somebody Taken Off";
    let asked = ["--as-of", "2011-01-01"];
    assert!(found(&place, name, &asked));
    let out = delete(&place, TODAY, &[]).unwrap();
    assert!(out.contains("1 person delisted long ago"), "{out}");
    assert!(!out.contains(name), "counts only: {out}");
    assert!(!found(&place, name, &asked));
    assert!(found(&place, "Tengri Vision Trade LLP", &asked));
    let ran = place.run(["screen", name, "--as-of", "2011-01-01"]).code(4);
    assert!(
        unfolded(&ran.out).contains("1 record of user-watch 2010-01-01"),
        "{}",
        ran.out
    );
    // Nothing in the data directory holds the name.
    for (path, bytes) in place.listing() {
        let Some(bytes) = bytes.filter(|_| path.starts_with(place.data())) else {
            continue;
        };
        let bytes = if bytes.starts_with(b"\x28\xb5\x2f\xfd") {
            zstd::decode_all(&bytes[..]).unwrap()
        } else {
            bytes
        };
        let holds = bytes
            .windows(name.len())
            .any(|part| part == name.as_bytes());
        assert!(!holds, "{}", path.display());
    }
}

/// Hashes of twelve characters, wherever they stand alone.
fn short_hashes(text: &str) -> String {
    let is_hash = |word: &str| word.len() == 12 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_alphanumeric() {
            word.push(c);
            continue;
        }
        out.push_str(if is_hash(&word) { "[hash]" } else { &word });
        word.clear();
        out.push(c);
    }
    out
}

#[test]
fn a_day_to_come_is_answered_and_said_to_be_one() {
    let place = two_copies();
    let what = "what comes between 2026-11-22 and 2027-06-01";
    let asked = ["--as-of", "2027-06-01"];
    let ran = place.run(["screen", "Nobody At All"].iter().chain(&asked));
    assert!(unfolded(&ran.out).contains(what), "{}", ran.out);
    assert!(ran.out.contains("asked as of 2027-06-01"), "{}", ran.out);
    let deal = example_path("firewall");
    let ran = place.run(["check", &deal, "--json"].into_iter().chain(asked));
    let brief = ran.code(4).json();
    assert!(brief["caveats"].to_string().contains(what), "{brief}");
    assert!(brief["unchecked"].to_string().contains(what), "{brief}");
}

#[test]
fn what_is_counted_as_unread_is_what_is_shown() {
    let place = Place::new();
    let sdn = common::root().join("crates/lists/tests/us/sdn.csv");
    let sdn = place.write("sdn.csv", std::fs::read(sdn).unwrap());
    let sdn = sdn.to_str().unwrap();
    place
        .run(["sync", "--dated", "2026-01-02", "--from", sdn])
        .code(0);
    let ran = place.run(["lists", "unread", "us-ofac-sdn"]).code(0);
    let first = ran.out.lines().next().unwrap();
    assert!(first.contains("3 parts did not come with it"), "{first}");
    assert!(!ran.out.contains("line 0"), "{}", ran.out);
    assert_eq!(ran.out.matches("the file as a whole").count(), 3);
}

#[test]
fn a_bundle_says_how_old_and_how_whole_its_lists_are_and_errors_name_it() {
    let place = Place::new();
    let sdn = common::root().join("crates/lists/tests/us/sdn.csv");
    let sdn = place.write("sdn.csv", std::fs::read(sdn).unwrap());
    let sdn = sdn.to_str().unwrap();
    place
        .run(["sync", "--dated", "2026-01-02", "--from", sdn])
        .code(0);
    let bundle = place.file("lists.bundle");
    let key = place.file("lists.bundle.vkey");
    let (bundle, key) = (bundle.to_str().unwrap(), key.to_str().unwrap());
    place.run(["bundle", "export", bundle]).code(0);

    let there = Place::new();
    let import = ["bundle", "import", bundle, "--trust", key];
    let ran = there.run(import).code(0);
    for part in [
        "324 d",
        "us-ofac-sdn: not whole: the set has no \"alt\" file",
        "us-ofac-sdn: older than its cadence",
        "The starter pack is left out from now on.",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let ran = there.run(import).code(0);
    assert!(!ran.out.contains("starter pack"), "{}", ran.out);

    let torn = place.write("torn.bundle", "no bundle");
    let torn = torn.to_str().unwrap();
    let ran = there
        .run(["bundle", "import", torn, "--trust", key])
        .code(2);
    assert!(ran.err.contains("torn.bundle: this is not"), "{}", ran.err);
    let nowhere = place.file("nowhere/x.bundle");
    let ran = place
        .run(["bundle", "export", nowhere.to_str().unwrap()])
        .code(2);
    assert!(ran.err.contains("there is no folder"), "{}", ran.err);
    assert!(ran.err.contains("next: make it"), "{}", ran.err);
}
