/*
 * body: the facts of one region and body, held until the last of them has been seen.
 *
 * Lines are kept as they came, with what the checks need taken out of them once; everything else is
 * read from the line again when a message wants it.
 */
#ifndef BODY_H
#define BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "decimal.h"
#include "governments.h"
#include "reader.h"
#include "rules/cells.h"
#include "span.h"
#include "vocabulary.h"

/* The columns of facts that validate reads. */
enum fact_column {
	COL_REGION,
	COL_BODY_KIND,
	COL_BODY,
	COL_YEAR,
	COL_FORM,
	COL_INDICATOR,
	COL_COLUMN,
	COL_VALUE,
	COL_STATE,
	COL_SCOPE, /* from here on optional */
	COL_UNIT,
	COL_ORIGIN,
	COL_ROLE,
	COL_PERIOD,
	COL_GRID,
	COL_SOURCE,
	COL_TABLE,
	COL_ROW,
	COL_COL,
	COL_LINE,
	COL_LABEL,
	COL_CAPTURED,
	FACT_COLUMNS,
};

extern const struct column fact_columns[FACT_COLUMNS];

enum fact_origin { ORIGIN_TABLE, ORIGIN_PROSE, ORIGIN_PAGE };
enum fact_role { ROLE_OTHER, ROLE_MAIN, ROLE_SECOND, ROLE_DUPLICATE };
enum fact_scope {
	FACT_SCOPE_OTHER,
	FACT_SCOPE_REGION,
	FACT_SCOPE_TIER,
	FACT_SCOPE_OWN,
	FACT_SCOPES
};

enum fact_rate { RATE_NONE, RATE_PERCENT, RATE_GROWTH };

enum fact_flag {
	FACT_PERIOD = 1,     /* for another year than the report's */
	FACT_GRID = 2,       /* the grid is known */
	FACT_BROKEN = 4,     /* part of a failed check of severity error */
	FACT_CLOSES = 8,     /* part of an identity that closes, or of a sentence that does */
	FACT_AGREES = 16,    /* prose that says what the table says */
	FACT_DUPLICATE = 32, /* another report stands for it: the role is to be overwritten */
	FACT_DIFFERS = 64,   /* said again in a table, with another number than the report's */
};

struct fact {
	size_t at;                /* of its line in text */
	uint32_t length;          /* of the line */
	uint32_t key;             /* bytes of key prefix in front of the line */
	struct decimal value;     /* of STATE_NUMBER and STATE_ABOUT */
	uint32_t cell, indicator; /* 0: not known */
	uint32_t report;
	uint32_t next;            /* the next prose fact of this report and indicator, plus 1 */
	uint32_t failed;          /* the last of its failures, plus 1 */
	uint8_t state;            /* enum state, never STATE_NONE */
	uint8_t origin, role, scope, flags;
	uint8_t rate;             /* enum fact_rate */
	uint32_t prose;           /* of ORIGIN_PROSE: its place in `prose` */
};

/* What the checks inside sentences want of a figure. */
struct prose_fact {
	uint32_t line, unit;      /* hashes */
	bool percent;             /* the unit is % */
	size_t label, nlabel;     /* in text; nlabel SIZE_MAX: to be taken from the line again */
};

/* What classify says of the page as a whole: facts of origin `page`. */
enum page_fact { PAGE_REPORT, PAGE_PUBLISHED, PAGE_TITLE_YEAR, PAGE_PERIOD_YEAR, PAGE_FILING_UNIT,
	PAGE_PUBLISHER, PAGE_FACTS };

/* Whether an earlier body gave figures of the territory for the year, and whose stand: its own, or these tables. */
enum territory_told { TERRITORY_NONE, TERRITORY_UNDER, TERRITORY_OVER };

