//! The words that a field takes from a fixed set, and what they mean.

use super::{Delivery, Direction, Function, Role};
use crate::Schema;

macro_rules! words {
    ($type:ident, $list:ident, $($variant:ident = $word:literal),+ $(,)?) => {
        impl $type {
            /// All, in the order they are documented.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in a deal file.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            /// Reads the word, exactly as a deal file spells it.
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        pub(super) const $list: &[&str] = &[$($word),+];
    };
}

words!(Direction, DIRECTIONS, Sale = "sale", Purchase = "purchase");

words!(
    Role,
    ROLES,
    EndUser = "end-user",
    Consignee = "consignee",
    Intermediary = "intermediary",
    Distributor = "distributor",
    Integrator = "integrator",
    Bank = "bank",
    Carrier = "carrier",
    Supplier = "supplier",
    Broker = "broker",
    GovernmentSponsor = "government-sponsor",
    Director = "director",
    Owner = "owner",
);

words!(
    Delivery,
    DELIVERIES,
    Shipment = "shipment",
    Download = "download",
    RemoteAccess = "remote-access",
    Service = "service",
);

words!(
    Function,
    FUNCTIONS,
    Police = "police",
    Intelligence = "intelligence",
    Military = "military",
    Prison = "prison",
    Border = "border",
    Government = "government",
    TelecomOperator = "telecom-operator",
    University = "university",
    Company = "company",
    Trader = "trader",
    Laboratory = "laboratory",
    Hospital = "hospital",
    Civil = "civil-society",
    Public = "public",
);

/// FollowTheMoney's names, as [`Schema`] has them.
pub(super) const SCHEMATA: &[&str] = &{
    let mut words = [""; Schema::ALL.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = schema_word(Schema::ALL[at]);
        at += 1;
    }
    words
};

const fn schema_word(schema: Schema) -> &'static str {
    match schema {
        Schema::LegalEntity => "LegalEntity",
        Schema::Person => "Person",
        Schema::Organization => "Organization",
        Schema::Company => "Company",
        Schema::PublicBody => "PublicBody",
        Schema::Vessel => "Vessel",
        Schema::Airplane => "Airplane",
        Schema::Address => "Address",
        Schema::Thing => "Thing",
    }
}

/// A word of the set that means the same: other case, a space or `_` for `-`.
pub(super) fn same_word<'a>(text: &str, words: &[&'a str]) -> Option<&'a str> {
    let plain = |word: &str| -> String {
        word.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let wanted = plain(text);
    words.iter().copied().find(|word| plain(word) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_ones_serde_writes() {
        for role in Role::ALL {
            let json = serde_json::to_value(role).unwrap();
            assert_eq!(json, role.as_str());
            assert_eq!(Role::parse(role.as_str()), Some(*role));
        }
        for delivery in Delivery::ALL {
            assert_eq!(serde_json::to_value(delivery).unwrap(), delivery.as_str());
        }
        for direction in Direction::ALL {
            assert_eq!(serde_json::to_value(direction).unwrap(), direction.as_str());
        }
        for (schema, word) in Schema::ALL.iter().zip(SCHEMATA) {
            assert_eq!(schema.as_str(), *word);
        }
    }

    #[test]
    fn other_spellings_of_a_word_are_recognised() {
        assert_eq!(same_word("End User", ROLES), Some("end-user"));
        assert_eq!(
            same_word("government_sponsor", ROLES),
            Some("government-sponsor")
        );
        assert_eq!(same_word("customer", ROLES), None);
    }
}
