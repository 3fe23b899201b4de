//! The classification statement: what a firm keeps and signs.

use scruple_controls::trace::Step;

use super::terminal::law;
use super::{Classification, headline};
use crate::packs::Packs;
use crate::render::items::{answer, codes, entry_state, holds, rests, rule_line, shown_by};
use crate::render::paint::{Page, Tone};

/// The classification statement, as text to sign.
pub fn statement(all: &Classification, packs: &Packs, width: usize) -> String {
    let mut page = Page::new(width, false);
    for (index, item) in all.items.iter().enumerate() {
        if index > 0 {
            page.gap();
        }
        page.fold("", 0, Tone::Strong, "CLASSIFICATION STATEMENT");
        page.gap();
        page.label(0, "Item", 16, &item.item);
        page.label(0, "Date", 16, &all.as_of.to_string());
        page.label(0, "Setting", 16, &all.setting);
        page.label(0, "Rules", 16, &all.vintage);
        page.label(0, "Result", 16, &headline(item));
        page.gap();
        page.fold("", 0, Tone::Strong, "What it can do");
        for one in &item.capabilities {
            let line = format!("{} ({})", one.label, shown_by(one));
            page.fold("- ", 2, Tone::Plain, &line);
        }
        if item.capabilities.is_empty() {
            let none = "Nothing that was looked for was found in what was stated.";
            page.fold("", 0, Tone::Plain, none);
        }
        page.gap();
        page.fold("", 0, Tone::Strong, "Entries considered");
        if item.considered.is_empty() {
            page.fold(
                "",
                0,
                Tone::Plain,
                "None: nothing in what was stated pointed to an entry.",
            );
        }
        for one in &item.considered {
            let state = entry_state(&one.state);
            page.fold("- ", 2, Tone::Plain, &format!("{}: {state}", codes(one)));
            page.fold("  ", 4, Tone::Plain, &one.heading);
            let because = format!("considered because: {}", one.because.join("; "));
            page.fold("  ", 4, Tone::Plain, &because);
            limbs(&mut page, &one.steps);
            for doubt in &one.doubts {
                page.fold("  ", 4, Tone::Plain, &format!("doubt: {doubt}"));
            }
        }
        page.gap();
        page.fold("", 0, Tone::Strong, "Rules of use, user, place and rights");
        for rule in &item.rules {
            // Its force and what is doubtful about its wording stand with it: somebody signs.
            let line = format!(
                "{}: {} [{}]",
                answer(rule.answer),
                rule.heading,
                rule_line(rule)
            );
            page.fold("- ", 2, Tone::Plain, &line);
            limbs(&mut page, &rule.steps);
        }
        if item.rules.is_empty() {
            page.fold("", 0, Tone::Plain, "None speaks to what was stated.");
        }
        law(&mut page, "Law by law", item, packs);
        page.gap();
        page.fold("", 0, Tone::Strong, "Open points");
        for question in &item.questions {
            page.fold(
                "- ",
                2,
                Tone::Plain,
                &format!("{} (ask {})", question.text, question.ask),
            );
        }
        page.gap();
        page.fold(
            "",
            0,
            Tone::Plain,
            "Classified by   ______________________________   Date   ______________",
        );
        page.gap();
        page.fold(
            "",
            0,
            Tone::Plain,
            "Signature       ______________________________",
        );
    }
    page.gap();
    page.fold("", 0, Tone::Plain, &all.footer);
    page.finish()
}

/// Limb by limb: whether it holds, where it stands, what it rests on.
fn limbs(page: &mut Page, steps: &[Step]) {
    for step in steps {
        let cite = step
            .cite
            .as_ref()
            .map_or_else(String::new, |at| format!(", {at}"));
        let line = format!(
            "{}: {}{cite} [{}]",
            holds(step),
            step.says,
            rests(step).join("; ")
        );
        page.fold("  ", 4, Tone::Plain, &line);
    }
}
