//! Packs against official texts: the facts that answers rest on, compared with the lists
//! as published, and one golden assertion for each way those files mislead a program.
//!
//! Reads `$SCRUPLE_SHARED/data/controls`; says "skipped" where it is not there.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "says what was skipped")]

use std::path::PathBuf;

use crate::common;
use scruple_controls::ccl::{Ccl, ChartFile, GroupsFile, Rows};
use scruple_controls::evaluate::Setting;
use scruple_controls::{Known, Outcome, Value, Whose};
use scruple_model::deal::{Format, read_item};
use scruple_model::{Answer, Place};

#[expect(
    clippy::disallowed_methods,
    reason = "where the lists stand is the test's own"
)]
fn shared(name: &str) -> Option<String> {
    let root = std::env::var_os("SCRUPLE_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let path = root.join("data/controls").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        assert!(
            std::env::var_os("SCRUPLE_NO_SKIP").is_none(),
            "{} is not there",
            path.display()
        );
        println!(
            "skipped: {} is not there (set SCRUPLE_SHARED)",
            path.display()
        );
    }
    text
}

fn ccl() -> Option<Ccl> {
    Some(Ccl::read(&shared("us/ccl.json")?).unwrap())
}

/// Names of the chart's own that no reader of places has to know.
fn place(name: &str) -> Place {
    let name = match name {
        "Seycheles" => "Seychelles",
        "Cote d'lvoire" => "Cote d'Ivoire",
        "China (PRC)" => "China",
        "Micronesia (Federated State of)" => "fm",
        "Sint Maarten (the Dutch two-fifths of the island of Saint Martin)" => "sx",
        other => other,
    };
    Place::parse(name).unwrap_or_else(|| panic!("{name} is no place"))
}

fn us(item: &str, to: &str) -> Outcome {
    let controls = common::controls();
    let fact = |value| Known {
        value,
        whose: Whose::Stated,
        said: String::new(),
    };
    let setting = Setting {
        as_of: Some("2026-09-01".parse().unwrap()),
        laws: [("us.ear".to_owned(), Answer::Yes)].into(),
        facts: vec![
            ("destination", fact(Value::Place(Place::parse(to).unwrap()))),
            ("user", fact(Value::Word("police".to_owned()))),
        ],
        ..Setting::default()
    };
    controls.evaluate(&read_item(item, Format::Toml).unwrap(), &setting)
}

fn licence(outcome: &Outcome) -> Answer {
    outcome.laws[0].licence
}

