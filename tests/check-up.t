#!/usr/bin/env python3
"""pipelines/check-up as an office would use it."""
import os
import re
import subprocess
import sys
import tempfile

from tap import bin_, finish, ok, top

os.environ['XXGK_BIN'] = bin_
del os.environ['XXGK_LANG']
fixtures = os.path.join(top, 'fixtures')


def check_up(*args):
    p = subprocess.run([os.path.join(top, 'pipelines', 'check-up'), *args], capture_output=True)
    return p.returncode, p.stdout.decode(), p.stderr.decode()


def page(name):
    return os.path.join(fixtures, name)


status, out, err = check_up(page('form-liaoning.txt'))
ok(status == 1 and '不宜发布' in out and not err, 'a sum that does not close: may not be published', (status, out, err))
ok('申请答复数 103' in out and '= 203' in out and '第581行' in out, 'both sides and the line', out)
ok('可能是' in out and '重复计入' in out, 'what the mistake may be', out)
ok('2683' in out and '28000' in out, 'the text against the table', out)
ok(len(out.splitlines()) <= 24, 'a screenful', len(out.splitlines()))
ok('requests.' not in out and 'L15' not in out and 'liaoning-2015' not in out, 'no code names', out)
ok('表式  辽宁省2015年统计表' in out, 'the form by the name people have for it', out)
status, out, err = check_up('--lang', 'en', page('form-liaoning.txt'))
ok(status == 1 and 'not to be published: 1 wrong' in out and 'line 581' in out, 'in English', out)
status, out, err = check_up(page('form-2021.txt'))
ok(status == 0 and '可以发布' in out and '2021年版' in out, 'a report without fault', out)
status, out, err = check_up(page('row-per-line.txt'))
ok(status == 0 and '空白' in out and '请先补齐' in out, 'what is missing is told', out)
status, out, err = check_up(page('form-2021.txt'), page('form-liaoning.txt'), page('form-2019-county.txt'))
lines = out.splitlines()
ok(status == 1 and len(lines) == 3 and [line[0] for line in lines] == ['✓', '✗', '✓'], 'of several pages a line each, as named', out)
status, out, err = check_up('--details', 'form-liaoning.txt', page('form-2021.txt'), page('form-liaoning.txt'))
ok(status == 1 and '申请答复数 103' in out and '✓' not in out, 'and all about one', out)
with tempfile.TemporaryDirectory() as tmp:
    # Another version of the same report, and a mirror of it: each draft is judged by itself.
    draft = open(page('form-liaoning.txt'), encoding='utf-8').read()
    paths = [os.path.join(tmp, name) for name in ('a.txt', 'b.txt', 'good.txt')]
    for path, text in zip(paths, (draft, draft, open(page('form-2021.txt'), encoding='utf-8').read())):
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)
    status, out, err = check_up(*paths)
    ok(status == 1 and [line[0] for line in out.splitlines()] == ['✗', '✗', '✓'], 'a faulty draft twice is faulty twice', out)
    status, out, err = check_up('--details', 'b.txt', *paths)
    ok('申请答复数 103' in out and '一报告重复' in out, 'and its faults are told beside that it is there twice', out)
ok(check_up('--details', 'no-such', page('form-2021.txt'), page('form-liaoning.txt'))[0] == 2, 'a name that is none of them')
for lang, word in (('en', 'may be published'), ('zh', '可以发布')):
    os.environ['XXGK_LANG'] = lang
    for first in ('check-up', 'xxgk'):
        p = subprocess.run([os.path.join(top, 'pipelines', first), *['check-up'][:first == 'xxgk'], page('form-2021.txt')], capture_output=True)
        ok(word in p.stdout.decode(), f'XXGK_LANG={lang} {first}: in that language', p.stdout.decode()[:200])
