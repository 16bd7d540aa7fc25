/*
 * parts: where a page goes over from one body's report to another's, or to the same body's of another year.  What
 * stands there is not the page's own, whatever it says.
 */
#include "finder.h"

#include <stdlib.h>

#include "form/form.h"

enum {
	TITLES = 256,     /* of one page; more is a list */
	NAME_AHEAD = 96,  /* bytes before the mark that parts a body's name from its sentences */
	PLACE_BYTES = 48, /* of a place's name, with its number */
	YEAR_ALONE = 36,  /* bytes of a heading that is a year */
	TEXTS_AHEAD = 3,  /* between a name that is not numbered and its first figure */
};

/* A title, or a name that heads some lines, of which it is not yet known whether figures follow. */
struct ahead {
	bool open;
	uint32_t item;
	uint16_t year;
	bool other, listed; /* another's; one of several titles, one below the other */
	bool chapter;       /* numbered as one, 第一节 */
	struct subject who;
};

/* A body's name that may head what follows. */
struct name {
	struct subject who; /* found: it is one */
	enum numbering numbering;
	bool chapter; /* numbered as one, 第一节 */
	bool alone; /* with nothing behind it */
	uint32_t item, texts;
};

struct walk {
	struct identity_finder *f;
	const struct page *page;
	const struct subject *own; /* whose report the page is; NULL: not known yet */
	struct subject first_title, first_other, first_name;
	struct subject run;    /* the first of the titles that stand one below the other */
	struct ahead ahead;
	bool after_title;      /* the text before was a title, too */
	size_t titles;
	bool counted;          /* figures stand in the page's own part */
	bool others, several;  /* parts are another's by their titles; of more than one body */
	bool names, differing; /* the same by names that head lines */
	bool other;            /* the part at hand is another's by its title */
	bool chapter;          /* which is numbered as a chapter: names that are, too, stand beside it */
	struct name headed;    /* and if it is one's whose name heads lines: that one */
	struct name pending;   /* not numbered, and no figure yet */
	bool inner;            /* what stands below the name that is not numbered begins with a first number */
};

static void
add_part(struct identity_finder *f, struct page_part part)
{
	f->part = grow(f->part, f->nparts, &f->parts_cap, sizeof *f->part);
	f->part[f->nparts++] = part;
}

static size_t
rune_bytes(struct span text)
{
	unsigned char c = text.n ? (unsigned char)text.p[0] : 0;
	size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

	return n < text.n ? n : text.n;
}

/* True if the characters of one stand in the other in their order: 人社局, 人力资源和社会保障局. */
static bool
is_short_for(struct span name, struct span full)
{
	while (name.n && full.n && name.n <= full.n) {
		size_t n = rune_bytes(full);

		if (n <= name.n && memcmp(name.p, full.p, n) == 0)
			name = span_from(name, n);
		full = span_from(full, n);
	}
	return name.n == 0;
}

/* The name without its place. */
static struct span
bare_name(const struct subject *s)
{
	if (s->placed)
		return s->rest.n ? s->rest : s->own;
	return s->type.n < s->text.n ? span_from(s->text, s->type.n) : s->text;
}

/* A government and its office report alike. */
static bool
is_government(const struct subject *s)
{
	return s->kind == BODY_GOVERNMENT || s->kind == BODY_OFFICE;
}

static bool
is_same_body(const struct subject *a, const struct subject *b)
{
	struct span x = bare_name(a), y = bare_name(b);

	if (is_government(a) != is_government(b))
		return false;
	if (a->placed && b->placed && !contains_span(a->mention.name, b->mention.name) &&
		!contains_span(b->mention.name, a->mention.name))
		return false;
	return is_government(a) || is_short_for(x, y) || is_short_for(y, x);
}

/* As identity_chapter, behind the first bytes, which are the word before the number. */
static size_t
behind_ordinal(const struct identity_finder *f, struct span text, size_t first)
{
	const struct numeral *numeral;
	size_t at = first, n;

	while (at < text.n && ((numeral = numerals_at(f->lexicon->numerals, span_from(text, at))) != NULL ||
				      is_digit(text.p[at])))
		at += numeral ? 3 : 1;
	n = at > first ? context_length(&f->lexicon->context, CONTEXT_CHAPTER, text, at) : 0;
	return n ? at + n : 0;
}

