#include "fold.h"

#include <stdlib.h>
#include <utf8proc.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "utf8.h"

/*
 * utf8proc costs about 100 ns a character, so what it says of a character of the basic plane is kept: a
 * block of 256 is asked for when its first character is met.  ASCII and the ideographs that fold to
 * themselves do not come that far.
 */
enum { BLOCK = 256, BLOCKS = 0x10000 / BLOCK, LONGEST = 64, OPEN = 32 };

enum what {
	WHAT_COPY,    /* folds to itself */
	WHAT_KEEP,    /* stays, though utf8proc would replace it */
	WHAT_REPLACE, /* to `length` bytes of the pool at `at` */
	WHAT_BLANK,
	WHAT_DROP,
	WHAT_ASK,     /* utf8proc is asked each time */
	WHAT_COMPOSE, /* so too, and it may join what stands before it */
};

struct rule {
	uint32_t at;
	uint8_t length;
	uint8_t what;
};

static struct rule *blocks[BLOCKS]; /* NULL: none of its characters was met */
static struct buf pool;             /* what characters are replaced by */

/* reading */

/* The code point at s->p, of *n bytes; U+FFFD of one byte for what is no UTF-8. */
static uint32_t
decode(struct span s, size_t *n)
{
	const unsigned char *p = (const unsigned char *)s.p;

	/* Most of Chinese, at once. */
	if (s.n >= 3 && p[0] > 0xe0 && p[0] < 0xed && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80)
		return utf8_rune(s, n);
	if (utf8_step(p, s.n))
		return utf8_rune(s, n);
	*n = 1;
	return 0xfffd;
}

/* A character beside which a blank means nothing: ideographs, kana, their punctuation and widths. */
static bool
is_wide(uint32_t rune)
{
	return (rune >= 0x2e80 && rune <= 0x9fff) || (rune >= 0xf900 && rune <= 0xfaff) ||
	       (rune >= 0xfe30 && rune <= 0xfe4f) || (rune >= 0xff00 && rune <= 0xffef) ||
	       (rune >= 0x20000 && rune <= 0x3ffff);
}

/* what a character folds to */

static bool
is_dropped(utf8proc_category_t category)
{
	return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF;
}

static bool
is_blank(uint32_t rune, utf8proc_category_t category)
{
	return (rune >= '\t' && rune <= '\r') || rune == 0x85 || category == UTF8PROC_CATEGORY_ZS ||
	       category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

static bool
may_compose(uint32_t rune)
{
	const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)rune);

	/* The upper half of comb_index marks the second of a pair; jamo are put together by rule. */
	return property->combining_class != 0 ||
	       (property->comb_index != UINT16_MAX && property->comb_index >= 0x8000) ||
	       (rune >= 0x1160 && rune <= 0x11ff);
}

/* What folds are to keep as it is: the wide comma, and what only looks like digits. */
static bool
is_kept(uint32_t rune, utf8proc_category_t category, const utf8proc_int32_t *parts, utf8proc_ssize_t n)
{
	if (rune == 0xff0c || category == UTF8PROC_CATEGORY_NO)
		return true;
	for (utf8proc_ssize_t i = 0; i < n && category != UTF8PROC_CATEGORY_ND; i++)
		if (parts[i] >= '0' && parts[i] <= '9')
			return true;
	return false;
}

