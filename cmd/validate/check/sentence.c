#include "sentence.h"

#include <stdlib.h>

#include "diag.h"
#include "evaluator.h"
#include "table.h"
#include "utf8.h"
#include "words.h"

TABLE_DECLARE(forms_sentences);

/* A sentence is no longer than this many figures: what looks around looks no further. */
enum { REACH = 64 };

enum item_kind { ITEM_COUNT, ITEM_PERCENT, ITEM_GROWTH };

bool
sentences_load(struct sentences *s, const char *dir)
{
	static const char *const roles[] = {"opens", "closes", "share", "ends", "growth"};

	s->words = table_load_keyed(TABLE_SOURCE(forms, sentences), dir, "word");
	if (!s->words)
		return false;
	s->word = table_column(s->words, "word");
	s->role = table_column(s->words, "role");
	s->bits = xcalloc(s->words->nrows + 1, sizeof *s->bits);
	s->next = xcalloc(s->words->nrows + 1, sizeof *s->next);
	s->first = xcalloc(UTF8_LETTERS, sizeof *s->first);
	for (size_t i = 0; i < s->words->nrows; i++) {
		struct span role = table_cell(s->words, i, s->role), word = table_cell(s->words, i, s->word);

		for (size_t k = 0; k < sizeof roles / sizeof *roles; k++)
			if (span_eq(role, span_str(roles[k])))
				s->bits[i] = (uint8_t)(1 << k);
		if (!s->bits[i] || word.n < 3 || ((unsigned char)word.p[0] & 0xf0) != 0xe0 || i >= UINT16_MAX) {
			warn("%s:%zu: '%.*s' is no Chinese word or '%.*s' no role of one", s->words->path,
				s->words->line[i], SPAN_ARG(word), SPAN_ARG(role));
			return false;
		}
		s->next[i] = s->first[utf8_letter(word.p)];
		s->first[utf8_letter(word.p)] = (uint16_t)(i + 1);
	}
	return true;
}

void
sentences_release(struct sentences *s)
{
	table_free(s->words);
	free(s->bits);
	free(s->next);
	free(s->first);
	free(s->item);
	free(s->list);
}

/* Reading */

static uint8_t
words_in(const struct sentences *s, struct span label)
{
	uint8_t words = 0;

	for (size_t at = 0; at + 3 <= label.n;) {
		if (((unsigned char)label.p[at] & 0xf0) != 0xe0) {
			at++;
			continue;
		}
		for (uint16_t w = s->first[utf8_letter(label.p + at)]; w; w = s->next[w - 1])
			if (span_starts(span_of(label.p + at, label.n - at), table_cell(s->words, w - 1u, s->word)))
				words |= s->bits[w - 1];
		at += 3;
	}
	return words;
}

static void
read_items(struct evaluator *e)
{
	struct sentences *s = &e->sentences;
	struct body *b = e->body;
	const struct report *r = e->now.report;

	s->nitems = 0;
	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t at = b->order[r->first + i];
		const struct fact *f = &b->fact[at];
		struct sentence_item item = {.fact = at}, *last = s->nitems ? &s->item[s->nitems - 1] : NULL;
		const struct prose_fact *prose;
		struct span label;
		bool percent;

		if (f->origin != ORIGIN_PROSE || !fact_is_number(f) || (f->flags & FACT_PERIOD))
			continue;
		item.value = f->value;
		prose = &b->prose[f->prose];
		item.line = prose->line;
		item.unit = prose->unit;
		percent = f->rate != RATE_NONE || prose->percent;
		label = prose->nlabel == SIZE_MAX ? body_field(b, f, COL_LABEL)
						  : span_of(b->text.p + prose->label, prose->nlabel);
		item.label = (uint32_t)span_hash(label);
		item.words = words_in(s, label);
		item.kind = !percent ? ITEM_COUNT
			    : f->rate == RATE_GROWTH || (f->rate == RATE_NONE && (item.words & WORD_GROWTH)) ? ITEM_GROWTH
										: ITEM_PERCENT;
		/* One figure may have several meanings, each a fact. */
		if (last && last->line == item.line && last->unit == item.unit &&
			decimal_cmp(last->value, item.value) == 0 &&
			last->label == item.label)
			continue;
		s->item = grow(s->item, s->nitems, &s->items_cap, sizeof *s->item);
		s->item[s->nitems++] = item;
	}
}

