//! Placeholder.

use std::io::BufRead;

use crate::Part;
use crate::fault::{At, Refused};
use crate::gather::Gather;

pub(crate) fn recognise_xml(_text: &str, _name: &str) -> Option<Part> {
    None
}

pub(crate) fn recognise_csv(_text: &str, _name: &str) -> Option<Part> {
    None
}

pub(crate) fn read_xml(
    _bytes: impl BufRead,
    _list: Option<&scruple_model::ListId>,
    _out: &mut Gather,
) -> Result<(), Refused> {
    Err(Refused::malformed(At::default(), "not read yet"))
}

pub(crate) fn read_advanced(
    _bytes: impl BufRead,
    _list: Option<&scruple_model::ListId>,
    _out: &mut Gather,
) -> Result<(), Refused> {
    Err(Refused::malformed(At::default(), "not read yet"))
}

pub(crate) fn read_csv(
    _inputs: Vec<crate::Input<'_>>,
    _list: Option<&scruple_model::ListId>,
    _out: &mut Gather,
) -> Result<(), Refused> {
    Err(Refused::malformed(At::default(), "not read yet"))
}
