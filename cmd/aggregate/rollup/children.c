#include "children.h"

#include <stdio.h>
#include <stdlib.h>

#include "aggregate.h"
#include "buf.h"
#include "expression.h"
#include "records.h"
#include "table.h"

TABLE_DECLARE(forms_checks);

struct check {
	struct span id, form, severity, indicator, column;
	bool here; /* it speaks of the block at hand */
};

/* Where a figure stands: body_kind, body, source, table, row, col, line, as one string each after a 0. */
static const enum fact_column where[] = {FACT_BODY_KIND, FACT_BODY, FACT_SOURCE, FACT_TABLE, FACT_ROW,
	FACT_COL, FACT_LINE};
enum { WHERE = sizeof where / sizeof *where };

struct finding {
	char *line;
	size_t n;
};

struct children {
	struct table *table;
	struct check *check;
	size_t nchecks, checks_cap;
	struct intern places; /* "check\0region\0year" */
	struct buf *place;    /* of each */
	size_t nplaces, places_cap;
	struct writer *out;
	struct finding *finding;
	size_t nfindings, findings_cap;
	struct buf key, value;
};

/* The check that is `children(REF) <= REF`; false for any other. */
static bool
take_check(const struct expression *e, struct check *check)
{
	const struct ref *sum = e->refs, *reported = e->refs + 1;

	if (e->kind != EXPRESSION_RELATION || e->nrelations != 1 || e->nrefs != 2 || e->relations[0].op != OP_AT_MOST ||
		e->relations[0].nleft != 1 || sum->kind != REF_CHILDREN || reported->kind != REF_CELL || reported->prev ||
		sum->sign != '+' || reported->sign != '+' || !span_eq(sum->code, reported->code) ||
		!span_eq(sum->column, reported->column))
		return false;
	check->indicator = sum->code;
	check->column = sum->column.n ? sum->column : SPAN("value");
	return true;
}

/* The checks over the divisions under a region; false, said, if a row is no check. */
static bool
read_checks(struct children *c)
{
	const struct table *t = c->table;
	size_t id = table_column(t, "id"), form = table_column(t, "form"), severity = table_column(t, "severity");
	size_t expression = table_column(t, "expression");
	struct expression e = EXPRESSION_INIT;
	bool good = true;

	for (size_t i = 0; i < t->nrows && good; i++) {
		struct check check = {.id = table_cell(t, i, id), .form = table_cell(t, i, form),
			.severity = table_cell(t, i, severity)};

		good = expression_read(t->path, t->line[i], table_cell(t, i, id), table_cell(t, i, expression), &e);
		if (!good || !take_check(&e, &check))
			continue;
		c->check = grow(c->check, c->nchecks, &c->checks_cap, sizeof *c->check);
		c->check[c->nchecks++] = check;
	}
	expression_release(&e);
	return good;
}

struct children *
children_open(const char *path, const char *tables)
{
	struct children *c = xcalloc(1, sizeof *c);

	intern_init(&c->places);
	c->table = table_load(TABLE_SOURCE(forms, checks), tables);
	c->out = c->table && read_checks(c) ? writer_open(path) : NULL;
	if (!c->out) {
		(void)children_close(c);
		return NULL;
	}
	return c;
}

static uint32_t
place_of(struct children *c, const struct check *check, struct span region, struct span year, bool add)
{
	struct span key = intern_joined(&c->key, (struct span[]){check->id, region, year}, 3);

	return add ? intern_id(&c->places, key) : intern_find(&c->places, key);
}

void
children_note(struct children *c, const struct fact_places *at, const struct record *rec)
{
	for (size_t i = 0; i < c->nchecks; i++) {
		const struct check *check = &c->check[i];
		uint32_t id;

		if (!span_eq(fact_field(at, rec, FACT_INDICATOR), check->indicator) ||
			!span_eq(fact_field(at, rec, FACT_FORM), check->form) ||
			!span_eq(fact_field(at, rec, FACT_COLUMN), check->column) ||
			span_eq(fact_field(at, rec, FACT_SCOPE), SPAN("tier")))
			continue;
		id = place_of(c, check, fact_field(at, rec, FACT_REGION), fact_field(at, rec, FACT_YEAR), true);
		if (id == c->nplaces) {
			c->place = grow(c->place, c->nplaces, &c->places_cap, sizeof *c->place);
			c->place[c->nplaces++] = BUF_INIT;
		}
		buf_reset(&c->value);
		for (size_t w = 0; w < WHERE; w++) {
			buf_add_span(&c->value, fact_field(at, rec, where[w]));
			buf_add_char(&c->value, '\0');
		}
		/* The first in byte order, so that the order of the facts does not matter. */
		if (c->place[id].n == 0 || span_cmp(buf_span(&c->value), buf_span(&c->place[id])) < 0) {
			buf_reset(&c->place[id]);
			buf_add_span(&c->place[id], buf_span(&c->value));
		}
	}
}

