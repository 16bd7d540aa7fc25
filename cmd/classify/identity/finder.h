/*
 * finder: what the files of identity share: the lines read of a page, the bodies they name, and
 * what was gathered so far.
 */
#ifndef FINDER_H
#define FINDER_H

#include "body.h"
#include "buf.h"
#include "evidence.h"
#include "identity.h"
#include "lexicon.h"
#include "mention.h"
#include "meta.h"
#include "place.h"
#include "recall.h"
#include "year.h"

/* The longest heading, in bytes, the longest value behind a label and name, and a menu's line. */
enum { LINK_BYTES = 60, HEADING_BYTES = 240, VALUE_BYTES = 180, NAME_BYTES = 150 };

enum line_kind {
	LINE_TITLE,
	LINE_ARTICLE,
	LINE_SITE,
	LINE_SOURCE,
	LINE_COLUMN,
	LINE_TEXT,
	LINE_CELL,
	LINE_FOOT
};

struct line {
	enum line_kind kind;
	size_t item, last; /* the last item it was joined of, else the same */
	struct span text;
	bool sentence;  /* it holds a full stop */
	uint32_t roles; /* of its words, a bit each */
	size_t first_hit, nhits, first_mention, nmentions;
	bool listed; /* the title of another report, in a list of links */
	bool titled; /* of a page of text, one of the lines that are its title */
	bool other;  /* it stands in another report than the page's own */
};

/* The ways in which a page names who reports. */
enum naming {
	FROM_TITLE,
	FROM_SENTENCE,
	FROM_FILING,
	FROM_PUBLISHER,
	FROM_AUTHOR,
	FROM_SIGNATURE,
	FROM_OPENING,
	FROM_COMPILER,
	FROM_PATH, /* 首页 > 县直部门 > 财政局 */
	FROM_CONTACT,
	FROM_PORTAL, /* a publisher that is a site: 某县人民政府网 */
	FROM_HEAD,
	FROM_SITE,
	NAMINGS
};

struct subject {
	bool found;
	struct span text;  /* the body's name, with the places it begins with */
	struct span own;   /* from the last of those on */
	struct span place; /* the places at its beginning; empty if none */
	struct span rest;  /* what follows them */
	bool placed;       /* it names a place: */
	struct mention mention;
	struct span type; /* 市 of 市教育局: a place by its kind only */
	enum body_kind kind;
	bool known;  /* kind is of the table or of the place alone */
	bool nation; /* 海关总署: it names no place, and is of the nation */
};

/* The years a page names, by what names them; 0: nothing does.  The arrays have a place for each year. */
struct report_years {
	int title, period, caption, signature;
	int sentence; /* one that names the report */
	int votes[YEAR_LAST - YEAR_FIRST + 1];
	int said[YEAR_LAST - YEAR_FIRST + 1];  /* how much the text speaks of it */
	bool told[YEAR_LAST - YEAR_FIRST + 1]; /* a sentence tells of it, beyond the report's name */
};

struct identity_finder {
	struct lexicon *lexicon;
	struct bodies *bodies;
	struct evidence *evidence;
	struct meta_names metas;
	bool explain;
	struct name_hits hits, *clause; /* `clause` is room for a text that is scanned apart */
	struct recall *scanned; /* the words of short texts: menus and labels come again on each page */
	struct mentions mentions;
	struct line *line;
	size_t nlines, lines_cap;
	struct subject subject[NAMINGS];
	struct place place;
	const struct region *row; /* the place decided on; NULL: none */
	struct span named;        /* what the body is called in it: 教育局; empty for a government and its office */
	int year;                 /* reported on */
	bool html;         /* the page is in HTML: its title is not a line of it */
	struct buf *plain; /* texts in simplified form, of lines that were not */
	size_t nplain, plain_ready, plain_cap;
	struct page_part *part;
	size_t nparts, parts_cap;
	struct buf title, body, published, filing, publisher, candidates, why;
	bool masthead;               /* the title's subject is a government's name beside it */
	bool township;               /* a township or street reports */
	bool departments, towns, counties; /* it stands in a column of such bodies' reports */
	size_t self[TYPES_MAX], own; /* how often 我省, 全市 … and 我局 … are said */
	size_t ours;                 /* of the first, 我省, 本市 …: not 全市 */
	size_t ours_body;            /* of the others, 我局: not 本部门, which forms say */
	size_t own_kind[BODY_KINDS]; /* of the others, by kind; 我单位 has none */
	struct report_years years;
};

