#!/usr/bin/env bash
# nightly: what changed and only that, all or nothing; changes and show-source over what it keeps.
. "$(dirname "$0")/lib.sh"
kills=${KILLS:-4}
count=${PAGES:-60}

made "$count" --seed 21 --kind government
config() { printf 'inbox=%s\nstore=%s\npublish=%s\nbatch=10\n' "$B/inbox" "$B/$1" "$B/$1.out" >"$B/$1.conf"; }
config a
nightly "$B/a.conf" >"$B/out" 2>"$B/err"
s=$?
ok $((s > 1)) "a first night, status 0 or 1" || cat "$B/err"
is "$(cat "$B/out" "$B/err")" "" "quiet when all is well"
find "$B/inbox" -type f | sort | xargs regional-stats 2>/dev/null >"$B/direct.csv"
cmp -s "$B/direct.csv" "$B/a.out/statistics.csv"
ok $? "the statistics are those of regional-stats"
v() { awk -F , -v name="$2" '$1 == name { print $2 }' "$B/$1.out/manifest.csv"; }
is "$(v a 'pages in')" "$count" "pages in are counted"
is "$(v a 'pages in')" "$(($(v a 'pages accepted') + $(v a 'pages rejected')))" "pages in are those accepted and those rejected"
cp -r "$B/a.out" "$B/before"
nightly -v "$B/a.conf" 2>"$B/err"
grep -q " 0 worked on, 0 gone" "$B/err"
ok $? "a second night works on nothing"
diff -r "$B/before" "$B/a.out" >/dev/null
ok $? "and publishes the same bytes"

# One changed, one gone, one new.
mapfile -t pages < <(find "$B/inbox" -type f | sort)
cat "${pages[1]}" >"${pages[0]}"
rm "${pages[2]}"
cp "${pages[3]}" "$B/inbox/zz-copy"
nightly -v "$B/a.conf" 2>"$B/err"
grep -q " 2 worked on, 1 gone" "$B/err"
ok $? "only what changed is worked on" || cat "$B/err"
config b
nightly "$B/b.conf" 2>/dev/null
cmp -s "$B/a.out/statistics.csv" "$B/b.out/statistics.csv" && cmp -s "$B/a.out/findings.csv" "$B/b.out/findings.csv"
ok $? "what a store grew into is what one from nothing gives"
changes "$B/before" "$B/a.out" >"$B/letter"
ok $? "changes writes the night letter"
grep -Eq 'new (page|version)' "$B/letter" && grep -q 'page gone' "$B/letter"
ok $? "which names the causes" || head -5 "$B/letter"
is "$(changes "$B/a.out" "$B/a.out")" "Nothing changed." "and says so when nothing did"
changes --csv "$B/before" "$B/a.out" | python3 -c '
import csv, sys
rows = list(csv.DictReader(sys.stdin))
sizes = [abs(float(r["is"] or 0) - float(r["was"] or 0)) for r in rows]
gone = [r for r in rows if "" in (r["was"], r["is"])]
sys.exit(not sizes or sizes != sorted(sizes, reverse=True) or not gone or any((r["difference"] == "") != (r in gone) for r in rows))'
ok $? "the largest change first, and between a figure and none there is no difference"
{ cat "$B/a.conf"; echo by=region,indicator; } >"$B/g.conf"
sed -i "s|^publish=.*|publish=$B/g.out|" "$B/g.conf"
nightly "$B/g.conf" 2>/dev/null
changes "$B/a.out" "$B/g.out" 2>"$B/err"
is "$? $(grep -c 'the same columns' "$B/err")" "2 1" "folders that group otherwise are not compared"
nightly "$B/a.conf" 2>/dev/null

# Where a number comes from.
awk -F , 'NR > 1 && $6 > 0 && $3 !~ /^report/ && $2 ~ /^[0-9]/ { print $1, $2, $3; exit }' "$B/a.out/statistics.csv" >"$B/key"
read -r year region indicator <"$B/key"
show-source -s "$B/a" "$region" "$year" "$indicator" >"$B/shown"
ok $? "show-source finds a number of the statistics"
grep -q "place .*$B/inbox" "$B/shown"
ok $? "and names page and line"

