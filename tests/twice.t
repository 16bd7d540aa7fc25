#!/usr/bin/env python3
"""A form printed twice in text, one table below the other: the captions say which is the report's, or neither is."""
from filters import facts_of
from tap import finish, ok

LABELS = ('（一）收到申请数', '1.当面申请数', '2.传真申请数', '3.网络申请数', '4.信函申请数', '（二）申请办结数', '1.按时办结数', '2.延期办结数')


def aligned(rows):
    return [label + ' ' * (30 - 2 * len(label)) + unit + ' ' * (6 - 2 * len(unit)) + value for label, unit, value in rows]


LAYOUTS = {
    'tabs': lambda rows: ['\t'.join(row) for row in rows],
    'blanks': lambda rows: [' '.join(row) for row in rows],
    'a cell a line': lambda rows: [cell for row in rows for cell in row],
    'columns': aligned,
}


def sheet(layout, first):
    return layout([('统计指标', '单位', '统计数')] + [(label, '件', str(first + 3 * i)) for i, label in enumerate(LABELS)])


def main(*lines):
    """What the page says the county received, as the main value of its year."""
    page = '\n'.join(('江西省抚州市南城县人民政府2017年政府信息公开工作年度报告', '本报告由县政府办公室编制。', *lines, ''))
    return [f['value'] for f in facts_of(page, indicator='requests.received', role='main', scope='region', period='')]


OWN = '政府信息公开情况统计表'
for name, layout in LAYOUTS.items():
    for other in ('2016年政府信息公开情况统计表', '街道办事处统计表', '填报单位：县教育局', '其中：县本级'):
        ok(main(other, *sheet(layout, 40), OWN, *sheet(layout, 20)) == ['20'], f'{other} is the first: {name}')
        ok(main(OWN, *sheet(layout, 40), other, *sheet(layout, 20)) == ['40'], f'{other} is the second: {name}')
    ok(main('上年度情况如下：', *sheet(layout, 40), '本年度情况如下：', *sheet(layout, 20)) == ['20'], f'last year and this: {name}')
    ok(main('2016年情况', *sheet(layout, 40), '今年情况', *sheet(layout, 20)) == ['20'], f'another year and this: {name}')
    ok(main(OWN, *sheet(layout, 40), '（二）上年度数据如下', *sheet(layout, 20)) == ['40'], f'last year below: {name}')
    ok(main(OWN, *sheet(layout, 40), '样表', *sheet(layout, 20)) == [], f'nothing says which is the report\'s: {name}')
    ok(main(OWN, *sheet(layout, 40), OWN, *sheet(layout, 40)) == ['40'], f'twice the same: {name}')
finish()
