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
made "$count" --seed 41
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

# How long a first night and the next one take.
rm -rf "$B/a" "$B/a.out"
seconds() { local t; t=$({ TIMEFORMAT=%R; time "$@" >/dev/null 2>&1; } 2>&1); echo "$t"; }
first=$(seconds nightly "$B/conf.a")
find "$B/inbox" -type f | sort | awk 'NR % 40 == 0' | head -n 50 >"$B/fifty"
while IFS= read -r page; do printf '\n' >>"$page"; done <"$B/fifty"
second=$(seconds nightly "$B/conf.a")
awk -v a="$first" -v b="$second" 'BEGIN { exit !(b * 2 < a) }'
ok $? "the next night with 50 changed pages: $second s, the first $first s"

# A small inbox for what is done again and again.
mkdir "$B/few"
find "$B/inbox" -type f | sort | head -n 40 | xargs cp -t "$B/few"
printf 'inbox=%s\nstore=%s\npublish=%s\nbatch=10\n' "$B/few" "$B/k" "$B/k.out" >"$B/conf.k"
printf 'inbox=%s\nstore=%s\npublish=%s\nbatch=10\n' "$B/few" "$B/u" "$B/u.out" >"$B/conf.u"
nightly "$B/conf.k" 2>/dev/null
took=$(seconds nightly "$B/conf.u")
mapfile -t pages < <(find "$B/few" -type f | sort)
kills=${KILLS:-100}
for ((k = 0; k < kills; k++)); do
	printf '\n' >>"${pages[k % 40]}"
	printf '\n' >>"${pages[(k * 7 + 3) % 40]}"
	setsid nightly "$B/conf.k" >/dev/null 2>&1 &
	pid=$!
	sleep "$(awk -v t="$took" -v r=$RANDOM 'BEGIN { printf "%.3f", t * r / 32768 }')"
	# Half of them only the job itself: what it started goes on for a while.
	if ((k % 2)); then kill -9 -- "-$pid" 2>/dev/null; else kill -9 "$pid" 2>/dev/null; fi
	wait "$pid" 2>/dev/null
done
nightly "$B/conf.k" 2>"$B/err"
ok $(($? > 1)) "after $kills kills at random moments a run ends well" || cat "$B/err"
rm -rf "$B/u" "$B/u.out"
nightly "$B/conf.u" 2>/dev/null
diff -r "$B/k.out" "$B/u.out" >/dev/null
ok $? "what it publishes is byte for byte what an undisturbed run does"
ok "$([ "$(find "$B/k" -mindepth 1 -maxdepth 1 | wc -l) $(find "$B/k.out" -type f | wc -l)" = "3 4" ]; echo $?)" "no stray file is left"

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
