#!/usr/bin/env bash
# carriers with programs that stand in for pdftotext and soffice: what it calls them with, what it makes of
# what they answer, its statuses.  tests/slow/carriers.t has the real ones.
. "$(dirname "$0")/lib.sh"
mkdir "$B/bin" "$B/a" "$B/b"
cat >"$B/bin/pdftotext" <<'P'
#!/bin/sh
[ "$1 $2 $3" = "-layout -enc UTF-8" ] || exit 9
grep -q scan "$4" && { printf ' \n\f\343\200\200\n' >"$5"; exit 0; }
grep -q broken "$4" && { echo "Syntax Error: no trailer" >&2; exit 1; }
grep -q slow "$4" && exec sleep 30
printf '某县2016年政府信息公开年度报告\n指标名          单位    数\n收到申请数      件      3\n\f办结数          件      2\n答复数          件      1\n' >"$5"
P
cat >"$B/bin/soffice" <<'P'
#!/bin/sh
case " $* " in *" --headless "*"-env:UserInstallation=file://"*" --convert-to html "*) ;; *) exit 9 ;; esac
for last; do :; done
while [ "$1" != --outdir ]; do shift; done
grep -q encrypted "$last" && exit 0
body='<table><tr><td>收到申请数</td><td>7</td></tr></table>'
grep -q picture "$last" && body='<p>&nbsp;<img
src="a.png"/></p>'
printf '<html><head><title>a</title><style>\np { margin: 0 }\n</style></head><body lang="zh">%s</body></html>' "$body" \
	>"$2/$(basename "$last").html"
P
chmod +x "$B/bin/"*
PATH=$B/bin:$PATH
cd "$B" || exit 1
printf '%%PDF-1.4 text' >"a/a, report.pdf"
printf '%%PDF-1.4 scan' >scan.pdf
printf '%%PDF-1.4 broken' >broken.pdf
printf '%%PDF-1.4 slow' >slow.pdf
printf 'PK\003\004\n\n\n\nword/document.xml' >a/表.XLS
printf 'PK\003\004\n\n\n\nxl/workbook.xml picture' >picture.xlsx
printf "\320\317\021\340\241\261\032\341\0\0W\0o\0r\0d\0D\0o\0c\0encrypted" >encrypted.doc
printf "\320\317\021\340\241\261\032\341\0\0W\0o\0r\0k\0b\0o\0o\0k\0" >a/x
printf '{\\rtf1 }' >b/x
printf 'PK\003\004\024\0\0\0\0\0\n\n\n\n\0\0mimetypeapplication/vnd.oasis.opendocument.text' >-odt
printf '<html><body>%%PDF-1.4</body></html>' >page.doc
printf 'PK\003\004 others' >others.zip
gzip -c page.doc >page.gz

carriers -o out -m map "a/a, report.pdf" a/表.XLS page.doc others.zip page.gz a/x b/x -- -- >list 2>err
is "$? $(cat err)" "3 carriers: cannot open '--'" "a name that is not there: said, status 3"
is "$(cat list)" "out/a, report.pdf.txt
out/表.XLS.html
page.doc
others.zip
page.gz
out/x.html
out/x~2.html" "the rest is turned; what is a page, whatever its suffix, is left as it is"
# Other runs to the same folder: what another file gave stays, a file turned again takes the place of what it gave.
mkdir c && printf '{\\rtf1 }' >c/x && echo mine >out/y.html && printf '{\\rtf1 }' >y
is "$(carriers -o out c/x y "$B/b/x" | tr '\n' ' ')" "out/x~3.html out/y~2.html out/x~2.html " "another run leaves what others gave"
is "$(cat out/y.html) $(cd c && carriers -o ../out x) $(carriers -o out a/x a/x | tr '\n' ' ')" "mine ../out/x~3.html out/x.html out/x~4.html " \
	"a file turned again has its name again"
for i in 1 2 3 4 5 6; do mkdir "p$i" && printf '{\\rtf1 %s}' "$i" >"p$i/z"; done
printf '%s\n' p?/z | xargs -P 6 -n 1 carriers -o out >made
is "$(sort made | uniq | wc -l) $(ls out/z*.html | wc -l)" "6 6" "and of runs at the same time each has a name of its own"
is "$(extract -r out 2>/dev/null | grep -c '^page,')" "$(find out -type f | wc -l)" "what is kept of that is no page"
is "$(cat map)" "out/a, report.pdf.txt	a/a, report.pdf
out/表.XLS.html	a/表.XLS
out/x.html	a/x
out/x~2.html	b/x" "the map says what was made from what"
extract --files-from list >pieces.csv 2>/dev/null
grep -q '^cell,"out/a, report.pdf.txt",[0-9]*,1,[0-9]*,3,1,1,rows,2$' pieces.csv
ok $? "extract reads the PDF's table, over a page of paper's end"
grep -q '^cell,out/表.XLS.html,[0-9]*,1,1,2,1,1,html,7$' pieces.csv
ok $? "extract reads the other"
carriers a/x | extract | grep -q '^cell,.*,7$'
ok $? "without -o one file goes to standard output"
is "$(carriers page.doc)" "$(cat page.doc)" "so does one that is left as it is"
carriers -o out -- -odt >list
is "$? $(cat list)" "0 out/-odt.html" "a name that begins with a dash"
carriers -o new -m map scan.pdf picture.xlsx >list 2>err
is "$? $(cat list map)" "1 	scan.pdf
	picture.xlsx" "pictures hold no text: status 1, nothing to be read, and the map says so"
