#!/usr/bin/env bash
# What an inbox may hold, and a configuration say: nightly works on what can be worked on and accounts for the rest.
. "$(dirname "$0")/lib.sh"
made 12 --seed 77 --kind government
mapfile -t pages < <(find "$B/inbox" -type f | sort)
config() { printf 'inbox=%s\nstore=%s\npublish=%s\n' "$B/$1" "$B/$2" "$B/$2.out" >"$B/$2.conf"; }
v() { awk -F , -v name="$2" '$1 == name { print $2 }' "$B/$1.out/manifest.csv"; }
night() { nightly -v "$@" >"$B/out" 2>"$B/err"; s=$?; ((s < 2)) || sed 's/^/# /' "$B/err"; }
accounted() {
	is "$(v "$1" 'pages in')" "$(awk -F , '/^pages accepted,/ || /^rejected / { n += $NF } END { print n }' "$B/$1.out/manifest.csv")" \
		"${2:-every page is accepted or rejected for a reason}"
}
# as_new STORE: what a store from nothing gives of the same inbox.
as_new() {
	rm -rf "$B/new" "$B/new.out"
	sed "s|^store=.*|store=$B/new|; s|^publish=.*|publish=$B/new.out|" "$B/$1.conf" >"$B/new.conf"
	nightly "$B/new.conf" >/dev/null 2>&1
	diff -r "$B/new.out" "$B/$1.out" >"$B/diff"
	ok $? "$2" || head -n 5 "$B/diff"
}

# Names.
mkdir "$B/names" "$B/names/a folder" "$B/names/-x"
i=0
for name in 'two words' -n '--help' "it's" '"quoted"' 'a,b' 'back\slash' '100%' '年报' 'a=b' '*' '[x' '$(id)' 'a folder/ x ' '-x/-y' 'z;z|z&'; do
	cp "${pages[i++ % 12]}" "$B/names/$name.html"
done
cp "${pages[3]}" "$B/names/"$'\xc4\xea\xb1\xa8.html'
config names n
night "$B/n.conf"
ok $((s > 1)) "names with blanks, dashes, quotes, commas, backslashes, in Chinese and in no charset"
is "$(v n 'pages in') $(v n 'pages accepted')" "17 17" "all of them are pages"
accounted n
night "$B/n.conf"
is "$(cat "$B/err")" "nightly: 17 pages: 0 worked on, 0 gone, 0 rejected; $(v n findings) findings" "and are known the next night"
cp "${pages[0]}" "$B/names/"$'line\nbreak.html'
cp "${pages[1]}" "$B/names/"$'tab\tbed.html'
mkdir "$B/names/"$'\001'
cp "${pages[2]}" "$B/names/"$'\001/page.html'
night "$B/n.conf"
is "$(v n 'pages in') $(v n 'pages accepted') $(v n 'rejected inbox: a control character in its name')" "20 17 3" \
	"line breaks, tabs and control characters in a name put a page aside"
accounted n
as_new n "and the night gives what one from nothing does"
night "$B/n.conf"
grep -q ' 20 pages: 0 worked on, 0 gone, 3 rejected' "$B/err"
ok $? "which it says again with -v" || cat "$B/err"
rm -rf "$B/names/"$'\001' "$B/names/"$'line\nbreak.html' "$B/names/"$'tab\tbed.html'
night "$B/n.conf"
is "$(v n 'pages in') $(v n 'pages rejected')" "17 0" "until they are gone"

# Folders are named as they like.
odd="$B/a b=c'd\"e\\f*[g\$h"
mkdir "$odd"
cp -r "$B/names" "$odd/in"
printf '%s\n' "inbox=$odd/in" "store=$odd/store" "publish=$odd/out" >"$B/odd.conf"
night "$B/odd.conf"
printf '\n' >>"$odd/in/two words.html"
night "$B/odd.conf"
grep -q ' 17 pages: 1 worked on, 0 gone, 0 rejected' "$B/err" && cmp -s "$odd/out/statistics.csv" "$B/n.out/statistics.csv"
ok $? "inbox, store and published files in a folder with an odd name" || cat "$B/err"
is "$(strays "$odd/store" "$odd/out")" "" "and nothing is left over"
if command -v sqlite3 >/dev/null; then
	publish -s "$odd/store" -o "$odd/site" 2>"$B/err"
	is "$? $(sqlite3 "$odd/site/xxgk.sqlite" 'SELECT count(*) FROM reports')" "0 17" "publish, too"
