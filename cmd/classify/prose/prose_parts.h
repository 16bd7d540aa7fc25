/*
 * prose_parts: what the files of prose share, and what each does for the next.
 *
 * A figure's text is split into clauses (prose_clause.c); its own clause and those that govern it say what it
 * counts (prose_count.c; prose_recall.c has seen many before), of which period (prose_period.c), and in which scope; whether it was cut
 * at the end of a line (prose_cut.c); and what the figures of one
 * sentence count is held against each other (prose_sentence.c).  prose.c drives them, a figure at a time.
 */
#ifndef PROSE_PARTS_H
#define PROSE_PARTS_H

#include "flat.h"
#include "phrases.h"
#include "prose.h"

enum {
	LONGEST = 1536,     /* bytes of a figure's text: more is no sentence */
	MOST_CONTEXTS = 8,
	MOST_SAID = 16,     /* figures remembered of a sentence */
	MOST_FRESH = 8,     /* and of a page */
	MOST_LOOSE = 16,
	MOST_GIVEN = 4,
	MOST_VERDICTS = 16, /* of patterns, remembered of a clause */
};

/* A figure of the sentence at hand, and what it counts. */
struct said {
	const struct form_row *row;
	uint16_t column, period;
	uint8_t scope;
	bool of_all; /* its clause names the scope of the report */
	uint32_t fact;
	struct span clause, value;
};

/* A clause that governs others, and what was read of it. */
struct governing {
	struct span text;       /* of a figure of this page */
	uint64_t asked, reads;  /* bits of readings */
};

/* What was counted on the page without a word on disclosure, and in which sentence. */
struct loose {
	const struct form_row *row;
	struct span value, heading;
	uint32_t fact, sentence;
};

/* What a line's figures for a government are held against: a figure of its, and what others' count. */
struct ranks {
	struct weak {
		const struct form_row *row;
		uint16_t column;
		uint32_t fact;
		struct span unit;
	} government[MOST_FRESH];
	size_t ngovernments;
	const struct form_row *other; /* counted of another body last */
	const struct form_row *whole; /* and of all that the report is of */
	uint16_t whole_column;
};

/* What is asked of a figure's text besides what it says: a report of which form and year (0: not known). */
struct asked {
	struct span unit;
	bool any; /* instead: of whatever unit, as what a share or a growth is of */
	bool zero;
	uint16_t form;
	int year;
};

/* How far count looked for what a clause counts. */
enum looked { LOOKED_OWN, LOOKED_TEXT, LOOKED_BEFORE };

struct kept;

/*
 * What is known of a clause.  Of its number patterns see no more than whether it is 0 and how long it is, as
 * phrases.csv promises (tests/unit/phrases.c), so it is that of all clauses that differ in nothing else.
 */
struct clause {
	struct verdict {
		uint16_t pattern;
		uint16_t at; /* where it is, or NOT_THERE */
	} verdict[MOST_VERDICTS]; /* of those that were looked for */
	size_t n;
	uint64_t may[]; /* a set: the phrases whose words it has */
};

struct prose {
	const struct form_book *book;
	const struct identity_finder *finder;
	struct phrases *phrases;
	const struct page *page; /* at hand, and the figure in it; NULL: a clause alone is asked for */
	uint32_t at;
	struct span item, gathered; /* the figure's text; what of it gather saw last, if it was of it */
	struct recall *clauses;     /* what is known of clauses that came before */
	struct clause *clause;      /* of the one gathered last, */
	struct clause *other;       /* or here, where it has no place there */
	struct buf text, plain, pair;
	struct recall *recall;      /* of what texts were found to count */
	struct kept *kept_own, *kept_text; /* what it has of the figure's clause and text; NULL: nothing */
	enum looked looked;         /* for the figure in hand */
	struct buf key;
	struct buf story; /* the clauses of this sentence's figures, to this one */
	struct buf last; /* the clause that named what was counted last in this sentence */
	struct span previous; /* the own clause of the figure before, if on the same line */
	struct span line;     /* the line of text at hand; a sentence may go on into it from the one before, */
	bool cut_before, cut_after; /* or from it into the next */
	bool line_open;       /* it does not end one */
	/*
	 * 其中2017年受理5件, of the report's year: what governs it and those after it, which are of that year, too,
	 * or, where they are more, of the years of the whole, the last figure said.
	 */
	struct span opened, opened_value;
	bool opened_whole;
	uint32_t opened_of;
	bool later;    /* the sentence begins with a year after the report's */
	bool adrift;   /* the growth at hand, or the one before it, is of all that was counted, or of the last */
	bool leads; /* the words behind the number at hand are those of the next */
	bool of_all; /* the clause at hand names the scope of the report: 全市 */
	bool this_year; /* the sentence has named the year of the report behind what governs the figure */
	bool narrowed; /* what was counted before in the sentence was of other things than disclosure, too */
	bool sum; /* the last figure counts all of what the sentence takes apart */
	struct said said[MOST_SAID]; /* the last ones, of the same sentence */
	size_t nsaid;
	struct said fresh[MOST_FRESH]; /* of those of this page whose clause names the year, or 累计 (of_all), the first */
	size_t nfresh;
	struct span sentence; /* the first words that govern the last figure, or it itself */
	enum scope stated;    /* the scope stated last in it */
	bool several;         /* and another was before */
	bool whole;           /* a figure of it is of all that the report is of */
	bool goes_on;         /* it is about what the one before counted: 上述申请中 */
	bool one_body;        /* it is of one body, named in it */
	struct governing governing[MOST_CONTEXTS]; /* of the last figure, by their places: they govern the next as well */
	struct ranks ranks;   /* of the line */
	struct loose loose[MOST_LOOSE]; /* the last ones of the page */
	size_t nloose;
	uint32_t sentences;   /* of the page, to this one */
	struct loose given[MOST_GIVEN]; /* what the page counts with words on disclosure, one of a family */
	size_t ngiven;
	uint32_t rest; /* the sentence that counts the rest of such a family */
	bool ordinary;        /* the sentence is of what the body does for others, not of its disclosure */
	struct span heading;  /* of the part of the report at hand; a line of the page */
	bool ahead;           /* what is said is to be done */
	bool related;         /* what is said is no more of the report, up to its next part */
	struct flat flat;     /* cells that are no sentence */
};

