#include "separated.h"

#include <stdlib.h>

#include "blank.h"

enum {
	RECORDS = 3, /* with as many fields make a table */
	FEWER = 2,   /* so do these, on a page with tables of more */
	FIELDS = 64, /* of a record */
	TALL = 8,    /* lines of a record: a quote that opens none of these is no quote */
};

/* A record, as a line with tabs between its fields. */
struct record {
	struct span text;
	size_t from, lines; /* the lines it takes */
	size_t fields, used, numbers; /* in all; not blank; and numbers */
	bool grouped;       /* its signs may all be within numbers: 1,234 */
	bool ragged;        /* a row's, though of another number of fields than its neighbours': two of them used, none prose */
};

/* What is being read of a record: a field begins with a quote, or holds none. */
struct scan {
	const struct text_line *lines;
	size_t n, at, end; /* lines there are; the one read, the one behind the last it may be */
	struct span rest;
	bool quoted;
};

static struct scan
scan_from(const struct text_line *lines, size_t n, size_t i)
{
	return (struct scan){lines, n, i, n - i < TALL ? n : i + TALL, lines[i].text, false};
}

/*
 * The text of the next field, added to *out without its quotes, tabs as blanks; *last says whether the record ends
 * behind it.  False if a quote stays open or something stands behind it.
 */
static bool
next_field(struct scan *s, char sign, struct buf *out, bool *last)
{
	s->rest = blank_trim(s->rest);
	s->quoted = s->rest.n && *s->rest.p == '"';
	if (!s->quoted) {
		const char *end = s->rest.n ? memchr(s->rest.p, sign, s->rest.n) : NULL;
		struct span field = span_of(s->rest.p, end ? (size_t)(end - s->rest.p) : s->rest.n);

		*last = end == NULL;
		buf_add_span(out, blank_trim(field));
		s->rest = span_of(s->rest.p + field.n + !*last, s->rest.n - field.n - !*last);
		return field.n == 0 || memchr(field.p, '"', field.n) == NULL;
	}
	for (s->rest = span_from(s->rest, 1);;) {
		const char *end = s->rest.n ? memchr(s->rest.p, '"', s->rest.n) : NULL;

		if (!end) {
			buf_add_span(out, s->rest);
			if (++s->at == s->end)
				return false;
			s->rest = s->lines[s->at].text;
			continue;
		}
		buf_add(out, s->rest.p, (size_t)(end - s->rest.p));
		s->rest = span_of(end + 1, s->rest.n - (size_t)(end + 1 - s->rest.p));
		if (s->rest.n == 0 || *s->rest.p != '"')
			break;
		buf_add_char(out, '"');
		s->rest = span_from(s->rest, 1);
	}
	s->rest = blank_trim(s->rest);
	*last = s->rest.n == 0;
	if (!*last && *s->rest.p != sign)
		return false;
	s->rest = span_from(s->rest, !*last);
	return true;
}

/* Whether the sign between these two may group the digits of one number. */
static bool
may_group(struct span before, struct span behind)
{
	size_t digits = 0;

	while (digits < behind.n && is_digit(behind.p[digits]))
		digits++;
	return digits == 3 && before.n && is_digit(before.p[before.n - 1]);
}

/* The record that begins at lines[i]; false if there is none of two fields or more. */
static bool
read_record(const struct text_line *lines, size_t n, size_t i, char sign, struct buf *text, struct record *r)
{
	struct scan s = scan_from(lines, n, i);
	struct span before = {NULL, 0};
	size_t start = text->n;
	bool last = false;

	*r = (struct record){.from = i, .grouped = true, .ragged = true};
	if (lines[i].bars || (*lines[i].text.p != '"' && memchr(lines[i].text.p, sign, lines[i].text.n) == NULL))
		return false;
	while (!last) {
		size_t at = text->n + (r->fields > 0);
		struct span field;

		if (r->fields)
			buf_add_char(text, '\t');
		if (r->fields == FIELDS || !next_field(&s, sign, text, &last)) {
			text->n = start;
			return false;
		}
		for (size_t k = at; k < text->n; k++)
			if (text->p[k] == '\t')
				text->p[k] = ' ';
		field = blank_trim(span_of(text->p + at, text->n - at));
		r->grouped &= r->fields == 0 || may_group(before, field);
		r->ragged &= !line_is_prose(field);
		r->fields++;
		r->used += field.n > 0;
		r->numbers += cell_kind(field) == CELL_NUMBER;
		before = field;
	}
	r->lines = s.at - i + 1;
	r->ragged &= r->used > 1;
	r->text = span_of(text->p + start, text->n - start);
	if (r->fields < 2)
		text->n = start;
	return r->fields > 1;
}

