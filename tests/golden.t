#!/usr/bin/perl
# Runs the golden cases: tests/golden/<filter>/<case>/ holds cmd (one line, run by bash in the case's
# folder with the programs on PATH), and in, out, err, status, which must match byte for byte; one that
# would be empty (or hold 0) may be absent.  BLESS=1 writes them instead.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use File::Glob qw(:bsd_glob);
use Tap;

$ENV{FIXTURES} = "../../../../fixtures"; # from a case's folder, whatever the names above
$ENV{LC_ALL} = "C";
my @cases = sort map { dirname($_) } glob("$top/tests/golden/*/*/cmd");
die "no cases" unless @cases;
my $bless = $ENV{BLESS};

sub slurp {
	my ($name) = @_;
	open my $f, "<:raw", $name or return undef;
	local $/;
	return scalar <$f>;
}

print "1.." . scalar(@cases) . "\n";
my $n = 0;
for my $case (@cases) {
	$n++;
	(my $name = $case) =~ s{^\Q$top\E/tests/golden/}{};
	chdir $case or die "$case: $!";
	my $cmd = slurp("cmd");
	my $in = -e "in" ? "in" : "/dev/null";
	my $tmp = `mktemp -d`;
	chomp $tmp;
	$ENV{TMP_CASE} = $tmp;
	open my $script, ">", "$tmp/cmd" or die;
	print $script $cmd;
	close $script;
	system("bash $tmp/cmd <$in >$tmp/out 2>$tmp/err");
	my $status = $? >> 8;
	my %have = (out => slurp("$tmp/out"), err => slurp("$tmp/err"), status => $status ? "$status\n" : "");
	system("rm", "-rf", $tmp);
	my @wrong;
	for my $what (qw(out err status)) {
		my $want = slurp($what) // "";
		next if $want eq $have{$what};
		if ($bless) {
			if ($have{$what} eq "") { unlink $what; next }
			open my $f, ">:raw", $what or die;
			print $f $have{$what};
			close $f;
		} else {
			push @wrong, $what;
			my ($w, $h) = ("$what.want", "$what.have");
			my @want = split /^/m, $want;
			my @have = split /^/m, $have{$what};
			my $shown = 0;
			for my $i (0 .. ($#want > $#have ? $#want : $#have)) {
				next if ($want[$i] // "") eq ($have[$i] // "");
				print "# $what line ", $i + 1, "\n#   want ", $want[$i] // "(none)\n", "#   have ",
					$have[$i] // "(none)\n";
				last if ++$shown == 3;
			}
		}
	}
	print @wrong ? "not " : "", "ok $n - $name", @wrong ? ": @wrong differ" : "", "\n";
}
