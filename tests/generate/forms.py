"""The statutory forms as tables of cells, filled with figures that agree with one another.

Every check of severity error in checks.csv holds for a fresh report, and those warnings that speak of one
table; what is then broken on purpose (defects.py) says so in its truth.
"""
from places import table

FORMS = ("2014", "liaoning-2015", "2019", "2021", "prose")
APPLICANTS = ("natural_person", "org.enterprise", "org.research", "org.public_interest",
              "org.legal_service", "org.other")
OUTCOMES = ("upheld", "corrected", "other", "pending")


class Value:
    """What stands in a cell (text) and what it means; wanted is the right value of a planted defect."""
    __slots__ = ("text", "value", "unit", "state", "wanted", "line")

    def __init__(self, value, unit):
        self.text, self.unit, self.state = str(value), unit, "number"
        self.value = self.text.rstrip("0").rstrip(".") if "." in self.text else self.text
        self.wanted, self.line = None, 0

    def blank(self):
        self.text, self.value, self.state = "", "", "blank"

    def mark(self, text):
        self.text, self.value, self.state = text, "", "mark"


class Cell:
    __slots__ = ("text", "key", "rows", "cols", "head")

    def __init__(self, text, key=None, rows=1, cols=1, head=False):
        self.text, self.key, self.rows, self.cols, self.head = text, key, rows, cols, head


class Row:
    """A printed row: label cells by depth (a spanning group first), then what follows them."""
    __slots__ = ("groups", "label", "cells", "kind", "indicator", "lead")

    def __init__(self, groups, label, cells, kind, indicator=None):
        self.groups, self.label, self.cells = groups, label, cells
        self.kind, self.indicator = kind, indicator
        self.lead = None  # what a serial-number column holds, if there is one


class Table:
    """Rows of a table; `depth` label columns, `width` columns in all."""

    def __init__(self, name, rows, depth, width, caption=()):
        self.name, self.rows, self.depth, self.width, self.caption = name, rows, depth, width, caption
        self.repeats = False  # a spanning label stands again in each of its rows

    def grid(self):
        """Rows of Cell with spans: a group cell stands in the first of its run of rows."""
        out, rows = [], self.rows
        for i, row in enumerate(rows):
            cells = [] if row.lead is None else [Cell(row.lead, head=row.kind == "head")]
            if row.kind != "head":
                for d, group in enumerate(row.groups):
                    if self.repeats:
                        cells.append(Cell(group))
                        continue
                    if i and rows[i - 1].kind != "head" and rows[i - 1].groups[:d + 1] == row.groups[:d + 1]:
                        continue
                    run = 1
                    while i + run < len(rows) and rows[i + run].groups[:d + 1] == row.groups[:d + 1]:
                        run += 1
                    cells.append(Cell(group, rows=run))
                if row.label is not None:
                    cells.append(Cell(row.label, cols=self.depth - len(row.groups)))
            out.append(cells + row.cells)
        return out


INDICATORS = {}
for _row in table("forms", "indicators.csv"):
    INDICATORS.setdefault(_row["form"], []).append(_row)
LEAVES = {form: [r["indicator"] for r in INDICATORS[form] if r["table"] == "requests"
                 and r["column_dimension"] == "applicant" and r["indicator"].startswith("requests.result.")
                 and r["indicator"] != "requests.result.total"] for form in ("2019", "2021")}


def share(rng, total, parts):
    """Random parts that add up to total; some stay nought."""
    out = [0] * parts
    left = total
    for i in rng.sample(range(parts), parts):
        out[i] = rng.randint(0, left) if left else 0
        left -= out[i]
    out[rng.randrange(parts)] += left
    return out


def size(rng, scale):
    """Nought often, small mostly, large at times."""
    pick = rng.random()
    if pick < 0.25:
        return 0
    return rng.randint(1, 9) if pick < 0.5 else rng.randint(1, scale)


def money(rng):
    return rng.choice(["0", "0", str(rng.randint(1, 90)), f"{rng.uniform(0.1, 80):.2f}"])


class Figures(dict):
    """(indicator, column) to Value."""

    def put(self, indicator, value, unit, column="value"):
        self[indicator, column] = Value(value, unit)

    def spread(self, rng, unit, total, parts, amount):
        """A total and its parts, adding up."""
        self.put(total, amount, unit)
        for name, n in zip(parts, share(rng, amount, len(parts))):
            self.put(name, n, unit)


