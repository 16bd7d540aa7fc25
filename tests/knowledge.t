#!/usr/bin/env python3
"""What is known of the field is rows of common/tables: no Chinese word stands in C, but for the signs of a date and what
is said to a person, whose Chinese is a table, too."""
import glob
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import finish, ok, top  # noqa: E402

TOKEN = re.compile(r"""/\*.*?\*/|//[^\n]*|"((?:\\.|[^"\\])*)"|U?'((?:\\.|[^'\\])*)'""", re.S)
HAN = re.compile('[\u3400-\u9fff\U00020000-\U0003ffff]')
# How dates are written is syntax (year.h); 二 begins every year of a report in numerals.
DATES = re.compile(r'(?:[0-9]|%u)*[年月日度二]+')
# Units of the English text of a finding; an example of --help.
SAID = {' 万元; usual is ', ': 元 instead of 万元', "printf '收到申请数 | 件 | 3 |\\\\n办结数 | 件 | 2 |\\\\n' | extract"}


def words(text):
    """The literals of a C text with Chinese characters, written as they are or byte by byte."""
    for found in TOKEN.finditer(text):
        literal = found.group(1) if found.group(1) is not None else found.group(2)
        if not literal:
            continue
        raw = re.sub(rb'\\x([0-9a-fA-F]{2})', lambda m: bytes([int(m.group(1), 16)]), literal.encode())
        if HAN.search(raw.decode(errors='replace')):
            yield literal


def is_knowledge(literal):
    return literal not in SAID and not DATES.fullmatch(literal)


ok([w for w in words('f("县级"); g("\\xe5\\x8e\\xbf"); /* "县" */ h("年", U\'乡\');') if is_knowledge(w)] ==
   ['县级', '\\xe5\\x8e\\xbf', '乡'], 'words are found, also as bytes; comments are none')
for path in sorted(glob.glob(os.path.join(top, 'c*', '**', '*.[ch]'), recursive=True)):
    with open(path, encoding='utf-8') as f:
        text = f.read()
    left = [w for w in words(text) if is_knowledge(w)]
    if left or path.endswith('identity.c'):
        ok(not left, f'{os.path.relpath(path, top)}: no word of the field {left}')
used = {w for path in glob.glob(os.path.join(top, 'c*', '**', '*.[ch]'), recursive=True)
        for w in words(open(path, encoding='utf-8').read())}
ok(SAID <= used, f'each exception is one {SAID - used}')
finish()
