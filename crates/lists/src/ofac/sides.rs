//! Which of OFAC's two files: the SDN list, or the one of all other lists; and
//! which of those other lists a record is on.
//!
//! The XML and CSV files print programmes only. Those of the small lists
//! (`NS-PLC`) stand on nearly no SDN record and those of the SDN list (`CUBA`) on no
//! other, so a file's records settle it together. A few programmes stand in both
//! and settle nothing.

use scruple_model::ListId;

use crate::Refused;

/// Programmes of one of the lists that are not the SDN list, with that list.
/// The second column: whether the programme stands on no SDN record alone.
const OTHER: [(&str, &str, bool); 12] = [
    ("561-Related", "us-ofac-cap", true),
    ("BURMA-EO14014", "us-ofac-mbs", false),
    ("CAATSA - RUSSIA", "us-ofac-mbs", false),
    ("CMIC-EO13959", "us-ofac-cmic", true),
    ("FSE-IR", "us-ofac-fse", true),
    ("FSE-SY", "us-ofac-fse", true),
    ("FSE-WMD", "us-ofac-fse", true),
    ("HKAA", "us-ofac-mbs", false),
    ("ILLICIT-DRUGS-EO14059", "us-ofac-mbs", false),
    ("NS-PLC", "us-ofac-plc", true),
    ("RUSSIA-EO14024", "us-ofac-mbs", false),
    ("UKRAINE-EO13662", "us-ofac-ssi", false),
];

pub(crate) const SDN: &str = "us-ofac-sdn";
pub(crate) const CONS: &str = "us-ofac-cons";

fn row(programme: &str) -> Option<&'static (&'static str, &'static str, bool)> {
    OTHER.iter().find(|(name, ..)| *name == programme)
}

/// The lists, other than the SDN list, that a record's programmes put it on.
/// `dated` are those for which the record itself prints a day of listing.
pub(super) fn lists_of<'a>(programmes: &[String], dated: &[&'a str]) -> Vec<&'a str> {
    let mut lists: Vec<&str> = dated.to_vec();
    for programme in programmes {
        if let Some((name, list, _)) = row(programme) {
            // A record of the sectoral list carries this programme too; only the
            // directive's own day says that it is on the menu-based list as well.
            let with_another = *name == "RUSSIA-EO14024"
                && (!dated.is_empty() || programmes.iter().any(|p| p == "UKRAINE-EO13662"));
            if !with_another && !lists.contains(list) {
                lists.push(list);
            }
        }
    }
    lists.sort_unstable();
    lists
}

/// Counts what the records' programmes say about the file.
#[derive(Default)]
pub(super) struct Sides {
    records: usize,
    sdn: usize,
    other: usize,
}

impl Sides {
    /// Adds a record.
    pub(super) fn record<'a>(&mut self, programmes: impl Iterator<Item = &'a str>) {
        let (mut any, mut known, mut alone) = (false, false, false);
        for programme in programmes {
            any = true;
            if let Some((_, _, only_there)) = row(programme) {
                known = true;
                alone |= only_there;
            }
        }
        self.records += 1;
        self.sdn += usize::from(any && !known);
        self.other += usize::from(alone);
    }

    /// The file they are of, where they settle it.
    pub(super) fn settled(&self) -> Option<ListId> {
        if self.sdn * 2 > self.records {
            Some(ListId::from(SDN))
        } else if self.other > 0 && self.sdn * 10 <= self.records {
            Some(ListId::from(CONS))
        } else {
            None
        }
    }
}

/// What the name of a file says.
pub(super) fn by_name(name: &str) -> Option<ListId> {
    let name = name.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
    let (sdn, cons) = (name.contains("sdn"), name.contains("cons"));
    match (sdn, cons) {
        (true, false) => Some(ListId::from(SDN)),
        (false, true) => Some(ListId::from(CONS)),
        _ => None,
    }
}

/// Puts together what the content settles and what the caller says.
pub(super) fn agreed(settled: Option<ListId>, said: Option<&ListId>) -> Result<ListId, Refused> {
    match (settled, said) {
        (Some(settled), Some(said)) if settled != *said => Err(Refused::Set {
            what: format!("the file is said to be {said}, and its records are those of {settled}"),
            next: format!("take it in as {settled}"),
        }),
        (Some(settled), _) => Ok(settled),
        (None, Some(said)) if said.as_str() == SDN || said.as_str() == CONS => Ok(said.clone()),
        (None, Some(said)) => Err(Refused::Set {
            what: format!("an OFAC file is {SDN} or {CONS}, not {said}"),
            next: "say which of the two it is".to_owned(),
        }),
        (None, None) => Err(Refused::Set {
            what: "nothing in the file says whether it is the SDN list or the other one".to_owned(),
            next: format!("say that it is {SDN} or {CONS}, or give it OFAC's own file name"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(records: &[&[&str]]) -> Option<String> {
        let mut sides = Sides::default();
        for record in records {
            sides.record(record.iter().copied());
        }
        sides.settled().map(|list| list.to_string())
    }

    #[test]
    fn programmes_tell_the_two_files_apart() {
        assert_eq!(settled(&[&["CUBA"]]).as_deref(), Some(SDN));
        assert_eq!(
            settled(&[&["NS-PLC"], &["SDGT", "NS-PLC"]]).as_deref(),
            Some(CONS)
        );
        assert_eq!(settled(&[&["RUSSIA-EO14024"]]), None);
        let mostly = [&["CUBA"][..], &["SDGT", "NS-PLC"], &["SDGT"]];
        assert_eq!(settled(&mostly).as_deref(), Some(SDN));
    }

    #[test]
    fn a_file_said_to_be_the_other_one_is_refused() {
        let (sdn, cons) = (ListId::from(SDN), ListId::from(CONS));
        assert!(agreed(Some(sdn.clone()), Some(&cons)).is_err());
        assert!(agreed(None, None).is_err());
        assert!(agreed(None, Some(&ListId::from("un-sc"))).is_err());
        assert_eq!(agreed(None, Some(&cons)), Ok(cons));
        assert_eq!(agreed(Some(sdn.clone()), None), Ok(sdn));
    }

    #[test]
    fn a_record_is_on_the_lists_of_its_programmes() {
        let of = |programmes: &[&str], dated: &[&'static str]| {
            let programmes: Vec<String> = programmes.iter().map(|p| (*p).to_owned()).collect();
            lists_of(&programmes, dated)
        };
        assert_eq!(of(&["NS-PLC", "SDGT"], &[]), ["us-ofac-plc"]);
        assert_eq!(of(&["RUSSIA-EO14024"], &[]), ["us-ofac-mbs"]);
        assert_eq!(
            of(&["UKRAINE-EO13662", "RUSSIA-EO14024"], &[]),
            ["us-ofac-ssi"]
        );
        assert_eq!(
            of(&["UKRAINE-EO13662", "RUSSIA-EO14024"], &["us-ofac-cap"]),
            ["us-ofac-cap", "us-ofac-ssi"]
        );
        assert_eq!(of(&["RUSSIA-EO14024"], &["us-ofac-cap"]), ["us-ofac-cap"]);
        assert!(of(&["NEW-PROGRAMME"], &[]).is_empty());
    }

    #[test]
    fn names_of_files() {
        let of = |name| by_name(name).map(|list| list.to_string());
        assert_eq!(of("/x/cons/sdn.xml").as_deref(), Some(SDN));
        assert_eq!(of("CONSOLIDATED.XML").as_deref(), Some(CONS));
        assert_eq!(of("alt.csv"), None);
    }
}
