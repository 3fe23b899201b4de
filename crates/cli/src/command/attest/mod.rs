//! `scruple attest`: audits as signed credentials.

mod key;
mod print;
mod show;
mod sign;
pub(crate) mod trust;

use std::io::Write;

use crate::Edge;
use crate::args::Attest;

pub(crate) use show::shelf;

pub(crate) fn run(args: &Attest, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    match args {
        Attest::New(args) => sign::draft(args, edge, out),
        Attest::Key(args) => key::run(args, out),
        Attest::Sign(args) => sign::sign(args, edge, out),
        Attest::Verify(args) => show::verify(args, edge, out),
        Attest::Revoke(args) => sign::revoke(args, edge, out),
        Attest::Renew(args) => sign::renew(args, edge, out),
        Attest::Show(args) => show::show(args, edge, out),
        Attest::Trust(args) => trust::run(args, edge, out),
    }
}
