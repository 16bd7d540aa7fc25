#!/usr/bin/env python3
"""pipelines/copied over made signatures."""
import gzip
import os
import random
import subprocess
import tempfile

from filters import csv_of, records
from tap import finish, ok, top

job = os.path.join(top, 'pipelines', 'copied')
rng = random.Random(3)
HEADER = 'region,body_kind,body,year,form,indicator,column,value,source,label'.split(',')


def signature():
    return [f'{rng.randrange(65535):04x}' for _ in range(64)]


def like(words, share):
    """A signature that has that share of words in common."""
    out = list(words)
    for i in rng.sample(range(64), 64 - round(64 * share)):
        out[i] = f'{rng.randrange(65535):04x}'
    return out


def row(region, body, year, words, source=None, kind='department'):
    return dict(region=region, body_kind=kind, body=body, year=year, form='2021', indicator='report.signature', column='value',
                value='', source=source or f'{region}-{body}-{year}.html', label=' '.join(words))


def run(rows, *options, data=None):
    text = csv_of(rows, HEADER)
    p = subprocess.run([job, *options], input=text.encode() if data is None else data, capture_output=True)
    return p.returncode, records(p.stdout.decode()), p.stderr.decode(), text


a, b = signature(), signature()
others = [row('110101', f'局{i}', 2021, signature()) for i in range(200)]
other_facts = [dict(row('110101', '局1', 2021, a), indicator='requests.new', label='x, "y"')]
status, found, err, _ = run(others + other_facts)
ok(status == 0 and not found and not err, 'nothing alike: status 0', (status, found[:2], err))
status, found, err, text = run(others + [row('110102', '甲局', 2020, a), row('110102', '甲局', 2021, like(a, 0.9)),
                                         row('110103', '乙局', 2021, like(a, 0.7)), row('110104', '丙局', 2021, like(b, 0.3)),
                                         row('110104', '丁局', 2021, b)])
ok(status == 1, 'pairs found: status 1', err)
pairs = [(f['kind'], f['body'], f['year'], f['of_body'], f['of_year']) for f in found]
ok(pairs[:2] == [('last-year', '甲局', '2021', '甲局', '2020'), ('other-body', '乙局', '2021', '甲局', '2020')], 'last year and another body', pairs)
ok(all(f['body'] not in ('丙局', '丁局') for f in found), 'three tenths are not half', pairs)
ok([85 < int(f['alike']) < 95 for f in found[:1]] == [True] and 65 < int(found[1]['alike']) < 75, 'with how much', found[:2])
ok([int(f['alike']) for f in found] == sorted((int(f['alike']) for f in found), reverse=True), 'the most alike first')
status, found, err, _ = run([row('110102', '甲局', 2020, a), row('110102', '甲局', 2020, a)])
ok(status == 0 and not found, 'one page that came twice is no pair', found)
status, found, err, _ = run([row('110102', '甲局', 2020, a, 'x.html'), row('110102', '甲局', 2020, a, 'y.html')])
ok(status == 0 and not found, 'nor is another version of one report, or a mirror', found)
status, found, err, _ = run([row('', '甲局', 2020, a, 'x.html'), row('', '甲局', 2020, a, 'y.html')])
ok(status == 1 and len(found) == 1, 'which two without a region need not be', found)
status, found, err, _ = run([row('110102', '甲局', '', a, 'x.html'), row('110102', '甲局', '', a, 'y.html')])
ok(status == 1 and found[0]['kind'] == 'same-body', 'nor two without a year', found)
status, found, err, _ = run([row('', '人民政府', 2020, a, 'x,"1".html'), row('', '人民政府', 2021, a, 'y.html')])
ok(found and found[0]['kind'] == 'other-body' and found[0]['of_source'] == 'x,"1".html', 'an unresolved region is no known body; names are quoted', found)
status, found, err, _ = run([row('110102', f'局{i:03d}', 2020, like(a, 0.98)) for i in range(420)], '--least', '99')
ok(status < 2 and 'form letter' in err, 'a form letter is said, and does not take for ever', err)
status, found, err, _ = run([], data=gzip.compress(text.encode()))
ok(status == 1 and len(found) == 3, 'gzip', (status, len(found), err))
status, found, err, _ = run([], data=b'a,b\n1,2\n')
ok(status == 2 and "'region' is not there" in err, 'no facts: status 2', (status, err))
for args in ([], ['-']):
    p = subprocess.run([job, *args], input=b'a,b\n1,2\n', capture_output=True)
    ok(p.returncode == 2 and not p.stdout, 'and nothing is written', (p.returncode, p.stdout))
p = subprocess.run([job], input=b'', capture_output=True)
ok(p.returncode == 0 and p.stdout.startswith(b'alike,') and p.stdout.count(b'\n') == 1, 'of nothing there is the header', p.stdout)
packed = gzip.compress(text.encode() * 40)
status, found, err, _ = run([], data=packed[:-len(packed) // 3])
ok(status == 3, 'gzip cut short: status 3', (status, err))
with open('/dev/full', 'wb') as full:
    p = subprocess.run([job], input=text.encode(), stdout=full, stderr=subprocess.PIPE)
ok(p.returncode == 3 and b'awk' not in p.stderr, 'a full disk: status 3', (p.returncode, p.stderr))
ok(run([], '--least', 'x')[0] == 2 and run([], 'no-such-file')[0] == 3 and run([], data=b'')[0] == 0, 'misuse, no file, nothing')
with tempfile.TemporaryDirectory() as tmp:
    path = os.path.join(tmp, 'out')
    status, found, err, _ = run([row('110102', '甲局', 2020, a), row('110102', '乙局', 2020, a)], '-o', path)
    ok(status == 1 and open(path).read().count('\n') == 2 and os.listdir(tmp) == ['out'], 'into a file')
finish()
