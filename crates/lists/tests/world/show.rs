//! Reads a case, and prints what came of it as one would read it aloud.

use std::fmt::Write as _;
use std::io::Cursor;

use scruple_lists::{
    Input, LOOK, Limits, Part, Reading, Refused, read, recognise, recognise_workbook,
};
use scruple_model::Entity;

/// A file of `cases/`.
pub(super) fn case(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/cases/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The layout of a file by its content alone.
pub(super) fn part(bytes: &[u8]) -> Option<Part> {
    if bytes.starts_with(b"PK") {
        return recognise_workbook(bytes);
    }
    recognise(&bytes[..bytes.len().min(LOOK)], "a name that says nothing")
}

/// Reads a file that holds one list.
pub(super) fn reading(bytes: &[u8]) -> Result<Reading, Refused> {
    reading_as(part(bytes).expect("the layout is recognised"), bytes)
}

pub(super) fn reading_as(part: Part, bytes: &[u8]) -> Result<Reading, Refused> {
    let input = Input {
        part,
        bytes: Box::new(Cursor::new(bytes)),
    };
    let mut readings = read(vec![input], None, Limits::default())?;
    assert_eq!(readings.len(), 1);
    Ok(readings.remove(0))
}

/// What a reading holds.
pub(super) fn shown(reading: &Reading) -> String {
    let mut out = String::new();
    let published = reading
        .published
        .map_or("no date".to_owned(), |day| day.to_string());
    let _ = writeln!(
        out,
        "{}, {published}: {} records, {} entities, {} unread, {} values unread",
        reading.list,
        reading.records,
        reading.entities.len(),
        reading.unread,
        reading.fields_unread
    );
    for (name, count) in &reading.dropped {
        let _ = writeln!(out, "dropped {name}: {count}");
    }
    for entity in &reading.entities {
        out += &entity_shown(entity);
    }
    for fault in &reading.faults {
        let _ = writeln!(
            out,
            "{} line {} column {} {} {}: {}; {}",
            fault.effect.as_str(),
            fault.at.line,
            fault.at.column,
            fault.record.as_deref().unwrap_or("-"),
            fault.field.as_deref().unwrap_or("-"),
            fault.what,
            fault.next
        );
    }
    out
}

pub(super) fn entity_shown(entity: &Entity) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "\n{} {} {}",
        entity.id,
        entity.schema.as_str(),
        entity.caption
    );
    for (name, values) in &entity.properties {
        let _ = writeln!(out, "  {name}: {}", values.join(" | "));
    }
    for listing in &entity.listings {
        let _ = writeln!(
            out,
            "  = {} {:?} since {} until {} citation {:?} link {:?} because {:?}",
            listing.list.as_ref().map_or("-", |list| list.as_str()),
            listing.programmes,
            listing.since.map_or("-".to_owned(), |day| day.to_string()),
            listing.until.map_or("-".to_owned(), |day| day.to_string()),
            listing.citation.as_deref().unwrap_or("-"),
            listing.link.as_deref().unwrap_or("-"),
            listing.reason.as_deref().unwrap_or("-"),
        );
    }
    out
}
