//! Placeholder.

use std::io::BufRead;

use crate::Part;
use crate::fault::{At, Refused};
use crate::gather::Gather;

pub(crate) fn recognise(_text: &str) -> Option<Part> {
    None
}

pub(crate) fn read(_bytes: impl BufRead, _out: &mut Gather) -> Result<(), Refused> {
    Err(Refused::malformed(At::default(), "not read yet"))
}
