#!/usr/bin/env python3
"""validate over whole random reports against a plain second program: findings, failed checks and grades of every cell.

Where tests/checks.t takes a check at a time, here all relations of a form meet in reports of several years, whose pages
hold the territory's sheet, the body's own or both, in either order; some have a mirror.  REPORT_SETS says how many
sets of bodies there are (default 5; the slow test takes 60).
"""
import collections
import os
import random
import re
from fractions import Fraction

from filters import csv_of, table, validate
from tap import finish, ok

HEADER = ('region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,origin,role,period,grid,match,'
          'source,table,row,col,line,label').split(',')
FORMS = {2019: '2019', 2020: '2019', 2021: '2021', 2022: '2021'}


ROWS, COLUMNS = table('forms/indicators'), table('forms/columns')


def cells_of(form):
    """The cells of a form, each with its unit and sign."""
    cells = {}
    for row in ROWS:
        if row['form'] != form or row['row_type'] in ('section', 'group'):
            continue
        if row['column_dimension']:
            cells |= {(row['indicator'], c['column']): (c['unit'] if row['unit'] == 'by_column' else row['unit'], c['sign'])
                      for c in COLUMNS if (c['form'], c['table']) == (form, row['table'])}
        else:
            cells[row['indicator'], 'value'] = row['unit'], ''
    return cells


CELLS = {form: cells_of(form) for form in FORMS.values()}
REF = re.compile(r'([A-Za-z_][\w.]*)?(?:\[([\w.]+)\])?(@prev)?')


def side(text):
    """Terms (sign, whole number, or None, code, column, year before)."""
    out = []
    for sign, word in re.findall(r'(^|[+-])\s*([^+-]+)', text.strip()):
        sign, word = -1 if sign == '-' else 1, word.strip()
        out.append((sign, int(word), None, None, None) if word.isdigit() else (sign, None, *REF.fullmatch(word).groups()))
    return out


def relation(text):
    left, how, right = re.fullmatch(r'(.*?)\s*(<=|>=|=)\s*(.*)', text.strip()).groups()
    return side(left), how, side(right)


class Check:
    def __init__(self, row):
        conditions, arrow, last = row['expression'].rpartition('=>')
        self.id, self.form, self.error = row['id'], row['form'], row['severity'] == 'error'
        self.relations = [relation(c) for c in (conditions.split(' and ') if arrow else []) + [last]]
        self.identity = self.error and not arrow and self.relations[0][1] == '='
        word, _, of = row['scope'].partition(':')
        rows = [r for r in ROWS if r['form'] == self.form and r['row_type'] not in ('section', 'group')]
        tables = {r['table'] for r in rows if r['column_dimension'] == of}
        self.at = [(None, c['column']) for c in COLUMNS if c['form'] == self.form and c['table'] in tables] if word == 'per_column' \
            else [(r['indicator'], None) for r in rows if r['table'] == of] if word == 'per_row' else [(None, None)]

    def bound(self):
        """The relations with the row or column at hand filled in."""
        for row, column in self.at:
            yield [tuple(part if isinstance(part, str) else
                         [(sign, n, code or row, of or column or 'value', prev) for sign, n, code, of, prev in part] for part in r)
                   for r in self.relations]


CHECKS = [Check(c) for c in table('forms/checks') if c['form'] in CELLS and '(' not in c['expression'] and not c['when']]


def total(terms, now, before):
    sum_, numbers = Fraction(0), 0
    for sign, n, code, column, prev in terms:
        cell = ('number', n) if n is not None else (before if prev else now).get((code, column))
        if cell is None or cell[0] == 'text':
            return None
        if cell[0] == 'number':
            sum_, numbers = sum_ + sign * Fraction(cell[1]), numbers + 1
    return sum_ if numbers else None


def judge(form, now, before):
    """Findings (check, left, right); of the cells of both years the checks that fail, and those that close."""
    findings, failed, closed = [], collections.defaultdict(set), set()
    for cell, (state, value) in now.items():
        unit, sign = CELLS[form][cell]
        if state == 'number' and (Fraction(value).denominator > 1 and unit not in ('万元', 'unstated') or Fraction(value) < 0 and sign != 'signed'):
            findings.append((form + '-01', value, ''))
            failed[False, cell].add((form + '-01', True))
    for check in CHECKS:
        for relations in check.bound() if check.form == form else ():
            sides = [(total(left, now, before), how, total(right, now, before)) for left, how, right in relations]
            held = [None if None in (x, y) else {'=': x == y, '<=': x <= y, '>=': x >= y}[how] for x, how, y in sides]
            if None in held or False in held[:-1]:
                continue
            cells = [(prev is not None, (code, column)) for r in relations for part in (r[0], r[2]) for _, n, code, column, prev in part if n is None]
            if not held[-1]:
                findings.append((check.id, *(f'{float(x):g}' for x in (sides[-1][0], sides[-1][2]))))
                for c in cells:
                    failed[c].add((check.id, check.error))
            elif check.identity:
                closed.update(cells)
    return findings, failed, closed


