#include "finder.h"

/*
 * What is read of a page: its beginning, where it says whose report it is, and its end, where the
 * site says whose site it is.  What stands between names other places and compiles other things for other
 * reasons; of it only who files the table is read (填报单位).
 */
enum {
	HEAD_BYTES = 5000,     /* of long lines, */
	HEAD_SENTENCES = 1800, /* and of sentences: whose report it is says the first paragraph or two */
	FOOT_BYTES = 3000,
	FOOT_ITEMS = 60,
	HEAD_CELLS = 80,
	LINES = 2000,
	LINE_BYTES = 32768
};

/* The bytes of the mark at i that parts a name from what stands round it; 0 if there is none. */
static size_t
mark_at(struct span text, size_t i)
{
	static const char *const wide[] = {
		"：", "“", "”", "《", "》", "、", "—", "，", "。", "〈", "〉", "【", "】", "　"};

	if (i >= text.n)
		return 0;
	switch (text.p[i]) {
	case ' ':
	case ':':
	case '|':
	case '"':
	case '-':
	case '_':
	case ',':
	case '.':
	case '<':
	case '>':
	case '*':
	case '[':
	case ']':
		return 1;
	case '\xc2':
		return span_at(text, i, SPAN("·")) ? 2 : 0;
	case '\xe2':
	case '\xe3':
	case '\xef':
		return lines_wide_mark(text, i, wide, sizeof wide / sizeof *wide);
	default:
		return 0;
	}
}

size_t
lines_skip_marks(struct span text, size_t i)
{
	size_t n;

	while ((n = mark_at(text, i)) > 0)
		i += n;
	return i;
}

struct span
lines_trim(struct span text)
{
	size_t skip = lines_skip_marks(text, 0);

	text = span_from(text, skip);
	for (bool again = true; again && text.n;) {
		again = false;
		for (size_t n = 1; n <= 3 && n <= text.n && !again; n++)
			if (mark_at(text, text.n - n) == n ||
				(n == 1 && text.p[text.n - 1] == '(')) {
				text.n -= n;
				again = true;
			}
	}
	if (span_ends(text, SPAN(")")) && !contains(text, "("))
		text.n -= 1;
	while (span_starts(text, SPAN("(")) && !contains(text, ")"))
		text = span_from(text, 1);
	return text;
}

bool
lines_in_place(const struct identity_finder *f, const struct line *line, const struct name_hit *hit)
{
	for (size_t i = 0; i < line->nmentions; i++) {
		const struct mention *m = mention_of(f, line, i);

		if (!m->loose && m->start <= hit->start && hit->end <= m->end && hit->end - hit->start < m->end - m->start)
			return true;
	}
	return false;
}

/* The words of a text, as they are remembered. */
enum { SCANNED_TEXTS = 2048, SCANNED_BYTES = 120, SCANNED_HITS = 12 };

struct scanned {
	uint32_t roles;
	uint8_t nhits; /* more than SCANNED_HITS: they are not kept */
	bool places, sentence;
	struct name_hit hit[SCANNED_HITS];
};

struct recall *
lines_recall(void)
{
	return recall_new(SCANNED_TEXTS, SCANNED_BYTES, sizeof(struct scanned), true);
}

/* Appends the words of the line to the page's; as names_scan of its text.  *places: some name places. */
static bool
scan_line(struct identity_finder *f, struct line *line, bool *places)
{
	struct name_hits *hits = &f->hits;
	size_t first = hits->n;
	bool fresh, others;
	uint16_t place = recall_place(f->scanned, line->text, &fresh);
	struct scanned *known = place == RECALL_NOWHERE ? NULL : recall_at(f->scanned, place);

	if (known && !fresh && known->nhits <= SCANNED_HITS) {
		while (hits->cap - hits->n < SCANNED_HITS)
			hits->v = grow(hits->v, hits->cap, &hits->cap, sizeof *hits->v);
		memcpy(hits->v + hits->n, known->hit, sizeof known->hit);
		hits->n += known->nhits;
		line->roles = known->roles;
		line->sentence = known->sentence;
		*places = known->places;
		return false;
	}
	others = names_scan(f->lexicon->names, line->text, hits);
	line->sentence = contains(line->text, "。");
	*places = false;
	for (size_t i = first; i < hits->n; i++) {
		const struct word *word = lexicon_word(f->lexicon, &hits->v[i]);

		line->roles |= word->roles;
		*places = *places || word->place;
	}
	if (!known)
		return others;
	known->nhits = SCANNED_HITS + 1;
	if (!others && hits->n - first <= SCANNED_HITS) {
		known->nhits = (uint8_t)(hits->n - first);
		known->roles = line->roles;
		known->places = *places;
		known->sentence = line->sentence;
		if (known->nhits)
			memcpy(known->hit, hits->v + first, known->nhits * sizeof *known->hit);
	}
	return others;
}

