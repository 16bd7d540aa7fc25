#!/usr/bin/env python3
"""What lines of a page begin that is not of the report: plans, to its next part, and other pages' headlines and comments."""
from filters import facts_of
from tap import finish, ok


def read(*lines):
    text = '江西省抚州市南城县人民政府2016年政府信息公开工作年度报告\n\n' + '\n\n'.join(lines) + '\n'
    return {(r['indicator'], r['value']) for r in facts_of(text, origin='prose', period='') if r['indicator']}


SAID = '2016年，全县收到政府信息公开申请26件。'
MORE = '全县主动公开政府信息5200条。'
HAS, BOTH = {('requests.received', '26')}, {('requests.received', '26'), ('proactive.total', '5200')}
ok(read(SAID, MORE) == BOTH, 'two sentences of a report', read(SAID, MORE))
for heading in ('五、2017年工作打算', '（三）下一步工作计划', '五、存在的问题和改进措施'):
    found = read(SAID, heading, MORE)
    ok(found == (BOTH if '问题' in heading else HAS), heading, found)
for heading in ('相关阅读', '网友评论(2)', '最新信息：'):
    found = read(SAID, heading, MORE, '南城县2016年收到行政复议2件')
    ok(found == HAS, heading + ': what follows is of other pages', found)
found = read(SAID, '五、工作打算', '全县受理行政复议3件。', '六、其他情况', MORE)
ok(found == BOTH, 'the next part of the report is the report again', found)
found = read(SAID, '相关信息公开工作有序推进，' + MORE)
ok(found == BOTH, 'a sentence that begins with such a word is no heading', found)
finish()
