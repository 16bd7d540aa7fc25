#!/usr/bin/env python3
"""aggregate over random countries against a plain second program: growth, ranks, coverage, codes of a year, series.

The countries have pseudo-prefectures, regions that owe no report, and codes that are renamed, merged, split, carved out
or moved to another prefecture.  AGGREGATE_SETS says how many there are (default 40; the slow test takes 500).
"""
import os
import random
import tempfile
from fractions import Fraction

import filters
from tap import finish, ok

YEARS = (2018, 2019, 2020, 2021)
NO_PART = ('71', '81', '82')
COLUMNS = ('region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,role,source,grade').split(',')
CELLS = (('a.one', 'value'), ('a.two', 'value'), ('b.sum', 'total'), ('b.sum', 'value'))
COMPARABLE = ('broken', 'approximate', 'exact')


def write(path, columns, rows):
    with open(path, 'w', encoding='utf-8', newline='') as f:
        f.write(filters.csv_of(rows, columns.split(',')))


class Country:
    def __init__(self, r):
        self.rows, self.changes, self.terms = [], [], []
        for p in r.sample(('61', '62', '63'), r.randint(1, 3)):
            self.add(p + '0000', 'province', '')
            for q in range(1, r.randint(0, 3) + 1):
                self.add(f'{p}{q:02}00', 'prefecture', p + '0000')
                for c in range(1, r.randint(0, 4) + 1):
                    self.add(f'{p}{q:02}{c:02}', 'county', f'{p}{q:02}00')
            if r.random() < .5:
                self.add(p + '9000', 'prefecture', p + '0000', kind='pseudo')
                for c in range(1, r.randint(0, 3) + 1):
                    self.add(f'{p}90{c:02}', 'county', p + '9000')
        if r.random() < .4:
            self.add('810000', 'province', '', kind='sar')
        self.fresh = 99
        changing = [row for row in self.rows if row['level'] == 'county' and r.random() < .3]
        for row in changing:
            self.change(r, row, [x['code'] for x in self.rows if x['parent'] == row['parent'] and x not in changing and x['from'] == 1981])
        for s in range(r.randint(1, 3)):
            for form in r.sample(('2014', '2019', '2021'), r.randint(1, 3)):
                for indicator, column in r.sample(CELLS, r.randint(1, 3)):
                    self.terms.append(dict(series=f's{s}', form=form, indicator=indicator, column=column,
                                           comparable=r.choice(COMPARABLE), weight=r.choice(('1', '1', '2', '-1'))))

    def add(self, code, level, parent, first=1981, kind=''):
        self.rows.append({'code': code, 'name': '区' + code, 'level': level, 'parent': parent, 'from': first, 'to': '', 'kind': kind})
        return code

    def change(self, r, row, others):
        """One change of a county, in a year of its own; `others`: what it may be merged into."""
        year, kind, old, parent = r.choice(YEARS[1:]), r.choice(('recode', 'merge', 'split', 'carve_out', 'boundary', 'move')), row['code'], row['parent']
        prefectures = [x['code'] for x in self.rows if x['level'] == 'prefecture' and x['kind'] != 'pseudo']
        if kind == 'move' and prefectures:
            parent = r.choice(prefectures)
        self.fresh -= 2
        new = [f'{parent[:4]}{self.fresh + i}' for i in range(2 if kind == 'split' else 1)]
        if kind == 'boundary':
            new = [old]
        elif kind == 'merge' and others:
            new = [others[0]]
        elif kind != 'merge':
            for code in new:
                self.add(code, 'county', parent, year)
        else:
            return
        if kind not in ('carve_out', 'boundary'):
            row['to'] = year - 1
        self.changes += [{'year': year, 'type': 'recode' if kind == 'move' else kind, 'from_code': old, 'to_code': code} for code in new]

    def write(self, folder):
        write(folder + '/regions.csv', 'code,name,short,level,parent,from,to,successor,kind,alias', sorted(self.rows, key=lambda x: x['code']))
        write(folder + '/changes.csv', 'year,type,from_code,from_name,to_code,to_name', sorted(self.changes, key=lambda x: x['year']))
        write(folder + '/concordance.csv', 'series,form,indicator,column,comparable,weight,series_en,note,confidence', self.terms)

    def valid(self, year):
        return {x['code']: x for x in self.rows if x['from'] <= year <= int(x['to'] or 9999)}

    def parents(self, year):
        """The region above, past pseudo-prefectures."""
        valid = self.valid(year)
        up = {c: x['parent'] for c, x in valid.items()}
        return {c: (up[p] if p in valid and valid[p]['kind'] == 'pseudo' else p) or '000000' for c, p in up.items() if valid[c]['kind'] != 'pseudo'}

    def mapped(self, code, year, level):
        valid = self.valid(year)
        while valid[code]['level'] != level:
            code = valid[code]['parent']
        return code

    def as_of(self, code, year, base):
        """The code of the base year, and 1 if it is but a common ancestor."""
        codes = {code}
        for t in range(year + 1, base + 1):
            now = [x for x in self.changes if x['year'] == t and x['type'] in ('recode', 'merge', 'split')]
            codes = {y for c in codes for y in [x['to_code'] for x in now if x['from_code'] == c] or [c]}
        for t in range(year, base, -1):
            now = [x for x in self.changes if x['year'] == t and x['type'] != 'boundary']
            merged = [x for x in now if x['type'] == 'merge']
            codes = {y for c in codes for y in
                     [c] * (c in self.valid(t - 1)) + [x['from_code'] for x in (merged if c in self.valid(t - 1) else now) if x['to_code'] == c] or [c]}
        if len(codes) == 1:
            return codes.pop(), 0
        valid, chains = self.valid(base), []
        for c in codes:
            chains.append([c])
            while chains[-1][-1] in valid and valid[chains[-1][-1]]['parent']:
                chains[-1].append(valid[chains[-1][-1]]['parent'])
        return next((c for c in chains[0] if all(c in chain for chain in chains)), '000000'), 1

    def life(self, code, year):
        """The last code, and year, of the same region: until it is divided, is merged, or takes another one in."""
        for t in range(year + 1, YEARS[-1] + 1):
            now = [x for x in self.changes if x['year'] == t and x['type'] in ('recode', 'merge', 'split')]
            to = [x['to_code'] for x in now if x['from_code'] == code] or [code]
            if len(to) > 1 or [x['from_code'] for x in now if x['to_code'] == to[0] and x['from_code'] != code]:
                return code, t - 1
            if to[0] != code and to[0] in self.valid(t - 1):
                return code, t - 1
            code = to[0]
        return code, 9999

    def placed(self, code, year, level, base):
        """Where a figure stands: the region, and 1 if it is of several of those that are shown."""
        code, split = self.as_of(code, year, base) if base else (code, 0)
        valid, at = self.valid(base or year), code
        while level and at in valid and valid[at]['level'] != level:
            at = valid[at]['parent']
        return (at, 0) if level and at in valid else (code, split)


