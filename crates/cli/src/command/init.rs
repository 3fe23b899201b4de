//! `scruple init`: a commented deal file to start from.

use std::io::{BufRead, IsTerminal, Write};

use scruple_model::Place;
use scruple_model::deal::{Answers, starter};

use crate::args::Init;
use crate::failure::{DONE, bad_input};
use crate::files::shown;
use crate::{Edge, files};

pub(crate) fn run(args: &Init, _edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    if args.file.exists() {
        return Err(bad_input(
            format!("{} is already there", shown(&args.file)),
            "name another file; nothing was overwritten",
        ));
    }
    let answers = if args.yes {
        Answers::default()
    } else {
        let input = std::io::stdin();
        if !input.is_terminal() {
            return Err(bad_input(
                "there is nobody to ask",
                "add --yes to write it unanswered",
            ));
        }
        ask(&mut input.lock(), out)?
    };
    files::write(&args.file, starter(&answers).as_bytes())?;
    writeln!(
        out,
        "{} written. Fill it in, then: scruple check {0}",
        shown(&args.file)
    )?;
    Ok(DONE)
}

/// Asks what decides most. An empty answer stays unknown.
fn ask(input: &mut dyn BufRead, out: &mut dyn Write) -> anyhow::Result<Answers> {
    writeln!(
        out,
        "An empty answer stays unknown and becomes a question in the brief.\n"
    )?;
    let mut one = |question: &str| -> anyhow::Result<Option<String>> {
        write!(out, "{question} ")?;
        out.flush()?;
        let mut line = String::new();
        input.read_line(&mut line)?;
        Ok(Some(line.trim().to_owned()).filter(|answer| !answer.is_empty()))
    };
    let mut answers = Answers {
        title: one("The deal in one line:")?.unwrap_or_default(),
        seller: one("The seller's registered name:")?.unwrap_or_default(),
        item: one("What is sold:")?,
        end_user: one("Who uses it in the end:")?,
        end_use: one("What for, in the buyer's words:")?,
        sign_off: one("Who decides:")?,
        ..Answers::default()
    };
    let mut place = |question: &str| -> anyhow::Result<Option<String>> {
        loop {
            match one(question)? {
                None => return Ok(None),
                Some(answer) => match Place::parse(&answer) {
                    Some(place) => return Ok(Some(place.code())),
                    None => {
                        one("No country is called that: two letters, such as kz. Enter goes on.")?;
                    }
                },
            }
        }
    };
    answers.seller_country = place("The seller's country:")?;
    answers.destination = place("The country it goes to:")?;
    Ok(answers)
}
