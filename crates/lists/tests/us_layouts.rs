//! The United States layouts, over excerpts with invented parties that hold every
//! element the schemas name.

use crate::common::{File, read_files, shown};
use scruple_lists::{Limits, Reading, recognise};
use scruple_model::Entity;

fn file(name: &str) -> File {
    let path = format!("{}/tests/us/{name}", env!("CARGO_MANIFEST_DIR"));
    File {
        name: name.to_owned(),
        bytes: std::fs::read(path).expect("the excerpt is there"),
    }
}

fn readings(names: &[&str]) -> Vec<Reading> {
    let files: Vec<File> = names.iter().map(|name| file(name)).collect();
    read_files(&files).expect("the excerpt is read")
}

const CSV: [&str; 4] = ["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"];

#[test]
fn ofac_xml() {
    insta::assert_snapshot!(shown(&readings(&["ofac.xml"])));
}

#[test]
fn ofac_csv() {
    insta::assert_snapshot!(shown(&readings(&CSV)));
}

#[test]
fn ofac_advanced_xml() {
    insta::assert_snapshot!(shown(&readings(&["ofac_advanced.xml"])));
}

#[test]
fn csl_json() {
    insta::assert_snapshot!(shown(&readings(&["csl.json"])));
}

#[test]
fn csl_csv() {
    insta::assert_snapshot!(shown(&readings(&["csl.csv"])));
}

#[test]
fn csl_csv_before_2020() {
    insta::assert_snapshot!(shown(&readings(&["csl_2019.csv"])));
}

#[test]
fn bis_dpl() {
    insta::assert_snapshot!(shown(&readings(&["dpl.txt"])));
}

#[test]
fn uflpa() {
    insta::assert_snapshot!(shown(&readings(&["uflpa.html"])));
}

fn entity(readings: &[Reading], id: &str) -> Entity {
    let found = readings
        .iter()
        .flat_map(|reading| &reading.entities)
        .find(|entity| entity.id.as_str() == id);
    let mut entity = found.unwrap_or_else(|| panic!("no {id}")).clone();
    // The order in which values stand differs between layouts and means nothing.
    for values in entity.properties.values_mut() {
        values.sort();
    }
    entity
}

#[test]
fn one_party_is_the_same_in_ofacs_three_layouts() {
    let xml = readings(&["ofac.xml"]);
    let csv = readings(&CSV);
    let advanced = readings(&["ofac_advanced.xml"]);
    for id in ["900001", "900002", "900003", "900004"] {
        let id = format!("us-ofac-sdn:{id}");
        let from_xml = entity(&xml, &id);
        assert_eq!(from_xml, entity(&csv, &id));
        // The advanced file says more: since when, on what basis, in which script,
        // and what a link is.
        let mut from_advanced = entity(&advanced, &id);
        for property in ["originalName", "relationship"] {
            from_advanced.properties.remove(property);
        }
        for property in ["alias", "notes", "sanction.provisions"] {
            let said = from_xml.values(property).to_vec();
            if let Some(values) = from_advanced.properties.get_mut(property) {
                values.retain(|value| said.contains(value));
                if values.is_empty() {
                    from_advanced.properties.remove(property);
                }
            }
        }
        for listing in &mut from_advanced.listings {
            listing.since = None;
            listing.link = None;
        }
        assert_eq!(from_xml, from_advanced);
    }
}

#[test]
fn one_party_is_the_same_in_the_screening_list() {
    let id = "us-ofac-sdn:900001";
    let mut ofac = entity(&readings(&["ofac.xml"]), id);
    let mut json = entity(&readings(&["csl.json"]), id);
    let mut csv = entity(&readings(&["csl.csv"]), id);
    // The screening list does not tell kinds of alias apart, leaves out regions, and
    // its CSV prints a comma before the postal code.
    let aliases = |entity: &mut Entity| {
        let mut names: Vec<String> = ["alias", "weakAlias", "previousName"]
            .iter()
            .filter_map(|kind| entity.properties.remove(*kind))
            .flatten()
            .collect();
        names.sort();
        names
    };
    let names = aliases(&mut ofac);
    assert_eq!(names, aliases(&mut json));
    assert_eq!(names, aliases(&mut csv));
    assert_eq!(json.values("address"), [ofac.values("address")[0].clone()]);
    assert_eq!(
        csv.values("address")[0].replace(',', ""),
        ofac.values("address")[0].replace(',', "")
    );
    for entity in [&mut ofac, &mut json, &mut csv] {
        entity.properties.remove("address");
        for listing in &mut entity.listings {
            listing.link = None;
        }
    }
    assert_eq!(ofac, json);
    // The CSV leaves out when a paper was issued.
    for entity in [&mut ofac, &mut csv] {
        entity.properties.remove("identification");
    }
    assert_eq!(ofac, csv);
}

#[test]
fn a_denied_person_has_one_id_in_both_files() {
    let txt = readings(&["dpl.txt"]);
    let id = txt[0].duplicates[0].id.clone();
    for name in ["csl.json", "csl_2019.csv"] {
        let entity = entity(&readings(&[name]), &format!("us-bis-dpl:{id}"));
        assert_eq!(entity.caption, "D. EMO");
    }
}

#[test]
fn layouts_are_told_by_their_content() {
    for (name, layout, role, list) in [
        ("ofac.xml", "ofac-xml", "", "us-ofac-sdn"),
        ("sdn.csv", "ofac-csv", "sdn", "us-ofac-sdn"),
        ("alt.csv", "ofac-csv", "alt", ""),
        ("add.csv", "ofac-csv", "add", ""),
        ("sdn_comments.csv", "ofac-csv", "comments", ""),
        ("ofac_advanced.xml", "ofac-advanced-xml", "", ""),
        ("csl.json", "csl-json", "", ""),
        ("csl.csv", "csl-csv", "", ""),
        ("csl_2019.csv", "csl-csv", "", ""),
        ("dpl.txt", "bis-dpl-txt", "", "us-bis-dpl"),
        ("uflpa.html", "uflpa-html", "", "us-dhs-uflpa"),
    ] {
        let bytes = file(name).bytes;
        let part = recognise(&bytes, "download").unwrap_or_else(|| panic!("{name}"));
        let told = part.list.map_or(String::new(), |list| list.to_string());
        assert_eq!(
            (part.layout.id(), part.role, told.as_str()),
            (layout, role, list),
            "{name}"
        );
        let mut marked = b"\xef\xbb\xbf".to_vec();
        marked.extend(&bytes);
        let part = recognise(&marked, "download").unwrap_or_else(|| panic!("{name} with a mark"));
        assert_eq!(part.layout.id(), layout);
    }
    assert_eq!(recognise(b"a,b\n1,2\n", "sdn.csv"), None);
    assert_eq!(
        recognise(b"<html><body>Error</body></html>", "sdn.xml"),
        None
    );
    assert_eq!(recognise(b"{\"error\": 1}", "consolidated.json"), None);
    assert_eq!(recognise(b"", "sdn.csv"), None);
    assert!(Limits::default().record > 1 << 20);
}
