"""What the Python tests share: where the programs are, and TAP."""
import os

# What is said is held against English, whoever runs the tests.
os.environ['XXGK_LANG'] = 'en'

top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
build = os.environ.get('BUILD', 'build')
bin_ = os.path.join(build if build.startswith('/') else os.path.join(top, build), 'bin')
# By their names: a path may hold blanks.
os.environ['PATH'] = bin_ + os.pathsep + os.environ['PATH']
count = failed = 0


def ok(good, name, *why):
    """What is expected of `name` holds or not; `why`, a line each, is shown where it does not.  Gives `good`."""
    global count, failed
    count += 1
    failed += not good
    print(('' if good else 'not ') + f'ok {count} - {name}')
    for line in () if good else why:
        print('#', str(line)[:2000])
    return good


def finish():
    print(f'1..{count}')
    raise SystemExit(1 if failed else 0)
