#include "identity.h"

#include <stdlib.h>
#include <strings.h>

#include "body.h"
#include "buf.h"
#include "evidence.h"
#include "lexicon.h"
#include "place.h"
#include "year.h"

const char *const body_kind_names[BODY_KINDS] = {"government", "government_office", "department", "township",
	"zone", "institution", "other"};
const char *const scope_names[SCOPES] = {"", "region", "tier", "own", "unclear"};
const char *const level_names[LEVELS] = {"", "nation", "province", "prefecture", "county", "township",
	"zone"};

/*
 * What is read of a page: its beginning, where it says whose report it is, and its end, where the site
 * says whose site it is.  What stands between names other places for other reasons.
 */
enum { HEAD_BYTES = 5000, FOOT_BYTES = 3000, FOOT_ITEMS = 60, HEAD_CELLS = 80, LINES = 400,
	LINE_BYTES = 32768 };

/* The longest heading, in bytes, and the longest value behind a label. */
enum { HEADING_BYTES = 240, VALUE_BYTES = 180, NAME_BYTES = 150 };

enum line_kind { LINE_TITLE, LINE_ARTICLE, LINE_SITE, LINE_SOURCE, LINE_TEXT, LINE_CELL, LINE_FOOT };

struct line {
	enum line_kind kind;
	size_t item;
	struct span text;
	uint32_t roles; /* of its words, a bit each */
	size_t first_hit, nhits, first_mention, nmentions;
};

/* Who is said to report, in one place of the page. */
enum origin {
	FROM_TITLE,
	FROM_SENTENCE,
	FROM_FILING,
	FROM_PUBLISHER,
	FROM_COMPILER,
	FROM_SITE,
	ORIGINS
};

static const char *const origin_names[ORIGINS] = {"title", "sentence", "filing unit", "publisher",
	"compiler", "site"};

struct subject {
	bool found;
	struct span text;    /* the body's name, with the places it begins with */
	struct span own;     /* from the last of those on */
	struct span place;   /* the places at its beginning; empty if none */
	struct span rest;    /* what follows them */
	bool placed;         /* it names a place: */
	struct mention mention;
	struct span type;    /* 市 of 市教育局: a place by its kind only */
	enum body_kind kind;
	bool known;          /* kind is of the table or of the place alone */
};

struct identity_finder {
	struct lexicon *lexicon;
	struct bodies *bodies;
	struct evidence *evidence;
	bool explain;
	struct name_hits hits, *clause; /* `clause` is room for identity_clause_scope */
	struct mentions mentions;
	struct line *line;
	size_t nlines, lines_cap;
	struct subject subject[ORIGINS];
	struct place place;
	struct buf *plain; /* texts in simplified form, of lines that were not */
	size_t nplain, plain_ready, plain_cap;
	struct buf title, body, published, filing, publisher, candidates, why;
	size_t self[8], own; /* how often 我省, 我市 … and 我局 … are said */
	int year_votes[YEAR_LAST - YEAR_FIRST + 1];
	int year_said[YEAR_LAST - YEAR_FIRST + 1];
	int title_year, period_year, caption_year;
};

static const char *const types[8] = {"省", "市", "区", "县", "州", "盟", "旗", ""};

struct identity_finder *
identity_new(const char *dir, bool explain)
{
	struct identity_finder *f = xcalloc(1, sizeof *f);

	f->explain = explain;
	f->clause = xcalloc(1, sizeof *f->clause);
	f->lexicon = lexicon_new(dir);
	f->bodies = f->lexicon ? bodies_load(dir) : NULL;
	f->evidence = f->bodies ? evidence_load(dir) : NULL;
	if (!f->evidence) {
		identity_free(f);
		return NULL;
	}
	return f;
}

void
identity_free(struct identity_finder *f)
{
	if (!f)
		return;
	lexicon_free(f->lexicon);
	bodies_free(f->bodies);
	evidence_free(f->evidence);
	free(f->hits.v);
	free(f->clause->v);
	free(f->clause);
	free(f->mentions.v);
	free(f->mentions.row);
	free(f->mentions.pick);
	free(f->line);
	for (size_t i = 0; i < f->plain_ready; i++)
		buf_release(&f->plain[i]);
	free(f->plain);
	buf_release(&f->title);
	buf_release(&f->body);
	buf_release(&f->published);
	buf_release(&f->filing);
	buf_release(&f->publisher);
	buf_release(&f->candidates);
	buf_release(&f->why);
	free(f);
}

static bool
contains(struct span text, const char *word)
{
	return span_find(text, span_str(word)) < text.n;
}

/* The bytes of the mark at i that parts a name from what stands round it; 0 if there is none. */
static size_t
mark_at(struct span text, size_t i)
{
	static const char *const wide[] = {"：", "“", "”", "《", "》", "、", "—", "，", "。", "〈", "〉", "【", "】",
		"　"};

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
		for (size_t k = 0; k < sizeof wide / sizeof *wide; k++)
			if (span_at(text, i, span_of(wide[k], 3)))
				return 3;
		return 0;
	default:
		return 0;
	}
}

static size_t
skip_marks(struct span text, size_t i)
{
	size_t n;

	while ((n = mark_at(text, i)) > 0)
		i += n;
	return i;
}

/* The text without such marks at both ends, and without brackets that open or close nothing. */
static struct span
trim_marks(struct span text)
{
	size_t skip = skip_marks(text, 0);

	text = span_of(text.p + skip, text.n - skip);
	for (bool again = true; again && text.n;) {
		again = false;
		for (size_t n = 1; n <= 3 && n <= text.n && !again; n++)
			if (mark_at(text, text.n - n) == n || (n == 1 && text.p[text.n - 1] == '(')) {
				text.n -= n;
				again = true;
			}
	}
	if (span_ends(text, SPAN(")")) && !contains(text, "("))
		text.n -= 1;
	while (span_starts(text, SPAN("(")) && !contains(text, ")"))
		text = span_of(text.p + 1, text.n - 1);
	return text;
}

static void
add_line(struct identity_finder *f, enum line_kind kind, size_t item, struct span text)
{
	struct line line = {.kind = kind, .item = item, .first_hit = f->hits.n,
		.first_mention = f->mentions.n};
	bool places = false;

	if (f->nlines == LINES || text.n == 0)
		return;
	if (text.n > LINE_BYTES)
		text.n = LINE_BYTES;
	if (names_scan(f->lexicon->names, text, &f->hits)) {
		/* Endings and marks are compared as they are, so a traditional text is read in simplified form. */
		f->plain = grow(f->plain, f->nplain, &f->plain_cap, sizeof *f->plain);
		while (f->plain_ready <= f->nplain)
			f->plain[f->plain_ready++] = BUF_INIT;
		buf_reset(&f->plain[f->nplain]);
		lexicon_plain(f->lexicon, text, &f->plain[f->nplain]);
		text = buf_span(&f->plain[f->nplain++]);
	}
	line.text = text;
	line.nhits = f->hits.n - line.first_hit;
	for (size_t i = 0; i < line.nhits; i++) {
		const struct word *word = lexicon_word(f->lexicon, &f->hits.v[line.first_hit + i]);

		line.roles |= word->roles;
		places = places || word->place;
	}
	if (places)
		lexicon_mentions(f->lexicon, text, f->hits.v + line.first_hit, line.nhits, &f->mentions);
	line.nmentions = f->mentions.n - line.first_mention;
	f->line = grow(f->line, f->nlines, &f->lines_cap, sizeof *f->line);
	f->line[f->nlines++] = line;
}

static inline const struct name_hit *
hit_of(const struct identity_finder *f, const struct line *line, size_t i)
{
	return &f->hits.v[line->first_hit + i];
}

static inline const struct mention *
mention_of(const struct identity_finder *f, const struct line *line, size_t i)
{
	return &f->mentions.v[line->first_mention + i];
}

