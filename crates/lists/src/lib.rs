//! One parser for each official list layout: bytes in, entities out.
//!
//! A publisher's file is the law's own text, and nobody may read it a little
//! wrong. So a parser here knows one layout and nothing else; it reads record by
//! record, holds one record's source text at a time, and never guesses: a value
//! it does not understand is kept as it stands and reported as a [`Fault`] with
//! line, field, effect and next step; a record it cannot read at all is counted
//! as unread and named, because it still names somebody; a file that stops short
//! is refused whole, because what is missing is not known.
//!
//! What all parsers share lives beside them: `xml` cuts a file into record
//! trees, `party` builds an entity and drops what a person is, `gather` counts.
//! Records count as the publisher counts them (rows of the UK's spreadsheet, not
//! its parties), so that a count can be compared with the publisher's own page.
//!
//! Rejected: deriving a parser from each schema (the schemas and the files
//! disagree, and the derived error names a type instead of a line); reading whole
//! documents into a tree (the advanced files are over 100 MB); and one common
//! table of column names (two publishers mean different things by one word).
#![forbid(unsafe_code)]

mod australia;
mod birth;
mod bis_dpl;
mod budget;
mod canada;
mod countries;
mod csl;
mod date;
mod delimited;
mod eu;
mod fault;
mod gather;
mod layout;
mod name_id;
mod ofac;
mod party;
mod prose;
mod read;
mod recognise;
mod rows;
mod seco;
mod sheet;
mod split;
mod strangers;
mod transcribed;
mod uflpa;
mod uk;
mod un;
mod whole;
mod xml;

pub use fault::{At, Effect, Fault, Refused};
pub use gather::{Limits, Reading};
pub use layout::Layout;
pub use read::{Input, read};
pub use recognise::{LOOK, Part, recognise, recognise_workbook};
pub use transcribed::TRANSCRIBED;