void
children_block(struct children *c, const struct aggregate *a, const struct groups *cells,
	uint32_t group)
{
	size_t indicator = keys_find(&a->keys, SPAN("indicator")), column = keys_find(&a->keys, SPAN("column"));

	for (size_t i = 0; i < c->nchecks; i++) {
		struct check *check = &c->check[i];

		check->here = indicator != SIZE_MAX && column != SIZE_MAX &&
			      span_eq(intern_text(&a->keys.key[indicator].texts,
					      groups_id(cells, group, indicator)),
				      check->indicator) &&
			      span_eq(intern_text(&a->keys.key[column].texts, groups_id(cells, group, column)),
				      check->column);
	}
}

/* One CSV field and a comma. */
static void
put(struct buf *out, struct span text)
{
	writer_field_into(out, text);
	buf_add_char(out, ',');
}

static void
put_decimal(struct buf *out, struct decimal d)
{
	char text[DECIMAL_MAX];

	put(out, (struct span){text, decimal_format(d, text)});
}

void
children_check(struct children *c, const struct node *node, int year, struct decimal reported,
	struct decimal parts)
{
	struct decimal delta = DECIMAL_ZERO;
	char region[16], years[16], left[DECIMAL_MAX], right[DECIMAL_MAX];

	if (decimal_cmp(parts, reported) <= 0 || !decimal_sub(parts, reported, &delta))
		return;
	snprintf(region, sizeof region, "%06u", (unsigned)node->code % 1000000);
	snprintf(years, sizeof years, "%04d", year);
	for (size_t i = 0; i < c->nchecks; i++) {
		const struct check *check = &c->check[i];
		uint32_t id = check->here ? place_of(c, check, span_of(region, 6), span_of(years, 4), false)
					  : UINT32_MAX;
		struct span part[WHERE], rest;
		struct buf line = BUF_INIT;

		if (id == UINT32_MAX)
			continue;
		rest = buf_span(&c->place[id]);
		for (size_t w = 0; w < WHERE; w++)
			part[w] = span_cut(&rest, '\0');
		put(&line, span_of(region, 6));
		put(&line, part[0]);
		put(&line, part[1]);
		put(&line, span_of(years, 4));
		put(&line, check->form);
		put(&line, check->id);
		put(&line, check->severity);
		put(&line, check->indicator);
		put(&line, check->column);
		put_decimal(&line, parts);
		put_decimal(&line, reported);
		put_decimal(&line, delta);
		for (size_t w = 2; w < WHERE; w++)
			put(&line, part[w]);
		buf_printf(&line, "the divisions right under it that report add up to %.*s: it reports %.*s,",
			(int)decimal_format(parts, left), left, (int)decimal_format(reported, right), right);
		c->finding = grow(c->finding, c->nfindings, &c->findings_cap, sizeof *c->finding);
		c->finding[c->nfindings++] = (struct finding){line.p, line.n};
	}
}

static int
by_line(const void *x, const void *y)
{
	const struct finding *a = x, *b = y;

	return span_cmp(span_of(a->line, a->n), span_of(b->line, b->n));
}

enum status
children_close(struct children *c)
{
	enum status status = c->nfindings ? STATUS_FINDINGS : STATUS_OK;

	if (c->out) {
		writer_raw(c->out, SPAN(FINDINGS_COLUMNS "\n"));
		if (c->nfindings)
			qsort(c->finding, c->nfindings, sizeof *c->finding, by_line);
		for (size_t i = 0; i < c->nfindings; i++) {
			writer_raw(c->out, span_of(c->finding[i].line, c->finding[i].n));
			writer_end(c->out);
			free(c->finding[i].line);
		}
		status = worse(status, writer_close(c->out));
	}
	for (size_t i = 0; i < c->nplaces; i++)
		buf_release(&c->place[i]);
	free(c->place);
	free(c->finding);
	free(c->check);
	intern_release(&c->places);
	table_free(c->table);
	buf_release(&c->key);
	buf_release(&c->value);
	free(c);
	return status;
}
