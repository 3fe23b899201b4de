//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -2167, // Start
        5, // BitsFew
        118, // BitsMore
        367, // BitsMany
        0, // BitsRare
        51, // BitsRarest
        0, // Whole
        2251, // Complete
        0, // Edit
        -3477, // EditShare
        -1766, // EditKnown
        -2932, // EditShort
        -382, // EditShortKnown
        -2079, // EditMore
        0, // Bridged
        0, // BridgedShort
        -286, // Joined
        -2290, // Initial
        11, // Acronym
        -195, // LeftAsked
        -19, // LeftAskedBits
        -3604, // LeftAskedShare
        -118, // LeftListed
        -33, // LeftListedBits
        0, // LeftListedShare
        0, // LeftBoth
        -864, // Against
        -44, // AgainstBits
        -4354, // AgainstPatronymic
        -2903, // PatronymicAsked
        0, // PatronymicListed
        0, // NumberAgainst
        0, // NumberAsked
        -1124, // NumberListed
        0, // FormSame
        0, // FormAgainst
        -2126, // FormLeft
        -647, // ParticleLeft
        -458, // Single
        0, // OneWord
        0, // Short
        884, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -611, // KindDiffer
        0, // WeakName
    ],
    [
        1022, // Start
        0, // BitsFew
        60, // BitsMore
        188, // BitsMany
        0, // BitsRare
        0, // BitsRarest
        13, // Whole
        2131, // Complete
        0, // Edit
        -6300, // EditShare
        0, // EditKnown
        -155, // EditShort
        -140, // EditShortKnown
        0, // EditMore
        0, // Bridged
        0, // BridgedShort
        0, // Joined
        -3519, // Initial
        -270, // Acronym
        0, // LeftAsked
        0, // LeftAskedBits
        -4076, // LeftAskedShare
        0, // LeftListed
        -26, // LeftListedBits
        -1469, // LeftListedShare
        -745, // LeftBoth
        0, // Against
        0, // AgainstBits
        0, // AgainstPatronymic
        -35, // PatronymicAsked
        -647, // PatronymicListed
        0, // NumberAgainst
        0, // NumberAsked
        0, // NumberListed
        0, // FormSame
        -2548, // FormAgainst
        -861, // FormLeft
        -82, // ParticleLeft
        0, // Single
        0, // OneWord
        0, // Short
        -192, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -5431, // KindDiffer
        0, // WeakName
    ],
];
