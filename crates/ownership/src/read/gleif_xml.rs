//! GLEIF in XML: LEI-CDF 3.1, RR-CDF 2.1, Reporting Exceptions 2.1.
//!
//! The three have one frame: a header, and records one after another. Which one it is
//! shows in the namespace, which also says the version: another one is refused.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::gleif::{Exception, Lei, Relationship};
use super::{Intake, ReadError, Report};

/// The longest text of one element that is kept, in bytes.
const LONGEST_TEXT: usize = 4_096;
/// The deepest nesting that is read.
const DEEPEST: usize = 64;

const SPACES: [&str; 3] = [
    "http://www.gleif.org/data/schema/rr/2016",
    "http://www.gleif.org/data/schema/repex/2016",
    "http://www.gleif.org/data/schema/leidata/2016",
];

#[derive(Default)]
struct State {
    path: Vec<String>,
    text: String,
    relationship: Relationship,
    exception: Exception,
    lei: Lei,
    number: u64,
    seen_root: bool,
    /// What the header says the file holds.
    content: String,
}

pub(super) fn read(bytes: &mut dyn BufRead, into: &mut Intake<'_>) -> Result<Report, ReadError> {
    let mut report = Report::default();
    let mut reader = Reader::from_reader(bytes);
    let mut buffer = Vec::new();
    let mut state = State::default();
    loop {
        buffer.clear();
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(|error| ReadError::Broken {
                line: state.number,
                what: format!("record {}: no XML: {error}", state.number),
            })?;
        match event {
            Event::Start(start) => {
                if !state.seen_root {
                    state.seen_root = true;
                    check_version(&start)?;
                }
                if state.path.len() >= DEEPEST {
                    return Err(ReadError::Broken {
                        line: state.number,
                        what: "elements stand too deep in each other".into(),
                    });
                }
                let name = start.local_name().as_ref().to_owned();
                begin(&mut state, &name);
                state.path.push(name);
                state.text.clear();
            }
            Event::Text(text) if state.text.len() + text.len() <= LONGEST_TEXT => {
                state.text.push_str(&text);
            }
            Event::End(_) => {
                let Some(name) = state.path.pop() else {
                    continue;
                };
                end(&mut state, &name, into, &mut report);
                state.text.clear();
                // Taken for an edition, it would take away whatever did not change.
                if state.content.contains("DELTA") {
                    return Err(ReadError::Changes(state.content));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !state.path.is_empty() {
        return Err(ReadError::Broken {
            line: state.number,
            what: format!("record {}: the file ends in the middle", state.number),
        });
    }
    Ok(report)
}

fn check_version(root: &quick_xml::events::BytesStart<'_>) -> Result<(), ReadError> {
    let mut spaces = Vec::new();
    for attribute in root.attributes().flatten() {
        let value = attribute.value.clone().into_owned();
        if value.contains("gleif.org/data/schema/") {
            spaces.push(value);
        }
    }
    if spaces.iter().any(|space| SPACES.contains(&space.as_str())) {
        return Ok(());
    }
    Err(ReadError::Version {
        standard: "GLEIF common data file",
        found: spaces
            .into_iter()
            .next()
            .unwrap_or_else(|| "unknown".into()),
        known: "LEI-CDF 3.1, RR-CDF 2.1 and Reporting Exceptions 2.1 (schemas of 2016)",
    })
}

fn begin(state: &mut State, name: &str) {
    match name {
        "RelationshipRecord" => {
            state.number += 1;
            state.relationship = Relationship::default();
        }
        "Exception" => {
            state.number += 1;
            state.exception = Exception::default();
        }
        "LEIRecord" => {
            state.number += 1;
            state.lei = Lei::default();
        }
        "RelationshipPeriod" => state.relationship.periods.push(Default::default()),
        _ => {}
    }
}

fn end(state: &mut State, name: &str, into: &mut Intake<'_>, report: &mut Report) {
    let text = state.text.trim().to_owned();
    let parent = state.path.last().map_or("", String::as_str);
    let number = state.number;
    match name {
        "RelationshipRecord" => state.relationship.take(number, into, report),
        "Exception" => state.exception.take(number, into, report),
        "LEIRecord" => state.lei.take(number, into, report),
        "FileContent" => {
            if text == "QUERY_RESPONSE" || text.starts_with("LOU_") {
                report.note(
                    0,
                    "",
                    format!("the file holds a part of the register ({text})"),
                    "what is not in it was not looked at; get the golden copy for the whole",
                );
            }
            state.content = text;
        }
        "ContentDate" => report.date = text.get(..10).map(str::to_owned),
        "NodeID" if parent == "StartNode" => state.relationship.start = text,
        "NodeID" if parent == "EndNode" => state.relationship.end = text,
        "RelationshipType" => state.relationship.kind = text,
        "RelationshipStatus" => state.relationship.status = text,
        "LastUpdateDate" => state.relationship.updated = text,
        "RegistrationStatus" => {
            state.relationship.registration_status.clone_from(&text);
            state.lei.registration_status = text;
        }
        "StartDate" | "EndDate" | "PeriodType" if parent == "RelationshipPeriod" => {
            if let Some(period) = state.relationship.periods.last_mut() {
                match name {
                    "StartDate" => period.0 = text,
                    "EndDate" => period.1 = text,
                    _ => period.2 = text,
                }
            }
        }
        "ExceptionCategory" => state.exception.category = text,
        "ExceptionReason" => state.exception.reasons.push(text),
        "LEI" if parent == "Exception" => state.exception.lei = text,
        "LEI" if parent == "LEIRecord" => state.lei.lei = text,
        "LegalJurisdiction" => state.lei.jurisdiction = text,
        "RegistrationAuthorityEntityID" => state.lei.number = text,
        "SuccessorLEI" => state.lei.successors.push(text),
        _ => {}
    }
}