void
lines_add(struct identity_finder *f, enum line_kind kind, size_t item, struct span text)
{
	struct line line = {.kind = kind,
		.item = item,
		.last = item,
		.text = text,
		.first_hit = f->hits.n,
		.first_mention = f->mentions.n};
	bool places;

	if (f->nlines == LINES || text.n == 0)
		return;
	line.text = span_head(line.text, LINE_BYTES);
	if (scan_line(f, &line, &places)) {
		/* Endings and marks are compared as they are, so a traditional text is read in
		 * simplified form. */
		f->plain = grow(f->plain, f->nplain, &f->plain_cap, sizeof *f->plain);
		while (f->plain_ready <= f->nplain)
			f->plain[f->plain_ready++] = BUF_INIT;
		buf_reset(&f->plain[f->nplain]);
		lexicon_plain(f->lexicon, line.text, &f->plain[f->nplain]);
		line.text = buf_span(&f->plain[f->nplain++]);
	}
	line.nhits = f->hits.n - line.first_hit;
	if (places)
		mentions_read(f->lexicon, line.text, f->hits.v + line.first_hit, line.nhits,
			&f->mentions);
	line.nmentions = f->mentions.n - line.first_mention;
	f->line = grow(f->line, f->nlines, &f->lines_cap, sizeof *f->line);
	f->line[f->nlines++] = line;
}

struct held
lines_hold(struct identity_finder *f, size_t item, struct span text, struct line *line)
{
	struct held before = {f->hits.n, f->mentions.n, f->mentions.nrows, f->nlines, f->nplain, {.kind = LINE_TEXT}};

	/* There is room for these few, whatever the page has. */
	if (f->nlines)
		before.first = f->line[0];
	f->nlines = 0;
	lines_add(f, LINE_TEXT, item, text);
	*line = f->line[0];
	return before;
}

void
lines_drop(struct identity_finder *f, struct held before)
{
	f->hits.n = before.hits;
	f->mentions.n = before.mentions;
	f->mentions.nrows = before.rows;
	f->nlines = before.lines;
	f->nplain = before.plain;
	if (f->nlines)
		f->line[0] = before.first;
}

/* Offset of the separator between a page's title and its site's name; text.n if there is none. */
static size_t
title_separator(struct span text, size_t from, size_t *width)
{
	for (size_t i = from; i < text.n; i++) {
		switch (text.p[i]) {
		case '-':
			/* 2018-2019 is one thing. */
			if (i && is_digit(text.p[i - 1]) && span_is_digit(text, i + 1))
				continue;
			/* fall through */
		case '_':
		case '|':
		case '>':
			*width = 1;
			return i;
		case '\xc2':
			*width = 2;
			if (span_at(text, i, SPAN("»")))
				return i;
			break;
		case '\xe2':
			*width = 3;
			if (span_at(text, i, SPAN("—")) || span_at(text, i, SPAN("–")))
				return i;
			break;
		default:
			break;
		}
	}
	return text.n;
}

