//! Readers, one file a format. Each takes bytes as they come and gives holdings to a
//! [`Builder`].
//!
//! A source is hostile until shown otherwise: lines have a longest length, numbers
//! are checked, and what cannot be read is counted and reported with its place while
//! the rest goes on. Names, birth dates and whatever else says what a person is are
//! never taken.

mod bods;
mod chunks;
mod ftm;
mod gleif;
mod gleif_csv;
mod gleif_xml;
pub mod ids;
mod lines;
mod plain;
mod psc;
mod sheet;
mod source;
mod text;

use std::collections::BTreeMap;
use std::io::BufRead;

use scruple_model::{Problem, Span};

use crate::build::{Builder, SourceNo};
use crate::person::PersonKey;

pub use sheet::sheet;
pub use source::{slug, source_of};
pub use text::{Parsed, share_of_text};

/// The longest line or record that is read, in bytes.
pub const LONGEST_LINE: usize = 1 << 22;
/// How many problems of one file are described; the rest are counted.
pub const MOST_PROBLEMS: usize = 200;

/// A layout that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Beneficial Ownership Data Standard 0.2, 0.3 or 0.4: a JSON array or JSON lines.
    Bods,
    /// GLEIF golden copy or delta in XML: LEI-CDF 3.1, RR-CDF 2.1 or Reporting
    /// Exceptions 2.1, by what stands in it.
    GleifXml,
    /// The same in CSV.
    GleifCsv,
    /// FollowTheMoney lines.
    FollowTheMoney,
    /// Snapshot of people with significant control, of the United Kingdom's Companies
    /// House: JSON lines.
    Psc,
    /// `owner,owned,lo_ppm,hi_ppm` and more, in ids and parts per million.
    Plain,
}

impl Format {
    /// The layout that the first bytes of a file show.
    pub fn recognise(head: &[u8]) -> Option<Self> {
        let head = String::from_utf8_lossy(&head[..head.len().min(1 << 16)]);
        let text = head.trim_start_matches('\u{feff}').trim_start();
        let has = |word: &str| text.contains(word);
        if text.starts_with('<') {
            return has("gleif.org/data/schema").then_some(Self::GleifXml);
        }
        if text.starts_with('[') || text.starts_with('{') {
            if has("\"recordDetails\"") || has("\"statementType\"") || has("\"bodsVersion\"") {
                return Some(Self::Bods);
            }
            if has("\"company_number\"") && has("\"data\"") {
                return Some(Self::Psc);
            }
            return (has("\"schema\"") && has("\"properties\"")).then_some(Self::FollowTheMoney);
        }
        let first = text.lines().next().unwrap_or("").replace('"', "");
        if first.starts_with("owner,owned,lo_ppm,hi_ppm") {
            return Some(Self::Plain);
        }
        let gleif = ["Relationship.StartNode", "LEI,"];
        gleif
            .iter()
            .any(|word| first.starts_with(word))
            .then_some(Self::GleifCsv)
    }
}

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Records seen.
    pub records: u64,
    /// Holdings taken.
    pub holdings: u64,
    /// Records that hold nothing to take, by why.
    pub left_out: BTreeMap<String, u64>,
    /// Records that could not be read.
    pub unread: u64,
    /// What was wrong, in the order of the file; the first [`MOST_PROBLEMS`].
    pub problems: Vec<Problem>,
    /// The day the file gives for itself.
    pub date: Option<String>,
}

impl Report {
    pub(crate) fn leave_out(&mut self, why: &str) {
        match self.left_out.get_mut(why) {
            Some(count) => *count += 1,
            None => {
                self.left_out.insert(why.to_owned(), 1);
            }
        }
    }

    pub(crate) fn unread(&mut self, line: u64, field: &str, what: impl Into<String>, next: &str) {
        self.unread += 1;
        self.note(line, field, what, next);
    }

    pub(crate) fn note(&mut self, line: u64, field: &str, what: impl Into<String>, next: &str) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem {
                at: Span {
                    line: usize::try_from(line).unwrap_or(usize::MAX),
                    ..Span::default()
                },
                field: field.to_owned(),
                what: what.into(),
                expected: None,
                nearest: None,
                next: next.to_owned(),
            });
        }
    }
}

/// Why a file is not read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It could not be read to its end.
    #[error("the file could not be read: {0}")]
    Io(#[from] std::io::Error),
    /// It is of a version that is not read.
    #[error(
        "the file is of {standard} version {found}; {known} are read: convert it, or get the other edition"
    )]
    Version {
        /// Which standard.
        standard: &'static str,
        /// What the file says.
        found: String,
        /// What is read.
        known: &'static str,
    },
    /// Its frame is broken, so that records cannot be told apart any more.
    #[error("line {line}: {what}; get the file again")]
    Broken {
        /// Where.
        line: u64,
        /// What.
        what: String,
    },
    /// It says of itself that it holds only what changed.
    #[error("the file holds only what changed ({0}): get the full edition")]
    Changes(String),
    /// A column that is needed is not there.
    #[error("the file has no column {0}: get the full edition")]
    NoColumn(String),
}

/// What readers are given beside the bytes.
pub struct Intake<'a> {
    /// Where holdings go.
    pub builder: &'a mut Builder,
    /// As which source.
    pub source: SourceNo,
    /// The id of that source: part of the ids of its parties.
    pub id: &'a str,
    /// For people whose source gives no id; without it they are taken as unnamed.
    pub people: Option<&'a PersonKey>,
}

/// Reads a file of a known layout.
///
/// # Errors
///
/// Only what makes the file as a whole unreadable. What is wrong with single records
/// stands in the report, and the others are read.
pub fn read(
    format: Format,
    bytes: &mut dyn BufRead,
    into: &mut Intake<'_>,
) -> Result<Report, ReadError> {
    match format {
        Format::Bods => bods::read(bytes, into),
        Format::GleifXml => gleif_xml::read(bytes, into),
        Format::GleifCsv => gleif_csv::read(bytes, into),
        Format::FollowTheMoney => ftm::read(bytes, into),
        Format::Psc => psc::read(bytes, into),
        Format::Plain => plain::read(bytes, into),
    }
}
