#!/usr/bin/env python3
"""Made pages: fresh ones are read right, and whatever happens to rows, cells and labels, no value is
silently wrong.  `make accuracy` does the same on many more pages."""
import argparse
import contextlib
import io
import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "accuracy"))
os.environ.setdefault("XXGK_BIN", os.path.join(HERE, "..", os.environ.get("BUILD", "build"), "bin"))
import run  # noqa: E402

PARTS = [(part, "any") for part in ("layouts", "prose", "mutations", "lost-cells", "dresses", "defects", "cut")]
PARTS += [("broken-lines", "any"), ("broken-titles", "any")]
PARTS += [("layouts", "printed"), ("mutations", "printed"), ("cut", "printed"), ("mutations", "flow"), ("cut", "flow")]
o = argparse.Namespace(seed=20, count=12, layout="any", times=2, defect="any", verbose=True, show=5, half=None)
print(f"1..{len(PARTS)}")
for number, (part, o.layout) in enumerate(PARTS, 1):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        good = run.PARTS[part](o)
    print("ok" if good else "not ok", number, "-", part if o.layout == "any" else f"{part}, {o.layout}")
    for line in said.getvalue().splitlines():
        print("#", line)
