#include "reports.h"

#include <stdlib.h>

#include "buf.h"
#include "group/members.h"
#include "intern.h"

struct reports {
	struct intern met; /* a hash of each */
};

struct reports *
reports_new(void)
{
	struct reports *r = xcalloc(1, sizeof *r);

	intern_init(&r->met);
	return r;
}

void
reports_free(struct reports *r)
{
	if (!r)
		return;
	intern_release(&r->met);
	free(r);
}

bool
reports_again(struct reports *r, const struct fact_places *at, const struct record *rec)
{
	struct span region = fact_field(at, rec, FACT_REGION), year = fact_field(at, rec, FACT_YEAR);
	uint32_t met = r->met.n;
	uint64_t hash;

	/* Bodies of no region, or a year that is not known, may be others of that name. */
	if (region.n == 0 || year.n == 0)
		return false;
	/* Whose it is, as for growth: a government is one under all its names. */
	hash = members_body(fact_field(at, rec, FACT_BODY_KIND), fact_field(at, rec, FACT_BODY), fact_field(at, rec, FACT_SCOPE));
	hash = span_hash_step(span_hash_step(hash, span_hash(region)), span_hash(year));
	return intern_id(&r->met, span_of((const char *)&hash, sizeof hash)) < met;
}
