#!/usr/bin/env bash
# A page in traditional characters says what the same page says in simplified ones.
. "$(dirname "$0")/lib.sh"

python3 "$top/tests/generate/report.py" --seed 23 --count 12 --layout html-site --form any --out "$B/plain" --truth /dev/null
python3 "$top/tests/generate/report.py" --seed 24 --count 12 --layout any-html --form any --out "$B/plain" --truth /dev/null
mkdir "$B/utf-8" "$B/big5"
cat >"$B/convert.py" <<'P'
"""Every simplified character that has one traditional character or more, as the first of them."""
import csv, glob, os, re, sys
top, B = sys.argv[1:]
table = {}
for row in csv.DictReader(open(f'{top}/common/tables/page/traditional.csv', encoding='utf-8', newline='')):
    if row['source'].startswith(('Unihan', 'OpenCC')) and len(row['character']) == 1:
        table.setdefault(row['simplified'], row['character'])
table = {ord(a): b for a, b in table.items() if a not in '于'}
for path in glob.glob(f'{B}/plain/*.html'):
    page = open(path, encoding='utf-8', newline='').read().translate(table)
    name = os.path.basename(path)
    open(f'{B}/utf-8/{name}', 'w', encoding='utf-8', newline='').write(page)
    open(f'{B}/big5/{name}', 'wb').write(re.sub(r'(?i)utf-8', 'big5', page).encode('big5', 'xmlcharrefreplace'))
P
python3 "$B/convert.py" "$top" "$B"

# facts FOLDER: without the page's own line and what only shows a text.
facts() {
	(cd "$B/$1" && extract -q -- *.html | normalize -q | classify -q) |
		python3 -c 'import csv, sys
for r in csv.DictReader(sys.stdin):
    if r["indicator"] and r["indicator"] != "report.signature":
        print(*(r[c] for c in "region body_kind body year level scope indicator column value unit state role source line".split()), sep=",")'
}
for charset in plain utf-8 big5; do facts "$charset" >"$B/$charset.facts"; done
is "$([ "$(wc -l <"$B/plain.facts")" -gt 1000 ]; echo $?)" 0 "there are facts enough: $(wc -l <"$B/plain.facts")"
diff "$B/plain.facts" "$B/utf-8.facts" >"$B/diff"
ok $? "the same facts, in UTF-8" || sed -n '1,10s/^/# /p' "$B/diff"
diff "$B/plain.facts" "$B/big5.facts" >"$B/diff"
ok $? "and in Big5" || sed -n '1,10s/^/# /p' "$B/diff"

# A menu of languages and one name make no traditional page: 著 and 覆 of a simplified one stay.
pieces() { { printf 'kind,source,line,text\npage,x,1,\n'; printf 'text,x,%s\n' "$@"; } | normalize -q | tail -n +3 | cut -d, -f4; }
is "$(pieces '1,简体 | 繁體' '2,全年主动公开政府信息覆盖各部门，依申请公开答复均在期限内' '3,於潜镇')" \
	$'简体|繁體\n全年主动公开政府信息覆盖各部门，依申请公开答复均在期限内\n於潜镇' "a simplified page stays as it is"
is "$(pieces '1,長沙市開福區人民政府' '2,答覆12條')" $'长沙市开福区人民政府\n答复12条\n答复【12条】' \
	"a traditional one is written in simplified characters, and its figures are found"
is "$(pieces '1,政府資訊公開年度報告' '2,入口網站')" $'政府信息公开年度报告\n门户网站' "so are words of another usage"
is "$(pieces '1,長沙市開福區(qū)政府網(wǎng)站' '2,發(fā)布信息(fēng)(fēng)12條，電話(010)，網址(www.x.cn)、甲(a)乙(b)、(一)' '3,主(zhu)動(dong)公開')" \
	$'长沙市开福区政府网站\n发布信息12条，电话(010)，网址(www.x.cn)、甲乙(b)、(一)\n发布信息【12条】\n主动公开' \
	"glosses of one syllable go, other brackets stay"
is "$(pieces '1,联(lián)系')" '联(lián)系' "but those of a simplified page stay"
is "$(printf 'kind,source,line,text\npage,x,1,\ntext,x,1,長沙市開福區人民政府\npage,y,1,\ntext,y,1,於潜镇\n' | normalize -q | tail -n 1 | cut -d, -f4)" \
	於潜镇 "each page by itself"
finish
