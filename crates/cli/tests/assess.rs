//! `scruple assess`, the questionnaire and back, and its place in `check`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;

use crate::common::{EXAMPLES, Place, checked, example_path, unfolded};
use crate::snapshot;

const DEAL: &str = r#"title = "Plate readers for a motorway"
place_of_use = "fr"
destination = "fr"

[seller]
name = "Lindenau Optronik GmbH"
country = "de"

[[items]]
name = "LX-2 plate reader"
capabilities = ["cap.alpr"]

[[parties]]
id = "operator"
role = "end-user"
name = "Autoroutes du Littoral SA"
"#;

fn hash() -> String {
    scruple_model::hash::sha256(DEAL.as_bytes())
}

#[test]
fn an_assessment_reads_the_same_in_every_run() {
    let place = Place::new();
    for name in ["cameras", "garments"] {
        let ran = place.run(["assess", &example_path(name)]).code(3);
        snapshot!(format!("assess-{name}.txt"), place.plain(&ran.out));
        let again = place.run(["assess", &example_path(name)]).code(3);
        assert_eq!(ran.out, again.out);
        assert!(ran.err.is_empty(), "{}", ran.err);
    }
}

#[test]
fn a_stop_goes_before_everything_in_the_brief_and_needs_a_name_to_pass() {
    let place = Place::new();
    let brief = place.brief("cameras");
    let json: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&brief).unwrap()).unwrap();
    let first = &json["findings"][0];
    assert_eq!(first["rule"], "duty.ungp.stop");
    assert_eq!(first["effect"], "refuse");
    assert_eq!(json["assessment"]["stop"], "yes");
    assert_eq!(json["assessment"]["findings"], serde_json::json!([]));
    let arguments = [
        "decide",
        brief.to_str().unwrap(),
        "--proceed",
        "--by",
        "Compliance",
    ];
    let reason = ["--reason", "A licence was granted for this"];
    let ran = place.run(arguments.into_iter().chain(reason)).code(2);
    assert!(ran.err.contains("needs a named person"), "{}", ran.err);
}

#[test]
fn no_assessment_pronounces_and_every_form_says_the_same() {
    let place = Place::new();
    for (name, _) in EXAMPLES {
        let page = place.file("page.html");
        let ran = place.run([
            "assess",
            &example_path(name),
            "--html",
            page.to_str().unwrap(),
        ]);
        let html = fs::read_to_string(&page).unwrap();
        let json = place.run(["assess", &example_path(name), "--json"]);
        assert_eq!(ran.code, json.code);
        let said = json.json()["recommends"].as_str().unwrap().to_owned();
        assert!(unfolded(&ran.out).contains(&said), "{name}: {said}");
        assert!(html.contains(&said), "{name}: {said}");
        assert!(!html.contains("<script"), "{name}");
        for text in [&ran.out, &html, &json.out] {
            let text = text.to_lowercase();
            for word in [
                " cleared",
                " safe ",
                " approved",
                "guilty",
                "no licence required",
            ] {
                assert!(!text.contains(word), "{name} says{word}");
            }
        }
    }
}

#[test]
fn a_questionnaire_comes_back_filled_in() {
    let place = Place::new();
    let deal = place.write("deal.toml", DEAL);
    let deal = deal.to_str().unwrap();
    let asked = place.file("questions.toml");
    place
        .run(["assess", deal, "--questionnaire", asked.to_str().unwrap()])
        .code(0);
    let text = fs::read_to_string(&asked).unwrap();
    assert!(text.contains(&hash()));
    let first = text.find("[[answer]]").unwrap();
    // The most deciding question stands first.
    assert!(
        text[first..].starts_with("[[answer]]\nquestion = \"q.groups-singled-out\""),
        "{text}"
    );
    let filled = text.replacen("value = \"\"", "value = \"yes\"", 1);
    let answers = place.write("answers.toml", filled);
    let ran = place
        .run([
            "assess",
            deal,
            "--answers",
            answers.to_str().unwrap(),
            "--json",
        ])
        .code(3);
    let json = ran.json();
    assert_eq!(json["stop"], "yes");
    assert_eq!(json["impacts"][0]["severity"]["at_least"], "grave");
    let open = json["questions"].as_array().unwrap();
    assert!(
        open.iter()
            .all(|asked| asked["id"] != "q.groups-singled-out")
    );
}

