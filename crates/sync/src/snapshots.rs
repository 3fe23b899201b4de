//! `snapshots.toml`: which files beside it belong together, and of what day they are.
//!
//! Some publishers print no date in a file, and one of them spreads a list over
//! four files. Two files of different days joined make a list that never existed:
//! aliases of parties that are not there yet. So whoever keeps such files writes
//! down what belongs to what.

use std::collections::BTreeSet;

use scruple_model::{Date, ListId};
use serde::Deserialize;

/// Its name, beside the files.
pub(crate) const NAME: &str = "snapshots.toml";

/// What it says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Snapshots {
    #[serde(default)]
    pub(crate) snapshot: Vec<Snapshot>,
}

/// One list of one day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Snapshot {
    /// Which list, where the layout leaves it open.
    pub(crate) list: Option<ListId>,
    /// The publisher's day.
    #[serde(deserialize_with = "day")]
    pub(crate) dated: Date,
    /// Names of files in the same folder.
    pub(crate) files: Vec<String>,
}

/// Reads it; the error says where.
pub(crate) fn parse(text: &str) -> Result<Snapshots, String> {
    let read: Snapshots = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| {
            text[..span.start.min(text.len())].matches('\n').count() + 1
        });
        format!("line {line}: {}", error.message())
    })?;
    let mut seen = BTreeSet::new();
    for name in read.snapshot.iter().flat_map(|one| &one.files) {
        if name.contains(['/', '\\']) {
            return Err(format!(
                "\"{name}\" is not the name of a file in the same folder"
            ));
        }
        if !seen.insert(name) {
            return Err(format!("\"{name}\" stands in it twice"));
        }
    }
    if read.snapshot.iter().any(|one| one.files.is_empty()) {
        return Err("a [[snapshot]] without files".to_owned());
    }
    Ok(read)
}

/// The lines to write for some files.
pub(crate) fn lines(list: Option<&ListId>, dated: Option<&str>, files: &[&str]) -> String {
    let files: Vec<String> = files.iter().map(|name| format!("{name:?}")).collect();
    let list = list.map_or_else(String::new, |list| format!("    list = \"{list}\"\n"));
    format!(
        "    [[snapshot]]\n{list}    dated = {}\n    files = [{}]",
        dated.unwrap_or("YYYY-MM-DD"),
        files.join(", ")
    )
}

/// A day as a TOML date or as text.
fn day<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Toml(toml::value::Datetime),
        Text(String),
    }
    let text = match Either::deserialize(from)? {
        Either::Toml(day) => day.to_string(),
        Either::Text(text) => text,
    };
    text.parse()
        .map_err(|_| serde::de::Error::custom(format!("\"{text}\" is not a day: write YYYY-MM-DD")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_belongs_together() {
        let read = parse(
            "[[snapshot]]\nlist = \"us-ofac-sdn\"\ndated = 2021-07-15\nfiles = [\"sdn.csv\", \"alt.csv\"]\n[[snapshot]]\ndated = \"2024-05-03\"\nfiles = [\"x.xml\"]\n",
        )
        .unwrap();
        assert_eq!(read.snapshot.len(), 2);
        assert_eq!(read.snapshot[0].dated.to_string(), "2021-07-15");
        assert_eq!(read.snapshot[1].dated.to_string(), "2024-05-03");
    }

    #[test]
    fn what_it_may_not_say_is_named_with_its_line() {
        for (text, says) in [
            ("[[snapshot]]\ndated = 2021\nfiles = []", "line 2"),
            ("[[snapshot]]\ndated = \"soon\"\nfiles = [\"a\"]", "soon"),
            (
                "[[snapshot]]\ndated = 2021-07-15\nfiles = [\"../a\"]",
                "../a",
            ),
            (
                "[[snapshot]]\ndated = 2021-07-15\nfiles = [\"a\", \"a\"]",
                "twice",
            ),
            (
                "[[snapshot]]\ndated = 2021-07-15\nfiles = []",
                "without files",
            ),
            ("[[snapshots]]\n", "unknown field"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn the_lines_to_write_can_be_read() {
        let list = ListId::from("us-ofac-sdn");
        let text = lines(Some(&list), Some("2024-05-03"), &["ofac \"x\".csv"]);
        let read = parse(&text).unwrap();
        assert_eq!(read.snapshot[0].files, ["ofac \"x\".csv"]);
        assert_eq!(read.snapshot[0].list, Some(list));
    }
}
