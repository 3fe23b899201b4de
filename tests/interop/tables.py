"""Reads a screening's CSV and workbook: tables.py QUERIES.jsonl OUT.csv OUT.xlsx."""

import csv
import json
import sys

import openpyxl

queries, table, book = sys.argv[1:4]
queries = [json.loads(line) for line in open(queries, encoding="utf-8")]


def check(holds, what):
    print(f"{'ok' if holds else 'not ok'} {what}")


with open(table, encoding="utf-8", newline="") as file:
    rows = list(csv.reader(file, strict=True))
header, rows = rows[0], rows[1:]
check(len(rows) >= len(queries), f"CSV: {len(rows)} rows for {len(queries)} queries")
check(all(len(row) == len(header) for row in rows), f"CSV: every row has {len(header)} fields")
formula = [cell for row in rows for cell in row if cell.lstrip(" ")[:1] in ("=", "+", "-", "@", "\t", "\r")]
check(not formula, f"CSV: no cell starts a formula {formula[:3]}")
at = {name: number for number, name in enumerate(header)}
# A control character, such as a tab, becomes a space; a leading ' is the guard against formulas.
plain = lambda text: "".join(" " if c < " " and c != "\n" else c for c in text)
seen = {row[at["id"]]: row[at["name"]] for row in rows}
same = [q for q in queries if seen.get(q["id"], "").lstrip("'") != plain(q["name"])]
check(not same, f"CSV: every query's name comes back unchanged {same[:3]}")

book = openpyxl.load_workbook(book)
check(book.sheetnames == ["Screening", "Looked at"], f"XLSX: sheets {book.sheetnames}")
sheet = list(book["Screening"].iter_rows(values_only=True))
check(list(sheet[0]) == header, "XLSX: the columns of the CSV")
names = [row[at["name"]] for row in sheet[1:]]
check(all(query["name"] in names for query in queries), "XLSX: every name as it was given")
looked = [row[0] for row in book["Looked at"].iter_rows(values_only=True)]
check("not looked at" in looked[2:-1], "XLSX: what was looked at, and what was not")
kinds = {cell.data_type for part in book for row in part.iter_rows() for cell in row}
check("f" not in kinds, "XLSX: no cell is a formula")
