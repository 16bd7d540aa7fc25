/*
 * normalize: what stands on a page becomes what it says: one spelling, exact numbers, units, and the
 * quantities inside prose.
 */
#include <stdlib.h>

#include <utf8proc.h>

#include "cell.h"
#include "figure.h"
#include "filter.h"
#include "fold.h"
#include "memo.h"
#include "records.h"
#include "script.h"
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
	.summary = "Says what the pieces of a page say: canonical text, exact numbers, units.",
	.operands = "[FILE]...",
	.columns = PIECES_COLUMNS,
	.example = "extract page.html | normalize",
	.own_library = "utf8proc",
	.own_library_version = utf8proc_version,
	.shared = OPTIONS_RECORDS | OPTIONS_TABLES,
};

/* What a short text was read as (memo); on a page in traditional characters, with the last beside it. */
enum { AS_CELL, AS_PROSE, AS_TEXT, IN_TRADITIONAL };

struct normalize {
	struct filter *f;
	struct words *words;
	struct figures *figures;
	struct memo *memo;
	struct script *script;
	size_t found; /* figures of the piece at hand */
	size_t column[WANTED];
	bool appends; /* the added columns are new, so they come last and in order */
	struct buf text;     /* the folded text */
	struct buf plain;    /* the same in simplified characters */
	struct span *fields; /* of a record that is written with changes */
	size_t fields_cap;
};

