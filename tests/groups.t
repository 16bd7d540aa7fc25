#!/usr/bin/env python3
"""validate over the reports of one body: versions, mirrors, offices, years, verdicts, limits."""
import csv
import os
import tempfile

import filters
from tap import finish, ok

HEADER = ('region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,origin,role,period,grid,'
          'match,source,table,row,col,line,label').split(',')
CELLS = ('proactive.total proactive.channel.website requests.received requests.received.in_person requests.received.online '
         'requests.answered capacity.staff capacity.staff.full_time training.courses training.participants '
         'requests.received.fax requests.received.mail').split()


def fact(indicator, value, **more):
    row = dict(region='110101', body_kind='department', body='样本局', year='2016', level='county', scope='own', form='2014',
               indicator=indicator, column='value', value=value, state='blank' if value == '' else 'number', origin='table',
               role='main', grid='proved', source='a.html', table=1, row=2, col=3, line=5, label='x, y')
    row.update(more)
    return row


def report(values, published=None, **more):
    """A page: the fact `report`, its day, twelve cells."""
    out = [fact('report', 1, **{**more, 'origin': 'page', 'grid': ''})]
    if published:
        out.append(fact('report.published', '', **{**more, 'origin': 'page', 'role': '', 'grid': '', 'state': 'text',
                                                   'label': published}))
    return out + [fact(c, v, **more) for c, v in zip(CELLS, values + [0, 0])]


def run(rows, *options, status=None):
    with tempfile.TemporaryDirectory() as tmp:
        rejects = os.path.join(tmp, 'rejects')
        facts, findings, ended, said = filters.validate(filters.csv_of(rows, HEADER), '--rejects', rejects, *options)
        if status is not None:
            ok(ended == status, f'status {status}', f'{ended} {said}')
        return facts, findings, filters.read(rejects), said


def roles(facts, source):
    return {f['role'] for f in facts if f['source'] == source and f['role']}


def checks(findings):
    return sorted(f['check'] for f in findings)


A = [100, 80, 10, 4, 6, 10, 3, 3, 2, 40]
B = [100, 80, 11, 5, 6, 10, 3, 3, 2, 41]

facts, found, _, err = run(report(A) + report(A, source='b.html'), status=0)
ok(roles(facts, 'a.html') == {'main'} and roles(facts, 'b.html') == {'duplicate'}, 'a mirror is a duplicate, the first by source stands')
ok(checks(found) == ['G-01'] and 'a.html' in found[0]['message'] and found[0]['source'] == 'b.html', 'it is said', found)
ok([{k: f[k] for k in HEADER if k != 'role'} for f in facts] ==
   [{k: str(v) for k, v in r.items() if k != 'role'} | {k: '' for k in HEADER if k not in r} for r in report(A) + report(A, source='b.html')],
   'nothing but the role changes')

facts, found, _, _ = run(report(A, '2017-01-20') + report(B, '2017-03-01', source='b.html'), status=1)
ok(roles(facts, 'a.html') == {'duplicate'} and roles(facts, 'b.html') == {'main'}, 'the later version stands')
ok(checks(found) == ['G-01', 'G-02'] and '3 cells differ' in found[1]['message'], 'that they differ is said', found)
ok((found[1]['left'], found[1]['right'], found[1]['delta']) == ('10', '11', '-1'), 'with both numbers')

facts, found, _, _ = run(report(A, '2017-01-20') + [fact('requests.received', 10, source='b.html', origin='prose', grid=''),
                                                   fact('complaints.total', 2, source='b.html', origin='prose', grid=''),
                                                   fact('capacity.staff', 9, source='a.html', origin='prose', role='second', grid='')])
text = {f['indicator']: f for f in facts if f['source'] == 'b.html'}
ok(text['requests.received']['role'] == 'duplicate' and text['complaints.total']['role'] == 'main',
   'a page of prose beside the tables: only what both give is a duplicate')
ok(text['requests.received']['grade'] == 'consistent' and [(f['check'], f['left'], f['right']) for f in found] == [('X-69', '9', '3')],
   'its figures are held against the tables', found)

