#!/usr/bin/env python3
"""Small tables in layouts of bodies' own: labels over one row of values, pairs side by side, a difference beside two years."""
from filters import facts_of
from tap import finish, ok

TITLE = '江西省抚州市南城县人民政府2012年政府信息公开工作年度报告'


def facts(text):
    return facts_of(text, origin='table')


def html(rows):
    cell = lambda c: f'<td colspan={c[1]}>{c[0]}</td>' if isinstance(c, tuple) else f'<td>{c}</td>'
    return f'<h1>{TITLE}</h1><table>' + ''.join('<tr>' + ''.join(map(cell, r)) + '</tr>' for r in rows) + '</table>'


def bars(rows):
    return TITLE + '\n附表\n' + ''.join('| ' + ' | '.join(map(str, r)) + ' |\n' for r in rows)


def main(rows):
    return {r['indicator']: r['value'] for r in rows if r['role'] == 'main' and r['indicator']}


def lost(rows, *numbers):
    return {str(n) for n in numbers} - {r['value'] for r in rows}


LABELS = ('主动公开信息数', '收到申请数', '当面申请数', '同意公开数', '行政复议数')
CODES = ('proactive.total', 'requests.received', 'requests.received.in_person', 'requests.result.agreed', 'review.total')
VALUES = (815, 43, 17, 28, 12)
TRUTH = dict(zip(CODES, map(str, VALUES)))

for form, say in ((html, 'in markup'), (bars, 'with bars')):
    for rows, what in (([LABELS, VALUES], 'labels over their values'),
                       ([('年度', *LABELS), ('2012年', *VALUES)], 'a year before the values'),
                       ([('年份', *LABELS), (2012, *VALUES)], 'a bare year'),
                       ([('项目', *LABELS), ('数量', *VALUES)], 'a header before the values'),
                       ([('序号', *LABELS), (1, *VALUES)], 'a serial number'),
                       ([LABELS, ('条', '件', '件', '件', '件'), VALUES], 'units between'),
                       ([LABELS[:3], VALUES[:3], (*LABELS[3:], ''), (*VALUES[3:], '')], 'two blocks')):
        found = facts(form(rows))
        ok(main(found) == TRUTH, f'{what}, {say}', found)
    found = facts(form([('年度', *LABELS), ('2011年', 800, 40, 19, 21, 10), ('2012年', *VALUES)]))
    ok(main(found) == TRUTH and {r['period'] for r in found if r['value'] in ('800', '40', '19', '21', '10')} == {'2011'},
       f'two years, one below the other, {say}', found)
    found = facts(form([('单位', *LABELS), ('县教育局', *VALUES)]))
    ok(not main(found) and not lost(found, *VALUES), f'a body of the county is not the county, {say}', found)
    found = facts(form([('单位', *LABELS), ('江西省抚州市南城县人民政府', *VALUES)]))
    ok(main(found) == TRUTH, f'the body of the title is, {say}', found)
    found = facts(form([('下列单位', *LABELS), ('甲', *VALUES), ('乙', 1, 2, 3, 4, 5)]))
    ok(not main(found) and not lost(found, *VALUES, 1, 2, 3, 4, 5), f'nor are several, {say}', found)

    pairs = [('主动公开信息数', 815, '收到申请数', 43), ('当面申请数', 17, '同意公开数', 28), ('行政复议数', 12, '', '')]
    found = facts(form(pairs))
    ok(main(found) == TRUTH, f'pairs side by side, {say}', found)
    found = facts(form([(a, '件' if b < 100 else '条', b, c, '件' if c else '', d) for a, b, c, d in pairs]))
    ok(main(found) == TRUTH, f'with units, {say}', found)
    found = facts(form([(a, b, '件' if b < 100 else '条', c, d, '件' if c else '') for a, b, c, d in pairs]))
    ok(main(found) == TRUTH, f'units behind the numbers, {say}', found)
    found = facts(form([('公开申请', *row) for row in pairs]))
    ok(main(found) == TRUTH, f'a group before the pairs, {say}', found)
    found = facts(form([(a, b, '另册', d) for a, b, _, d in pairs[:2]]))
    ok(not lost(found, 815, 43, 17, 28), f'pairs of which no form has the second label stay, {say}', found)

    for heads in (('上年数', '本年数', '增减'), ('上年同期数', '本期数', '增减量'), ('2011年', '2012年', '变化情况')):
        found = facts(form([('指标', *heads)] + [(label, n - 9, n, 9) for label, n in zip(LABELS, VALUES)]))
        ok(main(found) == TRUTH and {r['period'] for r in found if r['value'] == '34'} == {'2011'} and
           {r['indicator'] for r in found if r['value'] == '9'} == {''}, f'{"|".join(heads)}, {say}', found)
    found = facts(form([('指标', '数量', '占比')] + [(label, n, f'{n}.5%') for label, n in zip(LABELS, VALUES)]))
    ok(main(found) == TRUTH and not lost(found, '43.5'), f'a share beside the number, {say}', found)

    # Written requests are of no channel, and no requests in person, however like these are.
    for label in ('书面申请数', '1.书面申请', '书面形式申请数', '1.口头申请数', '口头申请'):
        found = facts(form([('指标', '数量'), ('收到申请总数', 43), (label, 17), ('2.传真申请数', 3), ('信函申请数', 23), ('行政复议数', 12)]))
        ok(main(found) == {'requests.received': '43', 'requests.received.fax': '3', 'requests.received.mail': '23', 'review.total': '12'} and
           not lost(found, 17), f'{label}, {say}', found)

