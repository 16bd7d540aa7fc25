/*
 * validate: reads facts body by body, holds every check against them, writes them on with their grade.
 */
#include <stdlib.h>

#include "body/body.h"
#include "body/closed.h"
#include "body/territory.h"
#include "check/evaluate.h"
#include "check/group.h"
#include "example.h"
#include "filter.h"
#include "finding/finding.h"
#include "records.h"
#include "rules/rules.h"
#include "table.h"

enum { OPT_FINDINGS = OPTION_OWN, OPT_CHECKS, OPT_TEST_CHECKS, OPT_FAIL_ON, OPT_VERDICTS,
	OPT_FINGERPRINTS, OPT_EACH_REPORT, OPT_MAX_BODY };

static const struct option_spec own[] = {
	{OPT_FINDINGS, "findings", "FILE", "write the findings to FILE, in English if --lang says nothing else"},
	{OPT_CHECKS, "checks", "FILE", "add the checks of FILE, replacing those of the same id"},
	{OPT_TEST_CHECKS, "test-checks", "FILE", "run the examples that the checks of FILE carry, and end"},
	{OPT_FAIL_ON, "fail-on", "LEVEL[:N]", "status 1 from N (1) of this severity up: info, warning, error, never (warning)"},
	{OPT_VERDICTS, "verdicts", "FILE", "findings that FILE has judged are not raised again"},
	{OPT_FINGERPRINTS, "fingerprints", NULL, "add a column 'fingerprint' to the findings"},
	{OPT_EACH_REPORT, "each-report", NULL, "judge each report of a body and year by itself, also one another stands for"},
	{OPT_MAX_BODY, "max-body", "SIZE", "reject the facts of a body that take more (64M)"},
};

struct settings {
	const char *findings, *verdicts, *test_checks;
	const char **checks;
	size_t nchecks, checks_cap;
	struct threshold threshold;
	bool fingerprints, each_report;
	size_t max_body;
};

/* "LEVEL", "LEVEL:N" or "never"; false if it is none of these. */
static bool
set_threshold(struct threshold *threshold, struct span text)
{
	struct span level = span_cut(&text, ':');
	uint64_t n = 1;

	if (span_eq(level, SPAN("never"))) {
		threshold->n = 0;
		return text.p == NULL;
	}
	if (!severity_parse(level, &threshold->from) || (text.p && (!span_whole(text, &n) || n == 0)))
		return false;
	threshold->n = n;
	return true;
}

static bool
set_option(void *context, int id, const char *value)
{
	struct settings *s = context;

	switch (id) {
	case OPT_FINDINGS:
		s->findings = value;
		return true;
	case OPT_TEST_CHECKS:
		s->test_checks = value;
		/* fall through */
	case OPT_CHECKS:
		s->checks = grow(s->checks, s->nchecks, &s->checks_cap, sizeof *s->checks);
		s->checks[s->nchecks++] = value;
		return true;
	case OPT_FAIL_ON:
		if (set_threshold(&s->threshold, span_str(value)))
			return true;
		warn("'%s' is no severity: info, warning, error or never, of the first three with a number, as error:10", value);
		return false;
	case OPT_VERDICTS:
		s->verdicts = value;
		return true;
	case OPT_FINGERPRINTS:
		s->fingerprints = true;
		return true;
	case OPT_EACH_REPORT:
		return s->each_report = true;
	default:
		return options_bytes(value, &s->max_body);
	}
}

static const struct program program = {
	.name = "validate",
	.summary = "Holds facts against the checks of their form, year against year, text against table.",
	.operands = "[FILE]...",
	.columns = FACTS_COLUMNS,
	.example = "extract page.html | normalize | classify | by-body | validate",
	.shared = OPTIONS_RECORDS | OPTIONS_TABLES,
	.options = own,
	.noptions = sizeof own / sizeof *own,
	.reads = "checks,test-checks,verdicts",
	.writes = "findings",
	.set = set_option,
};

/* The run. */
struct run {
	struct filter f;
	struct settings settings;
	struct rules *rules;
	struct governments governments;
	struct body body;
	/*
	 * Bodies that are complete and not written: from the first of the region that gave its territory in text
	 * alone, for tables of another one may stand for that.  Those behind nheld are spare.
	 */
	struct body *held;
	size_t nheld, held_cap, nspare;
	size_t held_size; /* bytes */
	struct closed closed;
	struct territory territory;
	struct findings findings;
	struct evaluator evaluator;
	bool gives;                /* the body may give the figures of the whole territory */
	bool skipping;             /* the body at hand was over the limit and is rejected */
	uint64_t bodies, reports, returned;
	uint32_t *failed;          /* the failed checks of a fact, */
	size_t failed_cap;
	struct buf checks;         /* and their ids */
};

