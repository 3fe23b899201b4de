//! What `screen` finds, in which form it says so, and what it leaves behind:
//! nothing.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::path::Path;

use crate::common::{self, Place, Ran, example_path, inputs};
use crate::snapshot;
use calamine::{Data, Reader as _, Xlsx};
use serde_json::Value;

const NOBODY: &str = "Groupement hospitalier des Deux Fleuves";

fn ids(answer: &Value) -> Vec<&str> {
    answer["matches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["id"].as_str().unwrap())
        .collect()
}

#[test]
fn a_name_is_found_as_listed_in_another_script_mistyped_reordered_or_with_another_legal_form() {
    let place = Place::new();
    let hikvision = "starter:us-bis-el/hikvision";
    for (name, id) in [
        ("Hangzhou Hikvision Digital Technology Co., Ltd.", hikvision),
        ("Hangzhou Hikvision Digital Technology", hikvision),
        ("Hangzhou Hikvison Digital Technology", hikvision),
        ("digital technology Hikvision Hangzhou", hikvision),
        ("Hangzhou Hikvision Digital Technology GmbH", hikvision),
        ("HANGZHOU HIKVISION DIGITAL TECHNOLOGY", hikvision),
        ("喀什地区公安局", "starter:us-bis-el/kashgar-psb"),
        ("Мегвии Технолоджи", "starter:us-bis-el/megvii"),
    ] {
        let ran = place.run(["screen", name, "--json"]).code(3);
        let answers = ran.lines();
        assert_eq!(answers.len(), 1, "{name}");
        assert_eq!(ids(&answers[0]).first(), Some(&id), "{name}");
        assert_eq!(answers[0]["query"]["name"], name);
    }
}

#[test]
fn a_name_that_is_on_no_list_says_on_what_it_was_not_found_and_ends_with_4() {
    let place = Place::new();
    let ran = place.run(["screen", NOBODY]).code(4);
    assert!(
        ran.out.starts_with(&format!("{NOBODY}: not found on ")),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("as of "), "{}", ran.out);
    snapshot!("screen-nobody.txt", place.plain(&ran.out));
    let ran = place
        .run(["screen", "Hangzhou Hikvision Digital Technology"])
        .code(3);
    snapshot!("screen-hikvision.txt", place.plain(&ran.out));
}

#[test]
fn a_threshold_of_nothing_gives_as_many_candidates_as_asked_for() {
    let place = Place::new();
    for limit in ["1", "7", "20"] {
        let ran = place
            .run([
                "screen",
                NOBODY,
                "--threshold",
                "0",
                "--limit",
                limit,
                "--json",
            ])
            .code(3);
        let answer = &ran.lines()[0];
        assert_eq!(ids(answer).len().to_string(), limit);
        let scores: Vec<u64> = answer["matches"]
            .as_array()
            .unwrap()
            .iter()
            .map(|found| found["score"].as_u64().unwrap())
            .collect();
        assert!(scores.iter().all(|score| *score <= 10_000));
        assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    }
}

const NAMES: [&str; 4] = [
    NOBODY,
    "喀什地区公安局",
    "",
    "Hangzhou Hikvision Digital Technology",
];

/// Rows with an id of their own; the third has no name.
fn csv() -> String {
    let rows: String = (1..)
        .zip(NAMES)
        .map(|(n, name)| format!("X-{n},{name},keep {n}\n"))
        .collect();
    format!("id,name,note\n{rows}")
}

fn json_lines() -> String {
    (1..)
        .zip(NAMES)
        .map(|(n, name)| format!(r#"{{"id":"X-{n}","name":"{name}","note":"keep {n}"}}"#) + "\n")
        .collect()
}

fn assert_answers(ran: Ran) {
    let answers = ran.code(3).lines();
    assert_eq!(answers.len(), 4, "every row has a line");
    for (n, (answer, name)) in (1..).zip(answers.iter().zip(NAMES)) {
        assert_eq!(answer["query"]["id"], format!("X-{n}"));
        assert_eq!(answer["query"]["name"], name);
    }
    assert!(ids(&answers[0]).is_empty());
    assert_eq!(ids(&answers[1])[0], "starter:us-bis-el/kashgar-psb");
    assert!(ids(&answers[2]).is_empty());
    assert_eq!(ids(&answers[3])[0], "starter:us-bis-el/hikvision");
    let unchecked = answers[2]["unchecked"].to_string();
    assert!(unchecked.contains("the name \\\"\\\""), "{unchecked}");
}

#[test]
fn every_row_of_a_file_has_a_line_in_the_files_order_with_its_own_id() {
    let place = Place::new();
    for (name, bytes) in [
        ("a.csv", csv().into_bytes()),
        ("b.csv", inputs::utf16(&csv())),
        ("c.csv", csv().replace(',', ";").into_bytes()),
        ("d.jsonl", json_lines().into_bytes()),
        ("e.xlsx", inputs::names_xlsx(&NAMES)),
    ] {
        let path = place.write(name, bytes);
        assert_answers(place.run(["screen", "--json", "--file", path.to_str().unwrap()]));
    }
    for input in [csv(), json_lines()] {
        let piped = ["screen", "--json", "--file", "-"];
        assert_answers(place.run_with(input.as_bytes(), piped));
    }
    let piped = ["screen", "--json", "--file", "-"];
    assert_answers(place.run_with(&inputs::names_xlsx(&NAMES), piped));
}

#[test]
fn a_column_of_the_file_is_carried_through_and_can_be_named() {
    let place = Place::new();
    let text = "Nummer;Bezeichnung X\nA1;Hangzhou Hikvision Digital Technology\n";
    let path = place.write("a.csv", text);
    let path = path.to_str().unwrap();
    let ran = place.run(["screen", "--file", path]).code(2);
    assert!(ran.err.contains("--map name=COLUMN"), "{}", ran.err);
    let map = "name=Bezeichnung X";
    let ran = place
        .run(["screen", "--json", "--file", path, "--map", map])
        .code(3);
    let answer = &ran.lines()[0];
    assert_eq!(answer["query"]["id"], "A1");
    assert_eq!(answer["query"]["Nummer"], "A1");
    assert_eq!(ids(answer)[0], "starter:us-bis-el/hikvision");
}

/// Every required key of the published schema stands in the value, and no key
/// stands in it that the schema does not know.
fn hold_to(schema: &Value, root: &Value, value: &Value, at: &str) {
    let schema = match schema["$ref"].as_str() {
        Some(name) => root.pointer(name.trim_start_matches('#')).unwrap(),
        None => schema,
    };
    if let (Some(properties), Some(object)) = (schema["properties"].as_object(), value.as_object())
    {
        for required in schema["required"].as_array().into_iter().flatten() {
            let key = required.as_str().unwrap();
            assert!(object.contains_key(key), "{at}: {key} is missing");
        }
        for (key, value) in object {
            let of = properties
                .get(key)
                .unwrap_or_else(|| panic!("{at}: {key} is not in the schema"));
            hold_to(of, root, value, &format!("{at}.{key}"));
        }
    }
    for value in value.as_array().into_iter().flatten() {
        hold_to(&schema["items"], root, value, &format!("{at}[]"));
    }
    let kinds: BTreeSet<&str> = match &schema["type"] {
        Value::String(kind) => [kind.as_str()].into(),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    assert!(kinds.contains(kind), "{at}: {kind} is not {kinds:?}");
}

#[test]
fn json_lines_and_briefs_are_what_their_schemas_say() {
    let place = Place::new();
    let schema = place.run(["schema", "match-1"]).code(0).json();
    for name in [
        "Hangzhou Hikvison Digital Technology GmbH",
        NOBODY,
        "喀什地区公安局",
    ] {
        let ran = place.run(["screen", "--json", "--threshold", "0.5", name]);
        for answer in ran.lines() {
            hold_to(&schema, &schema, &answer, "match");
            for key in ["query", "matches", "looked_at", "unchecked"] {
                assert!(answer.get(key).is_some(), "{key}");
            }
            for found in answer["matches"].as_array().unwrap() {
                for key in [
                    "id",
                    "caption",
                    "schema",
                    "score",
                    "band",
                    "lists",
                    "reasons",
                    "explanation",
                ] {
                    assert!(found.get(key).is_some(), "{key}");
                }
            }
        }
    }
    let schema = place.run(["schema", "brief-1"]).code(0).json();
    for (name, code) in common::EXAMPLES {
        let ran = place
            .run(["check", "--json", &example_path(name)])
            .code(code);
        hold_to(&schema, &schema, &ran.json(), name);
    }
}

/// Names that a spreadsheet would run or that break a naive writer.
const ODD: [&str; 5] = [
    "=HYPERLINK(\"http://example.com\",\"x\")",
    "+SUM(A1)",
    "@cmd",
    "Smith, \"Jones\" & Co",
    "Hangzhou Hikvision Digital Technology",
];

fn odd_json_lines() -> String {
    ODD.iter()
        .map(|name| format!("{}\n", serde_json::json!({ "name": name })))
        .collect()
}

#[test]
fn a_csv_table_reads_back_and_holds_no_formula() {
    let place = Place::new();
    let ran = place
        .run_with(
            odd_json_lines().as_bytes(),
            ["screen", "--csv", "--file", "-"],
        )
        .code(3);
    let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let name_at = headers.iter().position(|header| header == "name").unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for row in &rows {
        assert_eq!(row.len(), headers.len());
        for cell in row {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell}"
            );
        }
    }
    let names: Vec<&str> = rows
        .iter()
        .map(|row| row[name_at].trim_start_matches('\''))
        .collect();
    for name in ODD {
        assert!(names.contains(&name), "{name} of {names:?}");
    }
    let match_at = headers.iter().position(|h| h == "match_id").unwrap();
    let found: Vec<&str> = rows.iter().map(|row| &row[match_at]).collect();
    assert!(found.contains(&"starter:us-bis-el/hikvision"), "{found:?}");
}

#[test]
fn a_workbook_opens_and_holds_every_row_as_text() {
    let place = Place::new();
    let out = place.file("out.xlsx");
    let file = place.write("names.jsonl", odd_json_lines());
    let arguments = [
        "screen",
        "--file",
        file.to_str().unwrap(),
        "--xlsx",
        out.to_str().unwrap(),
    ];
    place.run(arguments).code(3);
    let mut book: Xlsx<_> = calamine::open_workbook(&out).unwrap();
    let sheet = book.worksheet_range("Screening").unwrap();
    let headers: Vec<String> = sheet
        .rows()
        .next()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    let name_at = headers.iter().position(|header| header == "name").unwrap();
    let names: Vec<&Data> = sheet.rows().skip(1).map(|row| &row[name_at]).collect();
    for name in ODD {
        assert!(
            names.contains(&&Data::String(name.to_owned())),
            "{name} of {names:?}"
        );
    }
    let formulas = book.worksheet_formula("Screening").unwrap();
    assert!(formulas.rows().flatten().all(String::is_empty));
    let looked = book.worksheet_range("Looked at").unwrap();
    let cells: Vec<String> = looked.rows().flatten().map(ToString::to_string).collect();
    for needle in [
        "us-bis-el",
        "not looked at",
        "EU Regulation 833/2014, Annex IV",
    ] {
        assert!(cells.iter().any(|cell| cell == needle), "{needle}");
    }
}

#[test]
fn a_report_proves_a_screening_also_one_without_a_match() {
    let place = Place::new();
    let vintage = place
        .run(["check", "--json", &example_path("firewall")])
        .code(4)
        .json();
    for (name, code) in [("Hangzhou Hikvision Digital Technology", 3), (NOBODY, 4)] {
        let path = place.file("proof.html");
        let report = path.to_str().unwrap();
        place
            .run(["screen", name, "--limit", "3", "--report", report])
            .code(code);
        let page = std::fs::read_to_string(&path).unwrap();
        for needle in [
            name,
            "2026-11-22",
            "us-bis-el",
            "2026-07-09",
            "screen.threshold",
            "7000",
            "screen.limit",
            "Not looked at",
            "EU Regulation 833/2014, Annex IV",
        ] {
            assert!(page.contains(needle), "{name}: {needle}");
        }
        for hash in vintage["vintage"]["lists"].as_object().unwrap().values() {
            assert!(page.contains(hash.as_str().unwrap()), "{name}: {hash}");
        }
        let said = if code == 3 {
            "Hangzhou Hikvision Digital Technology Co., Ltd."
        } else {
            "not found on"
        };
        assert!(page.contains(said), "{name}: {said}");
        assert!(!page.contains("<script"), "{name}");
    }
}

#[test]
fn a_name_cannot_break_out_of_a_report() {
    let place = Place::new();
    let path = place.file("proof.html");
    let name = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)>";
    place
        .run(["screen", name, "--report", path.to_str().unwrap()])
        .code(4);
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(
        !page.contains("<script") && !page.contains("<img"),
        "{page}"
    );
    assert!(page.contains("alert(1)"));
}

#[test]
fn control_characters_of_a_name_do_not_reach_the_terminal() {
    let place = Place::new();
    let ran = place.run(["screen", "Evil\u{1b}[2J\u{7}Trading"]);
    assert!(!ran.out.contains(['\u{1b}', '\u{7}']), "{:?}", ran.out);
}

#[test]
fn screen_and_check_leave_nothing_behind() {
    let place = Place::new();
    let names = place.write("names.csv", csv());
    let names = names.to_str().unwrap();
    let look = || {
        place
            .run(["screen", "Hangzhou Hikvision Digital Technology"])
            .code(3);
        place.run(["screen", "--file", names]).code(3);
        place.run(["check", &example_path("cameras")]).code(3);
        place.run(["explain", "us.ear.744-11"]).code(0);
        let ran = place.run(["doctor"]).code(2);
        assert!(ran.err.contains("nothing is stored"), "{}", ran.err);
    };
    let before = place.listing();
    look();
    assert!(place.listing() == before, "without a data directory");
    assert!(!place.data().exists(), "no directory is made");

    let list = place.write("el.jsonl", inputs::listed("1", "Tengri Vision Trade LLP"));
    place
        .run(["sync", "--from", list.to_str().unwrap()])
        .code(0);
    let before = place.listing();
    place.run(["screen", "Tengri Vision Trade"]).code(3);
    place.run(["screen", "--file", names]).code(4);
    place.run(["check", &example_path("cameras")]).code(3);
    place.run(["doctor"]).code(0);
    same(&before, &place.listing());
}

fn same(
    before: &[(std::path::PathBuf, Option<Vec<u8>>)],
    after: &[(std::path::PathBuf, Option<Vec<u8>>)],
) {
    let names = |all: &[(std::path::PathBuf, Option<Vec<u8>>)]| -> BTreeSet<std::path::PathBuf> {
        all.iter().map(|(path, _)| path.clone()).collect()
    };
    assert_eq!(names(before), names(after));
    for ((path, one), (_, other)) in before.iter().zip(after) {
        assert!(one == other, "{} has changed", Path::display(path));
    }
}
