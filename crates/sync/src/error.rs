//! Why a file was not taken, as data.

use std::fmt;
use std::io;

use scruple_model::{Date, ListId};
use scruple_store::StoreError;

use scruple_lists::{Fault, Refused};

/// Why nothing was taken. What was held before goes on answering.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SyncError {
    /// The file is not one that can be read.
    #[error("{origin}: {why}")]
    Refused {
        /// The file's name.
        origin: String,
        /// Why, and what to do next.
        why: Refusal,
    },
    /// The file cannot be opened or read.
    #[error("{origin}: cannot be read: {source}; next: check the path and its permissions")]
    Unreadable {
        /// The file's path or name.
        origin: String,
        /// The system's own words.
        source: io::Error,
    },
    /// No name for the list can be made.
    #[error(
        "\"{given}\" gives no name for a list; next: name it with --as, in letters a to z, digits and hyphens"
    )]
    Name {
        /// What the name was to be made from.
        given: String,
    },
    /// Two files of one call would be the same list.
    #[error(
        "{origin}: another file given with it is list {list} too; next: name one of them with --as"
    )]
    SameName {
        /// The later file.
        origin: String,
        /// The list.
        list: ListId,
    },
    /// The data directory says no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An index that was just built cannot be opened: our fault, not the file's.
    #[error(
        "the index that was just built cannot be opened: {0}; next: report this with the output of `scruple doctor`"
    )]
    Index(String),
}

impl SyncError {
    /// Whether the fault lies in what was given (exit code 2), not in the machine or in us (1).
    pub fn is_input(&self) -> bool {
        matches!(
            self,
            Self::Refused { .. }
                | Self::Unreadable { .. }
                | Self::Name { .. }
                | Self::SameName { .. }
        )
    }
}

