//! The US Consolidated Screening List in a compact layout: twelve lists in one file.
//!
//! Programme, licence requirement and policy, source and link are numbers that
//! point into the file's own tables.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use scruple_model::{Listing, NameKind, Schema};
use serde::Deserialize;

use super::party::Party;
use super::{Read, text_of};

const FILE: &str = "us_csl_2026-07-31_compact.json.zst";

#[derive(Deserialize)]
struct File {
    tables: Tables,
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tables {
    sources: Vec<String>,
    licence_requirements: Vec<String>,
    licence_policies: Vec<String>,
    programmes: Vec<String>,
    urls: Vec<String>,
}

#[derive(Deserialize)]
struct Entry {
    n: String,
    #[serde(default)]
    a: Vec<String>,
    s: usize,
    t: Option<String>,
    #[serde(default)]
    c: Vec<String>,
    e: Option<String>,
    lr: Option<usize>,
    lp: Option<usize>,
    pg: Option<usize>,
    fr: Option<String>,
    u: usize,
}

/// Our list for one of the publisher's twelve.
fn list_of(source: &str) -> Result<&'static str> {
    let code = source
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
        .map(|(code, _)| code)
        .with_context(|| format!("{FILE}: source \"{source}\" has no code in brackets"))?;
    Ok(match code {
        "SDN" => "us-ofac-sdn",
        "CAP" => "us-ofac-cap",
        "CMIC" => "us-ofac-cmic",
        "NS-MBS List" => "us-ofac-mbs",
        "PLC" => "us-ofac-plc",
        "SSI" => "us-ofac-ssi",
        "EL" => "us-bis-el",
        "DPL" => "us-bis-dpl",
        "MEU" => "us-bis-meu",
        "UVL" => "us-bis-uvl",
        "DTC" => "us-state-dtc",
        "ISN" => "us-state-isn",
        _ => bail!("{FILE}: source \"{source}\" is not known here; add it to `list_of`"),
    })
}

/// Reads the file.
pub(crate) fn read(folder: &Path) -> Result<Read> {
    let file: File = serde_json::from_str(&text_of(folder, FILE)?).context(FILE)?;
    let tables = &file.tables;
    let at = |table: &[String], index: Option<usize>| -> Result<Option<String>> {
        index
            .map(|index| {
                table
                    .get(index)
                    .cloned()
                    .with_context(|| format!("{FILE}: no row {index} in a table"))
            })
            .transpose()
    };
    let mut parties = Vec::with_capacity(file.entries.len());
    for entry in &file.entries {
        let source = at(&tables.sources, Some(entry.s))?.unwrap_or_default();
        let list = list_of(&source)?;
        let schema = match entry.t.as_deref() {
            Some("Entity") => Schema::Organization,
            Some("Individual") => Schema::Person,
            Some("Vessel") => Schema::Vessel,
            Some("Aircraft") => Schema::Airplane,
            // Commerce and State do not say whether a party is a person.
            None => Schema::LegalEntity,
            Some(other) => bail!("{FILE}: type \"{other}\" is not known here"),
        };
        let mut party = Party::new(list, schema, &entry.n);
        party.record = entry.e.clone();
        for alias in &entry.a {
            party.name(NameKind::Alias, alias);
        }
        for country in &entry.c {
            party.country(country);
        }
        let mut programmes: Vec<String> = Vec::new();
        for programme in at(&tables.programmes, entry.pg)?
            .unwrap_or_default()
            .split("; ")
        {
            if !programme.is_empty() && !programmes.iter().any(|held| held == programme) {
                programmes.push(programme.to_owned());
            }
        }
        party.listed(Listing {
            programmes,
            citation: entry.fr.as_deref().map(super::names::squeezed),
            since: entry
                .fr
                .as_deref()
                .and_then(|notice| super::dates::all_us(notice).into_iter().next()),
            licence_requirement: at(&tables.licence_requirements, entry.lr)?,
            licence_policy: at(&tables.licence_policies, entry.lp)?,
            link: at(&tables.urls, Some(entry.u))?,
            ..Listing::default()
        });
        parties.push(party);
    }
    Ok(Read {
        file: FILE,
        rows: file.entries.len(),
        parties,
        left_out: 0,
    })
}