# Of reports without tables that with more numbers stands, not the first by source.
P = dict(origin='prose', grid='', body_kind='government', body='样本区政府', scope='region', form='prose')


def prose(source, values):
    return [fact('report', 1, **{**P, 'origin': 'page', 'source': source})] + \
        [fact(c, v, **{**P, 'source': source}) for c, v in zip(CELLS, values)]


stub, full = prose('a.html', []), prose('b.html', [1234, 56, 3, 2])
facts, found, _, _ = run(stub + full)
ok(roles(facts, 'a.html') == {'duplicate'} and roles(facts, 'b.html') == {'main'}, 'of two reports of prose that with more numbers stands')
facts, found, _, _ = run(full[:2] + [dict(r, source='c.html') for r in full[:2]])
ok(roles(facts, 'b.html') == {'main'} and roles(facts, 'c.html') == {'duplicate'}, 'of as many numbers the first by source')

# Findings of a report for which another stands: its own are said, those it shares with the other are not said again.
bad = [100, 80, 11, 4, 6, 10, 3, 3, 2, 40]
facts, found, _, _ = run(report(A, '2017-03-01') + report(bad, '2017-01-20', source='b.html'), status=1)
ok([(f['check'], f['left'], f['source']) for f in found if f['severity'] == 'error'] == [('2014-14', '11', 'b.html')] and
   {f['role'] for f in facts if f['grade'] == 'broken'} == {'duplicate'}, 'the broken sum of a version that does not stand is said', found)
facts, found, _, _ = run(report(bad) + report(bad, source='b.html'), status=1)
ok([(f['check'], f['source']) for f in found] == [('2014-14', 'a.html'), ('G-01', 'b.html')], 'that of a mirror once', found)
facts, found, _, _ = run(report(bad) + report(bad, source='b.html'), '--each-report', status=1)
ok([(f['check'], f['source']) for f in found] == [('2014-14', 'a.html'), ('2014-14', 'b.html'), ('G-01', 'b.html')],
   'twice if each report is to be judged by itself', found)

two = report(A) + report(B)
facts, found, _, _ = run(two)
ok([f['role'] for f in facts] == ['main'] * 13 + ['duplicate'] * 13, 'a page that came twice is two reports')

G = dict(body_kind='government', body='样本区政府', scope='region')
O = dict(body_kind='government_office', body='样本区政府办公室', scope='region', source='o.html')
facts, found, _, _ = run(report(A, **G) + report(B, **O) + [fact('complaints.total', 1, **{**O, 'scope': 'own'})])
ok(roles(facts, 'a.html') == {'main'} and [f['role'] for f in facts if f['source'] == 'o.html'] == ['duplicate'] * 13 + ['main'],
   'an office beside its government for one territory is a duplicate, its own figures are not')
ok('G-03' in checks(found), 'it is said', found)
# Its own output again: the same roles and findings.
once = [dict(r, year='2017') for r in report(A, '2018-01-20', **G) + report(B, '2018-03-01', **{**G, 'source': 'b.html'})] + \
    [dict(r, year='2017') for r in report(A, '2018-01-20', **O) + report(B, '2018-03-01', **{**O, 'source': 'p.html'})]
facts, found, _, _ = run(once)
again, refound, _, _ = run([{k: f[k] for k in HEADER} for f in facts])
ok([f['role'] for f in facts] == [f['role'] for f in again] and found == refound and {'G-01', 'G-02', 'G-03'} <= set(checks(found)),
   'validated again its output stays as it is, and so do the findings', (found, refound))

facts, found, _, _ = run(report(A, **G) + report(A, **{**G, 'body': '样本区人民政府', 'source': 'b.html'}))
ok(roles(facts, 'b.html') == {'duplicate'}, 'a government under two names gives its territory once')
facts, found, _, _ = run(report(A, '2017-01-20', **G) +
                         report(B, '2017-03-01', **{**G, 'body': G['body'].replace('政府', '人民政府'), 'source': 'b.html'}))
