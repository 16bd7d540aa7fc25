#!/usr/bin/env bash
# carriers with programs that stand in for pdftotext and soffice: what it calls them with, what it
# makes of what they answer, its statuses.
set -u
top=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD:-build}
case $build in /*) ;; *) build=$top/$build ;; esac
export XXGK_BIN=$build/bin LC_ALL=C
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0 failed=0
ok() {
	((n++))
	if (($1 == 0)); then echo "ok $n - $2"; else
		echo "not ok $n - $2"
		failed=1
	fi
}
mkdir "$tmp/bin" "$tmp/out"
cat >"$tmp/bin/pdftotext" <<'P'
#!/bin/sh
[ "$1 $2 $3 $4" = "-layout -enc UTF-8 --" ] || exit 9
grep -q scan "$5" && { : >"$6"; exit 0; }
grep -q broken "$5" && { echo "Syntax Error: no trailer" >&2; exit 1; }
printf '某县2016年政府信息公开年度报告\n指标名          单位    数\n收到申请数      件      3\n\f办结数          件      2\n答复数          件      1\n' >"$6"
P
cat >"$tmp/bin/soffice" <<'P'
#!/bin/sh
for last; do :; done
while [ "$1" != --outdir ]; do shift; done
printf '<html><body><table><tr><td>收到申请数</td><td>7</td></tr></table></body></html>' >"$2/$(basename "$last" | sed 's/\.[a-z]*$//').html"
P
chmod +x "$tmp/bin/"*
export PATH=$tmp/bin:$top/pipelines:$build/bin:$PATH
cd "$tmp" || exit 1
printf '%%PDF-1.4 text' >"a report.pdf"
printf '%%PDF-1.4 scan' >scan.pdf
printf '%%PDF-1.4 broken' >broken.pdf
printf 'PK\003\004' >表.XLSX
printf 'neither' >x.doc

carriers -d out "a report.pdf" 表.XLSX >list 2>err
ok $? "PDF and XLSX are turned, status 0"
[ "$(cat list)" = "out/a report.pdf.txt
out/表.xlsx.html" ]
ok $? "the names of what was written are printed"
extract --files-from list >pieces.csv
grep -q '^cell,out/a report.pdf.txt,[0-9]*,1,[0-9]*,3,1,1,rows,2$' pieces.csv
ok $? "extract reads the PDF's table, over a page of paper's end"
grep -q '^cell,out/表.xlsx.html,1,1,1,2,1,1,html,7$' pieces.csv
ok $? "extract reads the sheet"
carriers -d out scan.pdf >list 2>err
[ $? = 1 ] && [ ! -s list ] && grep -q 'no text' err
ok $? "a scan has no text: said, status 1"
carriers -d out broken.pdf x.doc gone.pdf 表.XLSX >list 2>err
[ $? = 3 ] && [ "$(wc -l <list)" = 1 ] && grep -q trailer err && grep -q "no PDF" err && grep -q gone err
ok $? "what cannot be turned is said, the rest is, status 3"
carriers >/dev/null 2>err
[ $? = 2 ]
ok $? "no file: status 2"
carriers -h | grep -q 'What is lost'
ok $? "its help says what is lost"
echo "1..$n"
exit "$failed"
