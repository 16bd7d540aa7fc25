#!/usr/bin/env bash
# publish: the page in a real browser shows the database's numbers; nothing is fetched, nothing fails.
. "$(dirname "$0")/../lib.sh"
for program in chromium sqlite3; do
	command -v "$program" >/dev/null || skip_all "$program is not installed"
done
browse() { # FRAGMENT [OPTION]...: the page's elements once its scripts have run
	local fragment=$1
	shift
	timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
		--disable-component-update --disable-sync --user-data-dir="$B/profile" --virtual-time-budget=4000 \
		--enable-logging=stderr "$@" "file://$B/site/index.html#$fragment" 2>"$B/log"
}
# Killed anywhere and run again: the bytes of an undisturbed run, what was there before until then, and nothing left over.
kills() {
	local k pid took begun=$EPOCHREALTIME
	publish -s "$B/store" -o "$B/again"
	took=$(awk -v a="$begun" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }')
	diff -r "$B/site" "$B/again" >/dev/null
	ok $? "publishing to another folder gives the same bytes"
	touch -d 2001-01-01 "$B/again"/*
	publish -s "$B/store" -o "$B/again"
	is "$(find "$B/again" -type f -newermt 2002-01-01)" "" "where nothing changed, nothing is written"
	rm "$B/again/findings.csv"
	publish -s "$B/store" -o "$B/again"
	diff -r "$B/site" "$B/again" >/dev/null
	ok $? "where a file is gone, it comes again"
	for ((k = 0; k < ${KILLS:-20}; k++)); do
		printf '\n' >>"$B/again/manifest.csv"
		setsid publish -s "$B/store" -o "$B/again" >/dev/null 2>&1 &
		pid=$!
		sleep "$(awk -v t="$took" -v k="$k" -v n="${KILLS:-20}" 'BEGIN { printf "%.3f", t * k / n }')"
		kill -9 -- "-$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
		for name in xxgk.sqlite facts.csv findings.csv statistics.csv index.html; do
			cmp -s "$B/site/$name" "$B/again/$name" || echo "$k: $name"
		done
	done >"$B/changed"
	is "$(cat "$B/changed")" "" "killed at ${KILLS:-20} moments: what was published stays"
	printf '\n' >>"$B/again/manifest.csv"
	publish -s "$B/store" -o "$B/again"
	diff -r "$B/site" "$B/again"
	ok $? "and the next run leaves nothing over"
}
# store_of FACTS STORE: a store of facts that no page gave.
store_of() {
	local g=$2/generation.1
	mkdir -p "$g/published" "$2"/{facts,checked,history} && : >"$2/reading" && ln -s generation.1 "$2/current"
	validate -q --findings "$g/published/findings.csv" "$1" >"$B/checked"
	aggregate -q --by year,region,indicator "$B/checked" >"$g/published/statistics.csv"
	head -n 1 "$B/checked" >"$g/checked.header"
	tail -n +2 "$B/checked" >"$2/checked/all.1"
	printf 'all\t1\t%d\t\n' "$(wc -l <"$2/checked/all.1")" >"$g/regions"
	echo year,region,indicator >"$g/by"
	sha256sum "$1" | sed 's/^\(.\{64\}\).*/name,value\ninputs,\1/' >"$g/published/manifest.csv"
}
made 40 --seed 8 --kind government
cp "$top"/fixtures/*.txt "$B/inbox/"
printf 'inbox=%s\nstore=%s\npublish=%s\n' "$B/inbox" "$B/store" "$B/out" >"$B/conf"
nightly "$B/conf" 2>/dev/null
publish -s "$B/store" -o "$B/site" 2>"$B/err"
ok $? "publish ends well" || cat "$B/err"
sqlite3 "$B/site/xxgk.sqlite" "SELECT region, indicator, \"column\", unit, year, sum FROM statistics WHERE sum > 1
	AND indicator NOT LIKE 'report%' ORDER BY random() LIMIT 5" | while IFS='|' read -r region indicator column unit year sum; do
	key="indicator=$indicator&column=$column&unit=$(python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1]))' "$unit")"
	shown=$(browse "region=$region&$key&year=$year" --dump-dom | sed -n 's/.*id="value"[^>]*>\([^<]*\)<.*/\1/p' | tr -d ,)
	printf '%s|%s|%s %s %s\n' "$shown" "$sum" "$region" "$indicator" "$year"
	grep -E 'CONSOLE.*(rror|efused)' "$B/log" >>"$B/console"
done >"$B/shown"
while IFS='|' read -r shown sum what; do
	[ "$shown" = "$sum" ]
	ok $? "the page shows the database's $sum for $what" || echo "# it shows '$shown'"
done <"$B/shown"
ok "$([ "$(wc -l <"$B/shown")" = 5 ]; echo $?)" "five numbers were looked at"
ok "$([ ! -s "$B/console" ]; echo $?)" "no error on the console, no request refused"
for width in 1280 390; do
	browse '' --window-size=$width,1400 --screenshot="$B/$width.png" >/dev/null
	ok "$([ -s "$B/$width.png" ]; echo $?)" "a picture at $width pixels"
done
for width in 1280 390; do
	browse '' --window-size=$width,1400 --blink-settings=preferredColorScheme=0 --screenshot="$B/dark-$width.png" >/dev/null
	! cmp -s "$B/$width.png" "$B/dark-$width.png"
	ok $? "another one in the dark"
done
wide=$(browse '' --window-size=390,1400 --dump-dom | grep -c 'id="map"')
ok "$([ "$wide" = 1 ]; echo $?)" "the page is built on a phone's width, too"
ok "$([ "$(stat -c %s "$B/site/index.html")" -lt 3000000 ]; echo $?)" "the page has under 3 MB"
! grep -Eq '(src|href)="https?:' "$B/site/index.html"
ok $? "the page names nothing outside itself to load"

kills

# A country: 31 provinces, 15 years, 100 indicators.
TOP=$top python3 - >"$B/facts.csv" <<'P'
import csv, os
rows = csv.DictReader(open(os.environ['TOP'] + '/common/tables/forms/indicators.csv', encoding='utf-8'))
codes = list(dict.fromkeys(r['indicator'] for r in rows if r['row_type'] in ('value', 'total', 'of_which')))[:100]
tiles = [r['code'] for r in csv.DictReader(open(os.environ['TOP'] + '/common/tables/regions/tiles.csv', encoding='utf-8'))]
print('region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,origin,role,period,grid,match,source,table,row,col,line,label')
for region in tiles:
    for year in range(2010, 2025):
        for i, code in enumerate(codes):
            print(f'{region},government,省人民政府,{year},province,region,2014,{code},value,{int(region) * 7 + year * i},件,number,table,main,,html,exact,https://example.org/{region}/{year}.html,1,{i + 1},3,{i + 1},数')
P
store_of "$B/facts.csv" "$B/big"
publish -s "$B/big" -o "$B/bigsite"
size=$(stat -c %s "$B/bigsite/index.html")
ok "$([ "$size" -lt 3000000 ]; echo $?)" "31 provinces, 15 years, 100 indicators: $size bytes, under 3 MB"
ok "$([ "$(sqlite3 "$B/bigsite/xxgk.sqlite" 'SELECT count(*) FROM statistics')" = 46500 ]; echo $?)" "46,500 statistics"
finish
