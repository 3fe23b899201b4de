//! Asks the open questions in the terminal.
//!
//! Each answer is in the file before the next question is put: whoever is called away, closes
//! the window or presses Ctrl-C has lost nothing. The asking itself is a function over a
//! reader and a writer, so that tests can play both.

use std::fs;
use std::io::{BufRead, Write};
use std::path::PathBuf;

use scruple_assess::answers::{form, put};
use scruple_assess::assessment::Asked;
use scruple_assess::{Assessment, Packs, QuestionBody, Word};
use scruple_brief::render::paint::{Page, Tone};
use scruple_model::{Date, Deal};

use crate::args::Assess;
use crate::failure::bad_input;
use crate::files::shown;
use crate::{Edge, files};

/// Where answers are kept: the file given, else one beside the deal that is not there yet.
/// A line from the form is left as it came.
pub(super) fn file(args: &Assess) -> anyhow::Result<PathBuf> {
    if let Some(path) = &args.answers
        && !form::is_line(&files::text(path)?)
    {
        return Ok(path.clone());
    }
    let path = args.deal.with_extension("answers.toml");
    if path.exists() {
        return Err(bad_input(
            format!("{} is there and was not given", shown(&path)),
            format!("add --answers {}, or move the file away", shown(&path)),
        ));
    }
    Ok(path)
}

/// Asks, and keeps each answer in the file at once. False where nothing was answered.
pub(super) fn ask(
    assessment: &Assessment,
    deal: &Deal,
    packs: &Packs,
    args: &Assess,
    edge: &Edge,
    out: &mut dyn Write,
) -> anyhow::Result<Option<PathBuf>> {
    let path = file(args)?;
    let mut text = match &args.answers {
        Some(given) => {
            let text = files::text(given)?;
            if form::is_line(&text) {
                form::to_toml(&text)
            } else {
                text
            }
        }
        None => put::empty(&deal.hash),
    };
    let mut keep = |given: &put::Given| {
        text = put::put(&text, given)?;
        files::write(&path, text.as_bytes())
    };
    let mut asking = Asking {
        packs,
        width: edge.width,
        today: edge.today,
        input: &mut std::io::stdin().lock(),
        out,
    };
    let many = asking.all(assessment, &mut keep)?;
    if many == 0 {
        writeln!(out, "Nothing was answered, and nothing written.\n")?;
        return Ok(None);
    }
    let kept = scruple_brief::words::count(many, "answer");
    let line = format!(
        "{kept} kept in {}. To change one, edit the file.",
        shown(&path)
    );
    writeln!(out, "\n{}", files::fold(&line, edge.width))?;
    Ok(fs::exists(&path)?.then_some(path))
}

/// What keeps one answer.
type Keep<'k> = dyn FnMut(&put::Given) -> anyhow::Result<()> + 'k;

struct Asking<'a> {
    packs: &'a Packs,
    width: usize,
    today: Date,
    input: &'a mut dyn BufRead,
    out: &'a mut dyn Write,
}

/// What somebody typed.
enum Typed {
    /// One of the choices, from 0.
    Choice(usize),
    /// Nothing: leave it.
    Leave,
    /// `q`, or the end of input.
    End,
}

