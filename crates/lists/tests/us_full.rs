//! The full United States files: counts as the publisher counts, nothing unread, and
//! facts that anybody can look up.

use std::collections::BTreeMap;

use crate::common::{open, read_files};
use scruple_lists::{Effect, Reading, Refused};
use scruple_model::{Entity, Schema};

/// The readings of one set of files by list; `None` where a file is not there.
fn of(names: &[&str]) -> Option<BTreeMap<String, Reading>> {
    let readings = read_files(&open(names)?).expect("an official file is read");
    for fault in readings.iter().flat_map(|reading| &reading.faults) {
        // That files of a set are not there is told, and is so.
        let is_whole = fault.effect != Effect::PartMissing || fault.what.starts_with("the set has");
        assert!(is_whole, "{names:?}: {fault}");
    }
    Some(
        readings
            .into_iter()
            .map(|reading| (reading.list.to_string(), reading))
            .collect(),
    )
}

fn only(names: &[&str]) -> Option<Reading> {
    let mut readings = of(names)?;
    assert_eq!(readings.len(), 1);
    readings.pop_first().map(|(_, reading)| reading)
}

fn entity<'a>(reading: &'a Reading, record: &str) -> &'a Entity {
    reading
        .entities
        .iter()
        .find(|entity| entity.id.record() == record)
        .unwrap_or_else(|| panic!("no record {record}"))
}

/// What was not read, each as `field: what`, without repeats.
fn not_read(reading: &Reading) -> Vec<String> {
    let mut out: Vec<String> = reading
        .faults
        .iter()
        .filter(|fault| matches!(fault.effect, Effect::RecordUnread | Effect::FieldUnread))
        .map(|fault| format!("{}: {}", fault.field.as_deref().unwrap_or(""), fault.what))
        .collect();
    out.sort();
    out.dedup();
    out
}

fn lists_of(entity: &Entity) -> Vec<&str> {
    let lists = entity.listings.iter();
    lists
        .filter_map(|listing| listing.list.as_ref().map(|list| list.as_str()))
        .collect()
}

const CONS_CSV: [&str; 4] = [
    "ofac_cons_2025-12/cons_prim.csv",
    "ofac_cons_2025-12/cons_alt.csv",
    "ofac_cons_2025-12/cons_add.csv",
    "ofac_cons_2025-12/cons_comments.csv",
];

const CONS_XML: &str = "ofac_cons_2026-01-08.xml";

#[test]
fn sdn_csv_set_of_one_day() {
    let names = ["sdn.csv.zst", "alt.csv", "add.csv", "sdn_comments.csv"];
    let names = names.map(|name| format!("ofac_2021-07/{name}"));
    let Some(read) = only(&names.each_ref().map(String::as_str)) else {
        return;
    };
    assert_eq!(read.list.as_str(), "us-ofac-sdn");
    assert_eq!(
        (read.records, read.entities.len(), read.unread),
        (8_976, 8_976, 0)
    );
    assert_eq!(
        not_read(&read),
        [
            "country: \"Netherlands Antilles\" is no country that is known here",
            "nationality: \"possibly Palestinian\" is no country that is known here",
        ]
    );
    let aliases: usize = read
        .entities
        .iter()
        .map(|entity| entity.values("alias").len() + entity.values("previousName").len())
        .sum();
    // 11,910 rows; some repeat a name of the same party, and former names that are
    // in remarks come on top.
    assert!((11_800..12_050).contains(&aliases), "{aliases}");
    let ship = entity(&read, "15036");
    assert_eq!(ship.schema, Schema::Vessel);
    assert_eq!(ship.values("imoNumber"), ["9187629"]);
    assert_eq!(ship.values("mmsi"), ["572469210"]);
    assert_eq!(ship.values("linkedTo"), ["NATIONAL IRANIAN TANKER COMPANY"]);
    // Its remarks break off in the middle of a word and go on in the comments.
    let hacker = entity(&read, "28264");
    assert!(
        hacker
            .values("phone")
            .iter()
            .any(|phone| phone == "8613314257947")
    );
    assert_eq!(hacker.values("weakAlias"), ["blackjack1987", "khaleesi"]);
    assert!(read.dropped["gender"] > 1_500);
}

#[test]
fn sdn_csv_of_two_days_without_the_rest_of_the_set() {
    for (name, records) in [
        ("ofac_sdn_2024-03-08.csv.zst", 14_436),
        ("ofac_sdn_2024-05-03.csv.zst", 14_965),
    ] {
        let Some(read) = only(&[name]) else { return };
        assert_eq!(
            (read.records, read.entities.len(), read.unread),
            (records, records as usize, 0)
        );
        assert_eq!(
            not_read(&read),
            ["nationality: \"possibly Palestinian\" is no country that is known here"]
        );
        let missing = read
            .faults
            .iter()
            .filter(|fault| fault.effect == Effect::PartMissing);
        assert_eq!(missing.count(), 3, "each file that is missing is told");
    }
}

#[test]
fn files_of_different_days_are_not_joined() {
    for other in ["ofac_alt_2026-06-02.csv", "ofac_add_2026-06-02.csv"] {
        let Some(files) = open(&["ofac_sdn_2024-05-03.csv.zst", other]) else {
            return;
        };
        let refused = read_files(&files).expect_err("two years lie between them");
        assert!(matches!(refused, Refused::Set { .. }), "{refused}");
        let refused = read_files(&files[1..]).expect_err("there are no names in it");
        assert!(matches!(refused, Refused::Set { .. }), "{refused}");
    }
}

