#!/usr/bin/env python3
"""compile: the official form of the year, filled from the divisions under a region: in its printed layout, with as
many cells as the form has, and never a figure for what nobody reported."""
import csv
import html.parser
import os
import shutil
import subprocess
import tempfile

from tap import bin_, finish, ok, top

env = {**os.environ, "LC_ALL": "C", "XXGK_BIN": bin_}
country = os.path.join(top, "tests/golden/aggregate/country")


def run(*args):
    done = subprocess.run([os.path.join(top, "pipelines/compile"), "-t", country, *args], capture_output=True, env=env)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Tables(html.parser.HTMLParser):
    """The tables of a page as grids of (kind, text), spans filled in."""

    def __init__(self):
        super().__init__()
        self.tables, self.open, self.text = [], None, None

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "table":
            self.tables.append({})
            self.row = 0
        elif tag == "tr":
            self.row += 1
            self.col = 0
        elif tag in ("td", "th"):
            grid = self.tables[-1]
            self.col += 1
            while (self.row, self.col) in grid:
                self.col += 1
            self.cell = [tag, "", a.get("title", "")]
            for r in range(int(a.get("rowspan", 1))):
                for c in range(int(a.get("colspan", 1))):
                    grid[self.row + r, self.col + c] = self.cell
            self.col += int(a.get("colspan", 1)) - 1

    def handle_data(self, data):
        if self.tables and hasattr(self, "cell"):
            self.cell[1] += data.strip()


def full(grid):
    rows, cols = max(r for r, c in grid), max(c for r, c in grid)
    return len(grid) == rows * cols


def layout(form, year, tables, width):
    with tempfile.TemporaryDirectory() as d:
        status, out, err = run("-f", form, "-o", d + "/x", "610000", year, country + "/facts.csv")
        page = Tables()
        page.feed(open(d + "/x.html", encoding="utf-8").read())
        ok(status < 2 and len(page.tables) == tables and all(full(g) for g in page.tables),
           f"{form}: {tables} tables, each a full rectangle") or print("#", status, err, len(page.tables))
        ok(max(max(c for r, c in g) for g in page.tables) == width, f"{form}: the widest has {width} columns")
        cells = list(csv.DictReader(open(d + "/x.cells.csv", encoding="utf-8")))
        shown = sum(cell[0] == "td" and cell[2] != "" for g in page.tables for cell in {id(c): c for c in g.values()}.values())
        ok(shown == len(cells) > 0, f"{form}: {len(cells)} cells, all printed") or print("#", shown, len(cells))
        rows = [r for r in csv.DictReader(open(top + "/common/tables/forms/indicators.csv", encoding="utf-8"))
                if r["form"] == form and r["row_type"] not in ("section", "group")]
        missing = {r["indicator"] for r in rows} - {c["indicator"] for c in cells} - {c["column"] for c in cells}
        ok(not missing, f"{form}: every row of the form is there") or print("#", missing)


layout("2014", "2016", 1, 3)
layout("liaoning-2015", "2015", 1, 3)
layout("2019", "2019", 7, 15)
layout("2021", "2021", 6, 15)
with tempfile.TemporaryDirectory() as d:
    status, out, err = run("-o", d + "/x", "610000", "2019", country + "/facts.csv")
    cells = {(c["indicator"], c["column"]): c for c in csv.DictReader(open(d + "/x.cells.csv", encoding="utf-8"))}
    c = cells["requests.new", "total"]
    ok((c["sum"], c["divisions"], c["of"], c["reported"]) == ("74", "1", "2", "200"), "65 of one of two, and 9 of its own tier")
    ok(all(v["sum"] == "" and v["divisions"] == "0" for k, v in cells.items() if k != ("requests.new", "total")),
       "what nobody reported is empty, not 0")
    ok(status == 0 and "0 of 2 divisions have no report" in err, "a report of the tier alone is a report") \
        or print("#", status, err)
    status, out, err = run("-o", d + "/x", "620000", "2019", country + "/facts.csv")
    broken = list(csv.DictReader(open(d + "/x.broken.csv", encoding="utf-8")))
    ok(status == 1 and [(b["region"], b["value"]) for b in broken] == [("620100", "95")], "a broken cell is listed")
    status, out, err = run("-o", d + "/x", "630000", "2020", country + "/facts.csv")
    missing = list(csv.DictReader(open(d + "/x.missing.csv", encoding="utf-8")))
    ok(status == 1 and [m["region"] for m in missing] == ["630100", "639001", "639002"],
       "the missing are listed, those right under the province too")
    for kind, more in ("plain", ()), ("marked", ("--bom",)):
        run("-o", f"{d}/{kind}", *more, "620000", "2019", country + "/facts.csv")
    for end in ".csv", ".cells.csv", ".missing.csv", ".broken.csv", ".html":
        plain, marked = (open(f"{d}/{kind}{end}", "rb").read() for kind in ("plain", "marked"))
        ok(marked == (b"" if end == ".html" else b"\xef\xbb\xbf") + plain, f"--bom: {end}")
    ok(run("-B", "620000", "2019", country + "/facts.csv")[1] == "\ufeff" + run("620000", "2019", country + "/facts.csv")[1], "--bom on standard output")
    status, out, err = run("610000", "2016", country + "/facts.csv")
    ok(status == 1 and "2 of 2 divisions have no report" in err, "a year without any report lacks all of them") or print("#", err)