size_t
identity_chapter(const struct identity_finder *f, struct span text)
{
	/* Asked of every line. */
	size_t first = context_length(&f->lexicon->context, CONTEXT_ORDINAL, text, 0);

	return first ? behind_ordinal(f, text, first) : 0;
}

/* Whose title of a report the item is, and of which year; false if it is none. */
static bool
read_title(struct walk *w, uint32_t item, struct ahead *title)
{
	struct identity_finder *f = w->f;
	struct span text = w->page->items[item].text;
	const struct name_hit *report;
	struct held before;
	struct line line;
	size_t chapter;
	bool is;

	/* Short of a scan, most lines are none. */
	if (text.n > HEADING_BYTES || w->titles == TITLES || contains(text, "。") ||
		!context_within(&f->lexicon->context, CONTEXT_OPEN, text))
		return false;
	chapter = identity_chapter(f, text);
	text = lines_trim(span_from(text, chapter));
	before = lines_hold(f, item, text, &line);
	is = has_role(&line, ROLE_DISCLOSURE) && has_role(&line, ROLE_REPORT) &&
		!is_link(&line) && !has_role(&line, ROLE_OTHER) && !context_within(&f->lexicon->context, CONTEXT_SHEET, line.text) &&
		subject_report_words(f, &line, 0, &report) && report;
	if (is) {
		*title = (struct ahead){.open = true, .item = item, .year = (uint16_t)heading_year(f, line.text),
			.chapter = chapter > 0};
		subject_heading(f, &line, false, &title->who);
		title->who.found = title->who.found && title->who.known && !context_within(&f->lexicon->context, CONTEXT_EVERY, title->who.text);
		is = title->year || title->who.found;
		w->titles += is;
	}
	/* Names are compared later: what stands in simplified form stays. */
	if (is)
		before.plain = f->nplain;
	lines_drop(f, before);
	return is;
}

/* One body's part has a title, another's a name: they are several in both ways. */
static void
both_ways(struct walk *w)
{
	if (w->names && w->others && !is_same_body(&w->first_name, &w->first_other))
		w->several = w->differing = true;
}

/* Figures follow the title: it heads a part. */
static void
begin_part(struct walk *w)
{
	struct ahead *a = &w->ahead;

	a->open = false;
	if (a->other && !a->listed) {
		if (!w->others)
			w->first_other = a->who;
		w->several = w->several || !is_same_body(&w->first_other, &a->who);
		w->others = true;
		both_ways(w);
	}
	w->other = a->other;
	w->chapter = a->chapter;
	w->headed.who.found = false;
	add_part(w->f, (struct page_part){.item = a->item, .year = a->year, .other = a->other,
		.listed = a->listed, .late = w->counted});
}

static void
take_title(struct walk *w, struct ahead title)
{
	if (!w->own && title.who.found) {
		w->first_title = title.who;
		w->own = &w->first_title;
	}
	title.other = w->own && title.who.found && !is_same_body(w->own, &title.who);
	/*
	 * One below the other they are links to other pages; or a table of contents, where the title behind it is the
	 * first again.
	 */
	title.listed = w->after_title && w->ahead.open && w->ahead.other && title.other;
	if (!title.listed)
		w->run = title.who;
	else if (title.other && w->run.found && is_same_body(&w->run, &title.who))
		title.listed = false;
	w->ahead = title;
}

/* What may be a body's name before a mark, or all of the text. */
static struct span
name_ahead(struct span text)
{
	const char *colon = memchr(text.p, ':', text.n < NAME_AHEAD ? text.n : NAME_AHEAD);
	size_t n = colon ? (size_t)(colon - text.p) : text.n;
	size_t stop = span_find(span_of(text.p, n < NAME_AHEAD ? n : NAME_AHEAD), SPAN("。"));

	return span_of(text.p, stop < n && stop < NAME_AHEAD ? stop : n);
}

