//! Capabilities, facts, control entries, rules of use and warning signs, explained.

use scruple_model::Date;

use super::page::{line, rule};
use crate::packs::Packs;
use crate::words;

/// The pages that list all facts, all capabilities and all measures.
pub(super) const OVERVIEWS: [&str; 3] = ["facts", "capabilities", "measures"];

pub(super) fn pages(packs: &Packs, name: &str, as_of: Date) -> Vec<String> {
    let controls = &packs.controls;
    let mut pages = Vec::new();
    match name {
        "facts" => {
            let mut page =
                "Facts that a deal may state under [facts] or [items.facts]\n\n".to_owned();
            for fact in &controls.facts {
                line(
                    &mut page,
                    &fact.id,
                    &format!("{} ({})", fact.says, fact.expects()),
                );
            }
            pages.push(page);
        }
        "capabilities" => {
            let mut page = "Capabilities that an item may be claimed to have\n\n".to_owned();
            for one in &controls.capabilities {
                line(&mut page, &one.id, &one.definition);
            }
            pages.push(page);
        }
        "measures" => {
            let mut page =
                "Measures that an answers file may name under [[measure]]\n\n".to_owned();
            for entry in &packs.assess.mitigations.entries {
                line(&mut page, entry.id.as_str(), &entry.body.label);
            }
            pages.push(page);
        }
        _ => {}
    }
    if let Some(one) = controls.capability(name) {
        let mut page = format!("{}\n\n", one.label);
        line(&mut page, "Is", &one.definition);
        line(
            &mut page,
            "Rights",
            &one.rights.join(", ").replace('_', " "),
        );
        for (language, terms) in &one.terms {
            line(&mut page, language, &terms.join(" · "));
        }
        for misuse in &one.misuse {
            line(
                &mut page,
                "Misuse",
                &format!("{} ({})", misuse.kind, misuse.source),
            );
        }
        let entries: Vec<&str> = controls
            .entries
            .iter()
            .filter(|read| read.entry.body.points.contains(&one.id))
            .map(|read| read.entry.id.as_str())
            .collect();
        line(
            &mut page,
            "Entries",
            if entries.is_empty() { "none" } else { "" },
        );
        for entry in entries {
            line(&mut page, "", entry);
        }
        pages.push(page);
    }
    if let Some(fact) = controls.fact(name).or_else(|| by_question(packs, name)) {
        let mut page = format!("{}\n\n", fact.id);
        line(&mut page, "Says", &fact.says);
        line(&mut page, "Takes", fact.expects());
        line(
            &mut page,
            "Question",
            &format!("{} ({})", fact.question, fact.question().id),
        );
        line(&mut page, "Ask", &fact.ask);
        pages.push(page);
    }
    for read in &controls.entries {
        let body = &read.entry.body;
        let listed = body.lists.iter().any(|(list, listing)| {
            format!("{list}.{}", listing.code).replace(' ', "-") == name || listing.code == name
        });
        if read.entry.id.as_str() != name && !listed {
            continue;
        }
        let mut page = rule(&body.heading, &read.entry, as_of);
        for (list, listing) in &body.lists {
            line(
                &mut page,
                "In",
                &format!("{list} {} {}", listing.code, listing.reasons.join(" ")),
            );
        }
        for limb in &body.limbs {
            line(
                &mut page,
                "Limb",
                &format!("{}   [{}]", limb.says, limb.when),
            );
        }
        for note in &body.unless {
            line(
                &mut page,
                "Unless",
                &format!("{}   [{}]", note.says, note.when),
            );
        }
        pages.push(page);
    }
    for read in controls
        .rules
        .iter()
        .filter(|read| read.entry.id.as_str() == name)
    {
        let body = &read.entry.body;
        let mut page = rule(
            &body.heading.replace("{item}", "the item"),
            &read.entry,
            as_of,
        );
        if let Some(law) = &body.law {
            line(&mut page, "Binds through", law);
        }
        for limb in &body.limbs {
            line(
                &mut page,
                "Limb",
                &format!("{}   [{}]", limb.says, limb.when),
            );
        }
        for note in &body.unless {
            line(
                &mut page,
                "Unless",
                &format!("{}   [{}]", note.says, note.when),
            );
        }
        line(&mut page, "Demands", words::demand(body.effect));
        line(&mut page, "Next", &body.next.join(" "));
        pages.push(page);
    }
    let flag = controls.flags.iter().find(|read| {
        read.flag.id == name || format!("q.flag-{}", read.flag.id.replace('_', "-")) == name
    });
    if let Some(read) = flag {
        let mut page = format!("{}\n\n", read.flag.label);
        line(
            &mut page,
            "Raised when",
            read.flag.when.as_deref().unwrap_or("a person raises it"),
        );
        line(&mut page, "Question", &read.flag.question);
        line(&mut page, "Ask", &read.flag.ask);
        line(&mut page, "Source", &read.flag.source.join("; "));
        pages.push(page);
    }
    pages
}

fn by_question<'a>(packs: &'a Packs, name: &str) -> Option<&'a scruple_controls::fact::FactEntry> {
    packs
        .controls
        .facts
        .iter()
        .find(|fact| fact.question().id.as_str() == name)
}

pub(super) fn names(packs: &Packs) -> Vec<String> {
    let controls = &packs.controls;
    let mut names: Vec<String> = OVERVIEWS.iter().map(|name| (*name).to_owned()).collect();
    names.extend(controls.capabilities.iter().map(|one| one.id.clone()));
    names.extend(
        controls
            .facts
            .iter()
            .map(|fact| fact.question().id.to_string()),
    );
    names.extend(controls.rules.iter().map(|read| read.entry.id.to_string()));
    names.extend(controls.flags.iter().map(|read| read.flag.id.clone()));
    for read in &controls.entries {
        let lists = read.entry.body.lists.iter();
        names.extend(
            lists.map(|(list, listing)| format!("{list}.{}", listing.code).replace(' ', "-")),
        );
    }
    names
}
