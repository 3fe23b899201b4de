//! XML 1.1: one `sanctionEntity` each. Values are attributes; a part of an entity
//! may have `remark` elements and the act it rests on (`regulationSummary`), which
//! is that of the entity or an older one and is not kept.

use std::io::BufRead;

use super::fields::{self, Act};
use super::list;
use crate::date;
use crate::fault::{Effect, Fault, Refused};
use crate::gather::Gather;
use crate::party::Party;
use crate::xml::{Node, Piecewise, Unknown, records};

pub(crate) fn read(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let list = list();
    let limits = out.limits;
    let mut root = true;
    let mut others = Unknown::default();
    records(bytes, &[], &["sanctionEntity"], limits, |piece| {
        match piece {
            Piecewise::Open(node) if root => {
                root = false;
                if node.name() != "export" {
                    return Err(Refused::malformed(node.at(), "the root is not export"));
                }
                if let Some(day) =
                    date::iso(node.attr("generationDate")).and_then(|date| date.day())
                {
                    out.published(day);
                }
            }
            Piecewise::Open(_) => {}
            Piecewise::Unknown(node) => {
                if let Some(fault) = others.fault(node) {
                    out.fault(&list, fault);
                }
            }
            Piecewise::Record(node) => {
                out.count(&list, node.at())?;
                out.party(&list, party(node));
            }
        }
        Ok(())
    })
}

fn party(node: Node<'_>) -> Party {
    let subject = |name| {
        node.child("subjectType")
            .map_or("", |subject| subject.attr(name))
    };
    let schema = fields::schema(subject("code"), subject("classificationCode"));
    let mut party = Party::new(node.at(), node.attr("logicalId"), schema);
    party.add("euReferenceNumber", node.attr("euReferenceNumber"));
    party.add("unscId", node.attr("unitedNationId"));
    let mut has_primary = false;
    for child in node.children() {
        let remarks = texts(child, "remark");
        let contacts = contacts(child);
        let of = |name: &str| match name {
            "remark" => remarks.as_str(),
            "contactInfo" => contacts.as_str(),
            name => child.attr(name),
        };
        match child.name() {
            "nameAlias" => fields::name(&mut party, &of, &mut has_primary),
            "birthdate" => fields::birth_date(&mut party, &of),
            "address" => fields::address(&mut party, &of),
            "citizenship" => fields::citizenship(&mut party, &of),
            "identification" => fields::identification(&mut party, &of),
            // Read with the entity as a whole.
            "remark" | "subjectType" | "regulation" => {}
            name => {
                fields::remark(&mut party, name, child.text());
                party.fault(Fault {
                    at: child.at(),
                    record: None,
                    field: Some(name.to_owned()),
                    what: format!("the element \"{name}\" is not known here"),
                    effect: Effect::Note,
                    next: "report it; its text is kept in the notes".to_owned(),
                });
            }
        }
    }
    designations(node, &mut party);
    party
}

fn designations(node: Node<'_>, party: &mut Party) {
    let since = party.day_of_listing("designationDate", node.attr("designationDate"), date::iso);
    let reason = match (node.attr("designationDetails"), texts(node, "remark")) {
        ("", remarks) => remarks,
        (details, remarks) if remarks.is_empty() => details.to_owned(),
        (details, remarks) => format!("{details}; {remarks}"),
    };
    let mut acts = 0;
    for act in node.all("regulation") {
        acts += 1;
        let link = match act.attr("publicationUrl") {
            "" => act.text_of("publicationUrl"),
            link => link,
        };
        Act {
            title: act.attr("numberTitle"),
            published: act.attr("publicationDate"),
            programme: act.attr("programme"),
            link,
            since,
            reason: &reason,
        }
        .put(party);
    }
    if acts == 0 {
        Act {
            title: "",
            published: "",
            programme: "",
            link: "",
            since,
            reason: &reason,
        }
        .put(party);
    }
}

fn texts(node: Node<'_>, name: &str) -> String {
    let texts: Vec<&str> = node
        .all(name)
        .map(Node::text)
        .filter(|text| !text.is_empty())
        .collect();
    texts.join("; ")
}

/// `<contactInfo key="EMAIL" value="..."/>`.
fn contacts(node: Node<'_>) -> String {
    let all: Vec<String> = node
        .all("contactInfo")
        .map(|contact| format!("{} {}", contact.attr("key"), contact.attr("value")))
        .collect();
    all.join("; ")
}
