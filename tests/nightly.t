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

# Where a number comes from.
awk -F , 'NR > 1 && $6 > 0 && $3 !~ /^report/ && $2 ~ /^[0-9]/ { print $1, $2, $3; exit }' "$B/a.out/statistics.csv" >"$B/key"
read -r year region indicator <"$B/key"
show-source -s "$B/a" "$region" "$year" "$indicator" >"$B/shown"
ok $? "show-source finds a number of the statistics"
grep -q "place .*$B/inbox" "$B/shown"
ok $? "and names page and line"

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
is "$(find "$B/a" -mindepth 1 -maxdepth 1 | wc -l) $(find "$B/a.out" -type f | wc -l)" "3 4" "no file is left over"
finish
