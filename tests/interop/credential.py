#!/usr/bin/env python3
"""Checks credentials of scruple with nothing but Python's own library.

  credential.py FILE...      each has to verify
  credential.py --refuse FILE...   each has to be refused

Ed25519 as in RFC 8032, base58btc, and RFC 8785 for what our credentials hold: texts, whole
numbers, true, false, null. did:key only.
"""
import hashlib, json, sys

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P: return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P: x = x * I % P
    if (x * x - xx) % P or (x == 0 and sign): return None
    return P - x if (x & 1) != sign else x


def point(raw):
    n = int.from_bytes(raw, "little")
    y, sign = n & ((1 << 255) - 1), n >> 255
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1: q = add(q, p)
        p, n = add(p, p), n >> 1
    return q


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (recover_x(BASE_Y, 0), BASE_Y, 1, recover_x(BASE_Y, 0) * BASE_Y % P)


def ed25519(public, message, signature):
    a, r = point(public), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L: return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def base58(text):
    if not text.startswith("z"): raise ValueError("not base58btc")
    n = 0
    for c in text[1:]: n = n * 58 + ALPHABET.index(c)
    zeros = len(text) - 1 - len(text[1:].lstrip("1"))
    return b"\0" * zeros + n.to_bytes((n.bit_length() + 7) // 8, "big")


def canonical(value):
    if isinstance(value, float): raise ValueError("a number with a fraction")
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(json.dumps(n, ensure_ascii=False) + ":" + canonical(value[n]) for n in names) + "}"
    if isinstance(value, list): return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def once(pairs):
    if len({name for name, _ in pairs}) != len(pairs): raise ValueError("a member stands twice")
    return dict(pairs)


def check(path):
    with open(path, encoding="utf-8") as file: document = json.load(file, object_pairs_hook=once)
    proof = document.pop("proof")
    value = base58(proof.pop("proofValue"))
    if (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) != ("DataIntegrityProof", "eddsa-jcs-2022", "assertionMethod"):
        raise ValueError("another kind of proof")
    if document["@context"][: len(proof["@context"])] != proof["@context"]: raise ValueError("contexts differ")
    document["@context"] = proof["@context"]
    did, fragment = proof["verificationMethod"].split("#")
    issuer = document["issuer"]["id"] if isinstance(document["issuer"], dict) else document["issuer"]
    key = base58(fragment)
    if did != "did:key:" + fragment or did != issuer or key[:2] != b"\xed\x01": raise ValueError("not the issuer's key")
    digest = b"".join(hashlib.sha256(canonical(part).encode()).digest() for part in (proof, document))
    if not ed25519(key[2:], digest, value): raise ValueError("the signature does not fit")


refuse = "--refuse" in sys.argv
files = [name for name in sys.argv[1:] if name != "--refuse"]
for name in files:
    try:
        check(name)
        said = None
    except Exception as error:  # whatever is wrong, the credential is refused
        said = f"{type(error).__name__}: {error}"
    held = (said is not None) if refuse else (said is None)
    shown = name.rsplit("/", 1)[-1]
    print(f"{'ok' if held else 'not ok'} {shown} {'is refused' if refuse else 'verifies'}{f' ({said})' if said else ''}")
sys.exit(not files)
