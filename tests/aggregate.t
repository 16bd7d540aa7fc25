#!/usr/bin/env python3
# aggregate against a plain reference program: sets of random facts, added up with exact fractions.
# AGGREGATE_SETS says how many sets (default 60; the slow test takes 1,000).
import csv
import io
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction

from tap import bin_, finish, ok, top

program = os.path.join(bin_, "aggregate")
sets = int(os.environ.get("AGGREGATE_SETS", "60"))


def run(args, text="", env=None):
    done = subprocess.run([program] + args, input=text.encode() if isinstance(text, str) else text,
                          capture_output=True, env={**os.environ, "LC_ALL": "C", **(env or {})})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def half_even(x, places=6):
    """The nearest multiple of 10^-places, a tie to the even one, without trailing zeros."""
    scaled = x * 10 ** places
    below = scaled.numerator // scaled.denominator
    rest = scaled - below
    if rest > Fraction(1, 2) or (rest == Fraction(1, 2) and below % 2):
        below += 1
    return plain(Fraction(below, 10 ** places))


def plain(x):
    """A fraction that is a decimal, as text."""
    sign, x = ("-", -x) if x < 0 else ("", x)
    whole = x.numerator // x.denominator
    digits = ""
    rest = x - whole
    while rest:
        rest *= 10
        digits += str(rest.numerator // rest.denominator)
        rest -= rest.numerator // rest.denominator
    return sign + str(whole) + ("." + digits if digits else "")


def quantile(sorted_values, p):
    h = (len(sorted_values) - 1) * p
    k = h.numerator // h.denominator
    if k + 1 == len(sorted_values):
        return sorted_values[k]
    return sorted_values[k] + (h - k) * (sorted_values[k + 1] - sorted_values[k])


COLUMNS = ("region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,origin,role,"
           "source,line,grade,checks").split(",")
# 2019-02 is of severity error, 2019-05 of warning, X-60 and G-01 of info; own-1 is in no table.
CHECKS = {"": False, "X-60": False, "X-60 G-01": False, "2019-05": True, "G-01 2019-05 X-60": True, "2019-02": True, "own-1": True}
LEVEL = {"110000": "province", "530000": "province", "530100": "prefecture", "530300": "prefecture",
         "530111": "county", "530112": "county", "530302": "county", "000000": "nation"}
PROVINCE = {c: c[:2] + "0000" for c in LEVEL}


def fact(r):
    region = r.choice(list(LEVEL) + [""]) if r.random() < 0.3 else r.choice(["530111", "530112", "530302"])
    state = r.choices(["number", "about", "blank", "mark", "text"], [12, 2, 2, 1, 1])[0]
    if state in ("number", "about"):
        value = r.choice([str(r.randint(-5, 20)), str(r.randint(0, 10 ** 6)),
                          str(r.randint(0, 10 ** 17)), f"{r.randint(0, 999)}.{r.randint(0, 999)}",
                          f"-{r.randint(0, 9)}.{r.randint(1, 999999999):09d}", "007", "1.500"])
    else:
        value = "" if r.random() < 0.8 else r.choice(["—", "/", "无"])
    return {
        "region": region,
        "body_kind": r.choice(["government", "government_office", "department"]),
        "body": r.choice(["甲", "乙,丙", 'a "b"']),
        "year": r.choice(["2016", "2019", "2021", ""]) if r.random() < 0.2 else r.choice(["2019", "2021"]),
        "level": LEVEL.get(region, "county") if r.random() < 0.9 else r.choice(["township", "zone", "county", ""]),
        "scope": r.choices(["region", "own", "tier", "unclear"], [8, 1, 1, 1])[0],
        "form": r.choice(["2014", "2019", "2021"]),
        "indicator": r.choice(["requests.new", "requests.received", "capacity.budget"]),
        "column": r.choice(["total", "value"]),
        "value": value,
        "unit": r.choice(["件", "", "万元"]),
        "state": state,
        "origin": "table",
        "role": r.choices(["main", "second", "duplicate", ""], [8, 1, 1, 1])[0],
        "source": f"p{r.randint(0, 9)}.html",
        "line": str(r.randint(1, 99)),
        "grade": r.choice(["proved", "consistent", "assumed", "broken"]),
        "checks": r.choices(list(CHECKS), [6] + [1] * (len(CHECKS) - 1))[0],
    }


def text_of(facts, columns=COLUMNS):
    out = io.StringIO()
    w = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
    w.writeheader()
    w.writerows(facts)
    return out.getvalue()


def doubted(f):
    return CHECKS[f["checks"]] or f["grade"] == "broken"


def counts(f, by, options):
    if options.get("grade"):
        order = ["broken", "assumed", "consistent", "proved"]
        if order.index(f["grade"]) < order.index(options["grade"]):
            return False
    if options.get("undoubted") and doubted(f):
        return False
    if options.get("level") and f["level"] != options["level"]:
        return False
    if options.get("all"):
        return True
    if "scope" not in options and "body" not in by and "body_kind" not in by and not f["body_kind"].startswith("government"):
        return False
    return (f["role"] == "main" and f["scope"] in options.get("scope", "region").split(",") and f["year"] != ""
            and f["region"] != "" and f["level"] == LEVEL[f["region"]])


def reference(facts, by, options):
    shown = []
    for name in by:
        shown.append(name)
        if name == "indicator":
            shown += [c for c in ("column", "unit") if c not in by]
    groups = {}
    for f in facts:
        if not counts(f, by, options):
            continue
        key = tuple(PROVINCE[f["region"]] if name == "region:province" else f[name] for name in shown)
        groups.setdefault(tuple(k.encode() for k in key), []).append(f)
    out = io.StringIO()
    w = csv.writer(out, lineterminator="\n")
    head = [n.split(":")[0] for n in shown] + "n,missing,about,suspect,sum,mean,min,max".split(",")
    w.writerow(head + (["p25", "median", "p75"] if options.get("quantiles") else []) + (["doubted"] if options.get("doubts") else []))
    for key in sorted(groups):
        fs = groups[key]
        numbers = sorted(Fraction(f["value"]) for f in fs if f["state"] in ("number", "about"))
        row = [k.decode() for k in key]
        row += [len(numbers), len(fs) - len(numbers), sum(f["state"] == "about" for f in fs),
                sum(f["state"] in ("number", "about") and f["grade"] == "broken" for f in fs)]
        if numbers:
            row += [plain(sum(numbers)), half_even(sum(numbers) / len(numbers)), plain(numbers[0]), plain(numbers[-1])]
        else:
            row += [""] * 4
        if options.get("quantiles"):
            row += [half_even(quantile(numbers, Fraction(q, 4))) if numbers else "" for q in (1, 2, 3)]
        if options.get("doubts"):
            row.append(sum(f["state"] in ("number", "about") and doubted(f) for f in fs))
        w.writerow(row)
    return out.getvalue()


def arguments(by, options):
    args = ["--by", ",".join(by)]
    for name, value in options.items():
        args += [f"--{name}"] + ([] if value is True else [value])
    return args


def random_question(r):
    by = ["year", "region", "indicator"]
    options = {}
    kind = r.randrange(6)
    if kind == 0:
        by = ["year", "region:province", "indicator"]
        options["level"] = "county"
    elif kind == 1:
        by = ["indicator", "level"]
    elif kind == 2:
        by = r.sample(["region", "year", "form", "body", "body_kind", "unit", "grade"], r.randint(1, 6))
        by.insert(r.randint(0, len(by)), "indicator")
        if "region" not in by:
            by.append("level")
    elif kind == 3:
        options["all"] = True
        by = ["indicator", "state"]
    elif kind == 4:
        options["scope"] = "region,own"
    if r.random() < 0.3:
        options["grade"] = r.choice(["proved", "consistent", "assumed"])
    if r.random() < 0.6:
        options["quantiles"] = True
    for name in ("undoubted", "doubts"):
        if r.random() < 0.3:
            options[name] = True
    return by, options


def random_sets():
    wrong = moved = 0
    for seed in range(sets):
        r = random.Random(seed)
        facts = [fact(r) for _ in range(r.choice([0, 1, 3, 30, 200, 400]))]
        by, options = random_question(r)
        want = reference(facts, by, options)
        status, have, err = run(arguments(by, options), text_of(facts))
        if status != 0 or have != want:
            wrong += 1
            print(f"# set {seed}: {arguments(by, options)} status {status} {err}", file=sys.stdout)
            for a, b in itertools.zip_longest(want.splitlines(), have.splitlines()):
                if a != b:
                    print(f"#   want {a}\n#   have {b}")
                    break
        r.shuffle(facts)
        moved += run(arguments(by, options), text_of(facts, r.sample(COLUMNS, len(COLUMNS))))[1] != have
    ok(wrong == 0, f"{sets} random sets add up to what a plain program with fractions says")
    ok(moved == 0, "neither the order of the facts nor that of the columns matters")


def explained():
    """--explain writes every fact as it came, and why it does not count; what is left without a reason adds up to the rest."""
    wrong = reasons = 0
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "explained.csv")
        for seed in range(min(sets, 60)):
            r = random.Random(seed)
            facts = [fact(r) for _ in range(r.choice([0, 1, 30, 200]))]
            by, options = random_question(r)
            plainly = run(arguments(by, options), text_of(facts))
            status, have, err = run(arguments(by, options) + ["--explain", path], text_of(facts))
            with open(path, encoding="utf-8", newline="") as f:
                rows = list(csv.DictReader(f))
            left = [row.pop("left_out", "") for row in rows]
            said = sorted(f"{left.count(why)} {why}" for why in set(left) - {""})
            reasons += len(said)
            wrong += (status != 0 or have != plainly[1] or rows != [{c: f[c] for c in COLUMNS} for f in facts] or
                      [why == "" for why in left] != [counts(f, by, options) for f in facts] or
                      any(s not in err for s in said))
        ok(wrong == 0 and reasons > 100, f"--explain tells the facts that count from those that do not ({wrong} wrong, {reasons} reasons)")
        # Again over what it wrote: the column is overwritten.
        again = os.path.join(tmp, "again.csv")
        run(["--by", "year,region,indicator", "--explain", path], text_of(facts))
        run(["--by", "year,region,indicator", "--explain", again, path])
        ok(open(path, "rb").read() == open(again, "rb").read(), "--explain of what it wrote is the same")
        run(["--by", "series,region,year", "--explain", path], "region,year,form,indicator,column,value\n530111,2019,2019,requests.new,total,1\n"
            "530111,2019,2019,nosuch,total,1\n")
        ok([row["left_out"] for row in csv.DictReader(open(path, encoding="utf-8"))] == ["", "in no series"], "--explain of series")
        status = run(["--by", "year,region,indicator", "--explain", path, "--merge"], "")[0]
        ok(status == 2, "--explain of partial sums is refused")
        ok(run(["--by", "year,region,indicator", "--explain", "/dev/full"], text_of(facts))[0] == 3, "--explain onto a full disk is status 3")