del os.environ['XXGK_LANG']
p = subprocess.run([os.path.join(top, 'pipelines', 'xxgk'), 'check-up', page('form-2021.txt')], capture_output=True, env={**os.environ, 'LC_ALL': 'C'})
ok('可以发布' in p.stdout.decode(), 'xxgk check-up in the locale C: in Chinese, as without xxgk')
with tempfile.TemporaryDirectory() as tmp:
    def write(name, text):
        path = os.path.join(tmp, name)
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)
        return path

    status, out, err = check_up(write('note.txt', '关于停水的通知\n明日停水。\n'))
    ok(status == 1 and out.splitlines()[0] == '年报体检' and out.splitlines()[2].endswith('无法体检：页面没有谈到政府信息公开'),
       'a page that is no report, all in Chinese', (status, out, err))
    status, out, err = check_up('--last-year', write('none.csv', 'no facts\n'), page('form-2021.txt'))
    ok(status == 2 and '没有事实' in err and not out, 'last year without a fact is no last year', (status, out, err))
    ok(check_up(os.path.join(tmp, 'none'))[0] == 3, 'a page that is not there')
    status, out, err = check_up(page('form-2021.txt'), os.path.join(tmp, 'none'), tmp, page('form-liaoning.txt'))
    ok(status == 3 and [line[0] for line in out.splitlines()] == ['✓', '✗', '✗'] and f'{tmp}  无法体检：打不开或读不出' in out and "check-up: cannot open '" + tmp + "/none'" in err.replace('无法打开', 'cannot open')
       and f"'{tmp}'" in err, 'of several pages two of which cannot be read the others are told', (status, out, err))
    os.mkdir(os.path.join(tmp, 'tables'))
    write('tables/checks.csv', 'broken\n')
    status, out, err = check_up('--tables', os.path.join(tmp, 'tables'), page('form-2021.txt'))
    ok(status == 2 and 'checks.csv' in err, '--tables are those of the filters', (status, out, err))
    os.mkdir(os.path.join(tmp, 'own'))
    for header, row, form in (('form,first_year,last_year,label_zh', '2021,2021,,样本表', '样本表'), ('form,first_year,last_year', '2021,2021,', '2021')):
        write('own/editions.csv', f'{header},note\n{row},\n')
        out = check_up('--tables', os.path.join(tmp, 'own'), page('form-2021.txt'))[1]
        ok(f'表式  {form}；' in out, 'a form is called what its table says, or by its code', out)
    # A made page with all its numbers taken out of the table.
    subprocess.run([sys.executable, os.path.join(top, 'tests/generate/report.py'), '--seed', '9', '--count', '1', '--form', '2021',
                    '--layout', 'html-bare', '--out', tmp, '--truth', os.path.join(tmp, 'truth.csv')], check=True)
    made = next(os.path.join(tmp, name) for name in os.listdir(tmp) if name.endswith('.html'))
    whole = open(made, encoding='utf-8').read()
    ok(check_up(made)[0] == 0, 'a made page may be published', check_up(made))
    status, out, err = check_up(write('blank.html', re.sub(r'>\s*[0-9.]+\s*</td>', '></td>', whole)))
    ok(status == 1 and '没有一个数字' in out, 'one without a number may not', (status, out, err))
    status, out, err = check_up(write('attached.html', '<meta charset=utf-8><h1>铁岭县人民政府2022年政府信息公开工作年度报告</h1>'
                                      '<p>附件：年度报告.pdf</p>'))
    ok(status == 1 and '年报中没有一个数字' in out and '附件' in out, 'nor one that is not on its page', (status, out, err))
    status, out, err = check_up(write('read.html', re.sub(r'>\s*[0-9]+\s*</td>(?!.*<td)', '>3B8</td>', whole, flags=re.S)))
    ok(status == 1 and '1格填的不是数字' in out and '空白' not in out, 'a cell that is no number is not called blank', (status, out, err))
    tables = re.findall(r'<table.*?</table>', whole, re.S)
    status, out, err = check_up(write('table.html', whole.replace(tables[-1], '')))
    ok(status == 1 and '缺' in out and '不宜发布' in out, 'one of its tables is not there', (status, out, err))
    status, out, err = check_up(write('blanks.html', re.sub(r'>\s*[0-9]+\s*</td>(?!.*<td)', '></td>', whole, flags=re.S)))
    ok(status == 0 and '空白1格' in out and '空白格' in out, 'a blank cell is told', (status, out, err))
    # Last year: the same page a year younger, its carry-over changed.
    text = open(page('form-2019-county.txt'), encoding='utf-8').read()
    before = write('before.txt', text)
    after = write('after.txt', text.replace('2019年', '2020年').replace('2020-', '2021-'))
    facts = os.path.join(tmp, 'facts.csv')
    subprocess.run(f'extract "{before}" | normalize | classify | validate -q --exit-zero >"{facts}"', shell=True, check=True)
    status, out, err = check_up('--last-year', facts, after)
    ok('已与 2019 年报告对照' in out and '上年结转' in out, 'last year is held against', (status, out, err))
    status, out, err = check_up('--last-year', facts, page('form-2021.txt'))
    ok('没有本机关 2020 年的报告' in out, 'if it is there', out)
ok(check_up()[0] == 2 and check_up('--lang', 'fr', 'x')[0] == 2 and check_up('--help')[0] == 0, 'misuse, help')
finish()
