//! An index file is data from a disk: whatever it holds, opening and searching
//! end with an error or an answer.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::list;
use proptest::prelude::*;
use scruple_screen::{EntityNo, Index, IndexError, Options, Query, build, search};

/// Layout of the header, as `file.rs` writes it.
const CHECKSUM: std::ops::Range<usize> = 24..32;

#[test]
fn damage_is_told_from_a_cut_and_from_another_file() {
    let good = build(list::entities().into_iter());
    let mut damaged = good.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x10;
    assert_eq!(Index::open(damaged).unwrap_err(), IndexError::Checksum);
    let cut = good[..good.len() - 1].to_vec();
    assert!(matches!(
        Index::open(cut),
        Err(IndexError::Truncated { .. })
    ));
    assert_eq!(
        Index::open(&b"PK\x03\x04 a spreadsheet"[..]).unwrap_err(),
        IndexError::NotAnIndex
    );
    assert_eq!(Index::open(Vec::new()).unwrap_err(), IndexError::NotAnIndex);
}

fn ask_everything(index: &Index<&[u8]>) {
    let query = Query {
        identifiers: vec![("imoNumber".into(), "9079171".into())],
        birth_date: "1978".parse().ok(),
        ..Query::of("Hangzhou Hikvision 海康威视 ياسر عزيز Technology Ltd")
    };
    search(
        index,
        &query,
        &Options {
            threshold: 0,
            limit: 20,
        },
    );
    for no in [0, 1, 70, u32::MAX] {
        let _ = index.entity(EntityNo(no));
        let _ = scruple_screen::score(index, &query, EntityNo(no));
    }
    let _ = index.find(&"us-ofac-sdn:9".into());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_bytes_do_not_open(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Index::open(bytes).is_err());
    }

    /// Bytes changed with care: the checksum is put right, so that every read
    /// has to look after itself.
    #[test]
    fn forged_bytes_never_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<[u8; 4]>()), 1..60),
    ) {
        let mut bytes = build(list::entities().into_iter());
        for (at, value) in changes {
            // Words, from the table of sections on.
            let words = (bytes.len() - 40) / 4;
            let at = 40 + at.index(words) * 4;
            bytes[at..at + 4].copy_from_slice(&value);
        }
        let sum = scruple_screen::reseal(&bytes);
        bytes[CHECKSUM].copy_from_slice(&sum.to_le_bytes());
        if let Ok(index) = Index::open(bytes.as_slice()) {
            ask_everything(&index);
        }
    }

    /// The same with small numbers, which lead further in than large ones.
    #[test]
    fn forged_small_numbers_never_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0_u32..3_000), 1..200),
    ) {
        let mut bytes = build(list::entities().into_iter());
        for (at, value) in changes {
            let words = (bytes.len() - 248) / 4;
            let at = 248 + at.index(words) * 4;
            bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        }
        let sum = scruple_screen::reseal(&bytes);
        bytes[CHECKSUM].copy_from_slice(&sum.to_le_bytes());
        if let Ok(index) = Index::open(bytes.as_slice()) {
            ask_everything(&index);
        }
    }
}
