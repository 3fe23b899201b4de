//! A record id for lists whose publisher gives none.
//!
//! It is made of the list and the primary name alone, so that the record keeps its
//! id when an address, a citation or an alias is added, and so that one party has
//! one id whichever file it was read from. Rejected: the ids that the US
//! consolidated list prints for such records, since they are hashes of the whole
//! record and change with every word of it; and the line, which changes daily.

use scruple_model::ListId;
use scruple_model::hash::sha256_parts;

use crate::party::one_line;

/// The id of the party of that name on that list. Case, spaces and a point at the end
/// make no difference: `Co., Ltd` and `Co., Ltd.` stand on one page for one party.
pub(crate) fn of(list: &ListId, name: &str) -> String {
    let name = one_line(name).to_lowercase();
    let name = name.trim_end_matches(['.', ',', ' ']);
    if name.is_empty() {
        return String::new();
    }
    let hash = sha256_parts([list.as_str().as_bytes(), name.as_bytes()]);
    hash[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_id_on_each_list() {
        let list = ListId::from("us-bis-el");
        assert_eq!(of(&list, " Demo  Optics "), of(&list, "DEMO OPTICS"));
        assert_ne!(of(&list, "Demo Optics"), of(&list, "Demo Optic"));
        assert_ne!(
            of(&list, "Demo Optics"),
            of(&"us-bis-uvl".into(), "Demo Optics")
        );
        assert_eq!(of(&list, "Demo Co., Ltd."), of(&list, "Demo Co., Ltd"));
        assert_eq!(of(&list, " "), "");
    }
}
