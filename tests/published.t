#!/usr/bin/env bash
# The database that publish writes: a question in SQL gets the answer that the facts give.
. "$(dirname "$0")/lib.sh"
command -v sqlite3 >/dev/null || skip_all "no sqlite3"
cd "$B" || exit 1
mkdir inbox
cp "$top"/fixtures/{blanks,cell-per-line,form-liaoning,row-per-line}.txt inbox/
# 16 digits are more than a double holds, and a sum with its cents has 15.
sed 's/^28000 |/1234567890123456.5 |/' inbox/form-liaoning.txt >inbox/long.txt && rm inbox/form-liaoning.txt
printf 'inbox=inbox\nstore=store\npublish=published\n' >nightly.conf
nightly nightly.conf
publish -s store -o site 2>/dev/null
ok $? "publish"
asked() { sqlite3 site/xxgk.sqlite "$1"; }
facts() { awk -F, 'NR > 1 { print }' site/facts.csv; }
is "$(asked "SELECT count(*), count(value) FROM facts WHERE origin = 'table'" | tr '|' ' ')" \
	"$(facts | awk -F, '$13 == "table" { n++; v += $10 != "" } END { print n, v }')" "a blank is NULL"
ok "$(($(asked "SELECT count(*) FROM facts WHERE state IN ('blank', 'mark') AND value IS NULL") < 5))" "there are some"
is "$(asked "SELECT printf('%.13f', avg(value)), sum(value) FROM facts WHERE source = 'inbox/row-per-line.txt' AND unit = '条' AND origin = 'table'" | tr '|' ' ')" \
	"$(facts | awk -F, '$18 ~ /row-per-line/ && $11 == "条" && $13 == "table" && $10 != "" { n++; s += $10 } END { printf "%.13f %d", s / n, s }')" "and no part of a mean"
is "$(asked "SELECT max(value) FROM facts WHERE source = 'inbox/cell-per-line.txt' AND typeof(value) != 'text'")" \
	"$(facts | awk -F, '$18 ~ /cell-per-line/ && $10 + 0 > m { m = $10 } END { print m }')" "the largest is not the one with the largest first digit"
is "$(asked "SELECT group_concat(sum, ' ') FROM (SELECT sum FROM statistics WHERE indicator = 'requests.received' AND n > 0 ORDER BY sum DESC)")" \
	"$(awk -F, '$3 == "requests.received" && $6 > 0 { print $10 }' site/statistics.csv | sort -nr | paste -sd ' ')" "sums are put in order as numbers"
is "$(asked "SELECT value FROM main_facts WHERE source = 'inbox/long.txt' AND indicator = 'proactive.total'")" \
	"$(facts | awk -F, '$18 ~ /long/ && $8 == "proactive.total" && $14 == "main" { print $10 }')" "what has more digits than a double holds is there whole"
is "$(asked "SELECT count(*) FROM findings WHERE typeof(\"left\") != 'text' AND typeof(\"right\") != 'text' AND \"left\" - \"right\" != delta")" 0 "findings can be reckoned with"
finish
