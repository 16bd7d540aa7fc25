#!/usr/bin/env python3
"""normalize: the examples of its tables, running twice, columns, tables of one's own, and linear time."""
import csv
import io
import os
import resource
import subprocess
import tempfile

from tap import bin_, finish, ok, top as TOP

NORMALIZE = os.path.join(bin_, "normalize")
HEADER = ["kind", "source", "line", "text"]


def csv_of(rows, header=HEADER):
    out = io.StringIO()
    w = csv.writer(out, lineterminator="\n")
    w.writerow(header)
    w.writerows(rows)
    return out.getvalue()


def normalize(data, *options):
    done = subprocess.run([NORMALIZE, "-q", *options], input=data.encode(), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=120)
    return done.stdout.decode(), done.returncode, done.stderr.decode()


def figures(*sentences):
    out, _, _ = normalize(csv_of(["text", "-", i, s] for i, s in enumerate(sentences)))
    found = [[] for _ in sentences]
    for r in csv.DictReader(io.StringIO(out)):
        if r["kind"] == "figure":
            found[int(r["line"])].append(r)
    return found


def table(name):
    with open(os.path.join(TOP, "common", "tables", "forms", name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def test_zero_examples():
    rows = [r for r in table("zero.csv") if r["role"].startswith("none")]
    examples = [r["example"] for r in rows if r["example"]]
    counters = [r["counter_example"] for r in rows if r["counter_example"]]
    wrong = [s for s, f in zip(examples, figures(*examples)) if [x["value"] for x in f] != ["0"]]
    ok(examples and not wrong, f"{len(examples)} examples of zero.csv are zeros {wrong}")
    wrong = [s for s, f in zip(counters, figures(*counters)) if f]
    ok(counters and not wrong, f"{len(counters)} counter-examples of zero.csv are none {wrong}")


def test_dressed_cells():
    """A whole cell is its number, whatever total, sentence's end or brackets it is set in; two numbers are none."""
    totals = [r["word"] for r in table("numberwords.csv") if r["role"] == "total"]
    units = [r for r in table("units.csv") if r["kind"] == "count"]
    dressed = [(f"{before}12{bracket}{behind}", r)
               for r in units for before in ["", *totals] for bracket in (r["unit"], f"（{r['unit']}）", f"({r['unit']})")
               for behind in ("", "。", "；")]
    out, _, _ = normalize(csv_of(["cell", "-", i, text] for i, (text, _) in enumerate(dressed)))
    wrong = [text for (text, r), have in zip(dressed, csv.DictReader(io.StringIO(out)))
             if (have["value"], have["unit"], have["state"]) !=
             (str(12 * 10 ** int(r["shift"] or 0)), r["canonical"], "number")]
    ok(totals and not wrong, f"{len(dressed)} cells of a number in some dress are numbers {wrong[:5]}")
    not_numbers = ["12(3)", "12(3件)", "共12件，3件", "12(件", "12件)", "(件)", "共", "12(共件)", "共共12件", "12;3", "12。3", "12)("]
    out, _, _ = normalize(csv_of(["cell", "-", i, text] for i, text in enumerate(not_numbers)))
    wrong = [r["text"] for r in csv.DictReader(io.StringIO(out)) if r["state"] != "text"]
    ok(not wrong, f"{len(not_numbers)} cells like them are none {wrong}")


def test_units():
    rows = [r for r in table("units.csv") if r["kind"] != "none"]
    wrong = []
    for r, found in zip(rows, figures(*(f"共计12{r['unit']}。" for r in rows))):
        want = str(12 * 10 ** int(r["shift"] or 0))
        if [(f["value"], f["unit"]) for f in found] != [(want, r["canonical"])]:
            wrong.append(r["unit"])
    ok(rows and not wrong, f"{len(rows)} units are read {wrong}")
    rows = [r for r in table("units.csv") if r["kind"] == "none"]
    wrong = [r["unit"] for r, found in zip(rows, figures(*(f"共计12{r['unit']}。" for r in rows))) if found]
    ok(rows and not wrong, f"{len(rows)} words make a number none {wrong}")


def test_idioms():
    rows = [r["word"] for r in table("numberwords.csv") if r["role"] == "idiom"]
    wrong = [w for w, found in zip(rows, figures(*(f"推进{w}工作。" for w in rows))) if found]
    ok(rows and not wrong, f"{len(rows)} set phrases hold no figure {wrong}")


def test_joined():
    said = lambda word: [f["text"] for f in figures(f"收到当面申请3件予以公开{word}网络申请5件全部办结。")[0]]
    words = [r["word"] for r in table("numberwords.csv") if r["role"] == "and"]
    wrong = [w for w in words if said(w) != ["收到当面申请【3件】予以公开", "收到当面申请予以公开│网络申请【5件】全部办结"]]
    ok(words and not wrong, f"{len(words)} words join what belongs to two numbers {wrong}")
    ordinals = [r["word"] for r in table("numberwords.csv") if r["role"] in ("and", "range")]
    wrong = [w for w, found in zip(ordinals, figures(*(f"依照第十七{w}十八条办理。" for w in ordinals))) if found]
    ok(not wrong, f"{len(ordinals)} words let an ordinal go on {wrong}")
    lists = [f"{'、'.join(str(2014 + i) for i in range(n))}{w}，收到申请分别为"
             f"{'、'.join(f'{i + 1}件' for i in range(n))}。" for n, w in ((3, "年"), (3, "三年"), (6, "六年"), (11, "十一年"))]
    lists += [f"2014年{r['word']}2016年，收到申请分别为1件、2件、3件。" for r in table("numberwords.csv") if r["role"] == "range"]
    wrong = [s for s, found in zip(lists, figures(*lists))
             if [f["text"] for f in found] != [f"{2014 + i}年，收到申请分别为【{i + 1}件】" for i in range(len(found))] or len(found) < 3]
    ok(not wrong, f"{len(lists)} lists of years {wrong}")


def test_cells_on_a_line():
    for none in ("无", "暂无"):
        row = f"1.参加新闻发布会总次数 次 {none} 2.在线访谈次数 次 {none} 3.收到申请数 件 6 4.传真申请数 件 {none} 四、行政复议数量 件 2"
        ok(not any(f["value"] == "0" for f in figures(row)[0]), f"{none} in the cells of a table on one line says nothing of what follows")
    ok([f["value"] for f in figures("全年行政复议案件无行政诉讼。")[0]] == ["0"], "behind a unit alone it may be prose")


def test_label_and_number():
    said = lambda line: [(f["value"], f["text"]) for f in figures(line)[0]]
    ok(said("现行有效件数：17") == [("17", "现行有效件数:【17】")], f"a line of a label and its number {said('现行有效件数：17')}")
    ok(not said("规章现行有效件数：17，见附件") and not said("发文字号：0017") and not said("年份：2022"),
       "not one of several clauses, a code, a year")


def test_twice():
    with open(os.path.join(TOP, "tests", "golden", "normalize", "prose", "in"), encoding="utf-8") as f:
        once = normalize(f.read())[0]
    ok(normalize(once)[0] == once and "figure" in once, "running twice gives what running once gave")


def test_columns():
    header = ["note", "state", "text", "kind", "line", "source"]
    out, status, _ = normalize(csv_of([["a,b", "old", "５ 件", "cell", 3, "x"],
                                       ["n", "", "收到申请5件", "text", 4, "x"]], header))
    ok(status == 0 and out == 'note,state,text,kind,line,source,value,unit\n"a,b",number,5件,cell,3,x,5,件\n'
       "n,,收到申请5件,text,4,x,,\nn,number,收到申请【5件】,figure,4,x,5,件\n",
       "columns in any order; unknown ones pass, those there are overwritten")


def test_tables():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "units.csv"), "w", encoding="utf-8") as f:
            f.write("unit,canonical,shift,kind\n打,个,1,count\n")
        out, status, _ = normalize(csv_of([["cell", "x", 1, "5打"], ["cell", "x", 2, "5件"]]), "--tables", folder)
        ok(status == 0 and out.endswith("5打,50,个,number\ncell,x,2,5件,,,text\n"), "a table of one's own")
        for bad in ("unit,canonical,shift,kind\n打,个,x,count\n", "unit,canonical,shift,kind\n打,个,,thing\n",
                    "unit,canonical,shift,kind\n,个,,count\n", "unit,canonical\n打,个\n"):
            with open(os.path.join(folder, "units.csv"), "w", encoding="utf-8") as f:
                f.write(bad)
            out, status, err = normalize(csv_of([]), "--tables", folder)
            ok(status == 2 and "units.csv" in err, f"status 2 for {bad.splitlines()[1]}")
        own = "unit,canonical,shift,kind\n打,个,1,count\n"
        for name, text, where in (("GBK", own.encode("gbk"), ":2: not UTF-8: "), ("UTF-16", own.encode("utf-16"), ":1: UTF-16 "),
                                  ("CR", own.replace("\n", "\r").encode(), ":1: lines that end in CR alone: "),
                                  ("NUL", own.replace("打", "打\0").encode(), ":2: a control character "),
                                  ("endless", own.replace("打", "打" * 10**6).encode(), ":2: '打打")):
            with open(os.path.join(folder, "units.csv"), "wb") as f:
                f.write(text)
            out, status, err = normalize(csv_of([]), "--tables", folder)
            ok(status == 2 and not out and "units.csv" + where in err and len(err) < 2000, f"a table is refused that is {name}")


