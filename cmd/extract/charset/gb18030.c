#include "gb18030.h"

#include <iconv.h>
#include <stdbool.h>

#include "buf.h"
#include "diag.h"
#include "simd.h"

uint32_t gb18030_pairs[126 * GB18030_ROW];

/* Four-byte characters below the supplementary planes, by their linear number. */
#define FOUR_BMP 39420
static uint16_t four_bmp[FOUR_BMP];

/* The rune of the n bytes at p by iconv, 0 if they are none. */
static uint32_t
ask(iconv_t cd, const unsigned char *p, size_t n)
{
	char in[4];
	unsigned char out[8];
	char *from = in, *to = (char *)out;
	size_t left = n, room = sizeof out;

	memcpy(in, p, n);
	iconv(cd, NULL, NULL, NULL, NULL);
	if (iconv(cd, &from, &left, &to, &room) == (size_t)-1 || room != sizeof out - 4)
		return 0;
	return (uint32_t)out[0] | (uint32_t)out[1] << 8 | (uint32_t)out[2] << 16 |
	       (uint32_t)out[3] << 24;
}

static void
load_pairs(iconv_t cd)
{
	struct buf utf8 = BUF_INIT;

	for (unsigned lead = 0x81; lead <= 0xfe; lead++)
		for (unsigned trail = 0x40; trail <= 0xfe; trail++) {
			unsigned char pair[2] = {(unsigned char)lead, (unsigned char)trail};
			uint32_t rune = trail == 0x7f ? 0 : ask(cd, pair, 2), packed = 0;

			if (rune < 0x80)
				continue;
			buf_reset(&utf8);
			buf_add_rune(&utf8, rune);
			for (size_t i = 0; i < utf8.n; i++)
				packed |= (uint32_t)(unsigned char)utf8.p[i] << 8 * i;
			gb18030_pairs[(lead - 0x81) * GB18030_ROW + trail - 0x40] = packed;
		}
	buf_release(&utf8);
}

static void
load_four(iconv_t cd)
{
	for (uint32_t i = 0; i < FOUR_BMP; i++) {
		unsigned char four[4] = {(unsigned char)(0x81 + i / 12600),
			(unsigned char)(0x30 + i / 1260 % 10), (unsigned char)(0x81 + i / 10 % 126),
			(unsigned char)(0x30 + i % 10)};
		uint32_t rune = ask(cd, four, 4);

		four_bmp[i] = rune >= 0x80 && rune < 0x10000 ? (uint16_t)rune : 0;
	}
}

static iconv_t
open_cd(void)
{
	iconv_t cd = iconv_open("UCS-4LE", "GB18030");

	if (cd == (iconv_t)-1)
		die(STATUS_LOST, "the C library's iconv knows no GB18030");
	return cd;
}

void
gb18030_load(void)
{
	static bool loaded;

	if (!loaded) {
		iconv_t cd = open_cd();

		load_pairs(cd);
		iconv_close(cd);
		loaded = true;
	}
}

uint32_t
gb18030_four(const unsigned char *p, size_t n)
{
	static bool loaded;
	uint32_t linear;

	if (n < 4 || p[0] < 0x81 || p[0] > 0xfe || p[1] < 0x30 || p[1] > 0x39 || p[2] < 0x81 ||
		p[2] > 0xfe || p[3] < 0x30 || p[3] > 0x39)
		return 0;
	linear = (p[0] - 0x81u) * 12600 + (p[1] - 0x30u) * 1260 + (p[2] - 0x81u) * 10 +
		 (p[3] - 0x30u);
	if (linear >= 189000 && linear < 189000 + 0x100000)
		return linear - 189000 + 0x10000;
	if (linear >= FOUR_BMP)
		return 0;
	/* Loaded apart from the pairs: few pages have any. */
	if (!loaded) {
		iconv_t cd = open_cd();

		load_four(cd);
		iconv_close(cd);
		loaded = true;
	}
	return four_bmp[linear];
}

