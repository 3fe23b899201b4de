//! Columns of a file that nobody reads: new ones, renamed ones, and a second one of a
//! name.
//!
//! A publisher adds a column now and then, and that is no loss. But a column that is
//! not known and holds something, in a file that lacks a known one, may be that one
//! under another name, and then a part of every record is not read. Older editions
//! lack columns too, so absence alone says nothing.

use crate::fault::{At, Effect, Fault};
use crate::rows::{Columns, Row};

/// The columns, in the order of the file.
#[derive(Default)]
pub(crate) struct Strangers {
    columns: Vec<Stranger>,
    /// Whether a known column is not there.
    absent: bool,
}

struct Stranger {
    column: usize,
    name: String,
    at: At,
    /// The column of the same name that is read.
    first: Option<usize>,
    told: bool,
}

impl Strangers {
    /// Finds them in a header. `editions`: the columns of each edition of the layout; a
    /// file that has all of one lacks none.
    pub(crate) fn of(header: &Row, columns: &Columns, editions: &[&[&str]]) -> Self {
        let known: Vec<Option<usize>> = editions
            .iter()
            .flat_map(|edition| edition.iter())
            .map(|name| columns.find(name))
            .collect();
        let whole = |edition: &&[&str]| edition.iter().all(|name| columns.find(name).is_some());
        let strangers = header
            .cells
            .iter()
            .enumerate()
            .map(|(column, name)| Stranger {
                column,
                name: name.clone(),
                at: header.at_cell(column),
                // `find` gives the first of several.
                first: columns.find(name).filter(|first| *first != column),
                told: false,
            });
        Self {
            columns: strangers
                .filter(|stranger| !known.contains(&Some(stranger.column)))
                .collect(),
            absent: !editions.iter().any(whole),
        }
    }

    /// The faults of those that hold something in this row and in none before.
    pub(crate) fn met(&mut self, row: &Row) -> Vec<Fault> {
        let absent = self.absent;
        let mut faults = Vec::new();
        for stranger in &mut self.columns {
            let cell = row.cell(stranger.column);
            // The EU's old file has its id twice.
            let repeats = stranger.first.is_some_and(|first| row.cell(first) == cell);
            if stranger.told || cell.is_empty() || repeats {
                continue;
            }
            stranger.told = true;
            faults.push(if absent {
                stranger.fault(
                    Effect::PartMissing,
                    "a column that is known is not there, so it may be that one under another name",
                )
            } else {
                stranger.fault(Effect::of_field(&stranger.name), "it holds something")
            });
        }
        faults
    }

    /// The faults of those that have held nothing.
    pub(crate) fn rest(self) -> Vec<Fault> {
        let strangers = self.columns.iter();
        strangers
            .filter(|stranger| !stranger.told && !stranger.name.is_empty())
            .map(|stranger| stranger.fault(Effect::Note, "it holds nothing new"))
            .collect()
    }
}

impl Stranger {
    fn fault(&self, effect: Effect, and: &str) -> Fault {
        let name = &self.name;
        let what = if self.first.is_some() {
            format!("a second column \"{name}\" is not read; {and}")
        } else {
            format!("the column \"{name}\" is not known here, and not read; {and}")
        };
        Fault {
            at: self.at,
            record: None,
            field: Some(name.clone()),
            what,
            effect,
            next: "compare the header with the publisher's page; report it, so that the layout is learned"
                .to_owned(),
        }
    }
}
