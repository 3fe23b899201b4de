//! Any text as a rule pack of each kind: problems or rules, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_brief::packs::{DutyBody, ListBody, PlaceBody, RegimeBody};
use scruple_brief::starter;
use scruple_pack::{Pack, PackError, load};

fn sound<T>(text: &str, loaded: Result<Pack<T>, PackError>) {
    match loaded {
        Ok(pack) => {
            for (at, entry) in pack.entries.iter().enumerate() {
                assert!(!entry.periods.is_empty());
                assert!(
                    pack.entries[..at]
                        .iter()
                        .all(|before| before.id != entry.id)
                );
            }
        }
        Err(PackError(problems)) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(problem.problem.at.bytes.end <= text.len());
                assert!(!problem.problem.what.is_empty());
            }
        }
    }
}

fuzz_target!(|text: &str| {
    sound(text, load::<ListBody>("lists", text));
    sound(text, load::<RegimeBody>("regimes", text));
    sound(text, load::<PlaceBody>("places", text));
    sound(text, load::<DutyBody>("duties", text));
    if let Err(PackError(problems)) = starter::read("starter/fuzz", text) {
        assert!(!problems.is_empty());
    }
});
