#include "figure_parts.h"

#include <stdlib.h>

struct figures *
figures_new(const struct words *words)
{
	struct figures *f = xcalloc(1, sizeof *f);

	f->words = words;
	return f;
}

void
figures_free(struct figures *f)
{
	if (!f)
		return;
	buf_release(&f->text);
	buf_release(&f->before);
	free(f);
}

void
figures_find(struct figures *f, const struct record *rec, struct span text, figure_take *take,
	void *context)
{
	size_t at = 0;

	buf_reset(&f->before);
	f->idle = 0;
	while (at < text.n) {
		size_t start = at;
		bool stop;

		at = scan_sentence(f->words, text, at, f->tokens, &f->ntokens, &stop);
		f->nfigures = 0;
		if (f->ntokens > 0) {
			figures_settle_bare(f, text);
			figures_clauses(f, text, start, at);
			for (size_t e = 0; e < f->ntokens; e++)
				if (f->tokens[e].kind == TOKEN_EACH)
					figures_distribute(f, text, e);
		}
		if (f->nfigures > 0) {
			figures_hand_over(f, rec, text, take, context);
			f->idle = 0;
		} else if (++f->idle > 1) {
			buf_reset(&f->before);
		}
	}
}
