//! Formats and proofs, against vectors that are not ours.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use crate::common::{self, Bench, NOW, copy, entry, shared, sign};
use scruple_ledger::checkpoint::{Checkpoint, CheckpointFault};
use scruple_ledger::merkle::{
    Hash, Range, check_consistency, check_inclusion, from_base64, leaf_hash, to_base64,
};
use scruple_ledger::proof::LogProof;
use scruple_ledger::{Disk, LogDir, canonical};
use scruple_note::{Signer, Verifier, new_key};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// A hash of a vector. Some vectors have words in place of hashes, where only equality
/// matters: each word stands for one hash. An empty one is none.
fn hash(value: &serde_json::Value) -> Option<Hash> {
    let text = value.as_str()?;
    from_base64(text).or_else(|| (!text.is_empty()).then(|| leaf_hash(text.as_bytes())))
}

fn proof(value: &serde_json::Value) -> Option<Vec<Hash>> {
    match value.as_array() {
        None => Some(Vec::new()),
        Some(all) => all.iter().map(hash).collect(),
    }
}

#[test]
fn check_04_every_vector_of_inclusion_and_consistency_agrees() {
    let Some(root) = shared("data/vectors/merkle/testdata") else {
        return;
    };
    let mut wrong = Vec::new();
    let mut count = 0;
    for kind in ["inclusion", "consistency"] {
        let mut found = Vec::new();
        files(&root.join(kind), &mut found);
        assert!(!found.is_empty());
        for path in found {
            let text = std::fs::read_to_string(&path).unwrap();
            let case: serde_json::Value = serde_json::from_str(&text).unwrap();
            let number = |name: &str| case[name].as_u64();
            // A hash that is no hash is an error before anything is computed.
            let outcome = (|| {
                let proof = proof(&case["proof"])?;
                if kind == "inclusion" {
                    let (leaf, root) = (hash(&case["leafHash"])?, hash(&case["root"])?);
                    let (at, size) = (number("leafIdx")?, number("treeSize")?);
                    check_inclusion(at, size, &leaf, &proof, &root).ok()
                } else {
                    let (one, two) = (hash(&case["root1"])?, hash(&case["root2"])?);
                    let (from, to) = (number("size1")?, number("size2")?);
                    check_consistency(from, to, &proof, &one, &two).ok()
                }
            })();
            if outcome.is_none() != case["wantErr"].as_bool().unwrap() {
                wrong.push(format!("{}: {}", path.display(), case["desc"]));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{count}\n{}", wrong.join("\n"));
}

#[test]
fn rfc_8785_vectors_agree() {
    let Some(root) = shared("data/vectors/jcs") else {
        return;
    };
    let mut count = 0;
    for entry in std::fs::read_dir(root.join("testdata/input")).unwrap() {
        let path = entry.unwrap().path();
        let input = std::fs::read_to_string(&path).unwrap();
        let output = root.join("testdata/output").join(path.file_name().unwrap());
        let output = std::fs::read_to_string(output).unwrap();
        assert_eq!(
            canonical(&input).unwrap(),
            output.trim_end(),
            "{}",
            path.display()
        );
        count += 1;
    }
    assert!(count > 0);
    let numbers = std::fs::read_to_string(root.join("es6_numbers_own.csv")).unwrap();
    let mut lines = 0;
    for line in numbers.lines() {
        let Some((bits, text)) = line.split_once(',') else {
            continue;
        };
        let Ok(bits) = u64::from_str_radix(bits, 16) else {
            continue;
        };
        let number = f64::from_bits(bits);
        if number.is_finite() {
            assert_eq!(canonical(&format!("{number:e}")).unwrap(), text, "{line}");
            lines += 1;
        }
    }
    assert!(lines > 1000, "{lines}");
}

#[test]
fn a_log_made_by_another_program_is_read() {
    let Some(root) = shared("data/vectors/c2sp/fixture_log_1000") else {
        return;
    };
    let bench = Bench::empty();
    copy(&root, &bench.public());
    std::fs::rename(bench.public().join("vkey"), bench.public().join("log.vkey")).unwrap();
    let log = LogDir::open(&bench.public(), &Disk::new()).unwrap();
    for index in [0, 255, 256, 999] {
        log.proof(index).unwrap();
    }
    let report = bench.audit();
    assert!(!report.is_broken(), "{:?}", report.breaks);
    assert_eq!(report.read, log.checkpoint.size);
    // Its other checkpoint of the same key is another history.
    let other = std::fs::read_to_string(root.join("fork-b-checkpoint-600")).unwrap();
    let report = bench.audit_with(std::slice::from_ref(&other));
    assert!(report.is_broken());
    assert!(
        report.breaks[0].evidence.contains(&other),
        "{:?}",
        report.breaks
    );
    let old = std::fs::read_to_string(root.join("old-checkpoint")).unwrap();
    assert!(
        !bench
            .audit_with(&[old])
            .breaks
            .iter()
            .any(|one| one.file != "checkpoint")
    );
}

#[test]
fn proofs_of_every_size_up_to_600_hold() {
    let leaves: Vec<Hash> = (0..600_u32).map(|n| leaf_hash(&n.to_be_bytes())).collect();
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    let mut range = Range::default();
    let mut roots = vec![range.root()];
    for leaf in &leaves {
        range.push(*leaf);
        roots.push(range.root());
    }
    bench.grow(&mut log, 0..600);
    let log = LogDir::open(&bench.public(), &Disk::new()).unwrap();
    for index in 0..600 {
        log.proof(index).unwrap();
    }
}

#[test]
fn check_02_logs_of_every_awkward_size_verify() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    let report = bench.audit();
    assert_eq!((report.size, report.is_broken()), (0, false));
    assert_eq!(
        report.root,
        to_base64(&scruple_ledger::merkle::empty_root())
    );
    let mut before = 0;
    for size in [1, 255, 256, 257, 65_536, 65_537] {
        bench.grow(&mut log, before..size);
        before = size;
        let report = bench.audit();
        assert!(!report.is_broken(), "{size}: {:?}", report.breaks);
        assert_eq!(report.read, size);
        let public = bench.public();
        if size == 256 {
            assert!(public.join("tile/0/000").is_file());
            assert!(public.join("tile/1/000.p/1").is_file());
            assert!(!public.join("tile/0/001.p").exists());
        }
    }
    let mut found = Vec::new();
    files(&bench.public(), &mut found);
    for path in found {
        assert!(
            std::fs::metadata(&path).unwrap().len() > 0,
            "{}",
            path.display()
        );
    }
}

fn key() -> (Signer, Verifier) {
    let pair = new_key("log.example", [5; 32]).unwrap();
    (pair.secret.parse().unwrap(), pair.verifier.parse().unwrap())
}

#[test]
fn check_07_a_checkpoint_that_others_would_read_differently_is_refused() {
    let (signer, verifier) = key();
    let root = to_base64(&leaf_hash(b"x"));
    let good = format!("log.example\n12\n{root}\n");
    let open = |text: &str| {
        let note = scruple_note::sign(text, &signer);
        Checkpoint::open(note.as_bytes(), std::slice::from_ref(&verifier))
    };
    assert_eq!(open(&good).unwrap().size, 12);
    assert!(open(&format!("{good}extension\n")).is_ok());
    for bad in [
        good.replace("12", "012"),
        good.replace("12", "+12"),
        good.replace("12", "-1"),
        good.replace("12", "18446744073709551616"),
        good.replace("12", "9223372036854775808"),
        good.replace("12\n", ""),
        good.replace('\n', "\r\n"),
        format!("{good}\n"),
        format!("{good}\n\n"),
        format!("{good}\nextension\n"),
        good.replacen("log.example", "", 1),
        good.replace(&root, &root[..43]),
        good.replace(&root, &format!("{root} ")),
        good.replace(&root, &root.replace('=', "")),
    ] {
        assert!(open(&bad).is_err(), "{bad:?}");
    }
    // Without its last newline it is no note.
    let note = scruple_note::sign(&good, &signer);
    assert!(Checkpoint::open(note.trim_end().as_bytes(), std::slice::from_ref(&verifier)).is_err());
}

#[test]
fn check_08_a_key_counts_by_name_and_id_together() {
    let (signer, verifier) = key();
    let checkpoint = Checkpoint {
        origin: "log.example".into(),
        size: 1,
        root: leaf_hash(b"x"),
        extensions: Vec::new(),
    };
    let note = checkpoint.sign(&signer);
    // Another key under the right name.
    let other: Verifier = new_key("log.example", [6; 32])
        .unwrap()
        .verifier
        .parse()
        .unwrap();
    assert!(matches!(
        Checkpoint::open(note.as_bytes(), &[other]),
        Err(CheckpointFault::Note(scruple_note::NoteFault::Unknown(_)))
    ));
    // The right id under another name.
    let renamed = note.replace("— log.example ", "— log.example.org ");
    assert!(Checkpoint::open(renamed.as_bytes(), std::slice::from_ref(&verifier)).is_err());
    // A key may not speak for another log.
    let foreign = Checkpoint {
        origin: "other.example".into(),
        ..checkpoint
    }
    .sign(&signer);
    assert!(matches!(
        Checkpoint::open(foreign.as_bytes(), &[verifier]),
        Err(CheckpointFault::Origin { .. })
    ));
}

#[test]
fn check_09_sixteen_strangers_beside_the_log_do_no_harm_and_help_nobody() {
    let (signer, verifier) = key();
    let checkpoint = Checkpoint {
        origin: "log.example".into(),
        size: 1,
        root: leaf_hash(b"x"),
        extensions: Vec::new(),
    };
    let mut note = checkpoint.sign(&signer);
    for n in 0..16_u8 {
        let name = format!("stranger{n}.example");
        note.push_str(&scruple_note::signature_line(&name, [n; 4], &[n; 64]));
    }
    assert!(Checkpoint::open(note.as_bytes(), std::slice::from_ref(&verifier)).is_ok());
    let at = note.find("— log.example ").unwrap() + "— log.example ".len() + 20;
    let mut bad = note.into_bytes();
    bad[at] = if bad[at] == b'A' { b'B' } else { b'A' };
    assert!(Checkpoint::open(&bad, &[verifier]).is_err());
}

#[test]
fn check_10_and_11_a_proof_proves_one_place_in_one_tree() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..300);
    let public = bench.public();
    let log_of_300 = LogDir::open(&public, &Disk::new()).unwrap();
    let proof = log_of_300.proof(7).unwrap();
    bench.grow(&mut log, 300..301);
    let log_of_301 = LogDir::open(&public, &Disk::new()).unwrap();
    let larger = &log_of_301.checkpoint;
    let entry = log_of_300.entry(7).unwrap();
    assert!(proof.check(&entry, larger.size, &larger.root).is_err());
    let log = log_of_300;
    let (size, root) = (log.checkpoint.size, log.checkpoint.root);
    assert!(proof.check(&entry, size, &root).is_ok());
    assert_eq!(LogProof::parse(&proof.text()).unwrap(), proof);
    let with = |change: &dyn Fn(&mut LogProof)| {
        let mut other = proof.clone();
        change(&mut other);
        other.check(&entry, size, &root)
    };
    assert!(with(&|p| p.index += 1).is_err());
    assert!(with(&|p| p.hashes.push([0; 32])).is_err());
    assert!(with(&|p| p.hashes.truncate(p.hashes.len() - 1)).is_err());
    assert!(with(&|p| p.hashes.clear()).is_err());
    assert!(with(&|p| p.hashes.swap(0, 1)).is_err());
    assert!(proof.check(&entry, 7, &root).is_err());
    assert!(proof.check(&log.entry(8).unwrap(), size, &root).is_err());
}

