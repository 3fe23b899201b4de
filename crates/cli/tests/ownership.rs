//! Holdings taken in, and what is then said of who owns whom: through the program, as
//! a user runs it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;

use crate::common::{self, Place, Ran, root, unfolded};
use crate::snapshot;
use serde_json::Value;

/// A table of the user's: a listed body holds a trader, which holds a firm; a firm that
/// a person holds whole; one of which a listed body gave its part away.
const OWN: &str = "\
owner,owned,share,from,until,owner kind,holders,document
starter:us-ofac-sdn/xpcc,reg:kz:123456,55%,2020-01-01,,,,deed 1
reg:kz:123456,reg:de:HRB77,60%,,,,,deed 2
Zhang Sanming,reg:de:HRB78,100%,,,person,complete,deed 3
starter:us-ofac-sdn/xpcc,reg:de:HRB79,45%,,2026-03-01,,,sale 7
reg:de:HRB80,reg:de:HRB79,45%,2026-03-01,,,,sale 7
starter:us-ofac-sdn/xpcc,reg:de:HRB81,30-60%,,,,,deed 4
";

const DEAL: &str = r#"
title = "Switches for a carrier"
destination = "kz"
place_of_use = "kz"
end_use = "Traffic control"

[seller]
name = "Beispiel GmbH"
country = "de"

[nexus]
legal_seat = "de"
us_persons = true
us_origin = true
currency = "EUR"

[[items]]
name = "Switch"

[[parties]]
id = "end-user"
role = "end-user"
name = "Tengri Vision Trade LLP"
country = "kz"
identifiers = { registration_number = "123456" }

[[parties]]
id = "installer"
role = "integrator"
name = "Altbau Technik GmbH"
country = "de"
identifiers = { registration_number = "HRB 77" }

[[parties]]
id = "carrier"
role = "carrier"
name = "Spedition Nordwind"
country = "de"

[[parties]]
id = "bank"
role = "bank"
name = "Kontor Neunundsiebzig AG"
country = "de"
identifiers = { registration_number = "HRB 79" }

[[parties]]
id = "maker"
role = "supplier"
name = "Optik Einundachtzig GmbH"
country = "de"
identifiers = { registration_number = "HRB 81" }
"#;

fn with_own() -> Place {
    let place = Place::new();
    let file = place.write("own.csv", OWN);
    import(&place, &file).code(0);
    place
}

fn import(place: &Place, file: &Path) -> Ran {
    place.run(["ownership", "import", file.to_str().unwrap()])
}

fn show(place: &Place, id: &str, more: &[&str]) -> Ran {
    let all = ["ownership", "show", id];
    place.run(all.into_iter().chain(more.iter().copied()))
}

/// The answer of one rule, as `show --json` gives it.
fn answer(ran: &Ran, rule: &str) -> Value {
    let json = ran.json();
    assert_eq!(json["schema"], "scruple.ownership/1");
    let all = json["answers"].as_array().unwrap();
    all.iter().find(|one| one["rule"] == rule).unwrap().clone()
}

#[test]
fn without_holdings_every_answer_is_that_it_cannot_be_told() {
    let place = Place::new();
    let ran = show(&place, "001GPB6A9XPE8XJICC14", &["--json"]).code(4);
    let json = ran.json();
    assert_eq!(json["answers"].as_array().unwrap().len(), 4);
    for one in json["answers"].as_array().unwrap() {
        assert_eq!(one["answer"], "cannot-tell", "{one}");
    }
    let ran = place.run(["ownership", "status"]).code(0);
    assert!(ran.out.contains("No holdings are held"), "{}", ran.out);
    for command in [
        &["ownership", "diff", "2026-01-01", "2026-02-01"][..],
        &["ownership", "what-if", "--list", "reg:de:HRB77"],
    ] {
        let ran = place.run(command).code(4);
        assert!(ran.out.contains("no holdings are held"), "{}", ran.out);
    }

    let deal = place.write("deal.toml", DEAL);
    let ran = place.run(["check", deal.to_str().unwrap(), "--json"]);
    let brief = ran.json();
    let answers = brief["ownership"]["answers"].as_array().unwrap();
    // Five parties by four rules: whether British law binds is open.
    assert_eq!(answers.len(), 20);
    assert!(answers.iter().all(|one| one["answer"] == "cannot-tell"));
    let unchecked = brief["unchecked"].as_array().unwrap();
    assert!(
        unchecked
            .iter()
            .any(|one| one["what"] == "who owns the parties")
    );
    assert!(brief["vintage"]["holdings"].is_null());
}

