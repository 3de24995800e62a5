// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// What the TLS connections of one lane share: trust, the client's certificate, and the last session, which the next
/// connection resumes.
///
/// `Sendable` because only one thread uses it.
package final class TLSContext: @unchecked Sendable {
    let handle: OpaquePointer
    /// The session that the next connection offers to resume.
    private var session: OpaquePointer?
    /// Whether OpenSSL has asked for a key's passphrase; nobody can give one.
    private var hasAskedForPassphrase = false

    /// Sets OpenSSL up without its clean-up at exit: lane threads end with the process, and may be inside OpenSSL until
    /// then.
    private static let isReady = OPENSSL_init_ssl(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1

    /// The settings hold the files' bytes, not their paths: a file may be a pipe, and a pipe can be read only once.
    ///
    /// - Throws: ``TLSSettingsError`` naming the first file that cannot be used.
    package init(_ settings: TLSSettings) throws(TLSSettingsError) {
        guard TLSContext.isReady, let handle = SSL_CTX_new(TLS_client_method()) else {
            preconditionFailure("OpenSSL: \(OpenSSLError.takeFirst().text)")
        }
        self.handle = handle
        vajra_ssl_allow_partial_writes(handle)
        // Without it each record takes two reads: its five bytes of header, then the rest.
        vajra_ssl_read_ahead(handle)
        SSL_CTX_set_verify(handle, settings.isInsecure ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nil)
        try trust(settings)
        try identify(settings)
        offer(settings.protocols)
        SSL_CTX_set_ex_data(handle, 0, Unmanaged.passUnretained(self).toOpaque())
        vajra_ssl_keep_sessions(handle) { connection, session in
            guard let connection, let session, let data = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), 0) else {
                return 0
            }
            Unmanaged<TLSContext>.fromOpaque(data).takeUnretainedValue().keep(session)
            return 1
        }
    }

    deinit {
        SSL_CTX_set_ex_data(handle, 0, nil)
        SSL_SESSION_free(session)
        SSL_CTX_free(handle)
    }

    private func keep(_ session: OpaquePointer) {
        SSL_SESSION_free(self.session)
        self.session = session
    }

    /// Lets the connection resume the last session, if there is one.
    func resume(on connection: OpaquePointer) {
        if let session { SSL_set_session(connection, session) }
    }

    // MARK: Settings

    private func trust(_ settings: TLSSettings) throws(TLSSettingsError) {
        guard let file = settings.ca else {
            if !settings.isInsecure { SSL_CTX_set1_cert_store(handle, TLSContext.systemStore) }
            return
        }
        let store = SSL_CTX_get_cert_store(handle)
        var count = 0
        PEMReader.read(file.bytes) { input in
            while let certificate = PEM_read_bio_X509_AUX(input, nil, nil, nil) {
                X509_STORE_add_cert(store, certificate)
                X509_free(certificate)
                count += 1
            }
        }
        guard count > 0 else { throw unusable(file.path, .caFile, "holds no certificates in PEM form") }
        // OpenSSL notes the end of the file as an error.
        ERR_clear_error()
    }

    /// The system's certificates, read once for all lanes: 140 of them take tens of milliseconds. A look-up takes a
    /// lock, but only full handshakes look up.
    nonisolated(unsafe) private static let systemStore: OpaquePointer? = {
        let store = X509_STORE_new()
        X509_STORE_set_default_paths(store)
        // Without any certificate, every server has an unknown authority.
        ERR_clear_error()
        return store
    }()

    private func identify(_ settings: TLSSettings) throws(TLSSettingsError) {
        guard let cert = settings.cert else {
            if settings.key == nil { return }
            throw TLSSettingsError(
                setting: .keyFile, description: "a key is given without its certificate; give that too, or neither")
        }
        guard useChain(cert.bytes) else { throw unusable(cert.path, .certFile, "holds no certificate in PEM form") }
        let key = settings.key ?? cert
        guard useKey(key.bytes) else {
            throw keyFault(
                key.path, settings.key == nil ? .certFile : .keyFile, hasOwnFile: settings.key != nil)
        }
        guard SSL_CTX_check_private_key(handle) == 1 else {
            throw unusable(key.path, .keyFile, "is not the key of the certificate in \(cert.path)")
        }
    }

    /// The first certificate is the client's own, the others lead to its authority.
    private func useChain(_ bytes: [UInt8]) -> Bool {
        PEMReader.read(bytes) { input in
            guard let own = PEM_read_bio_X509_AUX(input, nil, nil, nil) else { return false }
            defer { X509_free(own) }
            guard SSL_CTX_use_certificate(handle, own) == 1 else { return false }
            while let next = PEM_read_bio_X509(input, nil, nil, nil) {
                if vajra_ssl_add_to_chain(handle, next) != 1 { X509_free(next) }
            }
            ERR_clear_error()
            return true
        }
    }

    private func useKey(_ bytes: [UInt8]) -> Bool {
        PEMReader.read(bytes) { input in
            // An encrypted key would ask for its passphrase on the terminal.
            let key = PEM_read_bio_PrivateKey(
                input, nil,
                { _, _, _, context in
                    if let context {
                        Unmanaged<TLSContext>.fromOpaque(context).takeUnretainedValue().hasAskedForPassphrase = true
                    }
                    return 0
                }, Unmanaged.passUnretained(self).toOpaque())
            guard let key else { return false }
            defer { EVP_PKEY_free(key) }
            return SSL_CTX_use_PrivateKey(handle, key) == 1
        }
    }

    private func keyFault(
        _ path: String, _ setting: TLSSettingsError.Setting, hasOwnFile: Bool
    ) -> TLSSettingsError {
        let error = OpenSSLError.takeFirst()
        if error.isMismatchedKey { return unusable(path, setting, "is not the key of the certificate") }
        if hasAskedForPassphrase {
            return unusable(
                path, setting, "holds an encrypted key; take off its passphrase: openssl pkey -in KEY -out NEW")
        }
        return unusable(
            path, setting, "holds no private key in PEM form" + (hasOwnFile ? "" : "; name the key's own file too"))
    }

    private func offer(_ protocols: [String]) {
        guard !protocols.isEmpty else { return }
        let list = protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
        SSL_CTX_set_alpn_protos(handle, list, UInt32(list.count))
    }

    private func unusable(
        _ path: String, _ setting: TLSSettingsError.Setting, _ cause: String
    ) -> TLSSettingsError {
        ERR_clear_error()
        return TLSSettingsError(setting: setting, description: "\(setting.noun) \(path) \(cause)")
    }
}
