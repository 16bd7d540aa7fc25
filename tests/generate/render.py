"""A made document as the bytes of a page: flattened text in all its layouts, or HTML in many manners."""
import html
import re
import unicodedata

import drawing
import site_pages

TEXT = ("cells", "rows", "leading", "blanks", "wrapped", "tabs", "lines", "single", "fronts", "collapsed", "broken",
        "spread", "squeezed", "boxed", "ruled", "csv",
        "parted", "parted-bars", "paper")
HTML = ("html-bare", "html-cms", "html-word", "html-upper", "html-layout", "html-strips")
LAYOUTS = TEXT + HTML
# Text of pages of paper, and of cells that ran together, asked for by name only, so that what "any" draws stays what it was.
PRINTED = ("printed", "flow", "broken-apart", "glued")
PLAIN = TEXT + PRINTED
# A page with all that a site puts around it, no two alike, its tables in any of four manners (tests/bench).
SITE = "html-site"
# Where a figure stands is marked while the page is made; the marks are taken out and become line numbers.
MARK = re.compile("\ue000(\\d+)\ue001")
ASCII = str.maketrans("（），：；０１２３４５６７８９", "(),:;0123456789")


def mark(n):
    return f"\ue000{n}\ue001"


def take_marks(page, values):
    """The page without marks; each value learns its line."""
    out, line = [], 1
    parts = MARK.split(page)
    for i in range(0, len(parts), 2):
        out.append(parts[i])
        line += parts[i].count("\n")
        if i + 1 < len(parts):
            values[int(parts[i + 1])].line = line
    return "".join(out)


def wide(text):
    """Columns the text takes on paper."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in MARK.sub("", text))


# Columns a cell takes at most before its text goes on below.
WRAP = 36
# Characters, where nothing but its lines is left of it.
BREAK = 12


def wrapped(row, widths):
    """A row as a page of paper has it: long cells go on in the lines below, the rest stands beside the first."""
    pieces = []
    for t in row:
        found = MARK.match(t)
        lead, t = (found.group(), t[found.end():]) if found else ("", t)
        lines, line = [], ""
        for c in t:
            if wide(line + c) > WRAP:
                lines.append(line)
                line = ""
            line += c
        lines.append(line)
        pieces.append([lead + lines[0]] + lines[1:])
    out = []
    for n in range(max(map(len, pieces))):
        cells = [p[n] if n < len(p) else "" for p in pieces]
        out.append("".join(c + " " * max(2, w + 2 - wide(c)) for c, w in zip(cells, widths)).rstrip())
    return out


# Columns of a narrow label on paper.
NARROW = 14


def characters(text):
    """Columns the text takes where each character is counted as one."""
    return len(MARK.sub("", text))


def paper(grid, columns, show, width=wide, narrow=NARROW, gap=3):
    """Rows with blank lines between, as pdftotext -layout writes what a word processor printed: long labels go on
    below in their column, those that span rows in theirs, beside the rows below."""
    owner, cells, columns = drawing.slots(grid, columns)
    left = [0]
    for c in range(columns):
        alone = [width(show(cells[row[c]])) for row in owner
                 if cells[row[c]] and cells[row[c]].cols == 1 and row.count(row[c]) == 1]
        left.append(left[-1] + min(narrow, max(alone, default=4)) + gap)
    out, open_cells = [], []
    for r, row in enumerate(owner):
        starts = [(c, n) for c, n in enumerate(row)
                  if cells[n] and (c == 0 or row[c - 1] != n) and (r == 0 or owner[r - 1][c] != n)]
        new = []
        for c, n in starts:
            room = left[min(c + cells[n].cols, columns)] - left[c] - gap
            lines, text = [""], show(cells[n])
            found = MARK.match(text)
            lead, text = (found.group(), text[found.end():]) if found else ("", text)
            for ch in text:
                if width(lines[-1] + ch) > max(room, narrow // 2 - 1) and not text.isdigit():
                    lines.append("")
                lines[-1] += ch
            new.append((c, n, [lead + lines[0]] + lines[1:], room))
        own = max((len(t) for _, n, t, _ in new if cells[n].rows == 1), default=1)
        beside = open_cells + new
        for i in range(own):
            line, at = "", 0
            for c, n, text, room in sorted(beside, key=lambda b: b[0]):
                if not text:
                    continue
                piece = text.pop(0)
                centre = left[c] + max(0, room - width(piece)) // 2
                line += " " * max(min(gap, 2) if line else 0, centre - width(line)) + piece
            out.append(line)
        open_cells = [b for b in beside if b[2] and r + 1 < len(owner) and b[1] in owner[r + 1]]
        if not open_cells:
            out.append("")
    return out


def flow(rows):
    """Rows as pdftotext -raw writes them: long cells go on over lines, others stand on one, a blank between."""
    lines = []
    for row in rows:
        open_line = False
        for text in row:
            found = MARK.match(text)
            lead, text = (found.group(), text[found.end():]) if found else ("", text)
            if not text:
                continue
            if len(text) <= NARROW // 2 or text.isdigit():
                if open_line:
                    lines[-1] += " " + lead + text
                else:
                    lines.append(lead + text)
                open_line = True
                continue
            pieces = [text[i:i + NARROW // 2] for i in range(0, len(text), NARROW // 2)]
            lines += [lead + pieces[0]] + pieces[1:]
            open_line = False
    return lines


def parted(rows, sign):
    """Rows whose cells hold paragraphs, as a browser's innerText has them (sign a tab), or html2text (a bar)."""
    page = ""
    for row in rows:
        bare = [MARK.sub("", t) for t in row]
        if page:
            page += "  \n  \n" if sign == "|" else "\n" + "\n\n" * bool(last) + "\n\n" * bool(bare[0])
        for i, t in enumerate(row):
            if i:
                page += ("\n\n" if bare[i - 1] else "") + sign + " " * (sign == "|") + ("\n\n" if bare[i] else "")
            page += t
        last = bare[-1]
    return [page]


