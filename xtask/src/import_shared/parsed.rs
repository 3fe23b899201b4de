//! Thirteen US files that somebody parsed from official pages, all in one layout:
//! name, aliases, country, address, day, notice, and free notes that differ by list.

use std::path::Path;

use anyhow::{Context as _, Result};
use scruple_model::{Listing, NameKind, Schema};
use serde::Deserialize;

use super::party::Party;
use super::{Read, dates, names, text_of};

#[derive(Deserialize)]
struct File {
    entities: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    aliases: Vec<String>,
    country: Option<String>,
    address: Option<String>,
    status: Option<String>,
    effective_date: Option<String>,
    federal_register: Option<String>,
    notes: Option<String>,
}

type Notes = fn(&mut Party, Listing, &Row);

const FILES: [(&str, &str, Notes); 12] = [
    (
        "us_bis_entity_list_2026-07-09.json",
        "us-bis-el",
        entity_list,
    ),
    ("us_bis_meu_2026-07-09.json", "us-bis-meu", with_notes),
    ("us_bis_dpl_2026-07-09.json", "us-bis-dpl", denial),
    ("us_dhs_uflpa_2026-07-09.json", "us-dhs-uflpa", with_reason),
    ("us_ofac_nscmic_2026-07-09.json", "us-ofac-cmic", cmic),
    ("us_dow_1260h_2026-07-09.json", "us-dod-1260h", with_reason),
    ("us_dow_1286_2026-07-09.json", "us-dod-1286", with_reason),
    ("us_cbp_wro_2026-07-09.json", "us-cbp-wro", withhold_release),
    (
        "us_fcc_covered_2026-07-09.json",
        "us-fcc-covered",
        with_reason,
    ),
    (
        "us_state_debarred_statutory_2026-07-09.json",
        "us-state-dtc",
        debarment,
    ),
    (
        "us_state_debarred_admin_2026-07-09.json",
        "us-state-dtc",
        debarment,
    ),
    (
        "us_state_nonproliferation_2026-07-09.json",
        "us-state-isn",
        nonproliferation,
    ),
];

/// Reads the files.
pub(crate) fn read(folder: &Path) -> Result<Vec<Read>> {
    FILES
        .into_iter()
        .map(|(name, list, notes)| {
            let file: File = serde_json::from_str(&text_of(folder, name)?).context(name)?;
            let parties = file.entities.iter().map(|row| party_of(list, row, notes));
            Ok(Read {
                file: name,
                rows: file.entities.len(),
                parties: parties.collect(),
                left_out: 0,
            })
        })
        .collect()
}

fn party_of(list: &'static str, row: &Row, notes: Notes) -> Party {
    let (schema, name, place) = what_it_is(row);
    let mut party = Party::new(list, schema, &name);
    for alias in &row.aliases {
        party.name(NameKind::Alias, alias);
    }
    if let Some(country) = place {
        party.country(country);
    }
    if let Some(address) = &row.address {
        party.add("address", names::squeezed(address));
    }
    let citation = row.federal_register.as_deref().map(names::squeezed);
    let noticed = row
        .federal_register
        .as_deref()
        .map(dates::all_us)
        .unwrap_or_default();
    let listing = Listing {
        since: row
            .effective_date
            .as_deref()
            .and_then(dates::read)
            .or_else(|| noticed.into_iter().min()),
        citation,
        ..Listing::default()
    };
    notes(&mut party, listing, row);
    party
}

/// What the name, the country and the notes give away about the kind of thing.
fn what_it_is(row: &Row) -> (Schema, String, Option<&str>) {
    let notes = row.notes.as_deref().unwrap_or("");
    let country = row.country.as_deref();
    if let Some(vessel) = row.name.strip_prefix("Fishing Vessel: ") {
        return (Schema::Vessel, vessel.to_owned(), None);
    }
    if notes.starts_with("Category listing") {
        return (Schema::Thing, row.name.clone(), country);
    }
    if let Some((name, inside)) = row
        .name
        .strip_suffix(')')
        .and_then(|open| open.rsplit_once(" ("))
    {
        if inside.ends_with("individual") {
            return (Schema::Person, name.to_owned(), country);
        }
        if Some(inside) == country {
            return (Schema::LegalEntity, name.to_owned(), country);
        }
    }
    (Schema::LegalEntity, row.name.clone(), country)
}

/// The Entity List's notes are its licence requirement.
fn entity_list(party: &mut Party, listing: Listing, row: &Row) {
    party.listed(Listing {
        licence_requirement: row.notes.clone(),
        ..listing
    });
}

fn with_notes(party: &mut Party, listing: Listing, row: &Row) {
    party.add("notes", row.notes.clone().unwrap_or_default());
    party.listed(listing);
}

fn with_reason(party: &mut Party, listing: Listing, row: &Row) {
    party.listed(Listing {
        reason: row.notes.clone(),
        ..listing
    });
}

