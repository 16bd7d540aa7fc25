# What the shell tests share, read with `.`: the programs on PATH, a folder $B that goes with the test, and TAP.
# shellcheck shell=bash
set -u
unset XXGK_LANG
export LC_ALL=C
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${BUILD:-build}
case $build in /*) ;; *) build=$top/$build ;; esac
export XXGK_BIN=$build/bin
export PATH=$build/bin:$top/pipelines:$PATH
B=$(mktemp -d "${TMPDIR:-/tmp}/xxgk-test-XXXXXX")
chmod 755 "$B"
trap 'rm -rf "$B"' EXIT
n=0 failed=0

# ok STATUS TEXT: STATUS 0 is good; returns 1 if it is not, so that `|| cat` can say more.
ok() {
	((n++))
	if (($1 == 0)); then echo "ok $n - $2"; else
		echo "not ok $n - $2"
		failed=1
		return 1
	fi
}
is() { [ "$1" = "$2" ]; ok $? "$3" || echo "# have '$1', want '$2'"; }
skip_all() { echo "1..0 # SKIP $1"; exit 0; }
finish() { echo "1..$n"; exit "$failed"; }

# made COUNT [OPTION]...: report pages of known truth in $B/inbox.
made() {
	local count=$1
	shift
	python3 "$top/tests/generate/report.py" --count "$count" --layout any --form any --out "$B/made" "$@" >/dev/null || exit 1
	mkdir -p "$B/inbox"
	find "$B/made" -type f ! -name '*.csv' -exec mv {} "$B/inbox/" \;
}

# strays STORE PUBLISHED: what lies in the folders of nightly and belongs to nothing, a line each.
strays() {
	{
		printf '%s\n' lock reading current facts checked history "$(readlink "$1/current")"
		awk -F '\t' '$2 != "" { print "facts/" $1 "." $2; print "checked/" $1 "." $2 } $4 != "" { print "history/" $1 "." $4 }' "$1/current/regions"
		printf '../%s.csv\n' statistics findings pages rejects manifest
	} | sort >"$B/known"
	{
		(cd "$1" && find . -mindepth 1 -maxdepth 2 ! -path './generation*/*' -printf '%P\n')
		(cd "$2" && find . -mindepth 1 -printf '../%P\n')
	} | sort | diff "$B/known" -
}
