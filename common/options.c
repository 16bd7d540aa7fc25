#include "options.h"

#include <csv.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <zlib.h>

#include "buf.h"
#include "manifest.h"
#include "named.h"
#include "near.h"
#include "table.h"

enum {
	ID_VERSION = 256,
	ID_HELP_OPTIONS,
	ID_REJECTS,
	ID_STATS,
	ID_MANIFEST,
	ID_EXIT_ZERO,
	ID_MAX_FINDINGS,
	ID_PROGRESS,
	ID_LANG,
	ID_TABLES,
	ID_COLUMNS,
	ID_NO_HEADER_OUT,
	ID_KEY_PREFIX,
	ID_MAX_RECORD,
};

static const struct option_spec shared_all[] = {
	{'o', "output", "FILE", "write to FILE instead of standard output"},
	{ID_REJECTS, "rejects", "FILE", "write what could not be worked on to FILE, with the reason"},
	{ID_STATS, "stats", "FILE", "write counts (read, written, rejected by reason) to FILE"},
	{ID_MANIFEST, "manifest", "FILE", "add a line to FILE saying what was run, with what, and the counts"},
	{ID_MAX_FINDINGS, "max-findings", "N", "say N findings on standard error, count the rest (20)"},
	{ID_EXIT_ZERO, "exit-zero", NULL, "end with status 0 where findings would give 1"},
	{ID_NO_HEADER_OUT, "no-header-out", NULL, "write no header line"},
	{ID_PROGRESS, "progress", NULL, "draw progress if standard error is a terminal"},
	{ID_LANG, "lang", "LANG", "language of messages and help: en or zh (that of LC_MESSAGES)"},
	{'q', "quiet", NULL, "say nothing but failures"},
	{'h', "help", NULL, "show this help"},
	{ID_VERSION, "version", NULL, "show the version and those of the libraries"},
};

static const struct option_spec shared_records[] = {
	{'H', "headerless", NULL, "the input has no header line: --columns names them"},
	{ID_COLUMNS, "columns", "LIST", "names of the columns, comma-separated, for -H"},
	{ID_KEY_PREFIX, "key-prefix", NULL, "carry what stands before the first tab of each line through"},
	{ID_MAX_RECORD, "max-record", "SIZE", "reject longer records (64M; up to 1G)"},
};

static const struct option_spec shared_tables[] = {
	{ID_TABLES, "tables", "DIR", "take the tables that DIR holds instead of those built in"},
};

struct group {
	const struct option_spec *specs;
	size_t n;
};

enum { GROUPS = 4 };

/* A command line being read. */
struct parsing {
	const struct program *program;
	struct group groups[GROUPS];
	size_t ngroups;
	struct option *longs; /* as getopt_long takes them */
	size_t nlong;
	char *shorts;
	struct named_file *files;
	size_t nfiles, files_cap;
	bool headerless;
};

static size_t
groups_of(const struct program *program, struct group groups[GROUPS])
{
	size_t n = 0;

	groups[n++] = (struct group){program->options, program->noptions};
	if (program->shared & OPTIONS_RECORDS)
		groups[n++] = (struct group){shared_records, sizeof shared_records / sizeof *shared_records};
	if (program->shared & OPTIONS_TABLES)
		groups[n++] = (struct group){shared_tables, sizeof shared_tables / sizeof *shared_tables};
	groups[n++] = (struct group){shared_all, sizeof shared_all / sizeof *shared_all};
	return n;
}

static void
help(const struct parsing *p)
{
	const struct program *program = p->program;

	printf(message("Example: %s"), program->example);
	printf("\n\n");
	printf(message("Usage: %s [OPTION]... %s"), program->name, program->operands);
	printf("\n%s\n\n", message(program->summary));
	for (size_t g = 0; g < p->ngroups; g++)
		for (size_t i = 0; i < p->groups[g].n; i++) {
			const struct option_spec *o = &p->groups[g].specs[i];
			int width = 0;

			if (o->id < 256)
				width += printf("  -%c, --%s", o->id, o->name);
			else
				width += printf("      --%s", o->name);
			if (o->argument)
				width += printf(" %s", o->argument);
			printf("%*s%s\n", width < 28 ? 28 - width : 2, "", message(o->help));
		}
	printf("\n%s\n", message("Status: 0 all well, 1 findings in the data, 2 usage, 3 lost (unreadable, "
				 "cut short, not written)."));
}

/* One line an option, tab-separated: letter, name, argument, help, always in English. */
static void
help_options(const struct parsing *p)
{
	for (size_t g = 0; g < p->ngroups; g++)
		for (size_t i = 0; i < p->groups[g].n; i++) {
			const struct option_spec *o = &p->groups[g].specs[i];

			printf("%c\t%s\t%s\t%s\n", o->id < 256 ? o->id : '-', o->name,
				o->argument ? o->argument : "", o->help);
		}
}