# The cell of a page, its line, its row, the checks that touched it; and what a page said before.
mkdir "$B/one"
cp "$top/fixtures/cell-per-line.txt" "$B/one/page.txt"
printf 'inbox=%s\nstore=%s\npublish=%s\n' "$B/one" "$B/v" "$B/v.out" >"$B/v.conf"
nightly "$B/v.conf" 2>/dev/null
for words in "230506 2017 proactive.totel:2:there is no indicator 'proactive.totel': aggregate" "23x506 2017 report:2:'23x506' is no region code" \
	"230506 17 report:2:'17' is no year" "230506 2016 proactive.total:1:no fact of 230506, 2016" "230507 2017 report:1:no fact of 230507"; do
	IFS=: read -r given status said <<<"$words"
	show-source -s "$B/v" $given >"$B/shown" 2>"$B/err"
	is "$? $(wc -c <"$B/shown") $(grep -cF "show-source: $said" "$B/err")" "$status 0 1" "show-source $given: status $status" || cat "$B/err"
done
show-source -s "$B/v" 230506 2017 proactive.total >"$B/shown"
is "$(sed -n '1p; s/^  place   .*page/page/p; /^  row/p; /^  line/p' "$B/shown")" "230506 2017 proactive.total[value] = 1612 条
page.txt:64, table 2 row 5 column 3
  row     (一)主动公开政府信息数 | 条 | [1612]
  line    1612 |" "the cell, its place, its row and its line"
grep -q '^  check   2014-02 warning: ' "$B/shown"
ok $? "and the check that it is part of"
is "$(show-source 230506 2017 proactive.total "$top/fixtures/cell-per-line.txt" | grep -v '^  place')" "$(grep -v '^  place' "$B/shown")" \
	"of a page the same as of the store"
iconv -f utf-8 -t gb18030 "$top/fixtures/cell-per-line.txt" >"$B/gbk.txt"
is "$(show-source 230506 2017 proactive.total "$B/gbk.txt" | grep -v '^  place')" "$(grep -v '^  place' "$B/shown")" "in any charset"
# A page on one line: the byte tells what the line does not.
tr -d '\n' <"$top/fixtures/html/gb2312.html" >"$B/line.html"
read -r region year value < <(extract -q "$B/line.html" | normalize -q | classify -q |
	awk -F, '$8 == "proactive.total" && $14 == "main" { print $1, $4, $10 }')
at=$(show-source "$region" "$year" proactive.total "$B/line.html" | sed -n 's/^  place .*line.html:1, byte \([0-9]*\), table .*/\1/p')
is "$(tail -c +$((at + 1)) "$B/line.html" | head -c ${#value})" "$value" "of a page on one line the byte at which the number stands is said"
is "$(show-source "$region" "$year" proactive.total "$B/line.html" | sed -n 's/^  line    //p' | tr '|' '\n' |
	awk -v value="$value" '!index($0, value) { other = 1 } END { print (NR > 1 && !other) }')" 1 "and of the line what holds it"
mkdir "$B/two"
cp "$B/one/page.txt" "$B/two/a.txt"
cp "$B/one/page.txt" "$B/two/b.txt"
is "$(show-source 230506 2017 proactive.total "$B/two/b.txt" "$B/two/a.txt" | sed -n 's/^  how *\([^;]*\);.*/\1/p' | awk '{ print $2 }' | uniq | tr '\n' ' ')" \
	"main duplicate " "of a report that is there twice the main value first"
