#include "strokes.h"

#include <string.h>

enum { PAPER = 20000 }; /* columns of the page: a longer line is none of a drawn table */

/* Whether the plus at p joins lines rather than being a number's sign. */
static bool
joins(const char *p, struct span line)
{
	return (p > line.p && stroke_at(span_of(p - 1, 1), false) == STROKE_ACROSS) ||
	       (p + 1 < line.p + line.n && stroke_at(span_of(p + 1, 1), false) == STROKE_ACROSS);
}

bool
strokes_part(struct span line, bool box, struct parts *parts)
{
	size_t characters = 0, wide = 0, ambiguous = 0, texts = 0, across = 0;
	bool first = true, last = false;

	parts->n = 0;
	parts->across = true;
	parts->odd = false;
	if (line.n > PAPER)
		return false;
	for (struct span rest = line; rest.n;) {
		size_t bytes = span_step(rest);
		unsigned char lead = (unsigned char)*rest.p;
		enum stroke stroke = stroke_at(rest, box);

		if (stroke == STROKE_JOINT && !box && !joins(rest.p, line))
			stroke = STROKE_NONE;
		last = stroke == STROKE_DOWN || stroke == STROKE_JOINT;
		if (first && !last)
			return false;
		first = false;
		if (last) {
			if (parts->n) {
				struct part *part = &parts->v[parts->n - 1];

				part->text.n = (size_t)(rest.p - part->text.p);
				part->ruled = texts == 0 && across > 0;
				parts->across &= part->ruled;
			}
			if (parts->n == STROKES_WIDEST + 1)
				return false;
			parts->v[parts->n++] = (struct part){.text = {rest.p + bytes, 0},
				.at = {[MEASURE_CHARACTERS] = characters, [MEASURE_WIDE] = wide, [MEASURE_AMBIGUOUS] = ambiguous}};
			texts = across = 0;
		} else {
			across += stroke == STROKE_ACROSS;
			texts += stroke != STROKE_ACROSS;
			parts->odd |= stroke == STROKE_NONE && lead >= 0x80 && lead < 0xe3;
		}
		characters++;
		wide += 1 + (lead >= 0xe3);
		ambiguous += 1 + (lead >= 0xe2);
		rest = span_from(rest, bytes);
	}
	return last && parts->n > 1;
}