/* The second line of misuse, and its end. */
static _Noreturn void
refer(const struct program *program)
{
	fprintf(stderr, message("Try '%s --help'."), program->name);
	fputc('\n', stderr);
	exit(STATUS_USAGE);
}

static _Noreturn void
misuse(const struct parsing *p, const char *option, const char *what)
{
	struct near near = near_to(span_str(option + 2 * (strncmp(option, "--", 2) == 0)));

	near.typed.n = strcspn(near.typed.p, "=");
	for (size_t g = 0; option[0] == '-' && g < p->ngroups; g++)
		for (size_t i = 0; i < p->groups[g].n; i++)
			near_consider(&near, span_str(p->groups[g].specs[i].name));
	/* Known, what is wrong is its value. */
	if (near.name.p && !span_eq(near.name, near.typed))
		warn("%s '%s': did you mean '--%.*s'?", message(what), option, SPAN_ARG(near.name));
	else
		warn("%s '%s'", message(what), option);
	refer(p->program);
}

/* A whole number without sign. */
static bool
read_number(const char *text, size_t *number)
{
	size_t n = 0;

	if (!*text)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9' || n > (SIZE_MAX - 9) / 10)
			return false;
		n = n * 10 + (size_t)(*text - '0');
	}
	*number = n;
	return true;
}

/* A number of bytes, or of what its last letter stands for. */
static bool
read_size(const char *text, size_t *size)
{
	static const char units[] = "KMG";
	char digits[24];
	size_t n = strlen(text), shift = 0;
	const char *unit = n > 0 ? strchr(units, text[n - 1]) : NULL;

	if (n == 0 || n >= sizeof digits)
		return false;
	memcpy(digits, text, n + 1);
	if (unit && *unit) {
		shift = 10 * (size_t)(unit - units + 1);
		digits[n - 1] = '\0';
	}
	if (!read_number(digits, size) || *size > SIZE_MAX >> shift >> 1)
		return false;
	*size <<= shift;
	return true;
}

bool
options_bytes(const char *text, size_t *bytes)
{
	if (read_size(text, bytes) && *bytes > 0)
		return true;
	warn("'%s' is no size, as 4096, 500K, 64M or 1G are", text);
	return false;
}

bool
options_count(const char *text, size_t *count)
{
	if (read_number(text, count) && *count > 0)
		return true;
	warn("'%s' is no whole number from 1", text);
	return false;
}

static void
version(const struct program *program)
{
	char pcre[64] = "";

	pcre2_config_8(PCRE2_CONFIG_VERSION, pcre);
	printf("%s %s\nzlib %s, pcre2 %s, libcsv %d.%d.%d", program->name, XXGK_VERSION, zlibVersion(), pcre, CSV_MAJOR,
		CSV_MINOR, CSV_RELEASE);
	if (program->own_library)
		printf(", %s %s", program->own_library, program->own_library_version());
	putchar('\n');
}

static bool
is_among(const char *name, const char *list)
{
	return span_lists(span_str(list), ',', span_str(name));
}

/* Makes the lists of getopt_long. */
static void
name_options(struct parsing *p)
{
	size_t n = 0;
	char *s;

	for (size_t g = 0; g < p->ngroups; g++)
		n += p->groups[g].n;
	p->longs = xcalloc(n + 2, sizeof *p->longs);
	s = p->shorts = xcalloc(2 * n + 3, 1);
	*s++ = ':';
	for (size_t g = 0; g < p->ngroups; g++)
		for (size_t i = 0; i < p->groups[g].n; i++) {
			const struct option_spec *o = &p->groups[g].specs[i];

			p->longs[p->nlong++] = (struct option){o->name, o->argument ? required_argument : no_argument,
				NULL, o->id};
			if (o->id < 256) {
				*s++ = (char)o->id;
				if (o->argument)
					*s++ = ':';
			}
		}
	p->longs[p->nlong++] = (struct option){"help-options", no_argument, NULL, ID_HELP_OPTIONS};
}

/* What is said on the options before --lang is in that language, too. */
static void
speak(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			(void)message_language(argv[i + 1]);
		else if (strncmp(argv[i], "--lang=", 7) == 0)
			(void)message_language(argv[i] + 7);
}

/* Keeps the file that the option names, if it names one; an option that writes and is given twice means the last. */
static void
note_file(struct parsing *p, const char *option)
{
	bool written = is_among(option, "output,rejects,stats,manifest") || is_among(option, p->program->writes);
	size_t at = p->nfiles;

	if (!written && !is_among(option, p->program->reads))
		return;
	for (size_t i = 0; i < p->nfiles && written; i++)
		if (strcmp(p->files[i].option, option) == 0)
			at = i;
	p->files = grow(p->files, p->nfiles, &p->files_cap, sizeof *p->files);
	p->files[at] = (struct named_file){.option = option, .path = optarg, .written = written};
	p->nfiles += at == p->nfiles;
}

