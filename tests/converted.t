#!/usr/bin/env python3
"""Tables as converters hand them on: heads in a table of their own, merged cells written in each of their columns, one row
below heads printed again, noughts in cells left over, units within labels."""
from filters import facts_of
from tap import finish, ok

TITLE = '江西省抚州市南城县人民政府2022年政府信息公开工作年度报告'
OUTCOMES = ('结果维持', '结果纠正', '其他结果', '尚未审结', '总计')
WHOSE = ('自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计')
TOP = ('（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）', '申请人情况')


def facts(page, title=TITLE, bad=False):
    return facts_of(f'{title}\n{page}', worst=int(bad), origin='table')


def said(page, **more):
    return {(r['indicator'], r['column']): r['value'] for r in facts(page, **more) if r['role'] == 'main' and r['indicator']}


def html(*rows):
    return '<table>' + ''.join('<tr>' + ''.join(f'<td colspan={n}>{t}</td>' for t, n in row) + '</tr>' for row in rows) + '</table>'


def ones(*texts):
    return [(t, 1) for t in texts]


# Section four as a script draws it, the heads in a table of their own.
HEADS = ([('行政复议', 5), ('行政诉讼', 10)], [(t, 1) for t in ('',) * 5] + [('未经复议直接起诉', 5), ('复议后起诉', 5)],
         ones(*OUTCOMES * 3))
VALUES = ones(1, 2, 3, 4, 10, 0, 5, 0, 0, 5, 6, 0, 0, 1, 7)
page = '<h1>%s</h1><p>四、政府信息公开行政复议、行政诉讼情况</p><div>%s</div>%s<div>%s</div>'
WANT = {'review.total': '10', 'review.other': '3', 'litigation.direct.corrected': '5', 'litigation.after_review.upheld': '6',
        'litigation.after_review.total': '7'}


def disputes(between, values=VALUES):
    found = said(page % (TITLE, html(*HEADS), between, html(values)), title='')
    return {k: found.get((k, 'value')) for k in WANT}


ok(disputes('') == WANT, 'heads in a table of their own stand above the row in the next', disputes(''))
OTHER = VALUES[:14] + ones(8)
ok(disputes('', OTHER) == {**WANT, 'litigation.after_review.total': '8'}, 'whatever their sums')
ok(set(disputes('<p>五、存在的问题</p>', OTHER).values()) == {None}, 'not where text stands between')
ok(set(disputes('', VALUES[:14]).values()) == {None}, 'nor where the other has fewer columns')


def bars(*rows):
    return '\n'.join('| ' + ' | '.join(map(str, row)) + ' |' for row in rows)


# The end of a page left one row, below the heads again.
def spread(*cells):
    return [t for t, n in cells for t in [t] + [''] * (n - 1)]


HEAD = (spread((TOP[0], 3), (TOP[1], 7)), spread(('', 3), ('自然人', 1), ('法人或其他组织', 5), ('总计', 1)),
        spread(('', 4), *ones(*WHOSE[1:6]), ('', 1)))


def label(text):
    return [text, '', '']


page = '\n'.join(('三、收到和处理政府信息公开申请情况', bars(
    *HEAD, label('一、本年新收政府信息公开申请数量') + [5, 1, 0, 0, 0, 0, 6],
    label('二、上年结转政府信息公开申请数量') + [0, 0, 0, 0, 0, 0, 0], ['三、本年度办理结果', '（一）予以公开', ''] + [4, 1, 0, 0, 0, 0, 5],
    ['', '（七）总计', ''] + [4, 1, 0, 0, 0, 0, 5]), '— 3 —', bars(*HEAD, label('四、结转下年度继续办理') + [1, 0, 0, 0, 0, 0, 1])))
found = said(page)
ok([found.get(('requests.carried_out', c)) for c in ('natural_person', 'org.enterprise', 'total')] == ['1', '0', '1'],
   'one row below heads printed again', found)

