//! One impact: rights, people, how bad, how likely, how tied, what is done, and
//! whether to go on.

use std::collections::BTreeSet;

use scruple_model::deal::{Deal, Role};
use scruple_model::{Date, Place, QuestionId, Subject};
use scruple_pack::Entry;

use crate::answers::Answers;
use crate::assessment::{Impact, User};
use crate::connection::connection;
use crate::known::{Known, Source, State};
use crate::likelihood;
use crate::packs::{ImpactBody, Packs, PlaceBody, Side, Word};
use crate::severity::Graded;
use crate::stop::{is_severe, stop};
use crate::{Capability, measures};

/// What packs document of a place: the pack, the entry, what it says.
pub(crate) type Records<'a> = [(&'static str, &'a Entry<ImpactBody>, &'a PlaceBody)];

/// What every impact of a deal is made from.
pub(crate) struct Setting<'a> {
    pub(crate) deal: &'a Deal,
    pub(crate) packs: &'a Packs,
    pub(crate) side: Side,
    pub(crate) known: &'a [Known<'a>],
    pub(crate) answers: Option<&'a Answers>,
    pub(crate) today: Date,
    pub(crate) consulted: bool,
    /// Whether the deal has more than one capability.
    pub(crate) several: bool,
}

/// What an impact is about.
pub(crate) struct About<'a> {
    pub(crate) subject: Subject,
    pub(crate) item: &'a str,
    pub(crate) capability: Option<&'a Capability>,
    pub(crate) user: User,
    pub(crate) place: Option<&'a Place>,
}

/// Every capability in the hands of every user, where it will be used.
pub(crate) fn of_sale(setting: &Setting<'_>, capabilities: &[Capability]) -> Vec<Impact> {
    let deal = setting.deal;
    let place = deal.place_of_use.known().or(deal.destination.known());
    let mut found = Vec::new();
    for capability in capabilities {
        let item = deal
            .items
            .get(capability.item.saturating_sub(1))
            .map_or("", |item| item.name.as_str());
        for user in users(deal) {
            found.push(setting.impact(About {
                subject: Subject::Item {
                    number: capability.item,
                },
                item,
                capability: Some(capability),
                user,
                place,
            }));
        }
    }
    found
}

/// The work behind every item bought.
pub(crate) fn of_purchase(setting: &Setting<'_>) -> Vec<Impact> {
    let deal = setting.deal;
    let made = |(at, item): (usize, &scruple_model::deal::Item)| {
        let maker = item
            .maker
            .clone()
            .unwrap_or_else(|| deal.seller.name.clone());
        (
            at + 1,
            item.name.clone(),
            maker,
            item.origin.known().cloned(),
        )
    };
    let items: Vec<_> = deal.items.iter().enumerate().map(made).collect();
    items
        .iter()
        .map(|(number, name, maker, origin)| {
            setting.impact(About {
                subject: Subject::Item { number: *number },
                item: name,
                capability: None,
                user: User {
                    party: None,
                    name: maker.clone(),
                },
                place: origin.as_ref(),
            })
        })
        .collect()
}

/// End users, and public bodies that order or pay for the use.
fn users(deal: &Deal) -> Vec<User> {
    let uses = |role: &Role| matches!(role, Role::EndUser | Role::GovernmentSponsor);
    let mut found: Vec<User> = deal
        .parties
        .iter()
        .filter(|party| party.roles.iter().any(uses))
        .map(|party| User {
            party: Some(party.id.clone()),
            name: party.name.clone(),
        })
        .collect();
    if found.is_empty() {
        found.push(User {
            party: None,
            name: "an end user that the deal does not name".to_owned(),
        });
    }
    found
}

