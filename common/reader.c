#include "reader.h"

#include <csv.h>
#include <stdlib.h>
#include <strings.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "buf.h"
#include "foreign.h"
#include "input.h"
#include "near.h"
#include "utf8.h"

enum {
	BLOCK = 64,
	/* Of a header.  What has more fields is no record, so their places are not kept: at 16 bytes a comma they would
	 * take many times the record. */
	MAX_COLUMNS = 1 << 20,
	SHOWN_NAMES = 600, /* bytes of the header in a message */
	LOOKED_AT = 100,   /* lines at the start of a file, which show in what charset it is */
	CONSIDERED = 1000, /* names that one that is missing may have been meant by */
};

/* Of a block, a bit for each comma, and one for each quote and control character, LF among them. */
struct separators {
	uint64_t commas, stops;
};

struct reader {
	struct reader_options options;
	char *const *paths;
	size_t npaths, next_path;
	struct input *in;
	enum status status;

	/* The buffer: [pos, end) is there, [pos, scanned) has been looked at for separators. */
	char *buf;
	size_t cap, pos, end, scanned;
	struct separators left; /* not yet taken of the block at `base` */
	size_t base;
	/* From the buffer's start: lines that begin before this may hold a byte that UTF-8 never has, or are looked at for it. */
	size_t foreign, looked_at;
	bool doubted; /* a line of the current file was no UTF-8 */
	bool at_end; /* of the current file */
	bool cut;    /* the current file ended in damage: its last line is no record */
	bool first;  /* nothing of the current file has been taken: a BOM may stand here */

	size_t number, before; /* lines read, and those of the files before the current one */
	uint64_t read, rejected;
	struct span *fields;
	size_t nfields, fields_cap;
	struct buf scratch;

	bool empty;     /* there was no header either */
	bool headed;    /* the header is known: lines are records */
	const char *bad_header; /* why the line that had to be the header is none */
	bool header_in; /* a header is read, not given by --columns */
	struct buf header_text, header_key;
	struct span *names;
	size_t nnames, names_cap;
	size_t *place;  /* of want[i] */
	size_t probe;   /* a column in which a header shows at once */
	bool stopped;
};

/* libcsv: one line at a time */

struct quoted {
	struct span **fields;
	size_t *nfields, *cap;
	struct buf *scratch;
	bool ended;
};

static void
take_field(void *p, size_t n, void *context)
{
	struct quoted *q = context;

	if (*q->nfields > MAX_COLUMNS)
		return;
	*q->fields = grow(*q->fields, *q->nfields, q->cap, sizeof **q->fields);
	/* The scratch has room for the whole line, so it does not move and the span stays good. */
	(*q->fields)[(*q->nfields)++] = (struct span){q->scratch->p + q->scratch->n, n};
	buf_add(q->scratch, p, n);
}

static void
take_end(int c, void *context)
{
	struct quoted *q = context;

	(void)c;
	q->ended = true;
}

/* Nothing is a blank to be trimmed, and only LF ends a record (the line has none of its own). */
static int
is_space(unsigned char c)
{
	(void)c;
	return 0;
}

static int
is_term(unsigned char c)
{
	return c == '\n';
}

static const char *
split_quoted(struct span line, struct quoted *q)
{
	static struct csv_parser parser;
	static bool begun;
	const char *why = NULL;

	if (!begun) {
		if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL) != 0)
			die(STATUS_LOST, "out of memory (libcsv)");
		csv_set_space_func(&parser, is_space);
		csv_set_term_func(&parser, is_term);
		begun = true;
	}
	*q->nfields = 0;
	q->ended = false;
	buf_reset(q->scratch);
	/* Room for the eight bytes that may be read at the start of the last field. */
	buf_room(q->scratch, line.n + 8);
	if (csv_parse(&parser, line.p, line.n, take_field, take_end, q) != line.n ||
		csv_fini(&parser, take_field, take_end, q) != 0)
		why = "a quote that is out of place or open at the end of the line";
	if (why || !q->ended) {
		/* Leaves the parser as new for the next line. */
		csv_free(&parser);
		begun = false;
	}
	return why;
}

