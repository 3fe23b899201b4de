//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -1960, // Start
        0, // BitsFew
        41, // BitsMore
        571, // BitsMany
        270, // BitsRare
        44, // BitsRarest
        0, // Whole
        1974, // Complete
        -23, // Edit
        -90, // EditShare
        -11566, // EditRare
        -1694, // EditKnown
        0, // EditShort
        -1059, // EditShortKnown
        -225, // EditShortRare
        -233, // EditMore
        0, // Bridged
        0, // BridgedShort
        -2351, // Joined
        -1633, // Initial
        -2273, // Acronym
        338, // Meaning
        -472, // LeftAsked
        0, // LeftAskedBits
        -1799, // LeftAskedShare
        -466, // LeftListed
        -6, // LeftListedBits
        -384, // LeftListedShare
        -2116, // LeftAskedRare
        -23, // LeftListedRare
        -90, // LeftBothRare
        -248, // LeftBoth
        -1224, // Against
        0, // AgainstBits
        -3316, // AgainstPatronymic
        -1859, // PatronymicAsked
        0, // PatronymicListed
        0, // NumberAgainst
        0, // NumberAsked
        -507, // NumberListed
        0, // FormSame
        0, // FormAgainst
        -2198, // FormLeft
        -458, // ParticleLeft
        -342, // Single
        0, // OneWord
        0, // Short
        397, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -470, // KindDiffer
        0, // WeakName
    ],
    [
        3, // Start
        0, // BitsFew
        130, // BitsMore
        158, // BitsMany
        90, // BitsRare
        0, // BitsRarest
        34, // Whole
        2517, // Complete
        -45, // Edit
        -4682, // EditShare
        -4199, // EditRare
        -470, // EditKnown
        0, // EditShort
        -228, // EditShortKnown
        0, // EditShortRare
        -928, // EditMore
        0, // Bridged
        0, // BridgedShort
        -38, // Joined
        -3215, // Initial
        1141, // Acronym
        -236, // Meaning
        0, // LeftAsked
        -49, // LeftAskedBits
        -1218, // LeftAskedShare
        -217, // LeftListed
        -34, // LeftListedBits
        -464, // LeftListedShare
        -1227, // LeftAskedRare
        0, // LeftListedRare
        -158, // LeftBothRare
        -112, // LeftBoth
        -4, // Against
        -47, // AgainstBits
        0, // AgainstPatronymic
        0, // PatronymicAsked
        -279, // PatronymicListed
        0, // NumberAgainst
        0, // NumberAsked
        -103, // NumberListed
        0, // FormSame
        -3379, // FormAgainst
        -727, // FormLeft
        0, // ParticleLeft
        -50, // Single
        0, // OneWord
        0, // Short
        22, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -6147, // KindDiffer
        0, // WeakName
    ],
];
