#!/usr/bin/env python3
"""validate inside prose: wholes and parts, shares, growths, as classify hands them on."""
from filters import csv_of, validate
from tap import finish, ok

HEADER = 'region,body_kind,body,year,scope,form,indicator,column,value,unit,state,origin,role,period,source,line,label'.split(',')

# name, checks that must fail, figures: (clause, value, unit[, column[, line]])
CASES = [
    ('parts that make the whole', [], [('全年共办理建议40件', 40, '件'), ('其中代表建议25件', 25, '件'), ('委员提案15件', 15, '件')]),
    ('parts above the whole', ['X-56'], [('共收到建议40件', 40, '件'), ('其中主办28件', 28, '件'), ('协办15件', 15, '件')]),
    ('of which, not all: below the whole', [], [('共收到建议40件', 40, '件'), ('其中主办8件', 8, '件'), ('协办15件', 15, '件')]),
    ('分为 says that is all', ['X-56'], [('受理40件', 40, '件'), ('分别为主办8件', 8, '件'), ('协办15件', 15, '件')]),
    ('all shares given says that is all', ['X-56'], [
        ('申请24件', 24, '件'), ('其中当面11件', 11, '件'), ('占45.8%', 45.8, '%', 'percent'), ('网络5件', 5, '件'), ('占20.8%', 20.8, '%', 'percent')]),
    ('a part above its whole is another subject', [], [('微信公开37条', 37, '条'), ('其中七镇网站公开101条', 101, '条'), ('区网站90条', 90, '条')]),
    ('a sum of its own ends the list', [], [('共公开50条', 50, '条'), ('其中网站40条', 40, '条'), ('全年公开规范性文件45条', 45, '条')]),
    ('the next paragraph is another', [], [('共公开50条', 50, '条'), ('其中网站40条', 40, '条'), ('微信30条', 30, '条', 'value', 9)]),
    ('another unit is no part', [], [('共公开50条', 50, '条'), ('其中网站40条', 40, '条'), ('点击30次', 30, '次')]),
    ('figures without a word that joins them', [], [('公开文件20条', 20, '条'), ('公开动态18条', 18, '条'), ('公开公告17条', 17, '条')]),
    ('an approximate whole', [], [('共公开约50条', 50, '条', 'value', 1, 'about'), ('其中网站40条', 40, '条'), ('微信30条', 30, '条')]),
    ('a share', [], [('申请24件', 24, '件'), ('其中当面11件', 11, '件'), ('占45.8%', 45.8, '%', 'percent')]),
    ('a share made to fit a hundred', [], [('申请24件', 24, '件'), ('其中信函8件', 8, '件'), ('占33.4%', 33.4, '%', 'percent')]),
    ('a share that is wrong', ['X-55'], [('申请24件', 24, '件'), ('其中当面11件', 11, '件'), ('占54.8%', 54.8, '%', 'percent')]),
    ('a share rounded to whole per cent', [], [('申请24件', 24, '件'), ('其中当面11件', 11, '件'), ('占46%', 46, '%', 'percent')]),
    ('a share of the whole before last', [], [
        ('申请50件', 50, '件'), ('其中网络20件', 20, '件'), ('同意公开10件', 10, '件'), ('占20%', 20, '%', 'percent')]),
    ('a rate is no share', [], [('申请24件', 24, '件'), ('其中办结23件', 23, '件'), ('办结率99%', 99, '%', 'percent')]),
    ('growth between that of the parts', [], [
        ('共公开100条', 100, '条'), ('增长14%', 14, '%', 'growth'), ('其中区级60条', 60, '条'), ('增长16%', 16, '%', 'growth'),
        ('镇级40条', 40, '条'), ('增长12%', 12, '%', 'growth')]),
    ('growth above that of all parts', ['X-58'], [
        ('共公开100条', 100, '条'), ('增长21%', 21, '%', 'growth'), ('其中区级60条', 60, '条'), ('增长16%', 16, '%', 'growth'),
        ('镇级40条', 40, '条'), ('增长12%', 12, '%', 'growth')]),
    ('growth below that of all parts', ['X-57'], [
        ('共公开100条', 100, '条'), ('增长2%', 2, '%', 'growth'), ('其中区级60条', 60, '条'), ('增长16%', 16, '%', 'growth'),
        ('镇级40条', 40, '条'), ('增长12%', 12, '%', 'growth')]),
    ('growth of parts that are not all', [], [
        ('共公开100条', 100, '条'), ('增长21%', 21, '%', 'growth'), ('其中区级60条', 60, '条'), ('增长16%', 16, '%', 'growth'),
        ('镇级30条', 30, '条'), ('增长12%', 12, '%', 'growth')]),
    ('one figure with two meanings is one part', [], [
        ('共发生复议诉讼5件', 5, '件'), ('其中复议和诉讼3件', 3, '件'), ('其中复议和诉讼3件', 3, '件'), ('其余2件', 2, '件')]),
    ('nothing at all', [], [('共收到0件', 0, '件'), ('其中网络0件', 0, '件'), ('信函0件', 0, '件')]),
]


rows = []
for i, (name, checks, figures) in enumerate(CASES):
    for clause, value, unit, *more in figures:
        column, line, state = (more + ['value', 1, 'number'][len(more):])[:3]
        rows.append(dict(region='110101', body_kind='department', body=f'局{i:03d}', year=2012, scope='own', form='prose',
                         column=column, value=value, unit=unit, state=state, origin='prose', role='second',
                         source=f'{i}.html', line=line, label=clause))
facts, findings, status, said = validate(csv_of(rows, HEADER), '-q')
ok(status == 1, 'status 1', said)
for i, (name, checks, figures) in enumerate(CASES):
    have = sorted(f['check'] for f in findings if f['body'] == f'局{i:03d}')
    ok(have == checks, name, f'want {checks}, have {have}')
found = {(f['body'], f['check']): f for f in findings}
f = found.get(('局001', 'X-56'), {})
ok((f.get('left'), f.get('right'), f.get('delta')) == ('40', '43', '-3') and '28 + 15' in f.get('message', ''), 'both sides are told', f)
f = found.get(('局013', 'X-55'), {})
ok((f.get('left'), f.get('right')) == ('54.8', '45.8'), 'a wrong share with the right one', f)
marked = [f['value'] for f in facts if f['body'] == '局001' and f['checks'] == 'X-56']
ok(marked == ['40', '28', '15'], 'the whole and its parts are marked', marked)
finish()
