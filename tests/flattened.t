#!/usr/bin/env python3
"""Tables as scripts leave them that write the text of each cell in turn: rows with as many fields as they have cells,
cells torn into the runs of their text."""
import json, subprocess

from filters import facts_of
from tap import finish, ok


def facts(page):
    return [f for f in facts_of(page, to='validate', worst=1) if f['indicator'] not in ('', 'report')]


def values(page, **what):
    return {(f['indicator'], f['column']): f['value'] for f in facts(page) if all(f[k] == v for k, v in what.items())}


HEAD = '湖南省岳阳市平江县人民政府2021年政府信息公开工作年度报告\n'
WIDE = '结果维持 结果纠正 其他结果 尚未审结 总计'.split()
REQUESTS = [('一、本年新收政府信息公开申请数量', [31, 2, 0, 4, 0, 5, 42]), ('二、上年结转政府信息公开申请数量', [1, 0, 0, 0, 0, 0, 1]),
            ('三、本年度办理结果,（一）予以公开', [20, 2, 0, 1, 0, 0, 23]), ('（二）部分公开', [4, 0, 0, 3, 0, 0, 7]),
            ('（三）不予公开,1.属于国家秘密', [0] * 7), ('2.其他法律行政法规禁止公开', [1, 0, 0, 0, 0, 0, 1]),
            ('（七）总计', [32, 2, 0, 4, 0, 5, 43]), ('四、结转下年度继续办理', [0] * 7)]

# A row has one field more where a group begins.
page = HEAD + '三、收到和处理政府信息公开申请情况\n,申请人情况\n自然人,法人或其他组织,总计\n商业企业,科研机构,社会公益组织,法律服务机构,其他\n'
page += ''.join(f'{label},{",".join(map(str, row))}\n' for label, row in REQUESTS)
found = values(page)
ok((found.get(('requests.new', 'natural_person')), found.get(('requests.new', 'total')), found.get(('requests.result.granted', 'natural_person')),
    found.get(('requests.result.granted', 'total'))) == ('31', '42', '20', '23'), 'records of a table with several numbers of fields', found)
# 1,234 and 2,345 are numbers, whatever stands on the next line.
ok(not [f for f in facts(HEAD + '一、总体情况\n1,234\n规章,12\n2,345,678\n3,456\n') if f['origin'] == 'table'], 'grouped digits are no records')


# A blank cell that holds a paragraph leaves two tabs: its row has more cells than columns, and none is sure.
page = (HEAD + '四、政府信息公开行政复议、行政诉讼情况\n\n行政复议\n\t\n行政诉讼\n' + '\n\t\n'.join(WIDE + ['未经复议直接起诉', '复议后起诉']) +
        '\n' + '\n\t\n'.join(WIDE + WIDE) + '\n \t\n0\n\t \t\n3\n\t\n3\n\t \t \t \t\n8\n\t\n8\n\t \t \t \t \t \n\n五、存在的主要问题及改进情况\n')
sure = [f for f in facts(page) if f['indicator'].startswith('litigation') and f['state'] == 'number' and
        f['grade'] not in ('assumed', 'broken') and f['grid'] != 'assumed']
ok(not sure, 'blank cells written twice make no value sure', sure)

# Each run of a cell on a line of its own, as get_text('\n', strip=True) writes a page that an office program made.
SHEET = HEAD.replace('2021', '2016') + '统计指标\n单位\n统计数\n一、主动公开情况\n' + '\n'.join((
    '（一）主动公开政府信息数（不同渠道和方式公开相同信息计 1 条） 条 1 0 46', '其中：主动公开规范性文件数 条 3', '制发规范性文件总数 件 4',
    '（二）通过不同渠道和方式公开政府信息的情况', '1. 政府公报公开政府信息数 条 2 0', '2. 政府网站公开政府信息数 条 9 31',
    '3. 政务微博公开政府信息数 条 0', '4. 政务微信公开政府信息数 条 95', '5. 其他方式公开政府信息数 条 0')).replace(' ', '\n') + '\n'
found = values(SHEET, origin='table', state='number')
ok([found.get((f'proactive.{n}', 'value')) for n in
    ('total', 'normative', 'channel.gazette', 'channel.website', 'channel.weibo', 'channel.wechat', 'channel.other')] ==
   ['1046', '3', '20', '931', '0', '95', '0'], 'digits of the one number of a row, on a line each, are put together', found)