#[test]
fn the_form_has_no_script_and_its_line_reads_back() {
    let place = Place::new();
    let deal = place.write("deal.toml", DEAL);
    let deal = deal.to_str().unwrap();
    let form = place.file("form.html");
    place
        .run(["assess", deal, "--questionnaire", form.to_str().unwrap()])
        .code(0);
    let html = fs::read_to_string(&form).unwrap();
    for part in [
        "<form method=\"get\"",
        "<fieldset",
        "<legend>",
        "name=\"q.authorisation\"",
        &hash(),
    ] {
        assert!(html.contains(part), "no {part}");
    }
    for part in ["<script", "http-equiv=\"refresh\"", "src=", "href=\"http"] {
        assert!(!html.contains(part), "{part}");
    }
    let line = format!(
        "file:///tmp/form.html?deal={}&by=Legal&on=2026-11-20&q.courts=not&q.courts.word=document",
        hash()
    );
    let line = place.write("line.txt", line);
    let ran = place
        .run([
            "assess",
            deal,
            "--answers",
            line.to_str().unwrap(),
            "--json",
        ])
        .code(3);
    let factors = ran.json()["impacts"][0]["factors"].clone();
    let courts = factors
        .as_array()
        .unwrap()
        .iter()
        .find(|factor| factor["question"] == "q.courts")
        .unwrap();
    assert_eq!(courts["says"], "raises");
}

#[test]
fn a_customer_is_sent_only_what_it_can_be_asked() {
    let place = Place::new();
    let deal = place.write("deal.toml", DEAL);
    let deal = deal.to_str().unwrap();
    let write = |name: &str| {
        let file = place.file(name);
        let ran = place.run(["assess", deal, "--questionnaire", file.to_str().unwrap()]);
        (ran, fs::read_to_string(&file).unwrap_or_default())
    };
    let (ran, form) = write("form.html");
    assert!(
        ran.out.contains("for the customer or supplier written to")
            && ran.out.contains("more are for your own people"),
        "{}",
        ran.out
    );
    let (_, desk) = write("desk.toml");
    // What is reported of the customer is not asked of it, nor how its answers are weighed.
    for own in ["q.user-record", "q.courts", "q.place-record"] {
        assert!(!form.contains(own), "{own} is sent");
        assert!(desk.contains(own), "{own} is asked nowhere");
    }
    assert!(!form.contains("Decides"));
    assert!(desk.contains("# Ask: the end user (sent)."), "{desk}");
}

#[test]
fn a_form_without_a_question_for_the_customer_is_not_written() {
    let place = Place::new();
    let deal = place.write("deal.toml", DEAL);
    let deal = deal.to_str().unwrap();
    let desk = place.file("desk.toml");
    place
        .run(["assess", deal, "--questionnaire", desk.to_str().unwrap()])
        .code(0);
    let text = fs::read_to_string(&desk).unwrap();
    // Everything that can be sent is answered on any word, for the worst.
    let answered = text
        .split("\n[[answer]]")
        .scan(false, |sent, part| {
            let part = match *sent {
                true => part.replacen("value = \"\"", "value = \"unknowable\"", 1),
                false => part.to_owned(),
            };
            *sent = part.contains("(sent). ");
            Some(part)
        })
        .collect::<Vec<_>>()
        .join("\n[[answer]]");
    let answers = place.write("answers.toml", answered);
    let form = place.file("form.html");
    let ran = place
        .run([
            "assess",
            deal,
            "--answers",
            answers.to_str().unwrap(),
            "--questionnaire",
            form.to_str().unwrap(),
        ])
        .code(2);
    assert!(ran.err.contains("is one for the customer"), "{}", ran.err);
    assert!(!form.exists());
}