static const char *
split_plain(struct span line, struct span **fields, size_t *nfields, size_t *cap)
{
	const char *start = line.p;
	size_t n = 0, i = 0;

#ifdef __SSE2__
	for (const __m128i comma = _mm_set1_epi8(','); i + 16 <= line.n; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(line.p + i));
		unsigned commas = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, comma));

		for (; commas; commas &= commas - 1) {
			const char *at = line.p + i + (unsigned)__builtin_ctz(commas);

			*fields = grow(*fields, n, cap, sizeof **fields);
			(*fields)[n++] = (struct span){start, (size_t)(at - start)};
			start = at + 1;
		}
		n = n > MAX_COLUMNS ? MAX_COLUMNS : n;
	}
#endif
	for (; i < line.n; i++)
		if (line.p[i] == ',' && n < MAX_COLUMNS) {
			*fields = grow(*fields, n, cap, sizeof **fields);
			(*fields)[n++] = (struct span){start, (size_t)(line.p + i - start)};
			start = line.p + i + 1;
		}
	*fields = grow(*fields, n, cap, sizeof **fields);
	(*fields)[n++] = (struct span){start, line.n - (size_t)(start - line.p)};
	*nfields = n;
	return NULL;
}

const char *
record_split(struct span line, struct span **fields, size_t *nfields, size_t *cap,
	struct buf *scratch)
{
	struct quoted q = {fields, nfields, cap, scratch, false};

	if (line.n && memchr(line.p, '"', line.n))
		return split_quoted(line, &q);
	return split_plain(line, fields, nfields, cap);
}

/* the buffer */

#ifdef __SSE2__
static inline void
separators16(const char *p, int at, struct separators *s)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + at));
	__m128i comma = _mm_cmpeq_epi8(v, _mm_set1_epi8(','));
	/* With this bit turned a quote is ' ', and what is not above that is a quote or a control character. */
	__m128i turned = _mm_xor_si128(v, _mm_set1_epi8('"' ^ ' '));
	__m128i stop = _mm_cmpeq_epi8(_mm_min_epu8(turned, _mm_set1_epi8(' ')), turned);

	s->commas |= (uint64_t)(uint32_t)_mm_movemask_epi8(comma) << at;
	s->stops |= (uint64_t)(uint32_t)_mm_movemask_epi8(stop) << at;
}
#endif

static inline struct separators
separators(const char *p)
{
	struct separators s = {0, 0};
#ifdef __SSE2__
	separators16(p, 0, &s);
	separators16(p, 16, &s);
	separators16(p, 32, &s);
	separators16(p, 48, &s);
#else
	for (int i = 0; i < BLOCK; i++) {
		s.commas |= (uint64_t)(p[i] == ',') << i;
		s.stops |= (uint64_t)((unsigned char)p[i] < ' ' || p[i] == '"') << i;
	}
#endif
	return s;
}

static bool
open_next(struct reader *r)
{
	while (r->next_path < r->npaths) {
		r->in = input_open(r->paths[r->next_path++]);
		r->at_end = r->cut = r->doubted = false;
		r->first = true;
		r->looked_at = SIZE_MAX;
		r->before = r->number;
		if (r->in)
			return true;
		r->status = worse(r->status, STATUS_LOST);
	}
	return false;
}

/* Moves what is left to the front and reads on.  Spans into the buffer move by the value returned. */
static ptrdiff_t
more(struct reader *r)
{
	const char *old = r->buf + r->pos;
	size_t keep = r->end - r->pos, got;

	if (r->pos > 0 && keep > 0)
		memmove(r->buf, r->buf + r->pos, keep);
	r->scanned -= r->pos;
	r->base = r->scanned;
	r->foreign -= r->foreign < r->pos ? r->foreign : r->pos;
	r->pos = 0;
	r->end = keep;
	if (r->cap - r->end < INPUT_CHUNK + BLOCK) {
		r->cap = r->cap * 2 > r->end + INPUT_CHUNK + BLOCK ? r->cap * 2
								    : r->end + INPUT_CHUNK + BLOCK;
		r->buf = xrealloc(r->buf, r->cap);
	}
	got = input_read(r->in, r->buf + r->end, r->cap - r->end - BLOCK);
	r->end += got;
	if (utf8_foreign(span_of(r->buf + r->end - got, got)))
		r->foreign = r->end;
	if (r->looked_at != SIZE_MAX)
		r->looked_at = r->foreign;
	if (got == 0) {
		r->at_end = true;
		r->cut = input_damaged(r->in);
	}
	memset(r->buf + r->end, 0, BLOCK);
	return r->buf + r->pos - old;
}

