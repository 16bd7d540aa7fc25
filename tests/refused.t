#!/usr/bin/env python3
"""A table of one's own that has a fault is refused (2), with nothing written and one line that names file, line and
fault, in Chinese too: each message there is for a table or a check is said once here."""
import csv, os, re, subprocess, sys, tempfile
sys.dont_write_bytecode = True
from tap import finish, ok, top

tables = os.path.join(top, 'common', 'tables')
SERIES = ['aggregate', '--by', 'year,region,series']


def more(row):
    """A row more."""
    return lambda text: text + row + '\n'


def instead(old, new):
    """The first such text is another."""
    def change(text):
        assert old in text, old
        return text.replace(old, new, 1)
    return change


def first(row):
    """A row before all others."""
    return lambda text: text.replace('\n', '\n' + row + '\n', 1)


# Patterns are made when a page has their words.
PAGE = '2016年官渡区水务局政府信息公开工作年度报告\n2016年，我局收到申请3件。\n'
PHRASE = '{},value,,,count,件,{},{},,,'
CASES = [
    # What runs, the table, what is done to it, what is said behind the file and, if a row is at fault, its line.
    (['classify'], 'forms/indicators', lambda text: '', ': empty: a table begins with its header'),
    (['classify'], 'forms/indicators', more('one,two'), ':{last}: the row has another number of fields than the header'),
    (['classify'], 'forms/indicators', more('a "quote,' + ',' * 13), ':{last}: a quote that is out of place or open at the end of the line'),
    (['classify'], 'forms/indicators', instead(',label_core', ',core'), ": column 'label_core' is not there"),
    (['classify'], 'forms/indicators', more('own,x.y,标签,label,件,,,1st,,,main,value,,标签,high'), ":{last}: '1st' is no order"),
    (['classify'], 'forms/indicators', more('own,x.y,标签,label,件,,,,,,main,value,,标签,high'), ":{last}: '' is no order"),
    (['classify'], 'forms/indicators', more('own,x.y,标签,label,件,,,1,,,main,row,,标签,high'), ":{last}: 'row' is no row_type"),
    (['classify'], 'forms/indicators', more('2021,report,标签,label,件,,,1,,,main,value,,标签,high\n' * 2 + 'x,y,z,,,,,1,,,main,value,,标签,'), ":{line}: 'report' stands twice in form '2021'"),
    (['classify'], 'forms/columns', more('2021,requests,total,总计,9,总计,,,,high'), ":{last}: column 'total' stands twice in table 'requests' of form '2021'"),
    (['classify'], 'forms/labels', more('of_whom,其中,'), ":{last}: no word, or no such role 'of_whom'"),
    (['normalize'], 'forms/numberwords', more('半数,halves,,,'), ":{last}: 'halves' is none of what may stand in column 'role'"),
    (['classify'], 'forms/headers', more('栏目名,heading,'), ":{last}: '栏目名' is no header or 'heading' no role"),
    (['classify'], 'forms/phrases', more('requests.received,value,,,counts,件,收到申请,收到申请,,,'), ":{last}: 'counts' is none of what may stand in column 'polarity'"),
    (['classify'], 'forms/phrases', more('requests.received,value,2019年,,count,件,收到申请,收到申请,,,'), ":{last}: '2019年' is none of what may stand in column 'from'"),
    (['classify'], 'forms/phrases', more('requests.received,value,,20l9,count,件,收到申请,收到申请,,,'), ":{last}: '20l9' is none of what may stand in column 'until'"),
    (['classify'], 'forms/phrases', more(PHRASE.format('no.such', '收到申请', '收到申请')), ":{last}: 'no.such' is no indicator of any form"),
    (['classify'], 'forms/phrases', more(PHRASE.format('@no-such', '收到申请', '收到申请')), ":{last}: '@no-such' is no reading"),
    (['classify'], 'forms/phrases', more(PHRASE.format('requests.received', 'no', '收到申请')), ":{last}: 'no' is too short a keyword"),
    (['classify'], 'forms/phrases', more('requests.received,value,,,,{nothing},收到申请,收到申请,,,'), ':{last}: there are no units {nothing}'),
    (['classify'], 'forms/phrases', first(PHRASE.format('requests.received', '收到申请', '收到{nothing}申请')), ':2: there are no words {nothing}'),
    (['classify'], 'forms/phrases', first(PHRASE.format('requests.received', '收到申请', '收到(申请')), ':2: the pattern cannot be read: missing closing parenthesis'),
    (['classify'], 'regions/regions', instead('\n110000,', '\n110,'), ':2: not a region: code, level, parent and years do not fit'),
    (['classify'], 'regions/regions', lambda text: text + ''.join(f'{n},{text.splitlines()[-1].partition(",")[2]}\n' for n in range(66000)), ': more than 65534 rows'),
    (['classify'], 'regions/changes', instead('\n2008,boundary', '\n2008,moved'), ':2: not a change: type, year and codes do not fit'),
    (['classify'], 'regions/bodies', more('人民大会,ministry,'), ':{last}: no ending, or no such kind of body'),
    (['classify'], 'regions/evidence', more('rumour,010,110000,,,'), ':{last}: no such kind of evidence, or no key'),
    (['classify'], 'regions/context', more('hearsay,据说'), ":{last}: no word, or no such role 'hearsay'"),
    (['classify'], 'regions/words', more('hearsay,据说'), ":{last}: no such role 'hearsay'"),
    (['classify'], 'regions/scopes', more('各处,everywhere,'), ':{last}: no such scope'),
    (['classify'], 'regions/types', more(',,'), ':{last}: no type'),
    (['classify'], 'regions/types', lambda text: text + ''.join(f'类{n},,\n' for n in range(300)), ': more than \\d+ types of places'),
    (['classify'], 'page/meta', more('ArticleName,hearsay,'), ':{last}: no name, or nothing it may say'),
    (['classify'], 'page/meta', lambda text: text + ''.join(f'Name{n},title,\n' for n in range(100)), ': more than \\d+ names'),
    (['classify'], 'page/traditional', more('甲,,mine'), ':{last}: not a pair of characters'),
    (['normalize'], 'page/traditional', more('甲,,mine'), ':{last}: not a pair of characters'),
    (['normalize'], 'forms/numerals', lambda text: text + ''.join(f'{chr(0x3400 + n)},5,,\n' for n in range(3000)), ': more than \\d+ numerals'),
    (['normalize'], 'forms/numerals', more('㐀,forty,,'), ":{last}: '㐀' is no numeral with its value and use"),
    (['normalize'], 'forms/units', more('打,件,many,0,count,'), ":{last}: column 'shift' takes a whole number from -9 to 9"),
    (['normalize'], 'forms/numberwords', more('几倍,growth,twice,%,'), ":{last}: "),
    (['normalize'], 'forms/marks', more('－,sign,'), ":{last}: 'sign' is none of what may stand in column 'role'"),
    (['normalize'], 'forms/zero', more('没有过,nothing,,,'), ":{last}: 'nothing' is none of what may stand in column 'role'"),
    (['extract'], 'page/words', more('greeting,您好,'), ":{last}: 'greeting' is no use of a word, or the word is empty or too long"),
    (['extract'], 'page/formats', more('5G,'), ':{last}: what a file begins with is up to 16 bytes, two digits or capitals A to F each, and has a reason'),
    (['validate'], 'forms/sentences', more('此中,shuts,'), ":{last}: '此中' is no Chinese word or 'shuts' no role of one"),
    (['validate'], 'forms/editions', more('1999,1999,2000,,,'), ':{last}: a form of the tables and its years are expected'),
    # A text that has two rows: one of them would hold.
    *[([command], table, lambda text: text + '\n'.join(reversed(text.split('\n')[1:-1])) + '\n', ":\\d+: '.+' stands twice in column '[\\w,]+'")
      for command, table in (('extract', 'page/formats'), ('normalize', 'page/traditional'), ('normalize', 'forms/units'), ('normalize', 'forms/numerals'),
                             ('normalize', 'forms/marks'), ('classify', 'forms/units'), ('classify', 'forms/numerals'), ('classify', 'forms/headers'),
                             ('classify', 'forms/editions'), ('classify', 'regions/bodies'), ('classify', 'regions/icp'), ('classify', 'regions/types'),
                             ('validate', 'forms/sentences'), ('validate', 'forms/editions'), ('validate', 'regions/bodies'),
                             ('normalize', 'forms/numberwords'), ('normalize', 'forms/zero'), ('classify', 'regions/regions'), ('classify', 'regions/evidence'),
                             ('classify', 'regions/functional_zones'), ('classify', 'regions/scopes'), ('classify', 'page/meta'))],
    (SERIES, 'forms/concordance', lambda text: text + text.split('\n')[-2] + '\n', ":\\d+: '.+' stands twice in column 'series,form,indicator,column'"),
    (SERIES, 'forms/concordance', more('x.y,2021,requests.new,total,nearly,1,x,,high'), ':{last}: comparable is exact, approximate or broken, and weight a whole number'),
    (SERIES, 'forms/concordance', more('x.y,2021,requests.new,total,exact,half,x,,high'), ':{last}: comparable is exact, approximate or broken, and weight a whole number'),
]

