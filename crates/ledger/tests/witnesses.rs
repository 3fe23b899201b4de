//! Witnesses that are away, slow, ahead, or lie; and what a quorum is worth.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use crate::common::{Bench, NOW, copy};
use scruple_ledger::log::{Published, Witnessing};
use scruple_ledger::merkle::{Hash, check_consistency, from_base64};
use scruple_ledger::witness::cosignature::{Cosigner, cosignatures};
use scruple_ledger::witness::{AddCheckpoint, Answer, Policy, Said};
use scruple_ledger::{Checkpoint, LedgerError, Log};
use scruple_note::Verifier;

/// What a witness does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Honest,
    Away,
    /// Signs another text.
    OtherText,
    /// Signs with a key that is not its own.
    OtherKey,
    /// Sends what is no signature.
    Garbage,
    /// Dates its signatures an hour ahead.
    Ahead,
    /// Signs, and answers with what it signed the first time.
    Replays,
    /// Dies when its state is saved and nothing is signed yet.
    Dies,
}

/// A witness as c2sp.org/tlog-witness describes it.
struct Witness {
    cosigner: Cosigner,
    log: Verifier,
    manner: Manner,
    size: u64,
    root: Option<Hash>,
    first: Option<String>,
    asked: Vec<String>,
}

impl Witness {
    fn new(n: u8, log: Verifier) -> Self {
        Self {
            cosigner: Cosigner::new(&format!("w{n}.example"), [n; 32]),
            log,
            manner: Manner::Honest,
            size: 0,
            root: None,
            first: None,
            asked: Vec::new(),
        }
    }

    fn answer(&mut self, body: &str) -> Result<Answer, String> {
        let is = |status, body: String| {
            Ok(Answer {
                status,
                body: body.into_bytes(),
            })
        };
        self.asked.push(body.lines().next().unwrap().to_owned());
        if self.manner == Manner::Away {
            return Err("no route".to_owned());
        }
        let (head, note) = body.split_once("\n\n").unwrap();
        let mut lines = head.lines();
        let old: u64 = lines
            .next()
            .unwrap()
            .strip_prefix("old ")
            .unwrap()
            .parse()
            .unwrap();
        let proof: Vec<Hash> = lines.map(|line| from_base64(line).unwrap()).collect();
        let Ok(checkpoint) = Checkpoint::open(note.as_bytes(), std::slice::from_ref(&self.log))
        else {
            return is(403, String::new());
        };
        if old > checkpoint.size {
            return is(400, String::new());
        }
        if old != self.size {
            return is(409, format!("{}\n", self.size));
        }
        if old == checkpoint.size && self.root.is_some_and(|root| root != checkpoint.root) {
            return is(409, format!("{}\n", self.size));
        }
        if old > 0
            && check_consistency(
                old,
                checkpoint.size,
                &proof,
                &self.root.unwrap(),
                &checkpoint.root,
            )
            .is_err()
        {
            return is(422, String::new());
        }
        // State first, then the signature.
        (self.size, self.root) = (checkpoint.size, Some(checkpoint.root));
        if self.manner == Manner::Dies {
            return Err("the connection was closed".to_owned());
        }
        let text = checkpoint.text();
        let line = match self.manner {
            Manner::OtherText => self.cosigner.line("other\n0\nx\n", NOW),
            Manner::OtherKey => {
                Cosigner::new(self.cosigner.witness().name(), [99; 32]).line(&text, NOW)
            }
            Manner::Garbage => "no signature\n".to_owned(),
            Manner::Ahead => self.cosigner.line(&text, NOW + 3600),
            _ => self.cosigner.line(&text, NOW),
        };
        let first = self.first.get_or_insert_with(|| line.clone()).clone();
        is(
            200,
            if self.manner == Manner::Replays {
                first
            } else {
                line
            },
        )
    }
}

#[derive(Default)]
struct World(BTreeMap<String, Witness>);

impl AddCheckpoint for World {
    fn add_checkpoint(&mut self, address: &str, body: &str) -> Result<Answer, String> {
        self.0.get_mut(address).ok_or("nobody there")?.answer(body)
    }
}

