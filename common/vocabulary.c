#include "vocabulary.h"

#define WORD(literal) {"" literal, sizeof(literal) - 1}

const struct span grid_names[GRIDS] = {[GRID_NONE] = WORD(""), [GRID_HTML] = WORD("html"), [GRID_ROWS] = WORD("rows"),
	[GRID_PROVED] = WORD("proved"), [GRID_ASSUMED] = WORD("assumed"), [GRID_FAILED] = WORD("failed")};

const struct span state_names[STATES] = {[STATE_NONE] = WORD(""), [STATE_NUMBER] = WORD("number"),
	[STATE_ABOUT] = WORD("about"), [STATE_BLANK] = WORD("blank"), [STATE_MARK] = WORD("mark"), [STATE_TEXT] = WORD("text")};

const struct span scope_names[SCOPES] = {[SCOPE_NONE] = WORD(""), [SCOPE_REGION] = WORD("region"),
	[SCOPE_TIER] = WORD("tier"), [SCOPE_OWN] = WORD("own"), [SCOPE_UNCLEAR] = WORD("unclear")};

const struct span grade_names[GRADES] = {[GRADE_BROKEN] = WORD("broken"), [GRADE_ASSUMED] = WORD("assumed"),
	[GRADE_CONSISTENT] = WORD("consistent"), [GRADE_PROVED] = WORD("proved")};

enum grade
grade_named(struct span s)
{
	unsigned g = 0;

	while (g < GRADES && !span_eq(s, grade_names[g]))
		g++;
	return (enum grade)g;
}
