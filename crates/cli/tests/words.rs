//! Words that no output of the program may say, and fields that none of its
//! formats may have.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{EXAMPLES, Place, TODAY, checked, example_path, root, unfolded};
use scruple_brief::Packs;
use scruple_brief::explain::explain;
use serde_json::Value;

/// What would make a judge of an aid.
const FORBIDDEN: [&str; 7] = [
    "cleared",
    "safe",
    "approved",
    "clean party",
    "guilty",
    "no licence required",
    "no license required",
];

/// The forbidden words that stand in a text as whole words, with some of the
/// text around each. Line ends and indents count as one space.
fn said(text: &str) -> Vec<String> {
    let text = text
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let mut found = Vec::new();
    for word in FORBIDDEN {
        for (at, _) in text.match_indices(word) {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
            if inside(before) || inside(after) {
                continue;
            }
            let tail: String = text[at..].chars().take(50).collect();
            let head: Vec<char> = text[..at].chars().rev().take(30).collect();
            let head: String = head.into_iter().rev().collect();
            found.push(format!("{word}: …{head}{tail}…"));
        }
    }
    found
}

#[track_caller]
fn hold(source: &str, text: &str) {
    assert!(!text.trim().is_empty(), "{source} is empty");
    let found = said(text);
    assert!(found.is_empty(), "{source} says {found:#?}");
}

#[test]
fn the_search_finds_what_it_looks_for() {
    for bad in [
        "This deal is CLEARED.",
        "(safe)",
        "not yet approved",
        "a clean\n   party",
        "“guilty”",
        "No licence\nrequired",
        "NO LICENSE REQUIRED",
    ] {
        assert_eq!(said(bad).len(), 1, "{bad}");
    }
    for good in [
        "safety",
        "unsafe",
        "unapproved",
        "disapprovedly",
        "cleanparty",
        "safe_mode",
    ] {
        assert!(said(good).is_empty(), "{good}");
    }
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && name != ".git" {
                files(&path, ending, found);
            }
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
}

#[test]
fn no_snapshot_says_a_forbidden_word() {
    let mut all = Vec::new();
    files(&root(), ".snap", &mut all);
    assert!(
        all.len() >= 12,
        "{} snapshots are fewer than the examples make",
        all.len()
    );
    for path in all {
        hold(
            &path.display().to_string(),
            &fs::read_to_string(&path).unwrap(),
        );
    }
}

#[test]
fn no_brief_of_an_example_says_a_forbidden_word_in_any_form() {
    let place = Place::new();
    for (name, code) in EXAMPLES {
        let path = example_path(name);
        let page = place.file("brief.html");
        let ran = place
            .run(["check", &path, "--html", page.to_str().unwrap()])
            .code(code);
        hold(&format!("{name} in the terminal"), &ran.out);
        hold(
            &format!("{name} as a page"),
            &fs::read_to_string(&page).unwrap(),
        );
        let ran = checked(name, &["--json"]).code(code);
        hold(&format!("{name} as JSON"), &ran.out);
    }
}

#[test]
fn no_explanation_says_a_forbidden_word() {
    // The packs are read once for all pages. The program prints the page of one name, folded.
    let packs = Packs::built_in().unwrap();
    let page = |name: &str| explain(&packs, name, TODAY.parse().unwrap()).unwrap();
    let place = Place::new();
    let names = place.run(["explain"]).code(0).out;
    assert!(names.lines().count() > 50);
    let mut kinds = BTreeSet::new();
    for name in names.lines().filter(|name| *name != "lists") {
        let page = page(name);
        hold(&format!("explain {name}"), &page);
        // One of each kind of name: `us.`, `cap.`, `q.`, and those without a point.
        if kinds.insert(name.split_once('.').map(|(kind, _)| kind)) {
            let ran = place.run(["explain", name]).code(0);
            assert_eq!(unfolded(&ran.out), unfolded(&page), "{name}");
        }
    }
    assert!(kinds.len() > 5, "{kinds:?}");
    hold(
        "explain lists",
        &place.run(["explain", "lists"]).code(0).out,
    );
}

