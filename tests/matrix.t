#!/usr/bin/env python3
"""The table of requests in markup with other columns than the form: what its heads say surely is read, the rest is left
without indicator."""
from filters import facts_of, run
from tap import finish, ok

TITLE = '<h1>江西省抚州市南城县人民政府2022年政府信息公开工作年度报告</h1>'
LABELS = ('一、本年新收政府信息公开申请数量', '二、上年结转政府信息公开申请数量', '（一）予以公开', '（二）部分公开', '四、结转下年度继续办理')
KINDS = ('商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他')
ORGS = {'org.enterprise': '2', 'org.research': '3', 'org.public_interest': '4', 'org.legal_service': '5', 'org.other': '6'}


def facts(page):
    return facts_of(page, worst=1, origin='table')


def td(text, rows=1, cols=1):
    return f'<td rowspan={rows} colspan={cols}>{text}</td>'


def page(head, values):
    """`head`: rows of cells; `values` of the first row of the table, those of the others differ in the first and the sum."""
    rows = ''
    for i, label in enumerate(LABELS):
        rows += '<tr>' + td(label) + ''.join(td(v + i if v and v >= 10 else v) for v in values) + '</tr>'
    return TITLE + '<table>' + ''.join(f'<tr>{"".join(r)}</tr>' for r in head) + rows + '</table>'


def named(text):
    found = [f for f in facts(text) if LABELS[0] in f['label']]
    return {f['column']: f['value'] for f in found if f['indicator']}, sorted(f['value'] for f in found if not f['indicator'])


def check(what, head, values, want, rest):
    found = named(page(head, values))
    ok(found == (want, sorted(rest)), what, found)


def three(top, middle, low):
    return [td('申请人情况', 3)] + top, middle, low


KIND = [td(k) for k in KINDS]
whole = {'natural_person': '10', 'total': '30', **ORGS}
check('a column more within the organisations', three([td('申请人情况', 1, 8)], [td('自然人', 2), td('法人或其他组织', 1, 6), td('总计', 2)],
      KIND + [td('小计')]), (10, 2, 3, 4, 5, 6, 20, 30), whole, ['20'])
check('one outside of the heads', three([td('申请人情况', 1, 7), td('上年', 3)], [td('自然人', 2), td('法人或其他组织', 1, 5), td('总计', 2)], KIND),
      (10, 2, 3, 4, 5, 6, 30, 99), whole, ['99'])
check('one in a lone head row', [[td('项目')] + [td(h) for h in ('自然人', *KINDS, '总计', '上年')]], (10, 2, 3, 4, 5, 6, 30, 99), whole, ['99'])
check('a total left blank is not made of the column before it', three([td('申请人情况', 1, 8)], [td('自然人', 2), td('法人或其他组织', 1, 6),
      td('总计', 2)], KIND + [td('小计')]), (10, 2, 3, 4, 5, 6, 20, ''), {**whole, 'total': ''}, ['20'])
check('a column left blank is none', [[td('项目')] + [td(h) for h in ('自然人', *KINDS, '总计', '上年')]], (10, 2, 3, 4, 5, 6, 30, ''), whole, [])
check('natural persons of two kinds', three([td('申请人情况', 1, 8)], [td('自然人', 1, 2), td('法人或其他组织', 1, 5), td('总计', 2)],
      [td('境内'), td('境外')] + KIND), (10, 1, 2, 3, 4, 5, 6, 31), {'total': '31', **ORGS}, ['1', '10'])
check('organisations as one', [[td('项目')] + [td(h) for h in ('自然人', '法人或其他组织', '总计')]], (10, 20, 30),
      {'natural_person': '10', 'total': '30'}, ['20'])
check('other is no organisation of another kind without its sisters', [[td('项目')] + [td(h) for h in ('自然人', '法人', '其他', '总计')]],
      (10, 20, 3, 33), {'natural_person': '10', 'total': '33'}, ['20', '3'])
check('a sum of the organisations is no total', three([td('申请人情况', 1, 8)], [td('自然人', 2), td('法人或其他组织', 1, 6), td('甲', 2)],
      KIND + [td('总计')]), (10, 2, 3, 4, 5, 6, 20, 30), {'natural_person': '10', **ORGS}, ['20', '30'])
none = [['10', '2', '3', '4', '5', '6', '20', '30'], ['10', '11', '21', '1', '2', '3'], ['10', '11', '1', '2', '3']]
check('heads that a wrong span moved', three([td('申请人情况', 1, 8)], [td('自然人', 2), td('法人或其他组织', 1, 5), td('总计', 2)],
      KIND + [td('小计')]), (10, 2, 3, 4, 5, 6, 20, 30), {}, none[0])
check('columns named twice', [[td('项目', 2), td('甲', 1, 3), td('乙', 1, 3)], [td(h) for h in ('自然人', '法人', '总计') * 2]],
      (10, 11, 21, 1, 2, 3), {}, none[1])
check('columns of the year before', [[td('项目', 2), td('本年', 1, 2), td('上年', 1, 3)], [td(h) for h in ('甲', '乙', '自然人', '法人', '总计')]],
      (10, 11, 1, 2, 3), {}, none[2])
lost = page([[td('项目')] + [td(h) for h in ('自然人', *KINDS, '总计', '上年')]], (10, 2, 3, 4, 5, 6, 30, 99))
lost = lost.replace(td('13') + td('2'), td('13'), 1)
ok(all(not f['indicator'] for f in facts(lost) if LABELS[3] in f['label'].replace('(', '（').replace(')', '）')) and
   named(lost)[0] == whole, 'a row that lost a cell is not read, the others are', named(lost))

# The same table with its rows for columns says the same, from the places it stands at.
upright = three([td('申请人情况', 1, 7)], [td('自然人', 2), td('法人或其他组织', 1, 5), td('总计', 2)], KIND)
VALUES = (10, 2, 3, 4, 5, 6, 30)
turned = TITLE + '<table><tr>' + td('申请人情况', 1, 3) + ''.join(td(label) for label in LABELS) + '</tr>'
for k, side in enumerate([td('申请人情况', 7) + td('自然人', 1, 2), td('法人或其他组织', 5) + KIND[0], *KIND[1:], td('总计', 1, 2)]):
    turned += '<tr>' + side + ''.join(td(VALUES[k] + i if VALUES[k] >= 10 else VALUES[k]) for i in range(len(LABELS))) + '</tr>'
turned += '</table>'
said_by = lambda text: sorted((f['indicator'], f['column'], f['value'], f['role'], f['grid'], f['label']) for f in facts(text))
ok(len(said_by(turned)) == 35 and said_by(turned) == said_by(page(upright, VALUES)), 'a table with its rows for columns', said_by(turned))
places = {(f['indicator'], f['column'], f['row'], f['col']) for f in facts(turned)}
ok(('requests.carried_out', 'org.research', '4', '8') in places, 'each fact tells where its cell stands', places)


def said(text):
    pieces = run('normalize', text=run('extract', text=text)[1])[1]
    status, _, message = run('classify', text=pieces)
    return status, message


status, message = said(page([[td('项目')] + [td(h) for h in '甲乙丙丁戊']], (10, 2, 3, 4, 5)))
ok(status == 1 and message == 'classify: -:1: 25 of 25 figures in known rows of this table are not understood\n',
   'a table most of whose figures are not understood is said', (status, message))
status, message = said(page([[td('项目')] + [td(h) for h in ('自然人', *KINDS, '总计', '上年')]], (10, 2, 3, 4, 5, 6, 30, 99)))
ok((status, message) == (0, ''), 'one with a column more is not', (status, message))
finish()