/* Whether a mark that ends a number stands near the beginning: 1. 十二、 （三） */
static bool
may_be_numbered(struct span text)
{
	for (size_t i = 0; i < text.n && i < 10; i++)
		if (text.p[i] == '.' || text.p[i] == ')' || span_at(text, i, SPAN("、")))
			return true;
	return false;
}

/* Whether the name may be a body's, or a place's, by its end. */
static bool
ends_as_name(const struct identity_finder *f, struct span name)
{
	size_t ending;
	enum body_kind kind = bodies_kind(f->bodies, name, &ending);

	/* What institutions are called, channels are, too: 档案馆. */
	if (ending > 0 && (kind != BODY_GOVERNMENT || ending < name.n))
		return kind != BODY_INSTITUTION;
	return name.n <= PLACE_BYTES && types_at_end(&f->lexicon->types, name) != TYPE_NONE;
}

/* Whether it names one body or place, and not what each has: 办公室. */
static bool
is_one(const struct identity_finder *f, const struct subject *who)
{
	/* 攸县 is a name, 某局 is not. */
	if (!who->found || !who->known || who->text.n < (who->kind == BODY_GOVERNMENT ? 6 : 9) || context_within(&f->lexicon->context, CONTEXT_EVERY, who->text))
		return false;
	if (who->kind == BODY_GOVERNMENT)
		return who->placed && !who->mention.loose;
	return !context_is(&f->lexicon->context, CONTEXT_INNER, who->text);
}

/* The text is a body's name, or begins with a numbered one and a mark: 一、城关镇, 1.县公安局。全年… */
static struct name
read_name(struct walk *w, uint32_t item)
{
	struct identity_finder *f = w->f;
	struct span text = w->page->items[item].text, name;
	struct name n = {.item = item};
	struct buf key = BUF_INIT;
	struct label label;
	struct held before;
	struct line line;
	size_t chapter;

	/* A long text begins with a name only behind a number. */
	if (text.n > NAME_AHEAD && !may_be_numbered(text))
		return n;
	name = name_ahead(text);
	n.alone = name.n == text.n;
	chapter = identity_chapter(f, name);
	n.chapter = chapter > 0;
	name = lines_trim(span_from(name, chapter));
	if (name.n > NAME_AHEAD || !ends_as_name(f, name))
		return n;
	label = label_read(f->lexicon->labels, name, &key);
	if ((n.alone || n.chapter || label.numbering != NUMBER_NONE) && span_ends(name, label.key)) {
		before = lines_hold(f, item, span_of(name.p + name.n - label.key.n, label.key.n), &line);
		subject_read(f, &line, line.text, true, &n.who);
		n.who.found = is_one(f, &n.who) && n.who.text.n == line.text.n &&
			(n.chapter || label.numbering != NUMBER_NONE || n.who.type.n || n.who.placed);
		n.numbering = n.chapter ? NUMBER_SECTION : label.numbering;
		before.plain = f->nplain;
		lines_drop(f, before);
	}
	buf_release(&key);
	return n;
}

/* True if the text is no more of what the name heads: it is numbered as that is, or as what stands above it. */
static bool
ends_named(struct walk *w, struct span text)
{
	struct buf key = BUF_INIT;
	struct label label;
	bool numbered = w->headed.numbering != NUMBER_NONE;

	if (!w->headed.alone)
		return true;
	if (text.n > HEADING_BYTES)
		return false;
	if (identity_chapter(w->f, text))
		return true;
	label = label_read(w->f->lexicon->labels, text, &key);
	buf_release(&key);
	if (label.numbering == NUMBER_NONE || label.numbering > (numbered ? w->headed.numbering : NUMBER_SECTION))
		return false;
	/* 一、概述 below （二）某县 or 第二节 某县 begins what is within. */
	w->inner = w->inner || (label.number == 1 && (!numbered || w->headed.chapter || label.numbering != w->headed.numbering));
	return !w->inner;
}

