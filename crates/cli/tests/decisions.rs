//! Decisions: who may take one, how it is kept, and what changed since.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

use crate::common::{self, Place, Ran, example_path, inputs};
use crate::snapshot;
use serde_json::Value;

const REASON: &str = "Compared both records; another party of the same name";

fn decide(place: &Place, brief: &Path, more: &[&str]) -> Ran {
    let arguments = ["decide", brief.to_str().unwrap()];
    place.run(arguments.into_iter().chain(more.iter().copied()))
}

fn kept(place: &Place) -> Vec<Value> {
    fs::read_to_string(place.file("brief.decisions.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_decision_is_kept_with_who_why_and_on_what() {
    let place = Place::new();
    let brief = place.brief("voice");
    let hash = scruple_model::hash::sha256(&fs::read(&brief).unwrap());
    let by = "A. Muster, head of exports";
    let ran = decide(
        &place,
        &brief,
        &["--stop", "--by", by, "--reason", "Listed"],
    )
    .code(0);
    assert!(ran.out.contains("brief.decisions.jsonl"), "{}", ran.out);
    decide(
        &place,
        &brief,
        &["--proceed", "--by", by, "--reason", REASON],
    )
    .code(0);
    let conditions = [
        "--conditions",
        "A licence is granted",
        "--conditions",
        "No remote access",
    ];
    let more: Vec<&str> = conditions
        .into_iter()
        .chain(["--by", by, "--reason", REASON])
        .collect();
    decide(&place, &brief, &more).code(0);

    // Two lists, and our own duty.
    let stops = 3;
    let kept = kept(&place);
    assert_eq!(kept.len(), 3);
    for decision in &kept {
        assert_eq!(decision["schema"], "scruple.decision/1");
        assert_eq!(decision["brief"], hash);
        assert_eq!(decision["on"], common::TODAY);
        assert_eq!(decision["by"], by);
        assert!(!decision["open"].as_array().unwrap().is_empty());
    }
    let outcomes: Vec<&str> = kept
        .iter()
        .map(|d| d["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["stop", "proceed", "conditions"]);
    assert_eq!(kept[0].get("past_stops"), None, "a stop goes past none");
    for decision in &kept[1..] {
        assert_eq!(decision["past_stops"].as_array().unwrap().len(), stops);
    }
    assert_eq!(
        kept[2]["conditions"],
        serde_json::json!(["A licence is granted", "No remote access"])
    );
}

#[test]
fn nobody_in_particular_goes_past_a_stop_and_nobody_without_a_reason() {
    let place = Place::new();
    let brief = place.brief("voice");
    let mut said = String::new();
    for more in [
        ["--proceed", "--by", "Compliance", "--reason", REASON].as_slice(),
        &["--proceed", "--by", "compliance", "--reason", REASON],
        &["--proceed", "--by", "A. Muster", "--reason", "fine"],
        &[
            "--proceed",
            "--by",
            "A. Muster",
            "--reason",
            "     fine                    ",
        ],
        &[
            "--conditions",
            "licence",
            "--by",
            "Compliance",
            "--reason",
            REASON,
        ],
        &[
            "--conditions",
            "licence",
            "--by",
            "A. Muster",
            "--reason",
            "ok",
        ],
        &["--conditions", " ", "--by", "A. Muster", "--reason", REASON],
        &["--stop", "--by", "  ", "--reason", REASON],
        &["--stop", "--by", "A. Muster", "--reason", " "],
    ] {
        let ran = decide(&place, &brief, more).code(2);
        assert_eq!(ran.out, "");
        assert!(ran.err.contains("next:"), "{}", ran.err);
        said.push_str(&format!("decide {}\n{}\n", more.join(" "), ran.err));
    }
    assert!(
        !place.file("brief.decisions.jsonl").exists(),
        "nothing was written"
    );
    snapshot!("decide-refused.txt", place.plain(&said));

    // To stop takes no more than a name and a word.
    decide(
        &place,
        &brief,
        &["--stop", "--by", "Compliance", "--reason", "no"],
    )
    .code(0);
    // A name without a space is a name where its script has none.
    decide(
        &place,
        &brief,
        &["--proceed", "--by", "山田太郎", "--reason", REASON],
    )
    .code(0);
    // Without an outcome, or with two, there is no decision.
    for more in [vec![], vec!["--stop", "--proceed"]] {
        let more: Vec<&str> = more
            .into_iter()
            .chain(["--by", "A. Muster", "--reason", REASON])
            .collect();
        decide(&place, &brief, &more).code(2);
    }
    assert_eq!(kept(&place).len(), 2);
}

#[test]
fn a_line_once_written_is_never_changed() {
    let place = Place::new();
    let brief = place.brief("firewall");
    let path = place.file("brief.decisions.jsonl");
    let one = [
        "--proceed",
        "--by",
        "A. Muster",
        "--reason",
        "nothing found, hospital known",
    ];
    decide(&place, &brief, &one).code(0);
    let first = fs::read(&path).unwrap();
    decide(
        &place,
        &brief,
        &["--stop", "--by", "B. Beispiel", "--reason", "buyer changed"],
    )
    .code(0);
    let second = fs::read(&path).unwrap();
    assert!(second.starts_with(&first) && second.len() > first.len());

    // A crash in the middle of a line.
    let torn = [&second[..], b"{\"schema\":\"scruple.deci"].concat();
    fs::write(&path, &torn).unwrap();
    decide(&place, &brief, &one).code(0);
    let third = fs::read(&path).unwrap();
    assert!(third.starts_with(&torn), "the torn line stays as it was");
    assert_eq!(third[torn.len()], b'\n', "and is closed");
    let last = third[torn.len() + 1..].strip_suffix(b"\n").unwrap();
    let last: Value = serde_json::from_slice(last).unwrap();
    assert_eq!(last["by"], "A. Muster");
}

#[test]
fn what_is_no_brief_is_not_decided_on() {
    let place = Place::new();
    let mut said = String::new();
    for (name, text) in [
        ("list.json", "[]"),
        ("object.json", "{}"),
        ("torn.json", "{\"schema\": \"scruple.brief/1\", "),
        ("empty.json", ""),
        ("text.json", "no brief at all"),
    ] {
        let path = place.write(name, text);
        let ran = decide(
            &place,
            &path,
            &["--stop", "--by", "A. Muster", "--reason", "x"],
        )
        .code(2);
        said.push_str(&ran.err);
        let stem = name.trim_end_matches(".json");
        assert!(!place.file(&format!("{stem}.decisions.jsonl")).exists());
    }
    let newer = fs::read_to_string(place.brief("firewall")).unwrap();
    let newer = place.write(
        "newer.json",
        newer.replace("scruple.brief/1", "scruple.brief/9"),
    );
    let ran = decide(
        &place,
        &newer,
        &["--stop", "--by", "A. Muster", "--reason", "x"],
    )
    .code(2);
    said.push_str(&ran.err);
    let deal = common::root().join("examples/firewall.toml");
    let ran = decide(
        &place,
        &deal,
        &["--stop", "--by", "A. Muster", "--reason", "x"],
    )
    .code(2);
    said.push_str(&ran.err.replace(&deal.display().to_string(), "[deal]"));
    let ran = decide(
        &place,
        &place.file("none.json"),
        &["--stop", "--by", "A", "--reason", "x"],
    )
    .code(2);
    said.push_str(&ran.err);
    snapshot!("decide-no-brief.txt", place.plain(&said));
}

#[test]
fn since_says_nothing_changed_until_something_has() {
    let place = Place::new();
    let brief = place.brief("cameras");
    let brief = brief.to_str().unwrap();
    let deal = example_path("cameras");
    let since = |more: &[&str]| {
        let all = ["check", &deal, "--since", brief]
            .into_iter()
            .chain(more.iter().copied());
        place.run(all).code(3)
    };
    let json = since(&["--json"]).json();
    assert_eq!(json["since"]["changes"], serde_json::json!([]));
    let text = since(&[]).out;
    assert!(
        text.to_lowercase().contains("nothing has changed")
            || text.to_lowercase().contains("nothing changed"),
        "{text}"
    );

    let list = place.write("el.jsonl", inputs::listed("tv", "Tengri Vision Trade LLP"));
    place
        .run(["sync", "--from", list.to_str().unwrap()])
        .code(0);
    let json = since(&["--json"]).json();
    let changes = json["since"]["changes"].as_array().unwrap();
    let has = |change: &str, field: &str, needle: &str| {
        changes
            .iter()
            .any(|c| c["change"] == change && c[field].as_str().is_some_and(|t| t.contains(needle)))
    };
    assert!(has("list", "list", "user-el"), "{changes:#?}");
    assert!(
        has("list", "list", "us-bis-el"),
        "the starter pack is left out now"
    );
    assert!(has("finding-new", "title", "distributor"), "{changes:#?}");
    assert!(has("finding-gone", "title", "end user"), "{changes:#?}");
    let text = since(&[]).out;
    let said = text.split("SINCE").nth(1).unwrap();
    let said = said.split("\n\n").next().unwrap();
    snapshot!("since-after-sync.txt", place.plain(&format!("SINCE{said}")));

    // The deal itself has changed.
    let other = fs::read_to_string(common::root().join(&deal))
        .unwrap()
        .replace("1,200", "1,300");
    let other = place.write("deal.toml", other);
    let json = place
        .run(["check", other.to_str().unwrap(), "--since", brief, "--json"])
        .code(3)
        .json();
    assert!(
        json["since"]["changes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|c| c["change"] == "deal")
    );
}
