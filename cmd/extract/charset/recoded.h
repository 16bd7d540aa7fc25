/*
 * recoded: pages whose bytes a scraper took for Latin-1 and wrote as UTF-8.
 *
 * Where a server declares no charset, HTTP libraries read text as Latin-1 (RFC 2616, 3.7.1), and browsers what is
 * declared to be Latin-1 as windows-1252 (WHATWG Encoding, 4.2).  Each byte of the page became a character of its
 * own, so nothing of it is lost.
 */
#ifndef RECODED_H
#define RECODED_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"

/*
 * Puts the bytes that a page in well-formed UTF-8 was made of into *out.  False if it was not made so: it has a
 * character that is none of one byte, or fewer than 16 beyond ASCII; *out is undefined then.  Whether the bytes are
 * text is not looked at.
 */
bool recoded_undo(struct span page, struct buf *out);

#endif
