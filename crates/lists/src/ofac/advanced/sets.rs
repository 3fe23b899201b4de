//! The reference values: what the numbers in the rest of the file stand for.

use std::collections::HashMap;

use crate::xml::Node;

/// A value with the attributes that point on.
#[derive(Clone, Debug, Default)]
pub(super) struct Value {
    pub(super) text: String,
    /// `CountryID` of an area code, `PartyTypeID` of a sub-type.
    pub(super) of: String,
    /// `Description` of an area code, `ScriptCode` of a script.
    pub(super) says: String,
}

/// All sets, by element name and id.
#[derive(Default)]
pub(super) struct Sets(HashMap<String, HashMap<String, Value>>);

impl Sets {
    /// Reads `ReferenceValueSets`.
    pub(super) fn read(&mut self, node: Node<'_>) {
        for set in node.children() {
            for value in set.children() {
                let read = Value {
                    text: value.text().to_owned(),
                    of: [value.attr("CountryID"), value.attr("PartyTypeID")].concat(),
                    says: [value.attr("Description"), value.attr("ScriptCode")].concat(),
                };
                self.0
                    .entry(value.name().to_owned())
                    .or_default()
                    .insert(value.attr("ID").to_owned(), read);
            }
        }
    }

    /// A value, by element name (`FeatureType`) and id.
    pub(super) fn get(&self, kind: &str, id: &str) -> Option<&Value> {
        self.0.get(kind)?.get(id)
    }

    /// Its text; empty where it is not there or says that it is unknown.
    pub(super) fn text(&self, kind: &str, id: &str) -> &str {
        match self.get(kind, id).map(|value| value.text.as_str()) {
            None | Some("Unknown") => "",
            Some(text) => text,
        }
    }

    /// The country an area code or a country id means.
    pub(super) fn country(&self, id: &str) -> &str {
        self.text("Country", id)
    }
}
