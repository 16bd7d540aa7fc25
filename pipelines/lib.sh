# What the jobs share; read by them with `.`, never run by itself.
# shellcheck shell=bash
set -u

# What is said to a person is Chinese where the locale of messages is, or XXGK_LANG says zh, as in the filters; data are
# the same in any locale.
case ${XXGK_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
zh | zh_?? | zh.[uU][tT][fF]8 | zh.[uU][tT][fF]-8 | zh_??.[uU][tT][fF]8 | zh_??.[uU][tT][fF]-8) XXGK_LANG=zh ;;
*) XXGK_LANG=en ;;
esac
export XXGK_LANG LC_ALL=C

# The programs stand beside the jobs once installed, in build/bin in the tree; XXGK_BIN overrules.
here=${BASH_SOURCE[0]%/*}
[[ $here = /* ]] || here=$PWD/$here
if [ -z "${XXGK_BIN:-}" ]; then
	if [ -x "$here/extract" ]; then XXGK_BIN=$here; else XXGK_BIN=$here/../build/bin; fi
fi
PATH=$XXGK_BIN:$here:$PATH
job=${0##*/}

# The gravest of several statuses; 141 is a stage that ended because the one behind it had enough.
worst() {
	local s w=0
	for s; do
		((s == 141)) && s=0
		((s > 3)) && s=3
		((s > w)) && w=$s
	done
	return "$w"
}

# wording FORMAT: the format in the language of messages. Its Chinese stands in the table that the filters have built in.
wording() {
	local tables=$here/../../share/xxgk/tables
	[ -d "$tables" ] || tables=$here/../common/tables
	if [ "$XXGK_LANG" = zh ] && [ -r "$tables/messages/zh.csv" ]; then
		english=$1 awk "$csv_awk"'
			csv($0, row) == 2 && row[1] == ENVIRON["english"] { chinese = row[2]; exit }
			END { print chinese == "" ? ENVIRON["english"] : chinese }' "$tables/messages/zh.csv"
	else
		printf '%s\n' "$1"
	fi
}

# worded FORMAT [ARGUMENT]...: it filled in.
worded() {
	# shellcheck disable=SC2059
	printf "$(wording "$1")" "${@:2}"
}

# say FORMAT [ARGUMENT]...: one line on standard error.
say() { printf '%s: %s\n' "$job" "$(worded "$@")" >&2; }

# a_file NAME: it can be the name of a result; else the job ends, having said so. What is moved to a folder goes into it,
# and to a device takes its place.
a_file() {
	[ -e "$1" ] && [ ! -f "$1" ] || return 0
	say "cannot write '%s': it is there and no file" "$1"
	exit 3
}

# writable FILE [NAME]: FILE can be made; else the job ends, having said so of NAME, and not in the shell's words.
writable() {
	a_file "${2:-$1}"
	{ : >"$1"; } 2>/dev/null && return
	say "cannot write '%s'" "${2:-$1}"
	exit 3
}

# workplace NAME: the variable is a new folder for what the job needs until it ends; else the job ends, having said so.
workplace() {
	local -n folder=$1
	folder=$(mktemp -d 2>/dev/null) && return
	say "cannot write in '%s'" "${TMPDIR:-/tmp}"
	exit 3
}

# misuse FORMAT [ARGUMENT]...: two lines on standard error, status 2.
misuse() {
	say "$@"
	worded "Try '%s --help'." "$job" >&2
	echo >&2
	exit 2
}

# written: standard input goes to standard output; 3, and said, where that cannot be written. That nobody reads on is no
# fault.
written() {
	cat 2>/dev/null
	case $? in 0 | 141) return 0 ;; esac
	say "cannot write '%s'" "$(wording 'standard output')"
	return 3
}

# need PROGRAM PACKAGE: it is there; else the job ends, having said which package of Debian has it.
need() {
	command -v "$1" >/dev/null && return
	say "'%s' is not installed (Debian: %s)" "$1" "$2"
	exit 2
}

# number TEXT: it is a number an option may have; else the job ends.
number() { [[ $1 =~ ^[1-9][0-9]{0,5}$ ]] || misuse "'%s' is no number from 1 to 999999" "$1"; }

