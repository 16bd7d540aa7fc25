#include "finding.h"

#include <stdio.h>
#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "table.h"
#include "writer.h"

/* Verdicts */

struct judged {
	uint64_t fingerprint;
	enum verdict verdict;
};

struct verdicts {
	struct judged *judged;
	size_t n;
};

static int
judged_cmp(const void *a, const void *b)
{
	uint64_t x = ((const struct judged *)a)->fingerprint, y = ((const struct judged *)b)->fingerprint;

	return (x > y) - (x < y);
}

/* What makes two findings the same one: the report, the check, the cell and both sides. */
enum { MARKS = 9 };
static const char *const mark_names[MARKS] = {"region", "body_kind", "body", "year", "check",
	"indicator", "column", "left", "right"};

static uint64_t
fingerprint(const struct span mark[MARKS])
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < MARKS; i++) {
		for (size_t k = 0; k < mark[i].n; k++)
			h = (h ^ (unsigned char)mark[i].p[k]) * UINT64_C(0x100000001b3);
		h = (h ^ 0xff) * UINT64_C(0x100000001b3);
	}
	return h;
}

static bool
parse_fingerprint(struct span s, uint64_t *h)
{
	*h = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
		*h = *h << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	return s.n == 16;
}

static size_t
find_column(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->ncols; i++)
		if (span_eq(t->header[i], span_str(name)))
			return i;
	return NO_COLUMN;
}

static bool
read_verdict(const struct table *t, size_t row, size_t verdict, size_t print, const size_t mark[MARKS],
	struct judged *j)
{
	struct span word = table_cell(t, row, verdict), text;

	if (span_eq(word, SPAN("confirmed")))
		j->verdict = VERDICT_CONFIRMED;
	else if (span_eq(word, SPAN("dismissed")))
		j->verdict = VERDICT_DISMISSED;
	else if (word.n == 0)
		j->verdict = VERDICT_NONE;
	else {
		warn("%s:%zu: '%.*s' is no verdict: confirmed or dismissed", t->path, t->line[row],
			SPAN_ARG(word));
		return false;
	}
	text = print == NO_COLUMN ? SPAN("") : table_cell(t, row, print);
	if (text.n) {
		if (parse_fingerprint(text, &j->fingerprint))
			return true;
		warn("%s:%zu: '%.*s' is no fingerprint", t->path, t->line[row], SPAN_ARG(text));
		return false;
	}
	if (mark[0] != NO_COLUMN) {
		struct span value[MARKS];

		for (size_t i = 0; i < MARKS; i++)
			value[i] = table_cell(t, row, mark[i]);
		j->fingerprint = fingerprint(value);
		return true;
	}
	warn("%s:%zu: the fingerprint is missing", t->path, t->line[row]);
	return false;
}

static void
verdicts_free(struct verdicts *v)
{
	if (v)
		free(v->judged);
	free(v);
}

struct verdicts *
verdicts_open(const char *path)
{
	struct table *t = table_open(path);
	struct verdicts *v = NULL;
	size_t verdict, print, mark[MARKS];
	bool good = true;

	if (!t)
		return NULL;
	verdict = table_column(t, "verdict");
	print = find_column(t, "fingerprint");
	for (size_t i = 0; i < MARKS; i++)
		if ((mark[i] = find_column(t, mark_names[i])) == NO_COLUMN)
			mark[0] = NO_COLUMN;
	v = xcalloc(1, sizeof *v);
	v->judged = xcalloc(t->nrows + 1, sizeof *v->judged);
	for (size_t i = 0; good && i < t->nrows; i++)
		good = read_verdict(t, i, verdict, print, mark, &v->judged[v->n++]);
	table_free(t);
	if (!good) {
		verdicts_free(v);
		return NULL;
	}
	qsort(v->judged, v->n, sizeof *v->judged, judged_cmp);
	return v;
}

/* Findings */

static const char *const columns[] = {"region", "body_kind", "body", "year", "form", "check",
	"severity", "indicator", "column", "left", "right", "delta", "source", "table", "row", "col",
	"line", "message", "repair"};

void
findings_header(struct findings *f)
{
	if (!f->out)
		return;
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		if (i)
			writer_char(f->out, ',');
		writer_raw(f->out, span_str(columns[i]));
	}
	if (f->fingerprints)
		writer_raw(f->out, SPAN(",fingerprint"));
	writer_end(f->out);
}

static struct span
add_sum(struct buf *text, size_t *at, bool known, struct decimal_sum sum)
{
	*at = text->n;
	if (known)
		decimal_sum_format(sum, text);
	return (struct span){NULL, text->n - *at};
}

struct sides {
	struct span left, right, delta;
};

/* Both sides as text, in f->text, which then does not move until the next call. */
static struct sides
format_sides(struct findings *f, const struct finding *finding)
{
	size_t left, right, delta;
	struct decimal_sum difference = {finding->left.units - finding->right.units};
	struct sides s;

	buf_reset(&f->text);
	buf_room(&f->text, 256);
	s.left = add_sum(&f->text, &left, finding->left_known, finding->left);
	s.right = add_sum(&f->text, &right, finding->right_known, finding->right);
	s.delta = add_sum(&f->text, &delta, finding->left_known && finding->right_known, difference);
	s.left.p = f->text.p + left;
	s.right.p = f->text.p + right;
	s.delta.p = f->text.p + delta;
	return s;
}

