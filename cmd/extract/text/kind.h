/*
 * kind: what the text of a cell looks like.
 */
#ifndef KIND_H
#define KIND_H

#include <stdbool.h>

#include "span.h"

/* What may stand in a column beside what. */
enum cell_kind { CELL_BLANK, CELL_MARK, CELL_NUMBER, CELL_SHORT, CELL_LABEL, CELL_KINDS };

/* What the text of a cell is; blanks collapsed. */
enum cell_kind cell_kind(struct span text);

/* Whether a cell's text is a value: a number, or a mark for none. */
static inline bool
cell_is_value(struct span text)
{
	enum cell_kind kind = cell_kind(text);

	return kind == CELL_NUMBER || kind == CELL_MARK;
}

#endif
