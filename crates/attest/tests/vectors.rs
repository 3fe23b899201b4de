//! Vectors that are not ours: the W3C's for `eddsa-jcs-2022`, those of RFC 8785,
//! UNTP's samples of both versions. They lie in a directory that `SCRUPLE_SHARED`
//! names; without it the tests say "skipped".
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and says what it skips"
)]
use std::fs;
use std::path::{Path, PathBuf};

use scruple_attest::credential::{self, Document};
use scruple_attest::did::Dids;
use scruple_attest::json::{canonical, read};
use scruple_attest::proof::{Checked, check, sign};
use scruple_attest::terms::Outcome;
use scruple_attest::{Signer, key};
use serde_json::{Value, json};

#[expect(
    clippy::disallowed_methods,
    reason = "where the vectors lie is the machine's matter"
)]
fn shared(below: &str) -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let root = std::env::var_os("SCRUPLE_SHARED").map_or(default, PathBuf::from);
    let path = root.join("data/vectors").join(below);
    if path.exists() {
        return Some(path);
    }
    assert!(
        std::env::var_os("SCRUPLE_NO_SKIP").is_none(),
        "{} is not there",
        path.display()
    );
    println!("skipped: {} is not there", path.display());
    None
}

fn json(path: &Path) -> Value {
    read(&fs::read(path).unwrap()).unwrap()
}

fn day(text: &str) -> scruple_model::Date {
    text.parse().unwrap()
}

fn verdict(document: &Value) -> Checked {
    check(document, &Dids::default(), day("2026-11-28"))
}

#[test]
fn the_w3c_vector_verifies_and_every_change_of_it_does_not() {
    let Some(folder) = shared("vc-di-eddsa/TestVectors") else {
        return;
    };
    let signed = json(&folder.join("eddsa-jcs-2022/signedJCS.json"));
    let Checked::Holds { document, .. } = verdict(&signed) else {
        panic!("{:?}", verdict(&signed));
    };
    assert_eq!(document, json(&folder.join("unsigned.json")));

    type Change = fn(&mut Value);
    let changes: [(&str, Change); 12] = [
        ("subject", |v| {
            v["credentialSubject"]["alumniOf"] = json!("Other")
        }),
        ("issuer", |v| v["issuer"] = json!("https://evil.example")),
        ("created", |v| {
            v["proof"]["created"] = json!("2023-02-24T23:36:39Z")
        }),
        ("purpose", |v| {
            v["proof"]["proofPurpose"] = json!("authentication")
        }),
        ("a member more", |v| {
            v["validUntil"] = json!("2030-01-01T00:00:00Z")
        }),
        ("order of contexts", |v| {
            v["@context"].as_array_mut().unwrap().reverse()
        }),
        ("a context less", |v| {
            v["@context"].as_array_mut().unwrap().pop();
        }),
        ("no proof", |v| {
            v.as_object_mut().unwrap().shift_remove("proof");
        }),
        ("no proofs", |v| v["proof"] = json!([])),
        ("another suite", |v| {
            v["proof"]["cryptosuite"] = json!("eddsa-rdfc-2022")
        }),
        ("another type", |v| {
            v["proof"]["type"] = json!("Ed25519Signature2020")
        }),
        ("a broken second proof", |v| {
            let mut second = v["proof"].clone();
            second["proofValue"] = json!("z1");
            v["proof"] = json!([v["proof"], second]);
        }),
    ];
    for (what, change) in changes {
        let mut altered = signed.clone();
        change(&mut altered);
        assert!(
            !matches!(verdict(&altered), Checked::Holds { .. }),
            "{what}"
        );
    }
    // Every character of the signature counts.
    let value = signed["proof"]["proofValue"].as_str().unwrap().to_owned();
    for at in 0..value.len() {
        let mut bytes = value.clone().into_bytes();
        bytes[at] = if bytes[at] == b'2' { b'3' } else { b'2' };
        let mut altered = signed.clone();
        altered["proof"]["proofValue"] = json!(String::from_utf8(bytes).unwrap());
        assert!(
            !matches!(verdict(&altered), Checked::Holds { .. }),
            "character {at}"
        );
    }
    // Members in another order are the same document.
    let mut moved = signed.clone();
    let name = moved.as_object_mut().unwrap().shift_remove("name").unwrap();
    moved["name"] = name;
    assert!(matches!(verdict(&moved), Checked::Holds { .. }));
}

#[test]
fn contexts_that_nobody_signed_are_not_read_on() {
    let Some(folder) = shared("vc-di-eddsa/TestVectors/eddsa-jcs-2022") else {
        return;
    };
    let mut signed = json(&folder.join("signedJCS.json"));
    let contexts = signed["@context"].as_array_mut().unwrap();
    contexts.push(json!("https://evil.example/context"));
    let Checked::Holds {
        document,
        more_context,
        ..
    } = verdict(&signed)
    else {
        panic!("the standard lets a file name further contexts");
    };
    assert!(more_context);
    assert_eq!(document["@context"].as_array().unwrap().len(), 2);
}

