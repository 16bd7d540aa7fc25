/*
 * formats: files that are no pages but are met among them, attachments above all, known by how they begin
 * (common/tables/page/formats.csv), and what to do with each.
 */
#ifndef FORMATS_H
#define FORMATS_H

#include <stdbool.h>

#include "span.h"

struct formats;

/* The table built in, or dir's; NULL, said, if it cannot be used. */
struct formats *formats_load(const char *dir);
void formats_free(struct formats *formats);

/* Why a file that begins so is no page, a string that lives as long as `formats`; NULL if it may be one. */
const char *formats_reason(const struct formats *formats, struct span file);

/*
 * Whether a text is what one of these filters wrote: its first line names the columns of pieces, facts, findings or
 * statistics.
 */
bool formats_records(struct span text);

#endif
