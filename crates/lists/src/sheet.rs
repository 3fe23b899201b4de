//! Workbooks: rows of a sheet, with a bound on what they unpack to.
//!
//! A few kilobytes can unpack to more than any memory, so the packed file is
//! unpacked once into nothing, with a bound and its checksums, before the
//! spreadsheet library touches it; that also tells a file that was cut off. Cells
//! are taken as a stream, so two cells in opposite corners are two cells.
//!
//! The library keeps the table of shared texts in memory; that is what the bound
//! on the whole is for.

use std::io::{BufRead, Cursor, Read as _};

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx};

use crate::fault::{At, Refused};
use crate::rows::Row;
use crate::{Part, australia, uk};

/// Bytes of a packed workbook. Official ones have two million.
const MOST_PACKED: u64 = 64 << 20;

/// Bytes that a workbook unpacks to. Official ones have under 20 million.
const MOST_UNPACKED: u64 = 256 << 20;

/// Columns that are looked at.
const MOST_COLUMNS: u32 = 256;

/// Rows within which a header must stand.
pub(crate) const HEADER_WITHIN: u64 = 12;

/// An open workbook.
pub(crate) struct Book<'a> {
    inner: Xlsx<Cursor<&'a [u8]>>,
}

/// Takes a workbook's bytes whole.
pub(crate) fn bytes_of(bytes: impl BufRead) -> Result<Vec<u8>, Refused> {
    let at = At::default();
    let mut held = Vec::new();
    bytes
        .take(MOST_PACKED + 1)
        .read_to_end(&mut held)
        .map_err(|error| Refused::Unreadable {
            at,
            what: error.to_string(),
        })?;
    if held.len() as u64 > MOST_PACKED {
        return Err(Refused::TooBig {
            at,
            what: format!("a workbook of more than {} MB", MOST_PACKED >> 20),
        });
    }
    Ok(held)
}

impl<'a> Book<'a> {
    /// Opens a workbook after it was found whole and of bearable size.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Refused> {
        check(bytes)?;
        Ok(Self {
            inner: Xlsx::new(Cursor::new(bytes)).map_err(broken)?,
        })
    }

    /// The names of its sheets with cells, hidden ones too: a publisher's hidden
    /// sheet is told, never read past.
    pub(crate) fn sheets(&self) -> Vec<(String, bool)> {
        self.inner
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
            .collect()
    }

    /// Reads the rows of a sheet that hold anything, until `take` says `false`.
    pub(crate) fn rows(
        &mut self,
        sheet: &str,
        longest: usize,
        mut take: impl FnMut(Row) -> Result<bool, Refused>,
    ) -> Result<(), Refused> {
        let mut cells = match self.inner.worksheet_cells_reader(sheet) {
            Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(()),
            cells => cells.map_err(broken)?,
        };
        let mut row = Row::at_line(0);
        let mut length = 0;
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let (line, column) = (u64::from(cell.get_position().0) + 1, cell.get_position().1);
            let (text, is_text) = written(cell.get_value());
            if text.is_empty() {
                continue;
            }
            if line != row.at.line {
                let done = std::mem::replace(&mut row, Row::at_line(line));
                length = 0;
                if !done.cells.is_empty() && !take(done)? {
                    return Ok(());
                }
            }
            let at = At {
                line,
                column: u64::from(column) + 1,
            };
            length += text.len();
            if column >= MOST_COLUMNS || length > longest {
                let what = if length > longest {
                    format!("a row of more than {longest} bytes")
                } else {
                    format!("more than {MOST_COLUMNS} columns")
                };
                return Err(Refused::TooBig { at, what });
            }
            let column = column as usize;
            if row.cells.len() <= column {
                row.cells.resize(column + 1, String::new());
            }
            if !is_text {
                row.not_text.push(column);
            }
            row.cells[column] = text;
        }
        if !row.cells.is_empty() {
            take(row)?;
        }
        Ok(())
    }
}

