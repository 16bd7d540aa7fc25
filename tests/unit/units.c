#include "units.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tap.h"

/* The units of a table with these lines below its header; NULL if it is refused. */
static struct units *
units_of(const char *lines)
{
	char dir[] = "/tmp/xxgk-units-XXXXXX", path[64];
	struct units *units;
	FILE *f;

	if (!mkdtemp(dir))
		return NULL;
	snprintf(path, sizeof path, "%s/units.csv", dir);
	f = fopen(path, "w");
	if (!f)
		return NULL;
	fprintf(f, "unit,canonical,shift,power,kind,note\n%s", lines);
	fclose(f);
	units = units_load(dir);
	unlink(path);
	rmdir(dir);
	return units;
}

int
main(void)
{
	struct units *units = units_load(NULL), *own;

	ok(units != NULL, "the table linked in can be used");
	ok(units_kind(units, SPAN("件")) == UNIT_COUNT && units_kind(units, SPAN("单位")) == UNIT_COUNT, "what counts");
	ok(units_kind(units, SPAN("美元")) == UNIT_MONEY && units_kind(units, SPAN("‰")) == UNIT_RATE, "money and rates");
	ok(units_kind(units, SPAN("")) == UNIT_OTHER && units_kind(units, SPAN("收到")) == UNIT_OTHER, "what is no unit");
	ok(units_power(units, SPAN("元")) == 0 && units_power(units, SPAN("人民币")) == 0 &&
			units_power(units, SPAN("百元")) == 2 && units_power(units, SPAN("万元")) == 4 &&
			units_power(units, SPAN("亿元")) == 8,
		"money is so many yuan");
	ok(units_power(units, SPAN("件")) == UNITS_NO_POWER && units_power(units, SPAN("美元")) == UNITS_NO_POWER &&
			units_power(units, SPAN("")) == UNITS_NO_POWER,
		"what is not converted has no power");
	ok(span_eq(units_base(units), SPAN("元")), "the base is the yuan");
	ok(units_stands_alone(units, SPAN("件")) && units_stands_alone(units, SPAN("(万元)")), "a cell may state the unit");
	ok(!units_stands_alone(units, SPAN("单位")) && !units_stands_alone(units, SPAN("亿元")) &&
			!units_stands_alone(units, SPAN("美元")) && !units_stands_alone(units, SPAN("()")) &&
			!units_stands_alone(units, SPAN("")),
		"a word for who is counted, a multiple and foreign money do not");
	units_free(units);

	own = units_of("万镑,镑,4,,money,\n镑,镑,,0,money,\n");
	ok(own && units_power(own, SPAN("万镑")) == 4 && span_eq(units_base(own), SPAN("镑")),
		"a unit may stand before the one it is many of");
	units_free(own);
	own = units_of("");
	ok(own && units_kind(own, SPAN("件")) == UNIT_OTHER && units_base(own).n == 0, "a table without a row is one");
	units_free(own);
	ok(!units_of("件,件,,1,count,\n"), "a power of what is no money is refused");
	ok(!units_of("百元,元,2,2,money,\n"), "and of what stands for another unit");
	ok(!units_of("万元,万元,,x,money,\n") && !units_of("万元,元,100,,money,\n"), "and what is no number");
	return done_testing();
}