ok({f['grade'] for f in facts(SHEET) if f['origin'] == 'table' and f['state'] == 'number'} == {'assumed'}, 'and assumed')
line = SHEET.replace('\n', ' ').replace(' ', '\n', 1)
found = values(line, origin='table', state='number')
ok([found.get((f'proactive.{n}', 'value')) for n in ('total', 'normative', 'channel.website')] == ['1046', '3', '931'],
   'nor is the number of a remark the row\'s where a blank parts the runs', found)
two = SHEET.replace('统计数\n', '统计数\n上年数\n')
ok(values(two, origin='table').get(('proactive.total', 'value')) != '1046', 'not where there is a second column', values(two))

TOP = (HEAD + '三、收到和处理政府信息公开申请情况\n申请人情况\n自然人\n法人或其他组织\n总计\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n'
       '其他\n')


def rows(*numbers):
    return TOP + ''.join(label.replace(',', '\n') + '\n' + row.replace(' ', '\n') + '\n'
                         for (label, _), row in zip(REQUESTS, numbers))


COLUMNS = 'natural_person org.enterprise org.research org.public_interest org.legal_service org.other total'.split()
found = values(rows('3 1 2 0 4 0 5 4 2', '1 0 0 0 0 0 1', '2 0 2 0 1 0 0 2 3', '4 0 0 3 0 0 7', '0 0 0 0 0 0 0', '1 0 0 0 0 0 1',
                    '3 2 2 0 4 0 5 4 3', '0 0 0 0 0 0 0'))
ok([found.get(('requests.new', c)) for c in COLUMNS] == ['31', '2', '0', '4', '0', '5', '42'],
   'digits of seven numbers are put together where there is one way to add up', found)
# 11 1 0 0 0 0 12 or 1 11 0 0 0 0 12.
found = values(rows('1 1 1 0 0 0 0 1 2', '1 0 0 0 0 0 1', '1 2 1 0 0 0 0 3 3', '4 0 0 3 0 0 7', '0 0 0 0 0 0 0', '1 0 0 0 0 0 1'))
ok([found.get(('requests.new', c)) for c in COLUMNS] == [None] * 7, 'where there are two, none is read', found)
found = values(rows('31 2 4 5 42', '1 1', '20 2 1 23', '4 3 7', '3', '1 1', '32 2 4 5 43', '2 6'))
ok([found.get((r, c)) for r in ('requests.new', 'requests.carried_in', 'requests.result.denied.state_secret', 'requests.carried_out')
    for c in COLUMNS] == [None] * 6 + ['42'] + [None] * 6 + ['1'] + [None] * 14,
   'where blank cells were lost, the sum of the others is the total', found)
# A row as a sentence: of one kind of applicants, which is not the total; nor is what they add up to that of all results.
for text in ('本年度办理结果：予以公开自然人12件，商业企业1件，总计13件。', '（一）予以公开的自然人为12件，商业企业为1件。', '不予公开中自然人3件，法人1件。',
             '部分公开：自然人4件。', '属于国家秘密的自然人为2件。'):
    found = values(HEAD + '一、总体情况\n' + text + '\n')
    ok(not [k for k in found if k[1] == 'total'], f'no total: {text}', found)
found = values(HEAD + '一、总体情况\n收到公民、法人和其他组织的政府信息公开申请26件，予以公开13件；不予公开3件，其中自然人2件。\n')
ok([found.get((k, 'total')) for k in ('requests.new', 'requests.result.granted', 'requests.result.denied')] == ['26', '13', '3'],
   'what came of all is', found)
found = values(HEAD.replace('2021', '2015') + '一、总体情况\n公开群众举报投诉处理信息数0条。\n')
ok(('complaints.total', 'value') not in found, 'information on complaints is no complaint', found)
found = values(HEAD.replace('2021', '2019') + '一、总体情况\n其他对外管理服务事项上一年项目数量18件，处理决定数量30件。\n')
ok(found.get(('licensing.other_services', 'decisions')) in (None, '30'), 'projects of last year are no decisions', found)

# A line's end cut a label within its remark: the rest is another row's label by chance.
found = facts(HEAD.replace('2021', '2016') + '（一）收到申请数 | 件 | 4 |\n1.当面申请数 | 件 | 1 |\n2.传真申请数 | 件 | 0 |\n3.网络申请数 | 件 | 2 |\n'
              '4.信函申请数 | 件 | 1 |\n1.专职人员数（不包括政府公报及政府网站\n工作人员数） | 人 | 7 |\n2.兼职人员数 | 人 | 2 |\n')
ok(not [f for f in found if f['indicator'] == 'capacity.staff'], 'the rest of a remark is no label', found)