def by_hand():
    status, out, err = run(["--by", "year,region,indicator"], "region,year,indicator,value\n530111,2019,a,—\n"
                           "530111,2019,b,/\n530111,2019,c,无\n530111,2019,d,\n530111,2019,e,0\n")
    ok(status == 0 and out == "year,region,indicator,n,missing,about,suspect,sum,mean,min,max\n"
       "2019,530111,a,0,1,0,0,,,,\n2019,530111,b,0,1,0,0,,,,\n2019,530111,c,0,1,0,0,,,,\n2019,530111,d,0,1,0,0,,,,\n"
       "2019,530111,e,1,0,0,0,0,0,0,0\n", "dash, slash, 无 and blank are missing, not 0")
    facts = "region,body_kind,year,level,scope,role,indicator,value\n" + "".join(
        f"530111,{kind},2019,county,region,main,a,{value}\n"
        for kind, value in (("government", 1400), ("department", 700), ("government_office", 30), ("township", 5)))
    ok(run(["--by", "year,region,indicator"], facts)[1].splitlines()[1:] == ["2019,530111,a,2,0,0,0,1430,715,30,1400"],
       "a department that speaks of the county swells no total")
    ok(run(["--by", "year,region,indicator", "--scope", "region"], facts)[1].splitlines()[1:] ==
       ["2019,530111,a,4,0,0,0,2135,533.75,5,1400"], "unless the scope is asked for")
    for args, what in ((["--by", "year,region"], "no indicator"), (["--by", "year,region:province,indicator"], "a mapped "
                       "region without --level"), ([], "no --by"), (["--by", "year,,indicator"], "an empty name"),
                       (["--by", "indicator,indicator"], "a name twice"), (["--by", "indicator,nosuch"], "an unknown column"),
                       (["--by", "indicator:province"], "a column that is not mapped"),
                       (["--by", "year,region", "--coverage"], "coverage without --level"),
                       (["--by", "region,value", "--coverage", "--level", "county"], "coverage alone by anything else"),
                       (["--by", "year,region,indicator", "--rollup", "--quantiles"], "quantiles of a roll-up"),
                       (["--by", "year,region,indicator", "--rollup", "--level", "county"], "a roll-up of one level"),
                       (["--by", "year,indicator", "--rollup"], "a roll-up without regions"),
                       (["--by", "year,region,indicator", "--partial", "--findings", "f"], "findings of partial sums"),
                       (["--by", "year,region,indicator,series"], "indicator and series at once"),
                       (["--by", "year,region,indicator", "--wide", "region"], "a shape nobody knows"),
                       (["--by", "year,region,indicator", "--level", "county", "--coverage", "--missing-from", "-"],
                        "who is missing among the statistics"),
                       (["--by", "region,indicator", "--wide", "year"], "--wide year without years"),
                       (["--by", "region,indicator", "--growth"], "--growth without years"),
                       (["--by", "region,indicator", "--rank"], "--rank without years"),
                       (["--by", "year,indicator", "--rank"], "--rank without regions"),
                       (["--by", "year,region,indicator", "--wide", "year", "--growth"], "a growth where only sums stand"),
                       (["--by", "year,region,indicator", "--wide", "year", "--level", "county", "--coverage"], "coverage there"),
                       (["--by", "indicator", "--all", "--scope", "own"], "one scope of all"),
                       (["--by", "indicator", "--comparable", "exact"], "what series compare with, without series"),
                       (["--by", "year,region,indicator", "--prefer", "parts"], "a reading without --rollup"),
                       (["--by", "year,region,indicator", "--prefer", "mine"], "a reading nobody knows"),
                       (["--by", "year,region,indicator", "--prefer", "parts"], "a reading where there is no roll-up"),
                       (["--by", "year,region,indicator", "--comparable", "exact"], "--comparable without series"),
                       (["--by", "year,region,indicator", "--all", "--scope", "own"], "one scope of all"),
                       (["--by", "year,region", "--level", "county", "--coverage", "--wide", "year"], "coverage, of all indicators"),
                       (["--by", "year,region,indicator", "--level", "county", "--coverage", "--wide", "year"], "coverage where only sums stand"),
                       (["--by", "indicator", "--level", "village"], "an unknown level"),
                       (["--by", "indicator", "--grade", "good"], "an unknown grade"),
                       (["--by", "indicator", "--scope", "region,regoin"], "an unknown scope"),
                       (["--by", "indicator", "--scope", "tier"], "--scope without scopes"),
                       (["--by", "region,indicator", "--grade", "proved"], "--grade without grades")):
        status, out, err = run(args, "region,year,indicator,value\n530111,2019,a,1\n")
        ok(status == 2 and out == "" and err != "", f"{what} is status 2")
    years = "region,year,indicator,value\n" + "".join(f"530111,{y},a,1\n" for y in ("2019", "abc", "-2017", "201", "20190", "２０１９", ""))
    status, out, err = run(["--by", "year,region,indicator"], years)
    ok(status == 0 and out.count("\n") == 2 and "6 no year" in err, "what is no year is left out") or print("#", out, err)
    mixed = "region,year,level,indicator,value\n530111,2019,county,a,1\n530100,2019,prefecture,a,5\n"
    status, out, err = run(["--by", "year,indicator"], mixed)
    ok(status == 2 and out == "" and "levels" in err, "reports of two levels are not added up")
    status, out, err = run(["--by", "year,indicator", "--level", "county"], mixed)
    ok(status == 0 and out.endswith("2019,a,1,0,0,0,1,1,1,1\n"), "those of one level are")
    top = "region,year,indicator,value\n" + "530111,2019,a,9000000000000000001\n" * 3
    status, out, err = run(["--by", "indicator"], top)
    ok(status == 0 and ",27000000000000000003," in out, "a sum beyond 64 bits is exact")
    status, out, err = run(["--by", "indicator"], "indicator,value\na,9223372036854775808\na,1\n")
    ok(status == 1 and "a,1,0,0,0,1,1,1,1" in out and "digits" in err, "a number beyond 64 bits is rejected")
    status, out, err = run(["--by", "indicator"], "indicator,value,state\na,x,number\na,,about\na,1,number\n")
    ok(status == 1 and "a,1,0,0,0,1,1,1,1" in out, "a number that is promised and not there is rejected")
    with tempfile.TemporaryDirectory() as d:
        stats = os.path.join(d, "s.csv")
        facts = "region,year,level,scope,role,indicator,value\n530111,2019,county,region,main,a,1\n" \
            "530111,2019,county,own,main,a,1\n530111,2019,township,region,main,a,1\n,2019,county,region,main,a,1\n" \
            "530111,,county,region,main,a,1\n530111,2019,county,region,second,a,1\n"
        status, out, err = run(["--by", "region,indicator", "--stats", stats], facts)
        ok(status == 0 and err == "aggregate: facts left out: 5 (1 role is not main, 1 other scope, 1 no year, "
           "1 no region, 1 not the level of its region)\n", "what is left out is counted by reason in one line") or print("#", err)
        said = open(stats, encoding="utf-8").read()
        run(["--by", "indicator", "--stats", stats], "indicator,value,state\na,x,number\n")
        rows = list(csv.reader(open(stats, encoding="utf-8"), strict=True))
        ok(rows[-1] == ["rejected: the state says there is a number, the value is none", "1"], "a reason with a comma is one field") or \
            print("#", rows)
        ok(said == "name,value\nread,6\nwritten,1\nrejected,0\nleft out: role is not main,1\nleft out: other scope,1\n"
           "left out: no year,1\nleft out: no region,1\nleft out: not the level of its region,1\n", "and in --stats") \
            or print("#", said)


