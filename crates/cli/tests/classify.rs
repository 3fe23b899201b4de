//! `scruple classify` as somebody meets it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{self, Place};

const ITEM: &str = "name = \"Suitcase\"\ndescription = \"Logs IMSI and IMEI of phones around it; voice is not collected.\"\n";

#[test]
fn words_give_the_entry_first_with_the_words_that_showed_it() {
    let place = Place::new();
    let ran = place
        .run([
            "classify",
            "IMSI catcher in a backpack",
            "--from",
            "us",
            "--destination",
            "kz",
        ])
        .code(3);
    let first = ran.out.find("5A001.f.2").unwrap();
    assert!(ran.out[..first].contains("IMSI catcher"), "{}", ran.out);
    assert!(ran.out.contains("a licence is needed"), "{}", ran.out);
}

#[test]
fn an_item_file_is_read_and_json_holds_the_whole_trace() {
    let place = Place::new();
    place.write("item.toml", ITEM);
    let ran = place
        .run_here(["classify", "item.toml", "--from", "eu", "--json"])
        .code(3);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["schema"], "scruple.classify/1");
    let steps = &json["items"][0]["considered"][0]["steps"];
    assert!(steps.as_array().unwrap().len() >= 4, "{steps}");
}

#[test]
fn a_statement_ends_with_a_line_to_sign() {
    let place = Place::new();
    place.write("item.toml", ITEM);
    let ran = place
        .run_here(["classify", "item.toml", "--statement"])
        .code(3);
    assert!(
        ran.out.starts_with("CLASSIFICATION STATEMENT"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("Signature"), "{}", ran.out);
    // Whoever signs reads which wording nobody compared, and on which deal it is.
    let told = common::unfolded(&ran.out);
    assert!(
        told.contains("wording not yet compared with the official text"),
        "{told}"
    );
    let of_deal = place.run(["classify", "examples/cameras.toml", "--statement"]);
    let told = common::unfolded(&of_deal.out);
    assert!(told.contains("deal ad7aced9f3b4 (EX-2026-014)"), "{told}");
    let heading = ran.out.to_lowercase().matches("law by law").count();
    assert_eq!(heading, 1, "{}", ran.out);
}

#[test]
fn a_harmless_thing_ends_without_a_finding() {
    let place = Place::new();
    let ran = place.run([
        "classify",
        "coffee machine with two boilers",
        "--from",
        "us",
    ]);
    assert!(ran.out.contains("NOTHING RECOGNISED"), "{}", ran.out);
    assert!(!ran.out.contains("LISTED   "), "{}", ran.out);
}

#[test]
fn names_nobody_knows_are_refused_all_at_once_with_the_nearest() {
    let place = Place::new();
    place.write(
        "item.toml",
        format!("{ITEM}capabilities = [\"cap.imsi-cather\"]\nfacts = {{ contnt = false, frame_rate_hz = \"fast\" }}\n"),
    );
    let ran = place.run_here(["classify", "item.toml"]).code(2);
    for said in ["cap.imsi-catcher", "content", "frame_rate_hz"] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
}

#[test]
fn a_country_that_is_none_a_day_that_is_none_and_no_words_are_refused() {
    let place = Place::new();
    for (args, says) in [
        (["classify", "x", "--destination", "UK"], "gb"),
        (["classify", "x", "--destination", "XX"], "ISO"),
        (["classify", "x", "--as-of", "2026-02-31"], "2026-02-31"),
        (["classify", "x", "--end-user-type", "pirate"], "police"),
        (["classify", " ", "--from", "eu"], "no words"),
    ] {
        let ran = place.run(args).code(2);
        assert!(ran.err.contains(says), "{args:?}: {}", ran.err);
    }
}

#[test]
fn check_refuses_a_fact_that_no_rule_asks_for() {
    let place = Place::new();
    place.write(
        "deal.toml",
        "title = \"A deal\"\n[[items]]\nname = \"x\"\nfacts = { frame_rate = 9, nonsense = true }\n",
    );
    let ran = place.run_here(["check", "deal.toml"]).code(2);
    assert!(ran.err.contains("nonsense"), "{}", ran.err);
}

#[test]
fn a_fact_about_what_a_person_is_is_refused_with_the_reason() {
    let place = Place::new();
    place.write(
        "item.toml",
        format!("{ITEM}facts = {{ religion = \"x\" }}\n"),
    );
    let ran = place.run_here(["classify", "item.toml"]).code(2);
    assert!(
        ran.err.contains("keeps no field for what a person is"),
        "{}",
        ran.err
    );
}