/* Whether the records are of a table: `least`, with numbers, and none whose signs may be a number's own. */
static bool
are_table(const struct record *r, size_t n, size_t least)
{
	size_t numbers = 0;

	for (size_t i = 0; i < n; i++) {
		if (r[i].grouped)
			return false;
		numbers += r[i].numbers;
	}
	return n >= least && numbers >= (least < RECORDS ? 1 : least);
}

/* Puts the lines of a table's records in the place of its own, from `kept` on; how many lines there are then. */
static size_t
put_records(struct text_line *lines, size_t kept, const struct record *r, size_t n)
{
	size_t first = 0, end = n;

	while (first < n && r[first].used < 2)
		first++;
	while (end > first && r[end - 1].used < 2)
		end--;
	for (size_t i = 0; i < n; i++) {
		struct span all = r[i].text, head = span_cut(&all, '\t');
		bool alone = r[i].used == 1 && head.n > 0;

		if (r[i].used == 0)
			continue;
		lines[kept] = line_make(lines[r[i].from].number,
			alone && (i < first || i >= end || line_is_prose(head) || line_is_section(head)) ? head : r[i].text);
		kept++;
	}
	return kept;
}

/* Whether it is a record that was read before, with tabs in the place of its signs. */
static bool
is_read(const struct text_line *line)
{
	return line->text.n && memchr(line->text.p, '\t', line->text.n);
}

static bool
separated_by(struct text_line *lines, size_t *n, char sign, size_t least, struct buf *text)
{
	struct record *run = NULL;
	size_t cap = 0, kept = 0, nrun = 0;
	bool any = false;

	for (size_t i = 0; i <= *n;) {
		struct record r;
		bool record = i < *n && (least == RECORDS || !is_read(&lines[i])) && read_record(lines, *n, i, sign, text, &r);

		if (nrun && (!record || (r.fields != run[0].fields && !(r.ragged && run[nrun - 1].ragged)))) {
			if (are_table(run, nrun, least)) {
				kept = put_records(lines, kept, run, nrun);
				any = true;
			} else {
				for (size_t k = run[0].from; k < i; k++)
					lines[kept++] = lines[k];
			}
			nrun = 0;
		}
		if (record) {
			run = grow(run, nrun, &cap, sizeof *run);
			run[nrun++] = r;
			i += r.lines;
		} else {
			if (i < *n)
				lines[kept++] = lines[i];
			i++;
		}
	}
	*n = kept;
	free(run);
	return any;
}

/* Whether tabs part cells already, in quotes as a field is that a sign may stand in. */
static bool
has_quoted_tabs(const struct text_line *lines, size_t n)
{
	size_t found = 0;

	for (size_t i = 0; i < n && found < RECORDS; i++)
		found += lines[i].gaps && *lines[i].raw.p == '"' && span_find(lines[i].raw, SPAN("\"\t")) < lines[i].raw.n;
	return found == RECORDS;
}

/* Takes the quotes from around the cells that tabs part. */
static void
take_quotes(struct text_line *lines, size_t n, struct buf *text)
{
	for (size_t i = 0; i < n; i++) {
		struct span rest = lines[i].raw;
		size_t start = text->n;

		if (!rest.n || !memchr(rest.p, '\t', rest.n))
			continue;
		while (rest.p) {
			struct span field = span_cut(&rest, '\t');

			if (field.n > 1 && *field.p == '"' && field.p[field.n - 1] == '"')
				field = span_of(field.p + 1, field.n - 2);
			buf_add_span(text, field);
			if (rest.p)
				buf_add_char(text, '\t');
		}
		lines[i] = line_make(lines[i].number, span_of(text->p + start, text->n - start));
	}
}

void
lines_separated(struct text_line *lines, size_t *n, struct buf *text)
{
	char sign = ',';

	if (!separated_by(lines, n, sign, RECORDS, text))
		sign = separated_by(lines, n, ';', RECORDS, text) ? ';' : '\0';
	if (!sign && has_quoted_tabs(lines, *n))
		take_quotes(lines, *n, text);
	/* 信息内容,本年处理决定数量 and 行政许可,116 are the whole of a table among others. */
	if (sign)
		separated_by(lines, n, sign, FEWER, text);
}
