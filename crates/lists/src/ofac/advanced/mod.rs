//! `sdn_advanced.xml` and `cons_advanced.xml`, root `Sanctions`.
//!
//! The file is a small database: tables of values, then places, papers, parties,
//! links and designations that point at one another by number. Everything before the
//! parties is kept until they come, and the parties until their designations come;
//! that is the same order of size as what is read out of them. Numbers that point at
//! nothing are told.
//!
//! A file of changes only (`DeltaBaseVersion`) is refused: it is not the list.

mod designation;
mod period;
mod places;
mod profile;
mod sets;

use std::collections::HashMap;
use std::io::BufRead;

use scruple_model::{ListId, PartialDate};

use self::designation::{Designation, Link};
use self::places::Held;
use self::profile::Profile;
use self::sets::Sets;
use super::birth::when;
use super::sides;
use crate::fault::{At, Effect, Fault, Refused};
use crate::gather::Gather;
use crate::xml::{Piecewise, Unknown, records};
use crate::{Layout, Part};

/// The tables around them.
const AROUND: [&str; 6] = [
    "Locations",
    "IDRegDocuments",
    "DistinctParties",
    "ProfileRelationships",
    "SanctionsEntries",
    "SanctionsEntryLinks",
];

const RECORDS: [&str; 8] = [
    "DateOfIssue",
    "ReferenceValueSets",
    "Location",
    "IDRegDocument",
    "DistinctParty",
    "ProfileRelationship",
    "SanctionsEntry",
    "SanctionsEntryLink",
];

pub(crate) fn recognise(text: &str, name: &str) -> Option<Part> {
    let root = text.find("<Sanctions").map(|at| &text[at..])?;
    let tag = &root[..root.find('>').unwrap_or(root.len())];
    let is_root = tag["<Sanctions".len()..].starts_with(char::is_whitespace);
    (is_root && tag.contains("sanctions/1.0")).then(|| Part {
        layout: Layout::OfacAdvancedXml,
        role: "",
        list: sides::by_name(name),
    })
}

#[derive(Default)]
struct File {
    sets: Sets,
    held: Held,
    profiles: Vec<Profile>,
    links: Vec<Link>,
    designations: Vec<Designation>,
    faults: Vec<Fault>,
    between_entries: u64,
}

pub(crate) fn read(
    bytes: impl BufRead,
    list: Option<&ListId>,
    out: &mut Gather,
) -> Result<(), Refused> {
    let mut file = File::default();
    let mut others = Unknown::default();
    let limits = out.limits;
    records(bytes, &AROUND, &RECORDS, limits, |piece| {
        match piece {
            Piecewise::Open(node) => {
                if node.name() == "Sanctions" && !node.attr("DeltaBaseVersion").is_empty() {
                    return Err(Refused::Malformed {
                        at: node.at(),
                        what: "the file holds only what changed since another one".to_owned(),
                        next: "take the whole list from the publisher",
                    });
                }
            }
            Piecewise::Unknown(node) => {
                let fault = others.fault(node);
                file.faults.extend(fault);
            }
            Piecewise::Record(node) => {
                let File {
                    sets,
                    held,
                    links,
                    designations,
                    ..
                } = &mut file;
                match node.name() {
                    "DateOfIssue" => {
                        let text = period::date(node);
                        match when(&text).and_then(PartialDate::day) {
                            Some(day) => out.published(day),
                            None => file.faults.push(no_date(node.at(), &text)),
                        }
                    }
                    "ReferenceValueSets" => sets.read(node),
                    "Location" => held.location(node, sets),
                    "IDRegDocument" => held.document(node, sets),
                    "DistinctParty" => {
                        let read = profile::read(node, sets, held);
                        file.profiles.push(read);
                        limits.room(file.profiles.len() as u64, node.at())?;
                    }
                    "ProfileRelationship" => links.push(Link::read(node, sets)),
                    "SanctionsEntry" => designations.push(Designation::read(node, sets)),
                    _ => file.between_entries += 1,
                }
            }
        }
        Ok(())
    })?;
    if file.profiles.is_empty() {
        return Err(Refused::Empty);
    }
    file.hand_over(list, out)
}

