//! Reviews: what silences a pair, what reopens it, what is kept, and what never is.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

use crate::common::{Place, Ran, unfolded};
use crate::snapshot;
use serde_json::{Value, json};

const NAME: &str = "Tengri Vision Trade";
const RECORD: &str = "user-el:tv";
const REASON: &str = "other seat and number";

/// A listed company, as FollowTheMoney lines.
fn list(name: &str, more: &Value) -> String {
    let mut properties = json!({ "name": [name], "country": ["kz"] });
    for (key, value) in more.as_object().unwrap() {
        properties[key] = value.clone();
    }
    format!(
        "{}\n{}\n",
        json!({ "id": "tv", "schema": "Company", "caption": name, "datasets": ["us-bis-el"],
                "properties": properties }),
        json!({ "id": "tv-s", "schema": "Sanction", "datasets": ["us-bis-el"],
                "properties": { "entity": ["tv"], "listingDate": ["2019-10-09"] } }),
    )
}

/// Takes a copy of the list in.
fn take(place: &Place, day: &str, name: &str, more: &Value) {
    let path = place.write("el.jsonl", list(name, more));
    place
        .run([
            "sync",
            "--from",
            path.to_str().unwrap(),
            "--as",
            "el",
            "--dated",
            day,
            "--accept-shrink",
            "user-el",
        ])
        .code(0);
}

fn place() -> Place {
    let place = Place::new();
    take(&place, "2026-11-01", "Tengri Vision Trade LLP", &json!({}));
    place
}

fn add(place: &Place, who: &[&str], how: &str, more: &[&str]) -> Ran {
    let mut all = vec!["review", "add"];
    all.extend(who);
    all.extend(["--record", RECORD, how, "--by", "AB", "--reason", REASON]);
    all.extend(more);
    place.run(all)
}

fn screened(place: &Place, more: &[&str]) -> Value {
    let all = ["screen", NAME, "--json"]
        .into_iter()
        .chain(more.iter().copied());
    place.run(all).lines().remove(0)
}

fn standing(answer: &Value) -> (usize, &str) {
    (
        answer["matches"].as_array().unwrap().len(),
        answer["reviews"][0]["standing"].as_str().unwrap_or("none"),
    )
}

#[test]
fn a_pair_that_is_not_the_same_is_set_aside_and_never_out_of_sight() {
    let place = place();
    assert_eq!(standing(&screened(&place, &[])), (1, "none"));
    add(&place, &[NAME], "--not-same", &[]).code(0);

    let ran = place.run(["screen", NAME]).code(4);
    let said = "1 match set aside by review on 2026-11-22 by AB: other seat and number";
    assert!(unfolded(&ran.out).contains(said), "{}", ran.out);
    assert!(ran.out.contains(RECORD), "{}", ran.out);
    let answer = screened(&place, &[]);
    assert_eq!(standing(&answer), (0, "set-aside"));
    assert_eq!(answer["reviews"][0]["record"], RECORD);
    assert_eq!(answer["reviews"][0]["reason"], REASON);
    let csv = place.run(["screen", NAME, "--csv"]).code(4).out;
    assert!(
        csv.contains("set aside by review on 2026-11-22 by AB"),
        "{csv}"
    );
    let page = place.file("proof.html");
    place
        .run(["screen", NAME, "--report", page.to_str().unwrap()])
        .code(4);
    let html = fs::read_to_string(page).unwrap();
    assert!(html.contains("set aside by review on 2026-11-22 by AB"));

    // Case and spaces make no other name; another name was never decided on.
    place.run(["screen", "  TENGRI vision  trade "]).code(4);
    place.run(["screen", "Vision Trade Tengri"]).code(3);
}

#[test]
fn the_same_party_and_one_not_sure_go_on_counting_and_say_so() {
    let place = place();
    for (how, words, standing_now) in [
        ("--not-sure", "reviewed and not sure on", "not-sure"),
        ("--same", "the same party by review on", "same-party"),
    ] {
        add(&place, &[NAME], how, &[]).code(0);
        let ran = place.run(["screen", NAME]).code(3);
        assert!(unfolded(&ran.out).contains(words), "{}", ran.out);
        assert_eq!(standing(&screened(&place, &[])), (1, standing_now));
    }
    // The latest decision counts.
    add(&place, &[NAME], "--not-same", &[]).code(0);
    assert_eq!(standing(&screened(&place, &[])), (0, "set-aside"));
}