#[test]
fn a_line_that_is_no_toml_hides_nothing_below_it() {
    let place = Place::new();
    place.write("deal.toml", DEAL);
    place.write(
        "answers.toml",
        format!(
            "deal = \"{}\"\nby = \"Legal\n[[answer]]\nquestion = \"q.cuorts\"\nvalue = \"not\"\n",
            hash()
        ),
    );
    let ran = place
        .run_here(["assess", "deal.toml", "--answers", "answers.toml"])
        .code(2);
    for said in [
        "answers.toml:2:",
        "end the text with a quotation mark on its line",
        "no question of the assessment is called q.cuorts",
        "2 problems in answers.toml",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
}

#[test]
fn a_page_or_a_deal_in_place_of_answers_is_one_problem() {
    let place = Place::new();
    place.write("deal.toml", DEAL);
    place.write("form.html", "<!doctype html>\n<html>\n<p>a\n</html>\n");
    for (file, said) in [
        ("form.html", "is a page (HTML or XML)"),
        ("deal.toml", "this file is a deal"),
    ] {
        let ran = place
            .run_here(["assess", "deal.toml", "--answers", file])
            .code(2);
        assert!(ran.err.contains(said), "{}", ran.err);
        assert_eq!(ran.err.matches("error").count(), 1, "{}", ran.err);
    }
}

#[test]
fn every_measure_that_answers_may_name_is_listed_by_explain() {
    let place = Place::new();
    let list = place.run(["explain", "measures"]).code(0).out;
    for id in ["kill-switch", "remove-feature", "decline"] {
        assert!(list.contains(id), "{id}: {list}");
        place.run(["explain", id]).code(0);
    }
}

#[test]
fn answers_that_cannot_be_used_are_refused_with_their_lines() {
    let place = Place::new();
    let deal = place.write("deal.toml", DEAL);
    let text = format!(
        "deal = \"{}\"\n[[answer]]\nquestion = \"q.courts\"\nvalue = \"not\"\n\n[[answer]]\n\
         question = \"q.courts\"\nvalue = \"independent\"\n\n[[answer]]\nquestion = \"q.cuorts\"\n\
         value = \"not\"\n",
        "0".repeat(64)
    );
    let answers = place.write("answers.toml", text);
    let ran = place
        .run_here(["assess", "deal.toml", "--answers", "answers.toml"])
        .code(2);
    snapshot!("assess-refused.txt", place.plain(&ran.err));
    let checked = place
        .run([
            "check",
            deal.to_str().unwrap(),
            "--answers",
            answers.to_str().unwrap(),
        ])
        .code(2);
    assert!(checked.err.contains("3 problems"), "{}", checked.err);
    assert!(checked.out.is_empty());
}

#[test]
fn a_capability_that_no_pack_has_is_refused_where_it_stands() {
    let place = Place::new();
    let text = DEAL.replace(
        "\"cap.alpr\"",
        "\"cap.alpr\", \"cap.alrp\", \"cap.nobody-knows-this\"",
    );
    let deal = place.write("deal.toml", text);
    for command in ["assess", "check", "classify"] {
        let ran = place.run([command, deal.to_str().unwrap()]).code(2);
        for said in [
            "deal.toml:11:29",
            "there is no capability cap.alrp",
            "nearest   cap.alpr",
            "deal.toml:11:41",
            "there is no capability cap.nobody-knows-this",
            "2 problems in ",
        ] {
            assert!(ran.err.contains(said), "{command}: {said}: {}", ran.err);
        }
    }
}

#[test]
fn a_file_of_another_kind_is_one_problem() {
    let place = Place::new();
    let deal = example_path("cameras");
    let ran = place.run(["assess", &deal, "--answers", &deal]).code(2);
    assert!(
        ran.err.contains("its schema is scruple.deal/1"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("1 problem in"), "{}", ran.err);
}

#[test]
fn nothing_that_was_read_is_overwritten() {
    let place = Place::new();
    let deal = place.write("deal.toml", DEAL);
    let deal = deal.to_str().unwrap();
    for flag in ["--questionnaire", "--html"] {
        place.run(["assess", deal, flag, deal]).code(2);
    }
    place
        .run(["assess", deal, "--questionnaire", "x.pdf"])
        .code(2);
    assert_eq!(fs::read_to_string(deal).unwrap(), DEAL);
}

#[test]
fn answers_change_the_vintage_of_a_check_and_no_answers_do_not() {
    let place = Place::new();
    let deal = place.write("deal.toml", DEAL);
    let deal = deal.to_str().unwrap();
    let answers = place.write("answers.toml", format!("deal = \"{}\"\n", hash()));
    let vintage = |more: &[&str]| {
        let all = ["check", deal, "--json"]
            .into_iter()
            .chain(more.iter().copied());
        place.run(all).json()["vintage"]["hash"].clone()
    };
    let plain = vintage(&[]);
    assert_eq!(plain, vintage(&[]));
    assert_ne!(plain, vintage(&["--answers", answers.to_str().unwrap()]));
}

#[test]
fn an_item_that_names_no_capability_is_said_not_to_be_looked_at() {
    let brief = checked("sequencers", &["--json"]).json();
    let unchecked = brief["unchecked"].to_string();
    assert!(
        unchecked.contains("what item 1 can do to people"),
        "{unchecked}"
    );
    assert!(brief["assessment"].is_null());
}
