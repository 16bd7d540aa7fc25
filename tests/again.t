#!/usr/bin/env python3
"""validate over its own output writes the same bytes, and the same findings: random bodies, sorted and in any order.

The bodies have versions and mirrors, tables and prose, sheets of several scopes, figures that are said again, governments
under several names and their offices.  AGAIN_SETS says how many regions there are (default 300).
"""
import os
import random

import filters
from tap import finish, ok

HEADER = ('region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,origin,role,period,grid,'
          'match,source,table,row,col,line,label').split(',')
CELLS = ('proactive.total requests.received requests.received.in_person requests.received.online requests.received.fax '
         'requests.received.mail requests.answered capacity.staff complaints.total').split()
BODIES = (('government', '样本区政府'), ('government', '样本区人民政府'), ('government', '样本政府'),
          ('government_office', '样本区政府办公室'), ('government_office', '样本区府办'), ('department', '样本局'))


def page(r, tables, **more):
    """A page as classify writes it: one main figure a cell and scope, of a table where one has it; and what is said again."""
    scope, line = more['scope'], 1
    of_page = dict(more, origin='page', column='value', match='exact', row=2, col=3, line=line)
    rows = [dict(of_page, indicator='report', value=1, unit='份', state='number', role='main', label='x')]
    if r.random() < .5:
        rows.append(dict(of_page, indicator='report.published', state='text', label=r.choice(('2017-01-20', '2017-03-01'))))
    for cell in r.sample(CELLS, r.choice((1, 3, 6, 9))):
        line += 1
        state = r.choices(('number', 'about', 'blank'), (8, 1, 1))[0]
        origin = 'table' if tables and r.random() < .85 else 'prose'
        row = dict(of_page, indicator=cell, unit='件', state=state, origin=origin, role='main', line=line, label='x',
                   grid='proved' if origin == 'table' else '', value='' if state == 'blank' else r.choice((0, 1, 4, 6, 10, 10, 11, 100)),
                   scope=scope if r.random() < .9 else r.choice(('tier', 'own', 'region')))
        said = []
        for _ in range(r.choice((1, 2)) if state != 'blank' and r.random() < .25 else 0):
            line += 1
            said.append(dict(row, state='number', role='second', line=line, grid='', origin=r.choice(('prose', origin)),
                             value=r.choice((row['value'], 4, 10, 11)), period=r.choice(('', '', '2014'))))
        rows += [*said, row] if r.random() < .5 else [row, *said]
    return rows


def pages(r, region):
    out = []
    for kind, body in r.sample(BODIES, r.choice((1, 2, 3))):
        for year in r.sample(('2015', '2016'), r.choice((1, 1, 2))):
            for version in range(r.choice((1, 1, 2, 3))):
                table = r.random() < .55
                out.append(page(r, table, region=region, body_kind=kind, body=body, year=year, level='county', form='2014' if table else 'prose',
                                source=r.choice(('', 'http://x/')) + f'{region}-{body}-{year}-{version}', table=1 if table else '',
                                scope='own' if kind == 'department' else r.choice(('region', 'region', 'region', 'tier', 'unclear', 'own'))))
    return out


rng = random.Random(20261128)
regions = [pages(rng, str(110101 + i)) for i in range(int(os.environ.get('AGAIN_SETS', '300')))]
orders = {'as by-body sorts them': [], 'a page at a time': [], 'in any order': []}
for of_region in regions:
    facts = [f for p in of_region for f in p]
    orders['as by-body sorts them'] += sorted(facts, key=lambda f: (f['body_kind'], f['body'], f['year']))
    orders['a page at a time'] += [f for p in rng.sample(of_region, len(of_region)) for f in p]
    orders['in any order'] += rng.sample(facts, len(facts))
for name, rows in orders.items():
    facts, findings, status, said = filters.validate(filters.csv_of(rows, HEADER), '-q')
    columns = list(facts[0])
    again, refound, restatus, said = filters.validate(filters.csv_of(facts, columns), '-q')
    differ = [(a, b) for a, b in zip(facts, again) if a != b]
    ok(status < 2 and len(facts) == len(rows) and {'G-01', 'G-02', 'G-03'} <= {f['check'] for f in findings},
       f'{name}: {len(rows)} facts, some for which others stand', (status, said))
    ok(len(again) == len(facts) and not differ, f'{name}: the same facts again', differ[:1])
    ok(findings == refound and status == restatus, f'{name}: and the same findings', [f for f in findings if f not in refound][:1])
    ok({f['role'] for f, r in zip(facts, rows) if r.get('role') == 'second'} == {'second'}, f'{name}: what is said again is so in a duplicate, too')
finish()
