#!/usr/bin/env python3
"""The same queries on the same parties, by nomenklatura and by scruple. See README.md.

    benches/peers/screening.sh            makes what is needed, runs this, prints the table

Parties: those of the shared cases without vessels and aircraft, which nomenklatura's
person and company features are not made for. Queries: a sample of the shared cases, as
many of each kind, all of the clean ones, and names that `cargo xtask parity` draws.

nomenklatura is used as its manual suggests: its blocking index picks candidates, its
`logic-v2` scores each. The index drops tokens that too many pairs share, counted over a
batch of queries; batches are small here, so that this does not weigh on it.
"""

import argparse
import csv
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

LEFT_OUT = {"Vessel", "Airplane"}
CLEAN = ("clean_person", "clean_company", "clean_person_native")
DRAWN = ("parity_person", "parity_company")
BATCH = 50
FLOOR = 0.3


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def parties_of(shared, out):
    packed = Path(shared) / "cases/screen/parties.ftm.jsonl.zst"
    text = subprocess.run(["zstd", "-dc", packed], check=True, capture_output=True).stdout
    kept = []
    with open(out, "w", encoding="utf-8") as file:
        for line in text.decode().splitlines():
            party = json.loads(line)
            if party["schema"] not in LEFT_OUT:
                kept.append(party)
                file.write(line + "\n")
    return kept


def sample(queries, known, each, seed):
    """All clean queries; of the others, `each` of a kind (and of a script)."""
    dice = random.Random(seed)
    strata = defaultdict(list)
    for query in queries:
        if query["kind"] in CLEAN:
            strata[query["kind"]].append(query)
            continue
        right = {query["expected"], *query.get("accept", [])}
        if right & known:
            kind = query["kind"]
            if kind == "xscript_search":
                kind += " " + query["query"]["script"]
            strata[kind].append(query | {"kind": kind})
    chosen = []
    for kind in sorted(strata):
        found = strata[kind]
        if kind not in CLEAN and len(found) > each:
            found = dice.sample(found, each)
        chosen.extend(found)
    return chosen


def theirs(parties, queries, folder):
    """For each query its matches as (party id, score), and what it cost."""
    import nomenklatura
    from followthemoney import Dataset, StatementEntity
    from nomenklatura.blocker import Index
    from nomenklatura.matching import LogicV2, ScoringConfig

    start = time.perf_counter()
    dataset = Dataset.make({"name": "peers", "title": "Peers"})

    def entity(key, schema, properties):
        data = {"id": key, "schema": schema, "properties": properties}
        return StatementEntity.from_data(dataset, data, cleaned=False)

    listed = {p["id"]: entity(p["id"], p["schema"], p["properties"]) for p in parties}

    class View:
        """What the index asks for: every entity once."""

        def entities(self, include_schemata=None):
            for one in listed.values():
                if include_schemata is None or one.schema in include_schemata:
                    yield one

    index = Index(View(), Path(folder) / "blocker")
    index.build()
    built = time.perf_counter() - start

    config = ScoringConfig.defaults()
    found = {}
    reached = {}
    start = time.perf_counter()
    for at in range(0, len(queries), BATCH):
        asked = {}
        for query in queries[at : at + BATCH]:
            of = query["query"]
            properties = {"name": [of["name"]]}
            if of.get("country"):
                properties["country"] = [of["country"].lower()]
            key = "q-" + query["id"]
            asked[key] = entity(key, of.get("schema") or "LegalEntity", properties)
        for one, candidates in index.match_entities(asked.values()):
            key = one.id.removeprefix("q-")
            reached[key] = [candidate.id for candidate, _ in candidates]
            scored = []
            for candidate in reached[key]:
                result = LogicV2.compare(asked[one.id], listed[candidate], config)
                if result.score >= FLOOR:
                    scored.append((candidate, result.score))
            scored.sort(key=lambda pair: (-pair[1], pair[0]))
            found[key] = scored[:10]
    seconds = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cost = {
        "engine": f"nomenklatura {nomenklatura.__version__} logic-v2",
        "threads": 1,
        "build_seconds": built,
        "seconds": seconds,
        "peak_kb": usage.ru_maxrss,
    }
    index.close()
    return found, reached, cost


