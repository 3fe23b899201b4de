//! Any text as answers on a deal, and any line as that of the form: problems or
//! answers, never a panic. Any text as a file of decisions.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use scruple_assess::answers::{form, read};
use scruple_brief::Packs;
use scruple_brief::conditions::Log;
use scruple_model::deal::{Deal, Format};

static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::built_in().unwrap());
static DEAL: LazyLock<Deal> = LazyLock::new(|| {
    scruple_model::deal::read("title = \"A deal\"\n", Format::Toml).unwrap()
});

fuzz_target!(|text: &str| {
    let today = "2026-11-22".parse().unwrap();
    let bound = format!("deal = \"{}\"\n{text}", DEAL.hash);
    for text in [text.to_owned(), bound, form::to_toml(text)] {
        if let Err(problems) = read(&text, &DEAL, &PACKS.assess, today) {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(problem.at.line >= 1 && problem.at.column >= 1);
                assert!(!problem.what.is_empty() && !problem.next.is_empty());
            }
        }
    }
    if let Ok(log) = Log::read(text) {
        log.conditions(today);
    }
});
