#!/usr/bin/env python3
"""In text the heads of a table say which column is which, in every layout; what stands above the table is none of them."""
from filters import facts_of
from tap import finish, ok

OUTCOMES = {'结果维持': 'upheld', '结果纠正': 'corrected', '其他结果': 'other', '尚未审结': 'pending', '总计': 'total'}
GROUPS = {'行政复议': 'review', '未经复议直接起诉': 'litigation.direct', '复议后起诉': 'litigation.after_review'}
LAYOUTS = {
    'tabs': lambda rows: [cells(row, '\t') for row in rows],
    'blanks': lambda rows: [cells(row, '  ') for row in rows],
    'bars': lambda rows: [cells(row, ' | ') for row in rows],
    'a cell a line': lambda rows: [cell for row in rows for cell in row if cell],
    'bars around': lambda rows: ['| ' + ' | '.join(row) + ' |' for row in rows],
    'commas': lambda rows: [','.join(row) for row in rows],
    'one line': lambda rows: [' '.join(cell for row in rows for cell in row if cell)],
    'one line, tabs': lambda rows: ['\t'.join(cell for row in rows for cell in row if cell)],
    'one line, two blanks': lambda rows: ['  '.join(cell for row in rows for cell in row if cell)],
    'one line, bars': lambda rows: ['|'.join(cell for row in rows for cell in row if cell)],
    'ends of lines written out': lambda rows: ['\\n'.join(cell for row in rows for cell in row if cell)],
}


def cells(row, sign):
    return sign.join(cell for cell in row if cell)


def read(*parts):
    """The facts of a page of lines, and what was understood of them: by indicator and column the main value.

    A table that is not understood makes classify end with 1."""
    page = '\n'.join(('江西省抚州市南城县人民政府2021年政府信息公开工作年度报告', '本报告由县政府办公室编制。', *parts, ''))
    return {(f['indicator'], f['column']): f['value']
            for f in facts_of(page, worst=1, role='main', state='number', scope='region')
            if f['indicator'] and not f['indicator'].startswith('report')}


APPLICANTS = {'自然人': 'natural_person', '商业企业': 'org.enterprise', '科研机构': 'org.research', '社会公益组织': 'org.public_interest',
              '法律服务机构': 'org.legal_service', '其他': 'org.other', '总计': 'total'}
ROWS = (('一、本年新收政府信息公开申请数量', 'requests.new'), ('二、上年结转政府信息公开申请数量', 'requests.carried_in'),
        ('（一）予以公开', 'requests.result.granted'), ('（七）总计', 'requests.result.total'),
        ('四、结转下年度继续办理', 'requests.carried_out'))


def requests(names=tuple(APPLICANTS)):
    """The table of requests, its columns in the order of the names, and what it says."""
    bodies = [n for n in names if n not in ('自然人', '总计')]
    first, said = names.index(bodies[0]), {}
    upper = [n for n in names[:first]] + ['法人或其他组织'] + [''] * (len(bodies) - 1) + list(names[first + len(bodies):])
    rows = [['', '申请人情况'] + [''] * (len(names) - 1), [''] + upper,
            [''] * (1 + first) + bodies + [''] * (len(names) - first - len(bodies))]
    for k, (label, indicator) in enumerate(ROWS):
        number = {a: 3 + 2 * k + 5 * i for i, a in enumerate(APPLICANTS) if a in names}
        number['总计'] = sum(number[n] for n in number if n != '总计')
        rows.append([label] + [str(number[n]) for n in names])
        said.update({(indicator, APPLICANTS[n]): str(number[n]) for n in names})
    return rows, said


