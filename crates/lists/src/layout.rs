//! The layouts, each with its name, and whether a full file has proved its parser.

use scruple_model::ListId;

/// An official file layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// OFAC `sdn.xml`, `consolidated.xml` (root `sdnList`).
    OfacXml,
    /// OFAC `sdn_advanced.xml`, `cons_advanced.xml` (root `Sanctions`).
    OfacAdvancedXml,
    /// OFAC `sdn.csv`, `alt.csv`, `add.csv`, `sdn_comments.csv`, and the `cons_` set.
    OfacCsv,
    /// US Consolidated Screening List, JSON.
    CslJson,
    /// US Consolidated Screening List, CSV.
    CslCsv,
    /// BIS Denied Persons List, `dpl.txt`.
    BisDplTxt,
    /// UK Sanctions List, XML.
    UkXml,
    /// UK Sanctions List, CSV.
    UkCsv,
    /// OFSI `ConList.csv`.
    OfsiCsv,
    /// OFSI `ConList.xlsx`.
    OfsiXlsx,
    /// UN Security Council consolidated list, XML.
    UnXml,
    /// EU consolidated financial sanctions list, XML 1.1.
    EuXml,
    /// EU consolidated financial sanctions list, CSV.
    EuCsv,
    /// Swiss SECO list, XML.
    SecoXml,
    /// Canadian autonomous sanctions (SEMA/JVCFOA), XML.
    CanadaXml,
    /// Australian DFAT consolidated list, XLSX.
    AustraliaXlsx,
    /// The page of the UFLPA Entity List.
    UflpaHtml,
    /// A list that exists only as a notice, copied out by hand into a pack.
    Transcribed,
}

impl Layout {
    /// All, in the order they are documented.
    pub const ALL: [Self; 18] = [
        Self::OfacXml,
        Self::OfacAdvancedXml,
        Self::OfacCsv,
        Self::CslJson,
        Self::CslCsv,
        Self::BisDplTxt,
        Self::UkXml,
        Self::UkCsv,
        Self::OfsiCsv,
        Self::OfsiXlsx,
        Self::UnXml,
        Self::EuXml,
        Self::EuCsv,
        Self::SecoXml,
        Self::CanadaXml,
        Self::AustraliaXlsx,
        Self::UflpaHtml,
        Self::Transcribed,
    ];

    /// The id kept with a snapshot.
    pub fn id(self) -> &'static str {
        match self {
            Self::OfacXml => "ofac-xml",
            Self::OfacAdvancedXml => "ofac-advanced-xml",
            Self::OfacCsv => "ofac-csv",
            Self::CslJson => "csl-json",
            Self::CslCsv => "csl-csv",
            Self::BisDplTxt => "bis-dpl-txt",
            Self::UkXml => "uk-xml",
            Self::UkCsv => "uk-csv",
            Self::OfsiCsv => "ofsi-csv",
            Self::OfsiXlsx => "ofsi-xlsx",
            Self::UnXml => "un-xml",
            Self::EuXml => "eu-xml",
            Self::EuCsv => "eu-csv",
            Self::SecoXml => "seco-xml",
            Self::CanadaXml => "canada-xml",
            Self::AustraliaXlsx => "australia-xlsx",
            Self::UflpaHtml => "uflpa-html",
            Self::Transcribed => "transcribed",
        }
    }

    /// Reads the id.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.id() == id)
    }

    /// Whether the parser has read a full official file with the publisher's own
    /// count. The others were written from schemas and short samples: a full file
    /// must still prove them.
    pub fn proven(self) -> bool {
        matches!(
            self,
            Self::OfacXml
                | Self::OfacAdvancedXml
                | Self::OfacCsv
                | Self::BisDplTxt
                | Self::OfsiCsv
                | Self::OfsiXlsx
                | Self::UnXml
                | Self::CanadaXml
                | Self::AustraliaXlsx
                | Self::UflpaHtml
                | Self::Transcribed
        )
    }

    /// How many records a full file has at least. One that is smaller is an
    /// excerpt, and proves nothing about the layout.
    pub fn full_file(self) -> u64 {
        match self {
            Self::SecoXml => 500,
            Self::UflpaHtml | Self::Transcribed | Self::BisDplTxt | Self::UnXml => 50,
            _ => 1_000,
        }
    }

    /// Whether a file in this layout never says of what day it is, so that whoever
    /// brings it has to.
    pub fn needs_a_date(self) -> bool {
        matches!(
            self,
            Self::OfacCsv | Self::BisDplTxt | Self::CanadaXml | Self::AustraliaXlsx
        )
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::OfacXml => "OFAC XML",
            Self::OfacAdvancedXml => "OFAC advanced XML",
            Self::OfacCsv => "OFAC CSV",
            Self::CslJson => "US Consolidated Screening List JSON",
            Self::CslCsv => "US Consolidated Screening List CSV",
            Self::BisDplTxt => "BIS dpl.txt",
            Self::UkXml => "UK Sanctions List XML",
            Self::UkCsv => "UK Sanctions List CSV",
            Self::OfsiCsv => "OFSI ConList CSV",
            Self::OfsiXlsx => "OFSI ConList workbook",
            Self::UnXml => "UN consolidated XML",
            Self::EuXml => "EU financial sanctions XML 1.1",
            Self::EuCsv => "EU financial sanctions CSV",
            Self::SecoXml => "SECO XML",
            Self::CanadaXml => "Canadian sanctions XML",
            Self::AustraliaXlsx => "DFAT workbook",
            Self::UflpaHtml => "UFLPA Entity List page",
            Self::Transcribed => "transcribed notice",
        }
    }

    /// Whether the file does not say which of two lists it is.
    pub fn leaves_the_list_open(self) -> bool {
        matches!(self, Self::OfacXml | Self::OfacCsv)
    }

    /// Whether the file is the consolidated US list, which repeats other lists.
    pub fn is_consolidated(self) -> bool {
        matches!(self, Self::CslJson | Self::CslCsv)
    }

    /// The list a file in this layout is, where it can be only one.
    pub fn only_list(self) -> Option<ListId> {
        let id = match self {
            Self::BisDplTxt => "us-bis-dpl",
            Self::UkXml | Self::UkCsv | Self::OfsiCsv | Self::OfsiXlsx => "gb-uksl",
            Self::UnXml => "un-sc",
            Self::EuXml | Self::EuCsv => "eu-fsf",
            Self::SecoXml => "ch-seco",
            Self::CanadaXml => "ca-sema",
            Self::AustraliaXlsx => "au-dfat",
            Self::UflpaHtml => "us-dhs-uflpa",
            Self::OfacXml
            | Self::OfacAdvancedXml
            | Self::OfacCsv
            | Self::CslJson
            | Self::CslCsv
            | Self::Transcribed => return None,
        };
        Some(ListId::from(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_is_found_by_its_id() {
        for layout in Layout::ALL {
            assert_eq!(Layout::parse(layout.id()), Some(layout));
        }
        assert_eq!(Layout::parse("ftm"), None);
    }
}
