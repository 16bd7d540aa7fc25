#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "buf.h"

struct input {
	const char *path;
	int fd;
	bool begun, gzip, between; /* between members: the next bytes must be a member's or the end */
	bool ended, damaged;
	unsigned char *raw; /* compressed bytes, or the first bytes read to see what they are */
	size_t raw_at, raw_n;
	z_stream z;
};

void
input_enlarge_pipe(int fd)
{
#ifdef F_SETPIPE_SZ
	int saved = errno;

	fcntl(fd, F_SETPIPE_SZ, 1 << 20);
	errno = saved;
#else
	(void)fd;
#endif
}

struct input *
input_open(const char *path)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct input *in;

	if (fd < 0) {
		warn("cannot open '%s': %s", path, message(strerror(errno)));
		return NULL;
	}
	in = xcalloc(1, sizeof *in);
	in->path = standard ? "standard input" : path;
	in->fd = fd;
	in->raw = xmalloc(INPUT_CHUNK);
	input_enlarge_pipe(fd);
	return in;
}

static void
damage(struct input *in, const char *what)
{
	warn("'%s': %s", message(in->path), message(what));
	in->ended = in->damaged = true;
}

static size_t
read_raw(struct input *in, void *p, size_t n)
{
	ssize_t got;

	do
		got = read(in->fd, p, n);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		warn("cannot read '%s': %s", message(in->path), message(strerror(errno)));
		in->ended = in->damaged = true;
		return 0;
	}
	return (size_t)got;
}

static bool
refill(struct input *in)
{
	in->raw_at = 0;
	in->raw_n = read_raw(in, in->raw, INPUT_CHUNK);
	return in->raw_n > 0;
}

/* Between members: true if another member begins; zero bytes that pad the end are passed over. */
static bool
next_member(struct input *in)
{
	for (;;) {
		if (in->raw_at == in->raw_n && !refill(in)) {
			in->ended = true;
			return false;
		}
		if (in->raw[in->raw_at] == 0x1f)
			break;
		if (in->raw[in->raw_at] != 0) {
			damage(in, "bytes that are not gzip follow the gzip data");
			return false;
		}
		in->raw_at++;
	}
	inflateReset(&in->z);
	in->between = false;
	return true;
}

static size_t
read_gzip(struct input *in, char *p, size_t n)
{
	in->z.next_out = (unsigned char *)p;
	in->z.avail_out = (uInt)(n < 1u << 30 ? n : 1u << 30);
	n = in->z.avail_out;
	while (in->z.avail_out == n && !in->ended) {
		int r;

		if (in->between && !next_member(in))
			break;
		if (in->raw_at == in->raw_n && !refill(in)) {
			if (!in->damaged)
				damage(in, "gzip data is cut short");
			break;
		}
		in->z.next_in = in->raw + in->raw_at;
		in->z.avail_in = (uInt)(in->raw_n - in->raw_at);
		r = inflate(&in->z, Z_NO_FLUSH);
		in->raw_at = in->raw_n - in->z.avail_in;
		if (r == Z_STREAM_END)
			in->between = true;
		else if (r != Z_OK && r != Z_BUF_ERROR)
			damage(in, in->z.msg ? in->z.msg : "gzip data is damaged");
	}
	return n - in->z.avail_out;
}

/* Reads until two bytes are there, or the end, and sees whether they are gzip's. */
static void
begin(struct input *in)
{
	in->begun = true;
	while (in->raw_n < 2) {
		size_t got = read_raw(in, in->raw + in->raw_n, INPUT_CHUNK - in->raw_n);

		if (got == 0)
			break;
		in->raw_n += got;
	}
	if (in->raw_n >= 2 && in->raw[0] == 0x1f && in->raw[1] == 0x8b) {
		if (inflateInit2(&in->z, 15 + 16) != Z_OK)
			die(STATUS_LOST, "out of memory (zlib)");
		in->gzip = true;
	}
}

size_t
input_read(struct input *in, char *p, size_t n)
{
	size_t got;

	if (!in->begun)
		begin(in);
	if (in->gzip)
		return in->ended || n == 0 ? 0 : read_gzip(in, p, n);
	if (in->raw_at < in->raw_n) {
		got = in->raw_n - in->raw_at < n ? in->raw_n - in->raw_at : n;
		memcpy(p, in->raw + in->raw_at, got);
		in->raw_at += got;
		return got;
	}
	if (in->ended || n == 0)
		return 0;
	got = read_raw(in, p, n);
	if (got == 0)
		in->ended = true;
	return got;
}

bool
input_damaged(const struct input *in)
{
	return in->damaged;
}

enum status
input_close(struct input *in)
{
	enum status status = in->damaged ? STATUS_LOST : STATUS_OK;

	if (in->gzip)
		inflateEnd(&in->z);
	if (in->fd != STDIN_FILENO)
		close(in->fd);
	free(in->raw);
	free(in);
	return status;
}