#[test]
fn the_w3c_signature_is_made_again_from_its_key() {
    let Some(folder) = shared("vc-di-eddsa/TestVectors") else {
        return;
    };
    let signed = json(&folder.join("eddsa-jcs-2022/signedJCS.json"));
    let pair = json(&folder.join("keyPair.json"));
    let signer = Signer::read(pair["privateKeyMultibase"].as_str().unwrap()).unwrap();
    assert_eq!(
        signer.public(),
        pair["publicKeyMultibase"].as_str().unwrap()
    );
    assert!(key::public(&signer.public()).is_ok());
    // The vector was made at a time of day; ours is made at midnight, so the options
    // differ in that alone, and the canonical texts are compared instead.
    let mut options = signed["proof"].clone();
    options.as_object_mut().unwrap().shift_remove("proofValue");
    let mut bare = signed.clone();
    bare.as_object_mut().unwrap().shift_remove("proof");
    for (value, name) in [(&options, "proofCanonJCS.txt"), (&bare, "canonDocJCS.txt")] {
        let expected = fs::read_to_string(folder.join("eddsa-jcs-2022").join(name)).unwrap();
        assert_eq!(
            String::from_utf8(canonical(value).unwrap()).unwrap(),
            expected.trim()
        );
    }
    let ours = sign(&bare, &signer, day("2026-11-28")).unwrap();
    assert!(matches!(verdict(&ours), Checked::Holds { .. }));
}

#[test]
fn proofs_of_other_kinds_and_chains_cannot_be_told_from_here() {
    let Some(folder) = shared("vc-di-eddsa/TestVectors") else {
        return;
    };
    for name in [
        "eddsa-rdfc-2022/signedDataInt.json",
        "Ed25519Signature2020/signedEdSig.json",
        "proof-set-chain/signedProofChain1.json",
        "proof-set-chain/signedProofSet2.json",
    ] {
        let checked = verdict(&json(&folder.join(name)));
        assert!(
            matches!(checked, Checked::CannotTell { .. }),
            "{name}: {checked:?}"
        );
    }
}

#[test]
fn canonical_json_is_that_of_rfc_8785() {
    let Some(folder) = shared("jcs") else {
        return;
    };
    let mut seen = 0;
    for entry in fs::read_dir(folder.join("testdata/input")).unwrap() {
        let path = entry.unwrap().path();
        let output = folder
            .join("testdata/output")
            .join(path.file_name().unwrap());
        let value = json(&path);
        let ours = String::from_utf8(canonical(&value).unwrap()).unwrap();
        assert_eq!(
            ours,
            fs::read_to_string(output).unwrap().trim_end(),
            "{}",
            path.display()
        );
        seen += 1;
    }
    assert!(seen >= 6);
    let numbers = fs::read_to_string(folder.join("es6_numbers_own.csv")).unwrap();
    let mut seen = 0;
    for line in numbers.lines() {
        let Some((bits, text)) = line.split_once(',') else {
            continue;
        };
        let Ok(bits) = u64::from_str_radix(bits, 16) else {
            continue;
        };
        let ours = canonical(&json!(f64::from_bits(bits))).unwrap();
        assert_eq!(String::from_utf8(ours).unwrap(), text, "{bits:x}");
        // And read from its text it is the same number.
        if let Ok(again) = read(text.as_bytes()) {
            assert_eq!(String::from_utf8(canonical(&again).unwrap()).unwrap(), text);
        }
        seen += 1;
    }
    assert!(seen > 7_000, "{seen}");
}

#[test]
fn credentials_of_both_untp_versions_are_read() {
    let Some(folder) = shared("untp") else {
        return;
    };
    let old = json(&folder.join("own-v0.6.0/dcc.json"));
    let Checked::Holds { document, .. } = verdict(&old) else {
        panic!("{:?}", verdict(&old));
    };
    let Ok(Document::Attestation(old)) = credential::read(&document) else {
        panic!("no attestation");
    };
    assert_eq!(old.untp, Some("0.6.0"));
    assert_eq!(old.points.len(), 3);
    assert!(
        old.points
            .iter()
            .any(|point| point.outcome == Outcome::DoesNot)
    );
    assert_eq!(old.sites.len(), 1);
    assert!(old.scheme.is_some() && old.terms.is_none());
    let tampered = verdict(&json(&folder.join("own-v0.6.0/dcc.tampered.json")));
    assert!(matches!(tampered, Checked::Broken(_)), "{tampered:?}");

    let samples = folder.join("v0.7.0-bcgov/backend/tests/fixtures/untp_samples/v0.7.0/dcc");
    for entry in fs::read_dir(samples).unwrap() {
        let path = entry.unwrap().path();
        let value = json(&path);
        // They are not signed: what they say is read, and nobody's.
        assert!(matches!(verdict(&value), Checked::Broken(_)));
        let Ok(Document::Attestation(new)) = credential::read(&value) else {
            panic!("{} is no attestation", path.display());
        };
        assert_eq!(new.untp, Some("0.7.0"));
        assert!(!new.points.is_empty() && !new.sites.is_empty());
    }
}
