//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -1739, // Start
        0, // BitsFew
        41, // BitsMore
        574, // BitsMany
        267, // BitsRare
        43, // BitsRarest
        0, // Whole
        1771, // Complete
        -34, // Edit
        0, // EditShare
        -10639, // EditRare
        -1482, // EditKnown
        0, // EditShort
        -1136, // EditShortKnown
        -233, // EditShortRare
        -141, // EditMore
        0, // Bridged
        0, // BridgedShort
        -2128, // Joined
        -1572, // Initial
        -3254, // Acronym
        333, // Meaning
        -544, // LeftAsked
        0, // LeftAskedBits
        -2349, // LeftAskedShare
        -587, // LeftListed
        -12, // LeftListedBits
        0, // LeftListedShare
        -1652, // LeftAskedRare
        0, // LeftListedRare
        0, // LeftBothRare
        -65, // LeftBoth
        -1008, // Against
        0, // AgainstBits
        -3794, // AgainstPatronymic
        -1232, // PatronymicAsked
        0, // PatronymicListed
        -2500, // NumberAgainst
        -500, // NumberAsked
        -463, // NumberListed
        0, // FormSame
        0, // FormAgainst
        -2160, // FormLeft
        -565, // ParticleLeft
        -128, // Single
        0, // OneWord
        0, // Short
        474, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -1000, // KindDiffer
        -500, // WeakName
    ],
    [
        199, // Start
        0, // BitsFew
        135, // BitsMore
        158, // BitsMany
        90, // BitsRare
        0, // BitsRarest
        0, // Whole
        2136, // Complete
        0, // Edit
        -4717, // EditShare
        -3173, // EditRare
        -496, // EditKnown
        0, // EditShort
        -239, // EditShortKnown
        0, // EditShortRare
        -722, // EditMore
        0, // Bridged
        0, // BridgedShort
        -23, // Joined
        -2597, // Initial
        2031, // Acronym
        -244, // Meaning
        0, // LeftAsked
        -53, // LeftAskedBits
        -1346, // LeftAskedShare
        -257, // LeftListed
        -31, // LeftListedBits
        -417, // LeftListedShare
        -1266, // LeftAskedRare
        -45, // LeftListedRare
        -45, // LeftBothRare
        0, // LeftBoth
        -31, // Against
        -49, // AgainstBits
        -1000, // AgainstPatronymic
        0, // PatronymicAsked
        -304, // PatronymicListed
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormSame
        -3933, // FormAgainst
        -719, // FormLeft
        -65, // ParticleLeft
        -47, // Single
        0, // OneWord
        -11, // Short
        204, // Lopsided
        472, // CountrySame
        -600, // CountryDiffer
        -6170, // KindDiffer
        -500, // WeakName
    ],
];
