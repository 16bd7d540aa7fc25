#!/usr/bin/env python3
"""Every check of forms/checks.csv on facts that pass, facts that break it and facts that leave it open.

The cases come out of the expressions by a reference evaluator of its own (recursive, on Fractions); each case is
a body, so one run of validate answers them all.
"""
import random
import re
import sys
from fractions import Fraction

from filters import csv_of, table, validate
from tap import finish, ok

rng = random.Random(20261122)
HEADER = ('region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,origin,role,period,grid,'
          'match,source,table,row,col,line,label').split(',')


CHECKS, ROWS, COLUMNS = table('forms/checks'), table('forms/indicators'), table('forms/columns')


# The reference: an expression is (conditions, consequence), a relation (left, op, right), a side a list of
# (sign, kind, code, column), kind being cell, prev, narrative or number.

REF = re.compile(r'\s*(narrative\((?P<n>[\w.]+)\)|(?P<code>[A-Za-z_][\w.]*)?(\[(?P<col>[\w.]+)\])?(?P<prev>@prev)?|)\s*')


def side(text):
    out = []
    for part in re.findall(r'[+-]?[^+-]+', text):
        sign, body = (-1 if part[0] == '-' else 1), part.lstrip('+-').strip()
        if body.isdigit():
            out.append((sign, 'number', int(body), None))
            continue
        m = REF.fullmatch(body)
        if m['n']:
            out.append((sign, 'narrative', m['n'], None))
        else:
            out.append((sign, 'prev' if m['prev'] else 'cell', m['code'], m['col']))
    return out


def relation(text):
    left, op, right = re.fullmatch(r'(.*?)(<=|>=|=)(.*)', text.strip()).groups()
    return side(left), op, side(right)


def parse(text):
    conditions, arrow, last = text.rpartition('=>')
    return [relation(c) for c in conditions.split(' and ')] if arrow else [], relation(last)


def total(terms, values):
    """The sum, or None if the side is not assessable."""
    result, numbers = Fraction(0), 0
    for sign, kind, code, column in terms:
        value = code if kind == 'number' else values.get((kind, code, column), 'absent')
        if value == 'absent':
            return None
        if value is not None:
            result += sign * Fraction(value)
            numbers += 1
    return result if numbers else None


def holds(rel, values):
    left, right = total(rel[0], values), total(rel[2], values)
    if left is None or right is None:
        return None
    return {'=': left == right, '<=': left <= right, '>=': left >= right}[rel[1]]


def outcome(expression, values):
    conditions, last = expression
    results = [holds(c, values) for c in conditions]
    if False in results:
        return True
    return None if None in results else holds(last, values)


# Cases

class Cases:
    def __init__(self):
        self.rows, self.want, self.n = [], [], 0

    def fact(self, year, form, **more):
        row = dict(region='110101', body_kind='department', body=f'局{self.n:06d}', year=year, level='county', scope='own',
                   form=form, state='number', origin='table', role='main', grid='proved', match='exact',
                   source=f'{self.n}-{year}.html', table=1, row=2, col=2, line=9, label='x')
        row.update(more)
        self.rows.append(row)

    def end(self, check, kind, broken, sides=None, cells=()):
        """broken: True, False, or None for not assessable."""
        self.want.append((f'局{self.n:06d}', check, kind, broken, sides, cells))
        self.n += 1


def put(cases, check, values):
    for (kind, code, column), value in values.items():
        if value == 'absent' or kind == 'number':
            continue
        year = '2019' if kind == 'prev' else '2020'
        more = dict(value='' if value is None else str(value), state='blank' if value is None else 'number')
        if kind == 'narrative':
            more.update(origin='prose', role='second', grid='')
            column = 'value'
        cases.fact(year, check['form'], indicator=code, column=column or 'value', **more)