static struct rule
find_rule(uint32_t rune)
{
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)rune);
	utf8proc_int32_t parts[LONGEST];
	utf8proc_ssize_t n;
	int boundary = 0;
	struct rule rule = {(uint32_t)pool.n, 0, WHAT_COPY};
	struct span folded;
	size_t length;

	if (is_blank(rune, category))
		return (struct rule){0, 0, WHAT_BLANK};
	/* What shows digits behind it in another order stays, so that they are no number. */
	if (is_dropped(category) && rune != 0x202e)
		return (struct rule){0, 0, WHAT_DROP};
	/* 18 code points are the most there are (U+FDFA). */
	n = utf8proc_decompose_char((utf8proc_int32_t)rune, parts, LONGEST,
		UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE, &boundary);
	if (n <= 0 || n > LONGEST)
		return rule;
	if (is_kept(rune, category, parts, n))
		return (struct rule){0, 0, WHAT_KEEP};
	if (may_compose(rune) || may_compose((uint32_t)parts[0]))
		return (struct rule){0, 0, WHAT_COMPOSE};
	if (rune >= 0x10000)
		return (struct rule){0, 0, WHAT_ASK};
	n = utf8proc_normalize_utf32(parts, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	for (utf8proc_ssize_t i = 0; i < n; i++)
		buf_add_rune(&pool, (uint32_t)parts[i]);
	length = pool.n - rule.at;
	folded = (struct span){pool.p + rule.at, length};
	if (length == 1 && folded.p[0] == ' ')
		return (struct rule){0, 0, WHAT_BLANK};
	if (length && n == 1 && decode(folded, &length) == rune && length == folded.n) {
		pool.n = rule.at;
		return rule;
	}
	rule.what = WHAT_REPLACE;
	rule.length = (uint8_t)folded.n;
	return rule;
}

static struct rule
rule_of(uint32_t rune)
{
	struct rule *block;

	if (rune >= 0x10000)
		return find_rule(rune);
	block = blocks[rune / BLOCK];
	if (!block) {
		block = xcalloc(BLOCK, sizeof *block);
		for (uint32_t i = 0; i < BLOCK; i++)
			block[i] = find_rule(rune / BLOCK * BLOCK + i);
		blocks[rune / BLOCK] = block;
	}
	return block[rune % BLOCK];
}

/* writing */

struct folder {
	struct buf *out;
	bool blank;     /* one is waiting for what follows it */
	uint32_t last;  /* code point written last; 0 at the start */
	/* What may still be composed with what follows: a starter and what has joined it. */
	uint32_t open[OPEN];
	size_t nopen;
	size_t open_at; /* where in out it was written */
	bool open_blank;
	uint32_t open_last;
};

/*
 * Whether a blank between the two means anything: neither is Chinese, or without it the next would be
 * composed with the last when folded again.
 */
static bool
blank_counts(uint32_t last, uint32_t next)
{
	return (!is_wide(last) && !is_wide(next)) || may_compose(next);
}

static void
settle_blank(struct folder *f, uint32_t next)
{
	if (f->blank && f->last && blank_counts(f->last, next))
		buf_add_char(f->out, ' ');
	f->blank = false;
}

/* Folded bytes, which may hold blanks of their own (as U+00B4 does: NFKC makes it a blank and a mark). */
static void
add_folded(struct folder *f, struct span s)
{
	while (s.n) {
		size_t n;
		uint32_t rune = decode(s, &n);

		if (rune == ' ') {
			f->blank = true;
		} else {
			settle_blank(f, rune);
			buf_add(f->out, s.p, n);
			f->last = rune;
		}
		s.p += n;
		s.n -= n;
	}
}

