//! Holdings files: content-addressed, never changed, found again.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails, and does not use all of what is common"
)]

use std::fs;

use crate::common::{Home, day};
use scruple_store::{DataDir, FaultKind, Mode, NewHoldings, StoreError};

fn state(hash: &str, parts: &[String], note: &str, taken: &str) -> NewHoldings {
    NewHoldings {
        hash: hash.to_owned(),
        parts: parts.to_vec(),
        note: note.to_owned(),
        taken: day(taken),
    }
}

#[test]
fn the_state_recorded_last_answers_and_earlier_ones_are_found_by_day() {
    let root = Home::new();
    let mut dir = DataDir::open(root.path(), Mode::Write).unwrap();
    assert_eq!(dir.holdings_known_at(day("2026-11-22")).unwrap(), None);
    let one = dir.put_holdings(b"one").unwrap().hash;
    let two = dir.put_holdings(b"two").unwrap().hash;
    let parts = [one.clone()];
    dir.record_holdings(&state(&one, &parts, "first", "2026-11-01"))
        .unwrap();
    // What no state names is gone.
    assert!(!dir.holdings_path(&two).is_file());
    let two = dir.put_holdings(b"two").unwrap().hash;
    let all = dir.put_holdings(b"one and two").unwrap().hash;
    let parts = [one.clone(), two];
    dir.record_holdings(&state(&all, &parts, "second", "2026-11-20"))
        .unwrap();
    drop(dir);
    let dir = DataDir::open(root.path(), Mode::Read).unwrap();
    let known = |text| dir.holdings_known_at(day(text)).unwrap();
    assert_eq!(known("2026-10-31"), None);
    assert_eq!(known("2026-11-19").unwrap().hash, one);
    let now = known("2026-11-22").unwrap();
    assert_eq!((now.hash.as_str(), now.note.as_str()), (&*all, "second"));
    assert_eq!(now.parts.len(), 2);
    assert_eq!(fs::read(dir.holdings_path(&all)).unwrap(), b"one and two");
    assert_eq!(dir.integrity().unwrap(), []);
    assert!(matches!(
        dir.put_holdings(b"three"),
        Err(StoreError::ReadOnly(_))
    ));
}

#[test]
fn an_altered_and_a_missing_file_are_found() {
    let root = Home::new();
    let mut dir = DataDir::open(root.path(), Mode::Write).unwrap();
    let hash = dir.put_holdings(b"one").unwrap().hash;
    dir.record_holdings(&state(&hash, std::slice::from_ref(&hash), "", "2026-11-01"))
        .unwrap();
    let path = dir.holdings_path(&hash);
    fs::write(&path, b"two").unwrap();
    let faults = dir.integrity().unwrap();
    assert_eq!(faults[0].kind, FaultKind::Holdings);
    assert!(faults[0].what.contains("altered"));
    // Putting the same content again mends it.
    dir.put_holdings(b"one").unwrap();
    assert_eq!(dir.integrity().unwrap(), []);
    fs::remove_file(&path).unwrap();
    assert!(dir.integrity().unwrap()[0].what.contains("missing"));
    let parts = ["0".repeat(64)];
    assert!(matches!(
        dir.record_holdings(&state(&hash, &parts, "", "2026-11-02")),
        Err(StoreError::Damaged { .. })
    ));
}

#[test]
fn the_key_is_made_once_and_is_its_owners_alone() {
    let root = Home::new();
    let dir = DataDir::open(root.path(), Mode::Write).unwrap();
    assert_eq!(dir.person_key(|| Ok([7; 32])).unwrap(), [7; 32]);
    assert_eq!(dir.person_key(|| Ok([8; 32])).unwrap(), [7; 32]);
    let path = root.path().join("person.key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    fs::write(&path, b"short").unwrap();
    let error = dir.person_key(|| Ok([9; 32])).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
}
