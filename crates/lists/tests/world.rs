//! The lists of the UK, the UN, the EU, Switzerland, Canada and Australia.
//!
//! `cases/` holds files in the publishers' layouts about parties that do not exist.

mod world {
    mod bad;
    mod full;
    mod same;
    mod show;
    mod snapshots;
    mod workbook;
}