static uint64_t
print_of(const struct findings *f, struct body *b, const struct finding *finding,
	const struct sides *s)
{
	const struct fact *fact = &b->fact[finding->fact];
	size_t n;
	const struct span *field = body_fields(b, fact, &n);
	struct span mark[MARKS] = {
		field[b->place[COL_REGION]],
		field[b->place[COL_BODY_KIND]],
		field[b->place[COL_BODY]],
		field[b->place[COL_YEAR]],
		f->rules->rule[finding->rule].id,
		field[b->place[COL_INDICATOR]],
		field[b->place[COL_COLUMN]],
		s->left,
		s->right,
	};

	return fingerprint(mark);
}

enum verdict
findings_verdict(struct findings *f, struct body *b, const struct finding *finding)
{
	struct sides s;
	struct judged key, *hit;

	if (!f->verdicts)
		return VERDICT_NONE;
	s = format_sides(f, finding);
	key.fingerprint = print_of(f, b, finding, &s);
	hit = bsearch(&key, f->verdicts->judged, f->verdicts->n, sizeof key, judged_cmp);
	return hit ? hit->verdict : VERDICT_NONE;
}

static uint64_t *
said_slot(const struct findings *f, uint64_t print)
{
	size_t i = print & (f->said_size - 1);

	while (f->said[i] && f->said[i] != print)
		i = (i + 1) & (f->said_size - 1);
	return &f->said[i];
}

bool
findings_first(struct findings *f, struct body *b, const struct finding *finding)
{
	struct sides s = format_sides(f, finding);
	uint64_t print = print_of(f, b, finding, &s), *slot;

	/* A cell of the territory is none of the body's own. */
	print += (uint64_t)b->fact[finding->fact].scope << 32;
	print += print == 0;
	if (2 * (f->nsaid + 1) > f->said_size) {
		uint64_t *old = f->said;
		size_t n = f->said_size;

		f->said_size = n ? 2 * n : 64;
		f->said = xcalloc(f->said_size, sizeof *f->said);
		for (size_t i = 0; i < n; i++)
			if (old[i])
				*said_slot(f, old[i]) = old[i];
		free(old);
	}
	slot = said_slot(f, print);
	if (*slot)
		return false;
	*slot = print;
	f->nsaid++;
	return true;
}

void
findings_forget(struct findings *f)
{
	if (f->nsaid == 0)
		return;
	free(f->said);
	f->said = NULL;
	f->nsaid = f->said_size = 0;
}

bool
findings_failed(const struct findings *f)
{
	uint64_t n = 0;

	for (int i = f->threshold.from; i < SEVERITIES; i++)
		n += f->written[i];
	return f->threshold.n > 0 && n >= f->threshold.n;
}

void
findings_raise(struct findings *f, struct body *b, const struct finding *finding)
{
	static const enum fact_column before[] = {COL_REGION, COL_BODY_KIND, COL_BODY, COL_YEAR, COL_FORM};
	static const enum fact_column place[] = {COL_SOURCE, COL_TABLE, COL_ROW, COL_COL, COL_LINE};
	const struct rule *rule = &f->rules->rule[finding->rule];
	const struct fact *fact = &b->fact[finding->fact];
	struct sides s = format_sides(f, finding);
	uint64_t line = 0;
	size_t n;
	const struct span *field;
	struct writer *w = f->out;

	f->written[rule->severity]++;
	field = body_fields(b, fact, &n);
	(void)span_whole(body_of(b, field, COL_LINE), &line);
	finding_at(body_of(b, field, COL_SOURCE), (size_t)line,
		"%s %.*s: %.*s", message(severity_names[rule->severity]), SPAN_ARG(rule->id),
		SPAN_ARG(finding->message));
	if (!w)
		return;
	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		writer_field(w, field[b->place[before[i]]]);
		writer_char(w, ',');
	}
	writer_field(w, rule->id);
	writer_char(w, ',');
	writer_raw(w, span_str(severity_names[rule->severity]));
	writer_char(w, ',');
	writer_field(w, field[b->place[COL_INDICATOR]]);
	writer_char(w, ',');
	writer_field(w, field[b->place[COL_COLUMN]]);
	writer_char(w, ',');
	writer_raw(w, s.left);
	writer_char(w, ',');
	writer_raw(w, s.right);
	writer_char(w, ',');
	writer_raw(w, s.delta);
	for (size_t i = 0; i < sizeof place / sizeof *place; i++) {
		writer_char(w, ',');
		if (b->place[place[i]] != NO_COLUMN)
			writer_field(w, field[b->place[place[i]]]);
	}
	writer_char(w, ',');
	writer_field(w, finding->message);
	writer_char(w, ',');
	writer_field(w, finding->repair);
	if (f->fingerprints) {
		char hex[24];

		snprintf(hex, sizeof hex, ",%016llx",
			(unsigned long long)print_of(f, b, finding, &s));
		writer_raw(w, span_str(hex));
	}
	writer_end(w);
}

void
findings_release(struct findings *f)
{
	buf_release(&f->text);
	free(f->said);
	verdicts_free(f->verdicts);
}
