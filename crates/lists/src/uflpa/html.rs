//! The tables of a page, each with the heading before it.
//!
//! Only what the page uses is read: tags, texts, named and numbered characters.
//! Scripts and comments are passed over whole. A library for HTML would read any
//! page on the web; this one has to read one page, and to say where it cannot.

use crate::fault::{At, Refused};

/// A table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// The last bold text before it.
    pub(super) heading: String,
    /// The last `Section …` before it.
    pub(super) clause: String,
    pub(super) rows: Vec<Row>,
}

/// A row with its cells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) at: At,
    pub(super) cells: Vec<String>,
}

struct Reader<'a> {
    page: &'a str,
    at: usize,
    lines: u64,
    counted: usize,
    /// Byte after the last line end before `counted`.
    line_start: usize,
}

enum Piece<'a> {
    /// Lower-case name, and whether it is an end tag.
    Tag(String, bool),
    Text(&'a str),
}

impl<'a> Reader<'a> {
    fn here(&mut self) -> At {
        let passed = &self.page.as_bytes()[self.counted..self.at];
        self.lines += memchr::memchr_iter(b'\n', passed).count() as u64;
        if let Some(end) = memchr::memrchr(b'\n', passed) {
            self.line_start = self.counted + end + 1;
        }
        self.counted = self.at;
        At {
            line: self.lines + 1,
            column: (self.at - self.line_start) as u64 + 1,
        }
    }

    fn cut(&mut self, what: &str) -> Refused {
        Refused::CutOff {
            at: self.here(),
            what: what.to_owned(),
        }
    }

    fn next(&mut self) -> Result<Option<Piece<'a>>, Refused> {
        loop {
            let rest = &self.page[self.at..];
            if rest.is_empty() {
                return Ok(None);
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                let end = comment
                    .find("-->")
                    .ok_or_else(|| self.cut("a comment is not closed"))?;
                self.at += "<!--".len() + end + "-->".len();
                continue;
            }
            let tag = rest.strip_prefix('<').filter(|rest| {
                rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
            });
            let Some(tag) = tag else {
                // A `<` that begins no tag is text.
                let end = rest
                    .char_indices()
                    .skip(1)
                    .find(|(_, c)| *c == '<')
                    .map_or(rest.len(), |(at, _)| at);
                self.at += end;
                return Ok(Some(Piece::Text(&rest[..end])));
            };
            let end = end_of_tag(tag).ok_or_else(|| self.cut("a tag is not closed"))?;
            let (closing, name) = match tag.strip_prefix('/') {
                Some(name) => (true, name),
                None => (false, tag),
            };
            let name: String = name
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect();
            self.at += 1 + end + 1;
            if !closing && matches!(name.as_str(), "script" | "style") {
                let close = format!("</{name}");
                let rest = &self.page[self.at..];
                let end = find_ignoring_case(rest, &close)
                    .ok_or_else(|| self.cut("a script is not closed"))?;
                self.at += end;
                continue;
            }
            return Ok(Some(Piece::Tag(name, closing)));
        }
    }
}

/// The byte of the `>` that ends a tag; one in quotes does not.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    memchr::memchr_iter(b'<', text).find(|at| {
        text.get(*at..*at + wanted.len())
            .is_some_and(|part| part.eq_ignore_ascii_case(wanted))
    })
}

