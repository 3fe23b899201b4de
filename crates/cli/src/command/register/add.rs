//! `scruple register add`: entries into the file that the owner keeps.

use std::io::Write;

use scruple_register::{Entry, Register, State, file, table};

use crate::Edge;
use crate::args::RegisterAdd;
use crate::failure::{BadInput, DONE, bad_input};
use crate::files::{self, shown};

pub(super) fn run(args: &RegisterAdd, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    if args.new {
        if args.file.exists() {
            return Err(bad_input(
                format!("{} is already there", shown(&args.file)),
                "leave --new out to add to it, or name another file",
            ));
        }
        let (owner, contact) = (args.owner.as_deref(), args.contact.as_deref());
        let text = file::starter(owner.unwrap_or(""), contact.unwrap_or(""));
        files::write(&args.file, text.as_bytes())?;
        writeln!(
            out,
            "{} written. It is private: keep it where you keep contracts.",
            shown(&args.file)
        )?;
        if args.name.is_none() {
            return Ok(DONE);
        }
    }
    let text = files::text(&args.file)?;
    let before = super::read(&args.file, edge)?;
    let new = match &args.csv {
        Some(path) => rows(path, edge)?,
        None => vec![one(args, edge)?],
    };
    for entry in &new {
        let twice = new.iter().filter(|other| other.id == entry.id).count() > 1;
        if twice || before.get(&entry.id).is_some() {
            return Err(bad_input(
                format!("the key {} is taken: {}", entry.id, entry.name),
                "give another with --id, or change the entry in the file; nothing was added",
            ));
        }
    }
    let state = match (&args.withhold, args.show_from) {
        (None, _) => State::Publish,
        (Some(_), None) => State::Withhold,
        (Some(_), Some(_)) => State::Delay,
    };
    let mut text = text;
    for entry in &new {
        text.push_str(&file::block(
            entry,
            state,
            args.withhold.as_deref(),
            args.show_from,
        ));
    }
    // What is written is what will be read: any fault shows before anything is changed.
    Register::read(&text).map_err(|problems| {
        let told: Vec<String> = problems
            .iter()
            .map(|problem| format!("error: {}\n  next: {}", problem.what, problem.next))
            .collect();
        anyhow::Error::from(BadInput(told.join("\n")))
    })?;
    files::write(&args.file, text.as_bytes())?;
    for entry in &new {
        writeln!(out, "added {}: {}", entry.id, entry.name)?;
    }
    writeln!(
        out,
        "{} in {}. Next: scruple register review",
        entries(before.entries.len() + new.len()),
        shown(&args.file)
    )?;
    Ok(DONE)
}

fn one(args: &RegisterAdd, edge: &Edge) -> anyhow::Result<Entry> {
    let joined = |all: &[String]| (!all.is_empty()).then(|| all.join("|"));
    let (names, roles) = (joined(&args.also), joined(&args.role));
    let (sectors, lines) = (joined(&args.sector), joined(&args.product_line));
    let processing = joined(&args.processing);
    let get = |name: &str| -> Option<&str> {
        let value = match name {
            "id" => &args.id,
            "name" => &args.name,
            "names" => &names,
            "kind" => &args.kind,
            "roles" => &roles,
            "place" => &args.place,
            "address" => &args.address,
            "number" => &args.number,
            "os_id" => &args.os_id,
            "parent" => &args.parent,
            "sectors" => &sectors,
            "product_lines" => &lines,
            "processing" => &processing,
            "workers" => &args.workers,
            "since" => &args.since,
            "until" => &args.until,
            "source" => &args.source,
            "listed" => &args.listed,
            _ => &None,
        };
        value.as_deref()
    };
    table::entry(&get, edge.today).map_err(|wrong| {
        let told: Vec<String> = wrong
            .iter()
            .map(|(field, what, next)| format!("error: --{}: {what}\n  next: {next}", flag(field)))
            .collect();
        BadInput(told.join("\n")).into()
    })
}

/// The option that stands for a field.
fn flag(field: &str) -> &str {
    match field {
        "roles" => "role",
        "sectors" => "sector",
        "product_lines" => "product-line",
        other => other,
    }
}

fn rows(path: &std::path::Path, edge: &Edge) -> anyhow::Result<Vec<Entry>> {
    table::read(&files::bytes(path)?, edge.today).map_err(|faults| {
        let told: Vec<String> = faults
            .iter()
            .map(|fault| {
                let column = match fault.column.as_str() {
                    "" => String::new(),
                    name => format!(", column {name}"),
                };
                format!(
                    "error: {} line {}{column}: {}\n  next: {}",
                    shown(path),
                    fault.line,
                    fault.what,
                    fault.next
                )
            })
            .chain(["nothing was added".to_owned()])
            .collect();
        BadInput(told.join("\n")).into()
    })
}

fn entries(number: usize) -> String {
    match number {
        1 => "1 entry".to_owned(),
        more => format!("{more} entries"),
    }
}
