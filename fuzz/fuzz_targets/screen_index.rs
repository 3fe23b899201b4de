//! Any bytes as an index file: it opens or not, and a search in it ends.
//!
//! Bytes alone hardly get past the checksum, so they are also written over a
//! good index, four at a time, and the checksum is put right.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use scruple_model::ftm::Reader;
use scruple_screen::{EntityNo, Index, Options, Query, build, reseal, score, search};

static GOOD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut reader = Reader::new("user-fuzz".into());
    for (at, line) in include_str!("../seeds/ftm_read/parties.jsonl")
        .lines()
        .enumerate()
    {
        reader.take(at as u64 + 1, line).expect("the seed reads");
    }
    build(reader.finish().entities.into_iter())
});

/// Where the checksum stands in the header, as `crates/screen/src/file.rs` has it.
const CHECKSUM: std::ops::Range<usize> = 24..32;

fn ask(bytes: &[u8]) {
    let Ok(index) = Index::open(bytes) else {
        return;
    };
    for name in [
        "Northgate Vision Technology Co., Ltd.",
        "喀什 视觉",
        "ООО Заря",
        "x",
    ] {
        let query = Query {
            birth_date: "1978".parse().ok(),
            ..Query::of(name)
        };
        let found = search(
            &index,
            &query,
            &Options {
                threshold: 0,
                limit: 5,
            },
        );
        assert!(found.len() <= 5);
        let _ = score(&index, &query, EntityNo(1));
    }
    let _ = index.entity(EntityNo(0));
    let _ = index.find(&"user-fuzz:1".into());
}

fuzz_target!(|bytes: &[u8]| {
    ask(bytes);
    let mut forged = GOOD.clone();
    for change in bytes.chunks_exact(6).take(400) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]]));
        let at = 40 + at * 4 % (forged.len() - 44);
        forged[at..at + 4].copy_from_slice(&change[2..6]);
    }
    let sum = reseal(&forged);
    forged[CHECKSUM].copy_from_slice(&sum.to_le_bytes());
    ask(&forged);
});
