#include "evidence.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "regions.h"
#include "table.h"

TABLE_DECLARE(regions_evidence);
TABLE_DECLARE(regions_icp);

/* The kinds of rows. */
enum row_kind { ROW_PHONE, ROW_POST3, ROW_POST4, ROW_POST6, ROW_HOST, ROW_ICP, ROW_KINDS };

static const char *const row_kinds[ROW_KINDS] = {
	"phone", "postcode3", "postcode4", "postcode6", "host", "icp"};

/* Rows of both tables, those of icp behind those of evidence: they are many, and few are ever met. */
struct evidence {
	struct table *table, *icp;
	size_t key, codes, basis, character, code; /* columns */
	uint8_t *kind;  /* of each row */
	uint32_t *slot; /* by kind and key: the row, plus 1 */
	size_t mask;
};

static size_t
slot_of(unsigned kind, struct span key)
{
	uint64_t h = (span_hash(key) + kind) * UINT64_C(0x9e3779b97f4a7c15);

	return (size_t)(h >> 32);
}

static struct span
key_of(const struct evidence *e, size_t row)
{
	return row < e->table->nrows ? table_cell(e->table, row, e->key)
				     : table_cell(e->icp, row - e->table->nrows, e->character);
}

/* The row of a kind with this key; SIZE_MAX if there is none. */
static size_t
row_find(const struct evidence *e, enum row_kind kind, struct span key)
{
	if (key.n == 0)
		return SIZE_MAX;
	for (size_t i = slot_of(kind, key) & e->mask; e->slot[i]; i = (i + 1) & e->mask) {
		size_t row = e->slot[i] - 1;

		if (e->kind[row] == kind && span_eq(key_of(e, row), key))
			return row;
	}
	return SIZE_MAX;
}

static void
row_put(struct evidence *e, enum row_kind kind, size_t row)
{
	size_t i = slot_of(kind, key_of(e, row)) & e->mask;

	while (e->slot[i])
		i = (i + 1) & e->mask;
	e->kind[row] = (uint8_t)kind;
	e->slot[i] = (uint32_t)row + 1;
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
	size_t rows, kind;
	unsigned k = 0;

	e->table = table_load_keyed(TABLE_SOURCE(regions, evidence), dir, "kind,key");
	e->icp = e->table ? table_load_keyed(TABLE_SOURCE(regions, icp), dir, "character") : NULL;
	if (!e->icp) {
		evidence_free(e);
		return NULL;
	}
	rows = e->table->nrows + e->icp->nrows;
	for (e->mask = 63; e->mask < rows * 2; e->mask = e->mask * 2 + 1)
		;
	e->slot = xcalloc(e->mask + 1, sizeof *e->slot);
	e->kind = xcalloc(rows + 1, sizeof *e->kind);
	kind = table_column(e->table, "kind");
	e->key = table_column(e->table, "key");
	e->codes = table_column(e->table, "codes");
	e->basis = table_column(e->table, "basis");
	e->character = table_column(e->icp, "character");
	e->code = table_column(e->icp, "code");
	for (size_t i = 0; i < e->table->nrows; i++) {
		struct span name = table_cell(e->table, i, kind);

		/* Most are of the kind of the row before. */
		if (k == ROW_KINDS || !span_eq(name, span_str(row_kinds[k])))
			for (k = 0; k < ROW_KINDS && !span_eq(name, span_str(row_kinds[k])); k++)
				;
		if (k == ROW_KINDS || key_of(e, i).n == 0) {
			warn("%s:%zu: no such kind of evidence, or no key", e->table->path,
				e->table->line[i]);
			evidence_free(e);
			return NULL;
		}
		row_put(e, (enum row_kind)k, i);
	}
	for (size_t i = e->table->nrows; i < rows; i++)
		if (key_of(e, i).n)
			row_put(e, ROW_ICP, i);
	return e;
}

void
evidence_free(struct evidence *e)
{
	if (!e)
		return;
	table_free(e->table);
	table_free(e->icp);
	free(e->kind);
	free(e->slot);
	free(e);
}

/* Shorter labels before a known host are bureaus in short, whatever county else they stand for. */
enum { LABEL_BYTES = 4 };

/* True if each of the codes is that of a division within one of the others. */
static bool
lies_within(struct span codes, struct span others)
{
	while (codes.n) {
		uint32_t code = region_parse(span_cut(&codes, ';'));
		bool within = false;

		for (struct span rest = others; rest.n && !within;) {
			uint32_t around = region_parse(span_cut(&rest, ';'));

			within = around % 100 == 0 && around != code &&
				 (around % 10000 ? code / 100 == around / 100 : code / 10000 == around / 10000);
		}
		if (!within)
			return false;
	}
	return true;
}

/*
 * rsj.panjin of http://rsj.panjin.gov.cn:8080/, then panjin.  Of daan.jlbc, where only the two labels are known, the
 * first if what it stands for lies in what the second does.
 */
static size_t
find_host(const struct evidence *e, struct span host)
{
	struct span label = span_of(NULL, 0);

	if (span_ends(host, SPAN(".gov.cn")))
		host.n -= strlen(".gov.cn");
	if (span_starts(host, SPAN("www.")))
		host = span_from(host, 4);
	/* A host has few labels; one made of dots must not be tried a million times. */
	for (int labels = 0; labels < 8; labels++) {
		size_t row = row_find(e, ROW_HOST, host);

		if (row != SIZE_MAX) {
			size_t within = label.n >= LABEL_BYTES ? row_find(e, ROW_HOST, label) : SIZE_MAX;

			return within != SIZE_MAX && lies_within(table_cell(e->table, within, e->codes),
							     table_cell(e->table, row, e->codes))
				       ? within
				       : row;
		}
		label = span_cut(&host, '.');
		if (!host.p)
			break;
	}
	return SIZE_MAX;
}

bool
evidence_find(const struct evidence *e, enum evidence_kind kind, struct span key, struct clue *clue)
{
	size_t row = SIZE_MAX;
	bool icp;

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
	if (row == SIZE_MAX)
		return false;
	icp = row >= e->table->nrows;
	*clue = (struct clue){
		.codes = icp ? table_cell(e->icp, row - e->table->nrows, e->code)
			     : table_cell(e->table, row, e->codes),
		.key = key_of(e, row),
		.weight = weight_of((enum row_kind)e->kind[row],
			icp ? SPAN("") : table_cell(e->table, row, e->basis)),
	};
	return true;
}
