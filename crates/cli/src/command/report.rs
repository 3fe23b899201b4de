//! `scruple report`: what was decided in a period, for publication.

use std::io::Write;

use scruple_brief::render::report as render;
use scruple_brief::report::{Decided, report};
use scruple_model::hash::sha256;

use super::conditions::{log, logs};
use crate::args::Report;
use crate::failure::{DONE, bad_input};
use crate::{Edge, files};

pub(crate) fn run(args: &Report, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let period = args.period;
    if period.from > edge.today {
        return Err(bad_input(
            format!("the period begins on {}, which has not come", period.from),
            "name a period that has begun",
        ));
    }
    let mut decided = Vec::new();
    // Counted, never named: a file's name may say which deal it was.
    let (mut without, mut altered) = (0, 0);
    for path in logs(&args.paths)? {
        let log = log(&path)?;
        let Some((_, last)) = log.last() else {
            continue;
        };
        // `brief.decisions.jsonl` stands beside `brief.json`.
        let brief = path.with_extension("").with_extension("json");
        if !brief.exists() {
            without += 1;
            continue;
        }
        let (brief, text) = files::brief(&brief)?;
        if sha256(text.as_bytes()) != last.brief {
            altered += 1;
            continue;
        }
        decided.push(Decided { brief, log });
    }
    let mut left_out = Vec::new();
    if without > 0 {
        left_out.push(format!(
            "decisions whose brief is not beside them: {without}"
        ));
    }
    if altered > 0 {
        left_out.push(format!(
            "decisions whose brief is not the one that was decided on: {altered}"
        ));
    }
    if period.to >= edge.today {
        left_out.push(format!(
            "what is decided until the period ends on {}: it is not over",
            period.to
        ));
    }
    let report = report(&decided, period, edge.today, left_out);
    if let Some(path) = &args.html {
        files::write(path, render::html(&report)?.as_bytes())?;
    }
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        out.write_all(render::terminal(&report, edge.width, edge.colour).as_bytes())?;
    }
    Ok(DONE)
}
