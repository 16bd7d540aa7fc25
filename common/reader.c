#include "reader.h"

#include <stdlib.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "buf.h"
#include "foreign.h"
#include "header.h"
#include "input.h"
#include "utf8.h"

enum { BLOCK = 64 };

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
	/* From the buffer's start: what is known to be characters, and where what was read with the last byte that is in none ends. */
	size_t whole, foreign;
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
	struct header header;
	struct buf header_key;
	size_t *place;  /* of want[i] */
	size_t probe;   /* a column in which a header shows at once */
	bool stopped;
};

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
		r->at_end = r->cut = false;
		r->first = true;
		r->before = r->number;
		if (r->in)
			return true;
		r->status = worse(r->status, STATUS_LOST);
	}
	return false;
}

/*
 * Goes on over what has been read, and is in UTF-8 as a rule, in one; only where a byte belongs to no character is each line
 * looked at.  What the next bytes may make a character waits for them.
 */
static void
look_for_foreign(struct reader *r)
{
	size_t left;

	r->whole += utf8_valid(span_of(r->buf + r->whole, r->end - r->whole));
	left = r->end - r->whole;
	if (left == 0 || (!r->at_end && utf8_begun(span_of(r->buf + r->whole, left))))
		return;
	r->whole = r->foreign = r->end;
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
	r->whole -= r->whole < r->pos ? r->whole : r->pos;
	r->pos = 0;
	r->end = keep;
	if (r->cap - r->end < INPUT_CHUNK + BLOCK) {
		r->cap = r->cap * 2 > r->end + INPUT_CHUNK + BLOCK ? r->cap * 2
								    : r->end + INPUT_CHUNK + BLOCK;
		r->buf = xrealloc(r->buf, r->cap);
	}
	got = input_read(r->in, r->buf + r->end, r->cap - r->end - BLOCK);
	r->end += got;
	if (got == 0) {
		r->at_end = true;
		r->cut = input_damaged(r->in);
	}
	look_for_foreign(r);
	memset(r->buf + r->end, 0, BLOCK);
	return r->buf + r->pos - old;
}

static void
end_file(struct reader *r)
{
	r->status = worse(r->status, input_close(r->in));
	r->in = NULL;
	r->pos = r->end = r->scanned = r->whole = r->foreign = 0;
	r->left = (struct separators){0, 0};
}

/* Which character of a line is the first control character. */
static size_t
control_column(struct span line)
{
	for (size_t i = 0; i < line.n; i++)
		if ((unsigned char)line.p[i] < ' ' && line.p[i] != '\t')
			return span_characters(span_of(line.p, i)) + 1;
	return 0;
}

/* Which character of a line is the quote out of place, what stands behind a closing one, or the quote left open. */
static size_t
quote_column(struct span line)
{
	enum { BEGIN, PLAIN, INSIDE, CLOSED } state = BEGIN;
	size_t opened = 0;

	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];

		if (c == '"') {
			if (state == PLAIN)
				return span_characters(span_of(line.p, i)) + 1;
			if (state == BEGIN)
				opened = i;
			/* One right behind a quote that seemed to close stands for itself. */
			state = state == INSIDE ? CLOSED : INSIDE;
		} else if (c == ',' && state != INSIDE) {
			state = BEGIN;
		} else if (state == CLOSED) {
			return span_characters(span_of(line.p, i)) + 1;
		} else if (state == BEGIN) {
			state = PLAIN;
		}
	}
	return state == INSIDE ? span_characters(span_of(line.p, opened)) + 1 : 0;
}

static void
reject(struct reader *r, struct record *line, const char *why, size_t column)
{
	r->rejected++;
	line->column = column ? column + span_characters(line->key) : 0;
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
			r->end = r->whole = r->pos + SHOWN;
		r->scanned = r->end;
		more(r);
	}
	shown = (struct span){r->buf + r->pos, r->scanned - r->pos < SHOWN ? r->scanned - r->pos : SHOWN};
	r->pos = r->base = r->scanned;
	r->left = (struct separators){0, 0};
	return shown;
}

