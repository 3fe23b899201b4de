//! Verdicts and attestations for a terminal.

use scruple_attest::page::{FOOTER, rows, summary};
use scruple_attest::terms::Kind;
use scruple_attest::verify::{Report, Verdict};
use scruple_brief::render::paint::{Page, Tone};
use scruple_brief::words::count;
use scruple_model::Answer;

use crate::Edge;

/// Columns of a label.
const WIDE: usize = 16;

/// What can be said of each, part by part.
pub(super) fn verdicts(report: &Report, edge: &Edge) -> String {
    let mut page = begin(report, edge);
    for verdict in &report.verdicts {
        page.gap();
        head(&mut page, verdict);
        parts(&mut page, verdict);
    }
    end(page, report)
}

/// The same, with what lowers what it can show, what it says, and what workers say.
pub(super) fn pages(report: &Report, edge: &Edge) -> String {
    let mut page = begin(report, edge);
    for verdict in &report.verdicts {
        page.gap();
        head(&mut page, verdict);
        parts(&mut page, verdict);
        if !verdict.weaknesses.is_empty() {
            page.gap();
            page.raw("  WHAT LOWERS WHAT IT CAN SHOW");
            for one in &verdict.weaknesses {
                page.fold("  - ", 4, Tone::Plain, &one.says);
                for source in &one.sources {
                    page.fold("      ", 6, Tone::Faint, source);
                }
            }
        }
        let Some(one) = verdict.attestation() else {
            continue;
        };
        page.gap();
        page.raw("  WHAT IT SAYS");
        for (name, texts) in rows(one) {
            for (at, text) in texts.iter().enumerate() {
                page.label(2, if at == 0 { name } else { "" }, WIDE, text);
            }
        }
        for point in &one.points {
            let text = point.text.as_deref().unwrap_or("not stated");
            page.label(
                2,
                "Point",
                WIDE,
                &format!("{}: {}; seen: {text}", point.name, point.outcome.said()),
            );
        }
        if one.kind() == Kind::Audit {
            page.gap();
            page.raw("  WHAT WORKERS AND AFFECTED GROUPS SAY");
            match &verdict.answered_by[..] {
                [] => page.fold("  ", 2, Tone::Plain, "No counter-statement lies beside this file. That none is known here does not say that nobody objects: those concerned may be unable to speak."),
                files => page.fold("  ", 2, Tone::Plain, &format!("Answered by {}, shown here with the same rank.", files.join(", "))),
            }
        }
        page.label(2, "SHA-256", WIDE, &verdict.sha256);
    }
    end(page, report)
}

fn begin(report: &Report, edge: &Edge) -> Page {
    let mut page = Page::new(edge.width, edge.colour);
    let tone = match report.answer {
        Answer::No => Tone::Stop,
        Answer::CannotTell => Tone::Ask,
        Answer::Yes => Tone::Strong,
    };
    let head = page.tone(tone, &summary(report).to_uppercase());
    let read = count(report.verdicts.len(), "statement");
    page.raw(&format!("{head}   {read} · as of {}", report.as_of));
    page
}

fn end(mut page: Page, report: &Report) -> String {
    for file in &report.not_read {
        page.gap();
        page.fold(
            "NOT READ  ",
            10,
            Tone::Plain,
            &format!("{}: {}", file.file, file.why),
        );
    }
    page.gap();
    page.fold(
        "",
        0,
        Tone::Faint,
        "A signature shows that a key signed these words, not that they are so.",
    );
    page.fold("", 0, Tone::Faint, FOOTER);
    page.finish()
}

fn head(page: &mut Page, verdict: &Verdict) {
    let (name, kind) = match verdict.attestation() {
        Some(one) => (one.name.as_str(), one.kind().said()),
        None => (verdict.file.as_str(), "a credential of another kind"),
    };
    page.fold("", 0, Tone::Strong, name);
    page.fold("  ", 2, Tone::Faint, &format!("{kind} · {}", verdict.file));
    if let Some(reason) = &verdict.withdrawn {
        page.fold("  ", 2, Tone::Stop, &format!("WITHDRAWN: {reason}"));
    }
}

fn parts(page: &mut Page, verdict: &Verdict) {
    for part in &verdict.parts {
        let text = format!("{}: {}", part.word(), part.says);
        page.label(2, part.what.title(), WIDE, &text);
        if let Some(next) = &part.next {
            page.label(2, "", WIDE, &format!("Next: {next}"));
        }
    }
}
