#!/usr/bin/env bash
# The tarball of a release builds and gives the same numbers; a package of the same sources has the same bytes.
. "$(dirname "$0")/../lib.sh"
cd "$top" || exit 1
unset MAKEFLAGS MAKELEVEL MFLAGS
git rev-parse HEAD >/dev/null 2>&1 || skip_all "no clone to release"
quiet() { timeout 600 "$@" >"$B/shown" 2>&1 </dev/null; }
said() { tail -n 20 "$B/shown" | sed 's/^/# /'; }

quiet make BUILD="$B/dist" dist
ok $? "make dist" || said
cp "$B"/dist/xxgk-*.tar.gz "$B/first.tar.gz"
quiet make BUILD="$B/dist" dist
cmp -s "$B"/dist/xxgk-*.tar.gz "$B/first.tar.gz"
ok $? "the same commit gives the same tarball"
mkdir "$B/x" && tar -xzf "$B/first.tar.gz" -C "$B/x" && cd "$B"/x/xxgk-*/
ok $? "it holds one folder of its name"
quiet make CI=1 demo
ok $? "it builds without warnings and shows statistics" || said
unset XXGK_BIN
pipelines/regional-stats fixtures/*.txt >"$B/stats.csv" 2>/dev/null
XXGK_BIN=$build/bin "$top/pipelines/regional-stats" fixtures/*.txt 2>/dev/null | cmp -s - "$B/stats.csv"
ok $? "the same statistics as in the tree"

command -v dpkg-deb >/dev/null || { ok 0 "make deb # SKIP no dpkg"; finish; }
quiet make deb
ok $? "make deb" || said
mv build/xxgk_*.deb "$B/first.deb"
quiet make clean && quiet make deb
ok $? "make deb, from nothing" || said
cmp -s build/xxgk_*.deb "$B/first.deb"
ok $? "gives the same bytes"
if command -v lintian >/dev/null; then
	lintian --allow-root --fail-on error build/xxgk_*.deb >"$B/shown" 2>&1
	ok $? "lintian finds no error" || said
	grep -c '^W:' "$B/shown" | sed 's/$/ warnings of lintian/; s/^/# /'
else
	ok 0 "lintian # SKIP not installed"
fi
finish
