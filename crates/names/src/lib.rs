//! Names in any script, as parts that can be compared.
//!
//! A list prints `Хизри Абакаров`, a contract `Khizri ABAKAROV`; a list prints
//! `海康威视`, an invoice `Hai Kang Wei Shi Co., Ltd.`. [`read`] takes such a text
//! and gives its [`Reading`]s: as written in its own script, and as Latin letters
//! in the one or two ways that script is romanised. Each reading is a row of
//! [`Part`]s: words, numbers, particles and legal forms. What is compared is
//! [`Part::text`]; what is shown to a person is [`Part::shown`], as written.
//!
//! Where the [`lexicon`] knows words of a name, a further reading puts them in
//! English: `公安局` is "public security bureau".
//!
//! Tables for scripts are ours, one file each, because lists follow the conventions
//! of passports and publishers, not those of libraries. Characters are read by
//! `pinyin`, Japanese syllables by `wana_kana`, scripts without a file by `any_ascii`.
//!
//! Rejected: the transliterators of ICU (scholars' systems, several megabytes, and an
//! interface that is not stable: a table of fifty lines is nearer to a passport);
//! one reading per name (Persian `رضا` is Reza, Arabic `رضا` is Rida);
//! detecting the language of a name (a guess about a person, which this project
//! does not make: readings follow letters only); stripping legal forms (`X GmbH`
//! and `X S.A.` are two firms, so the form is kept and weighs little).
//!
//! The crate knows neither lists nor scores.
#![forbid(unsafe_code)]

pub mod address;
mod arabic;
mod armenian;
mod ascii;
mod burmese;
mod cantonese;
mod cyrillic;
mod ethiopic;
mod forms;
mod georgian;
mod given;
mod greek;
mod han;
mod hangul;
mod hebrew;
pub mod identifier;
mod indic;
mod kana;
pub mod lexicon;
mod lookalike;
mod meaning;
mod number;
mod person;
mod pieces;
mod pinyin;
mod reading;
mod script;
mod ship;
mod sound;
mod thai;
mod token;
mod traditional;
mod wade_giles;

pub use forms::{FormsError, LegalForms};
pub use given::GivenNames;
pub use lexicon::Lexicon;
pub use person::{PersonError, Titles};
pub use pinyin::is_pinyin;
pub use reading::{Name, Part, PartKind, Reading, Way, read};
pub use script::Script;
pub use ship::without_ship_prefix;
pub use sound::{deletions, fold, is_vowel, skeleton};

/// Version of what this crate makes of a name. An index made by another version
/// is built again.
pub const VERSION: &str = "names/4";

/// The texts of every pack that decides what this crate makes of a name. What is
/// derived from names is stale when one of them changes.
pub const PACKS: [&str; 5] = [
    LegalForms::BUILT_IN,
    Lexicon::WORDS,
    Lexicon::PLACES,
    GivenNames::BUILT_IN,
    Titles::BUILT_IN,
];
