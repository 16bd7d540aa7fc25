#!/bin/sh
# Stages an installed tree as a Debian package: package.sh STAGE VERSION OUT.deb
# STAGE holds what `make install DESTDIR=STAGE PREFIX=/usr` put there. The same input gives the same bytes: times
# come from SOURCE_DATE_EPOCH, order and ownership from dpkg-deb.
set -eu
export LC_ALL=C
stage=$1 version=$2 out=$3
: "${SOURCE_DATE_EPOCH:?set by the Makefile}"
export SOURCE_DATE_EPOCH
doc=$stage/usr/share/doc/xxgk
mkdir -p "$stage/DEBIAN" "$doc"
date=$(date -u -R -d "@$SOURCE_DATE_EPOCH")
maintainer='xxgk maintainers <maintainers@users.noreply.example.org>'

# What the programs link to, as dpkg names it.
depends=$(find "$stage/usr/libexec/xxgk" -type f -exec sh -c 'head -c 4 "$1" | grep -q ELF && readelf -d "$1"' - {} \; |
	sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u | while read -r lib; do
	dpkg-query -S "*/$lib" 2>/dev/null | head -n 1 | cut -d : -f 1
done | sort -u | sed 's/^libc6$/libc6 (>= 2.36)/' | paste -s -d , | sed 's/,/, /g')
cat >"$stage/DEBIAN/control" <<CONTROL
Package: xxgk
Version: $version-1
Section: science
Priority: optional
Architecture: $(dpkg --print-architecture)
Maintainer: $maintainer
Installed-Size: $(du -sk "$stage/usr" | cut -f 1)
Depends: $depends, gawk | mawk
Recommends: sqlite3, parallel
Suggests: poppler-utils, libreoffice-writer-nogui
Description: annual open-government-information reports into regional statistics
 Five filters over line-oriented CSV, joined by pipes, read scraped pages of
 the annual open-government-information reports of Chinese authorities, know
 what they mean, check them and add them up. A number that cannot be vouched
 for is marked; a blank is never zero.
CONTROL
cat >"$doc/copyright" <<COPYRIGHT
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: xxgk

Files: *
Copyright: 2026 The xxgk developers
License: Expat

Files: usr/share/xxgk/tables/html/entities.csv
Copyright: WHATWG (Apple, Google, Mozilla, Microsoft)
License: BSD-3-Clause
Comment: names of character references, out of the HTML standard. The facts in
 the other tables come from sources that README.tables.md names, with their
 licences.

License: Expat
$(sed -n '/^Permission/,$p' LICENSE | sed 's/^$/./; s/^/ /')

License: BSD-3-Clause
 Redistribution and use in source and binary forms, with or without
 modification, are permitted provided that the following conditions are met:
 .
 1. Redistributions of source code must retain the above copyright notice, this
 list of conditions and the following disclaimer.
 .
 2. Redistributions in binary form must reproduce the above copyright notice,
 this list of conditions and the following disclaimer in the documentation
 and/or other materials provided with the distribution.
 .
 3. Neither the name of the copyright holder nor the names of its contributors
 may be used to endorse or promote products derived from this software without
 specific prior written permission.
 .
 THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR
 ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
 (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS
 OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY
 THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING
 NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN
 IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
COPYRIGHT
cp common/tables/README.md "$doc/README.tables.md"
printf 'xxgk (%s-1) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- %s  %s\n' "$version" "$maintainer" "$date" |
	gzip -9n >"$doc/changelog.Debian.gz"
gzip -9n <CHANGELOG.md >"$doc/changelog.gz"
find "$stage/usr/share/man" -type f ! -name '*.gz' -exec gzip -9nf {} +
find "$stage/usr/libexec/xxgk" -type f -exec sh -c 'head -c 4 "$1" | grep -q ELF && strip --strip-unneeded "$1"' - {} \;
(cd "$stage" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$stage" -type d -exec chmod 755 {} +
find "$stage" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group --build "$stage" "$out" >/dev/null
