//! Addresses and numbers of parties: compared beside the name, never in its score.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{Place, example_path, inputs, root, unfolded};
use serde_json::{Value, json};

/// A place that holds one list: a firm with an address, and an address that is listed
/// for itself.
fn with_addresses() -> Place {
    let place = Place::new();
    let firm = json!({
        "id": "gannet", "schema": "Company", "caption": "Northern Gannet Holdings",
        "datasets": ["us-bis-el"],
        "properties": {
            "name": ["Northern Gannet Holdings"], "country": ["fr"],
            "address": ["12 Rue Garibaldi, 69003 Lyon, France"],
        },
    });
    let office = json!({
        "id": "office", "schema": "Address", "caption": "Unit 7, 21 Lockhart Road, Hong Kong",
        "datasets": ["us-bis-el"],
        "properties": { "name": ["Unit 7, 21 Lockhart Road, Hong Kong"], "country": ["hk"] },
    });
    let mut lines = format!("{firm}\n{office}\n");
    for id in ["gannet", "office"] {
        let sanction = json!({
            "id": format!("{id}-s"), "schema": "Sanction", "datasets": ["us-bis-el"],
            "properties": { "entity": [id], "listingDate": ["2019-10-09"] },
        });
        lines.push_str(&format!("{sanction}\n"));
    }
    lines.push_str(&inputs::listed("other", "Kestrel Optics Limited"));
    let file = place.write("list.jsonl", lines);
    place
        .run(["sync", "--from", file.to_str().unwrap(), "--as", "el"])
        .code(0);
    place
}

/// The deal of the example with another party.
fn deal(place: &Place, party: &str) -> String {
    let text = std::fs::read_to_string(root().join(example_path("firewall"))).unwrap();
    let held = "country = \"fr\"\naddress = \"Lyon\"";
    assert!(text.contains(held), "the example has another party now");
    let text = text.replace(held, party);
    let file = place.write("deal.toml", text);
    file.to_str().unwrap().to_owned()
}

fn brief(place: &Place, party: &str) -> Value {
    let deal = deal(place, party);
    serde_json::from_str(&place.run(["check", &deal, "--json"]).out).unwrap()
}

fn finding<'b>(brief: &'b Value, rule: &str) -> Option<&'b Value> {
    let mut all = brief["findings"].as_array().unwrap().iter();
    all.find(|finding| finding["rule"] == rule)
}

#[test]
fn a_party_in_the_building_of_a_listed_one_is_told_so_and_asked() {
    let place = with_addresses();
    let brief = brief(
        &place,
        "country = \"fr\"\naddress = \"12, rue Garibaldi, 69003 Lyon\"",
    );
    let found = finding(&brief, "duty.shared-address").unwrap();
    assert_eq!(found["answer"], "cannot-tell");
    let title = found["title"].as_str().unwrap();
    assert!(
        title.ends_with("shares the address of Northern Gannet Holdings"),
        "{title}"
    );
    let texts: Vec<&str> = found["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["text"].as_str().unwrap())
        .collect();
    assert!(
        texts.contains(&"12, rue Garibaldi, 69003 Lyon"),
        "{texts:?}"
    );
    assert!(
        texts.contains(&"Northern Gannet Holdings: 12 Rue Garibaldi, 69003 Lyon, France"),
        "{texts:?}"
    );
    assert_eq!(found["questions"][0]["id"], "q.shared-address");
    // The names have nothing in common, and no score says otherwise.
    assert_eq!(brief["screened"][0]["found"], false);
}

#[test]
fn an_address_that_is_listed_for_itself_is_found_under_any_name() {
    let place = with_addresses();
    let brief = brief(
        &place,
        "country = \"hk\"\naddress = \"Room 3, 21 Lockhart Road, Wan Chai, Hong Kong\"",
    );
    let found = finding(&brief, "duty.shared-address").unwrap();
    let title = found["title"].as_str().unwrap();
    assert!(title.contains("listed for itself"), "{title}");
}

#[test]
fn a_party_without_an_address_is_asked_for_it_where_addresses_of_its_country_are_listed() {
    let place = with_addresses();
    let asked = brief(&place, "country = \"hk\"");
    let found = finding(&asked, "duty.address").unwrap();
    assert_eq!(found["questions"][0]["id"], "q.address");
    let told = brief(&place, "country = \"fr\"");
    assert!(finding(&told, "duty.address").is_none());
    let unchecked = told["unchecked"].to_string();
    assert!(
        unchecked.contains("the address of Groupement"),
        "{unchecked}"
    );
}

#[test]
fn a_number_with_a_wrong_check_digit_is_a_question_and_decides_nothing() {
    let place = with_addresses();
    let with = |lei: &str| {
        let party =
            format!("country = \"fr\"\naddress = \"1 Rue Moncey, 69003 Lyon\"\nlei = \"{lei}\"");
        brief(&place, &party)
    };
    let wrong = with("HWUPKR0MPOU8FGXBT395");
    let found = finding(&wrong, "duty.identifier").unwrap();
    assert_eq!(found["answer"], "cannot-tell");
    assert!(
        found["title"]
            .as_str()
            .unwrap()
            .starts_with("The LEI given for")
    );
    assert_eq!(found["questions"][0]["id"], "q.identifier");
    let right = with("HWUPKR0MPOU8FGXBT394");
    assert!(finding(&right, "duty.identifier").is_none());
}

#[test]
fn a_spreadsheet_with_addresses_and_numbers_is_told_what_they_show() {
    let place = with_addresses();
    let file = place.write(
        "customers.csv",
        "name,country,address,lei\n\
         Blue Heron Networks,fr,\"12 Rue Garibaldi, 69003 Lyon\",HWUPKR0MPOU8FGXBT395\n\
         Quiet Meadow Foods,fr,\"9 Rue Garibaldi, 69003 Lyon\",\n",
    );
    let path = file.to_str().unwrap();
    let ran = place.run(["screen", "--file", path, "--json"]).code(3);
    let answers = ran.lines();
    assert_eq!(
        answers[0]["addresses"][0]["caption"],
        "Northern Gannet Holdings"
    );
    assert!(answers[0]["matches"].as_array().unwrap().is_empty());
    let unchecked = answers[0]["unchecked"].to_string();
    assert!(unchecked.contains("check digit"), "{unchecked}");
    assert!(answers[1].get("addresses").is_none());
    let ran = place.run(["screen", "--file", path]).code(3);
    let text = unfolded(&ran.out);
    assert!(
        text.contains("shares an address with Northern Gannet Holdings"),
        "{text}"
    );
    let ran = place.run(["screen", "--file", path, "--csv"]).code(3);
    assert!(
        ran.out
            .contains("shares an address with Northern Gannet Holdings"),
        "{}",
        ran.out
    );
}