# usage: the comment block at the head of the job, which is its help; in Chinese its lines that begin with #zh.
usage() {
	if [ "$XXGK_LANG" = zh ]; then
		sed -n '2,/^[^#]/s/^#zh \{0,1\}//p' "$0"
	else
		sed -n '2,/^[^#]/{/^#zh/q;/^#/!q;s/^# \{0,1\}//;p}' "$0"
	fi | written || exit 3
}

# merge_parts FOLDER BY [OPTION]...: the statistics of all the partial ones in FOLDER, on standard output.
merge_parts() {
	local folder=$1 by=$2
	shift 2
	if compgen -G "$folder/*" >/dev/null; then
		aggregate --quiet --by "$by" "$@" --merge "$folder"/*
	else
		aggregate --quiet --by "$by" "$@" </dev/null
	fi
	(($? < 2))
}

# put_aside FOLDER NAME: the rejects of that name which map-shard left under FOLDER, shard by shard, without header.
put_aside() {
	find "$1" -mindepth 2 -name "$2" -printf '%p\0' | sort -z | xargs -0 -r cat | cut -f 2-
	worst "${PIPESTATUS[@]}"
}

# found FOLDER: the findings that reduce-part left under FOLDER, by region, without header.
found() {
	find "$1/findings" -type f ! -name '.*' -exec tail -q -n +2 {} + | sort -s -t , -k 1,1
	worst "${PIPESTATUS[@]}"
}

# beside MAP REDUCED FILE: what regional-stats leaves beside its statistics FILE, of what map-shard left under MAP and
# reduce-part under REDUCED; how much was put aside is said.
beside() {
	local map=$1 reduced=$2 part=$3.part.$$ kind aside
	if { validate --quiet --findings - -o /dev/null </dev/null && found "$reduced"; } >"$part.findings" &&
		{ extract --quiet --rejects - -o /dev/null </dev/null && put_aside "$map" rejected-pages; } >"$part.rejected-pages" &&
		{ classify --quiet --rejects - -o /dev/null </dev/null && put_aside "$map" rejected-reports; } >"$part.rejected-reports"; then
		aside=$(($(cat "$part".rejected-* | wc -l) - 2))
		for kind in findings rejected-pages rejected-reports; do
			mv -T "$part.$kind" "$3.$kind" || return 3
		done
		((aside == 0)) || say "pages put aside: %d, see '%s' and '%s'" "$aside" "$3.rejected-pages" "$3.rejected-reports"
		return 0
	fi
	rm -f "$part".*
	return 3
}

# can_add_up BY TABLES [OPTION]...: the filters take these groups, tables (empty: their own) and further options of
# aggregate --merge; else the job ends, they having said why. Tried on no page at all, before hours of work on many.
can_add_up() {
	local by=$1 tables=(${2:+--tables "$2"}) stage none
	shift 2
	for stage in extract normalize classify validate; do
		"$stage" ${tables[@]+"${tables[@]}"} </dev/null >/dev/null || exit
	done
	none=$(classify </dev/null | validate | aggregate --by "$by" ${tables[@]+"${tables[@]}"} --partial --shard none; worst "${PIPESTATUS[@]}") || exit
	aggregate --by "$by" ${tables[@]+"${tables[@]}"} "$@" --merge <<<"$none" >/dev/null || exit
}

# group_of FOLDER N I: of the parts that map-shard wrote under FOLDER, divided into N groups, the files of group I (from 0),
# a path a line. A part is never in two groups.
group_of() {
	find "$1" -name 'facts.*' -printf '%f\t%p\n' | sort |
		awk -F '\t' -v n="$2" -v i="$3" '$1 != part { part = $1; at++ } at % n == i { print $2 }'
	worst "${PIPESTATUS[@]}"
}

# The store of nightly:
#   current             names the generation that holds
#   generation.N/       pages, reports, rejects, published/ and regions: region, tab, number of its facts, tab, how many,
#                       tab, number of its history; either number may be empty
#     files               all files of the store that belong to it, tab, size; "end" closes it
#   facts/REGION.N      facts as classify gives them, a tab and the path of their page behind each; "none": not resolved
#   checked/REGION.N    the same as validate gives them, without header
#   history/REGION.N    what pages that changed or went said before
#   lock, reading       of the run at work; of those who read

# opened STORE: `store` and `generation` are set to its folder and that of the generation that holds, which stays until
# this job ends.
opened() {
	store=$1
	{ exec 8<"$store/reading"; } 2>/dev/null && flock -s 8 && generation=$store/$(readlink "$store/current") && [ -f "$generation/regions" ] ||
		{ say "there is no store '%s'" "$store"; return 3; }
}

# stored checked|history [BEGINNING]: facts of the store that was opened, as CSV; only of regions whose code begins so.
stored() {
	local header=checked column=2
	[ "$1" = checked ] || header=facts column=4
	cat "$generation/$header.header" || return 3
	awk -F '\t' -v column="$column" -v kind="$1" -v begin="${2:-}" '
		$column != "" && (begin == "" || index($1, begin) == 1) { printf "%s/%s.%s%c", kind, $1, $column, 0 }' "$generation/regions" |
		(cd "$store" && xargs -0 -r cat)
	worst "${PIPESTATUS[@]}"
}

# arguments ARGUMENT...: `given` is what was given in the order the jobs read: options first, each value a word of its own
# (-oFILE and --output=FILE are -o FILE, -al is -a -l, and options may stand behind operands), then the operands, behind --
# where one looks like an option. Which options take a value, the head of the job says.
arguments() {
	local line takes=' ' option letters operand operands=()
	while IFS= read -r line && [[ $line = '#'* && $line != '#zh'* ]]; do
		[[ ! $line =~ ^#\ +(-(.),\ )?--([a-z-]+)\ \"?[A-Z] ]] || takes+="-${BASH_REMATCH[2]} --${BASH_REMATCH[3]} "
	done <"$0"
	given=()
	while (($#)); do
		case $1 in
		--) operands+=("${@:2}"); break ;;
		--*=*) if [[ $takes = *" ${1%%=*} "* ]]; then given+=("${1%%=*}" "${1#*=}"); else given+=("$1"); fi ;;
		--*)
			given+=("$1")
			[[ $takes != *" $1 "* ]] || (($# < 2)) || { given+=("$2"); shift; }
			;;
		-?*)
			letters=${1#-}
			while [ -n "$letters" ]; do
				option=-${letters:0:1} letters=${letters:1}
				given+=("$option")
				[[ $takes = *" $option "* ]] || continue
				if [ -n "$letters" ]; then given+=("$letters"); elif (($# > 1)); then given+=("$2"); shift; fi
				break
			done
			;;
		*) operands+=("$1") ;;
		esac
		shift
	done
	for operand in "${operands[@]+"${operands[@]}"}"; do
		case $operand in -?*) given+=(--); break ;; esac
	done
	given+=("${operands[@]+"${operands[@]}"}")
}
# Read with `.`, this file has the arguments of the job, and sets them. What stands behind a command of xxgk is the command's.
if [ "$job" != xxgk ] && (($#)); then
	arguments "$@"
	set -- "${given[@]+"${given[@]}"}"
fi

case $job in
by-body | carriers) ;; # do without
*) [ -x "$XXGK_BIN/extract" ] || { say "the programs are not in '%s' (XXGK_BIN)" "$XXGK_BIN"; exit 2; } ;;
esac

# Functions for awk: csv(line, field) splits a record, which may end in CR, into field[1..n], unquoted, and returns n;
# quoted(text) is the text as one field.
csv_awk='
function csv(line, field,    n, at) {
	sub(/\r$/, "", line)
	if (index(line, "\"") == 0) {
		n = split(line, field, ",")
		if (n == 0) field[++n] = ""
		return n
	}
	split("", field)
	n = 0
	while (1) {
		n++
		if (substr(line, 1, 1) == "\"") {
			match(line, /^"([^"]|"")*"/)
			field[n] = substr(line, 2, RLENGTH - 2)
			gsub(/""/, "\"", field[n])
			line = substr(line, RLENGTH + 1)
			if (line == "") return n
			line = substr(line, 2)
		} else {
			at = index(line, ",")
			if (!at) { field[n] = line; return n }
			field[n] = substr(line, 1, at - 1)
			line = substr(line, at + 1)
		}
	}
}
function quoted(text) {
	if (text !~ /[",]/) return text
	gsub(/"/, "\"\"", text)
	return "\"" text "\""
}
'
