#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#endif

#include "buf.h"
#include "diag.h"
#include "input.h"

enum {
	PIECE = 64 * 1024,      /* least room unzipped into */
	SMALL = 1 << 20,        /* less is no bomb */
	KEPT = 8 << 20,         /* zipped bytes of a member kept to look for the next one in */
	PROBE = 512,            /* zipped bytes by which a member is known */
	RESTARTS = 4,           /* members tried within a damaged one */
	CACHE_LINE = 64,
};

/* Where a gzip member begins in the file and its data in the window's count of bytes. */
struct member {
	size_t file, data;
};

struct stream {
	size_t ratio;
	int fd;
	const char *path;
	enum stream_state state;
	const char *fault;
	bool gzip, ended;      /* ended: nothing more can be read from fd */
	struct buf window;
	size_t at;             /* the window begins here in its buffer */
	size_t taken;          /* bytes taken from its front so far, those of earlier members too */
	struct buf raw;        /* zipped bytes, from the member's beginning on if that is not too long ago */
	size_t raw_at;         /* how far they are unzipped */
	size_t raw_file;       /* where raw begins in the file; its first bytes may stand before that */
	size_t member_raw;     /* where the member begins in raw */
	bool kept;             /* it still does */
	bool between;          /* no member is open */
	size_t tried;          /* how far in the file members were tried within damaged ones */
	size_t restarts;
	z_stream z;
	bool z_ready;
#ifdef HAVE_LIBDEFLATE
	struct libdeflate_decompressor *whole;
#endif
	struct member *members; /* those with data in the window, oldest first */
	size_t nmembers, cap;
};

struct stream *
stream_new(size_t ratio)
{
	struct stream *s = xcalloc(1, sizeof *s);

	s->ratio = ratio;
	s->fd = -1;
	buf_room(&s->window, PIECE);
	buf_room(&s->raw, PIECE);
	return s;
}

void
stream_close(struct stream *s)
{
	if (s->fd > STDIN_FILENO)
		close(s->fd);
	s->fd = -1;
}

void
stream_free(struct stream *s)
{
	if (!s)
		return;
	stream_close(s);
	if (s->z_ready)
		inflateEnd(&s->z);
#ifdef HAVE_LIBDEFLATE
	libdeflate_free_decompressor(s->whole);
#endif
	buf_release(&s->window);
	buf_release(&s->raw);
	free(s->members);
	free(s);
}

/* Up to n bytes; 0 at the end. */
static size_t
read_some(struct stream *s, char *p, size_t n)
{
	ssize_t got;

	if (s->ended)
		return 0;
	do
		got = read(s->fd, p, n);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		if (errno == EISDIR)
			failure("'%s' is a directory: extract -r reads the files in it", s->path);
		else
			failure("cannot read '%s': %s", s->path, message(strerror(errno)));
		s->state = STREAM_FAILED;
	}
	if (got <= 0) {
		s->ended = true;
		return 0;
	}
	return (size_t)got;
}

bool
stream_open(struct stream *s, const char *path)
{
	bool standard = strcmp(path, "-") == 0;
	struct stat st;
	size_t n, room = INPUT_CHUNK;
	bool regular;

	stream_close(s);
	s->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (s->fd < 0) {
		if (errno == ENOENT && strstr(path, "://"))
			failure("'%s' is an address, and nothing is fetched here: name the file that curl or wget saved", path);
		else
			failure("cannot open '%s': %s", path, message(strerror(errno)));
		return false;
	}
	s->path = standard ? "standard input" : path;
	s->state = STREAM_OPEN;
	s->fault = NULL;
	s->gzip = s->ended = s->kept = false;
	s->taken = s->raw_at = s->raw_file = s->member_raw = s->tried = s->restarts = 0;
	s->nmembers = 0;
	buf_reset(&s->window);
	buf_reset(&s->raw);
	regular = fstat(s->fd, &st) == 0 && S_ISREG(st.st_mode);
	/* A page's file in one read: it has ended where there was room for more. */
	if (regular)
		room = st.st_size < INPUT_CHUNK ? (size_t)st.st_size + 1 : INPUT_CHUNK;
	else
		input_enlarge_pipe(s->fd);
	buf_room(&s->window, CACHE_LINE + room);
	/* The kernel copies slowly to an address a few bytes further in its page than the source's (AMD's rep movsb). */
	s->at = s->window.n = (0 - (uintptr_t)s->window.p) % CACHE_LINE;
	do {
		buf_room(&s->window, room);
		n = read_some(s, s->window.p + s->window.n, room);
		s->window.n += n;
		s->ended |= regular && n < room;
	} while (n > 0 && s->window.n - s->at < 2);
	if (s->window.n - s->at >= 2 && memcmp(s->window.p + s->at, "\x1f\x8b", 2) == 0) {
		struct buf raw = s->raw;

		if (!s->z_ready && inflateInit2(&s->z, 15 + 16) != Z_OK)
			die(STATUS_LOST, "out of memory (zlib)");
		s->z_ready = true;
		s->gzip = s->between = true;
		s->raw = s->window;
		s->raw_at = s->at;
		s->raw_file = 0 - s->at;
		s->window = raw;
		s->at = 0;
	}
	return s->state != STREAM_FAILED;
}