#[test]
fn check_50_a_line_that_a_log_adds_is_signed_and_means_nothing() {
    let (signer, verifier) = key();
    let checkpoint = Checkpoint {
        origin: "log.example".into(),
        size: 1,
        root: leaf_hash(b"x"),
        extensions: vec!["a line of the log".into()],
    };
    let note = checkpoint.sign(&signer);
    let opened = Checkpoint::open(note.as_bytes(), std::slice::from_ref(&verifier)).unwrap();
    assert_eq!(opened, checkpoint);
    let changed = note.replace("a line", "A line");
    assert!(Checkpoint::open(changed.as_bytes(), &[verifier]).is_err());
}

#[test]
fn check_53_a_copied_proof_is_checked_offline_with_the_key_alone() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..300);
    let disclosure = log.disclose(42).unwrap();
    let key: Verifier = disclosure.log.parse().unwrap();
    drop(log);
    let text = disclosure.text();
    drop(bench);
    let read = scruple_ledger::Disclosure::parse(&text).unwrap();
    let shown = read.verify(Some(&key), None, NOW).unwrap();
    assert_eq!((shown.index, shown.content.as_str()), (42, "{\"n\":42}"));
    for at in 0..read.proof.len() {
        let mut changed = read.clone();
        changed.proof[at] = to_base64(&[9; 32]);
        assert!(changed.verify(Some(&key), None, NOW).is_err());
    }
    for changed in [
        scruple_ledger::Disclosure {
            index: 43,
            ..read.clone()
        },
        scruple_ledger::Disclosure {
            content: "{\"n\":43}".into(),
            ..read.clone()
        },
        scruple_ledger::Disclosure {
            salt: to_base64(&[9; 32]),
            ..read.clone()
        },
    ] {
        assert!(changed.verify(Some(&key), None, NOW).is_err());
    }
    let other: Verifier = new_key("log.example", [6; 32])
        .unwrap()
        .verifier
        .parse()
        .unwrap();
    assert!(read.verify(Some(&other), None, NOW).is_err());
}

