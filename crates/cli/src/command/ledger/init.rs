//! `scruple ledger init`: a new log.

use std::io::Write;

use scruple_ledger::{Disk, NewLog, Release};
use serde_json::json;

use super::{data, in_words, key_from_command};
use crate::args::LedgerInit;
use crate::failure::DONE;
use crate::files::{self, shown};
use crate::{Edge, random};

pub(super) fn run(args: &LedgerInit, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let policy = args.witnesses.as_deref().map(files::bytes).transpose()?;
    let key_command = match &args.key_command {
        Some(command) => Some((command.clone(), key_from_command(command)?)),
        None => None,
    };
    let created = NewLog {
        data: data(edge)?,
        public: &args.dir,
        origin: args.origin.as_deref(),
        release: Release {
            hours: args.release.clone(),
            batch: args.batch,
        },
        policy: policy.as_deref(),
        key_command,
    }
    .create(edge.now, &Disk::new(), &mut random)
    .map_err(in_words)?;
    if args.json {
        let all = json!({
            "schema": "scruple.ledger-init/1", "origin": created.origin, "vkey": created.verifier,
            "dir": args.dir, "default": created.is_default,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    writeln!(
        out,
        "The log {} stands in {}.",
        created.origin,
        shown(&args.dir)
    )?;
    writeln!(out, "  publish  that directory, with any web server")?;
    writeln!(out, "  key      {}", created.verifier)?;
    writeln!(
        out,
        "           give this line to whoever audits the log, by another way"
    )?;
    if created.is_default {
        writeln!(out, "  from now on decide and sync commit to it")?;
    }
    writeln!(
        out,
        "  back up  the folder ledger of the data directory: without it nothing can be added or disclosed"
    )?;
    Ok(DONE)
}
