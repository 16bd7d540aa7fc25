#!/usr/bin/perl
# What every filter promises (xxgk-records(5), section 3 of each page): all five are asked the same.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use File::Temp qw(tempdir);
use Tap;

my $tmp = tempdir(CLEANUP => 1);
$ENV{LC_ALL} = "C";
chdir $tmp or die;

sub spew {
	my ($name, $text) = @_;
	open my $f, ">:raw", $name or die "$name: $!";
	print $f $text;
	close $f;
}
sub slurp {
	my ($name) = @_;
	open my $f, "<:raw", $name or return undef;
	local $/;
	my $text = <$f>;
	return $text // "";
}
# Runs a shell line; (status, standard output, standard error).  137 is a death by SIGKILL and so on.
sub run {
	my ($line) = @_;
	spew("line.sh", $line);
	system("bash line.sh >out.txt 2>err.txt </dev/null");
	my $status = $? & 127 ? 128 + ($? & 127) : $? >> 8;
	return ($status, slurp("out.txt"), slurp("err.txt"));
}

my $page = "2016年官渡区水务局政府信息公开工作年度报告\n" .
	"2016年，我局主动公开政府信息155条。\n" .
	"统计指标 | 单位 | 统计数 |\n一、主动公开情况 | | |\n(一)主动公开政府信息数 | 条 | 155 |\n" .
	"三、依申请公开情况 | | |\n(一)收到申请数 | 件 | 3 |\n1.当面申请数 | 件 | 1 |\n2.传真申请数 | 件 | |\n" .
	"3.网络申请数 | 件 | 2 |\n4.信函申请数 | 件 | 0 |\n";
spew("page.txt", $page);
my $pieces_header = "kind,source,line,table,row,col,rows,cols,grid,text";
my $pieces = "$pieces_header\npage,p.txt,1,,,,,,,format=text charset=utf-8 bytes=900\n" .
	"title,p.txt,1,,,,,,,2016年官渡区水务局政府信息公开工作年度报告\n" .
	"text,p.txt,2,,,,,,,2016年，我局主动公开政府信息155条。\n" .
	"cell,p.txt,3,1,1,1,1,1,rows,统计指标\ncell,p.txt,3,1,1,2,1,1,rows,单位\ncell,p.txt,3,1,1,3,1,1,rows,统计数\n" .
	"cell,p.txt,4,1,2,1,1,1,rows,(一)主动公开政府信息数\ncell,p.txt,4,1,2,2,1,1,rows,条\ncell,p.txt,4,1,2,3,1,1,rows,155\n" .
	"cell,p.txt,5,1,3,1,1,1,rows,(一)收到申请数\ncell,p.txt,5,1,3,2,1,1,rows,件\ncell,p.txt,5,1,3,3,1,1,rows,3\n";
my $normal = "$pieces_header,value,unit,state\n";
{
	my @lines = split /\n/, $pieces;
	shift @lines;
	for (@lines) {
		my $end = /^cell.*,(\d+)$/ ? ",$1,,number" : /^cell/ ? ",,,text" : ",,,";
		$normal .= "$_$end\n";
	}
}
my $facts_header = "region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,origin,role," .
	"period,grid,match,source,table,row,col,line,label";
my $facts = "$facts_header\n";
$facts .= "530111,government,官渡区人民政府,2016,county,region,2014,$_->[0],value,$_->[1],件,$_->[2],table,main,,rows," .
	"exact,p.txt,1,$_->[3],3,$_->[3],$_->[0]\n"
	for ["requests.received", 3, "number", 5], ["requests.received.in_person", 1, "number", 6],
	["requests.received.fax", "", "blank", 7], ["requests.received.online", 2, "number", 8],
	["requests.received.mail", 0, "number", 9];

mkdir $_ for qw(bare slip slip/regions good good/regions);
spew($_, "a,b\n1,2\n") for qw(bare/facts.csv bare/indicators.txt slip/regions/region.csv good/facts.csv good/o.csv);
system("cp", "$top/common/tables/forms/zero.csv", "slip");
system("cp", "$top/common/tables/regions/changes.csv", "good/regions");

my %case = (
	extract => {in => $page, args => ""},
	normalize => {in => $pieces, args => ""},
	classify => {in => $normal, args => ""},
	validate => {in => $facts, args => ""},
	aggregate => {in => $facts, args => "--by year,region,indicator"},
);
my @filters = qw(extract normalize classify validate aggregate);

