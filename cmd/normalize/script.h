/*
 * script: whether a page is written in traditional characters, and its text in simplified ones.
 *
 * The forms, their labels and all that later filters look for are simplified.  Mirrors of a site for readers of
 * traditional characters, and pages in Big5, are conversions of the same reports; converted back here, every filter
 * reads them.  Characters are converted one by one, by common/tables/page/traditional.csv; one that simplified texts
 * have as well is left alone (乾 of 乾县), but for the few of the table.
 * Words of Taiwan that mean another (資訊, 信息) are that other.
 */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"

struct script;

/* NULL, said, if the table cannot be read. */
struct script *script_new(const char *tables);
void script_free(struct script *s);

/* A page begins. */
void script_page(struct script *s);

/*
 * True if the page is in traditional characters, as far as it was seen, this text with it.  Looked at are the first
 * 200 Chinese characters: it is as soon as three of them, and a tenth, are traditional.
 */
bool script_is_traditional(struct script *s, struct span text);

/* Appends the text in simplified characters; true if that changed it. */
bool script_simplify(const struct script *s, struct span text, struct buf *out);

#endif
