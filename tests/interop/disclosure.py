"""Checks a disclosed entry of a ledger, with nothing of scruple's:
disclosure.py DISCLOSURE.json VKEY

Six steps, as docs/verify-without-us.md counts them. Prints `ok …` or `not ok …`.
"""

import base64
import hashlib
import json
import sys

from ed25519 import verifies

LABEL = b"scruple.commitment/1"


class Wrong(Exception):
    pass


def sha256(data):
    return hashlib.sha256(data).digest()


def unbase64(text):
    return base64.b64decode(text, validate=True)


def read_vkey(line):
    """NAME+ID+BASE64(1, key) as c2sp.org/signed-note says: name, id, key."""
    name, key_id, key = line.strip().split("+", 2)
    raw = unbase64(key)
    if len(raw) != 33 or raw[0] != 1:
        raise Wrong("not an Ed25519 key")
    if sha256(name.encode() + b"\n" + raw)[:4].hex() != key_id:
        raise Wrong("the key's id does not fit")
    return name, bytes.fromhex(key_id), raw[1:]


def open_note(note, vkey):
    """The lines that the key signed."""
    name, key_id, key = read_vkey(vkey)
    text, signatures = note.rsplit("\n\n", 1)
    text += "\n"
    signed = False
    for line in signatures.removesuffix("\n").split("\n"):
        dash, who, signature = line.split(" ")
        raw = unbase64(signature)
        if dash == "—" and who == name and raw[:4] == key_id:
            if not verifies(key, text.encode(), raw[4:]):
                raise Wrong("the signature does not fit")
            signed = True
    if not signed:
        raise Wrong("the log's key did not sign")
    return text.removesuffix("\n").split("\n")


def open_checkpoint(note, vkey):
    """Origin, size and root of a signed checkpoint."""
    lines = open_note(note, vkey)
    origin, size, root = lines[:3]
    if origin != vkey.split("+")[0] or "" in lines or str(int(size)) != size:
        raise Wrong("no checkpoint")
    return origin, int(size), unbase64(root)


def follow(notes, vkey, signing):
    """What keys handed over, from the given one to the one that signs."""
    said, key = [], vkey.strip()
    for note in notes:
        if key == signing:
            break
        try:
            kind, origin, following, size, root = open_note(note, key)
        except (Wrong, ValueError):
            continue  # by a key before the given one
        if kind == "scruple.ledger-handover/1" and origin == key.split("+")[0] == following.split("+")[0]:
            said.append((int(size), unbase64(root)))
            key = following
    if key != signing:
        raise Wrong("another key signed it, and nothing leads there from the given one")
    return said


def root_from(index, size, leaf, proof):
    """RFC 9162, 2.1.3.2."""
    if index >= size:
        raise Wrong("the entry is not in the tree")
    at, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise Wrong("the proof is too long")
        if at % 2 == 1 or at == last:
            node = sha256(b"\x01" + sibling + node)
            while at % 2 == 0 and at != 0:
                at, last = at // 2, last // 2
        else:
            node = sha256(b"\x01" + node + sibling)
        at, last = at // 2, last // 2
    if last != 0:
        raise Wrong("the proof is too short")
    return node


def check(disclosure, vkey):
    """The content, if all six steps hold."""
    if disclosure["schema"] != "scruple.disclosure/1":
        raise Wrong("no disclosure")
    salt, content = unbase64(disclosure["salt"]), disclosure["content"].encode()
    if len(salt) != 32:
        raise Wrong("the salt is not 32 bytes")
    commitment = sha256(LABEL + b"\n" + salt + content)
    entry = LABEL + b" " + base64.b64encode(commitment)
    leaf = sha256(b"\x00" + entry)
    said = follow(disclosure.get("handovers", []), vkey, disclosure["log"])
    _, size, root = open_checkpoint(disclosure["checkpoint"], disclosure["log"])
    for handed, then in said:
        if handed > size or (handed == size and then != root):
            raise Wrong("a key handed over another tree")
    proof = [unbase64(line) for line in disclosure["proof"]]
    if root_from(disclosure["index"], size, leaf, proof) != root:
        raise Wrong("content, salt, number and proof do not lead to the signed root")
    return disclosure["content"]


if __name__ == "__main__":
    path, vkey = sys.argv[1:3]
    try:
        content = check(json.loads(open(path, encoding="utf-8").read()), vkey)
    except (Wrong, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"not ok {path}: {error}")
        sys.exit(1)
    print(f"ok {path} stands for {content[:60]}")