static bool
is_role(const struct identity_finder *f, const struct name_hit *hit, enum role role)
{
	return (lexicon_word(f->lexicon, hit)->roles & 1u << role) != 0;
}

static bool
has_role(const struct line *line, enum role role)
{
	return (line->roles & 1u << role) != 0;
}

/* Offset of the separator between a page's title and its site's name; text.n if there is none. */
static size_t
title_separator(struct span text, size_t from, size_t *width)
{
	for (size_t i = from; i < text.n; i++) {
		switch (text.p[i]) {
		case '-':
			/* 2018-2019 is one thing. */
			if (i && i + 1 < text.n && text.p[i - 1] >= '0' && text.p[i - 1] <= '9' &&
				text.p[i + 1] >= '0' && text.p[i + 1] <= '9')
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
add_title(struct identity_finder *f, size_t item, struct span text)
{
	size_t begin = 0, width = 0;

	for (size_t parts = 0; begin < text.n && parts < 12; parts++) {
		size_t end = title_separator(text, begin, &width);
		struct span part = span_trim(span_of(text.p + begin, end - begin));
		size_t before = f->nlines;

		add_line(f, LINE_TITLE, item, part);
		if (f->nlines > before && !has_role(&f->line[before], ROLE_DISCLOSURE))
			f->line[before].kind = LINE_SITE;
		begin = end + width;
	}
}

/* The value of a meta piece `name=value` if its name is that, case aside. */
static bool
meta_value(struct span text, const char *name, struct span *value)
{
	size_t n = strlen(name);

	if (text.n <= n || text.p[n] != '=' || strncasecmp(text.p, name, n) != 0)
		return false;
	*value = span_trim(span_of(text.p + n + 1, text.n - n - 1));
	return true;
}

static void
clue_code(struct identity_finder *f, enum clue_kind kind, struct span digits, struct weights weights)
{
	uint32_t code = regions_alias(f->lexicon->regions, region_parse(span_of(digits.p, 6)));
	size_t first;

	/* Codes of districts that number themselves (…90) are those of what they lie in. */
	if (!regions_rows(f->lexicon->regions, code, &first))
		code -= code % 100;
	if (!regions_rows(f->lexicon->regions, code, &first))
		return;
	place_clue(&f->place, (struct place_clue){.kind = kind, .code = code, .said = digits,
				      .weights = weights});
}

static void
clue_found(struct identity_finder *f, enum clue_kind kind, enum evidence_kind evidence, struct span key)
{
	struct clue clue;
	struct weights w;

	if (!evidence_find(f->evidence, evidence, key, &clue))
		return;
	w = (struct weights){(int8_t)clue.weight, (int8_t)clue.weight, 1, 0};
	/* A postcode is denied by its first three digits; the rest may be a neighbour's. */
	if (kind == CLUE_PHONE || (kind == CLUE_POSTCODE && key.n == 3))
		w.apart = -4;
	else if (kind == CLUE_ICP)
		w.apart = -2;
	else if (kind == CLUE_HOST)
		w.under = (int8_t)(clue.weight > 1 ? clue.weight - 1 : 1);
	place_clue(&f->place,
		(struct place_clue){.kind = kind, .codes = clue.codes, .said = clue.key, .weights = w});
}

static bool
is_host_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

/* Every host under .gov.cn that the text names. */
static void
find_hosts(struct identity_finder *f, struct span text)
{
	size_t done = 0, before = 0;

	for (int found = 0; found < 8;) {
		const char *dot = done < text.n ? memchr(text.p + done, '.', text.n - done) : NULL;
		size_t hit = dot ? (size_t)(dot - text.p) : text.n, start = hit;

		if (!dot)
			return;
		if (!span_at(text, hit, SPAN(".gov.cn"))) {
			done = hit + 1;
			continue;
		}
		found++;
		while (start > before && hit - start < 100 && is_host_byte(text.p[start - 1]))
			start--;
		clue_found(f, CLUE_HOST, EVIDENCE_HOST, span_of(text.p + start, hit + strlen(".gov.cn") - start));
		done = before = hit + strlen(".gov.cn");
	}
}

/* The run of digits at or after `from`, at most `reach` bytes away; empty if there is none. */
static struct span
digits_after(struct span text, size_t from, size_t reach)
{
	size_t i = from, n = 0;

	while (i < text.n && i - from < reach && !(text.p[i] >= '0' && text.p[i] <= '9'))
		i++;
	if (i >= text.n || i - from >= reach)
		return span_of(text.p, 0);
	while (i + n < text.n && n < 24 && text.p[i + n] >= '0' && text.p[i + n] <= '9')
		n++;
	return span_of(text.p + i, n);
}

static void
find_phone(struct identity_finder *f, struct span digits)
{
	if (digits.n < 3 || digits.p[0] != '0')
		return;
	/* Three digits for the largest cities, four for the rest. */
	if (digits.n != 3)
		digits.n = digits.p[1] == '1' || digits.p[1] == '2' ? 3 : 4;
	clue_found(f, CLUE_PHONE, EVIDENCE_PHONE, digits);
}

/* The clues that stand behind labels, and those of filing numbers. */
static void
find_clues(struct identity_finder *f, const struct line *line)
{
	for (size_t i = 0; i < line->nhits; i++) {
		const struct name_hit *hit = hit_of(f, line, i);
		struct span digits;

		if (is_role(f, hit, ROLE_POSTCODE)) {
			digits = digits_after(line->text, hit->end, 12);
			if (digits.n == 6)
				for (digits.n = 6; digits.n >= 3; digits.n -= digits.n == 6 ? 2 : 1)
					clue_found(f, CLUE_POSTCODE, EVIDENCE_POSTCODE, digits);
		} else if (is_role(f, hit, ROLE_PHONE)) {
			find_phone(f, digits_after(line->text, hit->end, 18));
		} else if (is_role(f, hit, ROLE_SITE_ID)) {
			digits = digits_after(line->text, hit->end, 12);
			if (digits.n == 10)
				clue_code(f, CLUE_SITE_ID, digits, (struct weights){8, 4, 2, -2});
		} else if (is_role(f, hit, ROLE_POLICE)) {
			digits = digits_after(line->text, hit->end, 8);
			if (digits.n == 14)
				clue_code(f, CLUE_POLICE, digits, (struct weights){6, 3, 3, -1});
			if (hit->start >= 3)
				clue_found(f, CLUE_ICP, EVIDENCE_ICP, span_of(line->text.p + hit->start - 3, 3));
		} else if (is_role(f, hit, ROLE_ICP) && hit->start >= 3) {
			clue_found(f, CLUE_ICP, EVIDENCE_ICP, span_of(line->text.p + hit->start - 3, 3));
		}
	}
}

/* The date in the text as YYYY-MM-DD into `out`, which is emptied; false if there is no whole date. */
static bool
write_date(struct span text, struct buf *out)
{
	struct year_scan scan = year_scan_start(text, true);
	struct year_token t;

	while (year_scan_next(&scan, &t))
		if (t.month && t.day) {
			buf_reset(out);
			buf_printf(out, "%04d-%02d-%02d", t.year, t.month, t.day);
			return true;
		}
	return false;
}

/* Text of pieces that say what this is, by their place on the page. */
static void
read_page(struct identity_finder *f, const struct page *page)
{
	size_t bytes = 0, cells = 0, foot = page->n, foot_bytes = 0, i;
	struct span value;

	for (size_t back = 0; foot > 0 && back < FOOT_ITEMS && foot_bytes < FOOT_BYTES; back++) {
		const struct item *item = &page->items[--foot];

		if (item->kind == ITEM_TEXT)
			foot_bytes += item->text.n;
	}
	for (i = 0; i < page->n; i++) {
		const struct item *item = &page->items[i];
		struct span text = item->text;
		bool head = bytes < HEAD_BYTES;

		switch (item->kind) {
		case ITEM_TITLE:
			add_title(f, i, text);
			break;
		case ITEM_META:
			if (meta_value(text, "ArticleTitle", &value))
				add_line(f, LINE_ARTICLE, i, value);
			else if (meta_value(text, "SiteName", &value))
				add_line(f, LINE_SITE, i, value);
			else if (meta_value(text, "ContentSource", &value))
				add_line(f, LINE_SOURCE, i, value);
			else if (meta_value(text, "SiteIDCode", &value) && value.n >= 6)
				clue_code(f, CLUE_SITE_ID, value, (struct weights){8, 4, 2, -2});
			else if (meta_value(text, "SiteDomain", &value) || meta_value(text, "Url", &value))
				find_hosts(f, value);
			else if (meta_value(text, "PubDate", &value) && f->published.n == 0)
				write_date(value, &f->published);
			break;
		case ITEM_TEXT:
			if (!head && i < foot)
				break;
			add_line(f, head ? LINE_TEXT : LINE_FOOT, i, text);
			find_hosts(f, text);
			bytes += text.n;
			break;
		case ITEM_CELL:
			if (text.n < 6 || text.n > HEADING_BYTES)
				break;
			/* Cells before the table of figures are those of the page's own description. */
			if ((head && cells < HEAD_CELLS) || span_starts(text, SPAN("填"))) {
				add_line(f, LINE_CELL, i, text);
				cells++;
			}
			break;
		default:
			break;
		}
	}
	find_hosts(f, page->source);
}

/* True if a place's name holds the offset, so what begins there is not a word of its own. */
static bool
in_mention(const struct identity_finder *f, const struct line *line, size_t offset)
{
	for (size_t i = 0; i < line->nmentions; i++) {
		const struct mention *m = mention_of(f, line, i);

		if (m->start < offset && offset < m->end)
			return true;
	}
	return false;
}

/* Strips what is no part of a name: words of role `lead` in front, `trail` behind, and marks. */
static struct span
strip(const struct identity_finder *f, const struct line *line, struct span part)
{
	for (bool again = true; again && part.n;) {
		size_t start, end;
		bool placed = false;

		again = false;
		part = trim_marks(part);
		start = (size_t)(part.p - line->text.p);
		end = start + part.n;
		for (size_t i = 0; i < line->nmentions; i++)
			placed = placed || mention_of(f, line, i)->start == start;
		for (size_t i = 0; i < line->nhits; i++) {
			const struct name_hit *hit = hit_of(f, line, i);

			if (!placed && hit->start == start && hit->end <= end && is_role(f, hit, ROLE_LEAD)) {
				part = span_of(part.p + (hit->end - start), part.n - (hit->end - start));
				again = true;
				break;
			}
			if (hit->end == end && hit->start > start && is_role(f, hit, ROLE_TRAIL) &&
				!in_mention(f, line, hit->start)) {
				part.n -= hit->end - hit->start;
				again = true;
				break;
			}
		}
	}
	return part;
}

/* 市 of 市教育局, not of 市场监督管理局; empty if the text does not begin with the kind of a place. */
static struct span
type_of(const struct identity_finder *f, const struct line *line, struct span text)
{
	static const char *const long_types[] = {"自治区", "自治州", "自治县", "地区", "兵团"};
	size_t start = (size_t)(text.p - line->text.p);

	for (size_t i = 0; i < line->nhits; i++)
		if (hit_of(f, line, i)->start == start && is_role(f, hit_of(f, line, i), ROLE_BROKEN))
			return span_of(text.p, 0);
	for (size_t i = 0; i < sizeof long_types / sizeof *long_types; i++)
		if (span_at(text, 0, span_str(long_types[i])))
			return span_of(text.p, strlen(long_types[i]));
	for (size_t i = 0; i < 7; i++)
		if (span_at(text, 0, span_str(types[i])))
			return span_of(text.p, strlen(types[i]));
	return span_of(text.p, 0);
}

/* True if the mention can mean one prefecture or province only. */
static bool
only_cities(const struct identity_finder *f, const struct mention *m)
{
	const struct region *first = m->n ? regions_row(f->lexicon->regions, f->mentions.row[m->first]) : NULL;

	for (size_t k = 0; k < m->n; k++) {
		const struct region *row = regions_row(f->lexicon->regions, f->mentions.row[m->first + k]);

		if (row->level == REGION_COUNTY || row->code != first->code)
			return false;
	}
	return m->n > 0;
}

/* Reads a name of a body that stands in the line; nothing is set if there is none in it. */
static void
read_subject(const struct identity_finder *f, const struct line *line, struct span part, bool heading,
	struct subject *s)
{
	size_t start, end, ending;
	const struct mention *best = NULL, *within = NULL;

	part = strip(f, line, part);
	if (part.n == 0 || part.n > NAME_BYTES)
		return;
	start = (size_t)(part.p - line->text.p);
	end = start + part.n;
	*s = (struct subject){.found = true, .text = part, .own = part, .kind = BODY_OTHER};
	for (size_t i = 0; i < line->nmentions; i++) {
		const struct mention *m = mention_of(f, line, i);

		if (m->start < start || m->end > end)
			continue;
		if (!best || (best->loose && !m->loose)) {
			best = m;
			continue;
		}
		/* 岳阳市公安局岳阳楼区分局: a place that lies in the first, behind a word that is part of the name. */
		if (m->zone < 0 && !m->loose && !best->loose && m->start > best->end && m->n && best->n &&
			!(m->start >= 3 && span_at(line->text, m->start - 3, SPAN("驻")))) {
			const struct region *inner = regions_row(f->lexicon->regions, f->mentions.row[m->first]);
			const struct region *outer = regions_row(f->lexicon->regions, f->mentions.row[best->first]);

			if (inner->level > outer->level && lexicon_under(f->lexicon, inner, outer->code, inner->to)) {
				within = m;
				continue;
			}
		}
		/* 白碱滩区(克拉玛依高新区): the place in the brackets is the same or lies in the first. */
		if (m->zone >= 0 && m->start <= best->end + 3 && best->n && m->n) {
			bool same = false;

			for (size_t k = 0; k < best->n; k++)
				same = same || f->mentions.row[best->first + k] == f->mentions.row[m->first];
			if (same && f->lexicon->zone[m->zone].coincident) {
				s->place.n = m->end - start;
				continue;
			}
			best = m;
		}
	}
	if (best) {
		size_t place_end = best->end;

		if (s->place.n && s->place.n + start > place_end)
			place_end = s->place.n + start;
		if (span_at(line->text, place_end, SPAN(")")))
			place_end++;
		/* A body's name may begin with its system: 国家税务总局杭州市税务局. */
		if (best->start > start && heading) {
			bodies_kind(f->bodies, span_of(part.p, best->start - start), &ending);
			if (ending == 0)
				start = best->start;
		} else {
			start = best->start;
		}
		s->placed = true;
		s->mention = within ? *within : *best;
		s->text = span_of(line->text.p + start, end - start);
		s->place = span_of(line->text.p + best->own, place_end - best->own);
		s->own = start < best->start ? s->text : span_of(line->text.p + best->own, end - best->own);
		s->rest = span_of(line->text.p + place_end, end - place_end);
	} else {
		s->place = span_of(part.p, 0);
		s->rest = part;
		s->type = type_of(f, line, part);
	}
	s->rest = trim_marks(s->rest);
	if (best && s->rest.n == 0) {
		s->kind = best->zone >= 0 && !f->lexicon->zone[best->zone].coincident ? BODY_ZONE
										      : BODY_GOVERNMENT;
		s->known = true;
	} else if (s->type.n && s->type.n == part.n) {
		s->kind = BODY_GOVERNMENT;
		s->known = true;
	} else {
		s->kind = bodies_kind(f->bodies, s->rest, &ending);
		s->known = ending > 0;
		/* 益阳教育局: a city's short name before a body of government; 公安局 is of no county. */
		if (best && best->loose && (s->kind == BODY_DEPARTMENT || s->kind == BODY_ZONE) && s->rest.n >= 9)
			s->mention.loose = !only_cities(f, best);
		/* 和平镇 is a town, wherever 和平 is a county. */
		if (best && best->loose && s->kind == BODY_TOWNSHIP) {
			s->placed = false;
			s->place.n = 0;
			s->rest = s->own = s->text;
		}
		/* 人民政府 of a place that is in no table is not that of the place named before it. */
		if (s->kind == BODY_GOVERNMENT && s->rest.n - s->type.n > ending)
			s->kind = BODY_OTHER;
	}
}

/* The disclosure word that a report word follows closely; NULL if the line has none. */
static const struct name_hit *
report_words(const struct identity_finder *f, const struct line *line, const struct name_hit **report)
{
	const struct name_hit *words = NULL;

	*report = NULL;
	for (size_t i = 0; i < line->nhits; i++) {
		const struct name_hit *hit = hit_of(f, line, i);

		if (is_role(f, hit, ROLE_DISCLOSURE)) {
			/* Of 政府信息公开 and 信息公开 that end together, the first in the list is the longer. */
			if (!words || hit->start >= words->end)
				words = hit;
		} else if (words && is_role(f, hit, ROLE_REPORT) && hit->start >= words->end) {
			if (hit->start - words->end > 60)
				continue;
			*report = hit;
			return words;
		}
	}
	return words;
}

/* The bytes of the mark at i that ends a clause; 0 if there is none. */
static size_t
stop_at(struct span text, size_t i)
{
	static const char *const wide[] = {"。", "；", "，", "：", "《", "“"};

	switch (text.p[i]) {
	case ';':
	case ',':
	case ':':
	case '"':
	case '>':
	case '|':
		return 1;
	case '\xe2':
	case '\xe3':
	case '\xef':
		for (size_t k = 0; k < sizeof wide / sizeof *wide; k++)
			if (span_at(text, i, span_of(wide[k], 3)))
				return 3;
		return 0;
	default:
		return 0;
	}
}

/* Reads who reports out of "…2017年宝山区政府信息公开工作年度报告". */
static void
read_heading(const struct identity_finder *f, const struct line *line, bool heading, struct subject *s)
{
	const struct name_hit *report, *words = report_words(f, line, &report);
	struct year_scan scan;
	struct year_token t;
	size_t begin = 0, end, last;

	s->found = false;
	if (!words)
		return;
	end = words->start;
	/* 海淀区人民政府信息公开: the words share the 政府. */
	if (end >= 6 && span_at(line->text, end - 6, SPAN("人民政府")))
		end += 6;
	for (size_t back = end > 300 ? end - 300 : 0; back < end; back++) {
		size_t n = stop_at(line->text, back);

		if (n && back + n <= end)
			begin = back + n;
	}
	/* Years part the piece; the last part that names a place, or else the last that is no blank, is it. */
	scan = year_scan_start(span_of(line->text.p + begin, end - begin), has_role(line, ROLE_NUMERAL));
	last = begin;
	for (bool more = true; more;) {
		struct subject one = {.found = false};
		size_t stop;

		more = year_scan_next(&scan, &t);
		stop = more ? begin + t.start : end;
		if (stop > last)
			read_subject(f, line, span_of(line->text.p + last, stop - last), heading, &one);
		if (one.found && (!s->found || (one.placed && (!s->placed || !one.mention.loose))))
			*s = one;
		if (more)
			last = begin + t.end;
	}
	/* …年度报告(宝山区): behind the words only a place or a known kind of body is taken. */
	if (!s->found && heading && report && report->end < line->text.n) {
		struct subject one = {.found = false};

		scan = year_scan_start(line->text, has_role(line, ROLE_NUMERAL));
		end = line->text.n;
		begin = report->end;
		while (year_scan_next(&scan, &t))
			if (t.start >= report->end) {
				if (skip_marks(line->text, report->end) + 1 >= t.start)
					begin = t.end;
				else
					end = t.start;
				break;
			}
		if (end > begin)
			read_subject(f, line, span_of(line->text.p + begin, end - begin), true, &one);
		if (one.found && one.placed && !one.mention.loose && one.known)
			*s = one;
	}
}

/* What stands behind a label: the rest of its piece up to another label, or the piece that follows. */
static struct span
label_value(const struct identity_finder *f, const struct page *page, const struct line *line, size_t hit)
{
	size_t from = hit_of(f, line, hit)->end, end, open;
	struct span text = line->text, value;
	bool behind;

	if (span_at(text, from, SPAN("单位")) || span_at(text, from, SPAN("机关")))
		from += 6;
	/* 填报单位(盖章): */
	open = from;
	if (span_at(text, open, SPAN("("))) {
		size_t close = span_find(span_of(text.p + open, text.n - open), SPAN(")"));

		if (close < 40 && open + close < text.n)
			from = open + close + 1;
	}
	behind = span_at(text, from, SPAN(":")) || span_at(text, from, SPAN("：")) || span_at(text, from, SPAN("|")) || span_at(text, from, SPAN("]")) ||
		 span_at(text, from, SPAN("】")) || span_at(text, from, SPAN(" "));
	from = skip_marks(text, from);
	if (from >= text.n) {
		const struct item *item = &page->items[line->item], *next = item + 1;

		/* The value's own piece: the next cell of the row, or the next line. */
		if (line->item + 1 >= page->n || next->kind != item->kind || next->table != item->table ||
			next->row != item->row || next->text.n > VALUE_BYTES)
			return span_of(NULL, 0);
		return next->text;
	}
	if (!behind)
		return span_of(NULL, 0);
	end = text.n - from > VALUE_BYTES ? from + VALUE_BYTES : text.n;
	/* Up to the next label, or what ends a value. */
	for (size_t i = 0; i < line->nhits; i++) {
		const struct name_hit *next = hit_of(f, line, i);

		if (next->start >= from && next->start < end &&
			(is_role(f, next, ROLE_PUBLISHER) || is_role(f, next, ROLE_PUBLISHED) ||
				is_role(f, next, ROLE_PHONE) || is_role(f, next, ROLE_FILING)))
			end = next->start;
	}
	value = span_of(text.p + from, end - from);
	for (size_t i = 0; i < value.n; i++)
		if (span_at(value, i, SPAN("|")) || span_at(value, i, SPAN("  ")) || span_at(value, i, SPAN("。")) || span_at(value, i, SPAN("；")) ||
			span_at(value, i, SPAN("，")) || span_at(value, i, SPAN(" "))) {
			value.n = i;
			break;
		}
	while (value.n && ((unsigned char)value.p[value.n - 1] & 0xc0) == 0x80 && value.n == VALUE_BYTES)
		value.n--;
	return span_trim(value);
}

/* A value that is a piece of its own has its line somewhere; else it is read as a line now. */
static void
read_named_body(struct identity_finder *f, struct span value, size_t item, struct subject *s)
{
	size_t at_line = f->nlines;

	if (value.n == 0 || value.n > NAME_BYTES)
		return;
	add_line(f, LINE_SOURCE, item, value);
	if (f->nlines > at_line)
		read_subject(f, &f->line[at_line], f->line[at_line].text, true, s);
}

static void
copy_clean(struct identity_finder *f, struct buf *out, struct span text)
{
	size_t begin;

	buf_reset(out);
	begin = out->n;
	lexicon_plain(f->lexicon, text, out);
	for (size_t i = begin; i < out->n; i++)
		if (out->p[i] == ',' || out->p[i] == '"')
			out->p[i] = ' ';
}

static size_t
type_index(struct span type)
{
	for (size_t i = 0; i < 7; i++)
		if (span_ends(type, span_str(types[i])))
			return i;
	return 7;
}

/* 由…编制: who wrote the report. */
static void
read_compiler(struct identity_finder *f, const struct line *line)
{
	static const char *const ends[] = {"根据", "按照", "依据", "依照", "综合", "汇总", "编制", "编写", "负责",
		"牵头", "会同", "结合", ",", "，", "。", "对", "在"};

	if (f->subject[FROM_COMPILER].found || !has_role(line, ROLE_COMPILED))
		return;
	for (size_t i = 0; i < line->nhits; i++) {
		const struct name_hit *hit = hit_of(f, line, i);
		struct span part = span_of(line->text.p + hit->end, line->text.n - hit->end);

		if (!is_role(f, hit, ROLE_LEAD) || !span_at(line->text, hit->start, SPAN("由")))
			continue;
		if (part.n > NAME_BYTES)
			part.n = NAME_BYTES;
		for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
			size_t stop = span_find(part, span_str(ends[k]));

			if (stop < part.n)
				part.n = stop;
		}
		if (part.n == NAME_BYTES)
			continue;
		read_subject(f, line, part, false, &f->subject[FROM_COMPILER]);
		if (f->subject[FROM_COMPILER].known)
			return;
		f->subject[FROM_COMPILER].found = false;
	}
}

static bool
is_heading_kind(const struct line *line)
{
	return line->kind == LINE_TITLE || line->kind == LINE_ARTICLE || line->kind == LINE_TEXT ||
	       line->kind == LINE_CELL;
}

/* How much a line looks like the report's own heading; 0: not at all. */
static int
heading_score(const struct identity_finder *f, size_t i)
{
	const struct line *line = &f->line[i];
	const struct name_hit *report, *words;
	struct subject s = {.found = false};
	struct year_scan scan;
	struct year_token t;
	int score;

	if (!is_heading_kind(line) || line->text.n > HEADING_BYTES || !has_role(line, ROLE_DISCLOSURE) ||
		!has_role(line, ROLE_REPORT))
		return 0;
	words = report_words(f, line, &report);
	if (!words || !report)
		return 0;
	score = line->kind == LINE_ARTICLE ? 7 : line->kind == LINE_CELL ? 5 : 6;
	scan = year_scan_start(line->text, has_role(line, ROLE_NUMERAL));
	if (year_scan_next(&scan, &t))
		score += 2;
	read_heading(f, line, true, &s);
	if (s.found && s.placed && !s.mention.loose)
		score += 3;
	else if (s.found && s.known)
		score += 2;
	if (contains(line->text, "统计表"))
		score -= 4;
	if (line->text.n > 150)
		score -= 2;
	if (contains(line->text, "。") || contains(line->text, "，") || contains(line->text, ","))
		score -= 4;
	if (contains(line->text, ">") || contains(line->text, "位置"))
		score -= 4;
	if (has_role(line, ROLE_OTHER))
		score -= 3;
	if (line->kind == LINE_TEXT && line->item > 60)
		score -= 2;
	return score > 0 ? score : 1;
}

/* A heading over several pieces: 2017年宝山区政府信息公开工作 / 年度报告; the name may stand above it too. */
static void
join_headings(struct identity_finder *f)
{
	size_t n = f->nlines < 40 ? f->nlines : 40;

	for (size_t i = 0; i < n; i++) {
		const struct line *line = &f->line[i];
		const struct name_hit *report, *words = report_words(f, line, &report);

		if ((line->kind != LINE_TEXT && line->kind != LINE_TITLE) || !words || report ||
			line->text.n > HEADING_BYTES || i + 1 >= f->nlines || f->line[i + 1].text.n > 60 ||
			!has_role(&f->line[i + 1], ROLE_REPORT) ||
			has_role(&f->line[i + 1], ROLE_DISCLOSURE) || f->title.n)
			continue;
		/* The joined heading lives in f->title until the page is done. */
		buf_add_span(&f->title, line->text);
		buf_add_span(&f->title, f->line[i + 1].text);
		add_line(f, LINE_TEXT, line->item, buf_span(&f->title));
		return;
	}
}

static size_t
find_heading(struct identity_finder *f)
{
	size_t best = f->nlines;
	int most = 0;

	for (size_t i = 0; i < f->nlines; i++) {
		int score = heading_score(f, i);

		if (score > most) {
			most = score;
			best = i;
		}
	}
	return best;
}

/* The body's name on a line of its own, beside a heading that has none. */
static void
read_beside(struct identity_finder *f, size_t heading)
{
	static const int steps[] = {-1, 1, -2, 2};
	struct subject *s = &f->subject[FROM_TITLE];

	for (size_t i = 0; i < sizeof steps / sizeof *steps && !s->found; i++) {
		size_t k = heading + (size_t)steps[i];
		const struct line *line = &f->line[k];

		if (k >= f->nlines || !is_heading_kind(line) || line->text.n > NAME_BYTES)
			continue;
		read_subject(f, line, line->text, true, s);
		s->found = s->found && s->placed && !s->mention.loose && s->known && s->mention.start == 0 &&
			   s->text.n == line->text.n;
	}
}

/* The year of a heading: 年度 first, then the first year that is no date. */
static int
heading_year(struct span text)
{
	struct year_scan scan = year_scan_start(text, true);
	struct year_token t;
	int year = 0;

	while (year_scan_next(&scan, &t)) {
		if (t.whole)
			return t.year;
		/* 2008-2012年: the last of them. */
		if (t.month == 0 && (year == 0 || (t.start && text.p[t.start - 1] == '-')))
			year = t.year;
	}
	return year;
}

static void
vote(struct identity_finder *f, int year, int weight)
{
	if (year >= YEAR_FIRST && year <= YEAR_LAST)
		f->year_votes[year - YEAR_FIRST] += weight;
}

/* Years, periods and captions of a line of text. */
static void
read_years(struct identity_finder *f, const struct line *line)
{
	struct year_scan scan = year_scan_start(line->text, has_role(line, ROLE_NUMERAL));
	struct year_token t;

	for (bool first = true; year_scan_next(&scan, &t); first = false) {
		if (t.named || t.whole)
			f->year_said[t.year - YEAR_FIRST]++;
		if (t.month && f->period_year == 0)
			f->period_year = year_period(line->text, &t);
		/* (2016年度) alone, or the table's name with a year. */
		if (first && f->caption_year == 0 && t.month == 0 && line->text.n < 100 &&
			(line->text.n <= t.end - t.start + 4 || contains(line->text, "统计表")))
			f->caption_year = t.year;
	}
}

static int
decide_year(struct identity_finder *f)
{
	int best = 0, most = 0, published = 0, said = 0;

	vote(f, f->period_year, 5);
	vote(f, f->title_year, 4);
	vote(f, f->caption_year, 3);
	for (size_t i = 0; i < 4 && f->published.n == 10; i++)
		published = published * 10 + (f->published.p[i] - '0');
	/* A report is due by the end of March; one of a later day may be late, or a year's last. */
	vote(f, published - 1, 2);
	for (int y = YEAR_FIRST; y <= YEAR_LAST; y++)
		if (f->year_said[y - YEAR_FIRST] > said)
			said = f->year_said[y - YEAR_FIRST];
	for (int y = YEAR_FIRST; y <= YEAR_LAST; y++)
		if (said && f->year_said[y - YEAR_FIRST] == said) {
			vote(f, y, 1);
			break;
		}
	for (int y = YEAR_FIRST; y <= YEAR_LAST; y++)
		if (f->year_votes[y - YEAR_FIRST] > most) {
			most = f->year_votes[y - YEAR_FIRST];
			best = y;
		}
	return best;
}

/* Labels, sentences, and words by which a body speaks of itself. */
static void
read_line(struct identity_finder *f, const struct page *page, size_t index)
{
	static const uint32_t clue_roles = 1u << ROLE_POSTCODE | 1u << ROLE_PHONE | 1u << ROLE_SITE_ID |
					   1u << ROLE_POLICE | 1u << ROLE_ICP;
	static const uint32_t label_roles = 1u << ROLE_SELF | 1u << ROLE_OWN | 1u << ROLE_FILING |
					    1u << ROLE_PUBLISHER | 1u << ROLE_PUBLISHED;
	/* Reading a value adds lines, so the line is copied. */
	struct line line = f->line[index];
	struct span value;

	if (line.roles & clue_roles)
		find_clues(f, &line);
	for (size_t i = 0; i < line.nhits && (line.roles & label_roles); i++) {
		struct name_hit hit = *hit_of(f, &line, i);

		if (is_role(f, &hit, ROLE_SELF)) {
			size_t k = type_index(span_of(line.text.p + hit.start, hit.end - hit.start));

			f->self[k] += k < 7;
		} else if (is_role(f, &hit, ROLE_OWN)) {
			f->own++;
		} else if (is_role(f, &hit, ROLE_FILING) && f->filing.n == 0) {
			value = label_value(f, page, &line, i);
			if (value.n) {
				copy_clean(f, &f->filing, value);
				read_named_body(f, value, line.item, &f->subject[FROM_FILING]);
			}
		} else if (is_role(f, &hit, ROLE_PUBLISHER) && f->publisher.n == 0) {
			value = label_value(f, page, &line, i);
			if (value.n && value.n <= NAME_BYTES) {
				copy_clean(f, &f->publisher, value);
				read_named_body(f, value, line.item, &f->subject[FROM_PUBLISHER]);
			}
		} else if (is_role(f, &hit, ROLE_PUBLISHED) && f->published.n == 0) {
			value = label_value(f, page, &line, i);
			if (value.n == 0)
				value = span_of(line.text.p + hit.end, line.text.n - hit.end);
			if (value.n > 40)
				value.n = 40;
			write_date(value, &f->published);
		}
	}
	if (line.kind == LINE_SOURCE && f->publisher.n == 0) {
		copy_clean(f, &f->publisher, line.text);
		read_subject(f, &line, line.text, true, &f->subject[FROM_PUBLISHER]);
	}
	if (line.kind == LINE_SITE && !f->subject[FROM_SITE].found) {
		read_subject(f, &line, line.text, true, &f->subject[FROM_SITE]);
		f->subject[FROM_SITE].found = f->subject[FROM_SITE].placed && !f->subject[FROM_SITE].mention.loose;
	}
	if (line.kind != LINE_TEXT && line.kind != LINE_CELL)
		return;
	read_years(f, &line);
	if (line.kind == LINE_TEXT) {
		read_compiler(f, &line);
		if (!f->subject[FROM_SENTENCE].found) {
			const struct name_hit *report;

			if (has_role(&line, ROLE_REPORT) && report_words(f, &line, &report) && report)
				read_heading(f, &line, false, &f->subject[FROM_SENTENCE]);
			/* Of a sentence only what is surely a name is taken. */
			if (!f->subject[FROM_SENTENCE].placed || f->subject[FROM_SENTENCE].mention.loose)
				f->subject[FROM_SENTENCE].found = false;
		}
	}
}

/* The k-th row of a mention as a candidate. */
static void
add_candidate(const struct identity_finder *f, struct place *p, const struct mention *m, size_t k, int year,
	bool named)
{
	const struct region *row = regions_row(f->lexicon->regions, f->mentions.row[m->first + k]);
	enum place_name name = m->loose ? PLACE_BY_SHORT : PLACE_BY_NAME;

	place_candidate(p, row, year, named ? name : PLACE_BY_CODE, !m->formal || span_eq(row->name, m->name));
}

/* The one code a mention can only mean in that year; 0 if it may mean several. */
static uint32_t
only_code(const struct identity_finder *f, const struct mention *m, int year)
{
	struct place p;

	if (m->n > 12 || m->loose)
		return 0;
	place_reset(&p);
	for (size_t k = 0; k < m->n; k++)
		add_candidate(f, &p, m, k, year, true);
	place_keep_nearest(&p);
	return p.ncandidates == 1 ? p.candidate[0].code : 0;
}

/* True if an example is spoken of: 赴上海市考察. */
static bool
is_example(const struct identity_finder *f, const struct line *line, const struct mention *m)
{
	for (size_t i = 0; i < line->nhits; i++) {
		const struct name_hit *hit = hit_of(f, line, i);

		if (hit->start > m->end + 30)
			return false;
		if (hit->end + 30 >= m->start && is_role(f, hit, ROLE_EXAMPLE))
			return true;
	}
	return false;
}

/* Names as clues: whose site it is, an address, what the candidates lie in. */
static void
mention_clues(struct identity_finder *f, int year)
{
	size_t looked = 0;

	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];
		bool site = line->kind == LINE_SITE, source = line->kind == LINE_SOURCE;
		bool address = has_role(line, ROLE_ADDRESS) || has_role(line, ROLE_POSTCODE);

		site = site || has_role(line, ROLE_FOOTER);
		for (size_t i = 0; i < line->nmentions && looked < 400; i++, looked++) {
			const struct mention *m = mention_of(f, line, i);
			struct span said = span_of(line->text.p + m->start, m->end - m->start);
			uint32_t code = only_code(f, m, year);
			struct place_clue clue = {.code = code, .said = said};

			if (code == 0 || m->zone >= 0 || is_example(f, line, m))
				continue;
			if (site || source) {
				clue.kind = CLUE_SITE;
				clue.weights = (struct weights){5, 4, 0, -1};
			} else if (address && line->text.n < 2000) {
				clue.kind = CLUE_ADDRESS;
				clue.weights = (struct weights){4, 3, 0, 0};
			} else {
				clue.kind = CLUE_PARENT;
				clue.weights = (struct weights){2, 3, 0, 0};
			}
			place_clue(&f->place, clue);
			if (m->chained && !site && !source)
				place_clue(&f->place, (struct place_clue){.kind = CLUE_CHAIN, .code = code, .said = said,
							      .weights = {6, 0, 0, 0}});
		}
	}
	for (size_t o = FROM_SENTENCE; o < ORIGINS; o++) {
		const struct subject *s = &f->subject[o];

		if (s->found && s->placed && s->mention.chained) {
			uint32_t code = only_code(f, &s->mention, year);

			if (code)
				place_clue(&f->place, (struct place_clue){.kind = CLUE_TITLE, .code = code,
							      .said = s->place, .weights = {10, 3, 0, 0}});
		}
	}
}

