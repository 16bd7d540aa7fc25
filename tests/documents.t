#!/usr/bin/env python3
"""Pages beside the reports of a site's column: none of them is a report, and what only looks like them is one."""
import json
from filters import facts_of
from tap import finish, ok

SHORT = '2020年，全市主动公开政府信息512条，收到政府信息公开申请8件，均已答复。'
WHOLE = """一、主动公开政府信息情况
2020年，全市主动公开政府信息512条。
二、依申请公开政府信息情况
2020年，全市收到政府信息公开申请8件。
三、存在的主要问题
内容还不够丰富。"""


def head(page):
    rows = facts_of(page, worst=1, indicator='report')
    return (rows[0]['region'], rows[0]['body_kind'], rows[0]['year']) if rows else None


def read(url, page):
    rows = facts_of(json.dumps({'url': url, 'text': page}), worst=1, indicator='report')
    return (rows[0]['region'], rows[0]['body_kind'], rows[0]['body'], rows[0]['year']) if rows else None


def html(title, text, crumb='首页 &gt; 政务公开', links=()):
    lines = ''.join(f'<p>{line}</p>' for line in text.split('\n'))
    links = ''.join(f'<li>{link}</li>' for link in links)
    return (f'<html><head><meta charset=utf-8><title>{title}-瑞昌市人民政府</title></head><body><div>当前位置：{crumb}</div>'
            f'<h1>{title}</h1><div>发布时间：2021-01-26</div>{lines}<ul>{links}</ul></body></html>')


NAME = '瑞昌市2020年政府信息公开工作年度报告'
for title, text in (
        ('瑞昌市发布2020年政府信息公开工作年度报告', SHORT), ('瑞昌市2020年政府信息公开年报出炉', SHORT),
        (NAME + '在市政府网站公开', SHORT), (NAME, '本报讯 ' + SHORT), (f'《{NAME}》解读', WHOLE), (f'图解：{NAME}', WHOLE),
        (f'{NAME}（征求意见稿）', WHOLE), (f'关于公开征求《{NAME}》意见的公告', WHOLE),
        ('关于报送2020年政府信息公开工作年度报告的通知', WHOLE), ('2020年政府信息公开工作年度报告编制培训会', SHORT),
        ('瑞昌市2020年政务公开第三方评估报告', SHORT), ('瑞昌市2020年法治政府建设年度报告', SHORT)):
    for page in (html(title, text, links=(NAME,)), title + '\n' + text):
        ok(head(page) is None, f'no report: {title}', head(page))
ok(head('\n'.join(f'瑞昌市{x}2020年政府信息公开工作年度报告 2021-01-2{i}' for i, x in enumerate(('教育局', '民政局', '范镇', '南义镇')))) is None,
   'a list of many bodies')
ok(head('政府信息公开申请答复书\n申请人：\n您申请公开的瑞昌市2020年政府信息公开工作年度报告已公开。') is None, 'a reply')
ok(head(f'<title>{NAME}</title><p>对不起，您访问的页面不存在！') is None, 'an error page')

REPORT = ('360481', 'government', '2020')
for title, text in (
        (NAME, SHORT), (NAME + '（含解读）', WHOLE), ('瑞昌市人民政府发布2020年政府信息公开工作年度报告', WHOLE),
        (f'瑞昌市人民政府关于公布《{NAME}》的公告', SHORT), (f'瑞昌市人民政府办公室关于印发{NAME}的通知', WHOLE),
        ('瑞昌市2020年政府信息公开工作小结', SHORT), ('瑞昌市2020年政务公开工作情况汇报', SHORT)):
    ok(head(title + '\n' + text) == REPORT, f'a report: {title}', head(title + '\n' + text))
ok(head(html(NAME, WHOLE, '首页 &gt; 解读', ('图解：' + NAME, f'《{NAME}》解读'))) == REPORT, 'a report with links to what explains it')
ok(head(html(NAME, '附件：年度报告.pdf', links=[NAME.replace('市', f'市{x}') for x in ('教育局', '民政局', '财政局', '水利局')])) == REPORT,
   'a report that is attached, with links to others')
ok(head('首页 新闻中心 政务公开 政策解读\n' + WHOLE + '\n瑞昌市人民政府\n2021年1月20日\n') == REPORT, 'a report without its head')

# A scraper's text without its head: the address may say that it stands among the reports.
BARE = ('一、总体情况\n2022年，在区委、区政府的坚强领导下，江西瑞昌工业园区管理委员会不断深化政府信息公开，全年公开信息61条。\n'
        '（一）加强队伍建设。明确专人负责。\n')
for address, found in (('/zwgk/zfxxgknb/2022/t3.html', True), ('/module/xxgk/xxgkAnnualReport.jsp?area=3', True), ('/zwgk/xwdt/t3.html', False)):
    ok(read('http://www.ruichang.gov.cn' + address, BARE) == (('360481', 'zone', '瑞昌工业园区管理委员会', '2022') if found else None),
       f'without a head: {address}', read('http://www.ruichang.gov.cn' + address, BARE))
ok(read('http://www.ruichang.gov.cn/zfxxgknb/index.html', '首页 政务公开 政府信息公开年报\n2022\n2021\n2020') is None, 'a column without a text')
ok(head('一、总体情况 瑞昌市范镇2022年扎实做好政府信息公开工作，全年公开信息61条。 二、主动公开政府信息情况 三、收到和处理政府信息公开申请情况 '
        '四、存在的主要问题 人手不足。') is not None, 'a page on one line: its parts have numbers')
ok(head('一、总体情况\n2022年，我局做好政务公开，主动公开政府信息61条。\n二、主动公开政府信息情况\n第二十条第（一）项\n信息内容 | 本年制发件数 |\n'
        '规章 | 0 |') is not None, 'a table of the form is a part of a report')
ok(head('2020年政府信息公开工作年度报告展示平台 来源：瑞昌新闻网\n\n' + SHORT.replace('全市', '各单位')) is None, 'no title, whoever publishes it')
ok(head('第一条 各科室应当编制政府信息公开工作年度报告。\n第二条 报告应当具有下列内容：\n（一）主动公开政府信息的情况\n'
        '（二）依申请公开政府信息的情况\n（三）存在的主要问题\n') is None, 'rules for reports')
# 第一部分 is no article, and one article named again and again, as torn pages of the form of 2021 have it, makes no rules.
parts = '第一部分 概述\n主动公开政府信息5条。\n第二部分 依申请公开\n收到政府信息公开申请3件。\n第三部分 复议和诉讼\n无。\n'
torn = ''.join(f'第二十条\n第（{n}）项\n{label}\n{value}\n' for n, label, value in (('一', '规章', 0), ('五', '行政许可', 12), ('六', '行政处罚', 3)))
ok(head('瑞昌市政府信息公开年报\n' + parts + '2016年\n') == ('360481', 'government', '2016'), 'numbered parts are no articles')
ok(head('瑞昌市2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n' + torn) == ('360481', 'government', '2021'), 'one article again and again')
rules = '瑞昌市政府信息公开工作年度报告编制办法\n' + ''.join(f'第{n}条 各单位按时编制年度报告。\n' for n in '一二三四')
ok(head(rules) is None, 'articles in their order are rules')

finish()
