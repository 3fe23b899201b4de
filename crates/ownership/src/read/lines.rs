//! Lines as they come, with a longest length.

use std::io::BufRead;

use super::{LONGEST_LINE, ReadError, Report};

/// Gives every line that is not empty, without its end, with its number. One that is
/// too long is reported and passed over.
pub(super) fn each(
    bytes: &mut dyn BufRead,
    report: &mut Report,
    mut take: impl FnMut(&[u8], u64, &mut Report) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut line = Vec::new();
    let mut number = 0u64;
    loop {
        line.clear();
        // `take` of the trait needs a sized reader: a reference to one is.
        let mut limited = std::io::Read::take(&mut *bytes, LONGEST_LINE as u64 + 1);
        if limited.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        number += 1;
        if line.len() > LONGEST_LINE && line.last() != Some(&b'\n') {
            report.records += 1;
            report.unread(
                number,
                "",
                format!("the line is longer than {LONGEST_LINE} bytes"),
                "split the record, or take it out of the file",
            );
            skip_rest(bytes)?;
            continue;
        }
        let text = line.trim_ascii();
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        if !text.is_empty() {
            take(text, number, report)?;
        }
    }
}

pub(super) fn skip_rest(bytes: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let chunk = bytes.fill_buf()?;
        if chunk.is_empty() {
            return Ok(());
        }
        let end = chunk.iter().position(|b| *b == b'\n');
        let used = end.map_or(chunk.len(), |at| at + 1);
        bytes.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}
