/* links: cmd/classify/identity cmd/classify/form cmd/classify/page.c cmd/classify/recall.c */

/*
 * Any bytes as the pieces of a page, a line each, its first byte saying of what kind.  What is
 * found must be what identity.h promises: a region of six digits or candidates, a year in range, a
 * body without comma and quote; and the same bytes give the same identity again.
 */
#include "identity/identity.h"

#include <stdint.h>
#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "fuzz.h"

static struct span
copy_of(struct buf *out, struct span text)
{
	buf_reset(out);
	buf_add_span(out, text);
	return buf_span(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const uint8_t kinds[8] = {ITEM_TITLE, ITEM_META, ITEM_TEXT, ITEM_CELL, ITEM_TEXT,
		ITEM_FIGURE, ITEM_TEXT, ITEM_CELL};
	static struct identity_finder *finder;
	struct span rest = span_of((const char *)data, n);
	struct page page = {.source = span_str("http://www.example.gov.cn/a.html")};
	struct buf body = BUF_INIT, explain = BUF_INIT;
	struct identity first, again;
	struct span body_was, explain_was;

	if (!finder) {
		diag_init("fuzz");
		finder = identity_new(NULL, true);
	}
	while (rest.n) {
		struct span line = span_cut(&rest, '\n');
		struct item item = {.kind = ITEM_TEXT};

		if (line.n) {
			item.kind = kinds[line.p[0] & 7];
			line = span_of(line.p + 1, line.n - 1);
		}
		item.text = line;
		item.table = item.kind == ITEM_CELL;
		item.row = (uint32_t)(page.n / 3);
		page.items = grow(page.items, page.n, &page.cap, sizeof *page.items);
		page.items[page.n++] = item;
	}
	identity_find(finder, &page, &first);
	body_was = copy_of(&body, first.body);
	explain_was = copy_of(&explain, first.explain);
	require(strlen(first.region) == 6 || strlen(first.region) == 0);
	require(first.region[0] == '\0' || first.candidates.n == 0);
	require(first.year == 0 || (first.year >= 2000 && first.year <= 2039));
	require(first.body_kind < BODY_KINDS && first.level < LEVELS);
	require(first.scope > SCOPE_NONE && first.scope < SCOPES);
	for (size_t i = 0; i < first.body.n; i++)
		require(first.body.p[i] != ',' && first.body.p[i] != '"');
	require(first.published.n == 0 || first.published.n == 10);
	identity_find(finder, &page, &again);
	for (size_t i = 0; i < page.n; i++)
		require(identity_clause_scope(finder, page.items[i].text) < SCOPES);
	require(span_eq(again.body, body_was) && span_eq(again.explain, explain_was));
	require(strcmp(first.region, again.region) == 0 && first.year == again.year);
	buf_release(&body);
	buf_release(&explain);
	free(page.items);
	return 0;
}
