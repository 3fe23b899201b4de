//! The names other people use for the lists we know.
//!
//! Ours are `country-publisher[-list]`. The field's are the data set names of
//! FollowTheMoney exports, and the programme ids found on their designations,
//! which matter where one export holds many lists (the US consolidated one does).

use crate::ListId;

/// Our own ids of official lists, sorted.
pub const KNOWN_LISTS: [&str; 24] = [
    "au-dfat",
    "ca-sema",
    "ch-seco",
    "eu-fsf",
    "gb-ofsi",
    "gb-uksl",
    "jp-meti-eul",
    "jp-mof",
    "nz-russia",
    "ua-nsdc",
    "un-sc",
    "us-bis-dpl",
    "us-bis-el",
    "us-bis-meu",
    "us-bis-uvl",
    "us-cbp-wro",
    "us-ddtc-debarred",
    "us-dhs-uflpa",
    "us-dod-1260h",
    "us-dod-1286",
    "us-fcc-covered",
    "us-ofac-cons",
    "us-ofac-sdn",
    "us-state-isn",
];

/// Data set names, then programme ids, with our id for each.
const ALIASES: [(&str, &str); 37] = [
    ("au_dfat_sanctions", "au-dfat"),
    ("ca_dfatd_sema_sanctions", "ca-sema"),
    ("ch_seco_sanctions", "ch-seco"),
    ("eu_fsf", "eu-fsf"),
    ("gb_fcdo_sanctions", "gb-uksl"),
    ("gb_hmt_sanctions", "gb-ofsi"),
    ("jp_meti_eul", "jp-meti-eul"),
    ("jp_mof_sanctions", "jp-mof"),
    ("nz_russia_sanctions", "nz-russia"),
    ("ua_nsdc_sanctions", "ua-nsdc"),
    ("un_sc_sanctions", "un-sc"),
    ("us_bis_denied", "us-bis-dpl"),
    ("us_bis_entity", "us-bis-el"),
    ("us_bis_meu", "us-bis-meu"),
    ("us_bis_uvl", "us-bis-uvl"),
    ("us_cbp_forced_labor", "us-cbp-wro"),
    ("us_ddtc_debarred", "us-ddtc-debarred"),
    ("us_dhs_uflpa", "us-dhs-uflpa"),
    ("us_dod_chinese_milcorps", "us-dod-1260h"),
    ("us_fcc_covered", "us-fcc-covered"),
    ("us_ofac_cons", "us-ofac-cons"),
    ("us_ofac_sdn", "us-ofac-sdn"),
    ("us_state_nonproliferation", "us-state-isn"),
    ("US-AECA-DEBARRED", "us-ddtc-debarred"),
    ("US-BIS-DPL", "us-bis-dpl"),
    ("US-BIS-EL", "us-bis-el"),
    ("US-BIS-MEU", "us-bis-meu"),
    ("US-BIS-UVL", "us-bis-uvl"),
    ("US-CAPTA", "us-ofac-cons"),
    ("US-DOD-1260H", "us-dod-1260h"),
    ("US-DOS-ISN", "us-state-isn"),
    ("US-MCCAIN-1286", "us-dod-1286"),
    ("US-NS-CMIC", "us-ofac-cons"),
    ("US-NS-MBS", "us-ofac-cons"),
    ("US-NS-PLC", "us-ofac-cons"),
    ("US-SSI", "us-ofac-cons"),
    ("US-UFLPA", "us-dhs-uflpa"),
];

/// Our id for an official list, from our own or from the field's name for it.
pub fn list_alias(name: &str) -> Option<ListId> {
    let name = name.trim();
    KNOWN_LISTS
        .iter()
        .find(|&&known| known == name)
        .copied()
        .or_else(|| {
            ALIASES
                .iter()
                .find(|(alias, _)| *alias == name)
                .map(|&(_, ours)| ours)
        })
        .map(ListId::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_names_of_a_list_lead_to_it() {
        for name in ["us-ofac-sdn", "us_ofac_sdn"] {
            assert_eq!(list_alias(name), Some(ListId::from("us-ofac-sdn")));
        }
        assert_eq!(list_alias("US-BIS-EL"), Some(ListId::from("us-bis-el")));
        assert_eq!(list_alias("sanctions"), None);
    }

    #[test]
    fn every_alias_leads_to_a_list_we_know() {
        assert!(KNOWN_LISTS.is_sorted());
        for (alias, ours) in ALIASES {
            assert!(
                KNOWN_LISTS.binary_search(&ours).is_ok(),
                "{alias} -> {ours}"
            );
        }
    }
}
