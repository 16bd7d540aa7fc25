#include "foreign.h"

/* How files of other kinds begin.  Of the byte order marks the longer stands first. */
static const struct {
	struct span begins;
	const char *what;
} kinds[] = {
	{{"PK\3\4", 4}, "a workbook or an archive: save the sheet as CSV in UTF-8"},
	{{"BZh", 3}, "packed, and not by gzip: unpack it first"},
	{{"\xfd" "7zXZ", 5}, "packed, and not by gzip: unpack it first"},
	{{"\x28\xb5\x2f\xfd", 4}, "packed, and not by gzip: unpack it first"},
	{{"\x1f\x8b", 2}, "packed twice: unpack it first"},
	{{"\xff\xfe", 2}, "UTF-16 or UTF-32: save it as UTF-8"},
	{{"\xfe\xff", 2}, "UTF-16 or UTF-32: save it as UTF-8"},
	{{"\0\0\xfe\xff", 4}, "UTF-16 or UTF-32: save it as UTF-8"},
	{{"{", 1}, "JSON: turn it into CSV first"},
	{{"[", 1}, "JSON: turn it into CSV first"},
};

/* Letters with zero bytes between them, without a mark. */
static bool
is_wide(struct span line)
{
	return line.n >= 4 && (line.p[0] == '\0') == (line.p[2] == '\0') && (line.p[1] == '\0') == (line.p[3] == '\0') &&
	       (line.p[0] == '\0') != (line.p[1] == '\0');
}

const char *
foreign_line(struct span line)
{
	bool returns = false, controls = false;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (span_starts(line, kinds[i].begins))
			return kinds[i].what;
	if (is_wide(line))
		return "UTF-16 or UTF-32: save it as UTF-8";
	for (size_t i = 0; i < line.n; i++) {
		returns |= line.p[i] == '\r';
		controls |= line.p[i] != '\r' && foreign_control(line.p[i]);
	}
	if (controls)
		return "a control character in the line";
	if (returns)
		return "lines that end in CR alone: end them in LF";
	if (line.n && !memchr(line.p, ',', line.n) && (memchr(line.p, ';', line.n) || memchr(line.p, '\t', line.n)))
		return "fields parted by tabs or semicolons: part them by commas";
	return NULL;
}
