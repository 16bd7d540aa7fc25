#include "pattern.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "diag.h"

enum {
	MATCH_LIMIT = 20000,
	SELDOM = 4, /* matches */
	STACK_LEAST = 32 << 10, STACK_MOST = 512 << 10, /* bytes that matching may take */
};

/* What PCRE2 needs to match; a callout needs its own. */
struct matcher {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack; /* else half of what a small stack has (ulimit -s 64) is taken of the program's */
};

struct patterns {
	struct pattern *pattern;
	size_t n;
	uint32_t *slot; /* by hash of the text: the pattern, plus 1 */
	size_t mask;
	struct pattern link;
	struct matcher own, links;
	const char *path;
	pattern_write *write;
	const void *owner;
	size_t limited;
	bool no_jit; /* there is none here */
};

static void
compile(const struct patterns *p, struct pattern *pattern, uint32_t options)
{
	struct buf text = BUF_INIT;
	PCRE2_SIZE at;
	int error;

	p->write(p->owner, pattern, &text);
	pattern->code = pcre2_compile((PCRE2_SPTR)text.p, text.n, PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | options,
		&error, &at, NULL);
	buf_release(&text);
	if (!pattern->code) {
		PCRE2_UCHAR why[128];

		pcre2_get_error_message(error, why, sizeof why);
		die(STATUS_USAGE, "%s:%zu: the pattern cannot be read: %s", p->path, pattern->line, (const char *)why);
	}
}

/* The machine's code takes as long to make as a dozen matches without it, and most that come again come often. */
static void
hasten(struct patterns *p, struct pattern *pattern)
{
	if (pattern->fast || p->no_jit)
		return;
	pattern->fast = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0;
	p->no_jit = !pattern->fast;
}

static int
match(const struct pattern *pattern, struct span text, size_t from, const struct matcher *m)
{
	return (pattern->fast ? pcre2_jit_match : pcre2_match)(pattern->code,
		(PCRE2_SPTR)(text.n ? text.p : ""), text.n, from, 0, m->data, m->context);
}

/* True if the pattern matches from an offset of the text on. */
static bool
matches(struct patterns *p, struct pattern *pattern, struct span text, size_t from, const struct matcher *m)
{
	int r;

	if (++pattern->used == SELDOM)
		hasten(p, pattern);
	r = match(pattern, text, from, m);
	/* Each way counts towards the limit as it matches: what is given up is given up by both. */
	if (r == PCRE2_ERROR_MATCHLIMIT && !pattern->fast) {
		hasten(p, pattern);
		r = match(pattern, text, from, m);
	}
	p->limited += r == PCRE2_ERROR_MATCHLIMIT;
	return r >= 0;
}

/* The callout of ~: the pattern goes on (0) if what stands here is a link. */
static int
is_link(pcre2_callout_block *block, void *patterns)
{
	struct patterns *p = patterns;
	struct span text = {(const char *)block->subject, block->subject_length};

	return !span_at(text, block->current_position, SPAN("【")) &&
	       !matches(p, &p->link, text, block->current_position, &p->links);
}

static struct matcher
matcher_new(void)
{
	struct matcher m = {pcre2_match_data_create(1, NULL), pcre2_match_context_create(NULL),
		pcre2_jit_stack_create(STACK_LEAST, STACK_MOST, NULL)};

	if (!m.data || !m.context)
		die(STATUS_LOST, "out of memory (PCRE2)");
	pcre2_set_match_limit(m.context, MATCH_LIMIT);
	/* Without JIT there is none. */
	if (m.stack)
		pcre2_jit_stack_assign(m.context, NULL, m.stack);
	return m;
}

static void
matcher_free(struct matcher *m)
{
	pcre2_match_data_free(m->data);
	pcre2_match_context_free(m->context);
	pcre2_jit_stack_free(m->stack);
}

struct patterns *
patterns_new(size_t most, struct span link, const char *path, pattern_write *write, const void *owner)
{
	struct patterns *p = xcalloc(1, sizeof *p);

	p->pattern = xcalloc(most + 1, sizeof *p->pattern);
	for (p->mask = 15; p->mask < most * 2;)
		p->mask = p->mask * 2 + 1;
	p->slot = xcalloc(p->mask + 1, sizeof *p->slot);
	p->path = path;
	p->write = write;
	p->owner = owner;
	p->link.text = link;
	p->own = matcher_new();
	p->links = matcher_new();
	pcre2_set_callout(p->own.context, is_link, p);
	compile(p, &p->link, PCRE2_ANCHORED);
	return p;
}

void
patterns_free(struct patterns *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n; i++)
		pcre2_code_free(p->pattern[i].code);
	pcre2_code_free(p->link.code);
	matcher_free(&p->own);
	matcher_free(&p->links);
	free(p->pattern);
	free(p->slot);
	free(p);
}

struct pattern *
patterns_add(struct patterns *p, struct span text, size_t line)
{
	size_t i;

	if (!text.n)
		return NULL;
	for (i = span_hash(text) & p->mask; p->slot[i]; i = (i + 1) & p->mask)
		if (span_eq(p->pattern[p->slot[i] - 1].text, text))
			return &p->pattern[p->slot[i] - 1];
	p->pattern[p->n] = (struct pattern){.text = text, .line = line, .number = (uint32_t)p->n};
	p->slot[i] = (uint32_t)++p->n;
	return &p->pattern[p->n - 1];
}

bool
pattern_found(struct patterns *p, struct pattern *pattern, struct span text, size_t *at)
{
	if (!pattern->code)
		compile(p, pattern, 0);
	if (!matches(p, pattern, text, 0, &p->own))
		return false;
	if (at)
		*at = pcre2_get_ovector_pointer(p->own.data)[0];
	return true;
}

size_t
patterns_limited(const struct patterns *p)
{
	return p->limited;
}
