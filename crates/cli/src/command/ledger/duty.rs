//! `scruple ledger duty`: what was promised for a day.

use std::io::Write;

use scruple_ledger::Duty;
use serde_json::json;

use super::{in_words, open};
use crate::Edge;
use crate::args::LedgerDuty;
use crate::failure::DONE;

pub(super) fn run(args: &LedgerDuty, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    match args {
        LedgerDuty::Add(args) => {
            let mut log = open(args.ledger.as_deref(), edge)?;
            let duty = Duty {
                id: args.id.clone(),
                what: args.what.clone(),
                due: args.due,
                done: None,
            };
            log.promise(&duty).map_err(in_words)?;
            writeln!(
                out,
                "{} is to be done by {}. If it is not, scruple ledger tick commits to that in the log.",
                duty.id, duty.due
            )?;
        }
        LedgerDuty::Done(args) => {
            let mut log = open(args.ledger.as_deref(), edge)?;
            log.done(&args.id, edge.today).map_err(in_words)?;
            writeln!(out, "{} is done, on {}.", args.id, edge.today)?;
        }
        LedgerDuty::List(args) => {
            let log = open(args.ledger.as_deref(), edge)?;
            let duties = log.duties().map_err(in_words)?;
            if args.json {
                let all = json!({"schema": "scruple.duties/1", "duties": duties});
                writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
                return Ok(DONE);
            }
            if duties.is_empty() {
                writeln!(out, "No duty is written down.")?;
            }
            let width = duties
                .iter()
                .map(|duty| duty.id.chars().count())
                .max()
                .unwrap_or(0);
            for duty in duties {
                let stands = match duty.done {
                    Some(day) if day > duty.due => format!("done on {day}, late"),
                    Some(day) => format!("done on {day}"),
                    None if duty.due < edge.today => "not done, and its day is over".to_owned(),
                    None => "open".to_owned(),
                };
                writeln!(
                    out,
                    "{:<width$}  by {}  {stands}  {}",
                    duty.id, duty.due, duty.what
                )?;
            }
        }
    }
    Ok(DONE)
}
