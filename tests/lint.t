#!/usr/bin/env bash
# Every page is clean under mandoc -Tlint, those of the jobs, out of their heads, too; but for what other pages are installed.
. "$(dirname "$0")/lib.sh"
cd "$top" || exit 1
command -v mandoc >/dev/null || skip_all "no mandoc"
clean() {
	mandoc -Tlint "$1" 2>/dev/null | grep -vE 'referenced manual not found|lacks .* entry' >"$B/lint"
	[ ! -s "$B/lint" ]
	ok $? "$2 is clean" || sed 's/^/# /' "$B/lint"
}
for page in cmd/*.[57] cmd/*/*.1; do
	clean "$page" "$page"
	# One macro quotes all of its line: two words on it look like one.
	(export LC_ALL=C.UTF-8 && mandoc -Tutf8 "$page" 2>/dev/null | sed 's|.\x08||g' | tr -s ' \t\n' ' ' | grep -oE '‘[^’]*(, |‘)[^’]*’') >"$B/quoted"
	[ ! -s "$B/quoted" ]
	ok $? "$page quotes each word by itself" || sed 's/^/# /' "$B/quoted"
done
for job in pipelines/*; do
	[ -x "$job" ] && [ "$job" != pipelines/xxgk ] || continue
	perl common/options.pl job "$job" >"$B/page.1"
	clean "$B/page.1" "the page of $job"
done
finish
