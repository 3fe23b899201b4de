//! CSV as people save it.

use scruple_table::{Kind, LONGEST_LINE, Table, read};

fn good(bytes: impl AsRef<[u8]>) -> Table {
    read(bytes.as_ref(), Kind::Csv).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// `line:column what → next` of each problem.
fn bad(bytes: impl AsRef<[u8]>) -> Vec<String> {
    let Err(problems) = read(bytes.as_ref(), Kind::Csv) else {
        panic!("was read");
    };
    problems
        .iter()
        .map(|p| format!("{}:{} {} → {}", p.at.line, p.at.column, p.what, p.next))
        .collect()
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(|unit| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

#[test]
fn delimiters_are_recognised() {
    for delimiter in [',', ';', '\t', '|'] {
        let text = format!("id{delimiter}name\n1{delimiter}Acme\n2{delimiter}Шахта\n");
        let table = good(&text);
        assert_eq!(table.headers, ["id", "name"], "{delimiter:?}");
        assert_eq!(table.rows[1].cells, ["2", "Шахта"]);
        assert_eq!(table.rows[1].line, 3);
    }
}

#[test]
fn a_decimal_comma_does_not_make_a_column() {
    let table = good("id;name;share\n1;Acme, Inc.;0,5\n2;Beta, Ltd.;0,7\n");
    assert_eq!(table.headers, ["id", "name", "share"]);
    assert_eq!(table.rows[0].cells, ["1", "Acme, Inc.", "0,5"]);
}

#[test]
fn one_column_of_names_keeps_its_commas() {
    let table = good("name\nAcme, Inc.\n\"Beta; Ltd.\"\n");
    assert_eq!(table.rows[0].cells, ["Acme, Inc."]);
    assert_eq!(table.rows[1].cells, ["Beta; Ltd."]);
}

#[test]
fn quoted_line_breaks_keep_the_line_numbers_right() {
    let table = good("id,name\r\n1,\"Acme\r\nNorth\"\r\n\r\n2,Beta\r\n");
    assert_eq!(table.rows[0].cells[1], "Acme\r\nNorth");
    assert_eq!(table.rows[0].line, 2);
    assert_eq!(table.rows[1].line, 5);
}

#[test]
fn what_stands_above_the_header_is_told_as_not_read() {
    for text in [
        "Last updated,14/04/2025\nid,name,country,address,notes\n1,Acme,de,Street 1,\n2,Beta,fr,Rue 1,n\n",
        "Our suppliers\nid;name;country\n1;Acme, Inc.;de\n2;Beta, Ltd.;fr\n",
    ] {
        let table = good(text);
        assert_eq!(table.headers[..3], ["id", "name", "country"], "{text}");
        assert_eq!(table.rows[0].line, 3);
        assert_eq!(table.not_read.len(), 1, "{:?}", table.not_read);
        assert!(table.not_read[0].starts_with("line 1, above the header: "));
    }
}

#[test]
fn a_declared_delimiter_is_taken_and_lines_count_from_the_file() {
    let table = good("sep=;\nid;name\n1;Acme\n");
    assert_eq!(table.headers, ["id", "name"]);
    assert_eq!(table.rows[0].line, 3);
}

#[test]
fn utf16_and_byte_order_marks_are_read() {
    let text = "id,name\n1,新疆维吾尔自治区公安厅\n";
    let wanted = good(text);
    assert_eq!(good(utf16(text, true)), wanted);
    assert_eq!(good(utf16(text, false)), wanted);
    assert_eq!(good(format!("\u{feff}{text}")), wanted);
}

#[test]
fn another_encoding_is_refused_with_its_place() {
    // "id,name\n1,Шахта" in Windows-1251.
    let mut bytes = b"id,name\n1,".to_vec();
    bytes.extend([0xd8, 0xe0, 0xf5, 0xf2, 0xe0]);
    let problems = bad(bytes);
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].starts_with("2:3 byte 0xD8 is not UTF-8"),
        "{problems:?}"
    );
    assert!(problems[0].contains("CSV UTF-8"), "{problems:?}");
}

#[test]
fn half_a_utf16_character_and_utf16_without_a_mark_are_refused() {
    let mut bytes = utf16("id,name\n1,A", true);
    bytes.push(0x41);
    assert!(
        bad(&bytes)[0].starts_with("2:4 the file says it is UTF-16"),
        "{:?}",
        bad(&bytes)
    );
    let unmarked = &utf16("id,name\n", true)[2..];
    assert!(bad(unmarked)[0].contains("zero byte"));
}

#[test]
fn every_ragged_row_is_told_with_its_line() {
    let problems = bad("id,name,country\n1,Acme,de\n2,Beta\n3,Gamma,Ltd,fr\n4,Delta,it\n5\n");
    insta::assert_debug_snapshot!(problems, @r#"
    [
        "3:2 this row has 2 fields, the header on line 1 has 3 → put a field that holds the delimiter in quotation marks, or fill the row up",
        "4:4 this row has 4 fields, the header on line 1 has 3 → put a field that holds the delimiter in quotation marks, or fill the row up",
        "6:1 this row has 1 field, the header on line 1 has 3 → put a field that holds the delimiter in quotation marks, or fill the row up",
    ]
    "#);
}

#[test]
fn empty_fields_at_the_end_and_empty_rows_are_no_problem() {
    let table = good("id,name,,\n1,Acme,,\n,,,\n\n2,Beta,,,\n");
    assert_eq!(table.headers, ["id", "name"]);
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn a_quotation_mark_that_is_not_closed_is_found_where_it_opens() {
    let problems = bad("id,name\n1,\"Acme\n2,Beta\n3,Gamma\n");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].starts_with("2:1 a quotation mark opens here"),
        "{problems:?}"
    );
}

#[test]
fn a_line_of_ten_megabytes_is_refused() {
    let text = format!("id,name\n1,{}\n", "x".repeat(10 << 20));
    let problems = bad(text);
    assert!(
        problems[0].starts_with("2:1 the line has 10485762 bytes"),
        "{problems:?}"
    );
    good(format!("name\n{}\n", "x".repeat(LONGEST_LINE)));
}

#[test]
fn nothing_and_other_files_are_refused() {
    assert!(bad("")[0].contains("the file is empty"));
    assert!(bad("\n\n")[0].contains("no row"));
    assert!(bad(b"PK\x03\x04....")[0].contains(".xlsx"));
    assert!(bad(b"\xd0\xcf\x11\xe0....")[0].contains("old spreadsheet"));
}

#[test]
fn a_thousand_problems_are_counted() {
    let text = format!("id,name\n{}", "1\n".repeat(1_000));
    let problems = bad(text);
    assert_eq!(problems.len(), 201);
    assert!(
        problems[200].contains("800 more problems"),
        "{}",
        problems[200]
    );
}
