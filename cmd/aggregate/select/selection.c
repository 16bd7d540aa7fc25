#include "selection.h"

#include <inttypes.h>

#include "buf.h"
#include "vocabulary.h"

static const char *const reasons[REASONS] = {
	[OUT_ROLE] = "left out: role is not main",
	[OUT_SCOPE] = "left out: other scope",
	[OUT_YEAR] = "left out: no year",
	[OUT_REGION] = "left out: no region",
	[OUT_LEVEL] = "left out: not the level of its region",
	[OUT_OTHER_LEVEL] = "left out: not of --level",
	[OUT_GRADE] = "left out: not of --grade",
	[OUT_DOUBTED] = "left out: part of a failed check",
	[OUT_CODE] = "left out: code has no place in its year",
	[OUT_KIND] = "left out: no government",
	[OUT_TERRITORY] = "left out: same territory",
	[OUT_SERIES] = "left out: in no series",
	[OUT_LARGE] = "left out: more digits than a figure can have",
	[OUT_TWICE] = "left out: figures of one territory that differ",
	[OUT_INDICATOR] = "left out: no indicator",
};

bool
selection_are_scopes(struct span list)
{
	while (list.p)
		if (scope_named(span_cut(&list, ',')) == SCOPE_NONE)
			return false;
	return true;
}

bool
selection_is_grade(struct span grade)
{
	return grade_named(grade) != GRADES;
}

bool
selection_grade(struct span grade, struct span least)
{
	enum grade have = grade_named(grade);

	return have != GRADES && have >= grade_named(least);
}

bool
selection_doubted(const struct doubts *d, const struct fact_places *at, const struct record *rec)
{
	return doubts_any(d, fact_field(at, rec, FACT_CHECKS)) ||
	       grade_named(fact_field(at, rec, FACT_GRADE)) == GRADE_BROKEN;
}

/* Whether a field is one of the scopes: nearly always it is the one the field before was. */
static inline bool
in_scopes(struct selection *s, struct span scope)
{
	uint64_t head;

	if (scope.n == 0 || scope.n > 8)
		return span_lists(s->scopes, ',', scope);
	head = intern_head_field(scope.p, scope.n);
	if (scope.n == s->scope_n && head == s->scope_head)
		return true;
	if (!span_lists(s->scopes, ',', scope))
		return false;
	s->scope_head = head;
	s->scope_n = scope.n;
	return true;
}

/* Remembers the level the facts have, and that there is more than one. */
static void
note_level(struct selection *s, struct span level)
{
	struct span first = {s->first_level, s->first_level_n};

	if (s->levels_apart || span_eq(level, first))
		return;
	if (first.n) {
		s->mixed = true;
		return;
	}
	s->first_level_n = level.n < sizeof s->first_level ? level.n : sizeof s->first_level;
	memcpy(s->first_level, level.p, s->first_level_n);
}

static enum reason
check_places(struct selection *s, const struct fact_places *at, const struct record *rec,
	const struct place **place)
{
	bool levels = at->at[FACT_LEVEL] != NO_COLUMN;
	struct span level = fact_field(at, rec, FACT_LEVEL);

	if (!s->all && at->at[FACT_YEAR] != NO_COLUMN && !selection_is_year(rec->field[at->at[FACT_YEAR]]))
		return OUT_YEAR;
	if (!s->all && at->at[FACT_REGION] != NO_COLUMN && fact_field(at, rec, FACT_REGION).n == 0)
		return OUT_REGION;
	if (s->needs_place ||
		((s->needs_life || ((levels || s->one_level) && !s->all)) && at->at[FACT_REGION] != NO_COLUMN)) {
		*place = places_find(&s->places, fact_field(at, rec, FACT_REGION),
			fact_field(at, rec, FACT_YEAR), level);
		if (levels && !s->all && !(*place)->own_level)
			return OUT_LEVEL;
	}
	if (s->one_level && (levels ? !span_eq(level, span_str(places_level_name(s->level)))
				    : *place && (*place)->level != s->level))
		return OUT_OTHER_LEVEL;
	if (s->needs_place && (*place)->unmapped)
		return OUT_CODE;
	if (levels && !s->all)
		note_level(s, level);
	return COUNTS;
}

void
selection_bind(struct selection *s, const struct fact_places *at)
{
	s->bare = at->at[FACT_YEAR] != NO_COLUMN && at->at[FACT_REGION] != NO_COLUMN &&
		  at->at[FACT_ROLE] == NO_COLUMN && at->at[FACT_SCOPE] == NO_COLUMN &&
		  at->at[FACT_LEVEL] == NO_COLUMN &&
		  !(s->governments && at->at[FACT_BODY_KIND] != NO_COLUMN) && !s->grade && !s->undoubted && !s->one_level &&
		  !s->needs_place && !s->needs_life;
}

enum reason
selection_rules(struct selection *s, const struct fact_places *at, const struct record *rec,
	const struct place **place)
{
	if (!s->all) {
		if (at->at[FACT_ROLE] != NO_COLUMN && !span_eq(rec->field[at->at[FACT_ROLE]], SPAN("main")))
			return OUT_ROLE;
		if (at->at[FACT_SCOPE] != NO_COLUMN && !in_scopes(s, rec->field[at->at[FACT_SCOPE]]))
			return OUT_SCOPE;
	}
	/* Numbers of which nobody knows what they count would be added up as one thing. */
	if (at->at[FACT_INDICATOR] != NO_COLUMN && !s->labelled && rec->field[at->at[FACT_INDICATOR]].n == 0)
		return OUT_INDICATOR;
	if (s->governments && at->at[FACT_BODY_KIND] != NO_COLUMN) {
		struct span kind = rec->field[at->at[FACT_BODY_KIND]];

		if (!span_eq(kind, SPAN("government")) && !span_eq(kind, SPAN("government_office")))
			return OUT_KIND;
	}
	if (s->grade && !selection_grade(fact_field(at, rec, FACT_GRADE), span_str(s->grade)))
		return OUT_GRADE;
	if (s->undoubted && selection_doubted(s->undoubted, at, rec))
		return OUT_DOUBTED;
	return check_places(s, at, rec, place);
}

struct span
selection_reason(enum reason reason)
{
	return reason == COUNTS ? SPAN("") : span_from(span_str(reasons[reason]), sizeof "left out: " - 1);
}

uint64_t
selection_report(const struct selection *s, struct filter *f)
{
	static const size_t prefix = sizeof "left out: " - 1;
	struct buf text = BUF_INIT;
	uint64_t total = 0;

	for (size_t i = COUNTS + 1; i < REASONS; i++) {
		if (s->out[i] == 0)
			continue;
		buf_printf(&text, message("%s%" PRIu64 " %s"), total ? ", " : "", s->out[i],
			message(reasons[i] + prefix));
		total += s->out[i];
		filter_count(f, reasons[i], s->out[i]);
	}
	if (total)
		note("facts left out: %" PRIu64 " (%.*s)", total, SPAN_ARG(buf_span(&text)));
	buf_release(&text);
	return total;
}
