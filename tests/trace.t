#!/usr/bin/env python3
"""extract --trace: the offset of a piece is where it begins in the bytes of its page, also in one of a single line; the
digest is the page's; captured is what a WARC says; and all three come through to the facts."""
import csv
import glob
import hashlib
import html
import io
import json
import os
import re
import subprocess

from tap import finish, ok, top

os.chdir(top)
COLUMNS = ['offset', 'digest', 'captured']


def run(command, data=b''):
    p = subprocess.run(['bash', '-c', command], input=data, capture_output=True, check=False)
    return list(csv.DictReader(io.StringIO(p.stdout.decode()))), p


def charset(pieces):
    return re.search(r'charset=(\S+)', pieces[0]['text'])[1]


def line_of(page, offset):
    return len(re.findall(rb'\r\n|\n|\r', page[:offset])) + 1


def seen(page, offset, coding):
    """What shows first at an offset of a page of HTML: a tag that is text, or what stands behind tags and references."""
    rest = page[offset:offset + 4000].decode(coding, 'replace')
    return rest if rest.startswith('<table><tr') else html.unescape(re.sub(r'<!--.*?-->|<[^>]*>', '', rest, flags=re.S)).strip(' \t\r\n\f\u3000\xa0')


placed = wrong = lines = bare = 0
without = {}
said = []
for path in sorted(glob.glob('fixtures/html/*.html')):
    whole = open(path, 'rb').read()
    for page in whole, re.sub(rb'[\r\n]+', b' ', whole):
        pieces, _ = run('extract -q --trace', page)
        coding = charset(pieces)
        exact = coding in ('utf-8', 'gb18030') and 'recoded' not in pieces[0]['text']
        bare += any(p['offset'] for p in pieces) != exact
        for p in pieces:
            if not exact or p['kind'] not in ('text', 'cell') or not p['text']:
                continue
            # Lines that were taken apart once more say no place.
            if p['offset'] == '':
                without[path] = without.get(path, 0) + 1
                continue
            at = int(p['offset'])
            lines += line_of(page, at) != int(p['line'])
            placed += 1
            if seen(page, at, coding)[:1] != p['text'][0]:
                wrong += 1
                said.append(f"{path} {at}: {seen(page, at, coding)[:10]!r} is not {p['text'][:10]!r}")
ok(placed > 9000 and wrong == 0, f'a piece begins at its offset ({wrong} of {placed} do not)', *said[:20])
ok(sum(without.values()) * 12 < placed and not any(n > 400 for n in without.values()), 'only lines that were taken apart once more have none', without)
ok(lines == 0, f'and on its line ({lines} do not)')
ok(bare == 0, f'pages that are read as a copy in UTF-8 have no offsets ({bare} differ)')

# A report in one cell is parted at its headings: of the first part it is known where it begins, of the others not.
essay = '2013年，我镇认真做好政府信息公开。全年主动公开政府信息123件。' + '工作中还有不足，下一步将加以改进。' * 8
page = f'<table><tr><td>索引号<td>1<tr><td colspan=2>一、概述 {essay} 二、依申请公开情况 {essay}</table>'.encode()
pieces, _ = run('extract -q --trace', page)
parts = [p for p in pieces if p['kind'] == 'text']
ok(len(parts) > 2 and [p['offset'] != '' for p in parts] == [True] + [False] * (len(parts) - 1) and
   seen(page, int(parts[0]['offset']), 'utf-8').startswith('一、概述'), 'a report in one cell', parts)

text = '2016年官渡区水务局政府信息公开年度报告\r\n收到申请数 | 件 | 3 |\r办结数 | 件 | 2 |\n　全年没有收费。\n'
for coding, mark in ('utf-8', b''), ('gb18030', b''), ('utf-8', b'\xef\xbb\xbf'):
    page = mark + text.encode(coding)
    pieces, _ = run('extract --trace', page)
    ok([line_of(page, int(p['offset'])) for p in pieces] == [int(p['line']) for p in pieces] and
       {page[int(p['offset']) - 1:int(p['offset'])] for p in pieces} <= {b'', b'\n', b'\r', mark[-1:]},
       f'in a text of {coding} it is where the line begins', pieces)
ok(not any(p['offset'] for p in run('extract --trace', text.encode('utf-16'))[0]), 'in UTF-16 nothing is said')

# Lengths about the ends of the blocks of 64 bytes, and the two blocks the end may take
for n in list(range(1, 200)) + [1000, 65535]:
    page = b'x' * n
    for data in (page,):
        pieces, _ = run('extract -q --trace', data) if n % 7 == 0 or 54 < n < 66 or 118 < n < 130 else ([], None)
        if any(p['digest'] != hashlib.sha256(data).hexdigest() for p in pieces):
            ok(False, f'the digest of {n} bytes', pieces[0])
            break
else:
    ok(True, 'the digest is SHA-256')
path = 'fixtures/form-2021.txt'
pieces, _ = run(f'gzip -c {path} | extract -q --trace')
ok({p['digest'] for p in pieces} == {hashlib.sha256(open(path, 'rb').read()).hexdigest()}, 'of a gzipped page it is that of what is in it')


def record(body, date):
    response = b'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n' + body
    head = f'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.gov.cn/1\r\n{date}' \
           f'Content-Type: application/http\r\nContent-Length: {len(response)}\r\n\r\n'
    return head.encode() + response + b'\r\n\r\n'


