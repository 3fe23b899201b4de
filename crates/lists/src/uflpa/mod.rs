//! The page of the UFLPA Entity List, Department of Homeland Security.
//!
//! The list is published as tables of a web page: one for each clause of section
//! 2(d)(2)(B) of the Uyghur Forced Labor Prevention Act, so a party may stand in
//! several. Above each table stands what the clause says, which is the reason of the
//! designation. Aliases stand in brackets after the name, in a few phrases; brackets
//! without such a phrase belong to the name.
//!
//! Only tables with the page's two columns are read; another one that looks like it
//! holds parties is told as a part that is missing. A page without its end is
//! refused, and so is one without such a table: the publisher's error pages are web
//! pages too.

mod html;
mod names;

use std::io::{BufRead, Read as _};

use scruple_model::{ListId, Listing, NameKind, Schema};

use crate::fault::{At, Effect, Fault, Refused};
use crate::gather::Gather;
use crate::party::Party;
use crate::{Layout, Part, date, name_id};

/// The page has 130 kB.
const MOST: u64 = 8 << 20;

pub(crate) fn recognise(text: &str) -> Option<Part> {
    let lower = text.to_ascii_lowercase();
    let page = lower.contains("<!doctype html") || lower.contains("<html");
    (page && lower.contains("uflpa entity list")).then(|| Part::alone(Layout::UflpaHtml))
}

pub(crate) fn read(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let list = ListId::from("us-dhs-uflpa");
    let mut page = Vec::new();
    let start = At { line: 1, column: 1 };
    bytes
        .take(MOST + 1)
        .read_to_end(&mut page)
        .map_err(|error| Refused::Unreadable {
            at: start,
            what: error.to_string(),
        })?;
    if page.len() as u64 > MOST {
        return Err(Refused::TooBig {
            at: start,
            what: format!("a page of more than {MOST} bytes"),
        });
    }
    let page = String::from_utf8(page).map_err(|error| Refused::Malformed {
        at: At {
            line: 1 + error.as_bytes()[..error.utf8_error().valid_up_to()]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count() as u64,
            column: 1,
        },
        what: "bytes that are not UTF-8".to_owned(),
        next: "save the page again, as UTF-8",
    })?;
    let tables = html::tables(&page)?;
    let mut read = 0;
    for table in tables {
        let first = match kind(&table) {
            Kind::Other => continue,
            Kind::Parties => 1,
            Kind::Like { first } => {
                let what = "a table of names and dates whose header is not the list's";
                let next = "compare the table with the page; its rows are read";
                out.fault(&list, about(&table, what, Effect::FieldUnread, next));
                first
            }
            Kind::Unread => {
                let what = "a table of other columns that looks like one of parties";
                let next = "compare the table with the page; its rows are not read";
                out.fault(&list, about(&table, what, Effect::PartMissing, next));
                continue;
            }
        };
        for row in &table.rows[first..] {
            read += 1;
            out.count(&list, row.at)?;
            take(&list, row, &table, out);
        }
    }
    if read == 0 {
        return Err(Refused::Malformed {
            at: start,
            what: "the page has no table of entities".to_owned(),
            next: "save the page of the UFLPA Entity List itself",
        });
    }
    Ok(())
}

/// What a table is.
enum Kind {
    /// One of the list's: a header, then names and days.
    Parties,
    /// Names and days under another header or none: its parties begin at row `first`.
    Like { first: usize },
    /// One that looks like it holds parties, in other columns.
    Unread,
    /// Something else that a page has.
    Other,
}

fn kind(table: &html::Table) -> Kind {
    let Some(header) = table.rows.first() else {
        return Kind::Other;
    };
    let says = |word: &str| {
        header
            .cells
            .iter()
            .any(|cell| cell.to_lowercase().contains(word))
    };
    if let [name, day] = header.cells.as_slice()
        && name.to_lowercase().contains("entity")
        && day.to_lowercase().contains("date")
    {
        return Kind::Parties;
    }
    let is_day = |cell: &String| date::named(cell).is_some();
    let mut rows = table.rows.iter();
    if rows.any(|row| matches!(row.cells.as_slice(), [_, day] if is_day(day))) {
        // A header says no day and has no number in it.
        let is_header = matches!(
            header.cells.as_slice(),
            [_, day] if !day.is_empty() && !day.contains(|c: char| c.is_ascii_digit())
        );
        return Kind::Like {
            first: usize::from(is_header),
        };
    }
    let dated = |row: &html::Row| row.cells.len() > 1 && row.cells.iter().any(is_day);
    if table.rows.iter().any(dated) || says("entity") || says("entities") {
        Kind::Unread
    } else {
        Kind::Other
    }
}

fn about(table: &html::Table, what: &str, effect: Effect, next: &str) -> Fault {
    let rows = table.rows.len();
    Fault {
        at: table.rows.first().map_or(At::default(), |row| row.at),
        record: None,
        field: None,
        what: format!("{what} ({rows} rows)"),
        effect,
        next: next.to_owned(),
    }
}

fn take(list: &ListId, row: &html::Row, table: &html::Table, out: &mut Gather) {
    let [printed, day] = row.cells.as_slice() else {
        return out.fault(
            list,
            Fault {
                at: row.at,
                record: None,
                field: None,
                what: format!(
                    "a row of {} cells: \"{}\"",
                    row.cells.len(),
                    row.cells.join(", ")
                ),
                effect: Effect::RecordUnread,
                next: "look at the page".to_owned(),
            },
        );
    };
    let read = names::take_apart(printed);
    let mut party = Party::new(row.at, &name_id::of(list, &read.name), Schema::Organization);
    party.name(NameKind::Primary, &read.name);
    for (kind, name) in &read.others {
        party.name(*kind, name);
    }
    for note in &read.notes {
        party.add("notes", note);
    }
    if let Some(what) = read.odd {
        party.fault(Fault {
            at: row.at,
            record: None,
            field: Some("Name of Entity".to_owned()),
            what,
            effect: Effect::NameUnread,
            next: "compare the names with the page".to_owned(),
        });
    }
    let since = party.day_of_listing("Effective Date", day, date::named);
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    party.listing(Listing {
        list: Some(list.clone()),
        programmes: some(&table.clause)
            .map(|clause| format!("UFLPA {clause}"))
            .into_iter()
            .collect(),
        reason: some(&table.heading),
        since,
        link: Some("https://www.dhs.gov/uflpa-entity-list".to_owned()),
        ..Listing::default()
    });
    out.party(list, party);
}
