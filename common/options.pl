#!/usr/bin/perl
# Pages and completions out of the programs' own option tables (--help-options), so that they cannot differ.
#
#   options.pl page PROGRAM PAGE     PAGE with the options between `.\" options` and `.\" end of options` made anew:
#                                    each with the line of its table, and what the page says below that line
#   options.pl bash|zsh|fish PROGRAM|JOB...   completions for `xxgk PROGRAM`
#   options.pl job JOB                    the page of a job, out of the comment at its head
use strict;
use warnings;

my ($what, @rest) = @ARGV;
die "usage: options.pl page PROGRAM PAGE | bash|zsh|fish PROGRAM|JOB... | job JOB\n" unless @rest;

# [letter or "", name, argument or "", help] of each option: a filter's out of its table, a job's out of its head.
sub options {
	my ($program) = @_;
	local $_;
	my @rows;
	open my $script, "<", $program or die "$program: $!";
	if (<$script> =~ /^#!/) {
		while (<$script>) {
			last if /^#zh/ || !/^#/;
			push @rows, [$1 // "", $2, $3 // "", $4] if /^# +(?:-(\w), )?--([\w-]+)(?: ("?[A-Z]+"?))? +(\S.*)/;
		}
		return @rows;
	}
	open my $f, "-|", $program, "--help-options" or die "$program: $!";
	while (<$f>) {
		chomp;
		my ($letter, @row) = split /\t/, $_, -1;
		push @rows, [$letter eq "-" ? "" : $letter, @row];
	}
	close $f or die "$program --help-options failed\n";
	return @rows;
}

# What the value of an option may be, for completions: of these the words; else files if it names one; else anything.
my %values = (
	comparable => "exact approximate", "fail-on" => "info warning error never", grade => "proved consistent assumed",
	lang => "en zh", level => "nation province prefecture county", prefer => "reported parts",
	scope => "region tier own unclear", wide => "year indicator",
);
sub takes_file { my ($o) = @_; return $o->[2] =~ /^(?:FILE|DIR|FACTS)$/ || $o->[1] =~ /^(?:output|files-from|details)$/ }

sub name_of { my ($path) = @_; $path =~ s{.*/}{}; return $path }

# A name as mdoc takes it: a dash is \-, and a word that is a macro is no macro.
sub mdoc {
	my ($text) = @_;
	$text =~ s/\\/\\e/g;
	$text =~ s/^([.'])/\\&$1/;
	return $text;
}

# Lines of prose: a sentence begins one, and none is long (a Chinese character is eight letters to mandoc).
sub prose {
	my $text = "";
	for my $sentence (split /(?<=[.:;]) +/, join(" ", @_)) {
		my $line = "";
		for my $word (split / +/, $sentence) {
			if (length("$line $word") + 5 * ("$line $word" =~ tr/\xe0-\xef//) > 76 && $line ne "") {
				$text .= mdoc($line) . "\n";
				$line = $word;
			} else {
				$line = $line eq "" ? $word : "$line $word";
			}
		}
		$text .= mdoc($line) . "\n";
	}
	return $text;
}

if ($what eq "page") {
	my ($program, $page) = @rest;
	open my $f, "<", $page or die "$page: $!";
	my $text = do { local $/; <$f> };
	$text =~ /^\.\\" options\n(.*?)^\.\\" end of options\n/ms or die "$page: no place for the options\n";
	# What the page says of an option below the line of its table stays.
	my %more;
	for my $item (split /^(?=\.It )/m, $1) {
		$more{$1} = $2 if $item =~ /^\.It [^\n]*?Fl -([\w-]+)[^\n]*\n[^\n]*\n(.*?)(?:^\.El\n)?\z/ms;
	}
	my $list = ".Bl -tag -width Ds\n";
	for my $o (options($program)) {
		my ($letter, $name, $argument, $help) = @$o;
		my $value = $argument eq "" ? "" : " Ar $argument";
		$list .= $letter eq "" ? ".It Fl -$name$value\n" : ".It Fl $letter , Fl -$name$value\n";
		$list .= mdoc(ucfirst $help) . ".\n" . (delete $more{$name} // "");
	}
	$list .= ".El\n";
	die "$page: there is no option ", join(", ", sort keys %more), "\n" if %more;
	$text =~ s/^(\.\\" options\n).*?^(\.\\" end of options\n)/$1$list$2/ms;
	print $text;
} elsif ($what eq "bash") {
	my %all = map { name_of($_) => join(" ", map { "--$_->[1]" . ($_->[0] ? " -$_->[0]" : "") } options($_)) } @rest;
	print "# bash completion for xxgk; made from the programs' option tables\n_xxgk()\n{\n";
	print "\tlocal cur=\${COMP_WORDS[COMP_CWORD]} command=\${COMP_WORDS[1]}\n\tCOMPREPLY=()\n";
	print "\tif ((COMP_CWORD == 1)); then\n\t\tCOMPREPLY=(\$(compgen -W \"\$(xxgk help 2>/dev/null | cut -d ' ' -f 1) help\" -- \"\$cur\"))\n";
	# What stands behind an option that takes a value is that; --name=value comes as three words.
	print "\t\treturn\n\tfi\n\tlocal prev=\${COMP_WORDS[COMP_CWORD-1]}\n";
	print "\t[[ \$cur != = ]] || cur=\n\t[[ \$prev != = ]] || prev=\${COMP_WORDS[COMP_CWORD-2]}\n\tcase \$command:\$prev in\n";
	for my $path (sort @rest) {
		my (%say, @any);
		for my $o (grep { $_->[2] ne "" } options($path)) {
			my @names = map { name_of($path) . ":$_" } "--$o->[1]", $o->[0] ? "-$o->[0]" : ();
			if (my $words = $values{$o->[1]}) { push @{$say{$words}}, @names }
			elsif (takes_file($o)) { push @{$say{""}}, @names }
			else { push @any, @names }
		}
		print "\t", join("|", @{$say{$_}}), ") COMPREPLY=(\$(compgen ", $_ eq "" ? "-f" : "-W '$_'", " -- \"\$cur\")); return ;;\n" for sort keys %say;
		print "\t", join("|", @any), ") return ;;\n" if @any;
	}
	print "\tesac\n\t[[ \$cur == -* ]] || { COMPREPLY=(\$(compgen -f -- \"\$cur\")); return; }\n\tcase \$command in\n";
	print "\t$_) COMPREPLY=(\$(compgen -W '$all{$_}' -- \"\$cur\")) ;;\n" for sort keys %all;
	print "\tesac\n}\ncomplete -o filenames -F _xxgk xxgk\n";
} elsif ($what eq "zsh") {
	print "#compdef xxgk\n# made from the programs' option tables\n_xxgk() {\n\tif ((CURRENT == 2)); then\n";
	print "\t\tcompadd \${(f)\"\$(xxgk help 2>/dev/null | cut -d ' ' -f 1)\"} help\n\t\treturn\n\tfi\n\tcase \$words[2] in\n";
	for my $program (sort @rest) {
		print "\t", name_of($program), ")\n\t\t_arguments \\\n";
		for my $o (options($program)) {
			my ($letter, $name, $argument, $help) = @$o;
			$help =~ s/([\[\]:'])/\\$1/g;
			$help =~ s/\\'/'\\''/g;
			$argument =~ tr/"//d;
			my $value = $argument eq "" ? "" : ":$argument:" . ($values{$name} ? "($values{$name})" : takes_file($o) ? "_files" : " ");
			print "\t\t\t'--$name\[$help]$value' \\\n";
			print "\t\t\t'-$letter\[$help]$value' \\\n" if $letter ne "";
		}
		print "\t\t\t'*:file:_files'\n\t\t;;\n";
	}
	print "\t*) _files ;;\n\tesac\n}\n_xxgk \"\$@\"\n";
} elsif ($what eq "fish") {
	print "# fish completion for xxgk; made from the programs' option tables\n";
	print "complete -c xxgk -n __fish_use_subcommand -a \"(xxgk help 2>/dev/null | cut -d ' ' -f 1) help\"\n";
	for my $program (sort @rest) {
		for my $o (options($program)) {
			my ($letter, $name, $argument, $help) = @$o;
			$help =~ s/(['\\])/\\$1/g;
			print "complete -c xxgk -n '__fish_seen_subcommand_from ", name_of($program), "' -l $name",
				$letter eq "" ? "" : " -s $letter", $argument eq "" ? "" : $values{$name} ? " -xa '$values{$name}'" :
				takes_file($o) ? " -r" : " -x", " -d '$help'\n";
		}
	}
} elsif ($what eq "job") {
	my ($job) = @rest;
	my $name = name_of($job);
	my (@head, $example, $usage);
	open my $f, "<", $job or die "$job: $!";
	<$f>;
	while (<$f>) {
		last if /^#zh/ || !s/^# ?//;
		chomp;
		if (s/^Example: //) { $example = $_ }
		elsif (s/^Usage: \S+ ?//) { $usage = $_ }
		else { push @head, $_ }
	}
	die "$job: no example, usage and words at its head\n" unless defined $example && defined $usage;
	shift @head while @head && $head[0] eq "";
	# The first sentence says what it is.
	my ($brief) = join(" ", @head) =~ /^(.*?)[.:](?: |$)/;
	$brief = lcfirst($brief // $name);
	$brief =~ s/[^A-Za-z0-9)]+$//;
	# How it ends stands last.
	my @status;
	for my $at (0 .. $#head) {
		next unless $head[$at] =~ /^Status: /;
		@status = splice @head, $at;
		$status[0] =~ s/^Status: //;
		last;
	}
	pop @head while @head && $head[-1] eq "";
	# Words up to the first list of options are prose; the rest keeps its lines.
	my $prose = 0;
	$prose++ while $prose < @head && $head[$prose] !~ /^\s|^$/;
	print ".Dd November 22, 2026\n.Dt XXGK-", uc($name), " 1\n.Os\n.Sh NAME\n.Nm $name\n.Nd $brief\n.Sh SYNOPSIS\n.Nm\n";
	print ".Li ", mdoc($usage), "\n" if $usage ne "";
	print ".Sh DESCRIPTION\n", prose(@head[0 .. $prose - 1]);
	if ($prose < @head) {
		print ".Bd -literal\n", map({ mdoc($_) . "\n" } @head[$prose .. $#head]), ".Ed\n";
	}
	print ".Sh EXIT STATUS\n", prose(@status) if @status;
	print ".Sh EXAMPLES\n.Dl ", mdoc($example), "\n.Sh SEE ALSO\n.Xr xxgk 7\n";
} else {
	die "options.pl: there is no '$what'\n";
}
