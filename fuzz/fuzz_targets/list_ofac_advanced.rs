//! Any bytes as OFAC's advanced XML: refused, or every record accounted for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_lists::Layout;

mod lists;

fuzz_target!(|bytes: &[u8]| lists::read_of(
    Layout::OfacAdvancedXml,
    &[("", bytes)],
    Some("us-ofac-cons")
));
