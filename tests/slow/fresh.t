#!/usr/bin/env bash
# A newcomer's machine: README's two commands on a fresh Debian 12, and the package on a second one that has no
# compiler.  Needs root, debootstrap and a mirror, which is the one this machine's apt uses.
#
#   FRESH_TARGET=quick-test  what stands for `make deps test`, to be quicker
[ -n "${FRESH_APART:-}" ] || [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null ||
	# Mounts and processes of its own, gone with it however it ends.
	FRESH_APART=1 exec unshare --mount --propagation private --pid --fork --kill-child "$0"
. "$(dirname "$0")/../lib.sh"
[ "$(id -u)" = 0 ] || skip_all "not root"
command -v debootstrap >/dev/null || skip_all "no debootstrap"
cd "$top" || exit 1
git rev-parse HEAD >/dev/null 2>&1 || skip_all "no clone to copy"
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null |
	sed -nE 's/^(URIs:|deb( \[[^]]*\])?) *(https?:[^ ]*debian\/?)( .*)?$/\3/p' | head -n 1)
[ -n "$mirror" ] || skip_all "no mirror of Debian among apt's sources"
[ -n "${http_proxy:-}" ] || eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
export http_proxy
shown=$B/shown
trap 'umount "$B"/*/proc 2>/dev/null; rm -rf --one-file-system "$B"' EXIT

# within ROOT COMMAND: by a shell in that root, with none of this machine's settings.
within() {
	timeout 900 chroot "$1" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
		${http_proxy:+http_proxy="$http_proxy"} DEBIAN_FRONTEND=noninteractive bash -c "$2" >"$shown" 2>&1 </dev/null
}
said() { tail -n 40 "$shown" | sed 's/^/# /'; }

debootstrap --variant=minbase bookworm "$B/build" "$mirror" >"$shown" 2>&1 || {
	said
	skip_all "debootstrap cannot make a Debian from $mirror"
}
apt-config dump | grep -E '^Acquire::(https?|Retries)' >"$B/build/etc/apt/apt.conf.d/99machine"
cp -L /etc/resolv.conf /etc/hosts "$B/build/etc/"
cp -a "$B/build" "$B/use"
for root in build use; do mount -t proc proc "$B/$root/proc" || exit 1; done

mkdir "$B/build/root/xxgk" && git archive HEAD | tar -x -C "$B/build/root/xxgk"
within "$B/build" 'apt-get update && apt-get install -y --no-install-recommends make'
ok $? "make is installed" || said
start=$SECONDS
within "$B/build" 'cd ~/xxgk && make deps demo'
ok $? "make deps demo, as README says ($((SECONDS - start)) s)" || said
grep -q '^2.*,requests.received,value,' "$shown"
ok $? "it shows statistics" || said
start=$SECONDS
within "$B/build" "cd ~/xxgk && make deps ${FRESH_TARGET:-test}"
ok $? "make deps ${FRESH_TARGET:-test} ($((SECONDS - start)) s)" || { grep -E '^not ok|Failed|Result' "$shown" | head -n 40 | sed 's/^/# /'; said; }
grep -E '^Files=|^Result' "$shown" | sed 's/^/# /'
within "$B/build" 'cd ~/xxgk && make deb'
ok $? "make deb" || said

mv "$B"/build/root/xxgk/build/xxgk_*.deb "$B/use/root/xxgk.deb"
cp -r fixtures "$B/use/root/"
tree() { find "$B/use" -xdev ! -path "$B/use/var/log/*" ! -path "$B/use/var/cache/*" ! -name '*-old' | sort; }
within "$B/use" 'apt-get update && apt-get install -y --no-install-recommends ~/xxgk.deb && apt-get purge -y xxgk'
ok $? "apt installs the package with what it depends on, where there is no compiler" || said
tree >"$B/before"
within "$B/use" 'dpkg -i ~/xxgk.deb && dpkg -L xxgk'
ok $? "dpkg installs it" || said
for file in /usr/bin/xxgk /usr/share/man/man7/xxgk.7.gz /usr/share/man/man1/xxgk-extract.1.gz; do
	grep -qx "$file" "$shown"
	ok $? "$file is in it"
done
within "$B/use" 'cd && /usr/bin/xxgk regional-stats fixtures/*.txt 2>/dev/null || [ $? = 1 ]'
ok $? "xxgk regional-stats runs" || said
grep -q '^2.*,requests.received,value,' "$shown"
ok $? "and gives statistics" || said
within "$B/use" 'xxgk help'
is "$(grep -cE '^(extract|normalize|classify|validate|aggregate|regional-stats|check-up|compile|nightly) ' "$shown")" 9 \
	"xxgk help lists the commands"
within "$B/use" 'dpkg --purge xxgk'
ok $? "dpkg purges it" || said
! grep -q 'not empty' "$shown"
ok $? "without a warning" || said
tree >"$B/after"
cmp -s "$B/before" "$B/after"
ok $? "and nothing is left" || diff "$B/before" "$B/after" | head -n 20 | sed 's/^/# /'
finish
