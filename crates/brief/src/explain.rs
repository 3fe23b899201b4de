//! What a rule, a question or a list is: the text behind `scruple explain`.

mod assess;
mod controls;
mod ownership;
mod questions;

use std::fmt::Write as _;

use scruple_model::ftm::list_alias;
use scruple_model::{Date, Force};
use scruple_pack::Entry;

use crate::packs::Packs;
use crate::words;

/// The page on `name`, or the nearest names there are.
pub fn explain(packs: &Packs, name: &str, as_of: Date) -> Result<String, Vec<String>> {
    let mut pages = Vec::new();
    for entry in &packs.lists.entries {
        let body = &entry.body;
        let known = entry.id.as_str() == name
            || body.list.as_str() == name
            || body.also.iter().any(|also| also == name)
            || list_alias(name).is_some_and(|list| list == body.list);
        if known {
            let mut page = rule(&body.title, entry, as_of);
            line(
                &mut page,
                "List",
                &format!("{}, published by {}", body.list, body.publisher),
            );
            if !body.also.is_empty() {
                line(&mut page, "Also called", &body.also.join(", "));
            }
            line(&mut page, "Binds through", &body.regime);
            line(&mut page, "Demands", words::demand(body.effect));
            line(
                &mut page,
                "Renewed",
                &format!("every {} days", body.cadence_days),
            );
            line(&mut page, "Next", &body.next.join(" "));
            line(&mut page, "Wrong?", &body.correction);
            if let Some(link) = &body.correction_link {
                line(&mut page, "", link);
            }
            pages.push(page);
        }
    }
    for entry in named(&packs.places.entries, name) {
        let mut page = rule(
            &entry.body.heading.replace("{place}", "the place"),
            entry,
            as_of,
        );
        line(&mut page, "Places", &entry.body.places.join(", "));
        line(&mut page, "Demands", words::demand(entry.body.effect));
        line(&mut page, "Next", &entry.body.next.join(" "));
        pages.push(page);
    }
    for entry in named(&packs.duties.entries, name) {
        let mut page = rule(
            &entry.body.heading.replace("{party}", "A party"),
            entry,
            as_of,
        );
        line(&mut page, "Demands", words::demand(entry.body.effect));
        line(&mut page, "Next", &entry.body.next.join(" "));
        pages.push(page);
    }
    for entry in named(&packs.regimes.entries, name) {
        let mut page = rule(&entry.body.title, entry, as_of);
        for bind in &entry.body.binds {
            line(
                &mut page,
                "Binds where",
                &format!("{} ({})", bind.because, bind.fact),
            );
        }
        pages.push(page);
    }
    for entry in named(&packs.retention.entries, name) {
        let mut page = rule(
            &format!("Keeping lists: {}", entry.body.title),
            entry,
            as_of,
        );
        line(&mut page, "Keep for", &entry.body.period());
        pages.push(page);
    }
    for entry in named(&packs.attest.entries, name) {
        let mut page = rule(
            &entry.body.heading.replace("{name}", "an attestation"),
            entry,
            as_of,
        );
        line(&mut page, "Demands", words::demand(entry.body.effect));
        line(&mut page, "Next", &entry.body.next.join(" "));
        pages.push(page);
    }
    for entry in named(&packs.impossible.entries, name) {
        let title = entry
            .body
            .says
            .replace("{place}", &entry.body.places.join(", "));
        let mut page = rule(&title, entry, as_of);
        for source in &entry.body.sources {
            line(
                &mut page,
                "Says",
                &format!("{}, {}: {}", source.who, source.when, source.what),
            );
            if let Some(link) = &source.link {
                line(&mut page, "", link);
            }
        }
        pages.push(page);
    }
    pages.extend(controls::pages(packs, name, as_of));
    pages.extend(ownership::pages(packs, name, as_of));
    pages.extend(assess::pages(packs, name, as_of));
    pages.extend(questions::page(packs, name));
    for list in packs.not_read.iter().filter(|list| list.id == name) {
        let mut page = format!("{}\n\n", list.title);
        line(&mut page, "Published by", &list.publisher);
        line(&mut page, "Matters", &list.why);
        line(&mut page, "State", "known, and not read by scruple yet");
        if let Some(link) = &list.link {
            line(&mut page, "Page", link);
        }
        pages.push(page);
    }
    if pages.is_empty() {
        Err(names(packs))
    } else {
        Ok(pages.join("\n"))
    }
}

/// Every name that can be explained, sorted.
pub fn names(packs: &Packs) -> Vec<String> {
    let mut names: Vec<String> = controls::names(packs);
    for entry in &packs.lists.entries {
        names.push(entry.id.to_string());
        names.push(entry.body.list.to_string());
    }
    names.extend(ids(&packs.places.entries));
    names.extend(ids(&packs.duties.entries));
    names.extend(ids(&packs.regimes.entries));
    for entry in &packs.ownership.entries {
        names.push(entry.id.to_string());
        let flags = entry.body.red_flag.iter().chain(&entry.body.transfer);
        names.extend(flags.map(|flag| flag.id.clone()));
    }
    names.extend(ids(&packs.retention.entries));
    names.extend(ids(&packs.attest.entries));
    names.extend(ids(&packs.impossible.entries));
    names.extend(
        questions::asked(packs)
            .iter()
            .map(|(_, question)| question.id.to_string()),
    );
    names.extend(assess::names(packs));
    names.extend(packs.not_read.iter().map(|list| list.id.clone()));
    names.sort();
    names.dedup();
    names
}

/// The entries of that id: one or none.
fn named<'a, T>(entries: &'a [Entry<T>], name: &'a str) -> impl Iterator<Item = &'a Entry<T>> {
    entries
        .iter()
        .filter(move |entry| entry.id.as_str() == name)
}

fn ids<T>(entries: &[Entry<T>]) -> impl Iterator<Item = String> + '_ {
    entries.iter().map(|entry| entry.id.to_string())
}

fn rule<T>(title: &str, entry: &Entry<T>, as_of: Date) -> String {
    let mut page = format!("{title}\n\n");
    line(&mut page, "Rule", entry.id.as_str());
    line(&mut page, "Says", &entry.summary);
    line(&mut page, "Published", &entry.citation.to_string());
    if let Some(link) = &entry.citation.link {
        line(&mut page, "", link);
    }
    let force = entry.force_on(as_of);
    let force = if force == Force::InForce {
        "in force".to_owned()
    } else {
        words::force(force)
    };
    line(&mut page, &format!("On {as_of}"), &force);
    for doubt in entry.doubts(as_of) {
        line(&mut page, "Doubt", &doubt);
    }
    page
}

fn line(page: &mut String, label: &str, text: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(page, "  {label:<14} {text}");
}
