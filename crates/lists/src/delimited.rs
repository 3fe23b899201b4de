//! Rows under a header, from a delimited file or a sheet.
//!
//! Publishers put a line or two above the header, add columns, and a download
//! that broke off ends within a row. So the header is looked for, a column that
//! is not known is told (`crate::strangers`), a row that is too short is unread, and a last row that is too short or has no line end refuses the file.

use std::io::BufRead;

use scruple_model::ListId;

use crate::fault::{At, Effect, Fault, Refused};
use crate::gather::Gather;
use crate::rows::{Columns, Row, Shape, rows};
use crate::sheet::{Book, HEADER_WITHIN, bytes_of};
use crate::strangers::Strangers;
use crate::whole::{Seen, Watched};

/// What a row turned out to be.
pub(crate) enum Step {
    /// It stands above the header.
    Above(Row),
    /// A record.
    Record(Row),
}

/// The header of a layout and where a file has its columns.
pub(crate) struct Grid {
    list: ListId,
    known: &'static [&'static str],
    needed: &'static [&'static str],
    /// Where in `known` the columns of an older edition begin, which the newer one has not.
    older: usize,
    at: Vec<Option<usize>>,
    strangers: Strangers,
    wide: usize,
    short: Option<(At, usize)>,
    /// Whether every row has all its cells, as in a delimited file.
    full_rows: bool,
}

impl Grid {
    /// `known` are all columns that are read or left out on purpose, `needed` those
    /// without which it is another layout.
    pub(crate) fn new(
        list: &ListId,
        known: &'static [&'static str],
        needed: &'static [&'static str],
    ) -> Self {
        Self {
            list: list.clone(),
            known,
            needed,
            older: known.len(),
            at: Vec::new(),
            strangers: Strangers::default(),
            wide: 0,
            short: None,
            full_rows: true,
        }
    }

    /// The columns of `known` from here on are those of an older edition.
    pub(crate) fn with_older(mut self, older: usize) -> Self {
        self.older = older.min(self.known.len());
        self
    }

    /// The cell under a known column; empty where the file has none.
    pub(crate) fn cell<'a>(&self, row: &'a Row, name: &str) -> &'a str {
        self.column(name).map_or("", |column| row.cell(column))
    }

    /// Where a known column stands in this file.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        let known = self.known.iter().position(|known| *known == name)?;
        self.at.get(known).copied().flatten()
    }

    /// Whether a row is the header of such a file.
    pub(crate) fn is_header(row: &Row, needed: &[&str]) -> bool {
        let columns = Columns::of(row);
        needed.iter().all(|name| columns.find(name).is_some())
    }

    /// Whether a row has some of the columns, as the header of such a file may that has
    /// changed.
    fn is_like_a_header(&self, row: &Row) -> bool {
        let columns = Columns::of(row);
        let found = |names: &[&str]| {
            let found = names.iter().filter(|name| columns.find(name).is_some());
            found.count()
        };
        found(self.known) >= 3 || found(self.needed) >= 2
    }

    fn header(&mut self, row: &Row) {
        let columns = Columns::of(row);
        let (newer, older) = self.known.split_at(self.older);
        let editions: &[&[&str]] = if older.is_empty() {
            &[newer]
        } else {
            &[newer, older]
        };
        self.strangers = Strangers::of(row, &columns, editions);
        self.wide = columns.len();
        self.at = self.known.iter().map(|name| columns.find(name)).collect();
    }

    /// Takes the next row. Records are counted here.
    pub(crate) fn row(&mut self, row: Row, out: &mut Gather) -> Result<Option<Step>, Refused> {
        if self.at.is_empty() {
            if Self::is_header(&row, self.needed) {
                self.header(&row);
                return Ok(None);
            }
            if row.at.line >= HEADER_WITHIN {
                return Err(self.no_header(row.at));
            }
            return Ok(Some(Step::Above(row)));
        }
        if let Some((at, cells)) = self.short.take() {
            let what = format!("the row has {cells} of {} cells", self.wide);
            self.fault(out, at, None, what, Effect::RecordUnread);
        }
        if row.cells.iter().all(String::is_empty) {
            return Ok(None);
        }
        out.count(&self.list, row.at)?;
        if self.full_rows && row.cells.len() < self.wide {
            self.short = Some((row.at, row.cells.len()));
            return Ok(None);
        }
        for fault in self.strangers.met(&row) {
            out.fault(&self.list, fault);
        }
        for &column in &row.not_text {
            let what = "the cell holds no text that can be read".to_owned();
            let field = self.name_of(column);
            let effect = Effect::of_field(field.as_deref().unwrap_or(""));
            self.fault(out, row.at_cell(column), field, what, effect);
        }
        if let Some(column) = (self.wide..row.cells.len()).find(|at| !row.cell(*at).is_empty()) {
            // Its cells may stand under other columns than their own.
            let what = "the row has more cells than the header".to_owned();
            self.fault(out, row.at_cell(column), None, what, Effect::NameUnread);
        }
        Ok(Some(Step::Record(row)))
    }

    fn name_of(&self, column: usize) -> Option<String> {
        let known = self.at.iter().position(|at| *at == Some(column))?;
        Some(self.known[known].to_owned())
    }

    fn fault(&self, out: &mut Gather, at: At, field: Option<String>, what: String, effect: Effect) {
        out.fault(
            &self.list,
            Fault {
                at,
                record: None,
                field,
                what,
                effect,
                next: "look the row up at the publisher by its line".to_owned(),
            },
        );
    }

    fn no_header(&self, at: At) -> Refused {
        Refused::malformed(
            at,
            format!("no header with the columns {}", self.needed.join(", ")),
        )
    }

    fn finish(self, out: &mut Gather) -> Result<(), Refused> {
        if self.at.is_empty() {
            return Err(self.no_header(At::default()));
        }
        for fault in self.strangers.rest() {
            out.fault(&self.list, fault);
        }
        match self.short {
            Some((at, cells)) => Err(Refused::CutOff {
                at,
                what: format!("the last row has {cells} of {} cells", self.wide),
            }),
            None => Ok(()),
        }
    }
}

