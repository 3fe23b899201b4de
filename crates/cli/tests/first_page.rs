//! The first lines of a brief: what to decide, why, whom to ask; and that everything they
//! lead to is there.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::sync::OnceLock;

use crate::common::{EXAMPLES, Place, TODAY, checked, unfolded};
use scruple_brief::Packs;
use scruple_brief::explain::explain;
use serde_json::Value;

/// Two items for a city police, one of them described.
const POLICE: &str = r#"title = "Cameras for a city police"
destination = "kz"
place_of_use = "kz"
transit = []
end_use = "Public order in the city centre"

[seller]
name = "Lindenau Optronik GmbH"
country = "de"

[nexus]
place_of_export = "de"
us_persons = false
us_origin = false
us_content_percent = 12
us_direct_product = false
brokering = false
technical_assistance = true
currency = "EUR"
bank_countries = ["de"]
delivery = ["shipment", "service"]

[[items]]
name = "Street camera"
description = "Compares faces with a watch list of 100,000 and raises an alarm."

[[items]]
name = "Training"
description = "Two weeks of training of operators"

[[parties]]
id = "police"
role = "end-user"
name = "City Police Department"
function = "police"
country = "kz"
"#;

fn brief(place: &Place, deal: &str) -> Value {
    let file = place.write("deal.toml", deal);
    place
        .run(["check", file.to_str().unwrap(), "--json"])
        .json()
}

/// What `check` says of [`POLICE`], asked once for all tests.
fn police() -> &'static Value {
    static BRIEF: OnceLock<Value> = OnceLock::new();
    BRIEF.get_or_init(|| brief(&Place::new(), POLICE))
}

