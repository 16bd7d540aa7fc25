#include "finder.h"

#include <stdlib.h>

const char *const body_kind_names[BODY_KINDS] = {"government", "government_office", "department",
	"township", "zone", "institution", "other"};
const char *const scope_names[SCOPES] = {"", "region", "tier", "own", "unclear"};
const char *const level_names[LEVELS] = {
	"", "nation", "province", "prefecture", "county", "township", "zone"};

struct identity_finder *
identity_new(const char *dir, bool explain)
{
	struct identity_finder *f = xcalloc(1, sizeof *f);

	f->explain = explain;
	f->clause = xcalloc(1, sizeof *f->clause);
	f->scanned = lines_recall();
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
	recall_free(f->scanned);
	free(f->mentions.v);
	free(f->mentions.row);
	free(f->mentions.pick);
	free(f->line);
	free(f->part);
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

static void
vote(struct identity_finder *f, int year, int weight)
{
	if (year >= YEAR_FIRST && year <= YEAR_LAST)
		f->year_votes[year - YEAR_FIRST] += weight;
}

/* True if the year is that of a report the text names: 现公布2023年政府信息公开工作年度报告. */
static bool
is_of_report(const struct identity_finder *f, const struct line *line, const struct year_token *t)
{
	/* Words stand in the order of their ends. */
	for (size_t i = 0; i < line->nhits && hit_of(f, line, i)->end <= t->end + LINK_BYTES; i++)
		if (hit_of(f, line, i)->start >= t->end && is_role(f, hit_of(f, line, i), ROLE_REPORT))
			return true;
	return false;
}

/* Years, periods and captions of a line of text. */
static void
read_years(struct identity_finder *f, const struct line *line)
{
	struct year_scan scan = year_scan_start(&f->lexicon->years, line->text, has_role(line, ROLE_NUMERAL));
	struct year_token t;

	for (bool first = true; year_scan_next(&scan, &t); first = false) {
		/* 截至2009年底 says more than 自2004年5月1日起. */
		if (t.named || t.whole)
			f->year_said[t.year - YEAR_FIRST] +=
				t.month                                                                      ? 1
				: context_is_at(&f->lexicon->context, CONTEXT_YEAR_END, line->text, t.end) ? 4
													   : 2;
		if (line->sentence && (t.named || t.whole) && !is_of_report(f, line, &t))
			f->year_told[t.year - YEAR_FIRST] = true;
		/* A date alone on its line is that of signing; late in a year it says less. */
		if (first && t.start == 0 && t.month && t.month < 10 && t.end + 3 >= line->text.n &&
			t.day && f->signed_year == 0)
			f->signed_year = t.year;
		if (t.month && f->period_year == 0)
			f->period_year = year_period(&f->lexicon->years, line->text, &t);
		/* (2016年度) alone, or the table's name with a year. */
		if (first && f->caption_year == 0 && t.month == 0 && line->text.n < 100 &&
			(line->text.n <= t.end - t.start + 4 || context_within(&f->lexicon->context, CONTEXT_SHEET, line->text)))
			f->caption_year = t.year;
	}
}

/* The year in which the report came out, early enough to be no report on that year; 0 if none is known. */
static int
year_out(const struct identity_finder *f)
{
	const char *p = f->published.p;

	if (f->published.n < 10)
		return f->signed_year;
	/* Reports on the year itself were out at its end, if early. */
	return p[5] == '1' ? 0 : atoi(p);
}

/* True if the title's year, which may be that of publication, was not over when the page came out. */
static bool
is_premature(const struct identity_finder *f)
{
	return f->title_year && f->title_year == year_out(f);
}

static int
decide_year(struct identity_finder *f)
{
	int best = 0, most = 0, published = 0, said = 0, title = f->title_year;

	/* Nothing tells of such a year but the title. */
	if (is_premature(f) && f->period_year != title && f->caption_year != title && title >= YEAR_FIRST &&
		title <= YEAR_LAST && !f->year_told[title - YEAR_FIRST])
		title = 0;
	vote(f, f->period_year, 5);
	vote(f, title, 4);
	vote(f, f->caption_year, 3);
	/* A sentence names the report where nothing heads it. */
	if (f->title_year == 0)
		vote(f, f->sentence_year, 3);
	for (size_t i = 0; i < 4 && f->published.n == 10; i++)
		published = published * 10 + (f->published.p[i] - '0');
	for (int y = YEAR_FIRST; y <= YEAR_LAST; y++)
		if (f->year_said[y - YEAR_FIRST] > said)
			said = f->year_said[y - YEAR_FIRST];
	/* A report is due by the end of March; one of a later day may be late, or a year's last.  One
	 * whose text speaks of a year, and not of the one before, is late. */
	if (published - 1 >= YEAR_FIRST && published - 1 <= YEAR_LAST &&
		(said < 4 || title != f->title_year || f->year_said[published - 1 - YEAR_FIRST] > 0))
		vote(f, published - 1, 2);
	if (published == 0 && f->signed_year)
		vote(f, f->signed_year - 1, 2);
	for (int y = YEAR_FIRST; y <= YEAR_LAST; y++)
		if (said && f->year_said[y - YEAR_FIRST] == said) {
			vote(f, y, 1);
			break;
		}
	/* What heading and text agree on stands against a period left from last year's report. */
	if (title >= YEAR_FIRST && title <= YEAR_LAST) {
		best = title;
		most = f->year_votes[best - YEAR_FIRST];
	}
	for (int y = YEAR_FIRST; y <= YEAR_LAST; y++)
		if (f->year_votes[y - YEAR_FIRST] > most) {
			most = f->year_votes[y - YEAR_FIRST];
			best = y;
		}
	return best;
}

/* True if a character of a word stands before the offset: 日期 in 填报日期 is no label of its own.
 */
static bool
is_word_end(struct span text, size_t offset)
{
	unsigned char c = offset ? (unsigned char)text.p[offset - 1] : ' ';

	/* Han characters begin with e4 to e9; marks and brackets of the same length do not. */
	return offset >= 3 && c >= 0x80 && (unsigned char)text.p[offset - 3] >= 0xe4 &&
	       (unsigned char)text.p[offset - 3] <= 0xe9;
}

/* The date that a signature stands above or before, and no more but blanks and marks. */
static bool
is_signed_at(const struct identity_finder *f, struct span text, struct year_token *t)
{
	struct year_scan scan = year_scan_start(&f->lexicon->years, text, true);

	return year_scan_next(&scan, t) && t->month && t->end + 6 >= text.n;
}

/* Asked of every short line: whether a date may begin it, or, written out, end it. */
static bool
begins_date(struct span text)
{
	return text.n > 0 && (is_digit(text.p[0]) || span_at(text, 0, SPAN("二")));
}

static bool
ends_date(struct span text)
{
	size_t tail = text.n < 9 ? text.n : 9;

	return contains(span_of(text.p + text.n - tail, tail), "日");
}

/*
 * A body that stands alone on a line with a date below it, or behind it, signs the report.  Without its
 * place, 县财政局, it is a department's or a town's, and the date is written out: not one of a list.
 */
static void
read_signature(struct identity_finder *f, size_t index)
{
	const struct line *line = &f->line[index];
	struct span name = line->text;
	struct subject s = {.found = false};
	struct year_token t;
	bool below;

	if (f->subject[FROM_SIGNATURE].found || line->text.n > NAME_BYTES)
		return;
	below = index + 1 < f->nlines && begins_date(line[1].text) && is_signed_at(f, line[1].text, &t) && t.start == 0;
	if (!below) {
		if (!ends_date(line->text) || !is_signed_at(f, line->text, &t) || t.start == 0 || !t.named || !t.day)
			return;
		name = lines_trim(span_of(name.p, t.start));
	}
	subject_read(f, line, name, true, &s);
	if (!s.found || !s.known || s.text.n != name.n)
		return;
	if (below && s.placed ? !s.mention.loose && s.rest.n && s.mention.start == 0
			      : t.named && source_is_part(f, &s) && source_is_named(f, &s))
		f->subject[FROM_SIGNATURE] = s;
}

/* Labels, sentences, and words by which a body speaks of itself. */
static void
read_line(struct identity_finder *f, const struct page *page, size_t index)
{
	static const uint32_t clue_roles = 1u << ROLE_POSTCODE | 1u << ROLE_PHONE |
					   1u << ROLE_SITE_ID | 1u << ROLE_POLICE | 1u << ROLE_ICP;
	static const uint32_t label_roles = 1u << ROLE_SELF | 1u << ROLE_OWN | 1u << ROLE_FILING |
					    1u << ROLE_PUBLISHER | 1u << ROLE_PUBLISHED |
					    1u << ROLE_FOOTER | 1u << ROLE_AUTHOR;
	/* Reading a value adds lines, so the line is copied. */
	struct line line = f->line[index];
	struct span value;
	bool path = false;

	if (line.roles & clue_roles)
		clues_read(f, &line);
	/* Below another's title only the site speaks of the page. */
	if (line.other && !is_site_line(&line))
		return;
	for (size_t i = 0; i < line.nhits && (line.roles & label_roles); i++) {
		struct name_hit hit = *hit_of(f, &line, i);
		size_t k;

		if (is_role(f, &hit, ROLE_SELF)) {
			if (lines_in_place(f, &line, &hit))
				continue;
			k = types_at_end(&f->lexicon->types,
				span_of(line.text.p + hit.start, hit.end - hit.start));
			if (k != TYPE_NONE)
				f->self[k]++;
			f->ours += !context_is_at(&f->lexicon->context, CONTEXT_WHOLE, line.text, hit.start);
		} else if (is_role(f, &hit, ROLE_OWN)) {
			size_t ending;
			enum body_kind kind = bodies_kind(f->bodies,
				span_of(line.text.p + hit.start, hit.end - hit.start), &ending);

			f->own++;
			f->own_kind[kind] += ending > 0;
			f->ours_body += ending > 0 && context_is_at(&f->lexicon->context, CONTEXT_PRONOUN, line.text, hit.start);
		} else if (is_role(f, &hit, ROLE_FILING) && f->filing.n == 0) {
			value = lines_label_value(f, page, &line, i);
			if (value.n && value.n <= NAME_BYTES) {
				lines_copy(f, &f->filing, value);
				subject_of_value(f, value, line.item, &f->subject[FROM_FILING]);
			}
		} else if (is_role(f, &hit, ROLE_PUBLISHER) && !f->subject[FROM_PUBLISHER].found) {
			value = lines_label_value(f, page, &line, i);
			if (value.n && value.n <= NAME_BYTES) {
				if (f->publisher.n == 0)
					lines_copy(f, &f->publisher, value);
				source_publisher(f, value, line.item);
			}
		} else if (is_role(f, &hit, ROLE_AUTHOR) && source_is_byline(&line, hit.start)) {
			source_author(f, lines_label_value(f, page, &line, i), line.item);
		} else if (is_role(f, &hit, ROLE_FOOTER) && !f->subject[FROM_SITE].found) {
			subject_of_value(f, lines_label_value(f, page, &line, i), line.item,
				&f->subject[FROM_SITE]);
			source_drop_vague(f, &f->subject[FROM_SITE]);
		} else if (is_role(f, &hit, ROLE_PUBLISHED) && f->published.n == 0 &&
			   !is_word_end(line.text, hit.start)) {
			value = lines_label_value(f, page, &line, i);
			if (value.n == 0)
				value = span_from(line.text, hit.end);
			lines_date(f, span_head(value, 40), &f->published);
		}
	}
	if (line.kind == LINE_SOURCE && f->publisher.n == 0) {
		lines_copy(f, &f->publisher, line.text);
		source_publisher_line(f, &line);
	}
	if (line.kind == LINE_SITE && !f->subject[FROM_SITE].found) {
		subject_read(f, &line, line.text, true, &f->subject[FROM_SITE]);
		f->subject[FROM_SITE].found =
			f->subject[FROM_SITE].placed && !f->subject[FROM_SITE].mention.loose;
	}
	if (line.kind == LINE_TEXT || (line.kind == LINE_SITE && page->items[line.item].kind == ITEM_TITLE))
		path = source_path(f, &line);
	if (line.kind == LINE_TEXT || line.kind == LINE_FOOT)
		read_signature(f, index);
	if (line.kind != LINE_TEXT && line.kind != LINE_CELL)
		return;
	if (line.listed)
		return;
	read_years(f, &line);
	if (line.kind == LINE_TEXT && !path) {
		subject_compiler(f, &line);
		if (heading_is_of_page(f, index))
			subject_sentence(f, &line);
		subject_contact(f, &line);
		subject_opening(f, &line);
	}
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

/* The level of all candidates, if a full name gave them; LEVEL_NONE if they differ or there are
 * none. */
static enum identity_level
common_level(const struct place *p)
{
	for (size_t i = 0; i < p->ncandidates; i++)
		if (p->candidate[i].row->level != p->candidate[0].row->level ||
			p->candidate[i].name != PLACE_BY_NAME)
			return LEVEL_NONE;
	return p->ncandidates ? level_of(p->candidate[0].row) : LEVEL_NONE;
}

/* The first of the role's words that stands behind the place somewhere on the page; else their number. */
static size_t
form_said(const struct identity_finder *f, struct span place, enum context_role role)
{
	const struct context *c = &f->lexicon->context;
	size_t best = c->of[role].n;

	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];

		for (size_t i = 0; i < line->nmentions; i++) {
			size_t own = mention_of(f, line, i)->own, end = own + place.n;

			if (!span_at(line->text, own, place) ||
				context_is_at(c, CONTEXT_DISCLOSURE, line->text, end))
				continue;
			if (context_at(c, role, line->text, end) < best)
				best = context_at(c, role, line->text, end);
		}
	}
	return best;
}