fn no_date(at: At, text: &str) -> Fault {
    Fault {
        at,
        record: None,
        field: Some("DateOfIssue".to_owned()),
        what: format!("\"{text}\" is not a date that exists"),
        effect: Effect::Note,
        next: "say the file's date when you take it in".to_owned(),
    }
}

impl File {
    fn hand_over(mut self, list: Option<&ListId>, out: &mut Gather) -> Result<(), Refused> {
        let mut at: HashMap<String, usize> = HashMap::new();
        for (index, profile) in self.profiles.iter().enumerate() {
            for id in &profile.ids {
                at.entry(id.clone()).or_insert(index);
            }
        }
        let list = sides::agreed(self.settled(&at), list)?;
        let names: Vec<String> = self.profiles.iter().map(|p| p.name.clone()).collect();
        for link in &self.links {
            let name = at.get(&link.to).map(|index| names[*index].as_str());
            match at.get(&link.from) {
                Some(index) => link.put(&mut self.profiles[*index].entry, name),
                None => self.faults.push(of_nobody("a relationship", &link.from)),
            }
        }
        for designation in self.designations {
            let Some(index) = at.get(&designation.profile) else {
                self.faults
                    .push(of_nobody("a designation", &designation.profile));
                continue;
            };
            let on_sdn = designation.list == Some(sides::SDN);
            // Every record of the other file is also on "Consolidated List", which is
            // the file and no list of its own.
            let umbrella = designation.list == Some(sides::CONS);
            if on_sdn != (list.as_str() == sides::SDN) {
                // It stands on the other file too, and is read from there.
                out.skip(
                    &list,
                    "SanctionsEntry",
                    "stands in OFAC's other file, and is read from there",
                );
            } else if !umbrella {
                designation.put(&mut self.profiles[*index].entry);
            }
        }
        if self.held.left() > 0 {
            self.faults.push(of_nobody(
                &format!("papers of {} identities", self.held.left()),
                "that the file does not have",
            ));
        }
        for _ in 0..self.between_entries {
            out.skip(
                &list,
                "SanctionsEntryLink",
                "links two designations; links are not read",
            );
        }
        for fault in self.faults {
            out.fault(&list, fault);
        }
        for mut profile in self.profiles {
            out.count(&list, profile.entry.party.at())?;
            if profile.entry.party.listings().is_empty() {
                profile.entry.note(
                    "SanctionsEntry",
                    "no designation says which list the record is on".to_owned(),
                    "look the record up at the publisher",
                );
                out.party(&list, profile.entry.listed_on(&[list.as_str()]));
            } else {
                out.party(&list, profile.entry.party);
            }
        }
        Ok(())
    }

    /// The SDN file designates every party on the SDN list; the other one does not.
    fn settled(&self, at: &HashMap<String, usize>) -> Option<ListId> {
        let mut on_sdn = vec![false; self.profiles.len()];
        let mut known = 0_usize;
        for designation in &self.designations {
            if let Some(index) = at.get(&designation.profile) {
                known += usize::from(designation.list.is_some());
                on_sdn[*index] |= designation.list == Some(sides::SDN);
            }
        }
        if known == 0 {
            return None;
        }
        let sdn = on_sdn.iter().filter(|on| **on).count();
        Some(ListId::from(if sdn * 2 > on_sdn.len() {
            sides::SDN
        } else {
            sides::CONS
        }))
    }
}

fn of_nobody(what: &str, id: &str) -> Fault {
    Fault {
        at: At::default(),
        record: None,
        field: None,
        what: format!("{what} of a party that the file does not have ({id})"),
        effect: Effect::Note,
        next: "compare the file with the publisher's page".to_owned(),
    }
}
