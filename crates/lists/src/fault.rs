//! What could not be read, as data.

use std::fmt;

use serde::Serialize;

/// A position in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct At {
    /// Line of a text, row of a sheet; from 1.
    pub line: u64,
    /// Byte column of a text, column of a sheet; from 1.
    pub column: u64,
}

/// What a fault does to the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The record is not screened against: it counts as unread.
    RecordUnread,
    /// The record answers, one value of it takes no part in comparing.
    FieldUnread,
    /// The record answers without one of its names: a search for that name does not
    /// find it.
    NameUnread,
    /// A part of the publisher's file or set is not here: what it holds is not
    /// screened against, and how much that is cannot be told.
    PartMissing,
    /// Nothing is lost; somebody may want to know.
    Note,
}

impl Effect {
    /// In words.
    pub fn says(self) -> &'static str {
        match self {
            Self::RecordUnread => "the record is not screened against",
            Self::FieldUnread => "the record answers without it",
            Self::NameUnread => "the record answers without one of its names",
            Self::PartMissing => "what it holds is not screened against",
            Self::Note => "the records answer",
        }
    }

    /// The name in files: `record-unread`, `field-unread`, `name-unread`,
    /// `part-missing`, `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RecordUnread => "record-unread",
            Self::FieldUnread => "field-unread",
            Self::NameUnread => "name-unread",
            Self::PartMissing => "part-missing",
            Self::Note => "note",
        }
    }
}

/// Something in a file that could not be read, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where.
    #[serde(flatten)]
    pub at: At,
    /// The publisher's id of the record, where it is known.
    pub record: Option<String>,
    /// The field as the file calls it: `dateOfBirth`, `DOB`.
    pub field: Option<String>,
    /// What is wrong, without a full stop.
    pub what: String,
    /// What that does to the answers.
    pub effect: Effect,
    /// What to do next, without a full stop.
    pub next: String,
}

/// Characters of a file's own text that a fault repeats.
const SHOWN: usize = 300;

impl Fault {
    /// With the file's own text cut where it is longer than anybody reads.
    pub(crate) fn shortened(mut self) -> Self {
        let texts = [
            Some(&mut self.what),
            self.record.as_mut(),
            self.field.as_mut(),
        ];
        for text in texts.into_iter().flatten() {
            if let Some((at, _)) = text.char_indices().nth(SHOWN) {
                text.truncate(at);
                text.push('…');
            }
        }
        self
    }
}

impl Effect {
    /// What follows where the value of a field is lost.
    pub(crate) fn of_field(field: &str) -> Self {
        let lower = field.to_ascii_lowercase();
        let names = [
            "name",
            "alias",
            "naal",
            "alt_",
            "aka",
            "remarks",
            "other information",
        ];
        if names.iter().any(|word| lower.contains(word)) {
            Self::NameUnread
        } else {
            Self::FieldUnread
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.at.line > 0 {
            write!(f, "line {}, column {}: ", self.at.line, self.at.column)?;
        }
        if let Some(record) = &self.record {
            write!(f, "record {record}: ")?;
        }
        if let Some(field) = &self.field {
            write!(f, "{field}: ")?;
        }
        write!(
            f,
            "{}; {}; next: {}",
            self.what,
            self.effect.says(),
            self.next
        )
    }
}

/// Why a file as a whole is not read. What was held before goes on answering.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The file ends before what it began is closed.
    #[error(
        "line {}: the file is cut off ({what}); next: take it again from the publisher", at.line
    )]
    CutOff {
        /// Where it ends.
        at: At,
        /// What is missing.
        what: String,
    },
    /// Not well formed, or not in the layout it looks like.
    #[error("line {}, column {}: {what}; next: {next}", at.line, at.column)]
    Malformed {
        /// Where.
        at: At,
        /// What is wrong.
        what: String,
        /// What to do next.
        next: &'static str,
    },
    /// The file states how many records it has, and they are not all there.
    #[error(
        "the file says that it holds {stated} records and holds {found}; next: take it again from the publisher"
    )]
    Count {
        /// As the file states.
        stated: u64,
        /// As counted.
        found: u64,
    },
    /// Larger than any list is.
    #[error("line {}: {what}; next: check where the file is from", at.line)]
    TooBig {
        /// Where the limit was met.
        at: At,
        /// Which limit.
        what: String,
    },
    /// A part of a set is missing or stands twice.
    #[error("{what}; next: {next}")]
    Set {
        /// Which.
        what: String,
        /// What to do next.
        next: String,
    },
    /// No record in it.
    #[error("there is no record in it; next: check that it is the right file")]
    Empty,
    /// The bytes cannot be had: damaged compression, a failing disk.
    #[error("line {}: cannot be read on: {what}; next: take the file again", at.line)]
    Unreadable {
        /// Where.
        at: At,
        /// The system's or the decoder's words.
        what: String,
    },
}

impl Refused {
    /// A refusal for what does not fit the layout.
    pub(crate) fn malformed(at: At, what: impl Into<String>) -> Self {
        Self::Malformed {
            at,
            what: what.into(),
            next: "take the file again from the publisher; if it stays, the layout has changed: report it",
        }
    }
}
