//! The UK Sanctions List reshaped to four tables.
//!
//! Birth dates come with a precision of their own, which is kept: `year_only`
//! stays a year.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use scruple_model::{Listing, NameKind, Schema};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::party::Party;
use super::{Read, dates, text_of};

const SUBJECTS: &str = "uk_fcdo_2026-05_subjects.csv";
const NAMES: &str = "uk_fcdo_2026-05_subject_names.csv";
const IDENTIFIERS: &str = "uk_fcdo_2026-05_subject_identifiers.csv";
const BIRTHS: &str = "uk_fcdo_2026-05_subject_dobs.csv";

#[derive(Deserialize)]
struct Subject {
    unique_id: String,
    subject_type: String,
    un_reference_number: String,
    ofsi_group_id: String,
    date_designated: String,
}

#[derive(Deserialize)]
struct Name {
    unique_id: String,
    name_type: String,
    alias_strength: String,
    full_name: String,
}

#[derive(Deserialize)]
struct Identifier {
    unique_id: String,
    raw_value: String,
    identifier_type: String,
}

#[derive(Deserialize)]
struct Birth {
    unique_id: String,
    year: String,
    month: String,
    day: String,
    precision: String,
}

/// Reads the four tables.
pub(crate) fn read(folder: &Path) -> Result<Read> {
    let subjects: Vec<Subject> = rows(folder, SUBJECTS)?;
    let mut names: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    for name in rows::<Name>(folder, NAMES)? {
        names.entry(name.unique_id.clone()).or_default().push(name);
    }
    let mut parties: BTreeMap<String, Party> = BTreeMap::new();
    for subject in &subjects {
        let (id, party) = party_of(
            subject,
            names.remove(&subject.unique_id).unwrap_or_default(),
        )?;
        parties.insert(id, party);
    }
    for row in rows::<Identifier>(folder, IDENTIFIERS)? {
        let value = row.raw_value.trim().trim_start_matches('\'').to_owned();
        if let Some(party) = parties.get_mut(&row.unique_id) {
            match row.identifier_type.as_str() {
                "passport" => party.add("passportNumber", value),
                "national" => party.add("idNumber", value),
                "imo" => party.add("imoNumber", value.trim_start_matches("IMO").trim()),
                "business_registration_numbers" => business_number(party, &value),
                other => bail!("{IDENTIFIERS}: type \"{other}\" is not known here"),
            }
        }
    }
    for row in rows::<Birth>(folder, BIRTHS)? {
        let date = match row.precision.as_str() {
            "exact" => format!("{}-{}-{}", row.year, row.month, row.day),
            "month_year" => format!("{}-{}", row.year, row.month),
            "year_only" => row.year,
            other => bail!("{BIRTHS}: precision \"{other}\" is not known here"),
        };
        if let Some(party) = parties.get_mut(&row.unique_id) {
            party.add("birthDate", date);
        }
    }
    Ok(Read {
        file: SUBJECTS,
        rows: subjects.len(),
        parties: parties.into_values().collect(),
        left_out: 0,
    })
}

fn party_of(subject: &Subject, names: Vec<Name>) -> Result<(String, Party)> {
    let id = &subject.unique_id;
    let schema = match subject.subject_type.as_str() {
        "individual" => Schema::Person,
        "entity" => Schema::Organization,
        "ship" => Schema::Vessel,
        other => bail!("{SUBJECTS}: type \"{other}\" is not known here"),
    };
    let first = names
        .iter()
        .find(|name| name.name_type == "primary")
        .or(names.first())
        .with_context(|| format!("{NAMES}: no name for {id}"))?;
    let mut party = Party::new("gb-uksl", schema, &first.full_name);
    party.record = Some(id.clone());
    for name in &names {
        let kind = match (name.name_type.as_str(), name.alias_strength.as_str()) {
            (_, "low_quality_aka") => NameKind::Weak,
            ("primary", _) => NameKind::Primary,
            _ => NameKind::Alias,
        };
        party.name(kind, &name.full_name);
    }
    party.add("sanction.unscId", subject.un_reference_number.clone());
    party.add("sanction.ofsiGroup", subject.ofsi_group_id.clone());
    party.listed(Listing {
        // The letters of the id name the regime: RUS, GHR, DPR.
        programmes: vec![id.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()],
        since: dates::read(&subject.date_designated),
        ..Listing::default()
    });
    Ok((id.clone(), party))
}

/// A registration number as printed, and the Russian tax numbers named in it.
fn business_number(party: &mut Party, value: &str) {
    for (mark, property, lengths) in [
        ("OGRN", "ogrnCode", &[13, 15][..]),
        ("INN", "innCode", &[10, 12]),
    ] {
        for (at, _) in value.match_indices(mark) {
            let after = &value[at + mark.len()..];
            let digits: String = after
                .chars()
                .skip_while(|c| !c.is_alphanumeric())
                .take_while(char::is_ascii_digit)
                .collect();
            if lengths.contains(&digits.len()) {
                party.add(property, digits);
            }
        }
    }
    party.add("registrationNumber", value);
}

fn rows<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>> {
    csv::Reader::from_reader(text_of(folder, name)?.as_bytes())
        .deserialize()
        .enumerate()
        .map(|(at, row)| row.with_context(|| format!("{name}, row {}", at + 1)))
        .collect()
}