impl<'a> Setting<'a> {
    fn impact(&self, about: About<'_>) -> Impact {
        let records: Vec<_> = about
            .place
            .map(|place| self.packs.places(place, self.side, self.today).collect())
            .unwrap_or_default();
        let known = self.known_here(&about, &records);
        let rights = self.rights(&about, &records);
        let severity = Graded::of(&known, self.base(&about, &rights));
        let factors = likelihood::factors(&known);
        let likely = likelihood::likelihood(&factors);
        let also: BTreeSet<QuestionId> = known
            .iter()
            .filter(|one| !matches!(one.state, State::Choice(_)))
            .map(|one| one.id.clone())
            .chain(severe_answers(&known))
            .collect();
        let measures = measures::choose(
            self,
            about.capability.map(|one| one.id.as_str()),
            &factors,
            &also,
            severity.at_most,
        );
        let residue = measures::residue(&factors, &measures, severity.at_most);
        let (stop, stop_because) = stop(&severity, likely, &residue.acceptable, &factors);
        let (connection, connected_because) = connection(&known);
        let shown_by = about.capability.map_or(&[][..], |one| &one.shown_by);
        let confidence = self.confidence(&known, &records, stop, shown_by);
        let affected = self.affected(&about, &rights, &records);
        Impact {
            subject: about.subject,
            item: about.item.to_owned(),
            capability: about.capability.map(|one| one.id.clone()),
            what: about
                .capability
                .map_or_else(|| "the work behind it".to_owned(), |one| one.label.clone()),
            misuse: about
                .capability
                .map_or_else(Vec::new, |one| one.misuse.clone()),
            user: about.user,
            place: about
                .place
                .map_or_else(|| "a place nobody named".to_owned(), Place::name),
            rights,
            affected,
            severity,
            likelihood: likely,
            factors,
            connection,
            connected_because,
            measures,
            residue,
            stop,
            stop_because,
            confidence,
            documented: self.documented(&records),
        }
    }

    /// What is known, as it is here: questions that do not bear on the capability fall
    /// away, a documented place answers for itself, and a record that was looked for
    /// of a place or a user that nobody named was not looked for.
    fn known_here(&self, about: &About<'_>, records: &Records<'_>) -> Vec<Known<'a>> {
        let no_audit = records.iter().find(|(.., body)| body.audit_impossible);
        self.known
            .iter()
            .filter(|one| {
                let asked_of = &one.body.capabilities;
                asked_of.is_empty()
                    || about
                        .capability
                        .is_none_or(|capability| asked_of.contains(&capability.id))
            })
            .map(|one| {
                let mut here = one.clone();
                let nameless = about.capability.is_some() && about.user.party.is_none();
                let is_elsewhere = (here.body.record && self.is_vague(about.place))
                    || (here.body.of_user && nameless);
                if is_elsewhere && here.is_favourable() {
                    here.state = State::Open;
                    here.source = None;
                }
                if here.body.record
                    && let Some((pack, entry, _)) = records.first()
                    && let Some(choice) = here.body.choices.iter().find(|c| c.raises == Some(true))
                {
                    here.state = State::Choice(choice);
                    here.source = Some(Source {
                        field: format!("{pack} pack, {}", entry.id),
                        word: Word::Independent,
                        by: None,
                        on: None,
                        why: Some(entry.summary.clone()),
                    });
                }
                // Whatever an audit said: where nobody can speak freely it says nothing.
                if here.body.audit
                    && let Some((pack, entry, _)) = no_audit
                {
                    here.state = State::Unknowable;
                    here.source = Some(Source {
                        field: format!(
                            "no audit there can be independent ({pack} pack, {})",
                            entry.id
                        ),
                        word: Word::Independent,
                        by: None,
                        on: None,
                        why: Some(entry.summary.clone()),
                    });
                }
                here
            })
            .collect()
    }
}

/// Questions whose answer makes the harm severe, so that measures against them are named.
fn severe_answers<'k>(known: &'k [Known<'_>]) -> impl Iterator<Item = QuestionId> + use<'k> {
    known.iter().filter_map(|one| match one.state {
        State::Choice(choice) => [choice.scale, choice.scope]
            .into_iter()
            .flatten()
            .any(is_severe)
            .then(|| one.id.clone()),
        _ => None,
    })
}
