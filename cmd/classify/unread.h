/*
 * unread: rows of a form that stand on the page, each beside a number, and of which no fact tells an indicator.
 *
 * A table whose layout nothing reads is left as lines of text, or as cells without a row, and would be lost without a
 * word.  What tells it is that its labels are the form's own, whatever parts them from their numbers: dots, commas, the
 * marks of another notation, or nothing.
 */
#ifndef UNREAD_H
#define UNREAD_H

#include "facts.h"
#include "form/form.h"
#include "page.h"

struct unread {
	size_t rows;   /* 0: none, or so few that a sentence may name them */
	uint32_t line; /* where the first stands */
};

/*
 * Looks for such rows on a page whose facts are these, and whose form is `form` or NO_FORM; a page of which all tables of
 * the form gave something is not looked through.  A number that is a fact without an indicator is not read either, unless
 * such have been `said`.  `keys` is scratch.
 */
struct unread unread_find(const struct page *page, const struct form_book *book, uint16_t form, const struct facts *facts,
	bool said, struct buf *keys);

#endif
