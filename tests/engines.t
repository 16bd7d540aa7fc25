#!/usr/bin/env bash
# The contract with engines (xxgk-scale(7)): filters unchanged under headerless keyed lines, page blocks, shards that are
# empty, twice there, out of order, killed and tried again; findings not taken for failure.
. "$(dirname "$0")/engines/lib.sh"
pages 80
ok $? "the one-core run gives statistics"
by=year,region,indicator
xargs -a "$B/paths" -d '\n' extract -q -- >"$B/pieces" 2>/dev/null
normalize -q "$B/pieces" >"$B/normal"
classify -q "$B/normal" >"$B/facts"
pieces=$(head -n 1 "$B/pieces") normal=$(head -n 1 "$B/normal") facts=$(head -n 1 "$B/facts")

# Hadoop Streaming and Spark pipe: lines without header, a key and a tab in front; the key comes out again.
keyed() { tail -n +2 "$1" | sed 's/^/k7,x\t/'; }
keyed "$B/pieces" | normalize -q -H --columns "$pieces" --no-header-out --key-prefix >"$B/out"
ok $? "normalize takes keyed lines"
cmp -s "$B/out" <(keyed "$B/normal")
ok $? "and gives them with their keys, byte for byte"
keyed "$B/normal" | classify -q --exit-zero -H --columns "$normal" --no-header-out --key-prefix >"$B/out"
cmp -s "$B/out" <(keyed "$B/facts")
ok $? "so does classify"
by-body "$B/facts" >"$B/sorted"
validate -q --exit-zero "$B/sorted" >"$B/checked"
keyed "$B/sorted" | validate -q --exit-zero -H --columns "$facts" --no-header-out --key-prefix >"$B/out"
cmp -s "$B/out" <(keyed "$B/checked")
ok $? "so does validate"

# Blocks of pages, as parallel --pipe --recstart page, makes them.
if command -v parallel >/dev/null && parallel --version 2>/dev/null | grep -q GNU; then
	tail -n +2 "$B/pieces" | parallel --will-cite --pipe -k --block 20k --recstart 'page,' -j 2 \
		"normalize -q -H --columns $pieces | classify -q --exit-zero --no-header-out" >"$B/out" 2>"$B/err"
	cmp -s "$B/out" <(tail -n +2 "$B/facts")
	ok $? "blocks of pages give the facts of the whole" || head -3 "$B/err"
else
	ok 0 "blocks of pages # SKIP no GNU parallel"
fi

# by-body takes facts as they come.
by-body <"$B/facts" | cmp -s - "$B/sorted" && gzip -c "$B/facts" | by-body | cmp -s - "$B/sorted" && by-body <(gzip -c "$B/facts") | cmp -s - "$B/sorted"
ok $? "by-body sorts standard input, gzip or not"
gzip -c "$B/facts" | head -c 5000 | by-body >/dev/null 2>"$B/err"
is $? 3 "gzip cut short is status 3"
tail -n +2 "$B/facts" | gzip -c | by-body -H | cmp -s - <(tail -n +2 "$B/sorted")
ok $? "by-body -H reads gzip, too"
sed 's/^\([^,]*\),\([^,]*\),\([^,]*\),/"\1","\2","\3",/' "$B/facts" >"$B/quoted"
by-body "$B/quoted" | sed '1,$s/^"\([^"]*\)","\([^"]*\)","\([^"]*\)",/\1,\2,\3,/' | cmp -s - "$B/sorted"
ok $? "also what has quotes around its fields"
by-body "$B/facts" "$B/pieces" >"$B/out" 2>"$B/err"
is "$? $(wc -c <"$B/out") $(grep -c "'$B/pieces' has other columns" "$B/err")" "2 0 1" "a file of other columns is refused"
by-body "$top/README.md" "$B/facts" >"$B/out" 2>"$B/err"
is "$? $(wc -c <"$B/out")" "2 0" "so is what is no record, with nothing written"
printf '\xef\xbb\xbf%s\r\n' "$facts" >"$B/marked"
by-body "$B/facts" "$B/marked" | cmp -s - "$B/sorted"
ok $? "a byte order mark and CR make no other columns"

