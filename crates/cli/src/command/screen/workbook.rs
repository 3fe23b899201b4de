//! An Excel workbook of a screening: the answers, and what was looked at.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use scruple_brief::World;
use scruple_brief::render::screening::Screening;
use scruple_model::Date;

use super::print::{COLUMNS, cell, own_columns, rows};

/// The longest text a cell takes.
const LONGEST: usize = 32_767;

pub(super) fn write(
    world: &World,
    answers: &[Screening],
    asked: Option<Date>,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let own = own_columns(answers);

    let sheet = book.add_worksheet().set_name("Screening")?;
    for (at, title) in own.iter().map(String::as_str).chain(COLUMNS).enumerate() {
        sheet.write_with_format(0, column(at), title, &bold)?;
    }
    let mut line = 1;
    for answer in answers {
        for row in rows(world, answer, asked) {
            let cells = own.iter().map(|column| cell(answer, column)).chain(row);
            for (at, text) in cells.enumerate() {
                put(sheet, line, at, &text)?;
            }
            line += 1;
        }
    }
    sheet
        .set_freeze_panes(1, 0)?
        .set_autofit_max_width(360)
        .autofit();

    let sheet = book.add_worksheet().set_name("Looked at")?;
    for (at, title) in ["list", "title", "as of", "extent", "hash"]
        .into_iter()
        .enumerate()
    {
        sheet.write_with_format(0, column(at), title, &bold)?;
    }
    let mut line = 1;
    for looked in world.looked_at() {
        let cells = [
            looked.source,
            looked.title,
            looked.date,
            looked.extent,
            looked.hash,
        ];
        for (at, text) in cells.iter().enumerate() {
            put(sheet, line, at, text)?;
        }
        line += 1;
    }
    sheet.write_with_format(line + 1, 0, "not looked at", &bold)?;
    let unchecked = answers
        .first()
        .map(|answer| answer.unchecked.as_slice())
        .unwrap_or_default();
    for (at, unchecked) in unchecked.iter().enumerate() {
        let row = line + 2 + u32::try_from(at).unwrap_or(0);
        put(sheet, row, 0, &unchecked.what)?;
        put(sheet, row, 1, &unchecked.why)?;
    }
    sheet.set_autofit_max_width(360).autofit();
    book.save_to_buffer()
}

fn column(at: usize) -> u16 {
    // A sheet has 16,384 columns; input with more was refused when it was read.
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// Always as text: a name that starts with = is a name.
fn put(sheet: &mut Worksheet, row: u32, at: usize, text: &str) -> Result<(), XlsxError> {
    let text: String = text.chars().take(LONGEST).collect();
    sheet.write_string(row, column(at), text).map(|_| ())
}
