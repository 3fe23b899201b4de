//! What the attestations that parties and items were given mean for the deal.
//!
//! `attest` knows credentials and no deals; this hands it, for each party and item,
//! the files named there and what the deal says of whom they should speak of. No
//! finding of another check looks at the outcome: an audit makes nothing milder.

use scruple_attest::finding::{About, Packs, findings};
use scruple_attest::verify::{Report, verify};
use scruple_attest::{Shelf, shelf::NotRead};
use scruple_model::{Finding, Subject};

use super::Context;

/// The findings on every party's and item's attestations.
pub(crate) fn run(context: &Context<'_>) -> Vec<Finding> {
    let deal = context.deal;
    let mut found = Vec::new();
    for (number, party) in (1..).zip(&deal.parties) {
        let names = std::iter::once(&party.name).chain(&party.names);
        let about = About {
            subject: Subject::Party {
                id: party.id.clone(),
            },
            names: names.cloned().collect(),
            identifiers: party.identifiers.values().cloned().collect(),
            origin: None,
            field: format!("parties[{number}].attestations"),
        };
        found.extend(of(context, &party.attestations, &about));
    }
    for (number, item) in (1..).zip(&deal.items) {
        let about = About {
            subject: Subject::Item { number },
            names: item.maker.iter().cloned().collect(),
            identifiers: Vec::new(),
            origin: item.origin.known().cloned(),
            field: format!("items[{number}].attestations"),
        };
        found.extend(of(context, &item.attestations, &about));
    }
    found
}

fn of(context: &Context<'_>, files: &[String], about: &About) -> Vec<Finding> {
    if files.is_empty() {
        return Vec::new();
    }
    let packs = &context.world.packs;
    let packs = Packs {
        rules: &packs.attest,
        places: &packs.impossible,
    };
    let report = report(context, files, packs);
    findings(about, &report, packs)
}

fn report(context: &Context<'_>, files: &[String], packs: Packs<'_>) -> Report {
    let mut shelf = Shelf::default();
    for (did, known) in &context.world.own.attesters {
        shelf.trust(did, known.clone());
    }
    for file in files {
        match context.deal.documents.get(file) {
            Some(bytes) => shelf.add(file, bytes),
            None => shelf.not_read.push(NotRead {
                file: file.clone(),
                why: "the file was not given".to_owned(),
            }),
        }
    }
    verify(&shelf, packs.places, context.as_of)
}
