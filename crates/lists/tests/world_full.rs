//! The full official files, where they are at hand: every record is counted as
//! the publisher counts it, and none is lost.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufReader, Cursor};
use std::path::PathBuf;

use scruple_lists::{
    Effect, Input, LOOK, Layout, Limits, Reading, read, recognise, recognise_workbook,
};
use scruple_model::{Entity, Schema};

fn shared() -> PathBuf {
    std::env::var_os("SCRUPLE_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    )
}

/// A file's bytes, unpacked; `None` with a word where it is not at hand.
fn file(name: &str) -> Option<Vec<u8>> {
    let path = shared().join("data/lists").join(name);
    let Ok(bytes) = fs::read(&path) else {
        eprintln!("skipped: {} is not at hand", path.display());
        return None;
    };
    Some(match name.strip_suffix(".zst") {
        Some(_) => zstd::decode_all(Cursor::new(bytes)).unwrap(),
        None => bytes,
    })
}

/// What MANIFEST.md says a file holds, so that another set can stand in its place.
fn stated(name: &str) -> u64 {
    let text = fs::read_to_string(shared().join("data/lists/MANIFEST.md")).unwrap();
    let row = text
        .lines()
        .find(|line| line.starts_with(&format!("| {name} |")))
        .unwrap();
    row.split('|')
        .nth(7)
        .unwrap()
        .trim()
        .replace(',', "")
        .parse()
        .unwrap()
}

fn reading(name: &str, layout: Layout) -> Option<Reading> {
    let bytes = file(name)?;
    let part = if bytes.starts_with(b"PK") {
        recognise_workbook(&bytes)
    } else {
        recognise(&bytes[..bytes.len().min(LOOK)], "unnamed")
    };
    let part = part.unwrap_or_else(|| panic!("{name} is not recognised"));
    assert_eq!(part.layout, layout, "{name}");
    let input = Input {
        part,
        bytes: Box::new(BufReader::new(Cursor::new(bytes))),
    };
    let mut readings = read(vec![input], None, Limits::default()).unwrap();
    let reading = readings.pop().unwrap();
    assert!(readings.is_empty());
    report(name, &reading);
    assert_eq!(reading.records, stated(name), "{name}");
    assert_eq!(reading.unread, 0, "{name}");
    Some(reading)
}

/// Shown with `--nocapture`.
fn report(name: &str, reading: &Reading) {
    let mut kinds: BTreeMap<(Effect, String), (u64, String)> = BTreeMap::new();
    for fault in &reading.faults {
        let field = fault.field.clone().unwrap_or_default();
        let held = kinds.entry((fault.effect, field)).or_default();
        held.0 += 1;
        held.1 = format!("{} {:?}: {}", fault.at.line, fault.record, fault.what);
    }
    println!(
        "{name}: {:?} records {} entities {} unread {} fields {} duplicates {} dropped {:?}",
        reading.published.map(|day| day.to_string()),
        reading.records,
        reading.entities.len(),
        reading.unread,
        reading.fields_unread,
        reading.duplicates.len(),
        reading.dropped,
    );
    for ((effect, field), (count, last)) in kinds {
        println!("  {} {field} {count}: {last}", effect.as_str());
    }
}

fn entity<'a>(reading: &'a Reading, record: &str) -> &'a Entity {
    let id = format!("{}:{record}", reading.list);
    reading
        .entities
        .iter()
        .find(|entity| entity.id.as_str() == id)
        .unwrap_or_else(|| panic!("{id} is not there"))
}

#[test]
fn ofsi_csv_and_xlsx_of_one_day_are_the_same() {
    let Some(csv) = reading("uk_ofsi_ConList_2025-04-14.csv.zst", Layout::OfsiCsv) else {
        return;
    };
    let Some(mut xlsx) = reading("uk_ofsi_ConList_2025-04-14.xlsx", Layout::OfsiXlsx) else {
        return;
    };
    xlsx.faults.clone_from(&csv.faults);
    assert_eq!(csv.entities.len(), xlsx.entities.len());
    for (a, b) in csv.entities.iter().zip(&xlsx.entities) {
        assert_eq!(a, b);
    }
}

#[test]
fn ofsi_older_day() {
    reading("uk_ofsi_ConList_2025-04-10.csv.zst", Layout::OfsiCsv);
}

#[test]
fn un() {
    for name in [
        "un_consolidated_2026-01-28.xml.zst",
        "un_consolidated_2026-02-27.xml.zst",
    ] {
        let Some(reading) = reading(name, Layout::UnXml) else {
            return;
        };
        let badege = entity(&reading, "CDi.001");
        assert_eq!(badege.schema, Schema::Person);
        assert_eq!(badege.values("birthDate"), ["1971"]);
    }
}

#[test]
fn canada() {
    let Some(reading) = reading("ca_sema_2025.xml", Layout::CanadaXml) else {
        return;
    };
    assert_eq!(
        reading.entities.len() as u64,
        reading.records,
        "each item is one party"
    );
}

#[test]
fn australia() {
    let Some(reading) = reading("au_dfat_2024-12.xlsx", Layout::AustraliaXlsx) else {
        return;
    };
    assert!(
        reading
            .entities
            .iter()
            .all(|entity| entity.values("name").len() == 1)
    );
}
