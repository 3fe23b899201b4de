//! Who counts as a witness, and how many it takes. <https://c2sp.org/tlog-policy>.

use std::collections::BTreeMap;

use scruple_note::Verifier;

use super::{Cosignature, Witness};

/// Lines of each kind read at most.
const MOST: usize = 256;

/// A trust policy: logs, witnesses, and a quorum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The logs' keys, each with the address that was given for it.
    pub logs: Vec<(Verifier, Option<String>)>,
    /// The witnesses' keys, each with its submission address.
    pub witnesses: Vec<(Witness, Option<String>)>,
    groups: Vec<Group>,
    quorum: Member,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    threshold: usize,
    members: Vec<Member>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Member {
    /// Nobody is needed.
    #[default]
    Nobody,
    Witness(usize),
    Group(usize),
}

/// What is wrong with a policy, with its line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct PolicyFault {
    /// From 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// How a checkpoint stands with a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether the quorum is reached. A policy without a quorum is never reached: what
    /// nobody has to witness is unwitnessed.
    pub witnessed: bool,
    /// Every witness of the policy, in its order, and what came from it.
    pub counted: Vec<Counted>,
}

/// What came from one witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Its name.
    pub name: String,
    /// When it signed, where it did and it counts.
    pub time: Option<i64>,
    /// Why what it signed does not count.
    pub why_not: Option<String>,
}

/// What one key under both names would be.
const ITSELF: &str = "one key for a log and a witness: a log cannot witness itself";