/* Whether a region can be what 市 of 市教育局 stands for. */
static bool
fits_type(const struct region *row, struct span type)
{
	static const struct {
		const char *type, *kinds;
	} fits[] = {{"自治区", "autonomous_region"}, {"自治州", "autonomous_prefecture"},
		{"自治县", "autonomous_county"}, {"地区", "prefecture"}, {"省", "province"},
		{"市", "prefecture_city county_city municipality"}, {"区", "district autonomous_region"},
		{"县", "county autonomous_county"}, {"州", "autonomous_prefecture"}, {"盟", "league"},
		{"旗", "banner autonomous_banner"}};

	for (size_t i = 0; i < sizeof fits / sizeof *fits; i++)
		if (span_eq(type, span_str(fits[i].type))) {
			struct span kinds = span_str(fits[i].kinds);

			while (kinds.n)
				if (span_eq(span_cut(&kinds, ' '), row->kind))
					return true;
			return false;
		}
	return true;
}

/* The kind of place that words of the page speak of most: 我区; empty if none is said. */
static struct span
self_type(const struct identity_finder *f)
{
	size_t best = 7;

	for (size_t i = 0; i < 7; i++)
		if (f->self[i] > (best < 7 ? f->self[best] : 0))
			best = i;
	return span_str(types[best]);
}