struct report {
	uint32_t fact;     /* its first fact */
	uint32_t first, n; /* its facts in `order` */
	int year;          /* 0: not known */
	uint32_t form;     /* number of the form name, 0: a form without rows */
	uint32_t numbers;  /* of tables */
	uint32_t figures;  /* numbers of prose */
	uint32_t unclear;  /* of both: those of which nobody knows what they are of */
	uint32_t stands;   /* the report that stands for it, plus 1; 0: none */
	uint32_t joins;    /* the report whose text it is, plus 1; 0: none */
	uint32_t text;     /* the first report that is its text, plus 1; 0: none */
	uint32_t next_text; /* the next that is the text of the same one, plus 1 */
	uint32_t differs;  /* of one for which another stands: how many cells differ, */
	uint32_t differ, differ_of; /* the first of them, and the cell of the report that stands */
	uint8_t territory; /* enum territory_told */
	uint32_t lacked;   /* numbers of the territory that the earlier body lacks */
	uint32_t both;     /* those of these tables that its text has, too */
	uint32_t apart;    /* numbers of which the earlier body gives another; the first of them, and that other */
	uint32_t apart_first;
	struct decimal apart_other;
	uint32_t page[PAGE_FACTS]; /* the facts, plus 1; 0: none */
};

/* A failed check of a fact; the one before it is at `before` - 1. */
struct failure {
	uint32_t rule, before;
};

struct body {
	const struct cells *cells;
	const struct governments *governments; /* NULL: a body has one name */
	size_t place[FACT_COLUMNS];
	struct buf text, key; /* the lines; region, kind and name, with LF between */
	size_t key_part[2];   /* lengths of the first two */
	struct fact *fact;
	size_t nfacts, facts_cap;
	struct prose_fact *prose;
	size_t nprose, prose_cap;
	struct report *report;
	size_t nreports, reports_cap;
	struct failure *failure;
	size_t nfailures, failures_cap;
	uint32_t *order;      /* facts by report, in the order they came */
	size_t order_cap;
	/* own */
	uint32_t *report_slot;
	size_t report_mask;
	struct buf last_source; /* of the report the last fact belonged to */
	uint32_t last;
	struct span *fields;
	size_t nfields, fields_cap;
	struct buf scratch;
};

void body_init(struct body *b, const struct cells *cells, const struct reader *in);
/* For records whose fields are enum fact_column in its order. */
void body_init_columns(struct body *b, const struct cells *cells);
void body_release(struct body *b);
/* Forgets the facts, keeps the memory. */
void body_reset(struct body *b);
/* As body_reset, but the body stays the one held. */
void body_drop(struct body *b);

/* True if the record is of the body held; an empty region is never the same one on two pages. */
bool body_holds(const struct body *b, const struct record *rec);

/* The bytes that are held. */
static inline size_t
body_size(const struct body *b)
{
	return b->text.n + b->nfacts * sizeof(struct fact);
}

/* Returns NULL, or why the record is no fact: its state promises a number that its value is not. */
const char *body_add(struct body *b, const struct record *rec);

/* Call once, after the last fact: sorts them by report. */
void body_close(struct body *b);

/* The line as it came, without key prefix; lent until body_add or body_reset. */
static inline struct span
body_line(const struct body *b, const struct fact *f)
{
	return (struct span){b->text.p + f->at, f->length};
}

/* The fields of a fact's line, lent until the next call; NULL is never returned for a held line. */
const struct span *body_fields(struct body *b, const struct fact *f, size_t *n);

/* One field of a fact, lent until the next call; empty if the input has no such column. */
struct span body_field(struct body *b, const struct fact *f, enum fact_column column);

/* One of the fields of a fact; empty if the input has no such column. */
static inline struct span
body_of(const struct body *b, const struct span *field, enum fact_column column)
{
	return b->place[column] == NO_COLUMN ? (struct span){NULL, 0} : field[b->place[column]];
}

/* Both may speak of the same: a scope that is not clear is told from none. */
static inline bool
same_scope(const struct fact *a, const struct fact *b)
{
	return a->scope == FACT_SCOPE_OTHER || b->scope == FACT_SCOPE_OTHER || a->scope == b->scope;
}

static inline bool
fact_is_number(const struct fact *f)
{
	return f->state == STATE_NUMBER || f->state == STATE_ABOUT;
}

/*
 * True if it is the report's value for its cell, whether or not another report stands for it.  Facts that validate has
 * seen before have the role it gave them: only what was main becomes a duplicate.
 */
static inline bool
fact_is_reports(const struct fact *f)
{
	return f->role == ROLE_MAIN || f->role == ROLE_DUPLICATE;
}

/* Of two facts of one cell, true if `a` is the report's value and `b` is not. */
static inline bool
fact_stands_before(const struct fact *a, const struct fact *b)
{
	return fact_is_reports(a) && !fact_is_reports(b);
}

/* Notes a failed check, once. */
void body_fail(struct body *b, struct fact *f, uint32_t rule);

#endif
