//! The same answers, slowly and plainly: sets of names, every entity looked at again
//! until nothing changes, every sum made anew from the list of edges.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

use std::collections::{BTreeMap, BTreeSet};

use scruple_model::{Answer, Date};
use scruple_ownership::{Pool, RuleBody, Test, Unquantified};
use serde_json::Value;

use super::shared::{Case, Edge, Node, day};

pub type Names = BTreeSet<String>;
const WHOLE: i64 = 1_000_000;
/// A listed party that stands nowhere.
const SOMEBODY: &str = "?";

pub struct Oracle<'a> {
    pub case: &'a Case,
    pub rule: &'a RuleBody,
    pub as_of: Date,
    /// Those who are listed.
    pub seeds: Names,
    /// Those and whoever may be.
    pub perhaps: Names,
}

impl<'a> Oracle<'a> {
    pub fn new(case: &'a Case, rule: &'a RuleBody) -> Self {
        let as_of = day(&case.as_of);
        let all = case.listed();
        let names = |or_may_be: bool| {
            all.iter()
                .filter(|listed| rule.seeds_from(listed) && listed.stands_on(as_of))
                .filter(|listed| or_may_be || listed.doubt.is_none())
                .map(|listed| listed.id.clone())
                .collect()
        };
        Self {
            case,
            rule,
            as_of,
            seeds: names(false),
            perhaps: names(true),
        }
    }

    fn node(&self, id: &str) -> &Node {
        self.case.nodes.iter().find(|node| node.id == id).unwrap()
    }

    pub fn is(&self, id: &str, kind: &str) -> bool {
        id != SOMEBODY && self.node(id).kind.as_deref().unwrap_or("entity") == kind
    }

    fn stands(&self, from: &Option<String>, until: &Option<String>) -> bool {
        from.as_deref().is_none_or(|from| day(from) <= self.as_of)
            && until.as_deref().is_none_or(|until| self.as_of < day(until))
    }

    fn edges(&self, owned: &str, layer: &str, indirect: bool) -> Vec<&Edge> {
        self.case
            .edges
            .iter()
            .filter(|e| {
                e.owned == owned
                    && e.layer == layer
                    && e.indirect == indirect
                    && self.stands(&e.start, &e.end)
            })
            .collect()
    }

    /// Each owner's `(largest lo, largest hi, smallest lo)`.
    pub fn stakes(
        &self,
        owned: &str,
        layer: &str,
        indirect: bool,
    ) -> BTreeMap<String, (i64, i64, i64)> {
        let edges = self.edges(owned, layer, indirect);
        let holder = |e: &Edge| e.nominee_for.clone().unwrap_or_else(|| e.owner.clone());
        let owners: Names = edges.iter().map(|e| holder(e)).collect();
        owners
            .into_iter()
            .map(|owner| {
                let of: Vec<&&Edge> = edges.iter().filter(|e| holder(e) == owner).collect();
                let sources: BTreeSet<&str> = of.iter().map(|e| e.source.as_str()).collect();
                let claims: Vec<(i64, i64, i64)> = sources
                    .iter()
                    .map(|source| {
                        let mine: Vec<&&&Edge> =
                            of.iter().filter(|e| e.source == *source).collect();
                        let tranches: BTreeSet<&Option<String>> =
                            mine.iter().map(|e| &e.tranche).collect();
                        let mut sum = (0, 0, 0);
                        for tranche in tranches {
                            let rows = mine.iter().filter(|e| &e.tranche == tranche);
                            sum.0 += rows.clone().map(|e| e.lo).max().unwrap();
                            sum.1 += rows.clone().map(|e| e.hi).max().unwrap();
                            sum.2 += rows.clone().map(|e| e.lo).min().unwrap();
                        }
                        (sum.0.min(WHOLE), sum.1.min(WHOLE), sum.2.min(WHOLE))
                    })
                    .collect();
                let stake = (
                    claims.iter().map(|c| c.0).max().unwrap(),
                    claims.iter().map(|c| c.1).max().unwrap(),
                    claims.iter().map(|c| c.2).min().unwrap(),
                );
                (owner, stake)
            })
            .collect()
    }

    pub fn with_partners(&self, entity: &str, test: &Test, set: &Names) -> Names {
        let mut all = set.clone();
        if test.pool == Pool::Aggregate {
            return all;
        }
        for joint in &self.case.joint_arrangements {
            let about = joint.entity.as_deref().is_none_or(|of| of == entity)
                && joint
                    .layer
                    .as_deref()
                    .is_none_or(|layer| layer == test.layer.name())
                && self.stands(&joint.start, &joint.end);
            if about && joint.members.iter().any(|member| set.contains(member)) {
                all.extend(joint.members.iter().cloned());
            }
        }
        all
    }