static enum grade
grade_of(const struct fact *f)
{
	if (f->flags & FACT_BROKEN)
		return GRADE_BROKEN;
	if (f->origin == ORIGIN_TABLE && (f->flags & FACT_GRID) && (f->flags & FACT_CLOSES))
		return GRADE_PROVED;
	if (f->failed || (f->indicator == 0 && f->origin != ORIGIN_PAGE) || f->state == STATE_TEXT)
		return f->origin == ORIGIN_PAGE && !f->failed ? GRADE_CONSISTENT : GRADE_ASSUMED;
	switch (f->origin) {
	case ORIGIN_TABLE:
		return (f->flags & FACT_GRID) && !(f->flags & FACT_DIFFERS) ? GRADE_CONSISTENT : GRADE_ASSUMED;
	case ORIGIN_PROSE:
		return f->flags & (FACT_AGREES | FACT_CLOSES) ? GRADE_CONSISTENT : GRADE_ASSUMED;
	default:
		return GRADE_CONSISTENT;
	}
}

static struct span
checks_of(struct run *r, const struct body *b, const struct fact *f)
{
	size_t n = 0;

	/* They are kept from the last to the first. */
	for (uint32_t at = f->failed; at; at = b->failure[at - 1].before) {
		r->failed = grow(r->failed, n, &r->failed_cap, sizeof *r->failed);
		r->failed[n++] = b->failure[at - 1].rule;
	}
	buf_reset(&r->checks);
	while (n-- > 0) {
		if (r->checks.n)
			buf_add_char(&r->checks, ' ');
		buf_add_span(&r->checks, r->rules->rule[r->failed[n]].id);
	}
	return buf_span(&r->checks);
}

/* The line with another role: everything but that field as it was. */
static void
write_changed(struct run *r, struct body *b, const struct fact *f, const struct span values[2])
{
	struct writer *w = r->f.out;
	size_t n;
	const struct span *field = body_fields(b, f, &n);

	for (size_t i = 0; i < n; i++) {
		if (i)
			writer_char(w, ',');
		if (i == b->place[COL_ROLE] && (f->flags & FACT_DUPLICATE))
			writer_raw(w, SPAN("duplicate"));
		else
			writer_field(w, w->place[i] == NO_COLUMN ? field[i] : values[w->place[i]]);
	}
}

static void
write_fact(struct run *r, struct body *b, const struct fact *f)
{
	struct writer *w = r->f.out;
	struct span line = body_line(b, f);
	struct span values[2] = {grade_names[grade_of(f)], checks_of(r, b, f)};

	if (f->key)
		writer_raw(w, span_of(line.p - f->key, f->key));
	if (w->overwrites || (f->flags & FACT_DUPLICATE))
		write_changed(r, b, f, values);
	else
		writer_raw(w, line);
	for (size_t i = 0; i < w->nappended; i++) {
		writer_char(w, ',');
		writer_field(w, values[w->appended[i]]);
	}
	writer_end(w);
}

static struct report *
report_of_year(struct body *b, const struct series *s, int year)
{
	for (uint32_t i = 0; i < s->n; i++)
		if (b->report[s->report[i]].year == year)
			return &b->report[s->report[i]];
	return NULL;
}

static void
evaluate_body(struct run *r)
{
	struct evaluator *e = &r->evaluator;
	struct body *b = &r->body;

	e->versions = false;
	for (size_t i = 0; i < b->nreports; i++)
		e->versions |= b->report[i].stands > 0;
	/* Oldest first, so that a year and the one after it follow each other. */
	for (uint32_t i = 0; i < e->series.n; i++) {
		struct report *report = &b->report[e->series.report[i]];

		evaluate_report(e, report, report_of_year(b, &e->series, report->year - 1));
	}
	for (size_t i = 0; i < b->nreports; i++) {
		const struct report *report = &b->report[i];

		if ((report->joins && !r->settings.each_report) || report_of_year(b, &e->series, report->year) == report)
			continue;
		/* That another version was carried on wrongly is no fault of the year before, unless each is asked for. */
		e->again = report->stands > 0 && !r->settings.each_report;
		evaluate_report(e, report, e->again ? NULL : report_of_year(b, &e->series, report->year - 1));
	}
	e->again = false;
	evaluate_forget(e);
}

