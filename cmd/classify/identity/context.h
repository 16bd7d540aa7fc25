/*
 * context: words that mean something only beside what has been found already, so that no automaton looks for them.
 */
#ifndef CONTEXT_H
#define CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"
#include "table.h"

/* What a word of regions/context.csv is for, by its column `role`; the last are of another table. */
enum context_role {
	CONTEXT_GOVERNMENT, /* behind a place: its government, in the order of preference for a name */
	CONTEXT_OFFICE,     /* behind a place: the office of its government */
	CONTEXT_OPENS,      /* before a full name of two characters, which is a name behind it */
	CONTEXT_STOPS,      /* the name of who compiled ends here: 由…负责 */
	CONTEXT_EXCEPTS,    /* before what was compiled: it was not, 不含各县 */
	CONTEXT_ACTS,       /* behind a year and a name: what the body did in it, 认真贯彻 */
	CONTEXT_MADE,       /* behind 编制: it was this report, 编制本报告 */
	CONTEXT_BARE,       /* ends what is a body's name though no place stands in it: 财政局 */
	CONTEXT_INNER,      /* a part of a body, which is the whole of what a label says: 秘书科 */
	CONTEXT_KEEPER,     /* in the name of who publishes for others: 融媒体中心 */
	CONTEXT_PATH,       /* begins the line that says where on the site the page stands: 当前位置 */
	CONTEXT_DEPARTMENTS, /* in the name of a column that holds the reports of many: 县直部门 */
	CONTEXT_TOWNS,      /* the same: 乡镇 */
	CONTEXT_COUNTIES,   /* the same: 县区 */
	CONTEXT_PRONOUN,    /* at the start of a name: it is none, 我局 */
	CONTEXT_LED,        /* ends what stands between a year and a name: 在市委的领导下 */
	CONTEXT_ADDRESS,    /* in the address of a page: it stands where the site has its reports, zfxxgknb */
	CONTEXT_OF_YEAR,    /* behind a year: it goes on, 2017年以来 */
	CONTEXT_COUNTED,    /* behind four digits: they are no year, 2017条 */
	CONTEXT_PERIOD,     /* before a period: it is that of the report, 统计 */
	CONTEXT_TERM,       /* the same, if one of the next stands behind it: 期限 */
	CONTEXT_ENDING,     /* behind a period: 止 */
	CONTEXT_STARTING,   /* behind the first date of a period: 起 */
	CONTEXT_UP_TO,      /* before the word between the dates of a period: 截止 */
	CONTEXT_SAME_YEAR,  /* in the place of the year of its second date: 当年 */
	CONTEXT_YEAR_END,   /* behind a year: its last days, 截至2009年底 */
	CONTEXT_ABOUT,      /* in a title: it is of something on a report, 解读, 征求意见, 答复书 */
	CONTEXT_BESIDE,     /* before such a word: the report itself has it beside it, 含解读 */
	CONTEXT_NEWS,       /* in a title: somebody tells of a report, or gives it: 发布 */
	CONTEXT_GIVEN,      /* ends with such a word, and gives it: 关于公布 */
	CONTEXT_PRESS,      /* in a text: it is one of a newspaper, 本报讯 */
	CONTEXT_ASKS,       /* in the title of a notice: it asks for reports, 关于报送 */
	CONTEXT_NOTICE,     /* ends such a title: 通知 */
	CONTEXT_FOREIGN,    /* in a title without disclosure: the report is on that, 法治政府 */
	CONTEXT_FOLLOWS,    /* in a sentence: the report follows, 现将…情况报告如下 */
	CONTEXT_FIRST,      /* a line of its own, that begins a report: 一、概述 */
	CONTEXT_BEYOND,     /* a line of its own, below which is no more of the report, as below 相关阅读: 热点新闻 */
	CONTEXT_BETWEEN,    /* between the words for disclosure and report of a title: they are one still */
	CONTEXT_BEHIND,     /* behind the words for a report: the title is that of one still, …年度报告的公告 */
	CONTEXT_GONE,       /* in a text: the page is no more, 页面不存在 */
	CONTEXT_SHEET,      /* in the title of a table: 统计表 */
	CONTEXT_LAST_YEAR,  /* begins the caption of a table: of the year before the report's, 上年度情况 */
	CONTEXT_THIS_YEAR,  /* the same: of the report's, 本年度情况 */
	CONTEXT_EVERY,      /* in a name: it is that of many, 各 */
	CONTEXT_ORDINAL,    /* before the number of a part of a text, or of an article: 第 */
	CONTEXT_CHAPTER,    /* behind that of a part: 第五部分, 第一节 */
	CONTEXT_ARTICLE,    /* behind that of an article of a regulation: 第二十条 */
	CONTEXT_OPEN,       /* in each word for disclosure: 公开 */
	CONTEXT_UNDER,      /* before who leads: 在…领导下 */
	CONTEXT_ON,         /* before the year in a title: 关于 */
	CONTEXT_WHOSE,      /* behind a label: it goes on, 发布单位 */
	CONTEXT_FILLED,     /* begins the label of who fills in: 填报单位 */
	CONTEXT_STATIONED,  /* before a place: the body is of elsewhere, 驻 */
	CONTEXT_LETTER,     /* behind the name of a body, at the head of what it issues: 文件 */
	CONTEXT_AFFILIATED, /* before a place, in a body's name: the body is there, 附属 */
	CONTEXT_ATTACHED,   /* in the name of an institution: its place may be another than the one named first */
	CONTEXT_ROOM,       /* ends the name of an office, any body's: 办公室 */
	CONTEXT_WHOLE,      /* begins a word for a territory, not for whose it is: 全县 */
	CONTEXT_BY,         /* before who compiled: 由 */
	CONTEXT_DONE,       /* behind 编制: it was done, 编制了 */
	CONTEXT_REACHED,    /* behind whom to ask: 联系 */
	CONTEXT_DISCLOSURE, /* behind a place: its 政府 is not the government, 政府信息公开 */
	CONTEXT_BRANCH,     /* ends the name of a body of a system in one place: 税务局, 调查队 */
	CONTEXT_GOES_ON,    /* behind a place's short name: it is of a longer one, 南京路, 长白山 */
	CONTEXT_VENDOR,     /* before who made the site, and whom to call about that: 技术支持 */
	CONTEXT_COUNTER,    /* what reports are counted by: 份 */
	CONTEXT_RANGE,      /* from here on those of forms/numberwords.csv: between two dates */
	CONTEXT_EACH,       /* names and numbers go together in order: 分别 */
	CONTEXT_PARTS,      /* what follows are parts: 其中 */
	CONTEXT_ROLES
};