normal() { extract -q "$@" | normalize -q | classify -q | by-body | validate -q; }
normal "$B/one/page.txt" >"$B/facts.csv"
mkdir "$B/store" "$B/facts"
compile -o "$B/store/form" -s "$B/v" 230500 2017 2>"$B/err"
compile -o "$B/facts/form" 230500 2017 "$B/facts.csv" 2>>"$B/err"
diff -r "$B/store" "$B/facts" >/dev/null && grep -q 1612 "$B/store/form.cells.csv"
ok $? "compile takes the same from a store as from the facts" || cat "$B/err"
cp -r "$B/v.out" "$B/v.before"
sed -i '64s/1612/1613/' "$B/one/page.txt"
is "$(show-source -s "$B/v" 230506 2017 proactive.total | sed -n 's/^  note    //p')" "the page has changed since" "a page that changed since the night is said to have"
nightly "$B/v.conf" 2>/dev/null
show-source -s "$B/v" 230506 2017 proactive.total >"$B/shown"
is "$(sed -n '1p; /^  before/s/, .*//p' "$B/shown")" "230506 2017 proactive.total[value] = 1613 条
  before  value = 1612 条" "what an earlier version of the page said"
is "$(changes "$B/v.before" "$B/v.out")" "2017 230506 宝山区政府 proactive.total （一）主动公开政府信息数（不同渠道和方式公开相同信息计1条） value 条: 1613, was 1612 (+1): new version of $B/one/page.txt" \
	"changes says it in words"
is "$(changes --csv "$B/v.before" "$B/v.out")" "year,region,indicator,column,unit,was,is,difference,n_was,n_is,missing_was,missing_is,suspect_was,suspect_is,about_was,about_is,cause
2017,230506,proactive.total,value,条,1612,1613,1,1,1,0,0,0,0,0,0,new version of $B/one/page.txt" "and as CSV"
# A figure of which only that changed how far it can be vouched for.
cp -r "$B/v.out" "$B/v.doubt"
sed -i '/,proactive.total,value,/s/,1,0,0,0,1613,/,1,0,1,1,1613,/' "$B/v.doubt/statistics.csv"
is "$(changes "$B/v.out" "$B/v.doubt" | sed 's/.*条: //')" "1613 as before: 1 suspect, was 0; 1 approximate, was 0; no page of that region and year changed" \
	"changes says which figure only turned suspect"
is "$(changes --csv "$B/v.doubt" "$B/v.out" | cut -d, -f 6-16)" "was,is,difference,n_was,n_is,missing_was,missing_is,suspect_was,suspect_is,about_was,about_is
1613,1613,0,1,1,0,0,1,0,1,0" "and which was cleared"
printf '\n' >>"$B/one/page.txt"
nightly "$B/v.conf" 2>/dev/null
is "$(show-source -s "$B/v" 230506 2017 proactive.total | grep -c before)" 1 "a version that says the same is not remembered twice"
python3 "$top/tests/generate/report.py" --seed 5 --count 3 --form 2021 --layout html-cms --kind government --warc-gz "$B/one/crawl.warc.gz" --truth "$B/truth.csv" >/dev/null
nightly "$B/v.conf" 2>/dev/null
IFS=, read -r _ region _ _ year _ _ _ _ _ value _ < <(grep ',requests.new,total,' "$B/truth.csv")
show-source -s "$B/v" "$region" "$year" requests.new >"$B/shown"
grep -q "^  row     .*\[$value\]" "$B/shown" && grep -q '^  line    ' "$B/shown"
ok $? "the row and the line of a page in a WARC" || cat "$B/shown"