/* True if the region lies in the place that the subject, whose site it is, names: it is not the page's. */
static bool
lies_below(const struct identity_finder *f, const struct subject *s, const struct region *row)
{
	return row && s >= &f->subject[FROM_PORTAL] && s->placed && s->mention.n &&
	       row->level > regions_row(f->lexicon->regions, f->mentions.row[s->mention.first])->level;
}

/* The body's name: as the page writes it in full, with its place but without what that lies in. */
static void
write_body(struct identity_finder *f, const struct subject *s, const struct region *row,
	struct buf *out)
{
	bool office = s->kind == BODY_OFFICE;
	enum context_role role = office ? CONTEXT_OFFICE : CONTEXT_GOVERNMENT;
	const struct context_words *forms = &f->lexicon->context.of[role];
	bool named = s->place.n && !s->mention.loose && !lies_below(f, s, row);
	struct span place = named ? s->place : row ? row->name : s->place;
	struct buf name = BUF_INIT;

	if ((s->kind == BODY_GOVERNMENT || office) && place.n) {
		size_t k = form_said(f, place, role);

		buf_add_span(&name, place);
		if (k < forms->n)
			buf_add_span(&name, forms->v[k]);
		else if (s->place.n == 0 && s->type.n && s->text.n > s->type.n)
			/* 县政府办: the word for the kind is the end of the place's name. */
			buf_add(&name, s->text.p + s->type.n, s->text.n - s->type.n);
		else if (s->rest.n)
			buf_add_span(&name, s->rest);
		else if (forms->n)
			buf_add_span(&name, forms->v[0]);
	} else if (s->type.n && row && span_ends(row->name, s->type)) {
		/* 市教育局 of 杭州市. */
		buf_add_span(&name, row->name);
		buf_add(&name, s->text.p + s->type.n, s->text.n - s->type.n);
		if (s->kind == BODY_GOVERNMENT && s->text.n == s->type.n && forms->n)
			buf_add_span(&name, forms->v[0]);
	} else if (s->placed && s->mention.loose && row) {
		buf_add_span(&name, row->name);
		buf_add_span(&name, s->rest);
	} else {
		buf_add_span(&name, s->own);
	}
	lines_copy(f, out, buf_span(&name));
	buf_release(&name);
}

