//! Lists that exist only as a notice or a PDF, copied out by hand.
//!
//! Nobody can fetch these, so each is a pack in the repository: who read what on
//! which day, and then the entries. They answer like other lists and say wherever
//! they are shown that they are transcribed, not fetched.

use std::io::{BufRead, Read as _};

use scruple_model::hash::sha256_parts;
use scruple_model::{Date, ListId, Listing, NameKind, Schema};
use serde::Deserialize;

use crate::date;
use crate::fault::{At, Refused};
use crate::gather::Gather;
use crate::party::Party;
use crate::{Layout, Part};

/// The transcriptions in this version: file name and text.
pub const TRANSCRIBED: [(&str, &str); 6] = [
    (
        "us-bis-meu.toml",
        include_str!("../../../packs/transcribed/us-bis-meu.toml"),
    ),
    (
        "us-cbp-wro.toml",
        include_str!("../../../packs/transcribed/us-cbp-wro.toml"),
    ),
    (
        "us-dod-1260h.toml",
        include_str!("../../../packs/transcribed/us-dod-1260h.toml"),
    ),
    (
        "us-dod-1286.toml",
        include_str!("../../../packs/transcribed/us-dod-1286.toml"),
    ),
    (
        "us-fcc-covered.toml",
        include_str!("../../../packs/transcribed/us-fcc-covered.toml"),
    ),
    (
        "us-ofac-cmic.toml",
        include_str!("../../../packs/transcribed/us-ofac-cmic.toml"),
    ),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "layout")]
    _layout: String,
    list: ListId,
    #[serde(rename = "title")]
    _title: String,
    /// The day the publisher gives; else the day it was read.
    published: Option<Date>,
    read_on: Date,
    reader: String,
    read_from: String,
    citation: String,
    party: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: toml::Spanned<String>,
    #[serde(default)]
    aliases: Vec<String>,
    schema: Option<String>,
    country: Option<String>,
    address: Option<String>,
    since: Option<String>,
    citation: Option<String>,
    uscc: Option<String>,
    /// Which of the publisher's lists it stands on, where the file holds one of many.
    sublist: Option<ListId>,
    programme: Option<String>,
    goods: Option<String>,
    status: Option<String>,
}

pub(crate) fn recognise(text: &str) -> Option<Part> {
    text.lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .is_some_and(|line| line == "layout = \"transcribed\"")
        .then(|| Part::alone(Layout::Transcribed))
}

pub(crate) fn read(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let mut text = String::new();
    bytes
        .take(out.limits.record as u64)
        .read_to_string(&mut text)
        .map_err(|error| Refused::Unreadable {
            at: At::default(),
            what: error.to_string(),
        })?;
    let file: File = toml::from_str(&text).map_err(|error| {
        let at = error
            .span()
            .map_or(At::default(), |span| place(&text, span.start));
        Refused::Malformed {
            at,
            what: error.message().to_owned(),
            next: "mend the transcription; docs/lists/transcribed.md says what it may hold",
        }
    })?;
    out.published(file.published.unwrap_or(file.read_on));
    for entry in &file.party {
        let at = place(&text, entry.name.span().start);
        out.count(&file.list, at)?;
        let party = party(&file, entry, at);
        out.party(&file.list, party);
    }
    Ok(())
}

fn party(file: &File, entry: &Entry, at: At) -> Party {
    let name = entry.name.get_ref();
    // The notices number nothing: the id is a hash of list and name.
    let id = sha256_parts([file.list.as_str().as_bytes(), name.as_bytes()]);
    let schema = entry.schema.as_deref().and_then(Schema::parse);
    let mut party = Party::new(
        at,
        id.get(..16).unwrap_or(&id),
        schema.unwrap_or(Schema::LegalEntity),
    );
    party.name(NameKind::Primary, name);
    for alias in &entry.aliases {
        party.name(NameKind::Alias, alias);
    }
    if let Some(country) = &entry.country {
        party.country("country", "country", country);
    }
    party.add("address", entry.address.as_deref().unwrap_or(""));
    party.add("uscCode", entry.uscc.as_deref().unwrap_or(""));
    let since = entry
        .since
        .as_deref()
        .and_then(|since| party.day_of_listing("since", since, date::iso));
    let goods = entry.goods.as_ref().map(|goods| format!("goods: {goods}"));
    let status = entry
        .status
        .as_ref()
        .map(|status| format!("status: {status}"));
    let reason: Vec<String> = [goods, status].into_iter().flatten().collect();
    party.listing(Listing {
        list: Some(entry.sublist.clone().unwrap_or_else(|| file.list.clone())),
        programmes: entry.programme.iter().cloned().collect(),
        reason: (!reason.is_empty()).then(|| reason.join("; ")),
        since,
        citation: Some(
            entry
                .citation
                .clone()
                .unwrap_or_else(|| file.citation.clone()),
        ),
        ..Listing::default()
    });
    party.add(
        "transcribed",
        &format!(
            "read on {} by {} from {}",
            file.read_on, file.reader, file.read_from
        ),
    );
    party
}

fn place(text: &str, byte: usize) -> At {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    At {
        line: before.matches('\n').count() as u64 + 1,
        column: (before.len() - line_start) as u64 + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Limits};

    fn read_text(text: &str) -> Result<Vec<crate::Reading>, Refused> {
        let part = recognise(text).unwrap();
        let bytes = Box::new(std::io::Cursor::new(text.to_owned()));
        crate::read(vec![Input { part, bytes }], None, Limits::default())
    }

    #[test]
    fn every_transcription_is_read_whole() {
        for (name, text) in TRANSCRIBED {
            let readings = read_text(text).unwrap();
            let [reading] = &readings[..] else {
                panic!("{name}")
            };
            assert_eq!(reading.unread, 0, "{name}: {:?}", reading.faults);
            assert_eq!(reading.fields_unread, 0, "{name}: {:?}", reading.faults);
            assert_eq!(reading.records, text.matches("[[party]]").count() as u64);
            assert!(reading.published.is_some());
            for entity in &reading.entities {
                assert!(
                    entity.listings[0].citation.is_some(),
                    "{name}: {}",
                    entity.id
                );
            }
        }
    }

    #[test]
    fn a_transcription_that_is_wrong_says_where() {
        let text = TRANSCRIBED[0].1.replacen("country", "land", 1);
        let error = read_text(&text).unwrap_err().to_string();
        assert!(error.starts_with("line 1"), "{error}");
        assert!(error.contains("land"), "{error}");
    }
}
