#!/usr/bin/env python3
"""A hundred thousand of a kind, which no body has: a filter comes to its end.  Where each is held against all before it
that takes minutes, and here a second; the limit lies far from both."""
import subprocess, sys
sys.dont_write_bytecode = True
from tap import finish, ok
from filters import csv_of

MANY = 100000
HEADER = 'region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,origin,role,period,grid,match,source,table,row,col,line,label'.split(',')
FACT = {'region': '331125', 'body_kind': 'government', 'body': '云和县', 'year': '2021', 'level': 'county', 'scope': 'region', 'form': '2021',
        'indicator': 'requests.new', 'column': 'total', 'value': '3', 'unit': '件', 'state': 'number', 'origin': 'table', 'role': 'main', 'grid': 'html',
        'match': 'exact', 'source': '-', 'table': '1', 'row': '1', 'col': '1', 'line': '1', 'label': '收到'}
REPORT = {**FACT, 'indicator': 'report', 'column': 'value', 'value': '1', 'unit': '份', 'origin': 'page'}


def facts(make):
    return csv_of([fact for i in range(MANY) for fact in make(i)], HEADER)


for name, command, text in [
        # As from a loop over pages that are read from standard input.
        ('reports of one source, without a year', 'validate', facts(lambda i: [{**REPORT, 'year': ''}])),
        ('reports of one source and year', 'validate', facts(lambda i: [REPORT])),
        ('reports of a body, each of its own source', 'validate', facts(lambda i: [{**REPORT, 'source': f'{i}.html'}])),
        ('bodies of a region', 'validate', facts(lambda i: [{**REPORT, 'body': f'局{i:06}', 'body_kind': 'department'}])),
        ('numbers of a cell', 'validate', facts(lambda i: [{**FACT, 'value': str(i)}])),
        ('figures of a line', 'validate', facts(lambda i: [{**FACT, 'origin': 'prose', 'role': 'second', 'table': '', 'value': str(i)}])),
        ('indicators', 'aggregate --by year,region,indicator --quantiles', facts(lambda i: [{**FACT, 'indicator': f'x.{i}'}])),
        ('labels that begin alike', 'aggregate --all --by label,indicator', facts(lambda i: [{**FACT, 'label': '长' * 40 + str(i)}])),
        ('regions nobody knows', 'aggregate --by year,region:province,indicator --rollup', facts(lambda i: [{**FACT, 'region': f'{i:06}'}]))]:
    try:
        done = subprocess.run([*command.split(), '-q'], input=text.encode(), capture_output=True, timeout=60, check=False)
        ok(done.returncode < 2, f'{command.split()[0]} ends: {MANY} {name}', done.returncode, done.stderr[:300])
    except subprocess.TimeoutExpired:
        ok(False, f'{command.split()[0]} ends: {MANY} {name}')
finish()
