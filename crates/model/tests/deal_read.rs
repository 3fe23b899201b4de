//! Deals, good and bad, in both notations.

use proptest::prelude::*;
use scruple_model::deal::{Fact, Format, LARGEST, read};
use scruple_model::{Deal, Problem};

fn good(text: &str, format: Format) -> Deal {
    read(text, format).unwrap_or_else(|problems| panic!("{}", told(text, &problems)))
}

fn bad(text: &str, format: Format) -> Vec<Problem> {
    match read(text, format) {
        Ok(deal) => panic!("was read: {deal:?}"),
        Err(problems) => problems,
    }
}

/// The problems as a person meets them, with the line each stands in.
fn told(text: &str, problems: &[Problem]) -> String {
    let mut told = String::new();
    for problem in problems {
        let line = text
            .lines()
            .nth(problem.at.line.saturating_sub(1))
            .unwrap_or("");
        told += &format!(
            "{}:{}  {}\n  | {}\n  {}\n",
            problem.at.line,
            problem.at.column,
            problem.field,
            line.trim(),
            problem.what
        );
        if let Some(expected) = &problem.expected {
            told += &format!("  expected: {expected}\n");
        }
        if let Some(nearest) = &problem.nearest {
            told += &format!("  nearest:  {nearest}\n");
        }
        told += &format!("  next:     {}\n\n", problem.next);
    }
    told
}

#[test]
fn every_problem_of_a_thoroughly_bad_toml_file() {
    let text = include_str!("bad/everything.toml");
    insta::assert_snapshot!(told(text, &bad(text, Format::Toml)));
}

#[test]
fn every_problem_of_a_thoroughly_bad_json_file() {
    let text = include_str!("bad/everything.json");
    insta::assert_snapshot!(told(text, &bad(text, Format::Json)));
}

#[test]
fn a_deal_reads_equal_from_both_notations_and_fills_every_field() {
    let toml = good(include_str!("good/full.toml"), Format::Toml);
    let mut json = good(include_str!("good/full.json"), Format::Json);
    assert_ne!(toml.hash, json.hash);
    json.hash.clone_from(&toml.hash);
    assert_eq!(toml, json);
    insta::assert_debug_snapshot!(toml);
}

#[test]
fn every_field_of_the_table_is_in_the_full_deal() {
    let full: serde_json::Value = serde_json::from_str(include_str!("good/full.json")).unwrap();
    let schema = scruple_model::deal::schema();
    assert_eq!(missing(&schema, &full, ""), Vec::<String>::new());
}

/// Properties of the schema that the value does not show.
fn missing(schema: &serde_json::Value, value: &serde_json::Value, path: &str) -> Vec<String> {
    let mut left = Vec::new();
    let Some(properties) = schema["properties"].as_object() else {
        return left;
    };
    for (name, inner) in properties {
        let all: Vec<&serde_json::Value> = match value {
            serde_json::Value::Array(list) => list.iter().filter_map(|v| v.get(name)).collect(),
            other => other.get(name).into_iter().collect(),
        };
        let here = format!("{path}.{name}");
        match all.first() {
            None if path.ends_with("identifiers") || name == "lei" => {}
            None => left.push(here),
            Some(value) if inner.get("items").is_some() => {
                left.extend(missing(&inner["items"], value, &here));
            }
            Some(value) => left.extend(missing(inner, value, &here)),
        }
    }
    left
}

#[test]
fn an_incomplete_deal_is_read() {
    let deal = good("title = \"x\"", Format::Toml);
    assert!(deal.parties.is_empty());
    assert_eq!(deal.destination, Fact::Unknown);
    assert_eq!(good("{\"title\": \"x\"}", Format::Json).title, "x");
}

#[test]
fn unknown_may_stand_for_every_fact() {
    let text = "title = \"x\"\ndestination = \"unknown\"\ntransit = [\"unknown\"]\nend_use = \"Unknown\"\n\
        [nexus]\nus_persons = \"unknown\"\nus_content_percent = \"unknown\"\nbank_countries = \"unknown\"\n\
        delivery = \"unknown\"\ncurrency = \"unknown\"\n[dates]\nsignature = \"unknown\"\n";
    let deal = good(text, Format::Toml);
    assert_eq!(deal.end_use, Fact::Unknown);
    assert_eq!(deal.nexus.delivery, Fact::Unknown);
    assert_eq!(deal.nexus.us_content, Fact::Unknown);
    assert_eq!(deal.nexus.bank_countries, Fact::Unknown);
    assert_eq!(deal.transit, Fact::Unknown);
}

#[test]
fn broken_notation_is_told_with_its_place() {
    let cases = [
        ("title = Cameras\n", Format::Toml),
        ("title = \u{201c}Cameras\u{201d}\n", Format::Toml),
        ("title = \"Cameras\n[nexus\nx", Format::Toml),
        ("{ \"title\": \"x\" }", Format::Toml),
        ("", Format::Json),
        ("[]", Format::Json),
        ("{ \"title\": \"x\", }", Format::Json),
        ("{ \"title\": \"x\" // note\n}", Format::Json),
        (
            "{ \"title\": \"x\", \"parties\": [ { \"id\": \"a\"",
            Format::Json,
        ),
        ("title = \"x\"", Format::Json),
    ];
    let all: String = cases
        .iter()
        .map(|(text, format)| format!("=== {text:?}\n{}", told(text, &bad(text, *format))))
        .collect();
    insta::assert_snapshot!(all);
}

#[test]
fn a_byte_order_mark_moves_no_column() {
    let text = "\u{feff}titel = \"x\"\n";
    let problems = bad(text, Format::Toml);
    let unknown = problems.iter().find(|p| p.field == "titel").unwrap();
    assert_eq!((unknown.at.line, unknown.at.column), (1, 1));
    assert_eq!(&text[unknown.at.bytes.clone()], "titel");
    good("\u{feff}{\"title\": \"x\"}", Format::Json);
}