/* The first subject from the origin on that is a part of the whole, where a government is said to
 * report; NULL if none is. */
static const struct subject *
part_said(const struct identity_finder *f, enum origin from, bool institutions)
{
	/* What looks like a sentence on a report may be a link to a department's. */
	static const enum origin order[] = {
		FROM_FILING, FROM_PUBLISHER, FROM_AUTHOR, FROM_SIGNATURE, FROM_OPENING, FROM_PATH};

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		const struct subject *s = &f->subject[order[i]];

		if (order[i] >= from && source_is_part(f, s) && !source_may_keep(f, s) &&
			(institutions || s->kind != BODY_INSTITUTION))
			return s;
	}
	return NULL;
}

/* Whether the heading's subject reports, and if not, what is said against it: NULL where nobody is
 * named. */
static bool
is_of_heading(struct identity_finder *f, size_t regional, const struct subject **other)
{
	struct subject *title = &f->subject[FROM_TITLE];
	bool place_only = title->kind == BODY_GOVERNMENT && title->placed && title->rest.n == 0;

	*other = NULL;
	if (f->masthead)
		*other = part_said(f, FROM_FILING, true);
	else if (place_only && f->ours <= f->own)
		*other = part_said(f, FROM_FILING, false);
	if (*other) {
		f->subject[FROM_HEAD] = *title;
		title->found = false;
		return false;
	}
	/* 某县2022年…年度报告 on a page that says 我局 again and again. */
	return !(place_only || f->masthead) || f->ours_body < (f->masthead ? 1 : 2) || f->ours_body <= regional;
}

