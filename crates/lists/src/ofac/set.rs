//! The CSV set: `sdn.csv`, `alt.csv`, `add.csv`, `sdn_comments.csv`, and the same
//! four as `cons_prim.csv` and so on.
//!
//! No file has a header; the shape of the rows says which one it is. `-0-` is an
//! empty cell, several programmes stand as `SDGT] [NS-PLC`, remarks longer than a
//! cell go on in the comments file, in the middle of a word, and the byte 0x1A ends
//! a file. The files of one set are of one day: rows that point at no record of the
//! primary file say that they are not, and then the set is refused, because it would
//! give parties the names of others or none.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use scruple_model::{ListId, NameKind};

use super::entry::{Address, Entry};
use super::sides::{self, Sides, by_name};
use super::xml::alias_kind;
use crate::fault::{At, Effect, Fault, Refused};
use crate::gather::{Gather, Limits};
use crate::rows::{Row, Shape, rows};
use crate::whole::{Seen, Watched};
use crate::{Input, Layout, Part};

const SHAPE: Shape = Shape {
    delimiter: b',',
    quoted: true,
    windows_1252: false,
};

/// A cell of the primary file ends after this many characters, and goes on in the comments.
const CELL: usize = 1_000;

/// Of a hundred rows, how many may point at no record before the set is refused.
const ASTRAY: usize = 1;

const ROLES: [(&str, usize); 4] = [("sdn", 12), ("alt", 5), ("add", 6), ("comments", 2)];

pub(crate) fn recognise(text: &str, name: &str) -> Option<Part> {
    // The last line may be cut, and a quoted cell may hold a line end.
    let whole = text.rfind('\n').map_or(text, |end| &text[..end]);
    let mut lines = Vec::new();
    let limits = Limits {
        record: 1 << 16,
        ..Limits::default()
    };
    rows(whole.as_bytes(), SHAPE, limits, |row| {
        lines.push(row);
        Ok(())
    })
    .ok()?;
    lines.retain(|row| !is_end(row));
    let first = lines.first()?;
    let number = |row: &Row, at| {
        let cell = row.cell(at);
        !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit())
    };
    let (role, wide) = *ROLES.iter().find(|(_, wide)| *wide == first.cells.len())?;
    let fits = |row: &Row| {
        row.cells.len() == wide
            && number(row, 0)
            && match role {
                "sdn" => matches!(
                    row.cell(2).to_ascii_lowercase().as_str(),
                    "-0-" | "individual" | "vessel" | "aircraft" | "entity"
                ),
                "alt" => number(row, 1) && matches!(row.cell(2), "aka" | "fka" | "nka" | "-0-"),
                "add" => number(row, 1),
                _ => true,
            }
    };
    if !fits(first) || lines.iter().filter(|row| fits(row)).count() * 2 <= lines.len() {
        return None;
    }
    let mut sides = Sides::default();
    if role == "sdn" {
        for row in lines.iter().filter(|row| fits(row)) {
            sides.record(programmes(row.cell(3)));
        }
    }
    Some(Part {
        layout: Layout::OfacCsv,
        role,
        list: sides.settled().or_else(|| by_name(name)),
    })
}

fn programmes(cell: &str) -> impl Iterator<Item = &str> {
    filled(cell)
        .split("] [")
        .map(|programme| programme.trim_matches(['[', ']', ' ']))
}

fn filled(cell: &str) -> &str {
    if cell == "-0-" { "" } else { cell }
}

fn is_end(row: &Row) -> bool {
    row.cells.len() == 1 && row.cell(0).trim_matches(['\u{1a}', ' ']).is_empty()
}

/// One record of the primary file until its comments are known.
struct Primary {
    entry: Entry,
    name: String,
    remarks: String,
}

