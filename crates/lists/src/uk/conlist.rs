//! OFSI's consolidated list, `ConList.csv` and `ConList.xlsx`, as published until
//! January 2026: rows that share a `Group ID` are one party.
//!
//! What has no column of its own stands in `Other Information` behind words in
//! brackets: `(UK Sanctions List Ref):RUS0001. (UK Statement of Reasons):...`.
//! The words are a closed set; brackets with others are text.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::fields::{self, Designation, To};
use super::list;
use crate::date;
use crate::delimited::{Grid, Step, text, workbook};
use crate::fault::Refused;
use crate::gather::Gather;
use crate::party::Party;
use crate::rows::{Row, Shape};

/// Without these it is another layout.
pub(super) const NEEDED: &[&str] = &["Group ID", "Name 6", "Group Type", "Alias Type"];

const COLUMNS: &[&str] = &[
    "Name 6",
    "Name 1",
    "Name 2",
    "Name 3",
    "Name 4",
    "Name 5",
    "Title",
    "Name Non-Latin Script",
    "Non-Latin Script Type",
    "Non-Latin Script Language",
    "DOB",
    "Town of Birth",
    "Country of Birth",
    "Nationality",
    "Passport Number",
    "Passport Details",
    "National Identification Number",
    "National Identification Details",
    "Position",
    "Address 1",
    "Address 2",
    "Address 3",
    "Address 4",
    "Address 5",
    "Address 6",
    "Post/Zip Code",
    "Country",
    "Other Information",
    "Group Type",
    "Alias Type",
    "Alias Quality",
    "Regime",
    "Listed On",
    "UK Sanctions List Date Designated",
    "Last Updated",
    "Group ID",
];

/// Columns that are one value.
const SINGLE: [(&str, To); 6] = [
    ("Title", To::Property("title")),
    ("DOB", To::Date("birthDate")),
    ("Nationality", To::Country("nationality")),
    ("Position", To::Property("position")),
    ("Listed On", To::Date("listingDate")),
    ("Last Updated", To::Date("modifiedAt")),
];

/// Words in brackets, and where what follows them goes.
const WORDS: [(&str, To); 19] = [
    ("UN Ref", To::Text("unscId")),
    ("Gender", To::Personal("gender")),
    ("Phone number", To::Property("phone")),
    ("Tel", To::Property("phone")),
    ("Fax", To::Note("Fax")),
    ("Email address", To::Property("email")),
    ("Website", To::Property("website")),
    ("Type of entity", To::Property("classification")),
    ("Parent company", To::Note("Parent company")),
    ("Subsidiaries", To::Note("Subsidiary")),
    ("Business Reg No", To::Property("registrationNumber")),
    ("IMO number", To::Property("imoNumber")),
    ("Flag of ship", To::Country("flag")),
    ("Previous flags", To::Country("pastFlags")),
    ("Type of ship", To::Text("type")),
    ("Tonnage of ship", To::Text("tonnage")),
    ("Length of ship", To::Note("Length of ship")),
    ("Year built", To::Date("buildDate")),
    ("Current owners", To::Note("Current owner or operator")),
];

/// Words that are read by themselves.
const REF: &str = "UK Sanctions List Ref";
const REASONS: &str = "UK Statement of Reasons";

const SHAPE: Shape = Shape {
    delimiter: b',',
    quoted: true,
    windows_1252: true,
};

pub(crate) fn read_csv(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let mut groups = Groups::default();
    let grid = Grid::new(&list(), COLUMNS, NEEDED);
    text(bytes, SHAPE, grid, out, |grid, step, out| {
        groups.step(grid, step, out);
        Ok(())
    })?;
    groups.finish(out);
    Ok(())
}

pub(crate) fn read_xlsx(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let mut groups = Groups::default();
    let grid = || Grid::new(&list(), COLUMNS, NEEDED);
    workbook(bytes, grid, out, |grid, step, out| {
        groups.step(grid, step, out);
        Ok(())
    })?;
    groups.finish(out);
    Ok(())
}

/// Parties by their group, each with the reference that is its id. Not every row of a
/// group has to state it, and rows may stand in any order, so the id is known only when
/// all have been read: the first reference in the order of the alphabet, else the group.
#[derive(Default)]
struct Groups {
    parties: BTreeMap<String, (Party, String)>,
}

impl Groups {
    fn step(&mut self, grid: &Grid, step: Step, out: &mut Gather) {
        match step {
            Step::Above(row) => {
                let first = row.cell(0).trim_start_matches('\u{feff}');
                if first.eq_ignore_ascii_case("last updated")
                    && let Some(day) = date::day_first(row.cell(1)).and_then(|date| date.day())
                {
                    out.published(day);
                }
            }
            Step::Record(row) => {
                let group = grid.cell(&row, "Group ID");
                if group.is_empty() {
                    out.fault(&list(), super::csv::without_id(&row, "Group ID"));
                    return;
                }
                let other = Other::of(grid.cell(&row, "Other Information"));
                let party = self.party(grid, &row, group, other.reference);
                add(grid, &row, &other, party);
            }
        }
    }

    fn party(&mut self, grid: &Grid, row: &Row, group: &str, reference: &str) -> &mut Party {
        let (party, held) = self.parties.entry(group.to_owned()).or_insert_with(|| {
            let schema = fields::schema(grid.cell(row, "Group Type"));
            (Party::new(row.at, group, schema), String::new())
        });
        if !reference.is_empty() && (held.is_empty() || reference < held.as_str()) {
            reference.clone_into(held);
        }
        party
    }

