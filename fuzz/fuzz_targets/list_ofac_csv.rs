//! Any bytes as OFAC's set of CSV files, which a zero byte parts: refused, or every
//! record accounted for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_lists::Layout;

mod lists;

fuzz_target!(|bytes: &[u8]| {
    let files = lists::cut(bytes, ["sdn", "alt", "add", "comments"]);
    lists::read_of(Layout::OfacCsv, &files, Some("us-ofac-sdn"));
});
