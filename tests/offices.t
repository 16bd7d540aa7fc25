#!/usr/bin/env python3
"""Words that name other bodies on most reports, and the body itself on its own: 街道办事处, and 县区 in 梅县区; and how a
body's name is given."""
from filters import facts_of
from tap import finish, ok


def read(title, text):
    return {r['indicator']: r['value'] for r in facts_of(f'{title}\n一、总体情况\n{text}\n', role='main')
            if r['value'] and r['scope'] != 'unclear'}


for title, text, indicator, value in (
        ('南昌市西湖区桃源街道2021年政府信息公开工作年度报告', '2021年，桃源街道办事处主动公开政府信息83条。', 'proactive.total', '83'),
        ('南昌市西湖区桃源街道2021年政府信息公开工作年度报告', '街道未收到公民提出的公开政府信息的申请。', 'requests.new', '0'),
        ('无锡市锡山区安镇街道2021年政府信息公开工作年度报告', '2021年，安镇街道共受理政府信息公开申请3件。', 'requests.new', '3'),
        ('梅县区人民政府办公室2019年政府信息公开工作年度报告', '2019年，梅县区政府办主动公开政府信息1.3万条。', 'proactive.total', '13000')):
    ok(read(title, text).get(indicator) == value, f'{title}: {text}', read(title, text))
for title, text, indicator in (
        ('南昌市西湖区2021年政府信息公开工作年度报告', '桃源街道办事处主动公开政府信息83条。', 'proactive.total'),
        ('南昌市西湖区2021年政府信息公开工作年度报告', '街道未收到公民提出的公开政府信息的申请。', 'requests.new'),
        ('梅州市2019年政府信息公开工作年度报告', '梅县区主动公开政府信息1.3万条。', 'proactive.total')):
    ok(indicator not in read(title, text), f'{title}: {text}', read(title, text))
# A school's place is a part of its name, and stands as on the page.
for text, region, body in (
        ('安徽大学2019年信息公开工作年度报告\n按照安徽省教育厅的要求编制，数据自2019年1月1日至12月31日。', '340000', '安徽大学'),
        ('现编制2019年度延安大学信息公开工作年度报告。\n数据自2019年1月1日至12月31日。', '', '延安大学'),
        ('现公布2019年度泰州医院信息公开工作年度报告。\n数据自2019年1月1日至12月31日。', '', '泰州医院')):
    got = [(r['region'], r['body']) for r in facts_of(text + '\n一、概述\n') if r['indicator'] == 'report']
    ok(got == [(region, body)], f'whose: {body}', got)
finish()
