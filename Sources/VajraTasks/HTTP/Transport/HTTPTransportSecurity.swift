// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraHTTP
import VajraSystem
import VajraTLS

/// What a transport over TLS needs to know; one for a task on a lane.
struct HTTPTransportSecurity {
    let context: TLSContext
    /// The name or address that the certificate must be for.
    let serverName: String

    /// - Parameter host: The URL's host.
    /// - Throws: ``HTTPTaskError`` naming the file that cannot be used.
    init(
        _ config: HTTPTaskConfig.TLS, ca: TLSSettings.PEMFile?, cert: TLSSettings.PEMFile? = nil,
        key: TLSSettings.PEMFile? = nil, host: String, protocols: [String]
    ) throws(HTTPTaskError) {
        var settings = TLSSettings()
        (settings.ca, settings.cert, settings.key) = (ca, cert, key)
        settings.isInsecure = config.isInsecure
        settings.protocols = protocols
        // A certificate has an address in its usual form, and a URL may have another form: 127.1 is 127.0.0.1.
        serverName = config.serverName.isEmpty ? Resolver.canonicalHost(host) : config.serverName
        do throws(TLSSettingsError) {
            context = try TLSContext(settings)
        } catch {
            throw HTTPTaskError(description: "\(error)", keys: ["tls", error.setting.rawValue])
        }
    }

    /// What the task's own server needs; nil without TLS.
    ///
    /// - Throws: ``HTTPTaskError`` naming the file that cannot be used.
    init?(_ config: HTTPTaskConfig, _ files: TLSFiles, to url: HTTPURL) throws(HTTPTaskError) {
        guard url.scheme == .https else { return nil }
        try self.init(
            config.tls, ca: files.ca, cert: files.cert, key: files.key, host: url.host,
            protocols: config.version.protocols)
    }

    /// What another server needs, after a redirect: the same trust, without the client's certificate; nil without TLS.
    ///
    /// - Throws: ``HTTPTaskError`` naming the file that cannot be used.
    init?(_ config: HTTPTaskConfig, _ files: TLSFiles, elsewhere url: HTTPURL) throws(HTTPTaskError) {
        guard url.scheme == .https else { return nil }
        var trust = HTTPTaskConfig.TLS()
        trust.isInsecure = config.tls.isInsecure
        try self.init(trust, ca: files.ca, host: url.host, protocols: config.version.protocols)
    }
}

extension HTTPTaskConfig.Version {
    /// What is offered in the TLS handshake (ALPN).
    fileprivate var protocols: [String] { self == .http2 ? ["h2"] : [] }
}
