"""Validates JSON outputs against docs/schemas: schemas.py SCHEMAS FOLDER.

FOLDER holds NAME.brief.json, NAME.decisions.jsonl, NAME.since.json and
*.match.jsonl; the deals are the TOML files of FOLDER/deals.
"""

import datetime
import json
import pathlib
import sys
import tomllib

import jsonschema

schemas, folder = map(pathlib.Path, sys.argv[1:3])


Validator = jsonschema.Draft202012Validator


def load(name):
    schema = json.loads((schemas / f"{name}.schema.json").read_text())
    Validator.check_schema(schema)
    return Validator(schema, format_checker=Validator.FORMAT_CHECKER)


def judge(name, instances, what, note=None):
    validator, wrong = load(name), []
    for instance in instances:
        wrong += [f"{e.json_path}: {e.message[:200]}" for e in validator.iter_errors(instance)]
    good = instances and not wrong
    print(f"{'ok' if good else 'not ok'} {len(instances)} × {what} against {name}")
    for line in wrong[:10]:
        print("   ", line)


def plain(value):
    """TOML's days as JSON writes them."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


changes = 0
deals = {p.stem: plain(tomllib.loads(p.read_text())) for p in sorted((folder / "deals").glob("*.toml"))}
for name, deal in deals.items():
    judge("deal-1", [deal], f"deal {name}")
    judge("brief-1", [json.loads((folder / f"{name}.brief.json").read_text())], f"brief {name}")
    judge("decision-1", lines(folder / f"{name}.brief.decisions.jsonl"), f"decision on {name}")
    since = json.loads((folder / f"{name}.since.json").read_text())
    changes += len(since["since"]["changes"])
    judge("since-1", [since.pop("since")], f"changes of {name}")
    judge("brief-1", [since], f"brief {name} that states changes")
print(f"{'ok' if changes else 'not ok'} {changes} changes are told of, so that a change is validated at all")
for path in sorted(folder.glob("*.match.jsonl")):
    judge("match-1", lines(path), f"line of {path.stem}")

# The validators can fail: each format with a field removed or of another kind.
broken = {
    "deal-1": dict(next(iter(deals.values())), title=3),
    "brief-1": {"schema": "scruple.brief/1"},
    "decision-1": {},
    "since-1": [],
    "match-1": {"query": "x"},
}
for name, instance in broken.items():
    refused = not load(name).is_valid(instance)
    print(f"{'ok' if refused else 'not ok'} {name} refuses what is broken")

for name, deal in deals.items():
    (folder / f"{name}.deal.json").write_text(json.dumps(deal, ensure_ascii=False))
