//! Rows of a delimited file, one at a time, with their lines.
//!
//! Only the shape is read here: UTF-8 (or Windows-1252 where a layout says so),
//! quotes, a header. What a column means each layout knows itself.

use std::cell::Cell;
use std::io::BufRead;

use csv::{ByteRecord, ReaderBuilder, Terminator};

use crate::budget::{Budget, READ_AHEAD};
use crate::fault::{At, Refused};
use crate::gather::{Limits, VALUE};

/// How a layout writes its rows.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// Between cells: `,`, `;` or a tab.
    pub(crate) delimiter: u8,
    /// Whether cells may stand in double quotes.
    pub(crate) quoted: bool,
    /// Whether bytes that are not UTF-8 are Windows-1252, as the publisher writes.
    pub(crate) windows_1252: bool,
}

/// One row.
pub(crate) struct Row {
    /// Where it begins.
    pub(crate) at: At,
    /// Its cells, trimmed.
    pub(crate) cells: Vec<String>,
    /// The cells, from 0, whose bytes are not text.
    pub(crate) not_text: Vec<usize>,
    /// Whether a space stood before the text of the last cell: a cell that goes on
    /// from another one may begin with the space between two words.
    pub(crate) led: bool,
}

impl Row {
    /// One without cells yet.
    pub(crate) fn at_line(line: u64) -> Self {
        Self {
            at: At { line, column: 1 },
            cells: Vec::new(),
            not_text: Vec::new(),
            led: false,
        }
    }

    /// A cell; empty where the row is shorter.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// Where a cell stands: its column counts cells, from 1.
    pub(crate) fn at_cell(&self, column: usize) -> At {
        At {
            line: self.at.line,
            column: column as u64 + 1,
        }
    }
}

/// Reads all rows, header included, of at most `longest` bytes each.
pub(crate) fn rows(
    bytes: impl BufRead,
    shape: Shape,
    limits: Limits,
    mut take: impl FnMut(Row) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let longest = limits.record;
    let mut text = 0;
    // A quote that is never closed would make one row of the rest of the file.
    let left = Cell::new(0);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        // The usual `\r\n` leaves its `\n` to the next row, whose line is then one
        // short. A `\r` at a row's end is trimmed with the cell.
        .terminator(Terminator::Any(b'\n'))
        .delimiter(shape.delimiter)
        .quoting(shape.quoted)
        .from_reader(Budget::new(bytes, &left));
    let mut record = ByteRecord::new();
    loop {
        let line = reader.position().line();
        let here = At { line, column: 1 };
        left.set(longest.saturating_add(READ_AHEAD));
        let more = match reader.read_byte_record(&mut record) {
            Ok(more) => more,
            Err(_) if left.get() == 0 => return Err(too_big(here, longest)),
            Err(error) => {
                return Err(Refused::Unreadable {
                    at: here,
                    what: error.to_string(),
                });
            }
        };
        if !more {
            return Ok(());
        }
        let at = At {
            line: record.position().map_or(line, csv::Position::line),
            column: 1,
        };
        if record.as_slice().len() > longest {
            return Err(too_big(at, longest));
        }
        text += record.as_slice().len() as u64 + record.len() as u64 * VALUE;
        limits.room_for(text, at)?;
        // A blank line, which with `\r` before its end is a cell.
        if record.len() == 1 && record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        let mut not_text = Vec::new();
        let cells = record
            .iter()
            .enumerate()
            .map(|(column, cell)| match std::str::from_utf8(cell) {
                Ok(text) => text.trim().to_owned(),
                Err(_) if shape.windows_1252 => {
                    if cell.iter().any(|byte| UNUSED.contains(byte)) {
                        not_text.push(column);
                    }
                    windows_1252(cell).trim().to_owned()
                }
                Err(_) => {
                    not_text.push(column);
                    String::from_utf8_lossy(cell).trim().to_owned()
                }
            })
            .collect();
        let led = record
            .iter()
            .next_back()
            .is_some_and(|cell| cell.starts_with(b" "));
        take(Row {
            at,
            cells,
            not_text,
            led,
        })?;
    }
}