def ours(xtask, parties, queries, folder):
    out = Path(folder) / "answers.jsonl"
    done = subprocess.run(
        [xtask, "answers", "--parties", parties, "--queries", queries, "--out", out],
        check=True,
        capture_output=True,
        text=True,
    )
    cost = json.loads(done.stdout)
    found = {
        line["id"]: [(party, score / 10_000) for party, score in line["matches"]]
        for line in lines(out)
    }
    return found, cost


def best(query, matches):
    """Of a clean query the best score of all; of a true one the best of a right party."""
    right = {query["expected"], *query.get("accept", [])} if query["expected"] else None
    return max((score for party, score in matches if right is None or party in right), default=0)


def share(hits, of):
    """A share with Wilson's 95% interval."""
    if not of:
        return math.nan, 0, 1
    z = 1.959964
    p = hits / of
    scale = 1 + z * z / of
    middle = (p + z * z / (2 * of)) / scale
    half = z / scale * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return p, max(0, middle - half), min(1, middle + half)


def threshold(scores, rate=0.01):
    """The least score, in thousandths, at which at most `rate` of clean names alert."""
    for at in range(300, 1001):
        if sum(score >= at / 1000 for score in scores) <= rate * len(scores):
            return at / 1000
    return 1.001


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("| " + " | ".join("---" if no == 0 else "---:" for no in range(len(head))) + " |")
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print()


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--shared", required=True, help="the folder with cases/screen")
    ask.add_argument("--xtask", required=True, help="the release build of xtask")
    ask.add_argument("--each", type=int, default=100, help="true queries of each kind")
    ask.add_argument("--drawn", type=int, default=200, help="drawn persons of each origin")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--out", required=True, help="folder for scores.csv and theirs.csv")
    args = ask.parse_args()
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)

    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "parties.jsonl"
        parties = parties_of(args.shared, listed)
        known = {party["id"] for party in parties}
        cases = lines(Path(args.shared) / "cases/screen/queries.jsonl")
        queries = sample(cases, known, args.each, args.seed)
        drawn = Path(folder) / "drawn.jsonl"
        subprocess.run(
            [args.xtask, "parity", "--sample", str(args.drawn), "--out", drawn], check=True
        )
        queries += lines(drawn)
        asked = Path(folder) / "queries.jsonl"
        with open(asked, "w", encoding="utf-8") as file:
            for query in queries:
                file.write(json.dumps(query, ensure_ascii=False) + "\n")
        our, our_cost = ours(args.xtask, listed, asked, folder)
        print(f"scruple done in {our_cost['seconds']:.1f} s", file=sys.stderr)
        their, reached, their_cost = theirs(parties, queries, folder)
        print(f"nomenklatura done in {their_cost['seconds']:.1f} s", file=sys.stderr)

    scored = [
        (query, best(query, their.get(query["id"], [])), best(query, our.get(query["id"], [])))
        for query in queries
    ]
    report(queries, scored, reached, their_cost, our_cost, len(parties), args)
    with open(out / "scores.csv", "w", newline="", encoding="utf-8") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(["id", "kind", "origin", "nomenklatura", "scruple"])
        for query, a, b in scored:
            write.writerow(
                [query["id"], query["kind"], query.get("origin", ""), f"{a:.4f}", f"{b:.4f}"]
            )
    captions = {party["id"]: party["caption"] for party in parties}
    with open(out / "theirs.csv", "w", newline="", encoding="utf-8") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(["query", "match_id", "match_name", "score"])
        for query in queries:
            if query["kind"] in DRAWN:
                continue
            name = query["query"]["name"]
            rows = [one for one in their.get(query["id"], []) if one[1] >= 0.7]
            for party, score in rows:
                write.writerow([name, party, captions[party], f"{score:.3f}"])
            if not rows:
                write.writerow([name, "", "", ""])


