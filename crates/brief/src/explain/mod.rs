//! What a rule, a question or a list is: the text behind `scruple explain`.
//!
//! Every rule has the same first half, from its envelope ([`page`]); each kind adds the few
//! lines that are its own.

mod assess;
mod controls;
mod ownership;
mod page;
mod questions;

use scruple_model::Date;
use scruple_model::ftm::list_alias;

use crate::packs::Packs;
use crate::words;
use page::{ids, line, of, rule};

/// The page on `name`, or the nearest names there are.
pub fn explain(packs: &Packs, name: &str, as_of: Date) -> Result<String, Vec<String>> {
    let mut pages = lists(packs, name, as_of);
    pages.extend(of(
        &packs.places,
        name,
        as_of,
        |body| body.heading.replace("{place}", "the place"),
        |page, body| {
            line(page, "Places", &body.places.join(", "));
            line(page, "Demands", words::demand(body.effect));
            line(page, "Next", &body.next.join(" "));
        },
    ));
    pages.extend(of(
        &packs.duties,
        name,
        as_of,
        |body| body.heading.replace("{party}", "A party"),
        |page, body| {
            line(page, "Demands", words::demand(body.effect));
            line(page, "Next", &body.next.join(" "));
        },
    ));
    pages.extend(of(
        &packs.regimes,
        name,
        as_of,
        |body| body.title.clone(),
        |page, body| {
            for bind in &body.binds {
                line(
                    page,
                    "Binds where",
                    &format!("{} ({})", bind.because, bind.fact),
                );
            }
        },
    ));
    pages.extend(of(
        &packs.retention,
        name,
        as_of,
        |body| format!("Keeping lists: {}", body.title),
        |page, body| line(page, "Keep for", &body.period()),
    ));
    pages.extend(of(
        &packs.attest,
        name,
        as_of,
        |body| body.heading.replace("{name}", "an attestation"),
        |page, body| {
            line(page, "Demands", words::demand(body.effect));
            line(page, "Next", &body.next.join(" "));
        },
    ));
    pages.extend(of(
        &packs.impossible,
        name,
        as_of,
        |body| body.says.replace("{place}", &body.places.join(", ")),
        |page, body| {
            for source in &body.sources {
                let said = format!("{}, {}: {}", source.who, source.when, source.what);
                line(page, "Says", &said);
                if let Some(link) = &source.link {
                    line(page, "", link);
                }
            }
        },
    ));
    pages.extend(controls::pages(packs, name, as_of));
    pages.extend(ownership::pages(packs, name, as_of));
    pages.extend(assess::pages(packs, name, as_of));
    pages.extend(questions::page(packs, name));
    pages.extend(not_read(packs, name));
    if pages.is_empty() {
        Err(names(packs))
    } else {
        Ok(pages.join("\n"))
    }
}

/// Every name that can be explained, sorted.
pub fn names(packs: &Packs) -> Vec<String> {
    let mut names: Vec<String> = controls::names(packs);
    names.extend(ids(&packs.lists));
    names.extend(
        packs
            .lists
            .entries
            .iter()
            .map(|entry| entry.body.list.to_string()),
    );
    names.extend(ids(&packs.places));
    names.extend(ids(&packs.duties));
    names.extend(ids(&packs.regimes));
    names.extend(ownership::names(packs));
    names.extend(ids(&packs.retention));
    names.extend(ids(&packs.attest));
    names.extend(ids(&packs.impossible));
    names.extend(questions::names(packs));
    names.extend(assess::names(packs));
    names.extend(packs.not_read.iter().map(|list| list.id.clone()));
    names.sort();
    names.dedup();
    names
}

/// A list has more names than its rule: its own, and those other tools give it.
fn lists(packs: &Packs, name: &str, as_of: Date) -> Vec<String> {
    let mut pages = Vec::new();
    for entry in &packs.lists.entries {
        let body = &entry.body;
        let known = entry.id.as_str() == name
            || body.list.as_str() == name
            || body.also.iter().any(|also| also == name)
            || list_alias(name).is_some_and(|list| list == body.list);
        if !known {
            continue;
        }
        let mut page = rule(&body.title, entry, as_of);
        let list = format!("{}, published by {}", body.list, body.publisher);
        line(&mut page, "List", &list);
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
    pages
}

/// A list that is known and not read.
fn not_read(packs: &Packs, name: &str) -> Vec<String> {
    let named = packs.not_read.iter().filter(|list| list.id == name);
    named
        .map(|list| {
            let mut page = format!("{}\n\n", list.title);
            line(&mut page, "Published by", &list.publisher);
            line(&mut page, "Matters", &list.why);
            line(&mut page, "State", "known, and not read by scruple yet");
            if let Some(link) = &list.link {
                line(&mut page, "Page", link);
            }
            page
        })
        .collect()
}