# The numbers of a printed page's pages stand among its rows.
def printed(between):
    lines = [f'{label.replace(",", " ")} {" ".join(map(str, row))}' for label, row in REQUESTS]
    return HEAD + '三、收到和处理政府信息公开申请情况\n自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n' + '\n'.join(
        lines[:6] + [between] + lines[6:]) + '\n'


whole = values(printed('续表'), origin='table')
for number in ('- 3 -', '— 3 —', '第 3 页'):
    ok(values(printed(number), origin='table') == whole and len(whole) == 56, f'{number} between rows is the number of a page',
       values(printed(number)))
found = subprocess.run('extract -q | normalize -q | classify -q', shell=True, input=printed('3').encode(), capture_output=True)
ok('2.其他法律行政法规禁止公开1 0 0' in found.stdout.decode(), 'a row that digits below it may go on is said', found.stdout)

# Section four has one row: a line of as many numbers is a table where no other stands.
page = HEAD + '一、总体情况\n未发生费用。\n四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n' + ' '.join(WIDE) + \
    ' 未经复议直接起诉 复议后起诉\n' + ' '.join(WIDE + WIDE) + '\n3 1 0 0 4 0 2 0 0 2 0 0 5 0 5\n五、存在的主要问题及改进情况\n'
found = values(page, origin='table')
ok((found.get(('review.total', 'value')), found.get(('litigation.direct.corrected', 'value')), found.get(('litigation.after_review.total', 'value'))) ==
   ('4', '2', '5'), 'one row of many numbers is a table', found)
ok(not values(page.replace('3 1 0 0 4 0 2 0 0 2 0 0 5 0 5', '3 1 0 0 4'), origin='table'), 'one of few is none')

# Cells that span rows were written into each row, in front of its label.
GROUPED = [(('三、本年度办理结果', '（三）不予公开'), '1.属于国家秘密', 2), (('三、本年度办理结果', '（三）不予公开'), '8.属于行政查询事项', 3),
           (('三、本年度办理结果', '（四）无法提供'), '1.本机关不掌握相关政府信息', 4), (('三、本年度办理结果', '（六）其他处理'), '3.其他', 5),
           (('三、本年度办理结果',), '（七）总计', 14)]
for between in '/', '', '——', '：':
    page = HEAD + '三、收到和处理政府信息公开申请情况\n | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n' + ''.join(
        f'{between.join((*groups, label))} | {n} | 0 | 0 | 0 | 0 | 1 | {n + 1} |\n' for groups, label, n in GROUPED)
    found = values(page, origin='table')
    ok([found.get((f'requests.result.{i}', 'natural_person')) for i in
        ('denied.state_secret', 'denied.admin_query', 'unavailable.not_held', 'other.misc', 'total')] == ['2', '3', '4', '5', '14'],
       f'labels behind their groups, "{between}" between', found)
page = HEAD.replace('2021', '2016') + '统计指标,单位,统计数\n三、依申请公开情况/（一）收到申请数,件,21\n三、依申请公开情况/（一）收到申请数/1.当面申请数,件,5\n' \
    '四、行政复议数量/（二）被依法纠错数,件,3\n五、行政诉讼数量/（二）被依法纠错数,件,4\n'
found = values(page, origin='table')
ok([found.get((i, 'value')) for i in ('requests.received', 'requests.received.in_person', 'review.corrected', 'litigation.corrected')] ==
   ['21', '5', '3', '4'], 'and tell rows of one label apart', found)

# A bar on a line of its own between cells, all lines filled up with blanks to one width.
MATRIX = [[label.split(',')[-1], *map(str, row)] for label, row in REQUESTS]
padded = '\n\n'.join('\n\n|\n\n'.join(r) for r in [['项目', *'自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计'.split()], *MATRIX])
page = HEAD + '\n'.join(f'{line:30}' for line in padded.split('\n')) + '\n'
found = values(page, origin='table')
ok((found.get(('requests.new', 'natural_person')), found.get(('requests.result.granted', 'total')), len(found)) == ('31', '23', 56),
   'blanks that end every line end no row', found)

# Records of two fields stand alone between headings on a page of records.
page = HEAD + '第二十条第（一）项\n信息内容,本年制发件数,本年废止件数,现行有效件数\n规章,0,0,1\n行政规范性文件,3,2,17\n第二十条第（五）项\n' \
    '信息内容,本年处理决定数量\n行政许可,416\n第二十条第（六）项\n'
