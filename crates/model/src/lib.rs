//! The vocabulary everybody else in the house speaks.
//!
//! A *deal* goes in and *findings* come out; between them stand *entities* on
//! official lists. This crate holds those shapes, their identifiers and their
//! dates, and turns text into them. It touches no file, asks no clock and reads
//! no environment: whoever calls it hands over the text and the day.
//!
//! Names are the field's own where it has them: an [`Entity`] has the schemata
//! and properties of FollowTheMoney, an [`Answer`] is three-valued as legal
//! reasoning needs it, and [`Severity`] is the UN Guiding Principles' (14).
//!
//! Rejected: a type per official list (every check would have to know all of
//! them), and one score for how bad and how sure (a weak hint of something
//! terrible would sort beside a sure hit of something minor).
#![forbid(unsafe_code)]

pub mod date;
pub mod deal;
pub mod entity;
pub mod finding;
pub mod ftm;
pub mod hash;
pub mod id;
pub mod persons;
pub mod place;
pub mod problem;
pub mod snapshot;

pub use date::{Date, PartialDate};
pub use deal::Deal;
pub use entity::{Entity, Listing, NameKind, REGISTERED_IN, Schema};
pub use finding::{
    Answer, Band, Confidence, Contest, Effect, Evidence, Finding, Force, Looked, Question,
    Severity, Step, Subject, Unchecked,
};
pub use id::{FindingId, ListId, PartyId, QuestionId, RecordId, RuleId};
pub use place::{Country, Place};
pub use problem::{Problem, Span};
pub use snapshot::Snapshot;