struct span
stream_window(const struct stream *s)
{
	return span_of(s->window.p + s->at, s->window.n - s->at);
}

void
stream_take(struct stream *s, size_t n)
{
	s->at += n;
	s->taken += n;
	/* Members all of whose data are taken; the last stays. */
	while (s->nmembers > 1 && s->members[1].data <= s->taken) {
		size_t gone = 1;

		while (gone + 1 < s->nmembers && s->members[gone + 1].data <= s->taken)
			gone++;
		memmove(s->members, s->members + gone, (s->nmembers - gone) * sizeof *s->members);
		s->nmembers -= gone;
	}
}

enum stream_state
stream_state(const struct stream *s)
{
	return s->state;
}

const char *
stream_fault(const struct stream *s)
{
	return s->fault;
}

bool
stream_member_begins(const struct stream *s, size_t at)
{
	size_t i = s->nmembers;

	while (i > 0 && s->members[i - 1].data > s->taken + at)
		i--;
	return i > 0 && s->members[i - 1].data == s->taken + at;
}

bool
stream_whole(const struct stream *s)
{
	return !s->gzip || s->between || s->window.n == s->at ||
	       (s->nmembers > 0 && s->members[s->nmembers - 1].data == s->taken + s->window.n - s->at);
}

size_t
stream_offset(const struct stream *s)
{
	return s->gzip ? s->nmembers ? s->members[0].file : 0 : s->taken;
}

/* More zipped bytes behind those at hand; what stands before the member is dropped. */
static bool
refill(struct stream *s)
{
	size_t keep = s->kept ? s->member_raw : s->raw_at, n;

	if (s->kept && s->raw.n - s->member_raw > KEPT) {
		s->kept = false;
		keep = s->raw_at;
	}
	if (keep > 0 && keep >= s->raw.n - keep) {
		memmove(s->raw.p, s->raw.p + keep, s->raw.n - keep);
		s->raw.n -= keep;
		s->raw_at -= keep;
		s->raw_file += keep;
		s->member_raw -= s->kept ? keep : s->member_raw;
	}
	buf_room(&s->raw, INPUT_CHUNK);
	n = read_some(s, s->raw.p + s->raw.n, INPUT_CHUNK);
	s->raw.n += n;
	return n > 0;
}

static void
broken(struct stream *s, const char *why)
{
	s->state = STREAM_BROKEN;
	s->fault = why;
}

/* Notes that a member begins at raw_at. */
static void
note_member(struct stream *s)
{
	s->member_raw = s->raw_at;
	s->kept = true;
	s->members = grow(s->members, s->nmembers, &s->cap, sizeof *s->members);
	s->members[s->nmembers++] =
		(struct member){s->raw_file + s->raw_at, s->taken + s->window.n - s->at};
}

static void
begin_member(struct stream *s)
{
	inflateReset(&s->z);
	s->between = false;
	note_member(s);
}

/* Between members: whether another begins here; zero bytes that pad the file's end are passed over. */
static bool
next_member(struct stream *s)
{
	for (;;) {
		if (s->raw_at == s->raw.n && !refill(s)) {
			if (s->state == STREAM_OPEN)
				s->state = STREAM_END;
			return false;
		}
		if (s->raw.p[s->raw_at] != '\0')
			break;
		s->raw_at++;
	}
	if (s->raw.p[s->raw_at] != '\x1f') {
		note_member(s);
		broken(s, "bytes that are not gzip follow the gzip data");
		return false;
	}
	begin_member(s);
	return true;
}

/*
 * At the beginning of a member: unzips it in one go if all of it is at hand and it is no larger than a page is.
 * What cannot be done so, for whatever reason, zlib does a piece at a time.
 */
static bool
unzip_whole(struct stream *s)
{
#ifdef HAVE_LIBDEFLATE
	size_t in, out;

	if (!s->whole && !(s->whole = libdeflate_alloc_decompressor()))
		die(STATUS_LOST, "out of memory (libdeflate)");
	buf_room(&s->window, INPUT_CHUNK);
	if (libdeflate_gzip_decompress_ex(s->whole, s->raw.p + s->raw_at, s->raw.n - s->raw_at,
		    s->window.p + s->window.n, INPUT_CHUNK, &in, &out) != LIBDEFLATE_SUCCESS)
		return false;
	s->raw_at += in;
	s->window.n += out;
	s->between = true;
	return true;
#else
	(void)s;
	return false;
#endif
}

