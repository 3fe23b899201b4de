//! The brief for a terminal: one screen first, everything else by name.

use super::paint::{Page, Tone, pad, printable};
use super::view::{Agreement, View, views};
use crate::brief::{Brief, Verdict};
use crate::since::Since;
use scruple_model::Answer;
use unicode_width::UnicodeWidthStr;

/// How far the detail of a finding is indented.
const INDENT: usize = 3;
/// How wide its labels are.
const LABEL: usize = 8;

/// The brief in `width` columns.
pub fn render(brief: &Brief, since: Option<&Since>, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    head(&mut page, brief);
    if let Some(since) = since {
        changes(&mut page, since);
    }
    for view in views(brief) {
        page.gap();
        finding(&mut page, &view);
    }
    if brief.findings.is_empty() {
        page.gap();
        page.fold("", 0, Tone::Plain, &nothing_found(brief));
    }
    questions(&mut page, brief);
    parties(&mut page, brief);
    law(&mut page, brief);
    looked_at(&mut page, brief);
    foot(&mut page, brief);
    page.finish()
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

fn head(page: &mut Page, brief: &Brief) {
    page.fold("", 0, Tone::Strong, &brief.title);
    let mut line = format!("deal {}", short(&brief.deal));
    if let Some(reference) = &brief.reference {
        line.push_str(&format!(" ({reference})"));
    }
    line.push_str(&format!(
        " · as of {} · {} · vintage {}",
        brief.as_of,
        crate::words::count(brief.looked_at.len(), "list"),
        short(&brief.vintage.hash)
    ));
    page.fold("", 0, Tone::Faint, &line);
    page.gap();
    let tone = match brief.verdict {
        Verdict::NeedsDecision => Tone::Stop,
        Verdict::CannotTellYet => Tone::Ask,
        Verdict::NothingFound => Tone::Strong,
    };
    page.fold("", 0, tone, &brief.summary);
    for caveat in &brief.caveats {
        page.fold("", 0, Tone::Ask, &crate::words::sentence(caveat));
    }
}

fn changes(page: &mut Page, since: &Since) {
    page.gap();
    let head = format!("SINCE {} (vintage {})", since.as_of, short(&since.vintage));
    page.fold("", 0, Tone::Strong, &head);
    if since.changes.is_empty() {
        page.fold("  ", 2, Tone::Plain, "nothing has changed");
    }
    for change in &since.changes {
        page.fold("  ", 4, Tone::Plain, &change.line());
    }
}

fn finding(page: &mut Page, view: &View<'_>) {
    let number = pad(&view.number.to_string(), INDENT);
    let tone = match view.word {
        "STOP" => Tone::Stop,
        "NOTE" => Tone::Strong,
        _ => Tone::Ask,
    };
    let word = page.tone(tone, view.word);
    let lead = format!("{number}{word}  ");
    let indent = INDENT + view.word.len() + 2;
    page.both_ends(&lead, indent, Tone::Strong, &view.finding.title, &view.grades);
    let body = " ".repeat(INDENT);
    if !view.about.is_empty() {
        page.fold(&body, INDENT, Tone::Plain, &view.about);
    }
    for agreement in &view.agreements {
        agreed(page, agreement);
    }
    for (field, text) in &view.facts {
        if text != "unknown" {
            page.label(INDENT + 2, "deal", LABEL, &format!("{text}   ({field})"));
        }
    }
    let mut rule = view.rule.clone();
    if !view.force.is_empty() {
        rule.push_str(&format!(" · {}", view.force));
    }
    page.fold(&body, INDENT, Tone::Faint, &rule);
    page.label(INDENT, "Binds", LABEL, &view.finding.applies_because);
    for doubt in &view.unchecked {
        page.label(INDENT, "Doubt", LABEL, doubt);
    }
    for step in &view.finding.next {
        page.label(INDENT, "Next", LABEL, &step.0);
    }
    for question in &view.finding.questions {
        page.label(INDENT, "Open", LABEL, question.id.as_str());
    }
    page.label(INDENT, "Wrong?", LABEL, &format!("scruple explain {}", view.finding.rule));
}

fn agreed(page: &mut Page, agreement: &Agreement) {
    let at = INDENT + 2;
    page.label(at, "yours", LABEL, &agreement.yours);
    page.label(at, "listed", LABEL, &agreement.listed);
    if let Some(caption) = &agreement.caption {
        page.label(at, "as", LABEL, caption);
    }
    page.label(at, "agree", LABEL, &agreement.agree);
    let source = format!("{} · {}", agreement.source, agreement.record);
    page.fold(&" ".repeat(INDENT), INDENT, Tone::Faint, &source);
    for (label, text) in &agreement.says {
        page.label(at, label, 12, text);
    }
}

fn questions(page: &mut Page, brief: &Brief) {
    if brief.questions.is_empty() {
        return;
    }
    page.gap();
    page.fold("", 0, Tone::Strong, "OPEN QUESTIONS");
    let longest = brief.questions.iter().map(|q| q.id.as_str().width()).max().unwrap_or(0);
    let wide = (longest + 2).min(28);
    for question in &brief.questions {
        let id = question.id.as_str();
        let text = format!("{}  Ask {}. Goes in {}.", question.text, question.ask, question.field);
        if id.width() + 2 > wide {
            page.raw(&printable(id));
            page.label(0, "", wide, &text);
        } else {
            page.label(0, id, wide, &text);
        }
    }
}

fn parties(page: &mut Page, brief: &Brief) {
    if brief.screened.is_empty() {
        return;
    }
    page.gap();
    page.fold("", 0, Tone::Strong, "PARTIES SCREENED");
    for party in &brief.screened {
        page.fold("", 2, Tone::Plain, &format!("{} ({}): {}", party.name, party.role, party.outcome));
    }
}

fn law(page: &mut Page, brief: &Brief) {
    page.gap();
    page.fold("", 0, Tone::Strong, "WHICH LAW BINDS");
    let of = |answer: Answer| brief.regimes.iter().filter(move |regime| regime.answer == answer);
    for regime in of(Answer::Yes) {
        page.label(0, "yes", 13, &format!("{}: {}", regime.title, regime.because.join("; ")));
    }
    for regime in of(Answer::CannotTell) {
        let ids: Vec<&str> = regime.questions.iter().map(|q| q.id.as_str()).collect();
        page.label(0, "cannot tell", 13, &format!("{}: {}", regime.title, ids.join(", ")));
    }
    let none: Vec<&str> = of(Answer::No).map(|regime| regime.title.as_str()).collect();
    if !none.is_empty() {
        let text = format!("no fact entered makes these bind: {}", none.join(" · "));
        page.label(0, "no", 13, &text);
    }
    if brief.regimes.iter().any(|regime| !regime.doubts.is_empty()) {
        page.label(0, "", 13, "When these bind is not yet compared with the official texts.");
    }
}

fn looked_at(page: &mut Page, brief: &Brief) {
    page.gap();
    let lists: Vec<String> = brief
        .looked_at
        .iter()
        .map(|l| format!("{} {} ({})", l.source, l.date, l.extent))
        .collect();
    page.label(0, "LOOKED AT", 16, &lists.join(" · "));
    let not: Vec<String> =
        brief.unchecked.iter().map(|u| format!("{}: {}", u.what, u.why)).collect();
    if !not.is_empty() {
        page.label(0, "NOT LOOKED AT", 16, &not.join(" · "));
    }
}

pub(crate) fn nothing_found(brief: &Brief) -> String {
    let not = brief.unchecked.len();
    format!(
        "Nothing found in {} looked at as of {}; {} not looked at.",
        crate::words::count(brief.looked_at.len(), "list"),
        brief.as_of,
        if not == 1 { "1 source was".to_owned() } else { format!("{not} sources were") }
    )
}

fn foot(page: &mut Page, brief: &Brief) {
    page.gap();
    page.fold("", 0, Tone::Plain, &brief.footer);
    let record = "Record it: scruple check … --json > BRIEF.json, then scruple decide BRIEF.json --stop \
                  --by \"…\" --reason \"…\"";
    page.fold("", 0, Tone::Faint, record);
    let keep = format!("Keep until {} at most (docs/privacy.md).", brief.keep_until);
    page.both_ends("", 0, Tone::Faint, &keep, &format!("exit {}", brief.exit));
}