def reviews(names=tuple(OUTCOMES), groups=tuple(GROUPS)):
    """The table of reviews, the columns of each group in the order of the names, and what it says."""
    numbers = {g: {'结果维持': 4 + k, '结果纠正': 13 + k, '其他结果': 2 * k, '尚未审结': 1 + 3 * k, '总计': 18 + 7 * k}
               for k, g in enumerate(GROUPS)}
    row = [str(numbers[g][name]) for g in groups for name in names]
    said = {(f'{GROUPS[g]}.{OUTCOMES[n]}', 'value'): str(numbers[g][n]) for g in GROUPS for n in names}
    return [['行政复议', '', '', '', '', '行政诉讼'] + [''] * 9,
            [*names, '未经复议直接起诉', '', '', '', '', '复议后起诉', '', '', '', ''],
            [''] * 5 + [*names, *names], row], said


REQUESTS, _ = requests()


def said_of_reviews(layout, *parts):
    found = read('三、申请情况', *layout(REQUESTS), *parts, '五、主要问题')
    return {k: v for k, v in found.items() if not k[0].startswith('requests')}


# A heading whose lines were broken, or of the part, is no head: the table has its own.
HEADING = '四、政府信息公开行政复议、行政诉讼情况'
for heading in ((HEADING,), (HEADING[:11], HEADING[11:]), (HEADING[:15], HEADING[15:]), (HEADING, '（二）行政诉讼'),
                (HEADING, '行政诉讼情况'), (HEADING, '提起行政诉讼情况'), (HEADING, '复议后起诉情况如下'), (HEADING, '未经复议直接起诉的')):
    rows, said = reviews()
    for name, layout in LAYOUTS.items():
        found = said_of_reviews(layout, *heading, *layout(rows))
        ok(found == said, f'{heading[-1]} above reviews: {name}', found)

# The names of the outcomes may be printed in another order.
for names in (('结果纠正', '结果维持', '其他结果', '尚未审结', '总计'), ('总计', '结果维持', '结果纠正', '其他结果', '尚未审结')):
    rows, said = reviews(names)
    for name, layout in LAYOUTS.items():
        found = said_of_reviews(layout, HEADING, *layout(rows))
        ok(found == said, f'{names[0]} is the first: {name}', found)
# Names that are not all there, and stand in another order, tell nothing; cut short they are in the form's.
rows, said = reviews(('结果纠正', '结果维持', '其他结果', '尚未审结', '总计'))
rows[1][2] = rows[2][7] = rows[2][12] = '结果'
ok(said_of_reviews(LAYOUTS['tabs'], HEADING, *LAYOUTS['tabs'](rows)) == {}, 'some of the names in another order')
rows, said = reviews()
for cut in ((1, 0), (1, 1), (2, 5), (2, 6), (2, 10), (2, 11)):
    rows[cut[0]][cut[1]] = '结果'
ok(said_of_reviews(LAYOUTS['tabs'], HEADING, *LAYOUTS['tabs'](rows)) == said, 'names cut short')

# So do the kinds of applicants; where they are not all there nothing is read into the place of the one that is not.
ALL = tuple(APPLICANTS)
for names in (ALL, ('自然人', '科研机构', '商业企业', '社会公益组织', '法律服务机构', '其他', '总计'),
              ('自然人', '商业企业', '科研机构', '社会公益组织', '其他', '法律服务机构', '总计')):
    rows, said = requests(names)
    for name, layout in LAYOUTS.items():
        found = read('三、申请情况', *layout(rows), '四、主要问题')
        ok(found == said, f'requests, {names[1]} before {names[2]}: {name}', found)
for left_out in ('社会公益组织', '商业企业', '其他'):
    rows, said = requests(tuple(n for n in ALL if n != left_out))
    for name, layout in LAYOUTS.items():
        found = read('三、申请情况', *layout(rows), '四、主要问题')
        ok(found == said if name in ('bars around', 'commas', 'tabs') else set(found.items()) <= set(said.items()),
           f'requests without {left_out}: {name}', found)
