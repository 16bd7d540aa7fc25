#include "form.h"

#include <stdlib.h>

#include "diag.h"
#include "table.h"

TABLE_DECLARE(forms_variants);
TABLE_DECLARE(forms_headers);
TABLE_DECLARE(forms_editions);

enum {
	CUT_LEAST = 6,  /* bytes of a header cut short: two characters */
	MOST_ABOVE = 8, /* rows above another in meaning */
};

const char *const match_names[MATCHES] = {"", "exact", "variant", "aligned", "pattern"};

/* keys: each distinct one gets an id, and what is known of it stands in an array by id */

struct key_slot {
	uint64_t hash;
	size_t at, n; /* of key_index.bytes */
	uint32_t id;  /* from 1; 0: free */
};

struct key_index {
	struct key_slot *slot;
	size_t mask;
	uint32_t n;
	struct buf bytes;
	size_t longest; /* key */
	/* Rows: refs of id are ref[first[id - 1] .. first[id]).  Headers: the role of id. */
	struct row_ref *ref;
	/* Until they are sorted: the owner of each ref, and the one before it of the same owner plus 1; the last of an id. */
	uint32_t *owner, *before, *last;
	size_t nrefs, refs_cap, owner_cap, before_cap, last_cap;
	uint32_t *first;
	uint8_t *role;
	size_t roles_cap;
};

static struct key_index *
index_new(void)
{
	struct key_index *x = xcalloc(1, sizeof *x);

	x->mask = 63;
	x->slot = xcalloc(x->mask + 1, sizeof *x->slot);
	return x;
}

static void
index_free(struct key_index *x)
{
	if (!x)
		return;
	free(x->slot);
	free(x->ref);
	free(x->owner);
	free(x->before);
	free(x->last);
	free(x->first);
	free(x->role);
	buf_release(&x->bytes);
	free(x);
}

static uint32_t
index_find(const struct key_index *x, uint64_t hash, struct span key)
{
	for (size_t i = (size_t)hash & x->mask;; i = (i + 1) & x->mask) {
		const struct key_slot *s = &x->slot[i];

		if (!s->id)
			return 0;
		if (s->hash == hash && s->n == key.n && memcmp(x->bytes.p + s->at, key.p, key.n) == 0)
			return s->id;
	}
}

static void
index_put(struct key_index *x, struct key_slot what)
{
	size_t i = (size_t)what.hash & x->mask;

	while (x->slot[i].id)
		i = (i + 1) & x->mask;
	x->slot[i] = what;
}

static uint32_t
index_add(struct key_index *x, uint64_t hash, struct span key)
{
	uint32_t id = index_find(x, hash, key);

	if (id || key.n == 0)
		return id;
	if (2 * (size_t)(x->n + 1) > x->mask) {
		struct key_slot *old = x->slot;
		size_t n = x->mask + 1;

		x->mask = 2 * n - 1;
		x->slot = xcalloc(2 * n, sizeof *x->slot);
		for (size_t i = 0; i < n; i++)
			if (old[i].id)
				index_put(x, old[i]);
		free(old);
	}
	index_put(x, (struct key_slot){hash, x->bytes.n, key.n, ++x->n});
	buf_add_span(&x->bytes, key);
	if (key.n > x->longest)
		x->longest = key.n;
	return x->n;
}

static uint32_t
index_add_label(struct key_index *x, const struct label_words *labels, struct span text, struct buf *keys)
{
	struct label label;

	buf_reset(keys);
	label = label_read(labels, text, keys);
	return index_add(x, label.hash, label.key);
}

/* The last ref of an id so far, plus 1; 0 if it has none. */
static uint32_t
last_ref(const struct key_index *x, uint32_t id)
{
	return id < x->last_cap ? x->last[id] : 0;
}

static void
index_ref(struct key_index *x, uint32_t id, struct row_ref ref)
{
	if (!id)
		return;
	for (size_t i = last_ref(x, id); i; i = x->before[i - 1])
		if (x->ref[i - 1].form == ref.form && x->ref[i - 1].row == ref.row)
			return;
	while (x->last_cap <= id) {
		size_t had = x->last_cap;

		x->last = grow(x->last, had, &x->last_cap, sizeof *x->last);
		memset(x->last + had, 0, (x->last_cap - had) * sizeof *x->last);
	}
	x->before = grow(x->before, x->nrefs, &x->before_cap, sizeof *x->before);
	x->before[x->nrefs] = x->last[id];
	x->last[id] = (uint32_t)x->nrefs + 1;
	x->ref = grow(x->ref, x->nrefs, &x->refs_cap, sizeof *x->ref);
	x->owner = grow(x->owner, x->nrefs, &x->owner_cap, sizeof *x->owner);
	x->owner[x->nrefs] = id;
	x->ref[x->nrefs++] = ref;
}

