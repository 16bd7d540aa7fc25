#include "manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "utf8.h"
#include "writer.h"

/* A text; control characters and what is no UTF-8, which no record holds, are question marks. */
static void
add_text(struct buf *out, struct span text)
{
	while (text.n) {
		size_t n = utf8_plain(text);

		if (n)
			buf_add(out, text.p, n);
		else
			buf_add_char(out, '?');
		text = span_from(text, n ? n : 1);
	}
}

void
manifest_word(struct buf *out, const char *argument)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_";
	size_t n = strlen(argument), bare = strspn(argument, plain);

	if (out->n)
		buf_add_char(out, ' ');
	if (n && bare == n) {
		buf_add(out, argument, n);
		return;
	}
	buf_add_char(out, '\'');
	for (struct span rest = span_str(argument); rest.p;) {
		add_text(out, span_cut(&rest, '\''));
		buf_add_str(out, rest.p ? "'\\''" : "'");
	}
}

static void
add_line(struct buf *out, const struct manifest *run)
{
	struct buf tables = BUF_INIT;

	buf_printf(out, "%s,%s", run->program, XXGK_VERSION);
	add_text(&tables, run->tables.n ? run->tables : SPAN("built in"));
	buf_add_char(out, ',');
	writer_field_into(out, buf_span(&tables));
	buf_add_char(out, ',');
	writer_field_into(out, run->arguments);
	if (run->counts_records)
		buf_printf(out, ",%" PRIu64, run->read);
	else
		buf_add_char(out, ',');
	buf_printf(out, ",%" PRIu64 ",%" PRIu64 ",%d\n", run->written, run->rejected, (int)run->status);
	buf_release(&tables);
}

static bool
write_all(int fd, struct span text)
{
	while (text.n) {
		ssize_t done = write(fd, text.p, text.n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		text = span_from(text, (size_t)done);
	}
	return true;
}

enum status
manifest_add(const char *path, const struct manifest *run)
{
	bool standard = strcmp(path, "-") == 0, good;
	int fd = standard ? STDOUT_FILENO : open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	struct buf text = BUF_INIT;
	struct stat st;

	/*
	 * Stages of one pipe may end at the same moment: the header is that of the first.  Some file systems keep no locks;
	 * there it may come twice, and is passed over as any header that comes again.
	 */
	if (fd >= 0 && !standard)
		(void)flock(fd, LOCK_EX);
	good = fd >= 0 && fstat(fd, &st) == 0;
	if (good && (!S_ISREG(st.st_mode) || st.st_size == 0))
		buf_add_str(&text, "program,version,tables,arguments,read,written,rejected,status\n");
	add_line(&text, run);
	good = good && write_all(fd, buf_span(&text));
	if (!good)
		warn("cannot write '%s': %s", path, message(strerror(errno)));
	if (fd >= 0 && !standard && close(fd) != 0 && good) {
		warn("cannot write '%s': %s", path, message(strerror(errno)));
		good = false;
	}
	buf_release(&text);
	return good ? STATUS_OK : STATUS_LOST;
}
