#!/usr/bin/env python3
"""Whole pages with a mistake typed in by hand: what must be found besides what is found without it."""
import os

from filters import run, validate
from tap import finish, ok, top


def cell(label, unit, value):
    """A row of a page with a cell a line."""
    return f'{label} |\n{unit} |\n{value} |'


# page, what is typed for what, checks that fail now, checks that no longer fail, what the repair must name
CASES = [
    ('tabs.txt', [('1.当面申请数\t件\t11', '1.当面申请数\t件\t21')], '2014-14', '', 'requests.received.in_person[value]=11'),
    ('tabs.txt', [('（二）被依法纠错数\t件\t4', '（二）被依法纠错数\t件\t5')], '2014-23', '', 'review.corrected[value]=4'),
    ('tabs.txt', [('主动公开规范性文件数\t条\t3', '主动公开规范性文件数\t条\t1000')], '2014-08 2014-09', '', ''),
    ('tabs.txt', [('2.兼职人员数\t人\t82', '2.兼职人员数\t人\t28')], '2014-26', '', 'capacity.staff.part_time[value]=82 swapped-digits'),
    ('tabs.txt', [('（三）申请答复数\t件\t16', '（三）申请答复数\t件\t15')], '2014-16 2014-17 2014-20', '', 'requests.answered[value]=16'),
    ('tabs.txt', [('参加新闻发布会次数\t次\t5', '参加新闻发布会次数\t次\t50')], '2014-11', '', ''),
    ('tabs.txt', [('5.不属于本行政机关公开数\t件\t0', '5.不属于本行政机关公开数\t件\t0.5')], '2014-01 2014-16 2014-17', '', ''),
    ('form-liaoning.txt', [(cell('1.按时办结数', '件', 93), cell('1.按时办结数', '件', 39))], 'L15-16', '',
     'requests.concluded.on_time[value]=93 swapped-digits'),
    ('form-liaoning.txt', [(cell('4.信函申请数', '件', 90), cell('4.信函申请数', '件', 80))], 'L15-15', '',
     'requests.received.mail[value]=90'),
    ('form-liaoning.txt', [(cell('其中:主动公开规范性文件数', '件', 3), cell('其中:主动公开规范性文件数', '件', 30000))],
     'L15-08 L15-09', '', ''),
    ('form-liaoning.txt', [(cell('不是《条例》所指政府信息', '件', 1), cell('不是《条例》所指政府信息', '件', 2))], 'L15-19', '',
     'requests.result.denied.not_government_info[value]=1'),
    ('form-liaoning.txt', [(cell('(三)申请答复数', '件', 103), cell('(三)申请答复数', '件', 203))], 'L15-21', 'L15-17', ''),
    ('form-2019-county.txt', [('41 | 5 | 45', '14 | 5 | 45')], '2019-02 2019-04', '', 'requests.new[natural_person]=41 swapped-digits'),
    ('form-2019-county.txt', [('35 | 8 | 42', '35 | 8 | 24')], '2019-02 2019-03 2019-04', '', 'requests.result.total[org.research]=42'),
    ('form-2019-county.txt', [('\n6 | 0 | 0 | 1 | 7', '\n9 | 0 | 0 | 1 | 7')], '2019-07', '', 'review.upheld[value]=6'),
    ('form-2019-county.txt', [('属于国家秘密 | 35', '属于国家秘密 | 355')], '2019-03 2019-04', '',
     'requests.result.denied.state_secret[natural_person]=35 doubled-digit'),
    ('form-2019-county.txt', [('继续办理 | 8 | 0', '继续办理 | 800 | 0')], '2019-02 2019-04 2019-06', '',
     'requests.carried_out[natural_person]=8'),
    ('form-2019-county.txt', [('2 | 0 | 0 | 0 | 2 |', '2 | 0 | 0 | 0 | 3 |')], '2019-09', '', 'litigation.after_review.total[value]=2'),
    ('leading-bar.txt', [('46 | 35 | 148', '46 | 35 | 184')], '2021-02 2021-04', '', 'requests.new[org.research]=148'),
    ('leading-bar.txt', [('(七)总计 | 51', '(七)总计 | 15')], '2021-02 2021-03 2021-04', '',
     'requests.result.total[natural_person]=51 swapped-digits'),
    ('leading-bar.txt', [('| 6 | 2 | 8 |', '| 6 | 2 | 6 |')], '2021-07 X-46', '', 'review.total[value]=8'),
    ('leading-bar.txt', [('4 | 0 | 28 |', '4 | 0 | 82 |')], '2021-02 2021-04', '', 'requests.carried_in[total]=28 swapped-digits'),
    ('leading-bar.txt', [('0 | 0 | 3 | 0 | 3 |', '0 | 0 | 3 | 0 | |')], '', '', ''),
    ('leading-bar.txt', [('46 | 35 | 148', '64 | 35 | 148'), ('仍不明确 | 0 | 0 | 6', '仍不明确 | 0 | 0 | 9')],
     '2021-02 2021-03 2021-04', '', 'requests.new[natural_person]=46'),
]


def findings(text):
    for stage in ('extract', 'normalize', 'classify'):
        text = run(stage, text=text)[1]
    _, findings, _, said = validate(text, '-q')
    return findings, said


pages, before = {}, {}
for name in {case[0] for case in CASES}:
    with open(os.path.join(top, 'fixtures', name), encoding='utf-8') as f:
        pages[name] = f.read()
    before[name] = {f['check'] for f in findings(pages[name])[0]}
for name, edits, more, less, repair in CASES:
    text = pages[name]
    for old, new in edits:
        if old not in text:
            ok(False, f'{name}: {old!r} stands on the page')
        text = text.replace(old, new, 1)
    found, err = findings(text)
    have = {f['check'] for f in found}
    what = f'{name}: {edits[0][1].splitlines()[0].strip()} {edits[0][1].split()[-1]}'.replace('\t', ' ')
    ok(have == (before[name] | set(more.split())) - set(less.split()), f'{what}: {more or "nothing"}',
       f'have {sorted(have)}, before {sorted(before[name])} {err}')
    if repair:
        told = [f['repair'] for f in found if f['check'] in more.split() and f['severity'] == 'error']
        ok(any(repair in r for r in told), f'{what}: {repair}', told)
finish()