pub(crate) fn read(
    inputs: Vec<Input<'_>>,
    list: Option<&ListId>,
    out: &mut Gather,
) -> Result<(), Refused> {
    let mut said = list.cloned();
    let mut parts: BTreeMap<&str, Box<dyn BufRead + '_>> = BTreeMap::new();
    for Input { part, bytes } in inputs {
        match (&said, &part.list) {
            (Some(one), Some(other)) if one != other => {
                return Err(set(
                    format!("one file is of {one} and another of {other}"),
                    "give the files of each list by themselves",
                ));
            }
            (None, Some(other)) => said = Some(other.clone()),
            _ => {}
        }
        if parts.insert(part.role, bytes).is_some() {
            return Err(set(
                format!("the set holds two files of the kind \"{}\"", part.role),
                "give one set at a time, with the files of one day",
            ));
        }
    }
    let Some(primary) = parts.remove("sdn") else {
        return Err(set(
            "the primary file of the set (sdn.csv or cons_prim.csv) is not there".to_owned(),
            "give it with the others of the same day: it holds the names",
        ));
    };
    // Faults of the list that is known only after the primary file.
    let mut faults = Vec::new();
    let mut held = records(primary, out, &mut faults)?;
    let list = sides::agreed(held.sides.settled(), said.as_ref())?;

    for (role, what) in [
        ("alt", "aliases are not screened"),
        ("add", "addresses are not known"),
        ("comments", "remarks of more than one cell break off"),
    ] {
        match parts.remove(role) {
            Some(bytes) => held.join(role, bytes, out.limits, &mut faults)?,
            None => faults.push(Fault {
                at: At::default(),
                record: None,
                field: None,
                what: format!("the set has no \"{role}\" file: {what}"),
                effect: Effect::PartMissing,
                next: "give the whole set, with the files of one day".to_owned(),
            }),
        }
    }
    for fault in faults {
        out.fault(&list, fault);
    }
    for _ in 0..held.rows {
        out.count(&list, At::default())?;
    }
    let names: BTreeSet<String> = held.records.iter().map(|held| held.name.clone()).collect();
    for Primary {
        mut entry,
        mut remarks,
        ..
    } in held.records
    {
        // One point ends the remarks and may be the last name's own.
        let linked = remarks.rsplit_once("Linked To: ").map(|(_, name)| name);
        if let Some(name) = linked.and_then(|name| name.strip_suffix('.'))
            && !names.contains(name)
            && names.contains(&format!("{name}."))
        {
            remarks.push('.');
        }
        entry.remarks(&remarks);
        out.party(&list, entry.listed_in(&list));
    }
    Ok(())
}

fn set(what: String, next: &str) -> Refused {
    Refused::Set {
        what,
        next: next.to_owned(),
    }
}

struct Held {
    rows: usize,
    records: Vec<Primary>,
    by_id: BTreeMap<String, usize>,
    sides: Sides,
}

/// Reads all rows of a file but the end mark, and refuses one that is cut off. OFAC has
/// left the mark out of comments files only.
fn each(
    bytes: impl BufRead,
    wide: usize,
    limits: Limits,
    marked: bool,
    mut take: impl FnMut(Row) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let seen = Seen::default();
    let (mut at, mut full, mut ended) = (At::default(), false, false);
    rows(Watched::new(bytes, &seen), SHAPE, limits, |mut row| {
        at = row.at;
        full = row.cells.len() == wide;
        if let Some(cell) = row.cells.first_mut()
            && cell.starts_with('\u{feff}')
        {
            *cell = cell.trim_start_matches('\u{feff}').to_owned();
        }
        if is_end(&row) {
            ended = true;
            return Ok(());
        }
        take(row)
    })?;
    let whole = if marked {
        seen.last().is_none() || (ended && seen.is_whole(full)) || seen.last() == Some(0x1a)
    } else {
        seen.is_whole(full)
    };
    if whole {
        return Ok(());
    }
    Err(Refused::CutOff {
        at,
        what: "OFAC ends the file with the byte 0x1A, and it is not there".to_owned(),
    })
}

fn unread(row: &Row, wide: usize, effect: Effect) -> Fault {
    let shown: Vec<&str> = row.cells.iter().take(2).map(String::as_str).collect();
    let shown: String = shown.join(", ").chars().take(120).collect();
    Fault {
        at: row.at,
        record: row.cells.first().cloned(),
        field: None,
        what: format!(
            "a row of {} cells instead of {wide}: \"{shown}\"",
            row.cells.len()
        ),
        effect,
        next: "look the record up at the publisher".to_owned(),
    }
}

fn not_text(row: &Row, names: &[usize], faults: &mut Vec<Fault>) {
    for &column in &row.not_text {
        faults.push(Fault {
            at: row.at_cell(column),
            record: row.cells.first().cloned(),
            field: None,
            what: "bytes that are not UTF-8".to_owned(),
            effect: if names.contains(&column) {
                Effect::NameUnread
            } else {
                Effect::FieldUnread
            },
            next: "take the file again from the publisher".to_owned(),
        });
    }
}

