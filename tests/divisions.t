#!/usr/bin/env python3
"""The tables of divisions hold together: each code's parent, years, successors and names; and no name is taken for another's."""
import os
import re
import subprocess
import tempfile
from collections import defaultdict
from filters import records, table
from tap import finish, ok

FIRST, LAST = 2007, 2026
TYPES = [t for t in table('regions/types') if t['kinds']]
NONE = ('pseudo', 'placeholder')


def years(row):
    return int(row['from']), int(row['to'] or 9999)


class Tables:
    """What is to hold of the rows; each check gives what does not."""

    def __init__(self, regions, changes, ambiguous, zones, evidence):
        self.regions, self.changes, self.ambiguous = regions, changes, ambiguous
        self.zones, self.evidence = zones, evidence
        self.of = defaultdict(list)
        for row in regions:
            self.of[row['code']].append(row)

    def at(self, code, year):
        return next((r for r in self.of.get(code, ()) if years(r)[0] <= year <= years(r)[1]), None)

    def valid(self, year):
        return [r for r in self.regions if years(r)[0] <= year <= years(r)[1] and r['kind'] not in NONE]

    def codes(self):
        for r in self.regions:
            level = 'province' if r['code'][2:] == '0000' else 'prefecture' if r['code'][4:] == '00' else 'county'
            digits = {'province': 0, 'prefecture': 2, 'county': 4}[r['level']] if r['level'] else 0
            if not re.fullmatch('[1-9][0-9]{5}', r['code']) or r['level'] != level:
                yield r['code'], 'is not of its level'
            elif r['parent'] != (r['code'][:digits].ljust(6, '0') if digits else ''):
                yield r['code'], 'lies elsewhere than its digits say'

    def spans(self):
        for code, rows in self.of.items():
            for r in rows:
                if years(r)[0] > years(r)[1]:
                    yield code, 'ends before it begins'
            for a, b in zip(rows, rows[1:]):
                if years(a)[1] + 1 != years(b)[0]:
                    yield code, 'has a gap, or two names at once'

    def parents(self):
        for r in self.regions:
            for year in range(max(FIRST, years(r)[0]), min(LAST, years(r)[1]) + 1):
                if r['parent'] and not self.at(r['parent'], year):
                    yield r['code'], year, 'has no parent'

    def kinds(self):
        for r in self.regions:
            called = [t['type'] for t in TYPES if r['kind'] in t['kinds'].split(';')]
            if called and not any(r['name'].endswith(t) for t in called):
                yield r['code'], r['name'], 'is not called so'
            if not r['name'].startswith(r['short']):
                yield r['code'], r['short'], 'does not begin its name'

    def successors(self):
        said = defaultdict(set)
        for c in self.changes:
            if c['type'] in ('rename', 'recode', 'merge', 'split'):
                said[c['from_code'], int(c['year'])].add(c['to_code'])
        for r in self.regions:
            after = set(filter(None, r['successor'].split(';')))
            if bool(after) != bool(r['to']):
                yield r['code'], 'ends without successor, or has one and goes on'
            for code in after:
                if not self.at(code, years(r)[1] + 1):
                    yield r['code'], code, 'is no successor in the year after'
            if r['to'] and int(r['to']) >= FIRST and r['kind'] != 'pseudo' and said[r['code'], int(r['to']) + 1] != after:
                yield r['code'], 'has other successors in changes.csv'

    def origins(self):
        begun = set()
        for c in self.changes:
            if c['type'] == 'alias':
                if c['from_code'] in self.of or not self.at(c['to_code'], LAST):
                    yield c['from_code'], 'is a division\'s own, or stands for none'
                continue
            year = int(c['year'])
            before, after = self.at(c['from_code'], year - 1), self.at(c['to_code'], year)
            if not before or before['name'] != c['from_name'] or not after or after['name'] != c['to_name']:
                yield c['from_code'], c['to_code'], year, 'has other names in regions.csv'
            elif c['type'] in ('carve_out', 'boundary') and not self.at(c['from_code'], year):
                yield c['from_code'], year, 'does not go on'
            elif (c['type'] == 'rename') != (c['from_code'] == c['to_code']) and c['type'] in ('rename', 'recode'):
                yield c['from_code'], year, 'is renamed under another code, or recoded under its own'
            if c['type'] != 'boundary':
                begun.add((c['to_code'], year))
        for r in self.regions:
            if int(r['from']) > FIRST and (r['code'], int(r['from'])) not in begun:
                yield r['code'], r['from'], 'comes from nowhere'

    def unlike(self):
        """Names that tell two divisions of one parent apart, and an alias that is another's name."""
        for year in range(FIRST, LAST + 1):
            names = defaultdict(set)
            for r in self.valid(year):
                for name in {r['name'], *filter(None, r['alias'].split(';'))}:
                    names[name].add((r['parent'], r['code']))
            for name, have in names.items():
                if len(have) > 1 and len({parent for parent, _ in have}) < len(have):
                    yield name, year, 'is two divisions of one parent'
            for r in self.valid(year):
                for name in filter(None, r['alias'].split(';')):
                    if len(names[name]) > 1 and (name, r['code']) != ('东乡县', '622926'):
                        yield name, year, 'is another\'s name, too'

    def several(self):
        """ambiguous.csv is what regions.csv says."""
        have = defaultdict(dict)
        ever, held = defaultdict(set), defaultdict(set)
        for year in range(FIRST, LAST + 1):
            full, short, shorts = defaultdict(set), defaultdict(set), set()
            for r in self.regions:
                if not years(r)[0] <= year <= years(r)[1] or r['kind'] == 'pseudo':
                    continue
                if r['kind'] != 'placeholder':
                    full[r['name']].add(r['code'])
                    ever[r['name']].add(r['code'])
                    held[r['name']].add(year)
                if r['short']:
                    short[r['short']].add(r['code'])
                    shorts.add(r['short'])
                if len(r['name']) <= 3:
                    short[r['name']].add(r['code'])
            for kind, of in (('full', full), ('short', {n: c for n, c in short.items() if n in shorts})):
                for name, codes in of.items():
                    if len(codes) > 1:
                        have[name, kind][year] = codes
        for name, codes in ever.items():
            if len(codes) > 1 and (name, 'full') not in have:
                have[name, 'full_years'] = {year: codes for year in range(min(held[name]), max(held[name]) + 1)}
        for a in self.ambiguous:
            for year in range(int(a['from']), int(a['to']) + 1):
                if have[a['name'], a['kind']].pop(year, None) != set(a['codes'].split(';')):
                    yield a['name'], a['kind'], year, 'is not so'
            if int(a['n']) != len(a['codes'].split(';')):
                yield a['name'], 'has another number of codes'
        for (name, kind), left in have.items():
            if left:
                yield name, kind, sorted(left), 'is missing'

    def others(self):
        names, keys = defaultdict(set), set()
        for z in self.zones:
            if not any(self.at(z['parent'], year) for year in range(int(z['from'] or FIRST), int(z['to'] or LAST) + 1)):
                yield z['name'], 'lies in nothing'
            for name in {z['name'], *filter(None, z['alias'].split(';'))}:
                names[name].add(z['name'])
        for name, of in names.items():
            if len(of) > 1:
                yield name, 'is two zones'
        for e in self.evidence:
            if any(code not in self.of for code in e['codes'].split(';')) or (e['kind'], e['key']) in keys:
                yield e['kind'], e['key'], 'speaks of no division, or twice'
            keys.add((e['kind'], e['key']))


