//! The names that predicates may use, while packs are read and once they stand.

use std::collections::{BTreeMap, BTreeSet};

use scruple_model::Place;

use super::Controls;
use crate::chart::Chart;
use crate::expr::{Groups, Names};
use crate::fact::Kind;

/// Names while packs are read.
pub(super) struct Known<'a> {
    pub(super) facts: BTreeMap<&'a str, Kind>,
    pub(super) capabilities: BTreeSet<&'a str>,
    pub(super) groups: &'a BTreeMap<String, Vec<Place>>,
    pub(super) chart: &'a Chart,
}

impl Names for Known<'_> {
    fn fact(&self, name: &str) -> Option<Kind> {
        self.facts.get(name).copied()
    }
    fn capability(&self, id: &str) -> bool {
        self.capabilities.contains(id)
    }
    fn place(&self, code: &str) -> bool {
        if code.starts_with("mark.") {
            return true;
        }
        match code.strip_prefix("us.") {
            Some(group) => self.chart.groups.contains_key(group),
            None => self.groups.contains_key(code) || Place::parse(code).is_some(),
        }
    }
}

impl Groups for Controls {
    fn within(&self, place: &Place, code: &str) -> bool {
        if let Some(mark) = code.strip_prefix("mark.") {
            return self
                .chart
                .marks(place)
                .is_some_and(|marks| marks.contains(&mark));
        }
        if let Some(group) = code.strip_prefix("us.") {
            return self.chart.in_group(place, group);
        }
        match self.groups.get(code) {
            Some(members) => members.iter().any(|member| place.is_within(member)),
            None => Place::parse(code).is_some_and(|outer| place.is_within(&outer)),
        }
    }
}
