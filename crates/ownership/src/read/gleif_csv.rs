//! GLEIF's golden copy in CSV: the same records, a column for each element.
//!
//! Columns are found by name, so an edition with more of them, or in another order,
//! is read the same.

use std::io::BufRead;

use super::gleif::{Exception, Lei, Relationship};
use super::{Intake, ReadError, Report};

pub(super) fn read(bytes: &mut dyn BufRead, into: &mut Intake<'_>) -> Result<Report, ReadError> {
    let mut report = Report::default();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let headers = reader.headers().map_err(broken)?.clone();
    let at = |name: &str| {
        headers
            .iter()
            .position(|header| header.trim_start_matches('\u{feff}') == name)
    };
    let needed = |name: &str| at(name).ok_or_else(|| ReadError::NoColumn(name.to_owned()));
    let mut record = csv::StringRecord::new();
    if at("Relationship.StartNode.NodeID").is_some() {
        let fixed = [
            needed("Relationship.StartNode.NodeID")?,
            needed("Relationship.EndNode.NodeID")?,
            needed("Relationship.RelationshipType")?,
            needed("Relationship.RelationshipStatus")?,
        ];
        let (status, updated) = (
            at("Registration.RegistrationStatus"),
            at("Registration.LastUpdateDate"),
        );
        let periods: Vec<_> = (1..=5)
            .filter_map(|no| {
                let of = |end: &str| at(&format!("Relationship.Period.{no}.{end}"));
                Some((of("startDate")?, of("endDate")?, of("periodType")?))
            })
            .collect();
        while next(&mut reader, &mut record, &mut report)? {
            let get = |at: usize| record.get(at).unwrap_or("").trim().to_owned();
            Relationship {
                start: get(fixed[0]),
                end: get(fixed[1]),
                kind: get(fixed[2]),
                status: get(fixed[3]),
                registration_status: status.map(get).unwrap_or_default(),
                updated: updated.map(get).unwrap_or_default(),
                periods: periods
                    .iter()
                    .map(|(a, b, c)| (get(*a), get(*b), get(*c)))
                    .collect(),
            }
            .take(line(&record), into, &mut report);
        }
    } else if let Some(category) = at("Exception.Category").or_else(|| at("ExceptionCategory")) {
        let lei = needed("LEI")?;
        let reasons: Vec<usize> = headers
            .iter()
            .enumerate()
            .filter(|(_, name)| {
                name.starts_with("Exception.Reason") || name.starts_with("ExceptionReason")
            })
            .map(|(at, _)| at)
            .collect();
        while next(&mut reader, &mut record, &mut report)? {
            let get = |at: usize| record.get(at).unwrap_or("").trim().to_owned();
            Exception {
                lei: get(lei),
                category: get(category),
                reasons: reasons
                    .iter()
                    .map(|at| get(*at))
                    .filter(|text| !text.is_empty())
                    .collect(),
            }
            .take(line(&record), into, &mut report);
        }
    } else {
        let lei = needed("LEI")?;
        let jurisdiction = needed("Entity.LegalJurisdiction")?;
        let number = needed("Entity.RegistrationAuthority.RegistrationAuthorityEntityID")?;
        let status = at("Registration.RegistrationStatus");
        while next(&mut reader, &mut record, &mut report)? {
            let get = |at: usize| record.get(at).unwrap_or("").trim().to_owned();
            Lei {
                lei: get(lei),
                jurisdiction: get(jurisdiction),
                number: get(number),
                registration_status: status.map(get).unwrap_or_default(),
                successors: Vec::new(),
            }
            .take(line(&record), into, &mut report);
        }
    }
    Ok(report)
}

fn line(record: &csv::StringRecord) -> u64 {
    record.position().map_or(0, csv::Position::line)
}

/// The next row that can be read; one that cannot is reported.
fn next<R: std::io::Read>(
    reader: &mut csv::Reader<R>,
    record: &mut csv::StringRecord,
    report: &mut Report,
) -> Result<bool, ReadError> {
    loop {
        match reader.read_record(record) {
            Ok(more) => return Ok(more),
            Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                report.records += 1;
                let at = error.position().map_or(0, csv::Position::line);
                report.unread(at, "", "the row is not UTF-8", "get the file again");
            }
            Err(error) => return Err(broken(error)),
        }
    }
}

fn broken(error: csv::Error) -> ReadError {
    let line = error.position().map_or(0, csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(error) => ReadError::Io(error),
        other => ReadError::Broken {
            line,
            what: format!("no CSV: {other:?}"),
        },
    }
}