def facts_of(r, country):
    facts = []
    for year in YEARS:
        for code, row in country.valid(year).items():
            if row['kind'] == 'pseudo' or r.random() < .15:
                continue
            for kind in r.choice((['government'], ['government'], ['government', 'government_office'], ['government', 'department'])):
                form, source = r.choice(('2014', '2019', '2019', '2021')), f'{code}-{year}-{kind}'
                for indicator, column in CELLS:
                    for _ in range(r.choices((0, 1, 2), (2, 18, 1))[0]):
                        state = r.choices(('number', 'about', 'blank'), (14, 1, 1))[0]
                        facts.append(dict(
                            region=code, body_kind=kind, body=code, year=str(year), level=row['level'], form=form, indicator=indicator,
                            column=column, value='' if state == 'blank' else r.choice(('0', '7', str(r.randint(0, 90)), '2.5')), unit='件',
                            state=state, source=source, scope=r.choices(('region', 'tier', 'own'), (8, 1, 1))[0],
                            role=r.choices(('main', 'second'), (12, 1))[0], grade=r.choices(('proved', 'broken'), (12, 1))[0]))
    r.shuffle(facts)
    return facts


def run(folder, facts, *args):
    status, out, said = filters.run('aggregate', '-q', '--tables', folder, *args, text=filters.csv_of(facts, COLUMNS))
    if status:
        print('#', said)
    return filters.records(out)


