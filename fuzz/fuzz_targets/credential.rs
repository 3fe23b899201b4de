//! A signed audit changed by any bytes, or any bytes as files beside each other: what is
//! not exactly what was signed never holds, and nothing makes the reader stop.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use scruple_attest::json::{canonical, read};
use scruple_attest::rules::ImpossibleBody;
use scruple_attest::status::{Bits, Entry};
use scruple_attest::verify::verify;
use scruple_attest::{Draft, Shelf, Signer, make, page, proof};
use scruple_model::Date;
use scruple_pack::Pack;

struct Good {
    text: Vec<u8>,
    canonical: Vec<u8>,
    places: Pack<ImpossibleBody>,
    day: Date,
}

fn good() -> &'static Good {
    static GOOD: OnceLock<Good> = OnceLock::new();
    GOOD.get_or_init(|| {
        let page = include_str!("../../docs/attest.md");
        let draft = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
        let draft = Draft::read(draft.expect("the page shows a draft")).expect("a draft");
        let signer = Signer::new([7; 32]);
        let day: Date = "2026-06-01".parse().expect("a day");
        let entry = Entry {
            list: "https://a.example/s".to_owned(),
            position: 7,
            purpose: "revocation".to_owned(),
        };
        let credential = make::credential(&draft, signer.did(), Some(&entry));
        let signed = proof::sign(&credential, &signer, day).expect("signed");
        Good {
            text: signed.to_string().into_bytes(),
            canonical: canonical(&signed).expect("canonical"),
            places: scruple_pack::load("audit-impossible", include_str!("../../packs/audit-impossible.toml")).expect("a pack"),
            day,
        }
    })
}

fuzz_target!(|bytes: &[u8]| {
    let good = good();
    let mut shelf = Shelf::default();
    match bytes.split_first() {
        // Files of any bytes, beside the good one.
        Some((b'!', rest)) => {
            for (number, file) in rest.split(|byte| *byte == 0).take(8).enumerate() {
                shelf.add(&number.to_string(), file);
            }
        }
        // A list of any bytes.
        Some((b'?', rest)) => {
            if let Ok(text) = std::str::from_utf8(rest) {
                let _ = Bits::decode(text);
                let _ = Draft::read(text);
            }
            return;
        }
        // The good one, changed: two bytes say where, one by what.
        _ => {
            let mut text = good.text.clone();
            for change in bytes.chunks_exact(3) {
                let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % text.len();
                text[at] ^= change[2];
            }
            shelf.add("changed", &text);
            let same = read(&text).and_then(|value| canonical(&value)).is_ok_and(|all| all == good.canonical);
            let report = verify(&shelf, &good.places, good.day);
            let holds = report.verdicts.iter().any(|verdict| verdict.is_signed());
            assert_eq!(holds, same, "{}", String::from_utf8_lossy(&text));
        }
    }
    let report = verify(&shelf, &good.places, good.day);
    let _ = page::render(&report);
});
