//! Any lines as a FollowTheMoney file: what is read is written and read back
//! the same, and every line is accounted for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_model::ftm::{Folded, Reader, is_personal, write_lines};

fn read(text: &str) -> (Folded, usize) {
    let mut reader = Reader::new("user-fuzz".into());
    let mut refused = 0;
    for (at, line) in text.lines().enumerate() {
        if let Err(error) = reader.take(at as u64 + 1, line) {
            assert_eq!(error.line, at as u64 + 1);
            assert!(error.column >= 1 && !error.what.is_empty() && !error.next.is_empty());
            refused += 1;
        }
    }
    (reader.finish(), refused)
}

fuzz_target!(|text: &str| {
    let (folded, refused) = read(text);
    assert_eq!(folded.records, text.lines().count() as u64);
    assert!(folded.entities.len() + refused <= text.lines().count());
    assert!(
        folded
            .entities
            .windows(2)
            .all(|pair| pair[0].id < pair[1].id)
    );
    for entity in &folded.entities {
        assert!(entity.properties.keys().all(|name| !is_personal(name)));
    }
    let (again, refused) = read(&write_lines(&folded.entities));
    assert_eq!(refused, 0, "a line we wrote is refused");
    assert_eq!(again.entities, folded.entities);
});