static void
end_file(struct reader *r)
{
	r->status = worse(r->status, input_close(r->in));
	r->in = NULL;
	r->pos = r->end = r->scanned = r->foreign = 0;
	r->left = (struct separators){0, 0};
}

static void
reject(struct reader *r, struct record *line, const char *why)
{
	r->rejected++;
	if (r->options.reject)
		r->options.reject(r->options.context, line, why);
}

/* Passes over a line that is too long; its first bytes stand for it. */
static struct span
skip_long(struct reader *r)
{
	enum { SHOWN = 1024 };
	struct span shown;

	for (;;) {
		char *lf = memchr(r->buf + r->scanned, '\n', r->end - r->scanned);

		if (lf || r->at_end) {
			r->scanned = lf ? (size_t)(lf - r->buf) + 1 : r->end;
			break;
		}
		if (r->end - r->pos > SHOWN)
			r->end = r->pos + SHOWN;
		r->scanned = r->end;
		more(r);
	}
	shown = (struct span){r->buf + r->pos, r->scanned - r->pos < SHOWN ? r->scanned - r->pos : SHOWN};
	r->pos = r->base = r->scanned;
	r->left = (struct separators){0, 0};
	return shown;
}

enum line_kind { LINE_END, LINE_PLAIN, LINE_QUOTED, LINE_CONTROL, LINE_LONG };

/* The next line of the current file, split at its commas if it is plain. */
static enum line_kind
next_line(struct reader *r, struct record *rec)
{
	enum { QUOTED = 1, CONTROL = 2 };
	size_t odd = 0;            /* QUOTED if there is a quote, and CONTROL for each control character */
	size_t field = 0, stop_at, next_at; /* from pos */
	size_t n = 0;

	for (;;) {
		/* What the loops work on, where stores into fields cannot seem to change it. */
		uint64_t commas = r->left.commas, stops = r->left.stops;
		const char *line = r->buf + r->pos, *start = line + field, *block = r->buf + r->base;
		struct span *next;

		/* Room for all fields of a block and the last. */
		if (n + BLOCK + 1 >= r->fields_cap)
			r->fields = grow(r->fields, n + BLOCK + 1, &r->fields_cap, sizeof *r->fields);
		next = r->fields + n;
		for (;;) {
			uint64_t stop = stops & (0 - stops), before = commas & (stop - 1);
			const char *at;

			commas &= ~(stop - 1);
			for (; before; before &= before - 1) {
				at = block + (unsigned)__builtin_ctzll(before);
				*next++ = (struct span){start, (size_t)(at - start)};
				start = at + 1;
			}
			if (!stop)
				break;
			stops &= stops - 1;
			at = block + (unsigned)__builtin_ctzll(stop);
			if (*at == '\n') {
				n = (size_t)(next - r->fields);
				r->left = (struct separators){commas, stops};
				field = (size_t)(start - line);
				stop_at = (size_t)(at - line);
				next_at = stop_at + 1;
				goto line;
			}
			if (*at == '"')
				odd |= QUOTED;
			else if (foreign_control(*at))
				odd += CONTROL;
		}
		n = (size_t)(next - r->fields);
		n = n > MAX_COLUMNS ? MAX_COLUMNS : n;
		r->left = (struct separators){0, 0};
		field = (size_t)(start - line);
		if (r->scanned == r->end) {
			ptrdiff_t moved;

			if (r->at_end) {
				if (r->pos == r->end)
					return LINE_END;
				next_at = stop_at = r->end - r->pos;
				goto line;
			}
			if (r->end - r->pos > r->options.max_record) {
				rec->line = skip_long(r);
				return LINE_LONG;
			}
			moved = more(r);
			if (moved)
				for (size_t i = 0; i < n; i++)
					r->fields[i].p += moved;
			continue;
		}
		{
			size_t left = r->end - r->scanned;

			r->base = r->scanned;
			r->left = separators(r->buf + r->base);
			if (left < BLOCK) {
				r->left.commas &= ((uint64_t)1 << left) - 1;
				r->left.stops &= ((uint64_t)1 << left) - 1;
			}
			r->scanned += left < BLOCK ? left : BLOCK;
		}
	}
line:
	rec->line = (struct span){r->buf + r->pos, stop_at};
	r->pos += next_at;
	/* What turns LF into CRLF may have done so twice. */
	while (odd && rec->line.n && rec->line.p[rec->line.n - 1] == '\r') {
		rec->line.n--;
		odd -= CONTROL;
	}
	if (n + 1 >= r->fields_cap)
		r->fields = grow(r->fields, n + 1, &r->fields_cap, sizeof *r->fields);
	r->fields[n] = (struct span){rec->line.p + field, rec->line.n > field ? rec->line.n - field : 0};
	r->nfields = n + 1;
	return rec->line.n > r->options.max_record ? LINE_LONG
	       : odd == 0                          ? LINE_PLAIN
	       : odd == QUOTED                     ? LINE_QUOTED
						   : LINE_CONTROL;
}

