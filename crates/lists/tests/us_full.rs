//! The full United States files: counts as the publisher counts, and facts that
//! anybody can look up.

mod common;

use std::collections::BTreeMap;

use common::{open, read_files};
use scruple_lists::Reading;
use scruple_model::Entity;

fn entity<'a>(reading: &'a Reading, record: &str) -> &'a Entity {
    reading
        .entities
        .iter()
        .find(|entity| entity.id.record() == record)
        .unwrap_or_else(|| panic!("no record {record}"))
}

fn summary(reading: &Reading) {
    let mut kinds: BTreeMap<String, (u64, String)> = BTreeMap::new();
    for fault in &reading.faults {
        let key = format!("{} {:?}", fault.effect.as_str(), fault.field);
        let held = kinds.entry(key).or_default();
        held.0 += 1;
        held.1 = format!("{} {:?} {}", fault.at.line, fault.record, fault.what);
    }
    println!(
        "{}: records {} entities {} unread {} fields {} duplicates {} skipped {:?} dropped {:?} published {:?}",
        reading.list,
        reading.records,
        reading.entities.len(),
        reading.unread,
        reading.fields_unread,
        reading.duplicates.len(),
        reading.skipped,
        reading.dropped,
        reading.published
    );
    for (kind, (count, last)) in kinds {
        println!("  {count} x {kind}: {last}");
    }
}

#[test]
fn ofac_csv_set_of_2021() {
    let Some(files) = open(&[
        "ofac_2021-07/sdn.csv.zst",
        "ofac_2021-07/alt.csv",
        "ofac_2021-07/add.csv",
        "ofac_2021-07/sdn_comments.csv",
    ]) else {
        return;
    };
    let readings = read_files(&files).unwrap();
    summary(&readings[0]);
}

#[test]
fn ofac_others() {
    for set in [
        &[
            "ofac_cons_2025-12/cons_prim.csv",
            "ofac_cons_2025-12/cons_alt.csv",
            "ofac_cons_2025-12/cons_add.csv",
            "ofac_cons_2025-12/cons_comments.csv",
        ][..],
        &["ofac_cons_2026-01-08.xml"],
        &["ofac_cons_advanced_2020-03-17.xml.zst"],
        &["ofac_sdn_2024-03-08.csv.zst"],
        &["ofac_sdn_2024-05-03.csv.zst"],
        &["layout_samples/ofac_sdn_xml_sample_2026-08-07.xml"],
    ] {
        let Some(files) = open(set) else { continue };
        println!("{set:?}");
        match read_files(&files) {
            Ok(readings) => {
                summary(&readings[0]);
            }
            Err(e) => println!("{e}"),
        }
    }
    let f = open(&["ofac_sdn_2024-05-03.csv.zst", "ofac_alt_2026-06-02.csv"]).unwrap();
    println!("{:?}", read_files(&f).map(|_| ()));
    let _ = entity;
}

#[test]
fn cross() {
    let csv = open(&[
        "ofac_cons_2025-12/cons_prim.csv",
        "ofac_cons_2025-12/cons_alt.csv",
        "ofac_cons_2025-12/cons_add.csv",
        "ofac_cons_2025-12/cons_comments.csv",
    ])
    .unwrap();
    let xml = open(&["ofac_cons_2026-01-08.xml"]).unwrap();
    let csv = read_files(&csv).unwrap().remove(0);
    let xml = read_files(&xml).unwrap().remove(0);
    let mut n = 0;
    let sorted = |e: &Entity| {
        let mut e = e.clone();
        for v in e.properties.values_mut() {
            v.sort();
        }
        e
    };
    for e in &xml.entities {
        let c = csv.entities.iter().find(|c| c.id == e.id);
        let Some(c) = c else {
            println!("missing {}", e.id);
            continue;
        };
        let (c, e) = (sorted(c), sorted(e));
        if c != e {
            n += 1;
            println!("{} differs {}", e.id, e.caption);
            for key in c
                .properties
                .keys()
                .chain(e.properties.keys())
                .collect::<std::collections::BTreeSet<_>>()
            {
                if c.values(key) != e.values(key) {
                    println!("   {key}: csv {:?} xml {:?}", c.values(key), e.values(key));
                }
            }
            if c.listings != e.listings {
                println!("   {:?} {:?}", c.listings, e.listings);
            }
        }
    }
    println!("differ: {n}");
}
