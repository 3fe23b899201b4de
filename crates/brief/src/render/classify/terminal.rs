//! A classification in the terminal.

use scruple_controls::{Outcome, Standing};
use scruple_model::{Answer, Question};

use super::{Classification, headline};
use crate::check::controls::{catch_all_words, duty_words};
use crate::packs::Packs;
use crate::render::items::{answer, code, entry_state, licence, list_state};
use crate::render::paint::{Page, Tone};

/// Width of the labels.
const LABEL: usize = 10;

/// In `width` columns.
pub fn render(all: &Classification, packs: &Packs, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    for (index, item) in all.items.iter().enumerate() {
        if index > 0 {
            page.gap();
        }
        one(&mut page, all, item, packs);
    }
    page.gap();
    page.fold("", 0, Tone::Plain, &all.footer);
    page.both_ends(
        "",
        0,
        Tone::Faint,
        "Whole trace: --json. For the file: --statement. In a deal: scruple check.",
        &format!("exit {}", all.exit),
    );
    page.finish()
}

fn one(page: &mut Page, all: &Classification, item: &Outcome, packs: &Packs) {
    page.fold("", 0, Tone::Strong, &item.item);
    let line = format!(
        "as of {} · {} · rules {}",
        all.as_of,
        all.setting,
        short(&all.vintage)
    );
    page.fold("", 0, Tone::Faint, &line);
    page.gap();
    page.fold("", 0, Tone::Strong, &headline(item));
    capabilities(page, item);
    entries(page, item, packs);
    rules(page, item);
    law(page, "LAW BY LAW", item, packs);
    if !item.flags.is_empty() {
        let signs: Vec<&str> = item.flags.iter().map(|flag| flag.label.as_str()).collect();
        page.gap();
        page.label(0, "SIGNS", LABEL, &signs.join(" · "));
    }
    if !item.rights.is_empty() {
        page.label(
            0,
            "RIGHTS",
            LABEL,
            &item.rights.join(" · ").replace('_', " "),
        );
    }
    questions(page, &item.questions);
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

fn capabilities(page: &mut Page, item: &Outcome) {
    page.gap();
    for one in &item.capabilities {
        let (label, tail) = match (one.standing, one.unclaimed) {
            (Standing::Asserted, _) => ("CAN", "claimed in the deal"),
            (Standing::Shown, _) => ("CAN", ""),
            (Standing::Ask, true) => ("ASK", "the words show it, nobody claims it"),
            (Standing::Ask, false) => ("ASK", "the words make one ask"),
        };
        let words: Vec<String> = one
            .words
            .iter()
            .filter(|words| !words.starts_with("items."))
            .map(|words| format!("\"{words}\""))
            .collect();
        let mut text = one.label.clone();
        if !words.is_empty() {
            text.push_str(&format!("   {}", words.join(", ")));
        }
        if !tail.is_empty() {
            text.push_str(&format!("   ({tail})"));
        }
        page.label(0, label, LABEL, &text);
    }
    if item.capabilities.is_empty() {
        page.label(
            0,
            "CAN",
            LABEL,
            "none of the capabilities looked for was found in the words",
        );
    }
}

/// How many entries are shown with their limbs.
const MOST: usize = 5;

fn entries(page: &mut Page, item: &Outcome, packs: &Packs) {
    if item.considered.is_empty() {
        return;
    }
    page.gap();
    page.fold("", 0, Tone::Strong, "ENTRIES TO CONSIDER");
    for (one, number) in item.considered.iter().zip(1..).take(MOST) {
        let state = entry_state(&one.state);
        let lists: Vec<&str> = one
            .codes
            .keys()
            .filter_map(|list| packs.controls.list(list))
            .map(|read| read.list.title.as_str())
            .collect();
        let lead = format!("{number:<3}");
        page.fold(&lead, 3, Tone::Strong, &format!("{}   {state}", code(one)));
        page.fold("   ", 3, Tone::Plain, &one.heading);
        page.fold("   ", 3, Tone::Faint, &lists.join(" · "));
        let limbs = one
            .steps
            .iter()
            .filter(|step| !step.takes_out || step.answer == Answer::Yes);
        for step in limbs {
            let sign = answer(step.answer);
            let rests: Vec<&str> = step
                .rests
                .iter()
                .map(|rests| rests.said.as_str())
                .filter(|said| !said.is_empty())
                .collect();
            let tail = if rests.is_empty() {
                String::new()
            } else {
                format!("   {}", rests.join("; "))
            };
            page.label(3, sign, 6, &format!("{}{tail}", step.says));
        }
        let open: Vec<&str> = one
            .open()
            .iter()
            .map(|question| question.id.as_str())
            .collect();
        if !open.is_empty() {
            page.label(3, "ask", 6, &open.join(" · "));
        }
    }
    if item.considered.len() > MOST {
        let rest = item.considered.len() - MOST;
        page.fold("   ", 3, Tone::Faint, &format!("… {rest} more in --json"));
    }
}

fn rules(page: &mut Page, item: &Outcome) {
    let told: Vec<_> = item
        .rules
        .iter()
        .filter(|rule| !rule.elsewhere)
        .filter(|rule| {
            rule.answer == Answer::Yes || (rule.answer == Answer::CannotTell && !rule.quiet)
        })
        .collect();
    if told.is_empty() {
        return;
    }
    page.gap();
    page.fold("", 0, Tone::Strong, "USE, USER, PLACE, RIGHTS");
    for rule in told {
        let label = if rule.answer == Answer::Yes {
            "YES"
        } else {
            "OPEN"
        };
        let force = crate::words::force(rule.force);
        let mut line = rule.heading.clone();
        if !force.is_empty() {
            line.push_str(&format!(" ({force})"));
        }
        page.label(0, label, LABEL, &line);
        for step in rule
            .steps
            .iter()
            .filter(|step| step.answer != Answer::Yes && !step.takes_out)
        {
            let sign = answer(step.answer);
            page.label(LABEL, sign, 6, &step.says);
        }
        page.fold(&" ".repeat(LABEL), LABEL, Tone::Faint, rule.rule.as_str());
    }
}

pub(super) fn law(page: &mut Page, heading: &str, item: &Outcome, packs: &Packs) {
    page.gap();
    page.fold("", 0, Tone::Strong, heading);
    for law in &item.laws {
        let title = packs
            .regime(&law.law)
            .map_or(law.law.as_str(), |entry| entry.body.title.as_str());
        let lists: Vec<String> = law
            .lists
            .iter()
            .filter_map(|(list, state)| {
                let read = packs.controls.list(list)?;
                Some(format!("{}: {}", read.list.title, list_state(state)))
            })
            .collect();
        let mut parts = lists;
        parts.push(licence(law).to_owned());
        parts.push(format!("next: {}", duty_words(law.duty)));
        page.label(0, "", 2, &format!("{title}: {}", parts.join(" · ")));
        for listed in &law.licences {
            let reasons = listed.reasons.iter().chain(&listed.exceptions);
            for reason in reasons.filter(|reason| reason.answer != Answer::No) {
                page.fold(
                    "    ",
                    6,
                    Tone::Faint,
                    &format!("{}: {}", reason.reason, reason.because),
                );
            }
        }
    }
    page.label(0, "", 2, catch_all_words(item.catch_all));
}

fn questions(page: &mut Page, questions: &[Question]) {
    if questions.is_empty() {
        return;
    }
    page.gap();
    page.fold(
        "",
        0,
        Tone::Strong,
        "OPEN QUESTIONS, the most deciding first",
    );
    for question in questions {
        let text = format!(
            "{}  Ask {}. Goes in {}.",
            question.text, question.ask, question.field
        );
        page.fold("", 2, Tone::Plain, &format!("{}  {text}", question.id));
    }
}
