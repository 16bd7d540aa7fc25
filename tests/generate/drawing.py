"""A table with lines drawn around its cells, as w3m, links and pandoc print them: boxed with one character after
another of U+2500 and on, a Chinese one as wide as two of them; ruled with + - |, all characters as wide as one."""
import re
import unicodedata

LONGEST = 16  # columns of a cell before its text goes on below
MARK = re.compile("\ue000\\d+\ue001")
#  up, down, left, right
BOX = {(0, 1, 0, 1): "┌", (0, 1, 1, 0): "┐", (1, 0, 0, 1): "└", (1, 0, 1, 0): "┘", (1, 1, 0, 1): "├", (1, 1, 1, 0): "┤",
       (0, 1, 1, 1): "┬", (1, 0, 1, 1): "┴", (1, 1, 1, 1): "┼", (1, 1, 0, 0): "│", (0, 0, 1, 1): "─"}


def width(text, boxed):
    text = MARK.sub("", text)
    return sum(2 if boxed and unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fold(text, boxed):
    """The text's lines; the mark stays before the first character, and a number whole."""
    found = MARK.match(text)
    lead, text = (found.group(), text[found.end():]) if found else ("", text)
    if re.fullmatch(r"[-+\d.,%]*", text):
        return [lead + text]
    lines = [""]
    for c in text:
        if width(lines[-1] + c, boxed) > LONGEST:
            lines.append("")
        lines[-1] += c
    return [lead + lines[0]] + lines[1:]


def slots(grid, columns):
    """
    For each slot the number of the cell that takes it; a slot that none takes is a blank cell's.
    The table has that many columns, and more where a cell that was put in or doubled (report.py --mutate) does not fit.
    """
    owner, cells = [[None] * columns for _ in grid], []
    for r, row in enumerate(grid):
        c = 0
        for cell in row:
            while c < columns and owner[r][c] is not None:
                c += 1
            right = c
            while right < columns and right < c + cell.cols and owner[r][right] is None:
                right += 1
            if right == c:
                for slots_of_row in owner:
                    slots_of_row.append(None)
                columns, right = columns + 1, c + 1
            for down in range(r, min(r + cell.rows, len(grid))):
                for k in range(c, right):
                    owner[down][k] = len(cells)
            cells.append(cell)
    for r in range(len(grid)):
        for c in range(columns):
            if owner[r][c] is None:
                owner[r][c] = len(cells)
                cells.append(None)
    return owner, cells, columns


def drawn(grid, columns, show, boxed):
    """The table's lines."""
    owner, cells, columns = slots(grid, columns)
    texts = [fold(show(c), boxed) if c else [""] for c in cells]
    place = {}
    for r, row in enumerate(owner):
        for c, n in enumerate(row):
            top, left, _, _ = place.get(n, (r, c, r, c))
            place[n] = (top, left, r, c)
    wide = [1] * columns
    for n, (_, left, _, right) in sorted(place.items(), key=lambda p: p[1][3] - p[1][1]):
        need = max(width(t, boxed) for t in texts[n]) + 2 - sum(wide[left:right + 1]) - (right - left)
        wide[right] += max(0, need)
    high = [1] * len(grid)
    for n, (top, _, bottom, _) in sorted(place.items(), key=lambda p: p[1][2] - p[1][0]):
        high[bottom] += max(0, len(texts[n]) - sum(high[top:bottom + 1]) - (bottom - top))
    at = lambda r, c: owner[r][c] if 0 <= r < len(grid) and 0 <= c < columns else -1
    said = dict.fromkeys(place, 0)

    def stretch(n):
        """The next line of a cell's text, as wide as the cell."""
        _, left, _, right = place[n]
        text = texts[n][said[n]] if said[n] < len(texts[n]) else ""
        said[n] += 1
        room = sum(wide[left:right + 1]) + (right - left) - width(text, boxed)
        return " " * (room // 2) + text + " " * (room - room // 2)

    lines = []
    for r in range(len(grid) + 1):
        line = ""
        for c in range(columns + 1):
            up, down = at(r - 1, c - 1) != at(r - 1, c), at(r, c - 1) != at(r, c)
            left, right = at(r - 1, c - 1) != at(r, c - 1), at(r - 1, c) != at(r, c)
            if (up, down, left, right) != (False,) * 4:
                plain = "|" if not left and not right else "+" if up or down else "-"
                line += BOX[up, down, left, right] if boxed else plain
            if c < columns and right:
                line += ("─" if boxed else "-") * wide[c]
            elif c < columns and place[at(r, c)][1] == c:
                line += stretch(at(r, c))
        lines.append(line)
        for _ in range(high[r] if r < len(grid) else 0):
            line = ""
            for c in range(columns + 1):
                if at(r, c - 1) != at(r, c):
                    line += "│" if boxed else "|"
                if c < columns and place[at(r, c)][1] == c:
                    line += stretch(at(r, c))
            lines.append(line)
    return lines
