/*
 * forms: the rows and value columns of the statutory forms, as printed (common/tables/forms/).
 *
 * Everything is a view into the loaded tables and good until forms_free.  Rows and columns stand in the
 * order of the tables, which within a form is the order of print; `order` counts from 1 in each form.
 */
#ifndef FORMS_H
#define FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

enum row_type { ROW_SECTION, ROW_GROUP, ROW_TOTAL, ROW_VALUE, ROW_OF_WHICH, ROW_EXTENSION };

/* A printed row; in a table read by position (the review table) a column is one. */
struct form_row {
	struct span form, indicator;
	struct span label;     /* as printed */
	struct span core;      /* the string to match on: no numbering, no bracketed remark */
	struct span unit;      /* empty: the form gives none; "by_column": see the column */
	struct span parent;    /* indicator of the row above it in meaning, or empty */
	struct span dimension; /* empty, "applicant", "count_kind" */
	struct span scope;     /* default_scope, or empty */
	struct span table;     /* which table of the form; empty for a heading of the report */
	enum row_type type;
	uint32_t order;
	uint32_t same;         /* the first row of any form with this indicator */
};

struct form_column {
	struct span form, table, column;
	struct span label; /* as printed */
	struct span path;  /* header cells from the top, "/" between */
	struct span unit;
	bool is_signed;    /* a change: may be below zero */
	uint32_t order;
	uint32_t same; /* the first column of any form with this code */
};

struct forms {
	struct form_row *row;
	size_t nrows;
	struct form_column *column;
	size_t ncolumns;
	/* The rest is the module's own. */
	struct table *tables[2];
	uint32_t *row_slot, *column_slot, *any_slot;
	size_t row_mask, column_mask, any_mask;
};

/*
 * Loads the forms, each table from `dir` if that holds it (table.h).  NULL, said with file and line, if a
 * table cannot be used: status 2.
 */
struct forms *forms_load(const char *dir);

/* The row of a form with this indicator, or NULL. */
const struct form_row *forms_row(const struct forms *forms, struct span form,
	struct span indicator);

/* The first row with this indicator in any form, or NULL: for prose, which names no form. */
const struct form_row *forms_any_row(const struct forms *forms, struct span indicator);

/* The column of a form's table, or NULL. */
const struct form_column *forms_column(const struct forms *forms, struct span form,
	struct span table, struct span column);

/*
 * The unit a value of this row and column has by the form: the row's, the column's where the row says
 * "by_column", empty where the form prints none.  row must not be NULL; column may be.
 */
struct span forms_unit(const struct form_row *row, const struct form_column *column);

void forms_free(struct forms *forms);

#endif