/* The whole that a list beginning at `first` divides: the count of its unit before it; UINT32_MAX: none. */
static uint32_t
whole_of(const struct sentences *s, uint32_t first)
{
	for (uint32_t i = first; i-- > 0 && first - i <= REACH && s->item[i].line == s->item[first].line;)
		if (s->item[i].kind == ITEM_COUNT && s->item[i].unit == s->item[first].unit)
			return i;
	return UINT32_MAX;
}

/* Takes parts from `first` on, until one cannot be a part or the whole is reached or passed. */
static struct sentence_list
take_parts(const struct sentences *s, uint32_t whole, uint32_t first)
{
	struct sentence_list list = {.whole = whole, .first = first, .closed = true};
	struct decimal_sum all = DECIMAL_SUM_ZERO;
	uint32_t i, shares = 0;

	decimal_sum_add(&all, s->item[whole].value);
	for (i = first; i < s->nitems && i - first < REACH && s->item[i].line == s->item[first].line; i++) {
		const struct sentence_item *item = &s->item[i];

		if (item->kind != ITEM_COUNT) {
			shares += item->kind == ITEM_PERCENT && (item->words & WORD_SHARE);
			continue;
		}
		if (item->unit != s->item[whole].unit || decimal_cmp(item->value, s->item[whole].value) > 0 ||
			item->value.digits < 0 || decimal_sum_cmp(list.sum, all) >= 0)
			break;
		if (i > first && (item->words & (WORD_ENDS | WORD_OPENS)))
			break;
		decimal_sum_add(&list.sum, item->value);
		list.parts++;
	}
	list.end = i;
	list.closed = list.parts > 1 &&
		      (((s->item[first].words | s->item[whole].words) & WORD_CLOSES) || shares >= list.parts);
	return list;
}

static void
read_lists(struct sentences *s)
{
	uint32_t taken = 0;

	s->nlists = 0;
	for (uint32_t i = 0; i < s->nitems; i++) {
		bool told = s->item[i].words & WORD_OPENS;
		uint32_t whole;
		struct sentence_list list;
		struct decimal_sum all = DECIMAL_SUM_ZERO;

		if (s->item[i].kind != ITEM_COUNT)
			continue;
		if (!told && i < taken)
			continue;
		whole = whole_of(s, i);
		if (whole == UINT32_MAX)
			continue;
		list = take_parts(s, whole, i);
		decimal_sum_add(&all, s->item[whole].value);
		if (list.parts == 0 || all.units == 0 ||
			(!told && !list.closed && (list.parts < 2 || decimal_sum_cmp(list.sum, all))))
			continue;
		s->list = grow(s->list, s->nlists, &s->lists_cap, sizeof *s->list);
		s->list[s->nlists++] = list;
		taken = list.end;
	}
}

/* Evaluating */

struct values {
	bool known[PARTS];
	struct decimal value[PARTS];
	struct decimal_sum sum; /* PART_SUM, which may have more digits */
};

/* The growth that follows a count, before the next count. */
static const struct sentence_item *
growth_after(const struct sentences *s, uint32_t count)
{
	for (uint32_t i = count + 1; i < s->nitems && i - count <= REACH && s->item[i].kind != ITEM_COUNT; i++)
		if (s->item[i].kind == ITEM_GROWTH && s->item[i].line == s->item[count].line)
			return &s->item[i];
	return NULL;
}

static bool
list_growth(const struct sentences *s, const struct sentence_list *list, struct values *v)
{
	const struct sentence_item *whole = growth_after(s, list->whole), *part;
	bool any = false;

	if (!whole || list->parts < 2)
		return false;
	for (uint32_t i = list->first; i < list->end; i++) {
		if (s->item[i].kind != ITEM_COUNT)
			continue;
		part = growth_after(s, i);
		if (!part)
			return false;
		if (!any || decimal_cmp(part->value, v->value[PART_MIN_GROWTH]) < 0)
			v->value[PART_MIN_GROWTH] = part->value;
		if (!any || decimal_cmp(part->value, v->value[PART_MAX_GROWTH]) > 0)
			v->value[PART_MAX_GROWTH] = part->value;
		any = true;
	}
	v->value[PART_GROWTH] = whole->value;
	v->known[PART_GROWTH] = v->known[PART_MIN_GROWTH] = v->known[PART_MAX_GROWTH] = any;
	return any;
}

