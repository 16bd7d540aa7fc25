/*
 * sha256: the digest of FIPS 180-4, as sha256sum prints it.
 *
 * By libmd, which every Debian has: dpkg needs it.
 */
#ifndef SHA256_H
#define SHA256_H

#include "span.h"

enum { SHA256_DIGITS = 64 };

/* The digest of the bytes, in hexadecimal, without a NUL. */
void sha256_hex(struct span bytes, char hex[SHA256_DIGITS]);

#endif
