//! What the three layouts have in common, so that one party comes out the same.

use scruple_model::{Country, Listing, NameKind, PartialDate, Schema};

use super::list;
use crate::date;
use crate::party::Party;
use crate::split::numbered;

/// Where a value goes.
#[derive(Clone, Copy)]
pub(super) enum To {
    /// A property, each numbered value by itself.
    Property(&'static str),
    /// A property, the text as it stands.
    Text(&'static str),
    /// A property, several values with `|` between them.
    Barred(&'static str),
    /// A country, or several that are numbered.
    Country(&'static str),
    /// A date, day first.
    Date(&'static str),
    /// A sentence in `notes` that begins with these words.
    Note(&'static str),
    /// What a person is: counted and dropped.
    Personal(&'static str),
}

/// Puts a value where it goes; `field` is the file's name for it.
pub(super) fn put(party: &mut Party, field: &str, to: To, text: &str) {
    if text.trim().is_empty() {
        return;
    }
    match to {
        To::Property(property) => {
            for value in numbered(text) {
                party.add(property, value);
            }
        }
        To::Text(property) => party.add(property, text),
        To::Barred(property) => text.split('|').for_each(|value| party.add(property, value)),
        To::Country(property) => {
            for value in numbered(text) {
                country(party, property, field, value);
            }
        }
        To::Date(property) => party.date(property, field, text, date::day_first),
        To::Note(words) => party.add("notes", &format!("{words}: {}", text.trim())),
        To::Personal(property) => party.drop_personal(property),
    }
}

/// A country as the United Kingdom writes them.
pub(super) fn country(party: &mut Party, property: &str, field: &str, text: &str) {
    match text.trim().trim_end_matches(['.', ',']).trim() {
        "UK" => party.country(property, field, "United Kingdom"),
        "Congo (Democratic Republic)" => {
            party.country(property, field, "Democratic Republic of the Congo");
        }
        "Occupied Palestinian Territories" | "Palestinian Territories" | "Gaza" => {
            party.country(property, field, "Palestine");
        }
        other if Country::parse(other).is_none() => {
            // Several, with a comma or a full stop between them.
            let pieces: Vec<&str> = other.split([',', '.', ';']).map(str::trim).collect();
            if pieces.iter().all(|piece| Country::parse(piece).is_some()) {
                for piece in pieces {
                    party.country(property, field, piece);
                }
            } else {
                party.country(property, field, other);
            }
        }
        other => party.country(property, field, other),
    }
}

/// What kind of party.
pub(super) fn schema(text: &str) -> Schema {
    match text.trim().to_ascii_lowercase().as_str() {
        "individual" => Schema::Person,
        "ship" => Schema::Vessel,
        "entity" => Schema::Organization,
        _ => Schema::LegalEntity,
    }
}

/// A name of six parts; the last is the family name or the whole.
pub(super) fn name(party: &mut Party, kind: NameKind, parts: [&str; 6]) {
    let [one, two, three, four, five, six] = parts;
    let joined = |parts: &[&str]| {
        let parts: Vec<&str> = parts
            .iter()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(" ")
    };
    party.name(kind, &joined(&[one, two, three, four, five, six]));
    // Parts of several names would make names that nobody has.
    if kind == NameKind::Primary && party.schema() == Schema::Person {
        party.add("firstName", one);
        party.add("middleName", &joined(&[two, three, four, five]));
        party.add("lastName", six);
    }
}

/// `Primary Name`, `Primary name variation`, `Alias`, `AKA`, `FKA` with their quality.
pub(super) fn kind(name_type: &str, quality: &str) -> NameKind {
    let name_type = name_type.trim().to_ascii_lowercase();
    if name_type == "primary name" {
        return NameKind::Primary;
    }
    if name_type.starts_with("fka") || name_type.starts_with("f.k.a") {
        return NameKind::Former;
    }
    if quality.trim().to_ascii_lowercase().starts_with("low") {
        return NameKind::Weak;
    }
    NameKind::Alias
}

/// A name in the party's own script. Numbered names are several.
pub(super) fn original(party: &mut Party, name: &str, script: &str, language: &str) {
    let told: Vec<&str> = [script.trim(), language.trim()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    for name in numbered(name) {
        party.original_name(name, Some(&told.join(", ")));
    }
}

/// Lines of an address, its postal code, its country.
pub(super) fn address(party: &mut Party, field: &str, lines: &[&str], postal: &str, land: &str) {
    let all: Vec<&str> = lines
        .iter()
        .chain([&postal, &land])
        .map(|line| line.trim().trim_end_matches(',').trim())
        .filter(|line| !line.is_empty())
        .collect();
    party.add("address", &all.join(", "));
    if !land.trim().is_empty() {
        put(party, field, To::Country("country"), land);
    }
}

/// Town and country of birth. The country is the file's; a state that is no more
/// stays in the text.
pub(super) fn birth_place(party: &mut Party, town: &str, land: &str) {
    let (towns, lands) = (numbered(town), numbered(land));
    if towns.len() == lands.len() {
        for (town, land) in towns.iter().zip(&lands) {
            party.add("birthPlace", &format!("{town}, {land}"));
        }
    } else {
        for place in towns.iter().chain(&lands) {
            party.add("birthPlace", place);
        }
    }
    for land in lands {
        let land = land.trim_end_matches('.').trim();
        if Country::parse(land).is_some() {
            party.country("birthCountry", "Country of birth", land);
        }
    }
}

/// A document's number, and what the list says about it.
pub(super) fn document(
    party: &mut Party,
    property: &'static str,
    words: &str,
    number: &str,
    about: &str,
) {
    put(party, words, To::Property(property), number);
    let about = about.trim();
    if about.is_empty() {
        return;
    }
    let about = match number.trim() {
        "" => format!("{words}: {about}"),
        number => format!("{words} {number}: {about}"),
    };
    party.add("notes", &about);
}

/// The designation. Rows of one party state it again and again, and a later one may
/// hold what an earlier one left out.
pub(super) struct Designation<'a> {
    pub(super) regime: &'a str,
    pub(super) reason: &'a str,
    pub(super) since: Option<PartialDate>,
}

impl Designation<'_> {
    /// Adds it to the party's own for the regime.
    pub(super) fn put(self, party: &mut Party) {
        let regime = crate::party::one_line(self.regime);
        let reason = crate::party::one_line(self.reason);
        let held = party.listings().iter_mut().find(|held| {
            held.programmes
                .iter()
                .eq(Some(regime.as_ref()).filter(|regime| !regime.is_empty()))
        });
        let listing = match held {
            Some(listing) => listing,
            None => {
                return party.listing(Listing {
                    list: Some(list()),
                    programmes: Some(regime.into_owned())
                        .filter(|regime| !regime.is_empty())
                        .into_iter()
                        .collect(),
                    reason: Some(reason.into_owned()).filter(|reason| !reason.is_empty()),
                    since: self.since,
                    ..Listing::default()
                });
            }
        };
        if listing.reason.is_none() && !reason.is_empty() {
            listing.reason = Some(reason.into_owned());
        }
        if listing.since.is_none() {
            listing.since = self.since;
        }
    }
}