/*
 * Whether a line is in another charset.  To look at each so closely would take a tenth of what a filter does: a file is
 * in one charset, which its first lines show, and where one was joined to another the first line with a byte that UTF-8
 * never has; from then on each is looked at.
 */
static bool
not_utf8(struct reader *r, const struct record *rec)
{
	bool first = r->number - r->before <= LOOKED_AT;

	if (!r->doubted && !first)
		r->looked_at = r->foreign;
	if (!r->doubted && !first && !utf8_foreign(rec->line))
		return false;
	if (utf8_valid(rec->line) == rec->line.n)
		return false;
	r->doubted = true;
	r->looked_at = SIZE_MAX;
	return true;
}

/* Cuts the key off and splits again what is left: the key may hold a comma. */
static const char *
split_key(struct reader *r, struct record *rec)
{
	const char *tab = rec->line.n ? memchr(rec->line.p, '\t', rec->line.n) : NULL;

	if (tab) {
		rec->key = (struct span){rec->line.p, (size_t)(tab - rec->line.p) + 1};
		rec->line.p = tab + 1;
		rec->line.n -= rec->key.n;
	}
	return record_split(rec->line, &r->fields, &r->nfields, &r->fields_cap, &r->scratch);
}

/* Passes over byte order marks at the start of a line. */
static void
pass_mark(struct reader *r, struct record *rec)
{
	while (span_starts(rec->line, SPAN("\xef\xbb\xbf"))) {
		rec->line = span_of(rec->line.p + 3, rec->line.n - 3);
		r->fields[0] = span_of(r->fields[0].p + 3, r->fields[0].n - 3);
	}
}

