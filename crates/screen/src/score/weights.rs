//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -1806, // Start
        0, // BitsFew
        46, // BitsMore
        483, // BitsMany
        263, // BitsRare
        46, // BitsRarest
        0, // Whole
        1943, // Complete
        -11, // Edit
        -45, // EditShare
        -9297, // EditRare
        -2136, // EditKnown
        0, // EditShort
        -1322, // EditShortKnown
        -325, // EditShortRare
        -273, // EditMore
        0, // Bridged
        0, // BridgedShort
        -2700, // Joined
        -1192, // Initial
        -1978, // Acronym
        205, // Meaning
        -342, // LeftAsked
        0, // LeftAskedBits
        -1874, // LeftAskedShare
        -304, // LeftListed
        -11, // LeftListedBits
        -112, // LeftListedShare
        -1682, // LeftAskedRare
        -112, // LeftListedRare
        0, // LeftBothRare
        0, // LeftBoth
        -1102, // Against
        0, // AgainstBits
        -3770, // AgainstPatronymic
        -1514, // PatronymicAsked
        0, // PatronymicListed
        0, // NumberAgainst
        0, // NumberAsked
        -664, // NumberListed
        0, // FormSame
        0, // FormAgainst
        -2009, // FormLeft
        -484, // ParticleLeft
        -103, // Single
        0, // OneWord
        -124, // Short
        375, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -692, // KindDiffer
        0, // WeakName
    ],
    [
        489, // Start
        0, // BitsFew
        80, // BitsMore
        224, // BitsMany
        0, // BitsRare
        0, // BitsRarest
        0, // Whole
        2075, // Complete
        0, // Edit
        -5002, // EditShare
        -3078, // EditRare
        -418, // EditKnown
        0, // EditShort
        -453, // EditShortKnown
        0, // EditShortRare
        -800, // EditMore
        0, // Bridged
        0, // BridgedShort
        0, // Joined
        -3664, // Initial
        146, // Acronym
        -224, // Meaning
        0, // LeftAsked
        0, // LeftAskedBits
        -2832, // LeftAskedShare
        -135, // LeftListed
        -40, // LeftListedBits
        -618, // LeftListedShare
        -1783, // LeftAskedRare
        0, // LeftListedRare
        -169, // LeftBothRare
        -184, // LeftBoth
        -135, // Against
        -15, // AgainstBits
        0, // AgainstPatronymic
        0, // PatronymicAsked
        -539, // PatronymicListed
        0, // NumberAgainst
        0, // NumberAsked
        0, // NumberListed
        0, // FormSame
        -2433, // FormAgainst
        -636, // FormLeft
        -23, // ParticleLeft
        0, // Single
        0, // OneWord
        0, // Short
        -16, // Lopsided
        374, // CountrySame
        -600, // CountryDiffer
        -6925, // KindDiffer
        0, // WeakName
    ],
];