static void
candidates_of(struct identity_finder *f, const struct mention *m, struct span type, int year, bool named)
{
	for (size_t k = 0; k < m->n; k++) {
		const struct region *row = regions_row(f->lexicon->regions, f->mentions.row[m->first + k]);

		if (fits_type(row, type))
			add_candidate(f, &f->place, m, k, year, named);
	}
}

/* Candidates from codes and from whose site it is, for a body that names no place. */
static void
candidates_elsewhere(struct identity_finder *f, struct span type, bool county, int year)
{
	const struct regions *regions = f->lexicon->regions;

	for (size_t o = FROM_SENTENCE; o < ORIGINS; o++)
		if (f->subject[o].found && f->subject[o].placed)
			candidates_of(f, &f->subject[o].mention, type, year, true);
	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];

		if (line->kind != LINE_SITE && line->kind != LINE_SOURCE && !has_role(line, ROLE_FOOTER) &&
			!has_role(line, ROLE_ADDRESS))
			continue;
		for (size_t i = 0; i < line->nmentions; i++)
			candidates_of(f, mention_of(f, line, i), type, year, line->kind != LINE_TEXT);
	}
	for (size_t i = 0; i < f->place.nclues; i++) {
		const struct place_clue *clue = &f->place.clue[i];
		struct span codes = clue->codes;

		if (clue->kind != CLUE_SITE_ID && clue->kind != CLUE_POLICE && clue->kind != CLUE_HOST)
			continue;
		for (;;) {
			uint32_t code = codes.n ? region_parse(span_cut(&codes, ';')) : clue->code;
			const struct region *row = regions_near(regions, code, year ? year : REGION_NOW);

			if (row && !row->pseudo && fits_type(row, type))
				place_candidate(&f->place, row, year, PLACE_BY_CODE, true);
			if (!codes.n)
				break;
		}
	}
	if (county) {
		size_t out = 0;

		for (size_t i = 0; i < f->place.ncandidates; i++)
			if (f->place.candidate[i].row->level == REGION_COUNTY)
				f->place.candidate[out++] = f->place.candidate[i];
		f->place.ncandidates = out;
	}
}

