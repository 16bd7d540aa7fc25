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
made 40 --seed 8 --kind government
cp "$top"/fixtures/*.txt "$B/inbox/"
printf 'inbox=%s\nstore=%s\npublish=%s\n' "$B/inbox" "$B/store" "$B/out" >"$B/conf"
nightly "$B/conf" 2>/dev/null
publish -s "$B/store" -o "$B/site" 2>"$B/err"
ok $? "publish ends well" || cat "$B/err"
sqlite3 "$B/site/xxgk.sqlite" "SELECT region, indicator, \"column\", unit, year, sum FROM statistics WHERE sum > 1
	AND indicator NOT LIKE 'report%' ORDER BY random() LIMIT 5" | while IFS='|' read -r region indicator column unit year sum; do
	key=$(printf '%s\t%s\t%s' "$indicator" "$column" "$unit" | python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.stdin.read()))')
	shown=$(browse "region=$region&indicator=$key&year=$year" --dump-dom | sed -n 's/.*id="value">\([^<]*\)<.*/\1/p')
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
wide=$(browse '' --window-size=390,1400 --dump-dom | grep -c 'id="map"')
ok "$([ "$wide" = 1 ]; echo $?)" "the page is built on a phone's width, too"
ok "$([ "$(stat -c %s "$B/site/index.html")" -lt 3000000 ]; echo $?)" "the page has under 3 MB"
! grep -Eq '(src|href)="https?:' "$B/site/index.html"
ok $? "the page names nothing outside itself to load"

# A country: 31 provinces, 15 years, 100 indicators.
mkdir -p "$B/big/current"/{checked,findings}
echo year,region,indicator >"$B/big/current/by"
cp "$B/store/current"/*.header "$B/big/current/"
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
validate -q "$B/facts.csv" | tail -n +2 >"$B/big/current/checked/all"
publish -s "$B/big" -o "$B/bigsite"
size=$(stat -c %s "$B/bigsite/index.html")
ok "$([ "$size" -lt 3000000 ]; echo $?)" "31 provinces, 15 years, 100 indicators: $size bytes, under 3 MB"
ok "$([ "$(sqlite3 "$B/bigsite/xxgk.sqlite" 'SELECT count(*) FROM statistics')" = 46500 ]; echo $?)" "46,500 statistics"
finish
