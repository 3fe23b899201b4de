//! Watching a file: what is news, what is not, and what another engine says.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::fs;

use crate::common::{self, Place, Ran, unfolded};
use crate::snapshot;
use serde_json::{Value, json};

/// Listed companies as FollowTheMoney lines: id, name, more properties.
fn list(parties: &[(&str, &str, Value)]) -> String {
    let mut text = String::new();
    for (id, name, more) in parties {
        let mut properties = json!({ "name": [name], "country": ["kz"] });
        for (key, value) in more.as_object().unwrap() {
            properties[key] = value.clone();
        }
        let party = json!({ "id": id, "schema": "Company", "caption": name,
                            "datasets": ["us-bis-el"], "properties": properties });
        let sanction = json!({ "id": format!("{id}-s"), "schema": "Sanction",
                               "datasets": ["us-bis-el"], "properties": {
                                   "entity": [id], "listingDate": ["2019-10-09"] } });
        let _ = write!(text, "{party}\n{sanction}\n");
    }
    text
}

fn take(place: &Place, day: &str, parties: &[(&str, &str, Value)]) {
    let path = place.write("el.jsonl", list(parties));
    place
        .run([
            "sync",
            "--from",
            path.to_str().unwrap(),
            "--as",
            "el",
            "--dated",
            day,
            "--accept-shrink",
            "user-el",
        ])
        .code(0);
}

const PARTIES: &str = "id,name\n\
    A-1,Tengri Vision Trade\n\
    A-2,Altai Optics\n\
    A-3,Groupement hospitalier des Deux Fleuves\n";

fn first() -> Vec<(&'static str, &'static str, Value)> {
    vec![
        ("tv", "Tengri Vision Trade LLP", json!({})),
        ("ao", "Altai Optics Co., Ltd.", json!({})),
        ("xx", "Quite Another Firm LLC", json!({})),
    ]
}

fn watch(place: &Place, more: &[&str]) -> Ran {
    let file = place.file("parties.csv");
    let all = ["watch", file.to_str().unwrap()];
    place.run(all.into_iter().chain(more.iter().copied()))
}

fn begun() -> Place {
    let place = Place::new();
    take(&place, "2026-11-01", &first());
    place.write("parties.csv", PARTIES);
    watch(&place, &[]).code(3);
    place
}

