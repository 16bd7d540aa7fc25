/*
 * foreign: what a text is that was given for CSV and is none, told by its first line.
 */
#ifndef FOREIGN_H
#define FOREIGN_H

#include <stdbool.h>

#include "span.h"

/* Whether a byte is a control character that no line of a record holds: all of them but tab. */
static inline bool
foreign_control(char c)
{
	return (unsigned char)c < ' ' && c != '\t';
}

/* What the first line of a file shows it to be, and what to do: a constant that is a message; NULL if it shows nothing. */
const char *foreign_line(struct span line);

#endif