with tempfile.TemporaryDirectory() as d:
    for name, more in (("indicators", "gd,proactive.total,公开数,,条,,,1,,,main,total,,公开数,high\n"),
                       ("columns", "gd,main,unit,计量单位,1,指标名称 | 计量单位 | 本年数,,,,high\ngd,main,value,本年数,2,指标名称 | 计量单位 | 本年数,,,,high\n")):
        whole = open(f"{top}/common/tables/forms/{name}.csv", encoding="utf-8").read()
        open(f"{d}/{name}.csv", "w", encoding="utf-8").write(whole + more)
    for name in ("regions", "changes"):
        shutil.copy(f"{country}/{name}.csv", d)
    status, out, err = run("-t", d, "-f", "gd", "610000", "2019", country + "/facts.csv")
    ok(status < 2 and out == "指标名称,计量单位,本年数\n公开数,条,\n", "a form of one's own has its own heads") or print("#", status, out, err)
    status, out, err = run("-f", "2014", "610000", "2019", country + "/facts.csv")
    ok("统计指标,单位,统计数\n" in out, "that of 2014 has those printed there")
status, out, err = run("620100", "2020", country + "/facts.csv")
ok(status == 0 and "一、本年新收政府信息公开申请数量,,,,,,,,,92\n" in out, "all there: status 0, the sum in its place") or print("#", status, err)
for args, what in ((["610000"], "no year"), (["61", "2019"], "no region code"), (["610000", "19"], "no year of four digits"),
                   (["610000", "1990", country + "/facts.csv"], "a year without a form"), (["999999", "2019", country + "/facts.csv"],
                                                                                           "a region nobody knows")):
    status, out, err = run(*args)
    ok(status == 2 and out == "", f"{what}: status 2") or print("#", status, err)
head = "region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,origin,role,source,grade\n"
for units, indicator, want, apart in ((("条", "件"), "proactive.normative", ("12", "2"), 0), (("件", "条"), "proactive.normative", ("12", "2"), 0),
                                      (("条", "条"), "proactive.normative", ("12", "2"), 0), (("万元", "元"), "requests.fees", ("5", "1"), 1),
                                      (("", "万元"), "requests.fees", ("5", "1"), 1)):
    with tempfile.TemporaryDirectory() as d:
        rows = [f'{region},government,"a ""b"", {region}",2016,county,region,2014,{indicator},value,{value},{unit},number,table,main,s,proved\n'
                for region, value, unit in zip(("620101", "620102"), (5, 7), units)]
        open(d + "/facts.csv", "w", encoding="utf-8").write(head + "".join(rows))
        status, out, err = run("-o", d + "/x", "620100", "2016", d + "/facts.csv")
        cell = next(c for c in csv.DictReader(open(d + "/x.cells.csv", encoding="utf-8")) if (c["indicator"], c["column"]) == (indicator, "value"))
        said = "1 figures are in another unit" in err
        ok((cell["divisions"] == "1" and cell["sum"] in ("5", "7") if apart else (cell["sum"], cell["divisions"]) == want) and said == bool(apart) and
           status == apart, f"{indicator} in {units}: {'one is in no sum, and said' if apart else 'one sum'}") or print("#", status, err, cell)
status, out, err = run("610000", "2019", "nosuch.csv")
ok(status == 3, "a file that is not there: status 3")
finish()
