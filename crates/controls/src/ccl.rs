//! Reads the JSON layout in which control lists are handed about: the Commerce
//! Control List, the Country Chart and the country groups.
//!
//! Answers do not rest on these files. They rest on packs that a person can read;
//! the files are what the packs are compared with. So this reader is for tests and
//! chores, and holds what the layout gets wrong:
//! - `topLevelParagraphs` mixes exclusions among paragraphs, and is not read at all;
//! - of paragraphs that stand twice the first is the control, later ones belong to a
//!   note ([`Eccn::paragraph`]), with exceptions that only a person can tell;
//! - an entry without licence rows is said to have *none shown*, never none.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The file of the Commerce Control List.
#[derive(Debug, Deserialize)]
pub struct Ccl {
    /// The day of the text.
    #[serde(rename = "ecfrIssueDate", default)]
    pub as_of: String,
    /// The entries, whatever the file calls them.
    #[serde(alias = "eccns")]
    pub entries: Vec<Eccn>,
}

/// One entry.
#[derive(Debug, Deserialize)]
pub struct Eccn {
    /// `5A001`.
    pub eccn: String,
    /// Its heading.
    #[serde(default)]
    pub heading: String,
    /// Reasons for control, as written.
    #[serde(rename = "reasonForControl", default)]
    pub reason: Option<String>,
    /// Licence rows.
    #[serde(rename = "countryChart", default)]
    pub rows: Vec<Row>,
    /// Paragraphs and lines of notes, mixed.
    #[serde(default)]
    pub items: Vec<Line>,
}

/// A licence row.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// What it applies to.
    pub control: String,
    /// The column, or a sentence in its place.
    #[serde(rename = "countryChart")]
    pub column: String,
}

/// A line of an entry.
#[derive(Debug, Deserialize)]
pub struct Line {
    /// `f.1`; none for running text.
    #[serde(default)]
    pub paragraph: Option<String>,
    /// The text.
    pub text: String,
}

/// What an entry's licence rows say.
#[derive(Debug, PartialEq, Eq)]
pub enum Rows {
    /// The file shows none: says nothing of whether a licence is needed.
    NoneShown,
    /// The columns named, as `CC1`, and whether any row speaks in a sentence.
    Shown {
        /// Columns.
        columns: Vec<String>,
        /// A row such as "A license is required for ALL destinations".
        in_words: bool,
    },
}

impl Ccl {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// The first thing that is not as the layout has it, with its line.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// An entry.
    pub fn get(&self, eccn: &str) -> Option<&Eccn> {
        self.entries.iter().find(|entry| entry.eccn == eccn)
    }
}

impl Eccn {
    /// The text of a paragraph: of several, the first.
    pub fn paragraph(&self, letter: &str) -> Option<&str> {
        self.items
            .iter()
            .find(|line| line.paragraph.as_deref() == Some(letter))
            .map(|line| line.text.as_str())
    }

    /// Whether the file has any paragraph of the entry: for many it has the heading only.
    pub fn has_paragraphs(&self) -> bool {
        self.items.iter().any(|line| line.paragraph.is_some())
    }

    /// What the licence rows say.
    pub fn licence_rows(&self) -> Rows {
        if self.rows.is_empty() {
            return Rows::NoneShown;
        }
        let mut columns: Vec<String> = Vec::new();
        let mut in_words = false;
        for row in &self.rows {
            match column(&row.column, &row.control) {
                Some(column) if columns.contains(&column) => {}
                Some(column) => columns.push(column),
                None => in_words = true,
            }
        }
        Rows::Shown { columns, in_words }
    }
}

/// `CC Column 1.`, `Column 1.`, `CC1` to `CC1`; none for a sentence or `N/A.`.
fn column(written: &str, control: &str) -> Option<String> {
    let text = written.trim().trim_end_matches('.');
    let number = text
        .rsplit_once("Column ")
        .and_then(|(_, rest)| rest.split([',', ' ']).next())
        .filter(|number| matches!(*number, "1" | "2" | "3"))?;
    let reason = text
        .split(' ')
        .next()
        .filter(|word| word.len() == 2 && word.chars().all(|c| c.is_ascii_uppercase()))
        .or_else(|| control.split(' ').next())?;
    Some(format!("{reason}{number}"))
}

/// The file of the Country Chart.
#[derive(Debug, Deserialize)]
pub struct ChartFile {
    /// Country to marks.
    pub countries: BTreeMap<String, ChartRow>,
    /// Countries whose row points elsewhere.
    pub embargoed: BTreeMap<String, serde_json::Value>,
}

/// A row of the chart.
#[derive(Debug, Deserialize)]
pub struct ChartRow {
    /// `NS 1`.
    pub marks: Vec<String>,
}

/// The file of the country groups.
#[derive(Debug, Deserialize)]
pub struct GroupsFile {
    /// Group to names of countries.
    pub groups: BTreeMap<String, Vec<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_read_however_it_is_written() {
        let cases = [
            ("CC Column 1", "CC applies to entire entry", Some("CC1")),
            ("CC Column 1.", "CC applies", Some("CC1")),
            ("Column 1.", "AT applies to entire entry", Some("AT1")),
            ("RS Column 1, See § 742.6(a)(3)", "RS applies", Some("RS1")),
            ("N/A.", "AT applies", None),
            (
                "A license is required for ALL destinations",
                "CC applies",
                None,
            ),
        ];
        for (written, control, expected) in cases {
            assert_eq!(column(written, control).as_deref(), expected, "{written}");
        }
    }
}
