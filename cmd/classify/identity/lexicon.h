/*
 * lexicon: every word identity looks for, and what it means: names of regions and zones, labels,
 * words of scope.  One automaton finds them all.
 */
#ifndef LEXICON_H
#define LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "context.h"
#include "form/label.h"
#include "names.h"
#include "regions.h"
#include "span.h"
#include "table.h"
#include "type.h"
#include "year.h"

/* What a word of words.csv is for, by its column `role`. */
enum word_role {
	ROLE_RELATED,    /* 相关阅读: heads titles of other pages, and says of one behind it what ROLE_LINK does */
	ROLE_DISCLOSURE, /* 政府信息公开 */
	ROLE_REPORT,     /* 年度报告 */
	ROLE_PUBLISHER,  /* a label: 发布机构 */
	ROLE_FILING,     /* a label: 填报单位 */
	ROLE_PUBLISHED,  /* a label: 发布日期 */
	ROLE_POSTCODE,   /* a label */
	ROLE_PHONE,      /* a label */
	ROLE_ADDRESS,    /* a label */
	ROLE_SITE_ID,    /* a label: 网站标识码 */
	ROLE_POLICE,     /* 公网安备, before 14 digits */
	ROLE_ICP,        /* ICP备, behind the province's character */
	ROLE_FOOTER,     /* 版权所有, 主办: whose site it is */
	ROLE_COMPILED,   /* 编制, 汇总: the sentence says what was compiled */
	ROLE_EXAMPLE,    /* 学习, 赴: a place named behind it is somewhere else */
	ROLE_BROKEN, /* a word that a name seen across its border is no name: 市场 in 东方市场 */
	ROLE_LEAD,  /* no part of a body's name at its beginning */
	ROLE_TRAIL, /* nor at its end */
	ROLE_OTHER, /* a document that is no report though it speaks of one: 公开指南, 实施办法 */
	ROLE_CITE,    /* 根据, 转发: what follows is another document */
	ROLE_PART,    /* 上半年, 季度: of a heading for less than a year */
	ROLE_NUMERAL, /* 二〇: a year in numerals begins; made of the zeros of forms/numerals.csv */
	ROLE_SELF,    /* 我区: a region speaks of itself, and its last character is its kind */
	ROLE_OWN,     /* 我局: another body speaks of itself */
	ROLE_SECTION, /* 依申请公开情况: heads a part of a report */
	ROLE_DESK,    /* 信息公开办公室: does a body's work on disclosure, and is none of its own */
	ROLE_CONTACT, /* 请与: who is asked about the report stands behind it */
	ROLE_WEBSITE, /* 网站: whose site the report is on stands before it */
	ROLE_NATION,  /* 海关总署: a body of the nation, unless a place stands beside it */
	ROLE_LINK,    /* 下一篇: what stands behind it, or on the next line, is another page's title */
	ROLE_AUTHOR,  /* a label: 供稿, 编辑: who wrote it, or put it on the site */
	ROLE_ASIDE,   /* 浏览次数: the name of a field that ends the one before, and says nothing here */
	WORD_ROLES
};

/* What place a word can mean; a word has a list of these. */
enum meaning_kind { MEANS_REGION, MEANS_SHORT, MEANS_ZONE };

struct meaning {
	uint16_t kind;
	uint16_t index; /* row of regions, or zone */
	uint32_t next;  /* another meaning of the word, or LEXICON_END */
};

#define LEXICON_END UINT32_MAX

/* A word of the automaton. */
struct word {
	uint32_t first; /* its meanings, or LEXICON_END */
	uint32_t roles; /* a bit for each enum word_role it has */
	uint8_t compiled,
		clause; /* enum scope it states in sentences on compiling, and anywhere; 0: none;
			   SCOPES: none, and so do the words in it */
	bool place, full; /* it names a place; by a full name */
	bool offices;     /* what it says in a clause it does not say on the report of a township */
};

struct zone {
	struct span name, short_name;
	uint32_t parent; /* 0 if it has several */
	uint16_t from, to;
	bool coincident; /* its authority and the parent's government are one body */
	bool vague;      /* its short form does not say what it lies in: 江北新区 */
};

struct lexicon {
	struct regions *regions;
	struct types types;
	struct context context;
	struct label_words *labels;
	const struct numerals *numerals; /* of these */
	struct year_words years;
	struct names *names;
	struct zone *zone;
	struct context_words related; /* the words of ROLE_RELATED, which are asked for at one place, too */
	struct meaning *meaning;
	size_t nmeanings, meanings_cap;
	struct word *word;
	size_t nwords, words_cap;
	struct table *tables[4];
};

/* NULL, said, when a table is broken. */
struct lexicon *lexicon_new(const char *dir);
void lexicon_free(struct lexicon *lex);

/* The word of a hit. */
static inline const struct word *
lexicon_word(const struct lexicon *lex, const struct name_hit *hit)
{
	return &lex->word[hit->word];
}

/* The text with traditional characters of the table as simplified ones, appended. */
void lexicon_plain(const struct lexicon *lex, struct span text, struct buf *out);

/* True if the row's region is `code` or lies under it in the row's own time nearest to `year`. */
bool lexicon_under(const struct lexicon *lex, const struct region *row, uint32_t code, int year);

#endif
