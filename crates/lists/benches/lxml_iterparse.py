"""The same OFAC file through Python's lxml iterparse, for comparison.

    python3 lxml_iterparse.py FILE.xml [TIMES]

Reads every record's texts into a dictionary and forgets the element, which is the
least a program must do to use them. TIMES repeats the records, as the Rust bench does.
"""

import io
import sys
import time

try:
    from lxml import etree
except ImportError:  # the standard library's has the same interface
    from xml.etree import ElementTree as etree


def load(path, times):
    text = open(path, encoding="utf-8").read()
    first = text.index("<sdnEntry>")
    last = text.rindex("</sdnEntry>") + len("</sdnEntry>")
    return (text[:first] + text[first:last] * times + text[last:]).encode()


def read(data):
    records = 0
    for _, element in etree.iterparse(io.BytesIO(data), events=("end",)):
        if element.tag.endswith("}sdnEntry"):
            values = {}
            for child in element.iter():
                if child.text and child.text.strip():
                    values.setdefault(child.tag.rpartition("}")[2], []).append(child.text.strip())
            records += 1
            element.clear()
    return records


data = load(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1)
best = float("inf")
for _ in range(3):
    start = time.process_time()
    records = read(data)
    best = min(best, time.process_time() - start)
print(f"{etree.__name__}: {records} records, {len(data) / 1e6:.1f} MB, {len(data) / 1e6 / best:.1f} MB/s")
