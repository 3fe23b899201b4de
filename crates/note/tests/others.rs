//! Notes that programs other than ours have signed.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::path::PathBuf;

use scruple_note::{Verifier, open};

/// The values of the specification's examples; none where they are not at hand.
#[expect(
    clippy::disallowed_methods,
    reason = "where the vectors stand is the test's own"
)]
fn examples() -> Option<serde_json::Value> {
    let root = std::env::var_os("SCRUPLE_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let path = root.join("data/vectors/c2sp/examples.json");
    if !path.exists() {
        let must = std::env::var_os("SCRUPLE_NO_SKIP").is_some_and(|value| value == "1");
        let skipped = format!("skipped: no {}", path.display());
        assert!(!must, "{skipped}, and SCRUPLE_NO_SKIP=1 forbids that");
        println!("{skipped}");
        return None;
    }
    Some(serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

#[test]
fn a_note_signed_by_another_implementation_opens() {
    let Some(examples) = examples() else { return };
    let example = &examples["signed_note"];
    let verifier: Verifier = example["vkey"].as_str().unwrap().parse().unwrap();
    let note = example["note"].as_str().unwrap();
    assert!(open(note.as_bytes(), &[verifier]).is_ok());
}
