//! Beneficial Ownership Data Standard: 0.4, and 0.2 and 0.3 which differ in names.
//!
//! Statements come as JSON lines or as one JSON array, which is read as it comes. A
//! statement that later ones update or replace is taken back. An indirect interest
//! whose component records are given is already expressed by them, and is left out;
//! one without them is kept as reported through others. Who nominates a nominee is
//! said in a statement of its own, and the principal takes the nominee's place.

use std::io::BufRead;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use super::{Intake, ReadError, Report, ids, lines};
use crate::holding::{Behalf, Holding, Kind, Layer, Marks, Record};
use crate::{Period, Share};

pub(super) fn read(bytes: &mut dyn BufRead, into: &mut Intake<'_>) -> Result<Report, ReadError> {
    let mut report = Report::default();
    let first = loop {
        let head = bytes.fill_buf()?;
        match head
            .iter()
            .find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xef | 0xbb | 0xbf))
        {
            Some(first) => break Some(*first),
            None if head.is_empty() => break None,
            None => {
                let len = head.len();
                bytes.consume(len);
            }
        }
    };
    if first != Some(b'[') {
        lines::each(
            bytes,
            &mut report,
            |line, number, report| match serde_json::from_slice::<Value>(line) {
                Ok(statement) => one(&statement, number, into, report),
                Err(error) => {
                    report.records += 1;
                    report.unread(
                        number,
                        "",
                        format!("no JSON: {error}"),
                        "get the file again",
                    );
                    Ok(())
                }
            },
        )?;
        return Ok(report);
    }
    while bytes.fill_buf()?.first().is_some_and(|b| *b != b'[') {
        bytes.consume(1);
    }
    let mut json = serde_json::Deserializer::from_reader(bytes);
    let mut failed = None;
    let result = json.deserialize_seq(Each {
        into,
        report: &mut report,
        failed: &mut failed,
    });
    if let Some(error) = failed {
        return Err(error);
    }
    result.map_err(|error| ReadError::Broken {
        line: error.line() as u64,
        what: format!("no JSON: {error}"),
    })?;
    Ok(report)
}

/// Takes the statements of an array one by one.
struct Each<'a, 'b> {
    into: &'a mut Intake<'b>,
    report: &'a mut Report,
    failed: &'a mut Option<ReadError>,
}

