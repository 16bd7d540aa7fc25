#!/usr/bin/env python3
"""Makes report pages whose truth is known.

    python3 tests/generate/report.py --seed 1 --count 20 --form 2021 --layout html-cms --out DIR

writes DIR/*.html (or .txt) and DIR/truth.csv: a line for each report (indicator `report`) and one a figure.
The same arguments give the same bytes. `--help` lists what can be varied.
"""
import argparse
import csv
import gzip
import io
import json
import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import defects  # noqa: E402
import forms  # noqa: E402
import places  # noqa: E402
import render  # noqa: E402
import sentences  # noqa: E402
import site_pages  # noqa: E402

TRUTH = "file region body_kind body year level scope form indicator column value unit state origin line wanted".split()
YEARS = {"2014": (2014, 2018), "liaoning-2015": (2015, 2015), "2019": (2019, 2020), "2021": (2021, 2024),
         "prose": (2008, 2024)}
TITLES = ("{place}{y}年政府信息公开工作年度报告", "{place}{y}年度政府信息公开工作报告", "{place}政府信息公开年度报告（{y}年）",
          "{y}年{place}政府信息公开工作年度报告")
CHARSETS = {"utf-8": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030", "big5": "big5",
            "utf-16": "utf-16"}


class Document:
    """The blocks of a page in reading order, with what only HTML shows."""

    def __init__(self):
        self.blocks, self.meta, self.footer, self.title, self.site_suffix = [], [], [], "", ""


class Report:
    """One made report: body, year, form, figures, tables and sentences."""

    def __init__(self, rng, atlas, form, kind=None, year=None, region=None, defect=None, mutation=None,
                 dress=None, times=1):
        self.rng, self.form = rng, form
        self.year = year or rng.randint(*YEARS[form])
        kind = kind or rng.choices(places.KINDS, (40, 15, 25, 10, 5, 5))[0]
        if form == "liaoning-2015" and region is None and kind != "zone":
            pool = [r for r in atlas.pool(self.year, "county") if r.code[:2] == "21"]
            region = rng.choice(pool)
        self.body = places.body_of(atlas, rng, kind, self.year, region)
        scale = {"government": 3000, "government_office": 900, "department": 500}.get(kind, 80)
        self.figures = forms.Figures()
        if form in forms.FILL:
            forms.FILL[form](rng, self.figures, scale)
        self.tables = forms.tables_of(form, self.figures, rng)
        if defect:
            defects.plant(rng, defect, self.tables, self.figures)
        for _ in range(times if mutation else 0):
            one = rng.choice(defects.MUTATIONS) if mutation == "any" else mutation
            defects.mutate(rng, one, self.tables, self.figures)
        if dress:
            defects.dress(rng, dress, self.tables, self.year)
        self.we = self.body.short_place() if kind == "government" else "本单位"
        self.prose = sentences.alone(rng, self.year, self.we, scale) if form == "prose" else \
            [] if defect or mutation else sentences.from_figures(rng, self.figures, self.year, self.we)
        self.said = []
        self.values = []
        self.slots = {}
        for key, value in self.figures.items():
            self.slots[key] = len(self.values)
            self.values.append(value)

    def show(self, ascii_only):
        """What a cell prints, with the mark of its figure."""
        def text(cell):
            if cell.key is None:
                return cell.text.translate(render.ASCII) if ascii_only else cell.text
            n = self.slots[cell.key]
            return render.mark(n) + self.values[n].text
        return text

    def document(self, ascii_only, narrative=0):
        """The page's blocks: title, introduction with the period, sections, tables, sign-off."""
        rng, body, year, doc = self.rng, self.body, self.year, Document()
        place = rng.choice((body.full, body.name, body.name))
        if body.kind == "government":
            place = place.replace("人民政府", rng.choice(("人民政府", "", "")))
        doc.title = rng.choice(TITLES).format(place=place, y=year)
        doc.site_suffix = "-" + body.chain[-1].name + "人民政府"
        published = f"{year + 1}-{rng.randint(1, 3):02}-{rng.randint(1, 28):02}"
        say = doc.blocks.append

        def p(text):
            say(("p", text.translate(render.ASCII) if ascii_only else text))

        say(("title", doc.title.translate(render.ASCII) if ascii_only else doc.title))
        p(f"发布日期：{published}  来源：{body.name}")
        contact = f"（地址：{body.chain[-1].name}中心路1号"
        contact += f"；邮编：{body.postcode}" if body.postcode else ""
        contact += f"；电话：{body.area_code}-00000000" if body.area_code else ""
        p(f"根据《中华人民共和国政府信息公开条例》要求，由{body.full}编制本年度报告。本报告所列数据的统计期限自"
          f"{year}年1月1日起至{year}年12月31日止。如对本报告有疑问，请与{body.name}联系{contact}）。")
        p("一、总体情况")
        told = list(self.prose)
        while told or rng.random() < 0.5:
            text, line = rng.choice(sentences.FILLER), ""
            for sentence, facts in told[:rng.randint(1, 2)]:
                told.remove((sentence, facts))
                for fact in facts:
                    value = forms.Value(fact[2], fact[3])
                    self.said.append((fact, value))
                    line += render.mark(len(self.values))
                    self.values.append(value)
                line += sentence
            p(line + (text if not line or rng.random() < 0.5 else ""))
        for text in site_pages.narrative(rng, narrative):
            p(text)
        titles = {"main": None, "proactive": "二、主动公开政府信息情况", "requests": "三、收到和处理政府信息公开申请情况",
                  "disputes": "四、政府信息公开行政复议、行政诉讼情况"}
        for t in self.tables:
            if t.name == "main":
                p("附件")
                p("政府信息公开情况统计表")
                p(f"（{year}年度）")
                p(f"填报单位（盖章）：{body.name}")
            else:
                p(titles[t.name])
            say(("table", t))
        if self.form in ("2019", "2021"):
            p("五、存在的主要问题及改进情况")
            p(rng.choice(sentences.FILLER))
            p("六、其他需要报告的事项")
            p("无其他需要报告的事项。")
        doc.meta = [("SiteName", body.chain[-1].name + "人民政府"), ("ArticleTitle", doc.title),
                    ("PubDate", published + " 09:30"), ("ContentSource", body.name)]
        if body.host:
            doc.meta.append(("SiteDomain", body.host))
        doc.footer = [f"主办：{body.chain[-1].name}人民政府  承办：{body.chain[-1].name}人民政府办公室",
                      f"网站标识码：{body.region.code}{rng.randint(1, 60):04}  {body.icp}{rng.randint(5000000, 20999999):08}号-1",
                      f"{body.police} {body.region.code}02{rng.randint(1, 999999):06}号"]
        return doc

    def page(self, layout, charset="utf-8", declared=None, page_size=40000, single_line=False):
        """The page's bytes; afterwards every value knows its line."""
        ascii_only = layout in render.PLAIN and self.rng.random() < 0.7
        long = site_pages.weight(self.rng, site_pages.NARRATIVE, 0.4) if layout == render.SITE else 0
        doc = self.document(ascii_only, long)
        show = self.show(ascii_only)
        if layout in render.PLAIN:
            text = render.as_text(doc, layout, show, repeat_head=self.rng.random() < 0.3)
        else:
            text = render.as_html(doc, layout, show, declared or charset, page_size, self.rng)
            if single_line:
                text = text.replace("\n", " ")
                text = text.replace("</body>", "<!--" + "x" * max(0, single_line - len(text.encode())) + "--></body>")
        text = render.take_marks(text, self.values)
        errors = "xmlcharrefreplace" if layout not in render.PLAIN else "strict"
        return text.encode(CHARSETS[charset], errors)

    def truth(self, name):
        """Rows of truth.csv."""
        b = self.body
        head = [name, b.region.code, b.kind, b.name, self.year, b.level, b.scope, self.form]
        yield head + ["report", "value", "1", "份", "number", "page", 1, ""]
        for (indicator, column), v in self.figures.items():
            yield head + [indicator, column, v.value, v.unit, v.state, "table", v.line, v.wanted or ""]
        for (indicator, column, value, unit, state), v in self.said:
            yield head + [indicator, column, value, unit, state, "prose", v.line, ""]