# A check of one's own: id, form, severity, expression, when, scope; what is said behind `check 'own': `, or the line.
CHECKS = [
    (['own 1', '2021', 'error', 'requests.new >= 0', '', 'single'], None, 'a check needs an id without blanks'),
    (['own', '2021', 'grave', 'requests.new[total] >= 0', '', 'single'], '', "'grave' is no severity"),
    (['own', '2020', 'error', 'requests.new[total] >= 0', '', 'single'], '', "there is no form '2020'"),
    (['own', '2021', 'error', 'requests.new[total] >= 0', '', 'per_page'], '', "there is no scope 'per_page'"),
    (['own', '2021', 'error', 'requests.nwe[total] >= 0', '', 'single'], '', "there is no row 'requests.nwe' in form '2021'"),
    (['own', '2021', 'error', '[total] >= 0', '', 'single'], '', "'[total]' needs a row: the scope is not per_row"),
    (['own', '2021', 'error', 'requests.new >= 0', '', 'single'], '', "row 'requests.new' has several columns: name one"),
    (['own', '2021', 'error', 'requests.new[all] >= 0', '', 'single'], '', "row 'requests.new' has no column 'all'"),
    (['own', '2021', 'error', 'requests.new[total] > 0', '', 'single'], '', "'=', '<=' or '>=' is expected before '>'"),
    (['own', '2021', 'error', 'requests.new[total] >=', '', 'single'], '', 'a row, a column or a number is missing at the end of the rule'),
    (['own', '2021', 'error', 'requests.new[total] >= 0 and', '', 'single'], '', ''),
    (['own', '2021', 'error', 'requests.new[] >= 0', '', 'single'], '', "a column is expected before ']'"),
    (['own', '2021', 'error', 'requests.new[total] >= 99999999999999999999', '', 'single'], '', "the number '99999999999999999999' is too large"),
    (['own', '2021', 'error', 'count(requests.new) >= 0', '', 'single'], '', "there is no function 'count' here"),
    (['own', '2021', 'error', 'meta() = 1', '', 'single'], '', "a name is expected before '"),
    (['own', '2021', 'error', 'meta(colour) = year', '', 'single'], '', "there is no field 'colour'"),
    (['own', 'all', 'error', 'narrative(no.such) = 0', '', 'cross_source'], '', "there is no row 'no.such'"),
    (['own', '2021', 'error', 'children(requests.new[total]) <= requests.new[total]', '', 'single'], '', 'children() needs the scope cross_unit'),
    (['own', '2021', 'error', 'requests.new[total] = requests.new[total] / requests.carried_in[total]', '', 'single'], '', ''),
    (['own', '2021', 'error', 'narrative(percent) = narrative(whole) / narrative(part)', '', 'within_sentence'], '', ''),
    (['own', '2021', 'error', 'integer(*)', '', 'single'], '', 'integer(*) and the scope per_cell belong together'),
    (['own', 'all', 'error', 'text_agrees(*)', '', 'cross_source'], '', 'text_agrees(*) is for the cells of one form'),
    (['own', '2021', 'error', 'text_agrees(*)', '', 'single'], '', 'text_agrees(*) and one_figure(*) need the scope cross_source'),
    (['own', '2021', 'error', 'renewed(*)', '', 'single'], '', 'the scope group is for the functions over the reports of a body'),
    (['own', '2021', 'error', 'requests.new[total] >= 0', 'later fails', 'single'], '', "there is no check 'later' before it"),
    (['own', '2021', 'error', 'requests.new[total] >= 0', '2021-01 holds', 'single'], '', "'2021-01 holds' does not say '<id> fails'"),
    (['own', '2021', 'error', '[no_such] >= 0', '', 'per_row:requests'], '', "row 'requests.new' has no column 'no_such'"),
    (['own', '2021', 'error', '[total] >= 0', '', 'per_row:figures'], '', "form '2021' has no table 'figures'"),
]


