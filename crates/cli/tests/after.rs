//! After the decision: conditions, the report of a period, purging.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::PathBuf;

use crate::common::{self, Place, Ran};
use crate::snapshot;

const BY: &str = "A. Muster, head of exports";
const REASON: &str = "Only with an order for each use, shown to us";

/// A day that no machine's clock is before: purging is refused on a day to come.
const PAST: &str = "2021-01-01";

/// A brief with a decision that has two conditions.
fn decided(place: &Place) -> PathBuf {
    let brief = place.brief("voice");
    let path = brief.to_str().unwrap();
    place
        .run([
            "decide",
            path,
            "--condition",
            "An order for each use",
            "--condition",
            "No remote access",
            "--due",
            "2026-12-01",
            "--due",
            "2027-06-01",
            "--owner",
            "legal",
            "--owner",
            "service",
            "--by",
            BY,
            "--reason",
            REASON,
        ])
        .code(0);
    brief
}

fn conditions_on(place: &Place, day: &str) -> Ran {
    let folder = place.path().to_str().unwrap().to_owned();
    place.run_on(day, ["conditions", &folder]).code(0)
}

#[test]
fn a_condition_comes_due_is_met_and_opens_again() {
    let place = Place::new();
    let brief = decided(&place);
    let path = brief.to_str().unwrap();
    let said = conditions_on(&place, "2026-11-23").out;
    assert!(
        said.starts_with("2 conditions on 2026-11-23, 0 due"),
        "{said}"
    );
    let said = conditions_on(&place, "2026-12-02").out;
    assert!(
        said.contains("1 due") && said.contains("overdue · 2026-12-01 · legal"),
        "{said}"
    );

    let met = |day: &str, more: &[&str]| {
        let all = [
            "conditions",
            "met",
            path,
            "1",
            "--evidence",
            "orders 1 to 14",
            "--by",
            BY,
        ];
        place.run_on(day, all.into_iter().chain(more.iter().copied()))
    };
    met("2026-12-02", &["--again", "2027-01-15"]).code(0);
    let said = conditions_on(&place, "2026-12-03").out;
    assert!(
        said.contains("0 due") && said.contains("shown by: orders 1 to 14"),
        "{said}"
    );
    let said = conditions_on(&place, "2027-01-15").out;
    assert!(said.contains("due again · 2027-01-15"), "{said}");
    snapshot!("conditions.txt", place.plain(&said));
}

#[test]
fn a_check_shows_what_is_due_of_the_earlier_brief() {
    let place = Place::new();
    let brief = decided(&place);
    let check = |day: &str| {
        let all = [
            "check",
            "examples/voice.toml",
            "--since",
            brief.to_str().unwrap(),
            "--json",
        ];
        place.run_on(day, all).json()["findings"].clone()
    };
    let due = |findings: &serde_json::Value| {
        findings
            .as_array()
            .unwrap()
            .iter()
            .find(|finding| finding["rule"] == "duty.ungp.track")
            .cloned()
    };
    assert_eq!(due(&check("2026-11-23")), None);
    let finding = due(&check("2026-12-02")).unwrap();
    assert_eq!(
        finding["title"],
        "1 of the conditions of the deal is due to be looked at again"
    );
    let evidence = finding["evidence"].to_string();
    assert!(
        evidence.contains("An order for each use: overdue since 2026-12-01 (legal)"),
        "{evidence}"
    );
}

