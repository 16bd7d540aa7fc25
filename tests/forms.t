#!/usr/bin/env python3
"""classify: a new form is data alone; pages over the limit are rejects; memory stays bounded."""
import os
import subprocess
import tempfile

from filters import csv_of, facts_of, run, table
from tap import bin_ as BIN, finish, ok, top


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(csv_of(rows, rows[0]))


HEAD = "2016年官渡区水务局政府信息公开工作年度报告\n"
SHEET = HEAD + "统计指标 | 单位 | 统计数 |\n一、听证工作情况 | | |\n(一)举行听证会次数 | 次 | 4 |\n(二)旁听人员数 | 人次 | 60 |\n" \
    "二、档案移交情况 | | |\n(一)移交档案卷数 | 卷 | 12 |\n(二)接收查档人员数 | 人次 | 31 |\n"

before = facts_of(SHEET)
ok(all(f["indicator"].startswith("report") or not f["indicator"] for f in before),
   "a form nobody knows: its numbers have no indicator")
ok([f["value"] for f in before if f["origin"] == "table"] == ["4", "60", "12", "31"], "but none is lost")
with tempfile.TemporaryDirectory() as d:
    rows = table("forms/indicators")
    blank = dict.fromkeys(rows[0], "")
    for order, (code, number, core, unit, kind) in enumerate([
            ("section.hearings", "一、", "听证工作情况", "", "section"), ("hearings.held", "（一）", "举行听证会次数", "次", "value"),
            ("hearings.public", "（二）", "旁听人员数", "人次", "value"), ("section.archives", "二、", "档案移交情况", "", "section"),
            ("archives.given", "（一）", "移交档案卷数", "卷", "value"), ("archives.readers", "（二）", "接收查档人员数", "人次", "value")], 1):
        rows.append({**blank, "form": "yunnan-2016", "indicator": code, "label_zh": number + core, "unit": unit,
                     "order": str(order), "table": "main", "row_type": kind, "numbering": number, "label_core": core})
    write(os.path.join(d, "indicators.csv"), rows)
    after = facts_of(SHEET, "--tables", d)
    got = {f["indicator"]: (f["value"], f["unit"], f["match"]) for f in after if f["origin"] == "table"}
    ok(got == {"hearings.held": ("4", "次", "exact"), "hearings.public": ("60", "人次", "exact"),
               "archives.given": ("12", "卷", "exact"), "archives.readers": ("31", "人次", "exact")},
       "its rows given with --tables, it is read")
    ok({f["form"] for f in after} == {"yunnan-2016"}, "under its own name")
    found = facts_of(HEAD + "统计指标 | 单位 | 统计数 |\n(一)收到申请数 | 件 | 3 |\n1.当面申请数 | 件 | 3 |\n", "--tables", d)
    ok({f["indicator"] for f in found if f["origin"] == "table"} == {"requests.received", "requests.received.in_person"}, "and the other forms are still there")
    with open(os.path.join(d, "phrases.csv"), "w", encoding="utf-8") as f:
        f.write("indicator,column\nno.such,x\n")
    ok(run("classify", "--tables", d)[0] == 2, "a broken table is status 2")


def with_row(name, row, page):
    """The facts of the page as they are, and with a row more in the table (or in the place of one that begins so)."""
    with open(os.path.join(top, "common", "tables", name), encoding="utf-8") as f:
        text = f.read()
    start = row[:row.index("}") + 1] if row.startswith("{") else None
    kept = [line for line in text.splitlines() if not (start and line.startswith(start))]
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, os.path.basename(name)), "w", encoding="utf-8") as f:
            f.write("\n".join([*kept, row]) + "\n")
        return facts_of(page), facts_of(page, "--tables", folder)


def periods(rows):
    return [f["period"] for f in rows if f["indicator"] == "requests.received"]


before, after = with_row("forms/phrases.csv", "{than},,,,,,,较|比|与|同|和|跟|相对于,,,",
                         HEAD + "相对于2014年收到政府信息公开申请12件。\n")
ok((periods(before), periods(after)) == (["2014"], [""]), "a word behind which a year is only compared with")
before, after = with_row("forms/phrases.csv", "{from},,,,,,,由|从|源自,,,",
                         HEAD + "源自2014年的政府信息公开收到申请12件。\n")
ok((periods(before), periods(after)) == (["2014"], [""]), "a word before the year that something grew from")
before, after = with_row("regions/context.csv", "counted,桩", HEAD.replace("2016年", "").strip() + " 2015桩\n一、概述\n申请均已办结。\n")
ok((before[0]["year"], after[0]["year"]) == ("2015", ""), "a unit behind four digits that are then no year")
before, after = with_row("regions/context.csv", "period,摘录",
                         HEAD.replace("2016年", "") + "摘录自2015年3月1日起至2015年10月31日止。\n")
ok(("report.period_year" in {f["indicator"] for f in before}, "report.period_year" in {f["indicator"] for f in after}) ==
   (False, True), "a word for what a period is of")

# A page of 12 MB of pieces under a limit of 10, then under none.
header = "kind,source,line,table,row,col,rows,cols,grid,text,value,unit,state\n"
page = "page,p,1,,,,,,,format=text charset=utf-8 bytes=1,,,\ntitle,p,1,,,,,,," + HEAD.strip() + ",,,\n"
rest = "".join(f"cell,p,{i},1,{i},{c},1,1,rows,{t},{v},,{s}\n" for i in range(2, 60000)
               for c, t, v, s in ((1, "1.当面申请数", "", "text"), (2, "件", "", "text"), (3, i, i, "number")))
small = page.replace(",p,", ",q,") + "cell,q,2,1,1,1,1,1,rows,(一)收到申请数,,,text\n"
with tempfile.TemporaryDirectory() as d:
    path, rejects = os.path.join(d, "in"), os.path.join(d, "rejects")
    with open(path, "w", encoding="utf-8") as f:
        f.write(header + page + rest + small)
    size = os.path.getsize(path)
    p = subprocess.run([f"{BIN}/classify", "-q", "--max-page", "10M" if size > 10 << 20 else "5M", "--rejects", rejects, path],
                       stdout=subprocess.PIPE)
    out = p.stdout.decode()
    with open(rejects, encoding="utf-8") as f:
        rejected = f.read().splitlines()[1:]
    ok(p.returncode == 1 and len(rejected) == 1 and rejected[0].startswith("page,p,") and
       rejected[0].endswith(",longer than --max-page"), "a page over the limit is one reject with its reason")
    ok(",p," not in out and out.count(",q,") >= 1, "the page after it is worked on")
    if "asan" not in BIN:
        run = subprocess.Popen([f"{BIN}/classify", "-q", path], stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(run.pid, 0)
        ok(os.waitstatus_to_exitcode(status) == 0 and used.ru_maxrss * 1024 <= (64 << 20) + 3 * size,
           f"{used.ru_maxrss >> 10} MB for a page of {size >> 20} MB")
finish()
