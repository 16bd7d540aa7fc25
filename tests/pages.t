#!/usr/bin/env python3
"""The pages of fixtures/html, through extract, normalize and classify, give the facts written beside them: each
number of a table with its state and line, and no main number of a table besides."""
import glob
import os
from filters import facts_of, read
from tap import finish, ok, top


def key(fact):
    return fact["indicator"], fact["column"], fact["value"], fact["state"], fact["line"]


expectations = sorted(glob.glob(os.path.join(top, "fixtures", "html", "*.expected.csv")))
ok(expectations, "there are pages")
for path in expectations:
    page = path.replace(".expected.csv", ".html")
    want = {key(r) for r in read(path) if r["origin"] == "table"}
    with open(page, "rb") as f:
        got = facts_of(f.read(), worst=1, origin="table")
    missing = want - {key(f) for f in got}
    main = {key(f) for f in got if f["role"] == "main" and f["state"] == "number" and f["indicator"]}
    extra = main - want
    ok(not missing and not extra, f"{os.path.basename(page)}: {len(want)} facts",
       *(f"{what}: {','.join(k)}" for what, which in (("missing", missing), ("not on the page", extra)) for k in sorted(which)[:5]))
finish()