# Spans that were lost: the heads stand at the left, blanks behind them.
rows, said = requests()
rows[1:3] = [['自然人', '法人或其他组织', '总计'] + [''] * 5, list(ALL[1:6]) + [''] * 3]
for name in ('bars around', 'commas', 'tabs'):
    found = read('三、申请情况', *LAYOUTS[name](rows), '四、主要问题')
    ok(found == said, f'heads without their spans: {name}', found)
# A line printed by lynx, or what came of one: heads that nothing parts.
for names in (ALL, ('自然人', '商业企业', '科研机构', '社会公益组织', '其他', '法律服务机构', '总计')):
    rows, said = requests(names)
    rows[1:3] = [['自然人 法人或其他组织', '总计'], [' '.join(names[1:6])]]
    found = read('三、申请情况', *LAYOUTS['blanks'](rows), '四、主要问题')
    ok(found == said if names == ALL else set(found.items()) <= set(said.items()), f'heads in one cell, {names[4]} the fourth', found)
# Blank cells between the others, on one line, and the heading before it.
LABELS = {'（一）收到申请数': 'requests.received', '1.当面申请数': 'requests.received.in_person', '2.传真申请数': 'requests.received.fax',
          '3.网络申请数': 'requests.received.online', '4.信函申请数': 'requests.received.mail', '（二）申请办结数': 'requests.concluded',
          '1.按时办结数': 'requests.concluded.on_time', '2.延期办结数': 'requests.concluded.extended', '四、行政复议数量': 'review.total',
          '五、行政诉讼数量': 'litigation.total', '六、举报投诉数量': 'complaints.total', '（二）举办各类培训班数': 'training.courses'}
sheet = [['统计指标', '单位', '统计数'], ['三、依申请公开情况', '', '']]
sheet += [[label, '次' if '培训' in label else '件', str(7 + 4 * i) if i % 5 != 2 else ''] for i, label in enumerate(LABELS)]
said = {(code, 'value'): str(7 + 4 * i) for i, code in enumerate(LABELS.values()) if i % 5 != 2}
for name, sign in ('a blank', ' '), ('two blanks', '  '), ('a tab', '\t'), ('a bar', '|'):
    line = sign.join(cell for row in sheet for cell in row)
    found = read('政府信息公开情况统计表', line, '本表由县政府办公室填写。')
    ok(found == said, f'blank cells between {name}', found)
rows, said = requests()
line = LAYOUTS['one line'](rows)[0]
found = read('三、申请情况\t' + line, '四、主要问题')
ok(found == said, 'the heading on the line of the table', found)
# Two blanks part cells, four stand around a blank one: it keeps its place.
rows, said = requests()
for row, column in ((3, 2), (4, 5), (4, 6), (6, 1)):
    del said[(ROWS[row - 3][1], APPLICANTS[ALL[column - 1]])]
    rows[row][column] = ''
lines = LAYOUTS['blanks'](rows[:3]) + ['  '.join(row) for row in rows[3:]]
found = read('三、申请情况', *lines, '四、主要问题')
ok(found == said, 'blank cells between pairs of blanks', found)
# A number that cannot be read is not understood, but keeps its place.
for unreadable in ('4①', '18*', 'I8'):
    rows, said = reviews()
    rows[3][0] = unreadable
    del said['review.upheld', 'value']
    matrix = [list(row) for row in REQUESTS]
    matrix[3][1] = unreadable
    wanted = {k: v for k, v in requests()[1].items() if k != ('requests.new', 'natural_person')}
    for name, layout in LAYOUTS.items():
        found = read('三、申请情况', *layout(matrix), HEADING, *layout(rows), '五、主要问题')
        ok(found == {**said, **wanted}, f'{unreadable} among numbers: {name}', found)
# 法人和其他组织 names no column of its own.
rows, said = requests()
rows[1][2] = '法人和其他组织'
for name, layout in LAYOUTS.items():
    found = read('三、申请情况', *layout(rows), '四、主要问题')
    ok(found == said, f'a group by another name: {name}', found)
finish()
