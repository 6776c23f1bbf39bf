// The parts of OpenSSL (≥ 3.0) that Signing wraps. No shims are needed: all that is used are
// functions, which Swift imports as they are.

// Keys in hardware come through an ENGINE, deprecated since 3.0: the provider that replaces it
// (pkcs11-provider) is not in Debian 12.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/engine.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
