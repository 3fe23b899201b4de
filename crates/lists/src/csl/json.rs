//! The JSON edition: `{"results": [record, …]}`, or the records alone.
//!
//! Records are read one at a time; the file as a whole is never held. A field may be
//! missing, `null`, empty text or a list, and all mean that there is nothing.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::Value;

use super::record::{Number, Place, Record, UNKNOWN};
use crate::budget::{Budget, READ_AHEAD};
use crate::fault::{At, Effect, Fault, Refused};
use crate::gather::Gather;
use crate::{Layout, Part};

pub(crate) fn recognise(text: &str) -> Option<Part> {
    let has = |name: &str| text.contains(&format!("\"{name}\""));
    let is = has("source") && (has("results") || text.starts_with('['));
    let of_it = [
        "source_list_url",
        "federal_register_notice",
        "alt_names",
        "source_information_url",
    ];
    (is && of_it.iter().any(|name| has(name))).then(|| Part::alone(Layout::CslJson))
}

pub(crate) fn read(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let left = Cell::new(0);
    let place = Position::default();
    let longest = out.limits.record;
    left.set(longest + READ_AHEAD);
    let bytes = without_mark(bytes).map_err(|error| Refused::Unreadable {
        at: place.at(),
        what: error.to_string(),
    })?;
    let counted = Counted {
        from: Budget::new(bytes, &left),
        place: &place,
    };
    let refused = Cell::new(None);
    let mut reader = serde_json::Deserializer::from_reader(counted);
    let take = Take {
        out,
        left: &left,
        place: &place,
        refused: &refused,
    };
    let done = take.deserialize(&mut reader).and_then(|()| reader.end());
    if let Some(refused) = refused.take() {
        return Err(refused);
    }
    done.map_err(|error| refusal(&error, &place, left.get() == 0, longest))
}

/// Passes over a byte order mark, which JSON does not have.
fn without_mark(mut bytes: impl BufRead) -> io::Result<impl BufRead> {
    let mut first = Vec::with_capacity(3);
    (&mut bytes).take(3).read_to_end(&mut first)?;
    if first == b"\xef\xbb\xbf" {
        first.clear();
    }
    Ok(io::Cursor::new(first).chain(bytes))
}

fn refusal(error: &serde_json::Error, place: &Position, used_up: bool, longest: usize) -> Refused {
    let at = place.at();
    if used_up {
        return Refused::TooBig {
            at,
            what: format!("a record of more than {longest} bytes"),
        };
    }
    match error.classify() {
        serde_json::error::Category::Eof => Refused::CutOff {
            at,
            what: "the list of records is not closed".to_owned(),
        },
        serde_json::error::Category::Io => Refused::Unreadable {
            at,
            what: error.to_string(),
        },
        _ => Refused::malformed(at, error.to_string()),
    }
}

/// Where the reader is. It takes single bytes, so this is exact.
#[derive(Default)]
struct Position {
    lines: Cell<u64>,
    column: Cell<u64>,
    /// Bytes.
    passed: Cell<u64>,
}

impl Position {
    fn at(&self) -> At {
        At {
            line: self.lines.get() + 1,
            column: self.column.get().max(1),
        }
    }
}

struct Counted<'a, R> {
    from: R,
    place: &'a Position,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let taken = self.from.read(into)?;
        self.place
            .passed
            .set(self.place.passed.get() + taken as u64);
        for byte in &into[..taken] {
            if *byte == b'\n' {
                self.place.lines.set(self.place.lines.get() + 1);
                self.place.column.set(0);
            } else {
                self.place.column.set(self.place.column.get() + 1);
            }
        }
        Ok(taken)
    }
}

/// Reads the outermost value.
struct Take<'a> {
    out: &'a mut Gather,
    left: &'a Cell<usize>,
    place: &'a Position,
    refused: &'a Cell<Option<Refused>>,
}

impl<'de> DeserializeSeed<'de> for Take<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Take<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records, or an object with \"results\"")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self {
            out,
            left,
            place,
            refused,
        } = self;
        while let Some(key) = map.next_key::<String>()? {
            if key == "results" {
                map.next_value_seed(Take {
                    out: &mut *out,
                    left,
                    place,
                    refused,
                })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        loop {
            self.left.set(self.out.limits.record + READ_AHEAD);
            let Some(Placed { at, value }) = seq.next_element_seed(Where(self.place))? else {
                return Ok(());
            };
            let limits = self.out.limits;
            if let Err(refused) = limits
                .room_for(self.place.passed.get(), at)
                .and_then(|()| take(value, at, self.out))
            {
                self.refused.set(Some(refused));
                return Err(A::Error::custom("too much"));
            }
        }
    }
}