# A merged cell in each of its columns, as readers of office files give it.
TWO = (('第二十条第（五）项',) * 4, ('信息内容',) + ('本年处理决定数量',) * 3, ('行政许可', 12, 12, 12), ('第二十条第（六）项',) * 4,
       ('信息内容',) + ('本年处理决定数量',) * 3, ('行政处罚', 7, 7, 7), ('行政强制', 0, 0, 0), ('第二十条第（八）项',) * 4,
       ('信息内容',) + ('本年收费金额（单位：万元）',) * 3, ('行政事业性收费', 1.5, 1.5, 1.5))
WANT = {('licensing.permits', 'decisions'): '12', ('enforcement.penalties', 'decisions'): '7',
        ('enforcement.coercion', 'decisions'): '0', ('fees.administrative', 'amount'): '1.5'}
found = said('\n'.join('\t'.join(map(str, row)) for row in TWO))
ok(found == WANT, 'a merged cell written in each of its columns', found)
found = said('\n'.join('\t'.join(map(str, row)) for row in TWO[:5] + (('行政处罚', 7, 7, 8),) + TWO[6:]))
ok(('enforcement.penalties', 'decisions') not in found, 'another number there is none', found)

# Noughts in cells left over.
ROWS = (('第二十条第（六）项',), ('信息内容', '本年处理决定数量'), ('行政处罚', 7, 0, 0), ('行政强制', 3, '', ''))
found = said('\n'.join(' | '.join(map(str, row)) + ' |' for row in ROWS))
ok(found == {('enforcement.penalties', 'decisions'): '7', ('enforcement.coercion', 'decisions'): '3'}, 'noughts in cells left over',
   found)
found = said('\n'.join(' | '.join(map(str, row)) + ' |' for row in ROWS[:2] + (('行政处罚', 0, 7, 0),) + ROWS[3:]))
ok(('enforcement.penalties', 'decisions') not in found, 'the only number stands in another', found)
found = said('\n'.join(' | '.join(map(str, row)) + ' |' for row in (ROWS[0], ('信息内容', '上年', '本年')) + (('行政处罚', 7, 0),)))
ok(found.get(('enforcement.penalties', 'decisions')) != '7', 'a head above it says what it is', found)

# The unit within the label in some rows.
ROWS = (('一、主动公开情况',), ('（一）主动公开政府信息数条', 31), ('其中：主动公开规范性文件数', '条', 4), ('制发规范性文件总数件', 6),
        ('1.政府公报公开政府信息数', '条', 0), ('2.政府网站公开政府信息数条', 30), ('六、举报投诉数量', '件', 2))
found = said('\n'.join(' | '.join(map(str, row)) + ' |' for row in ROWS), title=TITLE.replace('2022', '2016'))
ok({k[0]: v for k, v in found.items()} == {
    'proactive.total': '31', 'proactive.normative': '4', 'normative.issued': '6', 'proactive.channel.gazette': '0',
    'proactive.channel.website': '30', 'complaints.total': '2'}, 'the unit within the label', found)

# A cell a line, each with its bar; many are blank, and most rows of the other begin so, without a bar before them.
NAMES = ('一、本年新收政府信息公开申请数量', '二、上年结转政府信息公开申请数量', '（一）予以公开', '（二）部分公开', '1.属于国家秘密',
         '2.其他法律行政法规禁止公开', '（七）总计', '四、结转下年度继续办理')
CODES = ('new', 'carried_in', 'result.granted', 'result.partial', 'result.denied.state_secret', 'result.denied.prohibited_by_law',
         'result.total', 'carried_out')
FIGURES = [(5, '', '', 1, '', '', 6), ('', 2, '', '', '', '', 2), (3, '', '', '', '', '', 3), ('', 1, '', '', '', '', 1),
           (1, '', '', '', '', '', 1), ('', '', '', 1, '', '', 1), (4, 1, '', 1, '', '', 6), (1, 1, '', '', '', '', 2)]