/* Writes the open run again, as utf8proc composes it. */
static void
compose(struct folder *f)
{
	utf8proc_int32_t parts[OPEN * 18];
	utf8proc_ssize_t n;
	static struct buf composed;
	struct buf *out = f->out;
	char encoded[4 * OPEN];
	size_t nencoded = 0;

	for (size_t i = 0; i < f->nopen; i++)
		nencoded += (size_t)utf8proc_encode_char((utf8proc_int32_t)f->open[i],
			(utf8proc_uint8_t *)encoded + nencoded);
	n = utf8proc_decompose((const utf8proc_uint8_t *)encoded, (utf8proc_ssize_t)nencoded, parts,
		sizeof parts / sizeof *parts, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE);
	if (n < 0 || n > (utf8proc_ssize_t)(sizeof parts / sizeof *parts))
		return;
	n = utf8proc_normalize_utf32(parts, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	buf_reset(&composed);
	for (utf8proc_ssize_t i = 0; i < n; i++)
		buf_add_rune(&composed, (uint32_t)parts[i]);
	out->n = f->open_at;
	f->blank = f->open_blank;
	f->last = f->open_last;
	add_folded(f, buf_span(&composed));
}

static void
open_run(struct folder *f, uint32_t rune)
{
	f->open_at = f->out->n;
	f->open_blank = f->blank;
	f->open_last = f->last;
	f->open[0] = rune;
	f->nopen = 1;
}

/* The character at the start of s if it is one of three bytes that stays as it is; else 0. */
static inline uint32_t
staying(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	const struct rule *block;
	uint32_t rune;

	rune = span_character(s, 0);
	if (!rune || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80)
		return 0;
	/* The first of its block goes the long way, which makes the block. */
	block = rune < 0x800 || (rune >= 0xd800 && rune < 0xe000) ? NULL : blocks[rune / BLOCK];
	return block && block[rune % BLOCK].what <= WHAT_KEEP && rune != 0xfffd ? rune : 0;
}

#ifdef __SSE2__
/* A bit for each byte of v that is `of`. */
static inline __m128i
is(__m128i v, int of)
{
	return _mm_cmpeq_epi8(v, _mm_set1_epi8((char)of));
}

/*
 * The same as plain_run, in blocks of 16 bytes; what it leaves is for the loop there.  A block is
 * good if every byte is ASCII, a lead byte of what stays or a byte behind one, and exactly those are that
 * must be.  What stays here are U+4000 to U+9FFF and the marks between them: U+3001 to U+3015, ， — “ and ”.
 */
static size_t
plain_blocks(struct span s)
{
	const __m128i blank = _mm_set1_epi8(' '), cont = _mm_set1_epi8((char)0xc0);
	const __m128i below = _mm_set1_epi8((char)0xe3), above = _mm_set1_epi8((char)0xea);
	unsigned due = 0, leads = 0; /* bytes the block before wants behind its last lead bytes */
	size_t i = 0;

	for (; s.n - i >= 16 + 2; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s.p + i));
		__m128i second = _mm_loadu_si128((const __m128i *)(const void *)(s.p + i + 1));
		__m128i third = _mm_loadu_si128((const __m128i *)(const void *)(s.p + i + 2));
		__m128i ascii = _mm_andnot_si128(is(v, 0x7f), _mm_cmpgt_epi8(v, blank));
		__m128i comma = _mm_and_si128(is(v, 0xef), _mm_and_si128(is(second, 0xbc), is(third, 0x8c)));
		__m128i cjk = _mm_and_si128(_mm_cmpgt_epi8(third, _mm_set1_epi8((char)0x80)),
			_mm_cmplt_epi8(third, _mm_set1_epi8((char)0x96)));
		__m128i general = _mm_or_si128(is(third, 0x94), _mm_or_si128(is(third, 0x9c), is(third, 0x9d)));
		__m128i marks = _mm_and_si128(is(second, 0x80),
			_mm_or_si128(_mm_and_si128(is(v, 0xe3), cjk), _mm_and_si128(is(v, 0xe2), general)));
		__m128i han = _mm_and_si128(_mm_cmpgt_epi8(v, below), _mm_cmplt_epi8(v, above));
		unsigned lead = (unsigned)_mm_movemask_epi8(_mm_or_si128(han, _mm_or_si128(comma, marks)));
		unsigned behind = (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(v, cont));
		unsigned want = (lead << 1 | lead << 2) | due;

		if (((unsigned)_mm_movemask_epi8(ascii) | lead | behind) != 0xffff || behind != (want & 0xffff))
			break;
		due = want >> 16;
		leads = lead;
	}
	/* Back to the start of a character that goes on. */
	if (due)
		i -= leads & 0x8000 ? 1 : 2;
	return i;
}
#endif