#ifdef SIMD_WIDE
/*
 * The bytes at the start of the n at p, taken by 64, that are ASCII and characters of GB2312 and nothing else: what is
 * over 0x7f is from 0xa1 to 0xfe, all of which is mapped, and stands in runs of whole pairs.  Ends before a lead byte
 * whose trail byte would be in a block that is not taken.
 */
SIMD_WIDE static size_t
pass_pairs_wide(const unsigned char *p, size_t n)
{
	const __m256i first = _mm256_set1_epi8((char)0xa1), last = _mm256_set1_epi8((char)0xfe);
	const uint64_t even = 0x5555555555555555;
	uint64_t owed = 0; /* a lead byte ended the block before */
	size_t i = 0;

	for (; n - i >= 64; i += 64) {
		struct simd_block b = simd_block(p + i);
		uint64_t high = simd_bits(b.low, b.high), pairs, starts, behind;
		unsigned long long end;
		bool ends_amid;

		if ((high | owed) == 0)
			continue;
		pairs = simd_bits(_mm256_cmpeq_epi8(b.low, _mm256_min_epu8(_mm256_max_epu8(b.low, first), last)),
			_mm256_cmpeq_epi8(b.high, _mm256_min_epu8(_mm256_max_epu8(b.high, first), last)));
		if (pairs != high || (owed && !(pairs & 1)))
			break;
		/* A run of bits to which its lowest is added becomes the bit behind it: of runs from even places an even one. */
		pairs &= ~owed;
		starts = pairs & ~(pairs << 1);
		behind = (pairs + (starts & even)) & ~pairs & ~even;
		ends_amid = __builtin_uaddll_overflow(pairs, starts & ~even, &end);
		if (behind | (end & ~pairs & even))
			break;
		owed = ends_amid;
	}
	return i - owed;
}
#endif

/* Counts those of the characters that begin before `stop`, which end at `end`; answers what is behind them. */
static const unsigned char *
count_bad(const unsigned char *p, const unsigned char *stop, const unsigned char *end, size_t *bad,
	const unsigned char **first)
{
	while ((p = simd_high(p, stop)) < stop) {
#ifdef __SSE2__
		/* Most characters are GB2312's, whose bytes are all from 0xa1 to 0xfe; all of those
		 * are mapped. */
		while (end - p >= 16) {
			__m128i v = simd_load(p);
			__m128i high =
				_mm_min_epu8(_mm_max_epu8(v, simd_byte(0xa1)), simd_byte(0xfe));
			unsigned other = ~(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, high));
			int n = __builtin_ctz(other) & ~1;

			p += n;
			if (n < 16)
				break;
		}
		if (p == end || *p < 0x80)
			continue;
#endif
		if (p[0] >= 0x81 && p[0] <= 0xfe && p + 1 < end && gb18030_pair(p[0], p[1])) {
			p += 2;
		} else if (gb18030_four(p, (size_t)(end - p))) {
			p += 4;
		} else if (p[0] == 0x80) {
			p++; /* the euro sign of Windows */
		} else {
			if ((*bad)++ == 0)
				*first = p;
			p++;
		}
	}
	return p;
}

size_t
gb18030_bad(struct span in, size_t *first)
{
	const unsigned char *start = (const unsigned char *)in.p, *p = start, *end, *wrong = NULL;
	size_t bad = 0;

	if (in.n == 0)
		return 0;
	end = p + in.n;
	gb18030_load();
	while (p < end) {
		const unsigned char *stop = end;

#ifdef SIMD_WIDE
		if (simd_wide()) {
			p += pass_pairs_wide(p, (size_t)(end - p));
			stop = end - p > 64 ? p + 64 : end;
		}
#endif
		p = count_bad(p, stop, end, &bad, &wrong);
	}
	if (bad)
		*first = (size_t)(wrong - start);
	return bad;
}
