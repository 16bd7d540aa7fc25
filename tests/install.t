#!/usr/bin/env bash
# What `make install` puts where, that it works from there, and that `make uninstall` takes all of it away; that a
# release builds, and a package of the same sources has the same bytes.
. "$(dirname "$0")/lib.sh"
cd "$top" || exit 1
unset MAKEFLAGS MAKELEVEL MFLAGS DESTDIR PREFIX
quiet() { timeout 300 "$@" >"$B/shown" 2>&1 </dev/null; }
said() { tail -n 20 "$B/shown" | sed 's/^/# /'; }

# Where each table comes from is said, and under what licence.
for table in common/tables/*/*.csv; do
	folder=$(basename "$(dirname "$table")") name=$(basename "$table" .csv)
	sed -n '/^## Where it comes from/,$p' common/tables/README.md | grep -E "^\\|.*\\b$folder/ [^|]*\\b$name\\b" | grep -q '|.*|.*|.*|'
	ok $? "common/tables/README.md says where $folder/$name comes from"
done

mkdir -p "$B/stage/usr/share/man/man1"
touch "$B/stage/usr/share/man/man1/other.1"
find "$B/stage" | sort >"$B/before"
quiet make BUILD="${build#"$top/"}" DESTDIR="$B/stage" PREFIX=/usr install
ok $? "make install, below DESTDIR" || said
! find "$B/stage" -type f -exec grep -l -F -e "$B" -e "$top/" {} + | grep -q .
ok $? "nothing installed names the folder it was built or staged in"
is "$(ls "$B/stage/usr/bin")" xxgk "one name in bin"
xxgk=$B/stage/usr/bin/xxgk
# As a user runs it: none of this tree on the path.
apart() { (unset XXGK_BIN; cd "$B" && PATH=/usr/bin:/bin "$@"); }
apart "$xxgk" regional-stats "$top"/fixtures/*.txt >"$B/have" 2>"$B/err"
status=$?
ok $((status > 1)) "xxgk regional-stats runs from there" || sed 's/^/# /' "$B/err"
"$top/pipelines/regional-stats" "$top"/fixtures/*.txt >"$B/want" 2>/dev/null
(($(wc -l <"$B/want") > 1)) && cmp -s "$B/have" "$B/want"
ok $? "and gives what it gives in the tree"
apart "$xxgk" help >"$B/help"
for command in extract normalize classify validate aggregate $(cd pipelines && find . -type f -perm -u+x -printf '%f\n' | grep -vx -e xxgk -e lib.sh | sort); do
	grep -q "^$command  *[[:alnum:]年].*\.$" "$B/help"
	ok $? "xxgk help says what $command is, in a whole sentence"
	apart "$xxgk" "$command" --help >"$B/shown" 2>&1
	ok $? "xxgk $command --help" || said
	quiet mandoc -Tlint -Werror "$B/stage/usr/share/man/man1/xxgk-$command.1"
	ok $? "xxgk-$command.1 is there" || said
	grep -q '^\.Sh EXIT STATUS' "$B/stage/usr/share/man/man1/xxgk-$command.1"
	ok $? "and says how $command ends"
done
for page in man5/xxgk-records.5 man5/xxgk-forms.5 man7/xxgk.7; do
	quiet mandoc -Tlint -Werror "$B/stage/usr/share/man/$page"
	ok $? "$page is there" || said
done
# Pages name each other as they are installed.
for name in $(find "$B/stage/usr/share/man" -type f ! -name other.1 -exec sed -n 's/^\.Xr \(xxgk[a-z-]*\) \([0-9]\).*/\1.\2/p' {} + | sort -u); do
	[ -f "$B/stage/usr/share/man/man${name##*.}/$name" ]
	ok $? "$name is there, as another page says"
done
! find "$B/stage/usr/share/man" -type f -exec grep -hE '^\.Xr [a-z-]+ 1' {} + | grep -qE ' (extract|normalize|classify|validate|aggregate|by-body|check-up) 1'
ok $? "and none by the name it has in the sources"
apart "$xxgk" publihs </dev/null 2>"$B/err"
is $? 2 "a command there is not ends with 2"
grep -q "did you mean 'publish'?" "$B/err"
ok $? "and asks for what was meant"
apart "$xxgk" frobnicate </dev/null 2>"$B/err"
grep -q "'xxgk help'" "$B/err"
ok $? "or says where to look"
if command -v man >/dev/null; then
	apart env LC_ALL=C.UTF-8 "$xxgk" help records 2>/dev/null | grep -q '本级'
	ok $? "xxgk help records shows the page on records, its Chinese too"
	apart env LC_ALL=C.UTF-8 "$xxgk" help xxgk 2>/dev/null | grep -q 'show-source 230506'
	ok $? "xxgk help xxgk shows the tour"
	apart env -u LC_ALL -u LANG "$xxgk" help extract >"$B/shown" 2>"$B/err"
	[ ! -s "$B/err" ] && grep -q '收到申请数' "$B/shown"
	ok $? "in the locale C, without a complaint of troff's" || sed 's/^/# /' "$B/err"
	apart env LC_ALL=zh_CN.UTF-8 "$xxgk" help xxgk 2>/dev/null | grep -q 'show-source 230506'
	ok $? "also to who reads Chinese"
	apart env LC_ALL=zh_CN.UTF-8 "$xxgk" help extract 2>/dev/null | grep -q '拒收更大的页面'
	ok $? "whom xxgk help extract tells in Chinese"
