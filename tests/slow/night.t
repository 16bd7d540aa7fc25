#!/usr/bin/env bash
# nightly at its full size: 2,000 pages under a real cron, a hundred kills, a disk that is full at ten points.
. "$(dirname "$0")/../lib.sh"
ended() {
	[ ! -f "$B/cron.pid" ] || kill -9 "$(cat "$B/cron.pid")" 2>/dev/null
	umount "$B/small" 2>/dev/null
	rm -rf "$B"
}
trap ended EXIT
count=${PAGES:-2000}
# Pages as they are: 40 KB of HTML. And small ones.
made "$count" --seed 41 --layout html-cms --size 40000
conf() { printf 'inbox=%s\nstore=%s\npublish=%s\n' "$B/inbox" "$1" "$1.out" >"$B/conf.$2"; }
conf "$B/a" a

# A real cron in a namespace of its own, which sees our crontab and no other.
if command -v cron >/dev/null && [ "$(id -u)" = 0 ]; then
	mkdir -p "$B/cron.d" "$B/crontabs"
	cat >"$B/crontabs/root" <<TAB
SHELL=/bin/bash
PATH=$PATH
XXGK_BIN=$XXGK_BIN
MAILTO=""
* * * * * $top/pipelines/nightly -v $B/conf.a >>$B/fired 2>&1; echo "ended \$?" >>$B/fired
* * * * * sleep 1; $top/pipelines/nightly -v $B/conf.a >>$B/second 2>&1; echo "ended \$?" >>$B/second
TAB
	chmod 600 "$B/crontabs/root"
	unshare --mount --pid --fork --kill-child --mount-proc sh -c "mount --bind $B/cron.d /etc/cron.d &&
		mount --bind $B/crontabs /var/spool/cron/crontabs && mount --bind /dev/null /etc/crontab && mount -t tmpfs none /run &&
		exec cron -f -L 0" >"$B/cron.log" 2>&1 &
	echo $! >"$B/cron.pid"
	disown
	for ((i = 0; i < 240; i++)); do
		grep -q '^ended' "$B/fired" 2>/dev/null && grep -q '^ended' "$B/second" 2>/dev/null && break
		sleep 1
	done
	kill -9 "$(cat "$B/cron.pid")"
	rm "$B/cron.pid"
	grep -q "^nightly: $count pages: $count worked on" "$B/fired"
	ok $? "cron fired nightly on $count pages" || cat "$B/fired" "$B/cron.log"
	head -n 2 "$B/second" | tr '\n' ' ' | grep -q "another run is at work ended 0"
	ok $? "a second firing while the first ran left quietly" || cat "$B/second"
else
	ok 0 "cron fired nightly # SKIP no cron, or not root"
	ok 0 "a second firing # SKIP"
fi

# What a first night takes and the next one, of 40 KB pages and of small ones: the least of some, in seconds of all
# processors (what a machine does besides shows in the wall clock's).
took() { # FILE CONFIG
	local TIMEFORMAT='%R %U %S'
	{ time nightly "$2" >/dev/null 2>&1; } 2>>"$1"
}
least() { awk '{ c = $2 + $3; if (NR == 1 || c < least) least = c; if (NR == 1 || $1 < wall) wall = $1 } END { print least, wall }' "$1"; }
nights() { # NAME INBOX
	local i k
	printf 'inbox=%s\nstore=%s\npublish=%s\n' "$2" "$B/s" "$B/s.out" >"$B/conf.s"
	find "$2" -type f | sort | awk -v n="$count" 'NR % int(n / 50) == 0' | head -n 50 >"$B/fifty"
	for i in 1 2 3; do
		rm -rf "$B/s" "$B/s.out"
		sleep 2
		took "$B/$1.first" "$B/conf.s"
		for k in 1 2 3; do
			while IFS= read -r page; do printf '\n' >>"$page"; done <"$B/fifty"
			took "$B/$1.next" "$B/conf.s"
		done
	done
	read -r first first_wall < <(least "$B/$1.first")
	read -r next next_wall < <(least "$B/$1.next")
	echo "# $1 pages: the first night $first s ($first_wall by the clock), the next with 50 changed $next s ($next_wall)"
}
nights large "$B/inbox"
awk -v a="$first" -v b="$next" 'BEGIN { exit !(b * 10 < a) }'
ok $? "the next night with 50 changed pages takes less than a tenth of the first"
cp -r "$B/s.out" "$B/s.kept"
rm -rf "$B/s" "$B/s.out"
nightly "$B/conf.s" 2>/dev/null
diff -r "$B/s.out" "$B/s.kept" >/dev/null
ok $? "and publishes the bytes of a night from nothing"
python3 "$top/tests/generate/report.py" --count "$count" --seed 42 --layout any --form any --size 0 --out "$B/small-pages" --truth /dev/null >/dev/null
nights small "$B/small-pages"
awk -v a="$first" -v b="$next" 'BEGIN { exit !(b * 10 < a) }'
ok $? "of small pages, too"

