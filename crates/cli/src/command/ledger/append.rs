//! `scruple ledger append`: a file of JSON lines into the log.
//!
//! The file is read twice: first every line is looked at, so that a bad one in the middle
//! leaves nothing entered; then entries are made a few thousand at a time.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write};
use std::path::Path;

use scruple_brief::words::count;
use scruple_ledger::log::ReceiptLine;
use scruple_ledger::merkle::leaf_hash;
use scruple_ledger::{Content, Log, NewEntry};

use super::hook::content_key;
use super::{in_words, minute, open};
use crate::args::LedgerAppend;
use crate::failure::{BadInput, DONE, bad_input};
use crate::files::shown;
use crate::{Edge, random};

/// Entries that are made at once.
const AT_ONCE: usize = 4096;
/// A line longer than this is no entry. Spaces and escapes take room.
const LONGEST_LINE: usize = 1 << 20;
/// Problems that are shown.
const SHOWN: usize = 20;

pub(super) fn run(args: &LedgerAppend, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let alike = look(&args.file)?;
    let mut log = open(args.ledger.as_deref(), edge)?;
    let mut sum = Sum::default();
    let mut batch = Vec::with_capacity(AT_ONCE);
    let mut seen: HashMap<[u8; 32], u64> = HashMap::new();
    let mut fault = None;
    each_line(&args.file, &mut |number, line| {
        let Ok(content) = content(line) else {
            // It was looked at a moment ago.
            fault = Some(number);
            return Ok(false);
        };
        let key = match &args.key {
            Some(name) => format!("{name}/{number}"),
            // The same line twice in a file is two entries; the same file twice is not.
            None => {
                let hash = leaf_hash(content.canonical().as_bytes());
                let mut times = 1;
                if alike.binary_search(&mark(&hash)).is_ok() {
                    let seen = seen.entry(hash).or_default();
                    *seen += 1;
                    times = *seen;
                }
                content_key(&content, times)
            }
        };
        batch.push((number, NewEntry { key, content }));
        if batch.len() == AT_ONCE {
            enter(&mut log, &mut batch, args, edge, &mut sum, out)?;
        }
        Ok(true)
    })?;
    if let Some(number) = fault {
        return Err(bad_input(
            format!(
                "{} was changed while it was read (line {number})",
                shown(&args.file)
            ),
            "append it again: what was entered before is not entered twice",
        ));
    }
    enter(&mut log, &mut batch, args, edge, &mut sum, out)?;
    if !args.json {
        sum.say(&log, out)?;
    }
    Ok(DONE)
}

#[derive(Default)]
struct Sum {
    new: u64,
    known: u64,
    first: Option<u64>,
    last: Option<u64>,
    waiting: u64,
    back: bool,
}

impl Sum {
    fn say(&self, log: &Log, out: &mut dyn Write) -> anyhow::Result<()> {
        let new = if self.new == 1 {
            "1 entry".to_owned()
        } else {
            format!("{} entries", self.new)
        };
        match (self.first, self.last) {
            (Some(first), Some(last)) if self.new > 0 => writeln!(
                out,
                "{new} in {}, on disk: {}",
                log.settings().origin,
                if first == last {
                    format!("number {first}")
                } else {
                    format!("numbers {first} to {last}")
                }
            )?,
            _ => writeln!(out, "No new entry in {}.", log.settings().origin)?,
        }
        if self.known > 0 {
            writeln!(
                out,
                "  {} entered before, and not entered again",
                count(usize::try_from(self.known).unwrap_or(usize::MAX), "line")
            )?;
        }
        if self.waiting > 0 {
            writeln!(
                out,
                "  {} of these wait for their hour of release",
                self.waiting
            )?;
        }
        if self.back {
            writeln!(
                out,
                "  The clock says an earlier time than at the entry before. Order rests on numbers; look at the clock."
            )?;
        }
        if self.new > 0 {
            writeln!(
                out,
                "  next: scruple ledger checkpoint signs and publishes them"
            )?;
        }
        Ok(())
    }
}

