//! Rule packs.
#![forbid(unsafe_code)]
