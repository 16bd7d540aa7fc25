#include "broken.h"

#include "personal.h"
#include "phone.h"

/* Bytes at the end of a, or at the beginning of b, of which a mailbox or a telephone number may be a part. */
static size_t
tail_run(struct span a)
{
	size_t n = 0;

	while (n < a.n && (personal_is_mailbox(a.p[a.n - 1 - n]) || a.p[a.n - 1 - n] == '@'))
		n++;
	return n;
}

static size_t
head_run(struct span b)
{
	size_t n = 0;

	while (n < b.n && (personal_is_mailbox(b.p[n]) || b.p[n] == '@'))
		n++;
	return n;
}

/* Whether the two runs may be one mailbox of which the first is not all: abc@ / qq.com, abc@qq / .com, abc / @qq.com. */
static bool
may_be_mailbox(struct span tail, struct span head)
{
	const char *at = memchr(tail.p, '@', tail.n), *end = tail.p + tail.n;

	if (!at)
		return *head.p == '@';
	return !memchr(at, '.', (size_t)(end - at)) || end[-1] == '.' || *head.p == '.';
}

/*
 * Whether the digits at the end of one run and the beginning of the other may be one telephone number of which the
 * first are not all: they are as many as one has, and no more; a date may begin the next line.
 */
static bool
may_be_number(struct span tail, struct span head)
{
	size_t n = 0, all;
	const char *run;

	while (n < tail.n && is_digit(tail.p[tail.n - 1 - n]))
		n++;
	run = tail.p + tail.n - n;
	all = n + span_digits(head);
	if (span_digits(head) == 0 || (n == 0 && (tail.n == 0 || tail.p[tail.n - 1] != '-')))
		return false;
	if (n > 1 && run[0] == '1' && run[1] >= '3')
		return n < 11 && all == 11;
	if (n > 0 && run[0] == '0')
		return n < 10 && all >= 10 && all <= 12;
	return n < PHONE_SHORTEST && all >= PHONE_SHORTEST && all <= PHONE_SHORTEST + 1;
}

void
broken_strike(struct pieces *list, const struct words *words, struct personal_work *work)
{
	enum { BEFORE = 96 }; /* bytes, in which the name of a field stands */
	struct buf both = BUF_INIT;

	for (size_t i = 0; i + 1 < list->n; i++) {
		struct span a, b, window;
		size_t tail, head, from;

		if (list->v[i].kind != PIECE_TEXT || list->v[i + 1].kind != PIECE_TEXT)
			continue;
		a = piece_text(list, &list->v[i]);
		b = piece_text(list, &list->v[i + 1]);
		if (!a.n || !b.n || ((a.p[a.n - 1] | *b.p) & 0x80))
			continue;
		tail = tail_run(a);
		head = head_run(b);
		window = span_of(a.p + a.n - tail, tail);
		if (!tail || !head || !(may_be_mailbox(window, span_of(b.p, head)) || may_be_number(window, span_of(b.p, head))))
			continue;
		from = a.n > BEFORE + tail ? a.n - BEFORE - tail : 0;
		while (from > 0 && (a.p[from] & 0xc0) == 0x80)
			from--;
		window = span_from(a, from);
		both.n = 0;
		buf_add_span(&both, window);
		buf_add(&both, b.p, head);
		if (!personal_strike(words, buf_span(&both), false, work) || work->text.p[work->text.n - 1] != '*')
			continue;
		both.n = 0;
		buf_add(&both, a.p, from);
		buf_add_span(&both, buf_span(&work->text));
		piece_replace(list, &list->v[i], buf_span(&both));
		list->v[i + 1].text += head;
		list->v[i + 1].length -= head;
		if (head == b.n)
			piece_replace(list, &list->v[i + 1], SPAN("*"));
	}
	buf_release(&both);
}