def bind(check, expression):
    """The expression with the column or row at hand filled in."""
    word, _, of = check['scope'].partition(':')
    if word == 'per_column':
        tables = {r['table'] for r in ROWS if r['form'] == check['form'] and r['column_dimension'] == of}
        at = rng.choice([c['column'] for c in COLUMNS if c['form'] == check['form'] and c['table'] in tables])
    elif word == 'per_row':
        at = rng.choice([r['indicator'] for r in ROWS if r['form'] == check['form'] and r['table'] == of and
                         r['row_type'] not in ('section', 'group')])

    def ref(t):
        sign, kind, code, column = t
        if kind in ('cell', 'prev') and word == 'per_column' and column is None:
            column = at
        if kind in ('cell', 'prev') and code is None:
            code = at
        return sign, kind, code, column

    def rel(r):
        return [ref(t) for t in r[0]], r[1], [ref(t) for t in r[2]]

    return [rel(c) for c in expression[0]], rel(expression[1])


def keys(expression):
    seen = []
    for rel in expression[0] + [expression[1]]:
        for _, kind, code, column in rel[0] + rel[2]:
            if kind != 'number' and (kind, code, column) not in seen:
                seen.append((kind, code, column))
    return seen


def settle(expression, values, want):
    """Changes numbers until the outcome is the wanted one."""
    for condition in expression[0]:
        for t in condition[0]:
            values[t[1:]] = 0
    left, op, right = expression[1]
    for _ in range(60):
        if outcome(expression, values) is want:
            return True
        gap = total(left, values) - total(right, values)
        free = [t for t in left + right if t[1] != 'number' and values.get(t[1:]) is not None]
        t = rng.choice(free)
        direction = t[0] * (1 if t in left else -1)
        step = -gap * direction if want else rng.randint(1, 9) * (direction if op == '<=' else -direction if op == '>=' else 1)
        values[t[1:]] = values[t[1:]] + step if t[3] == 'change' else max(0, values[t[1:]] + step)
    return False


def edge(expression, values, gap):
    """Makes the sides `gap` apart by one number, the conditions being met; False if no number can take it."""
    if not settle(expression, values, True):
        return False
    left, _, right = expression[1]
    needed = gap - (total(left, values) - total(right, values))
    terms = [t for t in left + right if t[1] != 'number' and values.get(t[1:]) is not None]
    for t in rng.sample(terms, len(terms)):
        moved = values[t[1:]] + needed * t[0] * (1 if t in left else -1)
        trial = {**values, t[1:]: moved}
        if (moved >= 0 or t[3] == 'change') and total(left, trial) - total(right, trial) == gap and \
                None not in [holds(c, trial) for c in expression[0]] and False not in [holds(c, trial) for c in expression[0]]:
            values.update(trial)
            return True
    return False


def edge_cases(cases, check, base):
    """What just passes, the sides being equal, and what just breaks it, by one."""
    op = base[1][1]
    for gap, broken in ((0, False), (1, op != '>='), (-1, op != '<=')):
        for _ in range(40):
            expression = bind(check, base)
            values = {k: rng.randint(0, 20) for k in keys(expression)}
            if edge(expression, values, gap):
                put(cases, check, values)
                cases.end(check, 'just breaks' if broken else 'just passes', broken)
                break
        else:
            # Of two numbers that are none less than 0 one cannot be less than 0.
            if outcome_possible(base, gap):
                ok(False, f'{check["id"]}: no facts were found whose sides are {gap} apart')


def outcome_possible(base, gap):
    left, _, right = base[1]
    return not (gap < 0 and all(t[1] == 'number' and t[2] == 0 for t in right) or gap > 0 and all(t[1] == 'number' and t[2] == 0 for t in left))


def value_cases(cases, check):
    base = parse(check['expression'])
    edge_cases(cases, check, base)
    for want, name in ((True, 'passes'), (False, 'breaks')):
        made = 0
        for _ in range(40):
            expression = bind(check, base)
            values = {k: rng.randint(0, 20) for k in keys(expression)}
            if not settle(expression, values, want):
                continue
            left, right = total(expression[1][0], values), total(expression[1][2], values)
            put(cases, check, values)
            cases.end(check, name, not want, (left, right), keys(expression))
            made += 1
            if made == 3:
                break
        if not made:
            ok(False, f'{check["id"]}: no facts were found that would be a case of {name}')
    # Broken numbers with a cell missing: nothing can be said.
    for _ in range(3):
        expression = bind(check, base)
        values = {k: rng.randint(0, 20) for k in keys(expression)}
        settle(expression, values, False)
        del values[rng.choice(list(values))]
        if outcome(expression, values) is None:
            put(cases, check, values)
            cases.end(check, 'open', None)
    # Whatever comes: numbers, nought, blanks, cells that are not there.
    for _ in range(12):
        expression = bind(check, base)
        values = {k: rng.choice([0, 0, None, 1, 2, 3, 40]) for k in keys(expression)}
        if rng.random() < 0.3:
            del values[rng.choice(list(values))]
        if any(k[0] == 'narrative' and v is None for k, v in values.items()):
            continue
        put(cases, check, values)
        result = outcome(expression, values)
        sides = (total(expression[1][0], values), total(expression[1][2], values)) if result is False else None
        cases.end(check, 'random', None if result is None else not result, sides)