/* The subject that says what kind of body reports; NULL if none does. */
static const struct subject *
body_subject(struct identity_finder *f)
{
	static const enum origin order[] = {FROM_TITLE, FROM_SENTENCE, FROM_FILING, FROM_PUBLISHER,
		FROM_AUTHOR, FROM_SIGNATURE, FROM_OPENING, FROM_COMPILER, FROM_PATH, FROM_CONTACT,
		FROM_PORTAL, FROM_HEAD, FROM_SITE};
	const struct subject *part;
	size_t regional = 0, named = 0;

	for (size_t i = 0; i < TYPES_MAX; i++)
		regional += f->self[i];
	for (size_t k = 0; k < BODY_KINDS; k++)
		named += f->own_kind[k];
	/* The masthead of a city, on a page that says 我县 or stands in the column of its counties. */
	if (f->masthead && f->subject[FROM_TITLE].found &&
		(f->counties || !region_may_be_self(f, &f->subject[FROM_TITLE].mention))) {
		f->subject[FROM_HEAD] = f->subject[FROM_TITLE];
		f->subject[FROM_TITLE].found = false;
	}
	/* What the title names is it, also when its ending is not known: never the government it
	 * lies in. */
	if (f->subject[FROM_TITLE].found)
		return is_of_heading(f, regional, &part) ? &f->subject[FROM_TITLE] : part;
	for (size_t i = 1; i < sizeof order / sizeof *order; i++) {
		struct subject *s = &f->subject[order[i]];
		bool site = order[i] >= FROM_OPENING || order[i] == FROM_SENTENCE;

		/* A page that says 我局 and not 我县 is not the government's, whatever site it
		 * stands on. */
		if (!s->found || !s->known || (s->nation && f->ours > 0) ||
			/* 来源:区政务服务办, on a page that says 我区 more than 我办. */
			(order[i] == FROM_PUBLISHER && s->kind == BODY_DEPARTMENT && source_may_keep(f, s) &&
				f->ours > f->own) ||
			/* 来源:区政务服务中心, on a page that says 我镇, or nothing. */
			(order[i] == FROM_PUBLISHER && source_is_keeper(f, s) &&
				(f->own == 0 || (named && f->own_kind[BODY_INSTITUTION] == 0))) ||
			(site && s->kind == BODY_GOVERNMENT && f->own > regional))
			continue;
		/* An office that publishes or compiles does so for its government when the page
		 * speaks of 我区; one that is said to have worked may mean its own report. */
		if (order[i] >= FROM_PUBLISHER && s->kind == BODY_OFFICE && regional > f->own &&
			(order[i] != FROM_OPENING || f->ours > 1)) {
			s->kind = BODY_GOVERNMENT;
			s->rest.n = 0;
		}
		/* 请与…电子政务办公室联系, on a page that speaks of 我市 and of nobody else. */
		if (order[i] == FROM_CONTACT && s->kind == BODY_DEPARTMENT && s->placed &&
			context_ends(&f->lexicon->context, CONTEXT_ROOM, s->text) && f->ours > 0 && f->own == 0) {
			s->kind = BODY_GOVERNMENT;
			s->rest.n = 0;
		}
		/* 来源:县政府办 on a page that 县财政局 signed, and that does not speak of 我县. */
		part = (s->kind == BODY_GOVERNMENT || s->kind == BODY_OFFICE) && f->ours <= f->own &&
				       (s->rest.n == 0 || order[i] >= FROM_PUBLISHER)
			       ? part_said(f, order[i], false)
			       : NULL;
		return part ? part : s;
	}
	for (size_t i = 1; i < sizeof order / sizeof *order && order[i] != FROM_SITE; i++)
		if (f->subject[order[i]].found && !f->subject[order[i]].known)
			return &f->subject[order[i]];
	return NULL;
}

