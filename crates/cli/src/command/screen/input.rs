//! Rows to queries.

use std::path::Path;

use scruple_model::deal;
use scruple_model::{Country, PartialDate, Schema, Unchecked};
use scruple_screen::Query;
use scruple_table::{Mapping, Row, Table};
use serde_json::{Map, Value};

use super::{Asked, shown};
use crate::failure::bad_input;
use crate::rows::{self, Rows};

/// The queries of a file, in its order. A row without a name stays in, with an
/// empty one: every row gets an answer.
pub(crate) fn read(
    path: &Path,
    bytes: &[u8],
    map: &[(String, String)],
) -> anyhow::Result<(Vec<Asked>, Vec<Unchecked>)> {
    let rows = rows::read(path, bytes, map)?;
    let Rows { table, mapping } = &rows;
    if !mapping.has_names() {
        return Err(bad_input(
            format!(
                "no column of {} seems to hold names; its columns are {}",
                shown(path),
                table.headers.join(", ")
            ),
            "put the names of the columns in the first line, or say which it is with --map name=COLUMN",
        ));
    }
    let asked = table
        .rows
        .iter()
        .map(|row| asked(table, mapping, row))
        .collect();
    Ok((asked, rows.not_read(path)))
}

fn asked(table: &Table, mapping: &Mapping, row: &Row) -> Asked {
    let (query, unread) = query(mapping, row);
    Asked {
        columns: columns(table, mapping, row, &query.name),
        query,
        addresses: mapping
            .all(row, "address")
            .flat_map(str::lines)
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect(),
        unread,
    }
}

/// One row as a query, and what of it could not be read.
pub(crate) fn query(mapping: &Mapping, row: &Row) -> (Query, Vec<Unchecked>) {
    let name = mapping.name(row).unwrap_or_default();
    let mut unread = Vec::new();
    let mut keep = |field: &str, value: &str, what: &str| {
        unread.push(Unchecked {
            what: format!("line {}, {field} \"{value}\"", row.line),
            why: format!("{what}; it was not compared"),
        });
    };
    let schema = mapping.get(row, "schema").and_then(|value| {
        Schema::parse(value).or_else(|| {
            keep("schema", value, "no FollowTheMoney schema is called that");
            None
        })
    });
    let mut countries = Vec::new();
    for code in mapping
        .all(row, "country")
        .flat_map(|cell| cell.split([';', ',']))
        .map(str::trim)
    {
        match Country::parse(code) {
            Some(country) => countries.push(country),
            None if code.is_empty() => {}
            None => keep("country", code, "no country is called that"),
        }
    }
    let birth_date = mapping.get(row, "birth_date").and_then(|value| {
        value
            .parse::<PartialDate>()
            .map_err(|_| keep("birth date", value, "no date"))
            .ok()
    });
    let query = Query {
        name,
        other_names: mapping
            .all(row, "names")
            .flat_map(|cell| cell.split([';', '\n']))
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect(),
        schema,
        countries,
        identifiers: deal::identifiers()
            .flat_map(|(field, property)| {
                mapping
                    .all(row, field)
                    .map(move |value| (property.to_owned(), value.to_owned()))
            })
            .collect(),
        birth_date,
    };
    (query, unread)
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
