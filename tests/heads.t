#!/usr/bin/env python3
"""Two columns of numbers in the sheet of 2014: their heads tell which is the year's, and whose; else neither is."""
import resource
from filters import facts_of
from tap import finish, ok

ROWS = ('收到申请数|件', '1.当面申请数|件', '2.传真申请数|件', '（二）申请办结数|件', '四、行政复议数量|件', '六、举报投诉数量|件')


TITLE = '<h1>江西省抚州市南城县人民政府2016年政府信息公开工作年度报告</h1>'


def page(heads):
    rows = ''.join('<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>'.format(*row.split('|'), 40 + i, 20 + i)
                   for i, row in enumerate(ROWS))
    return (TITLE + '<table><tr><td>统计指标</td><td>单位</td>'
            '<td>{}</td><td>{}</td></tr>{}</table>').format(*heads, rows)


def read(heads):
    return {r['value']: (r['scope'], r['period'], r['role']) for r in facts_of(page(heads)) if r['indicator'] == 'requests.received'}


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
    ok(set(found) == {'40', '20'} and {f[0] for f in found.values()} == {'unclear'}, ' and '.join(heads) + ' tell no figure of the county', found)
found = read(('全市', '全县'))
ok(found['40'][0] == 'unclear' and found['20'] == MAIN, 'the city is not the county', found)

# A head that names another year, or part of one, says so of its column, beside another or alone.
found = read(('全县', '2015年'))
ok(found == {'40': MAIN, '20': BEFORE}, 'the county now, and the year before', found)
found = read(('2015年', '某某数'))
ok(found == {'40': BEFORE, '20': MAIN}, 'the column not known is this year\'s beside last year\'s', found)
found = read(('上半年', '下半年'))
ok(found == {'40': ('region', 'part', 'second'), '20': ('region', 'part', 'second')}, 'halves of a year', found)
found = read(('统计数', '2015年计划'))
ok(found == {'40': MAIN}, 'a plan is no figure of its year', found)


def lone(head, unit=True):
    rows = ''.join(f'<tr><td>{label}</td>{unit * f"<td>{of}</td>"}<td>{40 + i}</td></tr>'
                   for i, (label, of) in enumerate(row.split('|') for row in ROWS))
    return f'{TITLE}<table><tr><td>统计指标</td>{unit * "<td>单位</td>"}<td>{head}</td></tr>{rows}</table>'


def lines(head, parting):
    rows = [['统计指标', '单位', head]] + [row.split('|') + [str(40 + i)] for i, row in enumerate(ROWS)]
    return TITLE[4:-5] + '\n政府信息公开情况统计表\n' + '\n'.join(parting.join(row) for row in rows)


for head, period in (('2015年', '2015'), ('2015年度', '2015'), ('2015年统计数', '2015'), ('统计数（2015）', '2015'), ('上年', '2015'),
                     ('2017年', '2017'), ('上半年', 'part'), ('2016年上半年', 'part'), ('第一季度', 'part'), ('1—9月', 'part'),
                     ('本季度', 'part'), ('2016年', ''), ('2016年1-12月', ''), ('截至2016年底', ''), ('全年', ''), ('2015—2016年', '')):
    want = {(period, 'second' if period else 'main')}
    pages = [lone(head), lone(head, False)] + [lines(head, p) for p in ('\t', ' | ')] + [lines(head, '\n')] * (head != '上年')
    found = [{(f['period'], f['role']) for f in facts_of(page) if f['indicator'] == 'requests.received'} for page in pages]
    ok(all(f == want for f in found), f'a lone column headed {head}', found)

# A cell a line as pdftotext writes them, blank lines between; what a cell's width broke goes on right below.
for name, year, labels in (
        ('2019', 2020, (('一、本年新收政府信息公开', '申请数量'), ('二、上年结转政府信息公开', '申请数量'), ('（一）予以公开',),
                        ('（二）部分公开（区分处理的，只', '计这一情形，不计其他', '情形）'), ('1.属于国家秘密',))),
        ('2014', 2016, (('（一）主动公开政府信息数（不同渠道', '和方式公开相同信息计1条）'), ('其中：主动公开规范性文件数',),
                        ('1.政府公报公开政府', '信息数'), ('2.政府网站公开政府信', '息数'), ('3.政务微博公开政府信息数',),
                        ('4.政务微信公开政府信息数',), ('5.其他方式公开政府', '信息数')))):
    for between in ('\n\n', '\n'):
        cells = ['申请人情况', '自然人', '总计'] if name == '2019' else ['指标名称', '单位', '统计数']
        for i, label in enumerate(labels):
            cells += ['\n'.join(label)] + (['条', str(40 + i)] if name == '2014' else [str(40 + i), *'00000', str(40 + i)])
        text = f'江西省抚州市南城县人民政府{year}年政府信息公开工作年度报告\n政府信息公开情况统计表\n' + between.join(cells) + '\n'
        column = 'value' if name == '2014' else 'total'
        found = {int(f['value']) for f in facts_of(text) if f['indicator'] and f['column'] == column and f['role'] == 'main'
                 and f['origin'] == 'table'}
        ok(found >= set(range(40, 40 + len(labels))), f'{name}: labels over lines, {"blank" if between == chr(10) * 2 else "no"} lines between cells', found)

# A sheet printed in two halves, or three, side by side says what it says in one piece, from the places it stands at.
LABELS = ('收到申请数', '1.当面申请数', '2.传真申请数', '3.网络申请数', '4.信函申请数', '（二）申请办结数', '1.按时办结数', '2.延期办结数',
          '四、行政复议数量', '（一）维持具体行政行为数', '（二）被依法纠错数', '（三）其他情形数')
