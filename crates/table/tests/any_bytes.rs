//! Whatever stands in a file, reading it does not end the program.

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use scruple_table::{Kind, guess_columns, read};

fn try_all(bytes: &[u8]) {
    for kind in [Kind::Csv, Kind::Xlsx, Kind::JsonLines] {
        match read(bytes, kind) {
            Ok(table) => {
                for row in &table.rows {
                    assert_eq!(row.cells.len(), table.headers.len());
                }
                if let Ok(mapping) = guess_columns(&table.headers, &[]) {
                    let parties = table.parties(&mapping);
                    for row in &parties.rows {
                        assert_eq!(row.cells.len(), parties.columns.len());
                    }
                }
            }
            Err(problems) => assert!(!problems.is_empty()),
        }
    }
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [["id", "name"], ["1", "Acme"]].into_iter().enumerate() {
        sheet
            .write_row(row as u32, 0, cells)
            .expect("two cells fit in a sheet");
    }
    book.save_to_buffer().expect("written to memory")
}

proptest! {
    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        try_all(&bytes);
    }

    #[test]
    fn texts_of_the_characters_that_matter(text in "[a-c,;|\t\"\r\n{}\\[\\]:\u{feff}ы1 ]{0,200}") {
        try_all(text.as_bytes());
    }

    #[test]
    fn workbooks_with_changed_bytes(at in 0usize..4000, byte in any::<u8>(), cut in 0usize..6000) {
        let mut bytes = workbook();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        bytes.truncate(cut);
        try_all(&bytes);
    }
}
