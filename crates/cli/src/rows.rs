//! Rows of a user's spreadsheet: which file it is, what its columns mean, and its
//! problems in words.

use std::fmt::Write as _;
use std::path::Path;

use scruple_model::{Problem, Unchecked};
use scruple_table::{Kind, Mapping, Sound, Table, guess_columns};

use crate::failure::{BadInput, bad_input};
use crate::files::shown;

/// A file read, with the meaning of its columns.
pub(crate) struct Rows {
    /// What it holds.
    pub(crate) table: Table,
    /// What its columns mean.
    pub(crate) mapping: Mapping,
}

/// Reads a file. `map` says which column holds a field where the header does not.
pub(crate) fn read(path: &Path, bytes: &[u8], map: &[(String, String)]) -> anyhow::Result<Rows> {
    let table = table(path, bytes)?;
    let mapping = guess_columns(&table.headers, map).map_err(|wrong| problems(path, &wrong))?;
    Ok(Rows { table, mapping })
}

/// Looks a large file through; its rows are read when they are asked for.
pub(crate) fn sound<'a>(
    path: &Path,
    bytes: &'a [u8],
    map: &[(String, String)],
) -> anyhow::Result<(Rows, Sound<'a>)> {
    let kind = kind(path, bytes)?;
    let sound = scruple_table::sound(bytes, kind).map_err(|wrong| problems(path, &wrong))?;
    let table = sound.table.clone();
    let mapping = guess_columns(&table.headers, map).map_err(|wrong| problems(path, &wrong))?;
    Ok((Rows { table, mapping }, sound))
}

/// Reads a file without asking what its columns mean.
pub(crate) fn table(path: &Path, bytes: &[u8]) -> anyhow::Result<Table> {
    let kind = kind(path, bytes)?;
    scruple_table::read(bytes, kind).map_err(|wrong| problems(path, &wrong))
}

impl Rows {
    /// What of the file was not looked at: other sheets, lines above the header,
    /// columns that mean nothing to a screening.
    pub(crate) fn not_read(&self, path: &Path) -> Vec<Unchecked> {
        let of = |what: &str, why: &str| Unchecked {
            what: format!("{}: {what}", shown(path)),
            why: why.to_owned(),
        };
        let mut all: Vec<Unchecked> = self
            .table
            .not_read
            .iter()
            .map(|what| of(what, "not read"))
            .collect();
        let unused: Vec<&str> = self
            .mapping
            .unused
            .iter()
            .map(String::as_str)
            .filter(|h| !h.is_empty())
            .collect();
        if !unused.is_empty() {
            let what = format!("columns {}", unused.join(", "));
            all.push(of(&what, "carried through, and not compared with anything"));
        }
        all
    }
}

/// The kind its name says; without a name, what the first bytes say.
fn kind(path: &Path, bytes: &[u8]) -> anyhow::Result<Kind> {
    if let Some(kind) = Kind::of_name(&path.to_string_lossy()) {
        return Ok(kind);
    }
    if path.as_os_str() != "-" && path.extension().is_some() {
        return Err(bad_input(
            format!("{} is of a kind that is not read", shown(path)),
            "save it as .csv (UTF-8), .xlsx or .jsonl",
        ));
    }
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    Ok(match first {
        _ if bytes.starts_with(b"PK") => Kind::Xlsx,
        Some(b'{') => Kind::JsonLines,
        _ => Kind::Csv,
    })
}

/// Every problem of a spreadsheet, in words.
pub(crate) fn problems(path: &Path, problems: &[Problem]) -> anyhow::Error {
    let mut text = String::new();
    for problem in problems {
        // Writing to a String cannot fail.
        let _ = write!(text, "error: {}", shown(path));
        if problem.at.line > 0 {
            let _ = write!(
                text,
                " line {}, column {}",
                problem.at.line, problem.at.column
            );
        }
        if !problem.field.is_empty() {
            let _ = write!(text, ", `{}`", problem.field);
        }
        let _ = writeln!(text, ": {}", problem.what);
        for (label, note) in [
            ("expected", problem.expected.as_ref()),
            ("nearest", problem.nearest.as_ref()),
            ("next", Some(&problem.next)),
        ] {
            if let Some(note) = note {
                let _ = writeln!(text, "  {label:<9} {note}");
            }
        }
    }
    let _ = write!(
        text,
        "{} in {}; nothing was checked",
        scruple_brief::words::count(problems.len(), "problem"),
        shown(path)
    );
    BadInput(text).into()
}
