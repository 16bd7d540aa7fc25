#!/usr/bin/env python3
"""Tables as scripts leave them that write the text of each cell in turn: rows with as many fields as they have cells,
cells torn into the runs of their text."""
import csv, io, os, subprocess, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import bin_, finish, ok


def facts(page):
    p = subprocess.run(f'{bin_}/extract -q | {bin_}/normalize -q | {bin_}/classify -q | {bin_}/validate -q', shell=True,
                       input=page.encode(), capture_output=True)
    return [f for f in csv.DictReader(io.StringIO(p.stdout.decode())) if f['indicator'] not in ('', 'report')]


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
finish()
