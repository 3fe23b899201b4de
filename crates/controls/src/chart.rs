//! The US Country Chart and country groups, as facts.
//!
//! Three things in them mislead a program, and are settled here:
//! - the four embargoed countries have a row without marks: a missing mark of theirs
//!   says nothing, so [`Chart::marks`] gives `None`;
//! - Hong Kong has no row and takes China's; Macao is in no arms-embargo group and is
//!   named beside it by the rules that mean it;
//! - no row carries an anti-terrorism mark, so a reason that is anti-terrorism only is
//!   no licence duty from the chart, and no clearance either.

use std::collections::BTreeMap;

use scruple_model::Place;
use serde::Deserialize;

/// `packs/us-country-chart.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// The day of the text.
    pub as_of: String,
    /// The text.
    pub citation: String,
    /// Countries without a row of their own that take another's.
    pub same_as: BTreeMap<String, String>,
    /// Countries whose row points elsewhere, with where.
    pub elsewhere: BTreeMap<String, String>,
    /// Country to its marks, as `NS1 NS2 CC1`.
    pub marks: BTreeMap<String, String>,
    /// Group to its countries.
    pub groups: BTreeMap<String, Vec<String>>,
}

impl Chart {
    fn key(&self, place: &Place) -> String {
        let code = place.country().code().to_owned();
        self.same_as.get(&code).cloned().unwrap_or(code)
    }

    /// The marks of a place; none where the chart has nothing to say of it.
    pub fn marks(&self, place: &Place) -> Option<Vec<&str>> {
        let key = self.key(place);
        if self.elsewhere.contains_key(&key) {
            return None;
        }
        Some(
            self.marks
                .get(&key)?
                .split(' ')
                .filter(|mark| !mark.is_empty())
                .collect(),
        )
    }

    /// Where the chart points for a country that it does not grade.
    pub fn elsewhere(&self, place: &Place) -> Option<&str> {
        self.elsewhere.get(&self.key(place)).map(String::as_str)
    }

    /// Whether a place lies in a group, such as `d5`.
    pub fn in_group(&self, place: &Place, group: &str) -> bool {
        let key = self.key(place);
        self.groups
            .get(group)
            .is_some_and(|codes| codes.contains(&key))
    }
}