static void
write_body(struct run *r, struct body *b)
{
	for (size_t i = 0; i < b->nfacts; i++)
		write_fact(r, b, &b->fact[i]);
	body_reset(b);
}

/* Nothing that comes can change what is held any more. */
static void
write_held(struct run *r)
{
	for (size_t i = 0; i < r->nheld; i++)
		write_body(r, &r->held[i]);
	r->nheld = r->held_size = 0;
}

/* About what a body takes in which nothing stands yet. */
enum { HELD_LEAST = 8192 };

/* The body at hand waits, and another takes its place. */
static void
hold_body(struct run *r)
{
	struct body *place, held = r->body;

	if (r->nheld == r->nspare) {
		r->held = grow(r->held, r->nspare, &r->held_cap, sizeof *r->held);
		body_init(&r->held[r->nspare], &r->rules->cells, r->f.in);
		r->held[r->nspare++].governments = &r->governments;
	}
	place = &r->held[r->nheld++];
	r->body = *place;
	*place = held;
	r->held_size += body_size(place) + HELD_LEAST;
	if (r->held_size > r->settings.max_body) {
		write_held(r);
		territory_written(&r->territory);
	}
}

/* The body at hand is complete. */
static void
finish_body(struct run *r)
{
	struct body *b = &r->body;

	body_close(b);
	group_choose(&r->evaluator, r->gives ? &r->territory : NULL);
	evaluate_body(r);
	r->bodies += b->nfacts > 0;
	r->reports += b->nreports;
	if (r->gives) {
		/* Once for a year and scope, so that many bodies take no more time than their facts. */
		for (size_t i = 0; i < r->nheld && territory_displaces(&r->territory); i++)
			territory_settle(&r->territory, &r->held[i]);
		territory_settled(&r->territory);
		if (r->nheld || territory_holds(&r->territory)) {
			hold_body(r);
			return;
		}
	}
	write_held(r);
	write_body(r, b);
}

static void
begin_body(struct run *r, const struct record *rec)
{
	struct span region = rec->field[r->body.place[COL_REGION]], name = rec->field[r->body.place[COL_BODY]], path;
	bool returned, left;
	size_t line;

	r->skipping = r->gives = false;
	/* A body whose place is not known is not told from another of the same name. */
	if (region.n == 0) {
		write_held(r);
		return;
	}
	left = closed_region(&r->closed, region);
	/* The first body of a region. */
	if (r->closed.n == 0) {
		write_held(r);
		territory_reset(&r->territory);
	}
	returned = closed_body(&r->closed, rec->field[r->body.place[COL_BODY_KIND]], name);
	r->gives = span_starts(rec->field[r->body.place[COL_BODY_KIND]], SPAN("government"));
	if (!left && !returned)
		return;
	path = reader_place(r->f.in, rec, &line);
	if (r->returned++ == 0)
		note("%.*s:%zu: region %.*s comes again after others, so years are not compared: sort with by-body",
			SPAN_ARG(path), line, SPAN_ARG(region));
}

static const char too_large[] = "the body's facts take more than --max-body";

/* Gives up the body at hand: what is held goes to the rejects, what follows of it too. */
static void
reject_body(struct run *r)
{
	for (size_t i = 0; i < r->body.nfacts; i++) {
		const struct fact *f = &r->body.fact[i];
		struct record rec = {.line = body_line(&r->body, f)};
		size_t source = r->body.place[COL_SOURCE];

		rec.field = body_fields(&r->body, f, &rec.nfields);
		filter_reject(&r->f, &rec, source == NO_COLUMN ? SPAN("-") : rec.field[source], 0, too_large);
	}
	body_drop(&r->body);
	r->skipping = true;
}

/* An unresolved region joins bodies of one name only while they are on one page. */
static bool
same_body(struct run *r, const struct record *rec)
{
	const struct body *b = &r->body;

	if (!body_holds(b, rec))
		return false;
	return rec->field[b->place[COL_REGION]].n > 0 || b->place[COL_SOURCE] == NO_COLUMN ||
	       span_eq(rec->field[b->place[COL_SOURCE]], buf_span(&b->last_source));
}