#[test]
fn a_change_that_matters_reopens_the_pair_and_is_told() {
    let place = place();
    add(&place, &[NAME], "--not-same", &[]).code(0);
    // What does not matter: an address, a note.
    let address = json!({ "address": ["1 Abay Avenue, Almaty"], "notes": ["More"] });
    take(&place, "2026-11-02", "Tengri Vision Trade LLP", &address);
    assert_eq!(standing(&screened(&place, &[])), (0, "set-aside"));
    // What matters, each on its own.
    for (day, more, words) in [
        (
            "2026-11-03",
            json!({ "alias": ["TVT"] }),
            "the list now gives the name TVT",
        ),
        (
            "2026-11-04",
            json!({ "registrationNumber": ["1234567"] }),
            "the list now gives the identifier registrationNumber 1234567",
        ),
        (
            "2026-11-05",
            json!({ "incorporationDate": ["2011"] }),
            "the list now gives the date 2011",
        ),
        (
            "2026-11-06",
            json!({ "country": ["kz", "kg"] }),
            "the list now gives the country kg",
        ),
        (
            "2026-11-07",
            json!({ "country": [] }),
            "the list no longer gives a country that it gave",
        ),
    ] {
        take(&place, day, "Tengri Vision Trade LLP", &more);
        let answer = screened(&place, &[]);
        assert_eq!(standing(&answer), (1, "reopened"), "{more}");
        assert_eq!(answer["reviews"][0]["because"][0], words, "{more}");
        let ran = place.run(["screen", NAME]).code(3);
        assert!(unfolded(&ran.out).contains(words), "{}", ran.out);
    }
    // Back as it was, and the decision holds again.
    take(&place, "2026-11-08", "Tengri Vision Trade LLP", &json!({}));
    assert_eq!(standing(&screened(&place, &[])), (0, "set-aside"));
    // The other side.
    let answer = screened(&place, &["--country", "fr"]);
    assert_eq!(standing(&answer), (1, "reopened"));
    assert_eq!(
        answer["reviews"][0]["because"][0],
        "your record now gives the country fr"
    );
    // A decision on these facts does not touch the other one.
    add(&place, &[NAME, "--country", "fr"], "--same", &[]).code(0);
    assert_eq!(
        standing(&screened(&place, &["--country", "fr"])),
        (1, "same-party")
    );
    assert_eq!(standing(&screened(&place, &[])), (0, "set-aside"));
}

#[test]
fn a_decision_ends_on_its_day_and_leaves_a_year_after_the_last() {
    let place = place();
    add(&place, &[NAME], "--not-same", &["--until", "2026-12-01"]).code(0);
    let on = |day: &str| {
        place
            .run_on(day, ["screen", NAME, "--json"])
            .lines()
            .remove(0)
    };
    assert_eq!(standing(&on("2026-12-01")), (0, "set-aside"));
    let answer = on("2026-12-02");
    assert_eq!(standing(&answer), (1, "reopened"));
    assert_eq!(
        answer["reviews"][0]["because"][0],
        "it was to count until 2026-12-01"
    );
    assert_eq!(standing(&on("2027-11-23")), (1, "none"));
    // Whoever writes next deletes what is overdue.
    let kept = || place.run(["review", "export"]).code(0).lines().len();
    assert_eq!(kept(), 1);
    place
        .run_on("2027-11-23", ["review", "forget", "--overdue"])
        .code(0);
    assert_eq!(kept(), 0);
}

const DEAL: &str = r#"
title = "Cameras for a depot"
destination = "kz"
place_of_use = "kz"
end_use = "Watching a depot"

[seller]
name = "Muster GmbH"
country = "de"

[[items]]
name = "camera"

[[parties]]
id = "buyer"
name = "Tengri Vision Trade"
roles = ["end-user"]
country = "kz"
"#;

