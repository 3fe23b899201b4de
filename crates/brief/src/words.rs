//! Words for values, the same in every output.

use scruple_model::deal::Role;
use scruple_model::{Answer, Band, Effect, Force, Severity};

/// "the end user".
pub fn role(role: Role) -> &'static str {
    match role {
        Role::EndUser => "end user",
        Role::Consignee => "consignee",
        Role::Intermediary => "intermediary",
        Role::Distributor => "distributor",
        Role::Integrator => "integrator",
        Role::Bank => "bank",
        Role::Carrier => "carrier",
        Role::Supplier => "supplier",
        Role::Broker => "broker",
        Role::GovernmentSponsor => "government sponsor",
        Role::Director => "director",
        Role::Owner => "owner",
    }
}

/// The word in front of a finding.
pub fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Prohibited => "PROHIBITED",
        Effect::Refuse => "REFUSE",
        Effect::LicenceNeeded => "LICENCE",
        Effect::NotifyAuthority => "NOTIFY",
        Effect::AskFirst => "ASK",
        Effect::Note => "NOTE",
    }
}

/// What a rule demands, as a sentence without a full stop.
pub fn demand(effect: Effect) -> &'static str {
    match effect {
        Effect::Prohibited => "do not do it: the law forbids it",
        Effect::Refuse => "do not do it: our own duty forbids it, whatever a licence says",
        Effect::LicenceNeeded => "get a licence first",
        Effect::NotifyAuthority => "tell the authority, which decides",
        Effect::AskFirst => "ask before going on",
        Effect::Note => "know it",
    }
}

/// "grave".
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Grave => "grave",
        Severity::Serious => "serious",
        Severity::Moderate => "moderate",
        Severity::Minor => "minor",
    }
}

/// "strong".
pub fn band(band: Band) -> &'static str {
    match band {
        Band::Strong => "strong",
        Band::Moderate => "moderate",
        Band::Weak => "weak",
    }
}

/// "yes".
pub fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::CannotTell => "cannot tell",
        Answer::No => "no",
    }
}

/// What to add to a finding whose rule does not simply bind; empty where it does.
pub fn force(force: Force) -> String {
    match force {
        Force::InForce => String::new(),
        Force::Suspended { until: Some(until) } => format!("suspended until {until}"),
        Force::Suspended { until: None } => "suspended".to_owned(),
        Force::NotYet { from } => format!("not in force before {from}"),
        Force::Ended { on } => format!("ended on {on}"),
        Force::Proposed => "proposed, not law".to_owned(),
        Force::Guidance => "guidance".to_owned(),
    }
}

/// `1 finding`, `2 findings`.
pub fn count(number: usize, one: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {one}s")
    }
}

/// The text with its first letter in upper case.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
