#!/usr/bin/env python3
"""--manifest: a line a stage, in the order of the pipe, of what was run, by which tables and on what; the same again for the
same run, whatever its outputs are called."""
import csv
import hashlib
import os
import shutil
import subprocess
import tempfile

from tap import finish, ok, top

os.environ['PATH'] = os.path.join(top, 'pipelines') + os.pathsep + os.environ['PATH']
os.environ['XXGK_BIN'] = os.path.dirname(shutil.which('extract'))
tmp = tempfile.mkdtemp(prefix="xxgk manifest ")
os.chdir(tmp)
shutil.copy(os.path.join(top, 'fixtures', 'form-2021.txt'), 'page.txt')
os.makedirs('own/forms')
shutil.copy(os.path.join(top, 'common/tables/forms/marks.csv'), 'own/forms/marks.csv')
shutil.copy(os.path.join(top, 'common/tables/forms/checks.csv'), "my 'checks'.csv")


def run(command, status=None):
    p = subprocess.run(['bash', '-c', command], capture_output=True, check=False)
    if status is not None:
        ok(p.returncode == status, f'status {status}: {command}', p.returncode, p.stderr.decode())
    return p


def rows(path='m.csv'):
    with open(path, encoding='utf-8', newline='') as f:
        return list(csv.DictReader(f))


PIPE = 'extract -q page.txt --manifest {m} | normalize --tables own --manifest {m} | classify -q --manifest {m} | ' \
    'by-body | validate -q --manifest {m} --fail-on never | aggregate -q -b year,region,indicator --all --manifest {m} -o {o}'
run(PIPE.format(m='m.csv', o='s.csv'), 0)
got = rows()
ok([r['program'] for r in got] == ['extract', 'normalize', 'classify', 'validate', 'aggregate'], 'a line a stage, in their order', got)
digest = hashlib.sha256(open('own/forms/marks.csv', 'rb').read()).hexdigest()
ok([r['tables'] for r in got] == ['built in', 'forms/marks=' + digest] + ['built in'] * 3, 'the tables that were not built in', got)
ok([r['arguments'] for r in got] == ['page.txt', '--tables own', '', '--fail-on never', '--by year,region,indicator --all'],
   'what the result rests on, by long names', got)
ok(all(a['written'] == b['read'] for a, b in zip(got[:-1], got[1:])) and got[0]['read'] == '' and
   int(got[-1]['written']) == sum(1 for _ in open('s.csv', encoding='utf-8')) - 1, 'what one wrote the next read', got)
version = subprocess.run(['extract', '--version'], capture_output=True).stdout.decode().split()[1]
ok({r['version'] for r in got} == {version} and {r['status'] for r in got} == {'0'}, 'version and status', got)

first = open('m.csv', encoding='utf-8').read()
os.makedirs('elsewhere')
run(PIPE.format(m='elsewhere/m2.csv', o='elsewhere/s.csv'), 0)
ok(open('elsewhere/m2.csv', encoding='utf-8').read() == first, 'the same run gives the same lines')
run(PIPE.format(m='m.csv', o='s.csv'), 0)
ok(open('m.csv', encoding='utf-8').read() == first + first.split('\n', 1)[1], 'another is added behind, without a second header')

# Many at the same moment: one header, whole lines
run('for i in 1 2 3 4 5 6 7 8; do normalize --manifest many.csv </dev/null >/dev/null & done; wait', 0)
lines = open('many.csv', encoding='utf-8').read().splitlines()
ok(len(lines) == 9 and len(set(lines[1:])) == 1, 'programs that end together add whole lines', lines)

run("validate -q --checks \"my 'checks'.csv\" --manifest q.csv -o /dev/null </dev/null", 0)
mine = hashlib.sha256(open("my 'checks'.csv", 'rb').read()).hexdigest()
ok(rows('q.csv')[0]['arguments'] == "--checks 'my '\\''checks'\\''.csv'" and rows('q.csv')[0]['tables'] == f"my 'checks'.csv={mine}",
   'words are quoted as a shell takes them', rows('q.csv'))
run("extract --source $'a\\nb\\xff' --manifest c.csv -o /dev/null page.txt", 0)
ok(rows('c.csv')[0]['arguments'] == "--source 'a?b?' page.txt", 'what no record holds is a question mark', rows('c.csv'))

run("printf 'kind,source,line,text\\na,b\\n' | normalize -q --exit-zero --manifest f.csv -o /dev/null", 0)
ok(rows('f.csv')[0]['status'] == '1' and rows('f.csv')[0]['rejected'] == '1', 'the status is what was found', rows('f.csv'))
run('normalize -q --manifest f2.csv >/dev/full <<<kind,source,line,text', 3)
ok(rows('f2.csv')[0]['status'] == '3', 'what could not be written is known by then', rows('f2.csv'))
run('extract -q nosuch --manifest f3.csv -o /dev/null', 3)
ok(rows('f3.csv')[0]['status'] == '3', 'nor what was not there')
run('classify --manifest f4.csv <<<a,b', 2)
run('extract --nosuch --manifest f4.csv page.txt', 2)
ok(not os.path.exists('f4.csv'), 'misuse leaves no line')
run('normalize --manifest nosuch/m.csv </dev/null', 3)
run('normalize --manifest /dev/full </dev/null', 3)
ok(run('normalize --manifest - -o /dev/null </dev/null', 0).stdout.startswith(b'program,version,'), '- is standard output')
for bad in 'normalize --manifest s.csv s.csv', 'normalize --manifest - </dev/null', 'normalize -o x.csv --manifest x.csv </dev/null':
    run(bad, 2)

run('regional-stats -o r.csv page.txt', 0)
ok([r['program'] for r in rows('r.csv.manifest')] == ['extract', 'normalize', 'classify', 'validate', 'aggregate'],
   'regional-stats leaves one beside its result', os.listdir('.'))
before = open('r.csv.manifest', encoding='utf-8').read()
run('regional-stats -o r.csv page.txt', 0)
ok(open('r.csv.manifest', encoding='utf-8').read() == before, 'of the last run alone')
os.chdir('/')
shutil.rmtree(tmp)
finish()