    fn remainder(&self, entity: &str) -> Value {
        self.node(entity)
            .remainder
            .clone()
            .unwrap_or(Value::from("unknown"))
    }

    fn passes(&self, test: &Test, sum: i64, base: i64) -> bool {
        let (left, right) = (
            i128::from(sum) * 1_000_000,
            i128::from(test.threshold) * i128::from(base),
        );
        sum > 0 && (left > right || (left == right && !test.strict))
    }

    pub fn certain(&self, entity: &str, test: &Test, set: &Names) -> bool {
        let set = self.with_partners(entity, test, set);
        let all = self.stakes(entity, test.layer.name(), false);
        let own = all.get(entity).copied().unwrap_or_default();
        let others: Vec<_> = all.iter().filter(|(owner, _)| *owner != entity).collect();
        let mine: Vec<_> = others
            .iter()
            .filter(|(owner, _)| set.contains(*owner))
            .collect();
        let rest: Vec<_> = others
            .iter()
            .filter(|(owner, _)| !set.contains(*owner))
            .collect();
        let excess = (all.values().map(|s| s.2).sum::<i64>() - WHOLE).max(0);
        let mut sum = (mine.iter().map(|(_, s)| s.0).sum::<i64>() - excess).clamp(0, WHOLE);
        if self.remainder(entity) == "none" && all.values().map(|s| s.1).sum::<i64>() >= WHOLE {
            let left = WHOLE - rest.iter().map(|(_, s)| s.1).sum::<i64>() - own.1;
            sum = sum.max(left.min(mine.iter().map(|(_, s)| s.1).sum()));
        }
        if self.rule.indirect_counts {
            for (owner, stake) in self.stakes(entity, test.layer.name(), true) {
                if owner != entity && set.contains(&owner) {
                    sum = sum.max(stake.0);
                }
            }
        }
        let base = if test.own_left_out {
            (WHOLE - own.0).max(sum)
        } else {
            WHOLE
        };
        self.passes(test, sum, base)
    }

    /// What surely passes may pass, and holders nobody named count in what may.
    pub fn possible(&self, entity: &str, test: &Test, set: &Names) -> bool {
        let mut set = set.clone();
        set.extend(
            self.case
                .nodes
                .iter()
                .filter(|n| n.kind.as_deref() == Some("anonymous"))
                .map(|n| n.id.clone()),
        );
        if self.certain(entity, test, &set) {
            return true;
        }
        let plain = set.clone();
        let set = self.with_partners(entity, test, &set);
        let all = self.stakes(entity, test.layer.name(), false);
        let through: i64 = self
            .stakes(entity, test.layer.name(), true)
            .iter()
            .filter(|(o, _)| set.contains(*o) && *o != entity)
            .map(|(_, s)| s.1)
            .sum();
        if all.is_empty() && test.layer.name() != "shares" {
            return self.passes(test, through.min(WHOLE), WHOLE);
        }
        let own = all.get(entity).copied().unwrap_or_default();
        let counts = |owner: &str| owner != entity && set.contains(owner);
        let excess = (all.values().map(|s| s.2).sum::<i64>() - WHOLE).max(0);
        let rest: i64 = all
            .iter()
            .filter(|(o, _)| *o != entity && !counts(o))
            .map(|(_, s)| s.2)
            .sum();
        let mine: i64 = all
            .iter()
            .filter(|(o, _)| counts(o))
            .map(|(_, s)| s.1)
            .sum();
        let cap = (WHOLE - own.0 - (rest - excess).max(0)).max(0);
        let has_records = self
            .case
            .edges
            .iter()
            .any(|e| e.owned == entity && self.stands(&e.start, &e.end));
        let mut most = match self.remainder(entity) {
            Value::String(text) if text == "none" => {
                if has_records {
                    mine
                } else {
                    cap
                }
            }
            Value::String(text) if text == "clear" => mine,
            Value::Object(bound) if test.pool == Pool::EachAlone => {
                mine + bound["max_each"].as_i64().unwrap()
            }
            _ => cap,
        };
        let consolidates = self.case.edges.iter().any(|e| {
            e.owned == entity
                && holder(e) != entity
                && e.layer == "consolidation"
                && self.stands(&e.start, &e.end)
                && plain.contains(holder(e))
        });
        if test.layer.name() == "shares"
            && self.rule.unquantified == Unquantified::Share
            && consolidates
        {
            most = cap;
        }
        let most = most.max(through).min(cap);
        self.passes(test, most, (WHOLE - own.1).max(most).max(0))
    }

    pub fn controls(&self, entity: &str, set: &Names) -> bool {
        self.rule.unquantified == Unquantified::Control
            && self.case.edges.iter().any(|e| {
                e.owned == entity
                    && holder(e) != entity
                    && matches!(e.layer.as_str(), "consolidation" | "influence")
                    && self.stands(&e.start, &e.end)
                    && (set.contains(holder(e)) || self.is(holder(e), "anonymous"))
            })
    }