#[test]
fn problems_point_at_what_they_speak_of() {
    let text = include_str!("bad/everything.toml");
    for problem in bad(text, Format::Toml) {
        let pointed = text.get(problem.at.bytes.clone());
        assert!(pointed.is_some(), "{problem:?}");
        if problem.what.contains("is no country") {
            let written = problem.what.split('"').nth(1).unwrap();
            assert_eq!(pointed.unwrap().trim_matches('"'), written);
        }
    }
}

#[test]
fn depth_and_size_are_bounded() {
    for depth in [50, 10_000, 200_000] {
        let json = format!(
            "{{\"title\":\"x\",\"a\":{}{}}}",
            "[".repeat(depth),
            "]".repeat(depth)
        );
        assert!(!bad(&json, Format::Json).is_empty());
        let toml = format!(
            "title = \"x\"\na = {}{}\n",
            "[".repeat(depth),
            "]".repeat(depth)
        );
        assert!(!bad(&toml, Format::Toml).is_empty());
        let dotted = format!("title = \"x\"\n{}x = 1\n", "a.".repeat(depth));
        assert!(!bad(&dotted, Format::Toml).is_empty());
    }
    let long = format!("title = \"{}\"", "x".repeat(LARGEST));
    assert_eq!(bad(&long, Format::Toml).len(), 1);
    let many = format!(
        "title = \"x\"\n{}",
        (0..5_000)
            .map(|n| format!("k{n} = 1\n"))
            .collect::<String>()
    );
    let problems = bad(&many, Format::Toml);
    assert_eq!(problems.len(), 201);
    assert!(problems[200].what.contains("4800 more problems"));
}

#[test]
fn a_large_file_full_of_errors_is_told_in_time() {
    let filled = |piece: &str| piece.repeat(LARGEST / piece.len() - 10);
    let party = "[[parties]]\nid=\"a\"\nof=\"nobody\"\n";
    for text in [
        format!("a = [{}", filled("x ")),
        filled("x = y\n"),
        filled(party),
        filled("[["),
        (0..100_000).map(|n| format!("k{n}=1\n")).collect(),
        filled("\"\"\""),
    ] {
        let problems = bad(&text, Format::Toml);
        assert!(problems.len() <= 201);
    }
    for text in [
        format!(
            "{{\"parties\":[{}1]}}",
            filled("{\"id\":\"a\",\"of\":\"b\"},")
        ),
        format!("{{{}\"a\":1}}", filled("\"a\":1,")),
    ] {
        assert!(bad(&text, Format::Json).len() <= 201);
    }
}

#[test]
fn refused_keys_are_refused_wherever_they_stand_in_each_language() {
    for (key, class) in [
        ("ethnicity", "ethnic"),
        ("宗教信仰", "religion"),
        ("minzu", "ethnic"),
        ("политические взгляды", "political"),
        ("natsionalnaya prinadlezhnost", "ethnic"),
        ("الديانة", "religion"),
        ("état de santé", "health"),
        ("Fingerabdruck", "body"),
        ("sexual_orientation", "sex life"),
        ("travel history", "where a person goes"),
    ] {
        for table in [
            "",
            "[nexus]\n",
            "[seller]\nname = \"x\"\n",
            "[[parties]]\nid = \"a\"\nrole = \"bank\"\nname = \"x\"\n",
        ] {
            let text = format!("title = \"x\"\n{table}\"{key}\" = \"x\"\n");
            let problems = bad(&text, Format::Toml);
            assert_eq!(problems.len(), 1, "{text}{problems:#?}");
            assert!(
                problems[0]
                    .what
                    .starts_with("scruple keeps no field for what a person is"),
                "{key}"
            );
            assert!(
                problems[0].what.contains(class),
                "{key}: {}",
                problems[0].what
            );
        }
    }
}

#[test]
fn texts_may_speak_of_what_keys_may_not() {
    let text = "title = \"x\"\nend_use = \"to register the religion and ethnicity of residents\"\n\
        [[items]]\nname = \"Fingerprint reader\"\ndescription = \"reads DNA, iris and gait\"\n";
    assert_eq!(good(text, Format::Toml).items.len(), 1);
}

#[test]
fn the_hash_is_of_the_text() {
    let one = good("title = \"x\"", Format::Toml);
    assert_eq!(one.hash, scruple_model::hash::sha256(b"title = \"x\""));
    assert_ne!(one.hash, good("title = \"x\" ", Format::Toml).hash);
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in "\\PC{0,300}") {
        let _ = (read(&text, Format::Toml), read(&text, Format::Json));
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = (read(&text, Format::Toml), read(&text, Format::Json));
    }

    #[test]
    fn a_good_file_with_a_hole_or_a_splinter_never_panics(
        at in 0usize..1_900, length in 0usize..40, splinter in "[\"\\[\\]{}=,.\n#'\u{202e}0-9a-z]{0,6}"
    ) {
        for (text, format) in [
            (include_str!("good/full.toml"), Format::Toml),
            (include_str!("good/full.json"), Format::Json),
        ] {
            let mut chars: Vec<char> = text.chars().collect();
            let from = at.min(chars.len());
            let to = (from + length).min(chars.len());
            chars.splice(from..to, splinter.chars());
            let text: String = chars.into_iter().collect();
            if let Err(problems) = read(&text, format) {
                prop_assert!(!problems.is_empty());
                prop_assert!(problems.iter().all(|p| p.at.line >= 1 && !p.next.is_empty() && !p.what.is_empty()));
                prop_assert!(problems.is_sorted_by_key(|p| (p.at.line, p.at.column)));
            }
        }
    }
}
