/*
 * flat: figures of a table that lost its cells and reads like a sentence.
 *
 * Cells run together (一、…申请数量240000024), or with a unit each and nothing between them (规章1件2件3件
 * 行政规范性文件), are taken for clauses: one number, or each with the label behind it; a row with a blank between the
 * cells (一、…申请数量 7 1 8) for one that counts what its label says.  What such a number counts is not known.
 */
#ifndef FLAT_H
#define FLAT_H

#include "buf.h"
#include "form/form.h"
#include "page.h"

/* The figures of a text in their order, and whether each is one of several numbers that run on. */
struct flat {
	size_t item;      /* the last item that was looked at */
	struct span text; /* the text before it; empty: it has no such numbers */
	size_t at;        /* in the text, behind the last figure */
	bool looked;      /* for such numbers in the text */
	bool on, flat;    /* the last figure ran on into what follows; it is one of several */
	struct buf key;   /* scratch, own */
};

/* Begins a page. */
void flat_page(struct flat *flat);
void flat_release(struct flat *flat);

/*
 * Whether the number of a figure is such a one.  Asked of all figures of a page in their order; `counts`: it is
 * taken to count something.
 */
bool flat_figure(struct flat *flat, const struct form_book *book, const struct page *page, size_t figure,
	bool counts);

#endif
