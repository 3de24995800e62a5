// SPDX-License-Identifier: Apache-2.0
//
// OpenSSL 3, and as functions what it has as macros, which Swift cannot call. Nothing here is more than that.
#pragma once
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

static inline void vajra_ssl_allow_partial_writes(SSL_CTX *context) {
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}
static inline void vajra_ssl_read_ahead(SSL_CTX *context) { SSL_CTX_set_read_ahead(context, 1); }
// Sessions go to the callback only; OpenSSL's own cache, and its lock, are not used.
static inline void vajra_ssl_keep_sessions(SSL_CTX *context, int (*keep)(SSL *, SSL_SESSION *)) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, keep);
}
static inline long vajra_ssl_set_server_name(SSL *connection, const char *name) {
    return SSL_set_tlsext_host_name(connection, name);
}
// After a call that moved nothing: 1 when it waits for bytes, 2 when it waits for room, 0 when it has failed or ended.
static inline int vajra_ssl_waits(const SSL *connection) {
    if (SSL_want_read(connection)) return BIO_should_read(SSL_get_rbio(connection)) ? 1 : 0;
    if (SSL_want_write(connection)) return BIO_should_write(SSL_get_wbio(connection)) ? 2 : 0;
    return 0;
}
// The context owns the certificate when this gives 1.
static inline long vajra_ssl_add_to_chain(SSL_CTX *context, X509 *certificate) {
    return SSL_CTX_add0_chain_cert(context, certificate);
}
static inline int vajra_error_is_system(unsigned long code) { return ERR_SYSTEM_ERROR(code); }
static inline int vajra_error_library(unsigned long code) { return ERR_GET_LIB(code); }
static inline int vajra_error_reason(unsigned long code) { return ERR_GET_REASON(code); }
