//! Failures in words, and the exit code each has.

use std::fmt;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use scruple_brief::render::paint::printable;
use scruple_model::Problem;

use crate::files::shown;

/// Nothing needs attention.
pub const DONE: u8 = 0;
/// A fault of ours or of the machine.
pub const FAULT: u8 = 1;
/// Bad usage or input.
pub const BAD_INPUT: u8 = 2;

/// What the user gave cannot be used; everything else is a fault.
#[derive(Debug)]
pub struct BadInput(pub String);

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadInput {}

/// Faults of the machine or of a publisher, told in lines of their own.
#[derive(Debug)]
pub struct Faults(pub String);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Faults {}

/// An error that says the input was bad, what and what next. Each in one line,
/// whatever name of a stranger's stands in it.
pub fn bad_input(what: impl fmt::Display, next: impl fmt::Display) -> anyhow::Error {
    let (what, next) = (printable(&what.to_string()), printable(&next.to_string()));
    BadInput(format!("error: {what}\n  next: {next}")).into()
}

/// Every problem of a text, each with its line shown. A page where notation was expected is
/// one problem, not one for each of its lines.
pub fn problems(path: &Path, text: &str, problems: &[Problem], width: usize) -> anyhow::Error {
    if text.trim_start().starts_with('<') {
        return bad_input(
            format!(
                "{} is a page (HTML or XML), and no file to read",
                shown(path)
            ),
            "give the file it was made from; of a form that was filled in, save the address line \
             of the browser in a file",
        );
    }
    let renderer = Renderer::plain().term_width(width.max(60));
    let path = shown(path);
    let mut out = String::new();
    for problem in problems {
        let bytes = clamp(text, problem);
        // A line of megabytes is named, not shown.
        let shown = line_length(text, bytes.start) <= 2_000;
        let place = format!("{path}:{}:{}", problem.at.line, problem.at.column);
        let mut notes = Vec::new();
        notes.extend(problem.expected.as_ref().map(|e| ("expected", e.as_str())));
        notes.extend(problem.nearest.as_ref().map(|n| ("nearest", n.as_str())));
        notes.push(("next", problem.next.as_str()));
        if shown {
            let mark = AnnotationKind::Primary.span(bytes);
            let group = Group::with_title(Level::ERROR.primary_title(problem.what.as_str()))
                .element(Snippet::source(text).path(&path).annotation(mark));
            out.push_str(&renderer.render(&[group]).to_string());
            out.push('\n');
        } else {
            out.push_str(&format!("error: {}\n  --> {place}\n", problem.what));
        }
        for (label, note) in notes {
            out.push_str(&format!("  {label:<9} {note}\n"));
        }
        out.push('\n');
    }
    out.push_str(&format!(
        "{} in {path}; nothing was checked",
        scruple_brief::words::count(problems.len(), "problem")
    ));
    BadInput(out).into()
}

fn clamp(text: &str, problem: &Problem) -> std::ops::Range<usize> {
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(problem.at.bytes.start);
    // One line is enough to point at.
    let line_end = text[start..]
        .find('\n')
        .map_or(text.len(), |end| start + end);
    start..boundary(problem.at.bytes.end).clamp(start, line_end)
}

fn line_length(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    text[at..].find('\n').map_or(text.len(), |end| at + end) - start
}

/// A failure in words. Its lines are its own: a line break or a control character in
/// the name of a file or a record makes no line of an error.
pub fn told(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain() {
        let has_lines =
            cause.is::<BadInput>() || cause.is::<Faults>() || cause.is::<scruple_pack::PackError>();
        let said = cause.to_string();
        let said = if has_lines {
            said.lines().map(printable).collect::<Vec<_>>().join("\n")
        } else {
            printable(&said)
        };
        // A message that already tells its cause is not told it again.
        if text.is_empty() {
            text = said;
        } else if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
    }
    if text.starts_with("error") {
        text
    } else {
        format!("error: {text}")
    }
}

/// The exit code of a failure.
pub fn exit_code(error: &anyhow::Error) -> u8 {
    let bad = error
        .chain()
        .any(|cause| cause.is::<BadInput>() || cause.is::<scruple_pack::PackError>());
    if bad { BAD_INPUT } else { FAULT }
}
