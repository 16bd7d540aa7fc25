#!/usr/bin/env python3
"""Pages to sums as a script with pandas would have it, on two processes: read_html, then groupby."""
import io, multiprocessing, sys
import pandas


def rows(path):
    out = []
    try:
        tables = pandas.read_html(io.StringIO(open(path, encoding='utf-8').read()), header=None)
    except ValueError:  # a page without a table
        tables = []
    for table in tables:
        table = table.astype(str)
        numbers = table.apply(lambda row: next((c for c in row if c.replace('.', '', 1).isdigit()), None), axis=1)
        out.append(pandas.DataFrame({'label': table[table.columns[0]], 'value': numbers}).dropna())
    return pandas.concat(out) if out else pandas.DataFrame({'label': [], 'value': []})


if __name__ == '__main__':
    with multiprocessing.Pool(2) as pool:
        every = pandas.concat(pool.map(rows, sys.argv[1:], chunksize=20))
    every['value'] = every['value'].astype(float)
    every.groupby('label')['value'].agg(['count', 'sum', 'median']).to_csv(sys.stdout)
