//! A name in parts, with the spellings of each part.

use scruple_model::{NameKind, Schema};

use crate::party::Party;
use crate::xml::Node;

struct NamePart<'a> {
    order: u32,
    kind: &'a str,
    value: &'a str,
    spellings: Vec<Spelling<'a>>,
}

struct Spelling<'a> {
    language: &'a str,
    script: &'a str,
    text: &'a str,
}

/// Adds a name and its spellings. `main`: it stands in the main identity.
pub(super) fn read(node: Node<'_>, main: bool, party: &mut Party) {
    let mut parts: Vec<NamePart<'_>> = node.all("name-part").map(part).collect();
    parts.sort_by_key(|part| part.order);
    let weak = node.attr("quality") == "low";
    let kind = match node.attr("name-type") {
        "primary-name" if main => NameKind::Primary,
        "formerly-known-as" => NameKind::Former,
        _ if weak => NameKind::Weak,
        _ => NameKind::Alias,
    };
    party.name(kind, &joined(parts.iter().map(|part| part.value)));
    if kind == NameKind::Primary && party.schema() == Schema::Person {
        for part in &parts {
            if let Some(property) = property(part.kind) {
                party.add(property, part.value);
            }
        }
    }
    for (language, script, which) in variants(&parts) {
        let latin = script.is_empty() || script.eq_ignore_ascii_case("latn");
        let spelt = joined(parts.iter().filter_map(|part| {
            let spelling = part
                .spellings
                .iter()
                .filter(|spelling| spelling.language == language && spelling.script == script)
                .nth(which);
            spelling
                .map(|spelling| spelling.text)
                .or_else(|| latin.then_some(part.value))
        }));
        if latin {
            party.name(
                if weak {
                    NameKind::Weak
                } else {
                    NameKind::Alias
                },
                &spelt,
            );
        } else {
            party.original_name(&spelt, Some(&joined_with([script, language], ", ")));
        }
    }
}

fn part(node: Node<'_>) -> NamePart<'_> {
    NamePart {
        order: node.attr("order").parse().unwrap_or(u32::MAX),
        kind: node.attr("name-part-type"),
        value: node.text_of("value"),
        spellings: node
            .all("spelling-variant")
            .filter(|spelling| !spelling.text().is_empty())
            .map(|spelling| Spelling {
                language: spelling.attr("lang"),
                script: spelling.attr("script"),
                text: spelling.text(),
            })
            .collect(),
    }
}

/// Each language and script that some part is spelt in, as often as the part that has
/// most of them, in the order of the file.
fn variants<'a>(parts: &[NamePart<'a>]) -> Vec<(&'a str, &'a str, usize)> {
    let mut out = Vec::new();
    for part in parts {
        for (at, spelling) in part.spellings.iter().enumerate() {
            let same = |other: &&Spelling<'_>| {
                other.language == spelling.language && other.script == spelling.script
            };
            let which = part.spellings[..at].iter().filter(same).count();
            let variant = (spelling.language, spelling.script, which);
            if !out.contains(&variant) {
                out.push(variant);
            }
        }
    }
    out
}

fn property(kind: &str) -> Option<&'static str> {
    match kind {
        "given-name" | "further-given-name" => Some("firstName"),
        "family-name" | "maiden-name" => Some("lastName"),
        "father-name" => Some("fatherName"),
        "grand-father-name" | "tribal-name" => Some("middleName"),
        "title" => Some("title"),
        "suffix" => Some("nameSuffix"),
        _ => None,
    }
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    joined_with(parts, " ")
}

fn joined_with<'a>(parts: impl IntoIterator<Item = &'a str>, between: &str) -> String {
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(between)
}