struct context_words {
	struct span *v; /* in the order of the table */
	size_t n;
	bool brief;         /* some are shorter than a character of Chinese */
	uint8_t first[128]; /* a bit for what the others may begin with */
};

struct context {
	struct table *table, *numberwords;
	struct context_words of[CONTEXT_ROLES];
	struct span *words; /* what the lists are parts of */
};

/* False, said, if the table is broken.  The words are lent until context_release. */
bool context_load(struct context *c, const char *dir);
void context_release(struct context *c);

/* Adds a word; there must be room for it in v. */
void context_add(struct context_words *words, struct span word);

/* Where in `first` the three bytes at p have their bit. */
static inline unsigned
context_bit(const char *p)
{
	return ((unsigned char)p[0] << 6 ^ (unsigned char)p[1] << 5 ^ (unsigned char)p[2]) & 1023u;
}

/* False if none of the words stands at that place of the text: asked of many places, most are told so. */
static inline bool
context_may_be(const struct context_words *words, struct span text, size_t at)
{
	unsigned bit;

	if (words->brief || at + 3 > text.n)
		return words->brief;
	bit = context_bit(text.p + at);
	return words->first[bit / 8] >> bit % 8 & 1u;
}

static inline bool
context_may(const struct context *c, enum context_role role, struct span text, size_t at)
{
	return context_may_be(&c->of[role], text, at);
}

/* The first of the words at that place of the text, by its number; the number there are if none is. */
size_t context_word(const struct context_words *words, struct span text, size_t at);

static inline size_t
context_at(const struct context *c, enum context_role role, struct span text, size_t at)
{
	return context_word(&c->of[role], text, at);
}

/* Whether there is one. */
static inline bool
context_is_at(const struct context *c, enum context_role role, struct span text, size_t at)
{
	return context_may(c, role, text, at) && context_at(c, role, text, at) < c->of[role].n;
}

/* The bytes of that word; 0 if there is none. */
static inline size_t
context_word_length(const struct context_words *words, struct span text, size_t at)
{
	size_t k = context_may_be(words, text, at) ? context_word(words, text, at) : words->n;

	return k < words->n ? words->v[k].n : 0;
}

static inline size_t
context_length(const struct context *c, enum context_role role, struct span text, size_t at)
{
	return context_word_length(&c->of[role], text, at);
}

/* Where the first word of the role in the text begins; its end if none does. */
size_t context_find(const struct context *c, enum context_role role, struct span text);

/* True if the text holds a word of the role; the next two, if it is one, or ends in one. */
static inline bool
context_within(const struct context *c, enum context_role role, struct span text)
{
	return context_find(c, role, text) < text.n;
}

bool context_is(const struct context *c, enum context_role role, struct span text);
bool context_ends(const struct context *c, enum context_role role, struct span text);

/* The bytes of the first of the words that the text ends in; 0 if there is none. */
size_t context_ending(const struct context *c, enum context_role role, struct span text);

/* Whether one of the words begins with the text. */
bool context_begins_any(const struct context *c, enum context_role role, struct span text);

#endif
