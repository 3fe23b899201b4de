//! What `check` says of the six deals that come with it: word for word, the same
//! on every machine, and with everything that a finding owes its reader.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use crate::common::{EXAMPLES, Place, Ran, checked, example_path, inputs, redact, root};
use crate::snapshot;
use serde_json::Value;

#[test]
fn the_briefs_read_as_they_did_when_somebody_last_looked_at_them() {
    for (name, code) in EXAMPLES {
        let ran = checked(name, &[]).code(code);
        assert_eq!(ran.err, "", "{name}");
        snapshot!(format!("{name}.txt"), redact(&ran.out));
        let ran = checked(name, &["--json"]).code(code);
        assert_eq!(ran.err, "", "{name}");
        snapshot!(format!("{name}.json"), redact(&ran.out));
    }
}

#[test]
fn hashes_are_taken_out_of_a_snapshot_and_nothing_else() {
    let hash = "0123456789abcdef".repeat(4);
    assert_eq!(
        redact(&format!(
            "deal ad7aced9f3b4 · {hash} · vintage 6101839719a8 · 994b06efaeed é"
        )),
        "deal [hash] · [hash] · vintage [hash] · 994b06efaeed é"
    );
}

#[test]
fn no_line_is_wider_than_a_hundred_columns() {
    for (name, code) in EXAMPLES {
        let ran = checked(name, &[]).code(code);
        for line in ran.out.lines() {
            assert!(columns(line) <= 100, "{name}: {line}");
        }
    }
}

/// Columns, where Han and Hangul take two.
fn columns(line: &str) -> usize {
    line.chars()
        .map(|c| match u32::from(c) {
            0x1100..=0x115f
            | 0x2e80..=0xa4cf
            | 0xac00..=0xd7a3
            | 0xf900..=0xfaff
            | 0xff00..=0xff60 => 2,
            _ => 1,
        })
        .sum()
}

#[test]
fn every_finding_says_what_who_on_whose_word_what_next_and_how_to_contest_it() {
    let mut seen = 0;
    for (name, code) in EXAMPLES {
        let brief = checked(name, &["--json"]).code(code).json();
        assert_eq!(brief["schema"], "scruple.brief/1");
        assert_eq!(brief["exit"], code);
        for finding in brief["findings"].as_array().unwrap() {
            seen += 1;
            let which = format!("{name}: {}", finding["title"]);
            let says = |pointer: &str| {
                let text = finding.pointer(pointer).and_then(Value::as_str);
                assert!(
                    text.is_some_and(|t| !t.trim().is_empty()),
                    "{which}: {pointer}"
                );
            };
            for pointer in [
                "/id",
                "/rule",
                "/title",
                "/subject/kind",
                "/answer",
                "/force/is",
                "/effect",
                "/applies_because",
                "/confidence/band",
                "/confidence/reason",
                "/contest/how",
            ] {
                says(pointer);
            }
            let evidence = finding["evidence"].as_array().unwrap();
            assert!(!evidence.is_empty(), "{which}: no evidence");
            for at in 0..evidence.len() {
                for field in ["source", "field", "text"] {
                    says(&format!("/evidence/{at}/{field}"));
                }
            }
            says("/next/0");
            if finding["answer"] == "cannot-tell" {
                says("/questions/0/id");
                says("/questions/0/text");
                says("/questions/0/ask");
            }
        }
        let asked: BTreeSet<&str> = brief["questions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|question| question["id"].as_str().unwrap())
            .collect();
        assert_eq!(
            asked.len(),
            brief["questions"].as_array().unwrap().len(),
            "{name}: a question stands once"
        );
        for finding in brief["findings"].as_array().unwrap() {
            for question in finding["questions"].as_array().unwrap() {
                let id = question["id"].as_str().unwrap();
                assert!(
                    asked.contains(id),
                    "{name}: {id} is not among the open questions"
                );
            }
        }
    }
    assert!(seen >= 30, "{seen} findings are few for six deals");
}

#[test]
fn a_name_that_the_starter_pack_adds_is_not_passed_off_as_the_publishers() {
    let mut seen = 0;
    for (name, code) in EXAMPLES {
        let brief = checked(name, &["--json"]).code(code).json();
        for finding in brief["findings"].as_array().unwrap() {
            for doubt in finding["unchecked"].as_array().unwrap() {
                if !doubt["why"]
                    .as_str()
                    .unwrap()
                    .contains("starter pack adds it")
                {
                    continue;
                }
                let what = doubt["what"].as_str().unwrap();
                for evidence in finding["evidence"].as_array().unwrap() {
                    let text = evidence["text"].as_str().unwrap();
                    let names = ["name", "alias", "weakAlias", "previousName"];
                    let is_name = names.contains(&evidence["field"].as_str().unwrap());
                    let record = evidence["record"].as_str().unwrap_or("?");
                    if is_name && what.contains(text) && what.contains(record) {
                        seen += 1;
                        assert_eq!(evidence["published"], false, "{name}: {text} of {record}");
                    }
                }
            }
        }
    }
    assert!(seen > 0, "no example rests on an added name any more");
}

/// DESIGN's order: stop-level, effect, severity, confidence, rule, subject.
#[test]
fn findings_stand_in_the_order_used_everywhere() {
    let rank = |words: &[&str], value: &Value| -> usize {
        match value.as_str() {
            None => words.len(),
            Some(word) => words
                .iter()
                .position(|known| *known == word)
                .unwrap_or_else(|| panic!("{word} has no place in the order")),
        }
    };
    let effects = [
        "prohibited",
        "licence-needed",
        "notify-authority",
        "refuse",
        "ask-first",
        "note",
    ];
    for (name, code) in EXAMPLES {
        let brief = checked(name, &["--json"]).code(code).json();
        let keys: Vec<_> = brief["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| {
                let stop = finding["answer"] != "no"
                    && finding["force"]["is"] == "in-force"
                    && (finding["effect"] == "prohibited" || finding["effect"] == "refuse");
                (
                    !stop,
                    rank(&effects, &finding["effect"]),
                    rank(
                        &["grave", "serious", "moderate", "minor"],
                        &finding["severity"],
                    ),
                    rank(
                        &["strong", "moderate", "weak"],
                        &finding["confidence"]["band"],
                    ),
                    finding["rule"].as_str().unwrap().to_owned(),
                )
            })
            .collect();
        assert!(keys.is_sorted(), "{name}: {keys:#?}");

        let text = checked(name, &[]).out;
        let titles = brief["findings"].as_array().unwrap().iter();
        let mut from = 0;
        for title in titles.map(|finding| finding["title"].as_str().unwrap()) {
            let start: String = title.chars().take(24).collect();
            let at = text[from..]
                .find(start.trim_end())
                .unwrap_or_else(|| panic!("{name}: {title} is missing or out of order"));
            from += at + 1;
        }
    }
}

