#include "piece.h"

#include <stdlib.h>

void
pieces_add(struct pieces *list, struct piece what, struct span text)
{
	what.text = list->text.n;
	what.length = text.n;
	buf_room(&list->text, text.n + 1); /* never NULL once there is a piece */
	buf_add_span(&list->text, text);
	list->v = grow(list->v, list->n, &list->cap, sizeof *list->v);
	list->v[list->n++] = what;
}

void
piece_replace(struct pieces *list, struct piece *piece, struct span text)
{
	piece->text = list->text.n;
	piece->length = text.n;
	buf_add_span(&list->text, text);
}

void
pieces_reset(struct pieces *list)
{
	list->n = 0;
	buf_reset(&list->text);
}

void
pieces_release(struct pieces *list)
{
	free(list->v);
	buf_release(&list->text);
	*list = PIECES_INIT;
}
