/*
 * normalize: what stands on a page becomes what it says: one spelling, exact numbers, units, and the
 * quantities inside prose.
 */
#include <stdlib.h>

#include "cell.h"
#include "figure.h"
#include "filter.h"
#include "fold.h"
#include "words.h"

enum wanted { KIND, SOURCE, LINE, TEXT, WANTED };

static const struct column wanted[WANTED] = {
	[KIND] = {"kind", "extract", false},
	[SOURCE] = {"source", "extract", false},
	[LINE] = {"line", "extract", false},
	[TEXT] = {"text", "extract", false},
};

enum added { VALUE, UNIT, STATE, ADDED };

static const char *const added[ADDED] = {"value", "unit", "state"};

static const struct program program = {
	.name = "normalize",
	.summary = "say what the pieces of a page say: canonical text, exact numbers, units",
	.operands = "[FILE]...",
	.example = "extract page.html | normalize",
	.shared = OPTIONS_RECORDS | OPTIONS_TABLES,
};

struct normalize {
	struct filter *f;
	struct words *words;
	struct figures *figures;
	size_t column[WANTED];
	bool appends; /* the added columns are new, so they come last and in order */
	struct buf text;     /* the folded text */
	struct span *fields; /* of a record that is written with changes */
	size_t fields_cap;
};

static size_t
line_of(const struct normalize *n, const struct record *rec)
{
	struct span s = rec->field[n->column[LINE]];
	size_t line = 0;

	for (size_t i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && line < SIZE_MAX / 100; i++)
		line = line * 10 + (size_t)(s.p[i] - '0');
	return line;
}

static void
say_overflow(struct normalize *n, const struct record *rec)
{
	finding_at(rec->field[n->column[SOURCE]], line_of(n, rec), "a number too large or too fine is kept as text");
	filter_note(n->f, STATUS_FINDINGS);
	filter_count(n->f, "overflow", 1);
}

/* The record with kind and text replaced. */
static void
write_changed(struct normalize *n, const struct record *rec, struct span kind, struct span text,
	const struct span *values)
{
	struct record changed = *rec;

	if (rec->nfields > n->fields_cap) {
		n->fields = xreallocarray(n->fields, rec->nfields, sizeof *n->fields);
		n->fields_cap = rec->nfields;
	}
	memcpy(n->fields, rec->field, rec->nfields * sizeof *n->fields);
	n->fields[n->column[KIND]] = kind;
	n->fields[n->column[TEXT]] = text;
	changed.field = n->fields;
	writer_changed(n->f->out, &changed, values);
}

/* Folds the text; true if that changed it. */
static bool
fold(struct normalize *n, struct span *text)
{
	if (!fold_needed(*text))
		return false;
	buf_reset(&n->text);
	fold_text(*text, &n->text);
	*text = buf_span(&n->text);
	return true;
}

/* A canonical count and nothing else: the most frequent of cells. */
static bool
is_plain_count(struct span s)
{
	if (s.n == 0 || s.n > 18 || (s.p[0] == '0' && s.n > 1))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

/* A record that only gets its three values: in one go where they come last. */
static void
write_values(struct normalize *n, const struct record *rec, const struct span *values)
{
	struct writer *w = n->f->out;
	char *at;

	if (!n->appends) {
		writer_record(w, rec, values);
		return;
	}
	writer_room(w, rec->key.n + rec->line.n + values[VALUE].n + values[UNIT].n + values[STATE].n + 4);
	at = w->at;
	if (rec->key.n)
		memcpy(at, rec->key.p, rec->key.n);
	at += rec->key.n;
	memcpy(at, rec->line.p, rec->line.n);
	at += rec->line.n;
	/* None of the three ever needs quotes. */
	for (size_t i = 0; i < ADDED; i++) {
		*at++ = ',';
		for (size_t k = 0; k < values[i].n; k++)
			*at++ = values[i].p[k];
	}
	w->at = at;
	writer_end(w);
}

static void
write_cell(struct normalize *n, const struct record *rec)
{
	struct span values[ADDED] = {{NULL, 0}}, text = rec->field[n->column[TEXT]];
	char digits[DECIMAL_MAX];
	struct reading r;
	bool changed;

	if (is_plain_count(text)) {
		values[VALUE] = text;
		values[STATE] = state_name[STATE_NUMBER];
		write_values(n, rec, values);
		return;
	}
	changed = fold(n, &text);
	r = cell_read(n->words, text);
	if (r.state == STATE_NUMBER || r.state == STATE_ABOUT)
		values[VALUE] = (struct span){digits, decimal_format(r.value, digits)};
	if (r.overflow)
		say_overflow(n, rec);
	values[UNIT] = r.unit;
	values[STATE] = state_name[r.state];
	if (changed)
		write_changed(n, rec, rec->field[n->column[KIND]], text, values);
	else
		write_values(n, rec, values);
}

static void
write_figure(void *context, const struct record *rec, struct span text, const struct reading *r)
{
	struct normalize *n = context;
	struct span values[ADDED] = {{NULL, 0}};
	char digits[DECIMAL_MAX];

	if (r->state != STATE_TEXT)
		values[VALUE] = (struct span){digits, decimal_format(r->value, digits)};
	if (r->overflow)
		say_overflow(n, rec);
	values[UNIT] = r->unit;
	values[STATE] = state_name[r->state];
	write_changed(n, rec, SPAN("figure"), text, values);
	filter_count(n->f, "figures", 1);
}

static void
normalize(struct normalize *n, const struct record *rec)
{
	static const struct span none[ADDED] = {{NULL, 0}};
	struct span kind = rec->field[n->column[KIND]], text = rec->field[n->column[TEXT]];

	if (span_eq(kind, SPAN("cell"))) {
		write_cell(n, rec);
		return;
	}
	/* Of an earlier run: they are found again in their text. */
	if (span_eq(kind, SPAN("figure")))
		return;
	if (!span_eq(kind, SPAN("page")) && fold(n, &text))
		write_changed(n, rec, kind, text, none);
	else
		write_values(n, rec, none);
	if (span_eq(kind, SPAN("text")))
		figures_find(n->figures, rec, text, write_figure, n);
}

int
main(int argc, char **argv)
{
	struct filter f;
	struct normalize n = {.f = &f};
	struct record rec;

	if (filter_open(&f, &program, argc, argv, NULL, NULL) && filter_read(&f, wanted, WANTED)) {
		n.words = words_load(f.options.tables);
		if (!n.words) {
			filter_note(&f, STATUS_USAGE);
		} else {
			n.figures = figures_new(n.words);
			for (size_t i = 0; i < WANTED; i++)
				n.column[i] = reader_column(f.in, i);
			writer_header(f.out, f.in, added, ADDED, !f.options.no_header_out);
			n.appends = !f.out->overwrites;
			while (filter_next(&f, &rec))
				normalize(&n, &rec);
		}
	}
	figures_free(n.figures);
	words_free(n.words);
	buf_release(&n.text);
	free(n.fields);
	return filter_close(&f);
}