static void
begin_named(struct walk *w, const struct name *n)
{
	if (w->ahead.open)
		begin_part(w);
	if (!w->names)
		w->first_name = n->who;
	w->differing = w->differing || !is_same_body(&w->first_name, &n->who);
	w->names = true;
	w->other = false;
	both_ways(w);
	w->headed = *n;
	w->inner = false;
	w->pending.who.found = false;
	add_part(w->f, (struct page_part){.item = n->item, .other = true, .named = true});
}

/* The text may be a name that heads what follows, or end such a part. */
static void
take_name(struct walk *w, uint32_t item)
{
	struct name n;

	/* The names of another's report are its own. */
	if (w->ahead.open && w->ahead.other)
		return;
	n = read_name(w, item);
	/* Among others the government's office stands for itself. */
	if (n.who.found && w->own && (n.who.kind == BODY_OFFICE || !is_same_body(w->own, &n.who))) {
		if (n.numbering != NUMBER_NONE)
			begin_named(w, &n);
		else
			w->pending = n;
		return;
	}
	if (w->pending.who.found && ++w->pending.texts > TEXTS_AHEAD)
		w->pending.who.found = false;
	if (w->headed.who.found && ends_named(w, w->page->items[item].text)) {
		w->headed.who.found = false;
		add_part(w->f, (struct page_part){.item = item, .named = true});
	}
}

/* Drops the parts that are not sure: one title alone with nothing before it is the page's own. */
static void
settle(struct walk *w, bool titled)
{
	struct identity_finder *f = w->f;
	size_t kept = 0;

	for (size_t i = 0; i < f->nparts; i++) {
		struct page_part *p = &f->part[i];

		if (p->named ? !w->differing : p->other ? !titled || p->listed : p->year && !p->late)
			continue;
		f->part[kept++] = *p;
	}
	f->nparts = kept;
}

void
parts_find(struct identity_finder *f, const struct page *page, size_t heading)
{
	const struct subject *title = &f->subject[FROM_TITLE];
	struct walk w = {.f = f, .page = page, .own = title->found && title->known ? title : NULL};
	bool late = false;

	f->nparts = 0;
	for (size_t i = heading < f->nlines ? f->line[heading].last + 1 : 0; i < page->n; i++) {
		const struct item *item = &page->items[i];
		struct ahead next;

		/* Most pieces are the cells of a table. */
		if (item->kind == ITEM_CELL && !w.ahead.open && w.counted)
			continue;
		if (item->kind == ITEM_TEXT) {
			bool is = read_title(&w, (uint32_t)i, &next);
			int year = !is && !w.other && !w.ahead.open && item->text.n <= YEAR_ALONE
				? identity_year(f, lines_trim(item->text)) : 0;

			if (is)
				take_title(&w, next);
			else if (year) /* 【2012年】 */
				w.ahead = (struct ahead){.open = true, .item = (uint32_t)i, .year = (uint16_t)year};
			else if (!w.other || (w.chapter && identity_chapter(f, item->text)))
				take_name(&w, (uint32_t)i);
			w.after_title = is;
		} else if (item->kind == ITEM_FIGURE || (item->kind == ITEM_CELL && item->state == STATE_NUMBER)) {
			if (w.ahead.open)
				begin_part(&w);
			if (w.pending.who.found && item->kind == ITEM_FIGURE && item->unit.n)
				begin_named(&w, &w.pending);
			w.counted = w.counted || (!w.other && !w.headed.who.found &&
				(item->kind == ITEM_CELL || item->unit.n > 0));
		}
	}
	for (size_t i = 0; i < f->nparts; i++)
		if (f->part[i].other && !f->part[i].named && !f->part[i].listed) {
			late = f->part[i].late;
			break;
		}
	settle(&w, w.several || late);
	for (size_t l = 0, p = 0; l < f->nlines && f->nparts; l++) {
		struct line *line = &f->line[l];

		const struct page_part *part = page_part_at(f->part, f->nparts, (uint32_t)line->item, &p);

		line->other = part && (part->other || part->year);
	}
}
