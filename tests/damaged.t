#!/usr/bin/env python3
"""Whatever happens to a page or to records on their way, each filter ends by itself with a status that tells, and
what it writes is whole: lines of as many fields as the header has, UTF-8, exact numbers, and every record that is
read is written or rejected.

The damage is drawn from a seed: `damaged.t --seed 7 --count 2000` does more of it than the run of every day, and
`--keep FOLDER` leaves there what a fault was found with.  With BUILD=build/asan memory is looked after as well."""
import argparse, csv, glob, gzip, io, os, random, re, subprocess, sys, tempfile
sys.dont_write_bytecode = True
from tap import bin_, finish, ok, top

options = argparse.ArgumentParser()
options.add_argument('--seed', type=int, default=1)
options.add_argument('--count', type=int, default=60, help='inputs a filter')
options.add_argument('--keep', help='folder for inputs that show a fault')
o = options.parse_args()
os.environ.setdefault('ASAN_OPTIONS', 'exitcode=99')
os.environ.setdefault('UBSAN_OPTIONS', 'print_stacktrace=1:exitcode=99')

FILTERS = ('extract', 'normalize', 'classify', 'validate', 'aggregate')
NUMBER = re.compile(r'-?(0|[1-9]\d*)(\.\d+)?')
STATES = {'', 'number', 'about', 'blank', 'mark', 'text'}
# What no field holds, and what makes trouble where it stands in one.
ODD = [b'\0', b'\r', b'\x1b[2J', b'\xef\xbb\xbf', b'\xff', b'\xc0\xaf', b'\xed\xa0\x80', b'\xf4\x90\x80\x80', b'\xe5\x8d', b'\xe2\x80\xae',
       b'\xc2\x85', b'"', b'""', b',', b',,,,', b'"\n"', b'\n\n', b'\r\n', b'\t', b'<table>', b'</td>', b'&#0;', b'|', b'9' * 400, b'-', b'.',
       b'1e9', b'0x10', b'-0', '１２'.encode(), '二〇二一年'.encode(), '%'.encode(), '亿'.encode() * 9, '。'.encode(), '，其中：'.encode(),
       'ﷺ'.encode(), 'e\u0301'.encode(), '甲县'.encode('gbk'), b'~{<:Ky~}', b'\x1f\x8b\x08\0', b' ' * 300, b'x' * 5000]


def slurp(path):
    with open(path, 'rb') as f:
        return f.read()


def sources():
    """What each filter reads when all is well."""
    pages = [slurp(p) for p in sorted(glob.glob(f'{top}/fixtures/*.txt') + glob.glob(f'{top}/fixtures/html/*.html') +
                                     glob.glob(f'{top}/tests/golden/extract/*/*.html') + glob.glob(f'{top}/tests/golden/*/*/in'))]
    chain = {'extract': [page for page in pages if len(page) < 20000], 'aggregate': []}
    for before, now in zip(FILTERS, FILTERS[1:]):
        chain[now] = []
        for text in chain[before][:60]:
            done = subprocess.run([f'{bin_}/{before}', '-q'], input=text, capture_output=True, check=False)
            if done.stdout.count(b'\n') > 3:
                chain[now].append(done.stdout)
    chain['merge'] = [subprocess.run([f'{bin_}/aggregate', '-q', '--partial', '--by', 'year,region,indicator'], input=text, capture_output=True,
                                     check=False).stdout for text in chain['aggregate'][:20]]
    return chain


