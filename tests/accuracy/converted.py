#!/usr/bin/env python3
"""Measures what the filters get right on pages that other programs turned into text.

    python3 tests/accuracy/converted.py                       every converter that is installed
    python3 tests/accuracy/converted.py w3m pdftotext-layout  these
    python3 tests/accuracy/converted.py --options "--dress any" --layout html-cms

Made pages (tests/generate) of three forms go through a browser, a dump of one, a converter to markdown, a word
processor's PDF and so on, and from there through build/bin (or XXGK_BIN); what comes out is held to the pages' truth.
A line for each converter and form: figures right, marked, missing, and those that are wrong and not marked, of
which there must be none: the exit status is 1 if there are.  Converters that are not installed are named at the end.
Debian: w3m lynx links elinks pandoc html2text python3-html2text poppler-utils libreoffice-writer-nogui
libreoffice-calc-nogui chromium weasyprint python3-fitz python3-pdfminer python3-bs4.
"""
import argparse
import csv
import importlib.util
import io
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import run  # noqa: E402

TOP = os.path.join(HERE, "..", "..")
BIN = os.path.abspath(os.environ.get("XXGK_BIN", os.path.join(TOP, "build", "bin")))
FORMS = ("2014", "2019", "2021")
CHROMIUM = "chromium --headless --no-sandbox --disable-gpu"
# In a profile of its own: an office that is open already would take the page and say nothing.
SOFFICE = "soffice -env:UserInstallation=file://{profile} --headless"
# What a browser says is the text of a page: a script puts it in the page's place, as one block.
INNER = "<script>onload=function(){var t=document.body.innerText,p=document.createElement('pre');" \
        "p.textContent=t;document.body.replaceChildren(p)}</script>"
PRINTED = CHROMIUM + " --no-pdf-header-footer --print-to-pdf={work}/p.pdf {page}"
TYPED = SOFFICE + ' --infilter="HTML (StarWriter)" --convert-to docx:"MS Word 2007 XML" {page} && ' + \
    SOFFICE + " --convert-to pdf {work}/*.docx && mv {work}/*.pdf {work}/p.pdf"
# What the libraries that scrapers use say is the text of a page or of its print.
LAID_OUT = "weasyprint -q -s <(echo 'td, th {{ border: 1px solid }} table {{ border-collapse: collapse }}') {page} {work}/p.pdf"


def script(code, of="{work}/p.pdf"):
    return f"{sys.executable} -c " + shlex.quote(code).replace("{", "{{").replace("}", "}}") + f" {of} >{{out}}"


FITZ = "import fitz, sys\nfor page in fitz.open(sys.argv[1]): print(%s)"
SOUP = "import bs4, sys\nprint(bs4.BeautifulSoup(open(sys.argv[1], encoding='utf-8'), 'html.parser').get_text(%s))"
# Name: program or module that must be there (several, parted by blanks), ending of what it writes, shell line.
CONVERTERS = {
    "w3m": ("w3m", "txt", "w3m -dump -T text/html -I UTF-8 -O UTF-8 -cols 100 {page} >{out}"),
    "lynx": ("lynx", "txt", "lynx -dump -nolist -assume_charset=utf-8 -display_charset=utf-8 -width=120 -force_html {page} >{out}"),
    "links": ("links", "txt", "links -dump -width 120 -codepage utf-8 -html-assume-codepage utf-8 -force-html {page} >{out}"),
    "elinks": ("elinks", "txt", "elinks -dump -dump-width 120 -dump-charset utf-8 -no-references {page} >{out}"),
    "html2markdown": ("html2markdown", "txt", "html2markdown -b 0 {page} utf-8 >{out}"),
    "pandoc-plain": ("pandoc", "txt", "pandoc -f html -t plain {page} -o {out}"),
    "pandoc-gfm": ("pandoc", "txt", "pandoc -f html -t gfm-raw_html {page} -o {out}"),
    "pandoc-rst": ("pandoc", "txt", "pandoc -f html -t rst {page} -o {out}"),
    "inner-text": ("chromium", "txt", "{{ cat {page}; echo " +
                   shlex.quote(INNER).replace("{", "{{").replace("}", "}}") + "; }} >{work}/i.html && " + CHROMIUM +
                   " --dump-dom {work}/i.html | sed -n '/<pre>/,/<\\/pre>/p' | sed 's/.*<pre>//; s/<\\/pre>.*//' >{out}"),
    "calc-csv": ("soffice", "txt", SOFFICE + ' --infilter=calc_HTML_WebQuery '
                 '--convert-to csv:"Text - txt - csv (StarCalc)":44,34,76,1 {page} && mv {work}/*.csv {out}'),
    "calc-html": ("soffice", "html", SOFFICE + ' --infilter=calc_HTML_WebQuery --convert-to xlsx:"Calc MS Excel 2007 XML" {page} '
                  "&& " + SOFFICE + " --convert-to html {work}/*.xlsx && mv {work}/*.html {out}"),
    "writer-html": ("soffice", "html", SOFFICE + ' --infilter="HTML (StarWriter)" --convert-to docx:"MS Word 2007 XML" {page} && '
                    + SOFFICE + ' --convert-to html:"HTML (StarWriter)" {work}/*.docx && mv {work}/*.html {out}'),
    "pdftotext-layout": ("chromium", "txt", PRINTED + " && pdftotext -layout {work}/p.pdf {out}"),
    "pdftotext-raw": ("chromium", "txt", PRINTED + " && pdftotext -raw {work}/p.pdf {out}"),
    "weasyprint-pdftotext": ("weasyprint pdftotext", "txt", LAID_OUT + " && pdftotext {work}/p.pdf {out}"),
    "weasyprint-pdftotext-layout": ("weasyprint pdftotext", "txt", LAID_OUT + " && pdftotext -layout {work}/p.pdf {out}"),
    "fitz": ("weasyprint fitz", "txt", LAID_OUT + " && " + script(FITZ % "page.get_text()")),
    "fitz-blocks": ("weasyprint fitz", "txt",
                    LAID_OUT + " && " + script(FITZ % "*(b[4] for b in page.get_text('blocks')), sep='\\n'")),
    "pdfminer": ("weasyprint pdfminer", "txt", LAID_OUT + " && " +
                 script("import sys; from pdfminer.high_level import extract_text; print(extract_text(sys.argv[1]))")),
    "soup": ("bs4", "txt", script(SOUP % "", "{page}")),
    "soup-lines": ("bs4", "txt", script(SOUP % "'\\n', strip=True", "{page}")),
    "soup-blanks": ("bs4", "txt", script(SOUP % "' ', strip=True", "{page}")),
    "writer-pdftotext-layout": ("soffice", "txt", TYPED + " && pdftotext -layout {work}/p.pdf {out}"),
}


