//! Any text as a disclosed entry: refused. A good one, changed: refused, but for what its
//! JSON says the same. And any text as JSON: one canonical form, which is its own.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use scruple_ledger::commit::{commitment, entry};
use scruple_ledger::merkle::{leaf_hash, root_of, to_base64};
use scruple_ledger::{Checkpoint, Content, Disclosure, canonical};
use scruple_note::{Signer, Verifier, new_key};

struct Good {
    verifier: Verifier,
    disclosure: Disclosure,
}

fn good() -> &'static Good {
    static GOOD: OnceLock<Good> = OnceLock::new();
    GOOD.get_or_init(|| {
        let pair = new_key("fuzz.example", [7; 32]).unwrap();
        let signer: Signer = pair.secret.parse().unwrap();
        let (salt, content) = ([9; 32], "{\"a\":1}");
        let leaf = leaf_hash(entry(&commitment(&salt, content)).as_bytes());
        let other = leaf_hash(b"other");
        let checkpoint = Checkpoint {
            origin: "fuzz.example".to_owned(),
            size: 2,
            root: root_of(&[leaf, other]),
            extensions: Vec::new(),
        };
        Good {
            verifier: pair.verifier.parse().unwrap(),
            disclosure: Disclosure {
                schema: scruple_ledger::disclosure::SCHEMA.to_owned(),
                log: pair.verifier,
                index: 0,
                content: content.to_owned(),
                salt: to_base64(&salt),
                proof: vec![to_base64(&other)],
                checkpoint: checkpoint.sign(&signer),
                handovers: Vec::new(),
            },
        }
    })
}

fuzz_target!(|data: &[u8]| {
    let good = good();
    if let Ok(text) = std::str::from_utf8(data) {
        if let Ok(read) = Disclosure::parse(text) {
            assert!(read.verify(Some(&good.verifier), None, 0).is_err());
        }
        if let Ok(form) = canonical(text) {
            assert_eq!(canonical(&form).as_ref(), Ok(&form));
            let value: serde_json::Value = serde_json::from_str(&form).expect("it is JSON");
            drop(value);
        }
        if let Ok(content) = Content::of_text(text) {
            assert!(content.canonical().len() <= 65_535 && content.canonical() != "null");
        }
    }
    let mut changed = good.disclosure.text().into_bytes();
    for change in data.chunks_exact(3) {
        let at = usize::from(u16::from_be_bytes([change[0], change[1]])) % changed.len();
        changed[at] ^= change[2];
    }
    if let Ok(text) = std::str::from_utf8(&changed)
        && let Ok(read) = Disclosure::parse(text)
        && read.verify(Some(&good.verifier), None, 0).is_ok()
    {
        assert_eq!(read, good.disclosure);
    }
});
