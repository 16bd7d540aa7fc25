#!/usr/bin/env python3
"""The page generator keeps its word: same bytes for the same seed, figures on the lines it names, every
identity of severity error closed on a fresh report and one of them broken by a broken sum."""
import csv
import os
import re
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "generate")]
from tap import finish, ok  # noqa: E402
import defects  # noqa: E402
import drawing  # noqa: E402
import forms  # noqa: E402
import places  # noqa: E402
import render  # noqa: E402
import report  # noqa: E402

import random  # noqa: E402

ATLAS = places.Atlas()
CHECKS = [c for c in places.table("forms", "checks.csv") if c["severity"] == "error"
          and (c["scope"] in ("single", "per_column:applicant", "per_row:requests"))]
REF = re.compile(r"([a-z_.]*)(?:\[([a-z_.]+)\])?")


def side(text, figures, row, column):
    """Value of a sum of references, None if a cell of it is not there."""
    total = 0
    for sign, term in re.findall(r"([+-]?) *([^ +-][^ ]*)", text):
        if term.isdigit():
            n = int(term)
        else:
            code, named = REF.fullmatch(term).groups()
            key = (code or row), named or column or "value"
            if key not in figures:
                return None
            n = float(figures[key].value)
        total += -n if sign == "-" else n
    return total


def broken(figures, form):
    """Ids of the checks that fail."""
    out = []
    for check in CHECKS:
        if check["form"] != form or "=>" in check["expression"]:
            continue
        left, op, right = re.split(r" (<=|>=|=) ", check["expression"])
        columns = forms.APPLICANTS + ("total",) if check["scope"].startswith("per_column") else [None]
        rows = sorted({i for i, c in figures if c == "total"}) if check["scope"].startswith("per_row") else [None]
        for row in rows:
            for column in columns:
                a, b = side(left, figures, row, column), side(right, figures, row, column)
                if a is not None and b is not None and not {"=": a == b, "<=": a <= b, ">=": a >= b}[op]:
                    out.append(check["id"])
    return out


for form in ("2014", "liaoning-2015", "2019", "2021"):
    bad = []
    for n in range(60):
        bad += broken(report.Report(random.Random(n), ATLAS, form).figures, form)
    ok(not bad, f"{form}: 60 fresh reports close every identity", *bad[:5])
    whole = sum(bool(broken(report.Report(random.Random(n), ATLAS, form, defect="broken-sum").figures, form))
                for n in range(30))
    ok(whole == 30, f"{form}: a broken sum breaks an identity", f"{whole} of 30")

for layout in render.LAYOUTS + render.PRINTED:
    made = [report.Report(random.Random(5), ATLAS, "2021") for _ in range(2)]
    pages = [m.page(layout) for m in made]
    lines = pages[0].decode().split("\n")
    wrong = [key for key, v in made[0].figures.items()
             if v.value not in re.sub("<[^>]*>?|^[^<>]*'>", "", "".join(lines[v.line - 1:v.line + 1]))]
    ok(pages[0] == pages[1] and not wrong, f"{layout}: same bytes, figures on their lines", *wrong[:5])

# A row that a mutation doubled and a dress widened twice did not fit into its table.
for mutation in defects.MUTATIONS:
    wide = []
    for dress in defects.DRESSES:
        for form in ("2014", "2021"):
            made = report.Report(random.Random(7), ATLAS, form, mutation=mutation, dress=dress)
            for table in made.tables:
                try:
                    drawing.slots(table.grid(), table.width)
                except ValueError as why:
                    wide.append(f"{dress} {form} {table.name}: {why}")
    ok(not wide, f"{mutation}: in every dress each row fits into its table", *wide[:5])
made = report.Report(random.Random(7), ATLAS, "2021", mutation="double", dress="total-first")
first = [r.cells[0].key[1] for t in made.tables for r in t.rows if t.name == "requests" and r.cells and r.cells[0].key]
ok(set(first) == {"total"}, "double: total-first puts the total of both twins first", *first)

with tempfile.TemporaryDirectory() as folder:
    def run(*args):
        sys.argv = ["report.py", *args]
        report.main()
    for name, path in (("--warc", "a.warc"), ("--warc-gz", "a.warc.gz"), ("--jsonl", "a.jsonl")):
        truth = os.path.join(folder, "truth.csv")
        run("--count", "20", "--damage", name, os.path.join(folder, path), "--truth", truth)
        with open(truth, encoding="utf-8", newline="") as f:
            files = {r["file"] for r in csv.DictReader(f)}
        ok(len(files) == 18, f"{name}: every tenth record is spoiled and has no truth", str(len(files)))
finish()
