#!/usr/bin/env python3
"""Two columns of numbers in the sheet of 2014: their heads tell which is the year's, and whose; else neither is."""
import csv, io, os, subprocess, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import bin_, finish, ok

ROWS = ('收到申请数|件', '1.当面申请数|件', '2.传真申请数|件', '（二）申请办结数|件', '四、行政复议数量|件', '六、举报投诉数量|件')


def page(heads):
    rows = ''.join('<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>'.format(*row.split('|'), 40 + i, 20 + i)
                   for i, row in enumerate(ROWS))
    return ('<h1>江西省抚州市南城县人民政府2016年政府信息公开工作年度报告</h1><table><tr><td>统计指标</td><td>单位</td>'
            '<td>{}</td><td>{}</td></tr>{}</table>').format(*heads, rows)


def read(heads):
    p = subprocess.run(f'{bin_}/extract -q | {bin_}/normalize -q | {bin_}/classify -q', shell=True, input=page(heads).encode(),
                       capture_output=True, check=True)
    return {r['value']: (r['scope'], r['period'], r['role']) for r in csv.DictReader(io.StringIO(p.stdout.decode()))
            if r['indicator'] == 'requests.received'}


MAIN = ('region', '', 'main')
BEFORE = ('region', '2015', 'second')
for heads, first, second in (
        (('上年数', '本年数'), BEFORE, MAIN), (('去年同期', '今年'), BEFORE, MAIN), (('上年完成', '本年完成'), BEFORE, MAIN),
        (('基期', '报告期'), BEFORE, MAIN), (('上期', '本期'), BEFORE, MAIN), (('本期', '上期'), MAIN, BEFORE),
        (('统计数（2015）', '统计数（2016）'), BEFORE, MAIN), (('2016年', '2015年'), MAIN, BEFORE),
        (('计划', '完成'), None, MAIN), (('目标值', '完成值'), None, MAIN), (('统计数', '备注'), MAIN, None),
        (('统计数（本级）', '统计数（全县）'), ('tier', '', 'main'), MAIN)):
    found = read(heads)
    ok((found.get('40'), found.get('20')) == (first, second), ' and '.join(heads), found)
# Nothing of what these say is the county's for sure.
for heads in (('填报数', '核实数'), ('抚州市', '南城县'), ('全省', '本县'), ('12月', '1-12月')):
    found = read(heads)
    ok({f[0] for f in found.values()} <= {'unclear'}, ' and '.join(heads) + ' tell no figure of the county', found)
found = read(('全市', '全县'))
ok(found['40'][0] == 'unclear' and found['20'] == MAIN, 'the city is not the county', found)
finish()
