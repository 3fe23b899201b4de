//! The names other people use for the lists we know.
//!
//! Ours are `country-publisher[-list]`. The field's are the data set names of
//! FollowTheMoney exports, and the programme ids found on their designations,
//! which matter where one export holds many lists (the US consolidated one does).

use crate::ListId;

/// Our own ids of official lists, sorted. `us-ofac-cons` stands for OFAC's lists
/// other than the SDN list where a file does not say which of them it means.
pub const KNOWN_LISTS: [&str; 28] = [
    "au-dfat",
    "ca-sema",
    "ch-seco",
    "eu-fsf",
    "gb-uksl",
    "jp-meti-eul",
    "jp-mof-sanctions",
    "ua-nsdc",
    "un-sc",
    "us-bis-dpl",
    "us-bis-el",
    "us-bis-meu",
    "us-bis-uvl",
    "us-cbp-wro",
    "us-dhs-uflpa",
    "us-dod-1260h",
    "us-dod-1286",
    "us-fcc-covered",
    "us-ofac-cap",
    "us-ofac-cmic",
    "us-ofac-cons",
    "us-ofac-fse",
    "us-ofac-mbs",
    "us-ofac-plc",
    "us-ofac-sdn",
    "us-ofac-ssi",
    "us-state-dtc",
    "us-state-isn",
];

/// Data set names, then programme ids, with our id for each. Our own id written
/// with `_` (`eu_fsf`) needs no entry.
const ALIASES: [(&str, &str); 39] = [
    ("au_dfat_sanctions", "au-dfat"),
    ("ca_dfatd_sema_sanctions", "ca-sema"),
    ("ch_seco_sanctions", "ch-seco"),
    ("gb_fcdo_sanctions", "gb-uksl"),
    ("gb_hmt_sanctions", "gb-uksl"),
    ("ua_nsdc_sanctions", "ua-nsdc"),
    ("un_sc_sanctions", "un-sc"),
    ("us_bis_denied", "us-bis-dpl"),
    ("us_bis_entity", "us-bis-el"),
    ("us_bis_entity_list", "us-bis-el"),
    ("us_bis_military_end_user", "us-bis-meu"),
    ("us_bis_unverified_list", "us-bis-uvl"),
    ("us_cbp_forced_labor", "us-cbp-wro"),
    ("us_ddtc_debarred", "us-state-dtc"),
    ("us_dod_chinese_milcorps", "us-dod-1260h"),
    ("us_dow_1260h", "us-dod-1260h"),
    ("us_dow_1286", "us-dod-1286"),
    ("us_ofac_capta", "us-ofac-cap"),
    ("us_ofac_nscmic", "us-ofac-cmic"),
    ("us_ofac_nsmbs", "us-ofac-mbs"),
    ("us_state_nonproliferation", "us-state-isn"),
    ("us_uflpa_entity_list", "us-dhs-uflpa"),
    ("US-AECA-DEBARRED", "us-state-dtc"),
    ("US-BIS-DPL", "us-bis-dpl"),
    ("US-BIS-EL", "us-bis-el"),
    ("US-BIS-MEU", "us-bis-meu"),
    ("US-BIS-UVL", "us-bis-uvl"),
    ("US-CAPTA", "us-ofac-cap"),
    ("US-DDTC-SD", "us-state-dtc"),
    ("US-DOD-1260H", "us-dod-1260h"),
    ("US-DOS-ISN", "us-state-isn"),
    ("US-MCCAIN-1286", "us-dod-1286"),
    ("US-NS-CMIC", "us-ofac-cmic"),
    ("US-NS-MBS", "us-ofac-mbs"),
    ("US-NS-PLC", "us-ofac-plc"),
    ("US-SSI", "us-ofac-ssi"),
    ("US-UFLPA", "us-dhs-uflpa"),
    ("jp_mof", "jp-mof-sanctions"),
    ("us_fcc_covered_list", "us-fcc-covered"),
];

/// Our id for an official list, from our own or from the field's name for it.
pub fn list_alias(name: &str) -> Option<ListId> {
    let name = name.trim();
    let ours = name.replace('_', "-");
    KNOWN_LISTS
        .iter()
        .find(|&&known| known == ours)
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