/// A value with the place where it begins.
struct Placed {
    at: At,
    value: Value,
}

struct Where<'a>(&'a Position);

impl<'de> DeserializeSeed<'de> for Where<'_> {
    type Value = Placed;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Placed, D::Error> {
        let at = self.0.at();
        let value = serde::Deserialize::deserialize(deserializer)?;
        Ok(Placed { at, value })
    }
}

fn take(value: Value, at: At, out: &mut Gather) -> Result<(), Refused> {
    let Value::Object(fields) = value else {
        let list = UNKNOWN.into();
        out.count(&list, at)?;
        out.fault(
            &list,
            Fault {
                at,
                record: None,
                field: None,
                what: "something that is no record stands among the records".to_owned(),
                effect: Effect::RecordUnread,
                next: "look at the place in the file".to_owned(),
            },
        );
        return Ok(());
    };
    let mut read = Record {
        at,
        ..Record::default()
    };
    for (name, value) in fields {
        let one = || text(&value);
        let many = || texts(&value);
        match name.as_str() {
            "source" => read.source = one(),
            "entity_number" => read.entity_number = one(),
            "type" => read.kind = one(),
            "programs" => read.programs = many(),
            "name" => read.name = one(),
            "title" => read.title = one(),
            "addresses" => read.addresses = objects(&value).map(place).collect(),
            "federal_register_notice" => read.federal_register_notice = one(),
            "start_date" => read.start_date = one(),
            "end_date" => read.end_date = one(),
            "standard_order" => read.standard_order = one(),
            "license_requirement" => read.license_requirement = one(),
            "license_policy" => read.license_policy = one(),
            "call_sign" => read.call_sign = one(),
            "vessel_type" => read.vessel_type = one(),
            "gross_tonnage" => read.gross_tonnage = one(),
            "gross_registered_tonnage" => read.gross_registered_tonnage = one(),
            "vessel_flag" => read.vessel_flag = one(),
            "vessel_owner" => read.vessel_owner = one(),
            "remarks" => read.remarks = one(),
            "source_list_url" => read.source_list_url = one(),
            "source_information_url" => read.source_information_url = one(),
            "alt_names" => read.alt_names = many(),
            "citizenships" => read.citizenships = many(),
            "dates_of_birth" => read.dates_of_birth = many(),
            "nationalities" => read.nationalities = many(),
            "places_of_birth" => read.places_of_birth = many(),
            "country" => read.country = one(),
            "ids" => read.ids = objects(&value).map(number).collect(),
            // Hashes of the record, which change with it.
            "id" | "_id" => {}
            _ => {
                let text = one();
                if !text.is_empty() {
                    read.others.push((name, text));
                }
            }
        }
    }
    read.put(out)
}

/// A value as text: nothing for `null`, all of a list.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        Value::Array(values) => {
            let texts: Vec<String> = values.iter().map(text).collect();
            texts.join("; ")
        }
        other => other.to_string(),
    }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().map(text).filter(|t| !t.is_empty()).collect(),
        other => Some(text(other))
            .filter(|t| !t.is_empty())
            .into_iter()
            .collect(),
    }
}

fn objects(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(values) => values.as_slice(),
        Value::Null => &[],
        other => std::slice::from_ref(other),
    }
    .iter()
}

fn place(value: &Value) -> Place {
    let get = |name| value.get(name).map(text).unwrap_or_default();
    if !value.is_object() {
        return Place {
            address: text(value),
            ..Place::default()
        };
    }
    Place {
        address: get("address"),
        city: get("city"),
        state: get("state"),
        postal: get("postal_code"),
        country: get("country"),
    }
}

fn number(value: &Value) -> Number {
    let get = |name| value.get(name).map(text).unwrap_or_default();
    if !value.is_object() {
        return Number {
            kind: "Number".to_owned(),
            number: text(value),
            ..Number::default()
        };
    }
    Number {
        kind: get("type"),
        number: get("number"),
        country: get("country"),
        issued: get("issue_date"),
        expires: get("expiration_date"),
    }
}
