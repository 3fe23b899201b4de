//! Workbooks around any bytes, which a bit turned in a zip would not be.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

const SHEETS: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The bytes as they are where they begin as a workbook does; otherwise a workbook
/// whose one sheet they are. Its style 1 is a day.
pub fn around(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.to_vec();
    }
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let relations =
        |all: String| format!("<Relationships xmlns=\"{PACKAGE}\">{all}</Relationships>");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, content: &[u8]| {
        let options =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(name, options).expect("a name of its own");
        zip.write_all(content).expect("memory takes it");
    };
    put(
        "_rels/.rels",
        relations(relation("rId1", "officeDocument", "xl/workbook.xml")).as_bytes(),
    );
    put(
        "xl/_rels/workbook.xml.rels",
        relations(
            relation("rId1", "worksheet", "worksheets/sheet1.xml")
                + &relation("rId9", "styles", "styles.xml"),
        )
        .as_bytes(),
    );
    put(
        "xl/workbook.xml",
        format!(
            "<workbook xmlns=\"{SHEETS}\" xmlns:r=\"{OFFICE}\"><sheets>\
             <sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
        )
        .as_bytes(),
    );
    put(
        "xl/styles.xml",
        format!(
            "<styleSheet xmlns=\"{SHEETS}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
        )
        .as_bytes(),
    );
    put("xl/worksheets/sheet1.xml", bytes);
    zip.finish().expect("memory takes it").into_inner()
}