static int
by_form_and_row(const void *a, const void *b)
{
	const struct row_ref *x = a, *y = b;

	return x->form != y->form ? (x->form > y->form) - (x->form < y->form)
				  : (x->row > y->row) - (x->row < y->row);
}

/* Brings the refs of each key together. */
static void
index_close(struct key_index *x)
{
	struct row_ref *sorted = xreallocarray(NULL, x->nrefs + 1, sizeof *sorted);

	x->first = xcalloc((size_t)x->n + 1, sizeof *x->first);
	for (size_t i = 0; i < x->nrefs; i++)
		x->first[x->owner[i]]++;
	for (uint32_t id = 1; id <= x->n; id++)
		x->first[id] += x->first[id - 1];
	for (size_t i = x->nrefs; i-- > 0;)
		sorted[--x->first[x->owner[i]]] = x->ref[i];
	/* first[id] is now where id begins: move it so that first[id - 1] is. */
	for (uint32_t id = 0; id < x->n; id++)
		x->first[id] = x->first[id + 1];
	x->first[x->n] = (uint32_t)x->nrefs;
	for (uint32_t id = 0; id < x->n; id++)
		qsort(sorted + x->first[id], x->first[id + 1] - x->first[id], sizeof *sorted,
			by_form_and_row);
	free(x->ref);
	x->ref = sorted;
}

/* the book */

static const struct {
	const char *name;
	enum header header;
} header_roles[] = {
	{"label", HEADER_LABEL}, {"serial", HEADER_SERIAL}, {"unit", HEADER_UNIT}, {"value", HEADER_VALUE},
	{"period", HEADER_PERIOD}, {"previous", HEADER_PREVIOUS}, {"cumulative", HEADER_CUMULATIVE}, {"growth", HEADER_GROWTH}, {"change", HEADER_CHANGE},
	{"remark", HEADER_REMARK},
};

/* 计量单位 ends as 单位 does, and is found by it. */
static void
add_unit_head(struct form_book *book, struct span word)
{
	for (size_t i = 0; i < book->nunit_heads; i++)
		if (span_ends(word, book->unit_head[i]))
			return;
	book->unit_head = grow(book->unit_head, book->nunit_heads, &book->unit_heads_cap, sizeof *book->unit_head);
	book->unit_head[book->nunit_heads++] = word;
}

static bool
read_headers(struct form_book *book, const struct table *t, struct buf *keys)
{
	size_t header = table_column(t, "header"), role = table_column(t, "role");
	struct key_index *x = book->headers;

	for (size_t i = 0; i < t->nrows; i++) {
		struct span name = table_cell(t, i, role);
		uint32_t id = index_add_label(x, book->labels, table_cell(t, i, header), keys);
		enum header found = HEADER_NONE;

		for (size_t k = 0; k < sizeof header_roles / sizeof *header_roles; k++)
			if (span_eq(name, span_str(header_roles[k].name)))
				found = header_roles[k].header;
		if (!id || found == HEADER_NONE) {
			warn("%s:%zu: '%.*s' is no header or '%.*s' no role", t->path, t->line[i],
				SPAN_ARG(table_cell(t, i, header)), SPAN_ARG(name));
			return false;
		}
		x->role = grow(x->role, id, &x->roles_cap, sizeof *x->role);
		x->role[id] = (uint8_t)found;
		if (found == HEADER_UNIT)
			add_unit_head(book, table_cell(t, i, header));
	}
	return true;
}

