"""Reads FollowTheMoney lines with the library of its makers: ftm.py FOLDER."""

import collections
import json
import pathlib
import sys

from followthemoney import model

# What official lists say of a listing and FollowTheMoney has no word for.
OURS = {"citation", "licenceRequirement", "licencePolicy", "ofsiGroup"}



def letters(text):
    """The library trims quotation marks and unseen characters; letters have to stay."""
    return "".join(c for c in text if c.isalnum())


records, values, respelled = collections.Counter(), 0, 0
unknown, refused, wrong = collections.Counter(), collections.Counter(), []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.jsonl")):
    held, pointing = set(), []
    for number, line in enumerate(path.open(encoding="utf-8"), 1):
        record = json.loads(line)
        schema = model.get(record["schema"])
        if schema is None:
            wrong.append(f"{path.name}:{number}: no schema {record['schema']}")
            continue
        records[record["schema"]] += 1
        held.add(record["id"])
        proxy = model.get_proxy(record, cleaned=False)
        given = set()
        for name, texts in record["properties"].items():
            prop = schema.get(name)
            values += len(texts)
            if prop is None:
                unknown[f"{record['schema']}.{name}"] += len(texts)
                continue
            if prop.type.name == "entity":
                pointing += [(number, text) for text in texts]
            if prop.type.name == "name":
                given.update(texts)
            refused[f"{record['schema']}.{name}"] += sum(not prop.type.validate(text) for text in texts)
        kept = set(proxy.names)
        respelled += len(given - kept)
        if proxy.id != record["id"] or not set(map(letters, given)) <= set(map(letters, kept)):
            wrong.append(f"{path.name}:{number}: {record['id']} comes back with another id or fewer names")
    wrong += [f"{path.name}:{n}: {text} is not in the file" for n, text in pointing if text not in held]

print(f"{sum(records.values())} records with {values} values: {dict(records.most_common())}")
print(f"{'ok' if records and not wrong else 'not ok'} every record is taken, with its id, names and references")
for line in wrong[:10]:
    print("   ", line)
print(f"names it respells (quotation marks, unseen characters): {respelled}")
new = {name: count for name, count in unknown.items() if name.split(".")[1] not in OURS}
print(f"properties of ours, which FollowTheMoney passes over: {dict(sorted((unknown - collections.Counter(new)).items()))}")
print(f"properties on a schema that has none of that name there: {dict(sorted(new.items()))}")
print(f"values it holds for irregular, in the publishers' words: {dict(sorted((+refused).items()))}")
share = sum(new.values()) + sum(refused.values())
print(f"{'ok' if values and share * 100 < values else 'not ok'} {share} of {values} values are of a form it does not know")
