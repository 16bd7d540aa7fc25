#include "finder.h"

void
clues_code(
	struct identity_finder *f, enum clue_kind kind, struct span digits, struct weights weights)
{
	uint32_t code = regions_alias(f->lexicon->regions, region_parse(span_of(digits.p, 6)));
	size_t first;

	/* Codes of districts that number themselves (…90) are those of what they lie in. */
	if (!regions_rows(f->lexicon->regions, code, &first))
		code -= code % 100;
	if (!regions_rows(f->lexicon->regions, code, &first))
		return;
	place_clue(
		&f->place, (struct place_clue){
				   .kind = kind, .code = code, .said = digits, .weights = weights});
}

/* True if all codes are those of counties, whose sites hold no reports of other places. */
static bool
of_counties(struct span codes)
{
	while (codes.n)
		if (region_parse(span_cut(&codes, ';')) % 100 == 0)
			return false;
	return true;
}

static void
clue_found(struct identity_finder *f, enum clue_kind kind, enum evidence_kind evidence,
	struct span key)
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
	else if (kind == CLUE_PAGE)
		/* A host that was never seen in use says no more for being the page's. */
		w = clue.weight > 1 ? (struct weights){2, 2, 0, of_counties(clue.codes) ? -6 : 0}
				    : (struct weights){0, 0, 0, 0};
	else if (kind == CLUE_HOST)
		w.under = (int8_t)(clue.weight > 1 ? clue.weight - 1 : 1);
	place_clue(&f->place,
		(struct place_clue){
			.kind = kind, .codes = clue.codes, .said = clue.key, .weights = w});
}

static bool
is_host_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
	       c == '.' || c == '-';
}

void
clues_hosts(struct identity_finder *f, struct span text, bool own)
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
		clue_found(f, CLUE_HOST, EVIDENCE_HOST,
			span_of(text.p + start, hit + strlen(".gov.cn") - start));
		if (own)
			clue_found(f, CLUE_PAGE, EVIDENCE_HOST,
				span_of(text.p + start, hit + strlen(".gov.cn") - start));
		done = before = hit + strlen(".gov.cn");
	}
}

/* The run of digits at or after `from`, at most `reach` bytes away; empty if there is none. */
static struct span
digits_after(struct span text, size_t from, size_t reach)
{
	size_t i = from, n = 0;

	while (i < text.n && i - from < reach && !is_digit(text.p[i]))
		i++;
	if (i >= text.n || i - from >= reach)
		return span_of(text.p, 0);
	while (n < 24 && span_is_digit(text, i + n))
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

/* True if what stands at the offset is of who made the site, not of whose it is: 技术支持:某公司 电话:…. */
static bool
is_vendors(const struct identity_finder *f, const struct line *line, size_t at)
{
	size_t said;

	/* Such a line is no sentence. */
	if (line->sentence || at == 0 || line->text.n > HEADING_BYTES)
		return false;
	said = context_find(&f->lexicon->context, CONTEXT_VENDOR, span_of(line->text.p, at));
	for (size_t i = 0; said < at && i < line->nhits; i++) {
		const struct name_hit *hit = hit_of(f, line, i);

		/* 技术支持:某公司 主办:…: the next label is the site's again. */
		if (hit->start > said && hit->end <= at && (is_role(f, hit, ROLE_FOOTER) || is_role(f, hit, ROLE_ADDRESS)))
			return false;
	}
	return said < at;
}

void
clues_read(struct identity_finder *f, const struct line *line)
{
	for (size_t i = 0; i < line->nhits; i++) {
		const struct name_hit *hit = hit_of(f, line, i);
		struct span digits;

		if ((is_role(f, hit, ROLE_POSTCODE) || is_role(f, hit, ROLE_PHONE)) && is_vendors(f, line, hit->start))
			continue;
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
				clues_code(f, CLUE_SITE_ID, digits, (struct weights){8, 4, 2, -2});
		} else if (is_role(f, hit, ROLE_POLICE)) {
			digits = digits_after(line->text, hit->end, 8);
			if (digits.n == 14)
				clues_code(f, CLUE_POLICE, digits, (struct weights){6, 3, 3, -1});
			if (hit->start >= 3)
				clue_found(f, CLUE_ICP, EVIDENCE_ICP,
					span_of(line->text.p + hit->start - 3, 3));
		} else if (is_role(f, hit, ROLE_ICP) && hit->start >= 3 &&
			   !context_is_at(&f->lexicon->context, CONTEXT_VENDOR, line->text, 0)) {
			clue_found(f, CLUE_ICP, EVIDENCE_ICP,
				span_of(line->text.p + hit->start - 3, 3));
		}
	}
}

