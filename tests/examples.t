#!/usr/bin/perl
# What the pages and README.md show is what the programs do: every block of lines that begin with
# "$ " is run, and what stands below a command must be what it prints.  In pages the blocks stand under
# EXAMPLES as literal displays, in README.md as ```console fences.  The options of a filter's page
# are those of its program.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use File::Glob qw(:bsd_glob);
use File::Temp qw(tempdir);
use Tap;

$ENV{LC_ALL} = "C.UTF-8";
my $tmp = tempdir(CLEANUP => 1);
$ENV{TMPDIR} = $tmp;
# The examples stand in the project's folder, but leave nothing in it.
system("ln", "-s", "$top/$_", "$tmp/$_") for qw(fixtures pipelines common tests cmd);
symlink($build, "$tmp/build");
chdir $tmp or die;

sub blocks {
	my ($file) = @_;
	my (@blocks, $examples, $in, $text);
	open my $f, "<", $file or die "$file: $!";
	while (my $line = <$f>) {
		if ($file =~ /\.md$/) {
			if ($line =~ /^```console/) { $in = 1; $text = ""; next }
			if ($in && $line =~ /^```/) { push @blocks, $text; $in = 0; next }
		} else {
			$examples = $1 eq "EXAMPLES" if $line =~ /^\.Sh (.*)/;
			if ($examples && $line =~ /^\.Bd -literal/) { $in = 1; $text = ""; next }
			if ($in && $line =~ /^\.Ed/) { push @blocks, $text; $in = 0; next }
			$line =~ s/\\&//g, $line =~ s/\\e/\\/g, $line =~ s/\\\(dq/"/g if $in;
		}
		$text .= $line if $in;
	}
	return @blocks;
}

for my $file ("$top/README.md", sort(glob("$top/cmd/*.[57]"), glob("$top/cmd/*/*.1"), glob("$top/pipelines/*.1"))) {
	next unless -e $file;
	(my $name = $file) =~ s{^\Q$top\E/}{};
	if ($name =~ m{^cmd/(\w+)/\1\.1$}) {
		@ENV{qw(TOP PROGRAM PAGE)} = ($top, "$build/bin/$1", $file);
		system('perl "$TOP/common/options.pl" page "$PROGRAM" "$PAGE" >' . "$tmp/.page");
		ok($? == 0 && !system("cmp", "-s", "$tmp/.page", $file), "$name has the options of $1: 'make pages'");
	}
	for my $block (blocks($file)) {
		my @parts = split /^\$ /m, $block;
		shift @parts;
		for my $part (@parts) {
			my ($cmd, $want) = ("", "");
			my @lines = split /^/m, $part;
			do { $cmd .= shift @lines } while ($cmd =~ /(\\|\||&&)\n\z/ && @lines);
			$cmd =~ s/^> //gm;
			$want = join "", @lines;
			next if $cmd =~ /^(sudo |make |apt|git )/;
			open my $s, ">", "$tmp/.example" or die;
			print $s $cmd;
			close $s;
			my $have = `bash $tmp/.example 2>$tmp/.err </dev/null`;
			my $status = $? >> 8;
			$cmd =~ s/\n.*//s;
			ok($status < 2 && ($want eq "" || $have eq $want), "$name: $cmd") or do {
				print "# status $status\n";
				print map { "# want $_\n" } split /\n/, $want;
				print map { "# have $_\n" } grep { defined } (split /\n/, $have)[0 .. 20];
				open my $e, "<", "$tmp/.err";
				print map { "# err  $_" } <$e>;
			};
		}
	}
}
# A check can be written from the page: the scopes and properties of documents there are stand in it.
{
	open my $f, "<", "$top/cmd/validate/rules/binder.c" or die;
	my $code = do { local $/; <$f> };
	open my $p, "<", "$top/cmd/validate/validate.1" or die;
	my $page = do { local $/; <$p> };
	my @scopes = $code =~ /\{"(\w+)", RULE_/g;
	my ($fields) = $code =~ /meta_names\[META_FIELDS\] = \{(.*?)\}/s;
	my @missing = ((grep { $page !~ /^\.It Cm \Q$_\E(:| |$)/m } @scopes), grep { $page !~ /^\.Ql \Q$_\E\b/m } $fields =~ /"(\w+)"/g);
	ok(@scopes > 5 && $fields && !@missing, "validate(1) has the scopes and fields of checks") or print "# @missing\n";
}
# xxgk-forms(5) has the columns of the tables a form is made of, in their order.
{
	open my $f, "<", "$top/cmd/xxgk-forms.5" or die;
	my ($table, %said) = ("");
	while (<$f>) {
		$table = /^\.Ss Columns of (.*)/ ? $1 : "" if /^\.S[sh] /;
		push @{$said{$table}}, split / , /, $1 if /^\.It Cm (.*)/;
	}
	for my $table (qw(indicators.csv columns.csv)) {
		open my $csv, "<", "$top/common/tables/forms/$table" or die;
		chomp(my $header = <$csv>);
		ok("@{$said{$table} // []}" eq join(" ", split /,/, $header), "xxgk-forms(5) has the columns of $table") or print "# $header\n";
	}
}
# The columns xxgk-records(5) describes are those that are written, in that order.
{
	open my $f, "<", "$top/cmd/xxgk-records.5" or die;
	my ($section, %said) = ("");
	while (<$f>) {
		$section = $1 if /^\.Sh (.*)/;
		push @{$said{$section}}, split / , /, $1 if /^\.It Cm (.*)/;
	}
	my $pieces = `extract fixtures/tabs.txt | normalize | head -n 1`;
	my $facts = `extract fixtures/tabs.txt | normalize | classify | by-body | validate | head -n 1`;
	chomp($pieces, $facts);
	ok("@{$said{PIECES}}" eq join(" ", split /,/, $pieces), "xxgk-records(5) has the columns of pieces") or print "# $pieces\n# @{$said{PIECES}}\n";
	ok("@{$said{FACTS}}" eq join(" ", split /,/, $facts), "xxgk-records(5) has the columns of facts") or print "# $facts\n# @{$said{FACTS}}\n";
	open my $p, "<", "$top/cmd/xxgk-records.5" or die;
	my $text = do { local $/; <$p> };
	$text =~ s/\\://g;
	system("extract fixtures/cell-per-line.txt | normalize | classify -q | by-body | validate -q --findings $tmp/.findings >/dev/null");
	my $findings = `head -n 1 $tmp/.findings`;
	chomp $findings;
	ok($findings ne "" && index($text, ".Ql $findings ") > 0, "xxgk-records(5) has the columns of findings") or print "# $findings\n";
	my $sums = `printf 'region,year,indicator,column,value,unit,state\n' | aggregate -q --quantiles --by year,indicator`;
	chomp $sums;
	ok($sums eq "year,indicator,column,unit,n,missing,about,suspect,sum,mean,min,max,p25,median,p75" && $text =~ /n,missing,about,suspect,sum,mean,min,max/ &&
		$text =~ /p25,median,p75/, "xxgk-records(5) has the columns of statistics") or print "# $sums\n";
}
finish();
