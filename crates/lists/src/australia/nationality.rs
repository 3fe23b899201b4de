//! Citizenships as words: `Russian and Ukrainian`, `Iraq`, `Possibly Ethiopian`.
//!
//! The list writes a country or its adjective. An adjective that fits two countries
//! (`Congolese`) is none: it is kept as it stands, with a fault.

use scruple_model::Country;

use crate::party::Party;

/// Adjectives, in lower case, with their country.
const ADJECTIVES: [(&str, &str); 106] = [
    ("afghan", "af"),
    ("afghani", "af"),
    ("albanian", "al"),
    ("algerian", "dz"),
    ("american", "us"),
    ("angolan", "ao"),
    ("argentine", "ar"),
    ("armenian", "am"),
    ("australian", "au"),
    ("austrian", "at"),
    ("azerbaijani", "az"),
    ("bahraini", "bh"),
    ("bangladeshi", "bd"),
    ("belarusian", "by"),
    ("belarussian", "by"),
    ("belgian", "be"),
    ("bosnian", "ba"),
    ("brazilian", "br"),
    ("british", "gb"),
    ("bulgarian", "bg"),
    ("burmese", "mm"),
    ("burundian", "bi"),
    ("cambodian", "kh"),
    ("canadian", "ca"),
    ("chadian", "td"),
    ("chilean", "cl"),
    ("chinese", "cn"),
    ("colombian", "co"),
    ("croatian", "hr"),
    ("cuban", "cu"),
    ("cypriot", "cy"),
    ("czech", "cz"),
    ("danish", "dk"),
    ("dutch", "nl"),
    ("egyptian", "eg"),
    ("eritrean", "er"),
    ("estonian", "ee"),
    ("ethiopian", "et"),
    ("fijian", "fj"),
    ("filipino", "ph"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("georgian", "ge"),
    ("german", "de"),
    ("ghanaian", "gh"),
    ("greek", "gr"),
    ("haitian", "ht"),
    ("hungarian", "hu"),
    ("indian", "in"),
    ("indonesian", "id"),
    ("iranian", "ir"),
    ("iraqi", "iq"),
    ("irish", "ie"),
    ("israeli", "il"),
    ("italian", "it"),
    ("jamaican", "jm"),
    ("japanese", "jp"),
    ("jordanian", "jo"),
    ("kazakh", "kz"),
    ("kazakhstani", "kz"),
    ("kenyan", "ke"),
    ("kuwaiti", "kw"),
    ("kyrgyz", "kg"),
    ("latvian", "lv"),
    ("lebanese", "lb"),
    ("libyan", "ly"),
    ("lithuanian", "lt"),
    ("malaysian", "my"),
    ("malian", "ml"),
    ("mauritanian", "mr"),
    ("moldovan", "md"),
    ("montenegrin", "me"),
    ("moroccan", "ma"),
    ("nigerian", "ng"),
    ("north korean", "kp"),
    ("norwegian", "no"),
    ("omani", "om"),
    ("pakistani", "pk"),
    ("palestinian", "ps"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("qatari", "qa"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("rwandan", "rw"),
    ("saudi arabian", "sa"),
    ("senegalese", "sn"),
    ("serbian", "rs"),
    ("singaporean", "sg"),
    ("slovak", "sk"),
    ("somali", "so"),
    ("south african", "za"),
    ("spanish", "es"),
    ("sudanese", "sd"),
    ("swedish", "se"),
    ("swiss", "ch"),
    ("syrian", "sy"),
    ("tajik", "tj"),
    ("tunisian", "tn"),
    ("turkish", "tr"),
    ("ugandan", "ug"),
    ("ukrainian", "ua"),
    ("uzbek", "uz"),
    ("uzbekistani", "uz"),
    ("yemeni", "ye"),
    ("zimbabwean", "zw"),
];

/// Adds each citizenship in a text.
pub(super) fn put(party: &mut Party, field: &str, text: &str) {
    let whole = plain(text);
    if country_of(whole).is_some() {
        return add(party, field, whole);
    }
    for piece in whole
        .split([';', ',', '/', '\n'])
        .flat_map(|piece| piece.split(" and "))
    {
        let piece = plain(piece);
        if !piece.is_empty() {
            add(party, field, piece);
        }
    }
}

fn add(party: &mut Party, field: &str, text: &str) {
    match country_of(text) {
        Some(country) => party.add("nationality", country.code()),
        None => party.country("nationality", field, text),
    }
}

/// A country by its name or adjective; what the list says in brackets is a remark.
fn country_of(text: &str) -> Option<Country> {
    let named = |text: &str| {
        let lower = text.trim().to_lowercase();
        ADJECTIVES
            .binary_search_by_key(&lower.as_str(), |row| row.0)
            .ok()
            .and_then(|at| Country::parse(ADJECTIVES[at].1))
            .or_else(|| Country::parse(text))
    };
    named(text).or_else(|| named(text.split_once(" (")?.0))
}

fn plain(text: &str) -> &str {
    text.trim().trim_matches([';', ',', '.']).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_its_codes_exist() {
        assert!(ADJECTIVES.is_sorted_by_key(|row| row.0));
        for (word, code) in ADJECTIVES {
            assert!(Country::parse(code).is_some(), "{word}");
        }
    }

    #[test]
    fn an_adjective_of_two_countries_is_none() {
        assert_eq!(country_of("Congolese"), None);
        assert_eq!(country_of("Possibly Ethiopian"), None);
        assert_eq!(
            country_of("Indonesian (as at 2003)")
                .map(|c| c.code().to_owned())
                .as_deref(),
            Some("id")
        );
    }
}
