/*
 * charset: in what coding the bytes of a page are, and the page in UTF-8.
 *
 * A declaration is a claim.  The bytes decide: what is strictly UTF-8 is UTF-8, whatever it says it
 * is, and what is not and has two-byte characters is GB18030, of which GB2312 and GBK are parts.
 * Big5 and UTF-16 are believed when declared and borne out (UTF-16 also by its pattern of NULs).
 */
#ifndef CHARSET_H
#define CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"

enum charset_id {
	CHARSET_UTF8,
	CHARSET_GB18030,
	CHARSET_BIG5,
	CHARSET_UTF16LE,
	CHARSET_UTF16BE,
	CHARSETS,
	CHARSET_SHIFTED /* a claim only: all in ASCII, with signs that switch to Chinese and back; not read */
};

struct charset {
	enum charset_id id; /* what the page is read as */
	struct span
		declared; /* what it claims to be, as written there; empty if it claims nothing */
	bool overridden;  /* the claim does not hold, or names a coding no reader here knows */
	bool shifted;     /* the claim of such a coding holds: what was decided is not what is meant */
	size_t bom;       /* bytes of byte order mark at the start, not part of the text */
	size_t bad;       /* undecodable bytes in the whole page */
	size_t first_bad; /* offset of the first, if there is one */
};

/*
 * Decides for a page.  `declared` is what the transport said (the charset of an HTTP Content-Type),
 * empty if nothing; a byte order mark outranks it, it outranks <meta> and <?xml?>.  The spans in
 * the answer are views into `page` or `declared`.
 */
struct charset charset_decide(struct span page, struct span declared);

/*
 * Whether a page with undecodable bytes is plainly in the coding it was decided to be: three of four of its
 * characters beyond ASCII are such as texts have.  Of UTF-8 and GB18030; false for the rest.
 */
bool charset_plain(const struct charset *charset, struct span page);

/* The name for the page piece: "utf-8", "gb18030", "big5", "utf-16le", "utf-16be". */
const char *charset_name(enum charset_id id);

/*
 * Appends `in` to *out as UTF-8 and returns how many bytes of it could not be decoded: each
 * becomes a U+FFFD and reading steps on.  *first_bad (if not NULL) gets the offset of the first;
 * untouched if there is none.  Call it on the page after its byte order mark.
 */
size_t charset_decode(enum charset_id id, struct span in, struct buf *out, size_t *first_bad);

#endif
