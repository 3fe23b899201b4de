//! One tree for both notations, with a byte range on every key and value.
//!
//! Nothing is decided here: what a value means is the reader's. Only what the
//! notation itself forbids becomes a problem.

mod from_json;
mod from_toml;

use std::ops::Range;

use super::Format;
use super::report::Report;

/// Deeper than any deal; what is below is not looked at.
const DEEPEST: usize = 24;

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    /// Bytes of the text.
    pub(super) at: Range<usize>,
    /// What stands there.
    pub(super) value: Value,
}

/// What can stand in a deal file.
#[derive(Debug)]
pub(super) enum Value {
    /// Text.
    Text(String),
    /// A number, as written.
    Number(String),
    /// `true` or `false`.
    Bool(bool),
    /// A date or time of TOML, as written.
    Moment(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Vec<Entry>),
    /// `null` of JSON.
    Null,
    /// Something the notation's parser has already complained about.
    Broken,
}

/// A key with its value.
#[derive(Debug)]
pub(super) struct Entry {
    /// The key.
    pub(super) key: String,
    /// Where the key stands.
    pub(super) at: Range<usize>,
    /// The value.
    pub(super) node: Node,
}

impl Value {
    /// What it is, as words that follow "this is".
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(_) => "a number",
            Self::Bool(_) => "true or false",
            Self::Moment(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Null => "null",
            Self::Broken => "unreadable",
        }
    }
}

/// Reads the notation. `None` where it is so broken that what follows the first
/// error would be complained about wrongly; the report then says why.
pub(super) fn parse(text: &str, format: Format, report: &mut Report<'_>) -> Option<Node> {
    match format {
        Format::Toml => from_toml::parse(text, report),
        Format::Json => from_json::parse(text, report),
    }
}
