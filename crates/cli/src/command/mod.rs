//! One file a command.

pub(crate) mod about;
pub(crate) mod assess;
pub(crate) mod attest;
pub(crate) mod bundle;
pub(crate) mod check;
pub(crate) mod classify;
pub(crate) mod compare;
pub(crate) mod conditions;
pub(crate) mod decide;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod ledger;
pub(crate) mod lists;
pub(crate) mod ownership;
pub(crate) mod purge;
pub(crate) mod register;
pub(crate) mod report;
pub(crate) mod review;
pub(crate) mod screen;
pub(crate) mod sync;
pub(crate) mod watch;
