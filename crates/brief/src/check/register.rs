//! Whether the parties that the house's own register should show are in it.
//!
//! Names are compared letter by letter, apart from case and signs: it is the
//! house's own list, and a name that differs there is worth a look. Where no
//! register was published, this says nothing.

use scruple_model::deal::{Party, Role};
use scruple_model::{Answer, Band, Confidence, Finding, Schema, Subject};
use scruple_register::Version;

use super::{Context, deal_evidence};
use crate::packs::When;

/// Whether a register should show a party.
enum Belongs {
    Yes,
    /// An end user of which nobody said what it is.
    Open,
    No,
}

/// A finding for each party that belongs there and is not there.
pub(crate) fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(register) = &context.world.own.register else {
        return Vec::new();
    };
    context
        .deal
        .parties
        .iter()
        .filter(|party| !is_in(register, party))
        .filter_map(|party| match belongs(party) {
            Belongs::Yes => finding(context, register, party, Answer::Yes),
            Belongs::Open => finding(context, register, party, Answer::CannotTell),
            Belongs::No => None,
        })
        .collect()
}

fn belongs(party: &Party) -> Belongs {
    if party.schema == Schema::Person {
        return Belongs::No;
    }
    let works_with = |role: &Role| {
        matches!(
            role,
            Role::Supplier | Role::Distributor | Role::Integrator | Role::Intermediary
        )
    };
    let buys = |role: &Role| matches!(role, Role::EndUser | Role::GovernmentSponsor);
    if party.roles.iter().any(works_with) || party.roles.contains(&Role::GovernmentSponsor) {
        return Belongs::Yes;
    }
    match party.schema {
        Schema::PublicBody if party.roles.iter().any(buys) => Belongs::Yes,
        Schema::LegalEntity | Schema::Organization if party.roles.iter().any(buys) => Belongs::Open,
        _ => Belongs::No,
    }
}

fn is_in(register: &Version, party: &Party) -> bool {
    let numbers: Vec<String> = party.identifiers.values().map(|text| plain(text)).collect();
    let names: Vec<String> = std::iter::once(&party.name)
        .chain(&party.names)
        .map(|name| plain(name))
        .collect();
    register.entries.iter().any(|shown| {
        let entry = &shown.entry;
        let mut known = std::iter::once(&entry.name).chain(&entry.names);
        known.any(|name| names.contains(&plain(name)))
            || entry
                .number
                .as_ref()
                .is_some_and(|number| numbers.contains(&plain(number)))
    })
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn finding(
    context: &Context<'_>,
    register: &Version,
    party: &Party,
    answer: Answer,
) -> Option<Finding> {
    let duty = context.world.packs.duty(When::AbsentFromRegister)?;
    let subject = Subject::Party {
        id: party.id.clone(),
    };
    let evidence = vec![
        deal_evidence("parties[].name", party.name.clone()),
        scruple_model::Evidence {
            source: "register".to_owned(),
            snapshot: Some(register.hash()),
            record: None,
            field: format!("version {}", register.version),
            text: format!(
                "{} shown, {} withheld; none has this name or number",
                register.entries.len(),
                register.withheld.len()
            ),
            date: Some(register.published.to_string()),
            published: true,
        },
    ];
    let question = duty
        .body
        .question
        .as_ref()
        .filter(|_| answer == Answer::CannotTell);
    let confidence = Confidence {
        band: Band::Moderate,
        reason: "names and numbers were compared as they are written; a withheld entry cannot be \
                 compared"
            .to_owned(),
    };
    let finding = context.of_duty(duty, subject, answer, confidence, evidence);
    Some(Finding {
        title: finding.title.replace("{party}", &party.name),
        questions: question
            .map(|question| question.to_question("parties[].schema"))
            .into_iter()
            .collect(),
        ..finding
    })
}
