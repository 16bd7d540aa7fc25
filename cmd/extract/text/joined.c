#include "joined.h"

#include "blank.h"

enum {
	ROWS = JOINED_ROWS,
	FIELDS = 3,     /* of a row, or more */
	WHOLE = 24,     /* fields of a line that is a table */
	NUMBERS = 8,    /* among them */
	SPARSE = 6,     /* one in so many, or more */
	HEADS = 4,      /* lines of heads above a row */
	LEADER = 3,     /* signs of one, or more */
	LONGEST = 300,  /* bytes of a row */
	SHORTEST_WHOLE = 100, /* of a table on one line */
	LEAST_SIGNS = 12, /* of it, where two signs may part its cells */
	MIDDLE_DOT = 0xb7,
	BARRED = 20,    /* lines with bars: the tables of the page are those */
	TAIL = 12,      /* bytes at the end of a row, of which some are a value's */
	LAST_PAGE = 300, /* of a table of contents */
};

/* What joins the cells of a line; of a comma or semicolon a table on one line alone is made here (separated.h). */
static const struct sign {
	const char *text, *other; /* a line joined by the one may part its rows by the other */
	bool rows;
} signs[] = {
	{"，", "；", true},
	{"、", "；", true},
	{"；", NULL, true},
	{" / ", NULL, true},
	{",", ";", false},
	{";", NULL, false},
};

enum { SIGNS = sizeof signs / sizeof *signs };

/* The fields of a line that a sign joins. */
struct fields_joined {
	size_t all, numbers, values;
	bool row;     /* a label, and a value at its end */
	bool grouped; /* two of them may be the digits of one number, 1,234 */
};

/* Where the field that begins the text ends; *next is behind its sign.  一、 numbers a label, and parts nothing. */
static size_t
field_end(struct span s, const struct sign *sign, size_t *next)
{
	struct span one = span_str(sign->text), other = sign->other ? span_str(sign->other) : SPAN("");
	size_t at = 0;

	while (at < s.n && s.p[at] == ' ')
		at++;
	if (at < s.n && (unsigned char)s.p[at] >= 0x80)
		at += line_numbering(span_from(s, at));
	while (at < s.n) {
		size_t n = span_at(s, at, one) ? one.n : other.n && span_at(s, at, other) ? other.n : 0;

		if (n) {
			*next = at + n;
			return at;
		}
		at++;
	}
	*next = s.n;
	return s.n;
}

static bool
is_digits(struct span s, size_t least, size_t most)
{
	size_t n = 0;

	while (span_is_digit(s, n))
		n++;
	return n == s.n && n >= least && n <= most;
}

static struct fields_joined
measure(struct span s, const struct sign *sign)
{
	struct fields_joined f = {.row = true};
	struct span before = SPAN("");
	bool more = true;

	while (more) {
		size_t next, end = field_end(s, sign, &next);
		struct span field = blank_trim(span_head(s, end));
		enum cell_kind kind = cell_kind(field);

		more = end < s.n;
		f.row &= f.all ? kind != CELL_LABEL || !line_is_prose(field) : kind == CELL_LABEL || kind == CELL_SHORT;
		if (!more)
			f.row &= kind != CELL_LABEL && kind != CELL_SHORT;
		f.numbers += f.all && kind == CELL_NUMBER;
		f.values += kind == CELL_NUMBER || kind == CELL_MARK;
		f.grouped |= is_digits(before, 1, 3) && *before.p != '0' && is_digits(field, 3, 3);
		before = field;
		f.all++;
		s = span_from(s, next);
	}
	return f;
}

static bool
is_whole(const struct fields_joined *f, const struct sign *sign)
{
	return f->all >= WHOLE && f->numbers >= NUMBERS && f->numbers * SPARSE >= f->all && (sign->rows || !f->grouped);
}

/* Whether the line is a row of so many fields: a label and values, or values alone. */
static bool
is_row(struct span s, const struct fields_joined *f, const struct sign *sign, size_t least)
{
	return sign->rows && (f->row || (f->all >= ROWS && f->values == f->all)) && f->all >= least && f->numbers &&
	       s.n <= LONGEST && !line_ends_sentence(s);
}

/* Whether so many signs stand in the text. */
static bool
has_signs(struct span s, struct span sign, size_t least)
{
	for (size_t at; least > 0; least--) {
		if ((at = span_find(s, sign)) == s.n)
			return false;
		s = span_from(s, at + sign.n);
	}
	return true;
}

/* Whether the line may end in a value, as most lines of a text do not: with a unit or without. */
static bool
ends_in_value(struct span s)
{
	for (size_t i = s.n > TAIL ? s.n - TAIL : 0; i < s.n; i++)
		if (is_digit(s.p[i]) || line_dash(span_from(s, i)))
			return true;
	return false;
}