static size_t
line_of(const struct normalize *n, const struct record *rec)
{
	struct span s = rec->field[n->column[LINE]];
	size_t line = 0;

	for (size_t i = 0; i < s.n && is_digit(s.p[i]) && line < SIZE_MAX / 100; i++)
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

static void
add_values(struct writer *w, const struct span *values)
{
	char *at;

	writer_room(w, values[VALUE].n + values[UNIT].n + values[STATE].n + ADDED);
	at = w->at;
	/* None of the three ever needs quotes. */
	for (size_t i = 0; i < ADDED; i++) {
		*at++ = ',';
		for (size_t k = 0; k < values[i].n; k++)
			*at++ = values[i].p[k];
	}
	w->at = at;
	writer_end(w);
}

/* A record that only gets its three values: in one go where they come last. */
static void
write_values(struct normalize *n, const struct record *rec, const struct span *values)
{
	struct writer *w = n->f->out;

	if (!n->appends) {
		writer_record(w, rec, values);
		return;
	}
	writer_raw(w, rec->key);
	writer_raw(w, rec->line);
	add_values(w, values);
}

static bool
inside(struct span part, struct span whole)
{
	return part.p >= whole.p && part.p + part.n <= whole.p + whole.n;
}

/* The record with kind and text replaced: around them the line as it is, if it has no quotes. */
static void
write_changed(struct normalize *n, const struct record *rec, struct span kind, struct span text,
	const struct span *values)
{
	struct span k = rec->field[n->column[KIND]], t = rec->field[n->column[TEXT]], line = rec->line;
	struct writer *w = n->f->out;
	struct record changed = *rec;

	if (n->appends && k.p < t.p && inside(k, line) && inside(t, line)) {
		writer_raw(w, rec->key);
		writer_raw(w, (struct span){line.p, (size_t)(k.p - line.p)});
		writer_raw(w, kind);
		writer_raw(w, (struct span){k.p + k.n, (size_t)(t.p - k.p) - k.n});
		writer_field(w, text);
		writer_raw(w, (struct span){t.p + t.n, (size_t)(line.p + line.n - t.p) - t.n});
		add_values(w, values);
		return;
	}
	if (rec->nfields > n->fields_cap) {
		n->fields = xreallocarray(n->fields, rec->nfields, sizeof *n->fields);
		n->fields_cap = rec->nfields;
	}
	memcpy(n->fields, rec->field, rec->nfields * sizeof *n->fields);
	n->fields[n->column[KIND]] = kind;
	n->fields[n->column[TEXT]] = text;
	changed.field = n->fields;
	writer_changed(w, &changed, values);
}

/* Folds the text, and gives it in simplified characters if it is in traditional ones; true if that changed it. */
static bool
fold(struct normalize *n, bool traditional, struct span *text)
{
	bool changed = fold_needed(*text);

	if (changed) {
		buf_reset(&n->text);
		fold_text(*text, &n->text);
		*text = buf_span(&n->text);
	}
	if (traditional) {
		buf_reset(&n->plain);
		changed |= script_simplify(n->script, *text, &n->plain);
		*text = buf_span(&n->plain);
	}
	return changed;
}

/* A canonical count and nothing else: the most frequent of cells. */
static bool
is_plain_count(const char *p, size_t n)
{
	if (n == 0 || n > 18 || (p[0] == '0' && n > 1))
		return false;
	for (size_t i = 0; i < n; i++)
		if (p[i] < '0' || p[i] > '9')
			return false;
	return true;
}

/* Such a cell, or one without text. */
static bool
write_plain(struct normalize *n, const struct record *rec)
{
	static const char blank[] = ",,,blank\n", number[] = ",,number\n";
	/* Pointer and length one by one: the reader has just stored them so, and a load of both would wait. */
	const struct span *text = &rec->field[n->column[TEXT]];
	const char *p = text->p;
	size_t length = text->n;
	struct writer *w = n->f->out;
	char *at;

	if (!n->appends || rec->key.n || (length && !is_plain_count(p, length)))
		return false;
	writer_room(w, rec->line.n + length + sizeof number);
	at = w->at;
	memcpy(at, rec->line.p, rec->line.n);
	at += rec->line.n;
	if (length) {
		*at++ = ',';
		for (size_t i = 0; i < length; i++)
			*at++ = p[i];
		memcpy(at, number, sizeof number - 1);
	} else {
		memcpy(at, blank, sizeof blank - 1);
	}
	w->at = at + (length ? sizeof number : sizeof blank) - 1;
	w->lines++;
	return true;
}

/* A text that was read before: its record is written. */
static bool
write_known(struct normalize *n, const struct record *rec, uint8_t kind, struct span text)
{
	const struct memo_entry *e = memo_find(n->memo, kind, text);
	struct span values[ADDED];

	if (!e)
		return false;
	values[VALUE] = (struct span){e->value, e->value_length};
	values[UNIT] = e->unit;
	values[STATE] = state_names[e->state];
	if (e->changed)
		write_changed(n, rec, rec->field[n->column[KIND]], (struct span){e->folded, e->folded_length}, values);
	else
		write_values(n, rec, values);
	return true;
}

static void
write_cell(struct normalize *n, const struct record *rec)
{
	struct span values[ADDED] = {{NULL, 0}}, as_is = rec->field[n->column[TEXT]], text = as_is;
	char digits[DECIMAL_MAX];
	struct reading r;
	bool traditional = script_is_traditional(n->script, text), changed;
	uint8_t kind = traditional ? AS_CELL + IN_TRADITIONAL : AS_CELL;

	if (write_known(n, rec, kind, text))
		return;
	changed = fold(n, traditional, &text);
	r = cell_read(n->words, text);
	if (r.state == STATE_NUMBER || r.state == STATE_ABOUT)
		values[VALUE] = (struct span){digits, decimal_format(r.value, digits)};
	if (r.overflow)
		say_overflow(n, rec);
	else
		memo_keep(n->memo, kind, as_is, changed, text, r.state, values[VALUE], r.unit);
	values[UNIT] = r.unit;
	values[STATE] = state_names[r.state];
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
	values[STATE] = state_names[r->state];
	write_changed(n, rec, SPAN("figure"), text, values);
	n->found++;
	filter_count(n->f, "figures", 1);
}

/* A piece of prose or another that is no cell; only prose has figures. */
static void
write_text(struct normalize *n, const struct record *rec, bool prose)
{
	static const struct span none[ADDED] = {{NULL, 0}};
	struct span as_is = rec->field[n->column[TEXT]], text = as_is;
	bool traditional = script_is_traditional(n->script, text), changed;
	uint8_t kind = (uint8_t)((prose ? AS_PROSE : AS_TEXT) + (traditional ? IN_TRADITIONAL : 0));

	if (write_known(n, rec, kind, text))
		return;
	changed = fold(n, traditional, &text);
	if (changed)
		write_changed(n, rec, rec->field[n->column[KIND]], text, none);
	else
		write_values(n, rec, none);
	n->found = 0;
	if (prose)
		figures_find(n->figures, rec, text, write_figure, n);
	if (n->found == 0)
		memo_keep(n->memo, kind, as_is, changed, text, STATE_NONE, none[VALUE], none[UNIT]);
}

static bool
is_kind(const struct span *kind, const char *name, size_t length)
{
	return kind->n == length && memcmp(kind->p, name, length) == 0;
}

static void
normalize(struct normalize *n, const struct record *rec)
{
	static const struct span none[ADDED] = {{NULL, 0}};
	const struct span *kind = &rec->field[n->column[KIND]];

	if (is_kind(kind, "cell", 4)) {
		if (!write_plain(n, rec))
			write_cell(n, rec);
	} else if (is_kind(kind, "page", 4)) {
		script_page(n->script);
		write_values(n, rec, none);
	/* Figures of an earlier run are found again in their text. */
	} else if (!is_kind(kind, "figure", 6)) {
		write_text(n, rec, is_kind(kind, "text", 4));
	}
}

int
main(int argc, char **argv)
{
	struct filter f;
	struct normalize n = {.f = &f};
	struct record rec;

	if (filter_open(&f, &program, argc, argv, NULL, NULL) && filter_read(&f, wanted, WANTED)) {
		n.words = words_load(f.options.tables);
		n.script = script_new(f.options.tables);
		if (!n.words || !n.script) {
			filter_note(&f, STATUS_USAGE);
		} else {
			n.figures = figures_new(n.words);
			n.memo = memo_new();
			for (size_t i = 0; i < WANTED; i++)
				n.column[i] = reader_column(f.in, i);
			writer_header(f.out, f.in, added, ADDED, !f.options.no_header_out);
			n.appends = !f.out->overwrites;
			while (filter_next(&f, &rec))
				normalize(&n, &rec);
		}
	}
	figures_free(n.figures);
	memo_free(n.memo);
	script_free(n.script);
	words_free(n.words);
	buf_release(&n.text);
	buf_release(&n.plain);
	free(n.fields);
	return filter_close(&f);
}