static inline bool
contains(struct span text, const char *word)
{
	return span_find(text, span_str(word)) < text.n;
}

static inline bool
contains_span(struct span text, struct span part)
{
	return span_find(text, part) < text.n;
}

static inline const struct name_hit *
hit_of(const struct identity_finder *f, const struct line *line, size_t i)
{
	return &f->hits.v[line->first_hit + i];
}

static inline const struct mention *
mention_of(const struct identity_finder *f, const struct line *line, size_t i)
{
	return &f->mentions.v[line->first_mention + i];
}

static inline bool
is_role(const struct identity_finder *f, const struct name_hit *hit, enum word_role role)
{
	return (lexicon_word(f->lexicon, hit)->roles & 1u << role) != 0;
}

static inline bool
has_role(const struct line *line, enum word_role role)
{
	return (line->roles & 1u << role) != 0;
}

/* True if a title in the line, or on the next, is another page's. */
static inline bool
is_link(const struct line *line)
{
	return has_role(line, ROLE_LINK) || has_role(line, ROLE_RELATED);
}

/* True if the line says whose site it is: not a long one, in which 主办 is a word like others. */
static inline bool
is_site_line(const struct line *line)
{
	return line->kind == LINE_SITE ||
	       (has_role(line, ROLE_FOOTER) && line->text.n <= HEADING_BYTES);
}

/* lines.c: the pieces of the page that are read, with the words and places found in them. */

/* The bytes of the one of n marks of three bytes that stands at i, or 0. */
static inline size_t
lines_wide_mark(struct span text, size_t i, const char *const *wide, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (span_at(text, i, span_of(wide[k], 3)))
			return 3;
	return 0;
}

/* Behind the blanks and the punctuation that part a name from what stands round it. */
size_t lines_skip_marks(struct span text, size_t i);

/* The text without such marks at both ends, and without brackets that open or close nothing. */
struct span lines_trim(struct span text);

/* Room for the words of texts that were scanned before. */
struct recall *lines_recall(void);

/* True if the word is no more than part of a place's name in the line: 全州 of 全州县. */
bool lines_in_place(const struct identity_finder *f, const struct line *line, const struct name_hit *hit);

/* Adds a line; what is too long or too much for any page is left out. */
void lines_add(struct identity_finder *f, enum line_kind kind, size_t item, struct span text);

/* How much the finder held before a line that is read alone, and goes again. */
struct held {
	size_t hits, mentions, rows, lines, plain;
	struct line first;
};

/* Reads a line as lines_add does, apart from those of the page; lines_drop forgets it. */
struct held lines_hold(struct identity_finder *f, size_t item, struct span text, struct line *line);
void lines_drop(struct identity_finder *f, struct held before);

/* Text of pieces that say what this is, by their place on the page. */
void lines_read(struct identity_finder *f, const struct page *page);

/* What stands behind a label: the rest of its piece up to another label, or the piece that follows.
 */
struct span lines_label_value(const struct identity_finder *f, const struct page *page,
	const struct line *line, size_t hit);

/* The date in the text as YYYY-MM-DD into `out`, which is emptied; false if there is no whole date.
 */
bool lines_date(const struct identity_finder *f, struct span text, struct buf *out);

/* The text in simplified form without comma and quote, in place of what `out` held. */
void lines_copy(struct identity_finder *f, struct buf *out, struct span text);

/* clues.c: what the page says of where it is, for place. */

/* The region code that a number begins with. */
void clues_code(
	struct identity_finder *f, enum clue_kind kind, struct span digits, struct weights weights);

/* Every host under .gov.cn that the text names; `own`: it is the page's own address. */
void clues_hosts(struct identity_finder *f, struct span text, bool own);

/* The clues that stand behind labels, and those of filing numbers. */
void clues_read(struct identity_finder *f, const struct line *line);

/* The k-th row of a mention as a candidate. */
void clues_candidate(const struct identity_finder *f, struct place *p, const struct mention *m,
	size_t k, int year, bool named);

/* Names as clues: whose site it is, an address, what the candidates lie in. */
void clues_mentions(struct identity_finder *f, int year);

