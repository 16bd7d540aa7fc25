/*
 * identity: which report a page is: place, year, body, scope; and whether it is a report at all.
 *
 * Names, codes, endings and words are rows of common/tables/regions; this module only finds them on
 * the page in one pass, weighs what they say, and gives what it can vouch for.  A region that is
 * not decided is empty, with its candidates: never a guess and never a common ancestor.
 */
#ifndef IDENTITY_H
#define IDENTITY_H

#include <stdbool.h>

#include "context.h"
#include "page.h"
#include "regions.h"
#include "span.h"

enum body_kind {
	BODY_GOVERNMENT,
	BODY_OFFICE,
	BODY_DEPARTMENT,
	BODY_TOWNSHIP,
	BODY_ZONE,
	BODY_INSTITUTION,
	BODY_OTHER,
	BODY_KINDS
};

enum identity_level {
	LEVEL_NONE,
	LEVEL_NATION,
	LEVEL_PROVINCE,
	LEVEL_PREFECTURE,
	LEVEL_COUNTY,
	LEVEL_TOWNSHIP,
	LEVEL_ZONE,
	LEVELS
};

/* As the columns body_kind and level print them; "" for LEVEL_NONE. */
extern const char *const body_kind_names[BODY_KINDS];
extern const char *const level_names[LEVELS];

/* From an item of the page on, whose report it is: the page's own unless something else is said. */
struct page_part {
	uint32_t item;
	uint16_t year; /* in the title that heads it, or 0 */
	bool other;    /* another body's, or one's of several that are named by turns */
	bool named;    /* headed by a name, not by a title */
	bool listed;   /* its title stands below others */
	bool late;     /* figures of the page's own stand before it */
};

/* Spans are good until the next identity_find of the same finder. */
/*
 * The part in which an item of the page stands, NULL if its own report's.  *at, from 0, is where the item asked for before
 * stands: those of a page in nearly their order take one step each, those that go back some more.
 */
static inline const struct page_part *
page_part_at(const struct page_part *part, size_t n, uint32_t item, size_t *at)
{
	while (*at > 0 && part[*at - 1].item > item)
		--*at;
	while (*at < n && part[*at].item <= item)
		++*at;
	return *at ? &part[*at - 1] : NULL;
}

struct identity {
	const char *reason; /* NULL: a report; else why the page is none, a constant text */
	char region[7];     /* six digits, or "" when not resolved */
	enum body_kind body_kind;
	enum identity_level level; /* LEVEL_NONE when neither name nor words give it */
	enum scope scope;          /* never SCOPE_NONE */
	int year;          /* reported on; 0 when nothing on the page says it */
	int title_year;    /* in the title; 0: none */
	bool premature;  /* that was not over when the page came out */
	int period_year;   /* of the period the text states; 0: none */
	struct span body;  /* its name as on the page, folded; holds no comma and no quote */
	struct span title;
	struct span unit;        /* by which reports are counted */
	struct span published;   /* YYYY-MM-DD, or empty */
	struct span filing_unit; /* behind 填报单位 */
	struct span publisher;   /* behind 发文机关, 来源, ContentSource … */
	struct span candidates;  /* "230506 9; 310113 9" of an unresolved region, best first */
	const struct page_part *part; /* in the order of the page; what stands before the first is its own */
	size_t nparts;
	struct span explain;     /* the evidence weighed, one line; empty unless asked for */
};

struct identity_finder;

/*
 * Loads what is known (tables of `dir` before those linked in; NULL: none); `explain` asks for the
 * evidence in words.  NULL, said, when a table is broken: status 2.
 */
struct identity_finder *identity_new(const char *dir, bool explain);

/* Reads the page's title, meta, text and the cells that are not figures; one pass over each. */
void identity_find(struct identity_finder *f, const struct page *page, struct identity *out);

/*
 * The scope the words of one clause or label state (全区, 区本级, 镇街 …: a part of the whole is
 * SCOPE_UNCLEAR), for figures that are for another scope than their report; SCOPE_NONE if none.  It is asked of the page
 * whose identity was found last, while that is there.
 */
enum scope identity_clause_scope(const struct identity_finder *f, struct span clause);

/* Bytes of the number of a chapter that begins the text, 第五部分 or 第一节; 0 if none does. */
size_t identity_chapter(const struct identity_finder *f, struct span text);

/* The words of regions/context.csv, lent. */
const struct context *identity_words(const struct identity_finder *f);

/* Whether a text speaks of disclosure: it has the word that all words for it hold (regions/context.csv, open). */
bool identity_says_open(const struct identity_finder *f, struct span text);

/* Bytes of the word that begins the text and heads what is of other pages, 相关阅读 or 网友评论; 0 if none does. */
size_t identity_beyond(const struct identity_finder *f, struct span text);

/* The year that a text is and nothing else (2022年, 二〇二二年度), or 0. */
int identity_year(const struct identity_finder *f, struct span text);

/* What a line above a table says its figures are for. */
struct caption {
	int year;      /* 0: it names none */
	bool part;     /* of a year */
	bool title;    /* it is a report's, and holds for all that follows; the page's own has the year 0 */
	bool names;    /* a body, or words that say the scope */
	uint8_t scope; /* then, of that body on this page's report; SCOPE_NONE: the report's */
};

/*
 * Reads the item as such a line; false if it says nothing.  `of` is what was found of the page last.  Who it
 * is for is only looked for if `bodies`.
 */
bool identity_caption(struct identity_finder *f, const struct page *page, size_t item,
	const struct identity *of, bool bodies, struct caption *out);

/* The year, or part of one, that a header of a column names: of `out` only these are set. */
void identity_header_time(struct identity_finder *f, const struct page *page, size_t item, struct caption *out);

void identity_free(struct identity_finder *f);

#endif