pieces = subprocess.run('extract | normalize', shell=True, input=PAGE, capture_output=True, text=True, check=True).stdout


def run(command, path, lang):
    done = subprocess.run([*command, '--lang', lang], input=pieces if 'classify' in command else '', capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr.replace(path, 'FILE').split('\n')[:-1]


def refused(command, path, name, want):
    status, out, said = run(command, path, 'en')
    good = status == 2 and out.count('\n') < 2 and len(said) == 1 and re.match(f'{command[0]}: FILE{want}', said[0])
    _, _, chinese = run(command, path, 'zh')
    place = re.match(r'\w+: FILE(:\d+: |: |：)', said[0] if said else '')
    good = good and place and len(chinese) == 1 and re.match(f'{command[0]}: FILE[:：]', chinese[0]) and \
        re.findall(r'FILE:\d+', said[0]) == re.findall(r'FILE:\d+', chinese[0]) and re.search('[一-龥]', chinese[0]) and \
        ('--checks' not in command or not re.search('[a-z]{2} [a-z]+ [a-z]{2}', re.sub("'.*?'", '', chinese[0])))
    ok(good, name, f'{status} {out[:100]!r} {said} {chinese}')


# The tables built in are not looked at for that when a filter starts.
for table in ('page/formats', 'page/traditional', 'forms/units', 'forms/numerals', 'forms/marks', 'forms/headers', 'forms/editions', 'forms/sentences',
              'forms/statistics', 'regions/bodies', 'regions/icp', 'regions/types'):
    with open(os.path.join(tables, table + '.csv'), encoding='utf-8', newline='') as f:
        keys = [row[0] for row in csv.reader(f)]
    twice = {key for key in keys if keys.count(key) > 1} if len(set(keys)) < len(keys) else set()
    ok(not twice, f'{table}: no text has two rows', twice)

with tempfile.TemporaryDirectory() as folder:
    for command, table, change, want in CASES:
        part, name = table.split('/')
        with open(os.path.join(tables, table + '.csv'), encoding='utf-8', newline='') as f:
            text = change(f.read())
        own = os.path.join(folder, part)
        os.makedirs(own, exist_ok=True)
        path = os.path.join(own, name + '.csv')
        with open(path, 'w', encoding='utf-8', newline='') as f:
            f.write(text)
        pattern = want if '\\d' in want else re.escape(want)
        pattern = pattern.replace(re.escape('{last}'), str(text.count('\n'))).replace('{last}', str(text.count('\n')))
        pattern = pattern.replace(re.escape('{line}'), r'\d+')
        refused([*command, '--tables', folder], path, f'{table}{want}', pattern)
        os.unlink(path)
    # Not what it takes of memory to read it, but what it is: a hole in a file takes no room.
    path = os.path.join(folder, 'own.csv')
    with open(path, 'w', encoding='utf-8') as f:
        f.truncate((64 << 20) + 1)
    refused(['validate', '--checks', path], path, 'a file that is no table', ': too large for a table: more than 64 MiB')
    # What is cut short in a message is cut between characters.
    with open(path, 'w', encoding='utf-8') as f:
        f.write('id,form,severity,expression,when,scope\nown,' + '长' * 600 + ',error,,,\n')
    refused(['validate', '--checks', path], path, 'a long name', ":2: check 'own': there is no form '" + '长' * 333 + "'")
    for row, check, want in CHECKS:
        with open(path, 'w', encoding='utf-8') as f:
            f.write('id,form,severity,expression,when,scope\n' + ','.join(f'"{field}"' for field in row) + '\n')
        before = ':2: ' if check is None else ":2: check 'own': "
        refused(['validate', '--checks', path], path, f'a check: {row[3]} ({row[5]}): {want}', re.escape(before + want))
finish()
