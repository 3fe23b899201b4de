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
