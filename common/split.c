#include "split.h"

#include <csv.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "buf.h"
#include "diag.h"

/* What libcsv hands its fields to. */
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

	if (*q->nfields > SPLIT_MOST)
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

const char *
split_quoted(struct span line, struct span **fields, size_t *nfields, size_t *cap, struct buf *scratch)
{
	static struct csv_parser parser;
	static bool begun;
	struct quoted q = {fields, nfields, cap, scratch, false};
	const char *why = NULL;

	if (!begun) {
		if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL) != 0)
			die(STATUS_LOST, "out of memory (libcsv)");
		csv_set_space_func(&parser, is_space);
		csv_set_term_func(&parser, is_term);
		begun = true;
	}
	*nfields = 0;
	buf_reset(scratch);
	/* Room for the eight bytes that may be read at the start of the last field. */
	buf_room(scratch, line.n + 8);
	if (csv_parse(&parser, line.p, line.n, take_field, take_end, &q) != line.n ||
		csv_fini(&parser, take_field, take_end, &q) != 0)
		why = "a quote that is out of place or open at the end of the line";
	if (why || !q.ended) {
		/* Leaves the parser as new for the next line. */
		csv_free(&parser);
		begun = false;
	}
	return why;
}

void
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
		n = n > SPLIT_MOST ? SPLIT_MOST : n;
	}
#endif
	for (; i < line.n; i++)
		if (line.p[i] == ',' && n < SPLIT_MOST) {
			*fields = grow(*fields, n, cap, sizeof **fields);
			(*fields)[n++] = (struct span){start, (size_t)(line.p + i - start)};
			start = line.p + i + 1;
		}
	*fields = grow(*fields, n, cap, sizeof **fields);
	(*fields)[n++] = (struct span){start, line.n - (size_t)(start - line.p)};
	*nfields = n;
}

const char *
record_split(struct span line, struct span **fields, size_t *nfields, size_t *cap, struct buf *scratch)
{
	if (line.n && memchr(line.p, '"', line.n))
		return split_quoted(line, fields, nfields, cap, scratch);
	split_plain(line, fields, nfields, cap);
	return NULL;
}
