//! The names of the lists in the file, and ours.

/// A list as the file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// One of Commerce's or State's.
    Own(&'static str),
    /// One of the Treasury's: the file it stands in at OFAC, and the list.
    Treasury(&'static str, &'static str),
}

/// By the short name in brackets, which the file has kept while the long ones changed.
const SOURCES: [(&str, Source); 18] = [
    ("13599", Source::Treasury("us-ofac-cons", "us-ofac-cons")),
    ("CAP", Source::Treasury("us-ofac-cons", "us-ofac-cap")),
    ("CMIC", Source::Treasury("us-ofac-cons", "us-ofac-cmic")),
    ("DPL", Source::Own("us-bis-dpl")),
    ("DTC", Source::Own("us-state-dtc")),
    ("EL", Source::Own("us-bis-el")),
    ("FSE", Source::Treasury("us-ofac-cons", "us-ofac-fse")),
    ("ISA", Source::Treasury("us-ofac-cons", "us-ofac-cons")),
    ("ISN", Source::Own("us-state-isn")),
    ("MBS", Source::Treasury("us-ofac-cons", "us-ofac-mbs")),
    ("MEU", Source::Own("us-bis-meu")),
    ("NS-CMIC", Source::Treasury("us-ofac-cons", "us-ofac-cmic")),
    ("NS-ISA", Source::Treasury("us-ofac-cons", "us-ofac-cons")),
    ("NS-MBS", Source::Treasury("us-ofac-cons", "us-ofac-mbs")),
    ("PLC", Source::Treasury("us-ofac-cons", "us-ofac-plc")),
    ("SDN", Source::Treasury("us-ofac-sdn", "us-ofac-sdn")),
    ("SSI", Source::Treasury("us-ofac-cons", "us-ofac-ssi")),
    ("UVL", Source::Own("us-bis-uvl")),
];

/// `Entity List (EL) - Bureau of Industry and Security`.
pub(super) fn find(name: &str) -> Option<Source> {
    let short = match name.split_once('(') {
        Some((_, rest)) => rest.split_once(')')?.0,
        None => name,
    };
    let short = short.trim().trim_end_matches("List").trim();
    SOURCES
        .binary_search_by_key(&short, |(name, _)| name)
        .ok()
        .map(|at| SOURCES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_found_by_their_short_name() {
        assert!(SOURCES.is_sorted_by_key(|(name, _)| *name));
        let of = |name| find(name);
        assert_eq!(
            of("Entity List (EL) - Bureau of Industry and Security"),
            Some(Source::Own("us-bis-el"))
        );
        assert_eq!(
            of("Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department"),
            Some(Source::Treasury("us-ofac-cons", "us-ofac-mbs"))
        );
        assert_eq!(of("Moon List (ML) - Department of Tides"), None);
        assert_eq!(of(""), None);
    }
}
