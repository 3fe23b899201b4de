//! The pack of publishers: which addresses give which list.

use scruple_model::ListId;
use scruple_model::ftm::KNOWN_LISTS;
use scruple_model::{Problem, Span};
use scruple_pack::{Entry, Pack, PackError, PackProblem, load};
use serde::{Deserialize, Deserializer};

use super::address::is_host_name;
use super::{Address, Expects};

/// The name of the pack: `publishers`.
const NAME: &str = "publishers";

/// Files that a publisher gives for one list or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublisherBody {
    /// The lists that these files feed, by our ids.
    pub lists: Vec<ListId>,
    /// Id of the layout they are in.
    pub layout: String,
    /// Whether `scruple sync` takes it unasked. Of two sets for one list, one does.
    pub usual: bool,
    /// The files, all of which belong together.
    pub parts: Vec<Part>,
    /// Hosts beside the parts' own that a redirect may lead to.
    #[serde(default)]
    pub redirect_hosts: Vec<String>,
    /// Bytes of one file at most, as sent and as unpacked.
    pub max_bytes: u64,
    /// Its terms, in our words.
    pub licence: String,
    /// How often it changes, in days: an older copy is stale.
    pub cadence_days: u16,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The publisher's name for it: `sdn.xml`. It says which of two like files this is.
    pub name: String,
    /// Where it is.
    #[serde(deserialize_with = "address")]
    pub url: Address,
    /// What kind of file comes.
    pub expects: Expects,
}

fn address<'de, D: Deserializer<'de>>(from: D) -> Result<Address, D::Error> {
    let text = String::deserialize(from)?;
    Address::parse(&text).map_err(|fault| serde::de::Error::custom(format!("{text:?}: {fault}")))
}

/// Types the pack's text.
///
/// # Errors
/// Every problem at once: an address that is not plain https, a list nobody knows, a
/// host that is none, two parts of one name, two usual sets for one list, limits of zero.
pub fn publishers(text: &str) -> Result<Pack<PublisherBody>, PackError> {
    let pack: Pack<PublisherBody> = load(NAME, text)?;
    let mut problems = Vec::new();
    for (at, entry) in pack.entries.iter().enumerate() {
        for what in faults(entry, &pack.entries[..at]) {
            problems.push(PackProblem {
                pack: NAME.to_owned(),
                problem: Problem {
                    at: line_of(text, entry),
                    field: String::new(),
                    what: format!("{}: {what}", entry.id),
                    expected: None,
                    nearest: None,
                    next: "mend this entry".to_owned(),
                },
            });
        }
    }
    if problems.is_empty() {
        Ok(pack)
    } else {
        Err(PackError(problems))
    }
}

fn faults(entry: &Entry<PublisherBody>, before: &[Entry<PublisherBody>]) -> Vec<String> {
    let body = &entry.body;
    let mut faults = Vec::new();
    if body.lists.is_empty() {
        faults.push("names no list".to_owned());
    }
    for list in &body.lists {
        if KNOWN_LISTS.binary_search(&list.as_str()).is_err() {
            faults.push(format!("nobody knows the list {list}"));
        }
        let twice = before
            .iter()
            .filter(|other| body.usual && other.body.usual)
            .find(|other| other.body.lists.contains(list) && other.body.lists.len() == 1);
        if let Some(other) = twice.filter(|_| body.lists.len() == 1) {
            faults.push(format!("{} is usual for {list} already", other.id));
        }
    }
    if body.parts.is_empty() {
        faults.push("has no part".to_owned());
    }
    for (at, part) in body.parts.iter().enumerate() {
        if part.name.is_empty() || part.name.contains(['/', '\\']) || part.name.starts_with('.') {
            faults.push(format!("{:?} is no plain file name", part.name));
        }
        if body.parts[..at].iter().any(|other| other.name == part.name) {
            faults.push(format!("two parts are named {}", part.name));
        }
    }
    for host in &body.redirect_hosts {
        if !is_host_name(host) {
            faults.push(format!("{host:?} is no plain host name in lower case"));
        }
    }
    for (name, text) in [("layout", &body.layout), ("licence", &body.licence)] {
        if text.trim().is_empty() {
            faults.push(format!("{name} is empty"));
        }
    }
    if body.max_bytes == 0 {
        faults.push("max_bytes is 0".to_owned());
    }
    if body.cadence_days == 0 {
        faults.push("cadence_days is 0".to_owned());
    }
    faults
}

