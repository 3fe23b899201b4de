//! Any text as a register file, or as a table: problems that point into the text, or a
//! register whose version shows nothing of what is withheld.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_model::Date;
use scruple_register::version::check_history;
use scruple_register::{Register, SaltKey, Version, table};

fuzz_target!(|bytes: &[u8]| {
    let today: Date = "2026-06-01".parse().expect("a day");
    let _ = table::read(bytes, today);
    if let Ok(version) = serde_json::from_slice::<Version>(bytes) {
        let _ = check_history(std::slice::from_ref(&version));
        let _ = scruple_register::diff::diff(None, &version);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match Register::read(text) {
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(problem.at.bytes.start <= text.len(), "{problem:?}");
            }
        }
        Ok(register) => {
            let version = Version::of(&register, &SaltKey::new([1; 32]), today, &[], Vec::new());
            assert_eq!(version.entries.len() + version.withheld.len(), register.entries.len());
            let again: Version = serde_json::from_slice(&version.bytes()).expect("read back");
            assert_eq!(again, version);
            assert_eq!(check_history(&[version]), Ok(()));
        }
    }
});
