#!/usr/bin/env bash
# What every job promises, as tests/contract.t does for the filters: help, misuse, and options wherever and however
# they are given.
. "$(dirname "$0")/lib.sh"
cd "$B" || exit 1
mkdir alone
for job in $(find "$top/pipelines" -type f -perm -u+x -printf '%f\n' | sort); do
	for option in -h --help; do
		"$job" $option >out 2>err </dev/null
		is "$? $(head -n 1 out | cut -c 1-9) $(wc -c <err)" "0 Example:  0" "$job $option begins with an example, status 0"
	done
	"$job" --help >/dev/full 2>err </dev/null
	ok $(($? != 3)) "$job --help onto a full disk is status 3" || cat err
	"$job" --bog >out 2>err </dev/null
	is "$? $(wc -c <out) $(sed -n 1p err | grep -c "^$job: unknown option.*'--bog'$")$(sed 1d err)" "2 0 1Try '$job --help'." "$job --bog is status 2 and two lines"
	cp "$top/pipelines/$job" alone
	alone/"$job" >out 2>err </dev/null
	is "$? $(wc -c <out) $(wc -l <err) $(grep -c 'lib\.sh: No such file' err)" "3 0 1 1" "$job without lib.sh, or what it takes to read it, does nothing, status 3"
done

# What a job is given, in the order it reads it.
{
	head -n 1 "$top/pipelines/by-body"
	printf '# Example: job\n#\n#   -o, --output FILE   to FILE\n#   -s, --sbatch "OPTIONS"  more\n#   -a, --all           all\n#\n'
	printf '. "%s/pipelines/lib.sh"\n' "$top"
	echo '((! $#)) || printf "<%s>" "$@"'
} >job
chmod +x job
given() { local want=$1; shift; is "$(./job "$@")" "$want" "$*"; }
given ''
given '<a><b>' a b
given '<-o><f><a>' -o f a
given '<-o><f><a>' a -o f
given '<-o><f><a>' -of a
given '<--output><f><a>' --output=f a
given '<--output><><a>' a --output=
given '<--output><a=b>' --output=a=b
given '<-a><-o><f>' -aof
given '<-a><-o><-x><b>' -ao -x b
given '<-s><--wait -n 3><a>' -s '--wait -n 3' a
given '<--all=1><a>' --all=1 a
given '<-a><--><-a>' -a -- -a
given '<-a><-><b>' - -a b
given '<a b><*>' 'a b' '*'
given '<-o>' -o
given '<-z>' -z
is "$(XXGK_LANG='' xxgk --lang=zh by-body --bog 2>&1 | head -n 1)" "by-body: 未知选项 '--bog'" "xxgk --lang=zh"
is "$(xxgk by-body --bog=1 2>&1 | head -n 1)" "by-body: unknown option '--bog=1'" "what stands behind a command is the command's"
xxgk 'e.tract' >out 2>err
is "$? $(head -n 1 err)" "2 xxgk: there is no command 'e.tract': did you mean 'extract'?" "a command's name is no pattern"
xxgk regional >out 2>err
is "$? $(head -n 1 err)" "2 xxgk: there is no command 'regional': did you mean 'regional-stats'?" "the beginning of a command's name"
xxgk on- >out 2>err
is "$? $(head -n 1 err)" "2 xxgk: there is no command 'on-': see 'xxgk help'" "but not that of several"
if command -v man >/dev/null; then
	for page in xxgk records xxgk-records extract; do
		LC_ALL=C.UTF-8 xxgk help "$page" 2>&1 </dev/null | grep -q 'NAME'
		ok $? "xxgk help $page shows the page, not installed either"
	done
else
	ok 0 "xxgk help # SKIP no man"
fi

for job in carriers check-up compile show-source; do
	case $job in
	carriers) TMPDIR=$B/none $job "$top/fixtures/tabs.txt" ;;
	show-source) TMPDIR=$B/none $job 450221 2014 requests.received "$top/fixtures/tabs.txt" ;;
	compile) TMPDIR=$B/none $job 450200 2014 /dev/null ;;
	*) TMPDIR=$B/none $job "$top/fixtures/tabs.txt" ;;
	esac >out 2>err
	is "$? $(grep -c "^$job: .*'$B/none'$" err) $(wc -l <err)" "3 1 1" "$job: that TMPDIR cannot be written is said" || cat err
