# What the engine tests share: generated pages, the one-core run they are held against, TAP, hosts in
# network namespaces. Read with `.` by tests/engines/*.t; everything lives in one folder and is ended there.
# shellcheck shell=bash
set -u
export LC_ALL=C
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${BUILD:-build}
case $build in /*) ;; *) build=$top/$build ;; esac
export XXGK_BIN=$build/bin
export PATH=$build/bin:$top/pipelines:$PATH
B=$(mktemp -d "${TMPDIR:-/tmp}/xxgk-engine-XXXXXX")
chmod 755 "$B"
n=0 failed=0
ok() { # STATUS TEXT
	((n++))
	if (($1 == 0)); then echo "ok $n - $2"; else
		echo "not ok $n - $2"
		failed=1
		return 1
	fi
}
skip_all() { echo "1..0 # SKIP $1"; rm -rf "$B"; exit 0; }
finish() { echo "1..$n"; exit "$failed"; }

# pages COUNT: report pages with known truth in $B/pages, a path a line in $B/paths; $B/one.csv is what one core
# makes of them.
pages() {
	python3 "$top/tests/generate/report.py" --seed 5 --count "$1" --layout any --form any --out "$B/pages" >/dev/null || exit 1
	find "$B/pages" -type f ! -name '*.csv' | sort >"$B/paths"
	xargs -a "$B/paths" -d '\n' extract -q -- | normalize -q | classify -q | by-body | validate -q |
		aggregate -q --by year,region,indicator >"$B/one.csv"
	[ "$(wc -l <"$B/one.csv")" -gt 100 ]
}

# Hosts: namespaces t-hub and t-n1 ... with a bridge between them; the machine's own network is not touched.
hosts() { # COUNT
	ip netns add t-hub && ip -n t-hub link set lo up && ip -n t-hub link add br0 type bridge &&
		ip -n t-hub addr add 10.77.0.1/24 dev br0 && ip -n t-hub link set br0 up || return 1
	for ((i = 1; i <= $1; i++)); do
		ip netns add "t-n$i" && ip -n "t-n$i" link set lo up &&
			ip -n t-hub link add "v$i" type veth peer name eth0 netns "t-n$i" && ip -n t-hub link set "v$i" master br0 up &&
			ip -n "t-n$i" addr add "10.77.0.1$i/24" dev eth0 && ip -n "t-n$i" link set eth0 up || return 1
	done
}
on_hub() { nsenter --net=/run/netns/t-hub "$@"; }
# start_host NAME COMMAND: a host of its own name and process tree; KILL of the process named in $B/NAME.pid ends
# all of it, as a power cut does.
start_host() {
	# A login's start-up file may be slow or talk: a host of ours has none.
	nsenter --net="/run/netns/t-$1" unshare --mount --uts --pid --fork --kill-child --mount-proc \
		sh -c "hostname $1; for f in ~/.bashrc ~/.profile ~/.bash_profile; do
			[ ! -e \$f ] || mount --bind /dev/null \$f; done; exec $2" >"$B/$1.out" 2>&1 </dev/null &
	echo $! >"$B/$1.pid"
	disown
}
cut_power() { kill -9 "$(cat "$B/$1.pid")"; }
no_hosts() {
	for pid in "$B"/*.pid; do kill -9 "$(cat "$pid")" 2>/dev/null; done
	for name in $(ip netns list 2>/dev/null | sed -n 's/^\(t-[^ ]*\).*/\1/p'); do ip netns del "$name"; done
}
