//! Which column means what.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use scruple_model::Problem;
use scruple_model::deal::{PartyColumn, PartyRow, PartyTable, nearest, party_columns, refused};
use unicode_normalization::UnicodeNormalization;

use crate::report::problem;
use crate::synonyms::SYNONYMS;
use crate::{Row, Table};

/// A column whose meaning is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// One of [`fields`].
    pub field: &'static str,
    /// Its place in the header, from 0.
    pub index: usize,
    /// What the file calls it.
    pub header: String,
}

/// What the columns of a file mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Columns with a meaning, in the order of the file.
    pub columns: Vec<Mapped>,
    /// Headers of columns without one: carried through, and not looked at.
    pub unused: Vec<String>,
}

/// Every field that a column may stand for.
pub fn fields() -> impl Iterator<Item = &'static str> {
    SYNONYMS.iter().map(|(field, _)| *field)
}

/// Guesses what each column means by its header. `explicit` holds pairs of field
/// and header (or the column's number from 1), and goes before any guess; the
/// same field may be given to several columns.
///
/// Of two columns that seem to mean the same, the first is taken; but each
/// further name is another name.
///
/// # Errors
///
/// A header about what a person is ([`scruple_model::deal::refused`]); a field or
/// a header in `explicit` that does not exist. `Problem::at` holds the column;
/// the line is 1 for a header and 0 for what came from outside the file.
pub fn guess_columns(
    headers: &[String],
    explicit: &[(String, String)],
) -> Result<Mapping, Vec<Problem>> {
    let mut problems = Vec::new();
    for (header, number) in headers.iter().zip(1..) {
        if let Some(refusal) = refused::check(header) {
            problems.push(problem((1, number), header, refusal.why(), refusal.next()));
        }
    }
    let mut taken: Vec<Option<&'static str>> = vec![None; headers.len()];
    for (field, header) in explicit {
        match (known_field(field), find_header(headers, header)) {
            (Ok(field), Ok(index)) => taken[index] = Some(field),
            (field, header) => {
                let wrong = field.err().into_iter().chain(header.err());
                problems.extend(wrong.map(|problem| *problem));
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    for (index, header) in headers.iter().enumerate() {
        if taken[index].is_some() {
            continue;
        }
        let Some(field) = guess(header) else { continue };
        let given = explicit.iter().any(|(name, _)| name == field);
        taken[index] = match field {
            // A second name is another name.
            "name" if given || taken.contains(&Some("name")) => Some("names"),
            "names" => Some(field),
            _ if given || taken.contains(&Some(field)) => None,
            _ => Some(field),
        };
    }
    let mut mapping = Mapping::default();
    for (index, (header, field)) in headers.iter().zip(taken).enumerate() {
        match field {
            Some(field) => mapping.columns.push(Mapped {
                field,
                index,
                header: header.clone(),
            }),
            None => mapping.unused.push(header.clone()),
        }
    }
    Ok(mapping)
}

impl Mapping {
    /// The first text of a field in a row, if it is there and not empty.
    pub fn get<'a>(&self, row: &'a Row, field: &str) -> Option<&'a str> {
        self.all(row, field).next()
    }

    /// Every text of a field in a row that is not empty.
    pub fn all<'a>(&self, row: &'a Row, field: &str) -> impl Iterator<Item = &'a str> {
        self.columns
            .iter()
            .filter(move |column| column.field == field)
            .filter_map(|column| row.cells.get(column.index))
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
    }

    /// The name in a row: its `name`, else given and family name together.
    pub fn name(&self, row: &Row) -> Option<String> {
        if let Some(name) = self.get(row, "name") {
            return Some(name.to_owned());
        }
        let parts: Vec<&str> = ["given_name", "family_name"]
            .iter()
            .filter_map(|field| self.get(row, field))
            .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    /// Whether any column gives names.
    pub fn has_names(&self) -> bool {
        let gives = |column: &Mapped| matches!(column.field, "name" | "given_name" | "family_name");
        self.columns.iter().any(gives)
    }
}

