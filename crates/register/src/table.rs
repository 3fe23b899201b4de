//! Tables: rows of a spreadsheet to entries, and entries to the two CSV files.

use scruple_model::{Date, Place};

use crate::entry::{Entry, Kind, Role};
use crate::version::Version;

/// The columns of `register.csv`, which `register add --csv` reads too.
pub const COLUMNS: [&str; 18] = [
    "id",
    "name",
    "names",
    "kind",
    "roles",
    "place",
    "address",
    "number",
    "os_id",
    "parent",
    "sectors",
    "product_lines",
    "processing",
    "workers",
    "since",
    "until",
    "source",
    "confirmed",
];

/// The columns that Open Supply Hub takes.
pub const OSH_COLUMNS: [&str; 9] = [
    "country",
    "name",
    "address",
    "sector",
    "processing_type",
    "product_type",
    "parent_company",
    "native_language_name",
    "number_of_workers",
];

/// A row that is no entry, with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The line of the table.
    pub line: u64,
    /// The column.
    pub column: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub next: String,
}

/// Reads entries from CSV with a header of [`COLUMNS`], in any order. Several values
/// in a cell are separated by `|`.
///
/// # Errors
/// Every fault of every row; nothing of a table with one is taken.
pub fn read(bytes: &[u8], today: Date) -> Result<Vec<Entry>, Vec<RowFault>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let fault = |line: u64, column: &str, what: String, next: &str| RowFault {
        line,
        column: column.to_owned(),
        what,
        next: next.to_owned(),
    };
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            return Err(vec![fault(
                1,
                "",
                error.to_string(),
                "save the table as CSV in UTF-8",
            )]);
        }
    };
    let mut faults = Vec::new();
    for name in header.iter().filter(|name| !COLUMNS.contains(name)) {
        let what = match scruple_model::deal::refused::check(name) {
            Some(refusal) => refusal.why(),
            None => format!("{name:?} is no column of a register"),
        };
        let known = format!("take it out; the columns are {}", COLUMNS.join(", "));
        faults.push(fault(1, name, what, &known));
    }
    for name in ["name", "kind", "roles", "place", "since", "source"] {
        if !header.iter().any(|column| column == name) {
            faults.push(fault(1, name, "the column is missing".to_owned(), "add it"));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut entries = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let what = match error.kind() {
                    csv::ErrorKind::UnequalLengths {
                        expected_len, len, ..
                    } => format!("it has {len} cells, and the header has {expected_len}"),
                    _ => error.to_string(),
                };
                faults.push(fault(
                    line,
                    "",
                    what,
                    "give each row as many cells as the header; put a cell with a comma in quotes",
                ));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |name: &str| {
            let at = header.iter().position(|column| column == name)?;
            record.get(at).filter(|cell| !cell.is_empty())
        };
        match entry(&cell, today) {
            Ok(entry) => {
                faults.extend(
                    entry
                        .faults()
                        .into_iter()
                        .map(|one| fault(line, one.field, one.what, one.next)),
                );
                entries.push(entry);
            }
            Err(all) => faults.extend(
                all.into_iter()
                    .map(|(column, what, next)| fault(line, column, what, next)),
            ),
        }
    }
    if faults.is_empty() {
        Ok(entries)
    } else {
        Err(faults)
    }
}

type Wrong = (&'static str, String, &'static str);

