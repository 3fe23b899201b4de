//! The table of `MANIFEST.md`: which files are official layouts, of what day, and
//! how many records each holds.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

/// A file of the table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its path below the folder of lists.
    pub(super) file: String,
    pub(super) what: String,
    /// Whether it is in a publisher's own layout.
    pub(super) official: bool,
    /// A day: where the table has a month or a year only, its first.
    pub(super) day: Option<String>,
    /// Whether the table has the whole day.
    pub(super) whole_day: bool,
    pub(super) records: Option<u64>,
}

/// A file that is a list, or the files of a set.
#[derive(Clone, Debug)]
pub(super) struct Set {
    /// What to call it: the file, or the folder of the set.
    pub(super) name: String,
    pub(super) files: Vec<PathBuf>,
    pub(super) day: Option<String>,
    pub(super) whole_day: bool,
    /// Of the file with the parties themselves.
    pub(super) records: Option<u64>,
    /// Where the count comes from, if not from the file's own row.
    pub(super) counted_by: Option<String>,
    /// A cut-down file that shows a layout.
    pub(super) sample: bool,
}

/// Reads the table.
pub(super) fn rows(folder: &Path) -> Result<Vec<Row>> {
    let text = std::fs::read_to_string(folder.join("MANIFEST.md"))
        .context("the manifest of the lists cannot be read")?;
    let mut lines = text.lines().filter(|line| line.starts_with('|'));
    let head = cells(lines.next().context("the manifest holds no table")?);
    let column = |name: &str| {
        head.iter()
            .position(|cell| cell == name)
            .with_context(|| format!("the manifest has no column {name}"))
    };
    let (file, what) = (column("file")?, column("what")?);
    let (day, records) = (column("content date")?, column("records")?);
    let mut rows: Vec<Row> = Vec::new();
    for line in lines.skip(1) {
        let cells = cells(line);
        ensure!(cells.len() == head.len(), "another number of cells: {line}");
        // "same set: aliases" continues the row before it.
        let before = rows.last().is_some_and(|row| row.official);
        let (date, whole_day) = date(&cells[day]);
        rows.push(Row {
            file: cells[file].clone(),
            official: official(&cells[what], before),
            what: cells[what].clone(),
            day: date,
            whole_day,
            records: cells[records].replace(',', "").parse().ok(),
        });
    }
    ensure!(rows.len() > 10, "the manifest has {} rows", rows.len());
    Ok(rows)
}

/// What can be taken in: files that are lists, and the sets. Rows that are a part of a
/// set without its parties are given apart.
pub(super) fn sets(folder: &Path, rows: &[Row]) -> (Vec<Set>, Vec<Row>) {
    let mut sets: Vec<Set> = Vec::new();
    let mut parts = Vec::new();
    for row in rows.iter().filter(|row| row.official) {
        let path = folder.join(&row.file);
        let inside = row.file.split_once('/').map(|(inside, _)| inside);
        let set = inside.filter(|inside| *inside != "layout_samples");
        if let Some(name) = set {
            if let Some(set) = sets.iter_mut().find(|set| set.name == name) {
                set.files.push(path);
                continue;
            }
        } else if row.what.ends_with("(aliases)") || row.what.ends_with("(addresses)") {
            parts.push(row.clone());
            continue;
        }
        let twin = stem(&row.file);
        let counted = rows
            .iter()
            .filter(|_| row.records.is_none())
            .find(|other| stem(&other.file) == twin && other.records.is_some());
        sets.push(Set {
            name: set.map_or_else(|| row.file.clone(), str::to_owned),
            files: vec![path],
            day: row.day.clone(),
            whole_day: row.whole_day,
            records: row.records.or_else(|| counted?.records),
            counted_by: counted.map(|other| other.file.clone()),
            sample: inside == Some("layout_samples") || row.what.contains("sample"),
        });
    }
    (sets, parts)
}

fn cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_start_matches('|').trim_end_matches('|');
    line.split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn official(what: &str, before: bool) -> bool {
    let low = what.to_lowercase();
    if low.starts_with("same") {
        return before;
    }
    let otherwise = ["not the ", "reshaped", "re-encoding", "metadata", "parsed"];
    (low.contains("official ") || low.contains("official,"))
        && !otherwise.iter().any(|word| low.contains(word))
}

/// The first day that a cell tells, and whether it tells a whole one.
fn date(cell: &str) -> (Option<String>, bool) {
    let word = cell.split_whitespace().next().unwrap_or_default();
    let numbers: Vec<&str> = word.split('-').collect();
    let digits = numbers
        .iter()
        .all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    match numbers.len() {
        3 if digits => (Some(word.to_owned()), true),
        2 if digits => (Some(format!("{word}-01")), false),
        _ => (None, false),
    }
}

fn stem(file: &str) -> &str {
    file.split('.').next().unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_tells_what_is_official() {
        assert!(official("UN list, official XML, later snapshot", false));
        assert!(official("same set: aliases", true));
        assert!(!official("same: all names", false));
        assert!(!official("parsed from the official XML", true));
        assert!(!official("XSD of the UN list", true));
    }

    #[test]
    fn days_are_whole_or_the_first() {
        assert_eq!(date("2024-05-03"), (Some("2024-05-03".to_owned()), true));
        assert_eq!(
            date("2025-05 or before"),
            (Some("2025-05-01".to_owned()), false)
        );
        assert_eq!(date("-"), (None, false));
        assert_eq!(date("FY2024 list"), (None, false));
    }
}
