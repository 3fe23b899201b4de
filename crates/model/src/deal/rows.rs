//! Parties that stand in a spreadsheet beside the deal.
//!
//! Bytes to rows is the crate `table`'s work; here rows become parties, under the
//! same rules as `[[parties]]`. A row is never skipped: one that cannot be read
//! is a problem with its line.

use std::collections::{BTreeMap, BTreeSet};

use super::field::{ALSO, IDENTIFIERS, PARTY, Shape};
use super::read::Record;
use super::report::{Complaint, Report};
use super::value::{self, Val};
use super::{Deal, build};
use crate::{PartyId, Problem, Span};

/// A column whose meaning is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyColumn {
    /// The field of `[[parties]]` or of its identifiers: one of [`party_columns`].
    pub field: String,
    /// What the file calls it.
    pub header: String,
    /// Its place in the file, from 1.
    pub number: usize,
}

/// A row of cells, one for each column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyRow {
    /// Line or row in the file, from 1.
    pub line: usize,
    /// Text, empty where the cell is.
    pub cells: Vec<String>,
}

/// The part of a spreadsheet that says something about parties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartyTable {
    /// Columns, in the order of the cells.
    pub columns: Vec<PartyColumn>,
    /// Rows, in the order of the file.
    pub rows: Vec<PartyRow>,
}

/// Every field that a column of a party table may stand for.
pub fn party_columns() -> impl Iterator<Item = &'static str> {
    let direct = PARTY.fields.iter().map(|field| field.name);
    let numbers = IDENTIFIERS.fields.iter().map(|field| field.name);
    // Identifiers have columns of their own; attestations are files, and are named in the
    // deal file beside them.
    direct
        .filter(|name| !["identifiers", "attestations"].contains(name))
        .chain(numbers.filter(|name| PARTY.field(name).is_none()))
}

/// Every identifier a party may have: the field's name here, and FollowTheMoney's
/// property for it.
pub fn identifiers() -> impl Iterator<Item = (&'static str, &'static str)> {
    IDENTIFIERS
        .fields
        .iter()
        .filter_map(|field| match field.shape {
            Shape::Identifier(property) => Some((field.name, property)),
            _ => None,
        })
}

impl Deal {
    /// Adds the parties of a table, in its order, and binds the deal's hash to
    /// `hash`, that of the table's bytes.
    ///
    /// A row without an `id` gets `row-7` after its line. Several names, roles or
    /// other names in one cell are separated by `;` or a line break.
    ///
    /// # Errors
    ///
    /// Every problem of every row; `Problem::at` holds the row as line and the
    /// column's place as column. Also a party of the deal file whose `of` names
    /// nobody now that all parties are there: its line is 0.
    pub fn with_parties(mut self, table: &PartyTable, hash: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let missing = |field: &str| !table.columns.iter().any(|column| column.field == field);
        for field in ["name", "role"] {
            if missing(field) && !table.rows.is_empty() {
                let complaint = Complaint::new(format!("no column stands for `{field}`"))
                    .expected(format!(
                        "columns among {}",
                        party_columns().collect::<Vec<_>>().join(", ")
                    ))
                    .next("name the columns in the first row by one of these");
                problems.push(complaint.at(at(1, 1), field));
            }
        }
        if problems.is_empty() {
            self.add_rows(table, &mut problems);
            self.check_references(&mut problems);
        }
        if !problems.is_empty() {
            problems.sort_by_key(|problem| (problem.at.line, problem.at.column));
            return Err(problems);
        }
        self.hash = crate::hash::sha256_parts([self.hash.as_bytes(), hash.as_bytes()]);
        Ok(self)
    }

