//! The first sheet of a workbook that holds data.
//!
//! Cells are taken as a stream: a sheet with two cells in opposite corners is
//! two cells, not seventeen thousand million. Before that the whole packed file
//! is unpacked once into nothing, with a bound, since a few kilobytes can unpack
//! to more than any memory.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{DataRef, Dimensions, Reader as _, SheetType, SheetVisible, Xlsx};
use scruple_model::Problem;

use crate::report::{Report, problem};
use crate::{LARGEST_UNPACKED, LONGEST_LINE, MOST_COLUMNS, Row, Table, header};

pub(crate) const SAVE_XLSX: &str =
    "save it again as an Excel workbook (.xlsx) without a password, or as \"CSV UTF-8\"";

/// Row to column to text.
type Cells = BTreeMap<u32, BTreeMap<u32, String>>;

pub(crate) fn read(bytes: &[u8]) -> Result<Table, Vec<Problem>> {
    let refuse = |what: String, next: &str| Err(vec![problem((1, 1), "", what, next)]);
    match bytes {
        [b'P', b'K', ..] => {}
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            return refuse(
                "this is an old spreadsheet (.xls), or one with a password".into(),
                SAVE_XLSX,
            );
        }
        _ => {
            return refuse(
                "this is no .xlsx workbook".into(),
                "if it is text, give it a name that ends in .csv",
            );
        }
    }
    if let Err((what, next)) = check_size(bytes) {
        return refuse(what, next);
    }
    let fault = |error: calamine::XlsxError| {
        let what = format!("the workbook cannot be read: {error}");
        vec![problem((1, 1), "", what, SAVE_XLSX)]
    };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let hidden = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible != SheetVisible::Visible)
        .map(|sheet| format!("sheet \"{}\": hidden", sheet.name));
    let mut not_read: Vec<String> = hidden.collect();
    let mut table = None;
    for name in names {
        if table.is_some() {
            not_read.push(format!(
                "sheet \"{name}\": only the first sheet with data is read"
            ));
            continue;
        }
        let mut report = Report::default();
        let cells = cells(&mut book, &name, &mut report).map_err(fault)?;
        if cells.is_empty() && report.is_empty() {
            continue;
        }
        let merged = book.merge_cells_by_sheet_name(&name).map_err(fault)?;
        let read = shape(cells, &merged, &mut report);
        if !report.is_empty() {
            return Err(report.finish());
        }
        table = Some(Table {
            sheet: Some(name),
            ..read
        });
    }
    match table {
        Some(mut table) => {
            table.not_read.extend(not_read);
            Ok(table)
        }
        None => refuse(
            "no sheet holds data".into(),
            "name the columns in the first row of the first sheet",
        ),
    }
}

/// Unpacks everything into nothing.
fn check_size(bytes: &[u8]) -> Result<(), (String, &'static str)> {
    let broken = |error: &dyn std::fmt::Display| {
        let what = format!("the workbook is broken: {error}");
        (what, "get the whole file again from whoever sent it")
    };
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = LARGEST_UNPACKED;
    for number in 0..packed.len() {
        let file = packed.by_index(number).map_err(|error| broken(&error))?;
        let size = std::io::copy(&mut file.take(left + 1), &mut std::io::sink())
            .map_err(|error| broken(&error))?;
        left = left.checked_sub(size).ok_or_else(|| {
            (
                format!(
                    "the workbook unpacks to more than {} MB",
                    LARGEST_UNPACKED >> 20
                ),
                "take out the sheets and pictures that say nothing of parties",
            )
        })?;
    }
    Ok(())
}

