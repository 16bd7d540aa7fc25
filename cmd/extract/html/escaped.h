/*
 * escaped: pages of HTML whose markup was escaped once more, &lt;td&gt;, as a program writes them into a text or a feed.
 */
#ifndef ESCAPED_H
#define ESCAPED_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"

/*
 * Puts the page as it was before into *out; lines stay where they are.  False, and *out is undefined, if it has not the
 * escaped cells of a table, or cells that are not escaped.  It is in UTF-8 or another coding whose ASCII is ASCII.
 */
bool escaped_undo(struct span page, struct buf *out);

#endif