else
	ok 0 "xxgk help records # SKIP no man"
fi
apart "$xxgk" --lang zh check-up 2>"$B/err"
grep -q '没有给出页面' "$B/err"
ok $? "xxgk --lang zh: a job installed speaks Chinese"
apart "$xxgk" --version >"$B/shown"
grep -q '^xxgk [0-9]' "$B/shown"
ok $? "xxgk --version"

share=$B/stage/usr/share
bash -n "$share/bash-completion/completions/xxgk"
ok $? "bash takes its completions"
is "$(PATH=$B/stage/usr/bin:/usr/bin:/bin bash -c '. "$1"; COMP_WORDS=(xxgk agg); COMP_CWORD=1; _xxgk; echo "${COMPREPLY[@]}"' - \
	"$share/bash-completion/completions/xxgk")" aggregate "bash completes a command"
is "$(bash -c '. "$1"; COMP_WORDS=(xxgk aggregate --roll); COMP_CWORD=2; _xxgk; echo "${COMPREPLY[@]}"' - \
	"$share/bash-completion/completions/xxgk")" --rollup "bash completes an option"
is "$(bash -c '. "$1"; COMP_WORDS=(xxgk check-up --det); COMP_CWORD=2; _xxgk; echo "${COMPREPLY[@]}"' - \
	"$share/bash-completion/completions/xxgk")" --details "and one of a job"
# What bash gives for the words typed, the last of them at hand.
completed() { bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _xxgk; echo "${COMPREPLY[@]}"' - "$share/bash-completion/completions/xxgk" "$@"; }
is "$(completed xxgk aggregate --level co)" county "bash completes the value of an option"
is "$(completed xxgk validate --fail-on = e)" error "also behind ="
is "$(completed xxgk check-up -l '')" "en zh" "of a job's short option all there are"
is "$(cd "$top" && completed xxgk extract --max-page M)" "" "no file's name where a number stands"
is "$(cd "$top" && completed xxgk validate --findings Makef) $(cd "$top" && completed xxgk validate Makef)" "Makefile Makefile" "files where they stand"
for value in level:{nation,province,prefecture,county} scope:{region,tier,own,unclear} grade:{proved,consistent,assumed} comparable:{exact,approximate} prefer:{reported,parts} \
	wide:{year,indicator} lang:{en,zh}; do
	aggregate --codebook "--${value%:*}" "${value#*:}" >/dev/null 2>"$B/err" && [[ " $(completed xxgk aggregate "--${value%:*}" '') " = *" ${value#*:} "* ]]
	ok $? "--${value%:*} takes ${value#*:}, as is offered"
done
for shell in zsh fish; do
	file=$(find "$share/$shell" -type f)
	grep -q rollup "$file" && grep -q 'last-year' "$file"
	ok $? "$shell has completions, of filters and jobs"
	! command -v $shell >/dev/null || $shell -n "$file"
	ok $? "$shell takes them"
done

mkdir "$B/two words"
quiet make BUILD="${build#"$top/"}" DESTDIR="$B/two words" PREFIX="/opt/its own" install
ok $? "make install, below a folder with blanks in its name" || said
is "$(apart "$B/two words/opt/its own/bin/xxgk" --version | head -n 1)" "$(extract --version | sed -n '1s/^extract/xxgk/p')" "runs from there"
is "$(find "$B/two words" ! -type d | wc -l)" "$(($(find "$B/stage" ! -type d | wc -l) - 1))" "with all its files"
quiet make BUILD="${build#"$top/"}" DESTDIR="$B/two words" PREFIX="/opt/its own" uninstall
ok $? "make uninstall from there" || said
is "$(find "$B/two words")" "$B/two words" "leaves that folder and nothing in it"

quiet make BUILD="${build#"$top/"}" DESTDIR="$B/stage" PREFIX=/usr uninstall
ok $? "make uninstall" || said
find "$B/stage" | sort >"$B/after"
cmp -s "$B/before" "$B/after"
ok $? "leaves nothing of its own, and what was there" || diff "$B/before" "$B/after" | sed 's/^/# /'
finish