/* <title> names the page and then its site: each part is a line of its own. */
static void
add_title(struct identity_finder *f, size_t item, struct span text, bool html)
{
	size_t begin = 0, width = 0;

	for (size_t parts = 0; begin < text.n && parts < 12; parts++) {
		size_t end = title_separator(text, begin, &width);
		struct span part = span_trim(span_of(text.p + begin, end - begin));
		size_t before = f->nlines;

		lines_add(f, LINE_TITLE, item, part);
		if (f->nlines > before && !has_role(&f->line[before], ROLE_DISCLOSURE))
			f->line[before].kind = html ? LINE_SITE : LINE_TEXT;
		if (f->nlines > before)
			f->line[before].titled = !html;
		begin = end + width;
	}
}

/* What a meta element says. */
static void
add_meta(struct identity_finder *f, size_t index, struct span piece)
{
	struct span value;

	switch (meta_read(&f->metas, piece, &value)) {
	case META_TITLE:
		lines_add(f, LINE_ARTICLE, index, value);
		break;
	case META_SITE:
		lines_add(f, LINE_SITE, index, value);
		break;
	case META_COLUMN:
		lines_add(f, LINE_COLUMN, index, value);
		break;
	case META_SOURCE:
		lines_add(f, LINE_SOURCE, index, value);
		break;
	case META_SITE_ID:
		if (value.n >= 6)
			clues_code(f, CLUE_SITE_ID, value, (struct weights){8, 4, 2, -2});
		break;
	case META_HOST:
		clues_hosts(f, value, true);
		break;
	case META_PUBLISHED:
		if (f->published.n == 0)
			lines_date(f, value, &f->published);
		break;
	case METAS:
		break;
	}
}

/* How much of the page's text has been gone over. */
struct gone_over {
	size_t bytes, sentences, cells;
};

static bool
is_head(const struct gone_over *gone)
{
	return gone->bytes < HEAD_BYTES && gone->sentences < HEAD_SENTENCES;
}

/* A line of text; at the page's foot it may say whose site it is. */
static void
add_text(struct identity_finder *f, size_t index, struct span text, bool foot, struct gone_over *gone)
{
	bool head = is_head(gone);
	size_t before = f->nlines;

	/* Down there and at the end sentences say nothing of whose report it is. */
	if (!head && (!foot || (text.n > 2 * LINK_BYTES && contains(text, "。"))) &&
		!context_is_at(&f->lexicon->context, CONTEXT_FILLED, text, 0))
		return;
	lines_add(f, head || !foot ? LINE_TEXT : LINE_FOOT, index, text);
	clues_hosts(f, text, false);
	/* Menus before a report are long, their lines short and no sentences. */
	gone->bytes += text.n > LINK_BYTES ? text.n : 0;
	gone->sentences += f->nlines > before && f->line[before].sentence ? text.n : 0;
}

/* Cells before the table of figures are those of the page's own description. */
static void
add_cell(struct identity_finder *f, size_t index, struct span text, struct gone_over *gone)
{
	if (text.n < 6 || text.n > HEADING_BYTES)
		return;
	if ((is_head(gone) && gone->cells < HEAD_CELLS) ||
		context_is_at(&f->lexicon->context, CONTEXT_FILLED, text, 0)) {
		lines_add(f, LINE_CELL, index, text);
		gone->cells++;
	}
}

/* Where the page's foot begins. */
static size_t
foot_of(const struct page *page)
{
	size_t foot = page->n, bytes = 0;

	for (size_t back = 0; foot > 0 && back < FOOT_ITEMS && bytes < FOOT_BYTES; back++) {
		const struct item *item = &page->items[--foot];

		if (item->kind == ITEM_TEXT)
			bytes += item->text.n;
	}
	return foot;
}

void
lines_read(struct identity_finder *f, const struct page *page)
{
	struct gone_over gone = {0, 0, 0};
	size_t foot = foot_of(page);

	/* A plain text has no title of a site: its titles are its first lines. */
	f->html = page->n == 0 || page->items[0].kind != ITEM_PAGE ||
		  !span_starts(page->items[0].text, SPAN("format=text"));
	for (size_t i = 0; i < page->n; i++) {
		struct span text = page->items[i].text;

		switch (page->items[i].kind) {
		case ITEM_TITLE:
			add_title(f, i, text, f->html);
			break;
		case ITEM_META:
			add_meta(f, i, text);
			break;
		case ITEM_TEXT:
			add_text(f, i, text, i >= foot, &gone);
			break;
		case ITEM_CELL:
			add_cell(f, i, text, &gone);
			break;
		default:
			break;
		}
	}
	clues_hosts(f, page->source, true);
}