enum line_kind { LINE_END, LINE_PLAIN, LINE_QUOTED, LINE_CONTROL, LINE_LONG };

enum { QUOTED = 1, CONTROL = 2 };

/* A line being split. */
struct open_line {
	size_t n;     /* fields that are known */
	size_t field; /* where the next begins, from pos */
	size_t odd;   /* QUOTED if there is a quote, and CONTROL for each control character */
};

/* Splits on through what is left of the block; true if the line ends in it, at *end from pos. */
static inline bool
split_block(struct reader *r, struct open_line *l, size_t *end)
{
	/* What the loops work on, where stores into fields cannot seem to change it. */
	uint64_t commas = r->left.commas, stops = r->left.stops;
	const char *line = r->buf + r->pos, *start = line + l->field, *block = r->buf + r->base;
	struct span *next;
	bool ended = false;

	/* Room for all fields of a block and the last. */
	if (l->n + BLOCK + 1 >= r->fields_cap)
		r->fields = grow(r->fields, l->n + BLOCK + 1, &r->fields_cap, sizeof *r->fields);
	next = r->fields + l->n;
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
			*end = (size_t)(at - line);
			ended = true;
			break;
		}
		if (*at == '"')
			l->odd |= QUOTED;
		else if (foreign_control(*at))
			l->odd += CONTROL;
	}
	l->n = (size_t)(next - r->fields);
	l->field = (size_t)(start - line);
	r->left = (struct separators){commas, stops};
	return ended;
}

/* Looks at the next block of what has been read. */
static inline void
look_on(struct reader *r)
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

/* The line of n bytes, `taken` with its end, and the last of its fields. */
static inline enum line_kind
end_line(struct reader *r, struct record *rec, struct open_line l, size_t n, size_t taken)
{
	rec->line = (struct span){r->buf + r->pos, n};
	r->pos += taken;
	/* What turns LF into CRLF may have done so twice. */
	while (l.odd && rec->line.n && rec->line.p[rec->line.n - 1] == '\r') {
		rec->line.n--;
		l.odd -= CONTROL;
	}
	if (l.n + 1 >= r->fields_cap)
		r->fields = grow(r->fields, l.n + 1, &r->fields_cap, sizeof *r->fields);
	r->fields[l.n] = (struct span){rec->line.p + l.field, rec->line.n > l.field ? rec->line.n - l.field : 0};
	r->nfields = l.n + 1;
	return rec->line.n > r->options.max_record ? LINE_LONG
	       : l.odd == 0                        ? LINE_PLAIN
	       : l.odd == QUOTED                   ? LINE_QUOTED
						   : LINE_CONTROL;
}

/* The next line of the current file, split at its commas if it is plain. */
static enum line_kind
next_line(struct reader *r, struct record *rec)
{
	struct open_line l = {0, 0, 0};
	size_t n, lf = 1;

	while (!split_block(r, &l, &n)) {
		ptrdiff_t moved;

		l.n = l.n > SPLIT_MOST ? SPLIT_MOST : l.n;
		if (r->scanned < r->end) {
			look_on(r);
			continue;
		}
		n = r->end - r->pos;
		if (r->at_end) {
			if (n == 0)
				return LINE_END;
			lf = 0;
			break;
		}
		if (n > r->options.max_record) {
			rec->line = skip_long(r);
			return LINE_LONG;
		}
		moved = more(r);
		for (size_t i = 0; moved && i < l.n; i++)
			r->fields[i].p += moved;
	}
	return end_line(r, rec, l, n, n + lf);
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
			reject(r, rec, why, kind == LINE_LONG ? 0 : control_column(rec->line));
			continue;
		}
		if (r->cut && r->at_end && r->pos == r->end && r->buf[r->end - 1] != '\n') {
			reject(r, rec, "cut short with its file", 0);
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
			why = split_quoted(rec->line, &r->fields, &r->nfields, &r->fields_cap, &r->scratch);
		}
		if (!why && r->nfields > SPLIT_MOST && !r->headed)
			why = "more than 1,048,576 columns";
		if ((size_t)(rec->line.p - r->buf) < r->foreign && !why && utf8_valid(rec->line) < rec->line.n)
			why = "not UTF-8: save it as UTF-8";
		if (why && !r->headed) {
			r->bad_header = foreign_line(rec->line) ? foreign_line(rec->line) : why;
			return false;
		}
		if (why) {
			reject(r, rec, why, quote_column(rec->line));
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
	return header_find(&r->header, name);
}

