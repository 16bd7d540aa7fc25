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

/* The rows, each as its English and its Chinese, both ended by a byte 0. */
static const char *const *
rows(size_t *n)
{
	static const char **text;
	static size_t count;
	static bool begun;
	struct buf bytes = BUF_INIT;
	struct table *t;

	*n = count;
	/* What goes wrong below is said in English. */
	if (begun)
		return text;
	begun = true;
	t = table_load(TABLE_SOURCE(messages, zh), NULL);
	if (!t || t->ncols != 2)
		return NULL;
	for (size_t i = 0; i < 2 * t->nrows; i++) {
		buf_add_span(&bytes, table_cell(t, i / 2, i % 2));
		buf_add_char(&bytes, '\0');
	}
	text = xcalloc(2 * t->nrows, sizeof *text);
	for (const char *p = bytes.p; count < 2 * t->nrows; p += strlen(p) + 1)
		text[count++] = p;
	table_free(t);
	*n = count;
	return text;
}

const char *
message(const char *english)
{
	size_t n;
	const char *const *text = chinese ? rows(&n) : NULL;

	for (size_t i = 0; text && i < n; i += 2)
		if (strcmp(text[i], english) == 0)
			return text[i + 1];
	return english;
}
