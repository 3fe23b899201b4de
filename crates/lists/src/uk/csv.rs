//! The UK Sanctions List, CSV: rows that share a `Unique ID` are one party.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::fields::{self, Designation, To};
use super::list;
use crate::date;
use crate::delimited::{Grid, Step, text};
use crate::fault::{Effect, Fault, Refused};
use crate::gather::Gather;
use crate::party::Party;
use crate::rows::{Row, Shape};

/// Without these it is another layout.
pub(super) const NEEDED: &[&str] = &["Unique ID", "Name 6", "Name type", "Designation Type"];

const COLUMNS: &[&str] = &[
    "Last Updated",
    "Unique ID",
    "OFSI Group ID",
    "UN Reference Number",
    "Name 6",
    "Name 1",
    "Name 2",
    "Name 3",
    "Name 4",
    "Name 5",
    "Name type",
    "Alias strength",
    "Title",
    "Name non-latin script",
    "Non-latin script type",
    "Non-latin script language",
    "Regime Name",
    "Designation Type",
    "Designation source",
    "Sanctions Imposed",
    "Other Information",
    "UK Statement of Reasons",
    "Address Line 1",
    "Address Line 2",
    "Address Line 3",
    "Address Line 4",
    "Address Line 5",
    "Address Line 6",
    "Address Postal Code",
    "Address Country",
    "Phone number",
    "Website",
    "Email address",
    "Date Designated",
    "D.O.B",
    "Nationality(/ies)",
    "National Identifier number",
    "National Identifier additional information",
    "Passport number",
    "Passport additional information",
    "Position",
    "Gender",
    "Town of birth",
    "Country of birth",
    "Type of entity",
    "Subsidiaries",
    "Parent company",
    "Business registration number (s)",
    "IMO number",
    "Current owner/operator (s)",
    "Previous owner/operator (s)",
    "Current believed flag of ship",
    "Previous flags",
    "Type of ship",
    "Tonnage of ship",
    "Length of ship",
    "Year Built",
    "Hull identification number (HIN)",
];

/// Columns that are one value.
const SINGLE: [(&str, To); 28] = [
    ("Last Updated", To::Date("modifiedAt")),
    ("OFSI Group ID", To::Text("ofsiGroupId")),
    ("UN Reference Number", To::Text("unscId")),
    ("Designation source", To::Text("authority")),
    ("Sanctions Imposed", To::Barred("provisions")),
    ("Other Information", To::Text("notes")),
    ("Title", To::Text("title")),
    ("Phone number", To::Text("phone")),
    ("Email address", To::Text("email")),
    ("Website", To::Text("website")),
    ("D.O.B", To::Date("birthDate")),
    ("Gender", To::Personal("gender")),
    ("Nationality(/ies)", To::Country("nationality")),
    ("Position", To::Text("position")),
    (
        "Business registration number (s)",
        To::Property("registrationNumber"),
    ),
    ("Type of entity", To::Text("classification")),
    ("Parent company", To::Note("Parent company")),
    ("Subsidiaries", To::Note("Subsidiary")),
    ("IMO number", To::Property("imoNumber")),
    (
        "Current owner/operator (s)",
        To::Note("Current owner or operator"),
    ),
    (
        "Previous owner/operator (s)",
        To::Note("Previous owner or operator"),
    ),
    ("Current believed flag of ship", To::Country("flag")),
    ("Previous flags", To::Country("pastFlags")),
    ("Type of ship", To::Text("type")),
    ("Tonnage of ship", To::Text("tonnage")),
    ("Length of ship", To::Note("Length of ship")),
    ("Year Built", To::Date("buildDate")),
    (
        "Hull identification number (HIN)",
        To::Note("Hull identification number"),
    ),
];

const SHAPE: Shape = Shape {
    delimiter: b',',
    quoted: true,
    windows_1252: false,
};

pub(crate) fn read(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let list = list();
    let mut parties: BTreeMap<String, Party> = BTreeMap::new();
    let grid = Grid::new(&list, COLUMNS, NEEDED);
    text(bytes, SHAPE, grid, out, |grid, step, out| {
        match step {
            Step::Above(row) => {
                // "Report Date: 02-Oct-2026", in one cell or two.
                let told = row.cells.join(" ");
                let told = told.trim_start_matches('\u{feff}');
                if let Some((_, day)) = told.split_once("Report Date")
                    && let Some(day) = date::named(day.trim_start_matches([':', ' ']))
                    && let Some(day) = day.day()
                {
                    out.published(day);
                }
            }
            Step::Record(row) => {
                let id = grid.cell(&row, "Unique ID");
                if id.is_empty() {
                    out.fault(&list, without_id(&row, "Unique ID"));
                    return Ok(());
                }
                let party = parties.entry(id.to_owned()).or_insert_with(|| {
                    let schema = fields::schema(grid.cell(&row, "Designation Type"));
                    Party::new(row.at, id, schema)
                });
                add(grid, &row, party);
            }
        }
        Ok(())
    })?;
    for party in parties.into_values() {
        out.party(&list, party);
    }
    Ok(())
}

/// A row that names nobody we could file it under.
pub(super) fn without_id(row: &Row, field: &str) -> Fault {
    Fault {
        at: row.at,
        record: None,
        field: Some(field.to_owned()),
        what: "the row has no id".to_owned(),
        effect: Effect::RecordUnread,
        next: "look the row up at the publisher by its line".to_owned(),
    }
}

fn add(grid: &Grid, row: &Row, party: &mut Party) {
    party.go_on_at(row.at);
    let cell = |name| grid.cell(row, name);
    fields::name(
        party,
        fields::kind(cell("Name type"), cell("Alias strength")),
        [
            cell("Name 1"),
            cell("Name 2"),
            cell("Name 3"),
            cell("Name 4"),
            cell("Name 5"),
            cell("Name 6"),
        ],
    );
    fields::original(
        party,
        cell("Name non-latin script"),
        cell("Non-latin script type"),
        cell("Non-latin script language"),
    );
    fields::address(
        party,
        "Address Country",
        &[
            cell("Address Line 1"),
            cell("Address Line 2"),
            cell("Address Line 3"),
            cell("Address Line 4"),
            cell("Address Line 5"),
            cell("Address Line 6"),
        ],
        cell("Address Postal Code"),
        cell("Address Country"),
    );
    fields::birth_place(party, cell("Town of birth"), cell("Country of birth"));
    fields::document(
        party,
        "passportNumber",
        "Passport",
        cell("Passport number"),
        cell("Passport additional information"),
    );
    fields::document(
        party,
        "idNumber",
        "National identifier",
        cell("National Identifier number"),
        cell("National Identifier additional information"),
    );
    for (column, to) in SINGLE {
        fields::put(party, column, to, cell(column));
    }
    let since = party.day_of_listing("Date Designated", cell("Date Designated"), date::day_first);
    Designation {
        regime: cell("Regime Name"),
        reason: cell("UK Statement of Reasons"),
        since,
    }
    .put(party);
}
