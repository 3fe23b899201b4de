//! JSON Schemas of everything that the program writes as JSON and promises to keep.

use scruple_brief::render::schema::{Format, all as of_briefs, of};
use scruple_ledger::{Disclosure, audit, disclosure, log};

/// Every format, by name.
pub fn all() -> Vec<Format> {
    let mut all = of_briefs();
    all.extend([
        ("disclosure-1", of::<Disclosure>(disclosure::SCHEMA)),
        ("audit-1", of::<audit::Told>(audit::SCHEMA)),
        ("receipt-1", of::<log::ReceiptLine>(log::RECEIPT)),
    ]);
    all
}