/// A log whose policy asks for two of three witnesses.
fn two_of_three() -> (Bench, World) {
    let bench = Bench::empty();
    let names = [1_u8, 2, 3];
    let mut policy = String::new();
    for n in names {
        let key = Cosigner::new(&format!("w{n}.example"), [n; 32]).witness();
        policy.push_str(&format!("witness w{n} {key} https://w{n}\n"));
    }
    policy.push_str("group g 2 w1 w2 w3\nquorum g\n");
    bench.create(Some(&policy));
    let log = bench.open().unwrap();
    let verifier: Verifier = log.status(NOW).verifier.parse().unwrap();
    let world = names.map(|n| (format!("https://w{n}"), Witness::new(n, verifier.clone())));
    (bench, World(world.into_iter().collect()))
}

fn publish(log: &mut Log, world: &mut World) -> Result<Published, LedgerError> {
    log.checkpoint(
        NOW,
        &mut Witnessing {
            client: world,
            seen: &[],
        },
    )
}

fn is_witnessed(published: &Published) -> bool {
    published.standing.as_ref().unwrap().witnessed
}

#[test]
fn check_44_two_of_three_make_it_witnessed_and_one_leaves_it_unwitnessed() {
    let (mut bench, mut world) = two_of_three();
    let mut log = bench.open().unwrap();
    bench.add(&mut log, 0..10).unwrap();
    world.0.get_mut("https://w3").unwrap().manner = Manner::Away;
    let published = publish(&mut log, &mut world).unwrap();
    assert!(is_witnessed(&published));
    assert_eq!(published.note.matches("— w").count(), 2);
    bench.add(&mut log, 10..20).unwrap();
    world.0.get_mut("https://w2").unwrap().manner = Manner::Away;
    let published = publish(&mut log, &mut world).unwrap();
    // Published all the same, and said to be unwitnessed.
    assert!(!is_witnessed(&published));
    assert_eq!(published.checkpoint.size, 20);
    let file = std::fs::read_to_string(bench.public().join("checkpoint")).unwrap();
    assert_eq!(file, published.note);
    // Once it is back it signs the same checkpoint.
    world.0.get_mut("https://w2").unwrap().manner = Manner::Honest;
    assert!(is_witnessed(&publish(&mut log, &mut world).unwrap()));
}

#[test]
fn check_43_a_witness_that_saw_another_size_gets_a_proof_from_there() {
    let (mut bench, mut world) = two_of_three();
    let mut log = bench.open().unwrap();
    bench.add(&mut log, 0..300).unwrap();
    publish(&mut log, &mut world).unwrap();
    // One misses two checkpoints.
    world.0.get_mut("https://w1").unwrap().manner = Manner::Away;
    for names in [300..400, 400..700] {
        bench.add(&mut log, names).unwrap();
        publish(&mut log, &mut world).unwrap();
    }
    world.0.get_mut("https://w1").unwrap().manner = Manner::Honest;
    bench.add(&mut log, 700..710).unwrap();
    let published = publish(&mut log, &mut world).unwrap();
    let said = &published
        .asked
        .iter()
        .find(|one| one.name == "w1.example")
        .unwrap()
        .said;
    assert!(matches!(said, Said::Signed { .. }), "{said:?}");
    let asked = &world.0["https://w1"].asked;
    assert_eq!(asked[asked.len() - 1], "old 300");
}

#[test]
fn check_45_and_40_what_is_no_signature_of_its_own_over_our_text_is_dropped() {
    for manner in [
        Manner::OtherText,
        Manner::OtherKey,
        Manner::Garbage,
        Manner::Ahead,
    ] {
        let (mut bench, mut world) = two_of_three();
        let mut log = bench.open().unwrap();
        bench.add(&mut log, 0..10).unwrap();
        for witness in world.0.values_mut() {
            witness.manner = manner;
        }
        let published = publish(&mut log, &mut world).unwrap();
        assert!(!is_witnessed(&published));
        assert!(!published.note.contains("— w"));
        assert!(
            published
                .asked
                .iter()
                .all(|one| matches!(one.said, Said::NotASignature(_)))
        );
    }
}