    /// Whether those in a set may tip an entity, by a test of these kinds or by control.
    pub fn may_tip(&self, entity: &str, set: &Names, pools: &[Pool]) -> bool {
        let mut tests = self.rule.tests.iter();
        self.controls(entity, set)
            || tests.any(|test| pools.contains(&test.pool) && self.possible(entity, test, set))
    }

    /// Everybody who is not in a set: of people only who is named.
    pub fn outside(&self, set: &Names, named: &dyn Fn(&String) -> bool) -> Names {
        let ids = self.case.nodes.iter().map(|node| &node.id);
        ids.filter(|id| named(id) || !(set.contains(*id) || self.is(id, "person")))
            .cloned()
            .collect()
    }

    /// Whether the rule adds up everybody's stakes.
    pub fn aggregates(&self) -> bool {
        let mut tests = self.rule.tests.iter();
        tests.any(|test| test.pool == Pool::Aggregate)
    }

    fn entities(&self) -> Vec<&str> {
        self.case
            .nodes
            .iter()
            .filter(|n| n.kind.as_deref().unwrap_or("entity") == "entity")
            .map(|n| n.id.as_str())
            .collect()
    }

    /// What one party reaches alone.
    fn alone(&self, root: &str, possibly: bool) -> Names {
        let mut set = Names::from([root.to_owned()]);
        loop {
            let new: Vec<&str> = self
                .entities()
                .into_iter()
                .filter(|e| !set.contains(*e))
                .filter(|e| {
                    self.rule.tests.iter().any(|test| {
                        self.certain(e, test, &set) || (possibly && self.possible(e, test, &set))
                    }) || (possibly && self.controls(e, &set))
                })
                .collect();
            if new.is_empty() {
                return set;
            }
            set.extend(new.into_iter().map(str::to_owned));
        }
    }

    fn reached(&self, possibly: bool) -> Names {
        let seeds = if possibly { &self.perhaps } else { &self.seeds };
        let mut set = seeds.clone();
        if possibly {
            set.extend(self.reached(false));
        }
        let mixed = self.aggregates();
        loop {
            let roots: Vec<String> = if mixed { set.clone() } else { seeds.clone() }
                .into_iter()
                .chain(possibly.then(|| SOMEBODY.to_owned()))
                .chain(
                    self.case
                        .nodes
                        .iter()
                        .filter(|n| possibly && mixed && n.kind.as_deref() == Some("anonymous"))
                        .map(|n| n.id.clone()),
                )
                .collect();
            let new: Vec<&str> = self
                .entities()
                .into_iter()
                .filter(|e| !set.contains(*e))
                .filter(|e| {
                    (possibly && self.controls(e, &set))
                        || self.rule.tests.iter().any(|test| {
                            let sets: Vec<Names> = match test.pool {
                                Pool::Aggregate => vec![set.clone()],
                                Pool::EachAlone => roots
                                    .iter()
                                    .map(|root| self.alone(root, possibly))
                                    .collect(),
                            };
                            sets.iter().any(|set| {
                                self.certain(e, test, set)
                                    || (possibly && self.possible(e, test, set))
                            })
                        })
                        || (possibly
                            && !mixed
                            && roots.iter().any(|root| self.alone(root, true).contains(*e)))
                })
                .collect();
            if new.is_empty() {
                return set;
            }
            set.extend(new.into_iter().map(str::to_owned));
        }
    }

    /// Answers for every node.
    pub fn answers(&self) -> BTreeMap<String, Answer> {
        let (certain, possible) = (self.reached(false), self.reached(true));
        self.case
            .nodes
            .iter()
            .map(|node| {
                let answer = if certain.contains(&node.id) {
                    Answer::Yes
                } else if self.is(&node.id, "anonymous") || possible.contains(&node.id) {
                    Answer::CannotTell
                } else {
                    Answer::No
                };
                (node.id.clone(), answer)
            })
            .collect()
    }

    /// Whether everything reported can be true: no more than the whole is claimed, and a
    /// complete list may reach the whole.
    pub fn is_consistent(&self) -> bool {
        self.entities().iter().all(|entity| {
            ["shares", "votes", "appointment"].iter().all(|layer| {
                let all = self.stakes(entity, layer, false);
                let least: i64 = all.values().map(|s| s.0).sum();
                let most: i64 = all.values().map(|s| s.1).sum();
                all.is_empty()
                    || (least <= WHOLE && (self.remainder(entity) != "none" || most >= WHOLE))
            })
        })
    }
}

fn holder(edge: &Edge) -> &str {
    edge.nominee_for.as_deref().unwrap_or(&edge.owner)
}
