/* fed: bytes as a stream of a file, for the drivers of what takes pages out of one. */
#ifndef FED_H
#define FED_H

#include "carrier/stream.h"
#include "file.h"

struct fed {
	struct stream *stream;
	int fd;
	size_t lines; /* in the bytes as they are */
	bool zipped;  /* so that there may be any number of lines */
};

/* The stream is made once and opened anew. */
static inline struct fed
fed_open(const uint8_t *data, size_t n)
{
	static struct stream *stream;
	struct fed fed = {.lines = 1, .zipped = n && data[0] == 0x1f};
	char path[64];

	if (!stream)
		stream = stream_new(1000);
	fed.stream = stream;
	for (size_t i = 0; i < n; i++)
		fed.lines += data[i] == '\n';
	fed.fd = file_of(data, n, path);
	require(stream_open(stream, path));
	return fed;
}

static inline void
fed_close(struct fed *fed)
{
	stream_close(fed->stream);
	close(fed->fd);
}

#endif