/* Keeps what an option, its value in optarg, says on files and on what the result rests on. */
static void
note_option(struct parsing *p, struct options *options, const char *option)
{
	if (optarg)
		note_file(p, option);
	if (is_among(option, "output,rejects,stats,manifest,max-findings,progress,quiet,exit-zero") ||
		is_among(option, p->program->writes))
		return;
	buf_add_str(&options->given, options->given.n ? " --" : "--");
	buf_add_str(&options->given, option);
	if (optarg)
		manifest_word(&options->given, optarg);
}

/* What only prints, and ends the program. */
static void
answer(const struct parsing *p, int id)
{
	if (id == 'h')
		help(p);
	else if (id == ID_VERSION)
		version(p->program);
	else if (id == ID_HELP_OPTIONS)
		help_options(p);
	else
		return;
	exit(fflush(stdout) == 0 ? STATUS_OK : STATUS_LOST);
}

/* Lengths of fields and lines are kept in 32 bits, and printed as an int. */
enum { RECORD_MOST = 1 << 30 };

/* Of --max-record. */
static size_t
record_size(const struct parsing *p, const char *text)
{
	size_t size;

	if (!options_bytes(text, &size))
		refer(p->program);
	if (size > RECORD_MOST)
		misuse(p, text, "a record has at most 1G, not");
	return size;
}

/* What getopt does not know, or has no value for. */
static _Noreturn void
misuse_unknown(struct parsing *p, const char *given, bool valueless)
{
	char letter[] = {'-', (char)optopt, '\0'};
	bool short_one = optopt && optopt < 256 && given[0] == '-' && given[1] != '-';

	if (valueless)
		misuse(p, given, "a value is missing after option");
	misuse(p, short_one ? letter : given, "unknown option");
}

/* Takes an option that all filters share, or gives another to the program's own function; misuse ends the program. */
static void
take(struct parsing *p, struct options *options, int id, const char *given, void *context)
{
	switch (id) {
	case 'o':
		options->output = optarg;
		break;
	case 'q':
		options->quiet = true;
		break;
	case ID_REJECTS:
		options->rejects = optarg;
		break;
	case ID_STATS:
		options->stats = optarg;
		break;
	case ID_MANIFEST:
		options->manifest = optarg;
		break;
	case ID_EXIT_ZERO:
		options->exit_zero = true;
		break;
	case ID_PROGRESS:
		options->progress = true;
		break;
	case ID_LANG:
		options->lang = optarg;
		if (!message_language(optarg))
			misuse(p, optarg, "en and zh are the languages, not");
		break;
	case ID_TABLES:
		options->tables = optarg;
		break;
	case 'H':
		p->headerless = true;
		break;
	case ID_COLUMNS:
		options->columns = optarg;
		break;
	case ID_NO_HEADER_OUT:
		options->no_header_out = true;
		break;
	case ID_KEY_PREFIX:
		options->key_prefix = true;
		break;
	case ID_MAX_RECORD:
		options->max_record = record_size(p, optarg);
		break;
	case ID_MAX_FINDINGS:
		if (!read_number(optarg, &options->max_findings))
			misuse(p, optarg, "this is no whole number:");
		break;
	case '?':
	case ':':
		misuse_unknown(p, given, id == ':');
	default:
		if (!p->program->set(context, id, optarg))
			refer(p->program);
	}
}

void
options_parse(struct options *options, const struct program *program, int argc, char **argv,
	void *context)
{
	/* Static, for what ends the program in here leaves its memory to it. */
	static struct parsing p;
	int id;

	diag_init(program->name);
	*options = (struct options){.max_findings = 20};
	p = (struct parsing){.program = program};
	p.ngroups = groups_of(program, p.groups);
	name_options(&p);
	speak(argc, argv);
	opterr = 0;
	while ((id = getopt_long(argc, argv, p.shorts, p.longs, NULL)) != -1) {
		const char *given = argv[optind - 1];

		for (size_t i = 0; i < p.nlong; i++)
			if (p.longs[i].val == id)
				note_option(&p, options, p.longs[i].name);
		answer(&p, id);
		take(&p, options, id, given, context);
	}
	if (p.headerless != (options->columns != NULL)) {
		warn(p.headerless ? "-H needs --columns, the names of the columns"
				  : "--columns goes with -H (the input has no header line)");
		refer(program);
	}
	if (options->tables && !table_folder(options->tables))
		exit(STATUS_USAGE);
	options->operands = argv + optind;
	options->noperands = (size_t)(argc - optind);
	for (size_t i = 0; i < options->noperands; i++)
		manifest_word(&options->given, options->operands[i]);
	if (!options->output) {
		p.files = grow(p.files, p.nfiles, &p.files_cap, sizeof *p.files);
		p.files[p.nfiles++] = (struct named_file){.option = "", .path = "-", .written = true};
	}
	if (!named_apart(p.files, p.nfiles, options->operands, options->noperands))
		refer(program);
	free(p.files);
	diag_quiet(options->quiet);
	diag_max_findings(options->max_findings);
	free(p.longs);
	free(p.shorts);
}
