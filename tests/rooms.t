#!/usr/bin/env python3
"""The rooms of the tree: a filter includes nothing of another, common nothing of a filter, and no two rooms of a filter
include of each other, around whatever corner; the rooms are those README tells of, and
the files it names are there."""
import glob, os, re, sys
sys.dont_write_bytecode = True
from tap import finish, ok, top


def room_of(path):
    return os.path.dirname(os.path.relpath(path, top))


files = [f for folder in ('cmd', 'common') for f in glob.glob(os.path.join(top, folder, '**', '*.[ch]'), recursive=True)]
rooms = {room_of(f) for f in files}
uses = {room: set() for room in rooms}
lost = []
for path in files:
    room = room_of(path)
    own = room.split('/')[:2]  # cmd/extract, or common
    with open(path, encoding='utf-8') as f:
        for name in re.findall(r'#include "([^"]+)"', f.read()):
            places = [os.path.dirname(path), os.path.join(top, *own), os.path.join(top, 'common')]
            found = [os.path.join(d, name) for d in places if os.path.exists(os.path.join(d, name))]
            if not found or '..' in name:
                lost.append(f'{path}: {name}')
            elif room_of(found[0]) != room:
                uses[room].add(room_of(found[0]))
ok(not lost, 'what a file includes stands in its room, its filter or common', lost)

# Of its filter's own folder any room may use what several do; that folder's main uses them all.
inner = {r for r in rooms if r.count('/') == 2}


def reach(room, seen):
    for r in uses[room] & inner - seen:
        seen.add(r)
        reach(r, seen)
    return seen


ok(len(inner) > 4, 'some filters have rooms', inner)
around = [r for r in inner if r in reach(r, set())]
ok(not around, 'no room uses one that uses it', around)
ok(not any(r.startswith('cmd') for r in uses['common']), 'common uses no filter', uses['common'])
with open(os.path.join(top, 'README.md'), encoding='utf-8') as f:
    readme = f.read()
told = {f'cmd/{r}' for r in re.findall(r'^\| `(\w+/\w+)/` \|', readme, re.M)}
ok(told == inner, 'README tells of each room', told ^ inner)
paths = set(re.findall(r'`((?:cmd|common|fixtures|pipelines|tests)/[\w./-]*)`', readme))
gone = {p for p in paths if not os.path.exists(os.path.join(top, p))}
ok(len(paths) > 20 and not gone, 'what README names is there', gone or paths)
finish()
