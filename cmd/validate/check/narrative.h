/*
 * narrative: checks of what a report's text says, against its tables and against itself.
 */
#ifndef NARRATIVE_H
#define NARRATIVE_H

#include <stdint.h>

#include "evaluator.h"

/* Evaluates an instance, by its number, whose term `narrative` stands for figures of the text. */
void narrative_check(struct evaluator *e, uint32_t at, const struct term *narrative);

/* Evaluates text_agrees(*): of the cells that no check names only those the text speaks of are looked at. */
void narrative_agrees(struct evaluator *e, const struct rule *rule);

/* Evaluates one_figure(*). */
void narrative_once(struct evaluator *e, uint32_t rule);

#endif