whole = {(f'<td>{label}</td><td>件</td><td>{30 + i}</td>'): i for i, label in enumerate(LABELS)}
HEAD = '<td>统计指标</td><td>单位</td><td>统计数</td>'


def sheet(halves):
    height = len(whole) // halves
    cells = list(whole)
    return (TITLE + '<table><tr>' + HEAD * halves + '</tr>' +
            ''.join('<tr>' + ''.join(cells[h * height + r] for h in range(halves)) + '</tr>' for r in range(height)) + '</table>')


def said(page):
    return [(f['indicator'], f['column'], f['value'], f['state'], f['role'], f['grid']) for f in facts_of(page) if f['origin'] == 'table']


one = said(sheet(1))
ok(len(one) == len(LABELS) and all(f[0] for f in one), 'a sheet of twelve rows', one)
for halves in (2, 3, 4):
    ok(said(sheet(halves)) == one, f'the same in {halves} parts side by side', said(sheet(halves)))
places = {(f['indicator'], f['row'], f['col'], f['table']) for f in facts_of(sheet(2)) if f['origin'] == 'table'}
ok(('requests.concluded.on_time', '2', '6', '1') in places, 'each fact tells where its cell stands', places)

# The table of reviews and lawsuits: a row left empty beside its values takes nothing from them.
OUTCOMES = ('结果维持', '结果纠正', '其他结果', '尚未审结', '总计')
REVIEW = ('<h1>江西省抚州市南城县人民政府2022年政府信息公开工作年度报告</h1><table><tr><td>信息内容</td><td>本年制发件数</td>'
          '<td>本年废止件数</td><td>现行有效件数</td></tr><tr><td>规章</td><td>0</td><td>1</td><td>2</td></tr><tr><td>行政规范性文件</td>'
          '<td>3</td><td>4</td><td>9</td></tr></table><p>行政复议、行政诉讼</p><table><tr><td colspan="5">行政复议</td>'
          '<td colspan="10">行政诉讼</td></tr><tr>' + ''.join(f'<td rowspan="2">{o}</td>' for o in OUTCOMES) +
          '<td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr><tr>' + 2 * ''.join(f'<td>{o}</td>' for o in OUTCOMES) +
          '</tr>{}</table>')


def row(values):
    return '<tr>' + ''.join(f'<td>{v}</td>' for v in values) + '</tr>'


VALUES, EMPTY, MARKS = row(range(31, 46)), row([''] * 15), row(['/'] * 15)
alone = [(f[0], f[2], f[4]) for f in said(REVIEW.format(VALUES))]
ok(len(alone) == 21 and all(role == 'main' for _, _, role in alone), 'fifteen values in a row', alone)
for name, rows in (('before', EMPTY + VALUES), ('behind', VALUES + EMPTY), ('of marks', MARKS + VALUES), ('twice', EMPTY + VALUES + EMPTY)):
    page = REVIEW.format(rows)
    ok([(f[0], f[2], f[4]) for f in said(page)] == alone and {f['scope'] for f in facts_of(page)} <= {'region', ''},
       f'and a row left empty, {name}: the same', said(page))
ok([f[3] for f in said(REVIEW.format(EMPTY))][6:] == ['blank'] * 15, 'a row left empty alone is blank')

# Money without a unit: 万 and 亿 count 元, whatever the row is in.
FEES = ('<h1>江西省抚州市南城县人民政府2022年政府信息公开工作年度报告</h1><table><tr><td>信息内容</td><td>本年收费金额（单位：万元）</td></tr>'
        '<tr><td>行政事业性收费</td><td>{}</td></tr></table>')
for cell, value in (('3500', '3500'), ('5万', '5'), ('0.35亿', '3500'), ('约0.35亿', '3500'), ('5万余', '5'), ('0.35亿元', '3500'),
                    ('一万二千', '1.2'), ('35000000元', '3500')):
    found = [(f['value'], f['unit']) for f in facts_of(FEES.format(cell)) if f['indicator'] == 'fees.administrative']
    ok(found == [(value, '万元')], f'{cell} is {value}万元', found)
# Many rows of heads above many rows: each is asked for a bounded number of them.
def seconds(n):
    heads = ''.join('\t'.join(f'申请人情况自然人法人或其他组织{k}' for k in range(60)) + '\n' for _ in range(n))
    rows = ''.join(('一、本年新收政府信息公开申请数量' if r % 2 else '规范性文件') + '\t' +
                   '\t'.join(str((r * 7 + k) % 9) for k in range(7 if r % 2 else 3)) + '\n' for r in range(n * 50))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    facts_of('平江县人民政府2021年政府信息公开工作年度报告\n\n' + heads + rows)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


few, many = min(seconds(30) for _ in range(2)), min(seconds(120) for _ in range(2))
ok(many < 8 * few + 0.1, f'30 rows of heads above 1,500 rows take {few:.2f} s, four times as many {many:.2f} s')

# A row cut off behind its unit is blank; with the number in its unit's cell it is words, so that the number is not lost.
for last, state in (('件', 'blank'), ('件9', 'text'), ('件804', 'text')):
    found = [r for r in facts_of(lone('统计数').replace('<td>件</td><td>41</td>', f'<td>{last}</td>')) if r['label'].startswith('1.当面')]
    ok([(r['indicator'], r['state'], r['value']) for r in found] == [('requests.received.in_person', state, '')], f'{last} and no more is {state}', found)
finish()
