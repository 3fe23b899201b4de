//! The lists the shared files hold.

use anyhow::{Context as _, Result};

/// A list and where its rows are from.
pub(crate) struct List {
    /// Our id.
    pub(crate) id: &'static str,
    /// Who publishes it.
    pub(crate) authority: &'static str,
    /// The publisher's page.
    pub(crate) link: &'static str,
    /// The newest day the files state for its content.
    pub(crate) as_of: &'static str,
    /// Whether an entity has one designation on it, however often it is printed.
    pub(crate) once: bool,
}

const LISTS: [List; 20] = [
    List {
        id: "eu-fsf",
        authority: "European Commission, DG FISMA",
        link: "https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions",
        as_of: "2026-01-28",
        once: true,
    },
    List {
        id: "gb-uksl",
        authority: "Foreign, Commonwealth and Development Office",
        link: "https://www.gov.uk/government/publications/the-uk-sanctions-list",
        as_of: "2026-05",
        once: true,
    },
    List {
        id: "un-sc",
        authority: "United Nations Security Council",
        link: "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
        as_of: "2026-01-28",
        once: true,
    },
    List {
        id: "us-bis-dpl",
        authority: "Bureau of Industry and Security",
        link: "https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl",
        as_of: "2026-07-31",
        once: false,
    },
    List {
        id: "us-bis-el",
        authority: "Bureau of Industry and Security",
        link: "https://www.ecfr.gov/current/title-15/part-744/appendix-Supplement%20No.%204%20to%20Part%20744",
        as_of: "2026-07-31",
        once: true,
    },
    List {
        id: "us-bis-meu",
        authority: "Bureau of Industry and Security",
        link: "https://www.ecfr.gov/current/title-15/part-744/appendix-Supplement%20No.%207%20to%20Part%20744",
        as_of: "2026-07-31",
        once: true,
    },
    List {
        id: "us-bis-uvl",
        authority: "Bureau of Industry and Security",
        link: "https://www.ecfr.gov/current/title-15/part-744/appendix-Supplement%20No.%206%20to%20Part%20744",
        as_of: "2026-07-31",
        once: true,
    },
    List {
        id: "us-cbp-wro",
        authority: "Customs and Border Protection",
        link: "https://www.cbp.gov/trade/forced-labor/withhold-release-orders-and-findings",
        as_of: "2026-07-09",
        once: false,
    },
    List {
        id: "us-state-dtc",
        authority: "Department of State, Directorate of Defense Trade Controls",
        link: "https://www.pmddtc.state.gov/ddtc_public?id=ddtc_kb_article_page&sys_id=c22d1833dbb8d300d0a370131f9619f0",
        as_of: "2026-07-31",
        once: false,
    },
    List {
        id: "us-dhs-uflpa",
        authority: "Department of Homeland Security, Forced Labor Enforcement Task Force",
        link: "https://www.dhs.gov/uflpa-entity-list",
        as_of: "2026-07-09",
        once: true,
    },
    List {
        id: "us-dod-1260h",
        authority: "Department of War",
        link: "https://www.federalregister.gov/citation/91-FR-35189",
        as_of: "2026-06-10",
        once: true,
    },
    List {
        id: "us-dod-1286",
        authority: "Department of War",
        link: "https://basicresearch.defense.gov/Programs/Academic-Research-Security/",
        as_of: "2026-07-09",
        once: true,
    },
    List {
        id: "us-fcc-covered",
        authority: "Federal Communications Commission",
        link: "https://www.fcc.gov/supplychain/coveredlist",
        as_of: "2026-07-09",
        once: true,
    },
    List {
        id: "us-ofac-cap",
        authority: "Office of Foreign Assets Control",
        link: "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
        as_of: "2026-07-31",
        once: true,
    },
    List {
        id: "us-ofac-cmic",
        authority: "Office of Foreign Assets Control",
        link: "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
        as_of: "2026-07-31",
        once: true,
    },
    List {
        id: "us-ofac-mbs",
        authority: "Office of Foreign Assets Control",
        link: "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
        as_of: "2026-07-31",
        once: true,
    },
    List {
        id: "us-ofac-plc",
        authority: "Office of Foreign Assets Control",
        link: "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
        as_of: "2026-07-31",
        once: true,
    },
    List {
        id: "us-ofac-sdn",
        authority: "Office of Foreign Assets Control",
        link: "https://sanctionslist.ofac.treas.gov/Home/SdnList",
        as_of: "2026-07-31",
        once: true,
    },
    List {
        id: "us-ofac-ssi",
        authority: "Office of Foreign Assets Control",
        link: "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
        as_of: "2026-07-31",
        once: true,
    },
    List {
        id: "us-state-isn",
        authority: "Department of State, Bureau of International Security and Nonproliferation",
        link: "https://www.state.gov/key-topics-bureau-of-international-security-and-nonproliferation/nonproliferation-sanctions/",
        as_of: "2026-07-31",
        once: false,
    },
];

/// The list of that id.
pub(crate) fn of(id: &str) -> Result<&'static List> {
    LISTS
        .iter()
        .find(|list| list.id == id)
        .with_context(|| format!("no list {id} in the table of lists"))
}