/// Reads a delimited file.
pub(crate) fn text(
    bytes: impl BufRead,
    shape: Shape,
    mut grid: Grid,
    out: &mut Gather,
    mut take: impl FnMut(&Grid, Step, &mut Gather) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let seen = Seen::default();
    let mut line = 0;
    rows(Watched::new(bytes, &seen), shape, out.limits, |row| {
        line = row.at.line;
        match grid.row(row, out)? {
            Some(step) => take(&grid, step, out),
            None => Ok(()),
        }
    })?;
    let row_is_full = grid.short.is_none();
    grid.finish(out)?;
    if seen.is_whole(row_is_full) {
        return Ok(());
    }
    Err(Refused::CutOff {
        at: At { line, column: 1 },
        what: "the last row does not end with a line end".to_owned(),
    })
}

/// Reads every sheet of a workbook that has the header, and tells of the others.
pub(crate) fn workbook(
    bytes: impl BufRead,
    grid: impl Fn() -> Grid,
    out: &mut Gather,
    mut take: impl FnMut(&Grid, Step, &mut Gather) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let held = bytes_of(bytes)?;
    let mut book = Book::open(&held)?;
    let mut read = false;
    let longest = out.limits.record;
    for (name, visible) in book.sheets() {
        let mut found = None;
        let mut cells = false;
        let mut like = None;
        let looked_for = grid();
        book.rows(&name, longest, |row| {
            cells = true;
            if looked_for.is_like_a_header(&row) {
                like.get_or_insert(row.at);
            }
            found = Grid::is_header(&row, looked_for.needed).then_some(row.at);
            Ok(found.is_none() && row.at.line < HEADER_WITHIN)
        })?;
        if found.is_none() {
            if cells {
                let hidden = if visible { "" } else { "hidden " };
                let what = format!("the {hidden}sheet \"{name}\" has no header that is known here");
                let effect = match like {
                    Some(_) => Effect::PartMissing,
                    None => Effect::Note,
                };
                looked_for.fault(out, like.unwrap_or_default(), None, what, effect);
            }
            continue;
        }
        let mut grid = grid();
        grid.full_rows = false;
        book.rows(&name, longest, |row| {
            if let Some(step) = grid.row(row, out)? {
                take(&grid, step, out)?;
            }
            Ok(true)
        })?;
        grid.finish(out)?;
        read = true;
    }
    if read {
        Ok(())
    } else {
        Err(grid().no_header(At::default()))
    }
}
