//! What a person is, looked for in every value that is kept of people.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use scruple_lists::{Input, LOOK, Limits, Reading, read, recognise, recognise_workbook};
use scruple_model::{Entity, Schema};

use super::full::file;

/// Words that may say what somebody is, in lower case.
const WORDS: [&str; 49] = [
    "tribe",
    "tribal",
    "subtribe",
    "sub-tribe",
    "clan",
    "caste",
    "ethnic",
    "ethnicity",
    "kurdish",
    "pashtun",
    "race",
    "complexion",
    "hair",
    "hairs",
    "beard",
    "moustache",
    "scar",
    "scars",
    "tattoo",
    "skin",
    "eye",
    "eyes",
    "height",
    "weight",
    "build",
    "physical",
    "distinguishing",
    "amputated",
    "amputations",
    "amputation",
    "prosthesis",
    "prosthetic",
    "limp",
    "leg",
    "foot",
    "blind",
    "deaf",
    "disabled",
    "wounded",
    "injured",
    "missing",
    "religion",
    "religious",
    "sunni",
    "shia",
    "speaks",
    "language",
    "married",
    "sexuality",
];

/// Sentences that hold such a word and say something else, by a part of each, in
/// lower case.
const STAY: [(&str, &str); 38] = [
    ("amputations", "what somebody did or ordered"),
    ("apt 270, build", "a building"),
    ("to build ", "what somebody did or ordered"),
    ("clan del golfo", "an organisation's name"),
    ("disabled children", "an institution"),
    ("ethnic affairs", "an office"),
    ("ethnic tensions", "what somebody did or ordered"),
    ("ethnic minorit", "what somebody did or ordered"),
    ("ethnic cleansing", "what somebody did or ordered"),
    ("on the basis of ethnicity", "what somebody did or ordered"),
    ("ethnicity issues", "an office"),
    ("gray hair", "a name somebody is known by"),
    ("injured in 2007", "a day in a life story of one sentence"),
    ("and injured 32", "what somebody did or ordered"),
    ("anyone injured", "what somebody did or ordered"),
    ("injured protesters", "what somebody did or ordered"),
    ("use of force", "what somebody did or ordered"),
    ("students were injured", "what somebody did or ordered"),
    (
        "kurdish and arab minorities",
        "what somebody did or ordered",
    ),
    (
        "english language propagandist",
        "what somebody did or ordered",
    ),
    ("is married to", "a relative who is listed"),
    ("married to muamar", "a relative who is listed"),
    ("physical violence", "what somebody did or ordered"),
    ("physical education", "an office"),
    ("physical protection", "what somebody did or ordered"),
    ("physical abuse", "what somebody did or ordered"),
    ("and religion'", "an office"),
    ("culture and religion\"", "an office"),
    ("religious affairs", "an office"),
    ("religious committee", "an office"),
    ("religious endowments", "an office"),
    ("religious minorities", "what somebody did or ordered"),
    ("sunni", "what somebody did or ordered"),
    ("tribal area", "a place"),
    ("tribal affairs", "an office"),
    ("tribal militia", "what somebody did or ordered"),
    ("paramount chief", "an office"),
    ("wounded taliban fighters", "what somebody did or ordered"),
];

const FILES: [&[&str]; 9] = [
    &["un_consolidated_2026-01-28.xml.zst"],
    &["un_consolidated_2026-02-27.xml.zst"],
    &["uk_ofsi_ConList_2025-04-10.csv.zst"],
    &["uk_ofsi_ConList_2025-04-14.csv.zst"],
    &["uk_ofsi_ConList_2025-04-14.xlsx"],
    &["au_dfat_2024-12.xlsx"],
    &["ca_sema_2025.xml"],
    &["ofac_sdn_2024-05-03.csv.zst"],
    &["ofac_cons_2026-01-08.xml"],
];

fn readings(names: &[&str]) -> Option<Vec<Reading>> {
    let mut inputs = Vec::new();
    for name in names {
        let bytes = file(name)?;
        let part = if bytes.starts_with(b"PK") {
            recognise_workbook(&bytes)
        } else {
            recognise(&bytes[..bytes.len().min(LOOK)], name)
        };
        inputs.push(Input {
            part: part.unwrap(),
            bytes: Box::new(Cursor::new(bytes)),
        });
    }
    Some(read(inputs, None, Limits::default()).unwrap())
}

fn texts(entity: &Entity) -> impl Iterator<Item = (&str, &str)> {
    let kept = entity.properties.iter().flat_map(|(name, values)| {
        values
            .iter()
            .map(move |value| (name.as_str(), value.as_str()))
    });
    let said = entity
        .listings
        .iter()
        .filter_map(|listing| Some(("reason", listing.reason.as_deref()?)));
    kept.chain(said)
}

#[test]
fn nothing_of_what_a_person_is_stays() {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut used = BTreeSet::new();
    let mut whole = true;
    for names in FILES {
        let Some(readings) = readings(names) else {
            whole = false;
            continue;
        };
        let entities = readings.iter().flat_map(|reading| &reading.entities);
        for entity in entities.filter(|entity| entity.schema == Schema::Person) {
            for (name, text) in texts(entity) {
                for sentence in text.split(". ") {
                    let lower = sentence.to_lowercase();
                    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '-');
                    let Some(word) = words.find(|word| WORDS.contains(word)) else {
                        continue;
                    };
                    let mut stay = STAY.iter().filter(|(part, _)| lower.contains(part));
                    if let Some((part, _)) = stay.next() {
                        used.insert(*part);
                        continue;
                    }
                    found
                        .entry(format!("{word}\t{name}\t{sentence}"))
                        .or_default()
                        .push(entity.id.to_string());
                }
            }
        }
    }
    for (what, ids) in &found {
        println!("{what}\t{}", ids.join(","));
    }
    assert!(found.is_empty(), "{} sentences", found.len());
    for (part, why) in STAY {
        assert!(
            !whole || used.contains(part),
            "no file says \"{part}\" ({why})"
        );
    }
}