pub(crate) fn parties(table: &Table, mapping: &Mapping) -> PartyTable {
    let known: Vec<&Mapped> = mapping
        .columns
        .iter()
        .filter(|column| column.field != "name" && party_columns().any(|f| f == column.field))
        .collect();
    let named = mapping
        .columns
        .iter()
        .find(|column| matches!(column.field, "name"))
        .or_else(|| {
            mapping
                .columns
                .iter()
                .find(|column| column.field == "given_name")
        })
        .or_else(|| {
            mapping
                .columns
                .iter()
                .find(|column| column.field == "family_name")
        });
    let column = |field: &str, from: &Mapped| PartyColumn {
        field: field.to_owned(),
        header: from.header.clone(),
        number: from.index + 1,
    };
    PartyTable {
        columns: named
            .map(|from| column("name", from))
            .into_iter()
            .chain(known.iter().map(|from| column(from.field, from)))
            .collect(),
        rows: table
            .rows
            .iter()
            .map(|row| PartyRow {
                line: row.line,
                cells: named
                    .map(|_| mapping.name(row).unwrap_or_default())
                    .into_iter()
                    .chain(
                        known
                            .iter()
                            .map(|column| row.cells.get(column.index).cloned().unwrap_or_default()),
                    )
                    .collect(),
            })
            .collect(),
    }
}

fn known_field(name: &str) -> Result<&'static str, Box<Problem>> {
    fields().find(|field| *field == name).ok_or_else(|| {
        let mut found = problem(
            (0, 0),
            name,
            format!("there is no field `{name}` that a column could stand for"),
            "write FIELD=HEADER with one of these fields",
        );
        found.expected = Some(format!(
            "one of {}",
            fields().collect::<Vec<_>>().join(", ")
        ));
        found.nearest = nearest::of(name, fields()).map(str::to_owned);
        Box::new(found)
    })
}

fn find_header(headers: &[String], wanted: &str) -> Result<usize, Box<Problem>> {
    let wanted = wanted.trim();
    if let Some(index) = headers.iter().position(|header| header == wanted) {
        return Ok(index);
    }
    let same = |header: &String| !header.is_empty() && plain(header) == plain(wanted);
    if let Some(index) = headers.iter().position(same) {
        return Ok(index);
    }
    if let Ok(number) = wanted.parse::<usize>()
        && (1..=headers.len()).contains(&number)
    {
        return Ok(number - 1);
    }
    let mut found = problem(
        (0, 0),
        wanted,
        format!("the file has no column `{wanted}`"),
        "write the header as it stands in the file, or the column's number",
    );
    found.expected = Some(format!("one of {}", headers.join(", ")));
    found.nearest = nearest::of(wanted, headers.iter().map(String::as_str)).map(str::to_owned);
    Err(Box::new(found))
}

fn guess(header: &str) -> Option<&'static str> {
    let plain = plain(header);
    // `Alias 2`, `Address line 1`.
    let bare = plain
        .trim_end_matches(|c: char| c.is_numeric() || c == ' ')
        .trim_end_matches(" line");
    let known = headers();
    // `Name 1` is a part of a name on some lists and another name on others.
    let numbered = || known.get(bare).filter(|field| **field != "name");
    known.get(&plain).or_else(numbered).copied()
}

/// Header, as it is compared, to field. A field's own name is one of its headers.
fn headers() -> &'static BTreeMap<String, &'static str> {
    static HEADERS: OnceLock<BTreeMap<String, &'static str>> = OnceLock::new();
    HEADERS.get_or_init(|| {
        SYNONYMS
            .iter()
            .flat_map(|(field, words)| {
                let own = std::iter::once(*field);
                own.chain(words.iter().copied())
                    .map(|word| (plain(word), *field))
            })
            .collect()
    })
}

/// Lower case, without accents, words separated by one space.
fn plain(header: &str) -> String {
    let mut plain = String::with_capacity(header.len());
    let mut small = false;
    for c in header
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
    {
        if !c.is_alphanumeric() {
            plain.push(' ');
            small = false;
            continue;
        }
        if c.is_uppercase() && small {
            plain.push(' ');
        }
        small = c.is_lowercase();
        plain.extend(c.to_lowercase().map(|c| match c {
            'أ' | 'إ' | 'آ' => 'ا',
            'ё' => 'е',
            other => other,
        }));
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_means_one_field_and_every_party_column_can_be_given() {
        let mut seen = BTreeMap::new();
        for (field, words) in SYNONYMS {
            for word in *words {
                if let Some(other) = seen.insert(plain(word), *field) {
                    panic!("{word} stands for {field} and {other}");
                }
                assert_eq!(refused::check(word), None, "{word}");
            }
        }
        for field in party_columns() {
            assert!(fields().any(|known| known == field), "{field}");
        }
    }
}