#[test]
fn a_condition_that_opens_again_is_in_the_check_of_its_deal_and_in_doctor() {
    let place = Place::new();
    let brief = decided(&place);
    let path = brief.to_str().unwrap();
    let met = [
        "conditions",
        "met",
        path,
        "1",
        "--evidence",
        "orders 1 to 14",
    ];
    let again = ["--by", BY, "--again", "2027-01-15"];
    place
        .run_on("2026-11-30", met.into_iter().chain(again))
        .code(0);
    let folder = place.path().to_str().unwrap().to_owned();
    let said = |day: &str| {
        let check = ["check", "examples/voice.toml", "--since", path, "--json"];
        let findings = place.run_on(day, check).json()["findings"].to_string();
        let doctor = place.run_on(day, ["doctor", &folder]).code(0).out;
        let json = place.run_on(day, ["doctor", &folder, "--json"]).json();
        let due = json["conditions_due"].as_array().unwrap().len();
        (findings, doctor, due)
    };
    let (findings, doctor, due) = said("2027-01-14");
    assert!(!findings.contains("duty.ungp.track"));
    assert!(doctor.contains("2 conditions looked at, 0 due"), "{doctor}");
    assert_eq!(due, 0);
    let (findings, doctor, due) = said("2027-01-15");
    let line = "An order for each use: due again since 2027-01-15 (legal)";
    assert!(findings.contains(line), "{findings}");
    assert!(common::unfolded(&doctor).contains(line), "{doctor}");
    assert_eq!(due, 1);
    // Nobody named a folder: it does not look, and says so.
    assert!(
        place
            .run(["doctor"])
            .code(2)
            .err
            .contains("nothing is stored")
    );
    let json = place.run(["doctor", &folder, "--json"]).json();
    assert!(json["conditions_due"].is_array() && json["starter_only"] == true);
}

#[test]
fn a_later_decision_starts_its_conditions_anew() {
    let place = Place::new();
    let brief = decided(&place);
    let path = brief.to_str().unwrap();
    place
        .run([
            "conditions",
            "met",
            path,
            "1",
            "--evidence",
            "seen",
            "--by",
            BY,
        ])
        .code(0);
    place
        .run([
            "decide",
            path,
            "--condition",
            "Something else",
            "--by",
            BY,
            "--reason",
            REASON,
        ])
        .code(0);
    let said = conditions_on(&place, "2026-12-02").out;
    assert!(
        said.contains("Something else") && said.contains("open, without a day"),
        "{said}"
    );
    assert!(!said.contains("shown by"), "{said}");
}

#[test]
fn what_is_wrong_with_a_condition_is_said_and_nothing_is_written() {
    let place = Place::new();
    let brief = decided(&place);
    let path = brief.to_str().unwrap();
    let before = fs::read(place.file("brief.decisions.jsonl")).unwrap();
    let decide = [
        "decide",
        path,
        "--by",
        BY,
        "--reason",
        REASON,
        "--condition",
        "x",
    ];
    let met = ["conditions", "met", path];
    for (base, more, says) in [
        (
            &decide[..],
            &["--condition", "y", "--due", "2027-01-01"][..],
            "1 --due for 2 conditions",
        ),
        (
            &decide[..],
            &["--due", "2026-01-01"][..],
            "due before the day",
        ),
        (
            &met[..],
            &["7", "--evidence", "e", "--by", BY][..],
            "there is no condition 7",
        ),
        (
            &met[..],
            &["1", "--evidence", " ", "--by", BY][..],
            "nothing is said to show it",
        ),
        (
            &met[..],
            &["1", "--evidence", "e", "--by", "Compliance"][..],
            "names no person",
        ),
        (
            &met[..],
            &["1", "--evidence", "e", "--by", BY, "--again", "2026-11-22"][..],
            "no day to come",
        ),
    ] {
        let ran = place.run(base.iter().chain(more).copied()).code(2);
        assert!(ran.err.contains(says), "{says}: {}", ran.err);
    }
    assert_eq!(
        fs::read(place.file("brief.decisions.jsonl")).unwrap(),
        before
    );
}

#[test]
fn a_line_that_is_no_decision_stops_the_reading() {
    let place = Place::new();
    decided(&place);
    let path = place.file("brief.decisions.jsonl");
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{whole}{{\"schema\":\"scruple.deci")).unwrap();
    let ran = place
        .run(["conditions", place.path().to_str().unwrap()])
        .code(2);
    assert!(ran.err.contains("line 2"), "{}", ran.err);
}