#[test]
fn a_content_that_could_be_read_two_ways_is_not_believed_though_it_was_committed_to() {
    use scruple_ledger::commit::{commitment, entry};
    let (signer, verifier) = key();
    let salt = [3; 32];
    let with = |content: &str| {
        let leaf = leaf_hash(entry(&commitment(&salt, content)).as_bytes());
        let checkpoint = Checkpoint {
            origin: "log.example".into(),
            size: 1,
            root: leaf,
            extensions: Vec::new(),
        };
        let disclosure = scruple_ledger::Disclosure {
            schema: scruple_ledger::disclosure::SCHEMA.into(),
            log: verifier.to_string(),
            index: 0,
            content: content.into(),
            salt: to_base64(&salt),
            proof: Vec::new(),
            checkpoint: checkpoint.sign(&signer),
            handovers: Vec::new(),
        };
        disclosure.verify(Some(&verifier), None, NOW)
    };
    assert!(with("{\"a\":1}").is_ok());
    for content in [
        "{\"a\":1,\"a\":2}",
        "{ \"a\":1}",
        "{\"a\":9007199254740993}",
        "a",
    ] {
        assert!(with(content).is_err(), "{content}");
    }
}

#[test]
fn whoever_has_an_older_key_follows_it_to_a_disclosure_and_to_no_other_tree() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..300);
    let before = log.disclose(42).unwrap();
    let first: Verifier = before.log.parse().unwrap();
    let seed = std::fs::read_to_string(bench.private().join("key")).unwrap();
    let signer: Signer = seed.trim().parse().unwrap();
    log.rotate(&mut common::chance(50)).unwrap();
    log.rotate(&mut common::chance(51)).unwrap();
    bench.grow(&mut log, 300..310);
    let file = scruple_ledger::Disclosure::parse(&log.disclose(42).unwrap().text()).unwrap();
    let last: Verifier = file.log.parse().unwrap();
    let shown = file.verify(Some(&first), None, NOW).unwrap();
    assert_eq!(shown.followed.len(), 3);
    assert_eq!(shown.followed[0], first.to_string());
    assert_eq!(shown.followed[2], last.to_string());
    assert!(
        file.verify(Some(&last), None, NOW)
            .unwrap()
            .followed
            .is_empty()
    );
    // Nothing leads back: a new key says nothing of what an older one signed.
    assert!(before.verify(Some(&last), None, NOW).is_err());
    // Without a link, or with one that another key signed, nobody is led there.
    for at in 0..2 {
        let mut cut = file.clone();
        cut.handovers.remove(at);
        assert!(cut.verify(Some(&first), None, NOW).is_err(), "{at}");
        let mut forged = file.clone();
        forged.handovers[at] = forged.handovers[at].replace("300\n", "299\n");
        assert!(forged.verify(Some(&first), None, NOW).is_err(), "{at}");
    }
    // The key handed over more than is shown, or another tree of that size.
    let second: Verifier = shown.followed[1].parse().unwrap();
    for (size, root) in [(400, [7; 32]), (310, [7; 32])] {
        let handed = Checkpoint {
            origin: common::ORIGIN.into(),
            size,
            root,
            extensions: Vec::new(),
        };
        let mut other = file.clone();
        let text = scruple_ledger::log::handover_text(&handed, &second);
        other.handovers[0] = scruple_note::sign(&text, &signer);
        let fault = other.verify(Some(&first), None, NOW).unwrap_err();
        assert!(fault.to_string().contains("handed over"), "{fault}");
    }
}

#[test]
fn the_same_entry_again_has_the_first_receipt() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    let first = bench.add(&mut log, 0..3).unwrap();
    sign(&mut log).unwrap();
    let again = bench.add(&mut log, 2..4).unwrap();
    assert_eq!(again[0].index(), first[2].index());
    assert!(again[0].known && !again[1].known);
    assert_eq!(entry(2).key, "key 2");
}
