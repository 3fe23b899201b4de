//! Holdings by ids and parts per million: `owner,owned,lo_ppm,hi_ppm` and, in any order
//! after them, `layer`, `from`, `until`, `tranche`, `nominee_for`, `record`.
//!
//! This is what one program writes for another, and the quick way in for tens of
//! millions of rows. A spreadsheet that a person keeps goes through [`super::sheet`].

use std::io::BufRead;

use super::{Intake, ReadError, Report, lines};
use crate::holding::{Behalf, Holding, Layer, Marks, Record};
use crate::share::Share;
use crate::{Builder, Period};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Owner,
    Owned,
    Lo,
    Hi,
    Layer,
    From,
    Until,
    Tranche,
    Nominee,
    Record,
    Other,
}

pub(super) fn read(bytes: &mut dyn BufRead, into: &mut Intake<'_>) -> Result<Report, ReadError> {
    let mut report = Report::default();
    let mut columns: Vec<Column> = Vec::new();
    let source = into.source;
    let builder: &mut Builder = into.builder;
    lines::each(bytes, &mut report, |line, number, report| {
        let Ok(line) = std::str::from_utf8(line) else {
            report.records += 1;
            report.unread(
                number,
                "",
                "the line is not UTF-8",
                "save the file as UTF-8",
            );
            return Ok(());
        };
        if columns.is_empty() {
            columns = cells(line).iter().map(|cell| column(cell)).collect();
            return Ok(());
        }
        report.records += 1;
        let mut bad = false;
        let taken = take(line, number, &columns, |holding| {
            bad = holding.marks.has(Marks::BAD_INTERVAL);
            builder.hold(source, holding);
        });
        match taken {
            Ok(()) => {
                report.holdings += 1;
                if bad {
                    report.note(
                        number,
                        "lo",
                        "the share is none: below 0, above 1000000, or the wrong way round",
                        "it is kept as unknown; correct the line",
                    );
                }
            }
            Err((field, what, next)) => report.unread(number, field, what, next),
        }
        Ok(())
    })?;
    Ok(report)
}

fn column(name: &str) -> Column {
    match name.trim() {
        "owner" => Column::Owner,
        "owned" => Column::Owned,
        // Never plain `lo` and `hi`: in a table that a person keeps these are percent.
        "lo_ppm" => Column::Lo,
        "hi_ppm" => Column::Hi,
        "layer" => Column::Layer,
        "from" => Column::From,
        "until" => Column::Until,
        "tranche" => Column::Tranche,
        "nominee_for" => Column::Nominee,
        "record" => Column::Record,
        _ => Column::Other,
    }
}

/// Cells of a line; quotes only where there are any.
fn cells(line: &str) -> Vec<String> {
    if !line.contains('"') {
        return line.split(',').map(str::to_owned).collect();
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => record.iter().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

type Fault = (&'static str, String, &'static str);

fn take(
    line: &str,
    number: u64,
    columns: &[Column],
    hold: impl FnOnce(&Holding<'_>),
) -> Result<(), Fault> {
    if line.contains('"') {
        let cells = cells(line);
        return fields(cells.iter().map(String::as_str), number, columns, hold);
    }
    fields(line.split(','), number, columns, hold)
}

fn fields<'a>(
    cells: impl Iterator<Item = &'a str>,
    number: u64,
    columns: &[Column],
    hold: impl FnOnce(&Holding<'_>),
) -> Result<(), Fault> {
    let mut holding = Holding::new("", "", Share::UNKNOWN);
    let (mut lo, mut hi) = (None, None);
    let (mut from, mut until) = (None, None);
    let mut count = 0;
    for (cell, column) in cells.zip(columns) {
        count += 1;
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        let ppm = |name: &'static str| {
            cell.parse::<i64>().map_err(|_| {
                (
                    name,
                    format!("\"{cell}\" is no number of parts per million"),
                    "write a whole number, 500000 for 50%",
                )
            })
        };
        let day = |name: &'static str| {
            cell.parse()
                .map_err(|error: scruple_model::date::NotADate| {
                    (name, error.to_string(), "correct the date")
                })
        };
        match column {
            Column::Owner => holding.owner = cell,
            Column::Owned => holding.owned = cell,
            Column::Lo => lo = Some(ppm("lo")?),
            Column::Hi => hi = Some(ppm("hi")?),
            Column::Layer => {
                holding.layer = Layer::parse(cell).ok_or_else(|| {
                    (
                        "layer",
                        format!("\"{cell}\" is no layer"),
                        "write shares, votes, appointment, consolidation or influence",
                    )
                })?;
            }
            Column::From => from = Some(day("from")?),
            Column::Until => until = Some(day("until")?),
            Column::Tranche => holding.tranche = Some(cell),
            Column::Nominee => holding.behalf = Behalf::Of(cell),
            Column::Record => holding.record.id = Some(cell),
            Column::Other => {}
        }
    }
    if holding.owner.is_empty() || holding.owned.is_empty() {
        let field = if holding.owner.is_empty() {
            "owner"
        } else {
            "owned"
        };
        let what = if count < 2 {
            "the line has no such cell"
        } else {
            "the cell is empty"
        };
        return Err((field, what.to_owned(), "give the id of both parties"));
    }
    holding.share = match (lo, hi) {
        (None, None) => Share::UNKNOWN,
        (lo, hi) => {
            Share::between(lo.or(hi).unwrap_or(0), hi.or(lo).unwrap_or(0)).unwrap_or_else(|| {
                holding.marks = holding.marks.with(Marks::BAD_INTERVAL);
                Share::UNKNOWN
            })
        }
    };
    if from.is_some() || until.is_some() {
        holding.period = Period::new(from, until);
    }
    holding.record = Record {
        number: u32::try_from(number).unwrap_or(u32::MAX),
        id: holding.record.id,
    };
    hold(&holding);
    Ok(())
}
