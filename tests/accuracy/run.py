#!/usr/bin/env python3
"""Measures what the filters get right on labelled cases.

    python3 tests/accuracy/run.py fixtures|identity|sentences|mutations|lost-cells|dresses|defects|repairs|layouts|prose|cut|broken-lines|broken-titles ... [-v] [--half rules|report]

Pages go through build/bin/{extract,normalize,classify} (and validate for the made pages); XXGK_BIN names
another folder.  Each part prints its counts; the exit status is 1 when a part falls short of what the
project promises for it, 2 when it could not be run.
"""
import argparse
import csv
import io
import os
import random
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.join(HERE, "..", "..")
BIN = os.environ.get("XXGK_BIN", os.path.join(TOP, "build", "bin"))
FIGURE = re.compile(r"(\??)([\w.]+)\[([\w.]+)\]=(-?[\d.]+) (\S*) (\w+)(?: @(\S+))?")


def rows_of(*path):
    with open(os.path.join(HERE, *path), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def pipe(stages, data=None, cwd=None):
    """Output of the filters one after another; what a filter says it could not do is on standard error."""
    for stage in stages:
        done = subprocess.run([os.path.join(os.path.abspath(BIN), stage[0]), "-q", *stage[1:]], input=data,
                              stdout=subprocess.PIPE, cwd=cwd, timeout=1800)
        if done.returncode not in (0, 1):
            sys.exit(f"run.py: {stage[0]} ended with {done.returncode}")
        data = done.stdout
    return data


def facts_of(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))


def percent(part, whole):
    return f"{part}/{whole} = {100 * part / whole:.2f}%" if whole else "0/0"


# Sentences stand in a small report of their year, from 2019 on with a table of the form of that year.
HEAD = "{place}{year}年政府信息公开工作年度报告\n{title}\n{year}年的工作情况如下。\n"
TABLE_2019 = ("二、主动公开政府信息情况\n第二十条第(一)项 | ||||\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n"
              "规章 | 0 | 0 | 0 |\n规范性文件 | 0 | 0 | 0 |\n第二十条第(五)项 | |||\n"
              "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n行政许可 | 0 | 0 | 0 |\n")
TABLE_2021 = ("二、主动公开政府信息情况\n第二十条第(一)项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
              "规章 | 0 | 0 | 0 |\n行政规范性文件 | 0 | 0 | 0 |\n第二十条第(五)项 | |||\n信息内容 | 本年处理决定数量 | ||\n"
              "行政许可 | 0 | ||\n")
SENTENCE_LINE = "4"


# A place that the sentence can be of: 全市 says nothing of a county's own.
PLACES = {"全省": "湖南省", "全市": "湖南省岳阳市", "全自治区": "宁夏回族自治区", "全州": "湖南省湘西土家族苗族自治州", "全盟": "内蒙古自治区锡林郭勒盟",
          "全旗": "内蒙古自治区锡林郭勒盟太仆寺旗", "全区": "湖南省岳阳市君山区", "全县": "湖南省岳阳市平江县"}


OF_PLACE = re.compile("(?=.*?[我本]([省市州盟旗区县]))|.*?([省市州盟旗区县])(?:(?:人民)?政府|[级直]机关|本级)")


def place_of(sentence):
    """A place the sentence can be said of: 全市, else 我市 or 市政府."""
    ours = re.search("[我本]([省市州盟旗区县])", sentence)
    said = re.search("|".join(PLACES), sentence)
    if ours:
        return PLACES["全" + ours[1]]
    if said:
        return PLACES[said[0]]
    said = OF_PLACE.match(sentence)
    return PLACES["全" + (said[1] or said[2]) if said else "全县"]


OF_BODY = re.compile("(?:（.）[^。，]{2,12}。)?(?:[12][0-9]{3}年度?，?)?([省市州盟旗区县])?((?(1)[^，。、省市州盟旗区县及各]{2,12}?(?:局|厅|委员会|委)|"
                     "[^，。、全我本各年]{2,3}(?:镇|乡|街道)(?:人民政府|办事处|政府)?))(?=[全共主收公发受积未没在有新制办政通20-9：])")
