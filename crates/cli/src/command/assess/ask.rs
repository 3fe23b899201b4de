//! Asks the open questions in the terminal, and keeps the answers in a file, so that
//! nothing is asked twice.

use std::fs;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use scruple_assess::answers::SCHEMA;
use scruple_assess::{Assessment, questionnaire};
use scruple_model::Deal;

use crate::args::Assess;
use crate::failure::bad_input;
use crate::files::shown;
use crate::{Edge, files};

/// Where answers are kept: the file given, else one beside the deal that is not there yet.
pub(super) fn file(args: &Assess) -> anyhow::Result<PathBuf> {
    if let Some(path) = &args.answers {
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

/// Asks, and adds what was answered to the file. False where nothing was.
pub(super) fn ask(
    assessment: &Assessment,
    deal: &Deal,
    path: &Path,
    edge: &Edge,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let given = questions(assessment, &mut std::io::stdin().lock(), out)?;
    let Some((by, answers)) = given else {
        return Ok(false);
    };
    let before = match fs::metadata(path) {
        Ok(_) => files::text(path)?,
        Err(_) => format!("schema = \"{SCHEMA}\"\ndeal = \"{}\"\n", deal.hash),
    };
    let text = format!(
        "{}\n{}",
        before.trim_end(),
        questionnaire::rows(&answers, &by, edge.today)
    );
    files::write(path, text.as_bytes())?;
    writeln!(out, "\nAnswers kept in {}.\n", shown(path))?;
    Ok(true)
}

/// Whoever answers, and question and answer.
type Given = (String, Vec<(String, String)>);

/// Puts each open question once. An empty line leaves it open, `q` ends the asking.
fn questions(
    assessment: &Assessment,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> anyhow::Result<Option<Given>> {
    let all = assessment.questions.len();
    writeln!(
        out,
        "{}\n{all} questions are open. The number of an answer, or Enter to leave it open, or q to \
         end.\n",
        assessment.title
    )?;
    let mut answers = Vec::new();
    'asking: for (at, asked) in assessment.questions.iter().enumerate() {
        writeln!(out, "{} of {all}  {}", at + 1, asked.text)?;
        writeln!(out, "    for: {}; decides {}", asked.ask, asked.why)?;
        let choices: Vec<(&str, &str)> = asked
            .choices
            .iter()
            .map(|(value, text)| (value.as_str(), text.as_str()))
            .chain([("unknowable", "asked, and it cannot be found out")])
            .collect();
        for (number, (_, text)) in (1..).zip(&choices) {
            writeln!(out, "    {number}  {text}")?;
        }
        loop {
            let Some(line) = line(input, out, "> ")? else {
                break 'asking;
            };
            match line.as_str() {
                "" => break,
                "q" => break 'asking,
                number => {
                    let chosen = number.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                    if let Some((value, _)) = chosen.and_then(|at| choices.get(at)) {
                        answers.push((asked.id.to_string(), (*value).to_owned()));
                        break;
                    }
                    writeln!(out, "    a number from 1 to {}, Enter or q", choices.len())?;
                }
            }
        }
    }
    if answers.is_empty() {
        return Ok(None);
    }
    let by = line(input, out, "Whose answers are these (firm and function)? ")?;
    Ok(Some((by.unwrap_or_default(), answers)))
}

/// One line; none at the end of input.
fn line(
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    prompt: &str,
) -> anyhow::Result<Option<String>> {
    write!(out, "{prompt}")?;
    out.flush()?;
    let mut line = String::new();
    let read = input.read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use scruple_brief::{Packs, assess};
    use scruple_model::deal::{Format, read};

    fn assessment() -> Assessment {
        let text = include_str!("../../../../../examples/cameras.toml");
        let deal = read(text, Format::Toml).expect("the example reads");
        let packs = Packs::built_in().expect("the packs load");
        assess(&deal, &packs, None, "2026-11-22".parse().expect("a day"))
    }

    fn answered(input: &str) -> Option<Given> {
        questions(&assessment(), &mut input.as_bytes(), &mut Vec::new())
            .expect("memory does not fail")
    }

    #[test]
    fn the_most_deciding_question_comes_first_and_enter_leaves_it_open() {
        let first = assessment().questions[0].id.to_string();
        let (by, answers) = answered("1\nq\nLegal\n").expect("one answer");
        assert_eq!(by, "Legal");
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0].0, first);
        assert_eq!(answered("\n\nq\n"), None);
    }

    #[test]
    fn what_is_no_answer_is_asked_again_and_the_end_of_input_ends() {
        let (_, answers) = answered("99\nyes\n1\n").expect("one answer");
        assert_eq!(answers.len(), 1);
        assert_eq!(answered(""), None);
    }
}
