//! Properties about what a person is.
//!
//! Official lists print some of them ("Physical description: ..."). None helps to
//! decide whether the law stops a deal, and each could be turned against people
//! like the one described. They are dropped on the way in, whatever the schema:
//! a `LegalEntity` may be a person.

/// In lower case, without `_`, `-` and spaces, as [`is_personal`] compares them.
const PERSONAL: [&str; 44] = [
    "appearance",
    "biometric",
    "biometrics",
    "bloodtype",
    "bodymarks",
    "build",
    "caste",
    "complexion",
    "disability",
    "dna",
    "ethnicgroup",
    "ethnicity",
    "ethnicorigin",
    "eyecolor",
    "eyecolour",
    "faceimage",
    "fingerprint",
    "fingerprints",
    "gender",
    "genderidentity",
    "haircolor",
    "haircolour",
    "health",
    "height",
    "maritalstatus",
    "medical",
    "nativelanguage",
    "photo",
    "physicaldescription",
    "political",
    "politicalopinion",
    "politicalparty",
    "politicalviews",
    "race",
    "religion",
    "sect",
    "sex",
    "sexuality",
    "sexualorientation",
    "skincolor",
    "skincolour",
    "spokenlanguage",
    "tribe",
    "weight",
];

/// Whether a property says what a person is, so that we do not keep it.
pub fn is_personal(property: &str) -> bool {
    let plain: String = property
        .chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect();
    PERSONAL.binary_search(&plain.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        assert!(PERSONAL.is_sorted());
    }

    #[test]
    fn spelling_does_not_let_a_property_through() {
        for name in [
            "religion",
            "Religion",
            "eye_color",
            "hairColor",
            "sexual-orientation",
        ] {
            assert!(is_personal(name), "{name}");
        }
        for name in [
            "name",
            "nationality",
            "birthDate",
            "position",
            "grossRegisteredTonnage",
        ] {
            assert!(!is_personal(name), "{name}");
        }
    }
}