static struct form_sheet *
sheet_of(struct edition *e, const struct forms *forms, struct span name)
{
	struct form_sheet *s;

	for (size_t i = 0; i < e->nsheets; i++)
		if (span_eq(e->sheet[i].name, name))
			return &e->sheet[i];
	e->sheet = grow(e->sheet, e->nsheets, &e->sheets_cap, sizeof *e->sheet);
	s = &e->sheet[e->nsheets++];
	*s = (struct form_sheet){.name = name};
	for (size_t i = 0; i < forms->ncolumns; i++) {
		const struct form_column *c = &forms->column[i];

		if (!span_eq(c->form, e->name) || !span_eq(c->table, name))
			continue;
		if (s->n == 0)
			s->first = i;
		if (i == s->first + s->n)
			s->n++;
		if (forms_row(forms, e->name, c->column))
			s->wide = true;
	}
	return s;
}

static struct edition *
edition_of(struct form_book *book, struct span name)
{
	for (size_t i = 0; i < book->neditions; i++)
		if (span_eq(book->edition[i].name, name))
			return &book->edition[i];
	book->edition = grow(book->edition, book->neditions, &book->editions_cap, sizeof *book->edition);
	book->edition[book->neditions] = (struct edition){.name = name};
	return &book->edition[book->neditions++];
}

/*
 * Adds the key of a row to a path, with `numbered` what stood before it that is kept within a label: its number, or the
 * word for a part of the row above.
 */
static void
add_step(const struct form_book *book, const struct edition_row *r, bool numbered, struct buf *path)
{
	char digits[3];
	size_t at = sizeof digits;

	if (numbered && r->of_which && book->labels->nof_which)
		buf_add_span(path, book->labels->of_which[0]);
	if (numbered && r->numbering == NUMBER_DIGIT && !r->of_which) {
		for (unsigned n = r->number; n; n /= 10)
			digits[--at] = (char)('0' + n % 10);
		buf_add(path, digits + at, sizeof digits - at);
	}
	buf_add(path, book->keys.p + r->key, r->nkey);
}

/*
 * The key of a row behind those of the rows above it in meaning, one of them or more, as pages have it whose cells that
 * span rows were written into each: 三、本年度办理结果/（三）不予公开/1.属于国家秘密, with the numbers or without.
 */
static void
add_paths(struct form_book *book, uint16_t form, uint16_t row, struct buf *path)
{
	const struct edition *e = &book->edition[form];
	uint16_t above[MOST_ABOVE];
	size_t n = 0;

	for (uint16_t r = e->row[row].parent; r != NO_ROW && n < MOST_ABOVE; r = e->row[r].parent)
		above[n++] = r;
	for (size_t from = n; from > 0; from--)
		for (int numbered = 0; numbered < 2; numbered++) {
			buf_reset(path);
			for (size_t i = from; i-- > 0;)
				add_step(book, &e->row[above[i]], numbered && i + 1 < from, path);
			add_step(book, &e->row[row], numbered, path);
			index_ref(book->rows, index_add(book->rows, span_hash(buf_span(path)), buf_span(path)),
				(struct row_ref){form, row, MATCH_VARIANT});
		}
}

static bool
read_rows(struct form_book *book, struct buf *keys)
{
	const struct forms *forms = book->forms;

	for (size_t i = 0; i < forms->nrows; i++) {
		const struct form_row *r = &forms->row[i];
		struct edition *e;
		struct form_sheet *s;
		struct label label;
		struct edition_row *er;

		if (r->table.n == 0)
			continue;
		e = edition_of(book, r->form);
		s = sheet_of(e, forms, r->table);
		if (s->wide) {
			index_add_label(book->wide, book->labels, r->core, keys);
			continue;
		}
		if (e->nrows == MAX_ROWS) {
			warn("form '%.*s' has over %d rows", SPAN_ARG(e->name), MAX_ROWS);
			return false;
		}
		buf_reset(keys);
		label = label_read(book->labels, r->label, keys);
		e->row = grow(e->row, e->nrows, &e->rows_cap, sizeof *e->row);
		er = &e->row[e->nrows];
		*er = (struct edition_row){
			.row = r,
			.sheet = (uint16_t)(s - e->sheet),
			.parent = NO_ROW,
			.numbering = (uint8_t)label.numbering,
			.number = label.number,
			.of_which = label.of_which,
			.key = book->keys.n,
			.nkey = label.key.n,
			.runes = xreallocarray(NULL, label.key.n + 1, sizeof *er->runes),
		};
		buf_add_span(&book->keys, label.key);
		er->nrunes = (uint16_t)label_runes(label.key, er->runes,
			label.key.n > 1000 ? 1000 : label.key.n);
		for (size_t k = 0; k < e->nrows; k++)
			if (span_eq(e->row[k].row->indicator, r->parent))
				er->parent = (uint16_t)k;
		index_ref(book->rows, index_add(book->rows, label.hash, label.key),
			(struct row_ref){(uint16_t)(e - book->edition), (uint16_t)e->nrows, MATCH_EXACT});
		index_ref(book->rows, index_add_label(book->rows, book->labels, r->core, keys),
			(struct row_ref){(uint16_t)(e - book->edition), (uint16_t)e->nrows, MATCH_EXACT});
		e->nrows++;
		add_paths(book, (uint16_t)(e - book->edition), (uint16_t)(e->nrows - 1), keys);
	}
	for (size_t i = 0; i < forms->ncolumns; i++)
		for (size_t e = 0; e < book->neditions; e++)
			if (span_eq(book->edition[e].name, forms->column[i].form))
				index_ref(book->columns, index_add_label(book->columns, book->labels, forms->column[i].label, keys),
					(struct row_ref){(uint16_t)e, (uint16_t)i, MATCH_EXACT});
	return true;
}

