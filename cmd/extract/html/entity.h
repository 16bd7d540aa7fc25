/*
 * entity: character references, `&nbsp;`, `&#160;`, `&#xA0`.
 */
#ifndef ENTITY_H
#define ENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The names, of common/tables/html/entities.csv. */
struct entities;

/* Ends the program with status 2 if the table, which is built in, cannot be read. */
struct entities *entities_new(void);
void entities_free(struct entities *names);

/*
 * Reads the reference at p, which is at its '&', as the standard does in text or in an attribute's
 * value.  Returns its length in bytes and up to two runes (the second 0 if there is one); 0 if
 * this '&' is just itself.
 */
size_t entity_read(const struct entities *names, const char *p, const char *end, bool attribute,
	uint32_t runes[2]);

#endif