def test_word_across():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "numberwords.csv"), "w", encoding="utf-8") as f:
            f.write("word,role,value,unit,note\n大讲，八件,idiom,,,\n")
        out, _, _ = normalize(csv_of([["text", "x", 1, "坚持大讲，八件落实，受理9件"]]), "--tables", folder)
    ok([r["text"] for r in csv.DictReader(io.StringIO(out)) if r["kind"] == "figure"] ==
       ["坚持大讲，八件落实，受理【9件】"], "a word with a comma of its own")


def test_own_numeral():
    with tempfile.TemporaryDirectory() as folder:
        def read(row):
            with open(os.path.join(folder, "numerals.csv"), "w", encoding="utf-8") as f:
                f.write("numeral,value,use,note\n十,10,,\n一,1,,\n" + row + "\n")
            return normalize(csv_of([["cell", "x", 1, "弐十一件"]]), "--tables", folder)
        out, status, _ = read("弐,2,,")
        ok(status == 0 and out.endswith("弐十一件,21,件,number\n"), "a numeral of one's own")
        for bad in ("弐,200,,", "弐,,,", "弐,2,month,", "弐三,2,,", ",2,,", "o,0,,", "弐,-1,,"):
            _, status, err = read(bad)
            ok(status == 2 and "numerals.csv:4" in err, f"status 2 for the numeral {bad}")


