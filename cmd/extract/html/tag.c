#include "tag.h"

#include <stdbool.h>

/* Every element of the standard, living or obsolete, that is not plain inline text. */
static const struct {
	const char *name;
	enum tag tag;
} names[] = {
	{"address", TAG_BLOCK},
	{"article", TAG_BLOCK},
	{"aside", TAG_BLOCK},
	{"blockquote", TAG_BLOCK},
	{"body", TAG_BLOCK},
	{"center", TAG_BLOCK},
	{"dd", TAG_BLOCK},
	{"details", TAG_BLOCK},
	{"dialog", TAG_BLOCK},
	{"dir", TAG_BLOCK},
	{"div", TAG_BLOCK},
	{"dl", TAG_BLOCK},
	{"dt", TAG_BLOCK},
	{"fieldset", TAG_BLOCK},
	{"figcaption", TAG_BLOCK},
	{"figure", TAG_BLOCK},
	{"footer", TAG_BLOCK},
	{"form", TAG_BLOCK},
	{"frameset", TAG_BLOCK},
	{"h1", TAG_BLOCK},
	{"h2", TAG_BLOCK},
	{"h3", TAG_BLOCK},
	{"h4", TAG_BLOCK},
	{"h5", TAG_BLOCK},
	{"h6", TAG_BLOCK},
	{"head", TAG_BLOCK},
	{"header", TAG_BLOCK},
	{"hgroup", TAG_BLOCK},
	{"html", TAG_BLOCK},
	{"legend", TAG_BLOCK},
	{"li", TAG_BLOCK},
	{"main", TAG_BLOCK},
	{"menu", TAG_BLOCK},
	{"nav", TAG_BLOCK},
	{"ol", TAG_BLOCK},
	{"optgroup", TAG_BLOCK},
	{"option", TAG_BLOCK},
	{"search", TAG_BLOCK},
	{"section", TAG_BLOCK},
	{"select", TAG_BLOCK},
	{"summary", TAG_BLOCK},
	{"ul", TAG_BLOCK},
	{"p", TAG_P},
	{"br", TAG_BR},
	{"hr", TAG_BR},
	{"area", TAG_VOID},
	{"base", TAG_VOID},
	{"basefont", TAG_VOID},
	{"bgsound", TAG_VOID},
	{"embed", TAG_VOID},
	{"frame", TAG_VOID},
	{"image", TAG_VOID},
	{"img", TAG_VOID},
	{"input", TAG_INPUT},
	{"keygen", TAG_VOID},
	{"link", TAG_VOID},
	{"param", TAG_VOID},
	{"source", TAG_VOID},
	{"track", TAG_VOID},
	{"wbr", TAG_VOID},
	{"sup", TAG_APART},
	{"sub", TAG_APART},
	{"small", TAG_APART},
	{"rp", TAG_APART},
	{"rt", TAG_APART},
	{"noscript", TAG_APART},
	{"bdo", TAG_APART},
	{"audio", TAG_APART},
	{"video", TAG_APART},
	{"canvas", TAG_APART},
	{"object", TAG_APART},
	{"progress", TAG_APART},
	{"meter", TAG_APART},
	{"datalist", TAG_APART},
	{"button", TAG_APART},
	{"del", TAG_STRUCK},
	{"s", TAG_STRUCK},
	{"strike", TAG_STRUCK},
	{"pre", TAG_PRE},
	{"listing", TAG_PRE},
	{"meta", TAG_META},
	{"title", TAG_TITLE},
	{"svg", TAG_FOREIGN},
	{"math", TAG_FOREIGN},
	{"template", TAG_TEMPLATE},
	{"script", TAG_SCRIPT},
	{"style", TAG_RAW},
	{"iframe", TAG_RAW},
	{"noembed", TAG_RAW},
	{"noframes", TAG_RAW},
	{"xmp", TAG_XMP},
	{"textarea", TAG_TEXTAREA},
	{"plaintext", TAG_PLAINTEXT},
	{"table", TAG_TABLE},
	{"caption", TAG_CAPTION},
	{"col", TAG_COL},
	{"colgroup", TAG_COL},
	{"tbody", TAG_TBODY},
	{"thead", TAG_THEAD},
	{"tfoot", TAG_TFOOT},
	{"tr", TAG_TR},
	{"td", TAG_TD},
	{"th", TAG_TH},
};

struct tag_entry tag_entries[TAG_SLOTS];

void
tag_load(void)
{
	static bool loaded;

	for (size_t i = 0; !loaded && i < sizeof names / sizeof *names; i++) {
		size_t n = strlen(names[i].name), slot;
		uint64_t key = tag_key(names[i].name, n, names[i].name + n);

		for (slot = tag_slot(key); tag_entries[slot].key; slot = (slot + 1) % TAG_SLOTS)
			continue;
		tag_entries[slot].key = key;
		tag_entries[slot].tag = names[i].tag;
	}
	loaded = true;
}
