//! A large file without all of its rows in memory at once.
//!
//! All problems of a file are told before any row of it is used, so a CSV is read twice:
//! once to find it sound, keeping nothing, and once to hand its rows over, some at a
//! time. A million rows are some hundred megabytes as cells and forty as text.
//!
//! Workbooks and JSON lines are read whole: a workbook is unpacked anyway, and is held
//! to a million rows by its format.

use std::borrow::Cow;

use scruple_model::Problem;

use crate::{Kind, Row, Table, decode, delimited, read};

/// A file in which no problem was found.
pub struct Sound<'a> {
    /// What it holds, without the rows.
    pub table: Table,
    /// How many rows it holds.
    pub count: usize,
    rows: Rows<'a>,
}

enum Rows<'a> {
    Text(Cow<'a, str>),
    Read(Vec<Row>),
}

/// Looks a file through.
///
/// # Errors
/// As [`read`].
pub fn sound(bytes: &[u8], kind: Kind) -> Result<Sound<'_>, Vec<Problem>> {
    if kind != Kind::Csv {
        let mut table = read(bytes, kind)?;
        let rows = std::mem::take(&mut table.rows);
        return Ok(Sound {
            table,
            count: rows.len(),
            rows: Rows::Read(rows),
        });
    }
    let text = decode::text(bytes)?;
    let mut count = 0;
    let table = delimited::walk(&text, &mut |_| count += 1)?;
    Ok(Sound {
        table,
        count,
        rows: Rows::Text(text),
    })
}

impl Sound<'_> {
    /// Hands all rows over, in the order of the file, at most `most` at a time.
    pub fn each(&self, most: usize, mut take: impl FnMut(&[Row])) {
        let text = match &self.rows {
            Rows::Read(rows) => return rows.chunks(most.max(1)).for_each(take),
            Rows::Text(text) => text,
        };
        let mut part: Vec<Row> = Vec::new();
        let again = delimited::walk(text, &mut |row| {
            part.push(row);
            if part.len() >= most {
                take(&part);
                part.clear();
            }
        });
        debug_assert!(again.is_ok(), "the same text was found sound before");
        if !part.is_empty() {
            take(&part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_put_together_are_the_whole() {
        let csv = "List of 2026\nname,country\nA,de\n\n\"B\nb\",fr\nC,it\nD,\nE,es\n";
        let lines = "{\"name\":\"A\"}\n{\"name\":\"B\"}\n{\"name\":\"C\"}\n";
        for (text, kind) in [(csv, Kind::Csv), (lines, Kind::JsonLines)] {
            let whole = read(text.as_bytes(), kind).unwrap();
            for most in [0, 1, 2, 3, 100] {
                let sound = sound(text.as_bytes(), kind).unwrap();
                let mut rows = Vec::new();
                sound.each(most, |part| {
                    assert!(part.len() <= most.max(1) && !part.is_empty());
                    rows.extend_from_slice(part);
                });
                assert_eq!(sound.count, rows.len());
                assert_eq!(
                    Table {
                        rows,
                        ..sound.table
                    },
                    whole
                );
            }
        }
    }

    #[test]
    fn a_problem_in_the_last_row_comes_before_the_first_row() {
        let csv = "name,country\nA,de\nB,fr\nC,it,too,many\n";
        assert!(sound(csv.as_bytes(), Kind::Csv).is_err());
    }
}