def common_2014(rng, f, scale, rows):
    """What the national sheet of 2014 and the Liaoning sheet share."""
    channels = [size(rng, scale) for _ in range(5)]
    total = rng.randint(max(channels), sum(channels)) if any(channels) else 0
    names = ("gazette", "website", "weibo", "wechat", "other")
    f.put("proactive.total", total, "条")
    for name, n in zip(names, channels):
        f.put("proactive.channel." + name, n, "条")
    issued = rng.randint(0, min(total, 60))
    f.put("normative.issued", issued, "件")
    f.put("proactive.normative", rng.randint(0, issued), rows["proactive.normative"])
    press, talks = size(rng, 30), size(rng, 20)
    f.put("response.channel.press_conferences", press, "次")
    f.put("response.channel.press_conferences.principal", rng.randint(0, press), "次")
    f.put("response.channel.online_interviews", talks, "次")
    f.put("response.channel.online_interviews.principal", rng.randint(0, talks), "次")
    f.put("response.channel.weibo_wechat", size(rng, 60), "次")
    f.put("response.channel.other", size(rng, 40), "次")
    received = size(rng, max(scale // 10, 10))
    f.spread(rng, "件", "requests.received",
             ["requests.received." + n for n in ("in_person", "fax", "online", "mail")], received)
    f.spread(rng, "件", "requests.concluded",
             ["requests.concluded.on_time", "requests.concluded.extended"], received)
    results = ["requests.result." + n for n in (
        "already_public", "agreed", "partial", "denied", "not_this_agency", "not_exist",
        "correction_notified", "other_channel")]
    f.spread(rng, "件", "requests.answered", results, received)
    f.spread(rng, "件", "requests.result.denied", ["requests.result.denied." + n for n in (
        "state_secret", "trade_secret", "personal_privacy", "security_stability",
        "not_government_info", "other_legal")], int(f["requests.result.denied", "value"].value))
    f.put("requests.fees", money(rng) if received else "0", "万元")
    for what in ("review", "litigation"):
        f.spread(rng, "件", what + ".total", [what + "." + n for n in ("upheld", "corrected", "other")],
                 min(size(rng, 12), received))
    f.put("complaints.total", size(rng, 20), "件")
    full, part = rng.randint(1, 20), size(rng, 90)
    f.put("capacity.staff.full_time", full, "人")
    f.put("capacity.staff.part_time", part, "人")
    f.put("capacity.offices", rng.randint(0, full), "个")
    f.put("capacity.reading_points", size(rng, 80), "个")
    f.put("capacity.budget", money(rng), "万元")
    f.put("training.meetings", size(rng, 20), "次")
    courses = size(rng, 15)
    f.put("training.courses", courses, "次")
    f.put("training.participants", rng.randint(courses, courses * 120), "人次")


def fill_2014(rng, f, scale):
    common_2014(rng, f, scale, {r["indicator"]: r["unit"] for r in INDICATORS["2014"]})
    f.put("response.channel.interpretations", size(rng, 200), "篇")
    parts = ("press_conferences", "online_interviews", "interpretations", "weibo_wechat", "other")
    most = sum(int(f["response.channel." + p, "value"].value) for p in parts)
    f.put("response.hot_topics", rng.randint(0, most), "次")
    f.put("capacity.staff", sum(int(f["capacity.staff." + p, "value"].value)
                                for p in ("full_time", "part_time")), "人")


def fill_liaoning(rng, f, scale):
    units = {r["indicator"]: r["unit"] for r in INDICATORS["liaoning-2015"]}
    common_2014(rng, f, scale, units)
    parts = ("press_conferences", "online_interviews", "weibo_wechat", "other")
    f.put("response.hot_topics", sum(int(f["response.channel." + p, "value"].value) for p in parts), "次")
    for name in ("engagement.consultation", "engagement.interpretation"):
        f.spread(rng, "篇", name, [name + ".website", name + ".other"], size(rng, 60))
    f.put("engagement.consultation.feedback", size(rng, 50), "条")
    for name, unit in (("capacity.website_columns", "个"), ("capacity.rules", "件")):
        n = size(rng, 30)
        f.put(name, n, unit)
        f.put(name + ".new", rng.randint(0, n), unit)
    results = size(rng, 900)
    f.put("proposals.results", results, "件")
    f.put("proposals.replies", rng.randint(0, results), "件")
    for a, b in (("budget_departments", "final_departments"),
                 ("three_public_budget_departments", "three_public_final_departments")):
        n = 40 + rng.randint(0, 9) if a == "budget_departments" else rng.randint(0, 40)
        f.put("keyareas.finance." + a, n, "个")
        f.put("keyareas.finance." + b, n, "个")
    for row in INDICATORS["liaoning-2015"]:
        if row["row_type"] in ("value", "total", "of_which") and (row["indicator"], "value") not in f:
            f.put(row["indicator"], size(rng, scale), row["unit"])


def fill_matrix(rng, f, scale, form):
    """Section three: the balance holds in each column, each row adds up over the applicants."""
    leaves = LEAVES[form]
    sums = {}
    busy = rng.random() < 0.85
    for column in APPLICANTS:
        leaf = [size(rng, scale) if busy and rng.random() < 0.25 else 0 for _ in leaves]
        done, out = sum(leaf), size(rng, 5) if busy else 0
        carried = rng.randint(0, min(done + out, 8))
        column_values = dict(zip(leaves, leaf))
        column_values.update({"requests.result.total": done, "requests.carried_out": out,
                              "requests.carried_in": carried, "requests.new": done + out - carried})
        for name, n in column_values.items():
            f.put(name, n, "件", column)
            sums[name] = sums.get(name, 0) + n
    for name, n in sums.items():
        f.put(name, n, "件", "total")


def fill_disputes(rng, f):
    for group in ("review", "litigation.direct", "litigation.after_review"):
        f.spread(rng, "件", group + ".total", [group + "." + n for n in OUTCOMES], size(rng, 9))


def fill_2019(rng, f, scale):
    for name in ("normative.rules", "normative.documents"):
        stock = size(rng, 90)
        made = rng.randint(0, stock)
        f.put(name, made, "件", "made")
        f.put(name, rng.randint(0, made), "件", "published")
        f.put(name, stock, "件", "published_total")
    for name in ("licensing.permits", "licensing.other_services", "enforcement.penalties",
                 "enforcement.coercion", "fees.administrative"):
        before = size(rng, 300)
        change = rng.randint(-min(before, 9), 9)
        f.put(name, before, "项", "prev_items")
        f.put(name, change, "项", "change")
        if change > 0 and rng.random() < 0.5:
            f[name, "change"].text = f"+{change}"
        if name != "fees.administrative":
            f.put(name, size(rng, scale * 3), "件", "decisions")
    projects = size(rng, 60)
    f.put("procurement.centralised", projects, "项", "projects")
    f.put("procurement.centralised", rng.randint(1, 9000) if projects else 0, "", "amount")
    fill_matrix(rng, f, max(scale // 40, 9), "2019")
    fill_disputes(rng, f)


def fill_2021(rng, f, scale):
    for name in ("normative.rules", "normative.documents"):
        stock = size(rng, 90)
        issued = rng.randint(0, stock)
        f.put(name, issued, "件", "issued")
        f.put(name, size(rng, 12), "件", "repealed")
        f.put(name, stock, "件", "in_force")
    for name in ("licensing.permits", "enforcement.penalties", "enforcement.coercion"):
        f.put(name, size(rng, scale * 3), "件", "decisions")
    f.put("fees.administrative", money(rng), "万元", "amount")
    fill_matrix(rng, f, max(scale // 40, 9), "2021")
    fill_disputes(rng, f)


FILL = {"2014": fill_2014, "liaoning-2015": fill_liaoning, "2019": fill_2019, "2021": fill_2021}


def values(figures, indicator, columns):
    return [Cell(None, key=(indicator, c)) for c in columns if (indicator, c) in figures]


def sheet(form, figures, rng):
    """The one sheet of 2014 or Liaoning: label, unit, number (and a remark)."""
    liaoning = form == "liaoning-2015"
    heads = ["统计指标", "单位", "统计数"] + (["主要公开载体或需要说明的情况"] if liaoning else [])
    rows = [Row((), None, [Cell(h, head=True) for h in heads], "head")]
    for r in INDICATORS[form]:
        key = r["indicator"], "value"
        if key in figures:
            cells = [Cell(figures[key].unit), Cell(None, key=key)]
        else:
            cells = [Cell("—"), Cell("—")] if liaoning else [Cell(""), Cell("")]
        if liaoning:
            remark = "详见政府网站2015年专栏第3页" if rng.random() < 0.05 else ""
            cells.append(Cell(remark))
        rows.append(Row((), r["label_zh"], cells, r["row_type"], r["indicator"]))
    return Table("main", rows, 1, len(heads))


def heads(*texts, cols=()):
    spans = dict(zip(range(len(texts)), cols))
    return Row((), None, [Cell(t, cols=spans.get(i, 1), head=True) for i, t in enumerate(texts)], "head")


def section_two(form, figures):
    """Section two: small tables under one another, in one table of four columns."""
    labels = {r["indicator"]: r["label_zh"] for r in INDICATORS[form]}
    rows, span = [], 1 if form == "2019" else 3
    plan = {"2019": [
        ("normative", ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
         ("made", "published", "published_total"), ("normative.rules", "normative.documents")),
        ("licensing", ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
         ("prev_items", "change", "decisions"), ("licensing.permits", "licensing.other_services")),
        ("enforcement", ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
         ("prev_items", "change", "decisions"), ("enforcement.penalties", "enforcement.coercion")),
        ("fees", ["信息内容", "上一年项目数量", "本年增/减"], ("prev_items", "change"),
         ("fees.administrative",)),
        ("procurement", ["信息内容", "采购项目数量", "采购总金额"], ("projects", "amount"),
         ("procurement.centralised",))], "2021": [
        ("normative", ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
         ("issued", "repealed", "in_force"), ("normative.rules", "normative.documents")),
        ("licensing", ["信息内容", "本年处理决定数量"], ("decisions",), ("licensing.permits",)),
        ("enforcement", ["信息内容", "本年处理决定数量"], ("decisions",),
         ("enforcement.penalties", "enforcement.coercion")),
        ("fees", ["信息内容", "本年收费金额（单位：万元）"], ("amount",), ("fees.administrative",))]}[form]
    for group, titles, columns, indicators in plan:
        rows.append(heads(labels[group], cols=(4,)))
        # Where a small table has fewer columns, its last cells reach to the edge.
        last = 4 - len(titles) + 1
        rows.append(heads(*titles, cols=[1] * (len(titles) - 1) + [last]))
        for indicator in indicators:
            cells = values(figures, indicator, columns)
            cells[-1].cols = last
            rows.append(Row((), labels[indicator], cells, "value", indicator))
    return Table("proactive", rows, 1, 4)


def section_three(form, figures):
    rows = [
        heads("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况", cols=(3, 7)),
        heads("自然人", "法人或其他组织", "总计", cols=(1, 5, 1)),
        heads("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")]
    rows[0].cells[0].rows = 3
    rows[1].cells[0].rows = rows[1].cells[2].rows = 2
    group, inner = None, None
    for r in INDICATORS[form]:
        if r["table"] != "requests":
            continue
        if r["row_type"] == "group":
            if r["indicator"] == "requests.result":
                group = r["label_zh"]
            else:
                inner = r["indicator"], r["label_zh"]
            continue
        groups = ()
        if r["indicator"].startswith("requests.result."):
            groups = (group,)
            if inner and r["indicator"].startswith(inner[0] + "."):
                groups = (group, inner[1])
        rows.append(Row(groups, r["label_zh"], values(figures, r["indicator"], APPLICANTS + ("total",)),
                        "value", r["indicator"]))
    return Table("requests", rows, 3, 10)


def section_four(figures):
    outcome = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [heads("行政复议", "行政诉讼", cols=(5, 10)),
            heads(*outcome, "未经复议直接起诉", "复议后起诉", cols=(1, 1, 1, 1, 1, 5, 5)),
            heads(*outcome, *outcome)]
    for cell in rows[1].cells[:5]:
        cell.rows = 2
    cells = [Cell(None, key=(g + "." + n, "value")) for g in ("review", "litigation.direct",
             "litigation.after_review") for n in OUTCOMES + ("total",)]
    rows.append(Row((), None, cells, "value", "review"))
    return Table("disputes", rows, 0, 15)


def tables_of(form, figures, rng):
    """The tables of a form in printed order."""
    if form in ("2014", "liaoning-2015"):
        return [sheet(form, figures, rng)]
    if form in ("2019", "2021"):
        return [section_two(form, figures), section_three(form, figures), section_four(figures)]
    return []