def body(r, name):
    """The facts of a body, and what its sheets hold by year and scope."""
    facts, sheets = [], {}
    for year, form in FORMS.items():
        scopes = r.choice((['own'], ['region'], ['own', 'region'], ['region', 'own']))
        page = dict(region='110101', body_kind='department', body=name, year=str(year), level='county', form=form, match='exact', label='x')
        for scope in scopes:
            sheets[year, scope] = {cell: r.choices((('number', str(r.choice((1, 2, 3, 7, 40)))), ('number', '0'), ('blank', ''), ('text', '甲'),
                                                    ('number', r.choice(('2.5', '-1')))), (12, 80, 4, 1, .3))[0]
                                   for cell in CELLS[form] if r.random() < .99}
        for source in (f'{year}-a', f'{year}-b')[:r.choice((1, 1, 2))]:
            facts.append(dict(page, scope=scopes[0], indicator='report', column='value', value=1, state='number', origin='page', role='main', source=source))
            for at, scope in enumerate(scopes):
                facts += [dict(page, scope=scope, indicator=code, column=column, value=value, state=state, origin='table', role='main', grid='html',
                               source=source, table=at + 1, row=line, col=2, line=line + 1000 * at)
                          for line, ((code, column), (state, value)) in enumerate(sheets[year, scope].items())]
    return facts, sheets


def grade(state, failed, closed, other):
    if any(error for _, error in failed):
        return 'broken'
    return 'proved' if closed else 'consistent' if not failed and not other and state != 'text' else 'assumed'


wrong, sets = {}, int(os.environ.get('REPORT_SETS', '5'))
for seed in range(sets):
    rng = random.Random(seed)
    bodies = {f'局{n}': body(rng, f'局{n}') for n in range(6)}
    text = csv_of((f for facts, _ in bodies.values() for f in facts), HEADER)
    have, found, status, _ = validate(text, '-q', '--fail-on', 'never')
    wrong.setdefault('every fact is there', []).extend([seed] if status or len(have) != sum(len(facts) for facts, _ in bodies.values()) else [])
    wrong.setdefault('of the mirrors nothing differs', []).extend((seed, f['body'], f['message']) for f in found if f['check'] == 'G-02')
    for name, (_, sheets) in bodies.items():
        told = {key: judge(FORMS[key[0]], now, sheets.get((key[0] - 1, key[1]), {})) for key, now in sheets.items()}
        for year in FORMS:
            its = sorted((f['check'], f['left'], f['right']) for f in found if (f['body'], f['year']) == (name, str(year)) and f['check'][:2] not in ('G-', 'X-'))
            want = sorted(x for key, (findings, *_) in told.items() if key[0] == year for x in findings)
            if its != want:
                wrong.setdefault('findings', []).append((seed, name, year, 'only wanted', sorted(set(want) - set(its))[:3], 'only there', sorted(set(its) - set(want))[:3]))
        for f in have:
            key, cell = (int(f['year']), f['scope']), (f['indicator'], f['column'])
            if f['body'] != name or f['origin'] != 'table' or f['source'].endswith('-b'):
                continue
            _, failed, closed = told[key]
            after = told.get((key[0] + 1, key[1]), (None, {}, ()))
            fails = failed.get((False, cell), set()) | after[1].get((True, cell), set())
            checks = set(f['checks'].split())
            other = {c for c in checks if c[:2] in ('G-', 'X-')}
            want = grade(f['state'], fails, (False, cell) in closed or (True, cell) in after[2], other)
            if (f['grade'], checks - other, f['role']) != (want, {c for c, _ in fails}, 'main'):
                wrong.setdefault('checks and grades', []).append((seed, name, key, cell, 'want', want, fails, 'have', f['grade'], f['checks'], f['role']))
for name in ('every fact is there', 'of the mirrors nothing differs', 'findings', 'checks and grades'):
    ok(not wrong.get(name), f'{name}, in {sets} sets of bodies', '\n# '.join(map(str, wrong.get(name, [])[:3])))
finish()