else
	ok 0 "publish # SKIP no sqlite3"
fi

# Links, hidden files, other things than files.
mkdir -p "$B/links/dir" "$B/elsewhere"
cp "${pages[0]}" "$B/elsewhere/page.html"
cp "${pages[1]}" "$B/links/dir/page.html"
ln -s "$B/elsewhere/page.html" "$B/links/to-a-page.html"
ln -s "$B/links" "$B/links/dir/loop"
ln -s one "$B/links/two"
ln -s two "$B/links/one"
ln -s nowhere "$B/links/dangling"
cp "${pages[2]}" "$B/links/.page.html.part"
mkdir "$B/links/.git" && cp "${pages[3]}" "$B/links/.git/page.html"
mkfifo "$B/links/fifo"
config links l
night "$B/l.conf"
is "$s $(v l 'pages in')" "$s 2" "a link to a page is one; loops, dangling links, folders' links, hidden files and a fifo are none"
cat "${pages[4]}" >"$B/elsewhere/page.html"
night "$B/l.conf"
grep -q ' 1 worked on' "$B/err"
ok $? "what a link points to is looked at again" || cat "$B/err"
as_new l "and gives what a night from nothing does"
ln -s "$B/links" "$B/linked"
config linked k
night "$B/k.conf"
is "$(v k 'pages in')" 2 "the inbox itself may be a link"

# Containers and the same content twice.
mkdir "$B/kinds"
cp "${pages[0]}" "$B/kinds/plain.html"
gzip -c "${pages[1]}" >"$B/kinds/zipped.html.gz"
cp "${pages[0]}" "$B/kinds/copy.html"
python3 "$top/tests/generate/report.py" --seed 5 --count 6 --form 2021 --layout html-cms --kind government --warc-gz "$B/kinds/crawl.warc.gz" --truth /dev/null >/dev/null
: >"$B/kinds/empty.html"
head -c 3000 /dev/urandom >"$B/kinds/noise.bin"
config kinds w
night "$B/w.conf"
ok $((s > 1)) "plain, gzipped, copied, WARC, empty and noise in one inbox"
is "$(v w 'pages in')" 6 "six files"
accounted w
is "$(cat "$B/w.out/rejects.csv")" "path,stage,source,line,reason
$B/kinds/noise.bin,extract,$B/kinds/noise.bin,,bytes that are in no charset known here" "what was put aside is published, with its reason"
quality-note -s "$B/w" >"$B/note"
is "$(grep -c -e '^| 其中没有给出报告 / of which gave no report | 2 |$' -e '^| 有些字节.* / bytes that are in no charset known here | 1 |$' "$B/note")" 2 \
	"and counted in the note on quality"
is "$(grep -c "^$B/kinds/crawl.warc.gz," "$B/w.out/pages.csv")" 6 "a WARC has its six reports"
is "$(awk -F , '$8 == "report" && $14 == "duplicate"' "$B"/w/checked/* | wc -l)" 1 "of two files with the same content one stands for both"
rm "$B/kinds/copy.html"
night "$B/w.conf"
grep -q ' 0 worked on, 1 gone' "$B/err"
ok $? "a page goes" || cat "$B/err"
as_new w "and what is left is what a night from nothing gives"

# Trouble leaves what was published.
cp -r "$B/w.out" "$B/w.before"
gzip -c "${pages[5]}" | head -c -8 >"$B/kinds/cut.html.gz"
night "$B/w.conf"
ok "$([ "$s" = 3 ] && diff -r "$B/w.before" "$B/w.out" >/dev/null && grep -q 'cut.html.gz' "$B/err"; echo $?)" \
	"a gzip that is cut short: status 3, said by name, what was published stays"
