//! Any bytes as a table of any kind: problems or rows as wide as the header.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_table::{Kind, guess_columns, read};

fuzz_target!(|bytes: &[u8]| {
    for kind in [Kind::Csv, Kind::Xlsx, Kind::JsonLines] {
        match read(bytes, kind) {
            Ok(table) => {
                assert!(
                    table
                        .rows
                        .iter()
                        .all(|row| row.cells.len() == table.headers.len())
                );
                if let Ok(mapping) = guess_columns(&table.headers, &[]) {
                    let parties = table.parties(&mapping);
                    let wide = parties.columns.len();
                    assert!(parties.rows.iter().all(|row| row.cells.len() == wide));
                }
            }
            Err(problems) => assert!(!problems.is_empty()),
        }
    }
});
