#include "sha256.h"

#include <sha2.h>

void
sha256_hex(struct span bytes, char hex[SHA256_DIGITS])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA2_CTX context;

	SHA256Init(&context);
	if (bytes.n)
		SHA256Update(&context, (const uint8_t *)bytes.p, bytes.n);
	SHA256Final(digest, &context);
	for (size_t i = 0; i < sizeof digest; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
}
