#!/usr/bin/env bash
# What others read: Miller, csvkit, SQLite, DuckDB, GNU parallel and spreadsheet programs see the same records and sums.
. "$(dirname "$0")/../lib.sh"
export LC_ALL=C.UTF-8
has() { command -v "$1" >/dev/null || { ((n++)); echo "ok $n - $1 # SKIP not installed"; return 1; }; }
same() { [ "$1" = "$2" ]; ok $? "$3: $2" || echo "# have '$1'"; }

extract -q "$top"/fixtures/*.txt "$top"/fixtures/html/*.html | normalize -q | classify -q | by-body | validate -q >"$B/facts.csv"
aggregate -q --all --by region,year,indicator "$B/facts.csv" >"$B/all.csv"
records=$(($(wc -l <"$B/facts.csv") - 1))
# The sum of all counts of requests received, by our own reckoning.
ours=$(aggregate -q --all --by indicator "$B/facts.csv" | awk -F, '$1 == "requests.received" && $2 == "value" { s += $8 } END { print s }')
ok "$([ -n "$ours" ]; echo $?)" "there is a sum to compare"
if has mlr; then
	same "$(mlr --icsv --ojson count "$B/facts.csv" | tr -dc 0-9)" "$records" "Miller reads as many records"
	same "$(mlr --icsv --onidx filter '$indicator == "requests.received" && $column == "value" && $state == "number"' then stats1 -a sum -f value "$B/facts.csv")" \
		"$ours" "Miller's sum"
fi
if has csvstat; then
	same "$(csvstat --count "$B/facts.csv" | tr -dc 0-9)" "$records" "csvkit reads as many records"
	csvcut -c region,label "$B/facts.csv" >/dev/null
	ok $? "csvcut takes columns by name"
fi
if has sqlite3; then
	sqlite3 -batch "$B/db" ".import --csv $B/facts.csv facts" 2>/dev/null
	same "$(sqlite3 "$B/db" 'SELECT count(*) FROM facts')" "$records" "SQLite reads as many records"
	same "$(sqlite3 "$B/db" "SELECT sum(CAST(value AS INTEGER)) FROM facts WHERE indicator = 'requests.received' AND \"column\" = 'value' AND state = 'number'")" \
		"$ours" "SQLite's sum"
fi
if has parallel && parallel --version 2>/dev/null | grep -q GNU; then
	same "$(tail -n +2 "$B/facts.csv" | parallel --will-cite --pipe --block 4k wc -l | awk '{ s += $1 } END { print s }')" "$records" \
		"GNU parallel splits between records"
fi
if has python3; then
	same "$(python3 -c 'import csv, sys; print(sum(1 for _ in csv.DictReader(open(sys.argv[1], encoding="utf-8", newline=""))))' "$B/facts.csv")" \
		"$records" "Python's csv reads as many records"
	aggregate -q --bom --by year,region,indicator "$B/facts.csv" >"$B/bom.csv"
	same "$(python3 -c 'import csv, sys; print(next(csv.reader(open(sys.argv[1], encoding="utf-8-sig")))[0])' "$B/bom.csv")" year "a BOM for spreadsheets"
fi
# DuckDB comes from npm: npm install @duckdb/node-api, and NODE_PATH says where its node_modules is.
if [ -d "${NODE_PATH:-}/@duckdb/node-api" ]; then
	same "$(node "$top/tests/bench/peers/duckdb.mjs" "select sum(try_cast(value as bigint)) from read_csv_auto('$B/facts.csv', all_varchar=true)
		where indicator = 'requests.received' and \"column\" = 'value' and state = 'number'")" "$ours" "DuckDB's sum"
else
	ok 0 "DuckDB # SKIP no @duckdb/node-api under NODE_PATH"
fi
# Names that Stata and R take: letters, digits, underscores, at most 32, each once.
aggregate -q --codebook </dev/null >"$B/codebook"
ok $? "the codebook is written"
python3 - "$B/codebook" <<'P'
import csv, re, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8')))
# A name stands once a form; under one name there is one Stata name, and the other way round.
pairs = {(r['name'], r['stata']) for r in rows if r['stata']}
names = [stata for _, stata in pairs]
sys.exit(not (names and len(set(names)) == len(names) and all(re.fullmatch(r'[A-Za-z_][A-Za-z0-9_]{0,31}', x) for x in names)))
P
ok $? "its names are Stata's, each once" || head -3 "$B/codebook"
finish
