//! The public register of those a company deals with.
//!
//! Whoever is harmed by a product or at a site has to find out who is behind it.
//! So a company says whom it works with: partners, suppliers, collaborators, and
//! customers that are public bodies, with place, time, product lines and source.
//!
//! **Where it is kept.** In one TOML file that its owner keeps under version
//! control, private, since it holds what is withheld too. A table in a database
//! was rejected: who changed what, and why, is best seen in a text and its
//! history, and a register has hundreds of entries, not millions.
//!
//! **What is published.** A folder of static files ([`site`]): pages without
//! scripts, the same as JSON, CSV, FollowTheMoney and the columns that Open Supply
//! Hub takes. Each version is one JSON text whose hash names it, and holds the
//! hash of the one before ([`version`]), so a later reader sees whether an entry
//! was taken out quietly. A ledger that others watch makes that binding.
//!
//! **What is not published** shows as "withheld" with its reason and a
//! commitment. When the entry appears, it carries what opens the commitment:
//! everybody can check that nothing else was put in its place.
//!
//! **Organisations only.** A person is no entry, unless an official list names
//! that person, or the entry is an office, named by its title. What could bring
//! harm to people at a site is asked about before it is published ([`review`]).
//!
//! Files, keys and days are arguments; nothing here writes, prints or asks the
//! clock.
#![forbid(unsafe_code)]

pub mod diff;
pub mod entry;
pub mod file;
pub mod review;
pub mod site;
pub mod table;
pub mod version;

pub use entry::{Entry, Kind, Role, State};
pub use file::Register;
pub use version::{SaltKey, Version};
