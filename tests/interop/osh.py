#!/usr/bin/env python3
"""Open Supply Hub's rules for the columns of a facility list: osh.py FILE.csv

country, name, address and sector have to be there and filled in; the rest is optional; several
values in a cell are separated by |.
"""
import csv, re, sys

REQUIRED = ["country", "name", "address", "sector"]
OPTIONAL = ["facility_type", "processing_type", "product_type", "parent_company", "native_language_name",
            "number_of_workers", "lat", "lng"]


def check(holds, what):
    print(f"{'ok' if holds else 'not ok'} {what}")


with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.reader(file))
header, rows = rows[0], rows[1:]
check(all(name in header for name in REQUIRED), f"has {', '.join(REQUIRED)}")
check(all(name in REQUIRED + OPTIONAL for name in header), "has no column that Open Supply Hub does not know")
check(len(set(header)) == len(header), "names each column once")
check(bool(rows), f"has {len(rows)} sites")
for number, row in enumerate(rows, 2):
    cells = dict(zip(header, row))
    faults = [name for name in REQUIRED if not cells[name].strip()]
    if len(row) != len(header): faults.append("width")
    if not re.fullmatch("[A-Z]{2}", cells["country"]): faults.append("country")
    if any(cell[:1] in ("=", "+", "@", "\t", "\r") for cell in row): faults.append("a formula")
    workers = cells.get("number_of_workers", "")
    if workers and not re.fullmatch(r"\d+(-\d+)?", workers): faults.append("number_of_workers")
    check(not faults, f"line {number}: {cells['name']}" + (f" ({', '.join(faults)})" if faults else ""))