# A small inbox for what is done again and again.
mkdir "$B/few"
find "$B/inbox" -type f | sort | head -n 40 | xargs cp -t "$B/few"
printf 'inbox=%s\nstore=%s\npublish=%s\nbatch=10\n' "$B/few" "$B/k" "$B/k.out" >"$B/conf.k"
printf 'inbox=%s\nstore=%s\npublish=%s\nbatch=10\n' "$B/few" "$B/u" "$B/u.out" >"$B/conf.u"
nightly "$B/conf.k" 2>/dev/null
mapfile -t pages < <(find "$B/few" -type f | sort)
kills=${KILLS:-100}
killed=0
lasts=1.0
for ((k = 0; k < kills; k++)); do
	printf '\n' >>"${pages[k % 40]}"
	printf '\n' >>"${pages[(k * 7 + 3) % 40]}"
	# Every tenth run is left to end: it says how long one lasts now.
	if ((k % 10 == 0)); then
		begun=$EPOCHREALTIME
		nightly "$B/conf.k" >/dev/null 2>&1
		lasts=$(awk -v a="$begun" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }')
		printf '\n' >>"${pages[(k + 1) % 40]}"
	fi
	setsid nightly "$B/conf.k" >/dev/null 2>&1 &
	pid=$!
	# Moments at random, one in each hundredth of a run.
	sleep "$(awk -v t="$lasts" -v k="$k" -v n="$kills" -v r=$RANDOM 'BEGIN { printf "%.3f", t * ((k * 37 % n) + r / 32768) / n }')"
	! kill -0 "$pid" 2>/dev/null || ((++killed))
	# Half of them only the job itself: what it started goes on for a while.
	if ((k % 2)); then kill -9 -- "-$pid" 2>/dev/null; else kill -9 "$pid" 2>/dev/null; fi
	wait "$pid" 2>/dev/null
done
ok $((killed * 10 < kills * 7)) "$killed of $kills runs were at work when they were killed"
nightly "$B/conf.k" 2>"$B/err"
ok $(($? > 1)) "after $kills kills at random moments a run ends well" || cat "$B/err"
rm -rf "$B/u" "$B/u.out"
nightly "$B/conf.u" 2>/dev/null
diff -r "$B/k.out" "$B/u.out" >/dev/null
ok $? "what it publishes is byte for byte what an undisturbed run does"
is "$(strays "$B/k" "$B/k.out")" "" "no stray file is left"

# A disk that fills up at ten points of the way.
mkdir "$B/small"
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=64m none "$B/small" 2>/dev/null; then
	printf 'inbox=%s\nstore=%s\npublish=%s\nbatch=10\n' "$B/few" "$B/small/store" "$B/small/out" >"$B/conf.s"
	nightly "$B/conf.s" 2>/dev/null
	used=$(du -sk "$B/small" | cut -f 1)
	cp -r "$B/small/out" "$B/published"
	bad=0
	refused=0
	for ((k = 0; k < 10; k++)); do
		for p in "${pages[@]}"; do printf '\n' >>"$p"; done
		mount -o "remount,size=$((used + 40 + used * k / 8))k" "$B/small"
		nightly "$B/conf.s" >/dev/null 2>"$B/err"
		s=$?
		if ((s > 1)); then
			((refused++))
			((s == 3)) && diff -r "$B/published" "$B/small/out" >/dev/null || { bad=1; cat "$B/err"; }
		else
			rm -rf "$B/published"
			cp -r "$B/small/out" "$B/published"
		fi
	done
	ok $((bad || refused < 5)) "a full disk at ten points ($refused runs refused): status 3, the published files untouched"
	mount -o remount,size=64m "$B/small"
	nightly "$B/conf.s" 2>"$B/err"
	ok $(($? > 1)) "with room again the next run recovers" || cat "$B/err"
	rm -rf "$B/u" "$B/u.out"
	nightly "$B/conf.u" 2>/dev/null
	diff -r "$B/small/out" "$B/u.out" >/dev/null
	ok $? "and publishes what an undisturbed run does"
else
	ok 0 "a full disk # SKIP no tmpfs can be mounted here"
fi
finish