# Two lines of text, their columns kept by blanks or tabs.
for heads, values in (('年度    收到申请数    当面申请数    信函申请数', '2012年  43            17            26'),
                      ('年度\t收到申请数\t当面申请数\t信函申请数', '2012年\t43\t17\t26')):
    found = facts(f'{TITLE}\n依申请公开情况如下：\n{heads}\n{values}\n以上为全部。\n')
    ok(main(found) == {'requests.received': '43', 'requests.received.in_person': '17', 'requests.received.mail': '26'}, 'two lines', found)

found = facts(f'{TITLE}\n依申请公开情况如下：\n收到申请数      43    当面申请数    17\n信函申请数      26    行政复议数    12\n')
ok(main(found) == {'requests.received': '43', 'requests.received.in_person': '17', 'requests.received.mail': '26', 'review.total': '12'},
   'two lines of pairs', found)

# Fees in what their label says; a change without a sign of what it is in is no growth.
for label, unit, value in (('收取的费用（元）', '元', '320'), ('收取的费用（万元）', '万元', '3.2')):
    found = facts(bars([('指标', '数量'), *zip(LABELS, VALUES), (label, value)]))
    ok([float(r['value']) * (1 if r['unit'] == '元' else 10000) for r in found if r['indicator'] == 'requests.fees'] ==
       [float(value) * (1 if unit == '元' else 10000)], label, found)
for head, value, column in (('同比', '9', ''), ('同比', '9%', 'growth'), ('增减（%）', '9', 'growth'), ('增减', '-9', '')):
    found = facts(bars([('指标', '2012年', head)] + [(a, b, value) for a, b in zip(LABELS, VALUES)]))
    ok(main([r for r in found if r['column'] != 'growth']) == TRUTH and len([r for r in found if r['column'] == 'growth']) == (5 if column else 0) and
       not lost(found, value.rstrip('%')), f'{head} {value}', found)

# A group over its labels, as spans of markup say.
found = facts(f'<h1>{TITLE}</h1><table><tr><td rowspan=2>收到申请总数<td colspan=2>其中<tr><td>当面申请<td>信函申请'
              '<tr><td>43<td>17<td>26</table>')
ok(main(found) == {'requests.received': '43', 'requests.received.in_person': '17', 'requests.received.mail': '26'},
   'a group over its labels', found)
found = facts(html([(('政府信息公开情况统计表', 3),), LABELS[:3], VALUES[:3]]))
ok(main(found) == dict(list(TRUTH.items())[:3]), 'a title over all', found)
finish()
