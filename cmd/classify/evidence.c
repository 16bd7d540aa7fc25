#include "evidence.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "table.h"

TABLE_DECLARE(regions_evidence);
TABLE_DECLARE(regions_icp);

/* The kinds of rows. */
enum row_kind { ROW_PHONE, ROW_POST3, ROW_POST4, ROW_POST6, ROW_HOST, ROW_ICP, ROW_KINDS };

static const char *const row_kinds[ROW_KINDS] = {
	"phone", "postcode3", "postcode4", "postcode6", "host", "icp"};

struct row {
	struct span key, codes; /* key.n 0: an empty slot */
	uint8_t kind, weight;
};

struct evidence {
	struct table *table, *icp;
	struct row *row;
	size_t mask;
};

static size_t
slot_of(unsigned kind, struct span key)
{
	uint64_t h = 0xcbf29ce484222325u ^ kind;

	for (size_t i = 0; i < key.n; i++)
		h = (h ^ (unsigned char)key.p[i]) * 0x100000001b3u;
	return (size_t)(h ^ h >> 29);
}

static const struct row *
row_find(const struct evidence *e, enum row_kind kind, struct span key)
{
	if (key.n == 0)
		return NULL;
	for (size_t i = slot_of(kind, key) & e->mask; e->row[i].key.n; i = (i + 1) & e->mask)
		if (e->row[i].kind == kind && span_eq(e->row[i].key, key))
			return &e->row[i];
	return NULL;
}

static void
row_put(struct evidence *e, enum row_kind kind, struct span key, struct span codes, unsigned weight)
{
	size_t i = slot_of(kind, key) & e->mask;

	while (e->row[i].key.n)
		i = (i + 1) & e->mask;
	e->row[i] = (struct row){key, codes, (uint8_t)kind, (uint8_t)weight};
}

/* How much a row is worth, by its kind and how well it is known. */
static unsigned
weight_of(enum row_kind kind, struct span basis)
{
	bool confirmed = span_eq(basis, SPAN("confirmed"));

	switch (kind) {
	case ROW_PHONE:
	case ROW_POST4:
		return 4;
	case ROW_POST3:
	case ROW_ICP:
		return 2;
	case ROW_POST6:
		return confirmed ? 5 : 4;
	default:
		return confirmed ? 3 : span_eq(basis, SPAN("derived")) ? 1 : 2;
	}
}

struct evidence *
evidence_load(const char *dir)
{
	struct evidence *e = xcalloc(1, sizeof *e);
	size_t rows, kind, key, codes, basis, character, code;

	e->table = table_load(TABLE_SOURCE(regions, evidence), dir);
	e->icp = e->table ? table_load(TABLE_SOURCE(regions, icp), dir) : NULL;
	if (!e->icp) {
		evidence_free(e);
		return NULL;
	}
	rows = e->table->nrows + e->icp->nrows;
	for (e->mask = 63; e->mask < rows * 2; e->mask = e->mask * 2 + 1)
		;
	e->row = xcalloc(e->mask + 1, sizeof *e->row);
	kind = table_column(e->table, "kind");
	key = table_column(e->table, "key");
	codes = table_column(e->table, "codes");
	basis = table_column(e->table, "basis");
	for (size_t i = 0; i < e->table->nrows; i++) {
		struct span name = table_cell(e->table, i, kind);
		unsigned k = 0;

		while (k < ROW_KINDS && !span_eq(name, span_str(row_kinds[k])))
			k++;
		if (k == ROW_KINDS || table_cell(e->table, i, key).n == 0) {
			warn("%s:%zu: no such kind of evidence, or no key", e->table->path,
				e->table->line[i]);
			evidence_free(e);
			return NULL;
		}
		row_put(e, (enum row_kind)k, table_cell(e->table, i, key),
			table_cell(e->table, i, codes),
			weight_of((enum row_kind)k, table_cell(e->table, i, basis)));
	}
	character = table_column(e->icp, "character");
	code = table_column(e->icp, "code");
	for (size_t i = 0; i < e->icp->nrows; i++)
		if (table_cell(e->icp, i, character).n)
			row_put(e, ROW_ICP, table_cell(e->icp, i, character),
				table_cell(e->icp, i, code), weight_of(ROW_ICP, SPAN("")));
	return e;
}

void
evidence_free(struct evidence *e)
{
	if (!e)
		return;
	table_free(e->table);
	table_free(e->icp);
	free(e->row);
	free(e);
}

/* rsj.panjin of http://rsj.panjin.gov.cn:8080/, then panjin. */
static const struct row *
find_host(const struct evidence *e, struct span host)
{
	const struct row *row;

	if (span_ends(host, SPAN(".gov.cn")))
		host.n -= strlen(".gov.cn");
	if (span_starts(host, SPAN("www.")))
		host = span_of(host.p + 4, host.n - 4);
	/* A host has few labels; one made of dots must not be tried a million times. */
	for (int labels = 0; labels < 8; labels++) {
		row = row_find(e, ROW_HOST, host);
		if (row)
			return row;
		span_cut(&host, '.');
		if (!host.p)
			break;
	}
	return NULL;
}

bool
evidence_find(const struct evidence *e, enum evidence_kind kind, struct span key, struct clue *clue)
{
	const struct row *row = NULL;

	switch (kind) {
	case EVIDENCE_PHONE:
		row = row_find(e, ROW_PHONE, key);
		break;
	case EVIDENCE_POSTCODE:
		row = row_find(e, key.n == 6 ? ROW_POST6 : key.n == 4 ? ROW_POST4 : ROW_POST3, key);
		break;
	case EVIDENCE_HOST:
		row = find_host(e, key);
		break;
	case EVIDENCE_ICP:
		row = row_find(e, ROW_ICP, key);
		break;
	}
	if (!row)
		return false;
	*clue = (struct clue){row->codes, row->key, row->weight};
	return true;
}