def narrative_cases(cases, check):
    """A figure of the text for another column of the row says nothing of the one the check is of."""
    last = parse(check['expression'])[1]
    told = [t[2] for t in last[0] + last[2] if t[1] == 'narrative']
    cells = [(t[2], t[3]) for t in last[0] + last[2] if t[1] == 'cell' and t[3]]
    for code, column in cells if told else []:
        row = next(r for r in ROWS if r['form'] == check['form'] and r['indicator'] == code)
        for c in COLUMNS:
            if c['form'] != check['form'] or c['table'] != row['table'] or c['column'] == column or not row['column_dimension']:
                continue
            cases.fact('2020', check['form'], indicator=code, column=column, value=5)
            cases.fact('2020', check['form'], indicator=told[0], column=c['column'], value=9, origin='prose', role='second', grid='')
            cases.end(check, 'other column', None)
    if told and len(last[0]) == len(last[2]) == 1 and last[1] == '=':
        mention_cases(cases, check, told[0], cells or [(t[2], 'value') for t in last[0] + last[2] if t[1] == 'cell'])


def mention_cases(cases, check, told, cells):
    """One figure of the text agrees: another may speak of a part, but is wrong if it is the table's but for a slip."""
    # 4872 with two digits swapped, one twice, one left out, one too many, one wrong; and a few less, a part, another size.
    for other, slip in ((4827, True), (48872, True), (487, True), (48172, True), (4972, True), (4870, False), (3911, False), (2, False)):
        for code, column in cells:
            cases.fact('2020', check['form'], indicator=code, column=column, value=4872)
            for value in (4872, other):
                cases.fact('2020', check['form'], indicator=told, value=value, column='value', origin='prose', role='second', grid='')
            cases.end(check, 'mention', slip, (other, 4872) if slip else None)


def text_cases(cases, check):
    """Every cell no narrative() check names alone, whatever its column; one that is named is left to its check."""
    named = {(t[2], t[3] or 'value') for c in CHECKS if c['form'] == check['form'] and 'narrative(' in c['expression']
             for sides in [parse(c['expression'])[1][0::2]] if sum(map(len, sides)) == 2 for side in sides for t in side if t[1] == 'cell'}
    for row in ROWS:
        if row['form'] != check['form'] or row['row_type'] in ('section', 'group'):
            continue
        wide = [c['column'] for c in COLUMNS if c['form'] == check['form'] and c['table'] == row['table']]
        for column in wide if row['column_dimension'] else ['value']:
            for kind, value, broken in (('passes', 4872, False), ('breaks', 3911, True), ('slip', 4827, True)):
                cases.fact('2020', check['form'], indicator=row['indicator'], column=column, value=4872)
                if kind == 'slip':
                    cases.fact('2020', check['form'], indicator=row['indicator'], column=column, value=4872, origin='prose', role='second', grid='')
                cases.fact('2020', check['form'], indicator=row['indicator'], column=column, value=value, origin='prose', role='second', grid='')
                if (row['indicator'], column) not in named:
                    cases.end(check, kind, broken, (value, 4872) if broken else None)
                else:
                    cases.end(check, 'named', None)
            if row['column_dimension']:
                other = next(c for c in wide + ['value'] if c != column)
                cases.fact('2020', check['form'], indicator=row['indicator'], column=column, value=4872)
                cases.fact('2020', check['form'], indicator=row['indicator'], column=other, value=3911, origin='prose', role='second', grid='')
                cases.end(check, 'other column', None)