fn questions(brief: &Value) -> BTreeSet<String> {
    let all = brief["questions"].as_array().unwrap();
    all.iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_first_lines_say_what_to_do_and_the_page_says_the_same() {
    let place = Place::new();
    let file = place.write("deal.toml", POLICE);
    let page = place.file("brief.html");
    let ran = place.run([
        "check",
        file.to_str().unwrap(),
        "--html",
        page.to_str().unwrap(),
    ]);
    let html = fs::read_to_string(&page).unwrap();
    let head = ran.out.split("\n1  ").next().unwrap();
    let head = unfolded(head);
    for said in [
        "Do not sign yet: whether the harm would be severe and likely is not known",
        "in the hands of City Police Department, in Kazakhstan",
        "the product manager (q.groups-singled-out)",
    ] {
        assert!(head.contains(said), "{said}: {head}");
    }
    let first = &html[..html.find("id=\"findings\"").unwrap()];
    for said in [
        "Do not sign yet: whether the harm would be severe and likely is not known",
        "in the hands of City Police Department, in Kazakhstan",
        "Ask first:",
    ] {
        assert!(first.contains(said), "{said}");
    }
}

#[test]
fn every_brief_says_in_a_sentence_what_to_do() {
    for (name, code) in EXAMPLES {
        let ran = checked(name, &[]).code(code);
        let after = ran
            .out
            .lines()
            .skip_while(|line| !line.contains("   "))
            .nth(1);
        let sentence = after.unwrap();
        assert!(
            ["Do not ", "Decide ", "Nothing "]
                .iter()
                .any(|start| sentence.starts_with(start)),
            "{name}: {sentence}"
        );
    }
}

#[test]
fn every_rule_and_question_that_a_brief_names_can_be_explained() {
    let mut names = BTreeSet::new();
    let examples = EXAMPLES.map(|(name, _)| checked(name, &["--json"]).json());
    for brief in examples.iter().chain([police()]) {
        for finding in brief["findings"].as_array().unwrap() {
            names.insert(finding["rule"].as_str().unwrap().to_owned());
        }
        names.extend(questions(brief));
    }
    assert!(names.contains("duty.red-flags"), "{names:?}");
    let packs = Packs::built_in().unwrap();
    let bad: Vec<&String> = names
        .iter()
        .filter(|name| explain(&packs, name, TODAY.parse().unwrap()).is_err())
        .collect();
    assert!(bad.is_empty(), "scruple explain knows nothing of {bad:?}");
}

#[test]
fn warning_signs_stand_each_with_what_shows_it_and_under_their_own_rule() {
    let place = Place::new();
    let file = place.write("deal.toml", POLICE);
    let out = place.run(["check", file.to_str().unwrap()]).out;
    let from = out
        .find("warning signs in what the deal says or leaves out")
        .unwrap();
    let told = unfolded(&out[from..]);
    let told = told.split("Wrong?").next().unwrap();
    assert!(
        told.contains("- Police, public security, a prison or a border service will use it (parties.function = police"),
        "{told}"
    );
    assert!(told.contains("Resolves it: By which law"), "{told}");
    assert!(told.contains("15 CFR part 732, Supplement No. 3"), "{told}");
}

#[test]
fn what_several_items_have_alike_is_told_once_with_the_items() {
    let brief = police();
    let of_user: Vec<&Value> = brief["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["rule"] == "us.bis.89-fr-60998")
        .collect();
    assert_eq!(of_user.len(), 1, "{of_user:?}");
    assert_eq!(of_user[0]["subject"]["kind"], "deal");
    assert_eq!(of_user[0]["evidence"][0]["text"], "items 1, 2");
}

#[test]
fn what_is_known_is_not_asked_again() {
    let place = Place::new();
    // The seller's country says where it is established; a share that was given is given;
    // where the goods go is open and is asked for as itself.
    let open = POLICE.replace("transit = []\n", "");
    let asked = questions(&brief(&place, &open));
    assert!(asked.contains("q.transit"), "{asked:?}");
    assert!(!asked.contains("q.legal-seat"), "{asked:?}");
    assert!(!asked.contains("q.us-content"), "{asked:?}");
    // Nothing is sent through a country by remote access.
    let remote = open.replace("[\"shipment\", \"service\"]", "[\"remote-access\"]");
    let asked = questions(&brief(&place, &remote));
    assert!(!asked.contains("q.transit"), "{asked:?}");
    // A buyer is established where nobody said yet.
    let bought = open.replace("end_use", "direction = \"purchase\"\nend_use");
    let asked = questions(&brief(&place, &bought));
    assert!(asked.contains("q.legal-seat"), "{asked:?}");
}

#[test]
fn the_seat_is_cited_where_it_is_stated() {
    let brief = police();
    let regimes = brief["regimes"].to_string();
    assert!(regimes.contains("(seller.country)"), "{regimes}");
    assert!(!regimes.contains("(nexus.legal_seat)"), "{regimes}");
}

#[test]
fn a_hospital_of_a_city_is_not_said_to_be_its_listed_police() {
    let place = Place::new();
    let deal = POLICE
        .replace("City Police Department", "乌鲁木齐市人民医院")
        .replace(
            "function = \"police\"\ncountry = \"kz\"",
            "country = \"cn\"",
        )
        .replace("\"kz\"", "\"cn-xj\"");
    let brief = brief(&place, &deal);
    for finding in brief["findings"].as_array().unwrap() {
        let title = finding["title"].as_str().unwrap();
        assert!(!title.starts_with("The end user is on"), "{title}");
    }
}

#[test]
fn what_an_item_can_do_is_asked_once() {
    let brief = police();
    let of_training: Vec<&Value> = brief["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["rule"] == "duty.unread" || one["rule"] == "duty.ungp.capabilities")
        .collect();
    assert_eq!(of_training.len(), 1, "{of_training:?}");
    assert_eq!(of_training[0]["answer"], "cannot-tell");
}

#[test]
fn where_no_list_prints_an_address_that_is_not_looked_at() {
    let brief = police();
    let unchecked = brief["unchecked"].to_string();
    assert!(
        unchecked.contains("no list held prints an address"),
        "{unchecked}"
    );
}

#[test]
fn a_rule_that_does_not_hold_is_not_headed_as_open() {
    let place = Place::new();
    let file = place.write("deal.toml", POLICE);
    let page = place.file("brief.html");
    place.run([
        "check",
        file.to_str().unwrap(),
        "--html",
        page.to_str().unwrap(),
    ]);
    let html = fs::read_to_string(&page).unwrap();
    assert!(!html.contains("<strong>No</strong>:"), "told by its limb");
    assert!(html.contains("Rules that do not hold, each by the limb that decides"));
    let brief = police();
    for item in brief["items"].as_array().unwrap() {
        for rule in item["rules"].as_array().unwrap() {
            let heading = rule["heading"].as_str().unwrap();
            let open = rule["answer"] == "cannot-tell";
            assert!(open || !heading.ends_with("is open"), "{heading}");
        }
    }
}