ok(roles(facts, 'a.html') == {'duplicate'} and roles(facts, 'b.html') == {'main'} and 'G-02' in checks(found),
   'a government with and without 人民 is one: its later version stands', found)
facts, found, _, _ = run([dict(r, body=name, source=name) for name in ('样本地区行署', '样本地区行政公署') for r in report(A, **G)])
ok({f['role'] for f in facts if f['source'] == '样本地区行署'} == {'duplicate'} and 'G-01' in checks(found),
   'so is one under any two endings that bodies.csv has for a government', found)
facts, found, _, _ = run(report(A, **G) + report(B, **{**O, 'year': '2017'}) + report(B, **{**O, 'region': '110102'}))
ok(all(f['role'] == 'main' for f in facts) and not found, 'another year or region is no duplicate', found)


def y2019(year, new, carried_in, total, carried_out, **more):
    c = dict(form='2019', year=str(year), column='total', source=f'{year}.html', **more)
    return [fact('requests.new', new, **c), fact('requests.carried_in', carried_in, **c),
            fact('requests.result.total', total, **c), fact('requests.carried_out', carried_out, **c)]


facts, found, _, _ = run(y2019(2021, 10, 4, 13, 1) + y2019(2019, 20, 0, 18, 2) + y2019(2020, 5, 2, 3, 4), status=0)
ok(checks(found) == ['X-61'], 'years in any order: 2020 against 2019 holds; form 2019 for 2021 is said', found)
rows = [dict(r, form='2021') for r in y2019(2021, 10, 3, 12, 1)] + y2019(2020, 5, 2, 3, 4)
facts, found, _, _ = run(rows, status=1)
ok(checks(found) == ['2021-17'] and (found[0]['left'], found[0]['right'], found[0]['year']) == ('3', '4', '2021'),
   'carried in is not what was carried out of the year before', found)
ok({(f['year'], f['indicator']) for f in facts if f['grade'] == 'broken'} ==
   {('2021', 'requests.carried_in'), ('2020', 'requests.carried_out')}, 'both cells are broken')
facts, found, _, _ = run([dict(r, form='2021', year='2022') for r in y2019(2022, 10, 3, 12, 1)] + y2019(2020, 5, 2, 3, 4))
ok(not found, 'a year between is not the year before', found)

facts, found, _, _ = run(report(A) + report(A, year='2017', source='b.html'), status=1)
ok(checks(found) == ['G-04'] and found[0]['year'] == '2017', 'the numbers of last year again', found)
ok({f['checks'] for f in facts if f['source'] == 'b.html'} == {'G-04'} and {f['checks'] for f in facts if f['source'] == 'a.html'} == {''},
   'which each of its facts tells', facts)
# The year of a report is that of all its figures.
years = [fact('report.' + name, '', origin='page', role='', grid='', state='text', label=year) for name, year in
         (('title_year', '2016'), ('period_year', '2015'))]
facts, found, _, _ = run(report(A) + years + [fact('capacity.staff', 4, origin='prose', role='second', period='2015', grid='')], status=1)
ok([f['check'] for f in found] == ['X-59'] and {(f['grade'], f['checks']) for f in facts if f['role'] == 'main'} == {('broken', 'X-59')} and
   facts[-1]['checks'] == '', 'where the years of title and period differ every figure is broken, but those of other years', (facts, found))
with tempfile.NamedTemporaryFile('w', suffix='.csv') as v:
    v.write('fingerprint,verdict\n' + run(report(A) + years, '--fingerprints')[1][0]['fingerprint'] + ',dismissed\n')
    v.flush()
    facts, found, _, _ = run(report(A) + years, '--verdicts', v.name, status=0)
    ok(not found and 'broken' not in {f['grade'] for f in facts}, 'unless somebody looked and saw that it is right', facts)
facts, found, _, _ = run(report([0] * 10) + report([0] * 10, year='2017', source='b.html'), status=0)
ok(not found, 'noughts may come again', found)

