/*
 * input: the bytes of a file or of standard input, unzipped if they are gzip (by magic bytes 1f 8b,
 * RFC 1952; many members are one stream).
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "diag.h"

/* What every reader and writer moves at a time. */
enum { INPUT_CHUNK = 256 * 1024 };

struct input;

/* Opens path, "-" being standard input; NULL, said on standard error, if it cannot. */
struct input *input_open(const char *path);

/*
 * Up to n bytes into p; 0 at the end.  Damage (a read error, gzip cut short or corrupt) is said once and
 * ends the input: what was whole before it has been handed out, and input_close gives STATUS_LOST.
 */
size_t input_read(struct input *in, char *p, size_t n);

/* True once the input ended in damage: the last line may then be a part of one. */
bool input_damaged(const struct input *in);

enum status input_close(struct input *in);

/* Asks for 1 MiB pipes: with 64 KiB the stages keep waiting for each other.  A refusal is no matter. */
void input_enlarge_pipe(int fd);

#endif
