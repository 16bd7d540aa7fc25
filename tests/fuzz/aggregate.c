/* links: cmd/aggregate/block.c cmd/aggregate/bounds.c cmd/aggregate/children.c cmd/aggregate/codebook.c cmd/aggregate/collect.c cmd/aggregate/coverage.c cmd/aggregate/derive.c cmd/aggregate/doubts.c cmd/aggregate/fact.c cmd/aggregate/groups.c cmd/aggregate/intern.c cmd/aggregate/keys.c cmd/aggregate/members.c cmd/aggregate/merge.c cmd/aggregate/order.c cmd/aggregate/output.c cmd/aggregate/partial.c cmd/aggregate/places.c cmd/aggregate/plan.c cmd/aggregate/quantiles.c cmd/aggregate/rollup.c cmd/aggregate/selection.c cmd/aggregate/series.c cmd/aggregate/statistics.c cmd/aggregate/tally.c cmd/aggregate/tree.c cmd/aggregate/values.c cmd/aggregate/wide.c */

/*
 * Any bytes as a file of facts.  The first byte says what is asked of them.  Merging is left out, for its
 * counts may be too large for any sum, and that ends the program.
 */
int aggregate_main(int argc, char **argv);
#define main aggregate_main
#include "../../cmd/aggregate/aggregate.c"
#undef main

#include <getopt.h>

#include "file.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static char *const questions[][12] = {
		{"--by", "year,region,indicator", "--quantiles", "--growth", "--rank", "--bounds"},
		{"--by", "year,region,indicator", "--rollup", "--findings", "/dev/null"},
		{"--by", "year,region,series", "--rollup", "--prefer", "reported", "--growth"},
		{"--by", "year,region:province,series", "--level", "county", "--quantiles"},
		{"--by", "year,region,indicator", "--partial", "--scope", "region,own"},
		{"--by", "year,region,indicator", "--codes-as-of", "2012", "--wide", "indicator"},
		{"--by", "year,region:prefecture", "--level", "county", "--missing-from", "/dev/null"},
		{"--by", "indicator,state,body,line", "--all", "--wide", "year"},
	};
	char path[64], *argv[24] = {"aggregate", "-q", "-o", "/dev/null"};
	int argc = 4, fd;

	if (n == 0)
		return 0;
	fd = file_of(data + 1, n - 1, path);
	for (char *const *q = questions[data[0] & 7]; q < questions[data[0] & 7] + 12 && *q; q++)
		argv[argc++] = *q;
	argv[argc++] = path;
	optind = 0;
	if (aggregate_main(argc, argv) > 3)
		abort();
	close(fd);
	return 0;
}