GROUPS = [(), (), ('三、本年度办理结果',), (), ('（三）不予公开',), (), (), ()]
WANT = WHOSE_ALL = {('requests.' + code, 'total'): str(row[-1]) for code, row in zip(CODES, FIGURES)}
LINES = [(TOP, 8), (('自然人', '法人或其他组织', '总计'), 7), (WHOSE[1:6], 5)] + [
    (groups + (name,) + row, 10 - len(groups) - 8) for name, row, groups in zip(NAMES, FIGURES, GROUPS)]
for about, row in (('behind the row', lambda cells, pads: cells + ['|' * pads]), ('nowhere', lambda cells, pads: cells)):
    page = '三、收到和处理政府信息公开申请情况\n' + '\n'.join(
        '\n'.join(row([f'{c} |' for c in cells], pads)) for cells, pads in LINES)
    found = said(page)
    ok({k: found.get(k) for k in WANT} == WANT, f'blank cells on lines of their own, the bars for missing ones {about}', found)

LINES = [('', '', name) if name[0].isdigit() else (name, '', '') if name[0] != '（' else ('', name, '') for name in NAMES]
found = said('三、收到和处理政府信息公开申请情况\n' + '\n'.join(' | '.join(map(str, row)) + ' |' for row in HEAD + tuple(
    names + row for names, row in zip(LINES, FIGURES))))
ok({k: found.get(k) for k in WANT} == WANT, 'rows that begin blank are no rows with a bar before them', found)

# Section four whose heads are lost: fifteen numbers close below its words, and their sums close.
SUMS = (1, 2, 3, 4, 10, 0, 5, 0, 0, 5, 6, 0, 0, 1, 7)
HEADING = '二、主动公开政府信息情况\n' + '\n'.join(' | '.join(map(str, row)) + ' |' for row in (
    ('第二十条第（五）项',), ('信息内容', '本年处理决定数量'), ('行政许可', 12))) + '\n四、政府信息公开行政复议、行政诉讼情况\n'
WANT = {'review.total': '10', 'review.other': '3', 'litigation.direct.corrected': '5', 'litigation.after_review.upheld': '6',
        'litigation.after_review.total': '7'}


def headless(lines, values=SUMS, heading=HEADING):
    rows = facts(heading + lines + '| ' + ' | '.join(map(str, values)) + ' |')
    return {r['indicator']: r['value'] for r in rows if r['indicator'] in WANT and r['role'] == 'main'}, {
        r['grid'] for r in rows if r['indicator'] in WANT}


found = headless('')
ok(found == (WANT, {'assumed'}), 'heads lost: the sums tell the columns, and that is assumed', found)
found = headless('行政复议行政诉讼\n')
ok(found[0] == WANT, 'what is left of them does not matter', found)
found = headless('', (1, 2, 3, 4, 10, 0, 5, 0, 0, 5, 6, 0, 0, 2, 7))
ok(not found[0], 'one sum does not close', found)
found = headless('', heading=HEADING.replace('行政复议、行政诉讼', '其他'))
ok(not found[0], 'nothing says what they are', found)

# An editor spoiled a span of its heads: they do not stand above the values, but in their order, and the sums close.
def spoiled(first, values=SUMS, span=1, groups=('未经复议直接起诉', '复议后起诉')):
    rows = '<tr><td colspan=5>行政复议<td colspan=10>行政诉讼<tr>' + ''.join(
        f'<td rowspan={3 if n == first else 2} colspan={span if n == first else 1}>{t}' for n, t in enumerate(OUTCOMES)) + ''.join(
        f'<td colspan=5>{g}' for g in groups) + '<tr>' + ''.join(f'<td>{t}' for t in OUTCOMES * 2) + '<tr>' + ''.join(f'<td>{v}' for v in values)
    rows = facts(f'<h1>{TITLE}</h1><p>四、政府信息公开行政复议、行政诉讼情况</p><table>{rows}</table>', title='')
    return {r['indicator']: r['value'] for r in rows if r['indicator'] in WANT and r['role'] == 'main'}, {
        r['grid'] for r in rows if r['indicator'] in WANT}


