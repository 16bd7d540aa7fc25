/*
 * attributes: what stands in a start tag behind its name.
 */
#ifndef ATTRIBUTES_H
#define ATTRIBUTES_H

#include <stdbool.h>
#include <stdint.h>

#include "entity.h"
#include "span.h"

/* The attributes that are looked at. */
enum kept {
	KEPT_STYLE = 1,
	KEPT_COLSPAN = 2,
	KEPT_ROWSPAN = 4,
	KEPT_NAME = 8,
	KEPT_PROPERTY = 16,
	KEPT_CONTENT = 32,
	KEPT_TYPE = 64,
	KEPT_VALUE = 128
};

/* How an element is to be displayed. */
enum display {
	HIDDEN = 1,
	UNSEEN = 2,    /* its place stays, what is in it does not show */
	COLLAPSED = 4, /* of a row: nor does its place stay */
	STRUCK = 8,    /* struck through */
	APART = 16     /* above the line, as the sign of a note, or of no size: no part of a number beside it */
};

/* What is kept of a start tag's attributes. */
struct attributes {
	unsigned has;     /* of enum kept: the first of a name counts */
	unsigned display; /* of enum display */
	bool closed;      /* `/>` */
	uint32_t colspan, rowspan;
	struct span name, property, content, type, value; /* as they stand there */
};

/*
 * Reads a tag from behind its name; answers what is behind its '>', or NULL if the page ends
 * before. A colspan is from 1 to 1000, a rowspan from 0 to 65534; what is no number is 1.
 */
const char *attributes_read(
	const struct entities *names, const char *p, const char *end, struct attributes *a);

/*
 * A quick look at a tag from behind its name: its '>', if none of its attributes is one that is
 * kept but perhaps a name, property or content; NULL if that takes a closer look.  p[-1] must be
 * there.
 */
const char *attributes_skip(const char *p, const char *end);

#endif