/*
 * True if all that speaks for a government is the site, and the page stands in the column of its
 * departments, towns or counties: which of them it is of is not said, but it is not the government's.
 */
static bool
is_in_column(const struct identity_finder *f, const struct subject *body)
{
	return (f->counties || ((f->departments || f->towns) && f->ours <= f->own)) &&
	       (!body || (body->kind == BODY_GOVERNMENT && body >= &f->subject[FROM_PORTAL]));
}

/*
 * The kind of body a page is of that names none: of those its column holds, or of those it calls 我局
 * or 我县 the most.
 */
static enum body_kind
own_kind(const struct identity_finder *f)
{
	size_t most = BODY_OTHER, named = 0;

	if ((f->departments || f->towns) && is_in_column(f, NULL))
		return f->departments && f->towns ? BODY_OTHER : f->towns ? BODY_TOWNSHIP : BODY_DEPARTMENT;
	for (size_t k = 0; k < BODY_KINDS; k++) {
		named += f->own_kind[k];
		if (f->own_kind[k] > f->own_kind[most])
			most = k;
	}
	/* A zone says 我区, too. */
	if (f->own_kind[BODY_ZONE] * 4 > f->ours)
		return BODY_ZONE;
	if (f->own == 0)
		return f->ours || f->counties ? BODY_GOVERNMENT : BODY_OTHER;
	return named > f->ours ? (enum body_kind)most : BODY_OTHER;
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
	memset(f->year_told, 0, sizeof f->year_told);
	recall_page(f->scanned);
	memset(f->own_kind, 0, sizeof f->own_kind);
	f->own = f->ours = f->ours_body = 0;
	f->departments = f->towns = f->counties = f->masthead = false;
	f->title_year = f->period_year = f->caption_year = f->signed_year = f->sentence_year = 0;
	place_reset(&f->place);
	buf_reset(&f->title);
	buf_reset(&f->body);
	buf_reset(&f->published);
	buf_reset(&f->filing);
	buf_reset(&f->publisher);
	buf_reset(&f->candidates);
	buf_reset(&f->why);

	lines_read(f, page);
	heading_join(f);
	lines = f->nlines;
	heading_mark_links(f);
	heading = heading_find(f);
	if (heading < f->nlines) {
		out->title = f->line[heading].text;
		subject_heading(f, &f->line[heading], true, &f->subject[FROM_TITLE]);
		f->title_year = heading_year(f, out->title);
		/* 主题分类:综合政务/政府信息公开年报 is a label's value, and names nobody. */
		if (f->title_year == 0 && !f->subject[FROM_TITLE].placed && !f->subject[FROM_TITLE].known)
			f->subject[FROM_TITLE].found = false;
		if (!f->subject[FROM_TITLE].found)
			heading_beside(f, heading);
	}
	parts_find(f, page, heading);
	for (size_t l = 0; l < lines; l++)
		read_line(f, page, l);
	f->year = out->year = decide_year(f);
	out->reason = document_why_none(f, page, heading);
	out->title_year = f->title_year;
	out->premature = is_premature(f);
	out->period_year = f->period_year;
	for (size_t o = 0; o < ORIGINS; o++)
		subject_in_year(f, &f->subject[o], out->year);
	clues_mentions(f, out->year);
	body = body_subject(f);
	if (is_in_column(f, body))
		body = NULL;
	out->body_kind = body ? body->kind : own_kind(f);
	row = region_decide(f, out->year, body, out->body_kind, out);
	/* Whose site it is says nothing of a body that lies in a place it does not name. */
	f->row = row;
	f->named = body && out->body_kind != BODY_GOVERNMENT && out->body_kind != BODY_OFFICE ? body->rest : SPAN("");
	if (body && (row || body < &f->subject[FROM_PORTAL]))
		write_body(f, body, row, &f->body);
	out->level = row ? level_of(row) : out->region[0] ? LEVEL_NATION : common_level(&f->place);
	if (out->body_kind == BODY_TOWNSHIP)
		out->level = LEVEL_TOWNSHIP;
	else if (out->body_kind == BODY_ZONE || (body && subject_of_zone(f, body)))
		out->level = LEVEL_ZONE;
	f->township = out->body_kind == BODY_TOWNSHIP;
	scope_decide(f, heading, out);
	out->body = buf_span(&f->body);
	out->published = buf_span(&f->published);
	out->filing_unit = buf_span(&f->filing);
	out->publisher = buf_span(&f->publisher);
	out->candidates = buf_span(&f->candidates);
	out->part = f->part;
	out->nparts = f->nparts;
	out->explain = buf_span(&f->why);
}