/* Whether the line may be heads of rows that the sign joins. */
static bool
is_heads(struct span s, const struct sign *sign)
{
	return s.n <= LONGEST && span_find(s, span_str(sign->text)) < s.n && !line_ends_sentence(s) && !line_is_prose(s);
}

/* Writes the fields with a tab between. */
static void
part(struct text_line *line, const struct sign *sign, struct buf *text)
{
	size_t start = text->n;
	struct span s = line->text;

	for (bool more = true; more;) {
		size_t next, end = field_end(s, sign, &next);

		buf_add_span(text, blank_trim(span_head(s, end)));
		more = end < s.n;
		if (more)
			buf_add_char(text, '\t');
		s = span_from(s, next);
	}
	*line = line_make(line->number, span_of(text->p + start, text->n - start));
}

/* A line in which a table of bars, tabs or gaps stands is none of these. */
static bool
is_open(const struct text_line *line)
{
	return !line->bars && !line->gaps && !line->parted && !line->ruled && line->text.n;
}

/* Puts tabs into the rows that the sign joins, and into the heads above them. */
static void
join_rows(struct text_line *lines, size_t n, const struct sign *sign, struct buf *text)
{
	for (size_t i = 0, done = 0; i < n; i++) {
		struct fields_joined f;
		size_t first = i;

		if (!is_open(&lines[i]) || !ends_in_value(lines[i].text) || !has_signs(lines[i].text, span_str(sign->text), 1))
			continue;
		f = measure(lines[i].text, sign);
		if (!is_row(lines[i].text, &f, sign, FIELDS - 1))
			continue;
		while (first > done && i - first < HEADS && is_open(&lines[first - 1]) && is_heads(lines[first - 1].text, sign))
			first--;
		for (; first <= i; first++)
			part(&lines[first], sign, text);
		done = i + 1;
	}
}

/* Puts tabs into a line that is a table; else notes for each sign whether the line is a row that it joins. */
static void
look_at(struct text_line *line, size_t rows[SIGNS], struct buf *text)
{
	bool tail = line->text.n <= LONGEST && ends_in_value(line->text);

	if (!is_open(line) || (!tail && line->text.n < SHORTEST_WHOLE))
		return;
	for (size_t i = 0; i < SIGNS; i++) {
		struct fields_joined f;
		bool row = tail && signs[i].rows;

		if (!has_signs(line->text, span_str(signs[i].text), row ? 1 : LEAST_SIGNS))
			continue;
		f = measure(line->text, &signs[i]);
		if (is_whole(&f, &signs[i])) {
			part(line, &signs[i], text);
			return;
		}
		rows[i] += is_row(line->text, &f, &signs[i], FIELDS);
	}
}

/* A label, what leads to its number, and that with its unit, which may also stand before it. */
struct pair {
	struct span label, unit, value;
	size_t leader; /* the character */
};

/* Bytes of a character that leads from a label to its number; *least: so many of them do. */
static size_t
leader_length(struct span s, size_t *character, size_t *least)
{
	*character = (unsigned char)*s.p < 0x80 ? (unsigned char)*s.p : span_starts(s, SPAN("·")) ? MIDDLE_DOT : span_character(s, 0);
	*least = LEADER;
	switch (*character) {
	case '.': case '_': case '-': return 1;
	case '=': *least = 1; return 1;
	case MIDDLE_DOT: return 2;
	case 0x2026: case 0x2192: *least = 1; return 3;                   /* … → */
	case 0x2014: case 0x2500: case 0x30fb: case 0xff3f: return 3;     /* — ─ ・ ＿ */
	}
	return 0;
}

/* Adds the text without blanks, leaders and what markdown makes bold with. */
static void
add_value(struct span s, size_t leader, struct buf *text)
{
	while (s.n) {
		size_t character, least, n = leader_length(s, &character, &least), step = n ? n : span_step(s);
		bool point = character == '.' && s.n > 1 && is_digit(s.p[1]) && text->n && is_digit(text->p[text->n - 1]);

		if ((character != leader || point) && *s.p != ' ' && *s.p != '*')
			buf_add_span(text, span_head(s, step));
		s = span_from(s, step);
	}
}

/* Whether the line is a label with a leader and a number behind it; the number goes to *text. */
static bool
read_pair(struct span s, struct buf *text, struct pair *p)
{
	size_t run = 0, begin = 0;

	if (s.n > LONGEST || !ends_in_value(s))
		return false;
	for (size_t at = 0; at < s.n;) {
		size_t character, least, n = leader_length(span_from(s, at), &character, &least);

		if (n && run && character != p->leader)
			run = 0;
		if (n && run++ == 0) {
			begin = at;
			p->leader = character;
		}
		if (n && run >= least) {
			size_t start = text->n;

			while (at < s.n && leader_length(span_from(s, at), &character, &least) && character == p->leader)
				at += n;
			p->label = blank_trim(span_head(s, begin));
			add_value(span_from(s, at), p->leader, text);
			p->value = span_of(text->p + start, text->n - start);
			for (start = 0; start < p->value.n && !is_digit(p->value.p[start]); start++)
				;
			p->unit = span_head(p->value, start);
			p->value = span_from(p->value, start);
			return cell_kind(p->value) == CELL_NUMBER && cell_kind(p->label) == CELL_LABEL &&
			       (p->unit.n == 0 || line_is_unit(p->unit));
		}
		if (!n)
			run = 0;
		at += n ? n : span_step(span_from(s, at));
	}
	return false;
}