for n in range(5):
    found = spoiled(n)
    ok(found == (WANT, {'assumed'}), f'the head of column {n + 1} spans the values', found)
found = spoiled(2, span=2)
ok(found == (WANT, {'assumed'}), 'one spans two columns', found)
found = spoiled(3, SUMS[:14] + (8,))
ok(not found[0], 'where a sum does not close nothing is read', found)

# Rows that are counted, heads and all.
rows = (['行政复议'] + [''] * 4 + ['行政诉讼'] + [''] * 9, [''] * 5 + ['未经复议直接起诉'] + [''] * 4 + ['复议后起诉'] + [''] * 4, OUTCOMES * 3, SUMS)
for first in (0, 1):
    found = said(HEADING + '\n'.join('| ' + ' | '.join(map(str, (n + first, *row))) + ' |' for n, row in enumerate(rows)))
    ok({k: found.get((k, 'value')) for k in WANT} == WANT, f'rows counted from {first}', found)

# Markdown.
page = '\n'.join(('二、主动公开政府信息情况', '| **第二十条第（一）项** |  |  |  |', '|---|---|---|---|',
                  '| 信息内容 | 本年<br>制发件数 | 本年<br/>废止件数 | 现行有效<BR>件数 |', '| **规章** | 0 | 1 | 2 |', '| 行政规范性文件 | 3 | 4 | 5 |',
                  '三、收到和处理政府信息公开申请情况') + tuple(
    '| ' + ' | '.join(map(str, row)) + ' |' for row in HEAD + tuple(
        tuple(n.replace('.', '\\.') for n in names) + row for names, row in zip(LINES, FIGURES))))
found = said(page)
ok(found.get(('normative.documents', 'in_force')) == '5' and found.get(('normative.rules', 'repealed')) == '1' and
   found.get(('requests.result.denied.state_secret', 'total')) == '1', 'marks of markdown in the cells', found)

# A page escaped twice.
found = said(f'<h1>{TITLE}</h1>' + html(ones('第二十条第（五）项'), ones('信息内容', '本年处理&amp;nbsp;决定数量'), ones('行政许可', '&amp;nbsp;12')), title='')
ok(found == {('licensing.permits', 'decisions'): '12'}, 'the name of a blank is one', found)

# A bar alone opens each row; one has a cell too many.
def opened(*rows):
    return '\n'.join('|\n' + '\n'.join(f'{cell} |' for cell in row) + ('\n' + '|' * (3 - len(row)) if len(row) < 3 else '') for row in rows)


ROWS = (('指标\n名称', '单位', '统计\n数'), ('四、行政复议数量', '件', 9), ('（一）维持具体行政\n行为数', '件', 2), ('（二）被依法纠错数', '件', 3),
        ('（三）其他情形数', '件', 4), ('六、举报投诉数量', '件', 7))
found = said(opened(*ROWS), title=TITLE.replace('2022', '2016'))
ok({k[0]: v for k, v in found.items()} == {'review.total': '9', 'review.upheld': '2', 'review.corrected': '3', 'review.other': '4',
                                           'complaints.total': '7'}, 'a bar alone opens each row', found)
found = said(opened(*ROWS[:2], ('（一）维持具体行政\n行为数', '件', 0, 2), *ROWS[3:]), title=TITLE.replace('2022', '2016'))
ok(found.get(('review.upheld', 'value')) in (None, '2'), 'a cell too many in one of them', found)

# What a reader of PDF says of a page whose columns are narrow: a line for each line of a cell.
def lines(text, sheet=TITLE):
    return said(text.replace('|', '\n'), title=sheet)


