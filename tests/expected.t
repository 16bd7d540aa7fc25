#!/usr/bin/env python3
"""Each fixture comes out of the filters as its expected facts, identity and findings say."""
import csv
import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "accuracy"))
os.environ.setdefault("XXGK_BIN", os.path.join(HERE, "..", os.environ.get("BUILD", "build"), "bin"))
import run  # noqa: E402

FIXTURES = os.path.join(HERE, "..", "fixtures")


def rows(name):
    with open(os.path.join(FIXTURES, name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


pages, findings = rows("expected-reports.csv"), rows("expected-findings.csv")
print(f"1..{len(pages)}")
for number, page in enumerate(pages, 1):
    off = run.fixture(FIXTURES, page["file"], page, [f for f in findings if f["file"] == page["file"]])
    print("not ok" if off else "ok", number, "-", page["file"])
    for line in off[:20]:
        print("#", line)