static void
validate(struct run *r)
{
	struct body *b = &r->body;
	struct record rec;
	const char *fault;

	while (filter_next(&r->f, &rec)) {
		if (!same_body(r, &rec)) {
			finish_body(r);
			begin_body(r, &rec);
		} else if (r->skipping) {
			filter_reject(&r->f, &rec, (struct span){NULL, 0}, 0, too_large);
			continue;
		}
		fault = body_add(b, &rec);
		if (fault) {
			uint64_t line;

			(void)span_whole(body_of(b, rec.field, COL_LINE), &line);
			filter_reject(&r->f, &rec, body_of(b, rec.field, COL_SOURCE), (size_t)line, fault);
		}
		if (body_size(b) > r->settings.max_body)
			reject_body(r);
	}
	finish_body(r);
	write_held(r);
}

static bool
open_findings(struct run *r)
{
	struct findings *f = &r->findings;

	*f = (struct findings){
		.rules = r->rules,
		.fingerprints = r->settings.fingerprints,
		.threshold = r->settings.threshold,
	};
	if (r->settings.verdicts && !(f->verdicts = verdicts_open(r->settings.verdicts))) {
		filter_note(&r->f, STATUS_USAGE);
		return false;
	}
	if (r->settings.findings && !(f->out = writer_open(r->settings.findings))) {
		filter_note(&r->f, STATUS_LOST);
		return false;
	}
	findings_header(f);
	return true;
}

/* The words of the findings: in a file they are data, where no locale shows. */
static enum finding_lang
lang(const struct run *r)
{
	bool by_locale = !r->f.options.lang;

	return message_chinese() && !(by_locale && r->settings.findings) ? LANG_ZH : LANG_EN;
}

static void
count(struct run *r)
{
	static const char *const names[SEVERITIES] = {"findings: info", "findings: warning", "findings: error"};

	for (int i = 0; i < SEVERITIES; i++)
		filter_count(&r->f, names[i], r->findings.written[i]);
	filter_count(&r->f, "findings: judged before", r->findings.judged);
	filter_count(&r->f, "bodies", r->bodies);
	filter_count(&r->f, "bodies returned to", r->returned);
	filter_count(&r->f, "reports", r->reports);
	filter_count(&r->f, "checks: hold", r->evaluator.held);
	filter_count(&r->f, "checks: condition not met", r->evaluator.idle);
	filter_count(&r->f, "checks: not assessable", r->evaluator.open);
}

int
main(int argc, char **argv)
{
	static const char *const names[] = {"grade", "checks"};
	struct run r = {.settings = {.threshold = {SEVERITY_WARNING, 1}, .max_body = 64 << 20}};

	if (!filter_open(&r.f, &program, argc, argv, &r.settings, NULL))
		return filter_close(&r.f);
	r.rules = rules_load(r.f.options.tables, (char *const *)r.settings.checks, r.settings.nchecks);
	if (!r.rules || !governments_load(&r.governments, r.f.options.tables))
		filter_note(&r.f, STATUS_USAGE);
	else if (r.settings.test_checks)
		filter_note(&r.f, examples_run(r.rules, r.settings.test_checks, r.f.options.tables));
	else if (filter_read(&r.f, fact_columns, FACT_COLUMNS)) {
		body_init(&r.body, &r.rules->cells, r.f.in);
		r.body.governments = &r.governments;
		closed_init(&r.closed);
		territory_init(&r.territory, &r.rules->cells);
		/* Misuse leaves what stands in the files to be written: they are opened last. */
		if (!evaluate_init(&r.evaluator, r.rules, &r.body, &r.findings, lang(&r),
			    r.f.options.tables)) {
			filter_note(&r.f, STATUS_USAGE);
		} else if (open_findings(&r)) {
			writer_header(r.f.out, r.f.in, names, 2, !r.f.options.no_header_out);
			validate(&r);
			count(&r);
		}
		if (findings_failed(&r.findings))
			filter_note(&r.f, STATUS_FINDINGS);
		evaluate_release(&r.evaluator);
		territory_release(&r.territory);
		closed_release(&r.closed);
		while (r.nspare)
			body_release(&r.held[--r.nspare]);
		free(r.held);
		body_release(&r.body);
	}
	if (r.findings.out)
		filter_note(&r.f, writer_close(r.findings.out));
	findings_release(&r.findings);
	governments_release(&r.governments);
	rules_free(r.rules);
	free(r.failed);
	buf_release(&r.checks);
	free(r.settings.checks);
	return filter_close(&r.f);
}