/* The next line that is a record or a header, over all files. */
static bool
next_split(struct reader *r, struct record *rec)
{
	for (;;) {
		const char *why;
		enum line_kind kind;

		if (!r->in && !open_next(r))
			return false;
		kind = next_line(r, rec);
		if (kind == LINE_END) {
			end_file(r);
			continue;
		}
		r->number++;
		rec->number = r->number;
		rec->key = (struct span){NULL, 0};
		rec->field = NULL;
		rec->nfields = 0;
		if (kind >= LINE_CONTROL) {
			why = kind == LINE_LONG ? "longer than --max-record" : "a control character in the line";
			if (!r->headed) {
				r->bad_header = kind == LINE_LONG ? why : foreign_line(rec->line);
				return false;
			}
			reject(r, rec, why);
			continue;
		}
		if (r->cut && r->at_end && r->pos == r->end && r->buf[r->end - 1] != '\n') {
			reject(r, rec, "cut short with its file");
			continue;
		}
		if (r->first) {
			r->first = false;
			pass_mark(r, rec);
		}
		if (rec->line.n == 0)
			continue;
		why = NULL;
		if (r->options.key_prefix) {
			why = split_key(r, rec);
		} else if (kind == LINE_QUOTED) {
			struct quoted q = {&r->fields, &r->nfields, &r->fields_cap, &r->scratch, false};

			why = split_quoted(rec->line, &q);
		}
		if (!why && r->nfields > MAX_COLUMNS && !r->headed)
			why = "more than 1,048,576 columns";
		if ((size_t)(rec->line.p - r->buf) < r->looked_at && !why && not_utf8(r, rec))
			why = "not UTF-8: save it as UTF-8";
		if (why && !r->headed) {
			r->bad_header = foreign_line(rec->line) ? foreign_line(rec->line) : why;
			return false;
		}
		if (why) {
			reject(r, rec, why);
			continue;
		}
		rec->field = r->fields;
		rec->nfields = r->nfields;
		return true;
	}
}

/* the header */

size_t
reader_find(const struct reader *r, struct span name)
{
	for (size_t i = 0; i < r->nnames; i++)
		if (span_eq(r->names[i], name))
			return i;
	return NO_COLUMN;
}

/* Copies the names out of a line, for they outlive it. */
static void
keep_names(struct reader *r, const struct span *names, size_t n)
{
	size_t total = 0, at = 0;

	for (size_t i = 0; i < n; i++)
		total += names[i].n;
	buf_reset(&r->header_text);
	buf_room(&r->header_text, total + 1);
	r->nnames = 0;
	for (size_t i = 0; i < n; i++) {
		buf_add_span(&r->header_text, names[i]);
		r->names = grow(r->names, r->nnames, &r->names_cap, sizeof *r->names);
		r->names[r->nnames++] = (struct span){r->header_text.p + at, names[i].n};
		at += names[i].n;
	}
}

/* As many as fit in a message: what is no CSV may have a header of megabytes. */
static void
list_names(const struct reader *r, struct buf *text)
{
	for (size_t i = 0; i < r->nnames; i++) {
		struct span name = r->names[i];

		if (i)
			buf_add_str(text, ", ");
		if (text->n + name.n > SHOWN_NAMES) {
			buf_add_span(text, span_head(name, text->n < SHOWN_NAMES ? SHOWN_NAMES - text->n : 0));
			buf_add_str(text, " ...");
			break;
		}
		buf_add_span(text, name);
	}
	buf_add_char(text, '\0');
}

static int
by_name(const void *a, const void *b)
{
	const struct span *x = *(const struct span *const *)a, *y = *(const struct span *const *)b;
	int order = x->n != y->n ? (x->n < y->n ? -1 : 1) : x->n ? memcmp(x->p, y->p, x->n) : 0;

	return order ? order : x < y ? -1 : x > y;
}

/* The first name that stands a second time, or NULL. */
static const struct span *
find_double(const struct reader *r)
{
	const struct span **sorted = xcalloc(r->nnames, sizeof *sorted), *first = NULL;

	for (size_t i = 0; i < r->nnames; i++)
		sorted[i] = &r->names[i];
	qsort(sorted, r->nnames, sizeof *sorted, by_name);
	for (size_t i = 1; i < r->nnames; i++)
		if (span_eq(*sorted[i - 1], *sorted[i]) && (!first || sorted[i - 1] < first))
			first = sorted[i - 1];
	free(sorted);
	return first;
}

/* The name but for blanks around it, byte order marks and the case of its letters; NULL if there is none. */
static const struct span *
find_dressed(const struct reader *r, struct span wanted)
{
	static const struct span dress[] = {{"\xef\xbb\xbf", 3}, {"\xc2\xa0", 2}, {"\xe3\x80\x80", 3}};

	for (size_t i = 0; i < r->nnames && i < CONSIDERED; i++) {
		struct span name = span_trim(r->names[i]);

		for (size_t k = 0; k < sizeof dress / sizeof *dress; k++) {
			while (span_starts(name, dress[k]))
				name = span_trim(span_of(name.p + dress[k].n, name.n - dress[k].n));
			while (span_ends(name, dress[k]))
				name = span_trim(span_of(name.p, name.n - dress[k].n));
		}
		if (name.n == wanted.n && strncasecmp(name.p, wanted.p, name.n) == 0)
			return &r->names[i];
	}
	return NULL;
}