def once_cases(cases, check):
    """Figures of the text for one cell that no table gives."""
    told = dict(indicator='proactive.total', column='value', origin='prose', grid='')
    for second, more, broken in ((48, {}, False), (49, {}, True), (49, dict(period='2019'), False), (49, dict(scope='region'), False),
                                 (49, dict(indicator='training.courses'), False)):
        cases.fact('2020', '2014', value=48, **told)
        cases.fact('2020', '2014', value=second, **{**told, 'role': 'second', **more})
        cases.end(check, 'breaks' if broken else 'passes', broken, (48, 49) if broken else None)
    cases.fact('2020', '2014', value=47, indicator='proactive.total', column='value')
    for value in (47, 49):
        cases.fact('2020', '2014', value=value, **{**told, 'role': 'second'})
    cases.end(check, 'open', None)


def integer_cases(cases, check):
    units = {}
    for row in ROWS:
        if row['form'] != check['form'] or row['row_type'] in ('section', 'group'):
            continue
        if row['column_dimension']:
            for c in COLUMNS:
                if c['form'] == check['form'] and c['table'] == row['table']:
                    units[row['indicator'], c['column']] = (c['unit'] if row['unit'] == 'by_column' else row['unit'], c['sign'])
        else:
            units[row['indicator'], 'value'] = (row['unit'], '')
    for value in ('0', '17', '1.5', '-3', '-0.25'):
        for (code, column), (unit, sign) in sorted(units.items()):
            good = ('.' not in value or unit in ('万元', 'unstated')) and ('-' not in value or sign == 'signed')
            cases.fact('2020', check['form'], indicator=code, column=column, value=value)
            cases.end(check, f'{value} in {code}[{column}]', not good)
    cases.fact('2020', check['form'], indicator=next(iter(units))[0], column=next(iter(units))[1], value='', state='blank')
    cases.end(check, 'open', None)


def plausible_cases(cases, check):
    code, column = re.fullmatch(r'plausible\(([\w.]+)(?:\[([\w.]+)\])?\)', check['expression']).groups()
    for before, now, broken in ((3, 3000, True), (3, 2999, False), ('0.9', 999, False), (None, 90000, None), (0, 5000, None),
                                (12, 14, False)):
        if before is not None:
            cases.fact('2019', check['form'], indicator=code, column=column or 'value', value=before)
        cases.fact('2020', check['form'], indicator=code, column=column or 'value', value=now)
        cases.end(check, f'{before} then {now}', broken)


def meta_cases(cases, check):
    def page(name, text):
        cases.fact('2020', '2019', indicator='report.' + name, column='value', value='', state='text', origin='page', role='',
                   grid='', label=text)

    a, b = re.findall(r'meta\((\w+)\)', check['expression'])
    if a == 'title_year':
        pairs = (('2020', '2020', False), ('2020', '2019', True), ('2020', None, None))
    elif a == 'filing_unit':
        pairs = (('样本市政府办公室', '样本市人民政府', False), ('甲乙区政府', '丙丁区政府', True), (None, '丙丁区政府', None))
    else:
        for form, year, broken in (('2019', '2020', False), ('2019', '2022', True), ('2021', '2025', False), ('local', '2015', None),
                                   ('2014', '2020', True), ('liaoning-2015', '2015', False)):
            cases.fact(year, form, indicator='report', column='value', value=1, origin='page', grid='')
            cases.end(check, f'{form} in {year}', broken)
        return
    for x, y, broken in pairs:
        for name, text in ((a, x), (b, y)):
            if text:
                page(name, text)
        cases.end(check, f'{x}, {y}', broken)


def run(cases, *options):
    facts, findings, status, said = validate(csv_of(cases.rows, HEADER), '-q', *options)
    if status > 1:
        sys.exit(f'Bail out! validate ended with {status}: {said}')
    return facts, findings