/* The length of the run at the start of s that folds to itself and is no blank. */
static size_t
plain_run(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p, *end = p + s.n;

#ifdef __SSE2__
	p += plain_blocks(s);
#endif
	for (;;) {
		if (p == end)
			break;
		if (*p > ' ' && *p < 0x7f)
			p++;
		else if (*p >= 0xe4 && *p <= 0xe9 && end - p >= 3 && (p[1] & 0xc0) == 0x80 &&
			(p[2] & 0xc0) == 0x80) /* U+4000 to U+9FFF */
			p += 3;
		else if (staying((struct span){(const char *)p, (size_t)(end - p)}))
			p += 3;
		else
			break;
	}
	return (size_t)((const char *)p - s.p);
}

/* The last character of a plain run. */
static uint32_t
last_plain(const char *end)
{
	size_t n;

	return (unsigned char)end[-1] < 0x80 ? (unsigned char)end[-1] : decode(span_of(end - 3, 3), &n);
}

/* Writes a run of what stays; its last character may be composed with what follows. */
static inline void
add_plain(struct folder *f, struct span run)
{
	uint32_t last = last_plain(run.p + run.n);
	size_t tail = last < 0x80 ? 1 : 3, ignored;

	if (run.n > tail) {
		if (f->blank)
			settle_blank(f, decode(run, &ignored));
		buf_add(f->out, run.p, run.n - tail);
		f->last = last_plain(run.p + run.n - tail);
	}
	open_run(f, last);
	settle_blank(f, last);
	buf_add(f->out, run.p + run.n - tail, tail);
	f->last = last;
	if (last >= 0x80 && (last < 0x4000 || last > 0x9fff) && rule_of(last).what == WHAT_KEEP)
		f->nopen = 0;
}

/* Writes what a character folds to. */
static inline void
add_rune(struct folder *f, uint32_t rune)
{
	struct rule rule = rule_of(rune);

	switch ((enum what)rule.what) {
	case WHAT_COPY:
	case WHAT_KEEP:
		open_run(f, rune);
		settle_blank(f, rune);
		if (rule.what == WHAT_KEEP)
			f->nopen = 0;
		buf_add_rune(f->out, rune);
		f->last = rune;
		break;
	case WHAT_REPLACE:
		open_run(f, rune);
		if (rule.length == 1 && pool.p[rule.at] != ' ') {
			settle_blank(f, (unsigned char)pool.p[rule.at]);
			f->last = (unsigned char)pool.p[rule.at];
			buf_add_char(f->out, pool.p[rule.at]);
			break;
		}
		add_folded(f, (struct span){pool.p + rule.at, rule.length});
		break;
	case WHAT_BLANK:
		f->blank = true;
		f->nopen = 0;
		break;
	case WHAT_DROP:
		break;
	case WHAT_COMPOSE:
		/* A run is cut at OPEN characters, for ordering marks costs their square. */
		if (f->nopen > 0 && f->nopen < OPEN)
			f->open[f->nopen++] = rune;
		else
			open_run(f, rune);
		compose(f);
		break;
	case WHAT_ASK:
		open_run(f, rune);
		compose(f);
		break;
	}
}

void
fold_text(struct span in, struct buf *out)
{
	struct folder f = {.out = out};

	buf_room(out, in.n + 1);
	while (in.n) {
		size_t n = plain_run(in);

		if (n)
			add_plain(&f, span_of(in.p, n));
		else
			add_rune(&f, decode(in, &n));
		in = span_from(in, n);
	}
}

bool
fold_needed(struct span in)
{
	uint32_t last = ' ';
	size_t i = 0;

	while (i < in.n) {
		struct span rest = {in.p + i, in.n - i};
		size_t n = plain_run(rest), next;
		uint32_t rune;

		if (n) {
			last = last_plain(rest.p + n);
			i += n;
			continue;
		}
		rune = decode(rest, &n);
		if (rune == ' ') {
			if (last == ' ' || rest.n == 1)
				return true;
			rune = decode(span_from(rest, 1), &next);
			if (rune == ' ' || !blank_counts(last, rune))
				return true;
			last = ' ';
			i++;
			continue;
		}
		if (rune == 0xfffd || rule_of(rune).what > WHAT_KEEP)
			return true;
		last = rune;
		i += n;
	}
	return false;
}