#[test]
fn a_check_counts_what_was_set_aside_and_makes_no_finding_of_it() {
    let place = place();
    let deal = place.write("deal.toml", DEAL);
    let deal = deal.to_str().unwrap();
    let check = |more: &[&str]| {
        let ran = place.run(
            ["check", deal, "--json"]
                .into_iter()
                .chain(more.iter().copied()),
        );
        assert!(matches!(ran.code, Some(0 | 3 | 4)), "{}", ran.err);
        ran.json()
    };
    let about = |brief: &Value| {
        brief["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["subject"]["id"] == "buyer")
            .cloned()
            .collect::<Vec<_>>()
    };
    let before = check(&[]);
    assert!(!about(&before).is_empty());
    assert_eq!(before["vintage"]["options"].get("reviews"), None);

    let party = ["--deal", deal, "--party", "buyer"];
    add(&place, &party, "--not-same", &[]).code(0);
    let aside = check(&[]);
    let listed = |brief: &Value| {
        about(brief)
            .iter()
            .flat_map(|finding| finding["evidence"].as_array().unwrap().clone())
            .any(|row| row["record"] == RECORD)
    };
    assert!(listed(&before) && !listed(&aside));
    assert_eq!(aside["screened"][1]["reviews"][0]["standing"], "set-aside");
    let text = place.run(["check", deal]).out;
    let said = "1 match set aside by review on 2026-11-22 by AB: other seat and number";
    assert!(unfolded(&text).contains(said), "{text}");
    assert_ne!(before["vintage"]["hash"], aside["vintage"]["hash"]);

    // The vintage tells the state of the log, and finds it again.
    add(&place, &party, "--same", &[]).code(0);
    let same = check(&[]);
    assert!(listed(&same));
    let finding = &about(&same)[0];
    assert_eq!(finding["confidence"]["band"], "strong");
    let reason = finding["confidence"]["reason"].as_str().unwrap();
    assert!(reason.starts_with("the same party by review"), "{reason}");
    for (brief, name) in [(&before, "none"), (&aside, "one"), (&same, "two")] {
        let hash = brief["vintage"]["hash"].as_str().unwrap();
        let again = check(&["--vintage", hash]);
        assert_eq!(again["findings"], brief["findings"], "{name}");
        assert_eq!(again["vintage"], brief["vintage"], "{name}");
        let file = place.write("then.json", brief.to_string());
        let again = check(&["--vintage", file.to_str().unwrap()]);
        assert_eq!(again["findings"], brief["findings"], "{name}");
    }

    // A replay of decisions that were forgotten says that they are.
    let file = place.write("then.json", aside.to_string());
    place.run(["review", "forget", "--all"]).code(0);
    let again = check(&["--vintage", file.to_str().unwrap()]);
    assert!(listed(&again));
    let caveats = again["caveats"].to_string();
    assert!(caveats.contains("the reviews of that vintage"), "{caveats}");
}

#[test]
fn a_row_of_a_file_is_reviewed_with_what_the_row_says() {
    let place = place();
    let file = place.write(
        "names.csv",
        "id,name,country\n1,Almaty Optics LLP,kz\n2,Tengri Vision Trade,kz\n",
    );
    let file = file.to_str().unwrap();
    add(&place, &["--file", file, "--line", "3"], "--not-same", &[]).code(0);
    let answers = place
        .run(["screen", "--file", file, "--json"])
        .code(4)
        .lines();
    assert_eq!(standing(&answers[1]), (0, "set-aside"));
    let ran = add(&place, &["--file", file, "--line", "9"], "--same", &[]).code(2);
    assert!(ran.err.contains("lines 2 to 3"), "{}", ran.err);
}

/// Every byte of every file below a folder.
fn bytes(folder: &Path, into: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        into.push((
            path.display().to_string(),
            path.display().to_string().into_bytes(),
        ));
        if path.is_dir() {
            bytes(&path, into);
        } else {
            into.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
}

/// A text as it might stand somewhere: in either case, in UTF-8 and UTF-16.
fn assert_absent(place: &Place, texts: &[&str]) {
    let mut all = Vec::new();
    bytes(&place.data(), &mut all);
    assert!(all.len() > 5, "the data directory is not where it was");
    for (path, bytes) in &all {
        let lower: Vec<u8> = bytes.iter().map(u8::to_ascii_lowercase).collect();
        for text in texts {
            let text = text.to_lowercase();
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for needle in [text.as_bytes(), utf16.as_slice()] {
                let found = lower.windows(needle.len()).any(|some| some == needle);
                assert!(!found, "{text} stands in {path}");
            }
        }
    }
}

#[test]
fn no_byte_of_the_data_directory_holds_the_query() {
    let place = place();
    // The query differs from the listed name, which the list itself holds.
    let query = "Tengri Vizion Traid Quixotic";
    place.run(["screen", query, "--threshold", "0.3"]);
    for how in ["--not-same", "--same", "--not-sure"] {
        add(&place, &[query, "--country", "fr"], how, &[]).code(0);
    }
    let file = place.write(
        "quixotic parties.csv",
        format!("id,name\nCUSTOMER-77,{query}\nCUSTOMER-78,Somebody Zephyrine\n"),
    );
    let file = file.to_str().unwrap();
    place.run(["watch", file, "--threshold", "0.3"]).code(3);
    take(
        &place,
        "2026-11-03",
        "Tengri Vision Trade LLP",
        &json!({ "alias": ["TVT"] }),
    );
    place.run(["watch", file, "--threshold", "0.3"]).code(3);
    place.run(["review", "list", query]).code(0);
    let words = [
        query,
        "quixotic",
        "vizion",
        "zephyrine",
        "customer-77",
        "quixotic parties",
    ];
    assert_absent(&place, &words);
    assert!(!place.data().join("scruple.db-wal").exists());

    // The check can fail: the listed name is found where it has to be.
    let mut all = Vec::new();
    bytes(&place.data(), &mut all);
    let listed = b"Tengri Vision Trade LLP";
    assert!(
        all.iter()
            .any(|(_, b)| b.windows(listed.len()).any(|some| some == listed))
    );

    // What is forgotten leaves no keyed hash and no reason behind.
    let export = place.run(["review", "export"]).code(0);
    let subject = export.lines()[0]["subject"].as_str().unwrap().to_owned();
    place.run(["review", "forget", query]).code(0);
    place.run(["watch", file, "--forget"]).code(0);
    assert_absent(&place, &[&subject, REASON]);
    assert_eq!(place.run(["review", "export"]).code(0).out, "");
}

#[test]
fn a_reason_or_reviewer_that_names_the_query_is_refused_and_nothing_is_kept() {
    let place = place();
    let mut said = String::new();
    for (by, reason) in [
        ("AB", "Tengri Vision Trade is another firm"),
        ("tengri-vision-trade", "another firm"),
        ("AB", "  "),
        ("", "another firm"),
        (
            "Somebody whose whole name and title stand here",
            "another firm",
        ),
    ] {
        let ran = place
            .run([
                "review", "add", NAME, "--record", RECORD, "--same", "--by", by, "--reason", reason,
            ])
            .code(2);
        said.push_str(&ran.err);
    }
    let ran = add(&place, &[NAME], "--same", &["--until", "2026-11-21"]).code(2);
    said.push_str(&ran.err);
    let ran = add(&place, &[NAME], "--same", &["--keep-until", "2026-11-21"]).code(2);
    said.push_str(&ran.err);
    let ran = place
        .run([
            "review",
            "add",
            NAME,
            "--record",
            "user-el:none",
            "--same",
            "--by",
            "AB",
            "--reason",
            "x",
        ])
        .code(2);
    said.push_str(&ran.err);
    let ran = add(&place, &["…"], "--same", &[]).code(2);
    said.push_str(&ran.err);
    let ran = add(&place, &[], "--same", &[]).code(2);
    said.push_str(&ran.err);
    assert_eq!(place.run(["review", "export"]).code(0).out, "");
    snapshot!("review-refused.txt", place.plain(&said));
    // Without an outcome, or with two, there is no decision.
    for how in [[].as_slice(), &["--same", "--not-sure"]] {
        let all = [
            "review", "add", NAME, "--record", RECORD, "--by", "AB", "--reason", "x",
        ];
        place
            .run(all.into_iter().chain(how.iter().copied()))
            .code(2);
    }
}

#[test]
fn a_lost_key_reopens_every_pair_and_breaks_nothing_else() {
    let place = place();
    add(&place, &[NAME], "--not-same", &[]).code(0);
    let key = place.data().join("review.key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&key).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
    }
    let kept = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    let ran = place.run(["screen", NAME]).code(3);
    assert!(
        unfolded(&ran.out).contains("1 decision of earlier reviews"),
        "{}",
        ran.out
    );
    let ran = place.run(["review", "list", NAME]).code(2);
    assert!(ran.err.contains("review.key"), "{}", ran.err);
    place.run(["review", "list"]).code(0);
    // A new one is made, and the old decision stays without meaning.
    let ran = add(&place, &["Somebody Else"], "--not-sure", &[]).code(0);
    assert!(ran.out.contains("the key was lost"), "{}", ran.out);
    place.run(["screen", NAME]).code(3);
    // Back again, it counts.
    fs::write(&key, kept).unwrap();
    place.run(["screen", NAME]).code(4);
    fs::write(&key, "no key").unwrap();
    let ran = place.run(["screen", NAME]).code(2);
    assert!(
        ran.err.contains("holds no key") && ran.err.contains("next:"),
        "{}",
        ran.err
    );
}

#[test]
fn decisions_go_to_another_directory_with_the_key_and_only_with_it() {
    let place = place();
    add(&place, &[NAME], "--not-same", &[]).code(0);
    let file = place.file("reviews.jsonl");
    let file = file.to_str().unwrap();
    place.run(["review", "export", file]).code(0);
    let other = self::place();
    let import = || other.run(["review", "import", file]);
    let ran = import().code(2);
    assert!(ran.err.contains("review.key"), "{}", ran.err);
    fs::copy(
        place.data().join("review.key"),
        other.data().join("review.key"),
    )
    .unwrap();
    assert!(import().code(0).out.starts_with("1 decision taken"));
    assert!(
        import()
            .code(0)
            .out
            .starts_with("0 decisions taken, 1 held")
    );
    other.run(["screen", NAME]).code(4);

    let text = fs::read_to_string(file).unwrap();
    let bad = other.write("bad.jsonl", format!("{text}{{}}\nno\n{text}"));
    let ran = other
        .run(["review", "import", bad.to_str().unwrap()])
        .code(2);
    assert!(
        ran.err.contains("line 2") && ran.err.contains("line 3"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("nothing was taken"), "{}", ran.err);
}

#[test]
fn what_is_kept_is_shown_and_forgotten_by_name_hash_and_record() {
    let place = place();
    for name in ["Tengri Vision Trade", "Somebody Else"] {
        add(&place, &[name], "--not-same", &[]).code(0);
    }
    let shown = place.run(["review", "list"]).code(0).out;
    assert!(
        shown.contains("2 decisions") && shown.contains(REASON),
        "{shown}"
    );
    let json = place.run(["review", "list", NAME, "--json"]).code(0).json();
    assert_eq!(json.as_array().unwrap().len(), 1);
    assert_eq!(json[0]["state"], "counts");
    let subject = json[0]["subject"].as_str().unwrap();
    place.run(["review", "forget", "--query", "abc"]).code(2);
    place
        .run(["review", "forget", "--query", &subject[..12]])
        .code(0);
    place.run(["screen", NAME]).code(3);
    let ran = place.run(["review", "forget", NAME]).code(0);
    assert!(ran.out.contains("nothing was deleted"), "{}", ran.out);
    place.run(["review", "forget", "--record", RECORD]).code(0);
    assert!(
        place
            .run(["review", "list"])
            .code(0)
            .out
            .contains("No decision is kept")
    );
}

#[test]
fn the_name_can_come_on_standing_input() {
    let place = place();
    let all = [
        "review",
        "add",
        "-",
        "--record",
        RECORD,
        "--not-same",
        "--by",
        "AB",
        "--reason",
        "x",
    ];
    place.run_with(format!("{NAME}\n").as_bytes(), all).code(0);
    place.run(["screen", NAME]).code(4);
}