def warc_record(rng, url, body, charset, number, mixed=True):
    """A response record; some bodies come in chunks, some packed, if mixed."""
    headers = [f"Content-Type: text/html; charset={charset}"]
    if not mixed:
        pass
    elif number % 4 == 1:
        headers.append("Transfer-Encoding: chunked")
        cut = [body[i:i + 4096] for i in range(0, len(body), 4096)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in cut) + b"0\r\n\r\n"
    elif number % 4 == 2:
        headers.append("Content-Encoding: gzip")
        body = gzip.compress(body, 6, mtime=0)
    http = ("HTTP/1.1 200 OK\r\n" + "\r\n".join(headers) + "\r\n\r\n").encode() + body
    head = (f"WARC/1.{number % 2}\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-"
            f"{number:012}>\r\nWARC-Date: 2022-03-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n")
    return head.encode() + http + b"\r\n\r\n"


def damage(rng, record, packed):
    """A record spoiled so that it cannot be read while those after it can."""
    if packed:
        middle = len(record) // 2
        return record[:middle] + bytes(b ^ 0x5a for b in record[middle:middle + 40]) + record[middle + 40:]
    return record.replace(b"Content-Length: ", b"Content-Length: x", 1)


class Files:
    """Pages as files of a folder."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)

    def add(self, number, name, page, charset, rng):
        with open(os.path.join(self.folder, name), "wb") as f:
            f.write(page)
        return name

    def close(self):
        pass


class Warc:
    """Pages as records of one WARC file, every tenth spoiled if asked."""

    def __init__(self, path, packed, spoil, mixed):
        self.out, self.packed, self.spoil, self.mixed = open(path, "wb"), packed, spoil, mixed

    def add(self, number, name, page, charset, rng):
        url = f"http://www.example.gov.cn/xxgk/{name}"
        record = warc_record(rng, url, page, charset, number, self.mixed)
        if self.packed:
            record = gzip.compress(record, 6, mtime=0)
        spoiled = self.spoil and number % 10 == 9
        self.out.write(damage(rng, record, self.packed) if spoiled else record)
        return None if spoiled else url

    def close(self):
        self.out.close()


class JsonLines:
    """Pages as lines of a JSON dump, every tenth spoiled if asked."""

    def __init__(self, path, spoil):
        self.out, self.spoil = open(path, "w", encoding="utf-8", newline="\n"), spoil

    def add(self, number, name, page, charset, rng):
        url = f"http://www.example.gov.cn/xxgk/{name}"
        field = "html" if name.endswith("html") else ("text", "content")[number % 2]
        line = json.dumps({"url": url, field: page.decode(CHARSETS[charset])}, ensure_ascii=bool(number % 3))
        spoiled = self.spoil and number % 10 == 9
        self.out.write((line[:len(line) // 2] if spoiled else line) + "\n")
        return None if spoiled else url

    def close(self):
        self.out.close()


def options():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--count", type=int, default=1)
    p.add_argument("--form", default="2021", choices=forms.FORMS + ("any",))
    p.add_argument("--layout", default="html-bare", choices=render.LAYOUTS + render.PRINTED + (render.SITE, "any-text", "any-html", "any"))
    p.add_argument("--kind", choices=places.KINDS)
    p.add_argument("--year", type=int)
    p.add_argument("--region", help="code of the region")
    p.add_argument("--charset", default="utf-8", choices=CHARSETS)
    p.add_argument("--declare", help="the charset the page claims")
    p.add_argument("--defect", choices=defects.DEFECTS + tuple(defects.CHANGED) + ("any",))
    p.add_argument("--mutate", choices=defects.MUTATIONS + ("lose-cell", "any"))
    p.add_argument("--times", type=int, default=1, help="so many mutations a page")
    p.add_argument("--dress", choices=defects.DRESSES + ("any",), help="print the sheet another way")
    p.add_argument("--size", type=int, default=40000, help="bytes of an html-cms page, about")
    p.add_argument("--single-line", type=int, nargs="?", const=1, default=0, metavar="BYTES")
    p.add_argument("--out", help="folder for pages and truth.csv")
    p.add_argument("--warc", metavar="FILE")
    p.add_argument("--warc-gz", metavar="FILE")
    p.add_argument("--bodies", default="mixed", choices=("mixed", "plain"), help="of WARC records: in chunks and packed, too")
    p.add_argument("--jsonl", metavar="FILE")
    p.add_argument("--damage", action="store_true", help="spoil every tenth record")
    p.add_argument("--truth", help="where the truth goes, if not into --out")
    return p.parse_args()


def pick(rng, wanted, many):
    return rng.choice(many) if wanted == "any" else wanted


def make(o, atlas, number):
    """Report `number` of a run, its layout and page: depends on the seed and the number alone."""
    rng = random.Random(f"{o.seed}/{number}")
    form = pick(rng, o.form, forms.FORMS)
    layout = {"any-text": "any", "any-html": "any"}.get(o.layout, o.layout)
    layout = pick(rng, layout, {"any-text": render.TEXT, "any-html": render.HTML}.get(o.layout, render.LAYOUTS))
    year = o.year or rng.randint(*YEARS[form])
    region = atlas.at(o.region, year) if o.region else None
    report = Report(rng, atlas, form, o.kind, year, region,
                    pick(rng, o.defect, defects.DEFECTS) if form != "prose" else None,
                    o.mutate if form != "prose" else None, pick(rng, o.dress, defects.DRESSES), o.times)
    charset = o.charset if layout not in render.PLAIN else "utf-8"
    return report, layout, charset, report.page(layout, charset, o.declare, o.size, o.single_line), rng


def main():
    o = options()
    if o.warc or o.warc_gz:
        sink = Warc(o.warc or o.warc_gz, bool(o.warc_gz), o.damage, o.bodies == "mixed")
    elif o.jsonl:
        sink = JsonLines(o.jsonl, o.damage)
    elif o.out:
        sink = Files(o.out)
    else:
        sys.exit("report.py: say where with --out, --warc, --warc-gz or --jsonl")
    truth = io.StringIO()
    writer = csv.writer(truth, lineterminator="\n")
    writer.writerow(TRUTH)
    atlas = places.Atlas()
    for number in range(o.count):
        report, layout, charset, page, rng = make(o, atlas, number)
        name = f"{o.seed:04}-{number:06}." + ("txt" if layout in render.PLAIN else "html")
        source = sink.add(number, name, page, charset, rng)
        if source:
            writer.writerows(report.truth(source))
    sink.close()
    where = o.truth or (os.path.join(o.out, "truth.csv") if o.out else None)
    if where:
        with open(where, "w", encoding="utf-8", newline="") as f:
            f.write(truth.getvalue())


if __name__ == "__main__":
    main()
