#!/usr/bin/env python3
"""The pages of fixtures/html, through extract, normalize and classify, give the facts written beside them: each
number of a table with its state and line, and no main number of a table besides."""
import csv
import glob
import io
import os
import subprocess

top = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
os.environ["PATH"] = os.path.join(top, os.environ.get("BUILD", "build"), "bin") + os.pathsep + os.environ["PATH"]
os.chdir(top)


def key(fact):
    return fact["indicator"], fact["column"], fact["value"], fact["state"], fact["line"]


def facts(page):
    command = f"extract -q {page} | normalize -q | classify -q"
    out = subprocess.run(["bash", "-c", command], capture_output=True, check=False).stdout.decode()
    return [f for f in csv.DictReader(io.StringIO(out)) if f["origin"] == "table"]


expectations = sorted(glob.glob("fixtures/html/*.expected.csv"))
print(f"1..{len(expectations)}")
for number, path in enumerate(expectations, 1):
    page = path.replace(".expected.csv", ".html")
    with open(path, encoding="utf-8", newline="") as f:
        want = {key(r) for r in csv.DictReader(f) if r["origin"] == "table"}
    got = facts(page)
    missing = want - {key(f) for f in got}
    main = {key(f) for f in got if f["role"] == "main" and f["state"] == "number" and f["indicator"]}
    extra = main - want
    print(f"{'not ' if missing or extra else ''}ok {number} - {page}: {len(want)} facts")
    for what, which in (("missing", missing), ("not on the page", extra)):
        for k in sorted(which)[:5]:
            print(f"# {what}: {','.join(k)}")
