/*
 * Only parses each file, with the library it was built for (-DGUMBO or -DLEXBOR): what a tree costs before
 * anything is read out of it.
 */
#ifdef LEXBOR
#include <lexbor/html/html.h>
#else
#include <gumbo.h>
#endif
#include <stdio.h>

#include "buf.h"

/* Parses the page and says whether a tree came of it. */
static bool
parse(const struct buf *page)
{
#ifdef LEXBOR
	lxb_html_document_t *tree = lxb_html_document_create();
	bool made = tree && lxb_html_document_parse(tree, (const lxb_char_t *)page->p, page->n) == LXB_STATUS_OK;

	lxb_html_document_destroy(tree);
	return made;
#else
	GumboOutput *tree = gumbo_parse_with_options(&kGumboDefaultOptions, page->p, page->n);
	bool made = tree->document->v.document.children.length > 0;

	gumbo_destroy_output(&kGumboDefaultOptions, tree);
	return made;
#endif
}

int
main(int argc, char **argv)
{
	struct buf page = {0};
	size_t trees = 0;

	for (int i = 1; i < argc; i++) {
		FILE *f = fopen(argv[i], "rb");
		size_t n;

		if (!f)
			return 3;
		buf_reset(&page);
		do {
			buf_room(&page, 1 << 16);
			n = fread(page.p + page.n, 1, 1 << 16, f);
			page.n += n;
		} while (n);
		fclose(f);
		trees += parse(&page);
	}
	printf("%zu\n", trees);
	buf_release(&page);
	return 0;
}
