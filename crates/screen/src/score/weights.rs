//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -2457, // Start
        0, // BitsFew
        88, // BitsMore
        447, // BitsMany
        262, // BitsRare
        54, // BitsRarest
        598, // Whole
        2148, // Complete
        0, // Edit
        0, // EditShare
        -11953, // EditRare
        -1232, // EditKnown
        -589, // EditShort
        -1566, // EditShortKnown
        0, // EditShortRare
        -139, // EditMore
        0, // Bridged
        0, // BridgedShort
        -2550, // Joined
        -1581, // Initial
        -1687, // Acronym
        246, // Meaning
        -473, // LeftAsked
        0, // LeftAskedBits
        -2000, // LeftAskedShare
        -253, // LeftListed
        -6, // LeftListedBits
        -45, // LeftListedShare
        -1287, // LeftAskedRare
        0, // LeftListedRare
        0, // LeftBothRare
        0, // LeftBoth
        -1210, // Against
        0, // AgainstBits
        -3800, // AgainstPatronymic
        -1831, // PatronymicAsked
        0, // PatronymicListed
        0, // FamilyBits
        0, // GivenBits
        0, // PatronymicSame
        0, // FamilyUnmet
        0, // FamilyAgainst
        0, // GivenUnmet
        0, // GivenAgainst
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormSame
        0, // FormAgainst
        -858, // FormLeft
        -526, // ParticleLeft
        -76, // Single
        0, // OneWord
        -45, // Short
        635, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -1552, // KindDiffer
        -3424, // PersonBody
        -500, // WeakName
    ],
    [
        247, // Start
        0, // BitsFew
        74, // BitsMore
        124, // BitsMany
        90, // BitsRare
        0, // BitsRarest
        1659, // Whole
        1095, // Complete
        0, // Edit
        -3886, // EditShare
        0, // EditRare
        -195, // EditKnown
        0, // EditShort
        -489, // EditShortKnown
        0, // EditShortRare
        -837, // EditMore
        0, // Bridged
        0, // BridgedShort
        -45, // Joined
        -1681, // Initial
        0, // Acronym
        -598, // Meaning
        0, // LeftAsked
        -29, // LeftAskedBits
        -2000, // LeftAskedShare
        0, // LeftListed
        -29, // LeftListedBits
        -972, // LeftListedShare
        -1886, // LeftAskedRare
        -34, // LeftListedRare
        -68, // LeftBothRare
        -951, // LeftBoth
        0, // Against
        0, // AgainstBits
        -1000, // AgainstPatronymic
        0, // PatronymicAsked
        -608, // PatronymicListed
        0, // FamilyBits
        0, // GivenBits
        0, // PatronymicSame
        0, // FamilyUnmet
        0, // FamilyAgainst
        0, // GivenUnmet
        0, // GivenAgainst
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormSame
        -1746, // FormAgainst
        -812, // FormLeft
        0, // ParticleLeft
        0, // Single
        0, // OneWord
        0, // Short
        -417, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -7803, // KindDiffer
        -9, // PersonBody
        -500, // WeakName
    ],
];
