#!/usr/bin/env python3
"""Each check of parts against wholes (children() in checks.csv) by aggregate --rollup: it passes, breaks, cannot be assessed."""
import tempfile

from filters import csv_of, read, run, table
from tap import finish, ok

HEADER = ('region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,origin,role,period,grid,match,'
          'source,table,row,col,line,label,grade,checks')
YEARS = {'2014': 2016, 'liaoning-2015': 2015, '2019': 2020, '2021': 2022}


def fact(region, level, form, indicator, column, value):
    return dict(region=region, body_kind='government', body='政府', year=str(YEARS[form]), level=level, scope='region', form=form,
                indicator=indicator, column=column, value=value, unit='件', state='number' if value else 'blank', origin='table',
                role='main', grid='html', match='exact', source=region + '.html', table='1', row='1', col='1', line='1',
                label=indicator, grade='consistent')


def findings(facts):
    """The ids of the checks that fail, with their two sides."""
    with tempfile.NamedTemporaryFile(suffix='.csv') as f:
        status, _, said = run('aggregate', '-q', '--rollup', '--by', 'year,region,indicator', '--findings', f.name,
                              text=csv_of(facts, HEADER.split(',')))
        ok(status < 2, 'aggregate ends well', said)
        return {(r['check'], r['left'], r['right']) for r in read(f.name)}


rows = [r for r in table('forms/checks') if r['expression'].startswith('children(')]
ok(len(rows) == 8, 'eight checks speak of children', [r['id'] for r in rows])
forms = {'X-39': '2019', 'X-40': '2019', 'X-49': '2021', 'X-50': '2021', 'X-51': '2014', 'X-52': '2014', 'X-53': 'liaoning-2015',
         'X-54': 'liaoning-2015'}
for r in rows:
    name = r['id']
    form = r['form'] if r['form'] in YEARS else forms[name]
    ref = r['expression'].split('<=')[1].strip()
    indicator, _, column = ref.partition('[')
    column = column.rstrip(']') or 'value'
    parent = lambda v: fact('210600', 'prefecture', form, indicator, column, v)
    child = lambda code, v: fact(code, 'county', form, indicator, column, v)
    hit = lambda facts: {f for f in findings(facts) if f[0] == name}
    good = hit([parent('10'), child('210602', '4'), child('210603', '6')])
    ok(not good, f'{name} holds: 4 + 6 are not above 10', good)
    bad = hit([parent('10'), child('210602', '4'), child('210603', '7')])
    ok(bad == {(name, '11', '10')}, f'{name} breaks: 4 + 7 are above 10', bad)
    vague = lambda f: dict(f, state='about')
    about = hit([parent('10'), vague(child('210602', '4')), child('210603', '7')]) | \
        hit([vague(parent('10')), child('210602', '4'), child('210603', '7')])
    ok(not about, f'{name} cannot be assessed with a number that is about so much', about)
    none = hit([child('210602', '4'), child('210603', '7')]) | hit([parent(''), child('210602', '4')]) | hit([parent('10')])
    ok(not none, f'{name} cannot be assessed without the whole or without a part', none)
finish()