def report(queries, scored, reached, their_cost, our_cost, parties, args):
    clean = [(a, b) for query, a, b in scored if query["kind"] in CLEAN]
    their_one = threshold([a for a, _ in clean])
    our_one = threshold([b for _, b in clean])
    print(
        f"{len(queries):,} queries (seed {args.seed}, at most {args.each} of a kind, all "
        f"{len(clean):,} clean ones, {args.drawn + args.drawn // 4} drawn names of each origin) "
        f"on {parties:,} parties.\n"
        f"1% of the clean cases alert at {their_one:.3f} (nomenklatura) and {our_one:.3f} "
        f"(scruple).\n"
    )
    by_kind = defaultdict(list)
    for query, a, b in scored:
        if query["expected"]:
            by_kind[query["kind"]].append((a, b))
            if query["kind"] != "csl_alias_far":
                by_kind["all but csl_alias_far"].append((a, b))
    rows = []
    for kind in sorted(by_kind, key=lambda kind: (kind.startswith("all"), kind)):
        of = by_kind[kind]

        def found(which, at):
            return f"{sum(pair[which] >= at for pair in of) / len(of):.3f}"

        rows.append(
            [kind, len(of), found(0, 0.7), found(0, their_one), found(1, 0.7), found(1, our_one)]
        )
    print("### Recall\n")
    table(
        ["kind", "queries", "nomenklatura at .70", "at 1%", "scruple at .70", "at 1%"],
        rows,
    )
    true = [query for query in queries if query["expected"]]
    right = sum(
        bool({query["expected"], *query.get("accept", [])} & set(reached.get(query["id"], [])))
        for query in true
    )
    print(
        f"nomenklatura's index has the right party among its candidates for {right} of "
        f"{len(true)} true queries ({right / len(true):.3f}).\n"
    )
    for title, kinds in (
        ("Alerts on clean persons of the cases", ("clean_person",)),
        ("Alerts on clean companies of the cases", ("clean_company",)),
        ("Alerts on drawn persons", ("parity_person",)),
        ("Alerts on drawn companies", ("parity_company",)),
    ):
        by_origin = defaultdict(list)
        for query, a, b in scored:
            if query["kind"] in kinds:
                by_origin[query["origin"]].append((a, b))
                by_origin["~ all ten"].append((a, b))
        rows = []
        for origin in sorted(by_origin):
            of = by_origin[origin]

            def alerts(which, at):
                p, low, high = share(sum(pair[which] >= at for pair in of), len(of))
                return f"{100 * p:.1f}% ({100 * low:.1f} to {100 * high:.1f})"

            rows.append(
                [
                    origin.removeprefix("~ "),
                    len(of),
                    alerts(0, 0.7),
                    alerts(0, their_one),
                    alerts(1, our_cost["threshold"] / 10_000),
                    alerts(1, our_one),
                ]
            )
        print(f"### {title}\n")
        table(
            [
                "origin",
                "names",
                "nomenklatura at .70",
                "at 1%",
                f"scruple at {our_cost['threshold'] / 10_000:.2f}",
                "at 1%",
            ],
            rows,
        )
    print("### Cost\n")
    rows = []
    for cost in (their_cost, our_cost):
        rate = len(queries) / cost["seconds"] / cost["threads"]
        rows.append(
            [
                cost["engine"],
                f"{cost['build_seconds']:.1f} s",
                f"{rate:,.0f}",
                f"{cost['peak_kb'] / 1024:,.0f} MB",
            ]
        )
    table(["engine", "index", "names/s on one core", "memory, most, index included"], rows)
    print(Counter(query["kind"] for query in queries).most_common(), file=sys.stderr)


if __name__ == "__main__":
    main()
