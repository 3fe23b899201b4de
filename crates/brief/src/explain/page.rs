//! A page: the title, what the envelope of a rule says, then label and text.

use std::fmt::Write as _;

use scruple_model::{Date, Force};
use scruple_pack::{Entry, Pack};

use crate::words;

/// The pages on the rules of a pack that bear `name`: a title, and what `fill` adds.
pub(super) fn of<T>(
    pack: &Pack<T>,
    name: &str,
    as_of: Date,
    title: impl Fn(&T) -> String,
    fill: impl Fn(&mut String, &T),
) -> Vec<String> {
    let named = pack
        .entries
        .iter()
        .filter(|entry| entry.id.as_str() == name);
    named
        .map(|entry| {
            let mut page = rule(&title(&entry.body), entry, as_of);
            fill(&mut page, &entry.body);
            page
        })
        .collect()
}

/// The ids of the rules of a pack.
pub(super) fn ids<T>(pack: &Pack<T>) -> impl Iterator<Item = String> {
    pack.entries.iter().map(|entry| entry.id.to_string())
}

/// The part of a page that every rule has.
pub(super) fn rule<T>(title: &str, entry: &Entry<T>, as_of: Date) -> String {
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

/// One label and its text.
pub(super) fn line(page: &mut String, label: &str, text: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(page, "  {label:<14} {text}");
}
