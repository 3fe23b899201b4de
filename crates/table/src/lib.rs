//! Rows of a user's file: CSV, XLSX or JSON lines.
//!
//! People keep their suppliers and customers in spreadsheets, and a spreadsheet
//! changes what it holds: it cuts long numbers, turns names into dates, shows the
//! result of a formula that it never stored, and saves names in an encoding that
//! turns `Шахта` into question marks. A name that is lost on the way in is a
//! party that is never screened. So nothing is repaired by guessing and nothing
//! is skipped: what cannot be read for certain is a [`Problem`] with its line, all
//! of them at once, and the file is not used until they are mended.
//!
//! What is guessed is only what shows at once if it is wrong: the delimiter, the
//! header row, and which column means what ([`guess_columns`]).
//!
//! Rejected: skipping bad rows with a count (nobody reads the count), and
//! guessing an encoding (Windows-1251 read as Windows-1252 is still text).
#![forbid(unsafe_code)]

mod columns;
mod decode;
mod delimited;
mod header;
mod json_lines;
mod parts;
mod report;
mod sheet;
mod synonyms;

use scruple_model::Problem;
use scruple_model::deal::PartyTable;

pub use columns::{Mapped, Mapping, fields, guess_columns};
pub use parts::{Sound, sound};

/// The longest line or record that is read, in bytes.
pub const LONGEST_LINE: usize = 1 << 20;
/// The most columns that are read.
pub const MOST_COLUMNS: usize = 1_000;
/// The most bytes that a spreadsheet may unpack to.
pub const LARGEST_UNPACKED: u64 = 512 << 20;

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text with a delimiter: comma, semicolon, tab or bar.
    Csv,
    /// An Office Open XML workbook.
    Xlsx,
    /// One flat JSON object a line.
    JsonLines,
}

/// A row with data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line it starts on, or the row of the sheet; from 1.
    pub line: usize,
    /// One text for each header, empty where nothing stands.
    pub cells: Vec<String>,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns, in the order of the file; may be empty or repeated.
    pub headers: Vec<String>,
    /// The rows below, in the order of the file; empty ones are left out.
    pub rows: Vec<Row>,
    /// The sheet that was read, of a workbook.
    pub sheet: Option<String>,
    /// What was not read, in words: other sheets, rows above the header.
    pub not_read: Vec<String>,
}

impl Kind {
    /// The kind that a file's name says.
    pub fn of_name(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "txt" => Some(Self::Csv),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// Reads a file.
///
/// # Errors
///
/// Every problem (the first 200, and how many more), in the order of the file.
/// `Problem::at` holds line and column: of a CSV the line and the number of the
/// field, of a sheet row and column, of JSON lines the line and the character.
pub fn read(bytes: &[u8], kind: Kind) -> Result<Table, Vec<Problem>> {
    match kind {
        Kind::Csv => decode::text(bytes).and_then(|text| delimited::read(&text)),
        Kind::JsonLines => decode::text(bytes).and_then(|text| json_lines::read(&text)),
        Kind::Xlsx => sheet::read(bytes),
    }
}

impl Table {
    /// The columns that say something about parties, for
    /// [`scruple_model::Deal::with_parties`].
    pub fn parties(&self, mapping: &Mapping) -> PartyTable {
        columns::parties(self, mapping)
    }
}
