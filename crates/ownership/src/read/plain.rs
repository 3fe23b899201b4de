//! Holdings by ids and parts per million: `owner,owned,lo_ppm,hi_ppm` and, in any order
//! after them, `layer`, `from`, `until`, `tranche`, `nominee_for`, `record`.
//!
//! This is what one program writes for another, and the quick way in for tens of
//! millions of rows. A spreadsheet that a person keeps goes through [`super::sheet`].
//!
//! Reading text and giving every party its number take about as long as each other, so
//! one thread reads ahead, piece by piece, and the other takes in what was read. Rows
//! are taken in the order of the file, whatever the threads do.

use std::io::BufRead;
use std::ops::Range;
use std::sync::mpsc::sync_channel;

use super::chunks::{Chunk, Chunks};
use super::{Intake, LONGEST_LINE, ReadError, Report};
use crate::holding::{Behalf, Holding, Layer, Marks, Record};
use crate::share::Share;
use crate::{Builder, Period, SourceNo};

/// How many rows' parties are looked up together.
const TOGETHER: usize = 32;
/// How many pieces may wait between the two threads.
const AHEAD: usize = 2;

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
    let source = into.source;
    let builder: &mut Builder = into.builder;
    let mut head = Vec::new();
    let mut lines = 0;
    while head.trim_ascii().is_empty() {
        head.clear();
        lines += 1;
        let mut limited = std::io::Read::take(&mut *bytes, LONGEST_LINE as u64);
        if limited.read_until(b'\n', &mut head)? == 0 {
            return Ok(report);
        }
    }
    let head = String::from_utf8_lossy(&head);
    let head = head.trim_start_matches('\u{feff}').trim();
    let columns: Vec<Column> = cells(head).iter().map(|cell| column(cell)).collect();
    let mut chunks = Chunks::new(bytes, lines + 1);
    let first = chunks.next()?;
    if chunks.is_over() {
        // A small file is not worth a thread.
        if let Some(chunk) = first {
            take(&Parsed::of(chunk, &columns), source, builder, &mut report);
        }
        return Ok(report);
    }
    std::thread::scope(|scope| {
        let (give, given) = sync_channel::<Chunk>(AHEAD);
        let (done, parsed) = sync_channel::<Parsed>(AHEAD);
        let columns = &columns;
        scope.spawn(move || {
            for chunk in given {
                if done.send(Parsed::of(chunk, columns)).is_err() {
                    return;
                }
            }
        });
        let mut next = first;
        let mut waiting = 0;
        loop {
            if let Some(chunk) = next.take() {
                // Never more on the way than there is room for: nobody waits for ever.
                if give.send(chunk).is_err() {
                    break;
                }
                waiting += 1;
                next = chunks.next()?;
            }
            if waiting > AHEAD || next.is_none() {
                if waiting == 0 {
                    break;
                }
                let Ok(rows) = parsed.recv() else { break };
                waiting -= 1;
                take(&rows, source, builder, &mut report);
            }
        }
        Ok(report)
    })
}

/// Gives what was read to the builder.
fn take(parsed: &Parsed, source: SourceNo, builder: &mut Builder, report: &mut Report) {
    report.records += parsed.records;
    report.holdings += parsed.rows.len() as u64;
    for (no, row) in parsed.rows.iter().enumerate() {
        if no % TOGETHER == 0 {
            let ahead = parsed.rows[no..].iter().take(TOGETHER);
            let ids = ahead.flat_map(|row| [&row.owner, &row.owned]);
            builder.read_ahead(ids.map(|id| parsed.text(id)));
        }
        let some = |piece: &Piece| (!piece.at.is_empty()).then(|| parsed.text(piece));
        builder.hold(
            source,
            &Holding {
                owner: parsed.text(&row.owner),
                owned: parsed.text(&row.owned),
                share: row.share,
                layer: row.layer,
                indirect: false,
                period: row.period,
                record: Record {
                    number: row.number,
                    id: some(&row.record),
                },
                tranche: some(&row.tranche),
                behalf: some(&row.nominee).map_or(Behalf::Own, Behalf::Of),
                marks: row.marks,
            },
        );
    }
    for fault in &parsed.faults {
        if fault.is_unread {
            report.unread(fault.line, fault.field, &*fault.what, fault.next);
        } else {
            report.note(fault.line, fault.field, &*fault.what, fault.next);
        }
    }
}

