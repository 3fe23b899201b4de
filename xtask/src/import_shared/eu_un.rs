//! Names, birth dates and numbers that somebody took from the EU, UN and OFAC
//! (non-SDN) files: a row may stand for one party on two of these lists.
//!
//! OFAC's rows do not say which of its lists they are from. The newer US file does,
//! by record number; a row it no longer has is left out, since it says that somebody
//! is listed who was taken off since.
//!
//! Two faults of that reading are undone here. Years were padded to 1 January, and
//! in the OFAC rows record numbers were taken for years (4696-01-01).

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use scruple_model::ftm::is_personal;
use scruple_model::{Listing, NameKind, Schema};
use serde::Deserialize;

use super::party::Party;
use super::{Read, dates, text_of};

/// OFAC's lists other than the SDN list.
const OFAC: [&str; 5] = [
    "us-ofac-cap",
    "us-ofac-cmic",
    "us-ofac-mbs",
    "us-ofac-plc",
    "us-ofac-ssi",
];

const FILE: &str = "eu_un_ofac_names_2026-01-28.json.zst";

#[derive(Deserialize)]
struct File {
    entities: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    aliases: Vec<String>,
    birthdates: Vec<String>,
    identifiers: Vec<Identifier>,
    source: Vec<String>,
    source_id: String,
}

#[derive(Deserialize)]
struct Identifier {
    #[serde(rename = "type")]
    kind: Option<String>,
    number: String,
}

/// Reads the file; `us` is what the newer US file gave.
pub(crate) fn read(folder: &Path, us: &[Party]) -> Result<Read> {
    let file: File = serde_json::from_str(&text_of(folder, FILE)?).context(FILE)?;
    let mut ofac: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
    for party in us.iter().filter(|party| OFAC.contains(&party.list)) {
        if let Some(record) = &party.record {
            ofac.entry(record).or_default().push(party.list);
        }
    }
    let mut parties = Vec::new();
    let mut left_out = 0;
    for row in &file.entities {
        for (at, source) in row.source.iter().enumerate() {
            let record = (at == 0).then(|| row.source_id.trim().to_owned());
            let lists = match (source.as_str(), &record) {
                ("EU", _) => &["eu-fsf"][..],
                ("UN", _) => &["un-sc"],
                ("OFAC", Some(record)) => ofac.get(record.as_str()).map_or(&[][..], Vec::as_slice),
                ("OFAC", None) => &[],
                (other, _) => bail!("{FILE}: source \"{other}\" is not known here"),
            };
            left_out += usize::from(lists.is_empty());
            for list in lists {
                // The number is the first source's; the others' is not in the file.
                let mut party = party_of(list, row)?;
                party.record.clone_from(&record);
                parties.push(party);
            }
        }
    }
    Ok(Read {
        file: FILE,
        rows: file.entities.len(),
        parties,
        left_out,
    })
}

fn party_of(list: &'static str, row: &Row) -> Result<Party> {
    let schema = match row.kind.as_str() {
        "individual" => Schema::Person,
        "entity" => Schema::Organization,
        other => bail!("{FILE}: type \"{other}\" is not known here"),
    };
    let mut party = Party::new(list, schema, &row.name);
    for alias in &row.aliases {
        party.name(NameKind::Alias, alias);
    }
    for date in row
        .birthdates
        .iter()
        .filter_map(|text| dates::unpadded(text))
    {
        party.add("birthDate", date.to_string());
    }
    let mut listing = Listing::default();
    for Identifier { kind, number } in &row.identifiers {
        // A number without a kind only repeats one that has it.
        if let Some(kind) = kind {
            identify(&mut party, &mut listing, kind, number);
        }
    }
    if list == "un-sc"
        && row.source == ["UN"]
        && let Some((regime, _)) = row.source_id.split_once('.')
    {
        // The letters of a UN reference name the committee: QDi.001, IRe.044.
        let regime = regime.trim_end_matches(['i', 'e']);
        listing.programmes.push(regime.to_owned());
    }
    party.listed(listing);
    Ok(party)
}

fn identify(party: &mut Party, listing: &mut Listing, kind: &str, number: &str) {
    let plain = kind.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = plain.trim_end_matches([':', ' ', '-']).to_lowercase();
    let number = number.trim();
    let property = match plain.as_str() {
        "passport" | "numéro de passeport" | "número de pasaporte" | "travelcardid" => {
            "passportNumber"
        }
        "id"
        | "national identification number"
        | "national id no."
        | "ssn"
        | "residentperm"
        | "nationcert"
        | "birthcert"
        | "drivinglicence"
        | "driver's license no."
        | "electionid" => "idNumber",
        "regnumber"
        | "registration id"
        | "registration number"
        | "public registration number"
        | "business registration number"
        | "company number"
        | "c.r. no."
        | "tradelic" => "registrationNumber",
        "government gazette number" => "okpoCode",
        "fiscalcode" | "tax id no." | "taxid" => "taxNumber",
        "euvat" | "v.a.t. number" => "vatCode",
        "unified social credit code (uscc)" | "unssn" => "uscCode",
        "swift/bic" | "swiftbic" => "swiftBic",
        "bik (ru)" => "bikCode",
        "legal entity number" => "leiCode",
        "imo" => "imoNumber",
        "isin" => "isin",
        "equity ticker" => "ticker",
        "website" => "website",
        "email address" => "email",
        "nationality of registration" => return party.country(number),
        "organization established date" => {
            if let Some(date) = dates::read(number) {
                party.add("incorporationDate", date.to_string());
            }
            return;
        }
        "listing date (cmic)" => {
            listing.since = dates::read(number);
            return;
        }
        // What the measure says about this party.
        _ if plain.starts_with("executive order")
            || plain.starts_with("secondary sanctions")
            || plain.starts_with("caatsa")
            || plain.starts_with("listing date")
            || plain.starts_with("effective date") =>
        {
            return party.add("sanction.provisions", format!("{kind} {number}"));
        }
        _ if is_personal(&plain) => return,
        _ => return party.add("notes", format!("{kind}: {number}")),
    };
    party.add(property, number);
}
