#include "recoded.h"

#include <iconv.h>
#include <stdint.h>

#include "diag.h"
#include "simd.h"
#include "utf8.h"

/* Fewer are no text: a page in ASCII has a few signs and accents. */
enum { LEAST = 16 };

/* Of windows-1252: the characters of the bytes from 0x80 to 0x9f; 0 where it has none and Latin-1's stands. */
static uint16_t special[32];

static void
load(void)
{
	iconv_t cd = iconv_open("UTF-16LE", "CP1252");

	if (cd == (iconv_t)-1)
		die(STATUS_LOST, "the C library's iconv knows no CP1252");
	for (unsigned i = 0; i < sizeof special / sizeof *special; i++) {
		char in = (char)(0x80 + i), *from = &in, *to;
		unsigned char out[2] = {0, 0};
		size_t left = 1, room = sizeof out;

		to = (char *)out;
		iconv(cd, NULL, NULL, NULL, NULL);
		if (iconv(cd, &from, &left, &to, &room) != (size_t)-1 && room == 0)
			special[i] = (uint16_t)(out[0] | out[1] << 8);
	}
	iconv_close(cd);
}

/* The byte that a character was made of; 0 if of none. */
static unsigned char
byte_of(uint32_t rune)
{
	if (rune < 0x100)
		return (unsigned char)rune;
	for (unsigned i = 0; i < sizeof special / sizeof *special; i++)
		if (special[i] == rune)
			return (unsigned char)(0x80 + i);
	return 0;
}

bool
recoded_undo(struct span page, struct buf *out)
{
	const unsigned char *p = (const unsigned char *)page.p, *end = p + page.n, *high;
	size_t n = 0;

	buf_reset(out);
	for (; (high = simd_high(p, end)) < end; n++) {
		unsigned char byte;
		size_t length;

		if (!special[0])
			load();
		buf_add(out, p, (size_t)(high - p));
		p = high;
		byte = byte_of(utf8_rune(span_of((const char *)p, (size_t)(end - p)), &length));
		p += length;
		if (!byte)
			return false;
		buf_add_char(out, (char)byte);
	}
	buf_add(out, p, (size_t)(end - p));
	return n >= LEAST;
}
