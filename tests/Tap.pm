# What the Perl tests share: where the programs are, and TAP.
package Tap;
use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);

our @EXPORT = qw($top $build ok finish);
our $top = abs_path(dirname(__FILE__) . "/..");
our $build = $ENV{BUILD} // "build";
$build = "$top/$build" unless $build =~ m{^/};
$ENV{PATH} = "$build/bin:$top/pipelines:$ENV{PATH}";
$ENV{XXGK_BIN} = "$build/bin";
delete $ENV{XXGK_LANG};

my ($n, $failed) = (0, 0);

# What is expected holds or not; what is left, a line each, is shown where it does not.  Gives what was asked.  With a
# prototype: in a list a match that fails is nothing at all, and the test's name would stand for what holds.
sub ok($$@) {
	my ($good, $what, @more) = @_;
	$n++;
	$failed++ unless $good;
	print(($good ? "" : "not ") . "ok $n - $what\n");
	print map { "# $_\n" } @more[0 .. ($#more > 99 ? 99 : $#more)] unless $good;
	return $good;
}

sub finish {
	print "1..$n\n";
	exit($failed ? 1 : 0);
}

1;
