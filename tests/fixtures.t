#!/usr/bin/env python3
"""Each expected fact stands on the line it names, and no page carries contact data."""
import csv
import os
import re

top = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures")
REAL_CONTACT = re.compile(r"1[3-9]\d{9}|0\d{2,3}[-—](?!0{7,8}\b)\d{7,8}|[\w.]+@(?!\w+\.invalid)[\w.]+")


def lines_of(path):
    with open(path, "rb") as f:
        return f.read().decode("utf-8").split("\n")


def faults(name):
    """What is wrong with the page and its expected facts, one string each."""
    lines = lines_of(os.path.join(top, name))
    for number, line in enumerate(lines, 1):
        if REAL_CONTACT.search(line):
            yield f"line {number}: contact data"
    expected = os.path.join(top, os.path.splitext(name)[0] + ".expected.csv")
    with open(expected, encoding="utf-8", newline="") as f:
        for fact in csv.DictReader(f):
            line = lines[int(fact["line"]) - 1]
            if fact["origin"] == "table" and fact["state"] == "number" \
                    and fact["value"] not in re.findall(r"-?\d+(?:\.\d+)?", line.replace(",", "")):
                yield f"line {fact['line']}: {fact['indicator']} is not {fact['value']}: {line[:60]}"


with open(os.path.join(top, "expected-reports.csv"), encoding="utf-8", newline="") as f:
    pages = [r["file"] for r in csv.DictReader(f)]
here = {n for n in os.listdir(top) if n.endswith(".txt")}
print(f"1..{len(pages) + 1}")
print("ok" if here == {p for p in pages if p.endswith(".txt")} else "not ok", 1,
      "- every page has its identity")
bad = here ^ {p for p in pages if p.endswith(".txt")}
for name in sorted(bad):
    print("#", name)
for i, page in enumerate(pages, 2):
    found = list(faults(page))
    print("ok" if not found else "not ok", i, "-", page)
    for what in found:
        print("#", what)