/// All tables of a page.
///
/// # Errors
/// [`Refused::CutOff`] where a table, a tag or the page has no end.
pub(super) fn tables(page: &str) -> Result<Vec<Table>, Refused> {
    let mut reader = Reader {
        page,
        at: 0,
        lines: 0,
        counted: 0,
        line_start: 0,
    };
    let mut out: Vec<Table> = Vec::new();
    let mut table: Option<Table> = None;
    let (mut heading, mut clause) = (String::new(), String::new());
    let mut bold: Option<String> = None;
    let mut cell: Option<String> = None;
    let mut ended = false;
    while let Some(piece) = reader.next()? {
        match piece {
            Piece::Text(text) => {
                let text = decoded(text);
                if let Some(cell) = &mut cell {
                    cell.push_str(&text);
                } else if let Some(table) = &mut table {
                    // Text beside the cells: a tag that is damaged or new. It makes its
                    // row one that shows.
                    if let Some(row) = table.rows.last_mut()
                        && !text.trim().is_empty()
                    {
                        row.cells.push(plain(&text));
                    }
                } else {
                    let plain = text.trim();
                    if plain.starts_with("Section ") {
                        plain.clone_into(&mut clause);
                    }
                    if let Some(bold) = &mut bold {
                        bold.push_str(&text);
                    }
                }
            }
            Piece::Tag(name, closing) => match (name.as_str(), closing) {
                ("table", false) => {
                    if table.is_some() {
                        let what = "a table within a table, which the page does not have";
                        return Err(Refused::malformed(reader.here(), what));
                    }
                    table = Some(Table {
                        heading: plain(&heading),
                        clause: plain(&clause),
                        rows: Vec::new(),
                    });
                }
                ("table", true) => {
                    end_cell(&mut cell, &mut table);
                    out.extend(table.take());
                }
                ("tr", false) => {
                    end_cell(&mut cell, &mut table);
                    let at = reader.here();
                    if let Some(table) = &mut table {
                        table.rows.push(Row {
                            at,
                            cells: Vec::new(),
                        });
                    }
                }
                ("td" | "th", closing) => {
                    end_cell(&mut cell, &mut table);
                    if !closing && table.is_some() {
                        cell = Some(String::new());
                    }
                }
                ("tr", true) => end_cell(&mut cell, &mut table),
                ("strong" | "b" | "h2" | "h3" | "h4", false) if table.is_none() => {
                    bold = Some(String::new());
                }
                ("strong" | "b" | "h2" | "h3" | "h4", true) => {
                    if let Some(text) = bold.take().filter(|text| !text.trim().is_empty()) {
                        heading = text;
                        clause.clear();
                    }
                }
                // A word does not end at a line break.
                ("br" | "p" | "div" | "li", _) => {
                    if let Some(cell) = &mut cell {
                        cell.push(' ');
                    }
                }
                ("html", true) => ended = true,
                _ => {}
            },
        }
    }
    if table.is_some() || !ended {
        return Err(reader.cut("the page has no end"));
    }
    Ok(out)
}

fn end_cell(cell: &mut Option<String>, table: &mut Option<Table>) {
    if let (Some(text), Some(table)) = (cell.take(), table)
        && let Some(row) = table.rows.last_mut()
    {
        row.cells.push(plain(&text));
    }
}

fn plain(text: &str) -> String {
    crate::party::one_line(text).into_owned()
}

/// Characters that stand as `&name;`. A name that is not known stays as it is.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(10).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(&rest[1..end])?, end))) {
            Some((character, end)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "ndash" => '–',
        "mdash" => '—',
        "eacute" => 'é',
        "uuml" => 'ü',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_come_with_what_stands_before_them() {
        let page = "<html><script>if (a<b) { x('<table>') }</script><!-- <table> -->\n<p><strong>A list of <b>x</b></strong><br><a href='>'>Section 2</a></p>\n<TABLE class=\"a>b\"><tr><th>Name</th><th>Day</th>\n<tr><td>A &amp; B<br>C &#39;&eacute;&bogus; 1 < 2</td><td></td></tr></TABLE></html>";
        let read = tables(page).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].clause, "Section 2");
        assert_eq!(read[0].rows[0].cells, ["Name", "Day"]);
        assert_eq!(read[0].rows[1].cells, ["A & B C 'é&bogus; 1 < 2", ""]);
        assert_eq!(read[0].rows[1].at.line, 4);
        let odd = "<html><table><tr><tv>Name</td><td>Day</td></tr></table></html>";
        assert_eq!(tables(odd).unwrap()[0].rows[0].cells, ["Name", "Day"]);
    }

    #[test]
    fn a_table_within_a_table_is_refused() {
        let page = "<html><table><tr><td>A</td></tr><table></table></table></html>";
        assert!(matches!(tables(page), Err(Refused::Malformed { .. })));
    }

    #[test]
    fn a_page_of_one_line_takes_no_long_time() {
        let begun = std::time::Instant::now();
        let rows = "<tr><td>A".repeat(300_000);
        let page = format!("<html>\n<table>{rows}</table></html>");
        let read = tables(&page).unwrap();
        assert!(begun.elapsed().as_secs() < 10);
        assert_eq!(read[0].rows.len(), 300_000);
        let last = read[0].rows[299_999].at;
        assert_eq!((last.line, last.column), (2, 7 + 299_999 * 9 + 4 + 1));
    }

    #[test]
    fn a_page_without_its_end_is_refused() {
        for page in [
            "<html><table><tr><td>a",
            "<html><table><tr><td>a</td></tr></table>",
            "<html><table></html>",
            "<html><!-- x </html>",
            "<html><script> </html>",
            "<html><a href=\"x </html>",
            "",
        ] {
            assert!(
                matches!(tables(page), Err(Refused::CutOff { .. })),
                "{page}"
            );
        }
    }
}
