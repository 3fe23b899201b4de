//! Makes workbooks: the smallest a spreadsheet program would open.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

/// A cell: text, or a day as a spreadsheet counts it.
pub(super) enum Cell {
    Text(String),
    Day(u32),
    Error,
}

pub(super) fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// A workbook of sheets, each a name and its rows.
pub(super) fn workbook(sheets: &[(&str, Vec<Vec<Cell>>)]) -> Vec<u8> {
    let names: String = (1..=sheets.len())
        .map(|n| {
            format!(
                "<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>",
                sheets[n - 1].0
            )
        })
        .collect();
    let relations: String = (1..=sheets.len())
        .map(|n| format!("<Relationship Id=\"rId{n}\" Type=\"{R}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"))
        .collect();
    let mut files = vec![
        (
            "[Content_Types].xml".to_owned(),
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                .to_owned(),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{P}\"><Relationship Id=\"rId1\" Type=\"{R}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!("<workbook xmlns=\"{M}\" xmlns:r=\"{R}\"><sheets>{names}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{P}\">{relations}<Relationship Id=\"rId99\" Type=\"{R}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        // Style 1 is a date.
        (
            "xl/styles.xml".to_owned(),
            format!(
                "<styleSheet xmlns=\"{M}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
    ];
    for (number, (_, rows)) in sheets.iter().enumerate() {
        files.push((
            format!("xl/worksheets/sheet{}.xml", number + 1),
            sheet(rows),
        ));
    }
    packed(&files)
}

const M: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const P: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn sheet(rows: &[Vec<Cell>]) -> String {
    let mut out = format!("<worksheet xmlns=\"{M}\"><sheetData>");
    for (line, row) in rows.iter().enumerate() {
        out += &format!("<row r=\"{}\">", line + 1);
        for (column, cell) in row.iter().enumerate() {
            let at = format!("{}{}", letters(column), line + 1);
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => {
                    let text = text.replace('&', "&amp;").replace('<', "&lt;");
                    out += &format!(
                        "<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                    );
                }
                Cell::Day(day) => out += &format!("<c r=\"{at}\" s=\"1\"><v>{day}</v></c>"),
                Cell::Error => out += &format!("<c r=\"{at}\" t=\"e\"><v>#REF!</v></c>"),
            }
        }
        out += "</row>";
    }
    out + "</sheetData></worksheet>"
}

fn letters(column: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at).unwrap());
    match column / 26 {
        0 => letter(column).to_string(),
        first => [letter(first - 1), letter(column % 26)].iter().collect(),
    }
}

pub(super) fn packed(files: &[(String, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The rows of a case in CSV as a sheet.
pub(super) fn of_csv(bytes: &[u8]) -> Vec<Vec<Cell>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes)
        .records()
        .map(|row| row.unwrap().iter().map(text).collect())
        .collect()
}

/// Australia's list about parties that do not exist.
pub(super) fn australia() -> Vec<u8> {
    let head = [
        "Reference",
        "Name of Individual or Entity",
        "Type",
        "Name Type",
        "Date of Birth",
        "Place of Birth",
        "Citizenship",
        "Address",
        "Additional Information",
        "Listing Information",
        "Committees",
        "Control Date",
        "Colour",
    ];
    let row = |cells: [&str; 11], day: u32| {
        let mut row: Vec<Cell> = cells.into_iter().map(text).collect();
        row.push(Cell::Day(day));
        row
    };
    let of = |reference, name, name_type| {
        [
            reference,
            name,
            "Individual ",
            name_type,
            "a) 4 Mar. 1945; b) Approximately 1946 c) Between 1950 and 1952 d) 31 Feb. 1961",
            "a) Brest, Belarus b) Minsk",
            "Belarusian and Congolese",
            "a) 1 Test Street, Minsk, Belarus b) na",
            "Invented for a test.",
            "Listed by UN 1 Committee on 25 January 2001 (amended on 20 December 2005)",
            "1 (Testland) ",
        ]
    };
    let mut born = row(of("901d", "Ванька", "aka"), 41988);
    born[4] = Cell::Day(18000);
    let rows = vec![
        head.into_iter().map(text).collect(),
        row(of("901", "Ivan TESTER", "Primary Name "), 41988),
        row(of("901a", "Vanya Tester", "Aka "), 41989),
        row(of("901b ", "Иван Тестер", "Original script"), 41988),
        row(of("901c1", "Old Tester", "Formerly known as"), 41988),
        born,
        row(
            [
                "902",
                "Testing Works",
                "Entity",
                "Primary name",
                "",
                "",
                "",
                "na",
                "",
                "Instrument of first designation: Test Instrument 2023",
                "Autonomous (Testland)",
            ],
            45303,
        ),
        row(
            [
                "b",
                "Nobody's Row",
                "Entity",
                "aka",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
            ],
            45303,
        ),
        vec![
            text("903"),
            text("Broken"),
            text("Entity"),
            text("Primary Name"),
            Cell::Error,
        ],
    ];
    workbook(&[("Sheet1", rows), ("Notes", vec![vec![text("Not a list")]])])
}
