"""What goes wrong on real pages, done on purpose: to figures (defects) and to rows (mutations)."""
import copy
import re

from forms import APPLICANTS, Cell, Row, Table

DEFECTS = ("broken-sum", "shifted-row", "swapped-digits", "doubled-digit", "counted-twice", "blank-cells",
           "marks", "about", "thousands", "unit-in-cell")
# Cells of an identity changed at random, to see whether the error is found again; not among `any`.
CHANGED = {"one-cell": 1, "two-cells": 2}
# Another way to print the same sheet: nothing is wrong with it.
DRESSES = ("bare-labels", "spaced", "wording", "serial", "last-year", "other-column", "split-tables", "no-head",
           "repeated-groups", "spacer", "total-first", "upright")
MUTATIONS = ("drop", "double", "insert", "swap", "typo", "cut-header")
# Characters a typist puts in place of another.
TYPOS = dict(zip("过数开公情况申请信息理复议门网站其他共", "多敎天工晴兄由晴伩惠里夏义们罔占共它其"))


def totals(figures):
    """Cells that are a sum, with the cells they are the sum of."""
    out = []
    for key in figures:
        indicator, column = key
        parts = [k for k in figures if k[0].rpartition(".")[0] == indicator and k[1] == column]
        if indicator in ("requests.received", "requests.concluded", "requests.result.denied", "review.total",
                         "litigation.total", "capacity.staff", "requests.answered", "litigation.direct.total",
                         "litigation.after_review.total"):
            if indicator == "requests.answered":
                parts = [k for k in figures if k[0].startswith("requests.result.") and k[0].count(".") == 2]
            elif indicator.endswith(".total"):
                stem = indicator[:-6]
                parts = [k for k in figures if k[0].rpartition(".")[0] == stem and k != key]
            if len(parts) > 1 and column == "value":
                out.append((key, parts))
        elif column == "total" and (indicator, "natural_person") in figures:
            out.append((key, [(indicator, c) for c in APPLICANTS]))
    return out


def change(figures, key, number):
    v = figures[key]
    v.wanted = v.value
    v.text = v.value = str(number)


