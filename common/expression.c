#include "expression.h"

#include <stdlib.h>

#include "diag.h"
#include "message.h"

enum token_kind { T_END, T_NAME, T_NUMBER, T_SIGN };

struct parser {
	struct span rest;
	enum token_kind kind;
	struct span token;
	struct expression *e;
	struct buf *why;
};

static bool
name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '.';
}

static void
next(struct parser *p)
{
	size_t n = 1;

	p->rest = span_trim(p->rest);
	if (p->rest.n == 0) {
		p->kind = T_END;
		p->token = (struct span){NULL, 0};
		return;
	}
	if (name_char(p->rest.p[0])) {
		bool digits = true;

		for (n = 0; n < p->rest.n && name_char(p->rest.p[n]); n++)
			digits &= is_digit(p->rest.p[n]);
		p->kind = digits ? T_NUMBER : T_NAME;
	} else {
		p->kind = T_SIGN;
		if (p->rest.n > 1 && (span_starts(p->rest, SPAN("<=")) || span_starts(p->rest, SPAN(">=")) ||
					     span_starts(p->rest, SPAN("=>"))))
			n = 2;
		/* Nothing a rule can hold: a full-width sign or a label, which the message is to show whole. */
		while ((unsigned char)p->rest.p[n - 1] >= 0x80 && n < p->rest.n && (unsigned char)p->rest.p[n] >= 0x80)
			n++;
	}
	p->token = span_of(p->rest.p, n);
	p->rest = span_of(p->rest.p + n, p->rest.n - n);
}

static bool
is(const struct parser *p, const char *sign)
{
	return span_eq(p->token, span_str(sign));
}

static bool
expected(struct parser *p, const char *what)
{
	buf_reset(p->why);
	if (p->kind == T_END)
		buf_printf(p->why, message("%s is missing at the end of the rule"), message(what));
	else
		buf_printf(p->why, message("%s is expected before '%.*s'"), message(what), SPAN_ARG(p->token));
	return false;
}

static bool
take(struct parser *p, const char *sign)
{
	char what[8] = "' '";

	if (!is(p, sign)) {
		what[1] = sign[0];
		return expected(p, what);
	}
	next(p);
	return true;
}

static bool
take_number(struct parser *p, int64_t *number)
{
	*number = 0;
	for (size_t i = 0; i < p->token.n; i++)
		if (__builtin_mul_overflow(*number, 10, number) ||
			__builtin_add_overflow(*number, p->token.p[i] - '0', number)) {
			buf_reset(p->why);
			buf_printf(p->why, message("the number '%.*s' is too large"), SPAN_ARG(p->token));
			return false;
		}
	next(p);
	return true;
}

/* [column], if one stands here. */
static bool
take_column(struct parser *p, struct ref *ref)
{
	if (!is(p, "["))
		return true;
	next(p);
	if (p->kind != T_NAME)
		return expected(p, "a column");
	ref->column = p->token;
	next(p);
	return take(p, "]");
}

static bool
take_prev(struct parser *p, struct ref *ref)
{
	if (!is(p, "@"))
		return true;
	next(p);
	if (!is(p, "prev"))
		return expected(p, "'prev'");
	ref->prev = true;
	next(p);
	return true;
}

static enum ref_kind
function_kind(struct span name)
{
	if (span_eq(name, SPAN("narrative")))
		return REF_NARRATIVE;
	if (span_eq(name, SPAN("children")))
		return REF_CHILDREN;
	if (span_eq(name, SPAN("meta")))
		return REF_META;
	return REF_CELL;
}

static bool
take_ref(struct parser *p, char sign)
{
	struct ref ref = {.kind = REF_CELL, .sign = sign};

	if (p->kind == T_NUMBER) {
		ref.kind = REF_NUMBER;
		if (!take_number(p, &ref.number))
			return false;
	} else if (p->kind == T_NAME) {
		struct span name = p->token;

		next(p);
		if (is(p, "(")) {
			ref.kind = function_kind(name);
			if (ref.kind == REF_CELL) {
				buf_reset(p->why);
				buf_printf(p->why, message("there is no function '%.*s' here"), SPAN_ARG(name));
				return false;
			}
			next(p);
			if (p->kind != T_NAME)
				return expected(p, "a name");
			ref.code = p->token;
			next(p);
			if (!take_column(p, &ref) || !take(p, ")"))
				return false;
		} else {
			ref.code = name;
			if (!take_column(p, &ref) || !take_prev(p, &ref))
				return false;
		}
	} else if (is(p, "[")) {
		if (!take_column(p, &ref) || !take_prev(p, &ref))
			return false;
	} else {
		return expected(p, "a row, a column or a number");
	}
	p->e->refs = grow(p->e->refs, p->e->nrefs, &p->e->refs_cap, sizeof *p->e->refs);
	p->e->refs[p->e->nrefs++] = ref;
	return true;
}