def split_and_about():
    """What was split is told from the region it stays with, and a number that is about so much bounds nothing."""
    head = "region,body_kind,year,level,scope,form,indicator,column,value,unit,state,role,source\n"
    rows = "".join(f"{code},government,{year},{level},region,2021,requests.new,total,{value},件,number,main,s\n" for code, level, year, value in (
        ("130400", "prefecture", 2014, 100), ("130421", "county", 2014, 5), ("130402", "county", 2014, 7),
        ("130400", "prefecture", 2015, 100), ("130421", "county", 2015, 6)))
    ask = ["--by", "year,region,indicator", "--codes-as-of", "2024"]
    status, out, err = run(ask + ["--wide", "year"], head + rows)
    ok(status == 0 and out.splitlines() == ["region,indicator,column,unit,split,2014,2015", "130400,requests.new,total,件,0,100,100",
       "130400,requests.new,total,件,2,5,6", "130402,requests.new,total,件,0,7,"], "--wide, too, says what was split") or print("#", status, out, err)
    status, out, err = run(ask + ["--rank"], head + rows)
    have = [(r["year"], r["region"], r["split"], r["rank"], r["share"]) for r in csv.DictReader(io.StringIO(out))]
    ok(have == [("2014", "130400", "0", "1", ""), ("2014", "130400", "1", "", ""), ("2014", "130402", "0", "1", "0.07"),
                ("2015", "130400", "0", "1", ""), ("2015", "130400", "1", "", "")], "what was split has no rank") or print("#", have)
    cells = (("requests.new", "", "blank"), ("requests.carried_in", "2", "number"), ("requests.carried_out", "1", "number"))
    for state, bounds in (("number", ("9", "9")), ("about", ("", ""))):
        text = head + "".join(f"640202,government,2021,county,region,2021,{i},total,{v},件,{s},main,s\n"
                              for i, v, s in cells + (("requests.result.total", "10", state),))
        status, out, err = run(["--by", "year,region,indicator", "--bounds"], text)
        have = {r["indicator"]: (r["lower"], r["upper"]) for r in csv.DictReader(io.StringIO(out))}
        ok(have.get("requests.new") == bounds, f"a number of state {state} bounds the blank beside it: {bounds}") or print("#", have)