/// One entry from named texts: cells of a row, or words of a command line.
///
/// # Errors
/// Every text that does not fit: its name, what is wrong, what to do.
pub fn entry<'a>(get: &dyn Fn(&str) -> Option<&'a str>, today: Date) -> Result<Entry, Vec<Wrong>> {
    let mut wrong: Vec<Wrong> = Vec::new();
    let many = |name: &str| -> Vec<String> {
        let cell = get(name).unwrap_or("");
        cell.split('|')
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let one = |name: &str| get(name).map(str::to_owned);
    let name = one("name");
    if name.is_none() {
        wrong.push((
            "name",
            "there is no name".to_owned(),
            "write the registered name",
        ));
    }
    let kind = get("kind").and_then(Kind::parse);
    if kind.is_none() {
        let what = format!("{:?} is no kind", get("kind").unwrap_or(""));
        wrong.push((
            "kind",
            what,
            "write company, organisation, public-body, public-office or listed-person",
        ));
    }
    let mut roles = Vec::new();
    for word in many("roles") {
        match Role::parse(&word) {
            Some(role) => roles.push(role),
            None => wrong.push((
                "roles",
                format!("{word:?} is no role"),
                "write partner, supplier, collaborator or customer",
            )),
        }
    }
    let place = get("place").and_then(Place::parse);
    if place.is_none() {
        let what = format!("{:?} is no place known here", get("place").unwrap_or(""));
        wrong.push((
            "place",
            what,
            "write a country code such as de, or a region such as cn-xj",
        ));
    }
    let mut date = |column: &'static str| match get(column).map(str::parse) {
        None => None,
        Some(Ok(date)) => Some(date),
        Some(Err(_)) => {
            let what = format!("{:?} is no date", get(column).unwrap_or(""));
            wrong.push((column, what, "write YYYY, YYYY-MM or YYYY-MM-DD"));
            None
        }
    };
    let (since, until) = (date("since"), date("until"));
    if since.is_none() && get("since").is_none() {
        wrong.push((
            "since",
            "since when is not given".to_owned(),
            "write YYYY, YYYY-MM or YYYY-MM-DD",
        ));
    }
    let confirmed = match get("confirmed").map(str::parse) {
        None => today,
        Some(Ok(day)) => day,
        Some(Err(_)) => {
            wrong.push(("confirmed", "this is no day".to_owned(), "write YYYY-MM-DD"));
            today
        }
    };
    let source = one("source");
    if source.is_none() {
        wrong.push((
            "source",
            "no source is given".to_owned(),
            "write on what it rests: a contract, a notice of award",
        ));
    }
    let (Some(name), Some(kind), Some(place), Some(since), Some(source), true) =
        (name, kind, place, since, source, wrong.is_empty())
    else {
        return Err(wrong);
    };
    Ok(Entry {
        id: one("id").unwrap_or_else(|| key_of(&name)),
        names: many("names"),
        name,
        kind,
        roles,
        place,
        address: one("address"),
        number: one("number"),
        os_id: one("os_id"),
        parent: one("parent"),
        sectors: many("sectors"),
        product_lines: many("product_lines"),
        processing: many("processing"),
        workers: one("workers"),
        since,
        until,
        source,
        confirmed,
        listed: one("listed"),
    })
}

/// A key from a name; from the hash of a name in another script.
fn key_of(name: &str) -> String {
    let lower = name.to_lowercase();
    let parts: Vec<&str> = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let key: String = parts.join("-").chars().take(60).collect();
    if key.len() >= 3 && name.is_ascii() {
        key.trim_end_matches('-').to_owned()
    } else {
        format!("e-{}", &scruple_model::hash::sha256(name.as_bytes())[..10])
    }
}

/// `register.csv`.
pub fn register_csv(version: &Version) -> Vec<u8> {
    let mut rows = vec![
        COLUMNS
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>(),
    ];
    for shown in &version.entries {
        let entry = &shown.entry;
        let roles: Vec<&str> = entry.roles.iter().map(|role| role.as_str()).collect();
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        rows.push(vec![
            entry.id.clone(),
            entry.name.clone(),
            entry.names.join("|"),
            entry.kind.as_str().to_owned(),
            roles.join("|"),
            entry.place.code(),
            text(&entry.address),
            text(&entry.number),
            text(&entry.os_id),
            text(&entry.parent),
            entry.sectors.join("|"),
            entry.product_lines.join("|"),
            entry.processing.join("|"),
            text(&entry.workers),
            entry.since.to_string(),
            entry
                .until
                .map(|until| until.to_string())
                .unwrap_or_default(),
            entry.source.clone(),
            entry.confirmed.to_string(),
        ]);
    }
    written(&rows)
}

/// `osh.csv`: the sites of suppliers, as Open Supply Hub takes them. What it asks for and
/// an entry has not leaves the entry out; [`crate::review`] names those.
pub fn osh_csv(version: &Version) -> Vec<u8> {
    let mut rows = vec![
        OSH_COLUMNS
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>(),
    ];
    for shown in &version.entries {
        let entry = &shown.entry;
        let Some(address) = &entry.address else {
            continue;
        };
        if !entry.roles.contains(&Role::Supplier)
            || entry.sectors.is_empty()
            || entry.until.is_some()
        {
            continue;
        }
        let native = entry.names.iter().find(|name| !name.is_ascii());
        rows.push(vec![
            entry.place.country().code().to_uppercase(),
            entry.name.clone(),
            address.clone(),
            entry.sectors.join("|"),
            entry.processing.join("|"),
            entry.product_lines.join("|"),
            entry.parent.clone().unwrap_or_default(),
            native.cloned().unwrap_or_default(),
            entry.workers.clone().unwrap_or_default(),
        ]);
    }
    written(&rows)
}

fn written(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        let cells = row.iter().map(|cell| harmless(cell));
        writer
            .write_record(cells)
            .expect("memory takes every row, and all have one width");
    }
    writer.into_inner().expect("memory takes every row")
}

/// A cell that no spreadsheet runs.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
