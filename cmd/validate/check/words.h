/*
 * words: what stands in a cell and why it does not add up, for a reader.
 */
#ifndef WORDS_H
#define WORDS_H

#include "evaluator.h"

/* The text of a message in the language of the findings; its Chinese is a row of common/tables/messages/zh.csv. */
const char *words_message(const struct evaluator *e, const char *english) __attribute__((format_arg(2)));

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