def own_checks():
    """The checks of --tables are read as validate reads them: blanks do not matter, and what is no check is said."""
    checks = open(os.path.join(top, "common/tables/forms/checks.csv"), encoding="utf-8").read()
    facts = "region,body_kind,year,level,scope,form,indicator,column,value,unit,state,role,source\n" + "".join(
        f"{code},government,2021,{level},region,2021,{i},total,{v},件,{s},main,s\n" for code, level, i, v, s in (
            ("640202", "county", "requests.new", "", "blank"), ("640202", "county", "requests.carried_in", "2", "number"),
            ("640202", "county", "requests.carried_out", "1", "number"), ("640202", "county", "requests.result.total", "10", "number"),
            ("640200", "prefecture", "requests.new", "3", "number"), ("640221", "county", "requests.new", "5", "number")))
    with tempfile.TemporaryDirectory() as d:
        path, said = os.path.join(d, "checks.csv"), os.path.join(d, "said")
        asks = (["--by", "year,region,indicator", "--bounds"], ["--by", "year,region,indicator", "--rollup", "--findings", said])
        want = []
        for ask in asks:
            open(said, "w").close()
            want.append((*run(ask, facts), open(said, encoding="utf-8").read()))
        ok(want[0][0] == 0 and ",9,9\n" in want[0][1] and want[1][0] == 1 and want[1][3].count("\n") > 1, "a blank is bounded, a part is too much") \
            or print("#", want)
        rows = [row for row in csv.DictReader(io.StringIO(checks))]
        for what, change in (("without blanks", lambda e: e.replace(" = ", "=").replace(" + ", "+").replace(" <= ", "<=")),
                             ("with more", lambda e: e.replace(" = ", "  =  ").replace(" + ", "  +  ").replace("children(", "children( "))):
            with open(path, "w", encoding="utf-8", newline="") as f:
                w = csv.DictWriter(f, rows[0], lineterminator="\n")
                w.writeheader()
                w.writerows({**row, "expression": change(row["expression"])} for row in rows)
            have = []
            for ask in asks:
                open(said, "w").close()
                have.append((*run(ask + ["--tables", d], facts), open(said, encoding="utf-8").read()))
            ok(have == want, f"checks written {what} are the same checks") or print("#", have, want)
        with open(path, "w", encoding="utf-8") as f:
            f.write(checks.replace("children(review.total) <= review.total", "children(review.total <= review.total")
                    .replace("error,requests.new + ", "error,requests.new + + "))
        for ask in asks:
            status, out, err = run(ask + ["--tables", d], facts)
            ok(status == 2 and out == "" and "checks.csv:" in err and " is expected before " in err, f"what is no check is said: {ask[2]}") \
                or print("#", status, out, err)