def text_of(x):
    """A fraction rounded half to even at six decimals."""
    if x is None:
        return ''
    whole = round(Fraction(x) * 10 ** 6)
    digits = f'{abs(whole):07}'
    return (('-' if whole < 0 else '') + digits[:-6] + '.' + digits[-6:]).rstrip('0').rstrip('.')


def counts(f, **asked):
    return (f['role'] == 'main' and f['scope'] == 'region' and f['body_kind'] != 'department' and
            asked.get('level', f['level']) == f['level'])


def figures(country, facts, series):
    """(what it is of, region, year, number or None, on the other side of a break)"""
    if not series:
        return [((f['indicator'], f['column']), f['region'], int(f['year']), Fraction(f['value']) if f['value'] else None, False) for f in facts]
    out, reports = [], {}
    for f in facts:
        reports.setdefault((f['region'], f['year'], f['form'], f['source']), {}).setdefault((f['indicator'], f['column']), []).append(f)
    for (region, year, form, _), cells in reports.items():
        for name in {t['series'] for t in country.terms if t['form'] == form}:
            terms = [t for t in country.terms if t['form'] == form and t['series'] == name]
            given = [{Fraction(f['value']) for f in cells.get((t['indicator'], t['column']), []) if f['value']} for t in terms]
            if any((t['indicator'], t['column']) in cells for t in terms):
                whole = all(len(values) == 1 for values in given)
                out.append(((name,), region, int(year), sum(int(t['weight']) * v for t, values in zip(terms, given) for v in values) if whole else None,
                            any(t['comparable'] == 'broken' for t in terms)))
    return out


def groups(country, facts, series, level, base):
    """By year, region and what it is of: the numbers, with their regions."""
    out = {}
    for what, region, year, number, across in figures(country, facts, series):
        at, split = country.placed(region, year, level, base)
        group = out.setdefault((year, at, split) + what, {'missing': 0, 'figures': []})
        if number is None:
            group['missing'] += 1
        else:
            group['figures'].append((country.life(region, year), across, number))
    return out


def growth(groups_, key, one_code):
    now, then = groups_[key], groups_.get((key[0] - 1,) + key[1:])
    if then is None or not now['figures'] or sorted(x[:2] for x in now['figures']) != sorted(x[:2] for x in then['figures']):
        return None, None
    # Of several figures of one region nobody says which side of a break each is on.
    if one_code and len(now['figures']) > 1 and any(x[1] for x in now['figures']):
        return None, None
    before, sum_ = (sum(x[2] for x in g['figures']) for g in (then, now))
    return before, (sum_ - before) / before if before > 0 else None


def rank(country, groups_, key, base):
    year, region, split = key[:3]
    sums = {k: sum(x[2] for x in g['figures']) for k, g in groups_.items() if g['figures']}
    up = country.parents(base or year)
    if split or key not in sums or region not in up or region[:2] in NO_PART:
        return None, None
    beside = [k for k in sums if k[0] == year and k[2:] == key[2:] and up.get(k[1]) == up[region] and k[1][:2] not in NO_PART]
    chain = [up[region]]
    while chain[-1] != '000000':
        chain.append(up[chain[-1]])
    above = (year, up[region]) + key[2:]
    if above in groups_:
        whole = sums.get(above, 0)
    else:
        parts = {c for c, p in up.items() if p == up[region] and c[:2] not in NO_PART}
        all_there = parts <= {k[1] for k in beside} and not any((year, c, 1) + key[3:] in groups_ for c in chain)
        whole = sum(sums[k] for k in beside) if all_there else 0
    return 1 + sum(sums[k] > sums[key] for k in beside), sums[key] / whole if whole > 0 else None


