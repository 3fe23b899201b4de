//! The brief for a terminal: one screen first, everything else by name.

use super::decide::{Decision, decision};
use super::paint::{Page, Tone, pad, printable};
use super::view::{Agreement, View, views};
use crate::brief::{Brief, Owned, RegimeAnswer, Verdict};
use crate::since::Since;
use scruple_model::Answer;
use unicode_width::UnicodeWidthStr;

/// How far the detail of a finding is indented.
const INDENT: usize = 3;
/// How wide its labels are.
const LABEL: usize = 8;
/// How wide the labels under the verdict are.
const HEAD: usize = 11;
/// How wide the labels below the findings are.
const LEGEND: usize = 16;

/// The brief in `width` columns.
pub fn render(brief: &Brief, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    let views = views(brief);
    head(&mut page, brief, &decision(brief, &views));
    if let Some(since) = &brief.since {
        changes(&mut page, since);
    }
    for view in &views {
        page.gap();
        finding(&mut page, view);
    }
    if brief.findings.is_empty() {
        page.gap();
        page.fold("", 0, Tone::Plain, &nothing_found(brief));
    }
    questions(&mut page, brief);
    super::items::items(&mut page, &brief.items, LEGEND);
    if let Some(assessment) = &brief.assessment {
        super::assessment::in_brief(&mut page, assessment, LEGEND);
    }
    parties(&mut page, brief);
    owners(&mut page, brief);
    law(&mut page, brief);
    looked_at(&mut page, brief);
    foot(&mut page, brief);
    page.finish()
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

fn head(page: &mut Page, brief: &Brief, decision: &Decision<'_>) {
    page.fold("", 0, Tone::Strong, &brief.title);
    let mut line = format!("deal {}", short(&brief.deal));
    if let Some(reference) = &brief.reference {
        line.push_str(&format!(" ({reference})"));
    }
    line.push_str(&format!(
        " · as of {} · vintage {} · {}",
        brief.as_of,
        short(&brief.vintage.hash),
        brief.extent
    ));
    page.fold("", 0, Tone::Faint, &line);
    page.gap();
    let tone = match brief.verdict {
        Verdict::NeedsDecision => Tone::Stop,
        Verdict::CannotTellYet => Tone::Ask,
        Verdict::NothingFound => Tone::Strong,
    };
    page.fold("", 0, tone, &brief.summary);
    if let Some(needed) = &decision.needed {
        page.fold("", 0, Tone::Strong, &format!("{needed}."));
    }
    for because in decision.harm.iter().chain(&decision.because) {
        page.label(2, "Why", HEAD, because);
    }
    if !decision.ask.is_empty() {
        page.label(2, "Ask first", HEAD, &decision.whom());
    }
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
    page.both_ends(
        &lead,
        indent,
        Tone::Strong,
        &view.finding.title,
        &view.grades,
    );
    let body = " ".repeat(INDENT);
    let facts: Vec<String> = view
        .facts
        .iter()
        .filter(|(_, text)| text != "unknown")
        .map(|(field, text)| format!("{text}   ({field})"))
        .collect();
    if !facts.is_empty() {
        page.fold(&body, INDENT, Tone::Plain, &facts.join(" · "));
    } else if !view.about.is_empty() {
        page.fold(&body, INDENT, Tone::Plain, &view.about);
    }
    for agreement in &view.agreements {
        agreed(page, agreement);
    }
    limbs(page, view);
    for sign in &view.signs {
        page.fold(&format!("{body}- "), INDENT + 2, Tone::Plain, sign);
    }
    tree(page, view);
    let mut rule = view.rule.clone();
    if !view.force.is_empty() {
        rule.push_str(&format!(" · {}", view.force));
    }
    if view.is_unverified {
        rule.push_str(" †");
    }
    page.fold(&body, INDENT, Tone::Faint, &rule);
    for doubt in &view.doubts {
        page.label(INDENT, "Doubt", LABEL, doubt);
    }
    if view.finding.answer == Answer::Yes && !view.is_for_everybody() {
        page.label(INDENT, "Why", LABEL, &view.finding.applies_because);
    }
    let steps = &view.finding.next;
    if let Some(first) = steps.first() {
        let more = match steps.len() - 1 {
            0 => String::new(),
            rest => format!(" (+{})", crate::words::count(rest, "more step")),
        };
        page.label(INDENT, "Next", LABEL, &format!("{}{more}", first.0));
    }
    let open: Vec<&str> = view
        .finding
        .questions
        .iter()
        .map(|q| q.id.as_str())
        .collect();
    if !open.is_empty() {
        page.label(INDENT, "Open", LABEL, &open.join(" · "));
    }
    page.label(
        INDENT,
        "Wrong?",
        LABEL,
        &format!("scruple explain {}", view.finding.rule),
    );
}

/// Limb by limb; notes only where they take something out.
fn limbs(page: &mut Page, view: &View<'_>) {
    for row in &view.finding.evidence {
        let Some((what, rest)) = row.field.split_once(", ") else {
            continue;
        };
        let word = rest.split(", ").next().unwrap_or(rest);
        let told = what == "limb" || (what == "note" && word == "yes");
        if told && (row.source == "control-entries" || row.source == "use-rules") {
            page.label(INDENT + 2, word, 6, &row.text);
        }
    }
}

/// Who holds what, down from the party; the rest of a long tree is named.
fn tree(page: &mut Page, view: &View<'_>) {
    const MOST: usize = 14;
    for line in view.tree.iter().take(MOST) {
        let text = line.trim_start();
        let at = INDENT + 2 + (line.len() - text.len());
        page.fold(&" ".repeat(at), at + 2, Tone::Plain, text);
    }
    if view.tree.len() > MOST {
        let rest = crate::words::count(view.tree.len() - MOST, "more line");
        let text = format!("… {rest}: --html, or scruple ownership show");
        page.fold(&" ".repeat(INDENT + 2), INDENT + 2, Tone::Faint, &text);
    }
}

fn agreed(page: &mut Page, agreement: &Agreement) {
    let at = INDENT + 2;
    page.label(at, "yours", LABEL, &agreement.yours);
    page.label(at, "listed", LABEL, &agreement.listed);
    if let Some(caption) = &agreement.caption {
        page.label(at, "as", LABEL, caption);
    }
    if agreement.yours != agreement.listed {
        page.label(at, "agree", LABEL, &agreement.agree);
    }
    for (_, text) in agreement
        .says
        .iter()
        .filter(|(label, _)| *label == "review")
    {
        page.label(at, "review", LABEL, text);
    }
    let licence = agreement
        .says
        .iter()
        .find(|(label, _)| *label == "licence for");
    let mut source = format!("{} · {}", agreement.source, agreement.record);
    if let Some((_, text)) = licence {
        source.push_str(&format!(" · licence for: {text}"));
    }
    page.fold(&" ".repeat(INDENT), INDENT, Tone::Faint, &source);
}

fn questions(page: &mut Page, brief: &Brief) {
    if brief.questions.is_empty() {
        return;
    }
    page.gap();
    page.fold("", 0, Tone::Strong, "OPEN QUESTIONS");
    let longest = brief
        .questions
        .iter()
        .map(|q| q.id.as_str().width())
        .max()
        .unwrap_or(0);
    // A narrow page has no room for two columns.
    let wide = if page.width() < 80 {
        4
    } else {
        (longest + 2).min(28)
    };
    for question in &brief.questions {
        let id = question.id.as_str();
        let text = format!(
            "{}  Ask {}. Goes in {}.",
            question.text, question.ask, question.field
        );
        if id.width() + 2 > wide {
            page.raw(&printable(id));
            page.label(0, "", wide, &text);
        } else {
            page.label(0, id, wide, &text);
        }
    }
}

/// The parties of which nothing was found: the others stand among the findings.
fn parties(page: &mut Page, brief: &Brief) {
    let mut by_outcome: Vec<(&str, Vec<String>)> = Vec::new();
    for party in brief.screened.iter().filter(|party| !party.found) {
        let name = format!("{} ({})", party.name, party.role);
        match by_outcome
            .iter_mut()
            .find(|(outcome, _)| *outcome == party.outcome)
        {
            Some((_, names)) => names.push(name),
            None => by_outcome.push((&party.outcome, vec![name])),
        }
    }
    page.gap();
    for (outcome, names) in by_outcome {
        page.label(
            0,
            "SCREENED",
            LEGEND,
            &format!("{}: {outcome}", names.join(" · ")),
        );
    }
}

/// The rules that came out alike for one party.
type Alike<'a> = Vec<(&'a str, Vec<&'a str>)>;

/// What came of asking for owners: rules of one outcome and parties of one answer
/// stand together.
fn owners(page: &mut Page, brief: &Brief) {
    if brief.ownership.looked_at.is_empty() {
        return;
    }
    // Of each party: the outcomes, each with its rules.
    let mut parties: Vec<(&Owned, Alike<'_>)> = Vec::new();
    for owned in &brief.ownership.answers {
        let said = owned.outcome.strip_prefix(&format!("{}: ", owned.title));
        let said = said.unwrap_or(&owned.outcome);
        if parties
            .last()
            .is_none_or(|(last, _)| last.party != owned.party)
        {
            parties.push((owned, Vec::new()));
        }
        let Some((_, outcomes)) = parties.last_mut() else {
            continue;
        };
        match outcomes.iter_mut().find(|(known, _)| *known == said) {
            Some((_, rules)) => rules.push(&owned.title),
            None => outcomes.push((said, vec![&owned.title])),
        }
    }
    let mut lines: Vec<(Vec<&str>, String)> = Vec::new();
    for (owned, outcomes) in &parties {
        for (said, rules) in outcomes {
            let said = format!("{said} ({})", rules.join(" · "));
            match lines.iter_mut().find(|(_, known)| *known == said) {
                Some((names, _)) => names.push(&owned.name),
                None => lines.push((vec![&owned.name], said)),
            }
        }
    }
    for (names, said) in lines {
        page.label(
            0,
            "OWNERS",
            LEGEND,
            &format!("{}: {said}", names.join(" · ")),
        );
    }
}

fn law(page: &mut Page, brief: &Brief) {
    let of = |answer: Answer| {
        brief
            .regimes
            .iter()
            .filter(move |regime| regime.answer == answer)
    };
    let titles = |answer: Answer| of(answer).map(title).collect::<Vec<_>>().join(" · ");
    let yes = titles(Answer::Yes);
    if !yes.is_empty() {
        page.label(0, "LAW THAT BINDS", LEGEND, &yes);
    }
    let open = titles(Answer::CannotTell);
    if !open.is_empty() {
        page.label(0, "LAW LEFT OPEN", LEGEND, &open);
    }
    let none = titles(Answer::No);
    if !none.is_empty() {
        page.label(
            0,
            "NOT BY FACTS",
            LEGEND,
            &format!("no fact entered makes these bind: {none}"),
        );
    }
}

/// The title of a body of law, with its state where it does not simply bind.
fn title(regime: &RegimeAnswer) -> String {
    let mark = if regime.doubts.is_empty() { "" } else { " †" };
    match crate::words::force(regime.force) {
        state if state.is_empty() => format!("{}{mark}", regime.title),
        state => format!("{} ({state}){mark}", regime.title),
    }
}

fn looked_at(page: &mut Page, brief: &Brief) {
    let lists: Vec<String> = brief
        .looked_at
        .iter()
        .chain(&brief.ownership.looked_at)
        .map(|l| format!("{} {}", l.source, l.date))
        .collect();
    page.label(0, "LOOKED AT", LEGEND, &lists.join(" · "));
    let not: Vec<&str> = brief.unchecked.iter().map(|u| u.what.as_str()).collect();
    if !not.is_empty() {
        page.label(0, "NOT LOOKED AT", LEGEND, &not.join(" · "));
    }
    let unverified = brief.regimes.iter().any(|regime| !regime.doubts.is_empty());
    if unverified || views(brief).iter().any(|view| view.is_unverified) {
        let note =
            "Wording of the rule, or of when a law binds, not yet compared with the official text.";
        page.label(0, "†", LEGEND, note);
    }
}

pub(crate) fn nothing_found(brief: &Brief) -> String {
    let not = match brief.unchecked.len() {
        1 => "1 thing was not looked at, and is named below".to_owned(),
        many => format!("{many} things were not looked at, and are named below"),
    };
    format!(
        "Nothing found in what was looked at, as of {}; {not}.",
        brief.as_of
    )
}

fn foot(page: &mut Page, brief: &Brief) {
    page.gap();
    page.fold("", 0, Tone::Plain, &brief.footer);
    let record = "All of it: --html FILE, or --json > BRIEF.json. Record a decision: scruple decide \
                  BRIEF.json --stop --by \"…\" --reason \"…\"";
    page.fold("", 0, Tone::Faint, record);
    let keep = format!("Keep until {} at most (docs/privacy.md).", brief.keep_until);
    page.both_ends("", 0, Tone::Faint, &keep, &format!("exit {}", brief.exit));
}