#[test]
fn the_same_deal_gives_the_same_bytes_in_any_zone_and_locale() {
    for (name, code) in EXAMPLES {
        let mut first: Option<(String, String, Vec<u8>)> = None;
        for (zone, locale) in [
            ("Pacific/Kiritimati", "C"),
            ("America/Los_Angeles", "tr_TR.UTF-8"),
            ("UTC", "zh_CN.UTF-8"),
        ] {
            let place = Place::new();
            let page = place.file("brief.html");
            let run = |more: &[&str]| {
                let mut command = place.command();
                command
                    .args(["check", &example_path(name)])
                    .args(more)
                    .env("TZ", zone)
                    .env("LANG", locale)
                    .env("LC_ALL", locale);
                Ran::of(command.output().unwrap()).code(code).out
            };
            let text = run(&["--html", page.to_str().unwrap()]);
            let json = run(&["--json"]);
            let now = (text, json, std::fs::read(&page).unwrap());
            match &first {
                None => first = Some(now),
                Some(first) => assert!(*first == now, "{name} differs with {zone} and {locale}"),
            }
        }
    }
}

#[test]
fn a_deal_in_json_gives_the_findings_it_gives_in_toml() {
    let place = Place::new();
    for (name, code) in EXAMPLES {
        let text = std::fs::read_to_string(root().join(example_path(name))).unwrap();
        let json = place.write(&format!("{name}.json"), inputs::as_json(&text));
        let mine = place
            .run(["check", json.to_str().unwrap(), "--json"])
            .code(code)
            .json();
        let brief = checked(name, &["--json"]).code(code).json();
        for part in [
            "findings",
            "questions",
            "regimes",
            "screened",
            "verdict",
            "title",
        ] {
            assert_eq!(mine[part], brief[part], "{name}: {part}");
        }
    }
}

#[test]
fn a_page_is_one_file_without_scripts_and_says_what_the_terminal_says() {
    let place = Place::new();
    for (name, code) in EXAMPLES {
        let path = place.file("brief.html");
        place
            .run([
                "check",
                &example_path(name),
                "--html",
                path.to_str().unwrap(),
            ])
            .code(code);
        let page = std::fs::read_to_string(&path).unwrap();
        let brief = checked(name, &["--json"]).code(code).json();
        for needle in ["<script", "javascript:", "<link", "<img", "@import", "url("] {
            assert!(!page.contains(needle), "{name}: {needle}");
        }
        let mut from = 0;
        for finding in brief["findings"].as_array().unwrap() {
            let title = escaped(finding["title"].as_str().unwrap());
            let at = page[from..]
                .find(&title)
                .unwrap_or_else(|| panic!("{name}: {title} is missing or out of order"));
            from += at + 1;
        }
        for question in brief["questions"].as_array().unwrap() {
            assert!(
                page.contains(question["id"].as_str().unwrap()),
                "{name}: {question}"
            );
        }
        assert!(page.contains(brief["footer"].as_str().unwrap()), "{name}");
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&#38;")
        .replace('<', "&#60;")
        .replace('>', "&#62;")
        .replace('"', "&#34;")
        .replace('\'', "&#39;")
}