fn line_of(text: &str, entry: &Entry<PublisherBody>) -> Span {
    let id = format!("id = \"{}\"", entry.id);
    text.find(&id)
        .map(|at| Span::locate(text, at..at + id.len()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
[[entry]]
id = "web.un-sc"
summary = "The file."
citation = { instrument = "The publisher's page" }
periods = [{ from = "2020-01-01", status = "guidance", citation = "the page" }]
checked = "2026-01-01"
verified = false
[entry.body]
lists = ["un-sc"]
layout = "un-xml"
usual = true
parts = [{ name = "consolidated.xml", url = "https://scsanctions.un.org/x.xml", expects = "xml" }]
redirect_hosts = ["files.un.org"]
max_bytes = 1000
licence = "Public."
cadence_days = 1
"#;

    fn refused(from: &str, to: &str) -> String {
        assert!(GOOD.contains(from), "{from}");
        publishers(&GOOD.replacen(from, to, 1))
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn a_good_pack_is_typed() {
        let pack = publishers(GOOD).unwrap();
        let body = &pack.entries[0].body;
        assert_eq!(body.parts[0].url.host(), "scsanctions.un.org");
        assert_eq!(body.parts[0].expects, Expects::Xml);
    }

    #[test]
    fn what_is_not_plain_https_is_refused() {
        for (url, why) in [
            ("http://scsanctions.un.org/x.xml", "only https"),
            ("https://scsanctions.un.org:444/x.xml", "a port"),
            ("https://me@scsanctions.un.org/x.xml", "a user name"),
            ("https://10.0.0.1/x.xml", "plain host name"),
        ] {
            let text = refused("https://scsanctions.un.org/x.xml", url);
            assert!(text.contains(why) && text.contains("line "), "{text}");
        }
    }

    #[test]
    fn every_fault_of_an_entry_is_named() {
        for (from, to, why) in [
            ("\"un-sc\"]", "\"un-sk\"]", "nobody knows the list un-sk"),
            ("[\"un-sc\"]", "[]", "names no list"),
            ("files.un.org", "https://files.un.org", "no plain host name"),
            ("files.un.org", "Files.un.org", "no plain host name"),
            ("max_bytes = 1000", "max_bytes = 0", "max_bytes is 0"),
            ("cadence_days = 1", "cadence_days = 0", "cadence_days is 0"),
            ("consolidated.xml", "../x", "no plain file name"),
            ("\"Public.\"", "\" \"", "licence is empty"),
            ("usual = true", "usuall = true", "unknown field"),
            ("\"xml\"", "\"exe\"", "unknown variant"),
        ] {
            let text = refused(from, to);
            assert!(text.contains(why), "{why}: {text}");
        }
    }

    #[test]
    fn two_usual_sets_for_one_list_are_refused() {
        let other = GOOD.replace("web.un-sc", "web.un-sc.2");
        let text = publishers(&format!("{GOOD}{other}"))
            .unwrap_err()
            .to_string();
        assert!(
            text.contains("web.un-sc is usual for un-sc already"),
            "{text}"
        );
        let unusual = other.replace("usual = true", "usual = false");
        assert!(publishers(&format!("{GOOD}{unusual}")).is_ok());
    }

    #[test]
    fn the_pack_in_the_repository_loads() {
        let pack = publishers(include_str!("../../../../packs/publishers.toml")).unwrap();
        for list in [
            "us-ofac-sdn",
            "us-ofac-cons",
            "us-bis-el",
            "us-bis-dpl",
            "gb-uksl",
            "un-sc",
            "eu-fsf",
            "ch-seco",
            "ca-sema",
            "au-dfat",
            "us-dhs-uflpa",
        ] {
            let usual = pack
                .entries
                .iter()
                .filter(|entry| entry.body.usual && entry.body.lists.contains(&list.into()));
            assert!(usual.count() > 0, "{list}");
        }
        // Nobody has compared the addresses yet: no entry may say so.
        assert!(pack.entries.iter().all(|entry| !entry.is_verified()));
    }
}