/* The code that stands in that year for the row's; 0 if it became several or none. */
static uint32_t
code_in_year(const struct identity_finder *f, const struct region *row, int year)
{
	uint32_t *list = NULL, code;
	size_t cap = 0, n;

	if (year == 0 || (row->from <= year && year <= row->to) ||
		regions_at(f->lexicon->regions, row->code, year))
		return row->code;
	n = regions_map(f->lexicon->regions, row->code, year < row->from ? row->from : row->to, year, &list, &cap);
	code = n == 1 ? list[0] : 0;
	free(list);
	return code;
}

static void
list_candidates(struct identity_finder *f)
{
	buf_reset(&f->candidates);
	for (size_t i = 0; i < f->place.ncandidates && i < 8; i++)
		buf_printf(&f->candidates, "%s%06u %d", i ? "; " : "", f->place.candidate[i].code,
			f->place.candidate[i].score);
}

/* Resolves the region from the first subject that names a place, else from all else the page says. */
static const struct region *
decide_region(struct identity_finder *f, int year, struct identity *out)
{
	const struct subject *title = &f->subject[FROM_TITLE], *by = NULL;
	struct span type = title->type;
	struct buf *why = f->explain ? &f->why : NULL;
	bool county = title->found && title->kind == BODY_TOWNSHIP, named;
	const struct region *row;
	uint32_t code;

	if (title->found && title->placed && title->mention.n) {
		by = title;
		candidates_of(f, &title->mention, span_of(NULL, 0), year, true);
	}
	for (size_t o = FROM_SENTENCE; !by && o < FROM_SITE; o++) {
		const struct subject *s = &f->subject[o];

		if (!s->found || !s->placed || s->mention.loose)
			continue;
		candidates_of(f, &s->mention, type, year, true);
		if (f->place.ncandidates)
			by = s;
	}
	if (!by)
		candidates_elsewhere(f, type, county, year);
	place_keep_nearest(&f->place);
	if (f->place.ncandidates > 1) {
		struct span self = self_type(f);

		for (size_t i = 0; self.n && i < f->place.ncandidates; i++)
			if (fits_type(f->place.candidate[i].row, self))
				place_clue(&f->place, (struct place_clue){.kind = CLUE_SELF, .said = self,
							      .code = f->place.candidate[i].code,
							      .weights = {4, 0, 0, 0}});
	}
	if (why && by)
		buf_printf(why, "%s names %.*s", origin_names[by - f->subject], SPAN_ARG(by->place));
	else if (why)
		buf_add_str(why, "no name of a place in title or publisher");
	named = place_decide(&f->place, f->lexicon, year, why);
	row = f->place.ncandidates ? f->place.candidate[0].row : NULL;
	code = named ? code_in_year(f, row, year) : 0;
	if (code == 0) {
		list_candidates(f);
		if (why)
			buf_printf(why, "; not decided");
		return NULL;
	}
	if (why && year && (year < row->from || year > row->to))
		buf_printf(why, "; %.*s is a name of %d to %d", SPAN_ARG(row->name), row->from,
			row->to == REGION_NOW ? year : row->to);
	if (why)
		buf_printf(why, "; so %06u", code);
	row = regions_near(f->lexicon->regions, code, year ? year : row->to);
	if (row) {
		struct buf digits = BUF_INIT;

		buf_printf(&digits, "%06u", row->code % 1000000);
		memcpy(out->region, digits.p, 6);
		out->region[6] = '\0';
		buf_release(&digits);
	}
	return row;
}