BOTH = '四、政府信息公开行政复议、行政诉讼情况|行政复议|行政诉讼|'
for what, heads in (('a character', '结|果|维|持|结|果|纠|正|其|他|结|果|尚|未|审|结|总|计|'),
                    ('two characters', '结果|维持|结果|纠正|其他|结果|尚未|审结|总计|')):
    found = lines(BOTH + heads + '未经复议直接起诉|复议后起诉|' + heads * 2 + '1|2|3|4|10|0|5|0|0|5|6|0|0|1|7')
    ok({k: found.get((k, 'value')) for k in WANT} == WANT, f'heads of {what} a line', found)
    # The groups stand the other way round.
    found = lines(BOTH + heads + '复议后起诉|未经复议直接起诉|' + heads * 2 + '1|2|3|4|10|6|0|0|1|7|0|5|0|0|5')
    ok({k: found.get((k, 'value')) for k in WANT} in (WANT, dict.fromkeys(WANT)), f'heads of {what} a line, in another order', found)

# A label goes on in rows of its own, blank beside it, as antiword prints a cell and tabula takes the lines of one.
ROWS = (('指标名称', '单位', '统计数'), ('（一）主动公开政府', '条', 31), ('信息数（不同渠道和', '', ''), ('方式公开相同信息计1', '', ''), ('条）', '', ''),
        ('其中：主动公开规范', '条', 4), ('性文件数', '', ''), ('1.政府公报公开', '条', 8), ('政府信息数', '', ''), ('四、行政复议数量', '件', 9),
        ('（一）维持具体行政', '件', 2), ('行为数', '', ''), ('（二）被依法纠错数', '件', 3), ('（三）其他情形数', '件', 4), ('六、举报投诉数量', '件', 7))
WHOLE = {'proactive.total': '31', 'proactive.normative': '4', 'proactive.channel.gazette': '8', 'review.total': '9', 'review.upheld': '2',
         'review.corrected': '3', 'review.other': '4', 'complaints.total': '7'}
for what, text in (('bars', '\n'.join('|' + '|'.join(map(str, row)) + '|' for row in ROWS)),
                   ('commas', '\n'.join(','.join(map(str, row)) for row in ROWS)),
                   ('tabs', '\n'.join('\t'.join(map(str, row)) for row in ROWS))):
    rows = facts(text + '\n', title=TITLE.replace('2022', '2016'))
    ok({r['indicator']: r['value'] for r in rows if r['role'] == 'main' and r['indicator']} == WHOLE and
       {r['grid'] for r in rows if r['indicator']} == {'rows'}, f'a label goes on in rows of its own, {what}', rows)
    other = text.replace('性文件数', '行政文件')
    ok('proactive.normative' not in {r['indicator'] for r in facts(other, title=TITLE.replace('2022', '2016'))},
       f'words that with the row above name none are not its label, {what}')
found = said('三、收到和处理政府信息公开申请情况\n' + bars(*HEAD, label('一、本年新收政府信息公') + [5, 1, 0, 0, 0, 0, 6], label('开申请数量') + [''] * 7,
             ['三、本年度办', '（一）予以', ''] + [4, 1, 0, 0, 0, 0, 5], ['理结果', '公开', ''] + [''] * 7, ['', '（七）总计', ''] + [4, 1, 0, 0, 0, 0, 5]))
ok([found.get((i, c)) for i in ('requests.new', 'requests.result.granted') for c in ('natural_person', 'total')] == ['5', '6', '4', '5'],
   'also where a group goes on before it', found)

# What a library writes into a cell without a value is none of its text.
for word in ('NaN', 'nan', 'None', 'null', '<NA>'):
    rows = [[c or word for c in row] for row in HEAD + tuple(names + row for names, row in zip(LINES, FIGURES))]
    for what, text in (('commas', '\n'.join(','.join(map(str, row)) for row in [range(10)] + rows)),
                       ('bars', '\n'.join('|' + '|'.join(map(str, row)) + '|' for row in rows))):
        found = said('三、收到和处理政府信息公开申请情况\n' + text + '\n')
        ok({k: found.get(k) for k in WHOSE_ALL} == WHOSE_ALL, f'{word} is a blank, {what}', found)
    # It takes the room of its column.
    rows = [[c or word for c in names] + [c or 0 for c in row] for names, row in zip(LINES, FIGURES)]
    found = said('三、收到和处理政府信息公开申请情况\n' + '\n'.join(
        f'{n:<3}' + '  '.join(str(c).rjust(26 if k < 3 else 6) for k, c in enumerate(row)) for n, row in enumerate(rows)) + '\n')
    ok({k: found.get(k) for k in WHOSE_ALL} == WHOSE_ALL, f'{word} is a blank, columns', found)

