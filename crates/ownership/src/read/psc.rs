//! Snapshot of people with significant control: the United Kingdom's Companies House.
//!
//! One JSON object a line. Shares and votes come in bands whose ends matter: "more
//! than 25% but not more than 50%" includes 50%, "more than 50% but less than 75%"
//! excludes both. A person's record id is per company, so the same person stands in
//! the graph once for each; only somebody who asks can join them. Names, birth dates,
//! nationalities and addresses are not taken.

use std::io::BufRead;

use serde::Deserialize;

use super::{Intake, ReadError, Report, ids, lines, share_of_text};
use crate::holding::{Holding, Kind, Layer, Marks, Record};
use crate::{Period, Share};

#[derive(Deserialize)]
struct Line {
    company_number: Option<String>,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    natures_of_control: Vec<String>,
    notified_on: Option<String>,
    ceased_on: Option<String>,
    #[serde(default)]
    links: Links,
    identification: Option<Identification>,
    statement: Option<String>,
    // Only for a keyed id where the record has none of its own, and dropped at once.
    name: Option<String>,
}

#[derive(Default, Deserialize)]
struct Links {
    #[serde(rename = "self")]
    own: Option<String>,
}

#[derive(Deserialize)]
struct Identification {
    registration_number: Option<String>,
    country_registered: Option<String>,
    place_registered: Option<String>,
}

pub(super) fn read(bytes: &mut dyn BufRead, into: &mut Intake<'_>) -> Result<Report, ReadError> {
    let mut report = Report::default();
    lines::each(bytes, &mut report, |line, number, report| {
        report.records += 1;
        match serde_json::from_slice::<Line>(line) {
            Err(error) => report.unread(
                number,
                "",
                format!("no record of the snapshot: {error}"),
                "get the file again",
            ),
            Ok(line) => take(&line, number, into, report),
        }
        Ok(())
    })?;
    Ok(report)
}

fn take(line: &Line, number: u64, into: &mut Intake<'_>, report: &mut Report) {
    let data = &line.data;
    if data.kind.starts_with("totals") {
        report.records -= 1;
        return;
    }
    let Some(owned) = line
        .company_number
        .as_deref()
        .and_then(|no| ids::registration("gb", no))
    else {
        report.unread(
            number,
            "company_number",
            "the record names no company",
            "get the file again",
        );
        return;
    };
    let record = data
        .links
        .own
        .as_deref()
        .and_then(|path| path.rsplit('/').next())
        .filter(|id| !id.is_empty());
    let period = period(data, number, report);
    into.builder.country(&owned, "gb");
    let owner = match data.kind.as_str() {
        kind if kind.starts_with("individual") => match (record, into.people) {
            (Some(id), _) => format!("person:{}:{id}", into.id),
            (None, Some(key)) => key.id(into.id, &[&owned, data.name.as_deref().unwrap_or("")]),
            (None, None) => {
                report.note(
                    number,
                    "links.self",
                    "the person has no record id",
                    "taken as an unnamed holder; give a key for ids of people",
                );
                format!("anon:{}:{number}", into.id)
            }
        },
        kind if kind.starts_with("corporate-entity") || kind.starts_with("legal-person") => {
            corporate(data).unwrap_or_else(|| {
                format!(
                    "{}:{}",
                    into.id,
                    record.map_or_else(|| number.to_string(), str::to_owned)
                )
            })
        }
        kind if kind.starts_with("super-secure") => format!("anon:{}:{number}", into.id),
        "persons-with-significant-control-statement" => {
            statement(data, &owned, number, period, into, report);
            return;
        }
        "exemptions" => {
            report.leave_out("an exemption names nobody");
            return;
        }
        other => {
            report.unread(
                number,
                "kind",
                format!("\"{other}\" is no kind that is known"),
                "tell us: the register has a new kind",
            );
            return;
        }
    };
    if data.natures_of_control.is_empty() {
        report.leave_out("no nature of control");
    }
    for nature in &data.natures_of_control {
        let found = share_of_text(nature);
        let Some(layer) = found.layer else {
            report.note(
                number,
                "natures_of_control",
                format!("\"{nature}\" is not known"),
                "kept as influence; tell us: the register has a new nature",
            );
            hold(
                into,
                report,
                &owner,
                &owned,
                Layer::Influence,
                Share::UNKNOWN,
                Marks::NONE,
                period,
                number,
                record,
            );
            continue;
        };
        // Held as trustee of a trust, or with the other members of a firm: the figure is
        // that of all of them, and whose it is is not said.
        let shared = nature.contains("-as-trust") || nature.contains("-as-firm");
        let share = if shared {
            Share {
                lo: 0,
                ..found.share
            }
        } else {
            found.share
        };
        let marks = if shared {
            found.marks.with(Marks::JOINT_FIGURE)
        } else {
            found.marks
        };
        hold(
            into, report, &owner, &owned, layer, share, marks, period, number, record,
        );
    }
}