fn enter(
    log: &mut Log,
    batch: &mut Vec<(u64, NewEntry)>,
    args: &LedgerAppend,
    edge: &Edge,
    sum: &mut Sum,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (numbers, entries): (Vec<u64>, Vec<NewEntry>) = batch.drain(..).unzip();
    let receipts = log
        .append(&entries, edge.now, &mut random)
        .map_err(in_words)?;
    for ((number, entry), receipt) in numbers.iter().zip(&entries).zip(&receipts) {
        sum.new += u64::from(!receipt.known);
        sum.known += u64::from(receipt.known);
        sum.back |= receipt.clock_went_back;
        match receipt.index() {
            Some(index) if !receipt.known => {
                sum.first = Some(sum.first.map_or(index, |first| first.min(index)));
                sum.last = sum.last.max(Some(index));
            }
            Some(_) => {}
            None => sum.waiting += 1,
        }
        if args.json {
            let line = ReceiptLine::of(&log.settings().origin, *number, entry, receipt, &minute);
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        }
    }
    Ok(())
}

/// Looks at every line, and gives the marks of those that stand in the file more than
/// once: eight bytes a line, so that ten million lines fit into the memory we allow.
fn look(path: &Path) -> anyhow::Result<Vec<u64>> {
    const ROOM: usize = 1 << 20;
    let mut marks: Vec<u64> = Vec::new();
    let mut problems = Vec::new();
    let mut wrong = 0;
    each_line(path, &mut |number, line| {
        match content(line) {
            Ok(content) => {
                if marks.len() == marks.capacity() {
                    marks.reserve_exact(ROOM);
                }
                marks.push(mark(&leaf_hash(content.canonical().as_bytes())));
            }
            Err(what) => {
                wrong += 1;
                if problems.len() < SHOWN {
                    problems.push(format!("error: {} line {number}: {what}", shown(path)));
                }
            }
        }
        Ok(true)
    })?;
    if wrong > 0 {
        if wrong > SHOWN {
            problems.push(format!("and {} more", count(wrong - SHOWN, "line")));
        }
        problems.push("  effect: nothing was entered".to_owned());
        problems.push("  next: mend these lines; each is one JSON value of at most 65,535 bytes in canonical form".to_owned());
        return Err(BadInput(problems.join("\n")).into());
    }
    marks.sort_unstable();
    let mut alike: Vec<u64> = marks
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
        .collect();
    alike.dedup();
    Ok(alike)
}

/// The start of a hash: enough to tell which lines may be alike.
fn mark(hash: &[u8; 32]) -> u64 {
    let start = hash
        .first_chunk()
        .expect("a hash has more than eight bytes");
    u64::from_be_bytes(*start)
}

fn content(line: &[u8]) -> Result<Content, String> {
    if line.len() > LONGEST_LINE {
        return Err(format!(
            "it has {} bytes, and an entry at most 65,535",
            line.len()
        ));
    }
    if line.iter().all(u8::is_ascii_whitespace) {
        return Err("it is empty: an entry of no bytes is none".to_owned());
    }
    let text = std::str::from_utf8(line)
        .map_err(|error| format!("byte {}: it is not UTF-8", error.valid_up_to()))?;
    Content::of_text(text).map_err(|fault| fault.to_string())
}

/// Shows each line with its number, until told to stop.
fn each_line(
    path: &Path,
    see: &mut dyn FnMut(u64, &[u8]) -> anyhow::Result<bool>,
) -> anyhow::Result<()> {
    let wrong = |error: std::io::Error| {
        bad_input(
            format!("{}: {error}", shown(path)),
            "look at the path and who may read it",
        )
    };
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(wrong)?);
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        let bytes = std::io::Read::take(&mut file, 64 << 20)
            .read_until(b'\n', &mut line)
            .map_err(wrong)?;
        if bytes == 0 {
            return Ok(());
        }
        number += 1;
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        if !see(number, &line)? {
            return Ok(());
        }
    }
}
