//! Files that tests give the program.

use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::{Format, Formula, Workbook};
use serde_json::{Map, Value, json};

/// A listed company with its designation, as FollowTheMoney lines.
pub fn listed(id: &str, name: &str) -> String {
    let party = json!({
        "id": id, "schema": "Company", "caption": name, "datasets": ["us-bis-el"],
        "properties": { "name": [name], "country": ["cn"] },
    });
    let sanction = json!({
        "id": format!("{id}-sanction"), "schema": "Sanction", "datasets": ["us-bis-el"],
        "properties": {
            "entity": [id], "listingDate": ["2019-10-09"], "citation": ["84 FR 54004"],
            "licenceRequirement": ["All items subject to the EAR"],
            "licencePolicy": ["Presumption of denial"],
        },
    });
    format!("{party}\n{sanction}\n")
}

/// The same with a field that says what a person is, which is dropped.
pub fn personal(id: &str, name: &str) -> String {
    let party = json!({
        "id": id, "schema": "LegalEntity", "caption": name, "datasets": ["us-bis-el"],
        "properties": { "name": [name], "ethnicity": ["x"], "religion": ["y", "z"] },
    });
    format!("{party}\n")
}

/// Text in UTF-16, little end first, with its mark.
pub fn utf16(text: &str) -> Vec<u8> {
    [0xfeff]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect()
}

/// Russian text in Windows-1251.
pub fn windows_1251(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            'а'..='я' => 0xe0 + (c as u32 - 'а' as u32) as u8,
            'А'..='Я' => 0xc0 + (c as u32 - 'А' as u32) as u8,
            c => u8::try_from(c)
                .ok()
                .filter(u8::is_ascii)
                .unwrap_or_else(|| panic!("{c} is not in this table")),
        })
        .collect()
}

/// A workbook of names.
pub fn names_xlsx(names: &[&str]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "id").unwrap();
    sheet.write_string(0, 1, "name").unwrap();
    for (row, name) in (1..).zip(names) {
        sheet.write_string(row, 0, format!("X-{row}")).unwrap();
        sheet.write_string(row, 1, *name).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// A workbook whose names come from a formula that no program has worked out,
/// or lie under a merged cell.
pub fn broken_xlsx(formula: bool, merged: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "id").unwrap();
    sheet.write_string(0, 1, "name").unwrap();
    sheet.write_string(1, 0, "1").unwrap();
    sheet.write_string(1, 1, "Tengri Vision Trade LLP").unwrap();
    sheet.write_string(2, 0, "2").unwrap();
    if formula {
        let formula = Formula::new("=CONCATENATE(B2,\" 2\")");
        sheet.write_formula(2, 1, formula).unwrap();
    } else {
        sheet.write_string(2, 1, "Almaty Optics LLP").unwrap();
    }
    if merged {
        sheet
            .merge_range(3, 1, 4, 1, "Both Branches LLP", &Format::new())
            .unwrap();
        sheet.write_string(3, 0, "3").unwrap();
        sheet.write_string(4, 0, "4").unwrap();
    }
    without_results(&book.save_to_buffer().unwrap())
}

/// The workbook as a program writes it that works no formula out.
fn without_results(book: &[u8]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let options = zip::write::SimpleFileOptions::default();
        to.start_file(part.name().unwrap().into_owned(), options)
            .unwrap();
        let text = text.replace("</f><v>0</v>", "</f>");
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// A deal that is TOML, as JSON with the same names.
pub fn as_json(text: &str) -> String {
    let table: toml::Table = toml::from_str(text).unwrap();
    fn value(toml: &toml::Value) -> Value {
        match toml {
            toml::Value::String(text) => json!(text),
            toml::Value::Integer(number) => json!(number),
            toml::Value::Float(number) => json!(number),
            toml::Value::Boolean(truth) => json!(truth),
            toml::Value::Datetime(day) => json!(day.to_string()),
            toml::Value::Array(all) => all.iter().map(value).collect(),
            toml::Value::Table(table) => object(table).into(),
        }
    }
    fn object(table: &toml::Table) -> Map<String, Value> {
        table
            .iter()
            .map(|(key, toml)| (key.clone(), value(toml)))
            .collect()
    }
    serde_json::to_string_pretty(&object(&table)).unwrap()
}
