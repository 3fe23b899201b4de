//! One impact: rights, people, how bad, how likely, how tied, what is done, and
//! whether to go on.

use std::collections::BTreeSet;

use scruple_model::deal::{Deal, Role};
use scruple_model::{Answer, Band, Confidence, Date, Place, QuestionId, Severity, Subject};

use crate::answers::{Answers, Value};
use crate::assessment::{Affected, Documented, Impact, Right, User};
use crate::known::{Known, Source, State};
use crate::likelihood::{self, Factor, Likelihood, Says};
use crate::packs::{Connection, ImpactBody, Packs, PlaceBody, Side, Word};
use crate::severity::{Dimension, Graded, word, worse};
use crate::{Capability, measures};

/// Where the place of use is missing, this is asked elsewhere in a brief.
const PLACE_OF_USE: &str = "q.place-of-use";
/// The same for a country of which a region is documented.
const REGION: &str = "q.region";
/// What makes goods forced is always a matter of these rights.
const LABOUR_RIGHTS: [&str; 3] = ["slavery", "work", "movement"];

/// What every impact of a deal is made from.
pub(crate) struct Setting<'a> {
    pub(crate) deal: &'a Deal,
    pub(crate) packs: &'a Packs,
    pub(crate) side: Side,
    pub(crate) known: &'a [Known<'a>],
    pub(crate) answers: Option<&'a Answers>,
    pub(crate) today: Date,
    pub(crate) consulted: bool,
}