/// `Type of denial: Standard; Expires: 2026-10-27`
fn denial(party: &mut Party, listing: Listing, row: &Row) {
    let notes = row.notes.as_deref().unwrap_or("");
    party.listed(Listing {
        until: part(notes, "Expires").and_then(dates::read),
        programmes: part(notes, "Type of denial")
            .map(|kind| format!("Denial order ({kind})"))
            .into_iter()
            .collect(),
        ..listing
    });
}

/// `Target Type: …; Listing Date (CMIC): 03 Jun 2021; USCC: … (China); Program: …`
fn cmic(party: &mut Party, listing: Listing, row: &Row) {
    let notes = row.notes.as_deref().unwrap_or("");
    if let Some(code) = part(notes, "USCC") {
        party.add("uscCode", code.split(' ').next().unwrap_or(code));
    }
    if let Some(linked) = part(notes, "Linked To") {
        party.add("notes", format!("Linked to: {linked}"));
    }
    party.listed(Listing {
        programmes: part(notes, "Program")
            .map(str::to_owned)
            .into_iter()
            .collect(),
        since: part(notes, "Listing Date (CMIC)").and_then(dates::read),
        ..listing
    });
}

/// `WRO; Industry: …; Merchandise: …; Remarks: …`
fn withhold_release(party: &mut Party, listing: Listing, row: &Row) {
    let notes = row.notes.as_deref().unwrap_or("");
    let (kind, rest) = notes.split_once("; ").unwrap_or((notes, ""));
    let programme = match kind {
        "WRO" => "Withhold Release Order",
        other => other,
    };
    if let Some(status) = row.status.as_deref().filter(|status| *status != "Active") {
        party.add("sanction.status", status);
    }
    party.listed(Listing {
        programmes: vec![programme.to_owned()],
        reason: (!rest.is_empty()).then(|| rest.to_owned()),
        ..listing
    });
}

/// `Date of birth: November, 1975`
fn debarment(party: &mut Party, listing: Listing, row: &Row) {
    let notes = row.notes.as_deref().unwrap_or("");
    match part(notes, "Date of birth").and_then(dates::read) {
        Some(born) => party.add("birthDate", born.to_string()),
        None => party.add("notes", notes),
    }
    party.listed(Listing {
        programmes: vec!["AECA debarment".to_owned()],
        ..listing
    });
}

/// One part for each sanction, most of them over:
/// `Authority: …; imposed 12/27/2004; status: Expired on 12/27/06; Vol.70 … | …`
fn nonproliferation(party: &mut Party, listing: Listing, row: &Row) {
    let thereof = " and any successor";
    if let Some(at) = row.name.find(thereof) {
        party.name(NameKind::Alias, &row.name[..at]);
    }
    let mut any = false;
    for one in row.notes.as_deref().unwrap_or("").split(" | ") {
        let Some(authority) = part(one, "Authority") else {
            party.add("notes", one);
            continue;
        };
        any = true;
        let status = part(one, "status").unwrap_or("");
        let lower = status.to_lowercase();
        let over = ["expired", "lifted", "terminated", "all provisions expired"];
        let until = over
            .iter()
            .any(|word| lower.starts_with(word))
            .then(|| dates::all_us(status).pop())
            .flatten();
        if until.is_none() && !lower.is_empty() && lower != "active" {
            party.add("sanction.status", status);
        }
        let imposed = one
            .split("; ")
            .find_map(|field| field.strip_prefix("imposed "))
            .and_then(dates::read_us);
        party.listed(Listing {
            programmes: vec![authority.to_owned()],
            since: imposed.or(listing.since),
            until,
            citation: one
                .split("; ")
                .last()
                .filter(|last| last.contains("Federal Register"))
                .map(names::squeezed)
                .or_else(|| listing.citation.clone()),
            ..Listing::default()
        });
    }
    if !any {
        party.listed(listing);
    }
}

/// The value of `KEY: value` in notes parted by `; `.
fn part<'a>(notes: &'a str, key: &str) -> Option<&'a str> {
    notes
        .split("; ")
        .find_map(|field| field.strip_prefix(key)?.strip_prefix(':'))
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_read_by_key() {
        let notes = "Type of denial: Standard; Expires: 2026-10-27";
        assert_eq!(part(notes, "Expires"), Some("2026-10-27"));
        assert_eq!(part(notes, "Program"), None);
    }

    #[test]
    fn what_a_row_is_shows_in_its_name() {
        let row = |name: &str, country: &str| Row {
            name: name.into(),
            aliases: Vec::new(),
            country: Some(country.into()),
            address: None,
            status: None,
            effective_date: None,
            federal_register: None,
            notes: None,
        };
        let vessel = row("Fishing Vessel: Demo 7", "Fishing Vessels");
        assert_eq!(what_it_is(&vessel), (Schema::Vessel, "Demo 7".into(), None));
        let person = row("A B Demo (Russian individual)", "Russia");
        assert_eq!(what_it_is(&person).0, Schema::Person);
        let placed = row("Demo Co., Ltd (China)", "China");
        assert_eq!(what_it_is(&placed).1, "Demo Co., Ltd");
    }
}