years = [report([100 + k, 80, 10, 4, 6, 10 + k, 3, 3, 2 + k, 40], year=str(2013 + k), source=f'{k}.html') for k in range(5)]
jump = report([9000, 80, 10, 4, 6, 16, 3, 3, 9, 40], year='2018', source='j.html')
facts, found, _, _ = run(sum(years, []) + jump, '--fail-on', 'error', status=0)
ok([(f['check'], f['indicator'], f['left']) for f in found if f['check'] == 'G-05'] == [('G-05', 'proactive.total', '9000')],
   'a jump out of the band of the other years', found)

# Two errors, a total that is not its parts in either year
two = [f for y in ('2016', '2018') for f in report([100, 80, 10, 11, 6, 16, 3, 3, 2, 40], year=y, source=y)]
for level, status in ('error', 1), ('error:2', 1), ('error:3', 0), ('info:2', 1), ('warning:3', 0), ('never', 0):
    _, found, _, _ = run(two, '--fail-on', level, status=status)
    ok([f['severity'] for f in found] == ['error'] * 2, f'--fail-on {level}: all findings are written', found)
for level in 'error:', 'error:0', 'error:x', 'error:1:2', 'never:1', 'grave', '':
    status, _, said = filters.run('validate', '--fail-on', level)
    ok(status == 2 and said.startswith(f"validate: '{level}' is no severity"), f"--fail-on '{level}' is refused", said)

facts, found, _, err = run(report(A) + report(A, body='别的局') + report(B, year='2017', source='c.html'))
ok('by-body' in err and err.count('by-body') == 1, 'a return to a closed body is said', err)
facts, found, _, err = run(report(A) + report(A, region='110102') + report(B, year='2017', source='c.html'))
ok('by-body' in err, 'a return to a closed region is said', err)
facts, found, _, err = run(report(A) + report(A, body='别的局') + report(A, region='110102'))
ok('by-body' not in err, 'sorted input is not', err)

facts, found, _, _ = run([dict(r, region='') for r in report(A) + report(B, source='b.html') + report(A, year='2017', source='c.html')])
ok(all(f['role'] == 'main' for f in facts) and not found, 'bodies of one name without a region are not one body', found)

facts, found, rejects, _ = run(report(A) + report(A, body='别的局'), '--max-body', '1500', status=1)
ok(not facts and len(rejects) == 26, 'a body over the limit is rejected whole', f'{len(facts)} {len(rejects)}')
facts, found, rejects, _ = run(report(A) * 3 + report(A, body='别的局'), '--max-body', '5000', status=1)
ok(len(facts) == 13 and len(rejects) == 39 and 'max-body' in rejects[0]['reason'], 'the next one is worked on')

# Two sheets on one page: the territory and the body itself
own = [dict(r, scope='own', table=2, value=v) for r, v in zip(report(A)[1:], [10, 8, 1, 1, 0, 1, 1, 1, 1, 4, 0, 0])]
facts, found, _, _ = run([dict(r, scope='region') for r in report(A)] + own, status=0)
ok(not found, 'two sheets of two scopes: each by itself', found)
own[2]['value'] = 5
facts, found, _, _ = run([dict(r, scope='region') for r in report(A)] + own, status=1)
ok([(f['check'], f['left'], f['right'], f['table']) for f in found if f['severity'] == 'error'] == [('2014-14', '5', '1', '2')],
   'a sum that does not close in the second', found)
ok([f['grade'] for f in facts if f['indicator'] == 'requests.received'] == ['proved', 'broken'], 'breaks the cells of that sheet')
facts, found, _, _ = run(report(A) + [fact('training.courses', 7, role='second', table=2), fact('training.courses', 2, role='second', table=3)])
ok([f['grade'] for f in facts if f['indicator'] == 'training.courses'] == ['consistent', 'assumed', 'consistent'],
   'said again with another number is not to be believed')

