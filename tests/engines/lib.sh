# What the engine tests share besides tests/lib.sh: the one-core run they are held against, and hosts in network
# namespaces.
# shellcheck shell=bash
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

# pages COUNT: made pages, a path a line in $B/paths; $B/one.csv is what one core
# makes of them.
pages() {
	made "$1" --seed 5
	find "$B/inbox" -type f | sort >"$B/paths"
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
