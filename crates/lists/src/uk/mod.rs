//! The United Kingdom's lists: the UK Sanctions List (FCDO) and, until January
//! 2026, the consolidated list of OFSI (`ConList`).
//!
//! Both are one list to us, `gb-uksl`: OFSI's rows state the id of the UK
//! Sanctions List, so a party keeps its id over the change. One that states none
//! is held under OFSI's group id.
//!
//! Except in XML, one party is many rows: a row for each name, and in the UK
//! Sanctions List's CSV for each combination of name, address, date and number
//! (one party has 2,880). We fold on the id, so an alias never becomes a second
//! party, and every value is held once.
//!
//! `Name 6` is a family name or a whole name, `Name 1` to `Name 5` stand before it.
//! Birth dates are partial on purpose: `dd/mm/1945` states a year and nothing more.

mod conlist;
mod csv;
mod fields;
mod xml;

use scruple_model::ListId;

pub(crate) use conlist::{read_csv as read_conlist_csv, read_xlsx as read_conlist_xlsx};
pub(crate) use csv::read as read_csv;
pub(crate) use xml::read as read_xml;

use crate::delimited::Grid;
use crate::rows::Row;
use crate::{Layout, Part};

fn list() -> ListId {
    ListId::from("gb-uksl")
}

pub(crate) fn recognise_xml(text: &str) -> Option<Part> {
    text.contains("<Designations")
        .then(|| Part::alone(Layout::UkXml))
}

pub(crate) fn recognise_csv(text: &str) -> Option<Part> {
    let mut lines = text.lines().take(12);
    lines.find_map(|line| {
        let row = Row {
            cells: line
                .split(',')
                .map(|cell| cell.trim().trim_matches('"').to_owned())
                .collect(),
            ..Row::at_line(1)
        };
        if Grid::is_header(&row, csv::NEEDED) {
            return Some(Part::alone(Layout::UkCsv));
        }
        Grid::is_header(&row, conlist::NEEDED).then(|| Part::alone(Layout::OfsiCsv))
    })
}

/// Whether a row of a sheet is the header of `ConList`.
pub(crate) fn recognise_header(row: &Row) -> Option<Part> {
    Grid::is_header(row, conlist::NEEDED).then(|| Part::alone(Layout::OfsiXlsx))
}