for my $f (@filters) {
	my ($in, $args) = @{$case{$f}}{qw(in args)};
	my $records = $f ne "extract";
	my $cmd = "$f $args";
	my ($s, $o, $e, $plain);

	ok(-x "$build/bin/$f", "$f is built") or next;
	spew("in", $in);
	($s, $plain, $e) = run("$cmd <in");
	ok($s == 0 && $plain =~ /\n.*\n/s, "$f: standard input is read, status 0") or print "# $s $e";
	ok($plain !~ /[\x00-\x09\x0b-\x1f\x7f]/, "$f: no control character is written");
	ok($plain !~ /^\xef\xbb\xbf/, "$f: no BOM is written");

	($s, $o, $e) = run("$f --help");
	ok($s == 0 && $o =~ /^Example: \S/ && $e eq "", "$f --help begins with an example, status 0");
	($s, $o, $e) = run("$f -h >/dev/full");
	ok($s == 3, "$f --help onto a full disk is status 3");
	($s, $o, $e) = run("$f --version");
	ok($s == 0 && $o =~ /^\Q$f\E \d+\.\d+\S*\nzlib \d[\d.]*, pcre2 \d[^,]*, libcsv \d[\d.]*(?:, (?:jansson|utf8proc|libdeflate|brotli) \d[\d.]*)*\n\z/ && $e eq "", "$f --version names itself and its libraries");
	# Tables that would be passed over without a word
	($s, $o, $e) = run("$cmd --tables nosuch in");
	ok($s == 2 && $o eq "" && $e =~ /^\Q$f\E: cannot open 'nosuch'/, "$f --tables of no folder is status 2") or print "# $s $e";
	($s, $o, $e) = run("$cmd --tables bare in");
	ok($s == 2 && $o eq "" && $e =~ /^\Q$f\E: 'bare' holds no table known here$/m, "$f --tables of a folder without one is status 2") or print "# $s $e";
	($s, $o, $e) = run("$cmd --tables slip in");
	ok($s == 2 && $o eq "" && $e =~ m{'slip/regions/region\.csv' is no table known here: is it 'regions\.csv'}, "$f --tables says what a file's name was meant to be")
		or print "# $s $e";
	($s, $o, $e) = run("$cmd --tables good <in");
	ok($s == 0 && $o eq $plain && $e !~ /table/, "$f --tables takes a folder with other files in it") or print "# $s $e";
	# What is written would overwrite what is read, or something else that is written.
	link "in", "other" or die;
	for my $line ("$cmd -o in in", "$cmd -o other in", "$cmd -o in <in", "$cmd -o ./in - <in", "$cmd in >>in",
		"$cmd in --stats in", "$cmd --rejects=in nosuch in") {
		($s, $o, $e) = run($line);
		ok($s == 2 && $o eq "" && $e =~ /^\Q$f\E: \S.* would overwrite '.*', which is read\nTry/ && slurp("in") eq $in, "$line is refused") or print "# $s $e";
	}
	unlink "other";
	spew($_, "kept\n") for qw(old old.rejects);
	($s, $o, $e) = run($records ? "$cmd -o old --rejects old.rejects bare/facts.csv" : "$cmd --tables bare -o old --rejects old.rejects in");
	ok($s == 2 && slurp("old") eq "kept\n" && slurp("old.rejects") eq "kept\n", "$f: misuse leaves the output as it was") or print "# $s $e";
	for my $own ($f eq "validate" ? "--findings" : $f eq "aggregate" ? ("--rollup --findings", "--coverage --level county --missing-from") : ()) {
		spew("old.own", "kept\n");
		($s, $o, $e) = run("$cmd $own old.own bare/facts.csv");
		ok($s == 2 && slurp("old.own") eq "kept\n", "$f $own: and this one") or print "# $s $e";
	}
	($s, $o, $e) = run("$cmd -o old --rejects old.rejects <in");
	ok($s == 0 && slurp("old") eq $plain && slurp("old.rejects") !~ /kept/, "$f: else it takes the place of what was there") or print "# $s $e";
	for my $line ("$cmd --stats - in", "$cmd --rejects - in", "$cmd -o new --stats ./new in", "$cmd -o one --rejects one in", "$cmd --stats /dev/stdout in | cat; exit \${PIPESTATUS[0]}") {
		($s, $o, $e) = run("touch one; $line");
		ok($s == 2 && $o eq "" && $e =~ /^\Q$f\E: \S.* and \S.* would be the same file\nTry/ && !-e "new", "$line is refused") or print "# $s $e";
	}
	($s, $o, $e) = run("$cmd -o /dev/null --stats /dev/null --rejects /dev/null --stats s.csv <in");
	ok($s == 0 && slurp("s.csv") =~ /^name,value/, "$f: a device takes more than one, and the last of an option given twice holds") or print "# $s $e";
	($s, $o, $e) = run("$cmd -o out.csv --stats - in");
	ok($s == 0 && $o =~ /^name,value\n/ && slurp("out.csv") ne "", "$f: --stats - beside -o") or print "# $s $e";
	($s, $o, $e) = run("$cmd --quite in");
	ok($s == 2 && $o eq "" && $e =~ /^\Q$f\E: .*--quiet.*\nTry '\Q$f\E --help'\.\n$/,
		"$f: an unknown option is status 2 and what was meant is said");
	for my $n ("x", "-1", "1.5", "") {
		($s, $o, $e) = run("$cmd --max-findings '$n' in");
		ok($s == 2 && $o eq "" && $e =~ /^\Q$f\E: this is no whole number: '\Q$n\E'\nTry/, "$f --max-findings '$n' is status 2") or print "# $s $e";
	}
	my $most = $records ? "max-record" : "max-page";
	for my $n ("0", "x", "12Q", "-1M", "") {
		($s, $o, $e) = run("$cmd --$most '$n' in");
		ok($s == 2 && $o eq "" && $e =~ /^\Q$f\E: '\Q$n\E' is no size, as .*\nTry/, "$f --$most '$n' is status 2, and what a size is like is said") or print "# $s $e";
	}
	($s, $o, $e) = run("$cmd x" . "\xe9\x95\xbf" x 2000);
	ok($s == 3 && length $e > 1000 && length $e < 5000 && utf8::decode($e), "$f: a message that is cut short is cut between characters");
	($s, $o, $e) = run("$cmd -o");
	ok($s == 2 && $e =~ /missing/, "$f: an option without its value is status 2");
	($s, $o, $e) = run("$cmd --tables");
	ok($s == 2 && $e =~ /missing after option '--tables'\n/, "$f: the name of such an option is not said to be mistyped") or print "# $e";

	($s, $o, $e) = run($records ? "$cmd in" : "$cmd --source - in");
	ok($s == 0 && $o eq $plain, "$f: an operand gives what standard input gives") or print "# $s $e";
	($s, $o, $e) = run("$cmd - <in");
	ok($s == 0 && $o eq $plain, "$f: - is standard input");
	($s, $o, $e) = run($records ? "$cmd -- nosuch in" : "$cmd --source - nosuch in");
	ok($s == 3 && $o eq $plain && $e =~ /nosuch/, "$f: a file that is not there is said, the rest worked on, status 3")
		or print "# $s $e";
	($s, $o, $e) = run("$cmd <in >/dev/full");
	ok($s == 3 && $e =~ /No space/, "$f: a full disk is status 3");
	($s, $o, $e) = run("$cmd -o /dev/full <in");
	ok($s == 3, "$f -o /dev/full is status 3");
	($s, $o, $e) = run("(ulimit -f 0; exec $cmd -o limited <in 2>&1) | cat; exit \${PIPESTATUS[0]}");
	ok($s == 3 && $o =~ /^\Q$f\E: cannot write to limited: File too large/m, "$f: a file over the limit is status 3") or print "# $s $o";
	# A sanitized program takes more.
	($s, $o, $e) = run("(ulimit -s 64; exec $cmd <in)");
	ok($s == 0 && $o eq $plain || ($ENV{BUILD} // "") =~ /asan|tsan/, "$f: a stack of 64 KB is enough") or print "# $s $e";
	($s, $o, $e) = run("$cmd -o nosuch/file <in");
	ok($s == 3 && $e =~ /nosuch/, "$f: an output that cannot be opened is status 3");
	($s, $o, $e) = run("$cmd -o o.csv <in");
	ok($s == 0 && $o eq "" && slurp("o.csv") eq $plain, "$f -o writes the same bytes");
	($s, $o, $e) = run("(sleep 0.3; exec $cmd <in) | true; exit \${PIPESTATUS[0]}");
	ok($s == 141 && $e eq "", "$f: nobody reads on: ends by SIGPIPE without a word") or print "# $s $e";
	($s, $o, $e) = run("$cmd </dev/null");
	ok($s == 0 && $o =~ /^[a-z0-9_,]*\n?$/, "$f: empty input is legal") or print "# $s $e";
	ok($o eq $plain =~ s/\n\K.*//sr, "$f: and gives the header that records have, so that it goes with others") or print "# $o";
	my $empty = $o;
	($s, $o, $e) = run("$cmd --no-header-out </dev/null");
	ok($s == 0 && $o eq "", "$f: empty input without header is nothing");
	($s, $o, $e) = run("$cmd --no-header-out <in");
	(my $body = $plain) =~ s/^.*\n//;
	ok($s == 0 && $o eq $body, "$f --no-header-out leaves the header out");

	spew("crlf", $in =~ s/\n/\r\n/gr);
	($s, $o, $e) = run("$cmd <crlf");
	my $want = $plain;
	$want =~ s/bytes=\d+/bytes=@{[length slurp("crlf")]}/ unless $records;
	ok($s == 0 && $o eq $want, "$f: CRLF is read as LF");
	spew("bom", "\xef\xbb\xbf$in");
	($s, $o, $e) = run("$cmd <bom");
	s/ (charset|bytes)=\S+//g for my ($a, $b) = ($o, $plain);
	ok($s == 0 && $a eq $b, "$f: a BOM is read over");
	spew("open", $in =~ s/\n$//r);
	($s, $o, $e) = run("$cmd <open");
	s/ bytes=\d+// for ($a, $b) = ($o, $plain);
	ok($s == 0 && $a eq $b, "$f: the last line needs no end");

	run("gzip -c <in >in.gz; head -c 20 in >a; tail -c +21 in >b; (gzip -c a; gzip -c b) >two.gz; head -c -12 in.gz >cut.gz");
	($s, $o, $e) = run("$cmd <in.gz");
	ok($s == 0 && $o eq $plain, "$f: gzip on standard input is known by its bytes") or print "# $s $e";
	($s, $o, $e) = run("$cmd <two.gz");
	ok($s == 0 && $o eq $plain, "$f: gzip of many members");
	($s, $o, $e) = run("$cmd <cut.gz");
	ok($s == 3 && $e =~ /cut short/, "$f: gzip cut short is status 3");
	($s, $o, $e) = run("perl -e 'print qq(\\x1f\\x8b\\x08\\x00) . qq(x) x 300' | $cmd");
	ok($s == 3, "$f: damaged gzip is status 3");

	($s, $o, $e) = run("LANG=zh_CN.GB18030 LC_ALL= TZ=Asia/Shanghai $cmd <in");
	ok($s == 0 && $o eq $plain, "$f: neither locale nor time zone shows");
	($s, $o, $e) = run("$cmd --stats s.csv --rejects r.csv <in");
	my $stats = slurp("s.csv");
	ok($s == 0 && $stats =~ /^name,value\n/ && $stats =~ /^written,\d+$/m && $stats =~ /^rejected,0$/m,
		"$f --stats counts what is written and rejected");
	ok(slurp("r.csv") =~ /^[a-z_,]*reason\n$/, "$f --rejects has a header also when there are none");
	($s, $o, $e) = run("$cmd --progress <in");
	ok($s == 0 && $o eq $plain && $e eq "", "$f --progress keeps still where there is no terminal");
	next unless $records;

	# Columns
	my ($head) = $in =~ /^(.*)\n/;
	(my $extra = $in) =~ s/^/"x,""y"",z",/gm;
	$extra =~ s/^"x,""y"",z",/note,/;
	spew("extra", $extra);
	($s, $o, $e) = run("$cmd <extra");
	if ($f eq "aggregate") {
		ok($s == 0 && $o eq $plain, "$f: an unknown column is no matter");
	} else {
		my @lines = split /\n/, $o;
		my $bad = grep { !/^"x,""y"",z",/ } @lines[1 .. $#lines];
		ok($s == 0 && $lines[0] =~ /^note,/ && !$bad, "$f: an unknown column passes through, first in its order")
			or print "# $s $e", join("", map { "# $_\n" } @lines[0 .. 2]);
	}
	spew("double", $in =~ s/^(.*)\n/$1,line\n/r);
	($s, $o, $e) = run("$cmd <double");
	ok($s == 2 && $e =~ /'line'.*twice/, "$f: a column named twice is status 2");
	spew("less", join("", map { s/^[^,]*,[^,]*,//r } split /^/m, $in));
	($s, $o, $e) = run("$cmd <less");
	ok($s == 2 && $e =~ /is not there \(the columns are: /, "$f: a missing column is status 2, those there are named")
		or print "# $s $e";
	for my $line ("tail -n +2 in", "LC_ALL=C sort in", "grep -v ^region in | grep -v ^kind") {
		($s, $o, $e) = run("$line | $cmd");
		ok($s == 2 && $o eq "" && $e =~ /^\Q$f\E: standard input:1: the first line is a record, the header is not before it/,
			"$f: $line: that the header was lost is said") or print "# $s $e";
	}
	spew("twice", "\xef\xbb\xbf$in\xef\xbb\xbf" . ($in =~ s/^(.*)\n/$1\r\n/r));
	my ($joined) = (run("cat in in | $cmd"))[1];
	($s, $o, $e) = run("$cmd <twice");
	ok($s < 2 && $e !~ /header/ && $o eq $joined, "$f: the header again, with its BOM and CR, is passed over") or print "# $s $e";
	my @names = split /,/, $head;
	spew("turned", $in . join(",", reverse @names) . "\n");
	($s, $o, $e) = run("$cmd <turned");
	ok($s == 2 && $e =~ /order/, "$f: a second header in another order is status 2");
	# The same records with their columns turned round say the same.
	my @turned = map { my @f = split /,/, $_, -1; join(",", reverse @f) . "\n" } split /\n/, $in;
	spew("reverse", join("", @turned));
	($s, $o, $e) = run("$cmd <reverse");
	my @a = split /\n/, $plain;
	my @b = split /\n/, $o;
	if ($f eq "classify" || $f eq "aggregate") {
		ok($s == 0 && $o eq $plain, "$f: columns are found by name");
	} else {
		my $sorted = sub { join "|", sort split /,/, $_[0], -1 };
		ok($s == 0 && @a == @b && !grep({ $sorted->($a[$_]) ne $sorted->($b[$_]) } 0 .. $#a),
			"$f: columns are found by name");
	}

	# Lines that are no record
	my @lines = split /^/m, $in;
	spew("bad", join("", @lines, "one,two\n", "\"open,quote\n"));
	($s, $o, $e) = run("$cmd --rejects r.csv --stats s.csv <bad");
	my $rejects = slurp("r.csv");
	ok($s == 1 && $o eq $plain, "$f: lines that are no record are status 1, the rest is worked on") or print "# $s $e";
	my $at = @lines + 1;
	ok($e =~ /^\Q$f\E: standard input:$at: fewer fields than the header: 2, not \d+$/m, "$f: and said with their line, and how many there are") or print "# $e";
	ok($e =~ /^\Q$f\E: standard input:@{[$at + 1]}:1: a quote that is out of place/m, "$f: or with the character that is at fault") or print "# $e";
	($s, $o, $e) = run("$cmd in bad");
	ok($e =~ /^\Q$f\E: bad:$at: fewer fields/m, "$f: in the file they stand in") or print "# $e";
	ok($rejects =~ /^\Q$head\E,reason\n/ && $rejects =~ /^one,two|one,two/m && $rejects =~ /quote/,
		"$f --rejects holds them with the reason") or print "# $rejects";
	ok(slurp("s.csv") =~ /^rejected,2$/m && slurp("s.csv") =~ /^"?rejected: .*,1$/m, "$f --stats counts them by reason");
	($s, $o, $e) = run("$cmd --exit-zero <bad");
	ok($s == 0 && $o eq $plain, "$f --exit-zero turns 1 into 0");
	($s, $o, $e) = run("$cmd --max-findings 1 <bad");
	ok($s == 1 && $e =~ /^\Q$f\E: standard input:$at: fewer fields[^\n]*\n\Q$f\E: findings not shown: 1 \(--max-findings\)\n/, "$f --max-findings says one and counts the rest")
		or print "# $e";
	($s, $o, $e) = run("$cmd --quiet <bad");
	ok($s == 1 && $e eq "", "$f --quiet says nothing of findings");
	# A file that was saved in another charset: each line with a character of it is none, and so is such a header.
	spew("gbk", $in =~ s/[\x80-\xff]{3}/\xd5\xfe/gr . "\xd5\xfe\n");
	($s, $o, $e) = run("$cmd --rejects r.csv gbk");
	ok($s == 1 && $o !~ /\xd5/ && slurp("r.csv") =~ /not UTF-8/ && $e =~ /^\Q$f\E: gbk:\d+: not UTF-8: save it as UTF-8$/m, "$f: lines in GBK are rejected, and said") or print "# $s $e";
	spew("gbk", $in =~ s/^(.*)/$1,\xd5\xfe/r);
	($s, $o, $e) = run("$cmd gbk");
	ok($s == 2 && $e =~ /^\Q$f\E: gbk:1: the header cannot be read: not UTF-8/, "$f: and a header is status 2") or print "# $s $e";
	# So is one with a character that is cut, however far down.
	my $cut = $lines[-1] =~ s/\n/\xe5\x8e\n/r;
	spew("far", join("", @lines, ($lines[-1]) x 500, $cut));
	($s, $o, $e) = run("$cmd --rejects r.csv far");
	ok($s == 1 && $o !~ /\xe5\x8e?[\n,]/ && slurp("r.csv") =~ /not UTF-8/ && $e =~ /^\Q$f\E: far:@{[@lines + 501]}: not UTF-8/m, "$f: so is one with a character that is cut, far down")
		or print "# $s $e";
	my $long = "z" x 3000;
	spew("long", $in . "$long\n");
	for my $n ("2G", "1073741825") {
		($s, $o, $e) = run("$cmd --max-record $n <long");
		ok($s == 2 && $o eq "" && $e =~ /^\Q$f\E: a record has at most 1G, not '$n'\nTry/, "$f --max-record $n is refused") or print "# $s $e";
	}
	($s, $o, $e) = run("$cmd --max-record 1G <long");
	ok($s == 1 && $e !~ /max-record/, "$f --max-record 1G is not") or print "# $s $e";
	($s, $o, $e) = run("$cmd --max-record 2K <long");
	ok($s == 1 && $o eq $plain && $e =~ /max-record/, "$f --max-record rejects a longer line");

	# Control characters: no field holds one.
	my $nul = $lines[-1] =~ s/(.)\n/$1\0\n/r;
	spew("nul", join("", @lines, $nul, $lines[-1] =~ s/,/,a\rb/r, $lines[-1] =~ s/,/,\x1b[2J/r));
	($s, $o, $e) = run("$cmd --rejects r.csv nul");
	ok($s == 1 && $o eq $plain && 3 == (() = $e =~ /^\Q$f\E: nul:\d+:\d+: a control character in the line$/mg) && slurp("r.csv") =~ /\0/,
		"$f: lines with NUL, CR or other control characters are rejects") or print "# $s $e";
	spew("crcrlf", $in =~ s/\n/\r\r\n/gr);
	($s, $o, $e) = run("$cmd <crcrlf");
	ok($s == 0 && $o eq $plain, "$f: CR twice before LF is read as LF") or print "# $s $e";

	# Engines
	(my $headless = $in) =~ s/^.*\n//;
	spew("headless", $headless);
	($s, $o, $e) = run("$cmd -H --columns $head <headless");
	ok($s == 0 && $o eq $plain, "$f -H --columns reads lines without a header");
	($s, $o, $e) = run("$cmd -H <headless");
	ok($s == 2 && $e =~ /--columns/, "$f -H alone is status 2");
	(my $keyed = $headless) =~ s/^/k,1\t/gm;
	spew("keyed", $keyed);
	($s, $o, $e) = run("$cmd -H --columns $head --no-header-out --key-prefix <keyed");
	my @keys = split /\n/, $o;
	ok($s == 0 && @keys && !grep({ !/^k,1\t/ } @keys) && join("", map { s/^k,1\t//r . "\n" } @keys) eq $body,
		"$f --key-prefix carries the key through") or print "# $s $e# $o";
	($s, $o, $e) = run("$cmd -H --columns $head --no-header-out --key-prefix </dev/null");
	ok($s == 0 && $o eq "", "$f: an empty shard is nothing");
}

# What is wrong with a header is said with its file, and not at length.
# A table of one's own may have years for columns, and little that is known here.
spew("years", join(",", "year", "region", "indicator", "value", 2001 .. 2020) . "\n" . join(",", 2020, 530111, "a", 5, 1 .. 20) . "\n");
{
	my ($s, $o, $e) = run("aggregate --by region,indicator years");
	ok($s == 0 && $o =~ /^530111,a,1,0,.*,5,/m, "aggregate: a header with numbers in it is one") or print "# $s $o $e";
	spew("facts.csv", $facts);
	($s, $o, $e) = run("LC_ALL=C sort facts.csv | $top/pipelines/by-body");
	ok($s == 2 && $o eq "" && $e =~ /^by-body: the first line is a record, /, "by-body: that the header was lost is said") or print "# $s $e";
}

for my $f (grep { $_ ne "extract" } @filters) {
	my ($head) = $case{$f}{in} =~ /^(.*)\n/;
	for (["twice", "$head,a,a", "column 'a' stands twice in the header"], ["open", "$head,\"a", "the header cannot be read: a quote that "],
		["long", "$head," . "a" x 3000, "the header cannot be read: longer than --max-record"], ["none", "a,b", "column '\\w+' is not there "],
		["binary", "\x7fELF\x01\xff," . "\x00\x1b\x9f\xff" x 100000, "the header cannot be read: a control character "],
		["utf16", "\xff\xfe" . $head =~ s/(.)/$1\0/gr, "the header cannot be read: UTF-16 or UTF-32: "],
		["wide", $head =~ s/(.)/$1\0/gr, "the header cannot be read: UTF-16 or UTF-32: "],
		["cr", "$head\r$head", "the header cannot be read: lines that end in CR alone: "],
		["zip", "PK\3\4" . "x" x 99, "the header cannot be read: a workbook or an archive: "],
		["xz", "\xfd7zXZ\0x", "the header cannot be read: packed, and not by gzip: "],
		["json", '{"kind": 1, "x": 2}', "the header cannot be read: JSON: "],
		["tabs", $head =~ s/,/\t/gr, "the header cannot be read: fields parted by tabs or semicolons: "],
		["none twice", "1,1,,", "column '\\w+' is not there "], ["blanks", $head =~ s/,/ ,/gr, "column '\\w+' is not there: is it '\\w+ '\\?"],
		["capitals", uc $head, "column '\\w+' is not there: is it '[A-Z_]+'\\?"]) {
		my ($name, $line, $want) = @$_;
		spew($name, "\n$line\n$line\n");
		my ($s, $o, $e) = run("$f $case{$f}{args} --max-record " . ($name eq "long" ? "2K" : "1M") . " '$name'");
		ok($s == 2 && $o eq "" && $e =~ /^$f: $name:2: $want.*\n\z/ && length $e < 1000, "$f: a header with a fault ($name) is said with file and line")
			or print "# $s ", substr($e, 0, 300), "\n";
	}
}

# What is written goes nowhere else where a standard stream is closed.
for my $f (@filters) {
	my $args = $case{$f}{args};
	spew("in", $case{$f}{in} . ($f eq "extract" ? "" : "one,two\n"));
	my ($s, $o, $e) = run("$f $args -o o.csv in nosuch 2>&-");
	ok($s == 3 && slurp("o.csv") eq (run("$f -q $args in nosuch"))[1], "$f: with standard error closed no message is in the output") or print "# $s ", slurp("o.csv");
	($s, $o, $e) = run("$f $args --rejects r.csv --stats s.csv in >&-");
	ok($s == 3 && $e =~ /cannot write to standard output/ && slurp("r.csv") =~ /^\S*reason\n/ && slurp("s.csv") =~ /^name,value\n/,
		"$f: with standard output closed that is said, and no other file takes its place") or print "# $s $e";
	($s, $o, $e) = run("$f $args -o o.csv <&-");
	ok($s == 3 && $e =~ /cannot read 'standard input'/, "$f: with standard input closed that is said") or print "# $s $e";
}

# Stages out of order name the one that is missing.
spew("page.csv", $pieces);
spew("facts.csv", $facts);
my ($s, $o, $e) = run("classify page.csv");
ok($s == 2 && $e =~ /run 'normalize' first/, "classify fed raw pieces asks for normalize") or print "# $e";
($s, $o, $e) = run("validate page.csv");
ok($s == 2 && $e =~ /run 'classify' first/, "validate fed pieces asks for classify") or print "# $e";
# A column that is nearly there is asked for.
($s, $o, $e) = run("aggregate --by yaer,region,indicator facts.csv");
ok($s == 2 && $e =~ /'yaer' is not there: is it 'year'\? \(the columns are: region, /, "aggregate asks which column was meant") or print "# $e";
finish();