fn too_big(at: At, longest: usize) -> Refused {
    Refused::TooBig {
        at,
        what: format!("a row of more than {longest} bytes: a quote is not closed"),
    }
}

/// Columns by the names in a header.
pub(crate) struct Columns {
    names: Vec<String>,
}

impl Columns {
    /// Reads a header row; a byte order mark before the first name is left out.
    pub(crate) fn of(header: &Row) -> Self {
        let names = header.cells.iter().map(|name| plain(name)).collect();
        Self { names }
    }

    /// The name of a column as it is compared: letters and digits in lower case.
    pub(crate) fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// How many columns there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The column of a name, case and spaces aside.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        let name = plain(name);
        self.names.iter().position(|held| *held == name)
    }

    /// The cell under a name; empty where there is no such column.
    pub(crate) fn get<'a>(&self, row: &'a Row, name: &str) -> &'a str {
        self.find(name).map_or("", |column| row.cell(column))
    }
}

fn plain(name: &str) -> String {
    name.trim_start_matches('\u{feff}')
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Bytes that are no character of Windows-1252.
const UNUSED: [u8; 5] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

/// Windows-1252 to text. Its 0x80 to 0x9f differ from Latin-1; five are unused.
fn windows_1252(bytes: &[u8]) -> String {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    bytes
        .iter()
        .map(|byte| match byte {
            0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
            _ => char::from(*byte),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Shape = Shape {
        delimiter: b',',
        quoted: true,
        windows_1252: false,
    };

    fn short() -> Limits {
        Limits {
            record: 100,
            ..Limits::default()
        }
    }

    fn read(bytes: &[u8], shape: Shape) -> Vec<(u64, Vec<String>, Vec<usize>)> {
        let mut out = Vec::new();
        rows(bytes, shape, short(), |row| {
            out.push((row.at.line, row.cells, row.not_text));
            Ok(())
        })
        .unwrap();
        out
    }

    #[test]
    fn rows_keep_their_lines() {
        let read = read(b"a,b\n\"x\ny\", z \nq\n", COMMA);
        assert_eq!(read[0].0, 1);
        assert_eq!(read[1], (2, vec!["x\ny".into(), "z".into()], vec![]));
        assert_eq!(read[2].0, 4);
    }

    #[test]
    fn line_ends_of_either_kind_give_the_same_lines() {
        let of = |text: &[u8]| read(text, COMMA);
        let unix = of(b"a,b\n\"c\",\"d\"\n\"e\nf\",\"g\"\nh,i\n");
        let lines: Vec<u64> = unix.iter().map(|row| row.0).collect();
        assert_eq!(lines, [1, 2, 3, 5]);
        assert_eq!(unix, of(b"a,b\r\n\"c\",\"d\"\r\n\"e\nf\",\"g\"\r\nh,i\r\n"));
    }

    #[test]
    fn bytes_that_are_no_text_are_told() {
        assert_eq!(read(b"a,\xff,b,\xfe\n", COMMA)[0].2, [1, 3]);
        let old = Shape {
            windows_1252: true,
            ..COMMA
        };
        let umlaut = &read(b"M\xfcller \x80\n", old)[0];
        assert_eq!(
            (&umlaut.1[..], &umlaut.2[..]),
            (&["Müller €".to_owned()][..], &[][..])
        );
        assert_eq!(read(b"a,M\x81ller\n", old)[0].2, [1]);
    }

    #[test]
    fn a_quote_that_is_not_closed_does_not_eat_the_file_silently() {
        let text = format!("a,\"{}", "b\n".repeat(200));
        let result = rows(text.as_bytes(), COMMA, short(), |_| Ok(()));
        assert!(matches!(result, Err(Refused::TooBig { .. })));
    }

    #[test]
    fn columns_are_found_by_name() {
        let header = Row {
            at: At::default(),
            cells: vec!["\u{feff}Group ID".into(), "Name  6".into()],
            not_text: Vec::new(),
            led: false,
        };
        let columns = Columns::of(&header);
        assert_eq!(columns.find("groupid"), Some(0));
        assert_eq!(columns.find("NAME 6"), Some(1));
        assert_eq!(columns.find("Name"), None);
    }
}
