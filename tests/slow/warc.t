#!/usr/bin/env python3
"""A WARC.gz of 100 MB with every tenth record damaged: the other nine tenths come out whole, in little memory."""
import csv
import gzip
import os
import random
import resource
import subprocess
import sys
import tempfile

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
EXTRACT = os.path.join(os.path.abspath(os.path.join(TOP, os.environ.get("BUILD", "build"))), "bin", "extract")
SIZE = 100 << 20
ROW = "<tr><td>（{0}）项目{1}数</td><td>件</td><td>{2}</td></tr>\n"


def page(n, rng):
    rows = "".join(ROW.format(i, n, rng.randrange(10 ** 6)) for i in range(40))
    filler = "".join(f"<p>第{rng.randrange(10 ** 9)}条说明{rng.randrange(10 ** 9)}</p>" for _ in range(700))
    return f"<html><title>第{n}号报告</title><table>{rows}</table>{filler}</html>".encode()


def member(n, rng):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(n, rng)
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://h.invalid/{n}\r\n" \
           f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 1, mtime=0)


def damaged(data, rng):
    at = rng.randrange(10, len(data) - 60)
    return rng.choice((data[:at] + bytes(50) + data[at + 50:], data[:at], data[at:],
                       data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1:]))


rng = random.Random(1)
print("1..4")
with tempfile.TemporaryDirectory() as tmp:
    path, rejects = os.path.join(tmp, "w.warc.gz"), os.path.join(tmp, "rejects.csv")
    whole, n, size = set(), 0, 0
    kept = [member(i, rng) for i in range(200)]
    with open(path, "wb") as f:
        while size < SIZE:
            data = kept[n] if n < len(kept) else member(n, rng) if n % 50 == 0 else kept[n % len(kept)]
            name = n if n < len(kept) or n % 50 == 0 else n % len(kept)
            if n % 10 == 4:
                data = damaged(data, rng)
            else:
                whole.add((n, name))
            f.write(data)
            size += len(data)
            n += 1
    out = subprocess.run([EXTRACT, "-q", "--rejects", rejects, path], stdout=subprocess.PIPE, check=False)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    pages = {}
    for line in out.stdout.decode().splitlines():
        if line.startswith("page,"):
            pages[int(line.split(",")[1].rsplit("/", 1)[1])] = pages.get(int(line.split(",")[1].rsplit("/", 1)[1]), 0) + 1
    want = {}
    for _, name in whole:
        want[name] = want.get(name, 0) + 1
    lost = sum(max(0, k - pages.get(name, 0)) for name, k in want.items())
    with open(rejects, encoding="utf-8", newline="") as f:
        nrejects = sum(1 for _ in csv.DictReader(f))
    print("ok" if out.returncode == 1 else "not ok", 1, "- status 1:", out.returncode)
    print("ok" if lost == 0 else "not ok", 2, f"- {n} records, {len(whole)} of them whole, {lost} of these lost")
    print("ok" if nrejects >= n // 10 * 9 // 10 else "not ok", 3, f"- {nrejects} rejects for {n // 10} damaged records")
    print("ok" if peak < 64 * 1024 else "not ok", 4, f"- {peak} KiB at most")
sys.exit(lost > 0)