impl Asking<'_> {
    /// Puts each open question once, the most deciding first.
    fn all(&mut self, assessment: &Assessment, keep: &mut Keep<'_>) -> anyhow::Result<usize> {
        let all = assessment.questions.len();
        let head = scruple_brief::words::count(all, "open question");
        self.say(|page| {
            page.fold("", 0, Tone::Plain, &assessment.title);
            page.fold(
                "",
                0,
                Tone::Plain,
                &format!(
                    "{head}, the most deciding first. Type the number of an answer; Enter leaves a \
                     question open; q ends. Each answer is kept at once."
                ),
            );
            page.gap();
        })?;
        let Some(by) = self.line("Whose answers are these (firm and function)? ")? else {
            return Ok(0);
        };
        if by == "q" {
            return Ok(0);
        }
        let by = (!by.is_empty()).then_some(by);
        let mut kept = 0;
        for (number, asked) in (1..).zip(&assessment.questions) {
            let body = self.packs.question(asked.id.as_str());
            match self.one(number, all, asked, body, by.as_deref(), keep)? {
                Typed::Choice(_) => kept += 1,
                Typed::Leave => {}
                Typed::End => break,
            }
        }
        Ok(kept)
    }

    fn one(
        &mut self,
        number: usize,
        all: usize,
        asked: &Asked,
        body: Option<&QuestionBody>,
        by: Option<&str>,
        keep: &mut Keep<'_>,
    ) -> anyhow::Result<Typed> {
        let unknowable = (
            "unknowable".to_owned(),
            "asked, and it cannot be found out".to_owned(),
        );
        let choices: Vec<_> = asked.choices.iter().chain([&unknowable]).collect();
        self.say(|page| {
            page.gap();
            let lead = format!("{number} of {all}  ");
            page.fold(&lead, lead.len(), Tone::Plain, &asked.text);
            let why = format!("For: {}. It decides {}.", asked.ask, asked.why);
            page.fold("    ", 4, Tone::Plain, &why);
            if let Some(note) = &asked.note {
                page.fold("    ", 4, Tone::Plain, &format!("So far: {note}."));
            }
            for (number, (_, text)) in (1..).zip(&choices) {
                page.fold(&format!("    {number:<3}"), 7, Tone::Plain, text);
            }
        })?;
        let typed = self.choice(choices.len())?;
        let Typed::Choice(at) = typed else {
            return Ok(typed);
        };
        let value = &choices[at].0;
        let mut given = put::Given {
            question: asked.id.to_string(),
            value: value.clone(),
            word: Word::Customer,
            why: None,
            by: by.map(str::to_owned),
            on: self.today,
        };
        keep(&given)?;
        // Whose word it is matters where the answer speaks in the deal's favour.
        let favourable = body.filter(|body| {
            let choice = body.choice(value);
            body.needs > Word::Customer && choice.is_some_and(|one| body.is_favourable(one))
        });
        let Some(body) = favourable else {
            return Ok(typed);
        };
        if let Some(ended) = self.shown_by(body, &mut given, keep)? {
            return Ok(ended);
        }
        Ok(typed)
    }

    /// Asks whose word it is, and where it stands; gives an end where input ends.
    fn shown_by(
        &mut self,
        body: &QuestionBody,
        given: &mut put::Given,
        keep: &mut Keep<'_>,
    ) -> anyhow::Result<Option<Typed>> {
        let needs = match body.needs {
            Word::Independent => "somebody independent",
            _ => "a document",
        };
        self.say(|page| {
            let ask = format!("What shows it? It settles the question if {needs} does.");
            page.fold("    ", 4, Tone::Plain, &ask);
            for (number, text) in (1..).zip([
                "nothing but our own word",
                "a document",
                "somebody independent",
            ]) {
                page.fold(&format!("    {number:<3}"), 7, Tone::Plain, text);
            }
        })?;
        match self.choice(Word::ALL.len())? {
            Typed::Choice(at) => given.word = Word::ALL[at],
            Typed::Leave => {}
            // The answer itself is kept.
            Typed::End => return Ok(Some(Typed::End)),
        }
        if given.word > Word::Customer {
            keep(given)?;
            match self.line("    Which text, page or document? ")? {
                Some(why) if !why.is_empty() => given.why = Some(why),
                Some(_) => {}
                None => return Ok(Some(Typed::End)),
            }
            keep(given)?;
        }
        Ok(None)
    }

    /// A number from 1 to `most`, asked for until there is one, or Enter, or the end.
    fn choice(&mut self, most: usize) -> anyhow::Result<Typed> {
        loop {
            let Some(line) = self.line("> ")? else {
                return Ok(Typed::End);
            };
            match line.as_str() {
                "" => return Ok(Typed::Leave),
                "q" | "Q" => return Ok(Typed::End),
                number => {
                    let typed = number.parse::<usize>().ok();
                    if let Some(at) = typed.and_then(|n| n.checked_sub(1)).filter(|at| *at < most) {
                        return Ok(Typed::Choice(at));
                    }
                    writeln!(self.out, "    a number from 1 to {most}, Enter or q")?;
                }
            }
        }
    }

    fn say(&mut self, fill: impl FnOnce(&mut Page)) -> anyhow::Result<()> {
        let mut page = Page::new(self.width, false);
        fill(&mut page);
        Ok(self.out.write_all(page.finish().as_bytes())?)
    }

    /// One line of text; none at the end of input. Bytes that are no text are asked for again.
    fn line(&mut self, prompt: &str) -> anyhow::Result<Option<String>> {
        loop {
            write!(self.out, "{prompt}")?;
            self.out.flush()?;
            let mut bytes = Vec::new();
            if self.input.read_until(b'\n', &mut bytes)? == 0 {
                // The cursor stands behind the prompt.
                writeln!(self.out)?;
                return Ok(None);
            }
            match String::from_utf8(bytes) {
                Ok(text) => return Ok(Some(text.trim().to_owned())),
                Err(_) => writeln!(self.out, "    that is not text in UTF-8; type it again")?,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scruple_brief::assess;
    use scruple_model::deal::{Format, read};

    /// What was kept, in order, and what was written, of an input.
    fn answered(input: &[u8], width: usize) -> (Vec<put::Given>, String) {
        let text = include_str!("../../../../../examples/cameras.toml");
        let deal = read(text, Format::Toml).expect("the example reads");
        let packs = scruple_brief::Packs::built_in().expect("the packs load");
        let today = "2026-11-22".parse().expect("a day");
        let assessment = assess(&deal, &packs, None, today);
        let (mut kept, mut out) = (Vec::new(), Vec::new());
        let mut asking = Asking {
            packs: &packs.assess,
            width,
            today,
            input: &mut &input[..],
            out: &mut out,
        };
        let mut keep = |given: &put::Given| {
            kept.push(given.clone());
            Ok(())
        };
        asking
            .all(&assessment, &mut keep)
            .expect("memory does not fail");
        (kept, String::from_utf8(out).expect("it writes text"))
    }

    #[test]
    fn the_most_deciding_question_comes_first_and_enter_leaves_it_open() {
        let (kept, out) = answered(b"Legal\n1\n\n1\nq\n", 100);
        let ids: Vec<&str> = kept.iter().map(|one| one.question.as_str()).collect();
        assert_eq!(ids, ["q.groups-singled-out", "q.user-record"], "{out}");
        assert_eq!(kept[0].by.as_deref(), Some("Legal"));
        assert_eq!(answered(b"\n\n\nq\n", 100).0, []);
        assert_eq!(answered(b"", 100).0, []);
    }

    #[test]
    fn a_favourable_answer_is_asked_for_what_shows_it_and_kept_at_each_step() {
        let (kept, _) = answered(b"Legal\n3\n2\nData sheet 4, page 2\n", 100);
        assert_eq!(kept.len(), 3);
        assert_eq!(kept[0].word, Word::Customer, "kept before what shows it");
        assert_eq!(kept[2].word, Word::Document);
        assert_eq!(kept[2].why.as_deref(), Some("Data sheet 4, page 2"));
        // An answer against the deal counts on any word.
        let (kept, out) = answered(b"Legal\n1\n", 100);
        assert_eq!(kept.len(), 1);
        assert!(!out.contains("What shows it?"), "{out}");
    }

    #[test]
    fn what_is_no_answer_is_asked_again() {
        let (kept, out) = answered(b"\xff\xfe\nLegal\n99\nyes\n0\n-1\n \xe4 \n1\n", 100);
        assert_eq!(kept.len(), 1);
        assert_eq!(
            out.matches("a number from 1 to 4, Enter or q").count(),
            4,
            "{out}"
        );
        assert_eq!(out.matches("not text in UTF-8").count(), 2, "{out}");
    }

    #[test]
    fn it_folds_to_sixty_columns_without_colour() {
        let (_, out) = answered(b"Legal\n\n\n\n\n\nq\n", 60);
        assert!(out.lines().all(|line| line.chars().count() <= 60), "{out}");
        assert!(!out.contains('\u{1b}'));
    }
}
