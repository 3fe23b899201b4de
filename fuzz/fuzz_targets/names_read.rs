//! Any text as a name: no reading is empty, and reading twice gives the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_names::{LegalForms, read};

fuzz_target!(|text: &str| {
    let name = read(text, LegalForms::built_in());
    for reading in &name.readings {
        assert!(!reading.parts.is_empty());
        assert!(reading.parts.iter().all(|part| !part.text.is_empty()));
    }
    assert_eq!(read(text, LegalForms::built_in()), name);
});