/*
 * A printed percentage says part of whole, rounded at its last place; one unit of that more or less is
 * let pass, for shares are often made to add up to a hundred.
 */
static bool
share_fits(struct decimal percent, struct decimal part, struct decimal whole)
{
	struct decimal printed, exact;
	struct decimal unit = {1, percent.scale};

	if (whole.digits <= 0 || !decimal_mul_int(part, 100, &exact) ||
		!decimal_div(exact, whole, percent.scale, &exact) || !decimal_sub(percent, exact, &printed))
		return false;
	if (printed.digits < 0)
		printed.digits = -printed.digits;
	return decimal_cmp(printed, unit) <= 0;
}

static struct broken *
say(struct evaluator *e, uint32_t rule, uint32_t fact, struct decimal_sum left,
	struct decimal_sum right)
{
	struct broken *b = evaluator_break(e, rule, fact);

	b->left = left;
	b->right = right;
	b->left_known = b->right_known = true;
	return b;
}

/* The last words of a clause, which name the figure. */
static struct span
label_of(const struct evaluator *e, uint32_t item)
{
	struct span label = body_field(e->body, &e->body->fact[e->sentences.item[item].fact], COL_LABEL);
	size_t comma;

	while (label.n > 60 && (comma = span_find(label, SPAN("，"))) < label.n) {
		label.p += comma + strlen("，");
		label.n -= comma + strlen("，");
	}
	return label;
}

static void
close_fact(struct evaluator *e, uint32_t item)
{
	e->body->fact[e->sentences.item[item].fact].flags |= FACT_CLOSES;
}

static void
close_list(struct evaluator *e, const struct sentence_list *list)
{
	close_fact(e, list->whole);
	for (uint32_t i = list->first; i < list->end; i++)
		if (e->sentences.item[i].kind == ITEM_COUNT)
			close_fact(e, i);
}

static struct decimal_sum
sum_of(struct decimal d)
{
	struct decimal_sum sum = DECIMAL_SUM_ZERO;

	decimal_sum_add(&sum, d);
	return sum;
}

/* whole = sum of parts, or in a list that need not be complete: at least the sum. */
static void
check_sum(struct evaluator *e, uint32_t rule, const struct sentence_list *list)
{
	const struct sentences *s = &e->sentences;
	struct decimal_sum whole = sum_of(s->item[list->whole].value);
	int c = decimal_sum_cmp(whole, list->sum);
	const struct body *b = e->body;
	bool about = b->fact[s->item[list->whole].fact].state == STATE_ABOUT;
	struct broken *broken;
	size_t from;
	uint32_t shown = 0;

	for (uint32_t i = list->first; i < list->end; i++)
		about |= b->fact[s->item[i].fact].state == STATE_ABOUT;
	if (c == 0) {
		close_list(e, list);
		e->held++;
		return;
	}
	/* One part alone above its whole is hardly a part. */
	if (about || list->parts < 2 || (c > 0 && !list->closed)) {
		e->open += about;
		e->held += !about;
		return;
	}
	from = e->notes.n;
	broken = say(e, rule, s->item[list->whole].fact, whole, list->sum);
	broken->items = list->first;
	broken->items_end = list->end;
	buf_add_span(&e->notes, label_of(e, list->whole));
	buf_add_str(&e->notes, words_message(e, "; its parts: "));
	for (uint32_t i = list->first; i < list->end; i++)
		if (s->item[i].kind == ITEM_COUNT) {
			if (shown++)
				buf_add_str(&e->notes, " + ");
			decimal_sum_format(sum_of(s->item[i].value), &e->notes);
		}
	buf_add_str(&e->notes, " = ");
	decimal_sum_format(list->sum, &e->notes);
	evaluator_say(e, broken, from);
}

