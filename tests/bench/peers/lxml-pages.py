#!/usr/bin/env python3
"""Pages to sums as a script with lxml would have it: every table's grid, the first number of a row by its label."""
import re, sys
import lxml.html

NUMBER = re.compile(r'^\d+(\.\d+)?$')
sums = {}
for path in sys.argv[1:]:
    for table in lxml.html.fromstring(open(path, 'rb').read()).iter('table'):
        spans = {}
        for row in table.iter('tr'):
            cells, column = [], 0
            for cell in row.iterchildren('td', 'th'):
                while spans.get(column, 0):
                    spans[column] -= 1
                    column += 1
                text = ''.join(cell.text_content().split())
                for _ in range(min(int(cell.get('colspan') or 1), 1000)):
                    spans[column] = int(cell.get('rowspan') or 1) - 1
                    cells.append(text)
                    column += 1
            label = ''.join(c for c in cells if not NUMBER.match(c))
            for c in cells:
                if NUMBER.match(c):
                    sums[label] = sums.get(label, 0) + float(c)
                    break
for label in sorted(sums):
    print(label, sums[label], sep=',')