# Shards by map-shard and reduce-part.
split -a 3 -d -n r/7 "$B/paths" "$B/shard."
: >"$B/shard.empty"
for list in "$B"/shard.*; do map-shard "$list" "$B/map" || break; done
ok $? "every shard is mapped, the empty one too"
ok "$([ -d "$B/map/shard.empty" ] && ! ls "$B/map/shard.empty"/facts.* >/dev/null 2>&1; echo $?)" "an empty shard has no facts"
before=$(cat "$B"/map/*/facts.* | sha256sum)
map-shard "$B/shard.001" "$B/map" & map-shard "$B/shard.001" "$B/map" & wait
ok "$([ "$before" = "$(cat "$B"/map/*/facts.* | sha256sum)" ]; echo $?)" "a shard twice, also at once, does no harm"
rm -rf "$B/map/shard.002"
map-shard "$B/shard.002" "$B/map" &
pid=$!
sleep 0.1
kill -9 "$pid" 2>/dev/null
wait "$pid" 2>/dev/null
[ -d "$B/map/shard.002" ] || map-shard "$B/shard.002" "$B/map"
ok "$([ "$before" = "$(cat "$B"/map/*/facts.* | sha256sum)" ]; echo $?)" "a task killed and tried again gives the same facts"
# Tables of one's own are those of the first filters, too.
for table in words:extract zero:normalize; do
	mkdir "$B/$table"
	echo broken >"$B/$table/${table%:*}.csv"
	map-shard -t "$B/$table" "$B/shard.001" "$B/$table" 2>"$B/err"
	ok "$([ $? -ge 2 ] && grep -q "^${table#*:}: .*/${table%:*}.csv" "$B/err"; echo $?)" "map-shard hands --tables to ${table#*:}" || cat "$B/err"
	regional-stats -t "$B/$table" "$top/fixtures/blanks.txt" >/dev/null 2>"$B/err"
	ok "$([ $? -eq 2 ] && grep -q "^${table#*:}: .*/${table%:*}.csv" "$B/err"; echo $?)" "so does regional-stats" || cat "$B/err"
done
mkdir "$B/lists" "$B/bad"
for list in "$B/nosuch" "$B/lists"; do
	map-shard "$list" "$B/bad" 2>"$B/err"
	ok "$([ $? -eq 3 ] && grep -q "cannot open '$list'" "$B/err" && [ -z "$(ls -A "$B/bad")" ]; echo $?)" "a list that cannot be read makes no shard"
done
for order in sort 'sort -r' 'shuf --random-source=/dev/zero'; do
	rm -rf "$B/reduced"
	cut -f 2 "$B"/map/*/index | awk '{ p = substr($0, 1, 4); sub(/,.*/, "", p); print p == "" ? "none" : p }' | sort -u | $order | while read -r part; do
		find "$B/map" -name "facts.$part" | $order | xargs reduce-part "$part" "$B/reduced" || exit 1
	done
	aggregate -q --by "$by" --merge $(find "$B/reduced/partial" -type f | $order) >"$B/out"
	cmp -s "$B/out" "$B/one.csv"
	ok $? "parts and shards in the order of '$order': the bytes of one core"
done
part=$(ls -S "$B"/reduced/partial/* | head -n 1)
aggregate -q --by "$by" --merge "$B"/reduced/partial/* "$part" >"$B/out" 2>"$B/err"
ok "$([ $? -ge 2 ] && grep -q "$(basename "$part")" "$B/err"; echo $?)" "a part counted twice is refused by its name" || cat "$B/err"
on-cores -o "$B/cores.csv" -j 2 -n 9 <"$B/paths"
ok $? "on-cores ends with 0, findings or not"
cmp -s "$B/cores.csv" "$B/one.csv"
ok $? "on-cores gives the bytes of one core"
on-cores -o "$B/none.csv" </dev/null
ok $? "no pages are no failure"
finish
