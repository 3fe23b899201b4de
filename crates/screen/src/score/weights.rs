//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -9000, // Start
        500, // BitsFew
        300, // BitsMore
        80, // BitsMany
        400, // Whole
        600, // Complete
        -300, // Edit
        -4000, // EditShare
        -1200, // EditKnown
        -1500, // EditShort
        -300, // EditMore
        -200, // Bridged
        -600, // BridgedShort
        -200, // Joined
        0, // Initial
        0, // Acronym
        -500, // LeftAsked
        -80, // LeftAskedBits
        -2500, // LeftAskedShare
        -100, // LeftListed
        -30, // LeftListedBits
        -1500, // LeftListedShare
        -2000, // LeftBoth
        -400, // Against
        -50, // AgainstBits
        -1500, // AgainstPatronymic
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        200, // FormSame
        -100, // FormAgainst
        -50, // FormLeft
        -50, // ParticleLeft
        -800, // Single
        -300, // OneWord
        -300, // Short
        0, // Lopsided
        500, // CountrySame
        -300, // CountryDiffer
        -2000, // KindDiffer
        -500, // WeakName
    ],
    [
        -9000, // Start
        500, // BitsFew
        300, // BitsMore
        80, // BitsMany
        400, // Whole
        600, // Complete
        -300, // Edit
        -4000, // EditShare
        -1200, // EditKnown
        -1500, // EditShort
        -300, // EditMore
        -200, // Bridged
        -600, // BridgedShort
        -200, // Joined
        0, // Initial
        0, // Acronym
        -500, // LeftAsked
        -80, // LeftAskedBits
        -2500, // LeftAskedShare
        -100, // LeftListed
        -30, // LeftListedBits
        -1500, // LeftListedShare
        -2000, // LeftBoth
        -400, // Against
        -50, // AgainstBits
        -1500, // AgainstPatronymic
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        200, // FormSame
        -100, // FormAgainst
        -50, // FormLeft
        -50, // ParticleLeft
        -800, // Single
        -300, // OneWord
        -300, // Short
        0, // Lopsided
        500, // CountrySame
        -300, // CountryDiffer
        -2000, // KindDiffer
        -500, // WeakName
    ],
];