# Heads that stand aside, as where a span over three rows ends with the head of the table: the sums tell, or that all are 0.
ASIDE = '<table><thead><tr><td rowspan=3 colspan=3><td colspan=7>申请人情况</thead><tr><td rowspan=2>自然人<td colspan=5>法人或其他组织<td rowspan=2>总计<tr>' + ''.join(
    f'<td>{t}' for t in WHOSE[1:6])
for what, figures, want in (('noughts', [[0] * 7] * len(NAMES), '0'), ('a table of its own order', [[0] * 6 + [n + 1] for n in range(len(NAMES))], None),
                            ('six columns of noughts', [[0] * 6] * len(NAMES), None)):
    rows = facts(f'<h1>{TITLE}</h1><p>三、收到和处理政府信息公开申请情况</p>' + ASIDE + ''.join(
        '<tr><td colspan=3>' + name + ''.join(f'<td>{v}' for v in row) for name, row in zip(NAMES, figures)) + '</table>', title='', bad=want is None)
    ok({(r['value'], r['grid']) for r in rows if r['indicator'] == 'requests.new' and r['column'] == 'natural_person'} == ({(want, 'assumed')} if want else set()),
       f'heads that stand aside: {what}', rows)

# In markup it is a mark.
rows = facts(f'<h1>{TITLE}</h1>' + html(ones('第二十条第（一）项'), ones('信息内容', '本年制发件数', '本年废止件数', '现行有效件数'), ones('规章', 'null', 1, 2),
                                       ones('行政规范性文件', 'undefined', 'NaN', 3)), title='')
ok([(r['value'], r['state']) for r in rows] == [('', 'mark'), ('1', 'number'), ('2', 'number'), ('', 'mark'), ('', 'mark'), ('3', 'number')],
   'null is no value', rows)

# Rows as lists, as a script prints them.
import json
rows = [list(names) + list(row) for names, row in zip(LINES, FIGURES)]
for what, text in (('of Python', ''.join(f'{[c if c != "" else None for c in row]}\n' for row in rows)), ('of JSON', ''.join(
        json.dumps([str(c) if c != '' else None for c in row], ensure_ascii=False) + '\n' for row in rows)),
                   ('in a list', '[' + ',\n '.join(repr([str(c) for c in row]) for row in rows) + ']\n')):
    found = said('三、收到和处理政府信息公开申请情况\n' + text)
    ok({k: found.get(k) for k in WHOSE_ALL} == WHOSE_ALL, f'rows as lists {what}', found)
ok(not facts("['规章', '0', '1', 2\n[注]见附件\n['一', x]\n"), 'what is no list is text')

# The end of a line cuts a number of a row of bars: it is not vouched for; a number of the next row before its label is none.
for text, grid in (('1.规章 | 0 | 1 | 10\n2 |\n行政规范性文件 | 3 | 4 | 5 |\n', 'assumed'), ('规章 | 0 | 1 | 10 |\n行政规范性文件 | 3 | 4 | 5 |\n', 'rows')):
    rows = facts('二、主动公开政府信息情况\n第二十条第（一）项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n' + text)
    ok({r['grid'] for r in rows if r['indicator'] == 'normative.rules' and r['column'] == 'in_force'} == {grid}, f'a number at the end of a line: {grid}', rows)