bodies = [open(path, 'rb').read(), open(path, 'rb').read().replace(b'242', b'243'), open(path, 'rb').read()]
warc = b''.join(record(b, d) for b, d in zip(bodies, ('WARC-Date: 2022-01-30T08:00:00Z\r\n', 'WARC-Date: 2022-02-14T08:00:00Z\r\n',
                                                      'WARC-Date: \x1b[2J soon\r\n')))
facts, p = run(f'extract -q --trace | normalize -q | classify -q | {top}/pipelines/by-body | validate -q', warc)
ok(p.returncode < 2 and list(facts[0])[:3] == COLUMNS, 'the columns come through to the facts', p.stderr.decode())
for body, day in zip(bodies[:2], ('2022-01-30T08:00:00Z', '2022-02-14T08:00:00Z')):
    values = {f['value'] for f in facts if f['captured'] == day and f['value'] in ('242', '243')}
    digests = {f['digest'] for f in facts if f['captured'] == day}
    ok(digests == {hashlib.sha256(body).hexdigest()} and values == {'242' if b'242' in body else '243'},
       f'which capture of an address a number is from: {day}', values, digests)
ok(any(f['captured'] == '' for f in facts), 'what is no time is none')
# Of two captures of one page, which say the same day of publication, the later one stands, in whatever order they come; of
# two pages the later capture is no later version.
path = 'fixtures/form-2019-county.txt'
new = open(path, 'rb').read()
old = new.replace(b'| 41 | 5 | 45 | 59 | 47 | 100 | 297 |', b'| 40 | 5 | 45 | 59 | 47 | 100 | 296 |')
ok(old != new, 'a page and what it said before')
captures = [record(old, 'WARC-Date: 2020-01-30T08:00:00Z\r\n'), record(new, 'WARC-Date: 2021-05-01T08:00:00Z\r\n')]
VALIDATE = f'extract -q --trace | normalize -q | classify -q | {top}/pipelines/by-body | validate'


def totals(warc, command=VALIDATE):
    facts, p = run(command, warc)
    return {f['role']: f['value'] for f in facts if f['indicator'] == 'requests.new' and f['column'] == 'total' and f['origin'] == 'table'}, p


for order in captures, captures[::-1]:
    got, p = totals(b''.join(order))
    ok(got == {'main': '297', 'duplicate': '296'}, 'the later capture of a page stands', got)
    ok(b'http://a.gov.cn/1 2021-05-01T08:00:00Z stands for it' in p.stderr, 'and which it is is said', p.stderr.decode())
got, p = totals(b''.join(captures), VALIDATE + ' -q | validate -q')
ok(got == {'main': '297', 'duplicate': '296'}, 'again when validated again', got)
got, _ = totals(captures[0] + captures[1].replace(b'a.gov.cn/1', b'a.gov.cn/2'))
ok(got == {'main': '296', 'duplicate': '297'}, 'of two pages it is no matter', got)
got, _ = totals(captures[0].replace(b'a.gov.cn/1', b'a.gov.cn/2') + b''.join(captures))
ok(got['main'] == '297', 'nor of three', got)
for what, data in (
        ('JSON Lines', '{"url": "u", "text": "收到申请1件。", "crawled_at": "2022-01-30 08:00:00"}\n{"url": "v", "text": "收到申请2件。"}\n'),
        ('JSON', '[{"data": {"content": "收到申请1件。"}, "captured": "2022-01-30 08:00:00", "url": "u"},\n{"content": "收到申请2件。", "url": "v"}]\n'),
        ('CSV', '网址,抓取时间,正文\nu,2022-01-30 08:00:00,"收到申请1件。\n办结1件。"\nv,,"收到申请2件。\n"\n'),
        ('no time', '{"url": "u", "text": "收到申请1件。", "crawled_at": "soon, or \\u0007 late"}\n')):
    pieces, _ = run('extract -q --trace', data.encode())
    got = {(p['source'], p['captured']) for p in pieces}
    ok(got == ({('u', '')} if what == 'no time' else {('u', '2022-01-30 08:00:00'), ('v', '')}), f'{what}: a field says when a page was taken', got)
# Without --trace crawls stand in the order they were made in.
PLAIN = VALIDATE.replace(' --trace', '')
ok(totals(b''.join(captures), PLAIN)[0] == {'main': '297', 'duplicate': '296'}, 'the last of an address stands where nothing else is said')
ok(totals(b''.join(captures), PLAIN + ' -q | validate')[0] == {'main': '297', 'duplicate': '296'}, 'and again')
ok(totals(captures[0] + captures[1].replace(b'a.gov.cn/1', b'a.gov.cn/2'), PLAIN)[0]['main'] == '296', 'of two addresses the first')
lines = b''.join(json.dumps({'text': t.decode(), 'captured': day}).encode() + b'\n' for t, day in ((old, '2020-01-30'), (new, '2021-05-01')))
for command in VALIDATE, PLAIN:
    ok(totals(lines, command)[0]['main'] == '296', 'pages that have but their file in common are no captures of one')
plain, _ = run('extract -q', warc)
ok(COLUMNS[0] not in plain[0], 'without --trace there is none of it')
pieces, _ = run('extract -q --trace', '{"title": "旁边的标题", "html": "<p>正文</p>"}\n'.encode())
ok([p['offset'] for p in pieces if p['text'] == '旁边的标题'] == [''], 'a title beside the page stands nowhere on it', pieces)
finish()
