//! The Denied Persons List of the Bureau of Industry and Security, `dpl.txt`.
//!
//! One row is one address of one denied person; somebody with three addresses has
//! three rows and no number that joins them, so rows of one name are one party. Rows
//! are between tabs, with a header; texts stand in quotes. A row of a person in the
//! United States has a state and often no country, and none is made up for it.

use std::io::BufRead;

use scruple_model::{ListId, Listing, NameKind, Schema};

use crate::fault::{At, Effect, Fault, Refused};
use crate::gather::Gather;
use crate::ofac::entry::{Address, Entry};
use crate::party::{Party, one_line};
use crate::rows::{Columns, Row, Shape, rows};
use crate::strangers::Strangers;
use crate::whole::{Seen, Watched};
use crate::{Layout, Part, date, name_id};

const SHAPE: Shape = Shape {
    delimiter: b'\t',
    quoted: true,
    windows_1252: true,
};

const COLUMNS: [&str; 12] = [
    "Name",
    "Street_Address",
    "City",
    "State",
    "Country",
    "Postal_Code",
    "Effective_Date",
    "Expiration_Date",
    "Standard_Order",
    "Last_Update",
    "Action",
    "FR_Citation",
];

pub(crate) fn recognise(text: &str) -> Option<Part> {
    let header = text.lines().next()?;
    let has = |name: &str| {
        header
            .split('\t')
            .any(|cell| cell.trim().trim_matches('"').eq_ignore_ascii_case(name))
    };
    ["Name", "Effective_Date", "Standard_Order", "FR_Citation"]
        .into_iter()
        .all(has)
        .then(|| Part::alone(Layout::BisDplTxt))
}

pub(crate) fn read(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let list = ListId::from("us-bis-dpl");
    let seen = Seen::default();
    let mut header: Option<(Columns, usize)> = None;
    let mut strangers = Strangers::default();
    let (mut at, mut full) = (At::default(), false);
    rows(Watched::new(bytes, &seen), SHAPE, out.limits, |row| {
        at = row.at;
        let Some((columns, wide)) = &header else {
            let columns = read_header(&row)?;
            strangers = Strangers::of(&row, &columns, &[&COLUMNS]);
            header = Some((columns, row.cells.len()));
            return Ok(());
        };
        out.count(&list, row.at)?;
        full = row.cells.len() == *wide;
        if !full {
            let name = columns.get(&row, "Name");
            out.fault(
                &list,
                Fault {
                    at: row.at,
                    record: None,
                    field: None,
                    what: format!(
                        "a row of {} cells instead of {wide}: \"{name}\"",
                        row.cells.len()
                    ),
                    effect: Effect::RecordUnread,
                    next: "look the name up at the publisher".to_owned(),
                },
            );
            return Ok(());
        }
        for fault in strangers.met(&row) {
            out.fault(&list, fault);
        }
        let mut party = party(&list, &row, columns);
        for &column in &row.not_text {
            party.fault(not_text(&row, column, columns.name(column)));
        }
        out.party(&list, party);
        Ok(())
    })?;
    for fault in strangers.rest() {
        out.fault(&list, fault);
    }
    if seen.is_whole(full) {
        return Ok(());
    }
    Err(Refused::CutOff {
        at,
        what: "the last row has no end".to_owned(),
    })
}

fn not_text(row: &Row, column: usize, field: &str) -> Fault {
    Fault {
        at: row.at_cell(column),
        record: None,
        field: Some(field.to_owned()),
        what: "a byte that is no character of Windows-1252".to_owned(),
        effect: Effect::of_field(field),
        next: "compare the row with the publisher's page".to_owned(),
    }
}

fn read_header(row: &Row) -> Result<Columns, Refused> {
    let columns = Columns::of(row);
    let missing: Vec<&str> = COLUMNS
        .into_iter()
        .filter(|name| columns.find(name).is_none())
        .collect();
    if missing.is_empty() {
        return Ok(columns);
    }
    Err(Refused::malformed(
        row.at,
        format!("the header has no column {}", missing.join(", ")),
    ))
}

fn party(list: &ListId, row: &Row, columns: &Columns) -> Party {
    let get = |name: &str| columns.get(row, name);
    let name = get("Name");
    let mut entry = Entry::new(row.at, &name_id::of(list, name), "");
    // The list does not say who is a person.
    entry.party.set_schema(Schema::LegalEntity);
    entry.party.name(NameKind::Primary, name);
    entry.address(Address {
        lines: [get("Street_Address"), "", ""],
        city: get("City"),
        state: get("State"),
        postal: get("Postal_Code"),
        country: get("Country"),
    });
    entry.party.add("standardOrder", get("Standard_Order"));
    entry.party.add("notes", get("Action"));
    let mut party = entry.party;
    let since = party.day_of_listing("Effective_Date", get("Effective_Date"), date::month_first);
    let until = party.day_of_listing("Expiration_Date", get("Expiration_Date"), date::month_first);
    party.date("modifiedAt", "Last_Update", get("Last_Update"), |text| {
        date::iso(text).or_else(|| date::month_first(text))
    });
    let citation = one_line(get("FR_Citation"));
    party.listing(Listing {
        list: Some(list.clone()),
        since,
        until,
        citation: (!citation.is_empty()).then(|| citation.into_owned()),
        ..Listing::default()
    });
    party
}