static void
check_growth(struct evaluator *e, uint32_t rule, const struct sentence_list *list,
	const struct bound_relation *r)
{
	const struct sentences *s = &e->sentences;
	struct values v = {.known = {false}};
	uint32_t left = e->rules->term[r->left].id, right = e->rules->term[r->right].id;
	struct broken *broken;
	size_t from;

	if (decimal_sum_cmp(sum_of(s->item[list->whole].value), list->sum) || !list_growth(s, list, &v) ||
		!v.known[left] || !v.known[right]) {
		e->open++;
		return;
	}
	if (decimal_cmp(v.value[left], v.value[right]) <= 0) {
		e->held++;
		return;
	}
	from = e->notes.n;
	broken = say(e, rule, growth_after(s, list->whole)->fact, sum_of(v.value[left]),
		sum_of(v.value[right]));
	buf_add_span(&e->notes, label_of(e, list->whole));
	buf_add_str(&e->notes, words_message(e, "; the whole grew by "));
	decimal_sum_format(sum_of(v.value[PART_GROWTH]), &e->notes);
	buf_add_str(&e->notes, words_message(e, "%, its parts by "));
	decimal_sum_format(sum_of(v.value[PART_MIN_GROWTH]), &e->notes);
	buf_add_str(&e->notes, "%");
	buf_add_str(&e->notes, words_message(e, " to "));
	decimal_sum_format(sum_of(v.value[PART_MAX_GROWTH]), &e->notes);
	buf_add_str(&e->notes, "%");
	evaluator_say(e, broken, from);
}

/* The last list that has the item for a part: lists stand in the order of their first parts. */
static const struct sentence_list *
list_with(const struct sentences *s, uint32_t part)
{
	size_t low = 0, high = s->nlists;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (s->list[middle].first <= part)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && part < s->list[low - 1].end ? &s->list[low - 1] : NULL;
}

static void
check_share(struct evaluator *e, uint32_t rule, uint32_t at)
{
	const struct sentences *s = &e->sentences;
	const struct sentence_item *percent = &s->item[at];
	const struct sentence_list *list;
	uint32_t part = at;
	struct decimal exact;
	struct broken *broken;
	size_t from;

	while (part > 0 && at - part < REACH && s->item[part].kind != ITEM_COUNT)
		part--;
	if (s->item[part].kind != ITEM_COUNT || s->item[part].line != percent->line) {
		e->open++;
		return;
	}
	/* Of whatever on the way to it the share may be, it says so rightly. */
	for (uint32_t i = part; i-- > 0 && part - i <= REACH && s->item[i].line == percent->line;)
		if (s->item[i].kind == ITEM_COUNT && s->item[i].unit == s->item[part].unit &&
			share_fits(percent->value, s->item[part].value, s->item[i].value)) {
			e->held++;
			close_fact(e, at);
			return;
		}
	list = list_with(s, part);
	if (!list || e->body->fact[percent->fact].state == STATE_ABOUT ||
		!decimal_mul_int(s->item[part].value, 100, &exact) ||
		!decimal_div(exact, s->item[list->whole].value, percent->value.scale, &exact)) {
		e->open++;
		return;
	}
	from = e->notes.n;
	broken = say(e, rule, percent->fact, sum_of(percent->value), sum_of(exact));
	buf_printf(&e->notes, words_message(e, "%.*s, "), SPAN_ARG(label_of(e, part)));
	buf_add_span(&e->notes, label_of(e, at));
	buf_add_str(&e->notes, words_message(e, "; of "));
	decimal_sum_format(sum_of(s->item[list->whole].value), &e->notes);
	buf_add_str(&e->notes, words_message(e, " it is "));
	decimal_sum_format(sum_of(exact), &e->notes);
	buf_add_str(&e->notes, "%");
	evaluator_say(e, broken, from);
}

void
sentence_check(struct evaluator *e, uint32_t rule, const struct instance *instance)
{
	struct sentences *s = &e->sentences;
	const struct bound_relation *r = &e->rules->relation[instance->relation];
	uint32_t left = e->rules->term[r->left].id;

	if (s->read_for != e->now.report) {
		read_items(e);
		read_lists(s);
		s->read_for = e->now.report;
	}
	if (left == PART_PERCENT) {
		for (uint32_t i = 0; i < s->nitems; i++)
			if (s->item[i].kind == ITEM_PERCENT && (s->item[i].words & WORD_SHARE))
				check_share(e, rule, i);
	} else if (left == PART_WHOLE) {
		for (size_t i = 0; i < s->nlists; i++)
			check_sum(e, rule, &s->list[i]);
	} else {
		for (size_t i = 0; i < s->nlists; i++)
			check_growth(e, rule, &s->list[i], r);
	}
}