static void
read_editions(struct form_book *book, const struct table *t)
{
	size_t form = table_column(t, "form");

	for (size_t f = 0; f < book->neditions; f++) {
		struct edition *e = &book->edition[f];

		e->gathered = true;
		for (size_t i = 0; i < t->nrows; i++)
			e->gathered = e->gathered && !span_eq(table_cell(t, i, form), e->name);
	}
}

/* Whether the form has a row of these very words. */
static bool
is_exact(const struct key_index *x, uint32_t id, size_t form)
{
	for (size_t i = last_ref(x, id); i; i = x->before[i - 1])
		if (x->ref[i - 1].form == form && x->ref[i - 1].match == MATCH_EXACT)
			return true;
	return false;
}

/* A wording of one form is a variant in every other that has the row, and no row of just these words. */
static void
add_variant(struct form_book *book, uint32_t id, struct span indicator)
{
	for (size_t f = 0; f < book->neditions; f++) {
		const struct edition *e = &book->edition[f];

		for (size_t k = 0; k < e->nrows; k++)
			if (span_eq(e->row[k].row->indicator, indicator) && !is_exact(book->rows, id, f))
				index_ref(book->rows, id,
					(struct row_ref){(uint16_t)f, (uint16_t)k, MATCH_VARIANT});
	}
}

static void
read_variants(struct form_book *book, const struct table *t, struct buf *keys)
{
	size_t indicator = table_column(t, "indicator"), variant = table_column(t, "variant_zh");
	size_t kind = table_column(t, "kind"), column = table_column(t, "column");

	for (size_t f = 0; f < book->neditions; f++)
		for (size_t k = 0; k < book->edition[f].nrows; k++) {
			const struct form_row *r = book->edition[f].row[k].row;

			add_variant(book, index_add_label(book->rows, book->labels, r->label, keys), r->indicator);
		}
	for (size_t i = 0; i < t->nrows; i++) {
		struct span code = table_cell(t, i, indicator);

		if (span_eq(table_cell(t, i, kind), SPAN("other")))
			index_add_label(book->others, book->labels, table_cell(t, i, variant), keys);
		/* Layouts are no labels; a variant of a column stands in no row. */
		if (code.n && !table_cell(t, i, column).n &&
			!span_eq(table_cell(t, i, kind), SPAN("layout")))
			add_variant(book, index_add_label(book->rows, book->labels, table_cell(t, i, variant), keys), code);
	}
}

static void
count_shared(struct form_book *book)
{
	const struct key_index *x = book->rows;

	for (uint32_t id = 0; id < x->n; id++)
		for (uint32_t a = x->first[id]; a < x->first[id + 1]; a++) {
			struct edition_row *r = &book->edition[x->ref[a].form].row[x->ref[a].row];
			uint16_t same = 0;

			for (uint32_t b = x->first[id]; b < x->first[id + 1]; b++)
				same = (uint16_t)(same + (x->ref[b].form == x->ref[a].form &&
					x->ref[b].match == x->ref[a].match));
			if (x->ref[a].match == MATCH_EXACT && same > r->shared)
				r->shared = same;
		}
}

