//! Any text as a name, an address and an identifier: no reading is empty, every segment
//! lies in its word, and reading twice gives the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_names::address::{Address, Nearness, compare};
use scruple_names::identifier::{Check, check, recognise};
use scruple_names::{LegalForms, Lexicon, read};

fuzz_target!(|text: &str| {
    let name = read(text, LegalForms::built_in());
    for reading in &name.readings {
        assert!(!reading.parts.is_empty());
        assert!(reading.parts.iter().all(|part| !part.text.is_empty()));
    }
    assert_eq!(read(text, LegalForms::built_in()), name);

    let lexicon = Lexicon::built_in();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut segments = Vec::new();
    lexicon.cut_words(&words, &mut segments);
    for segment in &segments {
        let word = words[segment.words.end - 1];
        assert!(segment.words.len() > 1 || word.get(segment.bytes.clone()).is_some());
    }
    assert_eq!(lexicon.cut(text), lexicon.cut(text));

    let address = Address::parse(text);
    assert_eq!(Address::parse(text), address);
    // An address says the same of itself as of its copy, and is never elsewhere.
    assert_ne!(compare(&address, &address), Nearness::Apart);

    for found in recognise(text) {
        assert_eq!(check(found.kind, &found.text), found.check);
        assert!(found.text.is_ascii());
        let _: Check = found.check;
    }
});