/// `many` briefs with decisions, `stopped` of them to stop.
fn briefs(place: &Place, many: usize, stopped: usize) {
    let brief = fs::read(place.brief("cameras")).unwrap();
    fs::remove_file(place.file("brief.json")).unwrap();
    for number in 0..many {
        let path = place.write(&format!("deals/{number}/brief.json"), &brief);
        let path = path.to_str().unwrap();
        let outcome = if number < stopped {
            "--stop"
        } else {
            "--proceed"
        };
        place
            .run(["decide", path, outcome, "--by", BY, "--reason", REASON])
            .code(0);
    }
}

#[test]
fn a_report_counts_and_names_nobody() {
    let place = Place::new();
    briefs(&place, 12, 6);
    let deals = place.file("deals");
    let page = place.file("report.html");
    let arguments = ["report", deals.to_str().unwrap(), "--period", "2026"];
    let ran = place
        .run(
            arguments
                .into_iter()
                .chain(["--html", page.to_str().unwrap()]),
        )
        .code(0);
    snapshot!("report.txt", ran.out.clone());
    let json = place.run(arguments.into_iter().chain(["--json"])).code(0);
    let html = fs::read_to_string(page).unwrap();
    for text in [&ran.out, &json.out, &html] {
        for personal in [
            "Muster",
            REASON,
            "喀什地区公安局",
            "Kashgar",
            "Tengri",
            "EX-2026-014",
        ] {
            assert!(!text.contains(personal), "{personal}");
        }
    }
    let headings = json.json()["headings"].as_array().unwrap().len();
    assert_eq!(headings, 12, "A1, A2, B1 to B4, C1 to C6");
}

