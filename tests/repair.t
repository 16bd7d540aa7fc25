#!/usr/bin/env python3
"""validate names the cells that were changed: 2,000 random tables with one cell changed, 2,000 with two."""
import os
import random
import re
import sys

import filters
from tap import finish, ok

HEADER = 'region,body_kind,body,year,form,indicator,column,value,state,origin,role,grid,source,line'.split(',')
TABLES = 2000
rng = random.Random(int(os.environ.get('SEED', '6')))


ROWS, COLUMNS, CHECKS = filters.table('forms/indicators'), filters.table('forms/columns'), filters.table('forms/checks')


def identities(form):
    """Lists of (weight, cell) that add up to nought, by column and row."""
    rows = [r for r in ROWS if r['form'] == form]
    applicant = [c['column'] for c in COLUMNS if c['form'] == form and c['table'] == 'requests']
    wide = {r['indicator'] for r in rows if r['column_dimension'] == 'applicant'}
    out = []
    for check in CHECKS:
        if check['form'] != form or check['severity'] != 'error' or not re.fullmatch(r'[^<>(@]*[^<>(@]=[^<>(@]*', check['expression']):
            continue
        word, _, of = check['scope'].partition(':')
        hands = applicant if word == 'per_column' else sorted(wide) if word == 'per_row' else [None]
        for hand in hands:
            terms = []
            left, right = check['expression'].split('=')
            for side, weight in ((left, 1), (right, -1)):
                for ref in side.split('+'):
                    code, column = re.fullmatch(r'\s*([\w.]*)(?:\[([\w.]+)\])?\s*', ref).groups()
                    terms.append((weight, (code or hand, column or (hand if word == 'per_column' else 'value'))))
            out.append(terms)
    return out


FORMS = {form: identities(form) for form in ('2014', '2019', '2021')}


def consistent(form):
    """Random leaves, small as real ones are, and what they make."""
    table, ids = {}, FORMS[form]
    cells = sorted({c for terms in ids for _, c in terms})
    for c in cells:
        table[c] = rng.choice([0, 0, 0, 1, 2, 3, rng.randint(0, 30), rng.randint(0, 400)])
    # The first term of an identity is what the others make; the balance is settled by what came in new.
    for _ in range(8):
        for terms in ids:
            rest = sum(w * table[c] for w, c in terms)
            table[terms[0][1]] -= rest * terms[0][0]
    if any(v < 0 for v in table.values()) or any(sum(w * table[c] for w, c in t) for t in ids):
        return consistent(form)
    return table


def change(table, cell):
    old = table[cell]
    how = rng.randrange(4)
    digits = str(old)
    new = old
    if how == 0 and len(digits) > 1:
        at = rng.randrange(len(digits) - 1)
        new = int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2:])
    elif how == 1 and old:
        at = rng.randrange(len(digits))
        new = int(digits[:at] + digits[at] + digits[at:])
    elif how == 2:
        new = rng.choice(list(table.values()))
    while new == old:
        new = rng.randint(0, max(9, 2 * old))
    table[cell] = new


bodies = []


def add(form, changes):
    truth = consistent(form)
    table = dict(truth)
    cells = rng.sample(sorted(table), changes)
    for c in cells:
        change(table, c)
    bodies.append((form, truth, table, cells))


for i in range(2 * TABLES):
    add(('2014', '2019', '2021')[i % 3], 1 if i < TABLES else 2)

rows = []
for i, (form, truth, table, cells) in enumerate(bodies):
    for line, ((code, column), value) in enumerate(sorted(table.items()), 1):
        blank = value == 0 and rng.random() < 0.2
        rows.append(dict(region='110101', body_kind='department', body=f'局{i:05d}', year=2020, form=form, indicator=code,
                         column=column, value='' if blank else value, state='blank' if blank else 'number', origin='table',
                         role='main', grid='proved', source=f'{i}.html', line=line))
_, findings, status, said = filters.validate(filters.csv_of(rows, HEADER), '-q')
if status > 1:
    sys.exit(f'Bail out! {status} {said}')
told = {}
for f in findings:
    told.setdefault(f['body'], []).append(f['repair'])


def parse(text):
    """Sets of cell: value."""
    sets = {}
    for item in filter(None, text.split('; ')):
        code, column, value, kind, n = re.fullmatch(r'([\w.]+)\[([\w.]+)\]=(-?[\d.]+) ([\w-]+)(?: \((\d+)\))?', item).groups()
        sets.setdefault(n, {})[code, column] = int(value)
    return list(sets.values())


def closes(form, table, change):
    table = {**table, **change}
    return all(sum(w * table[c] for w, c in terms) == 0 for terms in FORMS[form])


one = {'all': 0, 'named': 0, 'unique': 0, 'unique named': 0, 'unique only': 0}
two = {'all': 0, 'in set': 0, 'smaller': 0}
bad = 0
for i, (form, truth, table, cells) in enumerate(bodies):
    repairs = sorted(set(filter(None, told.get(f'局{i:05d}', []))))
    uses = {c: frozenset(k for k, terms in enumerate(FORMS[form]) for _, d in terms if c == d) for c in table}
    sets = [parse(r) for r in repairs]
    named = {}
    for s in sets:
        for alternative in s:
            for c, v in alternative.items():
                named.setdefault(c, set()).add(v)
    if len(cells) == 1:
        c = cells[0]
        one['all'] += 1
        hit = truth[c] in named.get(c, ())
        one['named'] += hit
        # Its identities are its alone: no other cell stands in just these.
        if sum(u == uses[c] for u in uses.values()) == 1:
            one['unique'] += 1
            one['unique named'] += hit
            one['unique only'] += hit and len(sets) == 1 and len(sets[0]) == 1
        if len(sets) == 1 and any(not closes(form, table, s) for s in sets[0]):
            bad += 1
            print(f'# 局{i:05d}: a repair does not close: {repairs}')
    else:
        two['all'] += 1
        hit = all(truth[c] in named.get(c, ()) for c in cells)
        two['in set'] += hit
        # A smaller change, or another pair, closes everything as well: nobody could know.
        two['smaller'] += not hit and any(len(s) and len(s[0]) == 1 for s in sets)

for k, d in (('one cell', one), ('two cells', two)):
    print(f'# {k}: ' + ', '.join(f'{n} {v}' for n, v in d.items()))
ok(not bad, 'every repair closes what it says it closes')
ok(one['unique'] > TABLES / 3 and one['unique named'] >= 0.95 * one['unique'],
   f'one cell: named with its value in {one["unique named"]} of {one["unique"]} an identity covers uniquely', one)
ok(one['named'] >= 0.95 * one['all'], f'one cell: among the candidates in {one["named"]} of {one["all"]}', one)
ok(two['in set'] >= 0.8 * two['all'], f'two cells: in the candidate set in {two["in set"]} of {two["all"]}', two)
finish()
