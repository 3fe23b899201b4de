//! Any bytes as a bundle and as a tile: as many entries as were asked for, or cut off;
//! what is read is written the same. And any bytes as all files of a log: an audit ends,
//! and finds nothing in order that was not signed.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use scruple_ledger::Checkpoint;
use scruple_ledger::audit::{Asked, Source, SourceFault, audit};
use scruple_ledger::merkle::{leaf_hash, root_of};
use scruple_ledger::tile::{push_entry, read_entries, read_hashes};
use scruple_note::{Signer, Verifier, new_key};

fn key() -> &'static (Signer, Verifier) {
    static KEY: OnceLock<(Signer, Verifier)> = OnceLock::new();
    KEY.get_or_init(|| {
        let pair = new_key("fuzz.example", [7; 32]).unwrap();
        (pair.secret.parse().unwrap(), pair.verifier.parse().unwrap())
    })
}

/// A log whose checkpoint is good and whose other files are what the input says.
struct Any<'a> {
    note: String,
    data: &'a [u8],
}

impl Source for Any<'_> {
    fn get(&mut self, path: &str, most: u64) -> Result<Option<Vec<u8>>, SourceFault> {
        Ok(match path {
            "checkpoint" => Some(self.note.clone().into_bytes()),
            path if path.starts_with("tile/entries") => {
                let length = self.data.len().min(usize::try_from(most).unwrap());
                Some(self.data[..length].to_vec())
            }
            path if path.starts_with("tile/0") => Some(self.data.iter().rev().copied().collect()),
            _ => None,
        })
    }
}

fuzz_target!(|data: &[u8]| {
    for width in [1, 3, 256] {
        if let Ok((entries, surplus)) = read_entries(data, width) {
            assert_eq!(entries.len() as u64, width);
            let mut again = Vec::new();
            for entry in &entries {
                assert!(push_entry(&mut again, entry));
            }
            assert!(data.starts_with(&again));
            assert_eq!(surplus == 0, again.len() == data.len());
        }
        if let Ok(hashes) = read_hashes(data, width) {
            assert_eq!(hashes.concat(), data);
        }
    }
    let (signer, verifier) = key();
    let signed = [b"one", b"two"].map(|entry| leaf_hash(entry));
    let checkpoint = Checkpoint {
        origin: "fuzz.example".to_owned(),
        size: 2,
        root: root_of(&signed),
        extensions: Vec::new(),
    };
    let asked = Asked {
        location: "here",
        key: Some(verifier),
        policy: None,
        others: &[],
        max_age_days: 30,
        now: 0,
    };
    let mut source = Any {
        note: checkpoint.sign(signer),
        data,
    };
    let (report, _) = audit(&mut source, &[], &asked).unwrap();
    // The file of hashes is the entries backwards: never what the entries give.
    assert!(report.is_broken());
});