/* subject.c: names of bodies. */

/* Reads a name of a body that stands in the line; nothing is set if there is none in it. */
void subject_read(const struct identity_finder *f, const struct line *line, struct span part,
	bool heading, struct subject *s);

/* Reads a line that is a name.  The office that does no more than a body's work on disclosure is that
 * body: 某县政府信息公开办公室. */
void subject_of_desk(const struct identity_finder *f, const struct line *line, struct subject *s);

/* Without that office, if it ends the part of the line and a body is left. */
struct span subject_without_desk(const struct identity_finder *f, const struct line *line, struct span part);

/* A value that is a piece of its own has its line somewhere; else it is read as a line now. */
void subject_of_value(struct identity_finder *f, struct span value, size_t item, struct subject *s);

/* True if it is the government of a zone without a code of its own, or that one's office: 松岭区人民政府.
 * The zone's row is that of the division it lies in, whose report it is not. */
bool subject_of_zone(const struct identity_finder *f, const struct subject *s);

/* A zone that became a division of its name (天津滨海新区) is that division in a report for a later
 * year. */
void subject_in_year(struct identity_finder *f, struct subject *s, int year);

/* subject_said.c: where a line says who reports, wrote the report, or is asked about it. */

/*
 * The first disclosure word at or behind the offset that a report word follows closely.  Where none
 * does, *report is NULL and the last disclosure word is given; NULL if the line has none.
 */
const struct name_hit *subject_report_words(const struct identity_finder *f,
	const struct line *line, size_t from, const struct name_hit **report);

/* Reads who reports out of "…2017年宝山区政府信息公开工作年度报告". */
void subject_heading(
	const struct identity_finder *f, const struct line *line, bool heading, struct subject *s);

/*
 * Reads of a title a body that stands elsewhere in it than before the words for disclosure: 某县2022年…年度报告(水利局).
 * `words` and `report` are what subject_report_words gave.  The subject is left as it is (nobody, or a government) if
 * there is none; else it is that body, of the place the title names.
 */
void subject_aside(const struct identity_finder *f, const struct line *line, const struct name_hit *words,
	const struct name_hit *report, struct subject *s);

/* As subject_aside, where the title was cut at its dashes, or the page has it with more behind it (<h1>). */
void subject_aside_lines(const struct identity_finder *f, size_t heading, struct subject *s);

/* Reads the body of which the name stands alone right below the title, with a date or without, or above it. */
void subject_byline(const struct identity_finder *f, size_t heading, struct subject *s);

/*
 * Reads who reports, and the year, out of a sentence that names the report: 现公布宝山区2017年政府信息
 * 公开工作年度报告.  Only what is surely a name is taken; cited documents are none.
 */
void subject_sentence(struct identity_finder *f, const struct line *line);

/* 2021年,宝山区教育局认真…: whose year is told. */
void subject_opening(struct identity_finder *f, const struct line *line);

/* 由…编制, …编制了: who wrote the report. */
void subject_compiler(struct identity_finder *f, const struct line *line);

/* 请与…联系: who is asked about the report. */
void subject_contact(struct identity_finder *f, const struct line *line);

/*
 * source.c: who publishes, by labels, and who signs.
 */

/* Reads who publishes out of a label's value; what says no more than 本站 or 办公室 is nobody. */
void source_publisher(struct identity_finder *f, struct span value, size_t item);

/* The same of a line that was read as such. */
void source_publisher_line(struct identity_finder *f, const struct line *line);

/* True if a label at the offset of the line stands among those of the page: not (责任单位:县水利局). */
bool source_is_byline(const struct line *line, size_t offset);

/* True if it ends as a body's name does, also where no place stands in it: 财政局, 株良镇; not 办公室, 各乡镇. */
bool source_is_bare(const struct identity_finder *f, const struct subject *s);

/* True if it is known, and no government and not its office, which may publish for any other. */
bool source_is_part(const struct identity_finder *f, const struct subject *s);

/* Reads who wrote it, a part of the whole only: persons, and whose site it is, are nobody here. */
void source_author(struct identity_finder *f, struct span value, size_t item);

/* Reads whose column the page stands in: 当前位置:首页>县直部门>财政局>年报, or a part of the page's title.
 * True if the line is no more than that. */