#[test]
fn every_us_column_of_a_pack_stands_in_the_official_rows() {
    let Some(ccl) = ccl() else { return };
    let mut wrong = Vec::new();
    for read in &common::controls().entries {
        let Some(listing) = read.entry.body.lists.get("us.ccl") else {
            continue;
        };
        let eccn = listing.code.split('.').next().unwrap();
        let Some(entry) = ccl.get(eccn) else {
            wrong.push(format!("{eccn} is no entry"));
            continue;
        };
        let Rows::Shown { columns, .. } = entry.licence_rows() else {
            continue;
        };
        for reason in listing
            .reasons
            .iter()
            .filter(|reason| !columns.contains(reason))
        {
            wrong.push(format!(
                "{}: {reason} is not among {columns:?}",
                listing.code
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_chart_in_the_pack_is_the_official_one() {
    let Some(text) = shared("us/country-chart.json") else {
        return;
    };
    let file: ChartFile = serde_json::from_str(&text).unwrap();
    let chart = common::controls().chart;
    assert!(file.countries.len() > 180);
    for (name, row) in &file.countries {
        let marks: Vec<String> = row.marks.iter().map(|mark| mark.replace(' ', "")).collect();
        assert_eq!(chart.marks(&place(name)).unwrap(), marks, "{name}");
    }
    for name in file.embargoed.keys() {
        assert!(chart.elsewhere(&place(name)).is_some(), "{name}");
        assert_eq!(chart.marks(&place(name)), None, "{name}");
    }
}

#[test]
fn the_groups_in_the_pack_are_the_official_ones() {
    let Some(text) = shared("us/country-groups.json") else {
        return;
    };
    let file: GroupsFile = serde_json::from_str(&text).unwrap();
    let chart = common::controls().chart;
    for (group, names) in &file.groups {
        let key = group.to_lowercase().replace(':', "");
        assert_eq!(chart.groups[&key].len(), names.len(), "{group}");
        for name in names {
            assert!(chart.in_group(&place(name), &key), "{name} in {group}");
        }
    }
}

#[test]
fn trap_1_and_2_a_paragraph_is_never_an_exclusion() {
    let Some(ccl) = ccl() else { return };
    let text = |eccn: &str, letter: &str| {
        ccl.get(eccn)
            .unwrap()
            .paragraph(letter)
            .unwrap_or("")
            .to_lowercase()
    };
    assert!(text("5A004", "a").contains("cryptanalytic"));
    assert!(!text("5A004", "a").contains("debugger"));
    assert!(text("5D001", "e").contains("law enforcement"));
    assert!(!text("5A001", "a").contains("marketing"));
}

#[test]
fn trap_3_an_entry_without_paragraphs_says_so() {
    let Some(ccl) = ccl() else { return };
    assert!(!ccl.get("6A003").unwrap().has_paragraphs());
    assert!(ccl.get("5A001").unwrap().has_paragraphs());
    // What the file lost stands in the pack: the frame rate decides.
    let outcome = us(
        "name = \"x\"\ncapabilities = [\"cap.thermal-camera\"]\nfacts = { frame_rate_hz = 9 }",
        "ke",
    );
    let camera = outcome
        .considered
        .iter()
        .find(|one| one.entry == "wa.6A003.b.4.b")
        .unwrap();
    assert!(matches!(
        camera.state,
        scruple_controls::State::TakenOut { .. }
    ));
}

#[test]
fn trap_4_a_paragraph_stuck_in_text_is_not_taken_for_running_text() {
    let Some(ccl) = ccl() else { return };
    let entry = ccl.get("5A001").unwrap();
    assert!(
        entry
            .items
            .iter()
            .any(|line| line.paragraph.is_none() && line.text.starts_with("b.1 "))
    );
    assert_eq!(
        entry.paragraph("b.1"),
        None,
        "the reader invents no paragraph"
    );
}

#[test]
fn trap_5_no_rows_shown_is_not_no_licence() {
    let Some(ccl) = ccl() else { return };
    for eccn in ["0A981", "0A982", "0A983", "5A980", "5D980", "5E980"] {
        assert_eq!(
            ccl.get(eccn).unwrap().licence_rows(),
            Rows::NoneShown,
            "{eccn}"
        );
    }
    let cuffs = "name = \"x\"\ncapabilities = [\"cap.restraints\"]";
    assert_eq!(licence(&us(cuffs, "de")), Answer::Yes);
    let bug = "name = \"x\"\ncontrol_codes = [\"5A980\"]\nfacts = { surreptitious = true }";
    assert_eq!(licence(&us(bug, "ca")), Answer::Yes);
}

#[test]
fn trap_6_a_column_is_one_column_however_it_is_written() {
    let Some(ccl) = ccl() else { return };
    for eccn in ["0A977", "0A978", "3A980", "3A981", "4A980"] {
        let Rows::Shown { columns, .. } = ccl.get(eccn).unwrap().licence_rows() else {
            panic!("{eccn}");
        };
        assert!(columns.contains(&"CC1".to_owned()), "{eccn}: {columns:?}");
    }
}

#[test]
fn trap_7_a_code_without_an_entry_is_not_found_rather_than_cleared() {
    let Some(ccl) = ccl() else { return };
    assert!(ccl.get("2B352").is_none());
    let outcome = us("name = \"Fermenter\"\ncontrol_codes = [\"2B352\"]", "eg");
    assert!(outcome.considered.is_empty());
}

#[test]
fn trap_8_and_9_other_names_and_embargoed_rows_do_not_fail_open() {
    let polygraph = "name = \"x\"\ncapabilities = [\"cap.polygraph\"]";
    for to in ["cn", "hk", "mo"] {
        assert_eq!(licence(&us(polygraph, to)), Answer::Yes, "{to}");
    }
    for to in ["cu", "ir", "kp", "sy"] {
        assert_ne!(licence(&us(polygraph, to)), Answer::No, "{to}");
    }
}

#[test]
fn trap_10_a_missing_mark_is_told_as_no_permission() {
    for (item, to) in [("cap.ip-surveillance", "in"), ("cap.polygraph", "tr")] {
        let outcome = us(&format!("name = \"x\"\ncapabilities = [\"{item}\"]"), to);
        assert_eq!(licence(&outcome), Answer::No, "{item} {to}");
        assert_ne!(
            outcome.laws[0].duty,
            scruple_controls::Duty::None,
            "{item} {to}"
        );
        let because = &outcome.laws[0].licences[0].reasons[0].because;
        assert!(because.contains("lifts this reason only"), "{because}");
    }
}

#[test]
fn trap_11_and_16_the_worldwide_row_is_open_and_the_server_is_4a090() {
    let server = "name = \"x\"\ncapabilities = [\"cap.ai-compute\"]\nfacts = { tpp = 15800, is_chip = false }";
    let ally = us(server, "ie");
    assert_eq!(licence(&ally), Answer::CannotTell);
    assert_eq!(licence(&us(server, "cn")), Answer::Yes);
    assert_eq!(ally.considered[0].codes["us.ccl"], "4A090.a");
}

#[test]
fn trap_12_the_eu_threshold_is_its_own_and_crime_control_is_american() {
    let controls = common::controls();
    for code in ["3A980", "3A981", "4A980", "0A977", "0A982"] {
        let entry = controls
            .entries
            .iter()
            .find(|read| {
                read.entry
                    .body
                    .lists
                    .get("us.ccl")
                    .is_some_and(|one| one.code == code)
            })
            .unwrap();
        assert!(!entry.entry.body.lists.contains_key("eu.annex-i"), "{code}");
    }
}

#[test]
fn trap_13_and_15_what_the_eu_file_lost_stands_in_the_pack() {
    let controls = common::controls();
    let notes = |id: &str| {
        let read = controls
            .entries
            .iter()
            .find(|read| read.entry.id.as_str() == id)
            .unwrap();
        read.unless.len()
    };
    assert!(notes("wa.5A001.f.2") >= 4, "the notes of 5A001.f");
    assert!(notes("wa.4D004") >= 1, "the note of 4D004");
    assert!(notes("wa.5A004.b") >= 4, "note 2 to 5A004.b");
    assert!(notes("wa.6A003.b.4.b") >= 2, "note 3 to 6A003.b.4.b");
}

#[test]
fn trap_14_the_affiliates_rule_is_asked_after_its_suspension() {
    let controls = common::controls();
    let rule = controls
        .rules
        .iter()
        .find(|read| read.entry.id.as_str() == "us.bis.affiliates-2026")
        .unwrap();
    let doubts = rule.entry.doubts("2026-11-20".parse().unwrap()).join(" ");
    assert!(doubts.contains("confirm"), "{doubts}");
}

#[test]
fn no_fact_has_a_name_that_a_deal_refuses() {
    for fact in &common::controls().facts {
        for name in fact.also.iter().chain([&fact.id]) {
            assert!(
                scruple_model::deal::refused::check(name).is_none(),
                "{name}"
            );
        }
    }
}

#[test]
fn a_pack_with_an_unknown_key_or_name_is_refused_with_its_entry() {
    let broken = |pack: &'static str, from: &'static str, to: &'static str| {
        let text = move |name: &str| {
            let text = common::text(name);
            if name == pack {
                text.replacen(from, to, 1)
            } else {
                text
            }
        };
        scruple_controls::Controls::load(&text, common::groups())
            .unwrap_err()
            .to_string()
    };
    for (pack, from, to, says) in [
        ("facts", "says = ", "sais = ", "unknown field"),
        (
            "control-entries",
            "when = \"air_interface\"",
            "when = \"air_interfase\"",
            "there is no fact air_interfase",
        ),
        (
            "control-entries",
            "[\"cap.imsi-catcher\"]",
            "[\"cap.imsi-cacher\"]",
            "unknown capability cap.imsi-cacher",
        ),
        (
            "use-rules",
            "citation = { instrument",
            "citation = { instrumnet",
            "instrumnet",
        ),
        (
            "use-rules",
            "rule:eu.2021-821.art2-20",
            "rule:eu.2021-821.art9-99",
            "no rule before it",
        ),
        (
            "capabilities",
            "\"stingray\"",
            "\"(stingray\"",
            "a bracket stays open",
        ),
    ] {
        let error = broken(pack, from, to);
        assert!(error.contains(says), "{pack}: {error}");
    }
}