/* Says that a wanted column is not there, and what it may be. */
static void
say_missing(const struct reader *r, const struct column *want, struct span path, size_t line)
{
	const struct span *dressed = find_dressed(r, span_str(want->name));
	struct near near = near_to(span_str(want->name));
	struct buf text = BUF_INIT;

	list_names(r, &text);
	if (dressed)
		near.name = *dressed;
	for (size_t k = 0; k < r->nnames && k < CONSIDERED && !dressed; k++)
		near_consider(&near, r->names[k]);
	if (near.name.p)
		warn_at(path, line, "column '%s' is not there: is it '%.*s'? (the columns are: %s)", want->name,
			SPAN_ARG(near.name), text.p);
	else if (want->stage && strcmp(want->stage, diag_program()) != 0)
		warn_at(path, line, "column '%s' is not there (the columns are: %s): run '%s' first", want->name, text.p,
			want->stage);
	else
		warn_at(path, line, "column '%s' is not there (the columns are: %s)", want->name, text.p);
	buf_release(&text);
}

/* `foreign` is what the line looks like that is the header, or NULL. */
static bool
check_header(struct reader *r, struct span path, size_t line, const char *foreign)
{
	const struct span *twice = find_double(r);
	const struct column *missing = NULL;
	size_t needed = 0, found = 0;

	for (size_t i = 0; i < r->options.nwant; i++) {
		const struct column *want = &r->options.want[i];

		r->place[i] = reader_find(r, span_str(want->name));
		needed += !want->optional;
		found += !want->optional && r->place[i] != NO_COLUMN;
		/* A column that may be left out was not, if it is there under a name that looks the same. */
		if (r->place[i] == NO_COLUMN && !missing &&
			(!want->optional || find_dressed(r, span_str(want->name))))
			missing = want;
	}
	/* A first line without most of the names is no header: what stands twice in it is not what is wrong. */
	if (twice && 2 * found >= needed)
		warn_at(path, line, "column '%.*s' stands twice in the header", SPAN_ARG(span_head(*twice, 100)));
	else if (missing && foreign)
		warn_at(path, line, "the header cannot be read: %s", message(foreign));
	else if (missing)
		say_missing(r, missing, path, line);
	/* A header shows at once in a column of codes or numbers; `line` is always one of them.  Not the first: see is_header. */
	r->probe = reader_find(r, SPAN("line"));
	for (size_t i = 0; i < r->options.nwant && (r->probe == NO_COLUMN || r->probe == 0); i++)
		r->probe = r->place[i];
	if (r->probe == NO_COLUMN)
		r->probe = 0;
	return !twice && !missing;
}

/* A record that is the header once more, or a header in another order.  A mark before it, of a file that was joined, goes. */
static bool
is_header(struct reader *r, struct record *rec, bool *same)
{
	bool all = r->options.nwant > 0;

	pass_mark(r, rec);
	*same = rec->nfields == r->nnames;
	for (size_t i = 0; i < r->nnames && *same; i++)
		*same = span_eq(rec->field[i], r->names[i]);
	if (*same)
		return true;
	for (size_t i = 0; i < r->options.nwant && all; i++) {
		bool found = false;

		if (r->options.want[i].optional)
			continue;
		for (size_t j = 0; j < rec->nfields && !found; j++)
			found = span_eq(rec->field[j], span_str(r->options.want[i].name));
		all = found;
	}
	return all;
}