def statistics(country, folder, facts, series, level, base):
    args = ['--by', f'year,region{":" + level if level else ""},{"series" if series else "indicator"}', '--growth', '--rank']
    asked = {'level': 'county'} if level or base else {}
    have = []
    for x in run(folder, facts, *args, *(['--level', 'county'] if asked else []), *(['--codes-as-of', str(base)] if base else [])):
        what = (x['series'],) if series else (x['indicator'], x['column'])
        have.append((int(x['year']), x['region'], min(1, int(x.get('split', 0)))) + what +
                    tuple(x[c] for c in ('n', 'missing', 'sum', 'before', 'growth', 'rank', 'share') + (('break',) if series else ())))
    all_, want = groups(country, [f for f in facts if counts(f, **asked)], series, level, base), []
    for key, g in all_.items():
        row = [str(len(g['figures'])), str(g['missing']), text_of(sum(x[2] for x in g['figures']) if g['figures'] else None),
               *map(text_of, growth(all_, key, not level and not base)), *map(text_of, rank(country, all_, key, base))]
        want.append(key + tuple(row) + ((str(int(any(x[1] for x in g['figures']))),) if series else ()))
    return sorted(have), sorted(want)


def coverage(country, folder, facts, level, up):
    have = [tuple(x[c] for c in ('year', 'region', 'expected', 'found', 'parsed', 'valid')) for x in
            run(folder, facts, '--by', f'year,region{":" + up if up else ""}', '--coverage', '--level', level)]
    want = {}
    for year in sorted({f['year'] for f in facts}):
        for code, row in country.valid(int(year)).items():
            if row['level'] != level or row['kind'] == 'pseudo' or code[:2] in NO_PART:
                continue
            n = want.setdefault((year, country.mapped(code, int(year), up) if up else code), [0] * 4)
            its = [f for f in facts if (f['year'], f['region'], f['role']) == (year, code, 'main') and
                   (f['scope'] == 'region' and f['body_kind'] != 'department' or f['scope'] == 'tier' and f['body_kind'] == 'government')]
            numbers = [f for f in its if f['value']]
            for i, there in enumerate((True, its, numbers, numbers and not any(f['grade'] == 'broken' for f in its))):
                n[i] += bool(there)
    return have, sorted(key + tuple(map(str, n)) for key, n in want.items())


wrong = {}
sets = int(os.environ.get('AGGREGATE_SETS', '40'))
for seed in range(sets):
    rng = random.Random(seed)
    made = Country(rng)
    with tempfile.TemporaryDirectory() as tmp:
        made.write(tmp)
        them = facts_of(rng, made)
        questions = {
            'growth and ranks of regions': (statistics, False, None, None),
            'growth and ranks of what regions add up to': (statistics, False, rng.choice(('prefecture', 'province')), None),
            'growth and ranks under the codes of one year': (statistics, False, rng.choice((None, 'prefecture', 'province')), rng.choice(YEARS)),
            'growth and ranks of series': (statistics, True, rng.choice((None, 'prefecture', 'province')), None),
            'coverage': (coverage, *rng.choice((('county', None), ('county', 'prefecture'), ('county', 'province'), ('prefecture', 'province'), ('province', None)))),
        }
        for name, (ask, *how) in questions.items():
            have, want = ask(made, tmp, them, *how)
            wrong.setdefault(name, [])
            if have != want:
                wrong[name].append(f'country {seed} {how}: only wanted {sorted(set(want) - set(have))[:2]}, only there {sorted(set(have) - set(want))[:2]}')
for name, why in wrong.items():
    ok(not why, f'{name} in {sets} countries', '\n# '.join(why[:3]))
finish()