OURS = {"我局": "水利局", "我委": "发展和改革委员会", "我镇": "长寿镇", "我乡": "三阳乡", "我街道": "汉昌街道"}


def body_of(sentence):
    """Whose report it is: 市房管局全年公开 is that bureau's."""
    said = re.search("|".join(OURS), sentence)
    if said:
        return place_of(sentence) + OURS[said[0]]
    said = OF_BODY.match(sentence)
    if not said or len(set(re.findall("[省市州盟旗区县][^，。、；省市州盟旗区县和及各]{2,8}?[局厅委]", sentence))) > 1 or re.search("全[省市州盟旗区县]", sentence):
        return place_of(sentence)
    return PLACES["全" + (said[1] or "县")] + said[2]


def reporter_of(case):
    """Of the body the sentence begins with, if there is a figure to be taken from it; else it is of a part of the place."""
    own = any(not part.startswith("?") for part in filter(None, case["figures"].split("; ")))
    return body_of(case["text"]) if own else place_of(case["text"])


def page_of(case, text):
    """A small report that holds the text, of the body and year of the case."""
    year = int(case["year"])
    head = HEAD.format(place=reporter_of(case), year=year, title="一、概述" if year < 2019 else "一、总体情况")
    return head + text + "\n" + ("" if year < 2019 else TABLE_2019 if year < 2021 else TABLE_2021)


def wanted_figures(text):
    out = {}
    for part in filter(None, text.split("; ")):
        optional, indicator, column, value, unit, state, period = FIGURE.fullmatch(part).groups()
        out[indicator, column, value, period or ""] = (unit, state, bool(optional))
    return out


def covers(wanted, fact):
    """The label the fact fulfils: its period may be any where the label says `*`."""
    key = fact["indicator"], fact["column"], fact["value"]
    for label in wanted:
        if label[:3] == key and (label[3] == fact["period"] or label[3] == "*" and fact["period"]):
            return label
    return None


def score(cases, by_source, verbose):
    """What the facts of prose say against the labels of the sentences: how many are right, wrong, and missed."""
    right = wrong = missed = 0
    for c in cases:
        wanted, found = wanted_figures(c["figures"]), set()
        for f in by_source.get(c["name"], ()):
            label = covers(wanted, f)
            if label is None or not wanted[label][2] and (f["unit"], f["state"]) != wanted[label][:2]:
                wrong += 1
                if verbose:
                    print(f"  {c['id']} wrong: {f['indicator']}[{f['column']}]={f['value']} {f['unit']} "
                          f"{f['state']} @{f['period']}: {c['text']}")
            elif label not in found and not wanted[label][2]:
                right += 1
            found.add(label)
        for label, (_, _, optional) in wanted.items():
            if not optional and label not in found:
                missed += 1
                if verbose:
                    print(f"  {c['id']} missed: {label}: {c['text']}")
    return right, wrong, missed


def read_sentences(cases, page, line=None):
    """The facts of prose in each case's page, by its name; `line`: only that one's."""
    by_source = {}
    with tempfile.TemporaryDirectory() as folder:
        for c in cases:
            with open(os.path.join(folder, c["name"]), "w", encoding="utf-8") as f:
                f.write(page(c))
        names = [c["name"] for c in cases]
        for f in facts_of(pipe([["extract", *names], ["normalize"], ["classify"]], cwd=folder)):
            if f["origin"] == "prose" and f["indicator"] and f["value"] and line in (None, f["line"]):
                by_source.setdefault(f["source"], []).append(f)
    return by_source


def labelled_sentences():
    return [dict(c, name=f"{int(c['id']):04}.txt") for part in sorted(os.listdir(os.path.join(HERE, "sentences")))
            for c in rows_of("sentences", part)]


