//! Rows to queries.

use std::path::Path;

use scruple_model::{Country, PartialDate, Schema};
use scruple_screen::Query;
use scruple_table::{Mapping, Row, Table};
use serde_json::{Map, Value};

use super::{Asked, shown};
use crate::failure::bad_input;
use crate::rows;

/// Fields that say who somebody is, and are compared as identifiers: the table's
/// name for it, and FollowTheMoney's.
const IDENTIFIERS: [(&str, &str); 6] = [
    ("lei", "leiCode"),
    ("uscc", "uscCode"),
    ("registration_number", "registrationNumber"),
    ("imo", "imoNumber"),
    ("swift", "swiftBic"),
    ("tax_number", "taxNumber"),
];

/// The queries of a file, in its order. A row without a name stays in, with an
/// empty one: every row gets an answer.
pub(super) fn read(
    path: &Path,
    bytes: &[u8],
    map: &[(String, String)],
) -> anyhow::Result<Vec<Asked>> {
    let (table, mapping) = rows::read(path, bytes, map)?;
    if !mapping.has_names() {
        return Err(bad_input(
            format!(
                "no column of {} seems to hold names; its columns are {}",
                shown(path),
                table.headers.join(", ")
            ),
            "say which with --map name=COLUMN",
        ));
    }
    Ok(table
        .rows
        .iter()
        .map(|row| asked(&table, &mapping, row))
        .collect())
}

fn asked(table: &Table, mapping: &Mapping, row: &Row) -> Asked {
    let name = mapping.name(row).unwrap_or_default();
    let query = Query {
        name: name.clone(),
        other_names: mapping
            .all(row, "names")
            .flat_map(|cell| cell.split([';', '\n']))
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect(),
        schema: mapping.get(row, "schema").and_then(Schema::parse),
        countries: mapping
            .all(row, "country")
            .flat_map(|cell| cell.split([';', ',']))
            .filter_map(|code| Country::parse(code.trim()))
            .collect(),
        identifiers: IDENTIFIERS
            .iter()
            .flat_map(|(field, property)| {
                mapping
                    .all(row, field)
                    .map(|value| ((*property).to_owned(), value.to_owned()))
            })
            .collect(),
        birth_date: mapping
            .get(row, "birth_date")
            .and_then(|d| d.parse::<PartialDate>().ok()),
    };
    Asked {
        columns: columns(table, mapping, row, &name),
        query,
    }
}

/// The row as written, under its own headers, and under `name`, `id`, `schema`
/// and `country` where a column was taken for one.
fn columns(table: &Table, mapping: &Mapping, row: &Row, name: &str) -> Map<String, Value> {
    let mut columns = Map::new();
    columns.insert("line".to_owned(), row.line.into());
    for field in ["id", "schema", "country"] {
        if let Some(value) = mapping.get(row, field) {
            columns.insert(field.to_owned(), value.into());
        }
    }
    columns.insert("name".to_owned(), name.into());
    for (header, cell) in table.headers.iter().zip(&row.cells) {
        if !header.is_empty() && !columns.contains_key(header) {
            columns.insert(header.clone(), cell.as_str().into());
        }
    }
    columns
}
