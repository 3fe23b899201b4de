//! Any text as a deal, in both notations: problems or a deal, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_model::deal::{Format, read};

fuzz_target!(|text: &str| {
    for format in [Format::Toml, Format::Json] {
        if let Err(problems) = read(text, format) {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(problem.at.line >= 1 && problem.at.column >= 1);
                assert!(problem.at.bytes.start <= text.len());
                assert!(!problem.what.is_empty() && !problem.next.is_empty());
            }
        }
    }
});