/* Unzips some bytes more into the window; false if that is over, the state says why. */
static bool
unzip(struct stream *s)
{
	size_t before = s->window.n;

	while (s->window.n == before) {
		size_t room, zipped;
		int r;

		if (s->between) {
			if (!next_member(s))
				return false;
			if (unzip_whole(s))
				continue;
		}
		if (s->raw_at == s->raw.n && !refill(s)) {
			if (s->state == STREAM_OPEN)
				s->state = STREAM_CUT;
			return false;
		}
		buf_room(&s->window, PIECE);
		room = s->window.cap - s->window.n;
		room = room < INPUT_CHUNK ? room : INPUT_CHUNK;
		zipped = s->raw.n - s->raw_at < 1u << 30 ? s->raw.n - s->raw_at : 1u << 30;
		s->z.next_in = (unsigned char *)s->raw.p + s->raw_at;
		s->z.avail_in = (uInt)zipped;
		s->z.next_out = (unsigned char *)s->window.p + s->window.n;
		s->z.avail_out = (uInt)room;
		/* With Z_FINISH zlib keeps no window of a member that ends in this call. */
		r = inflate(&s->z, Z_FINISH);
		s->raw_at += zipped - s->z.avail_in;
		s->window.n += room - s->z.avail_out;
		if (s->z.total_out > SMALL && s->z.total_out / s->ratio > s->z.total_in) {
			s->state = STREAM_BOMB;
			s->fault = "gzip data unzips to more than allowed";
			return false;
		}
		if (r == Z_STREAM_END) {
			s->between = true;
		} else if (r != Z_OK && r != Z_BUF_ERROR) {
			broken(s, "gzip data is damaged");
			return false;
		}
	}
	return true;
}

bool
stream_fill(struct stream *s, size_t want)
{
	while (s->window.n - s->at < want) {
		size_t n;

		if (s->state != STREAM_OPEN)
			return false;
		/* What is taken makes room once it is as much as is left. */
		if (s->at > 0 && s->at >= s->window.n - s->at) {
			memmove(s->window.p, s->window.p + s->at, s->window.n - s->at);
			s->window.n -= s->at;
			s->at = 0;
		}
		if (s->gzip) {
			unzip(s);
			continue;
		}
		buf_room(&s->window, INPUT_CHUNK);
		n = read_some(s, s->window.p + s->window.n, INPUT_CHUNK);
		s->window.n += n;
		if (n == 0 && s->state == STREAM_OPEN)
			s->state = STREAM_END;
	}
	return true;
}

/* The next place from raw.p + *at on where a gzip header may stand; false at the end of the file. */
static bool
find_header(struct stream *s, size_t *at)
{
	for (;;) {
		const unsigned char *p = (const unsigned char *)s->raw.p;
		const char *hit = *at < s->raw.n ? memchr(s->raw.p + *at, '\x1f', s->raw.n - *at) : NULL;
		size_t i = hit ? (size_t)(hit - s->raw.p) : s->raw.n;

		if (i + 10 <= s->raw.n) {
			/* Deflate, no flag without a meaning, one of the levels compressors say. */
			if (p[i + 1] == 0x8b && p[i + 2] == 8 && p[i + 3] < 0x20 &&
				(p[i + 8] == 0 || p[i + 8] == 2 || p[i + 8] == 4)) {
				*at = i;
				return true;
			}
			*at = i + 1;
			continue;
		}
		/* All before i is done with. */
		s->kept = false;
		s->raw_at = i;
		if (!refill(s))
			return false;
		*at = s->raw_at;
	}
}

/* Whether what stands at raw_at unzips to something that begins with `magic`. */
static bool
probe(struct stream *s, struct span magic)
{
	unsigned char out[16];
	size_t n;

	while (s->raw.n - s->raw_at < PROBE && refill(s))
		;
	n = s->raw.n - s->raw_at;
	inflateReset(&s->z);
	s->z.next_in = (unsigned char *)s->raw.p + s->raw_at;
	s->z.avail_in = n < PROBE ? (uInt)n : PROBE;
	s->z.next_out = out;
	s->z.avail_out = (uInt)(magic.n < sizeof out ? magic.n : sizeof out);
	n = s->z.avail_out;
	inflate(&s->z, Z_NO_FLUSH);
	return s->z.avail_out == 0 && memcmp(out, magic.p, n) == 0;
}

bool
stream_resume(struct stream *s, struct span magic)
{
	size_t reached = s->raw_file + s->raw_at, at;

	s->taken += s->window.n - s->at;
	s->window.n = s->at = 0;
	s->nmembers = 0;
	if (s->state != STREAM_BROKEN && s->state != STREAM_BOMB)
		return false;
	/* The damage may have swallowed the beginning of the next member; look for it there, now and then. */
	if (reached > s->tried) {
		s->tried = reached;
		s->restarts = 0;
	}
	at = s->raw_at;
	if (s->kept && s->restarts++ < RESTARTS)
		at = s->member_raw + 1;
	s->state = STREAM_OPEN;
	while (find_header(s, &at)) {
		s->raw_at = at;
		s->kept = false;
		if (probe(s, magic)) {
			begin_member(s);
			return true;
		}
		at = s->raw_at + 1;
	}
	if (s->state == STREAM_OPEN)
		s->state = STREAM_END;
	return false;
}
