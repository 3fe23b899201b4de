//! Text with a delimiter.
//!
//! The delimiter is the one of comma, semicolon, tab and bar that cuts the most
//! of the first records into equally many fields. Where none does there is one
//! column, and a comma in `Acme, Inc.` is part of the name.

use scruple_model::Problem;

use crate::report::{Report, problem};
use crate::{LONGEST_LINE, MOST_COLUMNS, Row, Table, header};

/// Looked at to guess the delimiter.
const SAMPLE: usize = 50;
/// Stands for "no delimiter": a control character that no table holds.
const NONE: u8 = 0x1f;

pub(crate) fn read(text: &str) -> Result<Table, Vec<Problem>> {
    let mut rows = Vec::new();
    let table = walk(text, &mut |row| rows.push(row))?;
    Ok(Table { rows, ..table })
}

/// Reads the text and hands over each row; the table that is given back has none.
/// Rows that came before a problem were handed over.
pub(crate) fn walk(text: &str, take: &mut dyn FnMut(Row)) -> Result<Table, Vec<Problem>> {
    let text = text.strip_suffix('\u{1a}').unwrap_or(text);
    let (declared, text, skipped) = declared(text);
    check_lengths(text, skipped)?;
    let delimiter = declared.unwrap_or_else(|| guess(text));
    let mut report = Report::default();
    check_quotes(text, delimiter, skipped, &mut report);
    if !report.is_empty() {
        return Err(report.finish());
    }

    let header_row = header::find(
        reader(text, delimiter)
            .records()
            .flatten()
            .map(|record| record.iter().filter(|cell| !cell.trim().is_empty()).count())
            .filter(|filled| *filled > 0),
    );
    let mut records = reader(text, delimiter);
    let mut record = csv::StringRecord::new();
    let mut table = Table::default();
    let mut header_line = 0;
    let mut above = 0;
    let mut lines = Lines {
        text: text.as_bytes(),
        at: 0,
        line: 1 + skipped,
    };
    loop {
        match records.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let byte = error.position().map_or(0, |at| at.byte() as usize);
                let next = "compare the line with those beside it";
                report.add(problem((lines.of(byte), 1), "", error.to_string(), next));
                break;
            }
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = lines.of(record.position().map_or(0, |at| at.byte() as usize));
        if above < header_row {
            above += 1;
            let filled = record.iter().map(str::trim).filter(|cell| !cell.is_empty());
            let text = filled.collect::<Vec<_>>().join(", ");
            table.not_read.push(header::above("line", line, &text));
            continue;
        }
        if header_line == 0 {
            header_line = line;
            table.headers = record.iter().map(|cell| cell.trim().to_owned()).collect();
            while table.headers.last().is_some_and(String::is_empty) {
                table.headers.pop();
            }
            if table.headers.len() > MOST_COLUMNS {
                let what = format!("{} columns, {MOST_COLUMNS} are read", table.headers.len());
                let next = "take out the columns that say nothing of parties";
                report.add(problem((line, 1), "", what, next));
                break;
            }
            continue;
        }
        match row(&record, line, table.headers.len()) {
            Some(row) => take(row),
            None => {
                let wide = table.headers.len();
                let mut found = problem(
                    (line, record.len().min(wide + 1)),
                    "",
                    format!(
                        "this row has {}, the header on line {header_line} has {wide}",
                        fields(record.len())
                    ),
                    "put a field that holds the delimiter in quotation marks, or fill the row up",
                );
                let by = name(delimiter);
                found.expected = Some(format!("{} separated by {by}", fields(wide)));
                report.add(found);
            }
        }
    }
    if header_line == 0 && report.is_empty() {
        let next = "name the columns in the first row";
        report.add(problem((1, 1), "", "the file holds no row", next));
    }
    if report.is_empty() {
        Ok(table)
    } else {
        Err(report.finish())
    }
}

/// A record as a row, if it is as wide as the header; empty fields at its end do
/// not count, spreadsheet programs write them.
fn row(record: &csv::StringRecord, line: usize, wide: usize) -> Option<Row> {
    let extra = record.iter().skip(wide).any(|cell| !cell.trim().is_empty());
    (!extra && record.len() >= wide).then(|| Row {
        line,
        cells: record
            .iter()
            .take(wide)
            .map(|cell| cell.trim().to_owned())
            .collect(),
    })
}

