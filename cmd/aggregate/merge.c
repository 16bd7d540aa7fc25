/* merge: what partial sums are made of, and whether they hold what a merge asks of them. */
#include "aggregate.h"
#include "diag.h"

/* The selection as every row of partial sums says it: "by=year;region scope=region;tier governments level=county". */
void
merge_describe(const struct aggregate *a, struct buf *out)
{
	const struct selection *s = &a->select;

	buf_add_str(out, "by=");
	for (const char *c = a->by; *c; c++)
		buf_add_char(out, *c == ',' ? ';' : *c);
	buf_add_str(out, s->all ? " all" : " scope=");
	for (size_t i = 0; !s->all && i < s->scopes.n; i++)
		buf_add_char(out, s->scopes.p[i] == ',' ? ';' : s->scopes.p[i]);
	if (s->governments)
		buf_add_str(out, " governments");
	if (s->one_level)
		buf_printf(out, " level=%s", places_level_name(s->level));
	if (s->grade)
		buf_printf(out, " grade=%s", s->grade);
	if (a->undoubted)
		buf_add_str(out, " undoubted");
}

/* That again, read from a row. */
struct made {
	struct span by, scopes, level, grade;
	bool all, governments, undoubted;
};

static struct made
read_made(struct span rest)
{
	struct made m = {.all = false};

	while (rest.p) {
		struct span word = span_cut(&rest, ' '), name = span_cut(&word, '=');

		if (span_eq(name, SPAN("by")))
			m.by = word;
		else if (span_eq(name, SPAN("scope")))
			m.scopes = word;
		else if (span_eq(name, SPAN("level")))
			m.level = word;
		else if (span_eq(name, SPAN("grade")))
			m.grade = word;
		m.all |= span_eq(name, SPAN("all"));
		m.undoubted |= span_eq(name, SPAN("undoubted"));
		m.governments |= span_eq(name, SPAN("governments"));
	}
	return m;
}

/* What was left out when they were made cannot be added any more. */
static bool
holds_facts(const struct aggregate *a, const struct made *m)
{
	const struct selection *s = &a->select;
	struct span wanted = s->scopes;

	if (refuse(m->all && !s->all,
		    "the partial sums were made with --all and do not tell what it adds from the rest: say --all") ||
		refuse(s->all && !m->all, "the partial sums were made without --all: what it adds is not in them"))
		return false;
	while (!s->all && wanted.p) {
		struct span one = span_cut(&wanted, ',');

		if (span_lists(m->scopes, ';', one))
			continue;
		warn("the partial sums were made of facts of scope '%.*s': those of '%.*s' are not in them",
			SPAN_ARG(m->scopes), SPAN_ARG(one));
		return false;
	}
	if (refuse(m->governments && !s->governments,
		    "the partial sums were made of reports of governments: those of other bodies are not in them"))
		return false;
	if (m->level.n && !(s->one_level && span_eq(m->level, span_str(places_level_name(s->level))))) {
		warn("the partial sums were made of reports of level '%.*s': those of others are not in them",
			SPAN_ARG(m->level));
		return false;
	}
	if (m->grade.n && !(s->grade && selection_grade(span_str(s->grade), m->grade))) {
		warn("the partial sums were made of facts of grade '%.*s' or better: others are not in them",
			SPAN_ARG(m->grade));
		return false;
	}
	return !refuse(m->undoubted && !a->undoubted,
		"the partial sums were made with --undoubted: facts that failed checks speak against are not in them");
}

/* What tells the facts apart that a merge is to work on. */
static bool
holds_columns(const struct aggregate *a, const struct made *m)
{
	const size_t *at = a->at.at;
	bool regions = at[FACT_REGION] != NO_COLUMN && at[FACT_YEAR] != NO_COLUMN;
	/* A report is found if it speaks of its territory or its tier, whatever its figures are worth. */
	bool reports = regions && !m->all && !m->undoubted && m->grade.n == 0 && span_lists(m->scopes, ';', SPAN("region")) &&
		       span_lists(m->scopes, ';', SPAN("tier"));

	return !refuse(a->select.one_level && m->level.n == 0 && at[FACT_LEVEL] == NO_COLUMN &&
			       at[FACT_REGION] == NO_COLUMN,
		       "the partial sums do not tell levels apart: make them with --level, or level or region in --by") &&
	       !refuse(span_lists(span_str(a->by), ',', SPAN("series")) && !span_lists(m->by, ';', SPAN("series")),
		       "the partial sums do not tell reports apart, as series need: make them with series in --by") &&
	       !refuse(a->members && at[FACT_REGION] == NO_COLUMN,
		       "the partial sums do not tell regions apart, as --growth needs: make them with region in --by") &&
	       !refuse(a->coverage && !reports,
		       "the partial sums do not hold all reports, as --coverage needs: make them with region and year "
		       "in --by, without --all, --grade, --undoubted and --scope");
}

bool
merge_fits(const struct aggregate *a)
{
	struct made m = read_made(buf_span(&a->sums.options));

	return holds_facts(a, &m) && holds_columns(a, &m);
}