    fn finish(self, out: &mut Gather) {
        for (mut party, reference) in self.parties.into_values() {
            if !reference.is_empty() {
                party.set_record(&reference);
            }
            out.party(&list(), party);
        }
    }
}

fn add(grid: &Grid, row: &Row, other: &Other<'_>, party: &mut Party) {
    party.go_on_at(row.at);
    let cell = |name| grid.cell(row, name);
    fields::name(
        party,
        fields::kind(cell("Alias Type"), cell("Alias Quality")),
        [
            cell("Name 1"),
            cell("Name 2"),
            cell("Name 3"),
            cell("Name 4"),
            cell("Name 5"),
            cell("Name 6"),
        ],
    );
    fields::original(
        party,
        cell("Name Non-Latin Script"),
        cell("Non-Latin Script Type"),
        cell("Non-Latin Script Language"),
    );
    fields::address(
        party,
        "Country",
        &[
            cell("Address 1"),
            cell("Address 2"),
            cell("Address 3"),
            cell("Address 4"),
            cell("Address 5"),
            cell("Address 6"),
        ],
        cell("Post/Zip Code"),
        cell("Country"),
    );
    fields::birth_place(party, cell("Town of Birth"), cell("Country of Birth"));
    fields::document(
        party,
        "passportNumber",
        "Passport",
        cell("Passport Number"),
        cell("Passport Details"),
    );
    fields::document(
        party,
        "idNumber",
        "National identifier",
        cell("National Identification Number"),
        cell("National Identification Details"),
    );
    for (column, to) in SINGLE {
        fields::put(party, column, to, cell(column));
    }
    party.add("ofsiGroupId", cell("Group ID"));
    for (words, to, text) in &other.told {
        fields::put(party, words, *to, text);
    }
    for text in &other.notes {
        party.add("notes", text);
    }
    // The day of the UK's own designation; `Listed On` may be that of a law before it.
    let designated = cell("UK Sanctions List Date Designated");
    let (field, text) = if designated.is_empty() {
        ("Listed On", cell("Listed On"))
    } else {
        ("UK Sanctions List Date Designated", designated)
    };
    let since = party.day_of_listing(field, text, date::day_first);
    Designation {
        regime: cell("Regime"),
        reason: other.reasons,
        since,
    }
    .put(party);
}

/// `Other Information`, taken apart.
#[derive(Default)]
struct Other<'a> {
    reference: &'a str,
    reasons: &'a str,
    told: Vec<(&'static str, To, &'a str)>,
    notes: Vec<&'a str>,
}

impl<'a> Other<'a> {
    fn of(text: &'a str) -> Self {
        let mut out = Self::default();
        let mut rest = text;
        let mut words = "";
        loop {
            let next = next_words(rest);
            let value = &rest[..next.map_or(rest.len(), |(at, _)| at)];
            out.put(words, value.trim());
            match next {
                Some((at, found)) => {
                    words = found;
                    rest = &rest[at + found.len() + 3..];
                }
                None => return out,
            }
        }
    }

    fn put(&mut self, words: &str, value: &'a str) {
        let text = value.trim_end_matches(['.', ';']).trim();
        if text.is_empty() {
            return;
        }
        match words {
            REF | "UN Ref" => {
                // The reference is the first word; sentences may follow it.
                let end = text.find(char::is_whitespace).unwrap_or(text.len());
                let reference = text[..end].trim_end_matches(['.', ';', ',']);
                if words == REF {
                    self.reference = reference;
                } else {
                    self.told.push(("UN Ref", To::Text("unscId"), reference));
                }
                let after = text[end..].trim();
                if !after.is_empty() {
                    self.notes.push(after);
                }
            }
            REASONS => self.reasons = value,
            _ => match WORDS.iter().find(|(known, _)| *known == words) {
                Some((known, to)) => self.told.push((known, *to, text)),
                None => self.notes.push(value),
            },
        }
    }
}

/// Where the next known words stand: `(Words):`.
fn next_words(text: &str) -> Option<(usize, &'static str)> {
    text.match_indices('(').find_map(|(at, _)| {
        let inner = &text[at + 1..];
        [REF, REASONS]
            .into_iter()
            .chain(WORDS.iter().map(|(words, _)| *words))
            .find(|words| {
                inner
                    .strip_prefix(words)
                    .is_some_and(|rest| rest.starts_with("):"))
            })
            .map(|words| (at, words))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_information_is_taken_apart() {
        let other = Other::of(
            "(UK Sanctions List Ref):RUS9999. Trust services too. (UN Ref):QDi.999. Born (maybe): there. (Gender):Male (UK Statement of Reasons):Because (of) it.",
        );
        assert_eq!(other.reference, "RUS9999");
        assert_eq!(other.reasons, "Because (of) it.");
        assert_eq!(other.notes, ["Trust services too", "Born (maybe): there"]);
        let told: Vec<_> = other
            .told
            .iter()
            .map(|(words, _, text)| (*words, *text))
            .collect();
        assert_eq!(told, [("UN Ref", "QDi.999"), ("Gender", "Male")]);
    }

    #[test]
    fn odd_texts_do_no_harm() {
        for text in [
            "",
            "(",
            "(UN Ref):",
            "(UN Ref",
            "((UN Ref):é",
            "x(Tel):(Tel):",
        ] {
            let _ = Other::of(text);
        }
    }
}
