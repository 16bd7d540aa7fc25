/*
 * expression: one rule of checks.csv, parsed but not yet bound to any form.
 *
 *     relation := side (= | <= | >=) side        side := [-] ref ((+ | - | /) ref)*
 *     rule     := relation | relation (and relation)* => relation | function(argument)
 *     ref      := code [ [column] ] [@prev] | [column] [@prev] | whole number | function(argument)
 *
 * The spans point into the text parsed.
 */
#ifndef EXPRESSION_H
#define EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"

enum ref_kind {
	REF_CELL,      /* code, column or both */
	REF_NUMBER,
	REF_NARRATIVE, /* narrative(code): what the text says */
	REF_CHILDREN,  /* children(ref): the sum over subordinate bodies, for aggregate */
	REF_META,      /* meta(field): a property of the document */
};

struct ref {
	enum ref_kind kind;
	char sign;                /* '+', '-', or '/' for what divides the ref before it */
	bool prev;                /* of the year before */
	struct span code, column; /* either may be empty, not both */
	int64_t number;
};

enum relation_op { OP_EQUAL, OP_AT_MOST, OP_AT_LEAST };

struct relation {
	enum relation_op op;
	uint32_t ref;            /* place of the first one: the left side's, then the right side's */
	uint32_t nleft, nright;
};

/* What a rule asks that is no relation. */
enum expression_kind {
	EXPRESSION_RELATION,  /* all relations but the last are conditions of the last */
	EXPRESSION_INTEGER,   /* integer(*) */
	EXPRESSION_ONCE,      /* one_figure(*): what the text says twice it says alike */
	EXPRESSION_TEXT,      /* text_agrees(*): the text and the table give the same for a cell */
	EXPRESSION_PLAUSIBLE, /* plausible(ref) */
	EXPRESSION_SINGLE,    /* single_report(*): one report a body and year */
	EXPRESSION_AGREES,    /* versions_agree(*): reports of one body and year give the same numbers */
	EXPRESSION_OFFICE,    /* own_territory(*): no office beside its government for the same territory */
	EXPRESSION_RENEWED,   /* renewed(*): not the numbers of the year before */
	EXPRESSION_STEADY,    /* steady(*): no jump out of the band of the other years */
	EXPRESSION_FIGURES,   /* figures(*): the report gives a figure at all */
	EXPRESSION_COMPLETE,  /* complete(*): every cell of the form is on the page and filled in */
};

struct expression {
	enum expression_kind kind;
	struct ref *refs;
	size_t nrefs, refs_cap;
	struct relation *relations;
	size_t nrelations, relations_cap;
};

#define EXPRESSION_INIT ((struct expression){.kind = EXPRESSION_RELATION})

/* True, or false with the reason, in the user's language, in *why (which is reset first); *e is reused. */
bool expression_parse(struct span text, struct expression *e, struct buf *why);
/* The same of the check `id` in that line of a file; false, said. */
bool expression_read(const char *path, size_t line, struct span id, struct span text, struct expression *e);
void expression_release(struct expression *e);

#endif
