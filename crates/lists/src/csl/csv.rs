//! The CSV edition. The header says which fields there are; a `_id` before them marks
//! the newer files.

use std::io::BufRead;

use super::pieces::{numbers, places, values};
use super::record::{Record, UNKNOWN};
use crate::fault::{At, Effect, Fault, Refused};
use crate::gather::Gather;
use crate::rows::{Columns, Row, Shape, rows};
use crate::strangers::Strangers;
use crate::whole::{Seen, Watched};
use crate::{Layout, Part};

const SHAPE: Shape = Shape {
    delimiter: b',',
    quoted: true,
    windows_1252: false,
};

/// Columns without which a file is not this one.
const NEEDED: [&str; 4] = ["source", "name", "addresses", "federal_register_notice"];

const KNOWN: [&str; 31] = [
    "_id",
    "addresses",
    "alt_names",
    "call_sign",
    "citizenships",
    "country",
    "dates_of_birth",
    "end_date",
    "entity_number",
    "federal_register_notice",
    "gross_registered_tonnage",
    "gross_tonnage",
    "id",
    "ids",
    "license_policy",
    "license_requirement",
    "name",
    "nationalities",
    "places_of_birth",
    "programs",
    "remarks",
    "source",
    "source_information_url",
    "source_list_url",
    "standard_order",
    "start_date",
    "title",
    "type",
    "vessel_flag",
    "vessel_owner",
    "vessel_type",
];

pub(crate) fn recognise(text: &str) -> Option<Part> {
    let header = text.lines().next()?.to_ascii_lowercase();
    let has = |name: &str| {
        header
            .split(',')
            .any(|cell| cell.trim().trim_matches('"') == name)
    };
    NEEDED
        .iter()
        .all(|name| has(name))
        .then(|| Part::alone(Layout::CslCsv))
}

pub(crate) fn read(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let seen = Seen::default();
    let mut header: Option<(Columns, Vec<String>)> = None;
    let mut strangers = Strangers::default();
    let mut faults = Vec::new();
    // One edition or another lacks these.
    let mut always = KNOWN.to_vec();
    always.retain(|name| !["_id", "id", "country"].contains(name));
    let (mut at, mut full) = (At::default(), false);
    rows(Watched::new(bytes, &seen), SHAPE, out.limits, |row| {
        at = row.at;
        let Some((columns, names)) = &header else {
            let (columns, names) = read_header(&row)?;
            strangers = Strangers::of(&row, &columns, &[&always, &KNOWN]);
            header = Some((columns, names));
            return Ok(());
        };
        full = row.cells.len() == names.len();
        if !full {
            return odd_row(&row, names.len(), out);
        }
        faults.extend(strangers.met(&row));
        record(&row, columns, names).put(out)
    })?;
    // The file holds many lists, and a column is of all of them.
    for fault in faults {
        out.fault_of_all(&fault);
    }
    if seen.is_whole(full) {
        return Ok(());
    }
    Err(Refused::CutOff {
        at,
        what: "the last row has no end".to_owned(),
    })
}

fn read_header(row: &Row) -> Result<(Columns, Vec<String>), Refused> {
    let columns = Columns::of(row);
    let missing: Vec<&str> = NEEDED
        .into_iter()
        .filter(|name| columns.find(name).is_none())
        .collect();
    if !missing.is_empty() {
        return Err(Refused::malformed(
            row.at,
            format!("the header has no column {}", missing.join(", ")),
        ));
    }
    Ok((columns, row.cells.clone()))
}

fn odd_row(row: &Row, wide: usize, out: &mut Gather) -> Result<(), Refused> {
    let list = UNKNOWN.into();
    out.count(&list, row.at)?;
    let shown: String = row.cells.join(", ").chars().take(160).collect();
    out.fault(
        &list,
        Fault {
            at: row.at,
            record: None,
            field: None,
            what: format!(
                "a row of {} cells instead of {wide}: \"{shown}\"",
                row.cells.len()
            ),
            effect: Effect::RecordUnread,
            next: "look the record up at the publisher".to_owned(),
        },
    );
    Ok(())
}

fn not_text(row: &Row, column: usize, field: &str) -> Fault {
    Fault {
        at: row.at_cell(column),
        record: None,
        field: Some(field.to_owned()),
        what: "bytes that are not UTF-8".to_owned(),
        effect: Effect::of_field(field),
        next: "take the file again from the publisher".to_owned(),
    }
}

fn record(row: &Row, columns: &Columns, names: &[String]) -> Record {
    let get = |name: &str| columns.get(row, name).to_owned();
    let newer = columns.find("_id").is_some();
    let others = names
        .iter()
        .zip(&row.cells)
        .filter(|(name, cell)| {
            let name = name
                .trim_start_matches('\u{feff}')
                .trim()
                .to_ascii_lowercase();
            !cell.is_empty() && KNOWN.binary_search(&name.as_str()).is_err()
        })
        .map(|(name, cell)| (name.clone(), cell.clone()))
        .collect();
    Record {
        at: row.at,
        source: get("source"),
        entity_number: get("entity_number"),
        kind: get("type"),
        programs: values(&get("programs")),
        name: get("name"),
        title: get("title"),
        addresses: places(&get("addresses")),
        federal_register_notice: get("federal_register_notice"),
        start_date: get("start_date"),
        end_date: get("end_date"),
        standard_order: get("standard_order"),
        license_requirement: get("license_requirement"),
        license_policy: get("license_policy"),
        call_sign: get("call_sign"),
        vessel_type: get("vessel_type"),
        gross_tonnage: get("gross_tonnage"),
        gross_registered_tonnage: get("gross_registered_tonnage"),
        vessel_flag: get("vessel_flag"),
        vessel_owner: get("vessel_owner"),
        remarks: get("remarks"),
        source_list_url: get("source_list_url"),
        source_information_url: get("source_information_url"),
        alt_names: values(&get("alt_names")),
        citizenships: values(&get("citizenships")),
        dates_of_birth: values(&get("dates_of_birth")),
        nationalities: values(&get("nationalities")),
        places_of_birth: values(&get("places_of_birth")),
        country: get("country"),
        ids: numbers(&get("ids"), newer),
        others,
        faults: row
            .not_text
            .iter()
            .map(|&column| not_text(row, column, names.get(column).map_or("", String::as_str)))
            .collect(),
    }
}
