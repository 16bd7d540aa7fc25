#include "slip.h"

#include <string.h>

#include "buf.h"

enum { DIGITS = 48 };

static size_t
print(struct decimal_sum sum, char out[DIGITS])
{
	struct buf b = BUF_INIT;
	size_t n;

	decimal_sum_format(sum, &b);
	n = b.n < DIGITS - 1 ? b.n : DIGITS - 1;
	memcpy(out, b.p, n);
	out[n] = '\0';
	buf_release(&b);
	return n;
}

/* True if leaving out one digit of `longer` gives `shorter`; *doubled if it stood beside its like. */
static bool
one_more(const char *longer, const char *shorter, size_t n, bool *doubled)
{
	size_t i = 0;

	while (i < n && longer[i] == shorter[i])
		i++;
	*doubled = i > 0 && longer[i] == longer[i - 1];
	return strcmp(longer + i + 1, shorter + i) == 0;
}

/* Where the first digit is that differs, in *at. */
static enum slip
between(const char *a, size_t n, const char *b, size_t m, size_t *at)
{
	size_t differ = 0;
	bool doubled;

	*at = 0;
	if (n == m + 1 && one_more(a, b, m, &doubled))
		return doubled ? SLIP_DOUBLED : SLIP_EXTRA;
	if (m == n + 1 && one_more(b, a, n, &doubled))
		return SLIP_MISSING;
	if (n != m)
		return SLIP_NONE;
	for (size_t i = 0; i < n; i++)
		if (a[i] != b[i] && differ++ == 0)
			*at = i;
	if (differ == 2 && a[*at] == b[*at + 1] && a[*at + 1] == b[*at])
		return SLIP_SWAPPED;
	return differ == 1 && n > 1 ? SLIP_WRONG : SLIP_NONE;
}

enum slip
slip_between(struct decimal_sum typed, struct decimal_sum meant)
{
	char a[DIGITS], b[DIGITS];
	size_t n = print(typed, a), m = print(meant, b), at;

	return (*a == '-') != (*b == '-') ? SLIP_NONE : between(a, n, b, m, &at);
}

bool
slip_is_likely(struct decimal_sum typed, struct decimal_sum meant)
{
	char a[DIGITS], b[DIGITS];
	size_t n = print(typed, a), m = print(meant, b), at;
	enum slip slip = *a == '-' || *b == '-' ? SLIP_NONE : between(a, n, b, m, &at);

	return n >= 3 && m >= 3 && slip != SLIP_NONE && !(slip == SLIP_WRONG && at == n - 1);
}
