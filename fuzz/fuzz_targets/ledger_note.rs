//! Any bytes as a signed note: read or not, and what is read is written the same. A good
//! note that was changed is opened by nobody who trusts its key.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use scruple_note::{Signer, Verifier, new_key, open, sign, signature_line, signatures};

fn key() -> &'static (Signer, Vec<Verifier>) {
    static KEY: OnceLock<(Signer, Vec<Verifier>)> = OnceLock::new();
    KEY.get_or_init(|| {
        let pair = new_key("fuzz.example", [7; 32]).unwrap();
        (
            pair.secret.parse().unwrap(),
            vec![pair.verifier.parse().unwrap()],
        )
    })
}

fuzz_target!(|data: &[u8]| {
    let (signer, trusted) = key();
    if let Ok((text, all)) = signatures(data) {
        let mut again = format!("{text}\n");
        for one in &all {
            again.push_str(&signature_line(one.name, one.id, &one.bytes));
        }
        assert_eq!(again.as_bytes(), data);
        assert!(open(data, trusted).is_err(), "nobody signed this");
    }
    // Bytes of the input, changed into a good note at places that the input names.
    let good = sign("fuzz.example\n7\ntext\n", signer).into_bytes();
    let mut note = good.clone();
    for change in data.chunks_exact(2) {
        let at = usize::from(change[0]) % note.len();
        note[at] ^= change[1];
    }
    assert_eq!(open(&note, trusted).is_ok(), note == good);
});