void
clues_candidate(const struct identity_finder *f, struct place *p, const struct mention *m, size_t k,
	int year, bool named)
{
	const struct region *row = regions_row(f->lexicon->regions, f->mentions.row[m->first + k]);
	const struct zone *zone = m->zone >= 0 ? &f->lexicon->zone[m->zone] : NULL;
	/* Many places are called 江北新区, without the city, or 东区 and 市中区, which have no short form. */
	bool vague = m->loose || (zone ? zone->vague && !span_eq(m->name, zone->name)
				       : !m->chained && row->short_name.n == 0);
	enum place_name name = vague ? PLACE_BY_SHORT : PLACE_BY_NAME;

	place_candidate(p, row, year, named ? name : PLACE_BY_CODE);
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
		clues_candidate(f, &p, m, k, year, true);
	place_keep_nearest(&p);
	return p.ncandidates == 1 && p.candidate[0].name == PLACE_BY_NAME ? p.candidate[0].code : 0;
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

/* True if the place's site is spoken of: 在路桥区政府门户网站公布. */
static bool
is_website(const struct identity_finder *f, const struct line *line, const struct mention *m)
{
	struct span between;

	for (size_t i = 0; i < line->nhits && has_role(line, ROLE_WEBSITE); i++) {
		const struct name_hit *hit = hit_of(f, line, i);

		if (hit->start < m->end || !is_role(f, hit, ROLE_WEBSITE))
			continue;
		between = span_of(line->text.p + m->end, hit->start - m->end);
		return between.n <= 45 && !contains(between, "。") && !contains(between, "，") &&
		       !contains(between, ",") && !contains(between, "、") && !contains(between, "》");
	}
	return false;
}

void
clues_mentions(struct identity_finder *f, int year)
{
	size_t looked = 0;

	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];
		bool site = is_site_line(line), source = line->kind == LINE_SOURCE;
		bool address = has_role(line, ROLE_ADDRESS) || has_role(line, ROLE_POSTCODE);

		for (size_t i = 0; i < line->nmentions && looked < 400; i++, looked++) {
			const struct mention *m = mention_of(f, line, i);
			struct span said = span_of(line->text.p + m->start, m->end - m->start);
			uint32_t code = only_code(f, m, year);
			struct place_clue clue = {.code = code, .said = said};

			if (code == 0 || is_example(f, line, m) || is_vendors(f, line, m->start))
				continue;
			/* 武汉东湖新技术开发区, the whole name, says where 东湖高新区 is, and of other places nothing. */
			if (m->zone >= 0) {
				clue.kind = CLUE_PARENT;
				clue.weights = (struct weights){2, 0, 0, 0};
				place_clue(&f->place, clue);
				continue;
			}
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
			if (is_website(f, line, m)) {
				clue.kind = CLUE_WEBSITE;
				clue.weights = (struct weights){4, 3, 0, 0};
				place_clue(&f->place, clue);
			}
			if (m->chained && !site && !source)
				place_clue(&f->place, (struct place_clue){.kind = CLUE_CHAIN,
							      .code = code,
							      .said = said,
							      .weights = {6, 0, 0, 0}});
		}
	}
	for (size_t o = FROM_SENTENCE; o < NAMINGS; o++) {
		const struct subject *s = &f->subject[o];

		if (s->found && s->placed && s->mention.chained) {
			uint32_t code = only_code(f, &s->mention, year);

			if (code)
				place_clue(&f->place, (struct place_clue){.kind = CLUE_TITLE,
							      .code = code,
							      .said = s->place,
							      .weights = {10, 3, 0, 0}});
		}
	}
}