/// What an impact is about.
struct About<'a> {
    subject: Subject,
    item: &'a str,
    capability: Option<&'a Capability>,
    user: User,
    place: Option<&'a Place>,
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
            self.packs,
            self.side,
            &factors,
            &also,
            severity.at_most,
            self.answers,
            self.today,
        );
        let residue = measures::residue(&factors, &measures, severity.at_most);
        let (stop, stop_because) = stop(&severity, likely, &residue.acceptable, &factors);
        let (connection, connected_because) = connection(&known);
        let shown_by = about.capability.map_or(&[][..], |one| &one.shown_by);
        let confidence = self.confidence(&known, &records, stop, shown_by);
        let affected = self.affected(&rights, &records);
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
    /// away, and a documented place answers for itself.
    fn known_here(
        &self,
        about: &About<'_>,
        records: &[(&'static str, &scruple_pack::Entry<ImpactBody>, &PlaceBody)],
    ) -> Vec<Known<'a>> {
        let no_audit = records.iter().any(|(.., body)| body.audit_impossible);
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
                if here.body.audit && no_audit {
                    here.state = State::Unknowable;
                }
                here
            })
            .collect()
    }

    fn rights(
        &self,
        about: &About<'_>,
        records: &[(&'static str, &scruple_pack::Entry<ImpactBody>, &PlaceBody)],
    ) -> Vec<Right> {
        let mut found: Vec<Right> = Vec::new();
        let mut add = |id: &str, because: String| {
            if found.iter().any(|right| right.id == id) {
                return;
            }
            if let Some(entry) = self.packs.right(id) {
                found.push(Right {
                    id: id.to_owned(),
                    label: entry.body.label.clone(),
                    articles: entry.citation.article.clone().unwrap_or_default(),
                    scale: entry.body.scale,
                    because,
                });
            }
        };
        match about.capability {
            Some(capability) => {
                for id in &capability.rights {
                    add(id, format!("{} bears on it", capability.label));
                }
            }
            None => {
                for id in LABOUR_RIGHTS {
                    add(id, "people make the goods".to_owned());
                }
            }
        }
        for (_, entry, body) in records {
            for id in &body.rights {
                add(id, format!("documented in the place, {}", entry.id));
            }
        }
        // Whoever is harmed has a right to redress, whatever the harm.
        add("remedy", "whoever is harmed can complain".to_owned());
        found.sort_by(|a, b| (a.scale, &a.id).cmp(&(b.scale, &b.id)));
        found
    }

    /// The scale before any question is answered: that of the gravest right; the worst
    /// where the place or the capability is not known well enough to say.
    fn base(&self, about: &About<'_>, rights: &[Right]) -> Dimension {
        let mut base = Dimension::least();
        if let Some(gravest) = rights.first() {
            base.at_least = gravest.scale;
            base.at_most = gravest.scale;
            base.because.push(format!(
                "{} in itself: {} ({})",
                word(gravest.scale),
                gravest.label,
                gravest.because
            ));
        }
        let mut open = |question: &str, because: String| {
            base.at_most = worse(base.at_most, Severity::Grave);
            base.because.push(because);
            base.open.push(question.to_owned());
        };
        if about.capability.is_some_and(|one| !one.is_described) {
            open(
                "q.capability",
                "grave at worst: no pack describes this capability".to_owned(),
            );
        }
        match about.place {
            None if about.capability.is_some() => open(
                PLACE_OF_USE,
                "grave at worst: nobody named the place".to_owned(),
            ),
            None => open(
                "q.origin",
                "grave at worst: nobody named the origin".to_owned(),
            ),
            Some(place) if self.holds_documented(place) => open(
                REGION,
                format!(
                    "grave at worst: the region in {} is not named",
                    place.name()
                ),
            ),
            Some(_) => {}
        }
        base
    }

    /// Whether a part of `place`, and not all of it, is documented.
    fn holds_documented(&self, place: &Place) -> bool {
        Place::regions().any(|region| {
            region != *place
                && region.is_within(place)
                && self
                    .packs
                    .places(&region, self.side, self.today)
                    .next()
                    .is_some()
                && self
                    .packs
                    .places(place, self.side, self.today)
                    .next()
                    .is_none()
        })
    }

    fn affected(
        &self,
        rights: &[Right],
        records: &[(&'static str, &scruple_pack::Entry<ImpactBody>, &PlaceBody)],
    ) -> Vec<Affected> {
        let mut found: Vec<Affected> = Vec::new();
        let mut add = |who: &str, because: String| {
            if !found.iter().any(|group| group.who == who) {
                found.push(Affected {
                    who: who.to_owned(),
                    because,
                });
            }
        };
        for group in self.answers.into_iter().flat_map(|answers| &answers.groups) {
            let because = group
                .why
                .clone()
                .unwrap_or_else(|| "named in the answers".into());
            add(&group.who, because);
        }
        for (_, entry, body) in records {
            for who in &body.groups {
                add(who, format!("documented in the place, {}", entry.id));
            }
        }
        for right in rights {
            if let Some(entry) = self.packs.right(&right.id) {
                add(&entry.body.holders, right.label.clone());
            }
        }
        found
    }

    fn documented(
        &self,
        records: &[(&'static str, &scruple_pack::Entry<ImpactBody>, &PlaceBody)],
    ) -> Vec<Documented> {
        records
            .iter()
            .map(|(_, entry, body)| Documented {
                id: entry.id.to_string(),
                text: entry.summary.clone(),
                sources: body.sources.clone(),
                doubts: entry.doubts(self.today),
            })
            .collect()
    }

    /// How sure. Nothing raises it: what is open, on the customer's own word, not asked of
    /// those affected, or seen by an audit that could not be independent lowers it.
    fn confidence(
        &self,
        known: &[Known<'_>],
        records: &[(&'static str, &scruple_pack::Entry<ImpactBody>, &PlaceBody)],
        stop: Answer,
        shown_by: &[String],
    ) -> Confidence {
        let mut band = Band::Strong;
        let mut reasons: Vec<String> = Vec::new();
        let mut lower = |to: Band, why: String| {
            band = band.max(to);
            reasons.push(why);
        };
        let open = known.iter().filter(|one| one.is_open()).count();
        if open > 0 {
            // What stops a deal is known already; what would let it go is not.
            let to = if stop != Answer::Yes && open * 2 > known.len() {
                Band::Weak
            } else {
                Band::Moderate
            };
            lower(
                to,
                format!("{open} of {} questions are not answered", known.len()),
            );
        }
        let own = known
            .iter()
            .filter(|one| {
                matches!(one.state, State::Choice(_))
                    && one
                        .source
                        .as_ref()
                        .is_some_and(|s| s.word == Word::Customer)
            })
            .count();
        if own > 0 {
            lower(
                Band::Moderate,
                format!("{own} rest on the customer's own word"),
            );
        }
        if !shown_by.is_empty() {
            lower(
                Band::Moderate,
                format!(
                    "the deal does not name the capability, its words show it: {}",
                    shown_by.join(", ")
                ),
            );
        }
        if !self.consulted {
            lower(
                Band::Moderate,
                "nobody who may be harmed was consulted".to_owned(),
            );
        }
        let audited = self.answers.is_some_and(|answers| {
            answers.answers.iter().any(|answer| {
                matches!(answer.value, Value::Choice(_))
                    && self
                        .packs
                        .question(answer.question.as_str())
                        .is_some_and(|question| question.audit)
            })
        });
        if audited && records.iter().any(|(.., body)| body.audit_impossible) {
            lower(
                Band::Weak,
                "an audit is reported from a place where none can be independent: it counts for \
                 nothing, and lowers how sure this is"
                    .to_owned(),
            );
        }
        if reasons.is_empty() {
            reasons.push("every question is answered by a document or somebody independent".into());
        }
        Confidence {
            band,
            reason: reasons.join("; "),
        }
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

fn is_severe(severity: Severity) -> bool {
    severity <= Severity::Serious
}

/// The stop rule. An unknown fact leaves it open; it never answers No for one.
fn stop(
    severity: &Graded,
    likely: Likelihood,
    acceptable: &Answer,
    factors: &[Factor],
) -> (Answer, String) {
    if !is_severe(severity.at_most) {
        let most = word(severity.at_most);
        return (Answer::No, format!("the harm would be {most} at most"));
    }
    if likely == Likelihood::NotShown {
        let why = "severe if it happened; no fact entered makes it likely";
        return (Answer::No, why.to_owned());
    }
    if *acceptable == Answer::Yes {
        let why = "severe and possible; measures in place answer it, for as long as they hold";
        return (Answer::No, why.to_owned());
    }
    let certain = is_severe(severity.at_least)
        && matches!(likely, Likelihood::Likely | Likelihood::Unknowable);
    let points: Vec<&str> = factors
        .iter()
        .filter(|factor| matches!(factor.says, Says::Raises | Says::Unknowable))
        .take(3)
        .map(|factor| factor.because.as_str())
        .collect();
    if certain {
        return (
            Answer::Yes,
            format!("severity {}; {}", severity.words(), points.join("; ")),
        );
    }
    let mut why = format!(
        "severity {}; {}",
        severity.words(),
        likelihood::word(likely)
    );
    if !points.is_empty() {
        why.push_str(&format!(": {}", points.join("; ")));
    }
    (Answer::CannotTell, why)
}

fn connection(known: &[Known<'_>]) -> (Connection, String) {
    let mut nearest = Connection::Linked;
    let mut because = Vec::new();
    let mut open = Vec::new();
    for one in known {
        let of = |choice: &crate::packs::Choice| choice.connection;
        let Some(worst) = one.body.choices.iter().filter_map(of).min() else {
            continue;
        };
        match one.state {
            State::Choice(choice) => {
                let Some(tie) = choice.connection else {
                    continue;
                };
                if tie < Connection::Linked {
                    because.push(format!("{} ({})", choice.text, one.id));
                }
                nearest = nearest.min(tie);
            }
            _ => open.push((worst, one.id.to_string())),
        }
    }
    let open: Vec<String> = open
        .into_iter()
        .filter(|(worst, _)| *worst < nearest)
        .map(|(_, id)| id)
        .collect();
    if because.is_empty() {
        because.push("it is what the deal is about".to_owned());
    }
    if !open.is_empty() {
        because.push(format!(
            "it may be nearer: {} not answered",
            open.join(", ")
        ));
    }
    (nearest, because.join("; "))
}
