#include "intern.h"

#include <stdlib.h>

#include "diag.h"

enum { FIRST_BITS = 8, BLOCK_BYTES = 64 * 1024 };

void
intern_init(struct intern *in)
{
	*in = (struct intern){.mask = (1 << FIRST_BITS) - 1, .shift = 64 - FIRST_BITS};
	in->slot = xcalloc(1 << FIRST_BITS, sizeof *in->slot);
}

void
intern_release(struct intern *in)
{
	for (size_t i = 0; i < in->nblocks; i++)
		free(in->blocks[i]);
	free(in->blocks);
	free(in->text);
	free(in->slot);
	*in = (struct intern){0};
}

static uint64_t
fold(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* n > 8: eight bytes a step, the last eight overlapping. */
uint64_t
intern_hash(const char *p, size_t n)
{
	uint64_t h = UINT64_C(0x9e3779b97f4a7c15) ^ n;

	for (size_t i = 0; i + 8 < n; i += 8)
		h = fold(h ^ intern_word(p + i, 8), UINT64_C(0xd6e8feb86659fd93));
	return fold(h ^ intern_word(p + n - 8, 8), UINT64_C(0xa0761d6478bd642f));
}

static void
double_slots(struct intern *in)
{
	struct intern_slot *old = in->slot;
	size_t size = (size_t)in->mask + 1;

	if (size > UINT32_MAX / 2)
		die(STATUS_LOST, "more than %u different values in a column", in->n);
	in->mask = (uint32_t)(2 * size - 1);
	in->shift--;
	in->slot = xcalloc(2 * size, sizeof *in->slot);
	for (size_t i = 0; i < size; i++)
		if (old[i].n1) {
			uint32_t at = intern_at(in, old[i].head);

			while (in->slot[at].n1)
				at = (at + 1) & in->mask;
			in->slot[at] = old[i];
		}
	free(old);
}

static struct span
keep(struct intern *in, struct span text)
{
	char *at;

	if (text.n > in->block_left) {
		size_t size = text.n > BLOCK_BYTES ? text.n : BLOCK_BYTES;

		in->blocks = grow(in->blocks, in->nblocks, &in->blocks_cap, sizeof *in->blocks);
		in->block = in->blocks[in->nblocks++] = xmalloc(size);
		in->block_left = size;
	}
	if (text.n == 0)
		return SPAN("");
	at = in->block;
	memcpy(at, text.p, text.n);
	in->block += text.n;
	in->block_left -= text.n;
	return (struct span){at, text.n};
}

static uint32_t
probe(const struct intern *in, struct span text, uint64_t head, uint32_t *at)
{
	for (*at = intern_at(in, head); in->slot[*at].n1; *at = (*at + 1) & in->mask) {
		const struct intern_slot *s = &in->slot[*at];

		if (s->head == head && s->n1 == text.n + 1 &&
			(text.n <= 8 || intern_same(in->text[s->id].p, text.p, text.n)))
			return s->id;
	}
	return UINT32_MAX;
}

uint32_t
intern_find(const struct intern *in, struct span text)
{
	uint32_t at;

	return probe(in, text, intern_head(text.p, text.n), &at);
}

uint32_t
intern_find_or_add(struct intern *in, struct span text, uint64_t head)
{
	uint32_t at, id;

	if (text.n >= UINT32_MAX)
		die(STATUS_LOST, "a value of more than 4 GiB");
	id = probe(in, text, head, &at);
	if (id != UINT32_MAX)
		return id;
	/* A quarter full at most: a second probe costs more than the room. */
	if (in->n > in->mask / 4) {
		double_slots(in);
		return intern_find_or_add(in, text, head);
	}
	in->text = grow(in->text, in->n, &in->text_cap, sizeof *in->text);
	in->text[in->n] = keep(in, text);
	in->slot[at] = (struct intern_slot){head, in->n, (uint32_t)text.n + 1};
	return in->n++;
}

uint32_t
intern_long(struct intern *in, struct span text)
{
	if (in->n) {
		struct span last = in->text[in->last];

		if (last.n == text.n && intern_same(last.p, text.p, text.n))
			return in->last;
	}
	return in->last = intern_find_or_add(in, text, intern_hash(text.p, text.n));
}

/* What qsort needs to see of the texts: the span and the number it had. */
struct ranked {
	struct span text;
	uint32_t id;
};

static int
by_bytes(const void *a, const void *b)
{
	return span_cmp(((const struct ranked *)a)->text, ((const struct ranked *)b)->text);
}

struct span
intern_joined(struct buf *key, const struct span *part, size_t parts)
{
	buf_reset(key);
	for (size_t i = 0; i < parts; i++) {
		if (i)
			buf_add_char(key, '\0');
		buf_add_span(key, part[i]);
	}
	return buf_span(key);
}

uint32_t *
intern_ranks(const struct intern *in)
{
	struct ranked *all = xcalloc((size_t)in->n + 1, sizeof *all);
	uint32_t *rank = xcalloc((size_t)in->n + 1, sizeof *rank);

	for (uint32_t i = 0; i < in->n; i++)
		all[i] = (struct ranked){in->text[i], i};
	if (in->n)
		qsort(all, in->n, sizeof *all, by_bytes);
	for (uint32_t i = 0; i < in->n; i++)
		rank[all[i].id] = i;
	free(all);
	return rank;
}
