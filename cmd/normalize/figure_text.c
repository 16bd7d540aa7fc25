/* The text of a figure: its clause, its contexts, and the signs between them. */
#include "figure_parts.h"

/* What stands in a figure's text for the character at the start of s, of *n bytes; NULL if it does itself. */
static const char *
other_sign(struct span s, size_t *n)
{
	const unsigned char *p = (const unsigned char *)s.p;

	*n = 1;
	if (*p == ',')
		return "，";
	*n = 3;
	if (s.n < 3)
		return NULL;
	switch (p[0] << 16 | p[1] << 8 | p[2]) {
	case 0xe38090: return "〔"; /* 【 */
	case 0xe38091: return "〕"; /* 】 */
	case 0xe29482: return "|"; /* │ */
	default: return NULL;
	}
}

void
figure_add_text(struct buf *out, struct span s)
{
	size_t done = 0, i = 0, n;

	while (i < s.n) {
		unsigned char c = (unsigned char)s.p[i];
		const char *other;

		if (c >= 0xe4) {
			i += 3;
			continue;
		}
		if ((c != ',' && c < 0xe2) || !(other = other_sign((struct span){s.p + i, s.n - i}, &n))) {
			i++;
			continue;
		}
		buf_add(out, s.p + done, i - done);
		buf_add_str(out, other);
		done = i += n;
	}
	if (s.n)
		buf_add(out, s.p + done, s.n - done);
}

/* The last clauses of s that fit, or the end of the last one. */
static struct span
last_clauses(struct span s, size_t most)
{
	struct span tail = figure_tail(s, most);

	if (tail.n == s.n)
		return s;
	for (size_t i = 0; i < tail.n; i++)
		if (tail.p[i] == ',' || span_starts((struct span){tail.p + i, tail.n - i}, SPAN("，")))
			return figure_without_joints((struct span){tail.p + i, tail.n - i}, NULL);
	return tail;
}

void
figure_add_naming(struct buf *out, const struct figure *g)
{
	struct span after = span_head(g->after, CONTEXT_BYTES / 3);
	const char *bracket = after.n ? memchr(after.p, '(', after.n) : NULL;

	if (bracket)
		after.n = (size_t)(bracket - after.p);
	figure_add_text(out, g->name);
	figure_add_text(out, g->tail);
	figure_add_text(out, last_clauses(g->before, CONTEXT_BYTES - after.n));
	figure_add_text(out, after);
}

void
figure_add_context(struct buf *out, const struct figure *g)
{
	size_t was = out->n;

	figure_add_naming(out, g);
	if (out->n > was)
		buf_add_str(out, "│");
}

void
figure_add_own(struct buf *out, struct span text, const struct figure *g)
{
	figure_add_text(out, g->lead);
	figure_add_text(out, g->name);
	figure_add_text(out, g->tail);
	figure_add_text(out, g->before);
	buf_add_str(out, "【");
	figure_add_text(out, figure_between(text, g->token->start, g->token->end));
	buf_add_str(out, "】");
	figure_add_text(out, g->after);
}