# A store whose files are not as they were left.
sed "s|^store=.*|store=$B/w|; s|^publish=.*|publish=$B/w.out|" "$B/v.conf" >"$B/w.conf"
nightly "$B/w.conf" 2>/dev/null
for harm in 'truncate -s 100 facts/*' 'rm checked/2*' ': >current/regions' 'rm current/regions' 'sed -i 1,2d current/pages' 'truncate -s 50 current/files' \
	'truncate -s 9 current/published/findings.csv' 'rm -r facts' 'echo x >>facts/none.*; echo x >>facts/2*'; do
	rm -rf "$B/w.out/statistics.csv"
	(cd "$B/v" && eval "$harm")
	nightly -v "$B/v.conf" 2>"$B/err"
	s=$?
	((s < 2)) && grep -q 'the store is damaged (.*): all pages are worked on again' "$B/err" && diff -r "$B/w.out" "$B/v.out" | grep -qx "Only in $B/v.out: statistics.csv" &&
		[ "$(show-source -s "$B/v" 230506 2017 proactive.total | grep -c before)" = 1 ] && [ -z "$(strays "$B/v" "$B/v.out")" ]
	ok $? "a store is made anew after '$harm', with what was said before" || { cat "$B/err"; diff -r "$B/w.out" "$B/v.out"; strays "$B/v" "$B/v.out"; show-source -s "$B/v" 230506 2017 proactive.total | grep before; }
	nightly -v "$B/v.conf" 2>"$B/err"
	grep -q ' 0 worked on' "$B/err"
	ok $? "and stands"
done
truncate -s 9 "$B"/v/facts/2*
mv "$B/one" "$B/two"
mkdir "$B/one"
nightly "$B/v.conf" 2>"$B/err"
is $? 3 "an inbox that held pages and is empty is refused then, too" || cat "$B/err"
rmdir "$B/one"
mv "$B/two" "$B/one"
truncate -s 9 "$B"/v/history/*
nightly "$B/v.conf" 2>"$B/err"
grep -q 'damaged (.*history/' "$B/err" && [ "$(show-source -s "$B/v" 230506 2017 proactive.total | grep -c before)" = 0 ]
ok $? "history that is cut short goes, and is said" || cat "$B/err"

# The note that goes with a release.
quality-note -s "$B/a" >"$B/note"
ok $? "quality-note ends well"
grep -q "^| 网页 / pages | $(wc -l <"$B/a/current/pages") |" "$B/note" && grep -q '^## 已知问题 / Known defects' "$B/note"
ok $? "and counts the pages of the store"
is "$(quality-note -s "$B/a" | cksum)" "$(cksum <"$B/note")" "the same store gives the same note"

# Nothing lost, nothing half done.
exec 8<>"$B/a/lock"
flock 8
printf '%d\n' $$ >"$B/a/lock"
nightly -v "$B/a.conf" 2>"$B/err"
is "$? $(cat "$B/err")" "0 nightly: another run is at work" "a second run leaves while one is at work"
exec 8>&-
cp -r "$B/a.out" "$B/before2"
gzip -c "${pages[1]}" | head -c -8 >"$B/inbox/cut.html.gz"
nightly "$B/a.conf" 2>"$B/err"
is $? 3 "a page cut short is status 3"
grep -q 'nothing was published' "$B/err" && diff -r "$B/before2" "$B/a.out" >/dev/null
ok $? "and leaves what was published"
rm "$B/inbox/cut.html.gz"

# Killed at any moment and run again: the same bytes, nothing left over.
touch -d '2001-01-01' "$B/inbox/zz-copy"
for ((k = 0; k < kills; k++)); do
	cat "${pages[$((4 + k % 8))]}" >>"$B/inbox/zz-copy"
	setsid nightly "$B/a.conf" >/dev/null 2>&1 &
	pid=$!
	sleep "0.$((RANDOM % 900 + 50))"
	kill -9 -- "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
done
nightly "$B/a.conf" 2>/dev/null
ok $(($? > 1)) "after $kills kills a run ends well"
rm -rf "$B/b" "$B/b.out"
nightly "$B/b.conf" 2>/dev/null
cmp -s "$B/a.out/statistics.csv" "$B/b.out/statistics.csv" && cmp -s "$B/a.out/findings.csv" "$B/b.out/findings.csv" &&
	cmp -s "$B/a.out/manifest.csv" "$B/b.out/manifest.csv"
ok $? "and gives the bytes of an undisturbed one"
is "$(strays "$B/a" "$B/a.out")" "" "no file is left over"
finish
