//! Pages on what an assessment speaks of: duties, questions, places, rights, measures,
//! patterns.

use scruple_assess::severity::word;
use scruple_assess::{ImpactBody, QuestionBody, Removes};
use scruple_model::Date;

use super::page::{ids, line, rule};
use crate::packs::Packs;
use crate::words;

/// The pages on `name`.
pub(super) fn pages(packs: &Packs, name: &str, as_of: Date) -> Vec<String> {
    let all = &packs.assess;
    let mut pages = Vec::new();
    let entries = all.impact.entries.iter().chain(&all.forced_labour.entries);
    for entry in entries.filter(|entry| entry.id.as_str() == name) {
        let page = match &entry.body {
            ImpactBody::Rule(body) => {
                let heading = body
                    .heading
                    .replace("{item}", "An item")
                    .replace("{pattern}", "Features of a documented pattern are present")
                    .replace("{count}", "Something agreed");
                let mut page = rule(&heading, entry, as_of);
                line(&mut page, "Demands", words::demand(body.effect));
                line(&mut page, "Next", &body.next.join(" "));
                page
            }
            ImpactBody::Question(body) => {
                let mut page = rule(&body.text, entry, as_of);
                question(&mut page, body);
                page
            }
            ImpactBody::Place(body) => {
                let mut page = rule("What is documented of a place", entry, as_of);
                line(&mut page, "Places", &body.places.join(", "));
                line(&mut page, "People", &body.groups.join("; "));
                line(&mut page, "Rights", &body.rights.join(", "));
                line(&mut page, "Documented", &body.sources.join("; "));
                if body.audit_impossible {
                    line(&mut page, "Audits", "none there can be independent");
                }
                page
            }
        };
        pages.push(page);
    }
    if let Some(entry) = all.right(name) {
        let mut page = rule(&entry.body.label, entry, as_of);
        line(&mut page, "In itself", word(entry.body.scale));
        line(&mut page, "Held by", &entry.body.holders);
        pages.push(page);
    }
    for entry in &all.mitigations.entries {
        if entry.id.as_str() != name {
            continue;
        }
        let body = &entry.body;
        let mut page = rule(&body.label, entry, as_of);
        line(&mut page, "Does not fix", &body.not_fixed);
        line(&mut page, "Who", &body.who);
        line(&mut page, "Shown by", &body.evidence);
        if let Some(months) = body.again_months {
            let again = format!("after {}", words::count(months.into(), "month"));
            line(&mut page, "Again", &again);
        }
        let answers: Vec<&str> = body.answers.iter().map(|id| id.as_str()).collect();
        if !answers.is_empty() {
            line(&mut page, "Bears on", &answers.join(", "));
        }
        let most = match (body.removes, body.enough_for) {
            (Some(Removes::Deal), _) => "harm however grave".to_owned(),
            (Some(Removes::Capability), _) => {
                "harm of the capability taken out, however grave".to_owned()
            }
            (None, Some(most)) => format!("harm that is {} at most", word(most)),
            (None, None) => "no harm by itself; it helps".to_owned(),
        };
        line(&mut page, "Suffices for", &most);
        pages.push(page);
    }
    for entry in &all.patterns.entries {
        if entry.id.as_str() != name {
            continue;
        }
        let mut page = rule(&words::sentence(&entry.body.label), entry, as_of);
        for feature in &entry.body.features {
            line(&mut page, "Feature", &feature.text);
        }
        line(
            &mut page,
            "Told from",
            &words::count(entry.body.least, "feature"),
        );
        line(&mut page, "Documented", &entry.body.sources.join("; "));
        line(
            &mut page,
            "Mind",
            "It describes the facts of a deal, not the conduct of a party.",
        );
        pages.push(page);
    }
    pages
}

fn question(page: &mut String, body: &QuestionBody) {
    line(page, "Ask", &body.ask);
    line(page, "Answer in", "answers.toml, [[answer]]");
    for choice in &body.choices {
        let mut means = Vec::new();
        for (what, level) in [
            ("scale", choice.scale),
            ("scope", choice.scope),
            ("undoing", choice.irremediable),
        ] {
            if let Some(level) = level {
                means.push(format!("{what} {}", word(level)));
            }
        }
        match choice.raises {
            Some(true) if body.decisive => means.push("makes harm likely by itself".to_owned()),
            Some(true) => means.push("adds to how likely".to_owned()),
            Some(false) => means.push("speaks against".to_owned()),
            None => {}
        }
        let means = if means.is_empty() {
            String::new()
        } else {
            format!(" ({})", means.join(", "))
        };
        line(page, &choice.value, &format!("{}{means}", choice.text));
    }
    for from in &body.deal {
        line(
            page,
            "From the deal",
            &format!("{} = {} is {}", from.fact, from.is, from.value),
        );
    }
}

/// Every name that has such a page.
pub(super) fn names(packs: &Packs) -> Vec<String> {
    let all = &packs.assess;
    ids(&all.impact)
        .chain(ids(&all.forced_labour))
        .chain(ids(&all.rights))
        .chain(ids(&all.mitigations))
        .chain(ids(&all.patterns))
        .chain(["q.consulted".to_owned(), "q.capabilities".to_owned()])
        .collect()
}
