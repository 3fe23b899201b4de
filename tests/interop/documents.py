"""Validates documents against the schemas they are named after: documents.py SCHEMAS FOLDER.

FOLDER holds FORMAT.json and FORMAT.jsonl, such as audit-1.json for audit-1.schema.json.
Each has to fit, and must not fit any more without one of the fields that are required.
"""

import json
import pathlib
import sys

import jsonschema

schemas, folder = map(pathlib.Path, sys.argv[1:3])
Validator = jsonschema.Draft202012Validator
seen = 0
for path in sorted(folder.iterdir()):
    schema = schemas / f"{path.stem}.schema.json"
    if path.suffix not in (".json", ".jsonl") or not schema.exists():
        continue
    schema = json.loads(schema.read_text())
    Validator.check_schema(schema)
    validator = Validator(schema, format_checker=Validator.FORMAT_CHECKER)
    text = path.read_text()
    documents = [json.loads(line) for line in (text.splitlines() if path.suffix == ".jsonl" else [text])]
    wrong = [f"{e.json_path}: {e.message[:200]}" for one in documents for e in validator.iter_errors(one)]
    print(f"{'not ok' if wrong or not documents else 'ok'} {len(documents)} × {path.stem}")
    for line in wrong[:10]:
        print("   ", line)
    for name in schema["required"]:
        without = {key: value for key, value in documents[0].items() if key != name}
        if validator.is_valid(without):
            print(f"not ok {path.stem} without {name} fits all the same")
    seen += 1
print(f"{'ok' if seen >= 6 else 'not ok'} {seen} formats were met")