/* The first bytes of a clause. */
static inline struct span
prose_upto(struct span clause, size_t at)
{
	return (struct span){clause.p, at};
}

/* The own words of the next figure, before its number, if it is on the same line; else empty. */
struct span prose_next_words(const struct page *page, uint32_t at);

/* prose_ahead.c */

/* A line of text, or a sentence of it: p->ahead, if it begins with a word for what is to be done. */
void prose_look_ahead(struct prose *p, struct span line, int year);

/* A line of text: p->related, if it is the heading of what stands beside a report on its page (相关阅读, 网友评论). */
void prose_look_related(struct prose *p, struct span line);

/* Whether a clause that governs the last says that it is to be done: 力争主动公开信息│举办培训班【3期】. */
bool prose_is_hoped(struct prose *p, const struct span *part, size_t nparts);

/* prose_clause.c */

/* Memory of fixed size for the clauses of these phrases, for recall_free. */
struct recall *prose_clauses_new(const struct phrases *phrases);

/* Finds the phrases that may stand in the clause: p->clause->may. */
void prose_gather(struct prose *p, struct span clause);

/* True if the pattern is found in the clause gathered last; *at (may be NULL) is where. */
bool prose_has(struct prose *p, struct pattern *pattern, struct span clause, size_t *at);

/* True if a reading's words were met in the clause gathered last, and its pattern is found in it; *at is where. */
bool prose_reads(struct prose *p, enum reading r, struct span clause, size_t *at);

/* The same, of any clause. */
bool prose_reads_in(struct prose *p, enum reading r, struct span clause);

size_t prose_split(struct span text, struct span part[MOST_CONTEXTS]);

/* The text up to the end of one of its clauses. */
struct span prose_through(struct span text, struct span clause);

/* The text without what stands in brackets, unless that is where the number is. */
struct span prose_without_brackets(struct prose *p, struct span text);

/* The clause's own words, without what marks their place; true if nothing is left that names anything. */
bool prose_names_nothing(const struct prose *p, struct span clause);

/* A clause as the subject of another: without its number, what it grew by or its share, and then a 【. */
struct span prose_subject(struct prose *p, struct span clause);

/* Whether the clause at a place before the last, which governs those behind it, reads so. */
bool prose_governs(struct prose *p, const struct span *part, size_t place, enum reading r);

/* prose_count.c */

/* The row and column the phrase names, as the page's form has them, or any form does. */
struct meaning prose_meaning(const struct prose *p, const struct phrase *ph, uint16_t form);

/* prose_recall.c */

/* Memory of fixed size, for recall_free. */
struct recall *prose_recall_new(void);

/* What this text, or its own clause, was found to count when it came before: as prose_meanings.  0: not known. */
size_t prose_recall(struct prose *p, struct span text, struct span own, const struct asked *asked,
	struct meaning meaning[MOST_MEANINGS]);

/* Keeps what the text that was asked for last counts, if p->looked says that it hangs on no more. */
void prose_keep(struct prose *p, const struct meaning *meaning, size_t n);

/* prose_period.c */