struct form_book *
form_book_new(const char *dir)
{
	struct form_book *book = xcalloc(1, sizeof *book);
	struct buf keys = BUF_INIT;
	bool loaded = true;

	book->rows = index_new();
	book->headers = index_new();
	book->columns = index_new();
	book->wide = index_new();
	book->others = index_new();
	book->forms = forms_load(dir);
	book->labels = label_words_load(dir);
	book->numerals = book->labels ? book->labels->numerals : NULL;
	book->units = units_load(dir);
	book->tables[0] = table_load(TABLE_SOURCE(forms, variants), dir);
	book->tables[1] = table_load_keyed(TABLE_SOURCE(forms, headers), dir, "header");
	book->tables[2] = table_load_keyed(TABLE_SOURCE(forms, editions), dir, "form");
	for (size_t i = 0; i < sizeof book->tables / sizeof *book->tables; i++)
		loaded = loaded && book->tables[i];
	if (!loaded || !book->forms || !book->labels || !book->units || !read_rows(book, &keys) ||
		!read_headers(book, book->tables[1], &keys)) {
		buf_release(&keys);
		form_book_free(book);
		return NULL;
	}
	read_editions(book, book->tables[2]);
	read_variants(book, book->tables[0], &keys);
	index_close(book->rows);
	index_close(book->columns);
	count_shared(book);
	buf_release(&keys);
	return book;
}

void
form_book_free(struct form_book *book)
{
	if (!book)
		return;
	for (size_t f = 0; f < book->neditions; f++) {
		for (size_t k = 0; k < book->edition[f].nrows; k++)
			free(book->edition[f].row[k].runes);
		free(book->edition[f].row);
		free(book->edition[f].sheet);
	}
	free(book->edition);
	index_free(book->rows);
	index_free(book->headers);
	index_free(book->columns);
	index_free(book->wide);
	index_free(book->others);
	buf_release(&book->keys);
	forms_free(book->forms);
	label_words_free(book->labels);
	units_free(book->units);
	free(book->unit_head);
	for (size_t i = 0; i < sizeof book->tables / sizeof *book->tables; i++)
		table_free(book->tables[i]);
	free(book);
}

static const struct row_ref *
refs_of(const struct key_index *x, const struct label *label, size_t *n)
{
	uint32_t id = label->key.n ? index_find(x, label->hash, label->key) : 0;

	*n = id ? x->first[id] - x->first[id - 1] : 0;
	return id ? x->ref + x->first[id - 1] : NULL;
}

bool
form_book_is_other(const struct form_book *book, struct span key)
{
	return key.n && index_find(book->others, span_hash(key), key) > 0;
}

const struct row_ref *
form_book_rows(const struct form_book *book, const struct label *label, size_t *n)
{
	return refs_of(book->rows, label, n);
}

enum header
form_book_header(const struct form_book *book, const struct label *label)
{
	uint32_t id = label->key.n ? index_find(book->headers, label->hash, label->key) : 0;

	return id ? (enum header)book->headers->role[id] : HEADER_NONE;
}

enum header
form_book_cut_header(const struct form_book *book, const struct label *label)
{
	const struct key_index *x = book->headers;
	enum header found = form_book_header(book, label);

	if (found != HEADER_NONE || label->key.n < CUT_LEAST || label->key.n > x->longest)
		return found;
	for (size_t i = 0; i <= x->mask; i++) {
		const struct key_slot *s = &x->slot[i];
		enum header role = s->id ? (enum header)x->role[s->id] : HEADER_NONE;

		if (!s->id || s->n < label->key.n ||
			memcmp(x->bytes.p + s->at, label->key.p, label->key.n) != 0)
			continue;
		if (found != HEADER_NONE && found != role)
			return HEADER_NONE;
		found = role;
	}
	return found;
}

size_t
form_book_unit_head(const struct form_book *book, struct span text)
{
	size_t first = 0;

	for (size_t i = 0; i < book->nunit_heads; i++) {
		size_t at = span_find(text, book->unit_head[i]), end = at + book->unit_head[i].n;

		if (at < text.n && (!first || end < first))
			first = end;
	}
	return first;
}

const struct row_ref *
form_book_columns(const struct form_book *book, const struct label *label, size_t *n)
{
	return refs_of(book->columns, label, n);
}

bool
form_book_is_wide(const struct form_book *book, const struct label *label)
{
	return label->key.n && index_find(book->wide, label->hash, label->key);
}