static enum identity_level
level_of(const struct region *row)
{
	switch (row->level) {
	case REGION_PROVINCE:
		return LEVEL_PROVINCE;
	case REGION_PREFECTURE:
		return LEVEL_PREFECTURE;
	case REGION_COUNTY:
		return LEVEL_COUNTY;
	default:
		return LEVEL_NATION;
	}
}

/* The first of the forms that stands behind the place somewhere on the page; n if none does. */
static size_t
form_said(const struct identity_finder *f, struct span place, const char *const *forms, size_t n)
{
	size_t best = n;

	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];

		for (size_t i = 0; i < line->nmentions; i++) {
			size_t own = mention_of(f, line, i)->own, end = own + place.n;

			if (!span_starts(span_of(line->text.p + own, line->text.n - own), place) ||
				span_at(line->text, end, SPAN("政府信息公开")))
				continue;
			for (size_t k = 0; k < best; k++)
				if (span_at(line->text, end, span_str(forms[k])))
					best = k;
		}
	}
	return best;
}

/* The body's name: as the page writes it in full, with its place but without what that lies in. */
static void
write_body(struct identity_finder *f, const struct subject *s, const struct region *row, struct buf *out)
{
	static const char *const governments[] = {"人民政府", "政府", "行政公署", "行署"};
	static const char *const offices[] = {"人民政府办公室", "人民政府办公厅", "政府办公室", "政府办公厅"};
	bool office = s->kind == BODY_OFFICE;
	const char *const *forms = office ? offices : governments;
	struct span place = s->place.n && !s->mention.loose ? s->place : row ? row->name : s->place;
	struct buf name = BUF_INIT;

	if ((s->kind == BODY_GOVERNMENT || office) && place.n) {
		size_t k = form_said(f, place, forms, 4);

		buf_add_span(&name, place);
		if (k < 4)
			buf_add_str(&name, forms[k]);
		else if (s->rest.n)
			buf_add_span(&name, s->rest);
		else
			buf_add_str(&name, forms[0]);
	} else if (s->type.n && row && span_ends(row->name, s->type)) {
		/* 市教育局 of 杭州市. */
		buf_add_span(&name, row->name);
		buf_add(&name, s->text.p + s->type.n, s->text.n - s->type.n);
		if (s->kind == BODY_GOVERNMENT && s->text.n == s->type.n)
			buf_add_str(&name, forms[0]);
	} else if (s->placed && s->mention.loose && row) {
		buf_add_span(&name, row->name);
		buf_add_span(&name, s->rest);
	} else {
		buf_add_span(&name, s->own);
	}
	copy_clean(f, out, buf_span(&name));
	buf_release(&name);
}