/* The number of a value without unit; SIZE_MAX of one with a unit or too many digits. */
static size_t
plain_number(struct span s)
{
	size_t number = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]) || i > 4)
			return SIZE_MAX;
		number = 10 * number + (size_t)(s.p[i] - '0');
	}
	return number;
}

/*
 * Whether what stands right before the number that may end the text leads to it, or joins it to what is before: most numbers
 * at a line's end are a date's, or a sentence's.
 */
static bool
leads_to_end(struct span s)
{
	size_t character, least, at = s.n;

	for (size_t unit = 0; unit < 3 && at > 0 && !is_digit(s.p[at - 1]); unit++)
		for (at--; at > 0 && ((unsigned char)s.p[at] & 0xc0) == 0x80; at--)
			;
	while (at > 0 && (is_digit(s.p[at - 1]) || s.p[at - 1] == '.'))
		at--;
	while (at > 0 && (s.p[at - 1] == ' ' || s.p[at - 1] == '*'))
		at--;
	if (at < 3 || at == s.n)
		return false;
	if ((unsigned char)s.p[at - 1] < 0x80)
		return s.p[at - 1] == '/' || s.p[at - 1] == '=' || s.p[at - 1] == '_' ||
		       ((s.p[at - 1] == '-' || s.p[at - 1] == '.') && s.p[at - 2] == s.p[at - 1]);
	s = span_from(s, at - 3);
	for (size_t i = 0; i < SIGNS; i++)
		if (signs[i].rows && span_starts(s, span_str(signs[i].text)))
			return true;
	return leader_length(s, &character, &least) || leader_length(span_from(s, 1), &character, &least);
}

bool
line_is_joined(struct span s, struct buf *scratch)
{
	struct pair p = {.leader = 0};
	bool found = false;

	if (s.n > LONGEST || !leads_to_end(s))
		return false;
	for (size_t i = 0; i < SIGNS && !found; i++) {
		struct fields_joined f;

		if (!signs[i].rows || !has_signs(s, span_str(signs[i].text), 1))
			continue;
		f = measure(s, &signs[i]);
		found = is_row(s, &f, &signs[i], FIELDS);
	}
	buf_reset(scratch);
	return found || read_pair(s, scratch, &p);
}

/* Labels and numbers with a leader between; those of a table of contents are of pages, and grow. */
static void
join_pairs(struct text_line *lines, size_t n, struct buf *text)
{
	size_t pairs = 0, last = 1, start = text->n;
	bool contents = true;
	struct pair p = {.leader = 0};

	for (size_t i = 0; i < n; i++) {
		size_t number;

		if (lines[i].bars || lines[i].parted || lines[i].ruled || !read_pair(lines[i].text, text, &p)) {
			text->n = start;
			continue;
		}
		number = p.unit.n ? SIZE_MAX : plain_number(p.value);
		contents &= number >= last && number <= LAST_PAGE;
		last = number;
		pairs++;
		text->n = start;
	}
	for (size_t i = 0; pairs >= ROWS && !contents && i < n; i++) {
		size_t from = text->n, at;

		if (lines[i].bars || lines[i].parted || lines[i].ruled || !read_pair(lines[i].text, text, &p)) {
			text->n = from;
			continue;
		}
		at = text->n;
		buf_add_span(text, p.label);
		buf_add_char(text, '\t');
		if (p.unit.n) {
			buf_add_span(text, p.unit);
			buf_add_char(text, '\t');
		}
		buf_add_span(text, p.value);
		lines[i] = line_make(lines[i].number, span_of(text->p + at, text->n - at));
	}
}

void
lines_joined(struct text_line *lines, size_t n, struct buf *text)
{
	size_t rows[SIGNS] = {0}, barred = 0;

	for (size_t i = 0; i < n && barred < BARRED; i++)
		barred += lines[i].bars > 0;
	if (barred == BARRED)
		return;
	for (size_t i = 0; i < n; i++)
		look_at(&lines[i], rows, text);
	for (size_t i = 0; i < SIGNS; i++)
		if (rows[i] >= ROWS)
			join_rows(lines, n, &signs[i], text);
	join_pairs(lines, n, text);
}
