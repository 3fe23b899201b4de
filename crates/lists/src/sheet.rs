//! Workbooks: rows of a sheet, with a bound on what they unpack to.

use crate::Part;

pub(crate) fn recognise(_bytes: &[u8]) -> Option<Part> {
    None
}