SENTENCES = {'X-55', 'X-56', 'X-57', 'X-58'}  # tests/sentences.t
cases = Cases()
# Those of several reports have tests of their own, by name: a new one must get one.
ELSEWHERE = {'single_report(*)', 'versions_agree(*)', 'own_territory(*)', 'renewed(*)', 'steady(*)', 'figures(*)'}  # tests/groups.t
for check in CHECKS:
    if check['scope'] == 'cross_unit':
        ok('children(' in check['expression'], f'{check["id"]} is of parts against their whole: tests/children.t has them all')
        continue
    if check['scope'] == 'group':
        ok(check['expression'] in ELSEWHERE, f'{check["id"]} has tests in groups.t')
        continue
    if check['id'] in SENTENCES:
        continue
    if check['scope'] == 'per_cell':
        integer_cases(cases, check)
    elif check['expression'] == 'one_figure(*)':
        once_cases(cases, check)
    elif check['expression'] == 'text_agrees(*)':
        text_cases(cases, check)
    elif check['expression'].startswith('plausible'):
        plausible_cases(cases, check)
    elif 'meta(' in check['expression']:
        meta_cases(cases, check)
    elif check['when']:
        first = next(c for c in CHECKS if c['id'] == check['when'].split()[0])
        both = bind(first, parse(first['expression'])), bind(check, parse(check['expression']))
        for broken in (False, True):
            for _ in range(200):
                values = {k: rng.randint(0, 5) for k in keys(both[0])}
                settle(both[1], values, not broken)
                if outcome(both[0], values) is False and outcome(both[1], values) is not broken:
                    break
            put(cases, check, values)
            cases.end(check, 'breaks' if broken else 'passes', broken)
        values = {k: 0 for k in keys(both[0])}
        put(cases, check, values)
        cases.end(check, 'not asked', None)
    else:
        value_cases(cases, check)
        narrative_cases(cases, check)

facts, findings = run(cases)
found, graded = {}, {}
for f in findings:
    found.setdefault((f['body'], f['check']), []).append(f)
for f in facts:
    graded.setdefault(f['body'], []).append(f)

wrong, kinds = {}, {}
for body, check, kind, broken, sides, cells in cases.want:
    ident = check['id']
    kinds.setdefault(ident, set()).add(kind if kind in ('passes', 'breaks', 'open') else {True: 'breaks', False: 'passes', None: 'open'}[broken])
    hits = found.get((body, ident), [])
    why = None
    if bool(hits) != (broken is True):
        why = f'{kind}: want broken {broken}, have {len(hits)} findings'
    elif hits and hits[0]['severity'] != check['severity']:
        why = f'{kind}: severity {hits[0]["severity"]}'
    elif hits and sides and (Fraction(hits[0]['left']), Fraction(hits[0]['right'])) != sides:
        why = f'{kind}: sides {hits[0]["left"]} {hits[0]["right"]}, want {sides}'
    elif hits and sides and Fraction(hits[0]['delta']) != sides[0] - sides[1]:
        why = f'{kind}: delta {hits[0]["delta"]}'
    if not why and hits:
        marked = [f for f in graded[body] if ident in f['checks'].split()]
        if not marked or (check['severity'] == 'error' and any(f['grade'] != 'broken' for f in marked)):
            why = f'{kind}: cells of a broken check are {[f["grade"] for f in marked]}'
        elif cells and len(marked) != len(cells):
            why = f'{kind}: {len(marked)} cells marked, want {len(cells)}'
    identity = check['severity'] == 'error' and re.fullmatch(r'[^<>]*[^<>]=[^<>]*', check['expression'])
    if not why and kind == 'passes' and identity and 'narrative' not in check['expression'] and 'meta' not in check['expression']:
        loose = [f for f in graded[body] if f['grade'] not in ('proved', 'broken')]
        if loose:
            why = f'{kind}: a closed identity leaves {loose[0]["indicator"]} {loose[0]["grade"]}'
    if why:
        wrong.setdefault(ident, []).append(f'{body}: {why}')

for check in CHECKS:
    ident = check['id']
    if ident in kinds:
        ok(ident not in wrong and kinds[ident] >= {'passes', 'breaks', 'open'},
           f'{ident} {check["expression"][:60]}', '; '.join(wrong.get(ident, [f'only {kinds[ident]}'])[:3]))
    else:
        ok(check['scope'] in ('cross_unit', 'group') or check['id'] in SENTENCES, f'{ident} has cases')
finish()
