#!/usr/bin/env python3
"""UNTP's own JSON Schema accepts our credentials: untp.py SCHEMA.json FILE..."""
import json, sys
from jsonschema import Draft202012Validator, FormatChecker

schema = json.load(open(sys.argv[1], encoding="utf-8"))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema, format_checker=FormatChecker())
for name in sys.argv[2:]:
    errors = sorted(validator.iter_errors(json.load(open(name, encoding="utf-8"))), key=str)
    print(f"{'not ok' if errors else 'ok'} {name.rsplit('/', 1)[-1]} is a UNTP conformity credential")
    for error in errors[:5]:
        print(f"    {'/'.join(map(str, error.absolute_path))}: {error.message[:160]}")
