#!/usr/bin/env bash
# carriers with the real programs: a report made into attachments of each kind gives the figures it had as a page.
. "$(dirname "$0")/../lib.sh"
for program in soffice pdftotext; do
	command -v "$program" >/dev/null || skip_all "$program is not installed"
done
cd "$B" || exit 1
save() { # IMPORT FILTER: report.html as FILTER says, the way an office would have saved it
	timeout 60 soffice --headless "-env:UserInstallation=file://$B/profile" --infilter="$1" --convert-to "$2" report.html >log 2>&1
}
figures() { # FILE [ORIGIN]: the figures of the page or attachment, a line each
	carriers "$1" | extract -q | normalize -q | classify -q 2>/dev/null | python3 -c '
import csv, sys
for r in csv.DictReader(sys.stdin):
    if r["value"] and r["indicator"] and not r["indicator"].startswith("report") and sys.argv[1] in ("", r["origin"]):
        print(r["indicator"], r["column"], r["value"], r["unit"], r["origin"])' "${2:-}" | sort
}
lost() { comm -23 "$1" <(figures "$2" "${3:-}") | wc -l; }
wrong() { comm -13 "$1" <(figures "$2" "${3:-}") | wc -l; }

made 1 --seed 3 --form 2014 --layout html-bare
# A page's title is no part of its paper; offices write it as the first line.
sed 's|<body[^>]*>|&<p>某县2018年政府信息公开工作年度报告</p>|' "$B"/inbox/*.html >report.html
figures report.html >page
figures report.html table >table
ok "$([ "$(wc -l <page)" -gt 50 ]; echo $?)" "the page has figures"
save "HTML (StarWriter)" "docx:MS Word 2007 XML"
save "HTML (StarWriter)" "doc:MS Word 97"
save "HTML (StarWriter)" pdf:writer_pdf_Export
save calc_HTML_WebQuery "xlsx:Calc MS Excel 2007 XML"
save calc_HTML_WebQuery "xls:MS Excel 97"
for suffix in docx doc; do
	is "$(lost page report.$suffix) lost, $(wrong page report.$suffix) others" "0 lost, 0 others" "$suffix: every figure comes through"
done
# Offices send one under the other's name.
mv report.doc wrong-name.xls
is "$(lost page wrong-name.xls) lost, $(wrong page wrong-name.xls) others" "0 lost, 0 others" "so it does under a wrong name"
for suffix in xlsx xls; do
	is "$(lost table report.$suffix table) lost, $(wrong table report.$suffix table) others" "0 lost, 0 others" \
		"$suffix: every figure of the table comes through"
done
is "$(wrong page report.pdf)" 0 "PDF: no figure is another"
# What stands in a cell too narrow for it is lost, as the help says.
gone=$(lost page report.pdf)
ok "$((gone * 10 > $(wc -l <page)))" "PDF: nine tenths of the figures come through: $gone are lost"
carriers report.pdf | extract -q | normalize -q | classify -q 2>/dev/null | grep -c ',table,.*,html,' >html
is "$(cat html)" 0 "PDF: no cell claims to be of a table that was marked as one"

# A stranger's file does not make this machine ask for what it links to; left to itself, soffice does.
cat >server.py <<'P'
import http.server
class Asked(http.server.BaseHTTPRequestHandler):
    def answer(self):
        open("asked", "a").write(self.path + "\n")
        self.send_error(404)
    do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = answer
server = http.server.HTTPServer(("127.0.0.1", 0), Asked)
open("port", "w").write(str(server.server_port))
server.serve_forever()
P
: >asked
timeout 120 python3 server.py 2>server.log &
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s port ] || sleep 0.5; done
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
printf '%s<office:body><office:text><text:p>linked<draw:frame text:anchor-type="as-char" svg:width="5cm" svg:height="5cm"><draw:image
	xlink:href="http://127.0.0.1:%s/x.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body>
	</office:document>' '<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
	xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
	xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
	office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">' "$(cat port)" >linked.fodt
timeout 60 soffice --headless "-env:UserInstallation=file://$B/profile" --convert-to odt linked.fodt >log 2>&1
[ -s asked ]
ok $? "soffice by itself asks for a picture a file links to"
: >asked
carriers linked.odt >out 2>err
[ $? = 0 ] && grep -q linked out && [ ! -s asked ]
ok $? "carriers does not" || cat asked err
kill "$server"

printf '\320\317\021\340\241\261\032\341 and no more' >broken.doc
carriers broken.doc >out 2>err
[ $? = 3 ] && [ ! -s out ] && grep -q "'broken.doc' cannot be turned" err
ok $? "a broken file: status 3" || cat out err
check-up report.docx >out 2>err
[ $? -lt 2 ] && grep -q '  report.docx$' out
ok $? "check-up takes a DOCX" || cat out err
finish