fn cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    report: &mut Report,
) -> Result<Cells, calamine::XlsxError> {
    let mut cells = Cells::new();
    let mut reader = match book.worksheet_cells_reader(sheet) {
        // A sheet of another kind that says it is one: a chart, a dialogue.
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(cells),
        reader => reader?,
    };
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        let (row, column) = cell.pos;
        let at = (row as usize + 1, column as usize + 1);
        let mut complain = |what: String, next: &str| {
            report.add(problem(at, reference(row, column), what, next));
        };
        let text = match &cell.value {
            DataRef::Empty if cell.formula.is_some() => {
                complain(
                    "the formula in this cell has no stored result".into(),
                    "open the file in a spreadsheet program, let it calculate, and save it; or put the value there",
                );
                continue;
            }
            DataRef::Error(error) => {
                complain(
                    format!("this cell shows the error {error}"),
                    "mend the formula, or put the value there",
                );
                continue;
            }
            value => match written(value) {
                Ok(text) => text,
                Err(what) => {
                    complain(what, "format the column as text and type the value again");
                    continue;
                }
            },
        };
        if text.len() > LONGEST_LINE {
            complain(format!("the cell has {} bytes", text.len()), "shorten it");
        } else if !text.is_empty() {
            cells.entry(row).or_default().insert(column, text);
        }
    }
    Ok(cells)
}

/// A value as a person would write it.
fn written(value: &DataRef<'_>) -> Result<String, String> {
    Ok(match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.trim().to_owned()
        }
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.abs() >= 1e15 => {
            return Err(format!(
                "{number} has more than 15 digits: a spreadsheet changes the last ones of such a number"
            ));
        }
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::DateTime(duration) => duration.as_f64().to_string(),
    })
}

/// Finds the header, and lays the cells out under it.
fn shape(cells: Cells, merged: &[Dimensions], report: &mut Report) -> Table {
    let mut table = Table::default();
    let number = header::find(cells.values().map(BTreeMap::len));
    let header_row = cells.keys().nth(number).copied().unwrap_or(0);
    let Some(names) = cells.get(&header_row) else {
        return table;
    };
    // Not empty: a row without cells is not kept.
    let (left, right) = match (names.keys().next(), names.keys().next_back()) {
        (Some(left), Some(right)) => (*left, *right),
        _ => return table,
    };
    if (right - left) as usize >= MOST_COLUMNS {
        let what = format!(
            "the header spans {} columns, {MOST_COLUMNS} are read",
            right - left + 1
        );
        let next = "take out the columns that say nothing of parties";
        report.add(problem(
            (header_row as usize + 1, 1),
            reference(header_row, right),
            what,
            next,
        ));
        return table;
    }
    for range in merged {
        let (from, to) = (range.start, range.end);
        if to.0 >= header_row && to.1 >= left && from.1 <= right {
            let name = format!("{}:{}", reference(from.0, from.1), reference(to.0, to.1));
            let what = format!("the cells {name} are merged: their value stands in the first only");
            let next = "undo the merge and fill each cell";
            report.add(problem(
                (from.0 as usize + 1, from.1 as usize + 1),
                name,
                what,
                next,
            ));
        }
    }
    table.headers = (left..=right)
        .map(|column| names.get(&column).cloned().unwrap_or_default())
        .collect();
    for (row, mut found) in cells {
        let line = row as usize + 1;
        if row < header_row {
            let text = found
                .values()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(", ");
            table.not_read.push(header::above("row", line, &text));
            continue;
        }
        if row == header_row {
            continue;
        }
        let cells = (left..=right)
            .map(|column| found.remove(&column).unwrap_or_default())
            .collect();
        for (column, text) in found {
            let what = format!(
                "\"{}\" stands in a column that the header in row {} does not name",
                text.chars().take(40).collect::<String>(),
                header_row + 1
            );
            let next = "name the column, or take the cell out";
            report.add(problem(
                (line, column as usize + 1),
                reference(row, column),
                what,
                next,
            ));
        }
        table.rows.push(Row { line, cells });
    }
    table
}

/// `B3`.
fn reference(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        // Below 26, so a letter.
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_are_named_as_a_spreadsheet_names_them() {
        assert_eq!(super::reference(0, 0), "A1");
        assert_eq!(super::reference(9, 25), "Z10");
        assert_eq!(super::reference(0, 26), "AA1");
        assert_eq!(super::reference(1_048_575, 16_383), "XFD1048576");
    }
}
