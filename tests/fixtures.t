#!/usr/bin/env python3
"""Each expected fact stands on the line it names, and no page carries contact data."""
import csv
import html
import os
import re
import unicodedata

top = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures")
REAL_CONTACT = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|0\d{2,3}[-—](?!0{7,8}\b)\d{7,8}|[\w.]+@(?!\w+\.invalid)[\w.]+")


# Pages that are not in UTF-8, whatever they claim.
CHARSETS = {"gb2312": "gb18030", "gbk-as-utf8": "gbk", "utf16": "utf-16", "big5": "big5"}


def lines_of(path):
    name = os.path.splitext(os.path.basename(path))[0]
    with open(path, "rb") as f:
        text = f.read().decode(CHARSETS.get(name, "utf-8"))
    return text.replace("\r", "\n").split("\n")


def shows(lines, number, value):
    """Whether a line shows the value; a cell may run on to the next line."""
    line = lines[number - 1]
    if "<" not in line:
        numbers, below = (re.findall(r"-?\d+(?:\.\d*[1-9])?", unicodedata.normalize("NFKC", n).replace(",", ""))
                          for n in (line, lines[number] if number < len(lines) else ""))
        return value in numbers or value in [a + b for a in numbers for b in below]
    text = html.unescape(re.sub(r"<[^<>]*(>|$)|^[^<>]*'>", "", line + "".join(lines[number:number + 1])))
    return value in unicodedata.normalize("NFKC", text).replace(",", "")


def faults(name):
    """What is wrong with the page and its expected facts, one string each."""
    lines = lines_of(os.path.join(top, name))
    for number, line in enumerate(lines, 1):
        if REAL_CONTACT.search(line):
            yield f"line {number}: contact data"
    expected = os.path.join(top, os.path.splitext(name)[0] + ".expected.csv")
    with open(expected, encoding="utf-8", newline="") as f:
        for fact in csv.DictReader(f):
            if fact["origin"] == "table" and fact["state"] == "number" \
                    and not shows(lines, int(fact["line"]), fact["value"]):
                yield f"line {fact['line']}: {fact['indicator']} is not {fact['value']}"


with open(os.path.join(top, "expected-reports.csv"), encoding="utf-8", newline="") as f:
    pages = [r["file"] for r in csv.DictReader(f)]
here = {n for n in os.listdir(top) if n.endswith(".txt")}
here |= {"html/" + n for n in os.listdir(os.path.join(top, "html")) if n.endswith(".html")}
print(f"1..{len(pages) + 1}")
print("ok" if here == set(pages) else "not ok", 1, "- every page has its identity")
for name in sorted(here ^ set(pages)):
    print("#", name)
for i, page in enumerate(pages, 2):
    found = list(faults(page))
    print("ok" if not found else "not ok", i, "-", page)
    for what in found:
        print("#", what)
