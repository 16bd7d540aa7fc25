#include "keys.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "places.h"

size_t
keys_find(const struct keys *k, struct span name)
{
	for (size_t i = 0; i < k->n; i++)
		if (span_eq(k->key[i].name, name))
			return i;
	return SIZE_MAX;
}

size_t
keys_add(struct keys *k, enum key_kind kind, struct span name)
{
	k->key = grow(k->key, k->n, &k->cap, sizeof *k->key);
	k->key[k->n] = (struct key){.kind = kind, .name = name, .field = NO_COLUMN};
	intern_init(&k->key[k->n].texts);
	return k->n++;
}

static bool
add(struct keys *k, struct span name, struct span list)
{
	static const char *const brought[] = {"column", "unit"};
	struct span mapped = name, to;
	size_t i;

	to = mapped;
	name = span_cut(&to, ':');
	if (to.p) {
		if (!span_eq(name, SPAN("region"))) {
			warn("'%.*s': only region is mapped up", SPAN_ARG(mapped));
			return false;
		}
		if (!places_level(to, &k->up_level) || k->up_level == REGION_NATION ||
			k->up_level == REGION_COUNTY) {
			warn("'%.*s': region is mapped up to province or prefecture", SPAN_ARG(mapped));
			return false;
		}
		k->up = true;
	}
	if (name.n == 0) {
		warn("an empty name in --by");
		return false;
	}
	if (keys_find(k, name) != SIZE_MAX) {
		warn("'%.*s' stands twice in --by", SPAN_ARG(name));
		return false;
	}
	i = keys_add(k, span_eq(name, SPAN("series")) ? KEY_SERIES : KEY_FIELD, name);
	if (to.p)
		k->key[i].kind = KEY_REGION;
	for (size_t b = 0; span_eq(name, SPAN("indicator")) && b < sizeof brought / sizeof *brought; b++)
		if (!span_lists(list, ',', span_str(brought[b])))
			k->key[keys_add(k, KEY_FIELD, span_str(brought[b]))].optional = true;
	return true;
}

bool
keys_parse(struct keys *k, const char *list)
{
	struct span rest = span_str(list), all = rest;

	do {
		if (!add(k, span_cut(&rest, ','), all))
			return false;
	} while (rest.p);
	return true;
}

size_t
keys_bind(struct keys *k, const struct reader *in, size_t n)
{
	size_t kept = 0, dropped = 0;

	for (size_t i = 0; i < k->n; i++) {
		struct key *key = &k->key[i];

		key->field = reader_find(in, key->name);
		if (key->optional && key->field == NO_COLUMN) {
			intern_release(&key->texts);
			dropped += i < n;
		} else {
			k->key[kept++] = *key;
		}
	}
	k->n = kept;
	return dropped;
}

void
keys_release(struct keys *k)
{
	for (size_t i = 0; i < k->n; i++)
		intern_release(&k->key[i].texts);
	free(k->key);
}