def damage(draw, text, others):
    """Some of what befalls a file, once or a few times over."""
    for _ in range(draw.choice((1, 1, 1, 2, 3, 8))):
        kind = draw.randrange(12)
        at = draw.randrange(len(text) + 1)
        lines = text.split(b'\n')
        row = draw.randrange(len(lines))
        if kind == 0 and text:
            at = min(at, len(text) - 1)
            text = text[:at] + bytes([text[at] ^ (1 << draw.randrange(8))]) + text[at + 1:]
        elif kind == 1:
            text = text[:at]
        elif kind == 2:
            text = text[:at] + text[at + draw.choice((1, 2, 3, 40, 400)):]
        elif kind in (3, 4):
            text = text[:at] + draw.choice(ODD) + text[at:]
        elif kind == 5:
            lines[row:row] = [lines[row]] * draw.choice((1, 2, 50))
            text = b'\n'.join(lines)
        elif kind == 6:
            other = draw.randrange(len(lines))
            lines[row], lines[other] = lines[other], lines[row]
            text = b'\n'.join(lines)
        elif kind == 7:
            fields = lines[row].split(b',')
            a, b = draw.randrange(len(fields)), draw.randrange(len(fields))
            fields[a], fields[b] = fields[b], fields[a]
            lines[row] = b','.join(fields)
            text = b'\n'.join(lines)
        elif kind == 8:
            fields = lines[row].split(b',')
            fields[draw.randrange(len(fields))] = draw.choice(ODD)
            lines[row] = b','.join(fields)
            text = b'\n'.join(lines)
        elif kind == 9:
            text = b'\n'.join(line + draw.choice((b'', b'', b'\r', b'\r\r', b' ')) for line in lines)
        elif kind == 10:
            other = draw.choice(others)
            begin = draw.randrange(len(other) + 1)
            text = text[:at] + other[begin:begin + draw.choice((20, 300, 5000))] + text[at:]
        else:
            del lines[row:row + draw.choice((1, 1, 5))]
            text = b'\n'.join(lines)
    return text


def wrapped(draw, text):
    """Now and then packed, and the packing damaged."""
    if draw.random() < 0.92:
        return text
    packed = bytearray(gzip.compress(text, mtime=0))
    for _ in range(draw.choice((0, 1, 3))):
        packed[draw.randrange(len(packed))] ^= 1 << draw.randrange(8)
    return bytes(packed[:draw.choice((len(packed), draw.randrange(len(packed) + 1)))])


def command(draw, name):
    if name == 'merge':
        return ['aggregate', '--merge', '--by', 'year,region,indicator']
    more = {'extract': [[], ['--trace'], ['--keep-contacts']],
            'normalize': [[], ['--key-prefix']],
            'classify': [[], ['--explain'], ['--series']],
            'validate': [[], ['--each-report'], ['--fingerprints', '--findings', 'more']],
            'aggregate': [['--by', 'year,region,indicator'], ['--by', 'year,region:province,indicator', '--rollup'], ['--all', '--by', 'label,indicator', '--quantiles'],
                          ['--by', 'region,indicator', '--wide', 'year', '--growth'], ['--by', 'year,region,indicator', '--partial'],
                          ['--by', 'year,region:province,indicator', '--level', 'county', '--coverage'], ['--by', 'year,region,indicator', '--bounds', '--doubts']]}
    return [name] + draw.choice(more[name])


def fault(name, line, text, done, folder):
    """What is wrong with how a filter took that, or nothing."""
    status, out, said = done.returncode, done.stdout, done.stderr.decode('utf-8', 'replace')
    if status not in (0, 1, 2, 3) or 'Sanitizer' in said or 'runtime error' in said:
        return f'ended with {status}: {said[:1500]}'
    if status and not said:
        return f'status {status} without a word'
    if len(out) > 100 * len(text) + (1 << 20) or len(said) > 20000:
        return f'{len(out)} bytes written, {len(said)} said, of {len(text)}'
    try:
        lines = out.decode().split('\n')
    except UnicodeDecodeError as e:
        return f'not UTF-8: {e}'
    if lines.pop():
        return 'the last line has no end'
    # What stands in a record may hold a tab or what is none of ASCII; nothing of a page does.
    if re.search('[\0-\x1f\x7f-\x9f]' if name == 'extract' else '[\0-\x08\x0b-\x1f]', out.decode().replace('\n', '')):
        return 'a control character is written'
    if not lines:
        return '' if status >= 2 or not text.strip() else f'nothing written, status {status}'
    rows = [next(csv.reader([one], strict=True)) for one in lines]
    head = rows.pop(0)
    for number, row in enumerate(rows, 2):
        if len(row) != len(head):
            return f'line {number} has {len(row)} fields, the header {len(head)}'
    # classify writes the value a piece has; what is none, validate and aggregate reject.
    if name in ('extract', 'normalize') and status < 2:
        for row in rows:
            fields = dict(zip(head, row))
            if fields.get('state', '') not in STATES or fields.get('value', '') and not NUMBER.fullmatch(fields['value']):
                return f'no number or no state: {row}'
            if fields.get('state') in ('blank', 'mark') and fields['value']:
                return f'a blank with a value: {row}'
    if status < 2:
        stats = {row[0]: row[1] for row in csv.reader(io.StringIO(slurp(f'{folder}/stats').decode())) if row}
        rejects = slurp(f'{folder}/rejects').count(b'\n') - 1
        rejected = int(stats['rejected'])
        if rejected and not status:
            return f'{rejected} rejected and status 0'
        if rejects != rejected:
            return f'{rejected} rejected, {rejects} lines of rejects'
        written = sum(row[head.index('kind')] != 'figure' for row in rows) if name == 'normalize' and 'figure' not in text.decode('utf-8', 'replace') else len(rows)
        if name in ('normalize', 'validate') and 'figure' not in text.decode('utf-8', 'replace') and int(stats['read']) != written + rejected:
            return f'{stats["read"]} read, {written} written, {rejected} rejected'
    return ''