found = values(page, origin='table')
ok((found.get(('normative.documents', 'in_force')), found.get(('licensing.permits', 'decisions'))) == ('17', '416'), 'two records among others', found)
ok(not values(HEAD + '信息内容,本年处理决定数量\n行政许可,416\n', origin='table'), 'not on a page without others')

# So does a row with bars, between two headings that have none.
page = HEAD.replace('2021', '2016') + '统计指标|单位|统计数\n一、主动公开情况\n（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）|条|812\n' \
    '（二）通过不同渠道和方式公开政府信息的情况\n1.政府公报公开政府信息数|条|20\n2.政府网站公开政府信息数|条|790\n二、回应解读情况\n' \
    '（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）|次|24\n（二）通过不同渠道和方式回应解读的情况\n'
found = values(page, origin='table')
ok((found.get(('proactive.channel.website', 'value')), found.get(('response.hot_topics', 'value'))) == ('790', '24'), 'a row between headings', found)
ok(not values(HEAD + '首页|政务公开|年报\n浏览次数|18次\n', origin='table'), 'bars between words make none')

# A record of JSON whose text is a list of paragraphs, or lost its tables to a field of their own.
table = [['信息内容', '本年制发件数', '本年废止件数', '现行有效件数'], ['规章', '0', '0', '1'], ['行政规范性文件', '3', '2', '17']]
lines = ['湖南省岳阳市平江县人民政府2021年政府信息公开工作年度报告', '二、主动公开政府信息情况']
for record in ({'content': lines, 'tables': [table]}, {'title': lines[0], 'text': lines[1], 'table': table}, {'正文': lines + ['\t'.join(r) for r in table]}):
    found = values(json.dumps(record, ensure_ascii=False) + '\n', origin='table')
    ok((found.get(('normative.rules', 'in_force')), found.get(('normative.documents', 'issued')), len(found)) == ('1', '3', 6),
       f'JSON with {", ".join(record)}', found)
# What an interface answers with is a list of records under such a name, not a table.
answer = json.dumps({'total': 2, 'rows': [{'title': lines[0], 'content': f'全年收到申请{n}件。'} for n in (3, 4)]}, ensure_ascii=False)
ok([f['value'] for f in facts(answer + '\n') if f['indicator'] == 'requests.new' and f['column'] == 'total'] == ['3', '4'], 'records under "rows" are pages')
markup = '<p>二、主动公开政府信息情况</p><table>' + ''.join('<tr>' + ''.join(f'<td>{c}</td>' for c in r) + '</tr>' for r in table) + '</table>'
found = facts(json.dumps({'title': lines[0], 'html': markup, 'tables': [table]}) + '\n')
ok(len(found) == len({(f['indicator'], f['column']) for f in found}), 'markup has its tables in it', found)

# A cell a line: where each row has as many cells as there are heads, these say what each is.
LOCAL = ('主动公开信息数 条 6120 31877', '受理依申请公开信息总数 条 53 288', '其中：1.当面申请数 条 20 130', '2.传真申请数 条 1 9',
         '5.信函申请数 条 3 16', '行政复议数 件 1 3', '行政诉讼数 件 0 1')


def sheet(heads, rows=LOCAL):
    return HEAD.replace('2021', '2012') + '附表\n\n' + '\n\n'.join('\n\n'.join(r.split()) for r in (heads, *rows)) + '\n'


found = values(sheet('指标名称 计量单位 2012年度 历年累计'), role='main')
ok([found.get((k, 'value')) for k in ('proactive.total', 'requests.received', 'requests.received.mail', 'review.total')] ==
   ['6120', '53', '3', '1'], 'heads of a cell a line, by their order', found)
found = values(sheet('指标名称 计量单位 历年累计 2012年度'), role='main')
ok([found.get((k, 'value')) for k in ('proactive.total', 'requests.received')] == ['31877', '288'], 'in whatever order', found)
found = values(sheet('指标名称 代码 计量单位 本年累计', [f'{a} {n} {b} {c}' for n, (a, b, c, d) in enumerate(map(str.split, LOCAL), 1)]), role='main')
ok([found.get((k, 'value')) for k in ('proactive.total', 'requests.received')] == ['6120', '53'], 'the codes of rows are no values', found)
found = values(sheet('指标名称 计量单位 2012年度 历年累计', (*LOCAL[:1], *(r.rsplit(' ', 1)[0] for r in LOCAL[1:3]), *LOCAL[3:])), role='main')
ok(('requests.received', 'value') not in found, 'no row is read by them where rows differ', found)
found = values(sheet('指标名称 2012年度 历年累计'), role='main')
ok(('requests.received', 'value') not in found, 'nor where there are more cells than heads', found)
finish()