def sentences(o):
    cases = labelled_sentences()
    by_source = read_sentences(cases, lambda c: page_of(c, c["text"]), SENTENCE_LINE)
    good = True
    for half in (o.half,) if o.half else ("rules", "report"):
        right, wrong, missed = score([c for c in cases if c["half"] == half], by_source, o.verbose)
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        print(f"sentences ({half} half): precision {percent(right, right + wrong)}, "
              f"recall {percent(right, right + missed)}")
        if half == "report":
            good = precision >= 0.99 and recall >= 0.97
    return good


# Around a sentence whose lines are broken stands what says nothing of its own.
AROUND = ("围绕中心工作，进一步健全制度，完善机制，细化任务，压实责任，各项工作取得新的成效。", "及时更新指南和目录，优化栏目设置，方便公众查询。",
          "组织开展业务学习，提高工作人员的能力和水平。")
HANGING = "，。；、：）%"  # may not begin a line: hang over the margin
BREAKS = {"lines": ("　　", "\n", "\n"), "lines without indents": ("", "\n", "\n"),
          "br": ("　　", "<br>", "</p>\n<p>"), "p": ("　　", "</p><p>", "</p>\n<p>")}


def broken(text, width):
    """The lines of a paragraph, indented by two characters, that has room for `width` columns of Latin letters."""
    lines, used = [""], 4
    for c in text:
        columns = 1 if ord(c) < 128 else 2
        if used + columns > width and c not in HANGING:
            lines.append("")
            used = 0
        lines[-1] += c
        used += columns
    return lines


def broken_lines(o):
    """The sentences in pages whose lines were broken at a width: as good as whole ones, but for one in a hundred."""
    good = True
    cases = [c for c in labelled_sentences() if c["half"] == "rules"]
    for way, (indent, line_end, end) in BREAKS.items():
        def page(c):
            rng = random.Random(f"{o.seed}/{c['id']}")
            width, at, paragraphs = rng.randint(42, 84), rng.randint(1, 6), []
            for k in range(8):
                said = [rng.choice(AROUND) for _ in range(rng.randint(2, 5))]
                if k == at:
                    said.insert(rng.randint(0, len(said)), c["text"])
                paragraphs.append(indent + line_end.join(broken("".join(said), width)))
            text = end.join(paragraphs)
            if "<" in end:
                title = HEAD.format(place=reporter_of(c), year=c["year"], title="一、概述").split("\n")[0]
                return f"<html><head><meta charset=utf-8><title>{title}</title></head><body>\n<p>{text}</p></body></html>\n"
            return page_of(c, text)
        # The forms that later sentences need are in the pages of text only.
        some = [c for c in cases if "<" not in end or int(c["year"]) < 2019]
        whole = read_sentences(some, lambda c: page_of(c, c["text"]), SENTENCE_LINE)
        least = score(some, whole, False)
        right, wrong, missed = score(some, read_sentences(some, page), o.verbose)
        print(f"sentences broken by {way}: precision {percent(right, right + wrong)}, recall {percent(right, right + missed)}")
        good &= least[0] > 0 and wrong <= least[1] + 0.002 * len(some) and right >= 0.99 * least[0]
    return good


