#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "input.h"

struct writer *
writer_open(const char *path)
{
	bool standard = !path || strcmp(path, "-") == 0;
	int fd = standard ? STDOUT_FILENO : open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	struct writer *w;
	struct stat st;

	if (fd < 0) {
		warn("cannot write '%s': %s", path, message(strerror(errno)));
		return NULL;
	}
	w = xcalloc(1, sizeof *w);
	w->path = standard ? "standard output" : path;
	w->fd = fd;
	w->stale = !standard && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0;
	w->start = w->at = xmalloc(INPUT_CHUNK);
	w->end = w->start + INPUT_CHUNK;
	input_enlarge_pipe(fd);
	return w;
}

static void
put(struct writer *w, const char *p, size_t n)
{
	if (w->stale) {
		w->stale = false;
		if (ftruncate(w->fd, 0) != 0) {
			warn("cannot write to %s: %s", message(w->path), message(strerror(errno)));
			w->failed = true;
		}
	}
	while (n > 0 && !w->failed) {
		ssize_t done = write(w->fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0) {
			warn("cannot write to %s: %s", message(w->path), message(strerror(errno)));
			w->failed = true;
			return;
		}
		p += done;
		n -= (size_t)done;
	}
}

static void
flush(struct writer *w)
{
	put(w, w->start, (size_t)(w->at - w->start));
	w->at = w->start;
}

void
writer_make_room(struct writer *w, size_t n)
{
	flush(w);
	if ((size_t)(w->end - w->start) < n) {
		free(w->start);
		w->start = w->at = xmalloc(n);
		w->end = w->start + n;
	}
}

void
writer_long(struct writer *w, struct span bytes)
{
	flush(w);
	if (bytes.n > (size_t)(w->end - w->start)) {
		put(w, bytes.p, bytes.n);
		return;
	}
	memcpy(w->at, bytes.p, bytes.n);
	w->at += bytes.n;
}

bool
writer_quotes(struct span s)
{
	size_t i = 0;
#ifdef __SSE2__
	for (; i + 16 <= s.n; i += 16)
		if (writer_special(_mm_loadu_si128((const __m128i *)(const void *)(s.p + i)), 0xffff))
			return true;
	/* The last block reaches back over bytes that are looked at. */
	if (s.n >= 16)
		return i < s.n && writer_special(_mm_loadu_si128((const __m128i *)(const void *)(s.p + s.n - 16)), 0xffff);
#endif
	for (; i < s.n; i++)
		if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r')
			return true;
	return false;
}

void
writer_field_into(struct buf *out, struct span text)
{
	bool quoted = writer_quotes(text);

	if (quoted)
		buf_add_char(out, '"');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			buf_add_char(out, '"');
		buf_add_char(out, text.p[i]);
	}
	if (quoted)
		buf_add_char(out, '"');
}

static void
write_quoted(struct writer *w, struct span text)
{
	writer_char(w, '"');
	while (text.n) {
		const char *quote = memchr(text.p, '"', text.n);
		size_t n = quote ? (size_t)(quote - text.p) + 1 : text.n;

		writer_raw(w, (struct span){text.p, n});
		if (quote)
			writer_char(w, '"');
		text.p += n;
		text.n -= n;
	}
	writer_char(w, '"');
}

void
writer_any_field(struct writer *w, struct span text)
{
	if (writer_quotes(text))
		write_quoted(w, text);
	else
		writer_raw(w, text);
}

void
writer_fields(struct writer *w, const struct span *field, size_t n)
{
	for (size_t i = 0; i < n; i++) {
#ifndef WRITER_PLAIN
		/* The short ones in a row, without going through w->at for each. */
		char *at = w->at, *end = w->end - 17;

		for (; i < n; i++) {
			struct span f = field[i];
			__m128i v;

			if (at > end || f.n - 1 >= 16 || ((uintptr_t)f.p & 4095) > 4096 - 16) {
				if (f.n || at > end)
					break;
				if (i)
					*at++ = ',';
				continue;
			}
			v = _mm_loadu_si128((const __m128i *)(const void *)f.p);
			if (writer_special(v, (1 << f.n) - 1))
				break;
			if (i)
				*at++ = ',';
			_mm_storeu_si128((__m128i *)(void *)at, v);
			at += f.n;
		}
		w->at = at;
		if (i == n)
			return;
#endif
		if (i)
			writer_char(w, ',');
		writer_any_field(w, field[i]);
	}
}

void
writer_uint(struct writer *w, uint64_t u)
{
	char digits[20];
	size_t i = sizeof digits;

	do
		digits[--i] = (char)('0' + u % 10);
	while (u /= 10);
	writer_raw(w, (struct span){digits + i, sizeof digits - i});
}

void
writer_header(struct writer *w, const struct reader *in, const char *const *names, size_t n,
	bool names_out)
{
	size_t nheader;
	const struct span *header = reader_header(in, &nheader);

	w->place = xcalloc(nheader, sizeof *w->place);
	w->fields = xcalloc(nheader, sizeof *w->fields);
	w->appended = xcalloc(n, sizeof *w->appended);
	for (size_t i = 0; i < nheader; i++)
		w->place[i] = NO_COLUMN;
	for (size_t i = 0; i < n; i++) {
		size_t there = reader_find(in, span_str(names[i]));

		if (there == NO_COLUMN) {
			w->appended[w->nappended++] = i;
		} else {
			w->place[there] = i;
			w->overwrites = true;
		}
	}
	if (!names_out)
		return;
	writer_raw(w, reader_key(in));
	writer_fields(w, header, nheader);
	for (size_t i = 0; i < w->nappended; i++) {
		writer_char(w, ',');
		writer_field(w, span_str(names[w->appended[i]]));
	}
	writer_char(w, '\n');
}

static void
end_record(struct writer *w, const struct span *values)
{
	for (size_t i = 0; i < w->nappended; i++) {
		writer_char(w, ',');
		writer_field(w, values[w->appended[i]]);
	}
	writer_end(w);
}

void
writer_changed(struct writer *w, const struct record *rec, const struct span *values)
{
	writer_raw(w, rec->key);
	for (size_t i = 0; i < rec->nfields; i++)
		w->fields[i] = w->place[i] == NO_COLUMN ? rec->field[i] : values[w->place[i]];
	writer_fields(w, w->fields, rec->nfields);
	end_record(w, values);
}

void
writer_record(struct writer *w, const struct record *rec, const struct span *values)
{
	if (w->overwrites) {
		writer_changed(w, rec, values);
		return;
	}
	writer_raw(w, rec->key);
	writer_raw(w, rec->line);
	end_record(w, values);
}

bool
writer_flush(struct writer *w)
{
	flush(w);
	return !w->failed;
}

enum status
writer_close(struct writer *w)
{
	enum status status;

	flush(w);
	if (w->fd != STDOUT_FILENO && close(w->fd) != 0 && !w->failed) {
		warn("cannot write to %s: %s", message(w->path), message(strerror(errno)));
		w->failed = true;
	} else if (w->fd == STDOUT_FILENO && close(w->fd) != 0 && errno != EBADF && !w->failed) {
		warn("cannot write to %s: %s", message(w->path), message(strerror(errno)));
		w->failed = true;
	}
	status = w->failed ? STATUS_LOST : STATUS_OK;
	free(w->start);
	free(w->place);
	free(w->fields);
	free(w->appended);
	free(w);
	return status;
}
