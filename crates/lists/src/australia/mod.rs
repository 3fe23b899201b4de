//! Australia's consolidated list of DFAT (`regulation8_consolidated.xlsx`).
//!
//! A row is a name. `Reference` `12` is a party's primary name, `12a` and `12b` its
//! aliases and its name in its own script; what else a row says is said again in
//! each of them. Rows are folded on the number, and every value is held once. Past
//! `z` the letters go on as `z1`, `aa`.
//!
//! Cells are prose: `a) 1957 b) 4 May 1961`, `German, Moroccan`. Dates and
//! citizenships are taken apart, by rules in `crate::birth` and `nationality`; a
//! text that fits no rule is kept as it stands, with a fault. `Control Date` is the
//! day a row was last changed, not the day of the listing: that stands in `Listing
//! Information` in words, and is read where the words are `Listed on` or `Listed by
//! ... on` with a whole date.

mod nationality;

use std::collections::BTreeMap;
use std::io::BufRead;

use scruple_model::{ListId, Listing, NameKind, PartialDate, Schema};

use crate::delimited::{Grid, Step, workbook};
use crate::fault::{Effect, Fault, Refused};
use crate::gather::Gather;
use crate::party::{Party, one_line};
use crate::rows::Row;
use crate::split::lettered;
use crate::{Layout, Part, birth, date};

const NEEDED: &[&str] = &[
    "Reference",
    "Name of Individual or Entity",
    "Name Type",
    "Control Date",
];

const COLUMNS: &[&str] = &[
    "Reference",
    "Name of Individual or Entity",
    "Type",
    "Name Type",
    "Date of Birth",
    "Place of Birth",
    "Citizenship",
    "Address",
    "Additional Information",
    "Listing Information",
    "Committees",
    "Control Date",
];

/// Whether a row of a sheet is this list's header.
pub(crate) fn recognise_header(row: &Row) -> Option<Part> {
    Grid::is_header(row, NEEDED).then(|| Part::alone(Layout::AustraliaXlsx))
}

pub(crate) fn read(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let list = ListId::from("au-dfat");
    let mut parties: BTreeMap<String, Party> = BTreeMap::new();
    let grid = || Grid::new(&ListId::from("au-dfat"), COLUMNS, NEEDED);
    workbook(bytes, grid, out, |grid, step, out| {
        let Step::Record(row) = step else {
            return Ok(());
        };
        let reference = grid.cell(&row, "Reference");
        let digits = reference.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            out.fault(&list, without_number(&row, reference));
            return Ok(());
        }
        let number = &reference[..digits];
        let party = parties
            .entry(number.to_owned())
            .or_insert_with(|| Party::new(row.at, number, schema(grid.cell(&row, "Type"))));
        add(grid, &row, party, &list);
        Ok(())
    })?;
    for party in parties.into_values() {
        out.party(&list, party);
    }
    Ok(())
}

fn without_number(row: &Row, reference: &str) -> Fault {
    Fault {
        at: row.at,
        record: None,
        field: Some("Reference".to_owned()),
        what: format!("\"{reference}\" does not begin with a number"),
        effect: Effect::RecordUnread,
        next: "look the row up at the publisher by its line".to_owned(),
    }
}

fn schema(text: &str) -> Schema {
    match text.trim().to_ascii_lowercase().as_str() {
        "individual" => Schema::Person,
        "entity" => Schema::Organization,
        "vessel" | "ship" => Schema::Vessel,
        _ => Schema::LegalEntity,
    }
}

fn add(grid: &Grid, row: &Row, party: &mut Party, list: &ListId) {
    party.go_on_at(row.at);
    let cell = |name| grid.cell(row, name);
    name(
        party,
        cell("Name Type"),
        cell("Name of Individual or Entity"),
    );
    birth::put(
        party,
        "birthDate",
        "Date of Birth",
        cell("Date of Birth"),
        read_date,
    );
    for place in values(cell("Place of Birth")) {
        party.add("birthPlace", place);
    }
    for text in values(cell("Citizenship")) {
        nationality::put(party, "Citizenship", text);
    }
    for address in values(cell("Address")) {
        party.add("address", address);
    }
    party.add("notes", cell("Additional Information"));
    party.date(
        "modifiedAt",
        "Control Date",
        cell("Control Date"),
        read_date,
    );
    let information = cell("Listing Information");
    let programme = one_line(cell("Committees"));
    party.listing(Listing {
        list: Some(list.clone()),
        programmes: Some(programme.into_owned())
            .filter(|programme| !programme.is_empty())
            .into_iter()
            .collect(),
        since: listed_on(information),
        citation: (!information.is_empty()).then(|| one_line(information).into_owned()),
        ..Listing::default()
    });
}

fn name(party: &mut Party, kind: &str, name: &str) {
    match kind.trim().to_ascii_lowercase().as_str() {
        "primary name" => party.name(NameKind::Primary, name),
        "original script" => party.original_name(name, None),
        "formerly known as" | "fka" => party.name(NameKind::Former, name),
        // `aka`, and `Previously listed as`: what the list called it, not what it called itself.
        _ => party.name(NameKind::Alias, name),
    }
}

/// Values behind `a)`, `b)`; none where a cell says that there is none.
fn values(text: &str) -> Vec<&str> {
    let mut values = lettered(text);
    values.retain(|value| !value.eq_ignore_ascii_case("na") && !value.eq_ignore_ascii_case("n/a"));
    values
}

/// `2014-12-15` (a cell with a date), `04/05/1948`, `19 Nov. 1971`, `1971`.
fn read_date(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    if text.contains('/') {
        date::day_first(text)
    } else if text.len() == 10 && text.as_bytes()[4] == b'-' {
        date::iso(text)
    } else {
        date::named(text)
    }
}

/// The date behind `Listed on` or `Listed by ... on`.
fn listed_on(text: &str) -> Option<PartialDate> {
    let text = one_line(text);
    let rest = text.strip_prefix("Listed ")?;
    let until = rest.find(['(', ';', ',']).unwrap_or(rest.len());
    let words = rest[..until].trim();
    let date = match words.strip_prefix("on") {
        Some(date) => date.trim_start_matches(':'),
        None => words.rsplit_once(" on ")?.1,
    };
    date::named(date).filter(|date| date.day().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_listing_is_read_where_it_is_said() {
        let day = |text| listed_on(text).map(|date| date.to_string());
        assert_eq!(
            day("Listed on 12 Apr. 2000 (amended on 3 Sep. 2003)").as_deref(),
            Some("2000-04-12")
        );
        assert_eq!(
            day("Listed on: 25 Jan. 2001 (amended)").as_deref(),
            Some("2001-01-25")
        );
        assert_eq!(
            day("Listed by UN 1267 Committee on 25 January 2001 (x)").as_deref(),
            Some("2001-01-25")
        );
        assert_eq!(day("Assets received on 1 May 2003"), None);
        assert_eq!(day("Listed under Resolution 1483 (2003)"), None);
    }
}