# A mirror of both sheets, and a year before: never a cell of one against a cell of the other.
both = [dict(r, scope='region') for r in report(A)] + [dict(r, scope='own', table=2) for r in report(B)[1:]]
facts, found, _, _ = run(both + [dict(r, source='b.html') for r in both], status=0)
ok(checks(found) == ['G-01'] and roles(facts, 'b.html') == {'duplicate'}, 'a mirror of two sheets differs in nothing', found)
before = y2019(2020, 50, 2, 12, 40, scope='region') + y2019(2020, 5, 2, 3, 4, scope='own', table=2)
for carried_in, scope, want in ((4, 'own', []), (40, 'region', []), (40, 'own', ['2021-17']), (9, 'tier', [])):
    now = [dict(r, form='2021', scope=scope) for r in y2019(2021, 10, carried_in, 9 + carried_in, 1)]
    facts, found, _, _ = run(before + now)
    ok(checks(found) == want, f'two sheets before, that of scope {scope} now, {carried_in} carried in: {want}', found)
    facts, found, _, _ = run([r for r in before if r['scope'] != 'own'] + now)
    ok(checks(found) == [], f'the territory before, that of scope {scope} now, {carried_in} carried in', found)

# The territory on one page, the government's own tier on another: neither is a version of the other.
T = dict(G, scope='tier')
region, tier = report(A, '2017-01-20', **G), report([v // 2 for v in A], '2017-03-01', **{**T, 'source': 't.html'})
tier[0]['scope'] = 'region'  # of a page whose title says nothing else
facts, found, _, _ = run(region + tier + report(B, '2017-01-10', **{**G, 'source': 'b.html'}) +
                         report(A, '2017-01-10', **{**T, 'source': 'u.html'}))
ok([{f['role'] for f in facts if f['source'] == s and f['origin'] == 'table'} for s in ('a.html', 't.html', 'b.html', 'u.html')] ==
   [{'main'}, {'main'}, {'duplicate'}, {'duplicate'}], 'the later version of each sheet stands', found)
ok([f['role'] for f in facts if f['indicator'] == 'report'].count('main') == 1, 'they are counted as one report')
ok([(f['check'], f['source']) for f in found] == [(c, s) for s in ('b.html', 'u.html') for c in ('G-01', 'G-02')],
   'only the versions are said to be the same again', found)
page = lambda source, **more: [fact('report', 1, origin='page', grid='', source=source, **more)]
told = lambda source, code, value, **more: fact(code, value, source=source, origin='prose', grid='', **more)
facts, found, _, _ = run(report(A, **G, source='a.html') + page('p.html', **G) + [told('p.html', 'requests.received', 7, **T)])
ok([f['role'] for f in facts if f['source'] == 'p.html'] == ['duplicate', 'main'], 'a text that speaks of the tier is no duplicate of the territory')
facts, found, _, _ = run(report(A) + page('p.html') + [told('p.html', 'complaints.total', 7), told('p.html', 'litigation.total', 1)] +
                         page('q.html') + [told('q.html', 'complaints.total', 7), told('q.html', 'review.total', 2)])
ok([(f['source'], f['indicator']) for f in facts if f['origin'] == 'prose' and f['role'] == 'main'] ==
   [('p.html', 'complaints.total'), ('p.html', 'litigation.total'), ('q.html', 'review.total')],
   'two texts beside the tables: what both give is main once', facts)
# The territory from two bodies: tables before text, and then the government's own; tables are one whole, text is a few cells.
office = {k: v for k, v in O.items() if k != 'source'}
given = lambda facts, source: {f['indicator'] for f in facts if f['source'] == source and f['role'] == 'main'}
facts, found, _, _ = run(report(A, **G) + report(A, **O) + [told('p.html', 'requests.received', 7, **office), told('p.html', 'complaints.total', 7, **office)])
ok(given(facts, 'o.html') == set() and given(facts, 'p.html') == {'complaints.total'},
   'tables beside those of the government are a duplicate as a whole; of a text only what the government gave', facts)
text = page('p.html', **G) + [told('p.html', 'requests.received', 12, **G), told('p.html', 'complaints.total', 7, **G),
                              told('p.html', 'requests.received.online', 40, column='percent', unit='%', **G)]
facts, found, _, _ = run(text + report(A, **O))
ok(given(facts, 'p.html') == {'complaints.total', 'requests.received.online'} and given(facts, 'o.html') == set(CELLS) | {'report'},
   'the table of an office stands for the text of its government, which gives the rest, and the report is counted once', facts)
ok([(f['check'], f['source']) for f in found] == [('G-03', 'o.html')] and 'for 1 of its figures' in found[0]['message'], 'which is said', found)
ok([(f['indicator'], f['column'], f['value']) for f in facts] == [(r['indicator'], r['column'], str(r['value'])) for r in text + report(A, **O)],
   'the order of the facts is as it was')
again, refound, _, _ = run([{k: f[k] for k in HEADER} for f in facts])
ok([f['role'] for f in facts] == [f['role'] for f in again] and found == refound, 'and stays so', refound)
facts, found, _, _ = run(text + report(A, **{**O, 'year': '2017'}) + report(A, **{**O, 'region': '110102'}))
ok(all(f['role'] in ('main', '') for f in facts) and not found, 'not in another year or region', found)
office_own = [dict(r, scope='own') if r['indicator'] == 'report' else r for r in report(A, **O)]
facts, found, _, _ = run(text + office_own)
ok(given(facts, 'p.html') == {'report', 'complaints.total', 'requests.received.online'} and given(facts, 'o.html') == set(CELLS) | {'report'},
   'a report that is counted elsewhere stands for none that is counted under the territory', facts)
second = [dict(r, body='样本政府', source='q.html') for r in text]
facts, found, _, _ = run(text + second + report(A, **O))
ok(given(facts, 'p.html') == {'complaints.total', 'requests.received.online'} and given(facts, 'q.html') == set() and
   given(facts, 'o.html') == set(CELLS) | {'report'}, 'also where another body came between', facts)
# Where the two differ, which and by how much; what is about so much differs from nothing.
def differ(rows):
    return [(f['indicator'], f['left'], f['right'], f['delta'], f['message'].rpartition(' of the other; ')[2]) for f in run(rows)[1] if f['check'] == 'G-03']


wrong = page('p.html', **G) + [told('p.html', 'requests.received', 12, **G), told('p.html', 'capacity.staff', 4, **G), told('p.html', 'training.courses', 2, **G)]
ok(differ(wrong + report(A, **O)) == [('requests.received', '10', '12', '-2', '2 figures differ')], 'where text and table differ it is said', differ(wrong + report(A, **O)))
ok(differ(wrong[:1] + [dict(wrong[1], state='about')] + wrong[3:] + report(A, **O))[0][1:4] == ('', '', ''), 'but not of what agrees or is about so much')
ok(differ(report(A, **G) + report(B, **O)) == [('requests.received', '11', '10', '1', '3 figures differ')], 'of two tables, too', differ(report(A, **G) + report(B, **O)))
ok(differ(report(A, **G) + page('o.html', **office) + [told('o.html', 'requests.received', 7, **office)])[0][:4] == ('requests.received', '7', '10', '-3'), 'and of an office\'s text')
ok(differ(report(A, **G) + [dict(r, scope='tier') for r in report(B, **O)] + report(A, **{**T, 'body': '样本政府', 'source': 'q.html'}))[0][4] == '3 figures differ',
   'a tier is held against a tier')
ok(differ(report(A, **{**G, 'year': '2017'}) + report(A, **G) + report(B, **{**O, 'year': '2017'}))[0][3] == '1', 'and a year against itself')
facts, found, _, _ = run(wrong + report(A, **O))
again, refound, _, _ = run([{k: f[k] for k in HEADER} for f in facts])
ok(found == refound, 'validated again the same differs', refound)

# What has no room waits for none.
more = [told('p.html', 'complaints.total', 7, **{**G, 'year': str(year)}) for year in range(2005, 2015)]
facts, found, rejects, _ = run(text + more + [dict(r, body='样本政府') for r in second + more] + report(A, **O), '--max-body', '5000')
first = [f for f in facts if f['body'] == '样本区政府' and f['year'] == '2016']
ok(not rejects and given(first, 'p.html') == {'report', 'requests.received', 'complaints.total', 'requests.received.online'} and
   given(facts, 'o.html') == set(CELLS) - {'requests.received'} and '11 it lacks' in found[-1]['message'],
   'of what was written for want of room, the table gives what it lacks', (facts, found, rejects))
facts, found, _, _ = run(text + [told('o.html', 'requests.received', 7, **office), told('o.html', 'review.total', 1, **office)])
ok(given(facts, 'p.html') >= {'report', 'requests.received'} and given(facts, 'o.html') == {'review.total'}, 'of two texts that of the government comes first', facts)
facts, found, _, _ = run(text + report(A, region='110102') + text)
ok(len(facts) == 2 * len(text) + 13, 'nothing that is held is lost', facts)
facts, found, _, _ = run(text + [told('o.html', 'requests.received.online', 41, column=c, unit='%', **office) for c in ('percent', 'growth')])
ok([f['role'] for f in facts if f['source'] == 'o.html'] == ['duplicate', 'main'], 'a share is given once, and is no growth', facts)
facts, found, _, _ = run(report(A, **G) + page('p.html', **G) + page('q.html', **G) + [told(p, 'complaints.total', v, column='percent', unit='%', **G) for p, v in (('p.html', 4), ('q.html', 5))])
ok([f['role'] for f in facts if f['column'] == 'percent'] == ['main', 'duplicate'], 'of two texts beside the tables, too', facts)
facts, found, _, _ = run(page('p.html', **G) + report(A, **O))
ok(given(facts, 'p.html') == {'report'} and given(facts, 'o.html') == set(CELLS) and checks(found) == ['G-06'],
   'beside a government\'s page without a number its office gives all of them, and the report is counted once', facts)
facts, found, _, _ = run(page('p.html', **G) + page('q.html', **{**G, 'year': '2017'}) + [told('q.html', 'complaints.total', 0, **{**G, 'year': '2017'})])
ok(checks(found) == ['G-06'] and found[0]['severity'] == 'warning' and found[0]['source'] == 'p.html',
   'a report without a number is said, and one with a 0 is none', found)
facts, found, _, _ = run(page('p.html', **G) + [{**fact(c, '', **{**G, 'source': 'p.html'}), 'state': 'blank'} for c in CELLS])
ok(checks(found) == ['G-06'], 'blank cells are no numbers', found)
facts, found, _, _ = run([{**fact(c, '', **{**G, 'source': 'p.html'}), 'state': 'blank'} for c in CELLS[:2]])
ok(not found, 'of facts without the report\'s own nobody knows what else it gave', found)
facts, found, _, _ = run(report(A, **T) + report(B, **{**O, 'scope': 'tier'}) + [told('o.html', 'complaints.total', 7, **{**office, 'scope': 'own'})])
ok(given(facts, 'o.html') == {'complaints.total'} and 'G-03' in checks(found), 'a government\'s own tier, too, is given once a year', found)

# What nobody knows the scope of is in no sum, so it takes no other's place in them.
unclear = report(B, '2017-03-01', **{**G, 'scope': 'unclear', 'source': 'u.html'})
facts, found, _, _ = run(report(A, '2017-01-20', **G) + unclear)
ok(roles(facts, 'a.html') == {'main'} and roles(facts, 'u.html') == {'duplicate'} and 'G-02' in checks(found),
   'a report of unclear scope stands for none of a known one, even if it is later', found)

facts, found, _, _ = run(report(A, **{**G, 'scope': 'unclear'}) + page('p.html', **G) + [told('p.html', 'requests.received', 7, **G)])
ok([f['role'] for f in facts if f['source'] == 'p.html'] == ['main', 'main'], 'nor do its tables for a text of a known one', facts)
facts, found, _, _ = run(page('p.html', **G) + [told('p.html', 'requests.received', 7, **G), told('p.html', 'review.total', 2, **G)] +
                         page('q.html', **T) + [told('q.html', 'complaints.total', 7, **T)])
ok([f['role'] for f in facts] == ['main', 'main', 'main', 'duplicate', 'main'], 'texts on the territory and on the tier are no versions, also if no cell is in both', facts)
mirrored = [dict(r, source=source) for source in ('a.html', 'b.html') for r in both]
facts, found, _, _ = run(mirrored)
again, refound, _, _ = run([{k: f[k] for k in HEADER} for f in facts])
ok([f['grade'] for f in again] == [f['grade'] for f in facts] and 'proved' in {f['grade'] for f in facts if f['source'] == 'b.html' and f['scope'] == 'own'},
   'the two sheets of a duplicate are told apart when it comes again', facts)

# The report is counted where it is looked for: under the territory.
for first, second in (('2017-01-20', '2017-03-01'), ('2017-03-01', '2017-01-20')):
    facts, found, _, _ = run(report(A, first, **G) + report([v // 2 for v in A], second, **{**T, 'source': 't.html'}))
    ok([f['role'] for f in facts if f['indicator'] == 'report'] == ['main', 'duplicate'], 'of the reports on the territory and on the tier the former is counted')
facts, found, _, _ = run(report(A, **T) + page('p.html', **G) + [told('p.html', 'complaints.total', 7, **G)])
ok([f['role'] for f in facts if f['indicator'] == 'report'] == ['duplicate', 'main'], 'also if it is but a text')

# Verdicts
wrong = report([100, 80, 11, 4, 6, 10, 3, 3, 2, 40])
facts, found, _, _ = run(wrong, '--fingerprints', status=1)
ok(checks(found) == ['2014-14'] and len(found[0]['fingerprint']) == 16, 'a finding has a fingerprint', found)
again, moved, _, _ = run([dict(r, source='z.html', line=99) for r in wrong], '--fingerprints')
ok(moved[0]['fingerprint'] == found[0]['fingerprint'], 'it does not depend on the place')
other, changed, _, _ = run(report([100, 80, 12, 4, 6, 10, 3, 3, 2, 40]), '--fingerprints')
ok(changed[0]['fingerprint'] != found[0]['fingerprint'], 'it does on the numbers')
with tempfile.NamedTemporaryFile('w', suffix='.csv') as v:
    for verdict, grade in (('dismissed', {'consistent'}), ('confirmed', {'broken'})):
        v.seek(0)
        v.truncate()
        v.write(f'fingerprint,verdict,note\n{found[0]["fingerprint"]},{verdict},by hand\n')
        v.flush()
        facts, left, _, err = run(wrong, '--verdicts', v.name, status=0)
        ok(not left and not err, f'{verdict}: not raised again', err)
        ok({f['grade'] for f in facts if f['indicator'] == 'requests.received'} == grade, f'{verdict}: {grade}')
    v.seek(0)
    v.truncate()
    writer = csv.DictWriter(v, list(found[0]) + ['verdict'], lineterminator='\n')
    writer.writeheader()
    writer.writerow(dict(found[0], fingerprint='', verdict='dismissed'))
    v.flush()
    facts, left, _, err = run(wrong, '--verdicts', v.name, status=0)
    ok(not left, 'a row of the findings with a verdict does as well', left)
    v.seek(0)
    v.truncate()
    v.write('fingerprint,verdict\n0123456789abcdef,perhaps\n')
    v.flush()
    status, _, said = filters.run('validate', '--verdicts', v.name)
    ok(status == 2 and ':2: ' in said, 'a verdict that is none is status 2', said)

# However many checks a fact fails, it names them all.
with tempfile.NamedTemporaryFile('w', suffix='.csv') as more:
    own = [f'own-{i}' for i in range(150)]
    more.write('id,form,severity,expression,scope\n' + ''.join(f'{name},2014,error,proactive.total = {i + 1},single\n' for i, name in enumerate(own)))
    more.flush()
    facts, _, _, _ = run([fact('proactive.total', 0)], '--checks', more.name)
    named = facts[0]['checks'].split()
    ok([name for name in named if name in own] == own, 'a fact names all the checks that it fails', len(named))
finish()