#[test]
fn what_is_covered_is_shown_with_its_proof_in_every_form() {
    let place = with_own();
    let ran = show(&place, "reg:de:HRB77", &[]).code(3);
    snapshot!("ownership-show.txt", place.plain(&ran.out));
    let svg = place.file("proof.svg");
    let more = [
        "--rule",
        "us.ofac.50",
        "--json",
        "--svg",
        svg.to_str().unwrap(),
    ];
    let ran = show(&place, "reg:de:HRB 77", &more).code(3);
    let one = answer(&ran, "us.ofac.50");
    assert_eq!(one["answer"], "yes");
    let steps = one["proof"]["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 2);
    assert_eq!(steps[1]["entity"], "reg:de:HRB77");
    assert_eq!(steps[0]["counted"][0]["claims"][0]["record_id"], "deed 1");
    let drawing = std::fs::read_to_string(svg).unwrap();
    snapshot!("ownership-proof.svg", drawing);
    assert!(drawing.contains("<desc>reg:de:HRB77: covered"));

    // The EU has not listed the body, so its rule does not count it.
    let ran = show(
        &place,
        "reg:de:HRB77",
        &["--rule", "eu.ownership-control", "--json"],
    );
    assert_eq!(
        answer(&ran.code(4), "eu.ownership-control")["answer"],
        "cannot-tell"
    );
}

#[test]
fn a_check_says_who_is_covered_who_may_be_and_whom_nobody_knows() {
    let place = with_own();
    let deal = place.write("deal.toml", DEAL);
    let page = place.file("brief.html");
    let arguments = [
        "check",
        deal.to_str().unwrap(),
        "--html",
        page.to_str().unwrap(),
    ];
    let ran = place.run(arguments).code(3);
    snapshot!("ownership-check.txt", place.plain(&ran.out));
    let html = std::fs::read_to_string(page).unwrap();
    let from = html.find("<figure").unwrap();
    let to = html.find("</figure>").unwrap();
    snapshot!("ownership-check.html", place.plain(&html[from..to]));

    let brief = place
        .run(["check", deal.to_str().unwrap(), "--json"])
        .json();
    let findings = brief["findings"].as_array().unwrap();
    let of = |rule: &str, party: &str| {
        findings
            .iter()
            .find(|one| one["rule"] == rule && one["subject"]["id"] == party)
    };
    let stop = of("us.ofac.50", "end-user").unwrap();
    assert_eq!(
        (&stop["answer"], &stop["effect"]),
        (&"yes".into(), &"prohibited".into())
    );
    assert_eq!(of("us.ofac.50", "installer").unwrap()["answer"], "yes");
    let may = of("us.ofac.50", "maker").unwrap();
    assert_eq!(
        (&may["answer"], &may["effect"]),
        (&"cannot-tell".into(), &"ask-first".into())
    );
    assert_eq!(of("us.ofac.50", "carrier"), None);
    let gave = of("us.ofac.transfer", "bank").unwrap();
    assert!(
        gave["evidence"][0]["text"]
            .as_str()
            .unwrap()
            .contains("until 2026-03-01")
    );
    assert!(gave["next"][0].as_str().unwrap().contains("stays blocked"));
    let unknown = findings
        .iter()
        .find(|one| one["rule"] == "duty.owners")
        .unwrap();
    assert_eq!(unknown["answer"], "cannot-tell");
    assert!(
        unknown["questions"][0]["text"]
            .as_str()
            .unwrap()
            .contains("Spedition Nordwind")
    );

    // None of the rules is answered with No on an excerpt of a list.
    let answers = brief["ownership"]["answers"].as_array().unwrap();
    assert!(
        answers.iter().all(|one| one["answer"] != "no"),
        "{answers:#?}"
    );
    assert_eq!(brief["vintage"]["holdings"].as_str().unwrap().len(), 64);
    assert_eq!(brief["ownership"]["looked_at"][0]["source"], "user-own");
}

#[test]
fn what_is_not_shown_to_be_covered_says_so_on_a_whole_list_only() {
    let place = with_own();
    let asked = |more: &[&str]| {
        let all = ["--rule", "us.ofac.50", "--json"];
        let all: Vec<&str> = all.into_iter().chain(more.iter().copied()).collect();
        let ran = show(&place, "reg:de:HRB78", &all);
        (ran.code, answer(&ran, "us.ofac.50"))
    };
    let says = |one: &Value, what: &str| {
        assert!(one["outcome"].as_str().unwrap().contains(what), "{one}");
    };
    let (code, one) = asked(&[]);
    assert_eq!((code, &one["answer"]), (Some(4), &"cannot-tell".into()));
    says(&one, "starter pack");
    let list = root().join("crates/lists/tests/us/ofac.xml");
    let arguments = [
        "sync",
        "--as",
        "us-ofac-sdn",
        "--from",
        list.to_str().unwrap(),
    ];
    place.run(arguments).code(0);
    // Four records are no whole list.
    let (code, one) = asked(&[]);
    assert_eq!((code, &one["answer"]), (Some(4), &"cannot-tell".into()));
    says(&one, "not held, or not whole: us-ofac-sdn");
    // Where they are said to be one, they are looked at as one.
    let packs = std::fs::read_to_string(root().join("packs/lists.toml")).unwrap();
    place.write(
        "packs/lists.toml",
        packs.replace("least_records = 5000", "least_records = 1"),
    );
    let folder = place.file("packs");
    // Nobody compared the wording of the rule, so it says No of nobody: what the count
    // shows is said.
    let (code, one) = asked(&["--packs", folder.to_str().unwrap()]);
    assert_eq!((code, &one["answer"]), (Some(4), &"cannot-tell".into()));
    assert_eq!(one["by_count"], "no");
    says(
        &one,
        "cannot be told: wording not yet compared with the official text",
    );
    says(&one, "by the count not shown to be covered");
    assert_eq!(one["proof"]["answer"], "no");
    // Somebody did.
    let rules = std::fs::read_to_string(root().join("packs/ownership.toml")).unwrap();
    let compared = r#"verified = { against = "FAQ 398 to 402", on = "2026-11-20" }"#;
    place.write(
        "packs/ownership.toml",
        rules.replace("verified = false", compared),
    );
    let (code, one) = asked(&["--packs", folder.to_str().unwrap()]);
    assert_eq!((code, &one["answer"]), (Some(0), &"no".into()));
    assert!(one["by_count"].is_null());
    says(&one, "not shown to be covered");
    // The holders of this one are complete as far as they go, and one may be anybody.
    show(&place, "reg:de:HRB79", &["--rule", "us.ofac.50"]).code(4);
    // British law starts from a list that is not held.
    let ran = show(&place, "reg:de:HRB78", &["--rule", "gb.ownership-control"]).code(4);
    assert!(
        ran.out
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .contains("not held, or not whole: gb-uksl"),
        "{}",
        ran.out
    );
}

#[test]
fn no_name_of_a_person_is_kept() {
    let place = with_own();
    let mut seen = 0;
    for (path, bytes) in place.listing() {
        let inside = path.starts_with(place.data());
        let Some(bytes) = bytes.filter(|_| inside) else {
            continue;
        };
        seen += 1;
        let name = b"Zhang Sanming";
        assert!(
            !bytes.windows(name.len()).any(|part| part == name),
            "{}",
            path.display()
        );
    }
    assert!(seen > 2);
    // Nor can anybody be asked for by name.
    let ran = show(&place, "Zhang Sanming", &[]).code(2);
    assert!(ran.err.contains("a name joins nobody"), "{}", ran.err);
}

#[test]
fn a_newer_edition_takes_the_place_of_the_older_and_the_old_answer_can_be_had_again() {
    let place = with_own();
    let deal = place.write("deal.toml", DEAL);
    let check = |more: &[&str]| {
        let all = ["check", deal.to_str().unwrap(), "--json"];
        place
            .run(all.into_iter().chain(more.iter().copied()))
            .json()
    };
    let before = check(&[]);
    let file = place.write("own.csv", OWN.replace("55%", "45%"));
    let ran = import(&place, &file).code(0);
    assert!(
        ran.out.contains("in place of the edition held before"),
        "{}",
        ran.out
    );
    let after = check(&[]);
    assert_ne!(before["vintage"]["hash"], after["vintage"]["hash"]);
    let stops = |brief: &Value| {
        let findings = brief["findings"].as_array().unwrap();
        findings
            .iter()
            .filter(|one| one["rule"] == "us.ofac.50" && one["answer"] == "yes")
            .count()
    };
    assert_eq!((stops(&before), stops(&after)), (2, 0));
    let again = check(&["--vintage", before["vintage"]["hash"].as_str().unwrap()]);
    assert_eq!(again["vintage"]["hash"], before["vintage"]["hash"]);
    assert_eq!(again["findings"], before["findings"]);
    let kept = place.write("before.json", before.to_string());
    let again = check(&["--vintage", kept.to_str().unwrap()]);
    assert_eq!(again["vintage"]["hash"], before["vintage"]["hash"]);
    place.run(["doctor"]).code(0);
}

#[test]
fn sources_are_joined_by_identifiers_and_listed_by_status() {
    let place = with_own();
    let more = "owner,owned,lo_ppm,hi_ppm\nreg:de:HRB77,lei:001GPB6A9XPE8XJICC14,700000,700000\n";
    let file = place.write("trade register.csv", more);
    import(&place, &file).code(0);
    let ran = place.run(["ownership", "status", "--json"]).code(0);
    let status = ran.json();
    let ids: Vec<&str> = status["sources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["plain-trade-register", "user-own"]);
    assert_eq!(status["held"], 7);
    assert_eq!(status["listed_placed"], 1);
    snapshot!(
        "ownership-status.txt",
        place.plain(&place.run(["ownership", "status"]).code(0).out)
    );
    // Across both: listed, trader, firm, and the firm's own firm.
    let ran = show(
        &place,
        "001GPB6A9XPE8XJICC14",
        &["--rule", "us.ofac.50", "--json"],
    )
    .code(3);
    assert_eq!(
        answer(&ran, "us.ofac.50")["proof"]["steps"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}

#[test]
fn the_days_on_which_reach_begins_and_ends_are_named() {
    let place = Place::new();
    let file = place.write(
        "own.csv",
        "owner,owned,share,from,until\n\
         starter:us-ofac-sdn/xpcc,reg:de:HRB1,60%,,2026-05-01\n\
         starter:us-ofac-sdn/xpcc,reg:de:HRB2,60%,2026-06-15,\n",
    );
    import(&place, &file).code(0);
    let arguments = [
        "ownership",
        "diff",
        "2026-01-01",
        "2026-11-01",
        "--rule",
        "us.ofac.50",
    ];
    let ran = place.run(arguments).code(0);
    let text = unfolded(&ran.out);
    assert!(
        text.contains("no longer reached by count since 2026-05-01: reg:de:HRB1"),
        "{text}"
    );
    assert!(
        text.contains("covered since 2026-06-15: reg:de:HRB2"),
        "{text}"
    );
    assert!(
        text.contains("stays blocked until it is licensed or unblocked"),
        "{text}"
    );
    let json = place
        .run(arguments.into_iter().chain(["--json"]))
        .code(0)
        .json();
    assert_eq!(json["rules"][0]["newly"][0]["since"], "2026-06-15");
    place
        .run(["ownership", "diff", "2026-11-01", "2026-01-01"])
        .code(2);
}

#[test]
fn what_if_gives_the_reach_of_a_listing_that_is_not_there_yet() {
    let place = with_own();
    let arguments = ["ownership", "what-if", "--rule", "us.ofac.50", "--list"];
    let ran = place
        .run(arguments.into_iter().chain(["reg:de:HRB80"]))
        .code(0);
    assert!(ran.out.contains("0 entities newly covered"), "{}", ran.out);
    let file = place.write(
        "more.csv",
        "owner,owned,share\nreg:de:HRB80,reg:de:HRB90,70%\n",
    );
    import(&place, &file).code(0);
    let list = "reg:de:HRB80,lei:001GPB6A9XPE8XJICC14";
    let ran = place
        .run(arguments.into_iter().chain([list, "--json"]))
        .code(4);
    let json = ran.json();
    assert_eq!(
        json["rules"][0]["newly"],
        serde_json::json!(["reg:de:HRB90"])
    );
    assert_eq!(json["not_in_holdings"][0], "lei:001GPB6A9XPE8XJICC14");
}

#[test]
fn files_that_cannot_be_read_are_refused_with_what_to_do() {
    let place = Place::new();
    let refused = |name: &str, text: &str, says: &str| {
        let file = place.write(name, text);
        let ran = import(&place, &file).code(2);
        assert!(ran.err.contains(says), "{name}: {}", ran.err);
    };
    refused("a.csv", "name,share\nA,50%\n", "no column `owner`");
    refused("b.csv", "owner,owned,share\nx:1,y:2,140%\n", "is no share");
    refused(
        "c.csv",
        "owner,owned,share,religion\nx:1,y:2,40%,z\n",
        "religion",
    );
    refused("d.bin", "hello\n", "is of a layout that is not read");
    refused(
        "e.json",
        "[{\"statementType\":\"x\",\"publicationDetails\":{\"bodsVersion\":\"9.9\"}}]",
        "9.9",
    );
    refused(
        "f.csv",
        "owner,owned,share,from,until\nx:1,y:2,4%,2026-02-01,2026-01-01\n",
        "ends before it begins",
    );
    let ran = place
        .run(["ownership", "import", "no-such-file.csv"])
        .code(2);
    assert!(ran.err.contains("there is no file"), "{}", ran.err);
    let ran = show(&place, "reg:de:HRB77", &["--rule", "us.nothing"]).code(2);
    assert!(ran.err.contains("us.ofac.50"), "{}", ran.err);
    // Nothing was taken.
    assert!(
        place
            .run(["ownership", "status"])
            .code(0)
            .out
            .contains("No holdings")
    );
}

#[test]
fn a_check_says_what_the_count_shows_and_asks_for_the_wording() {
    let place = Place::new();
    let own = "owner,owned,share,owner kind,holders\n\
               us-ofac-sdn:900002,reg:kz:123456,10%,,complete\n\
               Zhang Sanming,reg:kz:123456,90%,person,complete\n\
               Zhang Sanming,reg:de:HRB77,100%,person,complete\n";
    import(&place, &place.write("own.csv", own)).code(0);
    let list = root().join("crates/lists/tests/us/ofac.xml");
    let list = list.to_str().unwrap();
    place
        .run(["sync", "--as", "us-ofac-sdn", "--from", list])
        .code(0);
    let packs = std::fs::read_to_string(root().join("packs/lists.toml")).unwrap();
    place.write(
        "packs/lists.toml",
        packs.replace("least_records = 5000", "least_records = 1"),
    );
    let folder = place.file("packs");
    let deal = place.write("deal.toml", DEAL);
    let arguments = [
        "check",
        deal.to_str().unwrap(),
        "--packs",
        folder.to_str().unwrap(),
        "--json",
    ];
    let brief = place.run(arguments).json();
    let answers = brief["ownership"]["answers"].as_array().unwrap();
    let of = |party: &str| {
        let mut rows = answers.iter();
        rows.find(|one| one["party"] == party && one["rule"] == "us.ofac.50")
            .unwrap()
    };
    assert!(answers.iter().all(|one| one["answer"] != "no"));
    assert_eq!(of("end-user")["by_count"], "no");
    let unchecked = brief["unchecked"].as_array().unwrap();
    let says = |what: &str, why: &str| {
        unchecked
            .iter()
            .any(|one| one["what"] == what && one["why"].as_str().unwrap().contains(why))
    };
    assert!(says("OFAC 50 percent rule", "says No of nobody"));
    assert_eq!(of("installer")["by_count"], "no");
    let findings = brief["findings"].as_array().unwrap();
    let of_rule = |party: &str| {
        findings
            .iter()
            .find(|one| one["rule"] == "us.ofac.50" && one["subject"]["id"] == party)
    };
    let note = of_rule("end-user").unwrap();
    assert_eq!(
        (&note["answer"], &note["effect"]),
        (&"cannot-tell".into(), &"note".into())
    );
    let title = note["title"].as_str().unwrap();
    assert!(
        title.contains("by the count listed and reached parties hold 10%"),
        "{title}"
    );
    assert_eq!(note["questions"][0]["id"], "q.wording-us-ofac-50");
    // Of whom no listed party holds anything there is no finding.
    assert_eq!(of_rule("installer"), None);
}

#[test]
fn a_bundle_carries_holdings_where_it_is_asked_to() {
    let (there, here) = (Place::new(), Place::new());
    let own = OWN.replace("starter:us-ofac-sdn/xpcc", "us-ofac-sdn:900002");
    import(&there, &there.write("own.csv", &own)).code(0);
    let more = there.write(
        "more.csv",
        "owner,owned,lo_ppm,hi_ppm\nreg:de:HRB77,reg:de:HRB90,700000,700000\n",
    );
    import(&there, &more).code(0);
    let list = root().join("crates/lists/tests/us/ofac.xml");
    let list = list.to_str().unwrap();
    there
        .run(["sync", "--as", "us-ofac-sdn", "--from", list])
        .code(0);
    let bundle = there.file("all.tar");
    let bundle = bundle.to_str().unwrap();
    let ran = there
        .run(["bundle", "export", bundle, "--holdings"])
        .code(0);
    assert!(ran.out.contains("holdings of 2 sources"), "{}", ran.out);
    // This machine has a newer table of the same name and a source of its own.
    let file = here.write("own.csv", own.replace("55%", "45%"));
    import(&here, &file).code(0);
    let key = format!("{bundle}.vkey");
    let take = || {
        here.run(["bundle", "import", bundle, "--trust", &key])
            .code(0)
    };
    let ran = take();
    assert!(
        ran.out.contains("Holdings of 2 sources came along"),
        "{}",
        ran.out
    );
    let status = |place: &Place| place.run(["ownership", "status", "--json"]).code(0).json();
    let sources = status(&here)["sources"].clone();
    let ids: Vec<&str> = sources
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["plain-more", "user-own"]);
    // Of one day the edition that is held stays.
    let show = |place: &Place| {
        let ran = show(place, "reg:kz:123456", &["--rule", "us.ofac.50", "--json"]);
        answer(&ran, "us.ofac.50")["answer"].clone()
    };
    assert_eq!(
        (show(&there), show(&here)),
        ("yes".into(), "cannot-tell".into())
    );
    // Again: nothing changes.
    let before = status(&here)["states"].clone();
    take();
    assert_eq!(status(&here)["states"], before);
    // An empty machine answers as the first does.
    let empty = Place::new();
    empty
        .run(["bundle", "import", bundle, "--trust", &key])
        .code(0);
    assert_eq!(status(&empty)["holdings"], status(&there)["holdings"]);
    assert_eq!(show(&empty), "yes");
    empty.run(["doctor"]).code(0);
}

/// Level 2 of GLEIF in XML with so many relationships.
fn gleif(content: &str, day: &str, number: usize) -> String {
    let record = "<rr:RelationshipRecord><rr:Relationship>\
                  <rr:StartNode><rr:NodeID>5299001ERX0K10IZUL40</rr:NodeID></rr:StartNode>\
                  <rr:EndNode><rr:NodeID>529900GRZ2BQY5ZM9N49</rr:NodeID></rr:EndNode>\
                  <rr:RelationshipType>IS_DIRECTLY_CONSOLIDATED_BY</rr:RelationshipType>\
                  <rr:RelationshipStatus>ACTIVE</rr:RelationshipStatus>\
                  </rr:Relationship></rr:RelationshipRecord>";
    let records = record.repeat(number);
    format!(
        "<rr:RelationshipData xmlns:rr=\"http://www.gleif.org/data/schema/rr/2016\"><rr:Header>\
         <rr:ContentDate>{day}T08:00:00Z</rr:ContentDate><rr:FileContent>{content}</rr:FileContent>\
         </rr:Header><rr:RelationshipRecords>{records}</rr:RelationshipRecords>\
         </rr:RelationshipData>"
    )
}

#[test]
fn no_edition_takes_away_what_is_held_unseen() {
    let place = Place::new();
    let file = |name: &str, content: &str, day: &str, number: usize| {
        place.write(name, gleif(content, day, number))
    };
    let full = "GLEIF_FULL_PUBLISHED";
    import(&place, &file("a.xml", full, "2026-09-01", 10)).code(0);
    let held = || place.run(["ownership", "status", "--json"]).json()["sources"][0].clone();
    let before = held();
    let refused = |name: &str, content: &str, day: &str, number: usize, says: &str| {
        let ran = import(&place, &file(name, content, day, number)).code(2);
        assert!(ran.err.contains(says), "{name}: {}", ran.err);
        assert_eq!(held(), before, "{name}");
    };
    refused("older.xml", full, "2026-08-01", 10, "2026-09-01 is held");
    refused(
        "short.xml",
        full,
        "2026-10-01",
        7,
        "--accept-shrink gleif-rr",
    );
    let delta = "GLEIF_DELTA_PUBLISHED";
    refused("delta.xml", delta, "2026-10-01", 10, "only what changed");
    let short = place.write("short.xml", gleif(full, "2026-10-01", 7));
    let taken = place
        .run([
            "ownership",
            "import",
            short.to_str().unwrap(),
            "--accept-shrink",
            "gleif-rr",
        ])
        .code(0);
    assert!(
        taken.out.contains("held before (10 holdings)"),
        "{}",
        taken.out
    );
    assert_eq!(held()["records"], 7);
}

#[test]
fn an_answer_of_the_register_s_own_service_is_named_as_what_it_is() {
    let place = Place::new();
    let text = "{\"meta\":{\"goldenCopy\":{}},\"data\":{\"type\":\"lei-records\"}}";
    let ran = import(&place, &place.write("one.json", text)).code(2);
    assert!(ran.err.contains("GLEIF API"), "{}", ran.err);
}

#[test]
fn a_transfer_is_answered_with_what_the_authority_says_and_asks_for_attention() {
    let place = with_own();
    let ran = show(&place, "reg:de:HRB79", &["--rule", "us.ofac.50"]).code(3);
    let text = unfolded(&ran.out);
    for said in [
        "held 45% of the shares of reg:de:HRB79 until 2026-03-01 (user-own sale 7)",
        "(OFAC FAQ 402)",
        "stays blocked until OFAC unblocks it or licenses it",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn an_unknown_share_under_the_affiliates_rule_is_shown_as_red_flag_29() {
    let place = Place::new();
    let own = "owner,owned,share\nstarter:us-bis-el/xuar-psb,reg:kz:7,30-60%\n";
    import(&place, &place.write("own.csv", own)).code(0);
    let ran = show(
        &place,
        "reg:kz:7",
        &["--rule", "us.bis.affiliates", "--json"],
    );
    let one = answer(&ran.code(3), "us.bis.affiliates");
    assert_eq!(one["answer"], "cannot-tell");
    assert_eq!(one["red_flags"][0]["id"], "us.bis.red-flag-29");
    assert_eq!(one["listed_above"], "yes");
}

/// The register number of a listed firm, with or without the country that gave it.
fn listed_firm(place: &Place, id_country: &str) {
    let list = format!(
        r#"<?xml version="1.0"?>
<sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
<publshInformation><Publish_Date>11/20/2026</Publish_Date><Record_Count>1</Record_Count></publshInformation>
<sdnEntry><uid>900101</uid><lastName>DEMO STEPPE TRADING</lastName><sdnType>Entity</sdnType>
<programList><program>SDGT</program></programList>
<idList><id><uid>1</uid><idType>Registration Number</idType><idNumber>777</idNumber>{id_country}</id></idList>
<addressList>
<address><uid>2</uid><city>Almaty</city><country>Kazakhstan</country></address>
<address><uid>3</uid><city>Omsk</city><country>Russia</country></address>
</addressList></sdnEntry></sdnList>"#
    );
    let list = place.write("sdn.xml", list);
    place
        .run([
            "sync",
            "--as",
            "us-ofac-sdn",
            "--accept-shrink",
            "us-ofac-sdn",
            "--from",
            list.to_str().unwrap(),
        ])
        .code(0);
}

#[test]
fn a_listed_number_of_no_one_register_is_a_question_until_the_list_says_which() {
    let place = Place::new();
    let own = "owner,owned,share\n\
               reg:kz:777,reg:kz:123456,60%\n\
               reg:ru:777,reg:de:HRB77,60%\n";
    import(&place, &place.write("own.csv", own)).code(0);
    listed_firm(&place, "");
    let deal = place.write("deal.toml", DEAL);
    let check = || {
        place
            .run(["check", deal.to_str().unwrap(), "--json"])
            .json()
    };
    let of = |brief: &Value, party: &str| {
        let findings = brief["findings"].as_array().unwrap();
        let mut found = findings
            .iter()
            .filter(|one| one["rule"] == "us.ofac.50" && one["subject"]["id"] == party);
        found.next().cloned()
    };
    let brief = check();
    // Either may be the listed firm's: both are asked about, and neither is covered.
    for (party, register) in [("end-user", "reg-kz-777"), ("installer", "reg-ru-777")] {
        let may = of(&brief, party).unwrap();
        assert_eq!(
            (&may["answer"], &may["effect"]),
            (&"cannot-tell".into(), &"ask-first".into())
        );
        let question = &may["questions"][0];
        assert_eq!(question["id"], format!("q.listed-{register}"));
        let text = question["text"].as_str().unwrap();
        assert!(
            text.contains(
                "DEMO STEPPE TRADING (us-ofac-sdn:900101) has the registration number 777"
            ) && text.contains("which register gave it (kz, ru)"),
            "{text}"
        );
    }
    let unchecked = brief["unchecked"].as_array().unwrap();
    let says = |what: &str| unchecked.iter().any(|one| one["what"] == what);
    assert!(says("1 of 1 listed parties that may stand in the holdings"));
    let ran = show(&place, "reg:kz:123456", &["--rule", "us.ofac.50"]).code(4);
    snapshot!("ownership-may-be-listed.txt", place.plain(&ran.out));
    // Whoever counts only who is covered says who was not counted.
    let what_if = ["ownership", "what-if", "--list", "reg:de:HRB77"];
    let ran = place.run(what_if).code(0);
    assert!(
        unfolded(&ran.out).contains("Not counted: 1 of 1"),
        "{}",
        ran.out
    );
    let status = place.run(["ownership", "status", "--json"]).json();
    assert_eq!(
        (&status["listed_placed"], &status["listed_doubtful"]),
        (&0.into(), &1.into())
    );
    let ran = show(&place, "us-ofac-sdn:900101", &[]).code(2);
    assert!(
        unfolded(&ran.err).contains("ask for the one that is meant: reg:kz:777, reg:ru:777"),
        "{}",
        ran.err
    );
    // The list says beside the number which register it is of.
    listed_firm(&place, "<idCountry>Kazakhstan</idCountry>");
    let brief = check();
    assert_eq!(of(&brief, "end-user").unwrap()["answer"], "yes");
    assert_eq!(of(&brief, "installer"), None);
    let ran = show(
        &place,
        "us-ofac-sdn:900101",
        &["--rule", "us.ofac.50", "--json"],
    )
    .code(3);
    assert_eq!(answer(&ran, "us.ofac.50")["listed"], "us-ofac-sdn");
}

/// What a command prints in a terminal of so many columns.
fn in_columns(place: &Place, width: usize, arguments: &[&str]) -> String {
    use clap::Parser as _;
    let edge = scruple::Edge {
        today: common::TODAY.parse().unwrap(),
        clock: common::TODAY.parse().unwrap(),
        now: 0,
        data: Some(place.data()),
        packs: None,
        width,
        colour: false,
        progress: false,
        proxy: None,
    };
    let arguments = ["scruple"].iter().chain(arguments);
    let command = scruple::args::Cli::try_parse_from(arguments)
        .unwrap()
        .command;
    let mut out = Vec::new();
    scruple::run(command, &edge, &mut out).unwrap();
    place.plain(&String::from_utf8(out).unwrap())
}

#[test]
fn all_of_it_folds_to_sixty_columns() {
    let place = with_own();
    let more = "owner,owned,share,from,until\n\
                starter:us-ofac-sdn/xpcc,reg:de:HRB1,60%,,2026-05-01\n\
                starter:us-ofac-sdn/xpcc,reg:de:HRB2,60%,2026-06-15,\n";
    import(&place, &place.write("trade register.csv", more)).code(0);
    let deal = place.write("deal.toml", DEAL);
    let deal = deal.to_str().unwrap();
    let mut all = String::new();
    for arguments in [
        &["ownership", "status"][..],
        &["ownership", "show", "reg:de:HRB77", "--rule", "us.ofac.50"],
        &["ownership", "show", "reg:de:HRB79", "--rule", "us.ofac.50"],
        &["ownership", "diff", "2026-01-01", "2026-11-01"],
        &[
            "ownership",
            "what-if",
            "--list",
            "reg:kz:123456,reg:de:HRB99",
        ],
        &["check", deal],
    ] {
        let text = in_columns(&place, 60, arguments);
        let shown = arguments.iter().filter(|word| **word != deal);
        let shown: Vec<&str> = shown.copied().collect();
        all.push_str(&format!("$ scruple {}\n{text}\n", shown.join(" ")));
    }
    for line in all.lines().filter(|line| !line.starts_with('$')) {
        assert!(line.chars().count() <= 60, "{line}");
    }
    snapshot!("ownership-60-columns.txt", all);
}