def test_own_joint():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "numberwords.csv"), "w", encoding="utf-8") as f:
            f.write("word,role,value,unit,note\n暨,and,,,\n")
        out, _, _ = normalize(csv_of([["text", "x", 1, "收到申请3件予以公开暨网络申请5件"]]), "--tables", folder)
    ok([r["text"] for r in csv.DictReader(io.StringIO(out)) if r["kind"] == "figure"] ==
       ["收到申请【3件】予以公开", "收到申请予以公开│网络申请【5件】"], "a joining word of one's own")


def test_too_large():
    texts = ["9" * 18, "1" * 19, "9" * 19, "1" * 70, "-" + "1" * 70 + "件", ",".join(["1"] + ["000"] * 22), "0." + "1" * 18, "1,2、" * 20]
    p = subprocess.run([NORMALIZE], input=csv_of([["cell", "x", i, t] for i, t in enumerate(texts)] + [["text", "x", 90, f"收到申请{'1' * 19}件"]]).encode(),
                       capture_output=True)
    rows = list(csv.DictReader(io.StringIO(p.stdout.decode())))
    said = [line.split(":")[2] for line in p.stderr.decode().splitlines()]
    ok([r["state"] for r in rows] == ["number"] + ["text"] * 7 + ["", "text"] and said == ["1", "2", "3", "4", "5", "6", "90"] and p.returncode == 1,
       f"more than 18 digits are kept as text and said, however many {said}")


def seconds(text):
    data = csv_of([["text", "-", 1, text]]).encode()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([NORMALIZE, "-q"], input=data, stdout=subprocess.DEVNULL, check=True, timeout=120)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_linear():
    for shape in ("公开", "全年公开信息1,204条，同比增长16%；", "一百零五", "1234567890", "甲、乙分别3、", "(", "无申请", "数十"):
        times = [min(seconds(shape * (size // len(shape.encode()))) for _ in range(2))
                 for size in (1_000_000, 4_000_000)]
        ok(times[1] < 7 * times[0] + 0.1, f"a line of '{shape}': 1 MB {times[0]:.2f} s, 4 MB {times[1]:.2f} s")


def test_many_columns():
    def of(n):
        data = ",".join(HEADER + [f"c{i}" for i in range(n)]).encode() + b"\n"
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        out, status, err = normalize(data.decode())
        return status == 0 and out.startswith("kind,source,line,text,c0,"), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    good, few = min(of(50_000) for _ in range(2))
    same, many = min(of(400_000) for _ in range(2))
    ok(good and same and many < 24 * few + 0.3, f"50,000 columns take {few:.2f} s, 400,000 {many:.2f} s")
    out, status, err = normalize(",".join(HEADER + ["a", "b", "a", "b"]) + "\n")
    ok(status == 2 and "standard input:1: column 'a' stands twice" in err, "the first name that stands twice is said")
    out, status, err = normalize(",".join(HEADER + [f"{i:x}" for i in range(1 << 20)]) + "\n")
    ok(status == 2 and "standard input:1: the header cannot be read: more than 1,048,576 columns" in err, "a header of more columns is refused")


def test_commas():
    for what, line in (("commas", b"," * (40 << 20)), ("a quote and commas", b'""' + b"," * (40 << 20))):
        with tempfile.TemporaryFile() as data:
            data.write(",".join(HEADER).encode() + b"\n" + line + b"\ncell,x,2,5\n")
            data.seek(0)
            room = (64 + 3 * 40) << 20
            p = subprocess.run([NORMALIZE], stdin=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (room, room)))
            ok(p.returncode == 1 and p.stdout.endswith(b"\ncell,x,2,5,5,,number\n") and b"more fields than the header" in p.stderr,
               f"a line of 40 MB of {what} takes no more memory than another {p.stderr[:200]}")


for test in (test_too_large, test_many_columns, test_commas, test_zero_examples, test_units, test_dressed_cells, test_idioms, test_joined, test_cells_on_a_line, test_label_and_number, test_twice, test_columns, test_tables, test_word_across, test_own_joint, test_own_numeral, test_linear):
    test()
finish()