# Tables that one library wrote: a row that counts the columns from 0, the rows counted before them, each table below the other.
TABLES = [('二、主动公开政府信息情况', (['第二十条第（一）项', '', '', ''], ['信息内容', '本年制发件数', '本年废止件数', '现行有效件数'], ['规章', 0, 1, 2],
                              ['行政规范性文件', 3, 4, 5])),
          ('三、收到和处理政府信息公开申请情况', HEAD + tuple(names + tuple(c or 0 for c in row) for names, row in zip(LINES, FIGURES))),
          ('四、政府信息公开行政复议、行政诉讼情况', (['行政复议'] + [''] * 4 + ['行政诉讼'] + [''] * 9, list(OUTCOMES) + ['未经复议直接起诉'] + [''] * 4 + ['复议后起诉'] + [''] * 4,
                                [''] * 5 + list(OUTCOMES * 2), list(SUMS)))]
for counted in (True, False):
    for tables in (TABLES, TABLES[1:2], TABLES[2:]):
        text = ''
        for heading, rows in tables:
            text += heading + '\n' + ','.join([''] * counted + [str(n) for n in range(len(rows[0]))]) + '\n'
            text += ''.join(','.join(map(str, [n] * counted + list(row))) + '\n' for n, row in enumerate(rows))
        found = said(text + '五、存在的主要问题\n')
        want = {**(WHOSE_ALL if TABLES[1] in tables else {}), **({(k, 'value'): v for k, v in WANT.items()} if TABLES[2] in tables else {})}
        ok({k: found.get(k) for k in want} == want, f'columns counted from 0{", and rows" * counted}, {len(tables)} of {tables[0][0]}', found)

# Labels of a few characters a line, one of which looks like a unit, one cut by the end of a page.
found = lines('第二十条第（一）项|信息|内容|本年制发件数|本年废止件数|现行有效件数|规章|0|1|2|行政|规范|性文|件|3|4|5|'
              '三、收到和处理政府信息公开申请情况|7.属|于行|政执|法案|卷|0|0|1|2|0|0|3|8.属|于行|政查|询事|项|1|0|0|0|3|0|4|'
              '（四）|无法提|供|1.本|机关不|掌握相|关政府|信息|2|0|0|0|0|0|2|3.补|正后|申请|内容|5|0|0|0|0|1|6|\f仍不|明确|'
              '（五）|不予处|理|5.要|求行|政机|关确|认或|重新|出具|已获|取信|息|0|0|0|8|0|0|8|（七）总计|8|0|1|10|3|1|23')
ok(found.get(('normative.documents', 'in_force')) == '5', 'a label whose end looks like a unit', found)
found_cut = lines('第二十条第（一）项|信息内容|本年制发件数|本年废止件数|现行有效件数|规章|0|1|2|行政|规范|3|4|5|\f性文件|'
                  '第二十条第（五）项|信息内容|本年处理决定数量|行政许可|7')
ok(found_cut.get(('normative.documents', 'in_force')) == '5', 'a label cut by the end of a page is not the shorter one', found_cut)
for indicator, total in (('denied.enforcement_file', '3'), ('denied.admin_query', '4'), ('unavailable.not_held', '2'),
                         ('unavailable.unclear', '6'), ('not_processed.reconfirm', '8')):
    ok(found.get(('requests.result.' + indicator, 'total')) == total, indicator + ' in a narrow column', found)

# A unit of a character a line; 数 is the end of a label, not of its unit.
found = lines('一、主动公开情况|1.政府公报公开政府信息数|条|8|2.政府网站公开政府信息|数|条|5|六、举报投诉数量|件|4|'
              '七、依申请公开信息收取的费用|万|元|3|八、机构建设和保障经费情况|（一）政府信息公开工作专门机构数|个|9|'
              '九、政府信息公开会议和培训情况|（三）接受培训人员数|人|次|300', TITLE.replace('2022', '2016'))
ok({k[0]: v for k, v in found.items()} == {
    'proactive.channel.gazette': '8', 'proactive.channel.website': '5', 'complaints.total': '4', 'requests.fees': '3',
    'capacity.offices': '9', 'training.participants': '300'}, 'units of a character a line', found)
finish()
