//! FollowTheMoney lines: `Ownership`, and the parties it joins.
//!
//! A record may name several owners beside one figure: then the figure is what they
//! hold together, and each holds up to it. It may carry several figures, from sources
//! merged under one id: then the stake lies between the least and the most. A
//! `Directorship` is no holding, and is left out with a count.

use std::collections::BTreeMap;
use std::io::BufRead;

use serde::Deserialize;

use super::{Intake, ReadError, Report, ids, lines, share_of_text};
use crate::holding::{Holding, Kind, Layer, Marks, Record};
use crate::{Period, Share};

#[derive(Deserialize)]
struct Line {
    id: String,
    schema: String,
    #[serde(default)]
    properties: BTreeMap<String, Vec<String>>,
}

impl Line {
    fn values(&self, property: &str) -> &[String] {
        self.properties.get(property).map_or(&[], Vec::as_slice)
    }
}

pub(super) fn read(bytes: &mut dyn BufRead, into: &mut Intake<'_>) -> Result<Report, ReadError> {
    let mut report = Report::default();
    lines::each(bytes, &mut report, |line, number, report| {
        report.records += 1;
        match serde_json::from_slice::<Line>(line) {
            Err(error) => report.unread(
                number,
                "",
                format!("no FollowTheMoney entity: {error}"),
                "correct the line, or get the file again",
            ),
            Ok(line) => take(&line, number, into, report),
        }
        Ok(())
    })?;
    Ok(report)
}

fn take(line: &Line, number: u64, into: &mut Intake<'_>, report: &mut Report) {
    let name = |id: &str| format!("{}:{id}", into.id);
    match line.schema.as_str() {
        "Ownership" => ownership(line, number, into, report),
        "Directorship" => report.leave_out("a directorship is no holding"),
        "Person" => {
            let id = name(&line.id);
            into.builder.kind(&id, Kind::Person);
        }
        "LegalEntity" | "Organization" | "Company" | "PublicBody" | "Asset" | "Vessel"
        | "Airplane" | "Thing" => {
            let id = name(&line.id);
            into.builder.node(&id);
            if line.schema == "Company" || line.schema == "PublicBody" {
                into.builder.kind(&id, Kind::Entity);
            }
            for code in line.values("leiCode") {
                match ids::lei(code) {
                    Some(lei) => into.builder.same(&id, &lei),
                    None => report.note(
                        number,
                        "leiCode",
                        format!("\"{code}\" is no legal entity identifier"),
                        "it joins nothing; correct it at its source",
                    ),
                }
            }
            let places = line.values("jurisdiction");
            let places = if places.is_empty() {
                line.values("country")
            } else {
                places
            };
            // With two places it is not known whose register the number is of.
            if let [place] = places {
                for code in line.values("registrationNumber") {
                    if let Some(registration) = ids::registration(place, code) {
                        into.builder.same(&id, &registration);
                    }
                }
                into.builder.country(&id, place.get(..2).unwrap_or(""));
            }
        }
        _ => report.leave_out("another kind of record"),
    }
}

fn ownership(line: &Line, number: u64, into: &mut Intake<'_>, report: &mut Report) {
    let (owners, assets) = (line.values("owner"), line.values("asset"));
    if owners.is_empty() || assets.is_empty() {
        let field = if owners.is_empty() { "owner" } else { "asset" };
        report.unread(
            number,
            field,
            "the record names none",
            "complete the record at its source",
        );
        return;
    }
    let mut share: Option<Share> = None;
    let mut layer = Layer::Shares;
    let mut marks = Marks::NONE;
    for text in line.values("percentage") {
        let found = share_of_text(text);
        layer = found.layer.unwrap_or(layer);
        marks = marks.with(found.marks);
        if found.marks.has(Marks::BAD_INTERVAL) {
            report.note(
                number,
                "percentage",
                format!("\"{text}\" is no share"),
                "the holding is kept with an unknown share; correct it at its source",
            );
        }
        share = Some(share.map_or(found.share, |known| Share {
            lo: known.lo.min(found.share.lo),
            hi: known.hi.max(found.share.hi),
        }));
    }
    let mut share = share.unwrap_or(Share::UNKNOWN);
    if owners.len() > 1 {
        share.lo = 0;
        marks = marks.with(Marks::JOINT_FIGURE);
    }
    let mut dates = |property: &str| {
        line.values(property)
            .iter()
            .filter_map(|text| match text.get(..10).unwrap_or(text).parse() {
                Ok(date) => Some(date),
                Err(_) => {
                    report.note(
                        number,
                        property,
                        format!("\"{text}\" is no date"),
                        "it is not used; correct it at its source",
                    );
                    None
                }
            })
            .collect::<Vec<scruple_model::PartialDate>>()
    };
    // Of several, the longest stretch that any of them gives.
    let period = Period::new(
        dates("startDate").into_iter().min(),
        dates("endDate").into_iter().max(),
    );
    for owner in owners {
        for asset in assets {
            let (owner, asset) = (
                format!("{}:{owner}", into.id),
                format!("{}:{asset}", into.id),
            );
            into.builder.hold(
                into.source,
                &Holding {
                    layer,
                    period,
                    marks,
                    record: Record {
                        number: u32::try_from(number).unwrap_or(u32::MAX),
                        id: Some(&line.id),
                    },
                    ..Holding::new(&owner, &asset, share)
                },
            );
            report.holdings += 1;
        }
    }
}