impl<'de> Visitor<'de> for Each<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array of statements")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut number = 0;
        while let Some(statement) = seq.next_element::<Value>()? {
            number += 1;
            if let Err(error) = one(&statement, number, self.into, self.report) {
                *self.failed = Some(error);
                return Err(serde::de::Error::custom("another version"));
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    Old,
    Four,
}

fn one(
    statement: &Value,
    number: u64,
    into: &mut Intake<'_>,
    report: &mut Report,
) -> Result<(), ReadError> {
    report.records += 1;
    let version = match statement["publicationDetails"]["bodsVersion"].as_str() {
        Some("0.4") => Version::Four,
        Some("0.2" | "0.3") => Version::Old,
        Some(other) => {
            return Err(ReadError::Version {
                standard: "Beneficial Ownership Data Standard",
                found: other.chars().take(20).collect(),
                known: "0.2, 0.3 and 0.4",
            });
        }
        // 0.2 did not ask for it.
        None if statement.get("recordDetails").is_some() => Version::Four,
        None => Version::Old,
    };
    match version {
        Version::Four => four(statement, number, into, report),
        Version::Old => old(statement, number, into, report),
    }
    Ok(())
}

fn four(statement: &Value, number: u64, into: &mut Intake<'_>, report: &mut Report) {
    let details = &statement["recordDetails"];
    let Some(record) = statement["recordId"].as_str() else {
        report.unread(
            number,
            "recordId",
            "the statement has none",
            "get the file again",
        );
        return;
    };
    match statement["recordType"].as_str() {
        Some("entity") => entity(
            record,
            details,
            &details["entityType"]["type"],
            number,
            into,
            report,
        ),
        Some("person") => person(record, details["personType"].as_str(), into),
        Some("relationship") => {
            let status = statement["recordStatus"].as_str();
            if matches!(status, Some("updated" | "closed")) {
                into.builder.withdraw(into.source, record, clip(number));
            }
            let closed = (status == Some("closed"))
                .then(|| statement["statementDate"].as_str())
                .flatten();
            let (subject, party) = (&details["subject"], &details["interestedParty"]);
            let components = details_or(statement, details, "componentRecords");
            let link = Link {
                record,
                number,
                subject: subject.as_str(),
                party: party.as_str(),
                unspecified: party
                    .as_object()
                    .and_then(|object| object.get("reason"))
                    .and_then(Value::as_str),
                declared: statement["declarationSubject"].as_str(),
                components: components.as_array().is_some_and(|list| !list.is_empty()),
                closed,
            };
            relationship(&link, &details["interests"], into, report);
        }
        _ => report.unread(
            number,
            "recordType",
            "no record type that is known",
            "get the file again",
        ),
    }
}

fn details_or<'a>(statement: &'a Value, details: &'a Value, name: &str) -> &'a Value {
    if details[name].is_null() {
        &statement[name]
    } else {
        &details[name]
    }
}

fn old(statement: &Value, number: u64, into: &mut Intake<'_>, report: &mut Report) {
    let Some(record) = statement["statementID"].as_str() else {
        report.unread(
            number,
            "statementID",
            "the statement has none",
            "get the file again",
        );
        return;
    };
    match statement["statementType"].as_str() {
        Some("entityStatement") => entity(
            record,
            statement,
            &statement["entityType"],
            number,
            into,
            report,
        ),
        Some("personStatement") => person(record, statement["personType"].as_str(), into),
        Some("ownershipOrControlStatement") => {
            for replaced in statement["replacesStatements"]
                .as_array()
                .into_iter()
                .flatten()
            {
                if let Some(replaced) = replaced.as_str() {
                    into.builder.withdraw(into.source, replaced, u32::MAX);
                }
            }
            let party = &statement["interestedParty"];
            let named = party["describedByEntityStatement"]
                .as_str()
                .or_else(|| party["describedByPersonStatement"].as_str());
            let link = Link {
                record,
                number,
                subject: statement["subject"]["describedByEntityStatement"].as_str(),
                party: named,
                unspecified: party["unspecified"]["reason"]
                    .as_str()
                    .or_else(|| named.is_none().then_some("unknown")),
                declared: None,
                components: statement["componentStatementIDs"]
                    .as_array()
                    .is_some_and(|list| !list.is_empty()),
                closed: None,
            };
            relationship(&link, &statement["interests"], into, report);
        }
        _ => report.unread(
            number,
            "statementType",
            "no statement type that is known",
            "get the file again",
        ),
    }
}

fn clip(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn node(into: &Intake<'_>, record: &str) -> String {
    format!("{}:{record}", into.id)
}

fn entity(
    record: &str,
    details: &Value,
    kind: &Value,
    number: u64,
    into: &mut Intake<'_>,
    report: &mut Report,
) {
    let id = node(into, record);
    let anonymous = matches!(kind.as_str(), Some("anonymousEntity" | "unknownEntity"));
    into.builder.kind(
        &id,
        if anonymous {
            Kind::Anonymous
        } else {
            Kind::Entity
        },
    );
    let place = ["jurisdiction", "incorporatedInJurisdiction"]
        .iter()
        .find_map(|name| details[*name]["code"].as_str());
    if let Some(place) = place {
        into.builder.country(&id, place.get(..2).unwrap_or(""));
    }
    for identifier in details["identifiers"].as_array().into_iter().flatten() {
        let (Some(scheme), Some(value)) = (
            identifier["scheme"]
                .as_str()
                .or_else(|| identifier["schemeName"].as_str()),
            identifier["id"].as_str(),
        ) else {
            continue;
        };
        let other = match scheme {
            "XI-LEI" | "LEI" | "Global Legal Entity Identifier Index" => {
                let lei = ids::lei(value);
                if lei.is_none() {
                    report.note(
                        number,
                        "identifiers",
                        format!("\"{value}\" is no legal entity identifier"),
                        "it joins nothing; correct it at its source",
                    );
                }
                lei
            }
            "GB-COH" => ids::registration("gb", value),
            // Other registers number in ways of their own: the scheme stays part of the id.
            scheme => Some(format!("org:{scheme}:{}", value.trim())),
        };
        if let Some(other) = other {
            into.builder.same(&id, &other);
        }
    }
}

fn person(record: &str, kind: Option<&str>, into: &mut Intake<'_>) {
    let known = !matches!(kind, Some("anonymousPerson" | "unknownPerson"));
    let id = node(into, record);
    into.builder
        .kind(&id, if known { Kind::Person } else { Kind::Anonymous });
}

struct Link<'a> {
    record: &'a str,
    number: u64,
    subject: Option<&'a str>,
    party: Option<&'a str>,
    unspecified: Option<&'a str>,
    declared: Option<&'a str>,
    components: bool,
    closed: Option<&'a str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Interest {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(alias = "interestLevel")]
    direct_or_indirect: Option<String>,
    share: Option<Value>,
    start_date: Option<String>,
    end_date: Option<String>,
}

fn relationship(link: &Link<'_>, interests: &Value, into: &mut Intake<'_>, report: &mut Report) {
    let Some(subject) = link.subject else {
        report.unread(
            link.number,
            "subject",
            "the statement says of nobody whom it is about",
            "get the file again",
        );
        return;
    };
    let owned = node(into, subject);
    let owner = match (link.party, link.unspecified) {
        (Some(party), _) => node(into, party),
        (None, Some("noBeneficialOwners" | "no-beneficial-owners")) => {
            report.leave_out("says that nobody has to be named");
            return;
        }
        (None, Some(_)) => format!("anon:{}:{}", into.id, link.record),
        (None, None) => {
            report.unread(
                link.number,
                "interestedParty",
                "the statement names no owner",
                "get the file again",
            );
            return;
        }
    };
    if link.party.is_none() {
        into.builder.kind(&owner, Kind::Anonymous);
    }
    let mut read: Vec<Interest> = Vec::new();
    for interest in interests.as_array().into_iter().flatten() {
        match Interest::deserialize(interest) {
            Ok(interest) => read.push(interest),
            Err(error) => report.unread(
                link.number,
                "interests",
                format!("no interest: {error}"),
                "get the file again",
            ),
        }
    }
    let kind_of = |interest: &Interest| {
        interest
            .kind
            .as_deref()
            .unwrap_or("")
            .replace('-', "")
            .to_lowercase()
    };
    let as_nominee = read.iter().any(|interest| kind_of(interest) == "nominee");
    if interests.as_array().is_none_or(Vec::is_empty) {
        report.leave_out("no interest is given");
    }
    for interest in &read {
        let mut may_be_none = false;
        let layer = match kind_of(interest).as_str() {
            // In a body without share capital these rights are what its shares are.
            "shareholding" | "rightstosurplusassetsondissolution" | "rightstosurplusassets" => {
                Layer::Shares
            }
            // It may be one, and may be none.
            "rightstoprofitorincome"
            | "beneficiaryoflegalarrangement"
            | "beneficiaryoftrust"
            | "unknowninterest"
            | "unpublishedinterest"
            | "" => {
                may_be_none = true;
                Layer::Shares
            }
            "votingrights" => Layer::Votes,
            "appointmentofboard" => Layer::Appointment,
            "otherinfluenceorcontrol"
            | "influenceorcontrol"
            | "controlviacompanyrulesorarticles"
            | "controlbylegalframework"
            | "rightsgrantedbycontract"
            | "conditionalrightsgrantedbycontract"
            | "settlor"
            | "settloroftrust"
            | "trustee"
            | "trusteeoftrust"
            | "protector"
            | "protectoroftrust"
            | "otherinfluenceorcontroloftrust" => Layer::Influence,
            "nominator" => {
                // Within what is declared about one company; else wherever the nominee holds.
                let about = link
                    .declared
                    .filter(|declared| *declared != subject)
                    .map(|id| node(into, id));
                into.builder
                    .nominee(into.source, &owned, &owner, about.as_deref());
                report.leave_out("says who stands behind a nominee");
                continue;
            }
            "nominee"
            | "boardmember"
            | "boardchair"
            | "seniormanagingofficial"
            | "enjoymentanduseofassets"
            | "righttoprofitorincomefromassets" => {
                report.leave_out("an office or a use, and no holding");
                continue;
            }
            other => {
                report.note(
                    link.number,
                    "interests.type",
                    format!("\"{other}\" is not known"),
                    "kept as influence; tell us: the standard has a new type",
                );
                Layer::Influence
            }
        };
        let indirect = interest.direct_or_indirect.as_deref() == Some("indirect");
        if indirect && link.components {
            report.leave_out("indirect, and expressed by its component records");
            continue;
        }
        let (mut share, marks) = share(interest.share.as_ref());
        if may_be_none {
            share.lo = 0;
        }
        if marks.has(Marks::BAD_INTERVAL) {
            report.note(
                link.number,
                "interests.share",
                "the share is none: below 0, above 100, or the wrong way round",
                "the holding is kept with an unknown share; correct it at its source",
            );
        }
        let mut day = |field: &str, text: Option<&str>| {
            let text = text?;
            let found = text.get(..10).unwrap_or(text).parse();
            if found.is_err() {
                report.note(
                    link.number,
                    field,
                    format!("\"{text}\" is no date"),
                    "it is not used; correct it at its source",
                );
            }
            found.ok()
        };
        let period = Period::new(
            day("startDate", interest.start_date.as_deref()),
            day("endDate", interest.end_date.as_deref().or(link.closed)),
        );
        into.builder.hold(
            into.source,
            &Holding {
                layer,
                indirect,
                period,
                record: Record {
                    number: clip(link.number),
                    id: Some(link.record),
                },
                behalf: if as_nominee {
                    Behalf::Unknown
                } else {
                    Behalf::Own
                },
                marks,
                ..Holding::new(&owner, &owned, share)
            },
        );
        report.holdings += 1;
    }
}

/// A share object. In 0.2 and 0.3 `exclusiveMinimum` says of `minimum` whether it is
/// left out; in 0.4 it is a number of its own.
fn share(share: Option<&Value>) -> (Share, Marks) {
    let Some(share) =
        share.filter(|share| share.as_object().is_some_and(|fields| !fields.is_empty()))
    else {
        return (Share::UNKNOWN, Marks::NONE);
    };
    let bad = (Share::UNKNOWN, Marks::BAD_INTERVAL);
    let ends = |name: &str| {
        share
            .get(name)
            .filter(|value| value.is_number())
            .map(|value| ppm(&value.to_string()))
    };
    if let Some(exact) = ends("exact") {
        return exact
            .and_then(|(lo, hi)| Share::between(lo, hi))
            .map_or(bad, |share| (share, Marks::NONE));
    }
    let flag = |name: &str| share.get(name).and_then(Value::as_bool).unwrap_or(false);
    let mut lo = 0;
    let mut hi = i64::from(crate::WHOLE);
    for (name, open) in [
        ("minimum", flag("exclusiveMinimum")),
        ("exclusiveMinimum", true),
    ] {
        match ends(name) {
            None => {}
            Some(None) => return bad,
            Some(Some((low, _))) => lo = lo.max(low + i64::from(open)),
        }
    }
    for (name, open) in [
        ("maximum", flag("exclusiveMaximum")),
        ("exclusiveMaximum", true),
    ] {
        match ends(name) {
            None => {}
            Some(None) => return bad,
            Some(Some((_, high))) => hi = hi.min(high - i64::from(open)),
        }
    }
    Share::between(lo, hi).map_or(bad, |share| (share, Marks::NONE))
}

/// A number of percent as JSON writes it, in parts per million, rounded down and up.
fn ppm(text: &str) -> Option<(i64, i64)> {
    if text.contains(['e', 'E']) {
        // So small or large a number is written by machines only.
        let value: f64 = text.parse().ok()?;
        return (0.0..=100.0).contains(&value).then(|| {
            let scaled = value * 10_000.0;
            (scaled.floor() as i64, scaled.ceil() as i64)
        });
    }
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let whole: i64 = whole
        .parse()
        .ok()
        .filter(|whole| (0..=1_000).contains(whole))?;
    let padded: String = rest.chars().chain("0000".chars()).take(4).collect();
    let finer = rest
        .get(4..)
        .is_some_and(|tail| tail.bytes().any(|b| b != b'0'));
    let lo = whole * 10_000 + padded.parse::<i64>().ok()?;
    Some((lo, lo + i64::from(finer)))
}