/* The value's own piece: the next cell of the row, or the next line; that is no sentence and no label. */
static struct span
value_beside(const struct page *page, const struct line *line)
{
	const struct item *item = &page->items[line->item], *next = item + 1;

	if (line->item + 1 >= page->n || next->kind != item->kind || next->table != item->table || next->row != item->row ||
		next->text.n > VALUE_BYTES || contains(next->text, "。") || span_ends(next->text, SPAN(":")) ||
		span_ends(next->text, SPAN("：")))
		return span_of(NULL, 0);
	return next->text;
}

/* The text up to what ends a value. */
static struct span
value_head(struct span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (span_at(text, i, SPAN("|")) || span_at(text, i, SPAN(" ")) || span_at(text, i, SPAN("[")) ||
			span_at(text, i, SPAN("【")) || span_at(text, i, SPAN("。")) || span_at(text, i, SPAN("；")) ||
			span_at(text, i, SPAN("，")))
			return span_of(text.p, i);
	return text;
}

struct span
lines_label_value(const struct identity_finder *f, const struct page *page, const struct line *line,
	size_t hit)
{
	static const uint32_t labels =
		1u << ROLE_PUBLISHER | 1u << ROLE_PUBLISHED | 1u << ROLE_PHONE | 1u << ROLE_FILING |
		1u << ROLE_AUTHOR | 1u << ROLE_ASIDE;
	size_t from = hit_of(f, line, hit)->end, end, open;
	struct span text = line->text, value;
	struct year_scan scan;
	struct year_token date;
	bool behind;

	from += context_length(&f->lexicon->context, CONTEXT_WHOSE, text, from);
	/* 填报单位(盖章): */
	open = from;
	if (span_at(text, open, SPAN("("))) {
		size_t close = span_find(span_from(text, open), SPAN(")"));

		if (close < 40 && open + close < text.n)
			from = open + close + 1;
	}
	behind = span_at(text, from, SPAN(":")) || span_at(text, from, SPAN("：")) ||
		 span_at(text, from, SPAN("|")) || span_at(text, from, SPAN("]")) ||
		 span_at(text, from, SPAN("】")) || span_at(text, from, SPAN(" "));
	from = lines_skip_marks(text, from);
	if (from >= text.n)
		return value_beside(page, line);
	if (!behind)
		return span_of(NULL, 0);
	end = from + span_head(span_from(text, from), VALUE_BYTES).n;
	/* Up to the next label, or what ends a value; words stand in the order of their ends. */
	for (size_t i = hit + 1; i < line->nhits; i++) {
		const struct name_hit *next = hit_of(f, line, i);

		if (next->end > from + VALUE_BYTES * 2)
			break;
		if (next->start >= from && next->start < end &&
			(lexicon_word(f->lexicon, next)->roles & labels))
			end = next->start;
	}
	value = value_head(span_of(text.p + from, end - from));
	/* 来源:县财政局2023-01-20 10:20 */
	scan = year_scan_start(&f->lexicon->years, value, false);
	if (year_scan_next(&scan, &date) && date.start > 0 && date.month && date.day)
		value.n = date.start;
	return span_trim(value);
}

bool
lines_date(const struct identity_finder *f, struct span text, struct buf *out)
{
	struct year_scan scan = year_scan_start(&f->lexicon->years, text, true);
	struct year_token t;

	while (year_scan_next(&scan, &t))
		if (t.month && t.day) {
			buf_reset(out);
			buf_printf(out, "%04d-%02d-%02d", t.year, t.month, t.day);
			return true;
		}
	return false;
}

void
lines_copy(struct identity_finder *f, struct buf *out, struct span text)
{
	size_t begin;

	buf_reset(out);
	begin = out->n;
	lexicon_plain(f->lexicon, text, out);
	for (size_t i = begin; i < out->n; i++)
		if (out->p[i] == ',' || out->p[i] == '"')
			out->p[i] = ' ';
}