#[test]
fn small_counts_are_not_shown() {
    let place = Place::new();
    briefs(&place, 7, 1);
    let ran = place
        .run([
            "report",
            place.file("deals").to_str().unwrap(),
            "--period",
            "2026",
            "--json",
        ])
        .code(0);
    let json = ran.json();
    let table = json["headings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|heading| heading["id"] == "C4")
        .unwrap()["tables"][0]["rows"]
        .clone();
    // One refused of seven: six gone on with would give it away.
    for row in table.as_array().unwrap() {
        let shown = row["count"].as_u64();
        assert!(shown.is_none() || shown == Some(0), "{row}");
    }
}

#[test]
fn a_brief_that_is_not_the_one_decided_on_is_left_out_and_said() {
    let place = Place::new();
    briefs(&place, 2, 2);
    fs::write(place.file("deals/0/brief.json"), {
        let text = fs::read_to_string(place.file("deals/0/brief.json")).unwrap();
        text.replace("Cameras", "Kameras")
    })
    .unwrap();
    fs::remove_file(place.file("deals/1/brief.json")).unwrap();
    let ran = place
        .run([
            "report",
            place.file("deals").to_str().unwrap(),
            "--period",
            "2026",
        ])
        .code(0);
    assert!(
        ran.out.contains("whose brief is not beside them: 1"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("not the one that was decided on: 1"),
        "{}",
        ran.out
    );
}

#[test]
fn a_period_outside_holds_nothing_and_a_wrong_one_is_refused() {
    let place = Place::new();
    briefs(&place, 1, 1);
    let deals = place.file("deals");
    let deals = deals.to_str().unwrap();
    let ran = place.run(["report", deals, "--period", "2025"]).code(0);
    assert!(ran.out.contains("briefs decided: 0"), "{}", ran.out);
    // What else is no period: the tests in `crates/brief/src/report/period.rs`.
    let ran = place.run(["report", deals, "--period", "26"]).code(2);
    assert!(ran.err.contains("write a year"), "{}", ran.err);
    let ran = place.run(["report", deals, "--period", "2027"]).code(2);
    assert!(ran.err.contains("has not come"), "{}", ran.err);
    let ran = place.run(["report", deals, "--period", "2026"]).code(0);
    assert!(ran.out.contains("it is not over"), "{}", ran.out);
    let over = ["report", deals, "--period", "2025-01-01..2026-11-21"];
    let ran = place.run(over).code(0);
    assert!(!ran.out.contains("it is not over"), "{}", ran.out);
}

/// A brief from long ago with its decision, page and answers, and one from today.
fn old_and_new(place: &Place) -> PathBuf {
    let path = place.brief("voice");
    let text = fs::read_to_string(&path).unwrap();
    fs::remove_file(path).unwrap();
    let old = text.replace("\"as_of\": \"2026-11-22\"", "\"as_of\": \"2010-01-01\"");
    let deal: serde_json::Value = serde_json::from_str(&text).unwrap();
    let deal = deal["deal"].as_str().unwrap().to_owned();
    let path = place.write("deals/old/brief.json", old);
    place
        .run_on(
            "2010-02-01",
            [
                "decide",
                path.to_str().unwrap(),
                "--stop",
                "--by",
                BY,
                "--reason",
                REASON,
            ],
        )
        .code(0);
    place.write("deals/old/brief.html", "<p>");
    place.write("deals/old/note.txt", "mine");
    place.write(
        "deals/old/answers.toml",
        format!("schema = \"scruple.answers/1\"\ndeal = \"{deal}\"\n"),
    );
    place.write("deals/new/brief.json", text.replace(&deal, &"f".repeat(64)));
    place.file("deals")
}

#[test]
fn purge_shows_day_and_reason_and_deletes_only_when_told() {
    let place = Place::new();
    let deals = old_and_new(&place);
    let deals = deals.to_str().unwrap();
    let before = place.listing();
    let ran = place.run(["purge", deals]).code(0);
    assert_eq!(before, place.listing(), "nothing is deleted");
    assert!(
        ran.out
            .contains("kept until 2020-02-01: 10 years from 2010-02-01 (keep.us.ofac)"),
        "{}",
        ran.out
    );
    snapshot!("purge.txt", place.plain(&ran.out));
    let day = PAST;
    place.run_on(day, ["purge", deals, "--yes"]).code(0);
    for gone in [
        "brief.json",
        "brief.decisions.jsonl",
        "brief.html",
        "answers.toml",
    ] {
        assert!(!place.file(&format!("deals/old/{gone}")).exists(), "{gone}");
    }
    assert!(
        place.file("deals/old/note.txt").exists(),
        "what is not scruple's stays"
    );
    assert!(place.file("deals/new/brief.json").exists());
}

#[test]
fn a_hold_keeps_what_would_go_and_a_broken_one_stops_everything() {
    let place = Place::new();
    let deals = old_and_new(&place);
    let deals = deals.to_str().unwrap();
    let day = PAST;
    let hold = "[[hold]]\ndeal = \"*\"\nreason = \"a court's order\"\nby = \"legal\"\nsince = 2026-01-01\n";
    place.write("deals/holds.toml", hold);
    let ran = place.run_on(day, ["purge", deals, "--yes"]).code(0);
    assert!(
        ran.out
            .contains("held since 2026-01-01 by legal: a court's order"),
        "{}",
        ran.out
    );
    assert!(place.file("deals/old/brief.json").exists());
    for broken in [
        "[[hold]]\ndeal = \"*\"\n",
        "[[hold]]\ndeal = \"abc\"\nreason = \"r\"\nby = \"b\"\nsince = 2026-01-01\n",
        "hold = \n",
    ] {
        place.write("deals/holds.toml", broken);
        let ran = place.run_on(day, ["purge", deals, "--yes"]).code(2);
        assert!(ran.err.contains("nothing was deleted"), "{}", ran.err);
        assert!(place.file("deals/old/brief.json").exists());
    }
    // A hold whose last day has passed holds nothing.
    place.write("deals/holds.toml", format!("{hold}until = 2020-06-01\n"));
    place.run_on(day, ["purge", deals, "--yes"]).code(0);
    assert!(!place.file("deals/old/brief.json").exists());
}

#[test]
fn a_day_that_has_not_come_deletes_nothing() {
    let place = Place::new();
    let deals = old_and_new(&place);
    let ran = place
        .run_on("2199-01-01", ["purge", deals.to_str().unwrap(), "--yes"])
        .code(2);
    assert!(ran.err.contains("nothing was deleted"), "{}", ran.err);
    assert!(place.file("deals/old/brief.json").exists());
}
