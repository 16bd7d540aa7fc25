/*
 * prose_whose: figures that read as the report's and are another's.  What a body does for others (it decides reviews,
 * grants permits, answers a hotline) is not what was done about its own disclosure; what the government of a county
 * received itself is not what the county did.
 */
#include "prose_parts.h"

struct span
prose_family(const struct form_row *row)
{
	return prose_upto(row->indicator, span_find(row->indicator, SPAN(".")));
}

/* It is short, or what may be the number of a heading stands at its start: 四、 (五) 1. */
static bool
is_heading(const struct prose *p, struct span line)
{
	enum { NUMBER = 15, HEADING = 60 }; /* bytes */
	struct span head = prose_upto(line, line.n < NUMBER ? line.n : NUMBER);

	if (line.n <= HEADING && span_find(line, SPAN("。")) == line.n)
		return true;
	return span_starts(line, SPAN("(")) || context_is_at(identity_words(p->finder), CONTEXT_ORDINAL, line, 0) ||
	       span_find(head, SPAN("、")) < head.n || span_find(head, SPAN(".")) < head.n;
}

void
prose_look_heading(struct prose *p, struct span line)
{
	if (is_heading(p, line))
		p->heading = line;
}

/* Whether a heading is that of the part on reviews and lawsuits. */
static bool
is_on_disputes(struct prose *p, struct span heading)
{
	return heading.n && prose_reads_in(p, READ_DISPUTES, prose_upto(heading, span_find(heading, SPAN("。"))));
}

void
prose_whose_line(struct prose *p)
{
	p->ranks = (struct ranks){.other = NULL};
}

bool
prose_is_ordinary(struct prose *p, const struct span *part, size_t nparts, bool begins, struct span value,
	const struct meaning *meaning)
{
	struct span own = part[nparts - 1];
	bool before = false;

	if (begins)
		p->ordinary = false;
	if (!meaning || meaning->column == COLUMN_GROWTH || meaning->column == COLUMN_PERCENT || span_eq(value, SPAN("0")))
		return false;
	/* Below the heading on reviews and lawsuits 收到行政复议申请 tells of those against the body. */
	if (prose_reads_in(p, READ_DECIDES, own) || (prose_reads_in(p, READ_REVIEWS, own) && !is_on_disputes(p, p->heading)))
		return p->ordinary = true;
	/* What a clause counts by its own words it counts behind any other. */
	if (!meaning->leans)
		return false;
	if (identity_says_open(p->finder, own) || prose_reads(p, READ_DISCLOSURE, own, NULL))
		return p->ordinary = false;
	if (prose_reads(p, READ_ORDINARY, own, NULL)) {
		p->ordinary = true;
		return false;
	}
	/* 信箱收到来信30件；依申请公开收到12件，办结12件 */
	if (p->previous.n && (identity_says_open(p->finder, p->previous) || prose_reads_in(p, READ_DISCLOSURE, p->previous)))
		return p->ordinary = false;
	p->ordinary |= !begins && p->previous.n && prose_reads_in(p, READ_ORDINARY, p->previous);
	for (size_t i = nparts - 1; i-- > 0 && !p->ordinary && !before && !identity_says_open(p->finder, part[i]) &&
				       !prose_governs(p, part, i, READ_DISCLOSURE);) {
		p->ordinary = prose_governs(p, part, i, READ_DECIDES) || prose_governs(p, part, i, READ_ORDINARY);
		/* What the sentence before was of only says what this one is that says nothing. */
		if (p->ordinary && span_ends(part[i], SPAN("。"))) {
			p->ordinary = false;
			before = true;
		}
	}
	return p->ordinary || before;
}

/* It, or what governs it in its sentence, says it of the government: 县政府收到【19件】, and │答复【19件】. */
static bool
is_governments(struct prose *p, const struct span *part, size_t nparts)
{
	if (prose_reads_in(p, READ_GOVERNMENT, part[nparts - 1]))
		return true;
	for (size_t i = nparts - 1; i-- > 0 && !span_ends(part[i], SPAN("。"));)
		if (prose_governs(p, part, i, READ_GOVERNMENT))
			return true;
	return false;
}

bool
prose_is_foreign(struct prose *p, const struct span *part, size_t nparts)
{
	return prose_reads_in(p, READ_GOVERNMENT, part[nparts - 1]);
}