/// Why a file as a whole was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// No record in it.
    Empty,
    /// A directory.
    Directory,
    /// A directory in which no list was found.
    NoListIn,
    /// UTF-16, by its mark or its zero bytes.
    Utf16,
    /// Many lines are not UTF-8.
    NotUtf8 {
        /// The first such line.
        line: u64,
        /// The first such byte in it, from 1.
        column: u64,
        /// What the bytes look like.
        looks_like: Option<&'static str>,
    },
    /// A web page.
    Html,
    /// XML, which the official list formats come in.
    Xml,
    /// One JSON value instead of one per line.
    JsonArray,
    /// A workbook in no layout that is known.
    Workbook,
    /// An archive in which no file is a list.
    NoList {
        /// The first file in it and what that is, where there is one.
        first: Option<String>,
    },
    /// An archive that cannot be opened, or holds what it may not.
    Archive {
        /// What is wrong with it.
        what: String,
    },
    /// An archive within an archive, or a compressed file compressed again.
    PackedTwice,
    /// Not as its official layout has it.
    Layout(Refused),
    /// A file that never says of what day it is, and nobody said it.
    NoDate {
        /// What the layout is called.
        layout: &'static str,
        /// A day that the file's name holds: a hint, no more.
        hint: Option<String>,
        /// The lines to write in `snapshots.toml`.
        lines: String,
    },
    /// Files that may not belong together.
    Ambiguous {
        /// What stands in the way.
        what: String,
        /// The lines to write in `snapshots.toml`.
        lines: String,
    },
    /// Which of a publisher's lists it is does not show.
    WhichList {
        /// The ids it may be.
        may_be: &'static [&'static str],
    },
    /// An official list under a name of the user's.
    Renamed {
        /// The name given.
        given: String,
    },
    /// The day it states has not come.
    Future {
        /// The day.
        published: Date,
        /// Today.
        today: Date,
    },
    /// Much smaller than what it would replace.
    Shrunk {
        /// The list.
        list: ListId,
        /// "parties", or "names" where their parties are still there.
        of: &'static str,
        /// How many in the snapshot before.
        before: u64,
        /// How many in this one.
        now: u64,
    },
    /// Another file of the same call holds the same list in the same layout and of the
    /// same day, with other content.
    Twice {
        /// The list.
        list: ListId,
    },
    /// Its bytes changed while it was read.
    Changed,
    /// A `snapshots.toml` that cannot be used.
    Snapshots {
        /// What is wrong with it, with the line.
        what: String,
    },
    /// PDF.
    Pdf,
    /// The compressed data ends early or is damaged.
    Compression {
        /// The line that was being read.
        line: u64,
        /// The decoder's words.
        what: String,
    },
    /// More bytes than the limit, once unpacked.
    TooBig {
        /// The limit in bytes.
        limit: u64,
    },
    /// Records, and not one of them can be read.
    NothingRead {
        /// How many records.
        records: u64,
        /// The first few, with their positions.
        first: Vec<Fault>,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LINES: &str =
            "give a publisher's own file, or FollowTheMoney JSON lines, one record per line";
        match self {
            Self::Empty => write!(f, "there is no record in it; next: {LINES}"),
            Self::Directory => write!(f, "a directory; next: name the file in it"),
            Self::NoListIn => write!(
                f,
                "a folder without any list in it; next: name the folder that holds the files, or the file"
            ),
            Self::Utf16 => write!(f, "written in UTF-16; next: save it as UTF-8"),
            Self::NotUtf8 {
                line,
                column,
                looks_like,
            } => {
                write!(f, "line {line}, column {column}: the text is not UTF-8")?;
                if let Some(name) = looks_like {
                    write!(f, " (it looks like {name})")?;
                }
                write!(f, "; next: save it as UTF-8")
            }
            Self::Html => write!(
                f,
                "a web page, not a list; next: download the file the page links to (a sign-in or error page looks like this too)"
            ),
            Self::Xml => write!(
                f,
                "XML in no layout that is known here; next: see `scruple explain lists` for those that are, or {LINES}"
            ),
            Self::JsonArray => write!(
                f,
                "one JSON list over the whole file, in no layout that is known here; next: put one record on each line, for example with `jq -c '.[]'`"
            ),
            Self::Workbook => write!(
                f,
                "a workbook in no layout that is known here; next: take the publisher's own file, or {LINES}"
            ),
            Self::NoList { first } => {
                write!(f, "no file in it is a list")?;
                if let Some(first) = first {
                    write!(f, " ({first})")?;
                }
                write!(f, "; next: give the publisher's own files")
            }
            Self::Archive { what } => write!(f, "{what}; next: unpack it and give the files in it"),
            Self::PackedTwice => write!(
                f,
                "packed twice; next: unpack it once and give what is in it"
            ),
            Self::Layout(refused) => write!(f, "{refused}"),
            Self::NoDate {
                layout,
                hint,
                lines,
            } => {
                write!(f, "{layout} does not say of what day it is; next: ")?;
                match hint {
                    Some(day) => write!(
                        f,
                        "compare the day in its name with the publisher and give it with --dated {day}"
                    )?,
                    None => write!(f, "give the publisher's day with --dated YYYY-MM-DD")?,
                }
                write!(f, ", or write in snapshots.toml beside it:\n{lines}")
            }
            Self::Ambiguous { what, lines } => write!(
                f,
                "{what}; next: say which files belong together in snapshots.toml beside them:\n{lines}"
            ),
            Self::WhichList { may_be } => write!(
                f,
                "neither its content nor its name says which list it is; next: say it with --as {}",
                may_be.join(" or --as ")
            ),
            Self::Renamed { given } => write!(
                f,
                "an official list keeps its own id, not \"{given}\"; next: leave --as out"
            ),
            Self::Future { published, today } => write!(
                f,
                "it is said to be of {published}, and today is {today}; next: check the machine's date, where the file is from, and the day given with it"
            ),
            Self::Shrunk {
                list,
                of,
                before,
                now,
            } => write!(
                f,
                "{now} of {before} {of} that the snapshot before has, more than a fifth fewer: it does not replace it; next: look at the publisher's page, and if it is right, give --accept-shrink {list}"
            ),
            Self::Twice { list } => write!(
                f,
                "another file that is given with it holds {list} too, of the same day or of none, and they differ; next: give one of them, or say of what days they are in snapshots.toml beside them"
            ),
            Self::Changed => write!(
                f,
                "it changed while it was read; next: take it again when it is written whole"
            ),
            Self::Snapshots { what } => write!(
                f,
                "{what}; next: mend it: one [[snapshot]] with `dated`, `files` and, where the layout leaves it open, `list` for each"
            ),
            Self::Pdf => write!(f, "a PDF, not a list file; next: {LINES}"),
            Self::Compression { line, what } => write!(
                f,
                "line {line}: the compressed data is damaged or cut off ({what}); next: take the file again"
            ),
            Self::TooBig { limit } => write!(
                f,
                "more than {limit} bytes once unpacked; next: check where the file is from, or split it"
            ),
            Self::NothingRead { records, first } => {
                write!(f, "none of its {records} records can be read")?;
                for unread in first {
                    write!(f, "; {unread}")?;
                }
                write!(f, "; next: {LINES}")
            }
        }
    }
}