def is_there(name):
    return shutil.which(name) or importlib.util.find_spec(name)


def make_pages(folder, form, o):
    subprocess.run([sys.executable, os.path.join(TOP, "tests", "generate", "report.py"), "--seed", str(o.seed), "--count",
                    str(o.count), "--form", form, "--layout", o.layout, "--out", folder, *shlex.split(o.options)], check=True)
    with open(os.path.join(folder, "truth.csv"), encoding="utf-8", newline="") as f:
        return [t for t in csv.DictReader(f) if t["origin"] == "table"]


def convert(pages, folder, line, ending, profile):
    for name in sorted(n for n in os.listdir(pages) if n.endswith(".html")):
        with tempfile.TemporaryDirectory() as work:
            line_of = line.format(page=os.path.join(pages, name), out=os.path.join(folder, f"{name[:-5]}.{ending}"), work=work,
                                  profile=profile)
            subprocess.run(["bash", "-c", line_of], cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)


def read(folder):
    names = " ".join(sorted(os.listdir(folder)))
    done = subprocess.run(f"{BIN}/extract -q {names} | {BIN}/normalize -q | {BIN}/classify -q | {BIN}/validate -q",
                          shell=True, cwd=folder, stdout=subprocess.PIPE)
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"))))


def compare(facts, truth):
    """How many figures are right, marked, missing; and those wrong and not marked."""
    left = {(os.path.splitext(t["file"])[0], t["indicator"], t["column"]): t for t in truth}
    right, marked, wrong, _ = run.judge([f | {"source": os.path.splitext(f["source"])[0]} for f in facts], left)
    return right, marked, sum(t["state"] == "number" for t in left.values()), wrong


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("converters", nargs="*", choices=[[], *CONVERTERS], metavar="CONVERTER", help=", ".join(CONVERTERS))
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--count", type=int, default=6, help="made pages a form")
    p.add_argument("--layout", default="html-word", help="layout of the made pages, an HTML one")
    p.add_argument("--options", default="", help="more options for tests/generate/report.py")
    o = p.parse_args()
    silent, absent = 0, []
    with tempfile.TemporaryDirectory() as top:
        pages = {form: os.path.join(top, form) for form in FORMS}
        truth = {form: make_pages(folder, form, o) for form, folder in pages.items()}
        for name in o.converters or CONVERTERS:
            needed, ending, line = CONVERTERS[name]
            if not all(is_there(n) for n in needed.split()):
                absent.append(name)
                continue
            for form in FORMS:
                folder = os.path.join(top, name, form)
                os.makedirs(folder)
                convert(pages[form], folder, line, ending, os.path.join(top, "profile"))
                right, marked, missing, wrong = compare(read(folder), truth[form])
                print(f"{name:24} {form}: {right}/{len(truth[form])} = {100 * right / len(truth[form]):6.2f}% right, {marked} wrong "
                      f"but marked, {missing} missing, {len(wrong)} wrong and not marked", flush=True)
                for f, t in wrong[:5]:
                    print(f"  {f['source']}:{f['line']} {f['indicator']}[{f['column']}] have {f['value']}, want {t and t['value']}")
                silent += len(wrong)
    if absent:
        print("not installed:", ", ".join(absent))
    sys.exit(1 if silent else 0)


if __name__ == "__main__":
    main()
