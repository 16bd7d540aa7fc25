/*
 * piece: one thing that stands on a page, and the list of all of them, in the page's order.
 *
 * The readers of the carriers (html, text) fill the list; contact strikes personal data out of it;
 * extract writes it as CSV.  A page is written whole or not at all, so the list holds one page.
 */
#ifndef PIECE_H
#define PIECE_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"
#include "vocabulary.h"

enum piece_kind { PIECE_PAGE, PIECE_TITLE, PIECE_META, PIECE_TEXT, PIECE_CELL, PIECE_KINDS };

struct piece {
	enum piece_kind kind;
	enum grid grid;            /* how its place is known */
	size_t line;               /* from 1, in the page with every coding undone */
	uint32_t table, row, col;  /* from 1; 0 for all but cells */
	uint32_t rows, cols;       /* spans; 0 for all but cells */
	size_t text, length;       /* UTF-8 without control characters, as bytes of pieces.text */
	size_t begin;              /* one more than its offset in the page; 0: only its line is known; PIECE_BESIDE */
};

/* The beginning of what does not stand on the page but beside it. */
#define PIECE_BESIDE SIZE_MAX

struct pieces {
	struct piece *v;
	size_t n, cap;
	struct buf text;
};

#define PIECES_INIT ((struct pieces){NULL, 0, 0, {NULL, 0, 0}})

/* Adds a piece; what's text and length are set from `text`, which is copied. */
void pieces_add(struct pieces *list, struct piece what, struct span text);

static inline struct span
piece_text(const struct pieces *list, const struct piece *piece)
{
	return (struct span){list->text.p + piece->text, piece->length};
}

/* Gives one of the list's pieces another text, which is copied. */
void piece_replace(struct pieces *list, struct piece *piece, struct span text);

/* Forgets the page, keeps the memory. */
void pieces_reset(struct pieces *list);
void pieces_release(struct pieces *list);

#endif