done
printf 'region,body_kind,body,year\n1,government,a,2014\n' | by-body 2>err >/dev/full
is "$? $(cat err)" "3 by-body: cannot write 'standard output'" "by-body onto a full disk"

# So they do, and a name that looks like an option, or holds what CSV quotes, is a page all the same.
cp "$top/fixtures/form-2021.txt" ./-x.txt
cp "$top/fixtures/tabs.txt" "two, \"words\".txt"
cp "$top"/fixtures/{blanks,cell-per-line}.txt .
regional-stats -b year,region,indicator --output=a.csv -- *.txt 2>/dev/null
is "$?" 1 "regional-stats --output=a.csv"
regional-stats ./*.txt -ob.csv --by year,region,indicator 2>/dev/null
ok $(($? != 1 || $(wc -l <a.csv) < 2)) "regional-stats ... -ob.csv --by year,region,indicator"
cmp -s a.csv b.csv
ok $? "give the same"

# What cannot be written is lost.
mkdir inbox && mv blanks.txt cell-per-line.txt inbox/
printf 'inbox=inbox\nstore=store\npublish=published\n' >nightly.conf
nightly nightly.conf
cp -r published before && sed -i 2d before/statistics.csv
extract inbox/* | normalize | classify -q >facts.csv
while read -r line; do
	eval "$line" >out 2>err
	ok $(($? > 1 || $(wc -c <out) == 0)) "$line" || cat err
	eval "$line" >/dev/full 2>err
	ok $(($? != 3)) "$line onto a full disk is status 3" || cat err
	{ eval "$line" 2>err; echo $? >status; } | true
	ok $(($(cat status) == 0 || $(cat status) == 1 || $(cat status) == 141 ? $(grep -c 'write' err) : 1)) "$line: that nobody reads on is no fault" || cat status err
done <<'JOBS'
by-body facts.csv
carriers inbox/blanks.txt
changes before published
changes --csv before published
check-up inbox/blanks.txt
compile -s store 500000 2016
copied facts.csv
quality-note -s store
regional-stats inbox/blanks.txt
show-source -s store 230506 2017 proactive.total
xxgk help
xxgk --version
JOBS
is "$(carriers . >out 2>err; echo $?)" 3 "carriers of a folder is status 3"

# A result is a file: a folder would take it in, and a device give way to it.
mkdir folder
for name in folder /dev/null; do
	for line in "regional-stats -o $name inbox/blanks.txt" "on-cores -o $name" "copied -o $name facts.csv"; do
		ls inbox/* | $line >out 2>err
		is "$? $(cat err) $(ls folder | wc -l)" "3 ${line%% *}: cannot write '$name': it is there and no file 0" "$line is status 3"
	done
done
[ -c /dev/null ]
ok $? "/dev/null is what it was"

# Pipes that the shell makes, <(...), can be read once.
by-body facts.csv >want
by-body <(cat facts.csv) >have
cmp -s want have && [ -s have ]
ok $? "by-body <(cat facts.csv)"
by-body facts.csv <(cat facts.csv) >have 2>err
is "$? $(wc -c <have) $(grep -c 'is no file' err)" "2 0 1" "beside a file it is refused"
by-body facts.csv - <facts.csv | tail -n +2 | wc -l >have
is "$(cat have)" "$((2 * ($(wc -l <facts.csv) - 1)))" "by-body facts.csv - "

# Many processors, or a cluster, give the bytes of one, whatever aggregate is asked for. The cluster here is a shell.
mkdir fake && cat >fake/sbatch <<'SBATCH'
#!/usr/bin/env bash
array=0-0
for word; do case $word in --array=*) array=${word#*=} ;; esac; done
cat >script && echo 1
for ((i = ${array%-*}; i <= ${array#*-}; i++)); do SLURM_ARRAY_TASK_ID=$i bash script >&2 || exit; done
SBATCH
chmod +x fake/sbatch
by=year,region:province,indicator
regional-stats -b $by -a '--level county --quantiles' -o want.csv "$top"/fixtures/*.txt 2>/dev/null
ls "$top"/fixtures/*.txt >list
on-cores -b $by -a '--level county --quantiles' -o cores.csv <list 2>/dev/null
is "$? $(wc -l <cores.csv) $(cmp want.csv cores.csv)" "0 $(wc -l <want.csv) " "on-cores -a gives what regional-stats -a gives"
PATH=$B/fake:$PATH on-slurm -n 7 -r 3 -d slurm -w -b $by -a '--level county --quantiles' -o slurm.csv <list 2>err
is "$? $(cmp want.csv slurm.csv)" "0 " "and so does on-slurm" || tail -n 3 err
# What was found and put aside is told, too.
printf '<p>x</p>' >nothing.html
head -c 3000 /dev/zero | tr '\0' '\377' >noise.bin
printf '%s\n' "$B/nothing.html" "$B/noise.bin" >>list
xargs regional-stats -o one.csv <list 2>/dev/null
on-cores -n 5 -j 2 -o cores.csv <list 2>err
is "$? $(cat err)" "0 on-cores: pages put aside: 2, see 'cores.csv.rejected-pages' and 'cores.csv.rejected-reports'" "what was put aside is said"
PATH=$B/fake:$PATH on-slurm -n 5 -r 3 -d slurm.2 -w -o slurm.csv <list 2>/dev/null
for kind in '' .findings .rejected-pages .rejected-reports; do
	for job in cores slurm; do
		cmp one.csv$kind $job.csv$kind && [ "$(wc -l <one.csv$kind)" -gt 1 ]
		ok $? "on-$job: the same ${kind:-statistics} as regional-stats"
	done
done
on-cores -o none.csv </dev/null
is "$? $(wc -l none.csv* | awk '{ print $1 }' | xargs)" "0 1 1 1 1 4" "of no pages there are headers"
on-cores -a '--all' -o all.csv <list 2>err
is "$? $(grep -c 'made without --all' err) $(ls all.csv* 2>/dev/null)" "3 1 " "what partial sums do not hold is refused"

# Groups, options and tables that the filters do not take: known before a page is read, and said once.
for options in "-b nosuch,indicator" "-b year" "-a --nosuch" "-t nosuch" "-a --level"; do
	for line in "on-cores -o new" "on-slurm -o new -d newer" "on-hosts -o new -d newer -S hosts"; do
		[[ $options != -t* || $line = on-cores* ]] || continue
		PATH=$B/fake:$PATH $line $options <list >out 2>err
		is "$? $(grep -c . out) $(grep -vc '^Try ' err) $(ls -d new* 2>/dev/null)" "2 0 1 " "$line $options is status 2" || cat err
	done
done
reduce-part -b nosuch,indicator 2305 new /dev/null 2>err
is "$? $(ls new/*)" "2 new/checked:

new/findings:

new/partial:" "reduce-part with such a group is status 2"
rm -rf new

# A program that is not there is named with its package, before anything is made.
for line in "on-hosts -o new -d newer -S hosts" "on-slurm -o new -d newer" "publish -s store -o new"; do
	job=${line%% *}
	case $job in on-hosts) program=parallel ;; on-slurm) program=sbatch ;; *) program=sqlite3 ;; esac
	# All that is on the path but that.
	rm -rf bin && mkdir bin && (IFS=:; for folder in $PATH; do ln -s "$folder"/* bin/ 2>/dev/null; done; rm -f "bin/$program")
	ls inbox/* | PATH=$B/bin $line >out 2>err
	is "$? $(wc -l <err) $(grep -c "^$job: '$program' is not installed (Debian: " err) $(ls -d new* 2>/dev/null)" "2 1 1 " "$job without $program is status 2"
done

# A number that is none, or 0 processes, which gave statistics of nothing.
for line in "changes -n x before published" "on-cores -o new -n 0" "on-cores -o new -j 0" "on-cores -o new -j 2x" \
	"on-hosts -o new -d new -S hosts -n -1" "on-slurm -o new -d new -r 0" "on-slurm -o new -d new -n 1000000"; do
	ls inbox/* | $line >out 2>err
	is "$? $(wc -c <out) $(wc -l <err) $(ls new* 2>/dev/null)" "2 0 2 " "$line is status 2"
done
finish
