#include "forms.h"

#include "tap.h"

int
main(void)
{
	struct forms *f = forms_load(NULL);
	const struct form_row *row;
	const struct form_column *column;
	size_t found = 0;

	ok(f != NULL, "the built-in tables load");
	if (!f)
		return done_testing();
	row = forms_row(f, SPAN("2014"), SPAN("requests.fees"));
	ok(row && span_eq(row->unit, SPAN("万元")) && row->type == ROW_TOTAL && row->order == 54,
		"a row is found by form and indicator");
	ok(!forms_row(f, SPAN("2021"), SPAN("requests.fees")), "but not in a form without it");
	ok(forms_any_row(f, SPAN("requests.fees")) == row, "any form's row is the first one's");
	column = forms_column(f, SPAN("2019"), SPAN("licensing"), SPAN("prev_items"));
	row = forms_row(f, SPAN("2019"), SPAN("licensing.permits"));
	ok(column && row && span_eq(forms_unit(row, column), SPAN("项")), "by_column: the column's unit");
	ok(row && forms_unit(row, NULL).n == 0, "by_column without a column: none");
	column = forms_column(f, SPAN("2019"), SPAN("procurement"), SPAN("amount"));
	row = forms_row(f, SPAN("2019"), SPAN("procurement.centralised"));
	ok(column && row && forms_unit(row, column).n == 0, "a unit the form leaves open is empty");
	for (size_t i = 0; i < f->nrows; i++)
		found += forms_row(f, f->row[i].form, f->row[i].indicator) == &f->row[i];
	ok(found == f->nrows, "all %zu rows are found again", f->nrows);
	found = 0;
	for (size_t i = 0; i < f->ncolumns; i++)
		found += forms_column(f, f->column[i].form, f->column[i].table, f->column[i].column) ==
		         &f->column[i];
	ok(found == f->ncolumns, "all %zu columns are found again", f->ncolumns);
	forms_free(f);
	return done_testing();
}