is "$(grep -c 'holds no text' err)" 2 "and it is said"
carriers -o new broken.pdf encrypted.doc page.doc >list 2>err
is "$? $(cat list)" "3 page.doc" "what cannot be turned: status 3, the rest is"
grep -q "'broken.pdf' cannot be turned: Syntax Error: no trailer" err && grep -q "'encrypted.doc' cannot be turned" err
ok $? "and it is said why"
carriers -t 1 slow.pdf >out.txt 2>err
is "$? $(cat out.txt err)" "3 carriers: 'slow.pdf' cannot be turned: it took over 1 seconds" "a file that takes too long"
is "$(find new out -name '*.part*')" "" "nothing half written is left"

# A page saved by a browser: quoted-printable GBK, a frame in base64, a picture; its subject is long.
python3 - <<'P'
import base64, quopri
page = '<html><head><meta charset=gbk><title>某县2016年政府信息公开工作年度报告</title></head>\n<body><p>收到申请12件。</p></body></html>'
frame = '<table><tr><td>收到申请数</td><td>12</td></tr></table>'
part = '------b=\r\nContent-Type: {}\r\nContent-Transfer-Encoding: {}\r\nContent-Location: http://x.gov.cn/{}\r\n\r\n{}\r\n'
for name, head in (('saved.mht', 'From: <Saved by a browser>\r\nSubject: =?utf-8?Q?' + '=E6=9F=90' * 100 + '?=\r\nMIME-Version: 1.0\r\n'), ('plain.mht', 'From: a person\r\n')):
    with open(name, 'w', encoding='ascii') as f:
        f.write(head + 'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----b="\r\n\r\n' if name == 'saved.mht' else head + '\r\nmail\r\n')
        f.write(part.format('text/html', 'quoted-printable', 'a', quopri.encodestring(page.encode('gbk')).decode()))
        f.write(part.format('image/png', 'base64', 'b', base64.b64encode(b'\x89PNG<td>9</td>').decode()))
        f.write(part.format('text/html', 'base64', 'c', base64.encodebytes(frame.encode('gbk')).decode()))
        f.write('------b=--\r\n')
P
extract saved.mht 2>&1 >/dev/null | grep -q "run 'carriers' first"
ok $? "extract says what to do with MHTML"
head -c -9 saved.mht >cut.mht
head -c -300 saved.mht >shorter.mht
sed 's/boundary="----b="/boundary="----c="/' saved.mht >apart.mht
for name in cut shorter apart; do
	carriers $name.mht >out.txt 2>err
	is "$? $(cat out.txt err)" "3 carriers: '$name.mht' cannot be turned: it is cut short, or its parts cannot be told apart" "MHTML that is cut, or whose parts are not found ($name): status 3"
done
carriers saved.mht | extract | cut -d, -f1,9,10 >out.txt
is "$(tail -n 4 out.txt)" "title,,某县2016年政府信息公开工作年度报告
text,,收到申请12件。
cell,html,收到申请数
cell,html,12" "its page and frames are read, its pictures are not"
carriers plain.mht | cmp -s - plain.mht
ok $? "a letter that is none is left as it is"
mkdir none
for program in bash basename cat dirname grep head mkdir mktemp readlink rm sed; do ln -s "$(command -v "$program")" none/; done
carriers=$top/pipelines/carriers
PATH=$B/none XXGK_BIN=$B/none "$BASH" "$carriers" "a/a, report.pdf" >out.txt 2>err
is "$? $(cat err)" "2 carriers: 'pdftotext' is not installed (Debian: poppler-utils)" "no pdftotext: status 2, and its package"
PATH=$B/none XXGK_BIN=$B/none "$BASH" "$carriers" a/x >out.txt 2>err
[ $? = 2 ] && grep -q "(Debian: libreoffice-writer-nogui, libreoffice-calc-nogui)" err
ok $? "no soffice: status 2, and its packages"
PATH=$build/bin:$top/pipelines:$B/bin:/usr/local/bin:/usr/bin:/bin
carriers >out.txt 2>err
is "$? $(wc -l <err)" "2 2" "no file: status 2"
carriers a/x b/x >out.txt 2>err
is $? 2 "several files without a folder: status 2"
carriers -t 0 a/x >out.txt 2>err
is $? 2 "no time: status 2"
carriers --help | grep -q 'What is lost'
ok $? "its help says what is lost"

check-up --lang en scan.pdf page.doc >out.txt 2>err
is "$?" 1 "check-up: a scan may not be published"
grep -q '^✗  scan.pdf .*the file holds no text (a scan?)' out.txt
ok $? "and is told by its name" || cat out.txt err
check-up --lang en "a/a, report.pdf" </dev/null >out.txt 2>err
grep -q '^  page    a/a, report.pdf$' out.txt && ! grep -q turned out.txt err
ok $? "check-up keeps the name of an attachment" || cat out.txt err
check-up broken.pdf >out.txt 2>err
is "$?" 3 "check-up: a file that cannot be read is status 3"
finish