bool source_path(struct identity_finder *f, const struct line *line);

/* Reads the column's name as a meta element has it, unless a body is found by the path. */
void source_column(struct identity_finder *f, const struct line *line);

/* Unless it is somebody's name: 本站, 办公室, 新华网. */
void source_drop_vague(const struct identity_finder *f, struct subject *s);

/* True if it may publish its government's report: 行政审批局. */
bool source_may_keep(const struct identity_finder *f, const struct subject *s);

/* True if the subject only puts on the web what others report: 融媒体中心, 信息中心. */
bool source_is_keeper(const struct identity_finder *f, const struct subject *s);

/*
 * A body that stands alone on a line with a date below it, or behind it, signs the report.  Without its
 * place, 县财政局, it is a department's or a town's, and the date is written out: not one of a list.
 */
void source_signature(struct identity_finder *f, size_t index);

/* heading.c: which line is the report's own heading. */

/* True if the line can be the title of a report, with its year. */
bool heading_is_title(const struct identity_finder *f, const struct line *line, int *year);

/*
 * True unless the line is the title of a report and the sentences of the page speak of other years
 * only, and never of its place: a link to another body's report, above one that lost its heading.
 */
bool heading_is_of_page(const struct identity_finder *f, size_t i);

/* Marks the titles of other reports, which stand one below another or behind 下一篇. */
void heading_mark_links(struct identity_finder *f);

/* The line that is most like a heading; nlines if none is. */
size_t heading_find(struct identity_finder *f);

/* The body's name on a line of its own, beside a heading that has none. */
void heading_beside(struct identity_finder *f, size_t heading);

/* The year of a heading: 年度 first, then the first year that is no date. */
int heading_year(const struct identity_finder *f, struct span text);

/*
 * heading_join.c: a heading over several pieces, 2017年宝山区政府信息公开工作 / 年度报告, becomes one line in place of its
 * parts.  For each page once, before its lines are read.
 */
void heading_join(struct identity_finder *f);

/* document.c: NULL if the page is a report, whose heading is that line or none; else why it is none, a constant text. */
const char *document_why_none(struct identity_finder *f, const struct page *page, size_t heading);

/* parts.c: where other reports stand on the page, below the heading; marks the lines that do. */
void parts_find(struct identity_finder *f, const struct page *page, size_t heading);

/* report_year.c: which year is reported on. */

/* Years, periods and captions of a line of text. */
void report_year_read(struct identity_finder *f, const struct line *line);

/* The year, of all that were read, from YEAR_FIRST to YEAR_LAST; 0 if nothing says. */
int report_year_decide(struct identity_finder *f);

/* True if the title's year, which may be that of publication, was not over when the page came out. */
bool report_year_is_premature(const struct identity_finder *f);

/* reporter.c: who reports, of all who are named. */

/* The subject that says what kind of body reports; NULL if none does. */
const struct subject *reporter_find(struct identity_finder *f);

/*
 * True if all that speaks for a government is the site, and the page stands in the column of its
 * departments, towns or counties: which of them it is of is not said, but it is not the government's.
 */
bool reporter_is_in_column(const struct identity_finder *f, const struct subject *body);

/*
 * The kind of body a page is of that names none: of those its column holds, or of those it calls 我局
 * or 我县 the most.
 */
enum body_kind reporter_own_kind(const struct identity_finder *f);

/*
 * The body's name into `out`, in place of what it held: as the page writes it in full, with its place but without what
 * that lies in.
 */
void reporter_write(
	struct identity_finder *f, const struct subject *s, const struct region *row, struct buf *out);

/* region.c and scope.c. */

/* True unless the page speaks of itself as another kind of place than the mention can mean: 我县, beside 沧州市. */
bool region_may_be_self(const struct identity_finder *f, const struct mention *m);

/*
 * Resolves the region from the first subject that names a place, else from all else the page says.
 * `body` is who reports, or NULL; `kind` of what kind it is.  NULL with a region of out: the nation.
 */
const struct region *region_decide(struct identity_finder *f, int year, const struct subject *body,
	enum body_kind kind, struct identity *out);

/* Scope by the words of sentences that say what was compiled, for governments; else the body's
 * default. */
void scope_decide(struct identity_finder *f, size_t heading, struct identity *out);

#endif