/// A witness's clock may be this far ahead of ours, in seconds.
const AHEAD: i64 = 300;

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// All its problems at once.
    pub fn parse(text: &[u8]) -> Result<Self, Vec<PolicyFault>> {
        let mut policy = Self::default();
        let mut names = BTreeMap::new();
        names.insert("none".to_owned(), Member::Nobody);
        let mut quorum = None;
        let mut used = Vec::new();
        let mut faults = Vec::new();
        // Names are bytes to the format; ours must be UTF-8, as addresses and keys are.
        let text = match std::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => {
                return Err(vec![PolicyFault {
                    line: 1,
                    what: "it is not UTF-8".to_owned(),
                }]);
            }
        };
        for (number, line) in text.split('\n').enumerate() {
            let outcome = policy.line(line, &mut names, &mut used, &mut quorum);
            if let Err(what) = outcome {
                faults.push(PolicyFault {
                    line: number + 1,
                    what,
                });
            }
        }
        match quorum {
            Some(member) => policy.quorum = member,
            None => faults.push(PolicyFault {
                line: text.lines().count().max(1),
                what: "it has no quorum line; `quorum none` asks for nobody".to_owned(),
            }),
        }
        if faults.is_empty() {
            Ok(policy)
        } else {
            Err(faults)
        }
    }

    fn line(
        &mut self,
        line: &str,
        names: &mut BTreeMap<String, Member>,
        used: &mut Vec<String>,
        quorum: &mut Option<Member>,
    ) -> Result<(), String> {
        if line.chars().any(|c| c < ' ' && c != '\t' || c == '\u{7f}') {
            return Err("a control character stands in it".to_owned());
        }
        let words: Vec<&str> = line.split([' ', '\t']).filter(|w| !w.is_empty()).collect();
        match words[..] {
            [] => Ok(()),
            [first, ..] if first.starts_with('#') => Ok(()),
            ["log", key] => self.log(key, None),
            ["log", key, address] => self.log(key, Some(address)),
            ["witness", name, key] => self.witness(name, key, None, names),
            ["witness", name, key, address] => self.witness(name, key, Some(address), names),
            ["group", name, threshold, ref members @ ..] if !members.is_empty() => {
                self.group(name, threshold, members, names, used)
            }
            ["quorum", name] => {
                if quorum.is_some() {
                    return Err("a second quorum".to_owned());
                }
                let member = names.get(name);
                *quorum = Some(*member.ok_or(format!("nothing above is called {name}"))?);
                Ok(())
            }
            _ => Err("expected log, witness, group or quorum, and what belongs to it".to_owned()),
        }
    }

    fn log(&mut self, key: &str, address: Option<&str>) -> Result<(), String> {
        let key: Verifier = key.parse().map_err(|fault| format!("{fault}"))?;
        if self.logs.iter().any(|(known, _)| known.key() == key.key()) {
            return Err("the same log a second time".to_owned());
        }
        if self.logs.len() >= MOST {
            return Err(format!("more than {MOST} logs"));
        }
        if self
            .witnesses
            .iter()
            .any(|(known, _)| known.key() == key.key())
        {
            return Err(ITSELF.to_owned());
        }
        self.logs.push((key, address.map(str::to_owned)));
        Ok(())
    }

    fn witness(
        &mut self,
        name: &str,
        key: &str,
        address: Option<&str>,
        names: &mut BTreeMap<String, Member>,
    ) -> Result<(), String> {
        let key: Witness = key.parse().map_err(|fault| format!("{fault}"))?;
        if self
            .witnesses
            .iter()
            .any(|(known, _)| known.key() == key.key())
        {
            return Err("one key under two names would count twice".to_owned());
        }
        if self.witnesses.len() >= MOST {
            return Err(format!("more than {MOST} witnesses"));
        }
        if self.logs.iter().any(|(known, _)| known.key() == key.key()) {
            return Err(ITSELF.to_owned());
        }
        define(names, name, Member::Witness(self.witnesses.len()))?;
        self.witnesses.push((key, address.map(str::to_owned)));
        Ok(())
    }

    fn group(
        &mut self,
        name: &str,
        threshold: &str,
        members: &[&str],
        names: &mut BTreeMap<String, Member>,
        used: &mut Vec<String>,
    ) -> Result<(), String> {
        if self.groups.len() >= MOST {
            return Err(format!("more than {MOST} groups"));
        }
        let mut found = Vec::new();
        for member in members {
            match names.get(*member) {
                None => return Err(format!("nothing above is called {member}")),
                Some(Member::Nobody) => return Err("none is no member".to_owned()),
                Some(known) if used.iter().all(|used| used != member) => {
                    used.push((*member).to_owned());
                    found.push(*known);
                }
                Some(_) => {
                    return Err(format!(
                        "{member} is a member already, and would count twice"
                    ));
                }
            }
        }
        let threshold = match threshold {
            "all" => found.len(),
            "any" => 1,
            number => number
                .parse()
                .ok()
                .filter(|n| (1..=found.len()).contains(n) && n.to_string() == *number)
                .ok_or(format!(
                    "a group of {} needs all, any, or a number from 1 to {}",
                    found.len(),
                    found.len()
                ))?,
        };
        define(names, name, Member::Group(self.groups.len()))?;
        self.groups.push(Group {
            threshold,
            members: found,
        });
        Ok(())
    }

    /// Whether anybody has to sign.
    pub fn asks_for_witnesses(&self) -> bool {
        self.quorum != Member::Nobody
    }

    /// The witnesses' keys.
    pub fn keys(&self) -> Vec<Witness> {
        self.witnesses.iter().map(|(key, _)| key.clone()).collect()
    }

    /// How these cosignatures, of [`Policy::keys`], stand. `now` in Unix seconds;
    /// `oldest` is how many seconds old a cosignature may be, where that matters.
    pub fn standing(&self, found: &[Cosignature], now: i64, oldest: Option<i64>) -> Standing {
        let counted: Vec<Counted> = self
            .witnesses
            .iter()
            .enumerate()
            .map(|(at, (key, _))| {
                // The newest counts: a log may keep an older one beside it.
                let newest = found
                    .iter()
                    .filter(|one| one.witness == at)
                    .map(|one| one.time)
                    .max();
                let why_not = newest.and_then(|time| {
                    if time > now.saturating_add(AHEAD) {
                        Some("it is dated in the future".to_owned())
                    } else if oldest.is_some_and(|oldest| time < now.saturating_sub(oldest)) {
                        Some("it is older than the limit".to_owned())
                    } else {
                        None
                    }
                });
                Counted {
                    name: key.name().to_owned(),
                    time: newest.filter(|_| why_not.is_none()),
                    why_not,
                }
            })
            .collect();
        let signed: Vec<bool> = counted.iter().map(|one| one.time.is_some()).collect();
        Standing {
            witnessed: self.quorum != Member::Nobody && self.reached(self.quorum, &signed),
            counted,
        }
    }

    fn reached(&self, member: Member, signed: &[bool]) -> bool {
        match member {
            Member::Nobody => false,
            Member::Witness(at) => signed[at],
            Member::Group(at) => {
                let group = &self.groups[at];
                let count = group
                    .members
                    .iter()
                    .filter(|member| self.reached(**member, signed))
                    .count();
                count >= group.threshold
            }
        }
    }
}

