//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -1146, // Start
        0, // BitsFew
        0, // BitsMore
        505, // BitsMany
        249, // BitsRare
        40, // BitsRarest
        0, // Whole
        1699, // Complete
        -23, // Edit
        -11, // EditShare
        -8760, // EditRare
        -1671, // EditKnown
        0, // EditShort
        -1174, // EditShortKnown
        -826, // EditShortRare
        -496, // EditMore
        0, // Bridged
        0, // BridgedShort
        -2195, // Joined
        -1174, // Initial
        -2535, // Acronym
        -263, // LeftAsked
        0, // LeftAskedBits
        -1292, // LeftAskedShare
        -482, // LeftListed
        0, // LeftListedBits
        -68, // LeftListedShare
        -1534, // LeftAskedRare
        -34, // LeftListedRare
        0, // LeftBothRare
        0, // LeftBoth
        -765, // Against
        0, // AgainstBits
        -3765, // AgainstPatronymic
        -1728, // PatronymicAsked
        0, // PatronymicListed
        0, // NumberAgainst
        0, // NumberAsked
        -722, // NumberListed
        0, // FormSame
        0, // FormAgainst
        -1525, // FormLeft
        -583, // ParticleLeft
        -53, // Single
        0, // OneWord
        0, // Short
        321, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -543, // KindDiffer
        0, // WeakName
    ],
    [
        1620, // Start
        0, // BitsFew
        31, // BitsMore
        97, // BitsMany
        0, // BitsRare
        0, // BitsRarest
        45, // Whole
        1594, // Complete
        0, // Edit
        -2062, // EditShare
        -7866, // EditRare
        -342, // EditKnown
        0, // EditShort
        -603, // EditShortKnown
        0, // EditShortRare
        0, // EditMore
        0, // Bridged
        0, // BridgedShort
        0, // Joined
        -2711, // Initial
        220, // Acronym
        0, // LeftAsked
        0, // LeftAskedBits
        -2051, // LeftAskedShare
        0, // LeftListed
        -25, // LeftListedBits
        -1402, // LeftListedShare
        -2136, // LeftAskedRare
        -101, // LeftListedRare
        -68, // LeftBothRare
        -656, // LeftBoth
        0, // Against
        0, // AgainstBits
        0, // AgainstPatronymic
        0, // PatronymicAsked
        -381, // PatronymicListed
        0, // NumberAgainst
        0, // NumberAsked
        0, // NumberListed
        0, // FormSame
        -2433, // FormAgainst
        -846, // FormLeft
        -40, // ParticleLeft
        0, // Single
        0, // OneWord
        0, // Short
        -531, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -3356, // KindDiffer
        0, // WeakName
    ],
];