rm "$B/kinds/cut.html.gz"
ln -s /proc/self/mem "$B/kinds/unreadable.html"
night "$B/w.conf"
ok "$([ "$s" = 3 ] && diff -r "$B/w.before" "$B/w.out" >/dev/null && grep -q 'unreadable.html' "$B/err"; echo $?)" \
	"a page that cannot be read: status 3, said by name, what was published stays"
rm "$B/kinds/unreadable.html"
mv "$B/kinds" "$B/away"
night "$B/w.conf"
ok "$([ "$s" = 3 ] && diff -r "$B/w.before" "$B/w.out" >/dev/null; echo $?)" "no inbox (nothing mounted there): status 3"
mkdir "$B/kinds"
night "$B/w.conf"
ok "$([ "$s" = 3 ] && diff -r "$B/w.before" "$B/w.out" >/dev/null && grep -q 'held 5 pages' "$B/err"; echo $?)" \
	"an inbox that is empty and was not: status 3"
night --allow-empty "$B/w.conf"
is "$s $(wc -l <"$B/w.out/statistics.csv") $(v w 'pages in')" "0 1 0" "unless that is allowed"
rmdir "$B/kinds"
mv "$B/away" "$B/kinds"
night "$B/w.conf"
ok "$(diff -r "$B/w.before" "$B/w.out" >/dev/null; echo $?)" "when all is back, so are the bytes"
is "$(strays "$B/w" "$B/w.out")" "" "and nothing is left over"
mkdir "$B/none"
config none e
night "$B/e.conf"
is "$s $(cat "$B/e.out/statistics.csv" | wc -l) $(v e 'pages in')" "0 1 0" "a first night with an empty inbox publishes headers"

# Time: the digest decides, and what may go without it is what cannot have changed.
mkdir "$B/time"
cp "${pages[@]:0:4}" "$B/time/"
mapfile -t times < <(find "$B/time" -type f | sort)
config time t
night "$B/t.conf"
touch "${times[0]}"
night "$B/t.conf"
grep -q ' 0 worked on' "$B/err"
ok $? "a page with a new time and the old content is not worked on" || cat "$B/err"
tr 0123456789 1234567890 <"${times[1]}" >"$B/shifted"
same_time() { touch -r "$2" "$B/stamp"; cat "$1" >"$2"; touch -r "$B/stamp" "$2"; }
sleep 2.1
night "$B/t.conf"
same_time "$B/shifted" "${times[1]}"
nightly -v --by-mtime "$B/t.conf" 2>&1 | grep -q ' 0 worked on'
ok $? "--by-mtime does not see new content of the same size and time"
night "$B/t.conf"
grep -q ' 1 worked on' "$B/err"
ok $? "without it such a page is seen" || cat "$B/err"
as_new t "and the statistics are those of its new content"
night --reread "$B/t.conf"
grep -q ' 0 worked on' "$B/err"
ok $? "--reread finds the same"
if command -v faketime >/dev/null; then
	faketime '2001-01-01 00:00:00' nightly "$B/t.conf" 2>/dev/null
	same_time "${times[2]}" "${times[1]}"
	faketime '2001-01-01 00:00:00' nightly -v "$B/t.conf" 2>"$B/err"
	grep -q ' 1 worked on' "$B/err"
	ok $? "a clock that was set back does not hide a change" || cat "$B/err"
	as_new t "nor change the figures"
else
	ok 0 "a clock that was set back # SKIP no faketime"
	ok 0 "its figures # SKIP no faketime"
fi