static bool
take_side(struct parser *p, uint32_t *n)
{
	size_t first = p->e->nrefs;
	char sign = '+';

	if (is(p, "-")) {
		sign = '-';
		next(p);
	}
	for (;;) {
		if (!take_ref(p, sign))
			return false;
		if (!is(p, "+") && !is(p, "-") && !is(p, "/"))
			break;
		sign = p->token.p[0];
		next(p);
	}
	*n = (uint32_t)(p->e->nrefs - first);
	return true;
}

static bool
take_relation(struct parser *p)
{
	struct relation r = {.ref = (uint32_t)p->e->nrefs};

	if (!take_side(p, &r.nleft))
		return false;
	if (is(p, "="))
		r.op = OP_EQUAL;
	else if (is(p, "<="))
		r.op = OP_AT_MOST;
	else if (is(p, ">="))
		r.op = OP_AT_LEAST;
	else
		return expected(p, "'=', '<=' or '>='");
	next(p);
	if (!take_side(p, &r.nright))
		return false;
	p->e->relations = grow(p->e->relations, p->e->nrelations, &p->e->relations_cap,
		sizeof *p->e->relations);
	p->e->relations[p->e->nrelations++] = r;
	return true;
}

static const struct {
	const char *name;
	enum expression_kind kind;
	bool star;
} functions[] = {
	{"integer", EXPRESSION_INTEGER, true},
	{"text_agrees", EXPRESSION_TEXT, true},
	{"one_figure", EXPRESSION_ONCE, true},
	{"plausible", EXPRESSION_PLAUSIBLE, false},
	{"single_report", EXPRESSION_SINGLE, true},
	{"versions_agree", EXPRESSION_AGREES, true},
	{"own_territory", EXPRESSION_OFFICE, true},
	{"renewed", EXPRESSION_RENEWED, true},
	{"steady", EXPRESSION_STEADY, true},
	{"figures", EXPRESSION_FIGURES, true},
	{"complete", EXPRESSION_COMPLETE, true},
};

/* A rule that is one function, or false with nothing in *why if it is none. */
static bool
take_function(struct parser *p)
{
	for (size_t i = 0; p->kind == T_NAME && i < sizeof functions / sizeof *functions; i++) {
		if (!is(p, functions[i].name) || !span_starts(span_trim(p->rest), SPAN("(")))
			continue;
		p->e->kind = functions[i].kind;
		next(p);
		if (!take(p, "("))
			return false;
		return (functions[i].star ? take(p, "*") : take_ref(p, '+')) && take(p, ")");
	}
	return false;
}

static bool
take_rule(struct parser *p)
{
	next(p);
	if (take_function(p))
		return p->kind == T_END || expected(p, "the end of the rule");
	if (p->why->n)
		return false;
	do {
		if (p->e->nrelations)
			next(p);
		if (!take_relation(p))
			return false;
	} while (is(p, "and"));
	if (is(p, "=>")) {
		next(p);
		return take_relation(p) && (p->kind == T_END || expected(p, "the end of the rule"));
	}
	if (p->kind != T_END)
		return expected(p, "the end of the rule");
	/* Conditions without a consequence say nothing. */
	return p->e->nrelations == 1 || expected(p, "'=>'");
}

bool
expression_parse(struct span text, struct expression *e, struct buf *why)
{
	struct parser p = {.rest = text, .e = e, .why = why};

	e->kind = EXPRESSION_RELATION;
	e->nrefs = e->nrelations = 0;
	buf_reset(why);
	return take_rule(&p);
}

bool
expression_read(const char *path, size_t line, struct span id, struct span text, struct expression *e)
{
	struct buf why = BUF_INIT;
	bool good = expression_parse(text, e, &why);

	if (!good)
		warn("%s:%zu: check '%.*s': %.*s", path, line, SPAN_ARG(id), SPAN_ARG(buf_span(&why)));
	buf_release(&why);
	return good;
}

void
expression_release(struct expression *e)
{
	free(e->refs);
	free(e->relations);
	*e = EXPRESSION_INIT;
}