/* The subject that says what kind of body reports; NULL if none does. */
static const struct subject *
body_subject(struct identity_finder *f)
{
	static const enum origin order[] = {FROM_TITLE, FROM_SENTENCE, FROM_FILING, FROM_PUBLISHER, FROM_COMPILER,
		FROM_SITE};
	size_t regional = 0;

	for (size_t i = 0; i < 7; i++)
		regional += f->self[i];
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		struct subject *s = &f->subject[order[i]];

		if (!s->found || !s->known)
			continue;
		/* An office that publishes or compiles does so for its government when the page speaks of 我区. */
		if (order[i] >= FROM_PUBLISHER && s->kind == BODY_OFFICE && regional > f->own) {
			s->kind = BODY_GOVERNMENT;
			s->rest.n = 0;
		}
		return s;
	}
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (f->subject[order[i]].found)
			return &f->subject[order[i]];
	return NULL;
}

/* True if words before the offset except what follows: 不含各县区. */
static bool
is_excepted(struct span text, size_t offset)
{
	static const char *const words[] = {"不含", "不包括", "不包含", "未含", "未包括", "除"};
	size_t from = offset > 24 ? offset - 24 : 0;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (contains(span_of(text.p + from, offset - from), words[i]))
			return true;
	return false;
}

/* Scope by the words of sentences that say what was compiled, for governments; else the body's default. */
static void
decide_scope(struct identity_finder *f, size_t heading, struct identity *out)
{
	bool government = out->body_kind == BODY_GOVERNMENT || out->body_kind == BODY_OFFICE;
	bool region = false, tier = false;

	out->scope = out->body_kind == BODY_GOVERNMENT ? SCOPE_REGION : SCOPE_OWN;
	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];
		const struct name_hit *compiled = NULL;
		bool title = l == heading || line->kind == LINE_TITLE || line->kind == LINE_ARTICLE;

		if (line->kind != LINE_TEXT && !title)
			continue;
		for (size_t i = 0; i < line->nhits && !compiled; i++)
			if (is_role(f, hit_of(f, line, i), ROLE_COMPILED))
				compiled = hit_of(f, line, i);
		if (!compiled && !title)
			continue;
		for (size_t i = 0; i < line->nhits; i++) {
			const struct name_hit *hit = hit_of(f, line, i);
			uint8_t said = lexicon_word(f->lexicon, hit)->compiled;
			size_t from = compiled && hit->start > compiled->start ? compiled->start : hit->start;
			size_t to = compiled && hit->start > compiled->start ? hit->end
				    : compiled				 ? compiled->end
									 : hit->end;

			/* Of the same sentence as the word for compiling. */
			if (said == SCOPE_NONE || to - from > 240 ||
				contains(span_of(line->text.p + from, to - from), "。"))
				continue;
			region = region || (said == SCOPE_REGION && !is_excepted(line->text, hit->start));
			tier = tier || said == SCOPE_TIER;
		}
	}
	if (government && region) {
		out->scope = SCOPE_REGION;
		out->scope_stated = true;
	} else if (government && tier) {
		out->scope = SCOPE_TIER;
		out->scope_stated = true;
	}
}