def table_text(table, layout, show, repeat_head):
    """Lines of a flattened table."""
    lines, grid = [], table.grid()
    if repeat_head and table.name == "main":
        middle = len(grid) // 2
        grid = grid[:middle] + [grid[0]] + grid[middle:]
    if layout in ("boxed", "ruled"):
        return drawing.drawn(grid, table.width, show, layout == "boxed")
    if layout == "paper":
        return paper(grid, table.width, show)
    if layout == "printed":
        return paper(grid, table.width, show, characters, NARROW // 2, 1)
    if layout == "glued":
        return ["".join(show(c) for row in grid for c in row)]
    if layout == "flow":
        return flow([[show(c) for c in row] for row in grid])
    if layout.startswith("parted"):
        return parted([[show(c) for c in row] for row in grid], "|" if layout == "parted-bars" else "\t")
    texts = [[show(c) for c in row] for row in grid]
    # A row that a cell was put into may be wider than its table.
    widths = [0] * max([table.width, *map(len, texts)])
    if layout in ("blanks", "wrapped"):
        for row in texts:
            for i, t in enumerate(row):
                widths[i] = max(widths[i], min(wide(t), 60 if layout == "blanks" else WRAP))
    for number, row in enumerate(texts):
        bare = [MARK.sub("", t) for t in row]
        pad = table.width - len(row)
        if layout in ("cells", "squeezed"):
            lines += [t + " |" if b else t + "|" for t, b in zip(row, bare)]
            if pad and number + 1 < len(texts):
                lines.append("|" * pad)
        elif layout == "rows":
            line = "".join(t + " | " if b else t + "| " for t, b in zip(row, bare))
            lines.append((line + "|" * pad).rstrip())
        elif layout == "leading":
            line = "| " + "".join(t + " | " if b else t + "| " for t, b in zip(row, bare))
            lines.append((line + "|" * pad).rstrip())
            if not number:
                lines.append("|" + "---|" * table.width)
        elif layout == "blanks":
            lines.append("".join(t + " " * max(2, widths[i] + 2 - wide(t)) for i, t in enumerate(row)).rstrip())
        elif layout == "wrapped":
            lines += wrapped(row, widths)
        elif layout == "csv":
            row = [t if not re.search('[,"]', t) else '"' + t.replace('"', '""') + '"' for t in row]
            lines.append(",".join(row) + "," * pad)
        elif layout == "tabs":
            lines.append("\t".join(row))
        elif layout in ("single", "collapsed"):
            lines.append(" ".join(row))
        elif layout in ("broken", "broken-apart"):
            for t in row:
                found = MARK.match(t)
                lead, t = (found.group(), t[found.end():]) if found else ("", t)
                lines.append(lead + t[:BREAK])
                lines += [t[i:i + BREAK] for i in range(BREAK, len(t), BREAK)]
                lines += [""] * (layout == "broken-apart")
        elif layout == "spread":
            lines += row + ["", ""]
        elif layout == "fronts":
            lines += row[:1] + ["| " + t for t in row[1:]]
        else:
            for t in row:
                lines += [t, ""]
    return lines


def as_text(doc, layout, show, repeat_head=False):
    lines = []
    for kind, what in doc.blocks:
        if kind == "table":
            lines += table_text(what, layout, show, repeat_head)
        else:
            lines.append(what)
    if layout in ("collapsed", "squeezed"):
        return re.sub(r"\s+", " ", " ".join(lines))
    return "\n".join(lines) + "\n"


def chrome(size):
    """The top of a site, about `size` bytes: navigation, scripts and inline style, numbers and all."""
    def nav(i):
        return f'<li class="nav-item n{i}"><a href="/col/col{1000 + i}/index.html" target="_blank">栏目{i}</a>' \
               f'<span class="num">({i * 7 % 90})</span></li>\n'

    def css(i):
        return f".c{i} > td:nth-child({i % 9 + 1}) {{ width: {i}px; margin: 0 {i % 7}px; background: " \
               f"url(/images/{i}.png) }}\n"

    def js(i):
        return f"if (a < {i} && b > {i}) {{ document.write('<td>' + {i} + '<\\/td>'); }}\n"
    n = max(1, size // 350)
    return ('<style type="text/css">\n' + "".join(map(css, range(n))) + "</style>\n<script>\n" +
            "".join(map(js, range(n))) + "//<table><tr><td>999</td></tr></table>\n</script>\n" +
            "<!-- <table><tr><td>888</td></tr></table> -->\n<ul class=\"nav\">\n" +
            "".join(map(nav, range(n))) + "</ul>\n")


CHROME = {}


def site_top(size):
    """chrome() of a size near the one asked for, made once."""
    size = max(2000, size // 4000 * 4000)
    if size not in CHROME:
        CHROME[size] = chrome(size)
    return CHROME[size]


def word_runs(text, lead):
    """A number as Word pastes it: cut into spans that belong together."""
    if text.isdigit() and len(text) > 1:
        return f"<span lang=EN-US style='font-size:12.0pt'>{lead}{text[0]}</span><span lang=EN-US\n" \
               f"style='font-size:12.0pt;font-family:宋体'>{text[1:]}<o:p></o:p></span>"
    return f"<span style='font-size:12.0pt;font-family:宋体'>{lead}{text}<span lang=EN-US><o:p></o:p></span></span>"


class Manner:
    """How a content system writes its tables."""
    table, row, cell, head = '<table border="1">\n', ("<tr>\n", "</tr>\n"), ("td", "</td>\n"), "th"
    quote, upper, end = '"', False, "</table>\n"

    def open_cell(self, cell):
        name = self.head if cell.head else self.cell[0]
        attrs = self.attrs(cell)
        for key, n in (("rowspan", cell.rows), ("colspan", cell.cols)):
            if n > 1:
                attrs += f" {key.upper() if self.upper else key}={self.quote}{n}{self.quote}"
        return f"<{name}{attrs}>", f"</{name}>\n" if self.cell[1] else "\n"

    def attrs(self, cell):
        return ""

    def inside(self, text, lead):
        """The cell's content; lead, the mark, stands right before its first character."""
        return lead + text

    def render(self, table, show):
        out = [self.table]
        for row in table.grid():
            out.append(self.row[0])
            for cell in row:
                start, end = self.open_cell(cell)
                text = show(cell)
                found = MARK.match(text)
                lead, text = (found.group(), text[found.end():]) if found else ("", text)
                text = html.escape(text, quote=False)
                if not text:
                    out.append(lead + start + end)
                    continue
                out.append(start + self.inside(text, lead) + end)
            out.append(self.row[1])
        out.append(self.end)
        return "".join(out)


class Cms(Manner):
    table = '<table class="tab" cellspacing="0" cellpadding="0" width="100%" style="border-collapse:collapse;">\n' \
            "<tbody>\n"
    end = "</tbody>\n</table>\n"
    head = "td"

    def attrs(self, cell):
        return ' style="border:1px solid #000;padding:0 7px" valign="center"'

    def inside(self, text, lead):
        return f'<p style="text-align:center"><span style="font-family:仿宋_GB2312;font-size:14px">{lead}{text}' \
               "</span></p>"


class Word(Manner):
    table = "<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0\n style='border-collapse:collapse;" \
            "border:none;mso-border-alt:solid windowtext .5pt'>\n"
    row = ("<tr style='mso-yfti-irow:0;height:15.0pt'>\n", "</tr>\n")
    quote, head = "", "td"

    def attrs(self, cell):
        return f" width={60 + 20 * cell.cols} valign=top style='border:solid windowtext 1.0pt;padding:0cm 5.4pt'"

    def inside(self, text, lead):
        return f"<p class=MsoNormal align=center style='text-align:center'>{word_runs(text, lead)}</p>"


class Editor(Manner):
    """As the editor of a content system leaves what was pasted into it."""
    table = '<table class="MsoTableGrid" border="1" cellspacing="0" cellpadding="0">\n<tbody>\n'
    end, head = "</tbody>\n</table>\n", "td"

    def attrs(self, cell):
        return f' width="{60 + 20 * cell.cols}"'

    def inside(self, text, lead):
        return f"<p>{lead}{text}</p>"


class Normal(Manner):
    table, row = "<table class=MsoNormalTable border=1 cellpadding=0>\n", ("<tr>\n", "</tr>\n")
    quote, head = "", "td"

    def attrs(self, cell):
        return f" width={60 + 20 * cell.cols} valign=top"

    def inside(self, text, lead):
        return f"<p class=MsoNormal align=center>{lead}{text}</p>"


class Upper(Manner):
    table, row, cell = "<TABLE BORDER=1 WIDTH=100%>\n", ("<TR>\n", ""), ("TD", "")
    quote, upper, head, end = "", True, "TD", "</TABLE>\n"

    def inside(self, text, lead):
        return f"<FONT SIZE=2>{lead}{text}</FONT>"


class Strips(Editor):
    """Each row a table of its own, so that no cell spans any below."""
    table = end = ""
    row = ('<table border="0">\n<tr>\n', "</tr>\n</table>\n")

    def open_cell(self, cell):
        return f"<td{self.attrs(cell)}>", "</td>\n"


class Layout(Cms):
    table = '<table width="960" align="center"><tr><td class="left"><table><tr><td>栏目导航</td></tr><tr><td>' \
            '共 25 条</td></tr></table></td><td class="main">\n<table border="1" class="data">\n'
    end = '</table>\n</td></tr><tr><td colspan="2">版权所有</td></tr></table>\n'


MANNERS = {"html-bare": Manner(), "html-cms": Cms(), "html-word": Word(), "html-upper": Upper(),
           "html-layout": Layout(), "html-strips": Strips()}
# Of SITE, and how often each.
OF_SITES, SHARES = (Manner(), Editor(), Normal(), Cms(), Word()), (40, 24, 16, 11, 9)
LARGE = 300  # cells


def without_ends(table):
    """A table as written by hand: cells and rows are not closed."""
    return re.sub(r"</(?:td|th|tr)>", "", table)


def as_html(doc, layout, show, charset, page_size, rng):
    """The page as HTML, about page_size bytes if its tables are not more: metadata, the site's top, the article, the footer."""
    manner = MANNERS.get(layout)
    if layout == SITE:
        # The most wordy manners only where that makes no page three times as long as others.
        many = sum(len(r) for kind, what in doc.blocks if kind == "table" for r in what.grid()) > LARGE
        manner = rng.choices(OF_SITES, SHARES[:3] + (0, 0) if many else SHARES)[0]
    out = []
    upper = layout == "html-upper"
    if not upper:
        out.append("<!DOCTYPE html>\n")
    out.append("<html>\n<head>\n")
    out.append(f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">\n' if layout != "html-bare"
               else f'<meta charset="{charset}">\n')
    out.append(f"<title>{html.escape(doc.title)}{doc.site_suffix}</title>\n")
    for name, value in doc.meta:
        out.append(f'<meta name="{name}" content="{html.escape(value)}">\n')
    out.append("</head>\n<body>\n")
    top = len(out)
    p = ("<P>", "\n") if upper else ("<p>", "</p>\n")
    if layout == "html-word":
        p = ("<p class=MsoNormal style='text-indent:24.0pt'><span style='font-family:宋体'>", "</span></p>\n")
    for kind, what in doc.blocks:
        if kind == "table":
            text = manner.render(what, show)
            out.append(without_ends(text) if layout == SITE and rng.random() < 0.08 else text)
        elif kind == "title":
            out.append(f'<h1 class="title">{html.escape(what)}</h1>\n')
        else:
            found = MARK.findall(what)
            text = MARK.sub("", what)
            out.append(p[0] + "".join(mark(n) for n in found) + html.escape(text, quote=False) + p[1])
    out.append('<div class="footer">\n')
    for line in doc.footer:
        out.append(f"<p>{html.escape(line)}</p>\n")
    out.append("</div>\n</body>\n</html>\n")
    if layout in ("html-cms", "html-layout"):
        out.insert(top, site_top(page_size - sum(map(len, out))))
    if layout == SITE:
        out.insert(top, site_pages.chrome(rng, site_pages.weight(rng, site_pages.CHROME, 0.3)))
    return "".join(out)