/* A record that is the header once more, or a header in another order.  A mark before it, of a file that was joined, goes. */
static bool
is_header(struct reader *r, struct record *rec, bool *same)
{
	pass_mark(r, rec);
	return header_is(&r->header, r->options.want, r->options.nwant, rec, same);
}

/* A header shows at once in a column of codes or numbers; `line` is always one of them.  Not the first, before which a mark may stand. */
static void
choose_probe(struct reader *r)
{
	r->probe = reader_find(r, SPAN("line"));
	for (size_t i = 0; i < r->options.nwant && (r->probe == NO_COLUMN || r->probe == 0); i++)
		r->probe = r->place[i];
	if (r->probe == NO_COLUMN)
		r->probe = 0;
}

/* The header is these names, with commas between them. */
static void
take_columns(struct reader *r, const char *columns)
{
	struct span *names = NULL;
	size_t n = 0, cap = 0;

	split_plain(span_str(columns), &names, &n, &cap);
	header_keep(&r->header, names, n);
	free(names);
}

/* An input without a line, of no usual columns, has those that have to be there. */
static void
take_wanted(struct reader *r)
{
	struct span *names = xcalloc(r->options.nwant, sizeof *names);
	size_t n = 0;

	for (size_t i = 0; i < r->options.nwant; i++)
		if (!r->options.want[i].optional)
			names[n++] = span_str(r->options.want[i].name);
	header_keep(&r->header, names, n);
	free(names);
}

/* From the header, wherever it comes from, to the places of the columns; false, said, if it cannot be used. */
static bool
find_columns(struct reader *r)
{
	struct record rec;
	struct span path = {NULL, 0};
	const char *foreign = NULL;
	size_t line = 0;

	if (r->options.columns) {
		take_columns(r, r->options.columns);
	} else if (next_split(r, &rec)) {
		header_keep(&r->header, rec.field, rec.nfields);
		buf_add_span(&r->header_key, rec.key);
		foreign = foreign_line(rec.line);
		path = reader_place(r, &rec, &line);
	} else if (r->bad_header) {
		path = reader_place(r, &rec, &line);
		warn_at(path, line, "the header cannot be read: %s", message(r->bad_header));
		return false;
	} else {
		r->empty = true;
		if (r->options.usual)
			take_columns(r, r->options.usual);
		else
			take_wanted(r);
	}
	r->headed = true;
	if (!header_check(&r->header, r->options.want, r->options.nwant, r->place, path, line, foreign))
		return false;
	choose_probe(r);
	return true;
}

struct reader *
reader_open(char *const *paths, size_t npaths, const struct reader_options *options)
{
	static char *const standard_input[] = {"-"};
	struct reader *r = xcalloc(1, sizeof *r);

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
	if (!find_columns(r)) {
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

	if (rec->nfields != r->header.n)
		return true;
	f = &rec->field[r->probe];
	return f->n && ((f->p[0] >= 'a' && f->p[0] <= 'z') ||
			       (f->p[0] == r->header.names[r->probe].p[0] && span_eq(*f, r->header.names[r->probe])));
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
		if (rec->nfields != r->header.n) {
			reject(r, rec, rec->nfields < r->header.n ? "fewer fields than the header"
								: "more fields than the header", 0);
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
	*n = r->header.n;
	return r->header.names;
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
	free(r->place);
	buf_release(&r->scratch);
	header_release(&r->header);
	buf_release(&r->header_key);
	free(r);
	return status;
}
