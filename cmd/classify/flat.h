/*
 * flat: figures of a table that lost its cells and reads like a sentence.
 *
 * Cells run together (一、…申请数量240000024), or with a unit each and nothing between them (规章1件2件3件
 * 行政规范性文件), are taken for clauses: one number, or each with the label behind it.  What such a number
 * counts is not known.
 */
#ifndef FLAT_H
#define FLAT_H

#include "facts.h"
#include "form.h"
#include "page.h"

/* Takes what they count from such of the facts from `first` on: prose's, in the order of the page. */
void flat_forget(const struct form_book *book, const struct page *page, struct facts *f, size_t first);

#endif
