//! The European Union's consolidated financial sanctions list (FSF), XML 1.1 and CSV.
//!
//! The id of a record is `logicalId`, the number the Union's database has given the
//! entity: a file of 2018 and one of 2026, in different layouts, give the same one,
//! and no row is without it. The reference that is printed (`EU.27.28`) came later
//! than the list and is missing on old rows; it is kept as `euReferenceNumber`.
//!
//! No name is marked as the primary one: the first that is `strong` is, in the
//! file's order, and the file puts the listed name first. `strong="false"` is a weak
//! alias. The CSV leaves that mark out, so there every alias is a strong one. A name
//! whose letters are not Latin is in the party's own script.
//!
//! The regulation that stands with the entity is its citation. Its dates are those
//! of the act, often an amending one, so the listing has a date only where the file
//! states a `designationDate`.

mod csv;
mod fields;
mod xml;

use scruple_model::ListId;

pub(crate) use csv::read as read_csv;
pub(crate) use xml::read as read_xml;

use crate::delimited::Grid;
use crate::rows::Row;
use crate::{Layout, Part};

fn list() -> ListId {
    ListId::from("eu-fsf")
}

pub(crate) fn recognise_xml(text: &str) -> Option<Part> {
    // The root's namespace; an excerpt may leave it out.
    let found = text.contains("/fpi/fsd/export")
        || (text.contains("<export") && text.contains("<sanctionEntity"));
    found.then(|| Part::alone(Layout::EuXml))
}

pub(crate) fn recognise_csv(text: &str) -> Option<Part> {
    let row = Row {
        cells: text
            .lines()
            .next()?
            .split(';')
            .map(|cell| cell.trim_matches('"').to_owned())
            .collect(),
        ..Row::at_line(1)
    };
    let needed = [csv::NEEDED, csv::NEEDED_OLD];
    needed
        .iter()
        .any(|needed| Grid::is_header(&row, needed))
        .then(|| Part::alone(Layout::EuCsv))
}
