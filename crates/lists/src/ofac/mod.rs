//! The lists of the Office of Foreign Assets Control, United States Treasury.
//!
//! OFAC publishes the same records in three layouts: XML (`sdn.xml`,
//! `consolidated.xml`), a set of CSV files (`sdn.csv` with `alt.csv`, `add.csv` and
//! comments) and the advanced XML that it shares with the UN's schema. Each has a
//! reader here; all fill an [`entry::Entry`], so that one party comes out the same
//! whichever file it was read from. A label such as `Tax ID No.` means one thing in
//! all of them: [`label`].
//!
//! The SDN list and the "consolidated" file of all other lists look alike, down to
//! the root element. [`sides`] tells them apart by their programmes, and the file's
//! name is asked only where those do not settle it: taking one for the other would
//! replace thousands of names with a few hundred.

mod advanced;
mod birth;
pub(crate) mod entry;
mod label;
pub(crate) mod paper;
mod remarks;
mod set;
pub(crate) mod sides;
mod xml;

pub(crate) use advanced::{read as read_advanced, recognise as recognise_advanced};
pub(crate) use set::{read as read_csv, recognise as recognise_csv};
pub(crate) use xml::read as read_xml;

use crate::Part;

/// Either XML.
pub(crate) fn recognise_xml(text: &str, name: &str) -> Option<Part> {
    xml::recognise(text, name).or_else(|| recognise_advanced(text, name))
}