#[test]
fn check_47_a_cosignature_of_an_older_checkpoint_does_not_verify_on_a_newer_one() {
    let (mut bench, mut world) = two_of_three();
    let mut log = bench.open().unwrap();
    bench.add(&mut log, 0..10).unwrap();
    for witness in world.0.values_mut() {
        witness.manner = Manner::Replays;
    }
    let first = publish(&mut log, &mut world).unwrap();
    assert!(is_witnessed(&first));
    bench.add(&mut log, 10..20).unwrap();
    let second = publish(&mut log, &mut world).unwrap();
    assert!(!is_witnessed(&second) && !second.note.contains("— w"));
    // Nor if somebody pastes the lines under it.
    let line = first
        .note
        .lines()
        .find(|line| line.contains("w1.example"))
        .unwrap();
    let pasted = format!("{}{line}\n", second.note);
    let (text, lines) = scruple_note::signatures(pasted.as_bytes()).unwrap();
    let keys = [Cosigner::new("w1.example", [1; 32]).witness()];
    assert!(cosignatures(text, &lines, &keys).is_empty());
}

#[test]
fn check_21_and_23_a_witness_that_is_ahead_stops_an_old_copy_before_it_signs() {
    let (mut bench, mut world) = two_of_three();
    let mut log = bench.open().unwrap();
    bench.add(&mut log, 0..10).unwrap();
    publish(&mut log, &mut world).unwrap();
    drop(log);
    let backup = bench.dir.path().join("backup");
    copy(&bench.data(), &backup.join("data"));
    copy(&bench.public(), &backup.join("log"));
    let mut log = bench.open().unwrap();
    bench.add(&mut log, 10..20).unwrap();
    publish(&mut log, &mut world).unwrap();
    drop(log);
    for name in ["data", "log"] {
        let to = bench.dir.path().join(name);
        std::fs::remove_dir_all(&to).unwrap();
        copy(&backup.join(name), &to);
    }
    let mut log = bench.open().unwrap();
    bench.add(&mut log, 30..35).unwrap();
    let error = publish(&mut log, &mut world).unwrap_err();
    assert!(
        matches!(
            error,
            LedgerError::Behind {
                seen: 20,
                here: 10,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(log.signed().size, 10);
}

#[test]
fn check_25_two_servers_with_one_key_are_told_apart_by_the_witnesses() {
    let (mut bench, mut world) = two_of_three();
    let other = Bench::empty();
    copy(&bench.data(), &other.data());
    copy(&bench.public(), &other.public());
    let mut log = bench.open().unwrap();
    bench.add(&mut log, 0..10).unwrap();
    publish(&mut log, &mut world).unwrap();
    let mut other = other;
    let (data, public) = (other.data(), other.public());
    let mut opening = other.opening(&data, scruple_ledger::Disk::new());
    opening.public = Some(&public);
    let mut second = Log::open(opening).unwrap();
    other.add(&mut second, 500..512).unwrap();
    let published = publish(&mut second, &mut world).unwrap();
    assert!(!is_witnessed(&published));
    assert!(
        published
            .asked
            .iter()
            .all(|one| one.said == Said::OtherHistory),
        "{:?}",
        published.asked
    );
    assert!(
        published.asked[0]
            .said
            .in_words()
            .contains("another history")
    );
    // Whatever it adds, no witness ever signs it.
    other.add(&mut second, 512..513).unwrap();
    let again = publish(&mut second, &mut world).unwrap();
    assert!(!is_witnessed(&again) && !again.note.contains("— w"));
    assert!(again.asked.iter().all(|one| one.said == Said::OtherHistory));
    // And the first stays witnessed.
    bench.add(&mut log, 10..11).unwrap();
    assert!(is_witnessed(&publish(&mut log, &mut world).unwrap()));
}

#[test]
fn check_48_a_witness_refuses_a_bad_signature_and_an_unknown_log_and_keeps_its_state() {
    let (mut bench, mut world) = two_of_three();
    let mut log = bench.open().unwrap();
    bench.add(&mut log, 0..10).unwrap();
    let stranger: Verifier = scruple_note::new_key("x.example", [9; 32])
        .unwrap()
        .verifier
        .parse()
        .unwrap();
    for witness in world.0.values_mut() {
        witness.log = stranger.clone();
    }
    let published = publish(&mut log, &mut world).unwrap();
    assert!(
        published
            .asked
            .iter()
            .all(|one| one.said == Said::Refused(403))
    );
    assert!(world.0.values().all(|witness| witness.size == 0));
    assert!(!is_witnessed(&published));
}

/// The ledger is no witness. What it owes to one that crashed: it asks again, from what the
/// witness saved, and shows it the same tree.
#[test]
fn check_49_a_witness_that_died_between_its_state_and_its_signature_signs_the_same_tree_later() {
    let (mut bench, mut world) = two_of_three();
    let mut log = bench.open().unwrap();
    bench.add(&mut log, 0..10).unwrap();
    for witness in world.0.values_mut() {
        witness.manner = Manner::Dies;
    }
    let first = publish(&mut log, &mut world).unwrap();
    assert!(!is_witnessed(&first) && !first.note.contains("— w"));
    assert!(
        first
            .asked
            .iter()
            .all(|one| matches!(one.said, Said::Silent(_)))
    );
    let root = first.checkpoint.root;
    assert!(world.0.values().all(|witness| witness.root == Some(root)));
    for witness in world.0.values_mut() {
        witness.manner = Manner::Honest;
    }
    // The same tree, and then one that continues it; each witness saw nothing else between.
    let again = publish(&mut log, &mut world).unwrap();
    assert!(is_witnessed(&again));
    assert_eq!(again.checkpoint, first.checkpoint);
    bench.add(&mut log, 10..20).unwrap();
    assert!(is_witnessed(&publish(&mut log, &mut world).unwrap()));
    // One that lost what it saved gets the proof from where it is, and no other tree.
    world.0.get_mut("https://w1").unwrap().size = 10;
    world.0.get_mut("https://w1").unwrap().root = Some(root);
    bench.add(&mut log, 20..30).unwrap();
    let last = publish(&mut log, &mut world).unwrap();
    assert_eq!(last.note.matches("— w").count(), 3);
}

#[test]
fn check_13_a_changed_bit_in_a_cosignature_is_named() {
    use scruple_ledger::audit::{Asked, Directory, Kind, audit};
    let (mut bench, mut world) = two_of_three();
    let mut log = bench.open().unwrap();
    bench.add(&mut log, 0..10).unwrap();
    let published = publish(&mut log, &mut world).unwrap();
    let policy = log.policy().unwrap().clone();
    let asked = Asked {
        location: "the log",
        key: None,
        policy: Some(&policy),
        others: &[],
        max_age_days: 30,
        now: NOW,
    };
    let look = || {
        audit(&mut Directory::new(bench.public()), &[], &asked)
            .unwrap()
            .0
    };
    let report = look();
    assert!(!report.is_broken() && report.witnessed() == "witnessed");
    let at = published.note.find("w2.example").unwrap() + 40;
    let mut bytes = published.note.into_bytes();
    bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
    std::fs::write(bench.public().join("checkpoint"), bytes).unwrap();
    let report = look();
    assert_eq!(report.breaks[0].kind, Kind::Checkpoint);
    assert_eq!(report.breaks[0].file, "checkpoint");
    assert!(
        report.breaks[0].what.contains("w2.example"),
        "{:?}",
        report.breaks
    );
}

#[test]
fn check_46_the_same_key_twice_is_no_second_witness() {
    let one = Cosigner::new("a.example", [1; 32]).witness();
    let two = Cosigner::new("b.example", [1; 32]).witness();
    let text = format!("witness a {one}\nwitness b {two}\ngroup g 2 a b\nquorum g\n");
    assert!(Policy::parse(text.as_bytes()).is_err());
}
