/*
 * Feeds a driver its corpus, tests/fuzz/corpus/<the program's name>/, as one TAP test: whatever was
 * found once stays mended.  Linked with each driver in turn.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
replay(const char *folder, const char *name)
{
	static uint8_t data[1 << 20];
	char path[4096];
	size_t n;
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "rb");
	if (!f)
		return 0;
	n = fread(data, 1, sizeof data, f);
	fclose(f);
	LLVMFuzzerTestOneInput(data, n);
	return 1;
}

int
main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
	char folder[1024];
	struct dirent *entry;
	int inputs = 0;
	DIR *dir;

	(void)argc;
	snprintf(folder, sizeof folder, "tests/fuzz/corpus/%s", name);
	printf("1..1\n");
	fflush(stdout);
	dir = opendir(folder);
	while (dir && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			inputs += replay(folder, entry->d_name);
	if (dir)
		closedir(dir);
	printf("%sok 1 - fuzz corpus of %s: %d inputs\n", inputs ? "" : "not ", name, inputs);
	return inputs == 0;
}
