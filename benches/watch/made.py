#!/usr/bin/env python3
"""A file of watched parties and two copies of a list that differ in 500 records.

    made.py DRAWN.jsonl SHARED OUT

DRAWN.jsonl is what `cargo xtask parity --sample 80000 --out DRAWN.jsonl` writes: a
million drawn names. The queries of the shared cases take the place of some, so that
there are matches too. Of the shared parties 250 come with the second copy, and 250 get
another alias in it.
"""

import csv
import json
import random
import subprocess
import sys
from pathlib import Path

drawn, shared, out = map(Path, sys.argv[1:])
dice = random.Random(4)


def lines(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


rows = [line["query"] for line in lines(drawn)]
dice.shuffle(rows)
cases = [line["query"] for line in lines(shared / "cases/screen/queries.jsonl")]
rows[: len(cases)] = cases
dice.shuffle(rows)
with open(out / "parties.csv", "w", newline="", encoding="utf-8") as file:
    write = csv.writer(file)
    write.writerow(["id", "name", "country", "schema"])
    for at, row in enumerate(rows):
        write.writerow([f"C-{at}", row["name"], row.get("country") or "", row.get("schema") or ""])

packed = shared / "cases/screen/parties.ftm.jsonl.zst"
text = subprocess.run(["zstd", "-dc", packed], check=True, capture_output=True).stdout.decode()
parties = [json.loads(line) for line in text.splitlines()]
chosen = dice.sample(range(len(parties)), 500)
come, changed = set(chosen[:250]), set(chosen[250:])


def copy(name, second):
    with open(out / name, "w", encoding="utf-8") as file:
        for at, party in enumerate(parties):
            if at in come and not second:
                continue
            party = json.loads(json.dumps(party)) | {"datasets": ["us-bis-el"]}
            if at in changed and second:
                alias = party["properties"].setdefault("alias", [])
                alias.append(party["caption"] + " Second")
            sanction = {
                "id": party["id"] + "-s",
                "schema": "Sanction",
                "datasets": ["us-bis-el"],
                "properties": {"entity": [party["id"]], "listingDate": ["2019-10-09"]},
            }
            file.write(json.dumps(party, ensure_ascii=False) + "\n")
            file.write(json.dumps(sanction) + "\n")


copy("day1.jsonl", second=False)
copy("day2.jsonl", second=True)
