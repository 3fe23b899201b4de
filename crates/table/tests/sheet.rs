//! Workbooks as people keep them.

use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use scruple_table::{Kind, Table, read};

fn good(bytes: &[u8]) -> Table {
    read(bytes, Kind::Xlsx).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn bad(bytes: &[u8]) -> Vec<String> {
    let Err(problems) = read(bytes, Kind::Xlsx) else {
        panic!("was read");
    };
    problems
        .iter()
        .map(|p| format!("{}:{} {} {}", p.at.line, p.at.column, p.field, p.what))
        .collect()
}

/// A workbook of which the first sheet's data is written by hand.
fn by_hand(sheet_data: &str) -> Vec<u8> {
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                .to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{rel}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{rel}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{rel}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet_data}</sheetData></worksheet>"),
        ),
    ];
    for (name, text) in parts {
        packed.start_file(name, options).expect("in memory");
        packed.write_all(text.as_bytes()).expect("in memory");
    }
    packed.finish().expect("in memory").into_inner()
}

#[test]
fn text_numbers_and_days_are_read_as_a_person_writes_them() {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd.mm.yyyy");
    let sheet = book.add_worksheet();
    for (column, header) in ["id", "name", "since", "share", "ok"].iter().enumerate() {
        sheet.write(0, column as u16, *header).unwrap();
    }
    sheet.write(1, 0, 7).unwrap();
    sheet.write(1, 1, "新疆").unwrap();
    let since = ExcelDateTime::from_ymd(2021, 3, 9).unwrap();
    sheet.write_with_format(1, 2, &since, &day).unwrap();
    sheet.write(1, 3, 0.5).unwrap();
    sheet.write(1, 4, true).unwrap();
    sheet.write(4, 1, "Шахта").unwrap();
    let table = good(&book.save_to_buffer().unwrap());
    assert_eq!(table.headers, ["id", "name", "since", "share", "ok"]);
    assert_eq!(
        table.rows[0].cells,
        ["7", "新疆", "2021-03-09", "0.5", "true"]
    );
    assert_eq!(table.rows[1].line, 5);
    assert_eq!(table.rows[1].cells, ["", "Шахта", "", "", ""]);
}

#[test]
fn a_formula_gives_its_stored_result() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "id").unwrap();
    sheet.write(0, 1, "name").unwrap();
    sheet.write(1, 0, 1).unwrap();
    let formula = Formula::new("=\"Ac\"&\"me\"").set_result("Acme");
    sheet.write_formula(1, 1, formula).unwrap();
    let table = good(&book.save_to_buffer().unwrap());
    assert_eq!(table.rows[0].cells, ["1", "Acme"]);
}

#[test]
fn a_formula_without_a_result_an_error_and_a_long_number_are_problems() {
    let bytes = by_hand(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>id</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>name</t></is></c></row>\
         <row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><f>A1&amp;A2</f></c></row>\
         <row r=\"3\"><c r=\"A3\"><v>2</v></c><c r=\"B3\" t=\"e\"><f>X</f><v>#REF!</v></c></row>\
         <row r=\"4\"><c r=\"A4\"><v>916500000000000000</v></c><c r=\"B4\"/></row>",
    );
    insta::assert_debug_snapshot!(bad(&bytes));
}

#[test]
fn merged_cells_are_named() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet
        .merge_range(0, 0, 0, 2, "Our suppliers", &Format::new())
        .unwrap();
    for (column, header) in ["id", "name", "country"].iter().enumerate() {
        sheet.write(1, column as u16, *header).unwrap();
    }
    sheet.write(2, 0, 1).unwrap();
    sheet.write(2, 1, "Acme").unwrap();
    sheet.merge_range(2, 2, 4, 2, "de", &Format::new()).unwrap();
    let problems = bad(&book.save_to_buffer().unwrap());
    assert_eq!(
        problems,
        ["3:3 C3:C5 the cells C3:C5 are merged: their value stands in the first only"]
    );
}

#[test]
fn a_title_other_sheets_and_hidden_sheets_are_told_as_not_read() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Empty").unwrap();
    let sheet = book.add_worksheet().set_name("Parties").unwrap();
    sheet.write(0, 0, "Suppliers 2026").unwrap();
    sheet.write(2, 1, "id").unwrap();
    sheet.write(2, 2, "name").unwrap();
    sheet.write(3, 1, 1).unwrap();
    sheet.write(3, 2, "Acme").unwrap();
    let other = book.add_worksheet().set_name("Old").unwrap();
    other.write(0, 0, "name").unwrap();
    let hidden = book.add_worksheet().set_name("Secret").unwrap();
    hidden.write(0, 0, "name").unwrap();
    hidden.set_hidden(true);
    let table = good(&book.save_to_buffer().unwrap());
    assert_eq!(table.sheet.as_deref(), Some("Parties"));
    assert_eq!(table.headers, ["id", "name"]);
    assert_eq!(table.rows[0].line, 4);
    insta::assert_debug_snapshot!(table.not_read);
}

#[test]
fn a_cell_beside_the_header_is_a_problem() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "id").unwrap();
    sheet.write(0, 1, "name").unwrap();
    sheet.write(1, 4, "lost").unwrap();
    let problems = bad(&book.save_to_buffer().unwrap());
    assert_eq!(
        problems,
        ["2:5 E2 \"lost\" stands in a column that the header in row 1 does not name"]
    );
}

#[test]
fn two_cells_in_opposite_corners_take_no_memory() {
    let bytes = by_hand(
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>",
    );
    assert!(bad(&bytes)[0].contains("XFD1048576"));
}

#[test]
fn what_is_no_workbook_is_refused() {
    for bytes in [
        &b""[..],
        b"id,name\n1,Acme\n",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK",
    ] {
        assert_eq!(bad(bytes).len(), 1);
    }
    let mut book = Workbook::new();
    book.add_worksheet();
    assert!(bad(&book.save_to_buffer().unwrap())[0].contains("no sheet holds data"));
    let mut cut = {
        let mut book = Workbook::new();
        book.add_worksheet().write(0, 0, "name").unwrap();
        book.save_to_buffer().unwrap()
    };
    cut.truncate(cut.len() / 2);
    assert!(bad(&cut)[0].contains("broken"));
}
