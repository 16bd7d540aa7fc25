#!/usr/bin/env bash
# What README promises somebody who begins: first statistics, a question of one's own, a provincial row added without
# building anything, a draft checked. In that order, with nothing but README's commands.
. "$(dirname "$0")/lib.sh"
export LC_ALL=C.UTF-8
cd "$top" || exit 1

# 1. First statistics.
regional-stats -o "$B/stats.csv" fixtures/*.txt 2>"$B/err"
ok $(($? > 1)) "first statistics: regional-stats on the fixtures"
grep -q '^2017,230506,proactive.total,value,条,1,0,0,0,1612,' "$B/stats.csv"
ok $? "a number of the page stands in them: 宝山区 2017, 1612 条"
ok "$([ -s "$B/stats.csv.findings" ]; echo $?)" "what the checks object to stands beside them"

# 2. A question of one's own: which report received the most requests?
extract -q fixtures/*.txt | normalize -q | classify -q | by-body | validate -q >"$B/facts.csv"
most=$(awk -F, '$8 == "requests.received" && $9 == "value" && $12 == "number" && $14 == "main" { print $10, $1 }' "$B/facts.csv" | sort -n | tail -n 1)
ok "$([ -n "$most" ]; echo $?)" "an ad-hoc pipe answers: $most"
if command -v mlr >/dev/null; then
	sed -n '/^```sh$/,/^```$/{/^```/!p}' README.md >"$B/miller.sh"
	answer=$(bash "$B/miller.sh" | awk 'NR == 2 { print $3, $1 }')
	ok "$([ "$answer" = "$most" ]; echo $?)" "and so does README's with Miller" || echo "# $answer"
else
	ok 0 "and so does one with Miller # SKIP not installed"
fi

# 3. A provincial row: known as soon as a row of the table says so.
sed 's/^5\.其他方式公开政府信息数 |.*/&\n6.政务客户端公开政府信息数 | 条 | 9 |/' fixtures/row-per-line.txt >"$B/page.txt"
facts() { extract -q "$B/page.txt" | normalize -q | classify -q "$@" | grep -F 政务客户端公开政府信息数; }
unknown=$(facts)
ok "$([ "$(echo "$unknown" | cut -d, -f8)" = "" ] && [ "$(echo "$unknown" | cut -d, -f10)" = 9 ]; echo $?)" \
	"a row nobody knows keeps its label and number, and has no indicator" || echo "# $unknown"
mkdir "$B/tables"
awk -v row='2014,proactive.channel.app,6.政务客户端公开政府信息数,Disclosed on government apps,条,proactive.channel,,11,,seen in a province,main,extension,6.,政务客户端公开政府信息数,high' \
	'{ print } /^2014,proactive.channel.other,/ { print row }' common/tables/forms/indicators.csv >"$B/tables/indicators.csv"
known=$(facts --tables "$B/tables")
ok "$([ "$(echo "$known" | cut -d, -f8)" = proactive.channel.app ] && [ "$(echo "$known" | cut -d, -f10)" = 9 ]; echo $?)" \
	"with its row in a table it has one, and nothing was built" || echo "# $known"
ok "$([ "$(extract -q "$B/page.txt" | normalize -q | classify -q --tables "$B/tables" | grep -c ',proactive.channel.other,')" = 1 ]; echo $?)" \
	"and its neighbour keeps its own"

# 4. A draft checked.
check-up fixtures/form-2021.txt >"$B/good" 2>&1
ok $? "check-up says a sound draft may be published" || cat "$B/good"
check-up fixtures/form-liaoning.txt >"$B/bad" 2>&1
ok $(($? != 1)) "and that one with a broken sum may not"
grep -q 'L15-17\|103' "$B/bad"
ok $? "naming the sum"

# 5. Each kind of change is shown by a commit there is.
if [ "$(git rev-parse --is-shallow-repository 2>/dev/null)" = false ] && (($(git rev-list --count HEAD) > 100)); then
	shown=$(sed -n 's/^  \(.*\. \)\{0,1\}`\([0-9a-f]\{7\}\)` \*\(.*\)\*$/\2 \3/p' README.md)
	ok $(($(wc -l <<<"$shown") < 6)) "README shows how a change is made by six commits"
	while read -r hash subject; do
		[ "$(git log -1 --format=%s "$hash" -- 2>/dev/null)" = "$subject" ] && git merge-base --is-ancestor "$hash" HEAD
		ok $? "$hash is: $subject"
	done <<<"$shown"
else
	ok 0 "README's commits # SKIP no history here"
fi
finish
