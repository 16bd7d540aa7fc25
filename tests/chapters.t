#!/usr/bin/env python3
"""Chapters of a compendium that are other bodies': what stands in them is not the page's own, in sentences and tables."""
from filters import facts_of
from tap import finish, ok

HEAD = ['江西省抚州市2016年政府信息公开工作年度报告', '根据《条例》编制。']
OWN = ['第一章 全市情况', '全市主动公开政府信息5200条，收到申请310件。']


def part(number, said):
    return [f'主动公开政府信息{number}条，收到申请{number + 1}件。', f'{said}受理行政复议{number + 2}件。', '统计指标 | 单位 | 统计数 |',
            f'当面申请数 | 件 | {number + 3} |', f'传真申请数 | 件 | {number + 4} |', f'信函申请数 | 件 | {number + 5} |']


def main(lines):
    return {r['value'] for r in facts_of('\n\n'.join(lines).replace('|\n\n', '|\n'), role='main')
            if r['scope'] != 'unclear' and r['indicator'] and r['origin'] != 'page'}


for first, second in (('第一节 南城县', '第二节 黎川县'), ('第一节南城县', '第二节黎川县'), ('第二章 南城县人民政府', '第三章 黎川县人民政府'),
                      ('第一节 市教育局', '第二节 市财政局'), ('第1节 南城县', '第2节 黎川县'), ('【南城县】', '【黎川县】'),
                      ('（一）南城县', '（二）黎川县'), ('第一节 南城县政府信息公开年度报告', '第二节 黎川县'),
                      ('第一节 南城县', '第二节 黎川县政府信息公开工作年度报告')):
    for inner in ([], ['一、概述']):
        lines = [first, *inner, *part(41, '')] + [second, *inner, *part(71, '')]
        found = main(HEAD + OWN + ['第二章 各县（区）情况'] + lines)
        ok(found == {'5200', '310'}, f'{first}, {len(inner)} within', found)
        found = main(HEAD + ['前言'] + lines)
        ok(found == set(), f'{first}, and nothing of the page\'s own, {len(inner)} within', found)
lines = HEAD + OWN + ['第二章 各县（区）情况', '第一节 南城县', *part(41, ''), '第二节 黎川县', *part(71, ''), '第三章 其他', '全市举报投诉9件。']
found = main(lines)
ok(found == {'5200', '310', '9'}, 'the next chapter is the page\'s again', found)
found = main(HEAD + ['第一章 概述', *part(41, ''), '第二章 主要工作', '第一节 制度建设', '全市举报投诉9件。'])
ok({'41', '42', '43', '44', '45', '46', '9'} == found, 'chapters that are no bodies\'', found)
finish()