/// Tells which layout a workbook is in by its header.
pub(crate) fn recognise(bytes: &[u8]) -> Option<Part> {
    let mut book = Book::open(bytes).ok()?;
    for (name, _) in book.sheets() {
        let mut found = None;
        book.rows(&name, 1 << 16, |row| {
            found = uk::recognise_header(&row).or_else(|| australia::recognise_header(&row));
            Ok(found.is_none() && row.at.line < HEADER_WITHIN)
        })
        .ok()?;
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Unpacks everything into nothing.
fn check(bytes: &[u8]) -> Result<(), Refused> {
    let at = At::default();
    let cut = |error: &dyn std::fmt::Display| Refused::CutOff {
        at,
        what: format!("the workbook is not whole: {error}"),
    };
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| cut(&error))?;
    let mut left = MOST_UNPACKED;
    for number in 0..packed.len() {
        let file = packed.by_index(number).map_err(|error| cut(&error))?;
        let is_sheet = file
            .name()
            .is_ok_and(|name| name.starts_with("xl/worksheets/"));
        let mut places = Places::default();
        let size =
            std::io::copy(&mut file.take(left + 1), &mut places).map_err(|error| cut(&error))?;
        if is_sheet && places.beyond {
            return Err(Refused::malformed(
                at,
                "a cell stands where no sheet has one",
            ));
        }
        left = left.checked_sub(size).ok_or_else(|| Refused::TooBig {
            at,
            what: format!(
                "a workbook that unpacks to more than {} MB",
                MOST_UNPACKED >> 20
            ),
        })?;
    }
    Ok(())
}

/// Looks for the place of a cell (`r="AB12"`, `ref="A1:C3"`) that lies beyond every
/// sheet: the library counts columns and rows without a bound.
#[derive(Default)]
struct Places {
    /// How far into ` r="` or ` ref="` the bytes are.
    seen: Vec<u8>,
    letters: u32,
    digits: u32,
    /// Such a place was there.
    beyond: bool,
}

impl std::io::Write for Places {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for byte in bytes {
            self.byte(*byte);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Places {
    fn byte(&mut self, byte: u8) {
        match (&self.seen[..], byte) {
            ([.., b'='], b'"' | b'\'') => self.seen.push(byte),
            ([.., quote @ (b'"' | b'\'')], _) if byte != *quote => {
                let (letters, digits) = match byte {
                    b'A'..=b'Z' | b'a'..=b'z' => (self.letters + 1, 0),
                    b'0'..=b'9' => (self.letters, self.digits + 1),
                    _ => (0, 0),
                };
                (self.letters, self.digits) = (letters, digits);
                // The last cell is XFD1048576.
                self.beyond |= letters > 3 || digits > 7;
            }
            (_, b' ' | b'\t' | b'\n' | b'\r') => self.seen = vec![b' '],
            ([b' '], b'r') | ([b' ', b'r'], b'e') | ([b' ', b'r', b'e'], b'f') => {
                self.seen.push(byte)
            }
            ([b' ', b'r'] | [b' ', b'r', b'e', b'f'], b'=') => {
                (self.letters, self.digits) = (0, 0);
                self.seen.push(byte);
            }
            _ => self.seen.clear(),
        }
    }
}

fn broken(error: calamine::XlsxError) -> Refused {
    Refused::malformed(
        At::default(),
        format!("the workbook cannot be read: {error}"),
    )
}

/// A value as the publisher's page would print it, and whether it is one.
fn written(value: &DataRef<'_>) -> (String, bool) {
    let text = match value {
        DataRef::Empty => String::new(),
        DataRef::Error(error) => return (error.to_string(), false),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.trim().to_owned()
        }
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(duration) => duration.as_f64().to_string(),
    };
    (text, true)
}

#[cfg(test)]
mod tests {
    use super::Places;
    use std::io::Write as _;

    fn is_beyond(text: &str) -> bool {
        let mut places = Places::default();
        // Byte by byte, as the pieces of a stream may fall.
        for byte in text.as_bytes() {
            places.write_all(&[*byte]).unwrap();
        }
        places.beyond
    }

    #[test]
    fn places_beyond_every_sheet_are_seen() {
        for fine in [
            "<c r=\"A1\" t=\"s\"/><c r='XFD1048576'/>",
            "<dimension ref=\"A1:XFD1048576\"/>",
            "<c s=\"123456789\" r:id=\"rId12345678\">for ABCDEFGH r ABCDEFGH</c>",
        ] {
            assert!(!is_beyond(fine), "{fine}");
        }
        for not in [
            "<c r=\"ABCDEFGHIJ1\"/>",
            "<row r='99999999999'>",
            "<dimension ref=\"A1:A99999999999\"/>",
        ] {
            assert!(is_beyond(not), "{not}");
        }
    }
}
