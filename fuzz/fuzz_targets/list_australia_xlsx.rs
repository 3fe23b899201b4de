//! Any bytes as a workbook, or as the sheet of one, in the layout `australia-xlsx`: refused, or
//! every record accounted for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_lists::Layout;

mod lists;
mod workbook;

fuzz_target!(|bytes: &[u8]| lists::read_as(Layout::AustraliaXlsx, &workbook::around(bytes)));
