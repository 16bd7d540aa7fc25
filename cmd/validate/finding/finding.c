#include "finding.h"

#include <stdio.h>
#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "records.h"
#include "writer.h"

void
findings_header(struct findings *f)
{
	if (!f->out)
		return;
	writer_raw(f->out, SPAN(FINDINGS_COLUMNS));
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
		[MARK_REGION] = field[b->place[COL_REGION]],
		[MARK_BODY_KIND] = field[b->place[COL_BODY_KIND]],
		[MARK_BODY] = field[b->place[COL_BODY]],
		[MARK_YEAR] = field[b->place[COL_YEAR]],
		[MARK_CHECK] = f->rules->rule[finding->rule].id,
		[MARK_INDICATOR] = field[b->place[COL_INDICATOR]],
		[MARK_COLUMN] = field[b->place[COL_COLUMN]],
		[MARK_LEFT] = s->left,
		[MARK_RIGHT] = s->right,
	};

	return verdicts_fingerprint(mark);
}

enum verdict
findings_verdict(struct findings *f, struct body *b, const struct finding *finding)
{
	struct sides s;

	if (!f->verdicts)
		return VERDICT_NONE;
	s = format_sides(f, finding);
	return verdicts_find(f->verdicts, print_of(f, b, finding, &s));
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

/* A line of --findings; `field` are the fact's. */
static void
write_finding(const struct findings *f, struct body *b, const struct finding *finding, const struct sides *s,
	const struct span *field)
{
	static const enum fact_column before[] = {COL_REGION, COL_BODY_KIND, COL_BODY, COL_YEAR, COL_FORM};
	static const enum fact_column place[] = {COL_SOURCE, COL_TABLE, COL_ROW, COL_COL, COL_LINE};
	const struct rule *rule = &f->rules->rule[finding->rule];
	struct writer *w = f->out;

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
	writer_raw(w, s->left);
	writer_char(w, ',');
	writer_raw(w, s->right);
	writer_char(w, ',');
	writer_raw(w, s->delta);
	for (size_t i = 0; i < sizeof place / sizeof *place; i++) {
		writer_char(w, ',');
		writer_field(w, body_of(b, field, place[i]));
	}
	writer_char(w, ',');
	writer_field(w, finding->message);
	writer_char(w, ',');
	writer_field(w, finding->repair);
	if (f->fingerprints) {
		char hex[24];

		snprintf(hex, sizeof hex, ",%016llx", (unsigned long long)print_of(f, b, finding, s));
		writer_raw(w, span_str(hex));
	}
	writer_end(w);
}

void
findings_raise(struct findings *f, struct body *b, const struct finding *finding)
{
	const struct rule *rule = &f->rules->rule[finding->rule];
	struct sides s = format_sides(f, finding);
	uint64_t line = 0;
	size_t n;
	const struct span *field = body_fields(b, &b->fact[finding->fact], &n);

	f->written[rule->severity]++;
	(void)span_whole(body_of(b, field, COL_LINE), &line);
	finding_at(body_of(b, field, COL_SOURCE), (size_t)line,
		"%s %.*s: %.*s", message(severity_names[rule->severity]), SPAN_ARG(rule->id),
		SPAN_ARG(finding->message));
	if (f->out)
		write_finding(f, b, finding, &s, field);
}

void
findings_release(struct findings *f)
{
	buf_release(&f->text);
	free(f->said);
	verdicts_free(f->verdicts);
}