def merges():
    """Partial sums of any sharding, in any order, merged in any tree, give the bytes of the whole."""
    wrong = 0
    shapes = [(["year", "region", "indicator"], ["--quantiles"]), (["year", "region", "indicator"], ["--rollup"]),
              (["indicator", "level"], ["--quantiles"]), (["year", "region", "series"], []),
              (["year", "region", "series"], ["--rollup", "--prefer", "parts"]),
              (["year", "region:province", "indicator"], ["--level", "county", "--quantiles"]),
              (["year", "region", "indicator"], ["--wide", "year"]),
              (["year", "region", "indicator"], ["--growth", "--rank"]),
              (["indicator", "state"], ["--all", "--quantiles"]),
              (["form", "body", "indicator", "region"], ["--scope", "own,tier", "--grade", "consistent"])]
    for seed in range(max(len(shapes), sets // 2)):
        r = random.Random(10 ** 6 + seed)
        facts = [fact(r) for _ in range(r.choice([0, 2, 40, 150]))]
        by, extra = shapes[seed % len(shapes)]
        args = ["--by", ",".join(by)]
        # What is made at the merge may be asked for before: it changes nothing.
        made = extra if seed % 3 == 0 and "--wide" not in extra else \
            [x for i, x in enumerate(extra) if extra[i - 1] == "--scope" or x in ("--all", "--scope")]
        status, want, err = run(args + extra, text_of(facts))
        good = status == 0
        with tempfile.TemporaryDirectory() as d:
            n = r.randint(1, 5)
            shards = [[] for _ in range(n)]
            for f in facts:
                r.choice(shards).append(f)
            names = []
            for i, shard in enumerate(shards):
                r.shuffle(shard)
                status, out, err = run(args + made + ["--partial", "--shard", f"s{i}"], text_of(shard))
                good &= status == 0
                names.append(os.path.join(d, f"p{i}"))
                open(names[-1], "w", encoding="utf-8").write(out)
            if n > 2:
                # Two of them first, then that with the others.
                status, out, err = run(args + made + ["--merge", "--partial", names[0], names[1]])
                good &= status == 0
                open(os.path.join(d, "p01"), "w", encoding="utf-8").write(out)
                names[:2] = [os.path.join(d, "p01")]
            r.shuffle(names)
            status, have, err = run(args + extra + ["--merge"] + names)
            good &= status == 0 and have == want
            if not good:
                wrong += 1
                print(f"# merge {seed}: {args + extra} status {status} {err}")
                for a, b in itertools.zip_longest(want.splitlines(), have.splitlines()):
                    if a != b:
                        print(f"#   want {a}\n#   have {b}")
                        break
    ok(wrong == 0, "partial sums merged are, byte for byte, what the whole adds up to")
    with tempfile.TemporaryDirectory() as d:
        one, two = (os.path.join(d, n) for n in ("one", "two"))
        head = "region,year,indicator,value,source,line\n"
        args = ["--by", "year,region,indicator", "--partial"]
        open(one, "w").write(run(args, head + "530111,2019,a,1,p,1\n530111,2019,a,3,p,2\n")[1])
        open(two, "w").write(run(args, head + "530111,2019,a,1,q,1\n")[1])
        status, out, err = run(["--merge", one, two])
        ok(status == 0 and out.endswith("\n2019,530111,a,3,0,0,0,5,1.666667,1,3\n"), "a merge knows by itself what to group by") \
            or print("#", status, out, err)
        empty = os.path.join(d, "empty")
        open(empty, "w").write(run(args, "")[1])
        ok(run(["--merge", empty, one, two])[1] == out, "a shard without a byte changes nothing")
        turned = run(args, head + "530111,2019,a,3,p,2\n530111,2019,a,1,p,1\n")[1]
        ok(turned == open(one).read(), "the id of a shard does not depend on the order of its facts")
        status, out, err = run(["--merge", one, two, one])
        ok(status == 2 and out == "" and "more than once" in err, "a shard that is there twice is refused")
        rows = open(one).read().splitlines(True)
        status, out, err = run(["--merge", "--by", "year,region,indicator"], "".join(rows[:-1]))
        ok(status == 3 and out == "" and "cut short" in err, "a shard that is not whole is status 3")
        for more, status in ((4294967295, 0), (4294967296, 3)):
            many = run(args, head + "530111,2019,a,2,p,1\n")[1].splitlines()
            row = [str(more) if name in ("count", "facts") else field for name, field in zip(many[0].split(","), many[1].split(","))]
            done = run(["--merge", "--by", "year,region,indicator"], many[0] + "\n" + ",".join(row) + "\n")
            ok(done[0] == status and (f",{more},0,0,0,{2 * more},2,2,2\n" in done[1]) == (status == 0),
               f"{more} facts in a group are status {status}") or print("#", done)
        first = rows[1].split(",")
        first[rows[0].split(",").index("count")] = "x"
        status, out, err = run(["--merge", "--by", "year,region,indicator"], "".join([rows[0], ",".join(first)] + rows[2:]))
        ok(status == 3 and out == "" and "no whole number" in err and "cut short" in err and "options" not in err,
           "nor is one whose first row is none") or print("#", status, out, err)
        status, out, err = run(["--merge", "--by", "year,region,indicator"], "".join(rows).replace(",0.1.0\n", ",0.0.9\n"))
        ok(status == 2 and out == "" and "version" in err, "sums of another version are refused")
        tables = os.path.join(d, "tables")
        os.mkdir(tables)
        regions = open(os.path.join(top, "common/tables/regions/regions.csv"), encoding="utf-8").read()
        open(os.path.join(tables, "regions.csv"), "w", encoding="utf-8").write(regions + "990000,某省,某,province,,2000,,,province,\n")
        status, out, err = run(["--merge", "--tables", tables, one])
        ok(status == 2 and out == "" and "tables" in err, "sums made by other tables are refused")
        status, out, err = run(["--merge", "--scope", "own", one])
        ok(status == 2 and out == "" and "scope" in err, "sums that do not hold the scope asked for are refused")
        mixed = "region,year,level,indicator,value\n530111,2019,county,a,1\n530100,2019,prefecture,a,5\n"
        status, out, err = run(["--merge", "--by", "year,indicator"], run(["--by", "year,indicator", "--partial"], mixed)[1])
        ok(status == 2 and out == "" and "levels" in err, "a merge, too, adds up no reports of two levels")
        county = ["--scope", "region,tier", "--level", "county"]
        facts = "region,body_kind,year,level,scope,indicator,value\n530111,government,2019,county,region,a,5\n"
        for by in ("year,indicator", "region,indicator"):
            made = run(["--by", by, "--partial", *county], facts if by[0] == "y" else facts.replace("year", "when"))[1]
            status, out, err = run(["--merge", "--by", by, "--coverage", *county], made)
            ok(status == 2 and out == "" and "--coverage" in err, f"sums by {by} do not tell whose report is there") or print("#", status, out, err)


def mismatched():
    """A merge that asks for something else than the sums were made with: the bytes of the whole, or refused."""
    served = refused = 0
    wrong = []
    bys = (["year", "region", "indicator"], ["year", "indicator"], ["indicator"], ["year", "region", "series"], ["series", "year"],
           ["year", "level", "body_kind", "indicator"], ["year", "region", "body", "indicator"], ["indicator", "scope", "region"],
           ["year", "region:province", "indicator"], ["form", "indicator", "grade"])
    selections = ([], [], ["--all"], ["--scope", "own"], ["--scope", "region,tier"], ["--scope", "region"], ["--level", "county"],
                  ["--level", "prefecture"], ["--grade", "proved"], ["--grade", "assumed"], ["--level", "county", "--grade", "consistent"],
                  ["--all", "--level", "county"], ["--undoubted"], ["--undoubted", "--grade", "consistent"])
    shapes = ([], [], ["--rollup"], ["--doubts"], ["--doubts", "--rollup"], ["--growth"], ["--coverage"], ["--quantiles"], ["--codes-as-of", "2021"], ["--rank"])
    for seed in range(8 * sets):
        r = random.Random(2 * 10 ** 6 + seed)
        without = r.choice([()] * 3 + [("level",), ("scope",), ("body_kind",), ("level", "body_kind", "scope")])
        columns = [c for c in COLUMNS if c not in without]
        facts = [fact(r) for _ in range(r.choice([2, 20, 60]))]
        # For which years reports are owed the facts say that there are, also those that are left out: each has one that is not.
        for year, code in itertools.product(("2016", "2019", "2021"), ("530111", "530100", "530000")):
            facts.append({**fact(r), "region": code, "year": year, "level": LEVEL[code], "body_kind": "government", "role": "main",
                          "scope": "region", "grade": "proved"})
        made, asked = r.choice(bys), r.choice(bys)
        asked = made if r.random() < 0.5 else asked
        select = r.choice(selections)
        args = ["--by", ",".join(made)] + select
        ask = ["--by", ",".join(asked)] + (select if r.random() < 0.4 else r.choice(selections)) + r.choice(shapes)
        status, rows, err = run(args + ["--partial"], text_of(facts, columns))
        # Sums without a row do not say what they were made of.
        if status or rows.count("\n") < 2:
            continue
        status, have, err = run(ask + ["--merge"], rows)
        if status:
            refused += status == 2 and have == ""
            wrong += [(args, ask, status, err)] if status != 2 or have else []
            continue
        status, want, err = run(ask, text_of(facts, columns))
        served += 1
        if have != want:
            wrong.append((args, ask, without, status, [p for p in itertools.zip_longest(want.splitlines(), have.splitlines()) if p[0] != p[1]][:1]))
    ok(served > sets and refused > sets and not wrong, f"of sums made for another question {served} are served, {refused} refused, none wrong") or \
        [print("#", w) for w in wrong[:12]]


COUNTRY = os.path.join(top, "tests/golden/aggregate/country")


def country_tree(year):
    """parent of each division of the made-up country in a year, those under a pseudo-prefecture lifted."""
    rows = {r["code"]: r for r in csv.DictReader(open(COUNTRY + "/regions.csv", encoding="utf-8"))
            if int(r["from"]) <= year <= int(r["to"] or 9999)}
    parent = {}
    for code, r in rows.items():
        if r["kind"] != "pseudo":
            up = rows.get(r["parent"])
            parent[code] = up["parent"] if up and up["kind"] == "pseudo" else r["parent"] or "000000"
    return parent, {code: r["level"] for code, r in rows.items()}


def rollup_reference(facts, prefer):
    """Rows (year, region, column, sum, reported, parts, parts_n, parts_expected, basis) by the rules of the page."""
    out = []
    for year in ("2019", "2020"):
        parent, level = country_tree(int(year))
        level["000000"] = "nation"
        cells = {}
        for f in facts:
            if (f["year"] != year or f["role"] != "main" or f["scope"] not in ("region", "tier") or f["region"] not in level
                    or f["level"] != level[f["region"]] or f["body_kind"] not in ("government", "government_office")):
                continue
            cells.setdefault((f["column"], f["region"], f["scope"], f["body_kind"]), []).append(f)
        for column in sorted({c for c, *_ in cells}):
            def read(region, scope):
                kind = "government" if (column, region, scope, "government") in cells else "government_office"
                fs = cells.get((column, region, scope, kind), [])
                numbers = {Fraction(f["value"]) for f in fs if f["state"] in ("number", "about")}
                broken = any(f["grade"] == "broken" for f in fs if f["state"] in ("number", "about"))
                return (numbers.pop() if len(numbers) == 1 else None), broken

            def shown(region):
                """The cell of a region is there, or one below it."""
                return any(c == column and r == region for c, r, *_ in cells) or any(shown(child) for child, up in parent.items() if up == region)

            def settle(region):
                children = [child for child, up in parent.items() if up == region]
                figures = [x for x in (settle(child) for child in children) if x is not None]
                reported, broken = read(region, "region")
                tier, tier_broken = read(region, "tier")
                sum_ = sum(figures) if figures else None
                if tier is not None and not tier_broken and children:
                    sum_ = (sum_ or 0) + tier
                complete = bool(children) and len(figures) == len(children) and tier is not None and not tier_broken
                basis = "none"
                if prefer == "reported" and reported is not None or prefer is None and reported is not None and not broken:
                    basis = "reported"
                elif complete:
                    basis = "parts"
                elif reported is not None and not broken:
                    basis = "reported"
                taken = reported if basis == "reported" else sum_ if basis == "parts" else None
                if shown(region):
                    text = ["" if x is None else plain(x) for x in (taken, reported, sum_)]
                    out.append((year, region, column, *text, str(len(figures)), str(len(children)), basis))
                return taken
            settle("000000")
    return sorted(out)


def rollups():
    wrong = 0
    for seed in range(sets):
        r = random.Random(2 * 10 ** 6 + seed)
        codes = [row["code"] for row in csv.DictReader(open(COUNTRY + "/regions.csv", encoding="utf-8")) if row["kind"] != "pseudo"]
        facts = []
        for code in codes + ["000000"]:
            for year in ("2019", "2020"):
                level = country_tree(int(year))[1].get(code, "county") if code != "000000" else "nation"
                for kind in r.choices(["government", "government_office", "department"], [9, 2, 1], k=r.choice([0, 1, 1, 1, 2])):
                    for scope in r.sample(["region", "tier", "own"], r.choice([1, 2, 2, 3])):
                        for column in ("total", "value"):
                            if r.random() < 0.85:
                                state = r.choice(["number"] * 8 + ["about", "blank"])
                                facts.append(dict(fact(r), region=code, year=year, level=level, scope=scope, body_kind=kind, body=code,
                                                  form="2019", indicator="requests.new", column=column, unit="", state=state,
                                                  value="" if state == "blank" else str(r.randint(0, 50)),
                                                  role=r.choice(["main"] * 9 + ["duplicate"]),
                                                  grade=r.choice(["proved"] * 5 + ["broken"])))
        r.shuffle(facts)
        prefer = r.choice([None, None, "reported", "parts"])
        status, out, err = run(["--tables", COUNTRY, "--rollup", "--by", "year,region,indicator"] +
                               (["--prefer", prefer] if prefer else []), text_of(facts))
        have = sorted((x["year"], x["region"], x["column"], x["sum"], x["reported"], x["parts"], x["parts_n"],
                       x["parts_expected"], x["basis"]) for x in csv.DictReader(io.StringIO(out)))
        want = rollup_reference(facts, prefer)
        if status != 0 or have != want:
            wrong += 1
            print(f"# roll-up {seed}: prefer {prefer} status {status}")
            for a, b in itertools.zip_longest(want, have):
                if a != b:
                    print(f"#   want {a}\n#   have {b}")
                    break
    ok(wrong == 0, f"{sets} random countries roll up as a plain program does it")


def nothing_is_never_nought():
    """Facts without a number, asked for in every way: no column that holds a quantity holds one."""
    facts = []
    r = random.Random(7)
    for region, level in (("530000", "province"), ("530100", "prefecture"), ("530111", "county"), ("530112", "county")):
        for year in ("2019", "2020"):
            for scope in ("region", "tier"):
                for column in ("total", "natural_person"):
                    for state, value in (("blank", ""), ("mark", "—"), ("mark", "/"), ("text", "无")):
                        facts.append(dict(fact(r), region=region, level=level, year=year, scope=scope, role="main", form="2019",
                                          body_kind="government", indicator="requests.new", column=column, state=state, value=value))
    held = ("sum mean min max p25 median p75 reported parts lower upper before growth rank share").split()
    for args in (["--by", "year,region,indicator", "--quantiles", "--growth", "--rank", "--bounds"],
                 ["--by", "year,region,indicator", "--rollup", "--growth", "--rank"],
                 ["--by", "year,region,series", "--quantiles"], ["--by", "year,region,series", "--rollup"],
                 ["--by", "year,region:province,indicator", "--level", "county", "--quantiles"],
                 ["--by", "year,region,indicator", "--codes-as-of", "2012", "--quantiles"],
                 ["--by", "indicator,state", "--all", "--quantiles"]):
        status, out, err = run(args, text_of(facts))
        rows = list(csv.DictReader(io.StringIO(out)))
        full = [(k, v) for row in rows for k, v in row.items() if k in held and v != ""]
        ok(status == 0 and rows and not full, f"nothing is never 0: {' '.join(args)}") or print("#", status, err, full[:3])
    status, out, err = run(["--by", "year,region,indicator", "--wide", "year"], text_of(facts))
    ok(status == 0 and all(line.endswith(",,") for line in out.splitlines()[1:]), "nothing is never 0: --wide year") or print(out)
    some = "region,year,indicator,value,state\n530111,2019,a,1,number\n530111,2019,a,,mark\n530112,2019,a,2,number\n"
    status, out, err = run(["--by", "year,region,indicator", "--wide", "year"], some)
    ok(status == 0 and err.startswith("aggregate: 1 sums are of fewer figures"), "--wide says how many sums leave out missing figures") or \
        print("#", status, out, err)
    some = "region,year,indicator,value,state,grade\n530111,2019,a,1,number,broken\n530112,2019,a,2,number,assumed\n"
    status, out, err = run(["--by", "year,region,indicator", "--wide", "year"], some)
    ok(status == 0 and err.startswith("aggregate: 1 sums hold figures of failed checks"), "and how many hold suspect ones") or print("#", status, out, err)
    shard = run(["--by", "year,region,indicator", "--partial"], text_of(facts))[1]
    status, out, err = run(["--by", "year,region,indicator"], shard)
    ok(status == 2 and out == "" and "--merge" in err, "partial sums are no facts") or print("#", status, out, err)
    roster = os.path.join(tempfile.mkdtemp(), "roster.csv")
    for row in ("33060,2019", "330602,20x1", "x,2019"):
        with open(roster, "w") as file:
            file.write(f"region,year\n330603,2019\n{row}\n")
        status, out, err = run(["--by", "year", "--coverage", "--level", "county", "--roster", roster],
                               "region,year,indicator,value,level\n330602,2019,a,1,county\n")
        ok(status == 2 and out == "" and "roster.csv:3:" in err, f"a row of a roster that says nothing: {row}") or print("#", status, out, err)
    shutil.rmtree(os.path.dirname(roster))
    some = "region,year,level,indicator,value\n530111,2019,county,a,1\n530112,2019,county,a,2\n" \
        "530111,2020,county,a,3\n530113,2020,county,a,4\n530113,2021,county,a,5\n530111,2021,county,a,9\n"
    for by in ("year,indicator", "year,region:province,indicator"):
        status, out, err = run(["--by", by, "--level", "county", "--growth"], some)
        rows = list(csv.DictReader(io.StringIO(out)))
        ok(status == 0 and [row["before"] for row in rows] == ["", "", "7"],
           f"a sum grows over one of the same regions only: {by}") or print("#", status, out, err)
    shard = run(["--by", "year,region,indicator", "--partial"], text_of(facts))[1]
    ok(all(row["value"] == "" for row in csv.DictReader(io.StringIO(shard))), "nothing is never 0: --partial")


def every_series():
    """A report that fills in every cell of its form has every series of the form, each the sum of its terms."""
    with open(os.path.join(top, "common/tables/forms/concordance.csv"), encoding="utf-8") as file:
        terms = list(csv.DictReader(file))
    r = random.Random(3)
    cells = {(t["form"], t["indicator"], t["column"] or "value"): Fraction(r.randint(0, 99)) for t in terms}
    facts = [dict(fact(r), region="530111", level="county", year="2020", scope="region", role="main", body="甲", source="1",
                  body_kind="government", form=form, indicator=indicator, column=column, state="number", value=plain(v))
             for (form, indicator, column), v in cells.items()]
    want = {}
    for t in terms:
        key = t["form"], t["series"]
        want[key] = want.get(key, 0) + int(t["weight"]) * cells[t["form"], t["indicator"], t["column"] or "value"]
    status, out, err = run(["--by", "form,series,region"], text_of(facts))
    have = {(row["form"], row["series"]): row["sum"] for row in csv.DictReader(io.StringIO(out))}
    want = {key: plain(v) for key, v in want.items()}
    ok(status == 0 and have == want, "every series of every form, columns that are indicators too") or \
        print("#", status, err, sorted(set(want.items()) ^ set(have.items()))[:4])


def one_figure_a_report():
    """A term said twice stands for no other, one said in two ways for none; growth is of the same regions' figures."""
    head = "region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,role,source,grade\n"

    def said(*cells, by="year,region,series", more=()):
        rows = "".join(f"{region},government,{region},{year},county,{scope},{form},{indicator},{column},{value},件,number,{role},"
                       f"{region}-{year},proved\n" for region, year, scope, form, indicator, column, value, role in cells)
        status, out, err = run(["--by", by, *more], head + rows)
        return [r for r in csv.DictReader(io.StringIO(out))], err

    def granted(*cells, more=()):
        rows, err = said(*[("530111", 2019, scope, "2014", "requests.result." + name, "value", value, role)
                           for name, value, scope, role in cells], more=more)
        return [(r["n"], r["missing"], r["sum"]) for r in rows if r["series"] == "requests.granted"], err

    agreed, public = ("agreed", 5, "region", "main"), ("already_public", 2, "region", "main")
    for cells, more, want, what in (
            ((agreed, ("agreed", 5, "region", "second")), ["--all"], [("0", "1", "")], "a term said twice is not another one"),
            ((agreed, agreed, public), [], [("1", "0", "7")], "a term said twice is one figure"),
            ((agreed, public, ("agreed", 6, "region", "main")), [], [("0", "1", "")], "a term said in two ways is none"),
            ((agreed, public, ("agreed", 3, "tier", "main"), ("already_public", 1, "tier", "main")), ["--scope", "region,tier"],
             [("2", "0", "11")], "the territory and the tier are two figures"),
            ((agreed, ("agreed", 3, "tier", "main")), ["--scope", "region,tier"], [("0", "2", "")], "and neither fills in for the other")):
        have, err = granted(*cells, more=more)
        ok(have == want and ("differ" in err) == ("two ways" in what), what) or print("#", have, err)

    def grown(*cells, by="year,region:province,series", more=("--level", "county", "--growth")):
        return [(r["year"], r["n"], r["before"]) for r in said(*cells, by=by, more=more)[0] if r.get("series", "") != "requests.disclosed"]

    a, b = "requests.result.agreed", "requests.result.already_public"
    have = grown(*[(region, year, "region", "2014", name, "value", 9, "main") for region, year, name in (
        ("530111", 2019, a), ("530111", 2019, b), ("530112", 2019, a), ("530111", 2020, a), ("530112", 2020, a), ("530112", 2020, b))])
    ok(have == [("2019", "1", ""), ("2020", "1", "")], "a series does not grow from one region's figure to another's") or print("#", have)
    stock = {"2019": "published_total", "2021": "in_force"}
    for forms, want in (("2019 2021 2021 2019", ""), ("2021 2021 2021 2021", "20"), ("2019 2019 2019 2019", "20"), ("2019 2021 2019 2021", "20")):
        have = grown(*[(region, year, "region", form, "normative.documents", stock[form], 10, "main") for (year, region), form in
                       zip(itertools.product((2020, 2021), ("530111", "530112")), forms.split())])
        ok(have == [("2020", "2", ""), ("2021", "2", want)], f"growth between regions on forms {forms}: '{want}'") or print("#", have)
    rows, err = said(("530111", 2020, "region", "2019", "normative.documents", "published_total", 10, "main"),
                     ("530112", 2020, "region", "2021", "normative.documents", "issued", 1, "main"))
    rows = [(r["series"], r["break"]) for r in rows if r["sum"] == "" or r["series"] == "normative.documents_stock"]
    ok(rows == [("normative.documents_stock", "1")], "a figure on the other side of a break is marked") or print("#", rows)
    rows = [(r["n"], r["missing"], r["break"]) for r in said(("530111", 2020, "region", "2019", "licensing.permits", "change", 1, "main"))[0]]
    ok(rows == [("0", "1", "0")], "one that is missing there marks no sum") or print("#", rows)
    have = grown(*[(region, year, "region", "2014", "requests.received", "value", value, "main") for region, year, value in (
        ("130421", 2014, 7), ("130402", 2014, 5), ("130429", 2015, 70), ("130402", 2015, 6))], by="year,region,indicator",
        more=("--codes-as-of", "2024", "--growth"))
    ok(have == [("2014", "1", ""), ("2014", "1", ""), ("2015", "1", ""), ("2015", "1", "5")],
       "of what was split one region does not grow from another") or print("#", have)
    # 310115 took in 310119, 120116 was made of three in 2009, 110228 became 110118 in 2015, 421302 was divided in 2009.
    for cells, want, what in ((((310119, 2008, 5), (310115, 2009, 12)), "", "what took another one in does not grow from that"),
                              (((310115, 2008, 5), (310115, 2009, 12)), "", "nor from itself without it"),
                              (((120107, 2008, 5), (120116, 2009, 12)), "", "what was made of several does not grow from one of them"),
                              (((421302, 2008, 5), (421303, 2009, 2)), "", "nor one of its parts from what was divided"),
                              (((110228, 2014, 5), (110118, 2015, 6)), "5", "a region under a new code is the same")):
        for by, more in (("year,region,{}", ["--codes-as-of", "2007"]), ("year,region,{}", ["--codes-as-of", "2024"]), ("year,region,{}", []),
                         ("year,region:province,{}", []), ("year,{}", []), ("year,region:province,{}", ["--codes-as-of", "2024"])):
            for of, indicator in (("indicator", "requests.received"), ("series", "requests.received")):
                rows = said(*[(region, year, "region", "2014", indicator, "value", value, "main") for region, year, value in cells],
                            by=by.format(of), more=("--level", "county", "--growth", *more))[0]
                have = {r["before"] for r in rows} - {""}
                one_code = len({c[0] for c in cells}) > 1 and by.startswith("year,region,") and not more
                ok(have == ({want} - {""} if not one_code else set()), f"{what}: {by.format(of)} {more}") or print("#", have)

    # What a warning speaks against is counted in the sums that are made of it, too.
    cells = [("530111", 2019, "region", "2014", "requests.result." + name, "value", 2, "main") for name in ("agreed", "already_public", "partial")]
    for broken, want in ((None, {"0"}), ("agreed", {"1"})):
        rows = head.replace("grade", "grade,checks") + "".join(
            f"{region},government,{region},{year},county,{scope},{form},{indicator},{column},{value},件,number,{role},s,proved,"
            f"{'2014-02 X-60' if indicator.endswith('.' + str(broken)) else 'X-60'}\n" for region, year, scope, form, indicator, column, value, role in cells)
        for args in ([], ["--rollup"]):
            out = [r for r in csv.DictReader(io.StringIO(run(["--by", "year,region,series", "--doubts", *args], rows)[1])) if r["n"] == "1"]
            ok({r["doubted"] for r in out if r["series"] in ("requests.granted", "requests.disclosed")} == want, f"doubts of series {args}") or print("#", out)
            out = run(["--by", "year,region,series", "--undoubted", *args], rows)[1]
            have = [r["sum"] for r in csv.DictReader(io.StringIO(out)) if r["series"] == "requests.granted" and r["region"] == "530111"]
            ok(have == ([""] if broken else ["4"]), f"a series lacks the term that is left out {args}") or print("#", out)

    def split(by):
        return [(r["region"], r["n"], r["split"], r["share"]) for r in said(*[(region, 2015, "region", "2014", "requests.received", "value", 1, "main")
                for region in ("130421", "130402", "130403", "130404", "130406")], by=by, more=("--codes-as-of", "2016", "--level", "county", "--rank"))[0]]

    have = split("year,region:prefecture,indicator"), split("year,region,indicator")
    ok(have[0] == [("130400", "5", "0", "")] and ("130400", "1", "1", "") in have[1], "what was split within a prefecture is of its sum") or \
        print("#", have)
    with tempfile.TemporaryDirectory() as d:
        text = head + "".join(f"530111,government,a,2019,county,region,2014,{name},value,4,件,number,main,s,proved\n" for name in (a, b))
        shard = os.path.join(d, "1.csv")
        ask = ["--by", "form,series,region,year"]
        open(shard, "w", encoding="utf-8").write(run(ask + ["--partial"], text)[1])
        status, out, err = run(["--merge", shard])
        ok(status == 0 and out == run(ask, text)[1], "partial sums of series by form are merged") or print("#", status, err)


def whose_and_what():
    """Growth outside governments is of the same bodies; what counts nobody knows what is in no sum; an office gives what its government lacks."""
    head = "region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,role,source,grade,label\n"

    def facts(*rows):
        return head + "".join(f"530111,{kind},{body},{year},county,{scope},2014,{indicator},value,{value},件,number,{role},s{body}{year},proved,{label}\n"
                              for kind, body, year, scope, indicator, value, role, label in rows)

    def own(body, year, value, kind="department", scope="own"):
        return kind, body, year, scope, "requests.received", value, "main", ""

    ask = ["--scope", "own,region", "--growth", "--by"]
    for rows, want, what in (
            ((own("甲局", 2019, 5), own("甲局", 2020, 6)), "5", "a body grows over itself"),
            ((own("甲局", 2019, 5), own("乙局", 2020, 6)), "", "not over another"),
            ((own("甲局", 2019, 5), own("乙局", 2019, 7), own("乙局", 2020, 6), own("甲局", 2020, 6)), "12", "two bodies over the same two"),
            ((own("某区政府", 2019, 5, "government"), own("某区人民政府", 2020, 6, "government")), "5", "a government is one under any name"),
            ((own("某区政府", 2019, 5, "government"), own("某区政府", 2020, 6, "government", "region")), "", "the territory not over the body itself"),
            ((own("某区政府", 2019, 5, "government"), own("某区政府办", 2020, 6, "government_office")), "", "nor an office over its government")):
        for by in ("year,region,indicator", "year,indicator,level", "year,region:province,indicator", "year,region,series"):
            args = [*ask, by] + (["--level", "county"] if ":" in by else [])
            out = run(args, facts(*rows))[1]
            have = [r["before"] for r in csv.DictReader(io.StringIO(out)) if r["year"] == "2020"]
            ok(have == [want], f"{what}: {by}") or print("#", have)
            if "region" not in by:
                continue  # such partial sums do not tell regions apart, and are refused
            with tempfile.TemporaryDirectory() as d:
                shard = os.path.join(d, "1.csv")
                open(shard, "w", encoding="utf-8").write(run([*args, "--partial"], facts(*rows))[1])
                ok(run([*args, "--merge", shard])[1] == out, "and merged, too")
    rows = [own("甲局", 2019, 5), ("department", "甲局", 2019, "own", "", 11, "second", "家大厅"), ("department", "甲局", 2019, "own", "", 8, "second", "类信息")]
    for by in ("year,indicator", "year,region,indicator", "year,region,series"):
        status, out, err = run(["--all", "--by", by], facts(*rows))
        have = [r["sum"] for r in csv.DictReader(io.StringIO(out))]
        ok(status == 0 and have == ["5"] and "2 no indicator" in err, f"numbers of which nobody knows what they count are not added up: {by}") or \
            print("#", have, err)
    have = [(r["label"], r["sum"]) for r in csv.DictReader(io.StringIO(run(["--all", "--by", "indicator,label"], facts(*rows))[1]))]
    ok(have == [("家大厅", "11"), ("类信息", "8"), ("", "5")], "but where their labels tell them apart") or print("#", have)
    rows = [("government", "a", 2019, "region", "complaints.total", 3, "main", ""), ("government_office", "b", 2019, "region", "complaints.total", 9, "main", ""),
            ("government_office", "b", 2019, "region", "requests.received", 4, "main", "")]
    for by in ("indicator", "series"):
        status, out, err = run(["--rollup", "--by", "year,region," + by], facts(*rows))
        have = sorted(r["reported"] for r in csv.DictReader(io.StringIO(out)) if r["region"] == "530111")
        ok(have == ["3", "4"] and "1 same territory" in err,
           f"an office gives the figures its government lacks: {by}") or print("#", have, err)


by_hand()
every_series()
whose_and_what()
one_figure_a_report()
nothing_is_never_nought()
random_sets()
explained()
rollups()
split_and_about()
own_checks()
merges()
mismatched()
finish()