struct reader *
reader_open(char *const *paths, size_t npaths, const struct reader_options *options)
{
	static char *const standard_input[] = {"-"};
	struct reader *r = xcalloc(1, sizeof *r);
	struct record rec;
	struct span path = {NULL, 0};
	const char *foreign = NULL;
	size_t line = 0;
	bool good;

	r->options = *options;
	if (r->options.max_record == 0)
		r->options.max_record = 64u << 20;
	r->paths = npaths ? paths : standard_input;
	r->npaths = npaths ? npaths : 1;
	r->cap = 2 * INPUT_CHUNK + BLOCK;
	r->buf = xmalloc(r->cap);
	r->place = xcalloc(options->nwant, sizeof *r->place);
	r->header_in = options->columns == NULL;
	r->headed = !r->header_in;
	if (options->columns) {
		struct span *names = NULL;
		size_t n = 0, cap = 0;

		split_plain(span_str(options->columns), &names, &n, &cap);
		keep_names(r, names, n);
		free(names);
	} else if (next_split(r, &rec)) {
		keep_names(r, rec.field, rec.nfields);
		buf_add_span(&r->header_key, rec.key);
		foreign = foreign_line(rec.line);
		path = reader_place(r, &rec, &line);
	} else if (r->bad_header) {
		path = reader_place(r, &rec, &line);
	} else {
		struct span *names = xcalloc(options->nwant, sizeof *names);
		size_t n = 0;

		for (size_t i = 0; i < options->nwant; i++)
			if (!options->want[i].optional)
				names[n++] = span_str(options->want[i].name);
		keep_names(r, names, n);
		free(names);
		r->empty = true;
	}
	r->headed = true;
	if (r->bad_header)
		warn_at(path, line, "the header cannot be read: %s", message(r->bad_header));
	good = !r->bad_header && check_header(r, path, line, foreign);
	if (!good) {
		reader_close(r);
		return NULL;
	}
	return r;
}

struct span
reader_place(const struct reader *r, const struct record *record, size_t *line)
{
	const char *path = r->next_path ? r->paths[r->next_path - 1] : "-";

	*line = record->number - r->before;
	return span_str(strcmp(path, "-") == 0 ? message("standard input") : path);
}

/* Headers are of lower-case names; a record seldom has one in the column that is probed. */
static bool
may_be_header(const struct reader *r, const struct record *rec)
{
	const struct span *f;

	if (rec->nfields != r->nnames)
		return true;
	f = &rec->field[r->probe];
	return f->n && ((f->p[0] >= 'a' && f->p[0] <= 'z') ||
			       (f->p[0] == r->names[r->probe].p[0] && span_eq(*f, r->names[r->probe])));
}

bool
reader_next(struct reader *r, struct record *rec)
{
	while (!r->stopped && next_split(r, rec)) {
		struct span path;
		size_t line;
		bool same;

		if (may_be_header(r, rec) && is_header(r, rec, &same)) {
			if (same)
				continue;
			path = reader_place(r, rec, &line);
			warn_at(path, line, "a second header, in another order than the first: "
					    "bring the columns of the files into one order");
			r->status = worse(r->status, STATUS_USAGE);
			r->stopped = true;
			break;
		}
		if (rec->nfields != r->nnames) {
			reject(r, rec, rec->nfields < r->nnames ? "fewer fields than the header"
								: "more fields than the header");
			continue;
		}
		r->read++;
		return true;
	}
	return false;
}

const struct span *
reader_header(const struct reader *r, size_t *n)
{
	*n = r->nnames;
	return r->names;
}

size_t
reader_column(const struct reader *r, size_t i)
{
	return r->place[i];
}

struct span
reader_key(const struct reader *r)
{
	return buf_span(&r->header_key);
}

bool
reader_empty(const struct reader *r)
{
	return r->empty;
}

uint64_t
reader_read(const struct reader *r)
{
	return r->read;
}

uint64_t
reader_rejected(const struct reader *r)
{
	return r->rejected;
}

enum status
reader_close(struct reader *r)
{
	enum status status = r->status;

	if (r->in)
		status = worse(status, input_close(r->in));
	if (r->rejected)
		status = worse(status, STATUS_FINDINGS);
	free(r->buf);
	free(r->fields);
	free(r->names);
	free(r->place);
	buf_release(&r->scratch);
	buf_release(&r->header_text);
	buf_release(&r->header_key);
	free(r);
	return status;
}
