#!/usr/bin/perl
# Messages and help in Chinese: every text said to a person in the sources has its row in tables/messages/zh.csv, with
# the same conversions in the same order, and no row is for nothing; the language is chosen as the pages say, and data
# are the same in every language.
use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));
use Errno;
use File::Basename qw(basename dirname);
use lib dirname(__FILE__);
use File::Glob qw(:bsd_glob);
use File::Temp qw(tempdir);
use Tap;

$ENV{TOP} = $top;
delete @ENV{qw(LC_ALL LC_MESSAGES LANG LANGUAGE)};
my $tmp = tempdir(CLEANUP => 1);

sub slurp {
	my ($path) = @_;
	open my $f, "<", $path or die "$path: $!";
	local $/;
	return scalar <$f>;
}

# The literals of a C file, those that stand side by side joined, with what each stands behind.
sub literals {
	my ($text) = @_;
	my (@found, $open);
	while ($text =~ m{\G(?:(/\*.*?\*/|//[^\n]*|\s+)|"((?:[^"\\]|\\.)*)"|(PRIu64)|('(?:[^'\\]|\\.)*'|\w+|.))}gs) {
		if (defined $2) { $open ? ($found[-1] .= $2) : push @found, $2; $open = 1 }
		elsif (defined $3) { $found[-1] .= "lu" if $open }
		elsif (defined $4) { $open = 0 }
	}
	s/\\(["\\])/$1/g for @found;
	return @found;
}

# Two words of small letters or more: a literal that speaks.
sub speaks { $_[0] =~ /[a-z]{2}[^a-z]* [^a-z]*[a-z]{2}/ }

# Those that speak, but not to a person on standard error: where, and what they are.
my %silent = (
	"cmd/aggregate/rollup/children.c" => qr/./,                  # findings, which validate's words go beside
	"common/manifest.c" => qr/^built in$/,                # data
	"cmd/aggregate/fact.c" => qr/^aggregate --partial$/,  # a command
	"cmd/aggregate/select/selection.c" => qr/^left out: /,       # a name in --stats; its reason has a row of its own
	"cmd/classify/output.c" => qr/./,                     # the column of --explain
	"cmd/classify/identity/place.c" => qr/./,                      # likewise
	"cmd/classify/identity/region.c" => qr/./,                     # likewise
	"cmd/validate/validate.c" => qr/^(findings|checks|bodies)\b/, # names in --stats
	"cmd/aggregate/collect.c" => qr/^reports that came again$/, # likewise
	"cmd/classify/classify.c" => qr/^(patterns given up|figures not understood)$/, # likewise
	"cmd/extract/extract.c" => qr/^(undecodable bytes|half surrogates|pages cut within a cell|responses without a page|records of other types|cells \w+|bodies shorter than said)$/, # likewise
);

my (%literal, %said, %from);
for my $path (glob("$top/common/*.c"), glob("$top/cmd/*/*.c"), glob("$top/cmd/*/*/*.c")) {
	(my $name = $path) =~ s{^\Q$top\E/}{};
	my $text = slurp($path);
	# One word is a text, too, where it is looked up as it stands.
	$said{$_} = $name for map { literals($_) } $text =~ /\bmessage\(((?:\s*"(?:[^"\\]|\\.)*"|\s*PRIu64)+)/g;
	my %example = map { $_ => 1 } map { literals($_) } $text =~ /\.example = (.*)/g;
	for my $l (literals($text)) {
		$literal{$l} = $name;
		next if !speaks($l) || $example{$l} || ($silent{$name} && $l =~ $silent{$name});
		$said{$l} = $name;
	}
}
# Reasons for leaving a fact out stand behind `left out: `.
$said{$_} = $literal{$_} = "cmd/aggregate/select/selection.c"
	for map { /^left out: (.+)/ ? $1 : () } literals(slurp("$top/cmd/aggregate/select/selection.c"));

# What the jobs say: the first argument of say, misuse, lost, worded and wording.
my (@loose, %options_of);
for my $path (glob("$top/pipelines/*")) {
	my $text = slurp($path);
	next unless $text =~ /^#!.*bash/ || $path =~ /lib\.sh$/;
	my $name = "pipelines/" . basename($path);
	my $code = $text =~ s/^#.*//gmr;
	while ($code =~ /\b(?:say|misuse|lost|worded|wording) (?:"((?:[^"\\]|\\.)*)"|'([^']*)')/g) {
		my $format = $1 // $2;
		next if $format =~ /^\$(?:@|\d|words$)/;
		push @loose, "$name: $format" if $format =~ /\$/;
		$said{$format} = $literal{$format} = $name;
	}
	if ($code =~ /^for words in (.*?); do/ms) {
		my $list = $1;
		$literal{$1 // $2} = $said{$1 // $2} = $name while $list =~ /'([^']*)'|(\w+)/g;
	}
	next unless $text =~ /^#zh/m;
	for my $lang ("", "zh") {
		$options_of{$name}{$lang} = join " ", sort map { /^#\Q$lang\E   ?((?:-\w, )?--[\w-]+(?: [A-Z"]+)?)/ ? $1 : () }
			split /\n/, $text;
	}
	$from{$name} = $text =~ /^#zh 示例：(.*)\n/m ? $1 : "";
	$from{"$name en"} = $text =~ /^# Example: (.*)\n/m ? $1 : "";
}
ok(!@loose, "jobs give what differs as arguments, so that the rest can be looked up", @loose);
my @heads = grep { !/lib\.sh/ } map { "pipelines/" . basename($_) } grep { -x } glob("$top/pipelines/*");
my @off = grep { !$options_of{$_} || $options_of{$_}{""} ne $options_of{$_}{zh} || $options_of{$_}{zh} eq "" && $_ !~ /xxgk$/ ||
	$from{$_} ne $from{"$_ en"} } @heads;
ok(@heads > 15 && !@off, "each job's help says the same options and example in both languages", @off);

# The table.
my (%chinese, @rows);
for (split /\n/, slurp("$top/common/tables/messages/zh.csv")) {
	my @row;
	push @row, defined $1 ? $1 =~ s/""/"/gr : $2 while /\G(?:"((?:[^"]|"")*)"|([^",]*))(?:,|$)/g && @row < 2;
	push @rows, \@row;
}
is_header(shift @rows);
sub is_header { ok("@{$_[0]}" eq "en zh", "the table has the columns en and zh") }
sub conversions { join " ", $_[0] =~ /%(?:[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:hh|h|ll|l|z|j|t)?[a-zA-Z]|%)/g }

sub words { my ($text) = @_; $text =~ s/\Q$_\E// for split / /, conversions($text); return $text }

# What is wrong with a table of such rows, for the texts said.
sub faults {
	my ($said, $literal, @table) = @_;
	my (@faults, %seen);
	for (@table) {
		my ($english, $zh) = @$_;
		push @faults, "twice: $english" if $seen{$english}++;
		push @faults, "no Chinese: $english" unless defined $zh && ($zh =~ /\p{Han}/ || words($english) !~ /[a-z]/i);
		push @faults, "other conversions: $english" if conversions($english) ne conversions($zh // "");
		push @faults, "said nowhere: $english" unless $literal->{$english};
	}
	push @faults, "no row for: $_ ($said->{$_})" for grep { !$seen{$_} } sort keys %$said;
	return @faults;
}
# What extract says of files that are no pages.
for (split /\n/, slurp("$top/common/tables/page/formats.csv")) {
	$said{$1} = $literal{$1} = "formats.csv" if /^[0-9A-F]+,"?(.*?)"?$/;
}
# The C library's words for what can go wrong with a file.
{
	local $ENV{LC_ALL} = "C";
	for my $e (1 .. 133) { local $! = $e; $literal{"$!"} = "errno" }
}
my @faults = faults(\%said, \%literal, @rows);
ok(keys %said > 300 && !@faults, "every text said has its row in common/tables/messages/zh.csv: " . keys(%said) . " of them", @faults);
# Each kind of fault is seen where it is.
for (["a row left out", sub { grep { $_->[0] ne "show this help" } @_ }, qr/^no row for: /],
	["conversions exchanged", sub { map { $_->[0] =~ /^cannot open '%s': %s/ ? [$_->[0], "无法打开 '%s'：%d"] : $_ } @_ }, qr/^other/],
	["a row for nothing", sub { (@_, ["such a text is nowhere", "没有"]) }, qr/^said nowhere/],
	["a row left in English", sub { map { $_->[0] eq "show this help" ? [$_->[0], $_->[0]] : $_ } @_ }, qr/^no Chinese/]) {
	my ($what, $change, $want) = @$_;
	my %known = map { $_ => 1 } @faults;
	my @seen = grep { !$known{$_} } faults(\%said, \%literal, $change->(@rows));
	ok(@seen == 1 && $seen[0] =~ $want, "$what would be found", @seen);
}

# What a run says; (status, standard output, standard error).
sub run {
	my ($line) = @_;
	my $out = `cd $tmp && { $line ; } 2>$tmp/err </dev/null`;
	my $status = $? >> 8;
	utf8::decode($out) unless utf8::is_utf8($out);
	return ($status, $out, slurp("$tmp/err"));
}

my @filters = qw(extract normalize classify validate aggregate);
for my $f (@filters) {
	my (undef, $en) = run("$f --help");
	my (undef, $zh) = run("$f --lang zh --help");
	my @options = $en =~ /^ .*?--([\w-]+)/gm;
	my @named = $zh =~ /^ .*?--([\w-]+)/gm;
	my @bare = grep { /^ .*--/ && !/\p{Han}/ } split /\n/, $zh;
	ok("@options" eq "@named" && !@bare && $zh =~ /^示例：$f|^示例：.*\b$f/, "$f --lang zh --help: every option in Chinese", @bare);
	my @left = split(/\n/, $zh) < split(/\n/, $en) ? "lines are missing" : ();
	ok(!@left && $zh =~ /退出状态/, "$f: and all of it", @left);
}
my $zh = qr/未知选项 '--bog'/;
for (["LANG=zh_CN.UTF-8", 1], ["LC_MESSAGES=zh_CN.UTF-8 LANG=en_US.UTF-8", 1], ["LC_ALL=C LANG=zh_CN.UTF-8", 0], ["LANG=zh", 1],
	["LANG=zh_TW.utf8", 1], ["LC_ALL= LANG=zh_CN", 1], ["LANG=zh_CN.GB18030", 0], ["LANG=zhx_CN.UTF-8", 0], ["LANG=en_US.UTF-8", 0],
	["XXGK_LANG=zh LC_ALL=C", 1], ["XXGK_LANG=en LANG=zh_CN.UTF-8", 0], ["LC_ALL=", 0]) {
	my ($set, $want) = @$_;
	for my $program ("validate", "by-body") {
		my ($s, undef, $e) = run("$set $program --bog");
		ok($s == 2 && ($e =~ $zh) == $want, "$set $program speaks " . ($want ? "Chinese" : "English"), split /\n/, $e);
	}
}
my ($s, $o, $e) = run("LANG=zh_CN.UTF-8 validate --lang en --bog");
ok($s == 2 && $e =~ /unknown option '--bog'/, "--lang overrules the locale", $e);
($s, $o, $e) = run("validate --bog --lang=zh");
ok($s == 2 && $e =~ $zh, "also for what stands before it", $e);
($s, $o, $e) = run("validate --lang fr");
ok($s == 2 && $e =~ /languages/, "--lang fr is status 2", $e);
($s, $o, $e) = run("xxgk --lang zh extract nosuch");
ok($s == 3 && $e =~ /无法打开 'nosuch'：没有这个文件或目录/, "xxgk --lang zh passes it on, the system's reason with it", $e);
($s, $o, $e) = run("xxgk --lang zh agregate");
ok($s == 2 && $e =~ /是不是 'aggregate'/, "xxgk asks for what was meant", $e);

# What the shell or a program inside would say otherwise, the job says.
for my $line ('regional-stats -o /nowhere/x "$TOP/fixtures/blanks.txt"', "on-cores -o /nowhere/x", 'copied -o /nowhere/x "$TOP/README.md"',
	"on-hosts -S hosts -d $tmp/d -o /nowhere/x", "on-slurm -d $tmp/d -o /nowhere/x") {
	my ($job) = $line =~ /^(\S+)/;
	($s, $o, $e) = run($line);
	ok($s == 3 && $e eq "$job: cannot write '/nowhere/x'\n", "$job says what it cannot write", $e);
}
($s, $o, $e) = run("XXGK_BIN=/nowhere regional-stats page");
ok($s == 2 && $e eq "regional-stats: the programs are not in '/nowhere' (XXGK_BIN)\n", "a job says where the programs are not", $e);
for my $line ("normalize", "classify", "validate", "aggregate --by year,indicator", "extract") {
	my ($filter) = $line =~ /^(\S+)/;
	($s, $o, $e) = run("$line $tmp");
	my $said = $filter eq "extract" ? "'$tmp' is a directory: extract -r reads the files in it" : "cannot read '$tmp': Is a directory";
	ok($s == 3 && $e eq "$filter: $said\n", "$filter cannot read a folder", $e);
}

# Data: the same bytes, whatever the language.
my $pages = '"$TOP/fixtures/form-liaoning.txt" "$TOP/fixtures/blanks.txt"';
sub whole {
	my ($lang) = @_;
	my (undef, undef, $err) = run("export $lang; extract --rejects x.csv $pages | normalize | classify --explain --rejects r.csv | by-body |
		validate --findings f.csv --stats s.csv >v.csv; aggregate --by year,region,indicator --stats t.csv v.csv >a.csv");
	return ($err, map { slurp("$tmp/$_") } qw(x.csv r.csv f.csv s.csv v.csv t.csv a.csv));
}
my ($english, @data) = whole("LC_ALL=C");
my ($spoken, @same) = whole("LC_ALL=zh_CN.UTF-8");
ok("@data" eq "@same", "data, findings, counts and rejects are the same in a Chinese locale");
ok($english !~ /\p{Han}*警告/ && $spoken =~ /未计入 \d+ 条事实：/, "what is said is not", split /\n/, $spoken);
($s, $o, $e) = run("validate --lang zh --findings f.csv v.csv >/dev/null; cat f.csv");
ok($o =~ /\p{Han}/ && $o ne $data[2], "validate --lang zh writes findings in Chinese");
($s, $o, $e) = run("LC_ALL=zh_CN.UTF-8 validate v.csv >/dev/null");
ok($e =~ /错误 [\w-]+：.*应为|警告 [\w-]+：/, "findings only said follow the locale", split /\n/, $e);

# Jobs that write to a person: the night letter, and where a number comes from.
for (["old", "aa", 5], ["new", "bb", 7]) {
	my ($folder, $digest, $sum) = @$_;
	mkdir "$tmp/$folder";
	for (["pages", "page,digest,region,body_kind,body,year\np.html,$digest,530111,government,官渡区政府,2016\n"],
		["manifest", "name,value\nversion,1\nrules,r\n"],
		["statistics", "year,region,indicator,column,unit,n,missing,about,suspect,sum,mean,min,max\n2016,530111,report,value,份,1,0,0,0,$sum,1,1,1\n"]) {
		open my $f, ">", "$tmp/$folder/$_->[0].csv" or die;
		print $f $_->[1];
	}
}
($s, $o, $e) = run("changes old new");
ok($s == 0 && $o =~ /: 7, was 5 \(\+2\): new version of p\.html$/m, "changes: the letter in English", $o, $e);
($s, $o, $e) = run("LANG=zh_CN.UTF-8 changes old new");
ok($s == 0 && $o =~ /：7，原为 5（\+2）：新版本 p\.html$/m, "and in Chinese", $o, $e);
($s, $o, $e) = run("LANG=zh_CN.UTF-8 changes --csv old new");
ok($s == 0 && $o =~ /,new version of p\.html$/m && $o !~ /新版本/, "as CSV it is data", $o, $e);
($s, $o, $e) = run("LANG=zh_CN.UTF-8 show-source 530111 2016 report \"\$TOP/fixtures/row-per-line.txt\"");
ok($s == 0 && $o =~ /^  报告    .*，表式 2014，口径 own$/m, "show-source in Chinese", $o, $e);
finish();