chain = sources()
def with_tables(draw, folder):
    """A filter with one of its tables damaged; what is wrong with how it took that, or nothing, and the table."""
    path = draw.choice(tables)
    copy = f'{folder}/tables/{path}'
    whole = slurp(f'{top}/common/tables/{path}')
    # Most of a large table would never be asked for.
    text = damage(draw, whole if len(whole) < 50000 or draw.random() < 0.2 else b''.join(whole.splitlines(True)[:100]), [whole])
    name = draw.choice(FILTERS)
    os.makedirs(os.path.dirname(copy), exist_ok=True)
    with open(copy, 'wb') as f:
        f.write(text)
    line = [name, *(('--by', 'year,region,series', '--tables') if name == 'aggregate' else ('--tables',)), f'{folder}/tables']
    done = subprocess.run([f'{bin_}/{line[0]}', *line[1:]], input=chain[name][draw.randrange(5)], capture_output=True, timeout=60, check=False)
    os.remove(copy)
    said = done.stderr.decode('utf-8', 'replace')
    if done.returncode not in (0, 1, 2) or 'Sanitizer' in said or 'runtime error' in said:
        return f'ended with {done.returncode}: {said[:1500]}', text
    if done.returncode == 2 and not re.match(f'{name}: ({re.escape(copy)}|[a-z]+/[a-z_]+\\.csv:\\d+: |.*holds no table known here)', said):
        return f'does not say where: {said[:300]}', text
    return '', text


tables = sorted(os.path.relpath(p, f'{top}/common/tables') for p in glob.glob(f'{top}/common/tables/*/*.csv') if 'messages' not in p)
for name in (*FILTERS, 'merge', 'tables'):
    draw = random.Random(f'{o.seed} {name}')
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(o.count):
            if name == 'tables':
                try:
                    found, text = with_tables(draw, folder)
                except subprocess.TimeoutExpired:
                    found = 'does not end'
                if found:
                    faults.append(f'{number}: {found}')
                    if o.keep:
                        with open(f'{o.keep}/{name}-{o.seed}-{number}', 'wb') as f:
                            f.write(text)
                continue
            clean = draw.choice(chain[name])
            text = wrapped(draw, damage(draw, clean, chain[draw.choice(list(chain))]))
            line = command(draw, name)
            try:
                done = subprocess.run([f'{bin_}/{line[0]}', *line[1:], '--stats', 'stats', '--rejects', 'rejects'], input=text, capture_output=True,
                                      cwd=folder, timeout=60, check=False)
                found = fault(name, line, text, done, folder)
            except subprocess.TimeoutExpired:
                found = 'does not end'
            except csv.Error as e:
                found = f'not CSV: {e}'
            if found:
                faults.append(f'{number} {" ".join(line)}: {found}')
                if o.keep:
                    with open(f'{o.keep}/{name}-{o.seed}-{number}', 'wb') as f:
                        f.write(text)
    ok(not faults, f'{name}: {o.count} damaged inputs are taken as they should be', *faults[:20])
finish()
