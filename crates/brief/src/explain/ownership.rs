//! Pages on rules of ownership and what each says of a percentage nobody knows.

use scruple_model::Date;
use scruple_ownership::Pool;

use super::page::{line, rule};
use crate::packs::Packs;
use crate::words;

/// Rules on ownership, and what such a rule says of a percentage nobody knows.
pub(super) fn pages(packs: &Packs, name: &str, as_of: Date) -> Vec<String> {
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

/// Every name that has such a page.
pub(super) fn names(packs: &Packs) -> Vec<String> {
    let mut names = Vec::new();
    for entry in &packs.ownership.entries {
        names.push(entry.id.to_string());
        let flags = entry.body.red_flag.iter().chain(&entry.body.transfer);
        names.extend(flags.map(|flag| flag.id.clone()));
    }
    names
}
