#include "verdicts.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "table.h"

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

static const char *const mark_names[MARKS] = {
	[MARK_REGION] = "region",
	[MARK_BODY_KIND] = "body_kind",
	[MARK_BODY] = "body",
	[MARK_YEAR] = "year",
	[MARK_CHECK] = "check",
	[MARK_INDICATOR] = "indicator",
	[MARK_COLUMN] = "column",
	[MARK_LEFT] = "left",
	[MARK_RIGHT] = "right",
};

uint64_t
verdicts_fingerprint(const struct span mark[MARKS])
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

		if (!(is_digit(c) || (c >= 'a' && c <= 'f')))
			return false;
		*h = *h << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	return s.n == 16;
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
	text = table_cell_if(t, row, print);
	if (text.n) {
		if (parse_fingerprint(text, &j->fingerprint))
			return true;
		warn("%s:%zu: '%.*s' is no fingerprint", t->path, t->line[row], SPAN_ARG(text));
		return false;
	}
	if (mark[0] != SIZE_MAX) {
		struct span value[MARKS];

		for (size_t i = 0; i < MARKS; i++)
			value[i] = table_cell(t, row, mark[i]);
		j->fingerprint = verdicts_fingerprint(value);
		return true;
	}
	warn("%s:%zu: the fingerprint is missing", t->path, t->line[row]);
	return false;
}

void
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
	print = table_find(t, "fingerprint");
	for (size_t i = 0; i < MARKS; i++)
		if ((mark[i] = table_find(t, mark_names[i])) == SIZE_MAX)
			mark[0] = SIZE_MAX;
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

enum verdict
verdicts_find(const struct verdicts *v, uint64_t fingerprint)
{
	struct judged key = {.fingerprint = fingerprint};
	const struct judged *hit = v ? bsearch(&key, v->judged, v->n, sizeof key, judged_cmp) : NULL;

	return hit ? hit->verdict : VERDICT_NONE;
}