# Tables, and two configurations on one store.
mkdir -p "$B/tables/forms"
cp "$top"/common/tables/forms/*.csv "$B/tables/forms/"
{ cat "$B/t.conf"; echo "tables=$B/tables"; } >"$B/t2.conf"
cp -r "$B/t.out" "$B/t.before"
night "$B/t2.conf"
grep -q ' 4 worked on' "$B/err"
ok $? "other tables, all is worked on again"
night "$B/t2.conf"
grep -q ' 0 worked on' "$B/err"
ok $? "once"
echo >>"$B/tables/forms/checks.csv"
night "$B/t2.conf"
grep -q ' 4 worked on' "$B/err"
ok $? "and again when one of them changes" || cat "$B/err"
is "$(ls "$B/t/history" | wc -l)" "$(cut -f 4 "$B/t/current/regions" | grep -c .)" "what was only worked on again is no earlier version"
sed "s|^publish=.*|publish=$B/t3.out|" "$B/t2.conf" >"$B/t3.conf"
echo by=region,indicator >>"$B/t3.conf"
night "$B/t3.conf"
grep -q ' 0 worked on' "$B/err" && head -n 1 "$B/t3.out/statistics.csv" | grep -q '^region,indicator,'
ok $? "another grouping of the same inbox needs no page"
exec 7<>"$B/t/lock"
flock 7
printf '%d %s\n' $$ "$B/t2.conf" >"$B/t/lock"
nightly -v "$B/t2.conf" 2>"$B/err"
is "$? $(cat "$B/err")" "0 nightly: another run is at work" "the same configuration does not wait for itself"
nightly -v "$B/t3.conf" 2>"$B/err" 7>&- &
sleep 1
kill -0 $! 2>/dev/null
ok $? "another one on the same store does"
exec 7>&-
wait $!
ok $(($? > 1)) "and has its turn" || cat "$B/err"
sed "s|^inbox=.*|inbox=$B/links|; s|^publish=.*|publish=$B/t4.out|" "$B/t.conf" >"$B/t4.conf"
night "$B/t4.conf" >/dev/null
is "$s $(grep -c 'a store of its own' "$B/err") $(wc -l <"$B/t/current/pages")" "2 1 4" "another inbox on the same store is refused"

{ cat "$B/w.conf"; echo lang=zh; } >"$B/z.conf"
sed -i "s|^store=.*|store=$B/z|; s|^publish=.*|publish=$B/z.out|" "$B/z.conf"
cp "$top/fixtures/cell-per-line.txt" "$B/kinds/"
night "$B/z.conf"
grep -q '^230506,.*,X-02,.*，不等于' "$B/z.out/findings.csv"
ok $? "findings in Chinese where the configuration says so"
rm "$B/kinds/cell-per-line.txt"

# Who reads goes on reading what was there.
exec 5<"$B/t/reading"
flock -s 5
was=$(readlink "$B/t/current")
cat "$B/t/current/regions" >"$B/was.regions"
cp "${pages[6]}" "$B/time/new.html"
night "$B/t2.conf"
is "$(awk -F '\t' -v d="$B/t/checked/" '$2 != "" { print d $1 "." $2 }' "$B/was.regions" | xargs -d '\n' ls 2>&1 | grep -c cannot) $([ -d "$B/t/$was" ]; echo $?)" \
	"0 0" "a night leaves what somebody reads"
exec 5<&-
touch "$B/time/new.html"
cp "${pages[7]}" "$B/time/newer.html"
night "$B/t2.conf"
is "$(strays "$B/t" "$B/t.out")" "" "and the next one clears it"

# As cron starts it: no HOME, no PATH to speak of, another folder.
(cd / && env -i PATH=/usr/bin:/bin XXGK_BIN="$XXGK_BIN" "$top/pipelines/nightly" -v "$B/t2.conf") >"$B/out" 2>&1
grep -q ' 0 worked on' "$B/out"
ok $? "a bare environment" || cat "$B/out"
(cd "$B" && printf 'inbox=links\r\nstore=rel\r\npublish=rel.out\r\n' >rel.conf && nightly rel.conf 2>/dev/null; [ -f rel.out/manifest.csv ])
ok $? "relative folders, lines that end as on Windows"
(cd "$B" && printf 'inbox=links\nstore=~/home store\npublish=~/out\n' >home.conf && HOME="$B/h o" nightly home.conf 2>/dev/null
	[ -f "h o/out/manifest.csv" ] && [ -d "h o/home store/facts" ] && [ ! -e "./~" ])
ok $? "~/ is the home folder"

# The line for cron as it is, but for whose it is and where things lie: nothing to mail when all is well, and the log's line.
mkdir "$B/bin"
printf '#!/bin/sh\ncat >>"%s/log"\n' "$B" >"$B/bin/logger"
chmod +x "$B/bin/logger"
cron() {
	sed -n 's/^17 2 \* \* \* xxgk  //p' "$top/pipelines/nightly.cron" | sed "s|/usr/bin/xxgk|'$top/pipelines/xxgk'|; s|/etc/xxgk/nightly.conf|$1|" >"$B/line"
	: >"$B/log"
	PATH=$B/bin:$PATH /bin/bash -c "$(cat "$B/line")" >"$B/mail" 2>&1
	s=$?
	for ((i = 0; i < 50; i++)); do [ ! -s "$B/log" ] || break; sleep 0.1; done
}
cron "$B/t2.conf"
is "$s $(wc -c <"$B/mail") $(grep -c ' pages: ' "$B/log")" "0 0 1" "the line for cron: no letter when all is well, a line in the log" || cat "$B/mail"
XXGK_LANG=zh cron "$B/t2.conf"
is "$s $(wc -c <"$B/mail") $(grep -c ' 个页面：' "$B/log")" "0 0 1" "in Chinese, too" || cat "$B/mail"
ln -s /proc/self/mem "$B/time/unreadable.html"
cron "$B/t2.conf"
for ((i = 0; i < 50; i++)); do ! grep -q 'nothing was published' "$B/mail" || break; sleep 0.1; done
ok "$([ "$s" != 0 ] && grep -q 'nothing was published' "$B/mail" && grep -q 'unreadable' "$B/mail"; echo $?)" "and a letter with what is wrong" || cat "$B/mail"
rm "$B/time/unreadable.html"
if command -v systemd-analyze >/dev/null; then
	mkdir "$B/units"
	cp "$top"/pipelines/nightly.{service,timer} "$B/units/"
	sed -i "s|/usr/bin/xxgk|\"$top/pipelines/xxgk\"|; /^User=/d" "$B/units/nightly.service"
	systemd-analyze verify "$B/units/nightly.timer" "$B/units/nightly.service" >"$B/out" 2>&1
	ok "$(($? || $(grep -c units "$B/out")))" "systemd takes the unit and the timer" || cat "$B/out"
else
	ok 0 "systemd # SKIP no systemd-analyze"
fi

# What is wrong with a configuration is said with its line, status 2, and nothing is made.
refused() { # TEXT LINES WORDS
	printf '%s\n' "$2" >"$B/bad.conf"
	nightly "$B/bad.conf" >"$B/out" 2>"$B/err"
	s=$?
	ok "$([ "$s" = 2 ] && grep -q -- "$3" "$B/err"; echo $?)" "$1" || sed "s/^/# $s /" "$B/err"
}
good="inbox=$B/links
store=$B/c
publish=$B/c.out"
refused "no store" "inbox=$B/links" 'store and publish are needed'
refused "a line that is none" "$good
what is this" ':4: this line is not understood'
refused "no number" "$good
jobs=2x" ':4: not a number'
refused "no such tables" "$good
tables=$B/nowhere" 'no folder'
refused "no such column" "$good
by=year,indicator,colour" "grouped by 'year,indicator,colour'"
refused "the store in the inbox" "inbox=$B/links
store=$B/links/store
publish=$B/c.out" 'lies in the inbox'
rm -rf "$B/links/store"
refused "the published files in the inbox" "inbox=$B/links
store=$B/c
publish=$B/links/dir" 'lies in the inbox'
refused "an inbox in another" "inbox=$B/links
inbox=$B/links/dir
store=$B/c
publish=$B/c.out" 'lies in the inbox'
refused "an inbox twice" "inbox=$B/links
$good" 'lies in the inbox'
nightly "$B" 2>"$B/err"
is $? 2 "a folder is no configuration"
finish