def identity(o):
    cases = rows_of("identity", "cases.csv")
    seen = {}
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for c in cases:
            page = c["page"].replace("¶", "\n") + "\n"
            name = c["id"] + (".html" if page.startswith("<") else ".txt")
            if c["url"]:
                out = pipe([["extract", "--source", c["url"], "-"]], page.encode())
                seen[c["id"]] = facts_of(pipe([["normalize"], ["classify"]], out))
                continue
            names.append(name)
            with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
                f.write(page)
        for f in facts_of(pipe([["extract", *names], ["normalize"], ["classify"]], cwd=folder)):
            seen.setdefault(os.path.splitext(os.path.basename(f["source"]))[0], []).append(f)
    region = {"right": 0, "wrong": 0, "unresolved": 0}
    tally = {k: 0 for k in ("year", "body_kind", "level", "scope")}
    by_source = {}
    for c in cases:
        facts = seen.get(c["id"], [])
        report = next((f for f in facts if f["indicator"] == "report"), None)
        have = report or dict.fromkeys(("region", *tally), "(no report)")
        have = {k: "*" if c[k] == "*" else have[k] for k in ("region", *tally)}
        if have["region"] == c["region"]:
            region["right"] += 1
        elif have["region"] in ("", "(no report)"):
            region["unresolved"] += 1
        else:
            region["wrong"] += 1
        for k in tally:
            tally[k] += have[k] == c[k]
        off = [f"{k} {have[k]} for {c[k] or 'none'}" for k in ("region", *tally) if have[k] != c[k]]
        if off and o.verbose:
            print(f"  {c['id']} ({c['about']}): {', '.join(off)}: {c['page'][:90]}")
        by_source[c["id"]] = not off
    n = len(cases)
    print(f"identity: {n} cases; region right {percent(region['right'], n)}, wrong {region['wrong']}, "
          f"unresolved though decidable {region['unresolved']}; "
          + ", ".join(f"{k} {percent(v, n)}" for k, v in tally.items()))
    return (region["right"] >= 0.995 * n and not region["wrong"] and tally["year"] >= 0.995 * n
            and tally["body_kind"] >= 0.98 * n)


def broken_titles(o):
    """The first lines of the labelled pages broken at random, once and twice: the report is to stay the same."""
    good = True
    keys = ("region", "body_kind", "year", "level", "scope")
    cases = [c for c in rows_of("identity", "cases.csv") if not c["url"] and not c["page"].startswith("<")]
    for parts, least in ((2, 0.9), (3, 0.9)):
        rng = random.Random(o.seed)
        with tempfile.TemporaryDirectory() as folder:
            names = []
            for c in cases:
                title, *rest = c["page"].split("¶")
                if not 12 <= len(title) <= 60 or "报" not in title:
                    continue
                for k in range(4):
                    cuts = [0, *sorted(rng.sample(range(1, len(title)), parts - 1) if k else []), len(title)]
                    names.append(f"{c['id']}-{k}")
                    with open(os.path.join(folder, names[-1]), "w", encoding="utf-8") as f:
                        f.write("\n".join([title[a:b] for a, b in zip(cuts, cuts[1:])] + rest) + "\n")
            facts = facts_of(pipe([["extract", *names], ["normalize"], ["classify"]], cwd=folder))
        have = {f["source"]: f for f in facts if f["indicator"] == "report"}
        same = lost = other = 0
        for name in names:
            whole, broken = have.get(name.split("-")[0] + "-0"), have.get(name)
            if not name.endswith("-0") and whole:
                lost += not broken
                same += bool(broken) and all(whole[k] == broken[k] for k in keys)
                other += bool(broken) and any(whole[k] != broken[k] for k in keys)
        print(f"titles in {parts} lines: {percent(same, same + lost + other)} as if whole, {lost} no report, {other} another")
        good &= same > 0 and same >= least * (same + lost + other)
    return good