/// The news as `kind line record`.
fn news(report: &Value) -> Vec<String> {
    report["news"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            format!(
                "{} {} {}",
                one["kind"].as_str().unwrap(),
                one["line"],
                one["record"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn the_first_run_shows_every_match_and_the_second_none() {
    let place = Place::new();
    take(&place, "2026-11-01", &first());
    place.write("parties.csv", PARTIES);
    let first = watch(&place, &["--json"]).code(3).json();
    assert_eq!(first["schema"], "scruple.watch/1");
    assert_eq!(news(&first), ["new 2 user-el:tv", "new 3 user-el:ao"]);
    assert_eq!(first["in_full"], 3);
    assert_eq!(first.get("since"), None);
    let second = watch(&place, &["--json"]).code(4).json();
    assert_eq!(news(&second), Vec::<String>::new());
    assert_eq!(
        (&second["in_full"], &second["matches"]),
        (&json!(0), &json!(2))
    );
    assert_eq!(second["since"], common::TODAY);
}

#[test]
fn a_new_vintage_shows_what_is_new_changed_and_gone() {
    let place = begun();
    let after = vec![
        (
            "tv",
            "Tengri Vision Trade LLP",
            json!({ "incorporationDate": ["2011"] }),
        ),
        ("dh", "Deux Fleuves Groupement Hospitalier", json!({})),
        (
            "xx",
            "Quite Another Firm LLC",
            json!({ "notes": ["changed, and nobody's match"] }),
        ),
    ];
    take(&place, "2026-11-02", &after);
    let dry = watch(&place, &["--json", "--dry-run"]).code(3).json();
    let ran = watch(&place, &[]).code(3);
    let expected = [
        "changed 2 user-el:tv",
        "gone 3 user-el:ao",
        "new 4 user-el:dh",
    ];
    assert_eq!(news(&dry), expected);
    assert_eq!(dry["in_full"], 0);
    assert_eq!(dry["lists"][0]["changed"], 4);
    assert_eq!(
        dry["news"][0]["because"][0],
        "incorporationDate: 2011, before nothing"
    );
    assert_eq!(dry["news"][0]["match"]["id"], "user-el:tv");
    assert_eq!(dry["news"][1].get("match"), None);
    snapshot!("watch-news.txt", place.plain(&ran.out));
    // The same as when everything is screened anew against the old state.
    assert_eq!(
        news(&watch(&place, &["--json"]).code(4).json()),
        Vec::<String>::new()
    );
}

#[test]
fn only_against_what_changed_gives_what_everything_would() {
    let place = begun();
    let mut after = first();
    after[1].1 = "Altay Optiks Company Limited";
    after.push(("t2", "Tengri Vision", json!({})));
    after.push(("t3", "Тенгри Вижн Трейд", json!({})));
    take(&place, "2026-11-02", &after);
    let some = watch(&place, &["--json", "--dry-run"]).code(3).json();
    let all = watch(&place, &["--json", "--dry-run", "--everything"])
        .code(3)
        .json();
    assert_eq!((&some["in_full"], &all["in_full"]), (&json!(0), &json!(3)));
    let sorted = |report: &Value| {
        let mut all = news(report);
        all.sort();
        all
    };
    assert_eq!(sorted(&some), sorted(&all));
    assert_eq!(some["matches"], all["matches"]);
}

#[test]
fn parties_that_come_change_and_leave_are_noticed() {
    let place = begun();
    place.write(
        "parties.csv",
        "id,name,country\n\
         A-1,Tengri Vision Trade,kz\n\
         A-4,Quite Another Firm,\n",
    );
    let report = watch(&place, &["--json"]).code(3).json();
    // A country that is given now is no news of a match that was there.
    assert_eq!(news(&report), ["new 3 user-el:xx"]);
    assert_eq!(
        (&report["in_full"], &report["left"]),
        (&json!(2), &json!(2))
    );
}

#[test]
fn what_review_set_aside_is_no_news_until_it_reopens() {
    let place = begun();
    let add = |how: &str| {
        place
            .run([
                "review",
                "add",
                "Tengri Vision Trade",
                "--record",
                "user-el:tv",
                how,
                "--by",
                "AB",
                "--reason",
                "other number",
            ])
            .code(0)
    };
    add("--not-same");
    let ran = watch(&place, &[]).code(4);
    let said = "1 match set aside by review on 2026-11-22 by AB: other number";
    assert!(unfolded(&ran.out).contains(said), "{}", ran.out);
    // Changed in a way that does not matter to the decision.
    let mut after = first();
    after[0].2 = json!({ "notes": ["x"] });
    take(&place, "2026-11-02", &after);
    let report = watch(&place, &["--json"]).code(4).json();
    assert_eq!(report["set_aside"][0]["review"]["standing"], "set-aside");
    assert_eq!(
        (&report["set_aside"][0]["line"], &report["matches"]),
        (&json!(2), &json!(1))
    );
    // And in one that does.
    after[0].2 = json!({ "registrationNumber": ["12345"] });
    take(&place, "2026-11-03", &after);
    let report = watch(&place, &["--json"]).code(3).json();
    assert_eq!(news(&report), ["changed 2 user-el:tv"]);
    assert_eq!(report["news"][0]["review"]["standing"], "reopened");
    // A decision that is taken back, on a record that nobody touched.
    add("--not-same");
    watch(&place, &[]).code(4);
    add("--same");
    let report = watch(&place, &["--json"]).code(3).json();
    assert_eq!(news(&report), ["changed 2 user-el:tv"]);
    assert_eq!(report["news"][0]["review"]["standing"], "same-party");
}

#[test]
fn a_copy_that_left_makes_the_whole_list_be_looked_at_and_no_false_news() {
    let place = Place::new();
    let old = place.write("el.jsonl", list(&first()));
    let old = old.to_str().unwrap();
    place
        .run_on(
            "2010-01-01",
            ["sync", "--from", old, "--as", "el", "--dated", "2010-01-01"],
        )
        .code(0);
    place.write("parties.csv", PARTIES);
    watch(&place, &[]).code(3);
    let mut after = first();
    after.push(("dh", "Deux Fleuves Groupement Hospitalier", json!({})));
    let new = place.write("el.jsonl", list(&after));
    place
        .run_on(
            "2011-01-01",
            [
                "sync",
                "--from",
                new.to_str().unwrap(),
                "--as",
                "el",
                "--dated",
                "2011-01-01",
            ],
        )
        .code(0);
    place.run(["lists", "prune", "--delete"]).code(0);
    let report = watch(&place, &["--json"]).code(3).json();
    assert_eq!(news(&report), ["new 4 user-el:dh"]);
}

#[test]
fn a_watch_is_deleted_on_demand_and_a_damaged_one_says_so() {
    let place = begun();
    let folder = place.data().join("watch");
    let file = fs::read_dir(&folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let kept = fs::read(&file).unwrap();
    fs::write(&file, &kept[..kept.len() / 2]).unwrap();
    let ran = watch(&place, &[]).code(2);
    assert!(
        ran.err.contains("damaged") && ran.err.contains("--forget"),
        "{}",
        ran.err
    );
    watch(&place, &["--forget"]).code(0);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    let ran = watch(&place, &["--forget"]).code(0);
    assert!(ran.out.contains("nothing was deleted"), "{}", ran.out);
    // Under another name it is another watch.
    watch(&place, &["--as", "suppliers"]).code(3);
    watch(&place, &["--as", "suppliers"]).code(4);
    watch(&place, &[]).code(3);
}

#[test]
fn a_file_without_names_and_a_party_without_one_are_told() {
    let place = begun();
    let ran = place.run(["watch", "no-such.csv"]).code(2);
    assert!(ran.err.contains("next:"), "{}", ran.err);
    place.write("parties.csv", "id,when\n1,2\n");
    let ran = watch(&place, &[]).code(2);
    assert!(ran.err.contains("--map name=COLUMN"), "{}", ran.err);
    place.write("parties.csv", "id,name\n1,\n2,Tengri Vision Trade\n");
    let ran = watch(&place, &[]).code(4);
    assert!(ran.out.contains("the party on line 2"), "{}", ran.out);
}

const THEIRS: &str = "query,match_id,match_name,score\n\
    Tengri Vision Trade,NK-1,TENGRI VISION TRADE LLP,0.91\n\
    Vision Tengri Group of Almaty,NK-1,Tengri Vision Trade LLP,0.74\n\
    Altai Optics,,,\n\
    Unlisted Here,NK-9,Somebody on No List,0.83\n\
    Nobody at All,,,\n";

#[test]
fn another_engines_results_stand_beside_ours_disagreements_first() {
    let place = Place::new();
    take(&place, "2026-11-01", &first());
    let file = place.write("theirs.csv", THEIRS);
    let file = file.to_str().unwrap();
    let json = place.run(["compare", file, "--json"]).code(0).json();
    assert_eq!(json["schema"], "scruple.compare/1");
    let counts = ["queries", "both", "theirs_only", "ours_only", "neither"];
    let counts: Vec<i64> = counts
        .iter()
        .map(|key| json[*key].as_i64().unwrap())
        .collect();
    assert_eq!(counts, [5, 1, 2, 1, 1]);
    let all = json["compared"].as_array().unwrap();
    let who: Vec<&str> = all.iter().map(|one| one["who"].as_str().unwrap()).collect();
    assert_eq!(who, ["theirs-only", "theirs-only", "ours-only", "both"]);
    for one in all {
        assert!(!one["because"].as_array().unwrap().is_empty(), "{one}");
    }
    assert_eq!(all[0]["record"], "user-el:tv");
    let because = all[0]["because"].to_string();
    assert!(because.contains("below the threshold 0.70"), "{because}");
    assert!(
        all[1]["because"][0]
            .as_str()
            .unwrap()
            .starts_with("no record here has")
    );

    let text = place.run(["compare", file, "ours", "--all"]).code(0).out;
    snapshot!("compare.txt", place.plain(&text));
    let short = place.run(["compare", file]).code(0).out;
    assert!(
        short.contains("--all") && !short.contains("BOTH"),
        "{short}"
    );
}

#[test]
fn a_pair_that_we_set_aside_explains_itself_in_a_comparison() {
    let place = Place::new();
    take(&place, "2026-11-01", &first());
    place
        .run([
            "review",
            "add",
            "Tengri Vision Trade",
            "--record",
            "user-el:tv",
            "--not-same",
            "--by",
            "AB",
            "--reason",
            "other number",
        ])
        .code(0);
    let file = place.write("theirs.csv", THEIRS);
    let json = place
        .run(["compare", file.to_str().unwrap(), "--json"])
        .code(0)
        .json();
    let one = &json["compared"][0];
    assert_eq!(one["who"], "theirs-only");
    let because = one["because"][0].as_str().unwrap();
    assert!(
        because.starts_with("set aside by review on 2026-11-22"),
        "{because}"
    );
}

#[test]
fn columns_of_theirs_can_be_named_and_what_is_missing_is_told() {
    let place = Place::new();
    take(&place, "2026-11-01", &first());
    let file = place.write(
        "odd.csv",
        "Wer;Wen;Wie\nTengri Vision Trade;Tengri Vision Trade LLP;91\n",
    );
    let file = file.to_str().unwrap();
    let ran = place.run(["compare", file]).code(2);
    assert!(ran.err.contains("--map query=COLUMN"), "{}", ran.err);
    let ran = place.run(["compare", file, "--map", "query=Wer"]).code(2);
    assert!(ran.err.contains("--map match=COLUMN"), "{}", ran.err);
    let ran = place.run(["compare", file, "--map", "who=Wer"]).code(2);
    assert!(
        ran.err.contains("one of query, id, match, score, country"),
        "{}",
        ran.err
    );
    let ran = place.run(["compare", file, "--map", "query=Was"]).code(2);
    assert!(ran.err.contains("no such column"), "{}", ran.err);
    let all = [
        "--map",
        "query=Wer",
        "--map",
        "match=Wen",
        "--map",
        "score=Wie",
        "--json",
    ];
    let json = place
        .run(["compare", file].into_iter().chain(all))
        .code(0)
        .json();
    assert_eq!(json["both"], 1);
    assert_eq!(json["compared"][0]["theirs"]["score"], "91");
    let gap = place.write("gap.csv", "query,match\n,Tengri\n");
    let ran = place.run(["compare", gap.to_str().unwrap()]).code(2);
    assert!(ran.err.contains("line 2"), "{}", ran.err);
}

/// Engines often keep the publisher's id, which stands in ours behind the list; and two
/// records may bear one name.
#[test]
fn their_id_means_our_record_also_without_the_list_before_it() {
    let place = Place::new();
    let mut parties = first();
    parties.push(("tv-2", "Tengri Vision Trade LLP", json!({})));
    take(&place, "2026-11-01", &parties);
    let file = place.write(
        "ids.csv",
        "query,id,match,score\n\
         Tengri Vision Trade,tv-2,Tengri Vision Trade LLP,0.9\n\
         Altai Optics,ao,,0.9\n\
         Altai Optics,xx,Somebody Else,0.8\n",
    );
    let file = file.to_str().unwrap();
    let json = place.run(["compare", file, "--json"]).code(0).json();
    let all: Vec<(&str, &Value)> = json["compared"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["who"].as_str().unwrap(), &one["record"]))
        .collect();
    assert_eq!(
        all,
        [
            // The id is ours, but the name beside it is not: another record is meant.
            ("theirs-only", &Value::Null),
            ("ours-only", &json!("user-el:tv")),
            ("both", &json!("user-el:tv-2")),
            ("both", &json!("user-el:ao")),
        ]
    );
}

#[test]
fn what_they_knew_of_a_query_can_be_compared_too() {
    let place = Place::new();
    take(&place, "2026-11-01", &first());
    let file = place.write(
        "known.csv",
        "query,query_country,Kind,id\n\
         Tengri Vision Trade,kz,Company,tv\n\
         Tengri Vision Trade,br,Company,tv\n",
    );
    let file = file.to_str().unwrap();
    let map = ["--map", "schema=Kind", "--all", "--json"];
    let ran = place.run(["compare", file].into_iter().chain(map)).code(0);
    let json = ran.json();
    assert_eq!(json["queries"], 2, "one name, two queries");
    let score = |at: usize| json["compared"][at]["ours"]["score"].as_u64().unwrap();
    assert!(score(0) > score(1), "another country agrees less");
    let bad = place.write(
        "bad.csv",
        "query,query_country,query_dob,id\nA B,zz,1961,x\nC D,kz,soon,x\n",
    );
    let ran = place.run(["compare", bad.to_str().unwrap()]).code(2);
    for what in ["line 2, country \"zz\"", "line 3, birth_date \"soon\""] {
        assert!(unfolded(&ran.err).contains(what), "{}", ran.err);
    }
}