fn records(bytes: impl BufRead, out: &Gather, faults: &mut Vec<Fault>) -> Result<Held, Refused> {
    let mut held = Held {
        rows: 0,
        records: Vec::new(),
        by_id: BTreeMap::new(),
        sides: Sides::default(),
    };
    each(bytes, 12, out.limits, true, |row| {
        held.rows += 1;
        out.limits.room(held.rows as u64, row.at)?;
        if row.cells.len() != 12 {
            faults.push(unread(&row, 12, Effect::RecordUnread));
            return Ok(());
        }
        // Remarks hold names too.
        not_text(&row, &[1, 11], faults);
        let primary = primary(&row);
        held.sides
            .record(primary.entry.programmes.iter().map(String::as_str));
        let next = held.records.len();
        held.by_id.entry(row.cell(0).to_owned()).or_insert(next);
        held.records.push(primary);
        Ok(())
    })?;
    if held.rows == 0 {
        return Err(Refused::Empty);
    }
    Ok(held)
}

fn primary(row: &Row) -> Primary {
    let cell = |at| filled(row.cell(at));
    let mut entry = Entry::new(row.at, cell(0), cell(2));
    entry.party.name(NameKind::Primary, cell(1));
    programmes(cell(3)).for_each(|programme| entry.programme(programme));
    entry.party.add("position", cell(4));
    entry.party.add("callSign", cell(5));
    entry.party.add("type", cell(6));
    entry.party.add("tonnage", cell(7));
    entry.party.add("grossRegisteredTonnage", cell(8));
    entry.flag("Vess_flag", cell(9));
    entry.party.add("owner", cell(10));
    Primary {
        entry,
        name: cell(1).to_owned(),
        remarks: cell(11).to_owned(),
    }
}

impl Held {
    /// Reads another file of the set into the records.
    fn join(
        &mut self,
        role: &'static str,
        bytes: impl BufRead,
        limits: Limits,
        faults: &mut Vec<Fault>,
    ) -> Result<(), Refused> {
        let wide = ROLES
            .iter()
            .find(|(name, _)| *name == role)
            .map_or(0, |(_, wide)| *wide);
        // A comment goes on with remarks, which hold names too.
        let names: &[usize] = match role {
            "alt" => &[3, 4],
            "comments" => &[1],
            _ => &[],
        };
        let effect = if names.is_empty() {
            Effect::FieldUnread
        } else {
            Effect::NameUnread
        };
        let (mut all, mut astray) = (0_usize, 0_usize);
        each(bytes, wide, limits, role != "comments", |row| {
            all += 1;
            if row.cells.len() != wide {
                faults.push(unread(&row, wide, effect));
                return Ok(());
            }
            not_text(&row, names, faults);
            let Some(record) = self.by_id.get(row.cell(0)).map(|at| &mut self.records[*at]) else {
                astray += 1;
                faults.push(Fault {
                    at: row.at,
                    record: Some(row.cell(0).to_owned()),
                    field: Some(role.to_owned()),
                    what: "a row of the set points at a record that the primary file has not"
                        .to_owned(),
                    effect,
                    next: "give the files of one day".to_owned(),
                });
                return Ok(());
            };
            record.joined(role, &row);
            Ok(())
        })?;
        if astray * 100 > all * ASTRAY {
            return Err(set(
                format!(
                    "{astray} of {all} rows of the \"{role}\" file point at no record of the primary file: the files are not of one day"
                ),
                "give files of the same publication; OFAC's page has them together",
            ));
        }
        Ok(())
    }
}

impl Primary {
    fn joined(&mut self, role: &str, row: &Row) {
        let cell = |at| filled(row.cell(at));
        match role {
            "alt" => {
                let kind = alias_kind(&mut self.entry, "alt_type", cell(2), false);
                self.entry.party.name(kind, cell(3));
                self.entry.party.add("notes", cell(4));
            }
            "add" => {
                self.entry.address(Address {
                    lines: [cell(2), "", ""],
                    city: cell(3),
                    country: cell(4),
                    ..Address::default()
                });
                self.entry.party.add("notes", cell(5));
            }
            _ => {
                // A space at the cut is trimmed with the cell.
                let cut = self.remarks.chars().count();
                if cut + 1 == CELL || row.led {
                    self.remarks.push(' ');
                }
                self.remarks.push_str(cell(1));
            }
        }
    }
}