def fixture(folder, name, want, findings):
    """What the filters say of a fixture otherwise than its expected facts, a line each."""
    with tempfile.NamedTemporaryFile() as t:
        facts = facts_of(pipe([["extract", name], ["normalize"], ["classify"], ["validate", "--findings", t.name]],
                              cwd=folder))
        found = {(f["check"]) for f in facts_of(t.read())}
    have = next((f for f in facts if f["indicator"] == "report"), None)
    if have is None:
        return ["no report"]
    keys = ("year", "region", "level", "body_kind", "form")
    out = [f"{k} is {have[k]}, not {want[k]}" for k in keys if have[k] != want[k]]
    scopes = [f["scope"] for f in facts if f["indicator"] and f["origin"] != "page"]
    if scopes and max(set(scopes), key=scopes.count) != want["scope"]:
        out.append(f"scope is mostly {max(set(scopes), key=scopes.count)}, not {want['scope']}")
    main = {(f["indicator"], f["column"]): f for f in facts
            if f["origin"] == "table" and f["role"] == "main" and f["indicator"]}
    prose = {(f["indicator"], f["column"], f["value"], f["line"]): f for f in facts if f["origin"] == "prose"}
    with open(os.path.join(folder, os.path.splitext(name)[0] + ".expected.csv"), encoding="utf-8", newline="") as f:
        expected = list(csv.DictReader(f))
    for e in expected:
        cell = f"{e['indicator']}[{e['column']}]"
        if e["origin"] == "prose":
            if (e["indicator"], e["column"], e["value"], e["line"]) not in prose:
                out.append(f"line {e['line']}: the text gives {cell} {e['value']}")
            continue
        f = main.pop((e["indicator"], e["column"]), None)
        if f is None:
            if e["state"] == "number":
                out.append(f"line {e['line']}: {cell} {e['value']} is missing")
        elif (f["value"], f["state"]) != (e["value"], e["state"]) or e["unit"] and f["unit"] != e["unit"] \
                or e["state"] == "number" and f["line"] != e["line"]:
            out.append(f"line {e['line']}: {cell} is {e['value']} {e['unit']} {e['state']}, "
                       f"not {f['value']} {f['unit']} {f['state']} of line {f['line']}")
    out += [f"line {f['line']}: {i}[{c}] {f['value']} is not on the page" for (i, c), f in main.items()
            if f["state"] == "number"]
    wanted = {w["check"] for w in findings}
    out += [f"check {c} is not found" for c in sorted(wanted - found)]
    out += [f"check {c} is not broken on the page" for c in sorted(found - wanted) if not c.startswith("X-")]
    return out


def fixtures(o):
    """The pages of fixtures/ against the facts beside them."""
    folder = os.path.join(TOP, "fixtures")
    with open(os.path.join(folder, "expected-findings.csv"), encoding="utf-8", newline="") as f:
        findings = list(csv.DictReader(f))
    with open(os.path.join(folder, "expected-reports.csv"), encoding="utf-8", newline="") as f:
        pages = list(csv.DictReader(f))
    whole = 0
    for want in pages:
        name = want["file"]
        wrong = fixture(folder, name, want, [f for f in findings if f["file"] == name])
        whole += not wrong
        if wrong:
            print(f"  {name}: {len(wrong)} differ")
            for line in wrong[:o.show if o.verbose else 3]:
                print(f"    {line}")
    print(f"fixtures: {whole} of {len(pages)} pages as expected")
    return whole == len(pages)


def cut_page(path, truth, rng):
    """Ends the page within a number of its tables that has two digits or more, if one is found where it stands."""
    with open(path, "rb") as f:
        lines = f.read().split(b"\n")
    rows = [t for t in truth if t["origin"] == "table" and t["value"].isdigit() and len(t["value"]) > 1]
    for t in rng.sample(rows, len(rows)):
        line, at = lines[int(t["line"]) - 1], int(t["line"]) - 1
        found = list(re.finditer(rb"(?<![0-9])%s(?![0-9])" % t["value"].encode(), line))
        if len(found) == 1:
            end = found[0].start() + rng.randint(1, len(t["value"]) - 1)
            with open(path, "wb") as f:
                f.write(b"\n".join(lines[:at] + [line[:end]]))
            return