/// Rows of a piece, by places in its text.
struct Parsed {
    text: Vec<u8>,
    /// Cells that stood in quotes, without them.
    unquoted: String,
    records: u64,
    rows: Vec<Row>,
    faults: Vec<LineFault>,
}

/// A part of the text, or of what stood in quotes.
#[derive(Clone, Default)]
struct Piece {
    at: Range<u32>,
    is_unquoted: bool,
}

struct Row {
    owner: Piece,
    owned: Piece,
    tranche: Piece,
    nominee: Piece,
    record: Piece,
    share: Share,
    layer: Layer,
    period: Period,
    marks: Marks,
    number: u32,
}

struct LineFault {
    line: u64,
    field: &'static str,
    what: String,
    next: &'static str,
    is_unread: bool,
}

impl Parsed {
    fn of(chunk: Chunk, columns: &[Column]) -> Self {
        let mut parsed = Self {
            text: Vec::new(),
            unquoted: String::new(),
            records: 0,
            rows: Vec::with_capacity(chunk.text.len() / 48),
            faults: Vec::new(),
        };
        let mut start = 0;
        let ends = memchr::memchr_iter(b'\n', &chunk.text).chain([chunk.text.len()]);
        for (line, end) in (chunk.first..).zip(ends) {
            parsed.line(&chunk.text[start..end], start, line, columns);
            start = end + 1;
        }
        parsed.text = chunk.text;
        parsed
    }

    fn line(&mut self, bytes: &[u8], start: usize, line: u64, columns: &[Column]) {
        let bare = bytes.trim_ascii();
        if bare.is_empty() {
            return;
        }
        self.records += 1;
        let unread = |field, what: String, next| LineFault {
            line,
            field,
            what,
            next,
            is_unread: true,
        };
        if bytes.len() > LONGEST_LINE {
            let what = format!("the line is longer than {LONGEST_LINE} bytes");
            let next = "split the record, or take it out of the file";
            self.faults.push(unread("", what, next));
            return;
        }
        let Ok(text) = std::str::from_utf8(bare) else {
            let what = "the line is not UTF-8".to_owned();
            self.faults.push(unread("", what, "save the file as UTF-8"));
            return;
        };
        let quoted = memchr::memchr(b'"', bare).map(|_| cells(text));
        let found = match &quoted {
            Some(cells) => fields(cells.iter().map(String::as_str), line, columns),
            None => fields(text.split(','), line, columns),
        };
        let holding = match found {
            Ok(holding) => holding,
            Err((field, what, next)) => {
                self.faults.push(unread(field, what, next));
                return;
            }
        };
        if holding.marks.has(Marks::BAD_INTERVAL) {
            self.faults.push(LineFault {
                line,
                field: "lo",
                what: "the share is none: below 0, above 1000000, or the wrong way round"
                    .to_owned(),
                next: "it is kept as unknown; correct the line",
                is_unread: false,
            });
        }
        let unquoted = &mut self.unquoted;
        let mut piece = |part: &str| {
            let (from, is_unquoted) = if quoted.is_some() {
                unquoted.push_str(part);
                (unquoted.len() - part.len(), true)
            } else {
                // Where it lies in the piece: it is a part of the line.
                let within = part.as_ptr() as usize - bytes.as_ptr() as usize;
                (start + within, false)
            };
            Piece {
                at: from as u32..(from + part.len()) as u32,
                is_unquoted,
            }
        };
        let row = Row {
            owner: piece(holding.owner),
            owned: piece(holding.owned),
            tranche: holding.tranche.map(&mut piece).unwrap_or_default(),
            nominee: match holding.behalf {
                Behalf::Of(principal) => piece(principal),
                Behalf::Own | Behalf::Unknown => Piece::default(),
            },
            record: holding.record.id.map(&mut piece).unwrap_or_default(),
            share: holding.share,
            layer: holding.layer,
            period: holding.period,
            marks: holding.marks,
            number: holding.record.number,
        };
        self.rows.push(row);
    }

    fn text(&self, piece: &Piece) -> &str {
        let at = piece.at.start as usize..piece.at.end as usize;
        if piece.is_unquoted {
            return self.unquoted.get(at).unwrap_or("");
        }
        // Each was a string before its place was noted.
        let bytes = self.text.get(at).unwrap_or(&[]);
        std::str::from_utf8(bytes).unwrap_or("")
    }
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

fn fields<'a>(
    cells: impl Iterator<Item = &'a str>,
    number: u64,
    columns: &[Column],
) -> Result<Holding<'a>, Fault> {
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
    Ok(holding)
}
