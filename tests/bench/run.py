#!/usr/bin/env python3
"""Times every filter and the whole pipe against a floor, and the peers there are, in one run.

    make bench                      all rows
    tests/bench/run.py extract csv  the rows whose names begin so

A row is two commands run in turn, A B A B ..., after one warm-up each; what is printed is the median of the
ratios A/B of CPU seconds (user and system; wall seconds for the whole pipe) and A's peak memory.  Absolute
seconds drift with the machine; ratios taken side by side do not.  Inputs are generated, seeded, and kept in
BUILD/bench only.  Results of a release are kept in tests/bench/results/ (--save NAME).
"""
import argparse, csv, os, platform, random, re, shutil, statistics, subprocess, sys, time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(TOP, os.environ.get('BUILD', 'build'))
BIN = os.path.join(BUILD, 'bin')
DATA = os.path.join(BUILD, 'bench')
RUNS = 7
PAGES = 2000
os.environ['LC_ALL'] = 'C'
os.environ['PATH'] = BIN + ':' + os.path.join(TOP, 'pipelines') + ':' + os.environ['PATH']


def once(command, most=1):
    """CPU seconds, wall seconds and peak KiB of one shell line and all it starts; a status over `most` ends the run."""
    start = time.perf_counter()
    p = subprocess.Popen(['bash', '-c', command], cwd=DATA, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(p.pid, 0)
    p.returncode = status
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code > most or code < 0:
        raise SystemExit(f'bench: status {code}: {command}')
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss


def compare(a, b, wall=False, runs=RUNS):
    """The filters end with 1 where they have something to say; what stands beside them, with 0."""
    once(a), once(b, 0)
    ratios, figures = [], []
    for _ in range(runs):
        x, y = once(a), once(b, 0)
        ratios.append(x[wall] / max(y[wall], 1e-4))
        figures.append((x[wall], y[wall], x[2]))
    middle = lambda i: statistics.median(f[i] for f in figures)
    return statistics.median(ratios), min(ratios), max(ratios), middle(0), middle(1), max(f[2] for f in figures)


def sh(command):
    subprocess.run(['bash', '-c', command], cwd=DATA, check=True)


def need(name, make):
    path = os.path.join(DATA, name)
    if not os.path.exists(path):
        print(f'# making {name}', file=sys.stderr)
        make(path + '.part')
        os.rename(path + '.part', path)
    return path


def pages(charset):
    def make(path):
        os.makedirs(path)
        sh(f'python3 {TOP}/tests/generate/report.py --seed 11 --count {PAGES} --layout html-site --charset {charset} '
           f'--form any --out {path} --truth /dev/null')
    return need(f'pages-{charset}', make)


def warc():
    return need('pages.warc.gz', lambda path: sh(
        f'python3 {TOP}/tests/generate/report.py --seed 11 --count {PAGES} --layout html-site --form any --bodies plain '
        f'--warc-gz {path} --truth /dev/null'))


def stage(name, command, source):
    return need(name, lambda path: sh(f'{command} <{source} >{path} 2>/dev/null || [ $? = 1 ]'))


def pieces():
    def make(path):
        pages('utf-8')
        sh(f'extract -q -r pages-utf-8 >{path} || [ $? = 1 ]')
    return need('pieces.csv', make)


def normal():
    return stage('normal.csv', 'normalize -q', pieces())


def facts():
    def make(path):
        source = normal()
        sh(f'classify -q <{source} | by-body >{path}')
    return need('facts.csv', make)


def wide():
    def make(path):
        r = random.Random(1)
        labels = ['主动公开政府信息数', '收到申请数', '申请办结数', '行政复议数量', '政府网站公开政府信息数']
        rows = []
        for _ in range(20000):
            f = [str(r.randint(110000, 659000)), r.choice(['government', 'department']), str(r.randint(2008, 2024)),
                 'county', 'region', '2014', r.choice(['requests.received', 'proactive.total', 'review.total']),
                 'value', str(r.randint(0, 99999)), '件', 'number', 'table', str(r.randint(1, 200)), r.choice(labels)]
            if r.random() < 0.02:
                f[13] = '"' + f[13] + ',其中"'
            rows.append(','.join(f))
        body = '\n'.join(rows) + '\n'
        with open(path, 'w', encoding='utf-8') as out:
            out.write('region,body_kind,year,level,scope,form,indicator,column,value,unit,state,origin,line,label\n')
            for _ in range(100):
                out.write(body)
    return need('wide.csv', make)


FACT = ('region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,origin,role,period,grid,match,'
        'source,table,row,col,line,label')


def groups(name, regions, years, indicators, rows):
    """Facts of counties in which (region, year, indicator) gives so many groups."""
    def make(path):
        table = list(csv.DictReader(open(os.path.join(TOP, 'common/tables/regions/regions.csv'), encoding='utf-8')))
        codes = [t['code'] for t in table if t['level'] == 'county' and not t['to'] and int(t['from']) <= 2008][:regions]
        r = random.Random(3)
        with open(path, 'w', encoding='utf-8') as out:
            out.write(FACT + '\n')
            lines = []
            for _ in range(rows):
                lines.append(f'{r.choice(codes)},government,县政府,{r.randint(2009, 2008 + years)},county,region,2014,'
                             f'ind.{r.randint(1, indicators)},value,{r.randint(0, 9999)},件,number,table,main,,rows,exact,'
                             f'p.txt,1,2,3,4,数\n')
                if len(lines) == 100000:
                    out.write(''.join(lines))
                    lines = []
            out.write(''.join(lines))
    return need(name, make)


def tool(source, libs='', name=None):
    """A peer's program, by the path of its source in this folder."""
    name = name or os.path.splitext(os.path.basename(source))[0]
    return need(name, lambda path: sh(
        f'make -C {TOP} -s {BUILD}/libcommon.a && ${{CC:-gcc}} -O2 -std=c11 -D_GNU_SOURCE -I{TOP}/common {TOP}/tests/bench/{source} '
        f'{BUILD}/libcommon.a $(pkg-config --libs zlib libpcre2-8 libutf8proc) -lcsv {libs} -o {path}'))


def bench_tool():
    """The reader and the writer of CSV by themselves."""
    sh(f'make -C {TOP} -s {BUILD}/csv-alone')
    return f'{BUILD}/csv-alone'


def zlib_alone():
    """extract as it is built where there is no libdeflate."""
    build = os.path.join(DATA, 'zlib')
    sh(f'make -s -C {TOP} BUILD={build} LIBDEFLATE= {build}/bin/extract')
    return f'{build}/bin/extract'


# name, goal, what it is beside, wall?, commands made when the row is run
def rows():
    yield 'extract, UTF-8 files', 2.5, 'cat of the same files', False, lambda: (
        f'extract -q -r {pages("utf-8")}', f'cat {pages("utf-8")}/*.html')
    yield 'extract, GBK pages', 1.25, 'extract of the same in UTF-8', False, lambda: (
        f'extract -q -r {pages("gbk")}', f'extract -q -r {pages("utf-8")}')
    yield 'extract, WARC.gz', 1.75, 'pigz -p1 -dc', False, lambda: (
        f'extract -q {warc()}', f'pigz -p1 -dc {warc()}')
    yield 'extract, WARC.gz, zlib alone', 1.75, 'pigz -p1 -dc', False, lambda: (
        f'{zlib_alone()} -q {warc()}', f'pigz -p1 -dc {warc()}')
    yield 'csv, read', 5, 'wc -l', False, lambda: (f'{bench_tool()} read <{wide()}', f'wc -l <{wide()}')
    yield 'csv, read and write', 0.8, 'cut -d, -f1', False, lambda: (
        f'{bench_tool()} copy <{wide()}', f'cut -d, -f1 <{wide()}')
    yield 'normalize', 0.9, 'cut -d, -f1 of its input', False, lambda: (
        f'normalize -q <{pieces()}', f'cut -d, -f1 <{pieces()}')
    yield 'classify', 1.0, 'cut -d, -f1 of its input', False, lambda: (
        f'classify -q <{normal()}', f'cut -d, -f1 <{normal()}')
    yield 'validate, all checks', 1.2, 'cut -d, -f1 of its input', False, lambda: (
        f'validate -q --findings /dev/null <{facts()}', f'cut -d, -f1 <{facts()}')
    for name, size, goal in (('few', (31, 15, 1), 12), ('many', (2800, 15, 100), 45)):
        yield f'aggregate, {name} groups', goal, 'wc -l of its input', False, lambda n=name, s=size: (
            f'aggregate -q --by region,year,indicator --quantiles <{groups("groups-" + n + ".csv", *s, 10000000)}',
            f'wc -l <{groups("groups-" + n + ".csv", *s, 10000000)}')
    yield 'pipe, pages to statistics', 5, 'cat|cat|cat|cat|wc -c, wall', True, lambda: (
        f'regional-stats {pages("utf-8")}/*.html', f'cat {pages("utf-8")}/*.html | cat | cat | cat | wc -c')
    one = 'extract -q --files-from {} | normalize -q | classify -q | by-body | validate -q'
    halves = lambda: sh(f'ls {pages("utf-8")}/*.html >all.list; head -n {PAGES // 2} all.list >a.list; '
                        f'tail -n +{PAGES // 2 + 1} all.list >b.list')
    # Two cores, half of the pages each, beside one core: 1.8 times as fast is 0.556 of the time.
    yield 'extract to validate, two cores', 0.556, 'the same on one core, wall', True, lambda: halves() or (
        f"taskset -c 0 bash -c '{one.format('a.list')}' & taskset -c 1 bash -c '{one.format('b.list')}' & wait",
        f"taskset -c 0 bash -c '{one.format('all.list')}; true'")
    for f in ('extract', 'normalize', 'classify', 'validate', 'aggregate'):
        args = '--by year,region,indicator' if f == 'aggregate' else ''
        yield f'start, {f}', None, 'true; seconds wall, goal 0.015', True, lambda f=f, a=args: (
            f'exec {f} {a} </dev/null', 'exec true')


# Debian's Python has Debian's lxml and pandas; DuckDB comes from npm: `npm install @duckdb/node-api`, NODE_PATH its node_modules.
PYTHON = '/usr/bin/python3'
DUCKDB = f'node {TOP}/tests/bench/peers/duckdb.mjs'
# lexbor and zsv are in no Debian: built from their sources and installed below the folder that PEERS names.
BUILT = '-I"$PEERS/include" -L"$PEERS/lib"'
HAS_DUCKDB = '[ -d "$NODE_PATH/@duckdb/node-api" ]'


def duckdb(name):
    return lambda: (f"""{DUCKDB} "copy (select region, year, indicator, count(*), sum(value), avg(value), min(value), max(value),"""
                    f""" median(value) from '{name}' group by all) to '/dev/null'\"""")


# row, goal of design (our time by theirs), what must be there, its name, the command
PEERS = [
    ('extract, UTF-8 files', 0.05, f'{PYTHON} -c "import lxml"', 'lxml, text of cells', lambda: f'''{PYTHON} - pages-utf-8/*.html <<'P'
import sys, lxml.html
for p in sys.argv[1:]:
    for c in lxml.html.fromstring(open(p, 'rb').read()).iter('td', 'th'): c.text_content()
P'''),
    ('extract, UTF-8 files', None, 'pkg-config --exists gumbo', 'gumbo, parse alone', lambda:
     f'{tool("peers/tree.c", "-DGUMBO -lgumbo", "gumbo")} pages-utf-8/*.html'),
    ('extract, UTF-8 files', 0.35, '[ -e "$PEERS/include/lexbor" ]', 'lexbor, parse alone', lambda:
     f'{tool("peers/tree.c", f"-DLEXBOR {BUILT} -llexbor_static -lm", "lexbor")} pages-utf-8/*.html'),
    ('extract, GBK pages', 1, 'command -v iconv', 'iconv alone', lambda: 'iconv -f GB18030 -t UTF-8 pages-gbk/*.html'),
    ('extract, WARC.gz', 1, 'command -v gzip', 'gzip -dc', lambda: 'gzip -dc pages.warc.gz'),
    ('csv, read', 0.3, 'true', 'libcsv', lambda: f'{bench_tool()} libcsv <wide.csv'),
    ('csv, read', 1, '[ -e "$PEERS/include/zsv.h" ]', 'zsv', lambda: f'{tool("peers/zsv.c", f"{BUILT} -lzsv -lm")} <wide.csv'),
    ('csv, read', None, 'command -v csvcut', 'csvcut', lambda: 'csvcut -c 1 wide.csv'),
    ('csv, read and write', 0.3, 'true', 'libcsv and csv_fwrite', lambda: f'{bench_tool()} libcsv-copy <wide.csv'),
    ('csv, read and write', 0.03, 'command -v mlr', 'Miller cat', lambda: 'mlr --csv cat wide.csv'),
    ('normalize', 0.1, 'command -v python3', 'Python csv, unicodedata', lambda: '''python3 - <<'P'
import csv, sys, unicodedata
w = csv.writer(sys.stdout)
for r in csv.reader(open('pieces.csv', encoding='utf-8')):
    r[9] = unicodedata.normalize('NFKC', r[9]); w.writerow(r)
P'''),
    ('classify', 0.1, 'command -v python3', 'Python csv, dict', lambda: '''python3 - <<'P'
import csv, sys
w = csv.writer(sys.stdout); known = {}
for r in csv.reader(open('normal.csv', encoding='utf-8')):
    known[r[9]] = known.get(r[9], 0) + 1; w.writerow(r)
P'''),
    ('aggregate, few groups', None, 'command -v datamash', 'sort and datamash', lambda:
     "cut -d, -f1,4,8,10 groups-few.csv | tail -n +2 | datamash -t, -s -g 1,2,3 sum 4 count 4 median 4"),
    ('aggregate, few groups', None, 'command -v mawk', 'mawk, no median', lambda:
     "mawk -F, '{ s[$1 FS $4 FS $8] += $10 } END { for (k in s) print k, s[k] }' groups-few.csv"),
    ('aggregate, few groups', 0.35, HAS_DUCKDB, 'DuckDB, one thread', duckdb('groups-few.csv')),
    ('aggregate, many groups', 0.35, HAS_DUCKDB, 'DuckDB, one thread', duckdb('groups-many.csv')),
    ('pipe, pages to statistics', 0.1, f'{PYTHON} -c "import lxml"', 'lxml script', lambda:
     f'{PYTHON} {TOP}/tests/bench/peers/lxml-pages.py pages-utf-8/*.html'),
    ('pipe, pages to statistics', 0.05, f'{PYTHON} -c "import pandas"', 'pandas, two processes', lambda:
     f'{PYTHON} {TOP}/tests/bench/peers/pandas-pages.py pages-utf-8/*.html'),
]


def instructions():
    """Instructions of each filter on a small input: the same on every run, so a regression shows."""
    if not shutil.which('valgrind'):
        return
    sh(f'ls {pages("utf-8")}/*.html | head -20 | xargs extract -q >small.pieces; normalize -q <small.pieces >small.normal;'
       'classify -q <small.normal | by-body >small.facts; true')
    first = ' '.join(sorted(os.path.join('pages-utf-8', f) for f in os.listdir(os.path.join(DATA, 'pages-utf-8')) if f.endswith('.html'))[:20])
    for f, args in (('extract', first), ('normalize', 'small.pieces'), ('classify', 'small.normal'),
                    ('validate', 'small.facts'), ('aggregate', '--by year,region,indicator small.facts')):
        p = subprocess.run(['bash', '-c', f'valgrind --tool=callgrind --callgrind-out-file=/dev/null {BIN}/{f} -q {args} >/dev/null'],
                           cwd=DATA, capture_output=True, text=True)
        line = [x for x in p.stderr.splitlines() if 'Collected' in x]
        yield f, int(line[0].split(':')[-1]) if line else 0


def made():
    """The five figures by which the made pages are like real ones; see README.md."""
    size = tags = high = cells = 0
    names = os.listdir(os.path.join(DATA, pages('utf-8')))
    for name in names:
        with open(os.path.join(DATA, 'pages-utf-8', name), 'rb') as f:
            page = f.read()
        size += len(page)
        tags += page.count(b'<')
        high += len(page) - len(page.translate(None, bytes(range(128, 256))))
        cells += len(re.findall(rb'<t[dh][\s>]', page, re.I))
    return (f'{size / len(names) / 1000:.1f} KB a page, {cells / len(names):.0f} cells, a "<" every {size / tags:.0f} bytes, '
            f'{100 * high / size:.0f} % not ASCII, WARC.gz {size / os.path.getsize(os.path.join(DATA, warc())):.1f} times smaller')


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('rows', nargs='*')
    p.add_argument('--peers', action='store_true', help='also the peers that are installed')
    p.add_argument('--runs', type=int, default=RUNS)
    p.add_argument('--save', metavar='NAME', help='keep the rows in tests/bench/results/NAME.csv')
    o = p.parse_args()
    os.makedirs(DATA, exist_ok=True)
    kept, missed = [], 0
    print(f'{"row":30} {"ratio":>7} {"min":>7} {"max":>7}  {"goal":>5}  {"A s":>7} {"B s":>7} {"A MiB":>6}  beside')
    for name, goal, beside, wall, commands in rows():
        if o.rows and not any(name.startswith(r) for r in o.rows):
            continue
        a, b = commands()
        ratio, low, high, x, y, rss = compare(a, b, wall, o.runs)
        met = x <= 0.015 if goal is None else ratio <= goal
        missed += not met
        print(f'{name:30} {ratio:7.2f} {low:7.2f} {high:7.2f}  {goal or 0.015:5} {x:8.3f} {y:7.3f} {rss / 1024:6.0f}  {beside}'
              f'{"" if met else "  MISSED"}', flush=True)
        kept.append((name, f'{ratio:.2f}', goal or '', f'{x:.3f}', f'{y:.3f}', rss // 1024, beside))
        for row, bound, there, peer, command in PEERS if o.peers else ():
            if row == name and subprocess.run(['bash', '-c', there], capture_output=True).returncode == 0:
                ratio, low, high, x, y, rss = compare(a, command(), wall, min(o.runs, 3))
                met = bound is None or ratio <= bound
                missed += not met
                print(f'  beside {peer:23}{ratio:7.3f} {low:7.3f} {high:7.3f}  {bound or "":5} {x:8.3f} {y:7.3f}'
                      f'{"" if met else "  MISSED"}', flush=True)
                kept.append((f'{name} / {peer}', f'{ratio:.3f}', bound or '', f'{x:.3f}', f'{y:.3f}', '', peer))
    if not o.rows:
        print('# pages:', made())
        for f, count in instructions() or ():
            print(f'instructions, {f:14} {count:14,}  20 pages')
            kept.append((f'instructions, {f}', count, '', '', '', '', '20 pages, callgrind'))
    if o.save:
        with open(os.path.join(TOP, 'tests/bench/results', o.save + '.csv'), 'w', encoding='utf-8') as f:
            w = csv.writer(f, lineterminator='\n')
            w.writerow(['row', 'ratio', 'goal', 'a_seconds', 'b_seconds', 'a_peak_mib', 'beside'])
            w.writerows(kept)
    print(f'# {missed} of the rows missed their goal; {platform.machine()}, {os.cpu_count()} processors')


main()
