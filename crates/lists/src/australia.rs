//! Placeholder.
use std::io::BufRead;

use crate::Part;
use crate::fault::{At, Refused};
use crate::gather::Gather;
use crate::rows::Row;

pub(crate) fn recognise_header(_row: &Row) -> Option<Part> {
    None
}

pub(crate) fn read(_bytes: impl BufRead, _out: &mut Gather) -> Result<(), Refused> {
    Err(Refused::malformed(At::default(), "not read yet"))
}
