#!/usr/bin/env bash
# What classify remembers from page to page, and how it writes a line, changes no fact.
. "$(dirname "$0")/lib.sh"

made 60 --seed 41
cp "$top"/fixtures/*.txt "$top"/fixtures/html/*.html "$B/inbox/"
cd "$B" || exit 1
extract -q -r inbox | normalize -q >pieces.csv
head -n 1 pieces.csv >header
# A page's pieces begin with its own; page.1, page.2 …
awk 'NR > 1 { if (/^page,/) { n++; file = sprintf("page.%04d", n) } print > file }' pieces.csv
pages=(page.*)
is "$([ ${#pages[@]} -gt 90 ]; echo $?)" 0 "there are pages enough: ${#pages[@]}"

classify -q pieces.csv >together
for p in "${pages[@]}"; do cat header "$p" | classify -q | tail -n +2; done >alone
tail -n +2 together | cmp - alone
ok $? "each page alone gives what all give in one run"

for ((i = ${#pages[@]} - 1; i >= 0; i--)); do cat "${pages[i]}"; done | cat header - | classify -q | sort >backwards
sort together | cmp - backwards
ok $? "and so do they in the other order"

for way in --series --explain; do
	classify -q "$way" pieces.csv >"more$way"
	python3 - together "more$way" <<'P'
import csv, sys
a, b = (list(csv.reader(open(p, encoding='utf-8', newline=''))) for p in sys.argv[1:])
sys.exit(len(a) != len(b) or any(y[:len(x)] != x for x, y in zip(a, b)))
P
	ok $? "the columns of $way stand behind the same facts"
done

sed '1s/$/,crawl/; 2,$s/$/,"a,b"/' pieces.csv | classify -q | cut -d, -f3- >passed
tail -n +2 together >facts
tail -n +2 passed | cmp - facts
ok $? "so does a column that passes through"
awk '{ print "k\t" $0 }' pieces.csv | classify -q --key-prefix | cut -f2- | cmp - together
ok $? "and a key"
finish
