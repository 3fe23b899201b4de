//! A good bundle, changed by any bytes: refused before anything is written, and no
//! bytes that nobody signed are taken in.
#![no_main]

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::sync::{Mutex, OnceLock};

use libfuzzer_sys::fuzz_target;
use scruple_model::hash::sha256;
use scruple_model::{Date, Entity, ListId, Snapshot};
use scruple_store::{DataDir, Mode, NewSnapshot};
use scruple_sync::bundle::{BundleLimits, Contents, Signer, Terms, Verifier, Which, export, import, new_key};

/// A bundle of one list and one pack, and the key it is signed with.
struct Good {
    bundle: Vec<u8>,
    trusted: Verifier,
    /// Where bundles are taken in.
    here: Mutex<DataDir>,
    _folder: tempfile::TempDir,
}

fn build(_: &mut dyn Iterator<Item = Entity>) -> Vec<u8> {
    Vec::new()
}

fn good() -> &'static Good {
    static GOOD: OnceLock<Good> = OnceLock::new();
    GOOD.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = DataDir::open(&folder.path().join("there"), Mode::Write).expect("a store");
        let line = concat!(
            r#"{"id":"user-a:1","schema":"Company","caption":"Testing Works","#,
            r#""properties":{"name":["Testing Works"]},"listings":[]}"#,
            "\n"
        );
        let mut blob = store.write_blob().expect("a blob");
        blob.write_all(line.as_bytes()).expect("written");
        let day: Date = "2026-01-02".parse().expect("a day");
        let row = NewSnapshot {
            snapshot: Snapshot {
                list: ListId::new("user-a"),
                hash: sha256(line.as_bytes()),
                published: Some(day),
                taken: day,
                records: 1,
                entities: 1,
                unread: 0,
                dropped: 0,
            },
            blob: blob.finish().expect("written").hash,
            origin: "a.jsonl".to_owned(),
            licence: None,
            layout: "ftm".to_owned(),
            fields_unread: 0,
            unread: Vec::new(),
        };
        store.record(&[row]).expect("recorded");
        let pair = new_key("desk.example", [7; 32]).expect("a key");
        let signer: Signer = pair.secret.parse().expect("a key");
        let packs = BTreeMap::from([("lists".to_owned(), "a = 1\n".to_owned())]);
        let mut bundle = Vec::new();
        let contents = Contents { which: Which::Current, packs: &packs, holdings: false };
        export(&store, &contents, day, "fuzz", &signer, &mut bundle).expect("a bundle");
        Good {
            bundle,
            trusted: pair.verifier.parse().expect("a key"),
            here: Mutex::new(
                DataDir::open(&folder.path().join("here"), Mode::Write).expect("a store"),
            ),
            _folder: folder,
        }
    })
}

fuzz_target!(|bytes: &[u8]| {
    let good = good();
    // Three bytes are a change: where, and by what. Longer input without changes that
    // fit is a bundle of its own.
    let mut bundle = good.bundle.clone();
    match bytes.strip_prefix(b"!") {
        Some(whole) => bundle = whole.to_vec(),
        None => {
            for change in bytes.chunks_exact(3) {
                let at = usize::from(u16::from_le_bytes([change[0], change[1]]));
                match bundle.get_mut(at) {
                    Some(byte) => *byte ^= change[2],
                    None => bundle.truncate(bundle.len().saturating_sub(usize::from(change[2]))),
                }
            }
        }
    }
    let altered = bundle != good.bundle;
    let mut here = good.here.lock().expect("one thread");
    let taken = import(
        Cursor::new(&bundle),
        &Terms {
            trusted: std::slice::from_ref(&good.trusted),
            today: "2026-01-02".parse().expect("a day"),
            accept_shrink: &[],
            limits: BundleLimits::default(),
        },
        &mut here,
        &build,
        &|_, _| Err("no holdings were signed".to_owned()),
    );
    assert_eq!(
        taken.is_err(),
        altered,
        "{:?}",
        taken.err().map(|error| error.to_string())
    );
});
