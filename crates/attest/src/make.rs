//! Draft to credential, and the two documents by which one is withdrawn.

use scruple_model::Date;
use serde_json::{Map, Value, json};

use crate::draft::{Draft, Named, Point};
use crate::status::{Bits, Entry};
use crate::terms::{Kind, Outcome, Stated, TERMS};

/// The contexts of what is written here.
pub const CONTEXTS: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://vocabulary.uncefact.org/untp/0.7.0/context/",
];
const TOPICS: &str = "https://vocabulary.uncefact.org/conformity-topic/";
/// The type of a notice that a statement is withdrawn.
pub const WITHDRAWAL: &str = "WithdrawalNotice";
/// Where its text stands.
pub const NOTICE: &str = "https://github.com/scruple/scruple/ns/withdrawal-1";

/// The credential of a draft, unsigned: a UNTP Digital Conformity Credential 0.7.0.
/// `issuer` is the DID of the key that will sign; `status` is where a withdrawal shows.
pub fn credential(draft: &Draft, issuer: &str, status: Option<&Entry>) -> Value {
    let mut subject = Map::new();
    let mut put = |name: &str, value: Value| {
        subject.insert(name.to_owned(), value);
    };
    put("type", json!(["ConformityAttestation"]));
    put("id", json!(format!("{}#attestation", draft.id)));
    put("name", json!(draft.name));
    put(
        "assessorLevel",
        json!(draft.assessor.said().map_or("unspecified", String::as_str)),
    );
    put(
        "assessmentLevel",
        json!(
            draft
                .endorsement
                .said()
                .map_or("no-endorsement", String::as_str)
        ),
    );
    put("attestationType", json!(draft.kind_of_attestation));
    put("issuedToParty", party(&draft.about));
    if let Some(accreditor) = draft.accreditor.said() {
        put(
            "authorisation",
            json!([{
                "name": draft.terms.accreditation.said().unwrap_or(accreditor),
                "issuingAuthority": {
                    "type": ["Party"], "id": format!("{}#accreditor", draft.id), "name": accreditor,
                },
            }]),
        );
    }
    // UNTP asks for a scheme. Where there is none, that is what it is called.
    let scheme = draft.scheme.said().cloned().unwrap_or_else(|| Named {
        name: match draft.terms.kind {
            Kind::Audit => "not stated".to_owned(),
            Kind::CounterStatement => "none: a statement of those concerned".to_owned(),
        },
        id: format!("{}#scheme", draft.id),
    });
    put("referenceScheme", typed("ConformityScheme", &scheme));
    if let Some(profile) = draft.profile.said() {
        put("referenceProfile", typed("ConformityProfile", profile));
    }
    let assessed: Vec<Value> = (1..)
        .zip(&draft.points)
        .map(|(number, point)| assessment(draft, number, point))
        .collect();
    put("conformityAssessment", json!(assessed));
    // A literal: nothing that is fetched gives it another meaning.
    put(TERMS, json!({ "@type": "@json", "@value": draft.terms }));

    let mut credential = Map::new();
    let mut put = |name: &str, value: Value| {
        credential.insert(name.to_owned(), value);
    };
    put("@context", json!(CONTEXTS));
    put(
        "type",
        json!(["DigitalConformityCredential", "VerifiableCredential"]),
    );
    put("id", json!(draft.id));
    put(
        "issuer",
        json!({ "type": ["CredentialIssuer"], "id": issuer, "name": draft.issuer }),
    );
    put("validFrom", json!(midnight(draft.from)));
    if let Stated::Said(until) = draft.until {
        // The last day counts whole.
        put("validUntil", json!(format!("{until}T23:59:59Z")));
    }
    put("name", json!(draft.name));
    if let Some(status) = status {
        put("credentialStatus", status.write());
    }
    put("credentialSubject", Value::Object(subject));
    Value::Object(credential)
}

fn assessment(draft: &Draft, number: usize, point: &Point) -> Value {
    let id = format!("{}#finding-{number}", draft.id);
    let criterion = point
        .criterion
        .said()
        .cloned()
        .unwrap_or_else(|| format!("{id}-criterion"));
    let visits = draft.terms.visits.said().map_or(&[][..], Vec::as_slice);
    // UNTP asks for a day: the last one on site, else the first of validity.
    let day = visits
        .iter()
        .filter_map(|visit| visit.until.said().or(visit.from.said()))
        .max()
        .copied()
        .unwrap_or(draft.from);
    let mut value = json!({
        "type": ["ConformityAssessment"],
        "id": id,
        "name": point.name,
        "assessmentCriteria": [{ "type": ["Criterion"], "id": criterion, "name": point.name }],
        "assessmentDate": day.to_string(),
        "assessedPerformance": [],
        "assessedOrganisation": party(&draft.about),
        "conformityTopic": point.topic.said().map_or_else(
            || json!([]),
            |topic| json!([{
                "type": ["ConformityTopic"], "id": format!("{TOPICS}{topic}"), "name": topic,
            }]),
        ),
    });
    // Written as a member only where it is so: nothing is stated by an empty one.
    if let Some(text) = point.text.said() {
        value["description"] = json!(text);
    }
    if !visits.is_empty() {
        let facilities: Vec<Value> = visits
            .iter()
            .map(|visit| {
                json!({ "facility": { "type": ["Facility"], "id": visit.id, "name": visit.name } })
            })
            .collect();
        value["assessedFacility"] = json!(facilities);
    }
    match point.outcome {
        Outcome::Conforms => value["conformance"] = json!(true),
        Outcome::DoesNot => value["conformance"] = json!(false),
        // No member: false would say that it does not conform.
        Outcome::NotAssessed => {}
    }
    value
}

fn party(named: &Named) -> Value {
    typed("Party", named)
}

fn typed(kind: &str, named: &Named) -> Value {
    json!({ "type": [kind], "id": named.id, "name": named.name })
}

fn midnight(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// A status list, unsigned. `address` is where it will be published, and its id.
pub fn status_list(bits: &Bits, address: &str, issuer: &str, day: Date) -> Value {
    json!({
        "@context": [CONTEXTS[0]],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": midnight(day),
        "credentialSubject": {
            "id": format!("{address}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bits.encode(),
        },
    })
}

/// A notice that a statement is withdrawn, and why; unsigned.
pub fn withdrawal(of: &str, reason: &str, issuer: &str, day: Date) -> Value {
    json!({
        "@context": [CONTEXTS[0]],
        "id": format!("{of}#withdrawn-{day}"),
        "type": ["VerifiableCredential"],
        "issuer": issuer,
        "validFrom": midnight(day),
        "credentialSubject": {
            "id": of,
            NOTICE: {
                "@type": "@json",
                "@value": { "kind": WITHDRAWAL, "withdrawnOn": day.to_string(), "reason": reason },
            },
        },
    })
}
