#![allow(
    dead_code,
    unreachable_pub,
    clippy::print_stdout,
    reason = "each test uses what it needs"
)]
//! Opens the full files that a developer may hold beside the workspace.

use std::io::{BufReader, Read as _};
use std::path::PathBuf;

use scruple_lists::{Input, LOOK, Limits, Reading, Refused, read, recognise};

/// A file unpacked, with its name.
pub struct File {
    /// As the manifest calls it.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The folder with the full files.
fn folder() -> PathBuf {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may ask where full files are"
    )]
    let shared = std::env::var_os("SCRUPLE_SHARED");
    shared.map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    )
}

/// Reads files, packed or not; `None`, with a word, where one is not there.
pub fn open(names: &[&str]) -> Option<Vec<File>> {
    let mut out = Vec::new();
    for name in names {
        let path = folder().join("data/lists").join(name);
        let Ok(file) = std::fs::File::open(&path) else {
            println!("skipped: {name} is not there");
            return None;
        };
        let mut bytes = Vec::new();
        let done = if name.ends_with(".zst") {
            zstd::Decoder::new(file).and_then(|mut file| file.read_to_end(&mut bytes))
        } else {
            BufReader::new(file).read_to_end(&mut bytes)
        };
        done.expect("the file can be read");
        out.push(File {
            name: name.trim_end_matches(".zst").to_owned(),
            bytes,
        });
    }
    Some(out)
}

/// Recognises and reads the files of one set.
pub fn read_files(files: &[File]) -> Result<Vec<Reading>, Refused> {
    let inputs = files
        .iter()
        .map(|file| {
            let first = &file.bytes[..file.bytes.len().min(LOOK)];
            Input {
                part: recognise(first, &file.name)
                    .unwrap_or_else(|| panic!("{} is not recognised", file.name)),
                bytes: Box::new(file.bytes.as_slice()),
            }
        })
        .collect();
    read(inputs, None, Limits::default())
}

/// Readings as text, for snapshots that a person reads.
pub fn shown(readings: &[Reading]) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for reading in readings {
        let published = reading
            .published
            .map_or("-".to_owned(), |day| day.to_string());
        let _ = writeln!(
            out,
            "== {} published {published} records {} entities {} unread {} fields unread {}",
            reading.list,
            reading.records,
            reading.entities.len(),
            reading.unread,
            reading.fields_unread
        );
        for entity in &reading.entities {
            let _ = writeln!(out, "{} {:?} {}", entity.id, entity.schema, entity.caption);
            for (name, values) in &entity.properties {
                let _ = writeln!(out, "  {name}: {}", values.join(" | "));
            }
            for listing in &entity.listings {
                let text = serde_json::to_string(listing).expect("a listing is JSON");
                let _ = writeln!(out, "  listing {text}");
            }
        }
        for fault in &reading.faults {
            let _ = writeln!(
                out,
                "{} {}:{} {:?} {:?}: {}; {}",
                fault.effect.as_str(),
                fault.at.line,
                fault.at.column,
                fault.record,
                fault.field,
                fault.what,
                fault.next
            );
        }
        if !reading.dropped.is_empty() {
            let _ = writeln!(out, "dropped {:?}", reading.dropped);
        }
        for skipped in &reading.skipped {
            let _ = writeln!(
                out,
                "skipped {} {}: {}",
                skipped.count, skipped.schema, skipped.why
            );
        }
        for duplicate in &reading.duplicates {
            let _ = writeln!(
                out,
                "duplicate {} lines {} and {}",
                duplicate.id, duplicate.first_line, duplicate.line
            );
        }
    }
    out
}
