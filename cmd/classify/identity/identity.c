#include "finder.h"

#include <stdlib.h>

const char *const body_kind_names[BODY_KINDS] = {"government", "government_office", "department",
	"township", "zone", "institution", "other"};
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
	if (!f->evidence || !meta_load(&f->metas, dir)) {
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
	meta_release(&f->metas);
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

/* 我县, 本市: the page speaks of the place it is of. */
static void
count_self(struct identity_finder *f, const struct line *line, const struct name_hit *hit)
{
	size_t kind = types_at_end(&f->lexicon->types, span_of(line->text.p + hit->start, hit->end - hit->start));

	if (kind != TYPE_NONE)
		f->self[kind]++;
	f->ours += !context_is_at(&f->lexicon->context, CONTEXT_WHOLE, line->text, hit->start);
}

/* 我局, 本部门: it speaks of the body. */
static void
count_own(struct identity_finder *f, const struct line *line, const struct name_hit *hit)
{
	size_t ending;
	enum body_kind kind =
		bodies_kind(f->bodies, span_of(line->text.p + hit->start, hit->end - hit->start), &ending);

	f->own++;
	f->own_kind[kind] += ending > 0;
	f->ours_body += ending > 0 && context_is_at(&f->lexicon->context, CONTEXT_PRONOUN, line->text, hit->start);
}

/* 填报单位:某县财政局 */
static void
read_filing(struct identity_finder *f, struct span value, size_t item)
{
	if (value.n == 0 || value.n > NAME_BYTES)
		return;
	lines_copy(f, &f->filing, value);
	subject_of_value(f, value, item, &f->subject[FROM_FILING]);
}

/* 发布机构:某县人民政府办公室 */
static void
read_publisher(struct identity_finder *f, struct span value, size_t item)
{
	if (value.n == 0 || value.n > NAME_BYTES)
		return;
	if (f->publisher.n == 0)
		lines_copy(f, &f->publisher, value);
	source_publisher(f, value, item);
}

/* 发布日期:2018-03-01 */
static void
read_published(struct identity_finder *f, struct span value)
{
	lines_date(f, span_head(value, 40), &f->published);
}

/* A word of the line that is a label, or by which a body speaks of itself; of labels of a kind the first counts. */
static void
read_label(struct identity_finder *f, const struct page *page, const struct line *line, size_t i)
{
	/* Reading a value adds words, so the word is copied. */
	const struct name_hit hit = *hit_of(f, line, i);
	struct span value;

	if (is_role(f, &hit, ROLE_SELF)) {
		if (!lines_in_place(f, line, &hit))
			count_self(f, line, &hit);
	} else if (is_role(f, &hit, ROLE_OWN)) {
		count_own(f, line, &hit);
	} else if (is_role(f, &hit, ROLE_FILING) && f->filing.n == 0) {
		read_filing(f, lines_label_value(f, page, line, i), line->item);
	} else if (is_role(f, &hit, ROLE_PUBLISHER) && !f->subject[FROM_PUBLISHER].found) {
		read_publisher(f, lines_label_value(f, page, line, i), line->item);
	} else if (is_role(f, &hit, ROLE_AUTHOR) && source_is_byline(line, hit.start)) {
		source_author(f, lines_label_value(f, page, line, i), line->item);
	} else if (is_role(f, &hit, ROLE_FOOTER) && !f->subject[FROM_SITE].found) {
		subject_of_value(f, lines_label_value(f, page, line, i), line->item, &f->subject[FROM_SITE]);
		source_drop_vague(f, &f->subject[FROM_SITE]);
	} else if (is_role(f, &hit, ROLE_PUBLISHED) && f->published.n == 0 && !is_word_end(line->text, hit.start)) {
		value = lines_label_value(f, page, line, i);
		read_published(f, value.n ? value : span_from(line->text, hit.end));
	}
}

/* A line that says who puts the page on the web: 来源:…, or a part of the page's own title. */
static void
read_source(struct identity_finder *f, const struct line *line)
{
	struct subject *site = &f->subject[FROM_SITE];

	if (line->kind == LINE_SOURCE && f->publisher.n == 0) {
		lines_copy(f, &f->publisher, line->text);
		source_publisher_line(f, line);
	}
	if (line->kind == LINE_SITE && !site->found) {
		subject_read(f, line, line->text, true, site);
		site->found = site->placed && !site->mention.loose;
	}
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
	const struct line line = f->line[index];
	bool path = false;

	if (line.roles & clue_roles)
		clues_read(f, &line);
	/* Below another's title only the site speaks of the page. */
	if (line.other && !is_site_line(&line))
		return;
	for (size_t i = 0; i < line.nhits && (line.roles & label_roles); i++)
		read_label(f, page, &line, i);
	read_source(f, &line);
	if (line.kind == LINE_TEXT || (line.kind == LINE_SITE && page->items[line.item].kind == ITEM_TITLE))
		path = source_path(f, &line);
	if (line.kind == LINE_COLUMN)
		source_column(f, &line);
	if (line.kind == LINE_TEXT || line.kind == LINE_FOOT)
		source_signature(f, index);
	if (line.listed || (line.kind != LINE_TEXT && line.kind != LINE_CELL))
		return;
	report_year_read(f, &line);
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

/* Forgets the page before. */
static void
reset(struct identity_finder *f)
{
	f->hits.n = f->mentions.n = f->mentions.nrows = f->nlines = f->nplain = 0;
	memset(f->subject, 0, sizeof f->subject);
	memset(f->self, 0, sizeof f->self);
	memset(&f->years, 0, sizeof f->years);
	recall_page(f->scanned);
	memset(f->own_kind, 0, sizeof f->own_kind);
	f->own = f->ours = f->ours_body = 0;
	f->departments = f->towns = f->counties = f->masthead = false;
	place_reset(&f->place);
	buf_reset(&f->title);
	buf_reset(&f->body);
	buf_reset(&f->published);
	buf_reset(&f->filing);
	buf_reset(&f->publisher);
	buf_reset(&f->candidates);
	buf_reset(&f->why);
}

/* What the report's own heading says of its body and year: the heading is a line, or none. */
static void
read_heading(struct identity_finder *f, size_t heading)
{
	struct subject *title = &f->subject[FROM_TITLE];
	bool own;

	if (heading == f->nlines)
		return;
	subject_heading(f, &f->line[heading], true, title);
	f->years.title = heading_year(f, f->line[heading].text);
	/* 主题分类:综合政务/政府信息公开年报 is a label's value, and names nobody. */
	if (f->years.title == 0 && !title->placed && !title->known)
		title->found = false;
	own = title->found;
	if (!own)
		heading_beside(f, heading);
	/* Beside a heading of a page that names nobody stand links, too. */
	if ((own || !f->html) && title->found && title->kind == BODY_GOVERNMENT && title->placed && title->rest.n == 0)
		subject_aside_lines(f, heading, title);
}

void
identity_find(struct identity_finder *f, const struct page *page, struct identity *out)
{
	size_t heading, lines;
	const struct region *row;
	const struct subject *body;

	reset(f);
	memset(out, 0, sizeof *out);
	lines_read(f, page);
	heading_join(f);
	lines = f->nlines;
	heading_mark_links(f);
	heading = heading_find(f);
	if (heading < f->nlines)
		out->title = f->line[heading].text;
	read_heading(f, heading);
	parts_find(f, page, heading);
	for (size_t l = 0; l < lines; l++)
		read_line(f, page, l);
	if (heading < f->nlines && !f->subject[FROM_AUTHOR].found && (!f->subject[FROM_TITLE].found || f->masthead ||
		    (f->subject[FROM_TITLE].kind == BODY_GOVERNMENT && f->subject[FROM_TITLE].rest.n == 0)))
		subject_byline(f, heading, &f->subject[FROM_AUTHOR]);
	f->year = out->year = report_year_decide(f);
	out->reason = document_why_none(f, page, heading);
	out->title_year = f->years.title;
	out->premature = report_year_is_premature(f);
	out->period_year = f->years.period;
	for (size_t o = 0; o < NAMINGS; o++)
		subject_in_year(f, &f->subject[o], out->year);
	clues_mentions(f, out->year);
	body = reporter_find(f);
	if (reporter_is_in_column(f, body))
		body = NULL;
	out->body_kind = body ? body->kind : reporter_own_kind(f);
	row = region_decide(f, out->year, body, out->body_kind, out);
	/* Whose site it is says nothing of a body that lies in a place it does not name. */
	f->row = row;
	f->named = body && out->body_kind != BODY_GOVERNMENT && out->body_kind != BODY_OFFICE ? body->rest : SPAN("");
	if (body && (row || body < &f->subject[FROM_PORTAL]))
		reporter_write(f, body, row, &f->body);
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
	if (f->lexicon->context.of[CONTEXT_COUNTER].n)
		out->unit = f->lexicon->context.of[CONTEXT_COUNTER].v[0];
	out->part = f->part;
	out->nparts = f->nparts;
	out->explain = buf_span(&f->why);
}