def plant(rng, name, tables, figures):
    """Plants the defect; the truth then says what is printed, and `wanted` what should be."""
    numbers = [k for k in figures if figures[k].state == "number" and figures[k].value.isdigit()]
    sums = totals(figures)
    if name == "broken-sum":
        key, _ = rng.choice(sums)
        change(figures, key, int(figures[key].value) + rng.randint(1, 9))
    elif name == "counted-twice":
        options = [(k, p) for k, parts in sums for p in parts if figures[p].value not in ("0", "")]
        if options:
            key, part = rng.choice(options)
            change(figures, key, int(figures[key].value) + int(figures[part].value))
    elif name in ("swapped-digits", "doubled-digit"):
        covered = {k for key, parts in sums for k in [key, *parts]}
        options = [k for k in numbers if k in covered and int(figures[k].value) > 9
                   and len(set(figures[k].value)) > 1] or [k for k in numbers if int(figures[k].value) > 9]
        if options:
            key = rng.choice(options)
            digits = figures[key].value
            i = rng.choice([i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and digits[i + 1] != "0"]
                           or [len(digits) - 2])
            if name == "doubled-digit":
                change(figures, key, digits[:i + 1] + digits[i:])
            else:
                change(figures, key, int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2:]))
    elif name in CHANGED:
        covered = sorted({k for key, parts in sums for k in [key, *parts]})
        for key in rng.sample(covered, CHANGED[name]):
            old = int(figures[key].value)
            change(figures, key, rng.choice([n for n in (old + 1, old - 1, old * 10, old + 9, old // 10,
                                                         old + rng.randint(2, 90)) if n >= 0 and n != old]))
    elif name == "shifted-row":
        rows = [r for t in tables for r in t.rows if r.kind != "head"]
        keyed = [[c.key for c in r.cells if c.key] for r in rows]
        wide = [k for k in keyed if len(k) == 7]
        run = rng.choice(wide) if wide else None
        if run is None:
            flat = [k[0] for k in keyed if k and k[0] in figures]
            start = rng.randrange(len(flat) - 5)
            run = flat[start:start + 5]
        before = [figures[k].value for k in run]
        for key, value in zip(run, ["0"] + before[:-1]):
            if figures[key].value != value:
                change(figures, key, value)
    elif name == "blank-cells":
        for key in rng.sample(list(figures), max(1, len(figures) // 3)):
            figures[key].blank()
    elif name == "marks":
        sign = rng.choice(["—", "-", "/", "无"])
        for key in figures:
            if figures[key].value == "0":
                figures[key].mark(sign)
    elif name == "about":
        key = rng.choice([k for k in numbers if int(figures[k].value) > 9] or numbers)
        v = figures[key]
        v.text = rng.choice(["{}多", "约{}", "近{}", "{}余"]).format(v.value)
        v.state = "about"
    elif name == "thousands":
        for key in numbers:
            figures[key].text = f"{int(figures[key].value):,}"
    elif name == "unit-in-cell":
        for key in rng.sample(numbers, max(1, len(numbers) // 2)):
            figures[key].text += figures[key].unit


def lose_cell(rng, tables, figures):
    """A cell gone from the page, as extractors lose them: the rest of its row moves up."""
    table = max(tables, key=lambda t: len(t.rows))
    row = table.rows[rng.choice(data_rows(table))]
    cell = row.cells.pop(rng.randrange(len(row.cells)))
    if cell.key:
        del figures[cell.key]


WORDING = [("其中：", "其中,"), ("主要负责同志", "主要负责人"), ("通过不同渠道和方式", "通过不同渠道"), ("总次数", "次数"),
           ("规范性文件总数", "规范性文件数"), ("收到申请数", "收到申请总数"), ("或者驳回", "或驳回"), ("政务微信", "微信"),
           ("政务微博", "微博"), ("人员数", "人数"), ("申请数", "申请件数")]


def shape(name, tables):
    """Gives tables of 2019 and 2021 another shape; True if that is what the name means."""
    for n, table in enumerate(list(tables)):
        if name == "split-tables" and table.name == "proactive":
            starts = [i for i, r in enumerate(table.rows) if r.kind == "head" and len(r.cells) == 1] + [len(table.rows)]
            tables[n:n + 1] = [Table("proactive", table.rows[a:b], 1, 4) for a, b in zip(starts, starts[1:])]
        elif name == "no-head" and table.name == "requests":
            table.rows = [r for r in table.rows if r.kind != "head"]
        elif name == "repeated-groups":
            table.repeats = True
        elif name == "spacer":
            for row in table.rows:
                row.cells.append(Cell(""))
            table.width += 1
        elif name == "total-first" and table.name == "requests":
            for row in table.rows:
                if row.kind != "head":
                    row.cells.insert(0, row.cells.pop())
            second = table.rows[1].cells
            second.insert(0, second.pop())
        elif name == "upright" and table.name == "disputes":
            rows = []
            for cell in table.rows[-1].cells:
                group, _, outcome = cell.key[0].rpartition(".")
                groups = {"review": ("行政复议",), "litigation.direct": ("行政诉讼", "未经复议直接起诉"),
                          "litigation.after_review": ("行政诉讼", "复议后起诉")}[group]
                rows.append(Row(groups, OUTCOME_LABELS[outcome], [cell], "value", cell.key[0]))
            tables[n] = Table("disputes", rows, 3, 4)
    return name in ("split-tables", "no-head", "repeated-groups", "spacer", "total-first", "upright")


OUTCOME_LABELS = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结",
                  "total": "总计"}


def dress(rng, name, tables, year):
    """Prints the first sheet (or every table) another way; its figures stay what they are."""
    if shape(name, tables):
        return
    before = rng.random() < 0.5  # the column of another year stands first
    for table in tables:
        sheet = table.name == "main"
        for i, row in enumerate(table.rows):
            label = row.label
            if label is None and row.kind != "head":
                continue
            if name == "bare-labels" and label:
                bare = re.sub(r"^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|[0-9]+[.．]?)", "", label)
                row.label = re.sub(r"（[^（）]*）$", "", bare) or label
            elif name == "spaced" and label:
                row.label = re.sub(r"(?<=[（）、.：])", " ", label) if rng.random() < 0.5 else \
                    " ".join(label) if len(label) < 9 else label
            elif name == "wording" and label:
                for a, b in WORDING:
                    if rng.random() < 0.5:
                        row.label = row.label.replace(a, b)
            elif name == "serial" and sheet:
                row.lead = "序号" if row.kind == "head" else str(i)
            elif name in ("last-year", "other-column") and sheet:
                heads = {"last-year": f"{year - 1}年", "other-column": "其中：乡镇（街道）"}
                at = 1 if name == "last-year" and before else 2
                if row.kind == "head":
                    row.cells[2].text = f"{year}年" if name == "last-year" else "合计"
                    row.cells.insert(at + 1, Cell(heads[name], head=True))
                else:
                    number = str(rng.randint(0, 400)) if row.cells[1].key else row.cells[1].text
                    row.cells.insert(at, Cell(number))
        if sheet and name in ("serial", "last-year", "other-column"):
            table.width += 1


def data_rows(table):
    return [i for i, r in enumerate(table.rows) if r.kind not in ("head", "group", "section")
            and r.indicator and r.label is not None]


def forget(figures, row, rows):
    """The figures of a row taken out, unless the row stands there twice."""
    still = {cell.key for r in rows for cell in r.cells}
    for cell in row.cells:
        if cell.key and cell.key not in still:
            del figures[cell.key]


def insert_row(rng, row):
    """A row of the province's own beside another: its numbers belong to no known indicator."""
    cells = []
    for cell in row.cells:
        cells.append(Cell(str(rng.randint(0, 99)) if cell.key else cell.text))
    label = rng.choice(["其中：其他新媒体渠道情况数", "另：乡镇（街道）上报数", "补充：公众号阅读量",
                        "其中：区直单位自行统计数"])
    return Row(row.groups, label, cells, "value")


def again(row):
    """The row once more, with a list of cells of its own: a dress puts cells into each row."""
    twin = copy.copy(row)
    twin.cells = list(row.cells)
    return twin


def typed_wrong(rng, label):
    places = [i for i, c in enumerate(label) if c in TYPOS]
    for i in rng.sample(places, min(len(places), rng.randint(1, 2))):
        label = label[:i] + TYPOS[label[i]] + label[i + 1:]
    return label


def mutate(rng, name, tables, figures):
    """One row dropped, doubled, put in or swapped; or labels mistyped; or heads cut. Truth follows."""
    if name == "lose-cell":
        return lose_cell(rng, tables, figures)
    tabled = [t for t in tables if data_rows(t)]
    table = max(tabled, key=lambda t: len(t.rows))
    rows = table.rows
    at = rng.choice(data_rows(table))
    if name == "drop":
        forget(figures, rows.pop(at), rows)
    elif name == "double":
        rows.insert(at, again(rows[at]))
    elif name == "insert":
        rows.insert(at, insert_row(rng, rows[at]))
    elif name == "swap":
        pairs = [i for i in data_rows(table)[:-1] if rows[i + 1].indicator and rows[i].groups == rows[i + 1].groups
                 and rows[i + 1].kind == rows[i].kind]
        i = rng.choice(pairs)
        rows[i], rows[i + 1] = rows[i + 1], rows[i]
    elif name == "typo":
        for i in data_rows(table):
            if rng.random() < 0.2:
                rows[i] = Row(rows[i].groups, typed_wrong(rng, rows[i].label), rows[i].cells, rows[i].kind,
                              rows[i].indicator)
    elif name == "cut-header":
        for t in tables:
            for row in t.rows:
                if row.kind == "head":
                    for cell in row.cells:
                        if len(cell.text) > 2 and rng.random() < 0.6:
                            cell.text = cell.text[:2]
