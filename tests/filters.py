"""What the Python tests ask of the filters: the facts of a page, the findings on facts; and records to and from CSV."""
import csv, io, os, subprocess, tempfile
from tap import bin_, top


def records(text):
    return list(csv.DictReader(io.StringIO(text)))


def csv_of(rows, header):
    """The rows as CSV, blank where a row does not say."""
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator='\n', restval='')
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(path):
    with open(path, encoding='utf-8', newline='') as f:
        return list(csv.DictReader(f))


def table(name):
    """The rows of a table the filters carry, as 'forms/checks'."""
    return read(os.path.join(top, 'common', 'tables', name + '.csv'))


def run(program, *options, text=b''):
    """A filter's status, what it wrote and what it said, of that input."""
    done = subprocess.run([os.path.join(bin_, program), *options], capture_output=True,
                          input=text.encode() if isinstance(text, str) else text)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def facts_of(page, *options, to='classify', worst=0, **what):
    """The facts of a page's text, those whose columns hold `what`; `options` are classify's.

    The stages are gone through up to `to`.  The last may end with `worst`, the others with 1: more is no answer."""
    stages = ('extract', 'normalize', 'classify', 'validate')
    for stage in stages[:stages.index(to) + 1]:
        status, page, said = run(stage, '-q', *(options if stage == 'classify' else ()), text=page)
        if status > (worst if stage == to else 1):
            raise RuntimeError(f'{stage} ended with {status}: {said}')
    return [f for f in records(page) if all(f[column] == value for column, value in what.items())]


def validate(facts, *options):
    """The facts, graded; the findings on them; the status; and what was said."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'findings')
        status, out, said = run('validate', '--findings', path, *options, text=facts)
        return records(out), read(path), status, said