    fn add_rows(&mut self, table: &PartyTable, problems: &mut Vec<Problem>) {
        let mut ids: BTreeMap<String, usize> = self
            .parties
            .iter()
            .map(|party| (party.id.to_string(), 0))
            .collect();
        for row in &table.rows {
            if row.cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let before = problems.len();
            let mut record = read_row(table, row, problems);
            record
                .values
                .entry("id")
                .or_insert_with(|| (0..0, Val::Text(format!("row-{}", row.line))));
            let mut differing = Report::new("");
            let party = build::party(&record, &mut differing);
            problems.extend(differing.finish().into_iter().map(|problem| Problem {
                at: at(row.line, 1),
                ..problem
            }));
            if let Some(first) = ids.get(party.id.as_str()) {
                let first = match first {
                    0 => "in the deal file".to_owned(),
                    line => format!("on line {line}"),
                };
                let what = format!("party id \"{}\" is used twice, first {first}", party.id);
                let number = table.columns.iter().find(|column| column.field == "id");
                problems.push(
                    Complaint::new(what)
                        .next("give each party an id of its own")
                        .at(at(row.line, number.map_or(1, |column| column.number)), "id"),
                );
            }
            if problems.len() == before {
                ids.insert(party.id.to_string(), row.line);
                self.parties.push(party);
            }
        }
    }

    fn check_references(&self, problems: &mut Vec<Problem>) {
        if !problems.is_empty() {
            // A row that was not read may be the one that is meant.
            return;
        }
        let ids: BTreeSet<&str> = self.parties.iter().map(|party| party.id.as_str()).collect();
        for party in &self.parties {
            let Some(of) = &party.of else { continue };
            let complaint = if *of == party.id {
                build::of_itself()
            } else if !ids.contains(of.as_str()) {
                build::of_nobody(of, ids.iter().copied().take(1_000))
            } else {
                continue;
            };
            problems.push(complaint.at(Span::default(), field_of(&party.id)));
        }
    }
}

fn field_of(id: &PartyId) -> String {
    format!("parties.{id}.of")
}

fn at(line: usize, column: usize) -> Span {
    Span {
        bytes: 0..0,
        line,
        column,
    }
}

fn read_row(table: &PartyTable, row: &PartyRow, problems: &mut Vec<Problem>) -> Record {
    let mut record = Record::default();
    let mut broken = Vec::new();
    for (column, cell) in table.columns.iter().zip(&row.cells) {
        let name = ALSO
            .iter()
            .find(|(also, _)| *also == column.field)
            .map_or(column.field.as_str(), |(_, name)| name);
        let field = PARTY.field(name).or_else(|| IDENTIFIERS.field(name));
        let Some(field) = field.filter(|field| !matches!(field.shape, Shape::Table(_))) else {
            continue;
        };
        if cell.trim().is_empty() {
            continue;
        }
        let read = match value::element(field.shape) {
            Some(shape) => cell
                .split([';', '\n'])
                .filter(|part| !part.trim().is_empty())
                .map(|part| value::from_text(field, shape, part))
                .collect::<Result<Vec<_>, _>>()
                .map(Val::Many),
            None => value::from_text(field, field.shape, &cell.replace(['\n', '\r', '\t'], " ")),
        };
        match read {
            Ok(Val::Many(new)) => {
                // Two columns may stand for one field: `Alias 1`, `Alias 2`.
                let entry = record.values.entry(field.name);
                if let (_, Val::Many(old)) = entry.or_insert((0..0, Val::Many(Vec::new()))) {
                    old.extend(new);
                }
            }
            Ok(val) => {
                record.values.entry(field.name).or_insert((0..0, val));
            }
            Err(complaint) => {
                broken.push(field.name);
                problems.push(complaint.at(at(row.line, column.number), column.header.clone()));
            }
        }
    }
    for field in PARTY.fields {
        let there = record.values.contains_key(field.name) || broken.contains(&field.name);
        if field.required && field.name != "id" && !there {
            let column = table
                .columns
                .iter()
                .find(|column| column.field == field.name);
            let (number, header) = column.map_or((1, field.name), |column| {
                (column.number, column.header.as_str())
            });
            problems.push(
                Complaint::new(format!("`{}` is empty in this row", field.name))
                    .expected(field.shape.expected())
                    .next("fill the cell, or take the row out")
                    .at(at(row.line, number), header),
            );
        }
    }
    record
}
