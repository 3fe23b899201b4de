//! Whose address is a listed one, and whose is not known.
//!
//! An address never adds to the agreement of names: it is a finding of its own. Who is
//! at an address that is listed for itself (15 CFR 744.16) is meant whatever its name;
//! who shares a building with a listed party may be it, its agent or its neighbour.
//! A party without an address is asked for it where a list holds addresses of its
//! country: nothing else would find them. Elsewhere the gap is told as not looked at, as
//! it is where no list held prints any address.

use scruple_model::deal::Party;
use scruple_model::{
    Answer, Band, Confidence, Evidence, Finding, PartyId, Question, RecordId, Schema, Subject,
    Unchecked,
};
use scruple_pack::Entry;
use scruple_screen::SharedAddress;

use super::screening::snapshot_of;
use super::{Context, deal_evidence};
use crate::addresses::shared;
use crate::packs::{DutyBody, When};

/// Records named in a title; the evidence holds them all.
const NAMED: usize = 2;

/// Findings on addresses. `found` holds what names have led to already: a party's own
/// record is not told once more for its address.
pub(crate) fn run(context: &Context<'_>, found: &[Finding]) -> (Vec<Finding>, Vec<Unchecked>) {
    let mut findings = Vec::new();
    let (mut open, mut untold): (Vec<&Party>, Vec<&Party>) = (Vec::new(), Vec::new());
    if !context.world.index.has_addresses() {
        return (findings, none_printed(context).into_iter().collect());
    }
    for party in &context.deal.parties {
        let Some(address) = party.address.as_deref().filter(|text| is_building(text)) else {
            let country: Vec<_> = party
                .country
                .known()
                .map(|place| place.country())
                .into_iter()
                .collect();
            if party.schema != Schema::Person && context.world.index.lists_addresses_in(&country) {
                open.push(party);
            } else {
                untold.push(party);
            }
            continue;
        };
        let named = records_of(found, &party.id);
        let mut shared = shared(context.world, std::iter::once(address), context.as_of);
        shared.retain(|one| !named.contains(&one.id));
        if let Some(duty) = context.world.packs.duty(When::SharesAddress)
            && !shared.is_empty()
        {
            findings.push(shares(context, duty, party, &shared));
        }
    }
    if let Some(duty) = context.world.packs.duty(When::AddressUnknown)
        && !open.is_empty()
    {
        findings.push(unknown(context, duty, &open));
    }
    let unchecked = untold.iter().map(|party| Unchecked {
        what: format!("the address of {}", party.name),
        why: "none is given that tells a building, so none was compared with the lists' addresses"
            .to_owned(),
    });
    (findings, unchecked.collect())
}

/// That no list held prints an address: then nobody at a listed one is found.
fn none_printed(context: &Context<'_>) -> Option<Unchecked> {
    let given = context.deal.parties.iter().any(|one| one.address.is_some());
    (!context.deal.parties.is_empty()).then(|| Unchecked {
        what: "addresses of the parties".to_owned(),
        why: if given {
            "no list held prints an address, so those given were compared with none"
        } else {
            "no list held prints an address to compare one with"
        }
        .to_owned(),
    })
}

fn is_building(address: &str) -> bool {
    scruple_screen::Index::<Vec<u8>>::tells_building(address)
}

/// The records that findings on a party rest on.
fn records_of(found: &[Finding], party: &PartyId) -> Vec<RecordId> {
    let of = found
        .iter()
        .filter(|finding| matches!(&finding.subject, Subject::Party { id } if id == party));
    of.flat_map(|finding| &finding.evidence)
        .filter_map(|evidence| evidence.record.clone())
        .collect()
}

fn question(duty: &Entry<DutyBody>, field: &str) -> Vec<Question> {
    let asked = duty.body.question.iter();
    asked.map(|question| question.to_question(field)).collect()
}

fn shares(
    context: &Context<'_>,
    duty: &Entry<DutyBody>,
    party: &Party,
    shared: &[SharedAddress],
) -> Finding {
    let field = format!("parties[{}].address", party.id);
    let mut evidence = vec![deal_evidence(&field, shared[0].asked.clone())];
    for one in shared {
        let list = one.listings.iter().find_map(|listing| listing.list.clone());
        let since = one.listings.iter().find_map(|listing| listing.since);
        evidence.push(Evidence {
            source: list.unwrap_or_else(|| one.id.list()).to_string(),
            snapshot: snapshot_of(context.world, &one.id),
            record: Some(one.id.clone()),
            field: "address".to_owned(),
            text: format!("{}: {}", one.caption, one.listed),
            date: since.map(|since| since.to_string()),
            published: true,
        });
    }
    let itself = shared.iter().any(|one| one.schema == Schema::Address);
    let whom = if itself {
        "an address that is listed for itself".to_owned()
    } else {
        let names: Vec<&str> = shared
            .iter()
            .take(NAMED)
            .map(|one| one.caption.as_str())
            .collect();
        let more = match shared.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("the address of {}{more}", names.join(", "))
    };
    let records: Vec<RecordId> = shared.iter().map(|one| one.id.clone()).collect();
    let subject = Subject::Party {
        id: party.id.clone(),
    };
    // That the building is one is certain; that the parties are is not.
    let confidence = Confidence {
        band: Band::Moderate,
        reason: "street and number, or the building, agree; names were not compared for this"
            .to_owned(),
    };
    let id = Finding::id_of(&duty.id, &subject, &records);
    let finding = context.of_duty(duty, subject, Answer::CannotTell, confidence, evidence);
    Finding {
        id,
        title: finding
            .title
            .replace("{party}", &party.name)
            .replace("{whom}", &whom),
        questions: question(duty, &field),
        ..finding
    }
}

fn unknown(context: &Context<'_>, duty: &Entry<DutyBody>, parties: &[&Party]) -> Finding {
    let evidence = parties
        .iter()
        .map(|party| {
            let given = party.address.as_deref().unwrap_or("unknown");
            deal_evidence(
                format!("parties[{}].address", party.id),
                format!("{}: {given}", party.name),
            )
        })
        .collect();
    let confidence = Confidence {
        band: Band::Strong,
        reason: "the deal file gives no street and number".to_owned(),
    };
    let open = Answer::CannotTell;
    Finding {
        questions: question(duty, "parties[].address"),
        ..context.of_duty(duty, Subject::Deal, open, confidence, evidence)
    }
}