#[expect(clippy::too_many_arguments, reason = "one row, part by part")]
fn hold(
    into: &mut Intake<'_>,
    report: &mut Report,
    owner: &str,
    owned: &str,
    layer: Layer,
    share: Share,
    marks: Marks,
    period: Period,
    number: u64,
    record: Option<&str>,
) {
    into.builder.hold(
        into.source,
        &Holding {
            layer,
            marks,
            period,
            record: Record {
                number: u32::try_from(number).unwrap_or(u32::MAX),
                id: record,
            },
            ..Holding::new(owner, owned, share)
        },
    );
    report.holdings += 1;
}

fn period(data: &Data, number: u64, report: &mut Report) -> Period {
    let mut day = |field: &str, text: Option<&str>| {
        text.and_then(|text| {
            text.parse()
                .map_err(|_| {
                    report.note(
                        number,
                        field,
                        format!("\"{text}\" is no date"),
                        "it is not used; get the file again",
                    );
                })
                .ok()
        })
    };
    Period::new(
        day("notified_on", data.notified_on.as_deref()),
        day("ceased_on", data.ceased_on.as_deref()),
    )
}

/// A company by its number and the register it says it stands in.
fn corporate(data: &Data) -> Option<String> {
    let identification = data.identification.as_ref()?;
    let number = identification.registration_number.as_deref()?;
    let country = identification
        .country_registered
        .as_deref()
        .or(identification.place_registered.as_deref())?;
    let plain = country.trim().to_lowercase();
    const BRITISH: [&str; 14] = [
        "england",
        "wales",
        "scotland",
        "northern ireland",
        "united kingdom",
        "uk",
        "gb",
        "great britain",
        "england and wales",
        "england & wales",
        "companies house",
        "england, wales",
        "united kingdom (england)",
        "england/wales",
    ];
    if BRITISH.contains(&plain.as_str()) {
        return ids::registration("gb", number);
    }
    let country = scruple_model::Country::parse(country)?;
    ids::registration(&country.to_string(), number)
}

/// A statement in the place of a person.
fn statement(
    data: &Data,
    owned: &str,
    number: u64,
    period: Period,
    into: &mut Intake<'_>,
    report: &mut Report,
) {
    let text = data.statement.as_deref().unwrap_or("");
    let somebody = [
        "psc-exists",
        "psc-details-not",
        "psc-contacted",
        "psc-has-failed",
        "restrictions-notice",
        "steps-to-find",
    ];
    if somebody.iter().any(|start| text.starts_with(start)) {
        let owner = format!("anon:{}:{number}", into.id);
        into.builder.kind(&owner, Kind::Anonymous);
        hold(
            into,
            report,
            &owner,
            owned,
            Layer::Shares,
            Share::UNKNOWN,
            Marks::NONE,
            period,
            number,
            None,
        );
    } else {
        into.builder.node(owned);
        report.leave_out("a statement that nobody has significant control");
    }
}