/// Counts lines while records go by. The CSV reader's own count is one short
/// after `\r\n`, and does not know which empty lines it went over.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line on which a record starts, given where its reading started.
    fn of(&mut self, byte: usize) -> usize {
        let breaks = |b: &&u8| matches!(b, b'\r' | b'\n');
        let from = byte.clamp(self.at, self.text.len());
        let start = from + self.text[from..].iter().take_while(breaks).count();
        let passed = &self.text[self.at..start];
        self.line += passed.iter().filter(|b| **b == b'\n').count();
        self.at = start;
        self.line
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

fn fields(number: usize) -> String {
    match number {
        1 => "1 field".into(),
        _ => format!("{number} fields"),
    }
}

fn name(delimiter: u8) -> &'static str {
    match delimiter {
        b',' => "commas",
        b';' => "semicolons",
        b'\t' => "tabs",
        b'|' => "bars",
        _ => "the delimiter the file declares",
    }
}

/// `sep=;` in the first line, as spreadsheet programs write it: the delimiter,
/// the rest of the text, and how many lines were taken off.
fn declared(text: &str) -> (Option<u8>, &str, usize) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_end_matches('\r');
    match first.strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) if matches!(delimiter, b',' | b';' | b'\t' | b'|') => {
            (Some(*delimiter), rest, 1)
        }
        _ => (None, text, 0),
    }
}

fn guess(text: &str) -> u8 {
    let mut best = (NONE, (0, 1));
    for delimiter in [b',', b';', b'\t', b'|'] {
        let sample = reader(text, delimiter);
        let wide: Vec<usize> = sample
            .into_records()
            .take(SAMPLE)
            .flatten()
            .map(|record| record.len())
            .collect();
        let agree = |width: usize| wide.iter().filter(|other| **other == width).count();
        let several = wide.iter().copied().filter(|width| *width > 1);
        let Some((agree, width)) = several.map(|width| (agree(width), width)).max() else {
            continue;
        };
        // A comma also stands in names: it counts only where the first record has one.
        let first = wide.first().is_some_and(|width| *width > 1);
        let most = delimiter != b',' && agree > 1 && agree * 2 > wide.len();
        if (first || most) && (best.0 == NONE || (agree, width) > best.1) {
            best = (delimiter, (agree, width));
        }
    }
    best.0
}

fn check_lengths(text: &str, skipped: usize) -> Result<(), Vec<Problem>> {
    let mut report = Report::default();
    for (line, number) in text.split('\n').zip(1 + skipped..) {
        if line.len() > LONGEST_LINE {
            let what = format!("the line has {} bytes, {LONGEST_LINE} are read", line.len());
            report.add(problem(
                (number, 1),
                "",
                what,
                "look whether line breaks are missing",
            ));
        }
    }
    if report.is_empty() {
        Ok(())
    } else {
        Err(report.finish())
    }
}

/// A quotation mark that opens a field and is never closed swallows every row
/// after it. The reader of the CSV would not say so.
fn check_quotes(text: &str, delimiter: u8, skipped: usize, report: &mut Report) {
    #[derive(PartialEq)]
    enum In {
        Start,
        Plain,
        Quoted,
        Closing,
    }
    let mut state = In::Start;
    let (mut line, mut opened, mut opened_at) = (1 + skipped, 0, 0);
    for (at, byte) in text.bytes().enumerate() {
        state = match (state, byte) {
            (In::Start, b'"') => {
                (opened, opened_at) = (line, at);
                In::Quoted
            }
            (In::Quoted, b'"') => In::Closing,
            (In::Quoted, _) => In::Quoted,
            (In::Closing, b'"') => In::Quoted,
            (_, byte) if byte == delimiter || byte == b'\n' || byte == b'\r' => In::Start,
            _ => In::Plain,
        };
        if state == In::Quoted && at - opened_at > LONGEST_LINE {
            break;
        }
        line += usize::from(byte == b'\n');
    }
    if state == In::Quoted {
        let what = "a quotation mark opens here and is not closed";
        let next = "close it, or double it where it is part of a name: \"\"";
        report.add(problem((opened, 1), "", what, next));
    }
}