def make_pages(o, form, more, cut=False):
    """Made pages and what the filters say of them: names, truth rows and facts."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, os.path.join(TOP, "tests", "generate", "report.py"), "--seed", str(o.seed),
                        "--count", str(o.count), "--form", form, "--out", folder, *more], check=True)
        with open(os.path.join(folder, "truth.csv"), encoding="utf-8", newline="") as f:
            truth = list(csv.DictReader(f))
        names = sorted(n for n in os.listdir(folder) if n != "truth.csv")
        for name in names if cut else ():
            cut_page(os.path.join(folder, name), [t for t in truth if t["file"] == name], random.Random(f"{o.seed}/{name}"))
        return names, truth, facts_of(pipe([["extract", *names], ["normalize"], ["classify"], ["validate"]], cwd=folder))


def made_identity(o, what, names, truth, facts):
    """Whose report each made page is; true if no region is wrong."""
    have = {f["source"]: f for f in facts if f["indicator"] == "report"}
    keys = ("region", "year", "body_kind", "level", "scope", "form")
    right, wrong = dict.fromkeys(keys, 0), 0
    for t in truth:
        if t["indicator"] == "report":
            f = have.get(t["file"], {})
            for k in keys:
                right[k] += f.get(k) == t[k]
            wrong += f.get("region", "") not in ("", t["region"])
            off = [f"{k} {f.get(k, '(no report)')} for {t[k]}" for k in keys if f.get(k) != t[k]]
            if off and o.verbose:
                print(f"  {t['file']} {t['body']} {t['year']}: {', '.join(off)}: {f.get('label', '')}")
    print(f"{what}: of {len(names)} pages "
          + ", ".join(f"{k} {percent(n, len(names))}" for k, n in right.items()) + f", {wrong} regions wrong")
    return not wrong


def judge(facts, truth):
    """Facts of tables against the truth, by page, indicator and column: how many are right, how many marked; the wrong ones
    that are not, with what they should be; and the pages of both.  What is not found is left in `truth`."""
    right = marked = 0
    wrong, pages = [], set()
    for f in facts:
        # Two made reports may be of one body and year: the later page is then a duplicate, and right all the same.
        if f["origin"] != "table" or f["role"] not in ("main", "duplicate") or not f["indicator"]:
            continue
        key = f["source"], f["indicator"], f["column"]
        t = truth.pop(key, None)
        if t and (t["value"], t["state"]) == (f["value"], f["state"]):
            right += 1
        elif f["state"] not in ("number", "about"):
            if t:
                truth[key] = t
        elif f["grade"] in ("assumed", "broken") or f["grid"] in ("assumed", "failed"):
            marked += 1
            pages.add(f["source"])
        else:
            wrong.append((f, t))
            pages.add(f["source"])
    return right, marked, wrong, pages


def made(o, what, *more, identity_too=False, least=0.9, cut=False):
    """Facts of made pages of each form against their truth: none silently wrong, `least` of them right."""
    good = True
    for form in ("2014", "liaoning-2015", "2019", "2021"):
        names, rows, facts = make_pages(o, form, more, cut)
        truth = {(t["file"], t["indicator"], t["column"]): t for t in rows if t["origin"] == "table"}
        left = dict(truth)
        right, marked, wrong, pages = judge(facts, left)
        missing = [t for t in left.values() if t["state"] == "number"]
        print(f"{what} {form}: {percent(right, len(truth))} right, {marked} wrong but marked, {len(missing)} missing, "
              f"{len(wrong)} wrong and not marked, on {len(pages)} of {len(names)} pages")
        if o.verbose:
            for f, t in wrong[:o.show]:
                print(f"  {f['source']}:{f['line']} {f['indicator']}[{f['column']}] have {f['value']}, want "
                      f"{t['value'] if t else 'nothing'} ({f['match']} {f['grid']} {f['grade']})")
            for t in missing[:o.show]:
                print(f"  {t['file']}:{t['line']} {t['indicator']}[{t['column']}] {t['value']} is missing")
        good &= not wrong and right >= least * len(truth)
        if identity_too:
            good &= made_identity(o, f"{what} {form}", names, rows, facts)
    return good


def made_prose(o):
    """Sentences of made reports without tables against their truth."""
    names, rows, facts = make_pages(o, "prose", ("--layout", o.layout))
    truth = {(t["file"], t["indicator"], t["column"], t["value"], t["line"]) for t in rows if t["origin"] == "prose"}
    said = {(f["source"], f["indicator"], f["column"], f["value"], f["line"]) for f in facts
            if f["origin"] == "prose" and f["indicator"]}
    print(f"made prose: precision {percent(len(said & truth), len(said))}, recall {percent(len(said & truth), len(truth))}")
    if o.verbose:
        for kind, rest in (("wrong", said - truth), ("missed", truth - said)):
            for key in sorted(rest)[:o.show]:
                print(f"  {kind}: {key}")
    made_identity(o, "made prose", names, rows, facts)
    return len(said & truth) >= 0.99 * len(said) and len(said & truth) >= 0.97 * len(truth)


def mutations(o):
    return made(o, "mutated", "--layout", o.layout, "--mutate", "any", "--times", str(o.times))


def dresses(o):
    return made(o, "printed another way", "--layout", o.layout, "--dress", "any")


def planted(o):
    return made(o, f"with {o.defect}", "--layout", o.layout, "--defect", o.defect)


def lost_cells(o):
    return made(o, "a cell lost", "--layout", "cells", "--mutate", "lose-cell")


def cut(o):
    return made(o, "cut within a number", "--layout", o.layout, cut=True, least=0.1)


def layouts(o):
    return made(o, "fresh", "--layout", o.layout, identity_too=True, least=0.999)


def repairs(o):
    """Cells changed at random: does a finding's repair name the cell and its right value?"""
    good = True
    for defect, least in (("one-cell", 0.95), ("two-cells", 0.80)):
        for form in ("2014", "2019", "2021"):
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run([sys.executable, os.path.join(TOP, "tests", "generate", "report.py"), "--seed", str(o.seed),
                                "--count", str(o.count), "--form", form, "--layout", "rows", "--defect", defect,
                                "--out", folder], check=True)
                wanted, named, seen = {}, {}, set()
                with open(os.path.join(folder, "truth.csv"), encoding="utf-8", newline="") as f:
                    for t in csv.DictReader(f):
                        if t["wanted"]:
                            wanted.setdefault(t["file"], set()).add((t["indicator"], t["column"], t["wanted"]))
                pipe([["extract", *sorted(wanted)], ["normalize"], ["classify"],
                      ["validate", "--findings", "findings.csv"]], cwd=folder)
                with open(os.path.join(folder, "findings.csv"), encoding="utf-8", newline="") as f:
                    for finding in csv.DictReader(f):
                        if finding["severity"] == "error":
                            seen.add(finding["source"])
                        for cell in REPAIR.findall(finding["repair"]):
                            named.setdefault(finding["source"], set()).add((cell[0], cell[1] or "value", cell[2]))
            found = sum(cells <= named.get(page, set()) for page, cells in wanted.items() if page in seen)
            print(f"{defect} {form}: an error is found on {len(seen)} of {len(wanted)} pages, "
                  f"the right repair is among those named on {percent(found, len(seen))}")
            good &= found >= least * len(seen)
    return good


REPAIR = re.compile(r"([\w.]+)(?:\[([\w.]+)\])?=(-?[\d.]+)")
PARTS = {"identity": identity, "sentences": sentences, "mutations": mutations, "fixtures": fixtures,
         "lost-cells": lost_cells, "dresses": dresses, "defects": planted, "repairs": repairs, "layouts": layouts, "prose": made_prose,
         "cut": cut, "broken-lines": broken_lines, "broken-titles": broken_titles}


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("parts", nargs="+", choices=PARTS)
    p.add_argument("-v", "--verbose", action="store_true", help="say what was wrong, page by page")
    p.add_argument("--half", choices=("rules", "report"), help="only this half of the sentences")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--count", type=int, default=200, help="made pages a form")
    p.add_argument("--times", type=int, default=1, help="mutations a page")
    p.add_argument("--layout", default="any", help="layout of the made pages")
    p.add_argument("--defect", default="any", help="what is planted by the part `defects`")
    p.add_argument("--show", type=int, default=20, help="with -v, at most so many lines a form")
    o = p.parse_args()
    sys.exit(0 if all([PARTS[part](o) for part in o.parts]) else 1)


if __name__ == "__main__":
    main()