enum scope
identity_clause_scope(const struct identity_finder *f, struct span clause)
{
	struct name_hits *hits = f->clause;
	enum scope scope = SCOPE_NONE;
	size_t first = SIZE_MAX, longest = 0;

	hits->n = 0;
	names_scan(f->lexicon->names, clause, hits);
	/* The first word that says it; of those that begin together the longest. */
	for (size_t i = 0; i < hits->n; i++) {
		const struct name_hit *hit = &hits->v[i];
		uint8_t said = lexicon_word(f->lexicon, hit)->clause;
		size_t length = hit->end - hit->start;

		if (said == SCOPE_NONE)
			continue;
		if (hit->start < first || (hit->start == first && length > longest)) {
			first = hit->start;
			longest = length;
			scope = (enum scope)said;
		}
	}
	return scope;
}

/* NULL if the page is a report; else why it is none. */
static const char *
why_none(const struct identity_finder *f, size_t heading)
{
	bool disclosure = false, report = false, other = false;

	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];

		if (!has_role(line, ROLE_DISCLOSURE))
			continue;
		disclosure = true;
		report = report || has_role(line, ROLE_REPORT);
		other = other || (line->kind == LINE_TITLE && has_role(line, ROLE_OTHER) &&
					 !has_role(line, ROLE_REPORT));
	}
	if (!disclosure)
		return "the page does not speak of government information disclosure";
	if (!report)
		return "the page does not speak of a report on disclosure";
	if (other && heading == f->nlines)
		return "the title is that of another document on disclosure";
	return NULL;
}

void
identity_find(struct identity_finder *f, const struct page *page, struct identity *out)
{
	size_t heading, lines;
	const struct region *row;
	const struct subject *body;

	memset(out, 0, sizeof *out);
	f->hits.n = f->mentions.n = f->mentions.nrows = f->nlines = f->nplain = 0;
	memset(f->subject, 0, sizeof f->subject);
	memset(f->self, 0, sizeof f->self);
	memset(f->year_votes, 0, sizeof f->year_votes);
	memset(f->year_said, 0, sizeof f->year_said);
	f->own = 0;
	f->title_year = f->period_year = f->caption_year = 0;
	place_reset(&f->place);
	buf_reset(&f->title);
	buf_reset(&f->body);
	buf_reset(&f->published);
	buf_reset(&f->filing);
	buf_reset(&f->publisher);
	buf_reset(&f->candidates);
	buf_reset(&f->why);

	read_page(f, page);
	join_headings(f);
	lines = f->nlines;
	heading = find_heading(f);
	out->reason = why_none(f, heading);
	if (heading < f->nlines) {
		out->title = f->line[heading].text;
		read_heading(f, &f->line[heading], true, &f->subject[FROM_TITLE]);
		f->title_year = heading_year(out->title);
		if (!f->subject[FROM_TITLE].found)
			read_beside(f, heading);
	}
	for (size_t l = 0; l < lines; l++)
		read_line(f, page, l);
	out->year = decide_year(f);
	out->title_year = f->title_year;
	out->period_year = f->period_year;
	mention_clues(f, out->year);
	row = decide_region(f, out->year, out);
	body = body_subject(f);
	out->body_kind = body ? body->kind : BODY_GOVERNMENT;
	if (!body && f->own > 0)
		out->body_kind = BODY_OTHER;
	if (body)
		write_body(f, body, row, &f->body);
	out->level = row ? level_of(row) : LEVEL_NONE;
	if (out->body_kind == BODY_TOWNSHIP)
		out->level = LEVEL_TOWNSHIP;
	else if (out->body_kind == BODY_ZONE)
		out->level = LEVEL_ZONE;
	decide_scope(f, heading, out);
	out->body = buf_span(&f->body);
	out->published = buf_span(&f->published);
	out->filing_unit = buf_span(&f->filing);
	out->publisher = buf_span(&f->publisher);
	out->candidates = buf_span(&f->candidates);
	out->explain = buf_span(&f->why);
}
