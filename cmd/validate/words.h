/*
 * words: what stands in a cell and why it does not add up, for a reader.
 */
#ifndef WORDS_H
#define WORDS_H

#include "evaluator.h"

/* The cell as the form prints it: its label, its group where that is needed, its column. */
void words_cell(struct buf *out, const struct rules *rules, struct span form, uint32_t cell);

/* The failed relations of an instance with their numbers. */
void words_broken(struct buf *out, const struct evaluator *e, const struct instance *instance,
	uint32_t prose);

/* Two figures of the text for one cell that differ. */
void words_twice(struct buf *out, const struct evaluator *e, const struct fact *f, const struct fact *other);

/* A cell that holds what it cannot hold. */
void words_cell_broken(struct buf *out, const struct evaluator *e, uint32_t fact);

#endif