CHECKS = {'codes': 'codes have the level and the parent their digits say', 'spans': 'years follow one another',
          'parents': 'every parent is there in every year', 'kinds': 'names end as their kind is called',
          'successors': 'what ended has successors, the same in both tables', 'origins': 'what began came from something',
          'unlike': 'no parent has a name twice', 'several': 'the names of several divisions are those of ambiguous.csv',
          'others': 'zones and evidence are of divisions'}
NAMES = 'regions', 'changes', 'ambiguous', 'functional_zones', 'evidence'


def load():
    return Tables(*(table('regions/' + name) for name in NAMES))


tables = load()
for check, what in CHECKS.items():
    wrong = list(getattr(tables, check)())
    ok(not wrong, what, *wrong[:8])


def row(rows, **what):
    return next(r for r in rows if all(r[k] == v for k, v in what.items()))


# Each check finds what it is for.
for check, harm in (('codes', lambda t: row(t.regions, code='320106').update(parent='320300')),
                    ('spans', lambda t: row(t.regions, code='420600', to='2009').update(to='2011')),
                    ('parents', lambda t: row(t.regions, code='140200').update(to='2015')),
                    ('kinds', lambda t: row(t.regions, code='140212').update(kind='county')),
                    ('successors', lambda t: row(t.regions, code='310103').update(successor='310104')),
                    ('origins', lambda t: t.changes.remove(row(t.changes, to_code='650521'))),
                    ('unlike', lambda t: row(t.regions, code='320302', to='').update(name='云龙区')),
                    ('several', lambda t: t.ambiguous.remove(row(t.ambiguous, name='鼓楼区'))),
                    ('others', lambda t: t.evidence[7].update(codes='110199'))):
    harmed = load()
    harm(harmed)
    ok(list(getattr(harmed, check)()), f'{check}: a row that is wrong is found')

# Every division's name, in its last year: with what it lies in it is that, alone that or undecided.
with tempfile.TemporaryDirectory() as folder:
    want = {}
    for r in tables.regions:
        year = min(years(r)[1], LAST - 1)
        if r['kind'] in (*NONE, 'sar') or max(2008, years(r)[0]) > year:
            continue
        up = r
        while up['parent'] and (up is r or up['kind'] == 'pseudo'):
            up = tables.at(up['parent'], year)
        for manner, body, kind in (('alone', r['name'], 'government'), ('chain', f"{up['name'] if up is not r else ''}{r['name']}审计局", 'department'),
                                   ('short', f"{r['short']}教育局" if len(r['short']) > 1 else '', 'department')):
            if not body:
                continue
            name = f"{r['code']}-{year}-{manner}"
            want[name] = r['code'], kind, body
            with open(os.path.join(folder, name), 'w', encoding='utf-8') as f:
                f.write(f'{body}{year}年政府信息公开工作年度报告\n统计期限为{year}年1月1日至{year}年12月31日。\n')
    with open(os.path.join(folder, 'list'), 'w', encoding='utf-8') as f:
        f.writelines(name + '\n' for name in want)
    out = subprocess.run('extract -q --files-from list | normalize -q | classify -q', shell=True, cwd=folder, stdout=subprocess.PIPE).stdout
have = {f['source']: f for f in records(out.decode()) if f['indicator'] == 'report'}
none = [name for name in want if name not in have]
ok(len(want) > 9000 and not none, f'{len(want)} names of divisions', *none[:8])
wrong = [(*of, have[name]['region']) for name, of in want.items() if name in have and have[name]['region'] not in ('', of[0])]
ok(not wrong, 'none is taken for another', *wrong[:8])
lost = [of for name, of in want.items() if name.endswith('chain') and name in have and have[name]['region'] != of[0]]
ok(not lost, 'all are found by what they lie in', *lost[:8])
wrong = [(*of, have[name]['body_kind']) for name, of in want.items() if name in have and have[name]['body_kind'] not in (of[1], 'other')]
ok(not wrong, 'none changes what kind of body it is', *wrong[:8])
finish()
