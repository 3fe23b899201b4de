"""Checks a whole log in the format c2sp.org/tlog-tiles, with nothing of scruple's:
tlog.py DIR|URL VKEY [EARLIER-CHECKPOINT…]

Every entry is hashed, every file of hashes compared, the root compared with the signed
one, and the root at the size of each earlier checkpoint with that. Prints `ok …` or
`not ok …`.
"""

import pathlib
import sys
import urllib.error
import urllib.request

from disclosure import Wrong, open_checkpoint, sha256

WIDTH = 256


def path(kind, index, width):
    name = f"{index % 1000:03}"
    while index >= 1000:
        index //= 1000
        name = f"x{index % 1000:03}/{name}"
    return f"tile/{kind}/{name}" + (f".p/{width}" if width < WIDTH else "")


def fetch(log, name):
    """A file of the log, from its folder or its address; None where it is not there."""
    if "://" not in log:
        file = pathlib.Path(log) / name
        return file.read_bytes() if file.is_file() else None
    try:
        with urllib.request.urlopen(f"{log}/{name}", timeout=20) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise


def read(log, kind, index, width):
    for name in (path(kind, index, width), path(kind, index, WIDTH)):
        content = fetch(log, name)
        if content is not None:
            return name, content
    raise Wrong(f"{path(kind, index, width)} is missing")


def root(hashes):
    """RFC 6962, 2.1, over hashes of leaves."""
    if not hashes:
        return sha256(b"")
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << ((len(hashes) - 1).bit_length() - 1)
    return sha256(b"\x01" + root(hashes[:split]) + root(hashes[split:]))


def entries(log, size):
    for index in range(0, (size + WIDTH - 1) // WIDTH):
        width = min(WIDTH, size - index * WIDTH)
        name, data = read(log, "entries", index, width)
        for _ in range(width):
            length = int.from_bytes(data[:2], "big")
            entry, data = data[2 : 2 + length], data[2 + length :]
            if len(entry) != length or len(entry) == 0:
                raise Wrong(f"{name} is cut off")
            yield entry


def check(log, vkey, earlier):
    note = fetch(log, "checkpoint")
    if note is None:
        raise Wrong("checkpoint is missing")
    origin, size, signed = open_checkpoint(note.decode(), vkey)
    leaves = [sha256(b"\x00" + entry) for entry in entries(log, size)]
    if root(leaves) != signed:
        raise Wrong("the entries do not give the signed root")
    level, row, files = 0, leaves, 0
    while row:
        for index in range(0, (len(row) + WIDTH - 1) // WIDTH):
            ours = row[index * WIDTH : (index + 1) * WIDTH]
            name, data = read(log, level, index, len(ours))
            if data[: 32 * len(ours)] != b"".join(ours):
                raise Wrong(f"{name} is not what the entries give")
            files += 1
        full = len(row) // WIDTH
        row = [root(row[i * WIDTH : (i + 1) * WIDTH]) for i in range(full)]
        level += 1
    for note in earlier:
        other, before, old = open_checkpoint(note, vkey)
        if other != origin or before > size or root(leaves[:before]) != old:
            raise Wrong(f"the checkpoint of {before} entries is of another history")
    return f"{size} entries, {files} files of hashes, {len(earlier)} earlier checkpoints"


if __name__ == "__main__":
    log, vkey = sys.argv[1].rstrip("/"), sys.argv[2]
    notes = [pathlib.Path(name).read_text() for name in sys.argv[3:]]
    try:
        print(f"ok {log}: {check(log, vkey, notes)}")
    except (Wrong, ValueError, OSError) as error:
        print(f"not ok {log}: {error}")
        sys.exit(1)