bool
prose_settle_ranks(struct prose *p, const struct meaning *meaning, const struct span *part, size_t nparts,
	struct span unit, bool other, struct facts *out)
{
	struct ranks *ranks = &p->ranks;
	size_t kept = 0;
	bool inner;

	if (!meaning && !(other && ranks->ngovernments))
		return true;
	if (!other) {
		if (p->of_all) {
			ranks->whole = meaning->row;
			ranks->whole_column = meaning->column;
			return true;
		}
		/* 办公室5件，部门8件，共计13件 */
		if (!is_governments(p, part, nparts) || prose_reads_in(p, READ_WHOLE, part[nparts - 1]))
			return true;
		/* 全省收到3.42万件。省政府办公厅收到287件 */
		if (meaning->row == ranks->other ||
			(meaning->row == ranks->whole && meaning->column == ranks->whole_column))
			return false;
		if (ranks->ngovernments < MOST_FRESH)
			ranks->government[ranks->ngovernments++] =
				(struct weak){meaning->row, meaning->column, (uint32_t)out->n, unit};
		return true;
	}
	/* 县政府收到107件，其中部门88件，乡镇19件: those are parts of it. */
	inner = prose_reads_in(p, READ_INNER, part[nparts - 1]);
	if (inner)
		ranks->ngovernments = 0;
	ranks->other = inner || !meaning ? NULL : meaning->row;
	for (size_t i = 0; i < ranks->ngovernments; i++) {
		const struct weak *weak = &ranks->government[i];

		/* 县政府公开信息1203条，各乡镇公开28940条: without a word that says what they are, so many of the same. */
		if (meaning ? weak->row == meaning->row && weak->column == meaning->column
			    : weak->fact + 1 == out->n && span_eq(weak->unit, unit))
			facts_forget(&out->fact[weak->fact]);
		else
			ranks->government[kept++] = *weak;
	}
	ranks->ngovernments = kept;
	return true;
}

/* Forgets what was counted of the family without a word on disclosure, and beside that in the same sentences. */
static void
forget_loose(struct prose *p, struct span family, struct facts *out)
{
	uint32_t sentence[MOST_LOOSE];
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < p->nloose; i++)
		if (span_eq(prose_family(p->loose[i].row), family) && p->loose[i].sentence != p->sentences &&
			!is_on_disputes(p, p->loose[i].heading))
			sentence[n++] = p->loose[i].sentence;
	for (size_t i = 0; i < p->nloose; i++) {
		bool among = false;

		for (size_t k = 0; k < n && !among; k++)
			among = sentence[k] == p->loose[i].sentence;
		if (among)
			facts_forget(&out->fact[p->loose[i].fact]);
		else
			p->loose[kept++] = p->loose[i];
	}
	p->nloose = kept;
}

bool
prose_settle_given(struct prose *p, const struct fact *fact, struct span text, struct span own, struct span value,
	uint32_t at, struct facts *out)
{
	struct span family = prose_family(fact->row);
	struct loose *said = NULL, this = {fact->row, value, p->heading, at, p->sentences};

	if (fact->column == COLUMN_PERCENT || fact->column == COLUMN_GROWTH || fact->period)
		return true;
	for (size_t i = 0; i < p->ngiven && !said; i++)
		if (span_eq(prose_family(p->given[i].row), family))
			said = &p->given[i];
	if (identity_says_open(p->finder, own) && prose_reads_in(p, READ_DISPUTES, own)) {
		if (said)
			return true;
		for (size_t i = 0; i < p->nloose; i++)
			if (p->loose[i].row == fact->row && span_eq(p->loose[i].value, value))
				return true;
		if (is_on_disputes(p, p->heading))
			return true;
		forget_loose(p, family, out);
		if (p->ngiven < MOST_GIVEN)
			p->given[p->ngiven++] = this;
		return true;
	}
	if (identity_says_open(p->finder, text))
		return true;
	if (said) {
		if (said->row == fact->row && said->sentence != p->sentences && !span_eq(said->value, value) &&
			!is_on_disputes(p, p->heading))
			p->rest = p->sentences;
		return p->rest != p->sentences;
	}
	if (p->nloose == MOST_LOOSE)
		memmove(p->loose, p->loose + 1, --p->nloose * sizeof *p->loose);
	p->loose[p->nloose++] = this;
	return true;
}
