#!/usr/bin/env python3
"""The 50 percent closure over one file, by other people's means.

    cargo xtask gen-holdings --edges 2000000 --seed 1 --out holdings.csv
    python3 -m venv venv && venv/bin/pip install -r benches/peers/requirements.txt
    venv/bin/python benches/peers/ownership.py holdings.csv

Each way gets the same rows (shares only) and the same listed parties, and gives the set
of entities that parties reached hold half or more of, in the aggregate. The sets must be
equal; their number and hash are printed. Times are of loading and of the closure alone,
the closure as the median of five. The simplest program that is not made slow on purpose:
no way is tuned further than its own manual suggests.
"""

import csv
import hashlib
import statistics
import sys
import time
from pathlib import Path

HALF = 500_000


def rows(path):
    with open(path, newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for owner, owned, low, _, layer, _ in reader:
            if layer == "shares":
                yield owner, owned, int(low)


def shown(name, load, times, covered):
    text = "\n".join(sorted(covered)).encode()
    closure = statistics.median(times) * 1e3
    print(
        f"{name:<10} load {load:8.2f} s   closure {closure:9.2f} ms   "
        f"covered {len(covered)}   {hashlib.sha256(text).hexdigest()[:12]}",
        flush=True,
    )


def measured(name, load, close):
    start = time.perf_counter()
    graph = load()
    loading = time.perf_counter() - start
    times = []
    for _ in range(5):
        start = time.perf_counter()
        covered = close(graph)
        times.append(time.perf_counter() - start)
    shown(name, loading, times, covered)


def worklist(holdings_of, listed):
    """Entities reached from listed parties: `holdings_of(owner)` gives (owned, ppm)."""
    sums, reached, work = {}, set(listed), list(dict.fromkeys(listed))
    while work:
        for owned, ppm in holdings_of(work.pop()):
            total = sums[owned] = sums.get(owned, 0) + ppm
            if total >= HALF and owned not in reached:
                reached.add(owned)
                work.append(owned)
    return reached.difference(listed)


def plain(path, listed):
    def load():
        outs = {}
        for owner, owned, ppm in rows(path):
            outs.setdefault(owner, []).append((owned, ppm))
        return outs

    measured("python", load, lambda outs: worklist(lambda o: outs.get(o, ()), listed))


def networkx_(path, listed):
    import networkx

    def load():
        graph = networkx.DiGraph()
        graph.add_nodes_from(listed)
        graph.add_weighted_edges_from(rows(path), weight="ppm")
        return graph

    def close(graph):
        succ = graph.succ
        return worklist(lambda o: ((to, data["ppm"]) for to, data in succ[o].items()), listed)

    measured("networkx", load, close)


def scipy_(path, listed):
    import numpy
    import scipy.sparse

    def load():
        numbers, names = {}, []

        def number(name):
            found = numbers.get(name)
            if found is None:
                found = numbers[name] = len(names)
                names.append(name)
            return found

        owners, owneds, shares = [], [], []
        for owner, owned, ppm in rows(path):
            owners.append(number(owner))
            owneds.append(number(owned))
            shares.append(ppm)
        seeds = numpy.array([number(one) for one in listed])
        size = len(names)
        matrix = scipy.sparse.csr_matrix(
            (numpy.array(shares, dtype=numpy.int64), (owneds, owners)), shape=(size, size)
        )
        return matrix, seeds, names

    def close(graph):
        matrix, seeds, names = graph
        reached = numpy.zeros(matrix.shape[0], dtype=numpy.int64)
        reached[seeds] = 1
        count = -1
        while count != reached.sum():
            count = reached.sum()
            reached[matrix @ reached >= HALF] = 1
        reached[seeds] = 0
        return {names[no] for no in numpy.flatnonzero(reached)}

    measured("scipy", load, close)


def duckdb_(path, listed):
    import duckdb

    def load():
        base = duckdb.connect()
        base.execute("SET threads = 2")
        base.execute(
            "CREATE TABLE holdings AS SELECT owner, owned, lo_ppm AS ppm "
            f"FROM read_csv('{path}', header = true) WHERE layer = 'shares'"
        )
        base.execute("CREATE TABLE listed (id VARCHAR)")
        base.executemany("INSERT INTO listed VALUES (?)", [[one] for one in listed])
        return base

    def close(base):
        # A recursive term cannot add up what several rounds gave, so the rounds are ours
        # and each is one query.
        base.execute("CREATE OR REPLACE TEMP TABLE reached AS SELECT DISTINCT id FROM listed")
        while True:
            new = base.execute(
                "INSERT INTO reached SELECT owned FROM holdings "
                "JOIN reached ON owner = id WHERE owned NOT IN (SELECT id FROM reached) "
                f"GROUP BY owned HAVING sum(ppm) >= {HALF}"
            ).fetchone()[0]
            if new == 0:
                break
        found = base.execute("SELECT id FROM reached WHERE id NOT IN (SELECT id FROM listed)")
        return {one for (one,) in found.fetchall()}

    measured("duckdb", load, close)


def main():
    path = sys.argv[1]
    ways = sys.argv[2:] or ["python", "networkx", "scipy", "duckdb"]
    listed = Path(path).with_suffix(".listed").read_text().split()
    listed = list(dict.fromkeys(listed))
    all_ways = {"python": plain, "networkx": networkx_, "scipy": scipy_, "duckdb": duckdb_}
    for way in ways:
        all_ways[way](path, listed)


if __name__ == "__main__":
    main()
