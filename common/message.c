#include "message.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "buf.h"
#include "table.h"

TABLE_DECLARE(messages_zh);

static bool chinese;

void
message_init(void)
{
	static const char *const names[] = {"XXGK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
	const char *locale = NULL, *charset;

	for (size_t i = 0; i < sizeof names / sizeof *names && (!locale || !*locale); i++)
		locale = getenv(names[i]);
	chinese = false;
	if (!locale || strncmp(locale, "zh", 2) != 0 || (locale[2] && !strchr("_.@", locale[2])))
		return;
	charset = strchr(locale, '.');
	chinese = !charset || strncasecmp(charset + 1, "utf8", 4) == 0 || strncasecmp(charset + 1, "utf-8", 5) == 0;
}

bool
message_language(const char *name)
{
	chinese = strcmp(name, "zh") == 0;
	return chinese || strcmp(name, "en") == 0;
}

bool
message_chinese(void)
{
	return chinese;
}

/* A row, both texts ended by a byte 0. */
struct row {
	const char *english, *chinese;
};

static int
by_english(const void *a, const void *b)
{
	return strcmp(((const struct row *)a)->english, ((const struct row *)b)->english);
}

/* The rows in the order of their English: findings ask for some with each line they write. */
static const struct row *
rows(size_t *n)
{
	static struct row *row;
	static size_t count;
	static bool begun;
	struct buf bytes = BUF_INIT;
	struct table *t;
	const char *p;

	*n = count;
	/* What goes wrong below is said in English. */
	if (begun)
		return row;
	begun = true;
	t = table_load(TABLE_SOURCE(messages, zh), NULL);
	if (!t || t->ncols != 2)
		return NULL;
	for (size_t i = 0; i < 2 * t->nrows; i++) {
		buf_add_span(&bytes, table_cell(t, i / 2, i % 2));
		buf_add_char(&bytes, '\0');
	}
	row = xcalloc(t->nrows + 1, sizeof *row);
	p = bytes.p;
	for (; count < t->nrows; count++) {
		row[count].english = p;
		p += strlen(p) + 1;
		row[count].chinese = p;
		p += strlen(p) + 1;
	}
	table_free(t);
	qsort(row, count, sizeof *row, by_english);
	*n = count;
	return row;
}

const char *
message(const char *english)
{
	const struct row wanted = {english, NULL}, *row = NULL, *found = NULL;
	size_t n = 0;

	if (chinese)
		row = rows(&n);
	if (row)
		found = bsearch(&wanted, row, n, sizeof *row, by_english);
	return found ? found->chinese : english;
}
