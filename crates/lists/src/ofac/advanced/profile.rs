//! `DistinctParty`: one record, with its names and features.

use scruple_model::NameKind;

use super::super::entry::Entry;
use super::super::paper::Paper;
use super::super::xml::alias_kind;
use super::period;
use super::places::Held;
use super::sets::Sets;
use crate::fault::{At, Effect, Fault};
use crate::xml::Node;

/// A record until its designations come.
pub(super) struct Profile {
    pub(super) entry: Entry,
    /// The ids its designations and relationships point at.
    pub(super) ids: Vec<String>,
    /// The name others are linked to it by.
    pub(super) name: String,
}

pub(super) fn read(party: Node<'_>, sets: &Sets, held: &mut Held) -> Profile {
    let kind = party
        .child("Profile")
        .and_then(|profile| sets.get("PartySubType", profile.attr("PartySubTypeID")))
        .map(|sub| match sub.text.as_str() {
            "Vessel" | "Aircraft" => sub.text.as_str(),
            _ => match sets.text("PartyType", &sub.of) {
                "Other Entity" => "Entity",
                kind => kind,
            },
        })
        .unwrap_or("not told");
    let mut read = Profile {
        entry: Entry::new(party.at(), party.attr("FixedRef"), kind),
        ids: Vec::new(),
        name: String::new(),
    };
    for child in party.children() {
        match child.name() {
            "Comment" => read.entry.remarks(child.text()),
            "Profile" => {
                read.ids.push(child.attr("ID").to_owned());
                profile(&mut read, child, sets, held);
            }
            _ => read.entry.party.not_known(child),
        }
    }
    read
}

fn profile(read: &mut Profile, node: Node<'_>, sets: &Sets, held: &mut Held) {
    for child in node.children() {
        match child.name() {
            "Comment" => read.entry.remarks(child.text()),
            "Identity" => identity(read, child, sets, held),
            "Feature" => feature(&mut read.entry, child, sets, held),
            "ExternalReference" => reference(&mut read.entry, child, sets),
            // The designation points at the profile too.
            "SanctionsEntryReference" => {}
            _ => read.entry.party.not_known(child),
        }
    }
}

fn identity(read: &mut Profile, node: Node<'_>, sets: &Sets, held: &mut Held) {
    let types: Vec<(&str, &str)> = node
        .within("NamePartGroups", "MasterNamePartGroup")
        .flat_map(|group| group.all("NamePartGroup"))
        .map(|group| {
            let kind = sets.text("NamePartType", group.attr("NamePartTypeID"));
            (group.attr("ID"), kind)
        })
        .collect();
    let is = |node: Node<'_>, name: &str| node.attr(name).eq_ignore_ascii_case("true");
    // An identity that is false or is not the main one gives aliases only.
    let main = !node.attr("Primary").eq_ignore_ascii_case("false") && !is(node, "False");
    for alias in node.all("Alias") {
        let weak = is(alias, "LowQuality") || is(node, "False");
        let kind = sets.text("AliasType", alias.attr("AliasTypeID"));
        let kind = if main && is(alias, "Primary") {
            NameKind::Primary
        } else {
            alias_kind(&mut read.entry, "AliasType", kind, weak)
        };
        for name in alias.all("DocumentedName") {
            documented(read, name, kind, &types, sets);
        }
        read.entry.party.add("notes", alias.text_of("Comment"));
    }
    read.entry.party.add("notes", node.text_of("Comment"));
    for document in held.take(node.attr("ID")) {
        document.put(&mut read.entry);
    }
}

fn documented(
    read: &mut Profile,
    node: Node<'_>,
    kind: NameKind,
    types: &[(&str, &str)],
    sets: &Sets,
) {
    let (mut last, mut rest, mut all) = (Vec::new(), Vec::new(), Vec::new());
    let mut script = "";
    for part in node.all("DocumentedNamePart") {
        let Some(value) = part.child("NamePartValue") else {
            continue;
        };
        let text = format!(
            "{}{}{}",
            part.attr("LeadingChars"),
            value.text(),
            part.attr("TrailingChars")
        );
        let group = value.attr("NamePartGroupID");
        let part_type = types
            .iter()
            .find(|(id, _)| *id == group)
            .map_or("", |(_, kind)| *kind);
        let of = sets.text("Script", value.attr("ScriptID"));
        if !of.eq_ignore_ascii_case("latin") {
            script = of;
        }
        match part_type {
            "Last Name" => last.push(text.clone()),
            _ => rest.push(text.clone()),
        }
        all.push(text);
    }
    if !script.is_empty() {
        return read.entry.party.original_name(&all.join(" "), Some(script));
    }
    let (last, rest) = (last.join(" "), rest.join(" "));
    if kind == NameKind::Primary && read.name.is_empty() {
        read.name = match (last.is_empty(), rest.is_empty()) {
            (false, false) => format!("{last}, {rest}"),
            _ => format!("{last}{rest}"),
        };
    }
    read.entry.name(kind, &last, &rest);
    read.entry.party.add("notes", node.text_of("Comment"));
}

fn feature(entry: &mut Entry, node: Node<'_>, sets: &Sets, held: &Held) {
    let label = sets.text("FeatureType", node.attr("FeatureTypeID"));
    for version in node.all("FeatureVersion") {
        let mut said = false;
        for place in version.all("VersionLocation") {
            said = true;
            match held.at(place.attr("LocationID")) {
                None => missing(entry, label, "location", place.attr("LocationID")),
                Some(place) if label == "Location" => place.put(entry),
                Some(place) => entry.paper(Paper {
                    label,
                    number: &place.country,
                    ..Paper::default()
                }),
            }
        }
        for period in version.all("DatePeriod") {
            if let Some(text) = period::text(period) {
                said = true;
                entry.paper(Paper {
                    label,
                    number: &text,
                    ..Paper::default()
                });
            }
        }
        for detail in version.all("VersionDetail") {
            let id = detail.attr("DetailReferenceID");
            let text = match detail.text() {
                "" => sets.text("DetailReference", id),
                text => text,
            };
            if !text.is_empty() {
                said = true;
                entry.paper(Paper {
                    label,
                    number: text,
                    ..Paper::default()
                });
            } else if !id.is_empty() {
                said = true;
                missing(entry, label, "value", id);
            }
        }
        let comment = version.text_of("Comment");
        if !comment.is_empty() {
            entry.party.add("notes", &format!("{label} {comment}"));
        } else if !said {
            entry.note(
                label,
                format!("\"{label}\" without a value"),
                "compare the record with the publisher's page",
            );
        }
    }
}

fn missing(entry: &mut Entry, field: &str, what: &str, id: &str) {
    entry.party.fault(Fault {
        at: At::default(),
        record: None,
        field: Some(field.to_owned()),
        what: format!("points at {what} {id}, which the file does not have"),
        effect: Effect::FieldUnread,
        next: "read the record at the publisher".to_owned(),
    });
}

fn reference(entry: &mut Entry, node: Node<'_>, sets: &Sets) {
    let kind = sets.text("ExRefType", node.attr("ExRefTypeID"));
    let urls = node
        .all("DirectURL")
        .chain(node.within("SubLink", "DirectURL"))
        .map(|url| url.text());
    for text in urls.chain([node.text_of("ExRefValue"), node.text_of("Comment")]) {
        if !text.is_empty() {
            entry.party.add("notes", format!("{kind} {text}").trim());
        }
    }
    for link in node.all("SubLink") {
        entry.party.add("notes", link.text_of("Description"));
    }
}