#[test]
fn no_help_and_no_screening_says_a_forbidden_word() {
    let place = Place::new();
    let help = place.run(["--help"]).code(0).out;
    hold("--help", &help);
    let mut commands = 0;
    for line in help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
    {
        let Some(command) = line.strip_prefix("  ").and_then(|l| l.split(' ').next()) else {
            break;
        };
        if command.is_empty() {
            continue;
        }
        commands += 1;
        for flag in ["-h", "--help"] {
            let ran = place.run([command, flag]).code(0);
            hold(&format!("{command} {flag}"), &ran.out);
        }
    }
    assert!(commands >= 10, "{commands} commands in:\n{help}");
    hold("man", &place.run(["man"]).code(0).out);
    for (name, code) in [
        ("Hangzhou Hikvision Digital Technology", 3),
        ("Nobody At All", 4),
    ] {
        for form in [None, Some("--json"), Some("--csv")] {
            let report = place.file("proof.html");
            let all = ["screen", name, "--report", report.to_str().unwrap()];
            let ran = place.run(all.into_iter().chain(form)).code(code);
            hold(&format!("screen {name} {form:?}"), &ran.out);
            hold(
                &format!("report of {name}"),
                &fs::read_to_string(&report).unwrap(),
            );
        }
    }
    let deal = place.file("deal.toml");
    place.run(["init", "--yes", deal.to_str().unwrap()]).code(0);
    hold("init", &fs::read_to_string(&deal).unwrap());
}

fn strings<'a>(value: &'a toml::Value, at: &str, found: &mut Vec<(String, &'a str)>) {
    match value {
        toml::Value::String(text) => found.push((at.to_owned(), text)),
        toml::Value::Array(all) => all.iter().for_each(|value| strings(value, at, found)),
        toml::Value::Table(table) => {
            for (key, value) in table {
                // What is looked for in the texts of others is not said by us: "safe city".
                if ["hints", "terms", "yes", "no", "not"].contains(&key.as_str()) {
                    continue;
                }
                strings(value, &format!("{at}.{key}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn no_text_of_a_pack_says_a_forbidden_word() {
    let mut packs = Vec::new();
    files(&root().join("packs"), ".toml", &mut packs);
    assert!(packs.len() >= 10);
    let mut seen = 0;
    for path in packs {
        let table: toml::Value = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let mut texts = Vec::new();
        strings(&table, &path.display().to_string(), &mut texts);
        for (at, text) in texts {
            seen += 1;
            let found = said(text);
            assert!(found.is_empty(), "{at} says {found:#?}");
        }
    }
    assert!(seen > 1_000, "{seen} texts");
}

/// `eyeColour`, `eye_colour` and `eye-colour` are three words of one field: "eye colour".
fn in_words(name: &str) -> String {
    let mut words = String::new();
    let mut lower = false;
    for c in name.chars() {
        if c.is_uppercase() && lower {
            words.push(' ');
        }
        lower = c.is_lowercase();
        words.push(if c.is_alphanumeric() { c } else { ' ' });
    }
    words.to_lowercase()
}

fn properties(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(properties) = object.get("properties").and_then(Value::as_object) {
                found.extend(properties.keys().cloned());
            }
            object.values().for_each(|value| properties(value, found));
        }
        Value::Array(all) => all.iter().for_each(|value| properties(value, found)),
        _ => {}
    }
}

#[test]
fn no_format_has_a_field_for_what_a_person_is() {
    let text = fs::read_to_string(root().join("packs/refused.toml")).unwrap();
    let refused: toml::Value = toml::from_str(&text).unwrap();
    let mut words: BTreeSet<String> = BTreeSet::new();
    for class in refused["class"].as_array().unwrap() {
        for (key, value) in class.as_table().unwrap() {
            if let (true, Some(all)) = (key != "id", value.as_array()) {
                words.extend(all.iter().map(|word| word.as_str().unwrap().to_lowercase()));
            }
        }
    }
    for word in ["ethnicity", "religion", "political opinion", "health"] {
        assert!(words.contains(word), "{word} is no longer refused");
    }
    let refuses = |name: &str| {
        let name = format!(" {} ", in_words(name));
        words
            .iter()
            .find(|word| name.contains(&format!(" {word} ")))
            .cloned()
    };
    assert_eq!(refuses("partyReligion").as_deref(), Some("religion"));
    assert_eq!(
        refuses("political_opinion").as_deref(),
        Some("political opinion")
    );

    let place = Place::new();
    for format in ["deal-1", "brief-1", "match-1", "decision-1", "since-1"] {
        let schema = place.run(["schema", format]).code(0).json();
        let mut names = BTreeSet::new();
        properties(&schema, &mut names);
        assert!(names.len() >= 3, "{format} has fields");
        for name in names {
            assert_eq!(refuses(&name), None, "{format} has a field {name}");
        }
    }
}
