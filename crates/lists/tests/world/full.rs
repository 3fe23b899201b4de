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
pub(super) fn file(name: &str) -> Option<Vec<u8>> {
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
    let missing = |fault: &&scruple_lists::Fault| {
        matches!(fault.effect, Effect::PartMissing | Effect::NameUnread)
    };
    let missing: Vec<_> = reading.faults.iter().filter(missing).collect();
    assert!(
        missing.is_empty() || name.contains("amendment"),
        "{name}: {missing:?}"
    );
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
    if std::env::var_os("EVERY").is_some() {
        for fault in &reading.faults {
            println!("{} {:?} {}", fault.at.line, fault.field, fault.what);
        }
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

/// Samples of layouts of which no full file could be had.
#[test]
fn samples_of_layouts() {
    for (name, layout) in [
        (
            "layout_samples/uk_sanctions_list_xml_sample_2026-09-02.xml",
            Layout::UkXml,
        ),
        (
            "layout_samples/eu_fsf_xml_1_1_sample_2026-08-05.xml",
            Layout::EuXml,
        ),
        (
            "layout_samples/ch_seco_xml_sample_2026-08-15.xml",
            Layout::SecoXml,
        ),
        ("ch_seco_amendment_sample_2024-01-17.xml", Layout::SecoXml),
    ] {
        let Some(reading) = reading(name, layout) else {
            return;
        };
        assert!(reading.published.is_some(), "{name}");
        assert_eq!(reading.entities.len() as u64, reading.records, "{name}");
        assert!(
            reading
                .faults
                .iter()
                .all(|fault| !fault.what.contains("not known here")
                    || fault.what.contains("country")),
            "{name}"
        );
    }
}

/// The sample of the EU's old rows has each line in quotes, in Latin-1; taken out of
/// them it is the file as it was published.
#[test]
fn eu_old_rows() {
    let name = "eu_fsf_csv_oldformat_sample.csv";
    let Some(bytes) = file(name) else { return };
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let lines = text.lines().map(|line| {
        let line = line
            .trim()
            .trim_start_matches('"')
            .trim_end_matches('"')
            .trim_end();
        // A quote of the file itself was doubled.
        line.replace("\"\"", "\"") + "\n"
    });
    let text: String = lines.filter(|line| line.len() > 1).collect();
    let part = recognise(&text.as_bytes()[..LOOK], "unnamed").unwrap();
    assert_eq!(part.layout, Layout::EuCsv);
    let input = Input {
        part,
        bytes: Box::new(Cursor::new(text)),
    };
    let reading = read(vec![input], None, Limits::default())
        .unwrap()
        .remove(0);
    report(name, &reading);
    assert_eq!(reading.records, stated(name));
    assert_eq!(reading.unread, 0);
    // The sample's first header is damaged; its second id is told and repeats the first.
    let columns: Vec<_> = reading
        .faults
        .iter()
        .map(|f| (f.effect, f.field.as_deref()))
        .collect();
    assert!(
        columns.contains(&(Effect::Note, Some("Entity_logical_id"))),
        "{columns:?}"
    );
}

#[test]
fn ofsi_csv_and_xlsx_of_one_day_are_the_same() {
    let Some(csv) = reading("uk_ofsi_ConList_2025-04-14.csv.zst", Layout::OfsiCsv) else {
        return;
    };
    let Some(xlsx) = reading("uk_ofsi_ConList_2025-04-14.xlsx", Layout::OfsiXlsx) else {
        return;
    };
    assert_eq!(csv.entities.len(), xlsx.entities.len());
    for (a, b) in csv.entities.iter().zip(&xlsx.entities) {
        assert_eq!(a, b);
    }
    let mostly = |found: usize| found * 10 > csv.entities.len() * 9;
    let count = |test: &dyn Fn(&Entity) -> bool| csv.entities.iter().filter(|e| test(e)).count();
    assert!(mostly(count(&|e| e
        .listings
        .iter()
        .all(|held| held.since.is_some()))));
    assert!(mostly(count(&|e| e
        .id
        .record()
        .chars()
        .any(|c| c.is_alphabetic()))));
    // Every ship states its number, and no party has anything of what a person is.
    let ships = csv.entities.iter().filter(|e| e.schema == Schema::Vessel);
    assert!(ships.clone().count() > 0);
    assert!(
        ships
            .clone()
            .all(|ship| !ship.values("imoNumber").is_empty())
    );
    assert!(csv.dropped.contains_key("gender"));
    assert!(csv.entities.iter().all(|e| e.values("gender").is_empty()));
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
        assert!(reading.published.is_some());
        assert_eq!(reading.entities.len() as u64, reading.records);
        for entity in &reading.entities {
            assert!(!entity.listings[0].programmes.is_empty(), "{}", entity.id);
            assert!(entity.listings[0].since.is_some(), "{}", entity.id);
        }
        let mut ids = reading.entities.iter().map(|entity| entity.id.record());
        if ids.any(|id| id == "CDi.001") {
            let badege = reading
                .entities
                .iter()
                .find(|e| e.id.record() == "CDi.001")
                .unwrap();
            assert_eq!(badege.caption, "ERIC BADEGE");
            assert_eq!(badege.values("birthDate"), ["1971"]);
            assert_eq!(badege.values("nationality"), ["cd"]);
        }
    }
}

/// The UN's numbers that the UK's rows state lead to the UN's own records.
#[test]
fn the_uk_rows_point_at_the_un_list() {
    let Some(uk) = reading("uk_ofsi_ConList_2025-04-14.csv.zst", Layout::OfsiCsv) else {
        return;
    };
    let Some(un) = reading("un_consolidated_2026-01-28.xml.zst", Layout::UnXml) else {
        return;
    };
    let held: Vec<&str> = un
        .entities
        .iter()
        .map(|entity| entity.id.record())
        .collect();
    let stated: Vec<&String> = uk
        .entities
        .iter()
        .flat_map(|entity| entity.values("unscId"))
        .collect();
    let found = stated
        .iter()
        .filter(|id| held.contains(&id.as_str()))
        .count();
    println!("{found} of {} UN numbers are on the UN list", stated.len());
    assert!(found * 10 > stated.len() * 9);
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
    assert!(
        reading
            .entities
            .iter()
            .all(|entity| entity.listings[0].since.is_some())
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
    let day = |text: &String| text.len() == 10;
    assert!(
        reading
            .entities
            .iter()
            .all(|entity| entity.values("modifiedAt").iter().all(day))
    );
}