fn define(names: &mut BTreeMap<String, Member>, name: &str, member: Member) -> Result<(), String> {
    if names.contains_key(name) {
        return Err(format!("{name} is defined already"));
    }
    names.insert(name.to_owned(), member);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::cosignature::Cosigner;
    use super::*;

    fn key(n: u8) -> String {
        Cosigner::new(&format!("w{n}.example"), [n; 32])
            .witness()
            .to_string()
    }

    fn two_of_three() -> Policy {
        let text = format!(
            "# who counts\nwitness a {}\n\twitness b {} https://b.example/\nwitness c {}\n\
             group g 2 a b c\nquorum g\n",
            key(1),
            key(2),
            key(3)
        );
        Policy::parse(text.as_bytes()).unwrap()
    }

    fn by(witness: usize, time: i64) -> Cosignature {
        Cosignature {
            witness,
            time,
            line: String::new(),
        }
    }

    #[test]
    fn check_44_two_of_three_are_a_quorum_and_one_is_not() {
        let policy = two_of_three();
        assert!(
            policy
                .standing(&[by(0, 100), by(2, 100)], 100, None)
                .witnessed
        );
        assert!(!policy.standing(&[by(1, 100)], 100, None).witnessed);
        assert!(
            !policy
                .standing(&[by(1, 100), by(1, 99)], 100, None)
                .witnessed
        );
    }

    #[test]
    fn check_40_a_cosignature_of_the_future_or_too_old_does_not_count_and_says_why() {
        let policy = two_of_three();
        let standing = policy.standing(&[by(0, 100_000 + 3600), by(1, 100_000)], 100_000, None);
        assert!(!standing.witnessed);
        assert!(
            standing.counted[0]
                .why_not
                .as_ref()
                .unwrap()
                .contains("future")
        );
        let standing = policy.standing(&[by(0, 0), by(1, 100_000)], 100_000, Some(86_400));
        assert!(!standing.witnessed);
        assert!(
            standing.counted[0]
                .why_not
                .as_ref()
                .unwrap()
                .contains("older")
        );
    }

    #[test]
    fn check_46_one_key_under_two_names_is_refused() {
        let other = Cosigner::new("other.example", [1; 32]).witness();
        let text = format!(
            "witness a {}\nwitness b {other}\ngroup g all a b\nquorum g\n",
            key(1)
        );
        let faults = Policy::parse(text.as_bytes()).unwrap_err();
        assert!(
            faults
                .iter()
                .any(|fault| fault.line == 2 && fault.what.contains("twice")),
            "{faults:?}"
        );
    }

    #[test]
    fn a_log_is_no_witness_of_itself() {
        let log = scruple_note::new_key("log.example", [1; 32])
            .unwrap()
            .verifier;
        for text in [
            format!("log {log}\nwitness a {}\nquorum a\n", key(1)),
            format!("witness a {}\nlog {log}\nquorum a\n", key(1)),
        ] {
            let faults = Policy::parse(text.as_bytes()).unwrap_err();
            assert!(faults[0].what.contains("itself"), "{faults:?}");
        }
    }

    #[test]
    fn nobody_witnesses_a_log_whose_policy_asks_for_nobody() {
        let policy = Policy::parse(b"quorum none\n").unwrap();
        assert!(!policy.standing(&[], 0, None).witnessed);
    }

    #[test]
    fn what_would_count_twice_or_stands_nowhere_is_refused_with_its_line() {
        let k = key(1);
        for (text, line) in [
            (format!("witness a {k}\ngroup g any a a\nquorum g\n"), 2),
            (format!("witness a {k}\ngroup g 2 a\nquorum g\n"), 2),
            (format!("witness none {k}\nquorum none\n"), 1),
            (format!("group g any a\nwitness a {k}\nquorum g\n"), 1),
            (format!("witness a {k}\nquorum a\nquorum none\n"), 3),
            ("quorum a\n".to_owned(), 1),
            ("\n".to_owned(), 1),
            ("quorum none\rx\n".to_owned(), 1),
        ] {
            let faults = Policy::parse(text.as_bytes()).unwrap_err();
            assert_eq!(faults[0].line, line, "{text:?} {faults:?}");
        }
    }
}
