#include "tally.h"

#include "diag.h"

static void
count(uint32_t *n, uint64_t more)
{
	if (more > UINT32_MAX - *n)
		die(STATUS_LOST, "more than %u facts in a group", UINT32_MAX);
	*n += (uint32_t)more;
}

static _Noreturn void
too_large(void)
{
	die(STATUS_LOST, "a sum has more digits than 128 bits hold: nothing is written");
}

static void
extend(struct tally *t, struct decimal low, struct decimal high)
{
	if (t->n == 0 || decimal_cmp(low, tally_min(t)) < 0) {
		t->min = low.digits;
		t->min_scale = low.scale;
	}
	if (t->n == 0 || decimal_cmp(high, tally_max(t)) > 0) {
		t->max = high.digits;
		t->max_scale = high.scale;
	}
}

void
tally_add_times(struct tally *t, struct decimal d, unsigned flags, uint64_t weight)
{
	if (weight == 0)
		return;
	t->across |= (flags & FACT_ACROSS) != 0;
	if (flags & FACT_MISSING) {
		count(&t->missing, weight);
		return;
	}
	if (weight > INT64_MAX || !decimal_sum_add_times(&t->sum, d, (int64_t)weight))
		too_large();
	extend(t, d, d);
	count(&t->n, weight);
	if (flags & FACT_ABOUT)
		count(&t->about, weight);
	if (flags & FACT_SUSPECT)
		count(&t->suspect, weight);
	if (flags & FACT_DOUBTED)
		count(&t->doubted, weight);
}
