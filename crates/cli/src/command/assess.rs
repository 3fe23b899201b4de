//! `scruple assess`: what a deal can do to people, and the questions that decide it.

use std::io::{IsTerminal as _, Write};
use std::path::Path;

use scruple_assess::{Answers, answers as answers_file, questionnaire};
use scruple_brief::render::assessment as render;
use scruple_brief::words::count;
use scruple_brief::{Packs, assess};
use scruple_model::Deal;

use crate::args::Assess;
use crate::failure::{DONE, bad_input};
use crate::files::shown;
use crate::{Edge, failure, files, world};

mod ask;

pub(crate) fn run(args: &Assess, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let (deal, _) = super::check::read_deal(&args.deal, edge)?;
    let packs = world::packs(edge)?;
    super::classify::names(&deal, &packs, &args.deal, edge)?;
    let mut given = args
        .answers
        .as_deref()
        .map(|path| answers(path, &deal, &packs, edge))
        .transpose()?;
    let mut assessment = assess(&deal, &packs, given.as_ref(), edge.today);
    if let Some(path) = &args.questionnaire {
        return write_questions(path, args, &assessment, &deal, out);
    }
    let to_terminal = !args.json && args.html.is_none();
    if to_terminal
        && !assessment.questions.is_empty()
        && is_attended()
        && let Some(path) = ask::ask(&assessment, &deal, &packs.assess, args, edge, out)?
    {
        given = Some(answers(&path, &deal, &packs, edge)?);
        assessment = assess(&deal, &packs, given.as_ref(), edge.today);
    }
    if let Some(path) = &args.html {
        spare(path, args)?;
        files::write(path, render::html(&assessment)?.as_bytes())?;
    }
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&assessment)?)?;
    } else {
        let text = render::render(&assessment, edge.width, edge.colour);
        out.write_all(text.as_bytes())?;
    }
    Ok(assessment.exit())
}

/// Whether somebody sits there to answer.
fn is_attended() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// The answers in a file: TOML, or the line that the HTML form gave.
pub(crate) fn answers(
    path: &Path,
    deal: &Deal,
    packs: &Packs,
    edge: &Edge,
) -> anyhow::Result<Answers> {
    let mut text = files::text(path)?;
    if answers_file::form::is_line(&text) {
        text = answers_file::form::to_toml(&text);
    }
    answers_file::read(&text, deal, &packs.assess, edge.today)
        .map_err(|problems| failure::problems(path, &text, &problems, edge.width))
}

fn write_questions(
    path: &Path,
    args: &Assess,
    assessment: &scruple_assess::Assessment,
    deal: &Deal,
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    spare(path, args)?;
    let ending = path.extension().and_then(|ending| ending.to_str());
    let all = assessment.questions.len();
    let sent = render::for_customer(assessment).len();
    let (text, many) = match ending {
        Some("html" | "htm") if sent == 0 && all > 0 => {
            return Err(bad_input(
                format!(
                    "none of the {} is one for the customer or supplier",
                    count(all, "open question")
                ),
                "ask your own people: name a file that ends with .toml; nothing was written",
            ));
        }
        Some("html" | "htm") => (
            render::form(assessment, deal)?,
            format!(
                "{} for the customer or supplier written to {}, for this deal only. {} for your \
                 own people: --questionnaire FILE.toml has all.",
                count(sent, "open question"),
                shown(path),
                match all - sent {
                    0 => "None is".to_owned(),
                    1 => "1 more is".to_owned(),
                    more => format!("{more} more are"),
                }
            ),
        ),
        Some("toml") => (
            questionnaire::toml(assessment, deal),
            format!(
                "{} written to {}, for this deal only.",
                count(all, "open question"),
                shown(path)
            ),
        ),
        _ => {
            return Err(bad_input(
                format!("--questionnaire {} is neither .html nor .toml", shown(path)),
                "name a file that ends with one of them",
            ));
        }
    };
    files::write(path, text.as_bytes())?;
    writeln!(out, "{many} Read the answers back with --answers FILE.")?;
    Ok(DONE)
}

/// A file to write must not be one that was read.
fn spare(path: &Path, args: &Assess) -> anyhow::Result<()> {
    let read = std::iter::once(&args.deal).chain(&args.answers);
    for one in read {
        if super::check::same_file(path, one) {
            return Err(bad_input(
                format!("writing to {} would overwrite what was read", shown(path)),
                "name another file; nothing was written",
            ));
        }
    }
    Ok(())
}