/* True if it is right before its number (2013年【54件】, 由2021年的【71%】) and ends no span of years. */
bool prose_own_year(const struct prose *p, struct span clause);

/* The period a clause states; *stated is set if it says anything of it, also that it is the report's. */
uint16_t prose_period(struct prose *p, struct span clause, int year, struct facts *out, bool *stated);

/* Whether the year stands in the clause, before its number. */
bool prose_names_year(const struct prose *p, struct span clause, int year);

/*
 * Whether a growth is measured against the year before the one it is for, the period or else the year, or names none:
 * 较2010年增长 is no growth of 2014.
 */
bool prose_grew_within(const struct prose *p, struct span clause, struct span period, int year);

/* The year that the sentence compares with; 0 if it names none. */
uint16_t prose_period_against(struct prose *p, struct span text, int year, struct facts *out);

/* prose_cut.c */

/* Item `at` is the next line of text. */
void prose_cut_line(struct prose *p, const struct page *page, size_t at);

/* Whether the figure's clause in the line at hand, or the first that governs it, may have been cut, or its text is damaged. */
bool prose_is_cut(const struct prose *p, struct span text, const struct span *part, size_t nparts);

/* The semicolon or bracket that ends what stands before the clause in the line at hand: that is over; 0 if none does. */
char prose_is_apart(const struct prose *p, struct span own);

/* prose_whose.c */

/* A line of text: p->heading, if it is one. */
void prose_look_heading(struct prose *p, struct span line);

/* The figures of another line follow. */
void prose_whose_line(struct prose *p);

/* Whether the figure is of what the body does for others: 办理行政复议案件│维持【20件】, 受理登记申请│网上申请【3126件】. */
bool prose_is_ordinary(struct prose *p, const struct span *part, size_t nparts, bool begins, struct span value,
	const struct meaning *meaning);

/* Whether it is said of the government, by a body that is none: 县政府主动公开信息9120条 in the report of a bureau. */
bool prose_is_foreign(struct prose *p, const struct span *part, size_t nparts);

/*
 * 县政府收到19件，县级部门收到88件: the 19 are not the county's, nor are they where they come last.  Asked before the
 * figure's fact is added; `other`: it is of another scope than the report, or of one body by name.  False if it is so.
 */
bool prose_settle_ranks(struct prose *p, const struct meaning *meaning, const struct span *part, size_t nparts,
	struct span unit, bool other, struct facts *out);

/*
 * A figure was added: 办理复议案件26件。因信息公开被复议2件: what the page says of a kind with words on disclosure is what it
 * reports, the rest of that kind is of other things.  False if the figure is of the rest.
 */
bool prose_settle_given(struct prose *p, const struct fact *fact, struct span text, struct span own, struct span value,
	uint32_t at, struct facts *out);

/* review of review.total */
struct span prose_family(const struct form_row *row);

/* prose_sentence.c */

/* True if the figure is the first of its sentence: nothing governs it but the sentence before. */
bool prose_begins_sentence(const struct prose *p, const struct span *part, size_t nparts);

/* True if the sentence says it of one body by name: 县国土局收到申请12件. */
bool prose_of_one_body(struct prose *p, const struct span *part, size_t nparts, bool begins);

/*
 * The scope the clause states itself, or one of those that govern it.  One that states none behind another
 * scope in the same sentence may be of either: unclear.  begins: the figure begins its sentence.
 */
enum scope prose_scope(struct prose *p, const struct span *part, size_t nparts, bool begins, enum scope report);

/*
 * Two figures of one sentence that count the same: one of them is that of several years (累计9000条，其中新增
 * 800条), or the later is a part of the earlier and counts something else.  False if it does.
 */
bool prose_settle_same(struct prose *p, struct fact *fact, struct span own, struct span value, uint32_t at,
	struct facts *out);

/* What stands before the figure's own clause. */
struct span prose_governing(struct span text, struct span own);

/* 累计受理80件，其中2017年受理9件，答复8件: that is of 2017, too, but 答复78件 is not. */
bool prose_is_opened(const struct prose *p, const struct item *item, struct span own, const struct facts *out,
	uint16_t *period);

/*
 * 收到52件，含上年结转2件: the figure before `fact`, the one at `at`, counts what was carried over too, so it
 * is none of what came in anew and loses its meaning.
 */
void prose_settle_within(struct prose *p, const struct fact *fact, struct span own, uint32_t at,
	struct facts *out);

/*
 * A figure that is not known says something of those before it: 累计发布9000条，2017年发布800条, the former is of several
 * years; 受理复议31件，其中因政府信息公开引起的2件, the former is of other things, too.
 */
void prose_settle_unread(struct prose *p, struct span own, struct facts *out);

#endif
