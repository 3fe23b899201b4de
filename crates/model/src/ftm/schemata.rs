//! FollowTheMoney's schemata, and what we make of each.

use crate::Schema;

/// What a schema's name means for reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something with a name of its own.
    Thing(Schema),
    /// A designation.
    Sanction,
    /// Not read; the reason is for people.
    Skip(&'static str),
}

const EDGE: &str = "links two records; links are not read from list files";
const PAPER: &str = "an identity paper kept as a record of its own; not read";
const NOTE: &str = "an event, a payment or a document, not a party";

/// Schemata we have no type for fall to the nearest one we have; one nobody
/// knows is a `Thing`, so that its name can still be found.
pub(super) fn kind(schema: &str) -> Kind {
    if let Some(known) = Schema::parse(schema) {
        return Kind::Thing(known);
    }
    match schema {
        "Sanction" => Kind::Sanction,
        "Asset" | "Vehicle" | "RealEstate" | "CryptoWallet" | "Security" | "Project"
        | "Position" => Kind::Thing(Schema::Thing),
        "Associate" | "CourtCaseParty" | "Debt" | "Directorship" | "Documentation"
        | "EconomicActivity" | "Employment" | "Family" | "Interest" | "Membership" | "Mention"
        | "Occupancy" | "Ownership" | "ProjectParticipant" | "Representation" | "Similar"
        | "Succession" | "UnknownLink" => Kind::Skip(EDGE),
        "Identification" | "Passport" => Kind::Skip(PAPER),
        "Analyzable" | "Article" | "Assessment" | "Audio" | "BankAccount" | "Call" | "Contract"
        | "ContractAward" | "CourtCase" | "Document" | "Email" | "Event" | "Folder"
        | "HyperText" | "Image" | "Interval" | "License" | "Message" | "Note" | "Package"
        | "Page" | "Pages" | "Payment" | "PlainText" | "Post" | "Risk" | "Table" | "TaxRoll"
        | "Trip" | "UserAccount" | "Value" | "Video" | "Workbook" => Kind::Skip(NOTE),
        _ => Kind::Thing(Schema::Thing),
    }
}

/// The schema of a record that is described twice: the more exact one where both
/// may be true, else `Thing`, which no check is asked to tell from another.
pub(super) fn both(first: Schema, second: Schema) -> Schema {
    if first == second {
        return first;
    }
    if !first.may_be(second) {
        return Schema::Thing;
    }
    let vague = |schema| {
        [Schema::Thing, Schema::LegalEntity, Schema::Organization]
            .iter()
            .position(|&known| known == schema)
            .unwrap_or(usize::MAX)
    };
    // Both may be true, so the one that says more wins; of two equally exact ones, the first.
    if vague(second) > vague(first) {
        second
    } else {
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_nobody_knows_keeps_its_name_findable() {
        assert_eq!(kind("Spaceship"), Kind::Thing(Schema::Thing));
        assert_eq!(kind("Vehicle"), Kind::Thing(Schema::Thing));
    }

    #[test]
    fn edges_are_skipped_with_a_reason() {
        assert!(matches!(kind("Ownership"), Kind::Skip(_)));
        assert!(matches!(kind("Passport"), Kind::Skip(_)));
    }

    #[test]
    fn two_descriptions_give_the_more_exact_schema() {
        assert_eq!(both(Schema::LegalEntity, Schema::Company), Schema::Company);
        assert_eq!(both(Schema::Company, Schema::LegalEntity), Schema::Company);
        assert_eq!(both(Schema::Thing, Schema::Vessel), Schema::Vessel);
        assert_eq!(both(Schema::Person, Schema::Vessel), Schema::Thing);
    }
}
