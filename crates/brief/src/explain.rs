//! What a rule, a question or a list is: the text behind `scruple explain`.

use std::fmt::Write as _;

use scruple_model::ftm::list_alias;
use scruple_model::{Date, Force};
use scruple_ownership::Pool;
use scruple_pack::Entry;

use crate::brief::{OWNERS, SAME_PARTY};
use crate::packs::{PackQuestion, Packs};
use crate::words;

mod assess;

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
    for entry in packs
        .places
        .entries
        .iter()
        .filter(|entry| entry.id.as_str() == name)
    {
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
    for entry in packs
        .duties
        .entries
        .iter()
        .filter(|entry| entry.id.as_str() == name)
    {
        let mut page = rule(
            &entry.body.heading.replace("{party}", "A party"),
            entry,
            as_of,
        );
        line(&mut page, "Demands", words::demand(entry.body.effect));
        line(&mut page, "Next", &entry.body.next.join(" "));
        pages.push(page);
    }
    for entry in packs
        .regimes
        .entries
        .iter()
        .filter(|entry| entry.id.as_str() == name)
    {
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
    for entry in packs
        .retention
        .entries
        .iter()
        .filter(|entry| entry.id.as_str() == name)
    {
        let mut page = rule(
            &format!("Keeping lists: {}", entry.body.title),
            entry,
            as_of,
        );
        line(&mut page, "Keep for", &entry.body.period());
        pages.push(page);
    }
    for entry in packs
        .attest
        .entries
        .iter()
        .filter(|entry| entry.id.as_str() == name)
    {
        let mut page = rule(
            &entry.body.heading.replace("{name}", "an attestation"),
            entry,
            as_of,
        );
        line(&mut page, "Demands", words::demand(entry.body.effect));
        line(&mut page, "Next", &entry.body.next.join(" "));
        pages.push(page);
    }
    for entry in packs
        .impossible
        .entries
        .iter()
        .filter(|entry| entry.id.as_str() == name)
    {
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
    pages.extend(ownership_pages(packs, name, as_of));
    pages.extend(assess::pages(packs, name, as_of));
    pages.extend(question_page(packs, name));
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
    let mut names: Vec<String> = Vec::new();
    for entry in &packs.lists.entries {
        names.push(entry.id.to_string());
        names.push(entry.body.list.to_string());
    }
    names.extend(
        packs
            .places
            .entries
            .iter()
            .map(|entry| entry.id.to_string()),
    );
    names.extend(
        packs
            .duties
            .entries
            .iter()
            .map(|entry| entry.id.to_string()),
    );
    names.extend(
        packs
            .regimes
            .entries
            .iter()
            .map(|entry| entry.id.to_string()),
    );
    for entry in &packs.ownership.entries {
        names.push(entry.id.to_string());
        let flags = entry.body.red_flag.iter().chain(&entry.body.transfer);
        names.extend(flags.map(|flag| flag.id.clone()));
    }
    names.extend(
        packs
            .retention
            .entries
            .iter()
            .map(|entry| entry.id.to_string()),
    );
    names.extend(
        packs
            .attest
            .entries
            .iter()
            .map(|entry| entry.id.to_string()),
    );
    names.extend(
        packs
            .impossible
            .entries
            .iter()
            .map(|entry| entry.id.to_string()),
    );
    names.extend(
        questions(packs)
            .iter()
            .map(|(_, question)| question.id.to_string()),
    );
    names.extend(assess::names(packs));
    names.extend(packs.not_read.iter().map(|list| list.id.clone()));
    names.sort();
    names.dedup();
    names
}

/// Every question a pack asks, with the rule that asks it.
fn questions(packs: &Packs) -> Vec<(String, &PackQuestion)> {
    let mut all = Vec::new();
    for entry in &packs.duties.entries {
        all.extend(
            entry
                .body
                .question
                .iter()
                .map(|q| (entry.id.to_string(), q)),
        );
    }
    for entry in &packs.places.entries {
        all.extend(
            entry
                .body
                .question
                .iter()
                .map(|q| (entry.id.to_string(), q)),
        );
    }
    for entry in &packs.regimes.entries {
        let asked = entry
            .body
            .binds
            .iter()
            .filter_map(|bind| bind.question.as_ref());
        all.extend(asked.map(|q| (entry.id.to_string(), q)));
    }
    all
}

/// Rules on ownership, and what such a rule says of a percentage nobody knows.
fn ownership_pages(packs: &Packs, name: &str, as_of: Date) -> Vec<String> {
    let mut pages = Vec::new();
    for entry in &packs.ownership.entries {
        let body = &entry.body;
        if entry.id.as_str() == name {
            let mut page = rule(&body.title, entry, as_of);
            for test in &body.tests {
                let pool = match test.pool {
                    Pool::Aggregate => "all of them together",
                    Pool::EachAlone => "each of them alone, or acting jointly",
                };
                let covers = format!("{}, {pool}", test.words());
                line(&mut page, "Covers at", &covers);
            }
            for seed in &body.seeds {
                let mut from = seed.list.to_string();
                if !seed.programmes.is_empty() {
                    from.push_str(&format!(" ({})", seed.programmes.join(", ")));
                }
                line(&mut page, "Starts from", &from);
            }
            line(&mut page, "Binds through", &body.regime);
            line(&mut page, "Demands", words::demand(body.effect));
            line(&mut page, "Next", &body.next.join(" "));
            for note in &body.notes {
                line(&mut page, "Mind", note);
            }
            line(&mut page, "Wrong?", &body.correction);
            if let Some(link) = &body.correction_link {
                line(&mut page, "", link);
            }
            pages.push(page);
        }
        let flags = body.red_flag.iter().chain(&body.transfer);
        for flag in flags.filter(|flag| flag.id == name) {
            let mut page = format!("{}\n\n", flag.title.replace("{party}", "a party"));
            line(&mut page, "Published", &flag.citation);
            line(&mut page, "Belongs to", entry.id.as_str());
            line(&mut page, "Next", &flag.next.join(" "));
            pages.push(page);
        }
    }
    pages
}

fn question_page(packs: &Packs, name: &str) -> Option<String> {
    if name.starts_with(SAME_PARTY) {
        let mut page = "Is the party in the deal the one on the list?\n\n".to_owned();
        line(
            &mut page,
            "Asks",
            "for what tells two parties of one name apart: registration number, address, owners",
        );
        line(
            &mut page,
            "Whom",
            "the party itself, and the public register of its country",
        );
        line(
            &mut page,
            "Answer in",
            "identifiers and address of that party in the deal file",
        );
        return Some(page);
    }
    if name.starts_with(OWNERS) {
        let mut page = "Who holds it, and how much?\n\n".to_owned();
        line(
            &mut page,
            "Asks",
            "for what leaves open whether listed parties own or control it",
        );
        line(
            &mut page,
            "Whom",
            "the party itself, for its register of members or shareholders",
        );
        line(
            &mut page,
            "Answer in",
            "a table of holdings, taken in with `scruple ownership import`",
        );
        return Some(page);
    }
    if name == "q.consulted" || name == "q.capabilities" {
        let (title, asks, whom, answer) = if name == "q.consulted" {
            (
                "Who of the people affected, or for them, was consulted, when and how?",
                "for what no desk finds: those who live with it know the harm first",
                "organisations that know the people affected, without danger to anybody",
                "answers.toml, [[consulted]], or [not_consulted] with the reason",
            )
        } else {
            (
                "What can the item do to people: watch, identify, sort, silence, coerce?",
                "for what an assessment begins with",
                "the product manager",
                "[[items]] capabilities, by the ids of packs/capabilities.toml",
            )
        };
        let mut page = format!("{title}\n\n");
        line(&mut page, "Asks", asks);
        line(&mut page, "Whom", whom);
        line(&mut page, "Answer in", answer);
        return Some(page);
    }
    let asked: Vec<_> = questions(packs)
        .into_iter()
        .filter(|(_, q)| q.id.as_str() == name)
        .collect();
    let (_, first) = asked.first()?;
    let mut page = format!("{}\n\n", first.text);
    line(&mut page, "Ask", &first.ask);
    if let Some(field) = &first.field {
        line(&mut page, "Answer in", field);
    }
    let mut rules: Vec<&str> = asked.iter().map(|(rule, _)| rule.as_str()).collect();
    rules.dedup();
    line(&mut page, "Decides", &rules.join(", "));
    Some(page)
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