#[test]
fn consolidated_xml() {
    let Some(read) = only(&[CONS_XML]) else {
        return;
    };
    assert_eq!(read.list.as_str(), "us-ofac-cons");
    assert_eq!(
        (read.records, read.entities.len(), read.unread),
        (442, 442, 0)
    );
    assert_eq!(
        read.published.map(|day| day.to_string()).as_deref(),
        Some("2026-01-08")
    );
    assert!(not_read(&read).is_empty(), "{:?}", not_read(&read));
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    let mut on: BTreeMap<&str, usize> = BTreeMap::new();
    for entity in &read.entities {
        for list in lists_of(entity) {
            *on.entry(list).or_default() += 1;
        }
    }
    assert_eq!(on["us-ofac-plc"], 78);
    assert_eq!(on["us-ofac-cmic"], 68);
    assert_eq!(on["us-ofac-ssi"], 286);
    assert!(!on.contains_key("us-ofac-cons"), "{on:?}");
    let firm = entity(&read, "30927");
    assert_eq!(firm.caption, "CHINA ACADEMY OF LAUNCH VEHICLE TECHNOLOGY");
    assert_eq!(
        firm.listings[0].since.map(|day| day.to_string()).as_deref(),
        Some("2021-06-03")
    );
}

#[test]
fn consolidated_csv_says_what_the_xml_of_a_month_later_says() {
    let (Some(csv), Some(xml)) = (only(&CONS_CSV), only(&[CONS_XML])) else {
        return;
    };
    assert_eq!((csv.records, csv.entities.len(), csv.unread), (442, 442, 0));
    assert!(csv.faults.is_empty(), "{:?}", csv.faults);
    let sorted = |entity: &Entity| {
        let mut entity = entity.clone();
        for values in entity.properties.values_mut() {
            values.sort();
        }
        entity
    };
    let differ: Vec<&str> = xml
        .entities
        .iter()
        .filter(|held| sorted(held) != sorted(entity(&csv, held.id.record())))
        .map(|held| held.id.record())
        .collect();
    // One address with a line end in it, an alias that repeats the name, and double
    // quotes, which the CSV cannot hold.
    assert_eq!(differ, ["17018", "18721", "22391"]);
}

#[test]
fn consolidated_advanced_xml() {
    let Some(read) = only(&["ofac_cons_advanced_2020-03-17.xml.zst"]) else {
        return;
    };
    assert_eq!(read.list.as_str(), "us-ofac-cons");
    assert_eq!(
        (read.records, read.entities.len(), read.unread),
        (375, 375, 0)
    );
    assert_eq!(
        read.published.map(|day| day.to_string()).as_deref(),
        Some("2020-03-17")
    );
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    // Nine of its parties are on the SDN list too, which has its own file.
    assert_eq!(read.skipped.len(), 1);
    assert_eq!(read.skipped[0].count, 9);
    let mut on: BTreeMap<&str, usize> = BTreeMap::new();
    for entity in &read.entities {
        for list in lists_of(entity) {
            *on.entry(list).or_default() += 1;
        }
    }
    let counts: Vec<(&str, usize)> = on.into_iter().collect();
    assert_eq!(
        counts,
        [
            ("us-ofac-cap", 1),
            ("us-ofac-fse", 6),
            ("us-ofac-plc", 78),
            ("us-ofac-ssi", 290)
        ]
    );
    let links: usize = read
        .entities
        .iter()
        .map(|e| e.values("relationship").len())
        .sum();
    assert_eq!(links, 276);
    let member = entity(&read, "9639");
    assert_eq!(member.values("birthDate"), ["1962"]);
    assert_eq!(
        member.listings[0]
            .since
            .map(|day| day.to_string())
            .as_deref(),
        Some("2006-04-12")
    );
}

#[test]
fn samples_of_the_screening_list() {
    for (name, records) in [
        ("us_csl_sample_2019-12.csv", 115),
        ("us_csl_sample_2025-06.csv", 13),
        ("layout_samples/csl_json_sample_2026-09.json", 3),
    ] {
        let Some(read) = of(&[name]) else { return };
        let all: u64 = read.values().map(|reading| reading.records).sum();
        assert_eq!(all, records, "{name}");
        assert!(!read.contains_key("us-csl"), "every source is known");
        for reading in read.values() {
            assert_eq!(reading.unread, 0);
            assert!(not_read(reading).is_empty(), "{:?}", not_read(reading));
        }
    }
}

#[test]
fn denied_persons() {
    let Some(read) = only(&["us_bis_dpl_2022-09.txt"]) else {
        return;
    };
    assert_eq!((read.records, read.unread), (581, 0));
    // A row is an address, and 122 rows add one to a name that stands before.
    assert_eq!((read.entities.len(), read.duplicates.len()), (459, 122));
    assert_eq!(
        not_read(&read),
        ["country: \"NM\" is no country that is known here"]
    );
    let ash = read
        .entities
        .iter()
        .find(|entity| entity.caption == "I. ASH");
    let until = ash.expect("the first row").listings[0].until;
    assert_eq!(
        until.map(|day| day.to_string()).as_deref(),
        Some("2056-06-29")
    );
}

#[test]
fn uflpa_page() {
    let Some(read) = only(&["us_dhs_uflpa_2026-07-09.html"]) else {
        return;
    };
    // 160 rows in three tables; eleven or more parties stand in two of them.
    assert_eq!((read.records, read.unread), (160, 0));
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    assert_eq!(read.entities.len() + read.duplicates.len(), 160);
    let ktk = read
        .entities
        .iter()
        .find(|entity| entity.caption == "KTK Group");
    assert_eq!(
        ktk.expect("it is listed").values("alias"),
        [
            "Jiangsu Jinchuang Group",
            "Jiangsu Jinchuang Holding Group",
            "KTK Holding"
        ]
    );
}
