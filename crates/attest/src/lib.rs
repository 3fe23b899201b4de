//! Audits as credentials that anybody can check, and what they cannot show.
//!
//! A social audit is usually a PDF on the desk of whoever paid for it. Whether
//! it was altered, withdrawn, announced beforehand, or made in a place where no
//! worker can speak, its reader does not learn. Here an audit is a W3C
//! Verifiable Credential 2.0 with a Data Integrity proof (`eddsa-jcs-2022`); any
//! implementation of those standards checks it. What decides how much it is
//! worth has a field each, and a field may say "not stated", but it cannot be
//! left out ([`draft`]).
//!
//! **Shape.** A UNTP Digital Conformity Credential of version 0.7.0. Of the two
//! versions in use, 0.7.0 replaced the 0.6.0 terms (`scope` became
//! `referenceScheme`, `assessment` became `conformityAssessment`, conformity
//! topics became objects), and only its schema is published under a licence that
//! lets everybody test against it. Both are read; 0.7.0 is written. UNTP has no
//! term for who paid, who was asked, or what was refused. These stand in one
//! JSON literal under one IRI ([`terms::TERMS`]). A third `@context` was
//! rejected: it would have to be fetched, and whoever holds that address could
//! change what a signed statement means. One more choice follows UNTP where it
//! and the W3C part: `statusListIndex` is written as a number, and read as
//! number or text.
//!
//! **What checking means.** A signature shows that a key signed these bytes. It
//! shows neither whose key it is nor that the words are true. So a verdict has
//! parts ([`verify::Part`]), each three-valued, and what was not there to look at
//! is a question, never a yes ([`verify`]).
//!
//! **What an audit can show.** It never raises confidence. What weakens it is
//! listed ([`weigh`]): the visit was announced, the audited firm paid, managers
//! stood beside those who were asked. In some places nobody can audit freely;
//! `packs/audit-impossible.toml` names them with sources.
//!
//! **People.** Workers are never identified. What is asked about interviews is
//! numbers and words from a list, not free text, and free text that looks like a
//! name with a title, an address for mail or a telephone number is refused
//! ([`scruple_model::persons`]). A statement by workers or affected groups that answers an audit
//! is a credential of the same shape and rank; every page shows it.
//!
//! Documents, keys and days are arguments; nothing here fetches, prints or asks
//! the clock.
#![forbid(unsafe_code)]

pub mod credential;
pub mod did;
pub mod draft;
pub mod finding;
pub mod json;
pub mod key;
pub mod make;
pub mod page;
pub mod proof;
pub mod rules;
pub mod shelf;
pub mod status;
pub mod terms;
pub mod verify;
pub mod weigh;

pub use credential::Attestation;
pub use draft::Draft;
pub use key::Signer;
pub use shelf::{Known, Shelf};
pub use verify::Verdict;
